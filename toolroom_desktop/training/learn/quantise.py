"""A float model made into one whose convolutions count in 8-bit integers.

Static quantisation by ONNX Runtime of the convolutions alone: activations as unsigned, weights as signed 8-bit numbers
with a scale for each channel. Quantising more of the network, or both as signed numbers, is slower on x86. The last
convolutions of the head, which give the boxes and scores themselves, stay float: they cost next to nothing, and an
8-bit score would move every threshold.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from toolroom_desktop.adapters.vision.detector import OnnxDetector
from toolroom_desktop.adapters.vision.letterbox import Blob, Letterbox
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.domain.detection import Detection

MOST_PHOTOS = 128
"""Photos that the ranges of the activations are measured on; more only cost memory and time."""
SAME_TOOL = 0.5
"""Overlap from which two detections of one class are the same tool."""


class _Photos(CalibrationDataReader):  # type: ignore[misc]
    """Feeds photos as the station would."""

    def __init__(self, photos: Sequence[Path], name: str, size: tuple[int, int]) -> None:
        self._name = name
        self._blobs: Iterator[Blob] = self._read(photos, size)

    def _read(self, photos: Sequence[Path], size: tuple[int, int]) -> Iterator[Blob]:
        reader, letterbox = FilePhotoReader(), Letterbox(size, np.float32, None)
        for path in photos:
            yield letterbox(reader.read(path).pixels)[0].copy()

    def get_next(self) -> dict[str, Blob] | None:
        """The next input, None at the end."""
        blob = next(self._blobs, None)
        return None if blob is None else {self._name: blob}


def quantise(source: Path, target: Path, photos: Sequence[Path]) -> None:
    """Write the 8-bit version of the float model `source` to `target`, with the same metadata.

    `photos` are what the ranges are measured on; they should look like what the station sees. Raises `BadPhoto` for
    one that cannot be read.
    """
    model = onnx.load(str(source))
    name = model.graph.input[0].name
    height, width = (side.dim_value for side in model.graph.input[0].type.tensor_type.shape.dim[2:])
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        quantize_static(
            str(prepared),
            str(target),
            _Photos(photos[:MOST_PHOTOS], name, (height, width)),
            quant_format=QuantFormat.QDQ,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            per_channel=True,
            # Without VNNI, x86 adds two products of 8 bits in 16 and saturates: 7-bit weights cannot overflow, so that
            # every machine computes the same.
            reduce_range=True,
            op_types_to_quantize=["Conv"],
            nodes_to_exclude=_last_convolutions(onnx.load(str(prepared))),
        )
    quantised = onnx.load(str(target))
    del quantised.metadata_props[:]
    quantised.metadata_props.extend(model.metadata_props)
    onnx.save(quantised, str(target))


def _last_convolutions(model: onnx.ModelProto) -> list[str]:
    """Names of the convolutions behind which no other one comes."""
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in model.graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    last: list[str] = []
    for node in (node for node in model.graph.node if node.op_type == "Conv"):
        # The box branch ends in a fixed convolution that turns shares into distances; it is no part of what learns.
        after, found = list(node.output), False
        seen: set[str] = set()
        while after and not found:
            for user in users.get(after.pop(), []):
                if user.op_type == "Conv" and "dfl" not in user.name:
                    found = True
                elif user.name not in seen:
                    seen.add(user.name)
                    after.extend(user.output)
        if not found:
            last.append(node.name)
    return last


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two models see the same photos: of `tools` that the first one sees, the second sees `same`, and `more`
    besides. `largest_change` and `mean_change` are of the confidences, 0..1, of those that both see."""

    photos: int
    tools: int
    same: int
    more: int
    mean_change: float
    largest_change: float


def _partner(tool: Detection, others: Sequence[Detection]) -> Detection | None:
    fitting = [d for d in others if d.class_name == tool.class_name and d.box.overlap(tool.box) >= SAME_TOOL]
    return max(fitting, key=lambda d: d.box.overlap(tool.box), default=None)


def agreement(first: OnnxDetector, second: OnnxDetector, photos: Sequence[Path]) -> Agreement:
    """Compare what two models see from their own confidence on; raises `BadPhoto`."""
    reader = FilePhotoReader()
    tools = more = 0
    changes: list[float] = []
    for path in photos:
        pixels = reader.read(path).pixels
        theirs = list(second.look(pixels))
        for tool in first.look(pixels):
            tools += 1
            partner = _partner(tool, theirs)
            if partner is not None:
                theirs.remove(partner)
                changes.append(abs(partner.confidence - tool.confidence))
        more += len(theirs)
    mean = sum(changes) / len(changes) if changes else 0.0
    return Agreement(len(photos), tools, len(changes), more, mean, max(changes, default=0.0))
