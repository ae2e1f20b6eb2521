"""Runs our engine and the other programs on the same work, in alternation, and gathers every step in one CSV file."""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))
PYTORCH = [("pytorch", "channels-last"), ("pytorch", "nchw")]
OPENVINO = [("openvino", "latency")]


@dataclass
class Case:
    """One piece of work, and the other programs that do it, with the steps of each of their processes."""

    model: str
    phase: str
    batch: int
    peers: list
    steps: int
    warm_up: int = 2

    @property
    def name(self):
        return f"{self.model} {self.phase} batch {self.batch}"

    def options(self, settings):
        size, backbone = ("96", "resnet18") if settings.quick else ("448", "resnet50")
        options = ["--model", self.model, "--phase", self.phase, "--batch", str(self.batch), "--size", size]
        options += ["--rounds", str(self.steps), "--warm-up", str(self.warm_up), "--threads", str(settings.threads)]
        if self.model in ("s3n", "resnet"):
            options += ["--backbone", backbone]
        if self.model == "loader":
            options += ["--data", settings.data]
        return options


CASES = [
    Case("s3n", "train", 8, PYTORCH, steps=3, warm_up=1),
    Case("resnet", "train", 8, PYTORCH, steps=4, warm_up=1),
    Case("s3n", "infer", 1, PYTORCH, steps=4),
    Case("s3n", "infer", 8, PYTORCH, steps=3, warm_up=1),
    Case("resnet", "infer", 1, OPENVINO + PYTORCH, steps=10, warm_up=3),
    Case("resnet", "infer", 4, OPENVINO + PYTORCH, steps=6),
    Case("smoothing", "infer", 16, [("pytorch", "nchw")], steps=30, warm_up=5),
    Case("smoothing", "train", 16, [("pytorch", "nchw")], steps=30, warm_up=5),
    Case("resampling", "infer", 16, PYTORCH, steps=20, warm_up=3),
    Case("resampling", "train", 16, PYTORCH, steps=20, warm_up=3),
    Case("loader", "train", 32, [("pillow", "")], steps=5, warm_up=1),
    Case("loader", "infer", 32, [("pillow", "")], steps=5, warm_up=1),
]


def run(command, file):
    """Runs a measurement that writes `file`, and gives its rows."""
    done = subprocess.run(command + ["--csv", file], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"This measurement failed:\n  {' '.join(command)}\n{done.stdout}")
    with open(file, newline="") as rows:
        return [row for row in csv.DictReader(rows) if row["stage"] == "step"]


def measure(case, settings, folder):
    """All rounds of a case; the order turns from round to round, so that nobody always follows the same other."""
    options = case.options(settings)
    own = [settings.bench, "stages"] + options
    ours = [(own + ["--isa", isa], f"ours {isa}") for isa in settings.isa.split(",") if isa] or [(own, "ours")]
    theirs = [
        ([sys.executable, os.path.join(HERE, "measure.py"), "--implementation", name, "--variant", variant] + options,
         f"{name} {variant}".strip())
        for name, variant in case.peers
    ]
    commands = ours + theirs
    rows = []
    for number in range(settings.rounds):
        turn = number % len(commands)
        for command, label in commands[turn:] + commands[:turn]:
            found = run(command, os.path.join(folder, "rows.csv"))
            times = sorted(int(row["duration_ns"]) for row in found)
            note = "" if all(row["status"] == "final" for row in found) else ", busy: not final"
            print(
                f"{case.name}, round {number + 1} of {settings.rounds}, {label}: "
                f"{times[len(times) // 2] / 1e6:.3f} ms{note}", file=sys.stderr)
            rows += [row | {"round": str(number)} for row in found]
    machine = next(row["machine"] for row in rows if row["machine"])
    return [row | {"machine": machine} for row in rows]


def earlier(path, settings):
    """The rows of a file by work, as far as they were measured on as large images and as many threads."""
    if not os.path.exists(path):
        return {}
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for case in CASES:
        options = case.options(settings)
        wanted = {name: options[options.index("--" + name) + 1] for name in ("model", "phase", "batch", "size")}
        if case.model != "loader":
            wanted["threads"] = str(settings.threads)
        found[case.name] = [row for row in rows if all(row.get(name) == value for name, value in wanted.items())]
    return found


def write(rows, path):
    temporary = path + ".tmp"
    with open(temporary, "w", newline="") as file:
        columns = dict.fromkeys(column for row in rows for column in row)
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(temporary, path)


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/peers/run", description=__doc__)
    parser.add_argument("--bench", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--data", help="a folder of JPEG files for the loader (default: painted birds)")
    parser.add_argument("--rounds", type=int, default=5, help="processes of each program for each piece of work")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--isa", default="", help="our instruction sets, separated by commas (default: the best)")
    parser.add_argument(
        "--only", default="",
        help="only work whose name holds this, such as 'resnet infer'; what DIR/peers.csv says of other work is kept")
    parser.add_argument("--quick", action="store_true", help="small images and ResNet-18, to try things out")
    parser.add_argument("--out", default="reports/performance")
    settings = parser.parse_args()
    if settings.rounds < 1 or settings.threads < 1:
        parser.error("--rounds and --threads are 1 or more")
    settings.cases = [case for case in CASES if settings.only in case.name]
    if not settings.cases:
        parser.error(f"no work is named like '{settings.only}': {', '.join(case.name for case in CASES)}")
    return settings


def main():
    settings = arguments()
    os.makedirs(settings.out, exist_ok=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        if not settings.data and any(case.model == "loader" for case in settings.cases):
            settings.data = os.path.join(folder, "birdlets")
            painted = ["data", "render", "birdlets", "--size", "448", "--per-class", "2", "--out", settings.data]
            subprocess.run([settings.bench] + painted, check=True)
        path = os.path.join(settings.out, "peers.csv")
        rows = earlier(path, settings) if settings.only else {}
        for case in settings.cases:
            rows[case.name] = measure(case, settings, folder)
            write([row for case in CASES for row in rows.get(case.name, [])], path)
    print(f"Measured in {(time.monotonic() - start) / 60:.0f} minutes.", file=sys.stderr)
    sys.exit(subprocess.run([settings.bench, "peers", settings.out]).returncode)


if __name__ == "__main__":
    main()
