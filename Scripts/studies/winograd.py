#!/usr/bin/env python3
"""Why F(4x4, 3x3) and its points: what Winograd's schemes cost in rounding, and what they save in a ResNet-50.

    python3 Scripts/studies/winograd.py      # needs NumPy; some seconds

Prints, for each scheme, the float32 error of a 3x3 convolution of 64 channels relative to its largest value, how much its
transforms may amplify rounding, and the multiplications of a ResNet-50 whose 3x3 convolutions of stride 1 are done by it.
"""

from fractions import Fraction

import numpy as np


def transforms(outputs, points):
    """A (outputs, n), G (n, 3) and B (n, n) of F(outputs, 3), by interpolation at `points` and infinity."""
    n = outputs + 2
    points = [Fraction(p) for p in points]
    assert len(points) == n - 1
    a = [[p**i for p in points] + [Fraction(i == outputs - 1)] for i in range(outputs)]
    slopes = [np.prod([p - q for q in points if q != p]) for p in points]
    g = [[p**j / slope for j in range(3)] for p, slope in zip(points, slopes)] + [[Fraction(j == 2) for j in range(3)]]

    def polynomial(roots):
        coefficients = [Fraction(1)]
        for root in roots:
            shifted = [Fraction(0)] + coefficients
            coefficients = [s - root * c for s, c in zip(shifted, coefficients + [Fraction(0)])]
        return coefficients

    b = [polynomial([q for q in points if q != p]) + [Fraction(0)] for p in points] + [polynomial(points)]
    return tuple(np.array([[float(x) for x in row] for row in matrix]) for matrix in (a, g, b))


def error(outputs, points, channels=64, trials=200):
    """The largest error over tiles of random data in float32, relative to the largest output."""
    rng = np.random.default_rng(0)
    exact = transforms(outputs, points)
    a, g, b = (matrix.astype(np.float32) for matrix in exact)
    n = outputs + 2
    worst = largest = 0.0
    for _ in range(trials):
        d = rng.standard_normal((channels, n, n)).astype(np.float32)
        w = rng.standard_normal((channels, 3, 3)).astype(np.float32)
        products = np.zeros((n, n), np.float32)
        for c in range(channels):
            products += (g @ w[c] @ g.T) * (b @ d[c] @ b.T)
        y = a @ products @ a.T
        truth = sum(
            (w[:, i, j, None, None].astype(np.float64) * d[:, i : i + outputs, j : j + outputs]).sum(0)
            for i in range(3)
            for j in range(3)
        )
        worst, largest = max(worst, np.abs(y - truth).max()), max(largest, np.abs(truth).max())
    return worst / largest


def amplification(outputs, points):
    """What rounding may grow by along one axis: the sum over points of the lengths of their rows in A^T, G and B^T."""
    a, g, b = transforms(outputs, points)
    return (np.linalg.norm(a, axis=0) * np.linalg.norm(g, axis=1) * np.linalg.norm(b, axis=1)).sum()


def resnet50(size, share):
    """1e9 multiplications of a ResNet-50 for one image, `share(side)` of them left in a 3x3 of stride 1 with such outputs."""
    total = (size // 2) ** 2 * 3 * 64 * 49 + 2048 * 1000
    inputs = 64
    for stage, blocks in enumerate((3, 4, 6, 3)):
        side, width = size // 4 >> stage, 64 << stage
        for block in range(blocks):
            strided = stage > 0 and block == 0
            before = side * (2 if strided else 1)
            total += before**2 * inputs * width + side**2 * width * 4 * width
            total += side**2 * width * width * 9 * (1 if strided else share(side))
            if block == 0:
                total += side**2 * inputs * 4 * width
            inputs = 4 * width
    return total / 1e9


def by_tiles(outputs):
    """The share of multiplications left, with the whole tiles that a side takes."""
    return lambda side: (-(-side // outputs) * (outputs + 2) / side / 3) ** 2


schemes = [
    ("F(2x2): 0, 1, -1", 2, ["0", "1", "-1"]),
    ("F(4x4): 0, 1, -1, 2, -2 (customary)", 4, ["0", "1", "-1", "2", "-2"]),
    ("F(4x4): 0, 1, -1, 1/2, -1/2", 4, ["0", "1", "-1", "1/2", "-1/2"]),
    ("F(4x4): 0, 3/4, -3/4, 11/8, -11/8 (here)", 4, ["0", "3/4", "-3/4", "11/8", "-11/8"]),
    ("F(6x6): 0, 1, -1, 2, -2, 1/2, -1/2 (customary)", 6, ["0", "1", "-1", "2", "-2", "1/2", "-1/2"]),
]

print(f"{'scheme and points':48} {'error':>8} {'growth':>7} {'at 224':>7} {'at 448':>7}")
print(f"{'directly':48} {'':16} {resnet50(224, lambda side: 1):7.2f} {resnet50(448, lambda side: 1):7.2f}")
for name, outputs, points in schemes:
    left = by_tiles(outputs)
    print(
        f"{name:48} {error(outputs, points):8.1e} {amplification(outputs, points):7.1f}"
        f" {resnet50(224, left):7.2f} {resnet50(448, left):7.2f}"
    )
