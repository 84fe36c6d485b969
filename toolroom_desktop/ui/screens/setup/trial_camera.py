"""A camera on trial: opened, changed and closed off the GUI thread, one after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.vision_ports import Camera, CameraState, Picture
from toolroom_desktop.ui.shell import Surroundings


class TrialCamera:
    """Shows what a source gives before it is saved. Use from the GUI thread.

    `failed` is called when a source cannot be opened at all; a device that is not there says so in its health.
    """

    def __init__(self, surroundings: Surroundings, failed: Callable[[UserFacingError], None]) -> None:
        self._surroundings = surroundings
        self._failed = failed
        self._lock = threading.Lock()
        self._number = 0
        self._opened = 0
        self._camera: Camera | None = None
        self.source = ""

    def show(self, source: str, open_camera: Callable[[str], Camera]) -> None:
        """Give the present camera back and open that one, unless it is the one."""
        if source == self.source:
            return
        self.source = source
        self._number += 1
        number = self._number

        def switch() -> None:
            with self._lock:
                before, self._camera = self._camera, None
                if before is not None:
                    before.stop()
                # Whoever chose another one, or left, meanwhile does not want this one any more.
                if number == self._number:
                    self._camera = open_camera(source)
                    self._opened = number

        self._surroundings.work.run(switch, self._done, lambda error: self._refused(number, error))

    def close(self) -> None:
        """Give the camera back, without waiting for it."""
        if not self.source:
            return
        self.source = ""
        self._number += 1

        def stop() -> None:
            with self._lock:
                before, self._camera = self._camera, None
                if before is not None:
                    before.stop()

        self._surroundings.work.run(stop, self._done, self._done)

    def latest(self) -> Picture | None:
        """The newest frame; None while there is none."""
        camera = self._present
        return camera.latest() if camera is not None else None

    @property
    def problem(self) -> UserFacingError | None:
        """What is wrong with the camera that is shown."""
        camera = self._present
        if camera is None:
            return None
        health = camera.health
        return health.problem if health.state in (CameraState.LOST, CameraState.FROZEN) else None

    @property
    def _present(self) -> Camera | None:
        """The camera of the present source; None while the one before is still being given back."""
        return self._camera if self._opened == self._number else None

    def _refused(self, number: int, error: UserFacingError) -> None:
        if number == self._number:
            self.source = ""
            self._failed(error)

    def _done(self, _outcome: object) -> None:
        """Nobody waits for this."""
