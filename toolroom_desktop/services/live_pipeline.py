"""One frame's way: camera slot -> movement -> model -> decision, in one thread that nothing queues up for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.live_inspection import LiveInspection, LiveState
from toolroom_desktop.services.operation_input import Evidence
from toolroom_desktop.services.ports import Clock
from toolroom_desktop.services.vision_ports import Camera, CameraHealth, Detector, Picture, PictureMeter, other_looks_of

_log = logging.getLogger(__name__)
_PATIENCE = 0.25  # seconds to wait for a frame before looking at the camera's health again


@dataclass(frozen=True, slots=True, eq=False)
class LiveView:
    """What a screen shows of a running inspection.

    picture  the frame that was judged last, None before the first; boxes of `frame` are in its pixels
    failure  set once when the worker could not go on; the inspection is over then
    """

    state: LiveState
    camera: CameraHealth
    picture: Picture | None = None
    frame: FrameResult | None = None
    failure: UserFacingError | None = None

    @property
    def evidence(self) -> Evidence | None:
        """What the operation can be recorded with now; None while there is no decision."""
        if self.picture is None or self.state.inspection is None:
            return None
        return Evidence(self.picture, self.state.inspection, self.state.settled)


class LivePipeline:
    """Runs a `LiveInspection` before a camera in a thread of its own and hands each change to `listener`.

    `listener` is called in the worker's thread and must return quickly.
    """

    def __init__(
        self,
        camera: Camera,
        detector: Detector,
        meter: PictureMeter,
        clock: Clock,
        inspection: LiveInspection,
        listener: Callable[[LiveView], None],
    ) -> None:
        self._camera = camera
        self._looks = (detector, *other_looks_of(detector))
        self._meter = meter
        self._clock = clock
        self._inspection = inspection
        self._listener = listener
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="inference", daemon=True)
        self._judged: Picture | None = None
        self._frame: FrameResult | None = None
        self._shown: tuple[object, ...] | None = None

    def start(self) -> None:
        """Begin; the camera is started too when it is not running yet."""
        self._camera.start()
        self._thread.start()

    def stop(self) -> None:
        """End the worker and wait for it; the camera goes on for whoever needs it next."""
        self._stopping.set()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        try:
            before: Picture | None = None
            while not self._stopping.is_set():
                before = self._step(before)
        except UserFacingError as failure:
            self._fail(failure)
        except Exception:  # noqa: BLE001 - a worker that dies silently leaves a frozen screen
            _log.exception("the inference worker failed")
            self._fail(UserFacingError("program.worker_failed"))

    def _step(self, before: Picture | None) -> Picture | None:
        """Take the newest frame, if there is one newer than `before`, and return what to compare the next one with."""
        picture = self._camera.wait_newer(before.sequence if before is not None else 0, _PATIENCE)
        now = self._clock.monotonic()
        if picture is None:
            if self._camera.latest() is None:
                self._inspection.camera_lost()
                self._judged = None
                self._frame = None
                before = None
            self._show(now)
            return before
        self._inspection.movement(1.0 if before is None else self._meter.change(before, picture), now)
        if self._inspection.wants_frame(now):
            self._frame = self._looks[self._inspection.look].detect(picture)
            self._judged = picture
            now = self._clock.monotonic()
            self._inspection.frame(self._frame, now)
        elif self._inspection.state(now).inspection is None:
            self._judged = None
            self._frame = None
        self._show(now)
        return picture

    def _show(self, now: float) -> None:
        state = self._inspection.state(now)
        health = self._camera.health
        # Progress in tenths: the screen needs no more, and an unchanged view is not sent again.
        shown = (state.waiting_for, round(state.progress, 1), state.inspection, health, self._judged)
        if shown == self._shown:
            return
        self._shown = shown
        self._listener(LiveView(state, health, self._judged, self._frame))

    def _fail(self, failure: UserFacingError) -> None:
        state = self._inspection.state(self._clock.monotonic())
        self._listener(LiveView(state, self._camera.health, failure=failure))
