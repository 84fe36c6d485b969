"""A model file as something that can be run: the checks on loading, and the session of ONNX Runtime."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.vision.letterbox import Blob
from toolroom_desktop.adapters.vision.metadata import LARGEST_SIDE, Metadata, read_metadata
from toolroom_desktop.adapters.vision.onnx_file import NotOnnx, needs_of
from toolroom_desktop.adapters.vision.runtime import RUNTIME_ERRORS, ort
from toolroom_desktop.domain.errors import BadModel

LARGEST_FILE = 1 << 30
"""Bytes; no YOLOv8 comes near it."""

_DTYPES: dict[str, type[np.float32] | type[np.float16]] = {"tensor(float)": np.float32, "tensor(float16)": np.float16}


@dataclass(frozen=True, slots=True)
class ModelFile:
    """The bytes of a model with their hash: what was hashed is what is loaded."""

    path: Path
    content: bytes
    sha256: str


def read_model_file(path: Path) -> ModelFile:
    """Read a model file once and hash those bytes.

    Raises `BadModel`: model.file_missing, model.file_not_readable or model.file_too_large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise BadModel("model.file_missing", path=str(path)) from error
    except OSError as error:
        raise BadModel("model.file_not_readable", path=str(path), reason=error.strerror or str(error)) from error
    if len(content) > LARGEST_FILE:
        raise BadModel("model.file_too_large", path=str(path))
    return ModelFile(path, content, hashlib.sha256(content).hexdigest())


def default_threads() -> int:
    """Threads for the model: every core that the program may use but one, which is left to the window; at least 1."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores - 1)


def _fixed(size: object) -> int | None:
    """A side of the input as the file states it; None where it is dynamic (a name or nothing)."""
    return size if isinstance(size, int) and size > 0 else None


def open_session(content: bytes, path: str, threads: int | None) -> ort.InferenceSession:
    """A session on the bytes of a network that needs nothing from outside itself.

    Raises `BadModel`: model.not_onnx, model.external_data, model.custom_operators or model.cannot_run.
    """
    try:
        needs = needs_of(content)
    except NotOnnx as error:
        raise BadModel("model.not_onnx", path=path) from error
    if needs.external_data:
        raise BadModel("model.external_data", path=path)
    if needs.operators:
        raise BadModel("model.custom_operators", path=path, operators=", ".join(sorted(needs.operators)))
    options = ort.SessionOptions()
    options.intra_op_num_threads = default_threads() if threads is None else max(1, threads)
    options.inter_op_num_threads = 1
    # A spinning pool burns the cores that the window needs, also while no frame is looked at.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    # Every failure is raised and told in the user's words; the runtime's own lines on stderr add nothing.
    options.log_severity_level = 4
    try:
        return ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except RUNTIME_ERRORS as error:
        raise BadModel("model.cannot_run", path=path, reason=first_line(error)) from error


class OnnxSession:
    """An exported YOLOv8 detector that was checked and is ready to run.

    `input_size` is (height, width) in pixels; `dynamic` says that other sizes are taken too. `final` says that the
    model suppresses by itself and puts out (1, count, 6) rather than (1, 4 + classes, anchors).
    """

    def __init__(self, file: ModelFile, *, threads: int | None = None) -> None:
        """Check and load. Raises `BadModel` with a code of its own for each reason to refuse."""
        self._path = str(file.path)
        self._session = open_session(file.content, self._path, threads)
        self.texts: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        self.metadata: Metadata = read_metadata(self.texts)
        self._read_input()
        self._probe()

    def _read_input(self) -> None:
        inputs = self._session.get_inputs()
        shape = list(inputs[0].shape)
        if len(inputs) != 1 or len(shape) != 4 or inputs[0].type not in _DTYPES:
            raise BadModel("model.wrong_input", path=self._path, shape=str(shape), kind=inputs[0].type)
        batch, channels, height, width = (_fixed(size) for size in shape)
        if batch not in (None, 1) or channels not in (None, 3):
            raise BadModel("model.wrong_input", path=self._path, shape=str(shape), kind=inputs[0].type)
        self._input_name: str = inputs[0].name
        self.dtype = _DTYPES[inputs[0].type]
        stated = self.metadata.input_size
        self.dynamic = height is None or width is None
        if self.dynamic and stated is None:
            raise BadModel("model.metadata_damaged", key="imgsz")
        self.input_size = (height or (stated or (0, 0))[0], width or (stated or (0, 0))[1])
        if max(self.input_size) > LARGEST_SIDE:
            raise BadModel("model.wrong_input", path=self._path, shape=str(shape), kind=inputs[0].type)

    def _probe(self) -> None:
        """Run once on an empty input: a wrong output shows now, not during an inspection; and it warms up."""
        blob = np.zeros((1, 3, *self.input_size), self.dtype)
        try:
            outputs = self._session.run(None, {self._input_name: blob})
        except RUNTIME_ERRORS as error:
            raise BadModel("model.cannot_run", path=self._path, reason=first_line(error)) from error
        shape = outputs[0].shape if len(outputs) == 1 and isinstance(outputs[0], np.ndarray) else ()
        rows = 4 + len(self.metadata.names)
        raw = len(shape) == 3 and shape[:2] == (1, rows)
        self.final = not raw and len(shape) == 3 and shape[0] == 1 and shape[2] == 6
        if not (raw or self.final):
            raise BadModel(
                "model.wrong_output",
                path=self._path,
                shapes=str([getattr(output, "shape", ()) for output in outputs]),
                rows=rows,
            )

    def run(self, blob: Blob) -> NDArray[np.float32]:
        """The output for an input (1, 3, height, width), RGB 0..1, without its leading 1."""
        (output,) = self._session.run(None, {self._input_name: blob})
        result: NDArray[np.float32] = output[0].astype(np.float32, copy=False)
        return result


def first_line(error: Exception) -> str:
    """What an error of the runtime says first; its name where it says nothing."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
