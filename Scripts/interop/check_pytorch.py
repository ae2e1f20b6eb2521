#!/usr/bin/env python3
"""Holds logits of bench against PyTorch's: ResNet-18 and ResNet-50 with random weights, from both kinds of .pth files.

Usage: check_pytorch.py [BENCH ...]    (default: .build/release/bench)

Each network is saved by torch.save in the zip and in the legacy serialisation. bench reads the file and computes logits; it also
converts the file to .pth and .safetensors, which PyTorch loads and computes logits from. All must agree to 1e-4.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from networks import ResNet, painted_images, random_resnet
from safetensors.torch import load_file

CLASSES = 200
TOLERANCE = 1e-4


def main():
    bench = sys.argv[1:] or [".build/release/bench"]
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in ("resnet18", "resnet50"):
            model = random_resnet(name, CLASSES, painted_images(bench, folder))
            for kind, is_zip in (("zip", True), ("legacy", False)):
                source, sample = Path(folder, f"{name}-{kind}.pth"), Path(folder, "sample.safetensors")
                torch.save(model.state_dict(), source, _use_new_zipfile_serialization=is_zip)
                subprocess.run(
                    [*bench, "export", "--checkpoint", source, "--out", Path(folder, "model.onnx"), "--sample", sample],
                    check=True, capture_output=True)
                ours = load_file(sample)
                with torch.no_grad():
                    wanted = model(ours["images"])
                found = {"our logits": (ours["logits"] - wanted).abs().max().item()}
                for ending in ("pth", "safetensors"):
                    converted = Path(folder, f"converted.{ending}")
                    subprocess.run([*bench, "weights", "convert", source, converted], check=True, capture_output=True)
                    copy = ResNet(name, CLASSES).eval()
                    copy.load_state_dict(
                        load_file(converted) if ending == "safetensors" else torch.load(converted, weights_only=True))
                    with torch.no_grad():
                        found[f"PyTorch's from our .{ending}"] = (copy(ours["images"]) - wanted).abs().max().item()
                holds = all(error <= TOLERANCE for error in found.values())
                failures += not holds
                errors = ", ".join(f"{what} off by {error:.1e}" for what, error in found.items())
                print(f"{source.name}: {errors} (logits up to {wanted.abs().max():.2f}):", "ok" if holds else "FAILS")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
