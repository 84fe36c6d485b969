"""The one place that imports ONNX Runtime: ``from toolroom_desktop.adapters.vision.runtime import ort``.

ONNX Runtime 1.32 writes a device id and an event store into the user's cache folder and starts a thread that sends
them, on Linux too, from the moment of its import. `ORT_DISABLE_TELEMETRY` stops all of that only when it is set
before the import; `disable_telemetry_events` is the documented switch for the events that come later.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as ort
from onnxruntime.capi import onnxruntime_pybind11_state as _errors

ort.disable_telemetry_events()

RUNTIME_ERRORS: tuple[type[Exception], ...] = (
    _errors.EPFail,
    _errors.Fail,
    _errors.InvalidArgument,
    _errors.InvalidGraph,
    _errors.InvalidProtobuf,
    _errors.NoModel,
    _errors.NoSuchFile,
    _errors.NotImplemented,
    _errors.RuntimeException,
    RuntimeError,
    ValueError,
)
"""What loading or running a bad model raises; the runtime's own errors have no common root."""

__all__ = ["RUNTIME_ERRORS", "ort"]
