#!/usr/bin/env python3
"""Holds `bench weights convert` against PyTorch: every tensor must keep its name, type, shape and bits.

Usage: check_conversion.py [BENCH ...]    (default: .build/release/bench)

Networks with random weights are saved by torch.save in both serialisations, converted to .pth and to .safetensors,
and loaded by torch.load(weights_only=True), with and without a memory map, and by the safetensors library.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from networks import random_resnet
from safetensors.torch import load_file


def networks():
    for name in ("resnet18", "resnet50"):
        yield name, dict(random_resnet(name, 1000, torch.randn(2, 3, 64, 64)).state_dict())
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
    convert = [*(sys.argv[1:] or [".build/release/bench"]), "weights", "convert"]
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
