"""Says from the frames alone whether a camera is live, frozen or lost. No threads, no clock: times are passed in.

A dead camera lies: `read` may succeed with the last frame for ever, or never return. Both are told by what a living
sensor cannot do: repeat its noise exactly, and be silent.
"""

from __future__ import annotations

import math
import zlib

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.camera.limits import CameraLimits
from toolroom_desktop.services.vision_ports import CameraState

_SAMPLED_PIXELS = 65_536


def fingerprint(pixels: NDArray[np.uint8]) -> int:
    """A number that differs between two frames of a real sensor.

    CRC-32 of an even grid of about 65,000 pixels, mixed with the shape: a third of a millisecond for 1920x1080. Noise
    is everywhere in a frame, so a grid sees it.
    """
    height, width = pixels.shape[:2]
    step = max(1, math.ceil(math.sqrt(height * width / _SAMPLED_PIXELS)))
    return zlib.crc32(np.ascontiguousarray(pixels[::step, ::step]).data, zlib.crc32(repr(pixels.shape).encode()))


class Watchdog:
    """State of one camera from its frames. Not thread-safe: the owner holds a lock."""

    def __init__(self, limits: CameraLimits, *, may_repeat: bool = False) -> None:
        """`may_repeat` says that the source repeats frames rightly, as a replayed photo does."""
        self._limits = limits
        self._may_repeat = may_repeat
        self._returned = 0
        self.begin()

    @property
    def returned(self) -> int:
        """How often the camera came back after having been lost or frozen."""
        return self._returned

    @property
    def delivered(self) -> bool:
        """Whether there was a frame since `begin`."""
        return self._seen_at is not None

    def begin(self) -> None:
        """The camera is being started: wait for the first frame as long as nobody says that it failed."""
        self._fingerprint: int | None = None
        self._seen_at: float | None = None
        self._changed_at = 0.0
        self._repeating = False
        self._failed = False
        self._down = False

    def frame(self, now: float, mark: int) -> bool:
        """A frame with this fingerprint has come. Whether it is a new one, not a repetition."""
        if self.state(now) in (CameraState.LOST, CameraState.FROZEN):
            self._down = True
        self._seen_at = now
        self._failed = False
        if mark == self._fingerprint and not self._may_repeat:
            self._repeating = True
            return False
        self._fingerprint = mark
        self._changed_at = now
        self._repeating = False
        if self._down:
            self._down = False
            self._returned += 1
        return True

    def fail(self) -> None:
        """The device could not be opened or read: lost at once, until the next frame."""
        self._failed = True

    def state(self, now: float) -> CameraState:
        """OPENING, LIVE, FROZEN or LOST at that time.

        A camera that was lost or frozen is live again only with a new frame: a driver that wakes up likes to hand
        out the old one first.
        """
        if self._failed:
            return CameraState.LOST
        if self._seen_at is None:
            return CameraState.OPENING
        if self._repeating and (self._down or now - self._changed_at >= self._limits.frozen_after):
            # Also when the repetitions stop: what was frozen stays frozen until the silence is long enough to be lost.
            if now - self._seen_at < self._limits.lost_after:
                return CameraState.FROZEN
            return CameraState.LOST
        if now - self._seen_at >= self._limits.lost_after:
            return CameraState.LOST
        return CameraState.LIVE
