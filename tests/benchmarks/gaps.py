"""Notes how long the GUI thread lets whoever touches it wait."""

from __future__ import annotations

import statistics
import time

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer


class Gaps(QObject):
    """Notes the time between the calls of a timer, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.milliseconds: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)
        self._timer.start(1)

    def begin(self) -> None:
        """Forget what was noted so far."""
        self.milliseconds.clear()
        self._last = time.perf_counter()

    def _note(self) -> None:
        now = time.perf_counter()
        self.milliseconds.append(1000 * (now - self._last))
        self._last = now


def wait(milliseconds: int) -> None:
    """Let the windows live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def summary(milliseconds: list[float]) -> dict[str, float]:
    """Longest, 99th percentile and median, in milliseconds."""
    cuts = statistics.quantiles(milliseconds, n=100)
    return {
        "longest_ms": round(max(milliseconds), 1),
        "p99_ms": round(cuts[98], 1),
        "median_ms": round(statistics.median(milliseconds), 2),
    }
