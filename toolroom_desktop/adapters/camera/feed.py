"""What a camera shows to its readers: the newest frame and how the camera is, behind one lock."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.camera.limits import CameraLimits
from toolroom_desktop.adapters.camera.slot import FrameSlot
from toolroom_desktop.adapters.camera.watchdog import Watchdog, fingerprint
from toolroom_desktop.domain.errors import CameraProblem
from toolroom_desktop.services.vision_ports import CameraHealth, CameraState, Picture


class Feed:
    """Takes frames from the one writer that is admitted, and answers readers. Thread-safe.

    A writer is admitted by a number. A capture thread that was given up keeps its old number, so that whatever it
    still brings is turned away.

    Only new frames enter the slot: a repetition of the last one is no new evidence, however often it is read. So a
    frozen camera runs dry after `fresh_for`, before it is even called frozen.
    """

    def __init__(
        self,
        source: str,
        monotonic: Callable[[], float],
        limits: CameraLimits,
        *,
        may_repeat: bool = False,
    ) -> None:
        """`source` names the camera in problems (no password in it)."""
        self._source = source
        self._monotonic = monotonic
        self._slot = FrameSlot(monotonic, limits.fresh_for)
        self._watchdog = Watchdog(limits, may_repeat=may_repeat)
        self._may_repeat = may_repeat
        self._lock = threading.Lock()
        self._open = False
        self._admitted = 0
        self._sequence = 0
        self._problem: CameraProblem | None = None

    def open(self) -> None:
        """The camera is wanted from now on."""
        with self._lock:
            self._open = True
            self._problem = None
            self._watchdog.begin()
            self._slot.reopen()

    def close(self) -> None:
        """The camera is off: no writer is admitted, readers wake up."""
        with self._lock:
            self._open = False
            self._admitted += 1
            self._slot.close()

    def admit(self) -> int:
        """Number of a new writer; the one before it is turned away from now on."""
        with self._lock:
            self._admitted += 1
            return self._admitted

    def dismiss(self) -> None:
        """Turn the present writer away before there is another one."""
        with self._lock:
            self._admitted += 1

    def publish(self, writer: int, pixels: NDArray[np.uint8]) -> bool:
        """Show a frame that was taken just now. Whether it is a new frame of the admitted writer."""
        mark = 0 if self._may_repeat else fingerprint(pixels)
        pixels.flags.writeable = False
        with self._lock:
            if writer != self._admitted:
                return False
            now = self._monotonic()
            if not self._watchdog.frame(now, mark):
                return False
            self._problem = None
            self._sequence += 1
            self._slot.put(Picture(pixels, self._sequence, now))
            return True

    def fail(self, writer: int, problem: CameraProblem) -> None:
        """The device could not be opened or read: lost, for that reason, until the next frame."""
        with self._lock:
            if writer != self._admitted:
                return
            self._problem = problem
            self._watchdog.fail()
            self._slot.clear()

    @property
    def delivered(self) -> bool:
        """Whether there was a frame since `open`."""
        with self._lock:
            return self._watchdog.delivered

    @property
    def health(self) -> CameraHealth:
        """How the camera is at this moment, judged by the caller's thread."""
        with self._lock:
            if not self._open:
                return CameraHealth(CameraState.OFF, returned=self._watchdog.returned)
            state = self._watchdog.state(self._monotonic())
            problem = None
            if state is CameraState.FROZEN:
                problem = CameraProblem("camera.frozen", source=self._source)
            elif state is CameraState.LOST:
                problem = self._problem or CameraProblem("camera.lost", source=self._source)
            return CameraHealth(state, problem, self._watchdog.returned)

    def latest(self) -> Picture | None:
        """The newest fresh frame."""
        return self._slot.latest()

    def wait_newer(self, sequence: int, timeout: float) -> Picture | None:
        """Block until a fresh frame with a greater sequence is there; None after `timeout` seconds or `close`."""
        return self._slot.wait_newer(sequence, timeout)
