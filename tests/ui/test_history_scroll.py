"""Scrolling the history: only what comes into sight is painted, and what stands there then is right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QCursor, QImage, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, record
from tests.ui.steps import sign_in
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.shell import Place

STEP = 50


class Painted(QObject):
    """Notes what of a widget is asked to be painted."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: list[QRect] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if isinstance(event, QPaintEvent):
            self.areas.append(event.rect())
        return False

    def nothing_after(self, work: Callable[[], None]) -> bool:
        """Whether that work leaves everything as it was painted before."""
        self.areas.clear()
        work()
        return not self.areas


def scrolled_history(qtbot: QtBot, open_window: OpenWindow, bench: Bench, theme: str = "light") -> MainWindow:
    """The history of more operations than there is room for."""
    for number in range(12):
        record(bench.app, OperationType.CHECKOUT if number % 2 == 0 else OperationType.CHECKIN)
    window = open_window("ru", theme)
    sign_in(window, bench.app, "DEMO-LEAD")
    window.go(Place.HISTORY)
    qtbot.waitUntil(lambda: not window.work.busy)
    table = window.history_screen.list_page.table
    assert table.verticalScrollBar().maximum() > 3 * STEP
    # The row below the mouse is painted anew whenever another one comes below it.
    QCursor.setPos(window.mapToGlobal(QPoint(1, 1)))
    # The selection, painted in the row that has it, is where the eye is.
    table.selectRow(4)
    table.verticalScrollBar().setValue(0)
    painted = Painted()
    table.viewport().installEventFilter(painted)
    qtbot.waitUntil(lambda: painted.nothing_after(lambda: paint(window)))
    table.viewport().removeEventFilter(painted)
    return window


def paint(window: MainWindow) -> None:
    """Lay out and paint what waits for it, now and not when the screen asks for the next picture."""
    QApplication.processEvents()
    QApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))


def test_a_scroll_paints_only_the_rows_that_come_in(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = scrolled_history(qtbot, open_window, bench)
    table, painted = window.history_screen.list_page.table, Painted()
    table.viewport().installEventFilter(painted)
    table.verticalScrollBar().setValue(STEP)
    paint(window)
    table.verticalScrollBar().setValue(0)
    paint(window)
    height = table.viewport().height()
    assert [(area.top(), area.height()) for area in painted.areas] == [(height - STEP, STEP), (0, STEP)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_stands_there_after_a_scroll_is_what_would_be_painted_anew(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, theme: str
) -> None:
    window = scrolled_history(qtbot, open_window, bench, theme)
    viewport = window.history_screen.list_page.table.viewport()
    bar = window.history_screen.list_page.table.verticalScrollBar()
    assert viewport.testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    for place in (STEP, 3 * STEP, 2 * STEP, bar.maximum(), 0, 37):
        bar.setValue(place)
        paint(window)
    on_screen = seen_of(window, QRect(viewport.mapTo(window, viewport.rect().topLeft()), viewport.size()))
    assert on_screen == viewport.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_below_the_last_row_the_ground_is_that_of_the_table(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    record(bench.app, OperationType.CHECKOUT)
    window = open_window("en", "dark")
    sign_in(window, bench.app, "DEMO-LEAD")
    window.go(Place.HISTORY)
    qtbot.waitUntil(lambda: not window.work.busy)
    viewport = window.history_screen.list_page.table.viewport()
    picture = viewport.grab().toImage()
    assert picture.pixelColor(viewport.width() // 2, viewport.height() - 5).name() == (
        window.shell.theme.palette.surface.lower()
    )


def seen_of(window: MainWindow, area: QRect) -> QImage:
    """What stands on the screen in that area of the window."""
    whole = window.screen().grabWindow(window.winId())
    return whole.copy(area).toImage().convertToFormat(QImage.Format.Format_RGB32)
