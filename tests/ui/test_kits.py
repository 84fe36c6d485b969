"""Choosing a kit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, record
from tests.ui.steps import press, scan, sign_in, type_slowly
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.models.kit_list import CHOICE_ROLE, KitChoice


def choices(window: MainWindow) -> list[KitChoice]:
    model = window.kits_screen.model
    found = [model.index(row).data(CHOICE_ROLE) for row in range(model.rowCount())]
    return [choice for choice in found if isinstance(choice, KitChoice)]


def numbers(window: MainWindow, *, possible: bool) -> list[str]:
    return [c.row.kit.number for c in choices(window) if c.possible is possible]


def test_kits_that_are_out_cannot_be_checked_out_and_say_who_has_them(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014", badge="DEMO-LEAD")
    window = open_window()
    sign_in(window, bench.app)
    window.show_kits(OperationType.CHECKOUT)
    qtbot.waitUntil(lambda: len(choices(window)) == 2)
    assert numbers(window, possible=True) == ["K-015"]
    assert numbers(window, possible=False) == ["K-014"]
    assert "Гришин Павел Андреевич" in choices(window)[1].whereabouts
    taken = window.kits_screen.model.index(1)
    assert not taken.flags() & Qt.ItemFlag.ItemIsEnabled


def test_for_a_return_my_own_kits_come_first(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    bench.app.catalogue.take_in([], [Kit("K-016", REFERENCE_TOOLKIT.name)], actor_badge=None)
    record(bench.app, OperationType.CHECKOUT, "K-014", badge="DEMO-LEAD")
    record(bench.app, OperationType.CHECKOUT, "K-016", badge="DEMO-TECH")
    window = open_window()
    sign_in(window, bench.app)
    window.show_kits(OperationType.CHECKIN)
    qtbot.waitUntil(lambda: len(choices(window)) == 3)
    assert numbers(window, possible=True) == ["K-016", "K-014"]
    assert numbers(window, possible=False) == ["K-015"]


def test_typing_narrows_the_list_and_enter_goes_on(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app)
    window.show_kits(OperationType.CHECKOUT)
    qtbot.waitUntil(lambda: len(choices(window)) == 2)
    type_slowly(qtbot, window.kits_screen.search_field, "015")
    qtbot.waitUntil(lambda: numbers(window, possible=True) == ["K-015"])
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current is window.inspection_screen)
    assert window.plan is not None
    assert window.plan.kit.number == "K-015"


def test_nothing_found_says_what_to_do(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app)
    window.show_kits(OperationType.CHECKOUT)
    window.kits_screen.search_field.setText("no such kit")
    qtbot.waitUntil(window.kits_screen.empty_text.isVisible)
    assert "clear the field" in window.kits_screen.empty_text.text()
    assert window.kits_screen.main_button is not None
    assert not window.kits_screen.main_button.isEnabled()


def test_a_scan_picks_the_kit_at_once(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app)
    window.show_kits(OperationType.CHECKOUT)
    scan(window, "KIT-RRJ32S-015")
    qtbot.waitUntil(lambda: window.current is window.inspection_screen)
    assert window.plan is not None
    assert window.plan.kit.number == "K-015"


def test_scanning_a_kit_that_is_out_says_who_has_it(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014", badge="DEMO-LEAD")
    window = open_window()
    sign_in(window, bench.app)
    window.show_kits(OperationType.CHECKOUT)
    scan(window, "KIT-RRJ32S-014")
    qtbot.waitUntil(lambda: bool(window.kits_screen.notice.sentence))
    assert "Гришин" in window.kits_screen.notice.sentence
    assert window.current is window.kits_screen


def test_the_chosen_row_does_not_paint_over_the_frame_that_shows_where_the_keyboard_is(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    sign_in(window, bench.app)
    window.show_kits(OperationType.CHECKOUT)
    kits = window.kits_screen.list
    qtbot.waitUntil(lambda: kits.currentIndex().isValid())
    kits.setFocus()
    qtbot.waitUntil(kits.hasFocus)
    qtbot.wait(20)
    row = kits.visualRect(kits.currentIndex()).center().y() + kits.viewport().y()
    image = kits.grab().toImage()
    focus = QColor(window.shell.theme.palette.focus)
    assert [image.pixelColor(x, row) for x in (0, 1)] == [focus, focus]
    assert image.pixelColor(image.width() - 1, row) == focus
