# mypy: ignore-errors
# It needs packages that the project itself does not have.
"""Writes the small ONNX files beside this script: detectors of every kind that is taken, and of every kind refused.

Run by hand in a throw-away environment with onnx 1.23 and onnxruntime 1.32 (for the quantised one):

    python tests/data/vision/make_models.py

The "detectors" are one convolution with fixed random weights: what they see is nonsense, but it depends on every
pixel, overlaps a great deal, and has the metadata and the shapes of an ultralytics 8.4 export.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

HERE = Path(__file__).parent
NAMES = ("hammer", "pliers", "wrench", "brace", "file")
STEP = 8


def _metadata(task: str = "detect", imgsz: tuple[int, int] = (96, 128), **more: str) -> dict[str, str]:
    names = dict(enumerate(NAMES))
    plain = {
        "description": "tiny",
        "author": "tests",
        "version": "8.4.190",
        "license": "AGPL-3.0",
        "stride": "32",
        "task": task,
        "batch": "1",
        "imgsz": str(list(imgsz)),
        "names": str(names),
        "channels": "3",
        "end2end": "False",
        "args": "{'dynamic': False, 'nms': False, 'half': False}",
    }
    return plain | more


def _model(
    nodes: list[onnx.NodeProto],
    weights: list[onnx.TensorProto],
    *,
    size: tuple[object, object],
    output: list[object],
    kind: int = TensorProto.FLOAT,
    batch: object = 1,
    metadata: dict[str, str] | None = None,
    domains: tuple[str, ...] = (),
) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("images", kind, [batch, 3, *size])],
        [helper.make_tensor_value_info("output0", kind, output)],
        weights,
    )
    opsets = [helper.make_opsetid("", 17), *(helper.make_opsetid(domain, 1) for domain in domains)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    helper.set_model_props(model, metadata or {})
    return model


def _detector(dtype: type = np.float32) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
    """images -> output0 (1, 4 + classes, anchors)."""
    random = np.random.default_rng(11)
    channels = 4 + len(NAMES)
    kernel = random.normal(0, 0.16, (channels, 3, STEP, STEP))
    bias = np.concatenate([np.zeros(4), np.full(len(NAMES), -1.0)])
    scale = np.array([120, 90, 60, 60, *([1] * len(NAMES))], dtype).reshape(1, channels, 1)
    weights = [
        numpy_helper.from_array(kernel.astype(dtype), "kernel"),
        numpy_helper.from_array(bias.astype(dtype), "bias"),
        numpy_helper.from_array(scale, "scale"),
        numpy_helper.from_array(np.array([0, channels, -1], np.int64), "flat"),
    ]
    nodes = [
        helper.make_node("Conv", ["images", "kernel", "bias"], ["raw"], strides=[STEP, STEP]),
        helper.make_node("Sigmoid", ["raw"], ["share"]),
        helper.make_node("Reshape", ["share", "flat"], ["rows"]),
        helper.make_node("Mul", ["rows", "scale"], ["output0"]),
    ]
    return nodes, weights


def _with_suppression() -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
    """images -> output0 (1, 300, 6): the 300 best rows as corners, confidence and class."""
    nodes, weights = _detector()
    nodes[-1].output[0] = "columns"
    index = lambda name, *values: numpy_helper.from_array(np.array(values, np.int64), name)  # noqa: E731
    weights += [
        index("four", 4), index("two", 2), index("none", 0), index("all", 99), index("one_axis", 1), index("best", 300),
        numpy_helper.from_array(np.array(0.5, np.float32), "half"),
    ]  # fmt: skip
    nodes += [
        helper.make_node("Slice", ["columns", "none", "two", "one_axis"], ["centre"]),
        helper.make_node("Slice", ["columns", "two", "four", "one_axis"], ["sides"]),
        helper.make_node("Slice", ["columns", "four", "all", "one_axis"], ["scores"]),
        helper.make_node("Mul", ["sides", "half"], ["reach"]),
        helper.make_node("Sub", ["centre", "reach"], ["low"]),
        helper.make_node("Add", ["centre", "reach"], ["high"]),
        helper.make_node("ReduceMax", ["scores"], ["confidence"], axes=[1], keepdims=1),
        helper.make_node("ArgMax", ["scores"], ["class_index"], axis=1, keepdims=1),
        helper.make_node("Cast", ["class_index"], ["class"], to=TensorProto.FLOAT),
        helper.make_node("Concat", ["low", "high", "confidence", "class"], ["six"], axis=1),
        helper.make_node("TopK", ["confidence", "best"], ["sorted", "chosen"], axis=2),
        helper.make_node("Squeeze", ["chosen"], ["chosen_flat"]),
        helper.make_node("Gather", ["six", "chosen_flat"], ["kept"], axis=2),
        helper.make_node("Transpose", ["kept"], ["output0"], perm=[0, 2, 1]),
    ]
    return nodes, weights


def _opinion(columns: int = len(NAMES) + 1, **metadata: str) -> onnx.ModelProto:
    """pieces (count, 3, 32, 32) -> shares (count, columns): a net that goes by nothing but the mean colour.

    Red is a hammer, green are pliers, blue is a wrench; anything grey is none of the kit.
    """
    colours = np.zeros((3, columns), np.float32)
    colours[np.arange(3), np.arange(3)] = 12
    apart = np.zeros(columns, np.float32)
    apart[-1] = 6.5
    weights = [numpy_helper.from_array(colours, "colours"), numpy_helper.from_array(apart, "apart")]
    nodes = [
        helper.make_node("GlobalAveragePool", ["pieces"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["flat"]),
        helper.make_node("Gemm", ["flat", "colours", "apart"], ["raw"]),
        helper.make_node("Softmax", ["raw"], ["shares"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "opinion",
        [helper.make_tensor_value_info("pieces", TensorProto.FLOAT, ["count", 3, 32, 32])],
        [helper.make_tensor_value_info("shares", TensorProto.FLOAT, ["count", columns])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    told = {"task": "opinion", "names": str(dict(enumerate(NAMES))), "imgsz": "32"}
    helper.set_model_props(model, told | metadata)
    return model


def _save(name: str, model: onnx.ModelProto) -> Path:
    path = HERE / f"{name}.onnx"
    onnx.save(model, path)
    return path


def main() -> None:
    """Write all files."""
    rows = 4 + len(NAMES)
    static = _model(*_detector(), size=(96, 128), output=[1, rows, 192], metadata=_metadata())
    _save("rectangular", static)
    square = _metadata(imgsz=(128, 128))
    square_path = _save("square", _model(*_detector(), size=(128, 128), output=[1, rows, 256], metadata=square))
    dynamic = _metadata(imgsz=(128, 128), args="{'dynamic': True, 'nms': False, 'half': False}")
    free = ["batch", rows, "anchors"]
    _save(
        "dynamic",
        _model(*_detector(), size=("height", "width"), output=free, batch="batch", metadata=dynamic),
    )
    half = _metadata(args="{'dynamic': False, 'nms': False, 'half': True}")
    _save(
        "half",
        _model(*_detector(np.float16), size=(96, 128), output=[1, rows, 192], kind=TensorProto.FLOAT16, metadata=half),
    )
    final = _metadata(imgsz=(160, 160), args="{'dynamic': False, 'nms': True, 'half': False}")
    _save("final", _model(*_with_suppression(), size=(160, 160), output=[1, 300, 6], metadata=final))
    shuffled = "{0: '1', 1: '10', 2: '11', 3: '2', 4: '3'}"
    _save(
        "alphabetical",
        _model(*_detector(), size=(96, 128), output=[1, rows, 192], metadata=_metadata(names=shuffled)),
    )
    quantize_dynamic(square_path, HERE / "int8.onnx", weight_type=QuantType.QUInt8)

    for task in ("segment", "classify", "pose"):
        _save(task, _model(*_detector(), size=(96, 128), output=[1, rows, 192], metadata=_metadata(task)))
    _save("no_metadata", _model(*_detector(), size=(96, 128), output=[1, rows, 192]))
    for name, change in (
        ("names_damaged", {"names": "{0: 'hammer', 1: open('x')}"}),
        ("names_with_a_gap", {"names": "{0: 'hammer', 2: 'pliers'}"}),
        ("imgsz_damaged", {"imgsz": "[0, 100000000]"}),
        ("stride_damaged", {"stride": "often"}),
    ):
        _save(name, _model(*_detector(), size=(96, 128), output=[1, rows, 192], metadata=_metadata(**change)))
    more = "{" + ", ".join(f"{i}: 'class{i}'" for i in range(9)) + "}"
    _save("wrong_output", _model(*_detector(), size=(96, 128), output=[1, rows, 192], metadata=_metadata(names=more)))
    _save("batch_of_four", _model(*_detector(), size=(96, 128), output=[4, rows, 192], batch=4, metadata=_metadata()))

    _save("opinion", _opinion())
    _save("opinion_of_another_task", _opinion(task="detect"))
    _save("opinion_with_a_column_too_few", _opinion(len(NAMES)))

    foreign = [helper.make_node("Shade", ["images"], ["output0"], domain="com.example.plugin")]
    _save(
        "custom_operator",
        _model(
            foreign, [], size=(96, 128), output=[1, rows, 192], metadata=_metadata(), domains=("com.example.plugin",)
        ),
    )
    unknown = [helper.make_node("Shade", ["images"], ["output0"])]
    _save("unknown_operator", _model(unknown, [], size=(96, 128), output=[1, rows, 192], metadata=_metadata()))
    outside = _model(*_detector(), size=(96, 128), output=[1, rows, 192], metadata=_metadata())
    onnx.save(
        outside,
        HERE / "external_data.onnx",
        save_as_external_data=True,
        location="external_data.bin",
        size_threshold=1024,
    )


if __name__ == "__main__":
    main()
