"""Inference by programs that run graphs, on what `bench export` writes: OpenVINO and ONNX Runtime."""

import numpy


def step(options):
    """Runs the graph in `options.graph`."""
    shape = (options.batch, 3, options.size, options.size)
    images = numpy.random.default_rng(0).uniform(-2, 2, shape).astype(numpy.float32)
    return {"openvino": _openvino, "onnxruntime": _onnxruntime}[options.implementation](options, images)


def _openvino(options, images):
    import openvino

    core = openvino.Core()
    model = core.read_model(options.graph)
    model.reshape(list(images.shape))
    compiled = core.compile_model(
        model,
        "CPU",
        {
            "INFERENCE_NUM_THREADS": options.threads,
            "NUM_STREAMS": 1,
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": {"fp32": "f32", "bf16": "bf16"}[options.precision],
        },
    )
    request = compiled.create_infer_request()
    return lambda: request.infer([images], share_inputs=True, share_outputs=True)


def _onnxruntime(options, images):
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    settings.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(options.graph, settings, providers=["CPUExecutionProvider"])
    names = {session.get_inputs()[0].name: images}
    return lambda: session.run(None, names)
