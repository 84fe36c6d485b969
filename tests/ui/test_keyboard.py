"""Every screen by keyboard alone: Tab comes to everything in sight, and Esc leads back from everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.counter import CounterCamera, empty_table
from tests.ui.fitting import takes_tab, touchable
from tests.ui.gallery import SCREENS, Showing, opened, quiet, worked
from tests.ui.station import open_bench
from tests.ui.steps import focus
from toolroom_desktop.ui.main_window import MainWindow

SIZE = (1280, 800)
MOST_STEPS_BACK = 5


@pytest.fixture
def showing(qtbot: QtBot, tmp_path: Path, clock: HandClock) -> Iterator[Showing]:
    """The windows of a station that has been used, with the keyboard on them."""
    camera = CounterCamera()
    bench = open_bench(tmp_path / "data", clock, camera=camera)
    worked(bench, clock)
    camera.lay(empty_table())
    with opened(bench, clock, SIZE, language="en") as made:
        made.window.activateWindow()
        qtbot.waitUntil(made.window.isActiveWindow)
        yield made
    bench.app.close()


def called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.property('text') or widget.accessibleName()!r}"


def one_of_its_kind(widget: QWidget) -> object:
    """What Tab should come to: the widget, or any of the choices that exclude one another; arrows lead among those."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group if group is not None and group.exclusive() else widget


def tab_through(window: MainWindow) -> tuple[list[str], list[str]]:
    """What can be used and Tab does not come to, and where the keyboard was out of sight."""
    wanted = {one_of_its_kind(made): called(made) for made in touchable(window) if made.isEnabled() and takes_tab(made)}
    left, unseen = dict(wanted), []
    for _ in range(3 * len(wanted) + 6):
        place = focus(window)
        left.pop(one_of_its_kind(place), None)
        if not in_sight(place):
            unseen.append(called(place))
        if not left:
            break
        QTest.keyClick(place, Qt.Key.Key_Tab)
    return list(left.values()), unseen


def in_sight(widget: QWidget) -> bool:
    """Whether some of it can be seen: it is not scrolled away."""
    window = widget.window()
    shown = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    outer = widget.parentWidget()
    while outer is not None:
        shown = shown.intersected(QRect(outer.mapTo(window, QPoint(0, 0)), outer.size()))
        outer = outer.parentWidget()
    return not shown.isEmpty()


def leads_back(window: MainWindow) -> bool:
    """Whether Esc comes home from here, or to sign-in."""
    for _ in range(MOST_STEPS_BACK):
        if window.current in (window.home_screen, window.sign_in_screen):
            return True
        QTest.keyClick(focus(window), Qt.Key.Key_Escape)
        quiet(window.work)
    return False


def test_tab_comes_to_everything_in_sight_and_esc_leads_back_from_wherever_it_came_to(showing: Showing) -> None:
    window = showing.window
    missed, unseen, stuck = {}, {}, {}
    for name, open_ in SCREENS.items():
        open_(showing)
        quiet(window.work)
        left, hidden = tab_through(window)
        if left:
            missed[name] = left
        if hidden:
            unseen[name] = hidden
        place = called(focus(window))
        if not leads_back(window):
            stuck[name] = place
    assert missed == {}
    assert unseen == {}
    assert stuck == {}


def test_esc_on_the_top_bar_leads_back_too(showing: Showing) -> None:
    window = showing.window
    SCREENS["history"](showing)
    quiet(window.work)
    next(made for made in window.top_bar.findChildren(QAbstractButton) if made.isVisible()).setFocus()
    assert not window.history_screen.isAncestorOf(focus(window))
    QTest.keyClick(focus(window), Qt.Key.Key_Escape)
    assert window.current is window.home_screen
