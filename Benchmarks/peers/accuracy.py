"""Trains S3N by our engine and by PyTorch in turn, and notes when the accuracy of each epoch was known."""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

from cases import PINNED
from machine import OtherLoad

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BACKBONE = os.path.join(ROOT, "Sources/CPretrained/include/birdlets-backbone.safetensors")
# The top-1 on the test images, in percent, whose time is told; what comes after it is not trained.
GOAL = 60
COLUMNS = "program version variant seed epoch seconds top1_percent status machine threads".split()


class Trainings:
    """Commands of trainings of one recipe on one folder of pictures, and what came of them."""

    def __init__(self, settings, folder):
        self.settings, self.folder = settings, folder
        self.pictures = os.path.join(folder, "birdlets")
        subprocess.run([settings.bench, "data", "render", "birdlets", "--out", self.pictures], check=True)
        self.rows = []

    def command(self, way, seed):
        out = os.path.join(self.folder, way)
        if way == "ours":
            command = [self.settings.bench, "train", "--dataset", "cub", "--data", self.pictures, "--recipe", "quick"]
            command += ["--weights", BACKBONE, "--variant", "s3n", "--seed", str(seed), "--out", out]
            return command + ["--threads", str(self.settings.threads), "--log-format", "json"]
        script = os.path.join(ROOT, "Scripts/interop/train_by_pytorch.py")
        # The values of the recipe are those that our first training wrote.
        recipe = os.path.join(self.folder, "recipe.json")
        return [sys.executable, script, "s3n", str(seed), BACKBONE, recipe, self.pictures, out, way]

    def run(self, way, seed):
        """One training by a new process, which nothing is there of yet."""
        shutil.rmtree(os.path.join(self.folder, way), ignore_errors=True)
        # What is compiled in one training is compiled again in the next, as for whoever trains once.
        compiled = tempfile.mkdtemp(dir=self.folder)
        environment = os.environ | PINNED | {
            "OMP_NUM_THREADS": str(self.settings.threads), "TORCHINDUCTOR_CACHE_DIR": compiled}
        epochs, status = watch(self.command(way, seed), environment)
        if way == "ours":
            out = os.path.join(self.folder, way)
            shutil.copy(os.path.join(out, "recipe.json"), self.folder)
            with open(os.path.join(out, "environment.json")) as file:
                self.own = json.load(file)["commands"][-1]
        self.rows += [(way, seed, *epoch, status) for epoch in epochs]
        print(f"seed {seed}, {way}: {epochs[-1][1]:.1f} s, {epochs[-1][2]:.1f} %, {status}", file=sys.stderr)

    def write(self, path):
        own = self.own
        machine = f"{own['cpu']['model']}, {own['cpu']['logical_cores']} CPUs"
        program = {"ours": ("s3n-bench", own["commit"]["hash"][:10], own["instruction_set"])}
        with open(path + ".tmp", "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for way, seed, epoch, seconds, top1, status in self.rows:
                name = program.get(way, ("pytorch", version("torch"), way))
                writer.writerow((*name, seed, epoch, round(seconds, 3), top1, status, machine, self.settings.threads))
        os.replace(path + ".tmp", path)


def watch(command, environment):
    """Runs a training until it comes to the goal, or ends: (epoch, seconds since its start, top-1) of each epoch, and whether
    anything else ran meanwhile."""
    epochs, said = [], []
    with OtherLoad(children=True) as load:
        start = time.perf_counter()
        how = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True, "env": environment}
        with subprocess.Popen(command, **how) as training:
            for line in training.stderr:
                seconds = time.perf_counter() - start
                said.append(line)
                if line.startswith("{") and (event := json.loads(line))["event"] == "epoch_finished":
                    epochs.append((event["fields"]["epoch"], seconds, event["fields"]["top1"]))
                    if epochs[-1][2] >= GOAL:
                        training.terminate()
                        break
            # What it still says must not fill its pipe.
            said += training.stderr.readlines()
    has_arrived = bool(epochs) and epochs[-1][2] >= GOAL
    if not epochs or not has_arrived and training.returncode != 0:
        sys.exit(f"This training failed:\n  {' '.join(command)}\n{''.join(said[-20:])}")
    return epochs, load.status


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/peers/accuracy", description=__doc__)
    parser.add_argument("--bench", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--seeds", type=int, default=5, help="trainings of each program")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", default=os.path.join(ROOT, "reports/performance"))
    settings = parser.parse_args()
    if settings.seeds < 1 or settings.threads < 1:
        parser.error("--seeds and --threads are 1 or more")
    return settings


def main():
    settings = arguments()
    os.makedirs(settings.out, exist_ok=True)
    ways = ["ours", "eager", "compiled"]
    with tempfile.TemporaryDirectory() as folder:
        trainings = Trainings(settings, folder)
        for seed in range(settings.seeds):
            # The order turns, so that nobody always follows the same other.
            turn = seed % len(ways)
            for way in ways[turn:] + ways[:turn]:
                trainings.run(way, seed)
                trainings.write(os.path.join(settings.out, "time-to-accuracy.csv"))
    sys.exit(subprocess.run([settings.bench, "peers", settings.out]).returncode)


if __name__ == "__main__":
    main()
