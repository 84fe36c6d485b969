"""The ways between the screens, on a station with real records."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, record
from tests.ui.steps import press, sign_in, type_slowly
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.demo import DEMO_PIN


def test_a_technician_signs_in_with_badge_and_pin_and_comes_home(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    type_slowly(qtbot, window.sign_in_screen.badge_field, "demo-tech")
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.sign_in_screen.presenter.person is not None)
    type_slowly(qtbot, window.sign_in_screen.pin_field, DEMO_PIN)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current is window.home_screen)
    assert window.shell.badge == "DEMO-TECH"


def test_a_pin_can_be_given_with_the_pad_alone(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    screen = window.sign_in_screen
    screen.scanned("DEMO-TECH")
    qtbot.waitUntil(lambda: screen.presenter.person is not None)
    for digit in DEMO_PIN:
        screen.pad.key(digit).click()
    assert screen.main_button is not None
    screen.main_button.click()
    qtbot.waitUntil(lambda: window.current is window.home_screen)
    assert window.shell.session.person is not None


def test_an_unknown_badge_is_said_in_a_sentence_and_the_next_one_can_be_scanned(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window()
    screen = window.sign_in_screen
    screen.scanned("NOBODY-1")
    qtbot.waitUntil(lambda: "NOBODY-1" in screen.notice.sentence)
    screen.scanned("DEMO-TECH")
    qtbot.waitUntil(lambda: screen.presenter.person is not None)
    assert screen.notice.sentence == ""


def test_wrong_pins_are_refused_and_the_wait_counts_down_before_the_eyes(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    screen = window.sign_in_screen
    screen.scanned("DEMO-TECH")
    qtbot.waitUntil(lambda: screen.presenter.person is not None)
    for attempt in range(3):
        screen.pin_field.setText("111111")
        screen.presenter.pin_entered("111111")
        qtbot.waitUntil(lambda: not screen.presenter.busy)
        assert screen.notice.sentence, f"attempt {attempt}"
    assert screen.presenter.waiting
    assert "2 s" in screen.notice.sentence
    assert not screen.pad.isEnabled()
    assert screen.pin_field.text() == ""
    qtbot.waitUntil(lambda: "1 s" in screen.notice.sentence)
    qtbot.waitUntil(lambda: screen.notice.sentence == "")
    assert screen.pad.isEnabled()


def test_the_pin_is_gone_when_somebody_else_scans_a_badge(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    screen = window.sign_in_screen
    screen.scanned("DEMO-TECH")
    qtbot.waitUntil(lambda: screen.presenter.person is not None)
    screen.pin_field.setText("2468")
    screen.scanned("DEMO-STORE")
    qtbot.waitUntil(lambda: screen.presenter.person is not None and screen.presenter.person.badge == "DEMO-STORE")
    assert screen.pin_field.text() == ""


def test_scanning_a_kit_that_is_in_begins_its_checkout(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app)
    window.home_screen.scanned("KIT-RRJ32S-014")
    qtbot.waitUntil(lambda: window.current is window.inspection_screen)
    assert window.plan is not None
    assert (window.plan.type, window.plan.kit.number) == (OperationType.CHECKOUT, "K-014")


def test_a_return_starts_from_the_code_of_the_kit_alone(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-015")
    window = open_window()
    sign_in(window, bench.app)
    window.home_screen.scanned("KIT-RRJ32S-015")
    qtbot.waitUntil(lambda: window.current is window.inspection_screen)
    assert window.plan is not None
    assert (window.plan.type, window.plan.kit.number) == (OperationType.CHECKIN, "K-015")


def test_a_held_kit_is_returned_with_one_touch(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-015")
    window = open_window()
    sign_in(window, bench.app)
    home = window.home_screen
    qtbot.waitUntil(lambda: any(b.property("kit") == "K-015" for b in home.findChildren(QPushButton)))
    next(b for b in home.findChildren(QPushButton) if b.property("kit") == "K-015").click()
    qtbot.waitUntil(lambda: window.current is window.inspection_screen)
    assert window.plan is not None
    assert window.plan.checkout is not None


def test_an_unknown_code_at_home_is_said_and_nothing_begins(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    sign_in(window, bench.app)
    window.home_screen.scanned("KIT-UNKNOWN")
    qtbot.waitUntil(lambda: "KIT-UNKNOWN" in window.notice.sentence)
    assert window.current is window.home_screen
    assert window.home_screen.checkout_button.isEnabled()


def test_quality_finds_the_history_and_no_way_to_take_a_kit(open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-QA")
    home = window.home_screen
    assert not home.checkout_button.isVisible()
    assert not home.checkin_button.isVisible()
    assert home.main_button is home.main_tile
    home.main_tile.click()
    assert window.current is window.cases_screen


def test_a_badge_scanned_after_saving_signs_the_former_person_out(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    operation = record(bench.app, OperationType.CHECKOUT)
    window = open_window()
    sign_in(window, bench.app)
    window.show_saved(operation)
    window.scanner.scanned.emit("DEMO-STORE")
    qtbot.waitUntil(lambda: window.sign_in_screen.presenter.person is not None)
    assert window.shell.session.person is None
    qtbot.waitUntil(lambda: not window.work.busy)
    entries = bench.app.database.read(lambda uow: list(uow.journal.entries()))
    last = entries[-1]
    assert (last.kind, last.payload["badge"], last.payload["reason"]) == ("sign_out", "DEMO-TECH", "next_badge")


def test_an_idle_station_signs_out_and_an_abandoned_inspection_ends_later(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window(idle_sign_out_seconds=15)
    sign_in(window, bench.app)
    assert window.idle.seconds == 15
    window.show_inspection(bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014"))
    assert window.idle.seconds == 45
    window.idle.idle.emit()
    assert window.current is window.sign_in_screen
    assert window.shell.session.person is None
    qtbot.waitUntil(lambda: not window.work.busy)
    entries = bench.app.database.read(lambda uow: list(uow.journal.entries()))
    assert entries[-1].payload["reason"] == "idle"
    assert not any(entry.kind.startswith("operation.") for entry in entries)


def test_the_language_changes_everywhere_at_once_and_is_kept(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window("en")
    window.top_bar.language_button.click()
    assert window.shell.session.language == "ru"
    assert window.home_screen.checkout_button.text() == "Выдать"
    assert window.kits_screen.back_button is not None
    assert window.kits_screen.back_button.text() == "Назад"
    qtbot.waitUntil(lambda: not window.work.busy)
    assert 'language = "ru"' in bench.settings_path.read_text(encoding="utf-8")


def test_the_keyboard_alone_leads_from_home_to_the_kits_and_back(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    sign_in(window, bench.app)
    visited = []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        press(qtbot, window, key)
        visited.append(type(window.current).__name__)
    assert visited == ["KitsScreen", "HomeScreen"]
