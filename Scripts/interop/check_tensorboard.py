#!/usr/bin/env python3
"""Reads the event files of bench with TensorBoard's own reader and holds them against epochs.csv.

Usage: check_tensorboard.py [BENCH ...]    (default: .build/release/bench)

An ablation is killed again and again within its writes and given again until it ends: every value of epochs.csv must be there
once, and nothing else; the charts must be there as pictures; and bench tensorboard must write the same bytes.
"""

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

ABLATION = (
    "ablation --dataset birdlets --classes 1-2 --size 32 --epochs 3 --batch 40 --variants baseline,s3n --threads 1 "
    "--save-every 0"
).split()


def accumulator(folder):
    events = EventAccumulator(str(folder), size_guidance={"scalars": 0, "images": 0})
    events.Reload()
    return events


def run_with_kills(bench, out, board):
    """Runs the ablation to its end; how often it was killed on the way."""
    command = [*bench, *ABLATION, "--out", str(out), "--tensorboard", str(board)]
    kills = 0
    while True:
        fault = {"S3N_FAULT": f"write:{60 + 7 * kills}:KILL"} if kills < 6 else {}
        code = subprocess.run(command, env={**os.environ, **fault}, capture_output=True).returncode
        if code == 0:
            return kills
        if code not in (137, -9):
            sys.exit(f"bench ended with {code}")
        kills += 1


def main():
    bench = sys.argv[1:] or [".build/release/bench"]
    with tempfile.TemporaryDirectory() as work:
        out, board = Path(work, "run"), Path(work, "board")
        kills = run_with_kills(bench, out, board)
        expected = {}
        for row in csv.DictReader(open(out / "epochs.csv")):
            tag = row["metric"] + (f"/{row['head']}" if row["head"] else "")
            points = expected.setdefault(row["run_id"], {}).setdefault(tag, [])
            points.append((int(row["epoch"]), float(numpy.float32(row["value"]))))
        for run, tags in expected.items():
            events = accumulator(board / "run" / run)
            found = {tag: [(event.step, event.value) for event in events.Scalars(tag)] for tag in events.Tags()["scalars"]}
            if found != tags:
                sys.exit(f"{run}: TensorBoard reads {found}, epochs.csv says {tags}")
            print(f"{run}: {len(found)} tags of {len(next(iter(found.values())))} epochs, as in epochs.csv")
        pictures = accumulator(board / "run" / "pictures")
        names = pictures.Tags()["images"]
        sizes = [pictures.Images(name)[0] for name in names]
        if "variant-accuracy" not in names or any(image.width < 100 or image.height < 100 for image in sizes):
            sys.exit(f"pictures: {names}")
        print(f"pictures: {', '.join(names)}")
        again = Path(work, "again")
        subprocess.run([*bench, "tensorboard", str(out), "--out", str(again)], check=True, capture_output=True)
        files = sorted(path.relative_to(board) for path in board.rglob("*tfevents*"))
        if any((board / file).read_bytes() != (again / file).read_bytes() for file in files):
            sys.exit("bench tensorboard writes other bytes than the ablation did")
        print(f"{len(files)} files, {kills} kills: written again, they are the same")


if __name__ == "__main__":
    main()
