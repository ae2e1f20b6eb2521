"""Writes convergence.csv and equivalence.csv of a folder that Scripts/interop/converge fills: compare_training.py OUT SEEDS

Equivalence is judged by two one-sided t-tests with unequal variances (Welch, Schuirmann) at 5 % each: the 90 % interval of the
difference of the means must lie within 2 points.
"""

import csv
import sys
from pathlib import Path

import numpy as np
from scipy import stats

MARGIN = 2.0


def write(path, header, rows):
    partial = path.with_name(path.name + ".partial")
    with open(partial, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    partial.rename(path)


def engine_rows(folder, seeds):
    """(variant, seed, epoch, head, top-1) from an output folder of bench."""
    runs = {row["run_id"]: (row["variant"], int(row["seed"])) for row in csv.DictReader(open(folder / "runs.csv"))}
    for row in csv.DictReader(open(folder / "epochs.csv")):
        variant, seed = runs[row["run_id"]]
        if row["metric"] == "top1" and seed < seeds:
            yield variant, seed, int(row["epoch"]), row["head"], float(row["value"])


def pytorch_rows(folder, seeds):
    for path in sorted(folder.glob("*.csv")):
        for row in csv.DictReader(open(path)):
            if int(row["seed"]) < seeds:
                yield row["variant"], int(row["seed"]), int(row["epoch"]), row["head"], float(row["top1_percent"])


def equivalence(ours, theirs):
    """Difference of the means, its 90 % interval, and the larger p-value of both one-sided tests."""
    ours, theirs = np.array(ours), np.array(theirs)
    difference = ours.mean() - theirs.mean()
    parts = ours.var(ddof=1) / len(ours), theirs.var(ddof=1) / len(theirs)
    error = np.sqrt(sum(parts))
    if error == 0:
        return difference, difference, difference, float(abs(difference) >= MARGIN)
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (len(ours) - 1) + parts[1] ** 2 / (len(theirs) - 1))
    reach = stats.t.ppf(0.95, freedom) * error
    p = max(stats.t.sf((difference + MARGIN) / error, freedom), stats.t.sf((MARGIN - difference) / error, freedom))
    return difference, difference - reach, difference + reach, p


def main(out, seeds):
    out, seeds = Path(out), int(seeds)
    rows = [("bench", *row) for row in engine_rows(out / "engine", seeds)]
    rows += [("PyTorch", *row) for row in pytorch_rows(out / "pytorch", seeds)]
    write(out / "convergence.csv", ("program", "variant", "seed", "epoch", "head", "top1_percent"), rows)
    last = max(row[3] for row in rows)
    final = {}
    for program, variant, _, epoch, head, accuracy in rows:
        if epoch == last:
            final.setdefault((variant, head), {}).setdefault(program, []).append(accuracy)
    found = []
    for (variant, head), programs in final.items():
        ours, theirs = programs["bench"], programs["PyTorch"]
        difference, low, high, p = equivalence(ours, theirs)
        verdict = "equivalent" if p <= 0.05 else "not shown"
        found.append((variant, head, len(ours), len(theirs), np.mean(ours), np.std(ours, ddof=1), np.mean(theirs),
                      np.std(theirs, ddof=1), difference, low, high, MARGIN, p, verdict))
    write(out / "equivalence.csv", ("variant", "head", "seeds", "pytorch_seeds", "mean_percent", "sd_points",
                                    "pytorch_mean_percent", "pytorch_sd_points", "difference_points", "low_90_points",
                                    "high_90_points", "margin_points", "p_value", "verdict"),
          [tuple(f"{value:.4f}" if isinstance(value, float) else value for value in row) for row in found])


main(*sys.argv[1:])
