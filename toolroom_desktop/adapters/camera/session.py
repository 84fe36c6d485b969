"""One opening of a device, in a thread of its own that can be given up when the driver does not come back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from toolroom_desktop.adapters.camera.capture import Capture, OpenCapture
from toolroom_desktop.adapters.camera.feed import Feed
from toolroom_desktop.adapters.camera.limits import CameraLimits
from toolroom_desktop.domain.errors import CameraProblem
from toolroom_desktop.services.vision_ports import CameraState

_PAUSE_AFTER_FAILED_READ = 0.05

# A driver that repeats its last frame may do so without waiting for the sensor; this keeps it from eating a core.
_PAUSE_AFTER_REPETITION = 0.005


@dataclass(frozen=True, slots=True)
class _Call:
    """A call into the driver that has not come back: when it began, and how long it may take."""

    began: float
    allowed: float


class CaptureSession:
    """Opens the device, reads it until it fails, freezes or is cancelled, and releases it.

    A thread inside a driver cannot be stopped. So the owner asks `is_stuck`, gives such a session up with `cancel`,
    and starts another; when the driver comes back at last, the old thread finds itself cancelled, releases the
    device and ends. Until then it holds nothing but itself.
    """

    def __init__(
        self,
        source: str,
        open_capture: OpenCapture,
        feed: Feed,
        monotonic: Callable[[], float],
        limits: CameraLimits,
        wake: Callable[[], object],
    ) -> None:
        """`wake` is called from the session's thread when it has ended."""
        self._source = source
        self._open_capture = open_capture
        self._feed = feed
        self._writer = feed.admit()
        self._monotonic = monotonic
        self._limits = limits
        self._wake = wake
        self._cancelled = threading.Event()
        self._call: _Call | None = None
        self._ended = False
        self._opened = False
        self._read_once = False
        self._brought_new = False
        # A daemon, because a thread that hangs in a driver must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name=f"capture-{source}", daemon=True)

    @property
    def ended(self) -> bool:
        """Whether it is over and the device is released."""
        return self._ended

    @property
    def alive(self) -> bool:
        """Whether the thread still runs."""
        return self._thread.is_alive()

    @property
    def brought_new(self) -> bool:
        """Whether it has shown a new frame."""
        return self._brought_new

    def start(self) -> None:
        """Begin in the session's own thread."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the thread to end as soon as the driver lets it."""
        self._cancelled.set()

    def join(self, timeout: float) -> None:
        """Wait for the thread, at most `timeout` seconds."""
        self._thread.join(timeout)

    def is_stuck(self) -> bool:
        """Whether a call into the driver takes longer than it may."""
        call = self._call
        return call is not None and self._monotonic() - call.began >= call.allowed

    def report_stuck(self) -> None:
        """Say that the camera is lost because the driver does not come back."""
        self._fail("camera.no_frames" if self._opened else "camera.busy_or_gone")

    def _run(self) -> None:
        try:
            self._capture()
        finally:
            self._ended = True
            self._wake()

    def _capture(self) -> None:
        self._call = _Call(self._monotonic(), self._limits.open_within)
        try:
            capture = self._open_capture()
        except CameraProblem as problem:
            self._call = None
            self._fail(problem.code, **problem.details)
            return
        self._call = None
        self._opened = True
        try:
            self._read_until_over(capture)
        finally:
            self._call = _Call(self._monotonic(), self._limits.lost_after)
            capture.release()
            self._call = None

    def _read_until_over(self, capture: Capture) -> None:
        failing_since: float | None = None
        first_frame_at = 0.0
        while not self._cancelled.is_set():
            began = self._monotonic()
            allowed = self._limits.lost_after if self._read_once else self._limits.first_frame_within
            self._call = _Call(began, allowed)
            pixels = capture.read()
            self._call = None
            now = self._monotonic()
            if pixels is None:
                failing_since = began if failing_since is None else failing_since
                patience = self._limits.failing_for if self._read_once else self._limits.first_frame_within
                if now - failing_since >= patience:
                    self._fail("camera.no_frames")
                    return
                self._cancelled.wait(_PAUSE_AFTER_FAILED_READ)
                continue
            failing_since = None
            if self._read_once and now - began >= self._limits.lost_after:
                # After such a silence the driver hands out what it had buffered before: nothing to decide upon.
                self._fail("camera.no_frames")
                return
            if not self._read_once:
                self._read_once = True
                first_frame_at = now
            if self._feed.publish(self._writer, pixels):
                self._brought_new = True
                continue
            if now - first_frame_at >= self._limits.frozen_after and self._is_frozen():
                return
            self._cancelled.wait(_PAUSE_AFTER_REPETITION)

    def _is_frozen(self) -> bool:
        return self._feed.health.state is CameraState.FROZEN

    def _fail(self, code: str, **details: object) -> None:
        # To people, a camera that has delivered before is lost, whatever the attempts to open it again run into.
        if self._feed.delivered:
            code, details = "camera.lost", {}
        self._feed.fail(self._writer, CameraProblem(code, **{**details, "source": self._source}))
