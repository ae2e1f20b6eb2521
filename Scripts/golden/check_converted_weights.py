#!/usr/bin/env python3
"""Holds `bench weights convert` against PyTorch: every tensor must keep its name, type, shape and bits.

Usage: check_converted_weights.py [CONVERT ...]    (default: .build/release/bench weights convert)
Needs: pip install torch safetensors numpy

Networks with random weights are saved by torch.save in both serialisations, converted to .pth and to .safetensors,
and loaded by torch.load(weights_only=True), with and without a memory map, and by the safetensors library.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file


def resnet(layers, bottleneck):
    """The state dict of a ResNet with random weights, under torchvision's names."""
    weights = {}

    def convolution(name, norm, outputs, inputs, size):
        weights[f"{name}.weight"] = torch.randn(outputs, inputs, size, size)
        for part in ("weight", "bias", "running_mean", "running_var"):
            weights[f"{norm}.{part}"] = torch.rand(outputs)
        weights[f"{norm}.num_batches_tracked"] = torch.tensor(0)

    convolution("conv1", "bn1", 64, 3, 7)
    inputs = 64
    for stage, blocks in enumerate(layers):
        width = 64 << stage
        outputs = width * (4 if bottleneck else 1)
        for block in range(blocks):
            name = f"layer{stage + 1}.{block}"
            plan = [(width, inputs, 1), (width, width, 3), (outputs, width, 1)] if bottleneck else [
                (width, inputs, 3), (width, width, 3)]
            for index, sizes in enumerate(plan, 1):
                convolution(f"{name}.conv{index}", f"{name}.bn{index}", *sizes)
            if block == 0 and inputs != outputs:
                convolution(f"{name}.downsample.0", f"{name}.downsample.1", outputs, inputs, 1)
            inputs = outputs
    return {**weights, "fc.weight": torch.randn(1000, inputs), "fc.bias": torch.randn(1000)}


def networks():
    torch.manual_seed(0)
    yield "resnet18", resnet([2, 2, 2, 2], bottleneck=False)
    yield "resnet50", resnet([3, 4, 6, 3], bottleneck=True)
    types = "float64 float16 bfloat16 int32 int16 int8 uint8 bool".split()
    mixed = {name: torch.arange(7).to(getattr(torch, name)) for name in types}
    yield "mixed", {**mixed, "scalar": torch.tensor(3.5), "empty": torch.zeros(0, 4), "turned": torch.rand(3, 5).t()}


def differences(wanted, found):
    def bits(tensor):
        return tensor.reshape(-1).contiguous().view(torch.uint8)

    for name in sorted(wanted.keys() | found.keys()):
        if name not in wanted or name not in found:
            yield f"{name} is in one file only"
        elif wanted[name].dtype != found[name].dtype or wanted[name].shape != found[name].shape:
            yield f"{name}: {found[name].dtype} {found[name].shape}, not {wanted[name].dtype} {wanted[name].shape}"
        elif not torch.equal(bits(wanted[name]), bits(found[name])):
            yield f"{name}: other elements"


def main():
    convert = sys.argv[1:] or [".build/release/bench", "weights", "convert"]
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, weights in networks():
            for kind, is_zip in (("zip", True), ("legacy", False)):
                source = Path(folder, f"{name}-{kind}.pth")
                torch.save(weights, source, _use_new_zipfile_serialization=is_zip)
                for ending in ("pth", "safetensors"):
                    target = Path(folder, f"{name}-{kind}-converted.{ending}")
                    subprocess.run([*convert, source, target], check=True, stdout=subprocess.DEVNULL)
                    loads = [load_file] if ending == "safetensors" else [
                        lambda path: torch.load(path, weights_only=True),
                        lambda path: torch.load(path, weights_only=True, mmap=True)]
                    found = [line for load in loads for line in differences(weights, load(target))]
                    failures += len(found)
                    print(f"{source.name} -> {ending}: {len(weights)} tensors,", "; ".join(found) or "equal bit by bit")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
