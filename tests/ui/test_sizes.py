"""Every screen in the least room and for the largest gloves: nothing cut off, hidden or on top of another."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.counter import CounterCamera, empty_table
from tests.ui.fitting import cut_off, outside, touchable, visible
from tests.ui.gallery import SCREENS, Showing, opened, quiet, worked
from tests.ui.looking import too_small
from tests.ui.station import Bench, open_bench
from toolroom_desktop.config.messages import Language
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.scaling import LEAST_WINDOW
from toolroom_desktop.ui.theme import Metrics, metrics_for

LEAST = (LEAST_WINDOW.width(), LEAST_WINDOW.height())
LONGEST = 2.0  # seconds
LEAST_ROUNDS = 10
LARGE_SCREEN = metrics_for(107.0, 1600)
"""Of a screen whose pixels are so small that a gloved finger covers more of them."""


@pytest.fixture
def bench(tmp_path: Path, clock: HandClock) -> Iterator[Bench]:
    """A station that has been used, with its camera over an empty table."""
    camera = CounterCamera()
    made = open_bench(tmp_path / "data", clock, camera=camera)
    worked(made, clock)
    camera.lay(empty_table())
    yield made
    made.app.close()


def overlapping(window: QWidget) -> list[str]:
    """Pairs of what is read or touched that lie on one another, where their layout had too little room."""
    kinds = (QAbstractButton, QLabel, QLineEdit, QPlainTextEdit)
    groups: dict[QWidget | None, list[QWidget]] = {}
    for kind in kinds:
        for made in visible(window, kind):
            groups.setdefault(made.parentWidget(), []).append(made)
    found = []
    for group in groups.values():
        for one, other in combinations(group, 2):
            common: QRect = one.geometry().intersected(other.geometry())
            if common.width() > 1 and common.height() > 1:
                found.append(f"{_called(one)} and {_called(other)}: {common}")
    return found


def squeezed(window: QWidget) -> list[str]:
    """Areas to scroll whose content was made smaller than it can be, so that there is nothing to scroll to it with."""
    found = []
    for area in visible(window, QScrollArea):
        assert isinstance(area, QScrollArea)
        inside = area.widget()
        layout = inside.layout() if inside is not None else None
        if layout is None:
            continue
        wraps = layout.hasHeightForWidth()
        least = layout.totalHeightForWidth(inside.width()) if wraps else layout.totalMinimumSize().height()
        if inside.height() + 1 < least:
            found.append(f"{_called(area)} of {_called(area.parentWidget() or window)}: {inside.height()} of {least}")
    return found


def _called(widget: QWidget) -> str:
    name = widget.property("text") or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} {name!r}"


def complaints(window: MainWindow, size: tuple[int, int]) -> list[str]:
    """What somebody would stumble over on the screen that is shown."""
    found = [f"cut off: {text}" for text in cut_off(window)]
    found += [f"outside: {text}" for text in outside(window)]
    found += [f"too small: {text}" for text in too_small(window, window.shell.theme.metrics.touch)]
    found += [f"overlapping: {text}" for text in overlapping(window)]
    found += [f"squeezed: {text}" for text in squeezed(window)]
    found += [f"no name: {_called(made)}" for made in touchable(window) if not _named(made)]
    if (window.width(), window.height()) != size:
        found.append(f"the window grew to {window.size()}")
    return found


def _named(widget: QWidget) -> bool:
    return bool(widget.accessibleName() or widget.property("text"))


def walk(showing: Showing, size: tuple[int, int]) -> dict[str, list[str]]:
    """Open every screen; what there is to complain of, by screen."""
    found = {}
    for name, open_ in SCREENS.items():
        open_(showing)
        quiet(showing.window.work)
        wrong = settled(showing.window, size)
        if wrong:
            found[name] = wrong
    return found


def settled(window: MainWindow, size: tuple[int, int]) -> list[str]:
    """The complaints that are left once everything is laid out, which takes Qt some rounds."""
    end, rounds = time.monotonic() + LONGEST, 0
    # On a busy machine looking once takes longer than all that.
    while (wrong := complaints(window, size)) and (time.monotonic() < end or rounds < LEAST_ROUNDS):
        QTest.qWait(20)
        rounds += 1
    return wrong


@pytest.mark.parametrize(
    ("language", "palette", "size", "metrics"),
    [
        ("ru", "light", LEAST, None),
        ("en", "dark", LEAST, None),
        ("ru", "light", (1600, 820), LARGE_SCREEN),
    ],
    ids=["least room, Russian", "least room, English", "large gloves"],
)
def test_every_screen_fits(
    qtbot: QtBot,
    bench: Bench,
    clock: HandClock,
    language: Language,
    palette: str,
    size: tuple[int, int],
    metrics: Metrics | None,
) -> None:
    with opened(bench, clock, size, language=language, palette=palette, metrics=metrics) as showing:
        assert walk(showing, size) == {}
