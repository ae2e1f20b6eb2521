"""Networks with random weights: torchvision's ResNets, and what a checkpoint of the released S3N code holds."""

import subprocess
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

LAYERS = {"resnet18": (False, [2, 2, 2, 2]), "resnet50": (True, [3, 4, 6, 3])}


class Block(nn.Module):
    """A residual block under torchvision's names, with the stride on the 3x3 convolution."""

    def __init__(self, inputs, width, stride, bottleneck):
        super().__init__()
        outputs = width * (4 if bottleneck else 1)
        plan = [(inputs, width, 1, 1), (width, width, 3, stride), (width, outputs, 1, 1)] if bottleneck else [
            (inputs, width, 3, stride), (width, width, 3, 1)]
        self.depth = len(plan)
        for index, (before, after, kernel, step) in enumerate(plan, 1):
            setattr(self, f"conv{index}", nn.Conv2d(before, after, kernel, step, kernel // 2, bias=False))
            setattr(self, f"bn{index}", nn.BatchNorm2d(after))
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = x
        for index in range(1, self.depth + 1):
            y = getattr(self, f"bn{index}")(getattr(self, f"conv{index}")(y))
            if index < self.depth:
                y = functional.relu(y)
        return functional.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    """torchvision's ResNet: the same names, shapes and arithmetic."""

    def __init__(self, name, classes):
        super().__init__()
        bottleneck, layers = LAYERS[name]
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        inputs = 64
        for stage, count in enumerate(layers):
            blocks = []
            for index in range(count):
                stride = 2 if stage > 0 and index == 0 else 1
                blocks.append(Block(inputs, 64 << stage, stride, bottleneck))
                inputs = (64 << stage) * (4 if bottleneck else 1)
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(inputs, classes)

    def features(self, x):
        x = functional.max_pool2d(functional.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        return self.layer4(self.layer3(self.layer2(self.layer1(x))))

    def forward(self, x):
        return self.fc(self.features(x).mean((2, 3)))


def painted_images(bench, folder, count=16):
    """Images of the embedded dataset, normalised, (count, 3, 224, 224)."""
    path, sample = Path(folder, "untrained.pth"), Path(folder, "painted.safetensors")
    torch.save(ResNet("resnet18", 2).state_dict(), path)
    export = ["export", "--checkpoint", path, "--out", Path(folder, "untrained.onnx"), "--sample", sample]
    subprocess.run([*bench, *export, "--sample-images", str(count)], check=True, capture_output=True)
    return load_file(sample)["images"]


def random_resnet(name, classes, images, seed=0):
    """A ResNet with random weights and the running statistics that belong to them and to these images.

    As in a trained network, activations then keep a usual size; else they grow from block to block, and errors with them.
    """
    torch.manual_seed(seed)
    model = ResNet(name, classes).train()
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.weight.uniform_(0.5, 1.5)
                module.bias.uniform_(-0.3, 0.3)
                module.momentum = None
        for module in model.modules():
            if isinstance(module, Block):
                # As in trained networks: a block adds less than it is given.
                getattr(module, f"bn{module.depth}").weight.uniform_(0.1, 0.5)
        for _ in range(2):
            model(images)
    return model.eval()


def released_checkpoint(name, classes, images, is_sure=False, seed=0):
    """What the released code saves: the state dict of a DataParallel under "model", and its own things beside it.

    A raw head with random weights is unsure of every image; with `is_sure` it holds everything for class 7.
    """
    backbone = random_resnet(name, classes, images, seed)
    channels = backbone.fc.in_features
    stages = {"conv1": "0", "bn1": "1", "layer1": "4", "layer2": "5", "layer3": "6", "layer4": "7"}
    state = {}
    for key, value in backbone.state_dict().items():
        first, rest = key.split(".", 1)
        if first != "fc":
            state[f"features.{stages[first]}.{rest}"] = value
    with torch.no_grad():
        features = backbone.features(images)

    def linear(key, inputs):
        layer = nn.Linear(inputs, classes)
        state[f"{key}.weight"], state[f"{key}.bias"] = layer.weight.detach(), layer.bias.detach()

    linear("raw_classifier", channels)
    if is_sure:
        state["raw_classifier.bias"][7] += 12
    for suffix in ("", "1"):
        conv = nn.Conv2d(channels, channels, 3, 2, 1, bias=False)
        norm = nn.BatchNorm2d(channels, momentum=None).train()
        with torch.no_grad():
            norm(conv(features))
        state[f"sampler_buffer{suffix}.0.weight"] = conv.weight.detach()
        state.update({f"sampler_buffer{suffix}.1.{key}": value for key, value in norm.state_dict().items()})
        linear(f"sampler_classifier{suffix}", channels)
    linear("con_classifier", 3 * channels)
    state["radius.scale"], state["radius_inv.scale"] = torch.tensor([0.09]), torch.tensor([0.3])
    axis = torch.arange(61.0) - 30
    squared = axis[:, None] ** 2 + axis[None, :] ** 2
    # Not quite the Gaussian that it starts as: a learned filter is neither separable nor symmetric.
    noise = 1 + 0.05 * torch.rand(61, 61)
    state["filter.weight"] = (torch.exp(-4 * torch.log(torch.tensor(2.0)) * squared / 13**2) * noise)[None, None]
    state["map_origin.weight"] = state["raw_classifier.weight"][:, :, None, None]
    state["map_origin.bias"] = state["raw_classifier.bias"]
    return {"epoch_idx": 59, "model": {f"module.{key}": value for key, value in state.items()}}
