"""The devices behind OpenCV: how one is opened and read, and what it means when that fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.camera.source import UrlSource, UsbSource
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import BadInput, CameraProblem

# FFmpeg reports every failed attempt on stderr, addresses included. OpenCV reads this when FFmpeg is first used.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

_OPEN_TIMEOUT_MS = 4_000
_READ_TIMEOUT_MS = 2_000

_BACKENDS = {
    "msmf": cv2.CAP_MSMF,
    "dshow": cv2.CAP_DSHOW,
    "v4l2": cv2.CAP_V4L2,
    "ffmpeg": cv2.CAP_FFMPEG,
    "gstreamer": cv2.CAP_GSTREAMER,
}

_AUTO_USB_BACKENDS = {"win32": (cv2.CAP_MSMF, cv2.CAP_DSHOW), "linux": (cv2.CAP_V4L2,)}

#: Whether this system tells which cameras exist without opening them.
SYSTEM_LISTS_CAMERAS: bool = sys.platform == "linux"

#: What the setting "backend" may be.
BACKENDS = ("auto", *_BACKENDS)


class Capture(Protocol):
    """An opened device. Used by one thread only; every method may block for ever."""

    def read(self) -> NDArray[np.uint8] | None:
        """The next frame, (height, width, 3) BGR, in an array of its own; None when there was none."""

    def release(self) -> None:
        """Give the device back."""


#: Opens the device anew, or raises `CameraProblem`. May block.
OpenCapture = Callable[[], Capture]


@dataclass(frozen=True, slots=True)
class CaptureWishes:
    """What is asked of a device. The device may give another size or rate.

    `backend` is one of `BACKENDS`; "auto" takes what suits the system and the source.
    """

    backend: str = "auto"
    width: int = 1280
    height: int = 720
    fps: float = 30.0

    def __post_init__(self) -> None:
        """Raises `BadInput("camera.bad_backend")` for a backend that nobody knows."""
        if self.backend not in BACKENDS:
            raise BadInput("camera.bad_backend", backend=self.backend, known=", ".join(BACKENDS))


class OpenCvCapture:
    """A `cv2.VideoCapture`, whose failures are None instead of exceptions."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture

    @property
    def is_open(self) -> bool:
        """Whether the device could be opened."""
        return self._capture.isOpened()

    def read(self) -> NDArray[np.uint8] | None:
        """The next frame as BGR; None when reading failed or the frame is of a kind that cannot be shown."""
        try:
            taken, frame = self._capture.read()
        except cv2.error:  # thrown by some backends when the device goes away in the middle of a frame
            return None
        if not taken or frame is None or frame.dtype != np.uint8 or frame.size == 0:
            return None
        if frame.ndim == 2:
            return cast("NDArray[np.uint8]", cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR))
        return cast("NDArray[np.uint8]", frame) if frame.shape[2] == 3 else None

    def release(self) -> None:
        """Give the device back."""
        self._capture.release()


def open_device(source: UsbSource | UrlSource, wishes: CaptureWishes) -> OpenCvCapture:
    """Open a camera through OpenCV.

    Raises `CameraProblem` with the codes `camera.not_found` and `camera.busy_or_gone` for an index,
    `camera.url_unreachable` for a URL, and `camera.backend_missing` where OpenCV lacks the backend.
    """
    quieten_opencv()
    for backend in _backends(source, wishes.backend):
        if not cv2.videoio_registry.hasBackend(backend):
            continue
        capture = _open_usb(source.index, backend, wishes) if isinstance(source, UsbSource) else _open_url(source.url)
        if capture.is_open:
            return capture
        capture.release()
    if wishes.backend != "auto" and not cv2.videoio_registry.hasBackend(_BACKENDS[wishes.backend]):
        raise CameraProblem("camera.backend_missing", backend=wishes.backend, source=str(source))
    if isinstance(source, UrlSource):
        raise CameraProblem("camera.url_unreachable", source=str(source))
    if device_exists(source.index):
        raise CameraProblem("camera.busy_or_gone", source=str(source))
    raise CameraProblem("camera.not_found", source=str(source))


def device_exists(index: int) -> bool:
    """Whether the system lists that camera; no where `SYSTEM_LISTS_CAMERAS` is not so."""
    return SYSTEM_LISTS_CAMERAS and Path(f"/dev/video{index}").exists()


def quieten_opencv() -> None:
    """Keep OpenCV from writing to stderr: it reports every failed attempt."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def _backends(source: UsbSource | UrlSource, wish: str) -> tuple[int, ...]:
    if wish != "auto":
        return (_BACKENDS[wish],)
    if isinstance(source, UrlSource):
        return (cv2.CAP_FFMPEG,)
    return _AUTO_USB_BACKENDS.get(sys.platform, (cv2.CAP_ANY,))


def _open_usb(index: int, backend: int, wishes: CaptureWishes) -> OpenCvCapture:
    capture = cv2.VideoCapture(index, backend)
    if capture.isOpened():
        if backend in (cv2.CAP_DSHOW, cv2.CAP_V4L2):
            # Uncompressed, a USB 2 camera gives five frames a second at this size.
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, wishes.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wishes.height)
        capture.set(cv2.CAP_PROP_FPS, wishes.fps)
    return OpenCvCapture(capture)


def _open_url(url: str) -> OpenCvCapture:
    timeouts = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_TIMEOUT_MS]
    return OpenCvCapture(cv2.VideoCapture(url, cv2.CAP_FFMPEG, timeouts))
