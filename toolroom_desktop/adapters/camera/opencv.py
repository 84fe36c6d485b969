"""A USB or network camera through OpenCV, which is opened again and again for as long as it is wanted."""

from __future__ import annotations

import logging
import threading
from functools import partial

from toolroom_desktop.adapters.camera.capture import CaptureWishes, OpenCapture, open_device
from toolroom_desktop.adapters.camera.feed import Feed
from toolroom_desktop.adapters.camera.limits import CameraLimits
from toolroom_desktop.adapters.camera.session import CaptureSession
from toolroom_desktop.adapters.camera.source import UrlSource, UsbSource
from toolroom_desktop.services.ports import Clock
from toolroom_desktop.services.vision_ports import CameraHealth, Picture

_logger = logging.getLogger(__name__)


class OpenCvCamera:
    """A `Camera` with two threads: a capture thread that may hang in the driver, and a supervisor that never does.

    The supervisor starts a capture session, and another one when it ends or is stuck, with pauses that grow from
    `back_off_first` to `back_off_most` seconds.
    """

    def __init__(
        self,
        source: int | str,
        clock: Clock,
        *,
        wishes: CaptureWishes | None = None,
        limits: CameraLimits | None = None,
        open_capture: OpenCapture | None = None,
        may_repeat: bool = False,
    ) -> None:
        """`source` is a USB index or a URL.

        `open_capture` replaces OpenCV. `may_repeat` is for sources that rightly repeat frames, such as a network
        camera that encodes an unchanged picture as unchanged: it switches the recognition of frozen frames off.
        """
        device = UsbSource(source) if isinstance(source, int) else UrlSource(source)
        self._name = str(device)
        self._monotonic = clock.monotonic
        self._limits = limits or CameraLimits()
        self._open_capture = open_capture or partial(open_device, device, wishes or CaptureWishes())
        self._feed = Feed(self._name, clock.monotonic, self._limits, may_repeat=may_repeat)
        self._lifecycle = threading.Lock()
        self._supervisor: threading.Thread | None = None
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._abandoned: list[CaptureSession] = []

    def __repr__(self) -> str:
        return f"OpenCvCamera({self._name!r})"

    @property
    def health(self) -> CameraHealth:
        """How the camera is now, judged by the caller's thread: a hanging capture thread cannot gloss over it."""
        return self._feed.health

    def start(self) -> None:
        """Begin capturing and return at once. A second call does nothing."""
        with self._lifecycle:
            if self._supervisor is not None:
                return
            self._stopping.clear()
            self._wake.clear()
            self._feed.open()
            self._supervisor = threading.Thread(target=self._supervise, name=f"camera-{self._name}", daemon=True)
            self._supervisor.start()

    def stop(self) -> None:
        """End capturing; a driver that blocks is waited for `stop_within` seconds, then left behind."""
        with self._lifecycle:
            if self._supervisor is None:
                return
            self._feed.close()
            self._stopping.set()
            self._wake.set()
            self._supervisor.join()
            self._supervisor = None

    def latest(self) -> Picture | None:
        """The newest frame, or None when there is none that is fresh."""
        return self._feed.latest()

    def wait_newer(self, sequence: int, timeout: float) -> Picture | None:
        """Block until a fresh frame with a greater sequence is there; None after `timeout` seconds or a stop."""
        return self._feed.wait_newer(sequence, timeout)

    def _supervise(self) -> None:
        pause = self._limits.back_off_first
        while not self._stopping.is_set():
            session = CaptureSession(
                self._name, self._open_capture, self._feed, self._monotonic, self._limits, self._wake.set
            )
            session.start()
            self._watch(session)
            if session.brought_new:
                pause = self._limits.back_off_first
            if not self._stopping.is_set():
                _logger.info("camera %s is %s; next attempt in %.1f s", self._name, self.health.state, pause)
            self._stopping.wait(pause)
            pause = min(2 * pause, self._limits.back_off_most)

    def _watch(self, session: CaptureSession) -> None:
        """Wait until the session has ended or is given up."""
        while not session.ended:
            self._wake.wait(self._limits.check_every)
            self._wake.clear()
            if self._stopping.is_set():
                session.cancel()
                session.join(self._limits.stop_within)
                if session.alive:
                    self._abandon(session)
                return
            if session.is_stuck():
                session.report_stuck()
                if self._may_abandon_another():
                    self._abandon(session)
                    return
        session.join(self._limits.stop_within)

    def _may_abandon_another(self) -> bool:
        self._abandoned = [session for session in self._abandoned if session.alive]
        return len(self._abandoned) < self._limits.most_abandoned

    def _abandon(self, session: CaptureSession) -> None:
        _logger.info("camera %s: its driver does not come back, the thread is left behind", self._name)
        session.cancel()
        self._feed.dismiss()
        self._abandoned.append(session)
