"""Times one piece of work by one of the other programs and writes a CSV file as `bench stages --csv` does."""

import argparse
import csv
import statistics
import time
from importlib.metadata import version

from machine import OtherLoad, peak_resident_bytes, seconds_since_start

# The package whose version is an implementation's.
PACKAGES = {"pytorch": "torch"} | {name: name for name in ("zentorch", "openvino", "onnxruntime", "pillow")}
COLUMNS = (
    "phase step stage duration_ns status other_cpus round implementation version variant precision limit machine model "
    "backbone size batch threads smoothing grid flops bytes peak_tensor_bytes peak_rss_bytes start_up_ns"
).split()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--implementation", required=True, choices=list(PACKAGES))
    parser.add_argument(
        "--variant", default="",
        help="networks by PyTorch: eager or compiled, then nchw or channels-last; smoothing: direct or fft; loader: images or tensors")
    parser.add_argument("--precision", default="fp32", choices=["fp32", "bf16"])
    parser.add_argument("--model", required=True, choices=["resnet", "s3n", "smoothing", "resampling", "loader"])
    parser.add_argument("--backbone", default="resnet50")
    parser.add_argument("--phase", required=True, choices=["train", "infer"])
    parser.add_argument("--size", type=int, default=448)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=2)
    parser.add_argument("--graph", help="openvino, onnxruntime: the ONNX file")
    parser.add_argument("--data", help="loader: a folder of JPEG files")
    parser.add_argument("--csv", required=True)
    return parser.parse_args()


def work(options):
    """A function that does one step."""
    if options.graph:
        import graphs

        return graphs.step(options)
    if options.model in ("resnet", "s3n"):
        import networks

        return networks.step(options)
    import parts

    return getattr(parts, options.model)(options)


def main():
    options = arguments()
    step = work(options)
    step()
    first = seconds_since_start()
    for _ in range(options.warm_up - 1):
        step()
    steps = []
    with OtherLoad() as whole:
        for _ in range(options.rounds):
            with OtherLoad() as load:
                start = time.perf_counter_ns()
                step()
                steps.append((time.perf_counter_ns() - start, load))
    is_network = options.model in ("resnet", "s3n")
    # Graphs have no FFT that is fast.
    method = options.variant if options.model == "smoothing" else "direct" if options.graph else "fft"
    is_smoothed = options.model in ("smoothing", "s3n")
    usual = statistics.median(duration for duration, _ in steps)
    common = {
        "phase": options.phase,
        "stage": "step",
        "round": 0,
        "implementation": options.implementation,
        "version": version(PACKAGES[options.implementation]),
        "variant": options.variant,
        "precision": options.precision,
        "limit": "",
        "machine": "",
        "model": options.model,
        "backbone": options.backbone if is_network else "",
        "size": options.size,
        "batch": options.batch,
        "threads": 1 if options.model == "loader" else options.threads,
        "smoothing": method if is_smoothed else "",
        "grid": 31 if is_smoothed or options.model == "resampling" else "",
        "peak_rss_bytes": peak_resident_bytes(),
        # Compilers work in the first step: what it took beyond a usual one counts as well.
        "start_up_ns": max(0, round(first * 1e9 - usual)),
    }
    with open(options.csv, "w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        for number, (duration, load) in enumerate(steps):
            status = "busy" if "busy" in (whole.status, load.status) else "final"
            writer.writerow(
                common | {"step": number, "duration_ns": duration, "status": status, "other_cpus": load.cpus}
            )


if __name__ == "__main__":
    main()
