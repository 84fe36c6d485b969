"""The network of the second opinion as a part of a model's file."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from toolroom_desktop.adapters.vision.detector import OnnxDetector
from toolroom_desktop.adapters.vision.opinion import KEY, TASK, Opinion, packed
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.adapters.vision.pieces import as_input, piece_of
from toolroom_desktop.domain.errors import BadModel
from toolroom_desktop.training.learn.torchvision_stand_in import ensure_torchvision

ensure_torchvision()

import onnx  # noqa: E402 - after the stand-in
import onnxslim  # noqa: E402
import torch  # noqa: E402
from onnx import numpy_helper  # noqa: E402
from ultralytics.nn.tasks import ClassificationModel, load_checkpoint  # noqa: E402

from toolroom_desktop.training.learn.opinion import shares_of  # noqa: E402

OPSET = 17
LARGEST_DIFFERENCE = 0.15
"""Of an answer, 0..1, between the network and its file. Weights are kept in 8 bits, which makes a quarter of the file;
the thresholds are chosen with the file as it is.
"""
LEAST_ROUNDED = 256
"""Numbers of a weight from which it is worth keeping in 8 bits."""


class OpinionWeights:
    """A trained network of the second opinion, and the file that a station runs."""

    def __init__(self, weights: Path, classes: Collection[str]) -> None:
        """Read and export. Raises `BadModel`: model.weights_not_readable, model.weights_no_opinion."""
        try:
            network, checkpoint = load_checkpoint(str(weights))
            self._side = int(checkpoint["train_args"]["imgsz"])
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise BadModel("model.weights_not_readable", path=weights, reason=reason) from error
        names = tuple(str(name) for name in network.names.values())
        if not isinstance(network, ClassificationModel) or set(names) != set(classes):
            raise BadModel("model.weights_no_opinion", path=weights)
        network = network.float().eval().fuse(verbose=False)
        network.requires_grad_(False)
        network.model[-1].export = True
        self.network = network
        self.content = self._exported(names)

    def _exported(self, names: Sequence[str]) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "opinion.onnx"
            torch.onnx.export(
                self.network,
                torch.zeros(2, 3, self._side, self._side),
                str(target),
                opset_version=OPSET,
                input_names=["pieces"],
                output_names=["shares"],
                dynamic_axes={"pieces": {0: "count"}, "shares": {0: "count"}},
                dynamo=False,
            )
            model = onnxslim.slim(onnx.load(str(target)))
        _in_eight_bits(model)
        metadata = {"task": TASK, "names": dict(enumerate(names)), "imgsz": self._side}
        onnx.helper.set_model_props(model, {key: str(value) for key, value in metadata.items()})
        model.ir_version = min(model.ir_version, 10)
        onnx.checker.check_model(model)
        content: bytes = model.SerializeToString()
        return content

    def difference(self, detector: OnnxDetector, photos: Sequence[Path]) -> float:
        """The largest difference of any answer between PyTorch and the file, on what the detector finds on photos.

        Raises `BadPhoto`, `BadModel`.
        """
        opinion, reader, largest = Opinion(self.content, "opinion.onnx"), FilePhotoReader(), 0.0
        for path in photos:
            pixels = reader.read(path).pixels
            boxes = [found.box for found in detector.look(pixels)]
            if boxes:
                pieces = as_input([piece_of(pixels, box, self._side) for box in boxes])
                apart = np.abs(shares_of(self.network, pieces) - opinion.of(pixels, boxes))
                largest = max(largest, float(apart.max()))
        return largest

    def attach(self, model: Path) -> None:
        """Put the network into the metadata of a detector's file."""
        detector = onnx.load(str(model))
        entry = detector.metadata_props.add()
        entry.key, entry.value = KEY, packed(self.content)
        onnx.save(detector, str(model))


def _in_eight_bits(model: onnx.ModelProto) -> None:
    """Keep large weights as 8-bit numbers with a scale for each output; the runtime makes floats of them as it loads.

    The network counts in floats as before: only what it weighs in the file is rounded.
    """
    graph = model.graph
    made: list[onnx.NodeProto] = []
    for weight in list(graph.initializer):
        if weight.data_type != onnx.TensorProto.FLOAT or int(np.prod(weight.dims)) < LEAST_ROUNDED:
            continue
        name, values = weight.name, numpy_helper.to_array(weight)
        scale = np.abs(values).reshape(len(values), -1).max(axis=1).reshape(-1, *[1] * (values.ndim - 1)) / 127
        scale = np.where(scale > 0, scale, 1).astype(np.float32)
        rounded = np.round(values / scale).astype(np.int8)
        weight.CopyFrom(numpy_helper.from_array(rounded, f"{name}_rounded"))
        graph.initializer.append(numpy_helper.from_array(scale, f"{name}_scale"))
        made.append(onnx.helper.make_node("Cast", [f"{name}_rounded"], [f"{name}_unscaled"], to=onnx.TensorProto.FLOAT))
        made.append(onnx.helper.make_node("Mul", [f"{name}_unscaled", f"{name}_scale"], [name]))
    for place, node in enumerate(made):
        graph.node.insert(place, node)
