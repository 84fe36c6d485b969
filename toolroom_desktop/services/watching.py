"""Watching long work, and stopping it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from toolroom_desktop.domain.errors import BadImportFile

Watch = Callable[[int, int], None]
"""Told (done, total); whoever wants to stop raises out of it."""


def unwatched(_done: int, _total: int) -> None:
    """Nobody watches."""


class Stoppable:
    """A `Watch` that another thread can stop: the next time it is told something it raises `import.cancelled`."""

    def __init__(self, report: Watch = unwatched) -> None:
        self._report = report
        self._stop = threading.Event()

    def stop(self) -> None:
        """End what is watched as soon as it says something."""
        self._stop.set()

    def __call__(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise BadImportFile("import.cancelled")
        self._report(done, total)
