"""Cameras, clocks and photo readers whose behaviour a test dictates."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import BadPhoto, CameraProblem
from toolroom_desktop.services.vision_ports import Picture

PATIENCE = 20.0

_figures = logging.getLogger("measured")


def note(**figures: float) -> None:
    """Write a measured figure where ``pytest --log-cli-level=INFO`` shows it."""
    for name, figure in figures.items():
        _figures.info("%s = %.3f", name, figure)


def eventually(condition: Callable[[], bool], timeout: float = PATIENCE) -> float:
    """Wait until the condition holds; seconds that it took. Fails the test after `timeout` seconds."""
    began = time.monotonic()
    pause = threading.Event()
    while not condition():
        assert time.monotonic() - began < timeout, "waited in vain"
        pause.wait(0.002)
    return time.monotonic() - began


class ManualClock:
    """Time stands still until the test moves it."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def advance(self, seconds: float) -> None:
        self.seconds += seconds

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)

    def local_offset_minutes(self, at: datetime) -> int:
        return 0


class RealClock(ManualClock):
    """Time as it passes."""

    def monotonic(self) -> float:
        return time.monotonic()


class Behaviour(Enum):
    """What the device does when it is opened or read."""

    LIVE = auto()
    FROZEN = auto()
    BLOCKED = auto()
    FAILING = auto()
    GONE = auto()
    OPENING_BLOCKED = auto()


class ScriptedDevice:
    """A camera whose faults a test switches on and off.

    Every pixel of a frame is the number of the exposure, so that a test can tell when a frame was taken. Reads that
    hang return, once they are let go, a frame that was exposed before the hang and never shown: as drivers do.
    """

    def __init__(self, behaviour: Behaviour = Behaviour.LIVE) -> None:
        self._changed = threading.Condition()
        self._behaviour = behaviour
        self.exposure = 0
        self.opened = 0
        self.open_at_once = 0
        self.hanging = 0

    def become(self, behaviour: Behaviour) -> None:
        with self._changed:
            self._behaviour = behaviour
            self._changed.notify_all()

    def open(self) -> ScriptedCapture:
        with self._changed:
            self.opened += 1
            self._hang_while(Behaviour.OPENING_BLOCKED)
            if self._behaviour is Behaviour.GONE:
                raise CameraProblem("camera.not_found", source="usb:0")
            self.open_at_once += 1
        return ScriptedCapture(self)

    def expose(self) -> NDArray[np.uint8] | None:
        with self._changed:
            if self._behaviour is Behaviour.BLOCKED:
                self.exposure += 1
                before = self.exposure
                self._hang_while(Behaviour.BLOCKED)
                return _frame(before)
            self._changed.wait(0.005)
            if self._behaviour in (Behaviour.FAILING, Behaviour.GONE):
                return None
            if self._behaviour is not Behaviour.FROZEN:
                self.exposure += 1
            return _frame(self.exposure)

    def closed(self) -> None:
        with self._changed:
            self.open_at_once -= 1

    def _hang_while(self, behaviour: Behaviour) -> None:
        self.hanging += 1
        self._changed.wait_for(lambda: self._behaviour is not behaviour)
        self.hanging -= 1


class ScriptedCapture:
    """An opened `ScriptedDevice`."""

    def __init__(self, device: ScriptedDevice) -> None:
        self._device = device

    def read(self) -> NDArray[np.uint8] | None:
        return self._device.expose()

    def release(self) -> None:
        self._device.closed()


def _frame(exposure: int) -> NDArray[np.uint8]:
    return np.full((4, 6, 3), exposure % 256, np.uint8) + np.array([exposure >> 8, 0, 0], np.uint8)


def exposure_of(picture: Picture) -> int:
    """The number of the exposure that a frame of `ScriptedDevice` shows."""
    blue, green, _ = (int(value) for value in picture.pixels[0, 0])
    return ((blue - green) % 256) * 256 + green


class PhotosFromDisk:
    """A `PhotoReader` that counts what it decodes."""

    def __init__(self) -> None:
        self.decoded: list[str] = []

    def read(self, path: Path) -> Picture:
        pixels = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        if pixels is None:
            raise BadPhoto("photo.not_an_image", path=str(path))
        self.decoded.append(path.name)
        return Picture(pixels.astype(np.uint8))


def write_photo(path: Path, grey: int) -> Path:
    """A photo of one shade of grey, 48x32."""
    encoded = cv2.imencode(".png", np.full((32, 48, 3), grey, np.uint8))[1]
    path.write_bytes(encoded.tobytes())
    return path


def grey_of(picture: Picture | None) -> int:
    """The shade of the middle of a frame."""
    assert picture is not None
    return int(picture.pixels[picture.height // 2, picture.width // 2, 0])
