"""Steps of whole networks by PyTorch: eager, through torch.compile, and through zentorch's back end for it."""

import contextlib

import torch
import torch.nn.functional as F

import s3n
import vision

CLASSES = 200


def untrained(model, backbone):
    """A network with random weights: S3N, or the plain ResNet."""
    torch.manual_seed(0)
    if model == "s3n":
        return s3n.S3N(*s3n.backbone(backbone), CLASSES)
    return getattr(vision.models, backbone)(weights=None, num_classes=CLASSES)


def step(options):
    """A step of training or inference; `options.variant` is a way to run it (eager, compiled) and a memory layout."""
    way, layout = options.variant.split(" ")
    torch.set_num_threads(options.threads)
    layout = {"nchw": torch.contiguous_format, "channels-last": torch.channels_last}[layout]
    network = untrained(options.model, options.backbone).to(memory_format=layout)
    network.train(options.phase == "train")
    images = (torch.rand(options.batch, 3, options.size, options.size) * 4 - 2).to(memory_format=layout)
    if way == "compiled":
        network = _compiled(network, options)
    steps = {"train": _training, "infer": _inference}
    return steps[options.phase](network, images, options)


def _compiled(network, options):
    """Compiled as far as its shapes do not depend on what it sees: all of a ResNet, S3N's backbone."""
    backend = "inductor"
    if options.implementation == "zentorch":
        import zentorch  # noqa: F401, which makes the back end known

        backend = "zentorch"
    if options.phase == "infer":
        from torch._inductor import config

        config.freezing = True  # both back ends go by it
    if options.model == "s3n":
        network.features = torch.compile(network.features, backend=backend)
        return network
    return torch.compile(network, backend=backend)


def _precision(options):
    if options.precision == "bf16":
        return torch.autocast("cpu", dtype=torch.bfloat16)
    return contextlib.nullcontext()


def _inference(network, images, options):
    look = {"p": 2} if options.model == "s3n" else {}

    def infer():
        with torch.no_grad(), _precision(options):
            network(images, **look)

    return infer


def _training(network, images, options):
    labels = torch.arange(options.batch) % CLASSES
    optimizer = s3n.sgd(network)
    draws = torch.rand(options.batch, s3n.GRID**2)
    spread = (1 - s3n.KEPT_ON_LABEL) * CLASSES / (CLASSES - 1)

    def train():
        optimizer.zero_grad()
        with _precision(options):
            if options.model == "s3n":
                loss = s3n.loss(network(images, p=1, draws=draws), labels)
            else:
                loss = F.cross_entropy(network(images), labels, label_smoothing=spread)
        loss.backward()
        optimizer.step()

    return train
