"""Notes how long the GUI thread lets whoever touches it wait."""

from __future__ import annotations

import gc
import os
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from toolroom_desktop.ui.work.garbage import Garbage


class Gaps(QObject):
    """Notes the time between the calls of a timer, in milliseconds.

    `waited` is how much of each the thread was ready to run and the system gave its processor to others, which a busy
    machine does and no program can help. Known on Linux only, else 0.
    """

    def __init__(self) -> None:
        super().__init__()
        self.milliseconds: list[float] = []
        self.waited: list[float] = []
        self._schedule: int | None = None
        with suppress(OSError):
            self._schedule = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)
        self._last = time.perf_counter()
        self._last_waited = self._waiting()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)
        self._timer.start(1)

    def begin(self) -> None:
        """Forget what was noted so far."""
        self.milliseconds.clear()
        self.waited.clear()
        self._last = time.perf_counter()
        self._last_waited = self._waiting()

    def _note(self) -> None:
        now, waited = time.perf_counter(), self._waiting()
        self.milliseconds.append(1000 * (now - self._last))
        self.waited.append(waited - self._last_waited)
        self._last, self._last_waited = now, waited

    def _waiting(self) -> float:
        """Milliseconds that this thread ever waited for a processor."""
        if self._schedule is None:
            return 0.0
        return int(os.pread(self._schedule, 100, 0).split()[1]) / 1e6


@contextmanager
def as_in_the_program() -> Iterator[None]:
    """Python's collector as it is once the windows are there: in this thread alone, past all that was made before."""
    garbage = Garbage()
    garbage.begin()
    gc.freeze()
    try:
        yield
    finally:
        garbage.end()
        gc.unfreeze()


def wait(milliseconds: int) -> None:
    """Let the windows live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def summary(gaps: Gaps) -> dict[str, float]:
    """Longest, longest but for what other programs took, 99th percentile and median, in milliseconds."""
    cuts = statistics.quantiles(gaps.milliseconds, n=100)
    own = [gap - waited for gap, waited in zip(gaps.milliseconds, gaps.waited, strict=True)]
    return {
        "longest_ms": round(max(gaps.milliseconds), 1),
        "longest_but_for_other_programs_ms": round(max(own), 1),
        "p99_ms": round(cuts[98], 1),
        "median_ms": round(statistics.median(gaps.milliseconds), 2),
    }
