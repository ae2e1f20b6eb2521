"""Runs our engine and the other programs on the same work, in alternation, and gathers every step in one CSV file."""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time

from cases import CASES

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def run(command, file, environment):
    """Runs a measurement that writes `file`, and gives its rows."""
    # The compilers' helpers outlive the process before by a moment.
    time.sleep(4)
    how = {"env": os.environ | environment, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    done = subprocess.run(command + ["--csv", file], **how)
    if done.returncode != 0:
        sys.exit(f"This measurement failed:\n  {' '.join(command)}\n{done.stdout}")
    with open(file, newline="") as rows:
        return [row for row in csv.DictReader(rows) if row["stage"] == "step"]


def commands(case, settings, folder):
    """How each program is called for a case, ours first, and its label."""
    values = case.values(settings)
    work = [word for name, value in values.items() for word in ("--" + name, value)]
    work += ["--rounds", str(case.steps), "--warm-up", str(case.warm_up)]
    if case.model == "loader":
        work += ["--data", settings.data]
    yield [settings.bench, "stages"] + work, "ours"
    for name, variant in case.peers:
        command = [sys.executable, os.path.join(HERE, "measure.py"), "--implementation", name, "--variant", variant]
        command += work
        if name in ("openvino", "onnxruntime"):
            command += ["--graph", graph(case.model, values, settings, folder)]
        yield command, f"{name} {variant}".strip()


def graph(model, values, settings, folder):
    """The ONNX file of a network, by our export."""
    path = os.path.join(folder, f"{model}.onnx")
    if not os.path.exists(path):
        weights = os.path.join(folder, f"{model}.pth")
        save = [sys.executable, os.path.join(HERE, "save_weights.py"), model, values["backbone"], weights]
        subprocess.run(save, check=True)
        export = [settings.bench, "export", "--checkpoint", weights, "--out", path, "--size", values["size"]]
        subprocess.run(export + (["--p", "2"] if model == "s3n" else []), check=True, stdout=subprocess.DEVNULL)
        os.remove(weights)
    return path


def measure(case, settings, folder):
    """All rounds of a case; the order turns from round to round, so that nobody always follows the same other."""
    programs = list(commands(case, settings, folder))
    # What is compiled in one round need not be again in the next; blanks in its path end the compiler.
    compiled = os.path.join(folder, "compiled-" + case.name.replace(" ", "-"))
    environment = case.environment() | {"TORCHINDUCTOR_CACHE_DIR": compiled}
    rows = []
    for number in range(settings.rounds):
        turn = number % len(programs)
        for command, label in programs[turn:] + programs[:turn]:
            found = run(command, os.path.join(folder, "rows.csv"), environment)
            times = sorted(int(row["duration_ns"]) for row in found)
            note = "" if all(row["status"] == "final" for row in found) else ", busy: not final"
            print(
                f"{case.name}, round {number + 1} of {settings.rounds}, {label}: "
                f"{times[len(times) // 2] / 1e6:.3f} ms{note}", file=sys.stderr)
            rows += [row | {"round": str(number)} for row in found]
    machine = next(row["machine"] for row in rows if row["machine"])
    return [row | {"machine": machine, "limit": case.limit} for row in rows]


def earlier(path, settings):
    """The rows of a file by work, as far as they were measured on as large images and as many threads."""
    if not os.path.exists(path):
        return {}
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for case in CASES:
        wanted = case.values(settings) | {"limit": case.limit}
        if case.model == "loader":
            del wanted["threads"]
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
    parser.add_argument("--rounds", type=int, default=3, help="processes of each program for each piece of work")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--only", default="",
        help="only work whose name holds this, such as 'resnet infer' or 'bf16'; what DIR/peers.csv says of other work "
        "is kept")
    parser.add_argument(
        "--unfinished", action="store_true", help="only work of which DIR/peers.csv has no final figures")
    parser.add_argument("--quick", action="store_true", help="small images and ResNet-18, to try things out")
    parser.add_argument("--out", default=os.path.join(ROOT, "reports/performance"))
    settings = parser.parse_args()
    if settings.rounds < 1 or settings.threads < 1:
        parser.error("--rounds and --threads are 1 or more")
    settings.cases = [case for case in CASES if settings.only in case.name]
    if not settings.cases:
        parser.error(f"no work is named like '{settings.only}': {', '.join(case.name for case in CASES)}")
    return settings


def is_final(rows):
    return bool(rows) and all(row["status"] == "final" for row in rows)


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
        rows = earlier(path, settings) if settings.only or settings.unfinished else {}
        for case in settings.cases:
            if settings.unfinished and is_final(rows.get(case.name)):
                continue
            rows[case.name] = measure(case, settings, folder)
            write([row for case in CASES for row in rows.get(case.name, [])], path)
    print(f"Measured in {(time.monotonic() - start) / 60:.0f} minutes.", file=sys.stderr)
    sys.exit(subprocess.run([settings.bench, "peers", settings.out]).returncode)


if __name__ == "__main__":
    main()
