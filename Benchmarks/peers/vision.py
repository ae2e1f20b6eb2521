"""torchvision, also where its C++ operators cannot be loaded (a CUDA build beside PyTorch's CPU build): we use none."""

import torch

try:
    import torchvision
except RuntimeError:
    # Importing registers something for these operators, and fails where they are unknown.
    _operators = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        _operators.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    import torchvision

models = torchvision.models
