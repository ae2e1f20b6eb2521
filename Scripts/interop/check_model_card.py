#!/usr/bin/env python3
"""Reads model cards of bench with huggingface_hub and holds their results against the records.

Usage: check_model_card.py [BENCH ...]    (default: .build/release/bench)
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from huggingface_hub import ModelCard


def exported(bench, checkpoint, folder, *options):
    """The card of a checkpoint."""
    card = Path(folder, "README.md")
    export = ["export", "--checkpoint", checkpoint, "--out", Path(folder, "model.onnx"), "--card", card, *options]
    subprocess.run([*bench, *export], check=True, capture_output=True)
    return ModelCard.load(card)


def main():
    bench = sys.argv[1:] or [".build/release/bench"]
    with tempfile.TemporaryDirectory() as work:
        out = Path(work, "run")
        train = ["train", "--classes", "1-3", "--size", "64", "--epochs", "3", "--keep", "best,last", "--out", out]
        subprocess.run([*bench, *train], check=True, capture_output=True)
        checkpoint = out / "checkpoints" / "s3n-seed0.safetensors"
        card = exported(bench, checkpoint, work)
        if (card.data.license, card.data.library_name, card.data.pipeline_tag) != ("other", "onnx", "image-classification"):
            sys.exit(f"metadata: {card.data}")
        known = {}
        for row in csv.DictReader(open(out / "runs.csv")):
            measure = {"top1": "Top-1 accuracy", "top5": "Top-5 accuracy", "mean_class_accuracy": "Mean class accuracy"}
            if row["metric"] in measure:
                known[f"{measure[row['metric']]}, head {row['head']}"] = float(row["value"]) / 100
        found = {result.metric_name: result.metric_value for result in card.data.eval_results}
        if found != known:
            sys.exit(f"results: {found}, runs.csv says {known}")
        first = card.data.eval_results[0]
        print(f"{card.data.model_name}: {len(found)} results on {first.dataset_name}, split {first.dataset_split}, as in runs.csv")

        best = exported(bench, out / "checkpoints" / "s3n-seed0-best.safetensors", work)
        print(f"the best epoch's: {len(best.data.eval_results)} results")
        moved = Path(work, "moved.safetensors")
        moved.write_bytes(checkpoint.read_bytes())
        for title, path, options in (("without its folder", moved, []), ("at another size", checkpoint, ["--size", "96"])):
            if exported(bench, path, work, *options).data.eval_results:
                sys.exit(f"{title}: results that nobody measured")
            print(f"{title}: no results")


if __name__ == "__main__":
    main()
