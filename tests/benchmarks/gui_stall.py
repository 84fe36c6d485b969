"""The longest gap of the GUI thread while the shipped model looks at a table of the demonstration.

Run with ``python -m tests.benchmarks.gui_stall [SECONDS]``; prints JSON. Nothing is asserted: the figure belongs to the
machine. A timer of 1 ms notes when it fires; what passes between two of its calls is what a touch would have waited.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TOOLROOM_KEYRING", "off")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import build, open_model
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.ports import Detector, ModelInfo, Picture
from toolroom_desktop.ui.app import prepare
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.translation import Translations


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


class CountingDetector:
    """The real model, counting its looks."""

    def __init__(self, real: Detector) -> None:
        self._real = real
        self.looks = 0

    @property
    def info(self) -> ModelInfo:
        """What is known about the model."""
        return self._real.info

    def detect(self, picture: Picture) -> FrameResult:
        """As the model does."""
        self.looks += 1
        return self._real.detect(picture)


def summary(milliseconds: list[float]) -> dict[str, float]:
    """Longest, 99th percentile and median, in milliseconds."""
    cuts = statistics.quantiles(milliseconds, n=100)
    return {
        "longest_ms": round(max(milliseconds), 1),
        "p99_ms": round(cuts[98], 1),
        "median_ms": round(statistics.median(milliseconds), 2),
    }


def measure(seconds: float) -> dict[str, object]:
    """Look at changing tables for `seconds`, then leave the screen in the middle of an inference."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        detector = CountingDetector(open_model(settings, Path(folder) / "data"))
        app = build(Path(folder) / "data", settings, demo=True, detector=detector, pin_cost=FAST)
        translations = Translations()
        window = MainWindow(
            app, settings, Path(folder) / "settings.toml", theme=prepare(settings), translations=translations
        )
        window.resize(1920, 1080)
        window.signed_in(app.accounts.who("DEMO-TECH"))
        window.show()
        gaps = Gaps()
        wait(500)
        gaps.begin()
        wait(1000)
        idle = summary(gaps.milliseconds)
        plan = app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014")
        gaps.begin()
        window.show_inspection(plan)
        wait(400)
        opening = summary(gaps.milliseconds)
        gaps.begin()
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            wait(1500)
            window.inspection_screen.presenter.next_scene()
        looking = summary(gaps.milliseconds)
        looks = detector.looks
        while detector.looks == looks:  # a look has just begun
            wait(5)
        gaps.begin()
        window.show_home()
        wait(1000)
        leaving = summary(gaps.milliseconds)
        window.stop()
        app.close()
        window.close()
        translations.clear()
    assert application is not None
    return {
        "idle": idle,
        "opening_the_screen": opening,
        "while_inference_runs": looking,
        "leaving_the_screen": leaving,
        "looks": looks,
        "seconds": seconds,
        "cores": os.cpu_count(),
    }


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    sys.stdout.write(json.dumps(measure(seconds), indent=2) + "\n")


if __name__ == "__main__":
    main()
