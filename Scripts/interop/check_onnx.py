#!/usr/bin/env python3
"""Holds exported models in ONNX Runtime against the logits of bench.

Usage: check_onnx.py [BENCH ...]    (default: .build/release/bench)

ResNets and S3N with random weights, the latter as checkpoints of the released code, p = 0 and p = 2, with a raw head that is
unsure of every image and one that is sure of some; and a model that bench trains itself. Every head must agree to 1e-4, for all
images at once and one by one.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
import onnx
import onnxruntime
import torch
from networks import painted_images, random_resnet, released_checkpoint
from safetensors.numpy import load_file

TOLERANCE = 1e-4


def cases(folder, bench):
    """A title, the file and the options of each export."""
    images = painted_images(bench, folder)
    for name, size in (("resnet18", 224), ("resnet50", 448)):
        path = Path(folder, f"{name}.pth")
        torch.save(random_resnet(name, 200, images).state_dict(), path)
        yield f"{name} at {size}", path, ["--size", str(size)]
    for name, size in (("resnet18", 224), ("resnet18", 100), ("resnet50", 448)):
        for is_sure in (False, True):
            path = Path(folder, "s3n.pth")
            torch.save(released_checkpoint(name, 200, images, is_sure), path, _use_new_zipfile_serialization=False)
            for p in (0, 2):
                yield f"S3N on {name} at {size}, p = {p}", path, ["--size", str(size), "--p", str(p)]
    train = ["train", "--classes", "1-3", "--size", "64", "--epochs", "1", "--out", Path(folder, "run")]
    subprocess.run([*bench, *train], check=True, capture_output=True)
    checkpoint = Path(folder, "run", "checkpoints", "s3n-seed0.safetensors")
    for p in (0, 2):
        yield f"S3N trained by bench, p = {p}", checkpoint, ["--p", str(p)]


def sure(sample):
    """Of how many images the raw head is sure, which then looks at one class's map: its entropy over the top 5 is below 0.2."""
    logits = load_file(sample).get("raw")
    if logits is None:
        return ""
    powers = numpy.exp(logits.astype(float) - logits.max(1, keepdims=True)) + 1e-300
    top = numpy.sort(powers / powers.sum(1, keepdims=True), 1)[:, -5:]
    return f", sure of {(-(top * numpy.log(top)).sum(1) < 0.2).sum()} of {len(logits)} images"


def differences(model, sample):
    """The largest difference of each output from ours, and how large ours is."""
    onnx.checker.check_model(model, full_check=True)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    known = load_file(sample)
    names = [output.name for output in session.get_outputs()]
    whole = session.run(names, {"images": known["images"]})
    single = [session.run(names, {"images": image[None]}) for image in known["images"]]
    for index, name in enumerate(names):
        one_by_one = numpy.concatenate([outputs[index] for outputs in single])
        off = max(numpy.abs(found - known[name]).max() for found in (whole[index], one_by_one))
        yield name, float(off), float(numpy.abs(known[name]).max())


def main():
    bench = sys.argv[1:] or [".build/release/bench"]
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for title, path, options in cases(folder, bench):
            model, sample = Path(folder, "model.onnx"), Path(folder, "sample.safetensors")
            export = ["export", "--checkpoint", path, "--out", model, "--sample", sample]
            subprocess.run([*bench, *export, *options], check=True, capture_output=True)
            found = list(differences(str(model), sample))
            holds = all(off <= TOLERANCE for _, off, _ in found)
            failures += not holds
            errors = ", ".join(f"{name} {off:.1e} of {size:.1f}" for name, off, size in found)
            print(f"{title}{sure(sample)}: {errors}:", "ok" if holds else "FAILS", flush=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
