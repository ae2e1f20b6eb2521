"""What is measured, and by whom: each program at the settings that suit it best on the machine of reports/performance."""

from dataclasses import dataclass

# Networks are faster channels-last than NCHW in PyTorch, in training and inference, eager and compiled.
EAGER = ("pytorch", "eager channels-last")
COMPILED = ("pytorch", "compiled channels-last")
ZENTORCH = ("zentorch", "compiled channels-last")
OPENVINO = ("openvino", "")
ONNXRUNTIME = ("onnxruntime", "")

TRAINING = [EAGER, COMPILED]
INFERENCE = {
    "fp32": [EAGER, COMPILED, ZENTORCH, OPENVINO, ONNXRUNTIME],
    # ONNX Runtime has no bfloat16 on x86.
    "bf16": [EAGER, COMPILED, ZENTORCH, OPENVINO],
}

# As the released code has it, and as fast as PyTorch can.
SMOOTHING = [("pytorch", "direct"), ("pytorch", "fft")]

RESAMPLING = [("pytorch", "channels-last"), ("pytorch", "nchw")]

# torchvision's transforms of Pillow's images, and of tensors.
LOADER = [("pillow", "images"), ("pillow", "tensors")]

# What holds each program to AVX2.
AVX2 = {
    "S3N_ISA": "avx2",
    "ATEN_CPU_CAPABILITY": "avx2",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "ONEDNN_DEFAULT_FPMATH_MODE": "STRICT",
}


# Threads stay where they are put, as PyTorch's guide has it.
PINNED = {"OMP_PROC_BIND": "close", "OMP_PLACES": "cores", "KMP_BLOCKTIME": "1"}


@dataclass
class Case:
    """One piece of work, and the other programs that do it, with the steps of each of their processes."""

    model: str
    phase: str
    batch: int
    peers: list
    steps: int
    warm_up: int = 1
    precision: str = "fp32"
    limit: str = ""

    @property
    def is_network(self):
        return self.model in ("s3n", "resnet")

    @property
    def name(self):
        words = [self.model, self.phase, f"batch {self.batch}", self.precision if self.is_network else "", self.limit]
        return " ".join(word for word in words if word)

    def values(self, settings):
        """The columns of peers.csv that tell this work from other work."""
        size, backbone = ("96", "resnet18") if settings.quick else ("448", "resnet50")
        values = {
            "model": self.model,
            "phase": self.phase,
            "batch": str(self.batch),
            "size": size,
            "precision": self.precision,
            "threads": str(settings.threads),
        }
        if self.is_network:
            values["backbone"] = backbone
        return values

    def environment(self):
        """The environment's additions for every program."""
        return PINNED | (AVX2 if self.limit == "avx2" else {})


def network_cases(precision="fp32", limit=""):
    training = [EAGER] if limit else TRAINING
    inference = [OPENVINO] if limit else INFERENCE[precision]
    how = {"precision": precision, "limit": limit}
    return [
        Case("s3n", "train", 8, training, steps=2, **how),
        Case("resnet", "train", 8, training, steps=3, **how),
        Case("s3n", "infer", 1, inference, steps=4, **how),
        Case("s3n", "infer", 8, inference, steps=2, **how),
        Case("resnet", "infer", 1, inference, steps=10, warm_up=2, **how),
        Case("resnet", "infer", 8, inference, steps=4, **how),
    ]


CASES = [
    *network_cases("fp32"),
    *network_cases("bf16"),
    *network_cases("fp32", "avx2"),
    Case("smoothing", "infer", 16, SMOOTHING, steps=100, warm_up=5),
    Case("smoothing", "train", 16, SMOOTHING, steps=100, warm_up=5),
    Case("resampling", "infer", 16, RESAMPLING, steps=20, warm_up=3),
    Case("resampling", "train", 16, RESAMPLING, steps=20, warm_up=3),
    Case("loader", "train", 32, LOADER, steps=5, warm_up=1),
    Case("loader", "infer", 32, LOADER, steps=5, warm_up=1),
]
