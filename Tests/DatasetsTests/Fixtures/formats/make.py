#!/usr/bin/env python3
"""Makes the image files beside it, and for each, as NAME.rgb, the pixels of Pillow's Image.open(NAME).convert("RGB");
as NAME.turned those of ImageOps.exif_transpose, where there is something to turn.

Wants Pillow and NumPy, and cjpeg of libjpeg-turbo-progs for the samplings that Pillow cannot write. Written with Pillow 13.0.
"""
import io
import os
import struct
import subprocess
import zlib

import numpy as np
from PIL import Image, ImageOps

os.chdir(os.path.dirname(os.path.abspath(__file__)))
random = np.random.default_rng(4)
width, height = 21, 13
x, y = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
noise = random.normal(0, 15, (height, width, 3))
photo = Image.fromarray((np.stack([x, y, (x + y) / 2], 2) + noise).clip(0, 255).astype("uint8"))
alpha = photo.convert("RGBA")
alpha.putalpha(Image.fromarray(random.integers(0, 256, (height, width)).astype("uint8")))


def jpeg_segment(marker, content):
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


# JPEG: samplings, colours.
ppm = io.BytesIO()
photo.save(ppm, "PPM")
for sampling in ["4x1", "4x2", "1x4", "3x1", "1x2", "2x4", "2x2,2x1,1x2", "1x1,2x2,1x1"]:
    sizes = (sampling + ",1x1,1x1").split(",")[:3]
    made = subprocess.run(
        ["cjpeg", "-quality", "80", "-sample", ",".join(sizes)], input=ppm.getvalue(), capture_output=True, check=True)
    open(f"sampling-{sampling.replace(',', '-')}.jpg", "wb").write(made.stdout)
cmyk = photo.convert("CMYK")
cmyk.putdata([(c, m, k_y, (i * 7) % 256) for i, (c, m, k_y, _) in enumerate(cmyk.get_flattened_data())])
cmyk.save("cmyk.jpg", quality=90)
# The same numbers, said to be YCCK.
bytes_ = open("cmyk.jpg", "rb").read()
place = bytes_.index(b"Adobe") + 11
open("ycck.jpg", "wb").write(bytes_[:place] + b"\2" + bytes_[place + 1 :])
photo.save("rgb.jpg", keep_rgb=True, quality=90)
photo.save("progressive.jpg", progressive=True, quality=90)
photo.save("restart.jpg", restart_marker_blocks=1, quality=90)


# PNG: every kind of colour, depth and interlacing that says something of its own.
def png_chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(name, depth, colours, rows, between=b"", size=None):
    wide, high = size or (width, height)
    header = struct.pack(">IIBBBBB", wide, high, depth, colours, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    parts = png_chunk(b"IHDR", header) + between + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")
    open(name + ".png", "wb").write(b"\x89PNG\r\n\x1a\n" + parts)


photo.save("rgb.png")
alpha.save("rgba.png")
photo.convert("LA").save("grey-alpha.png")
photo.convert("L").save("grey.png")
photo.convert("1").save("grey-1.png")
photo.quantize(40).save("palette.png")
photo.quantize(9).save("palette-4.png", bits=4)
for depth in (2, 4):
    length = (width * depth + 7) // 8
    png(f"grey-{depth}", depth, 0, [random.bytes(length) for _ in range(height)])
png("grey-16", 16, 0, [random.integers(0, 700, width).astype(">u2").tobytes() for _ in range(height)])
png("grey-alpha-16", 16, 4, [random.bytes(4 * width) for _ in range(height)])
png("rgb-16", 16, 2, [random.bytes(6 * width) for _ in range(height)])
png("rgba-16", 16, 6, [random.bytes(8 * width) for _ in range(height)])
# More colours in the image than in the palette, some of them transparent.
palette = png_chunk(b"PLTE", bytes([10, 20, 30, 40, 50, 60])) + png_chunk(b"tRNS", bytes([0, 128]))
png("palette-short", 8, 3, [bytes([0, 1, 2, 200])], palette, (4, 1))
png("rgb-transparent", 8, 2, [bytes([1, 2, 3, 4, 5, 6])], png_chunk(b"tRNS", bytes([0, 1, 0, 2, 0, 3])), (2, 1))


def interlaced(name, depth, colours, pixel):
    """Adam7, which Pillow cannot write; `pixel` gives the bytes at (x, y)."""
    rows = []
    for x0, y0, dx, dy in [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]:
        for y in range(y0, height, dy):
            rows.append(b"\0" + b"".join(pixel(x, y) for x in range(x0, width, dx)))
    header = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 1)
    parts = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(b"".join(rows))) + png_chunk(b"IEND", b"")
    open(name + ".png", "wb").write(b"\x89PNG\r\n\x1a\n" + parts)


interlaced("rgb-interlaced", 8, 2, lambda x, y: bytes(photo.getpixel((x, y))))
interlaced("grey-16-interlaced", 16, 0, lambda x, y: struct.pack(">H", 17 * x + y))

# WebP.
photo.save("lossy.webp", quality=80)
photo.save("lossless.webp", lossless=True)
alpha.save("lossy-alpha.webp", quality=70)
alpha.save("lossless-alpha.webp", lossless=True, exact=True)
alpha.save("animation.webp", save_all=True, append_images=[alpha.transpose(Image.Transpose.ROTATE_180)], lossless=True, exact=True)

# EXIF's orientation, in each of the three formats and in both orders of bytes.
small = photo.crop((0, 0, 5, 3))
for number in range(2, 9):
    exif = Image.Exif()
    exif[0x0112] = number
    small.save(f"orientation-{number}.png", exif=exif)
exif = Image.Exif()
exif[0x0112] = 6
small.save("orientation-6.jpg", exif=exif, quality=95)
big_endian = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, 8, 0, 0)
small.save("orientation-8.webp", exif=big_endian, lossless=True)

for name in sorted(os.listdir(".")):
    if name.endswith((".jpg", ".png", ".webp")):
        image = Image.open(name)
        open(name + ".rgb", "wb").write(np.asarray(image.convert("RGB")).tobytes())
        if name.startswith("orientation"):
            turned = ImageOps.exif_transpose(image).convert("RGB")
            assert turned.size == (image.size if image.getexif()[0x0112] < 5 else image.size[::-1])
            open(name + ".turned", "wb").write(np.asarray(turned).tobytes())
