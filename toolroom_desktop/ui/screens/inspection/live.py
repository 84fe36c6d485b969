"""Runs one live inspection at a time off the GUI thread, and keeps the camera warm between two of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.live_pipeline import LivePipeline, LiveView
from toolroom_desktop.services.operation_input import Plan
from toolroom_desktop.ui.shell import Shell

# Opening a USB camera takes up to 20 s on Windows. It goes on running while somebody counts by hand, or while the next
# one in the queue chooses a kit, and rests when nobody has come by then.
CAMERA_RESTS_AFTER_MS = 120_000


class LiveControl(QObject):
    """Starts and stops pipelines, and brings the newest view to the GUI thread. Nothing queues: a view that was not
    taken in time is replaced by the next one. `show` and `failed` are called in the GUI thread.
    """

    _posted = Signal(object)

    def __init__(
        self,
        shell: Shell,
        show: Callable[[LiveView], None],
        failed: Callable[[UserFacingError], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._show = show
        self._failed = failed
        self._slot_lock = threading.Lock()
        self._newest: tuple[int, LiveView] | None = None
        self._run = 0
        self._pipeline: LivePipeline | None = None
        self._camera_lock = threading.Lock()
        self._looking = False
        self._held = False
        self._posted.connect(self._take)
        self.rest_timer = QTimer(self)
        self.rest_timer.setSingleShot(True)
        self.rest_timer.setInterval(CAMERA_RESTS_AFTER_MS)
        self.rest_timer.timeout.connect(self._rest)

    def begin(self, plan: Plan) -> None:
        """Look at the table for `plan`, after whatever ran before has ended."""
        self.rest_timer.stop()
        before = self._pipeline
        with self._slot_lock:
            self._run += 1
            self._newest = None
        self._looking = True
        pipeline = self._shell.app.live(plan, partial(self._offer, self._run))
        self._pipeline = pipeline

        def switch() -> None:
            # Both may wait: the old one for its last inference, the new one for a camera that is just being stopped.
            if before is not None:
                before.stop()
            with self._camera_lock:
                pipeline.start()

        self._shell.work.run(switch, self._done, self._failed)

    def end(self) -> None:
        """Stop looking, without waiting for it. The camera rests later, unless it is needed again."""
        pipeline = self._pipeline
        if pipeline is None or not self._looking:
            return
        with self._slot_lock:
            self._run += 1
            self._newest = None
        self._looking = False
        self._shell.work.run(pipeline.stop, self._done, self._failed)
        self._rest_later()

    def hold(self) -> None:
        """Keep the camera running for a screen that only shows its picture."""
        self.rest_timer.stop()
        self._held = True
        camera = self._shell.app.camera

        def start() -> None:
            with self._camera_lock:
                camera.start()

        self._shell.work.run(start, self._done, self._failed)

    def release(self) -> None:
        """That screen has gone: the camera rests later, unless it is needed again. Nothing where nobody held it."""
        if self._held:
            self._held = False
            self._rest_later()

    @property
    def _wanted(self) -> bool:
        return self._looking or self._held

    def _rest_later(self) -> None:
        if not self._wanted:
            self.rest_timer.start()

    def _offer(self, run: int, view: LiveView) -> None:
        """Called in the inference thread."""
        with self._slot_lock:
            if run != self._run:
                return
            under_way = self._newest is not None
            self._newest = (run, view)
        if not under_way:
            self._posted.emit(run)

    @Slot(object)
    def _take(self, _run: int) -> None:
        with self._slot_lock:
            newest, self._newest = self._newest, None
        if newest is not None and newest[0] == self._run:
            self._show(newest[1])

    def _rest(self) -> None:
        camera = self._shell.app.camera

        def stop() -> None:
            with self._camera_lock:
                if not self._wanted:
                    camera.stop()

        self._shell.work.run(stop, self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        """Nobody waits for this."""
