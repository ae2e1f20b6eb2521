"""Times one workload by one of the other programs and writes a CSV file as `bench stages --csv` does."""

import argparse
import csv
import time

import workloads
from machine import OtherLoad, peak_resident_bytes


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--implementation", required=True, choices=["pytorch", "openvino", "pillow"])
    parser.add_argument("--variant", default="", help="pytorch: nchw or channels-last")
    parser.add_argument("--model", required=True, choices=["resnet", "s3n", "smoothing", "resampling", "loader"])
    parser.add_argument("--backbone", default="resnet50")
    parser.add_argument("--phase", required=True, choices=["train", "infer"])
    parser.add_argument("--size", type=int, default=448)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=2)
    parser.add_argument("--data", help="loader: a folder of JPEG files")
    parser.add_argument("--csv", required=True)
    return parser.parse_args()


def main():
    options = arguments()
    step = getattr(workloads, options.implementation)(options)
    for _ in range(options.warm_up):
        step()
    steps = []
    with OtherLoad() as whole:
        for _ in range(options.rounds):
            with OtherLoad() as load:
                start = time.perf_counter_ns()
                step()
                steps.append((time.perf_counter_ns() - start, load))
    is_network = options.model in ("resnet", "s3n")
    is_smoothed = options.model in ("smoothing", "s3n")
    common = {
        "phase": options.phase,
        "stage": "step",
        "round": 0,
        "implementation": options.implementation,
        "version": workloads.version(options.implementation),
        "variant": options.variant,
        "machine": "",
        "model": options.model,
        "backbone": options.backbone if is_network else "",
        "size": options.size,
        "batch": options.batch,
        "threads": 1 if options.model == "loader" else options.threads,
        "smoothing": "direct" if is_smoothed else "",
        "grid": 31 if is_smoothed or options.model == "resampling" else "",
        "peak_rss_bytes": peak_resident_bytes(),
    }
    columns = (
        "phase step stage duration_ns status other_cpus round implementation version variant machine model backbone size "
        "batch threads smoothing grid flops bytes peak_tensor_bytes peak_rss_bytes start_up_ns"
    ).split()
    with open(options.csv, "w", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        for number, (duration, load) in enumerate(steps):
            status = "busy" if "busy" in (whole.status, load.status) else "final"
            writer.writerow(
                common | {"step": number, "duration_ns": duration, "status": status, "other_cpus": load.cpus}
            )


if __name__ == "__main__":
    main()
