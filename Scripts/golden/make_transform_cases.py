#!/usr/bin/env python3
"""Makes the golden cases of the image transforms with Pillow: small JPEG files and what Pillow makes of them.

Usage: make_transform_cases.py [OUTPUT_FOLDER]     (needs Pillow and NumPy; default: Tests/DatasetsTests/Fixtures)

The committed files were made with Pillow 13.0.0. cases.json lists the cases; each names a source file and the steps
after decoding, in torchvision's order: crop [x, y, width, height], resize [width, height], centre_crop size, flip,
normalize. The result lies in the file `expected`: bytes, or little-endian float32 for a normalised one, in the order
(height, width, 3).
"""
import json
import pathlib
import sys

import numpy as np
from PIL import Image

MEAN = np.array([0.485, 0.456, 0.406], np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)


def picture(width, height, seed):
    """Gradients, edges and grain: something of every frequency."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    channels = []
    for _ in range(3):
        a, b, c = random.uniform(0.1, 0.9, 3)
        plane = 128 + 90 * np.sin(a * x + b * y) * np.cos(c * y - a * x / 3)
        plane += 60 * (((x // 7) + (y // 5)) % 2) - 30 + random.normal(0, 12, x.shape)
        channels.append(plane)
    return Image.fromarray(np.clip(np.stack(channels, -1), 0, 255).astype(np.uint8))


SOURCES = {
    "yuv444.jpg": (61, 47, "RGB", dict(quality=90, subsampling="4:4:4")),
    "yuv420.jpg": (64, 48, "RGB", dict(quality=75, subsampling="4:2:0")),
    "yuv420-odd.jpg": (53, 37, "RGB", dict(quality=85, subsampling="4:2:0")),
    "yuv422.jpg": (45, 58, "RGB", dict(quality=80, subsampling="4:2:2")),
    "progressive.jpg": (50, 40, "RGB", dict(quality=80, progressive=True)),
    "restart.jpg": (48, 33, "RGB", dict(quality=80, restart_marker_blocks=2)),
    "grey.jpg": (39, 52, "L", dict(quality=85)),
    "one-pixel.jpg": (1, 1, "RGB", dict(quality=90)),
    "wide.jpg": (200, 2, "RGB", dict(quality=90)),
}

CASES = [
    *({"source": name} for name in SOURCES),
    {"source": "yuv444.jpg", "resize": [61, 47]},
    {"source": "yuv444.jpg", "resize": [96, 96]},
    {"source": "yuv420.jpg", "resize": [20, 17]},
    {"source": "yuv420.jpg", "resize": [64, 31]},
    {"source": "yuv420.jpg", "resize": [30, 48]},
    {"source": "yuv420-odd.jpg", "resize": [7, 90]},
    {"source": "yuv422.jpg", "resize": [3, 2]},
    {"source": "yuv422.jpg", "resize": [1, 1]},
    {"source": "one-pixel.jpg", "resize": [17, 9]},
    {"source": "wide.jpg", "resize": [33, 33]},
    {"source": "grey.jpg", "resize": [48, 48]},
    {"source": "yuv422.jpg", "resize": [40, 11]},
    {"source": "yuv444.jpg", "crop": [5, 3, 41, 37], "resize": [40, 40]},
    {"source": "yuv444.jpg", "crop": [0, 0, 61, 20], "resize": [28, 28], "flip": True},
    {"source": "yuv420-odd.jpg", "crop": [20, 1, 33, 36], "resize": [64, 64], "flip": True},
    {"source": "yuv422.jpg", "crop": [44, 57, 1, 1], "resize": [8, 8]},
    {"source": "yuv422.jpg", "crop": [9, 1, 28, 50], "resize": [26, 26], "flip": True},
    {"source": "yuv422.jpg", "resize": [42, 42], "centre_crop": 31},
    {"source": "yuv444.jpg", "resize": [60, 60], "centre_crop": 45},
    {"source": "yuv420.jpg", "resize": [40, 40], "centre_crop": 33},
    {"source": "grey.jpg", "resize": [41, 41], "centre_crop": 32},
    {"source": "yuv420.jpg", "crop": [4, 2, 50, 40], "resize": [24, 24], "flip": True, "normalize": True},
    {"source": "grey.jpg", "resize": [30, 30], "centre_crop": 23, "normalize": True},
]


def run(image, case):
    image = image.convert("RGB")
    if "crop" in case:
        x, y, width, height = case["crop"]
        image = image.crop((x, y, x + width, y + height))
    if "resize" in case:
        image = image.resize(case["resize"], Image.Resampling.BILINEAR)
    if "centre_crop" in case:
        size = case["centre_crop"]
        left, top = (int(round((length - size) / 2.0)) for length in image.size)
        image = image.crop((left, top, left + size, top + size))
    if case.get("flip"):
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    pixels = np.asarray(image)
    if case.get("normalize"):
        pixels = (pixels.astype(np.float32) / np.float32(255) - MEAN) / DEVIATION
    return image.size, pixels


def main():
    here = pathlib.Path(__file__).resolve().parents[2]
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "Tests/DatasetsTests/Fixtures"
    folder.mkdir(parents=True, exist_ok=True)
    for seed, (name, (width, height, mode, options)) in enumerate(SOURCES.items()):
        picture(width, height, seed).convert(mode).save(folder / name, **options)
    picture(32, 24, 99).convert("CMYK").save(folder / "cmyk.jpg", quality=80)
    cases = []
    for index, case in enumerate(CASES):
        with Image.open(folder / case["source"]) as image:
            size, pixels = run(image, case)
        expected = f"case-{index:02}.bin"
        (folder / expected).write_bytes(pixels.astype("<f4" if case.get("normalize") else "u1").tobytes())
        cases.append({**case, "size": size, "expected": expected})
    lines = ",\n".join("  " + json.dumps(case) for case in cases)
    (folder / "cases.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
