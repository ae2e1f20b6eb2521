"""Parts of a step by other programs: smoothing and resampling by PyTorch, reading images by Pillow and torchvision."""

import os

import torch
import torch.nn.functional as F

import s3n
import vision


def smoothing(options):
    """Smooths attention maps to grids, with gradients in training."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    is_training = options.phase == "train"
    attention = (torch.rand(options.batch, s3n.GRID, s3n.GRID) * 0.91 + 0.09).requires_grad_(is_training)
    weight = s3n.gaussian_filter().requires_grad_(is_training)
    dgrid = torch.rand(options.batch, 2, s3n.GRID, s3n.GRID)
    correlate = {"direct": F.conv2d, "fft": s3n.correlate}[options.variant]
    assert torch.allclose(s3n.smoothing(attention, weight, correlate), s3n.smoothing(attention, weight), atol=1e-4)

    def smooth():
        with torch.set_grad_enabled(is_training):
            grid = s3n.smoothing(attention, weight, correlate)
            if is_training:
                attention.grad = weight.grad = None
                grid.backward(dgrid)

    return smooth


def resampling(options):
    """Samples images at a grid that one peak deforms, with gradients in training."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    is_training = options.phase == "train"
    images = torch.rand(options.batch, 3, options.size, options.size) * 4 - 2
    if options.variant == "channels-last":
        images = images.to(memory_format=torch.channels_last)
    grid = s3n.smoothing(_one_peak(options.batch), s3n.gaussian_filter()).requires_grad_(is_training)
    dsampled = torch.rand_like(images)

    def sample():
        with torch.set_grad_enabled(is_training):
            sampled = s3n.resample(images, grid)
            if is_training:
                grid.grad = None
                sampled.backward(dsampled)

    return sample


def _one_peak(count):
    """The attention of one peak off the middle, of height 1 and deviation 0.1 of the map's side."""
    cells = torch.arange(s3n.GRID, dtype=torch.float32)
    deviation = 0.1 * s3n.GRID
    row, column = ((cells - at) ** 2 / (2 * deviation**2) for at in (s3n.GRID // 3, s3n.GRID // 2))
    return (s3n.FLOOR + torch.exp(-(row[:, None] + column))).expand(count, -1, -1)


def loader(options):
    """Reads JPEG files on one thread and makes them a training or a test batch, by transforms of Pillow's images or of tensors."""
    from PIL import Image
    from torchvision.transforms import v2

    transforms = {"images": vision.torchvision.transforms, "tensors": v2}[options.variant]
    torch.set_num_threads(1)
    torch.manual_seed(0)
    normalize = transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    if options.phase == "train":
        geometry = [transforms.RandomResizedCrop(options.size, scale=(0.5, 1)), transforms.RandomHorizontalFlip()]
    else:
        resize = options.size * 600 // 448
        geometry = [transforms.Resize((resize, resize)), transforms.CenterCrop(options.size)]
    if options.variant == "tensors":
        steps = [v2.PILToTensor(), *geometry, v2.ToDtype(torch.float32, scale=True), normalize]
    else:
        steps = [*geometry, transforms.ToTensor(), normalize]
    transform = transforms.Compose(steps)
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
