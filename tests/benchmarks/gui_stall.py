"""The longest gap of the GUI thread while the shipped model looks at a table of the demonstration.

Run with ``python -m tests.benchmarks.gui_stall [SECONDS]``; prints JSON. Nothing is asserted: the figure belongs to the
machine. A timer of 1 ms notes when it fires; what passes between two of its calls is what a touch would have waited.
With ``--sync`` a backlog goes to a centre instead (sync_stall.py).
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TOOLROOM_KEYRING", "off")

from PySide6.QtWidgets import QApplication

from tests.benchmarks.gaps import Gaps, as_in_the_program, summary, wait
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import build, open_model
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.vision_ports import Detector, ModelInfo, Picture
from toolroom_desktop.ui.app import prepare
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.translation import Translations


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
        with as_in_the_program():
            gaps = Gaps()
            wait(500)
            gaps.begin()
            wait(1000)
            idle = summary(gaps)
            plan = app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014")
            gaps.begin()
            window.show_inspection(plan)
            wait(400)
            opening = summary(gaps)
            gaps.begin()
            until = time.perf_counter() + seconds
            while time.perf_counter() < until:
                wait(1500)
                window.inspection_screen.presenter.next_scene()
            looking = summary(gaps)
            looks = detector.looks
            while detector.looks == looks:  # a look has just begun
                wait(5)
            gaps.begin()
            window.show_home()
            wait(1000)
            leaving = summary(gaps)
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
    if sys.argv[1:2] == ["--sync"]:
        from tests.benchmarks import sync_stall

        operations = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
        megabytes = float(sys.argv[3]) if len(sys.argv) > 3 else 200.0
        found = sync_stall.measure(operations, megabytes)
    else:
        found = measure(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0)
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
