"""The network of the second opinion: it is shown each found tool alone and says which tool of the kit it is, or none.

It travels inside the model's file, as text in its metadata, so that a model stays one file with one hash and one
signature, whichever way it reaches a station.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.vision.metadata import names_in, side_in
from toolroom_desktop.adapters.vision.pieces import as_input, piece_of
from toolroom_desktop.adapters.vision.runtime import RUNTIME_ERRORS
from toolroom_desktop.adapters.vision.session import first_line, open_session
from toolroom_desktop.domain.detection import Box
from toolroom_desktop.domain.errors import BadModel

KEY = "second_opinion"
"""The entry of the detector's metadata that holds the network, an ONNX file in base64."""
TASK = "opinion"
"""What the network's own metadata calls its task."""

Shares = NDArray[np.float32]


def packed(content: bytes) -> str:
    """The network's file as the text of the detector's metadata."""
    return base64.b64encode(content).decode("ascii")


class Opinion:
    """A network of the second opinion that was checked and is ready to be asked.

    `names` are the tool classes in the order of its answers; `side` is that of its square input in pixels.
    """

    def __init__(self, content: bytes, path: str, *, threads: int | None = None) -> None:
        """Check and load; `path` is the model's, for what is said. Raises `BadModel`."""
        self._path = path
        self._session: Any = open_session(content, path, threads)
        texts = self._session.get_modelmeta().custom_metadata_map
        if texts.get("task") != TASK or "names" not in texts or "imgsz" not in texts:
            raise BadModel("model.opinion_damaged", path=path, reason="task, names, imgsz")
        self.names = names_in(texts)
        self.side = side_in(texts, "imgsz")
        inputs = self._session.get_inputs()
        if len(inputs) != 1:
            raise BadModel("model.opinion_damaged", path=path, reason=f"{len(inputs)} inputs")
        self._input: str = inputs[0].name
        # Asked once about nothing: a wrong answer shows now, not during an inspection; and it warms up.
        self._ask(np.zeros((2, 3, self.side, self.side), np.float32))

    def of(self, pixels: NDArray[np.uint8], boxes: Sequence[Box]) -> Shares:
        """How likely each box of a frame (height, width, 3) in BGR holds which tool: (boxes, classes + 1), rows add
        up to 1; the last column is something that is no tool of the kit.
        """
        if not boxes:
            return np.zeros((0, len(self.names) + 1), np.float32)
        return self._ask(as_input([piece_of(pixels, box, self.side) for box in boxes]))

    def _ask(self, pieces: NDArray[np.float32]) -> Shares:
        try:
            outputs = self._session.run(None, {self._input: pieces})
        except RUNTIME_ERRORS as error:
            raise BadModel("model.cannot_run", path=self._path, reason=first_line(error)) from error
        shape = (len(pieces), len(self.names) + 1)
        if len(outputs) != 1 or getattr(outputs[0], "shape", ()) != shape or not np.isfinite(outputs[0]).all():
            raise BadModel("model.opinion_damaged", path=self._path, reason=f"output, not {shape}")
        result: Shares = outputs[0].astype(np.float32, copy=False)
        return result


def opinion_in(texts: Mapping[str, str], path: str, *, threads: int | None = None) -> Opinion | None:
    """The network of the second opinion in a detector's metadata, None where there is none. Raises `BadModel`."""
    text = texts.get(KEY)
    if text is None:
        return None
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadModel("model.opinion_damaged", path=path, reason=str(error)) from error
    return Opinion(content, path, threads=threads)
