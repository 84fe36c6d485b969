"""The longest gap of the GUI thread while somebody scrolls the history, and how long the desk takes for its figures.

Run with ``python -m tests.benchmarks.history_stall FOLDER [SECONDS]``, where FOLDER holds the records of a large
toolroom (`python -m tests.toolroom`); prints JSON. Nothing is asserted: the figures belong to the machine. The station
that is opened there writes as every station does: hand it a copy.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TOOLROOM_KEYRING", "off")

from PySide6.QtWidgets import QApplication

from tests.benchmarks.gaps import Gaps, as_in_the_program, summary, wait
from tests.fakes import HandCamera, ScriptedDetector, model_info
from tests.ui.station import CLASSES
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import build
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.people import Role
from toolroom_desktop.services.history_rows import HistoryFilter
from toolroom_desktop.ui.app import prepare
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.shell import Place
from toolroom_desktop.ui.translation import Translations

_STEP = 160
"""Pixels of one turn of the wheel; sixty of them a second are a hard flick."""


def milliseconds(function: object, times: int = 7) -> float:
    """The median time of a call, in milliseconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        function()  # type: ignore[operator]
        taken.append(1000 * (time.perf_counter() - begun))
    return round(statistics.median(taken), 1)


def measure(folder: Path, seconds: float) -> dict[str, object]:
    """Scroll for `seconds` and note the gaps."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    settings = Settings()
    detector = ScriptedDetector(model_info(*CLASSES), {})
    app = build(folder, settings, detector=detector, camera=HandCamera(), pin_cost=FAST)
    translations = Translations()
    window = MainWindow(app, settings, folder / "settings.toml", theme=prepare(settings), translations=translations)
    window.resize(1920, 1080)
    lead = next(
        person
        for person in app.database.read(lambda uow: uow.people.all())
        if person.role is Role.SHIFT_LEAD and person.active
    )
    desk_ms = milliseconds(lambda: app.desk.look(lead.badge))
    window.show()
    with as_in_the_program():
        gaps = Gaps()
        window.signed_in(lead)
        wait(1500)
        gaps.begin()
        wait(1000)
        idle = summary(gaps)
        gaps.begin()
        window.go(Place.HISTORY)
        wait(1500)
        opening = summary(gaps)
        page = window.history_screen.list_page
        bar = page.table.verticalScrollBar()
        gaps.begin()
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            bar.setValue(bar.value() + _STEP)
            wait(16)
        scrolling = summary(gaps)
    rows = page.model.rowCount()
    count = app.history.count(HistoryFilter(), most=10**9).number
    window.stop()
    app.close()
    window.close()
    translations.clear()
    assert application is not None
    return {
        "operations": count,
        "desk_ms": desk_ms,
        "idle": idle,
        "opening_the_history": opening,
        "scrolling": scrolling,
        "rows_scrolled_through": rows,
        "pages_held": page.model.pages_held,
        "seconds": seconds,
        "cores": os.cpu_count(),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("seconds", type=float, nargs="?", default=10.0)
    arguments = parser.parse_args()
    sys.stdout.write(json.dumps(measure(arguments.folder, arguments.seconds), indent=2) + "\n")


if __name__ == "__main__":
    main()
