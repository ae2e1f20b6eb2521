#!/usr/bin/env python3
"""Makes the ONNX file that the tests hold ours against, with the onnx library.

Usage: make_onnx_case.py FOLDER    (the tests' copy is Tests/ONNXFilesTests/Fixtures)
Needs: pip install onnx numpy
"""

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def main():
    weight = numpy_helper.from_array(np.array([[1, -2, 0.5], [0, 3, 1]], np.float32), "fc.weight")
    bias = numpy_helper.from_array(np.array([0.25, -1], np.float32), "fc.bias")
    count = numpy_helper.from_array(np.array([1], np.int64), "k")
    nodes = [
        helper.make_node("Gemm", ["x", "fc.weight", "fc.bias"], ["Gemm_0"], "Gemm_0", alpha=0.5, transB=1),
        helper.make_node("TopK", ["Gemm_0", "k"], ["TopK_1_0", "TopK_1_1"], "TopK_1", axis=-1),
        helper.make_node("Identity", ["TopK_1_0"], ["y"], "Identity_2"),
    ]
    graph = helper.make_graph(
        nodes, "linear", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", 1])], [weight, bias, count])
    model = helper.make_model(graph, producer_name="s3n-bench", ir_version=8, opset_imports=[helper.make_opsetid("", 17)])
    helper.set_model_props(model, {"a": "1", "b": "2"})
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, Path(sys.argv[1], "linear.onnx"))


if __name__ == "__main__":
    main()
