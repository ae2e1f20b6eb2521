"""The same work as `bench stages` does, by other programs: each function gives a step to be called again and again."""

import os

CLASSES = 200


def _images(torch, options):
    images = torch.rand(options.batch, 3, options.size, options.size) * 4 - 2
    return images.to(memory_format=torch.channels_last) if options.variant == "channels-last" else images


def _model(torch, options):
    import s3n
    import vision

    if options.model == "s3n":
        model = s3n.S3N(*s3n.backbone(options.backbone), CLASSES)
    else:
        model = getattr(vision.models, options.backbone)(weights=None, num_classes=CLASSES)
    return model.to(memory_format=torch.channels_last) if options.variant == "channels-last" else model


def pytorch(options):
    import torch
    import torch.nn.functional as F

    import s3n

    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    if options.model in ("smoothing", "resampling"):
        return _pytorch_sampling(torch, s3n, options)

    model, images = _model(torch, options), _images(torch, options)
    labels = torch.arange(options.batch) % CLASSES
    is_s3n = options.model == "s3n"
    if options.phase == "infer":
        model.eval()

        def infer():
            with torch.inference_mode():
                model(images, p=2) if is_s3n else model(images)

        return infer

    model.train()
    optimizer = s3n.sgd(model)
    draws = torch.rand(options.batch, s3n.GRID**2)
    spread = (1 - s3n.KEPT_ON_LABEL) * CLASSES / (CLASSES - 1)

    def train():
        optimizer.zero_grad()
        if is_s3n:
            loss = s3n.loss(model(images, p=1, draws=draws), labels)
        else:
            loss = F.cross_entropy(model(images), labels, label_smoothing=spread)
        loss.backward()
        optimizer.step()

    return train


def _pytorch_sampling(torch, s3n, options):
    is_training = options.phase == "train"
    if options.model == "smoothing":
        attention = (torch.rand(options.batch, s3n.GRID, s3n.GRID) * 0.91 + 0.09).requires_grad_(is_training)
        weight = s3n.gaussian_filter().requires_grad_(is_training)
        dgrid = torch.rand(options.batch, 2, s3n.GRID, s3n.GRID)

        def smooth():
            with torch.set_grad_enabled(is_training):
                grid = s3n.smoothing(attention, weight)
                if is_training:
                    attention.grad = weight.grad = None
                    grid.backward(dgrid)

        return smooth

    images = _images(torch, options)
    attention = torch.full((options.batch, s3n.GRID, s3n.GRID), s3n.FLOOR)
    attention[:, s3n.GRID // 3, s3n.GRID // 2] = 10
    grid = s3n.smoothing(attention, s3n.gaussian_filter()).requires_grad_(is_training)
    dsampled = torch.rand_like(images)

    def sample():
        with torch.set_grad_enabled(is_training):
            sampled = s3n.resample(images, grid)
            if is_training:
                grid.grad = None
                sampled.backward(dsampled)

    return sample


def openvino(options):
    import numpy
    import openvino
    import torch

    import vision

    assert options.model == "resnet" and options.phase == "infer", "OpenVINO runs plain ResNets, forward"
    torch.manual_seed(0)
    network = getattr(vision.models, options.backbone)(weights=None, num_classes=CLASSES).eval()
    shape = (options.batch, 3, options.size, options.size)
    model = openvino.convert_model(network, example_input=torch.rand(shape), input=list(shape))
    del network
    compiled = openvino.Core().compile_model(
        model,
        "CPU",
        {
            "INFERENCE_NUM_THREADS": options.threads,
            "NUM_STREAMS": 1,
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": "f32",
        },
    )
    request = compiled.create_infer_request()
    images = numpy.random.default_rng(0).uniform(-2, 2, shape).astype(numpy.float32)
    return lambda: request.infer([images], share_inputs=True, share_outputs=True)


def pillow(options):
    import torch
    from PIL import Image

    import vision  # noqa: F401, for the next line
    from torchvision import transforms

    torch.set_num_threads(1)
    torch.manual_seed(0)
    normalize = transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    if options.phase == "train":
        geometry = [transforms.RandomResizedCrop(options.size, scale=(0.5, 1)), transforms.RandomHorizontalFlip()]
    else:
        resize = options.size * 600 // 448
        geometry = [transforms.Resize((resize, resize)), transforms.CenterCrop(options.size)]
    transform = transforms.Compose(geometry + [transforms.ToTensor(), normalize])
    files = sorted(
        os.path.relpath(os.path.join(folder, name), options.data)
        for folder, _, names in os.walk(options.data)
        for name in names
        if name.lower().endswith((".jpg", ".jpeg"))
    )
    paths = [os.path.join(options.data, files[index % len(files)]) for index in range(options.batch)]

    def load():
        return torch.stack([transform(Image.open(path).convert("RGB")) for path in paths])

    return load


def version(implementation):
    from importlib.metadata import version as installed

    return installed({"pytorch": "torch", "openvino": "openvino", "pillow": "pillow"}[implementation])
