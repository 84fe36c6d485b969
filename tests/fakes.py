"""Small stand-ins for the edges of the program. Real parts are preferred where they are quick."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from toolroom_desktop.domain.detection import Box, Detection, FrameQuality, FrameResult
from toolroom_desktop.domain.errors import CameraProblem
from toolroom_desktop.domain.thresholds import LookAlikeGroup, ModelKnowledge, Thresholds
from toolroom_desktop.services.vision_ports import CameraHealth, CameraState, Detector, ModelInfo, Picture

GOOD_QUALITY = FrameQuality(brightness=120, contrast=40, sharpness=200, glare=0.0)


class HandClock:
    """`Clock` whose hands are turned by the test."""

    def __init__(self, start: datetime = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)) -> None:
        self._now = start
        self._monotonic = 1000.0

    def now(self) -> datetime:
        return self._now

    def local_offset_minutes(self, at: datetime) -> int:
        return 180

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set_back(self, span: timedelta) -> None:
        """Turn the wall clock back; the monotonic one never goes back."""
        self._now -= span


def plain_picture(value: int = 120, *, sequence: int = 1, captured_at: float = 0.0) -> Picture:
    """A small picture of one grey value."""
    return Picture(np.full((72, 96, 3), value, np.uint8), sequence, captured_at)


def frame_of(*tools: tuple[str, float], quality: FrameQuality | None = GOOD_QUALITY) -> FrameResult:
    """A frame in which each (class, confidence) lies at a place of its own."""
    detections = tuple(
        Detection(name, confidence, Box(10.0 * i, 10.0, 10.0 * i + 8.0, 40.0))
        for i, (name, confidence) in enumerate(tools)
    )
    return FrameResult(detections, 960, 720, quality)


def model_info(*classes: str, look_alikes: tuple[LookAlikeGroup, ...] = ()) -> ModelInfo:
    """A model that knows these classes."""
    names = {name: name for name in classes}
    return ModelInfo(
        knowledge=ModelKnowledge("scripted", "0" * 64, frozenset(classes), look_alikes),
        version="0",
        input_size=(480, 480),
        thresholds=Thresholds(),
        names_ru=names,
        names_en=dict(names),
    )


class ScriptedDetector:
    """`Detector` that answers by the grey value of the picture's first pixel."""

    def __init__(self, info: ModelInfo, answers: dict[int, FrameResult]) -> None:
        self.info = info
        self.answers = answers
        self.looked = 0
        self.failure: Exception | None = None

    def detect(self, picture: Picture) -> FrameResult:
        self.looked += 1
        if self.failure is not None:
            raise self.failure
        return self.answers[int(picture.pixels[0, 0, 0])]


class TurningDetector(ScriptedDetector):
    """A `ScriptedDetector` that answers otherwise where it is asked to look again, in as many ways as it is given."""

    def __init__(self, info: ModelInfo, answers: dict[int, FrameResult], *again: dict[int, FrameResult]) -> None:
        super().__init__(info, answers)
        self.turned = tuple(ScriptedDetector(info, look) for look in again)

    @property
    def other_looks(self) -> tuple[Detector, ...]:
        return self.turned


class PixelMeter:
    """`PictureMeter` by exact comparison: everything changed, or nothing."""

    def change(self, before: Picture, after: Picture) -> float:
        return float(not np.array_equal(before.pixels, after.pixels))


class HandCamera:
    """`Camera` whose frames are put in by the test."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._picture: Picture | None = None
        self._sequence = 0
        self._health = CameraHealth(CameraState.OFF)
        self._stopped = False

    @property
    def health(self) -> CameraHealth:
        return self._health

    def start(self) -> None:
        with self._condition:
            self._stopped = False
            if self._health.state is CameraState.OFF:
                self._health = CameraHealth(CameraState.LIVE)

    def stop(self) -> None:
        with self._condition:
            self._stopped = True
            self._health = CameraHealth(CameraState.OFF)
            self._condition.notify_all()

    def latest(self) -> Picture | None:
        with self._condition:
            return self._picture

    def wait_newer(self, sequence: int, timeout: float) -> Picture | None:
        with self._condition:
            self._condition.wait_for(lambda: self._stopped or self._sequence > sequence, timeout)
            return self._picture if self._sequence > sequence and not self._stopped else None

    def show(self, value: int) -> None:
        """The next frame, of that grey value."""
        self.put(plain_picture(value))

    def put(self, picture: Picture) -> None:
        """The next frame."""
        with self._condition:
            self._sequence += 1
            self._picture = Picture(picture.pixels, self._sequence)
            self._health = CameraHealth(CameraState.LIVE, returned=self._health.returned)
            self._condition.notify_all()

    @property
    def stopped(self) -> bool:
        """Whether somebody stopped it."""
        with self._condition:
            return self._stopped

    def lose(self) -> None:
        """The camera is gone."""
        with self._condition:
            self._picture = None
            self._health = CameraHealth(CameraState.LOST, CameraProblem("camera.lost", source="usb:0"))
            self._condition.notify_all()


class Collected:
    """A listener that keeps what it was told and lets a test wait for it."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self.views: list[object] = []

    def __call__(self, view: object) -> None:
        with self._condition:
            self.views.append(view)
            self._condition.notify_all()

    def wait_for(self, wanted: Callable[[Sequence[object]], bool], timeout: float = 10.0) -> bool:
        with self._condition:
            return self._condition.wait_for(lambda: wanted(self.views), timeout)


class ReviewShelf:
    """`ReviewFolder` in memory: `keep` raises `failure` while it is set and waits while `gate` is closed."""

    def __init__(self) -> None:
        self.place = Path("shelf")
        self.kept: dict[str, tuple[bytes, Mapping[str, Any]]] = {}
        self.failure: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()

    def keep(self, name: str, photo: bytes, document: Mapping[str, Any]) -> None:
        self.entered.set()
        self.gate.wait(20)
        if self.failure is not None:
            raise self.failure
        self.kept[name] = (photo, document)

    def names(self) -> list[str]:
        return sorted(self.kept)

    def document(self, name: str) -> Mapping[str, Any]:
        return self.kept[name][1]

    def photo(self, name: str) -> bytes:
        return self.kept[name][0]
