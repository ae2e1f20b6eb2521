#!/usr/bin/env python3
"""Validates the descriptions of all datasets with mlcroissant, and reads birdlets by theirs.

Usage: check_croissant.py [BENCH ...]    (default: .build/release/bench)

No network is needed. An archive of rendered birdlets in CUB's place is read by the description of CUB, too.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path

import mlcroissant

DATASETS = "cub aircraft aircraft-family aircraft-manufacturer cars birdlets".split()


def classes(description, records):
    """How many records of each class a description leads to, each with its picture."""
    dataset = mlcroissant.Dataset(str(description))
    found = Counter()
    for record in dataset.records(records):
        if record[f"{records}/image"].size != (32, 32) or not record[f"{records}/file"].endswith(b".jpg"):
            sys.exit(f"{description}: {record}")
        found[record[f"{records}/class"].decode()] += 1
    return found


def main():
    bench = sys.argv[1:] or [".build/release/bench"]
    with tempfile.TemporaryDirectory() as work:
        for name in DATASETS:
            file = Path(work, f"{name}.json")
            subprocess.run([*bench, "data", "croissant", name, "--out", file], check=True, capture_output=True)
            metadata = mlcroissant.Dataset(str(file)).metadata
            if warnings := metadata.ctx.issues.warnings:
                print(f"  {name}: {len(warnings)} recommendations not followed")
            print(f"{name}: {metadata.name} {metadata.version}: valid", flush=True)

        folder = Path(work, "birdlets")
        render = ["data", "render", "birdlets", "--out", folder, "--size", "32", "--per-class", "2"]
        subprocess.run([*bench, *render], check=True, capture_output=True)
        Path(folder, "croissant.json").write_bytes(Path(work, "birdlets.json").read_bytes())
        known = Counter(path.parent.name for path in folder.glob("images/*/*.jpg"))
        if classes(folder / "croissant.json", "images-records") != known:
            sys.exit("birdlets: other pictures than those of the folder")

        archive = Path(work, "CUB_200_2011.tgz")
        with tarfile.open(archive, "w:gz") as tar:
            tar.add(folder, "CUB_200_2011")
        description = json.loads(Path(work, "cub.json").read_text())
        here = {"contentUrl": archive.name, "sha256": hashlib.sha256(archive.read_bytes()).hexdigest()}
        description["distribution"][0].update(here)
        local = Path(work, "local.json")
        local.write_text(json.dumps(description))
        if classes(local, "images-records") != known:
            sys.exit("cub: other pictures than those of the archive")
        print(f"birdlets, and in the place of CUB: {sum(known.values())} pictures of {len(known)} classes")


if __name__ == "__main__":
    main()
