"""A kit that something speaks against: overruled, issued, returned in parts by somebody else; as people go it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import OpenStation
from tests.e2e.test_station_on_real_photos import (
    DEMO_PHOTO,
    confirm,
    count_everything_as_found,
    inspect_until_decided,
    read_back,
)
from tests.ui.steps import press, scan, type_slowly
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.demo import DEMO_PIN
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.recording import JOURNAL_KEY
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.result.presenter import Page
from toolroom_desktop.ui.widgets.signature_panel import SignaturePanel

KIT = "KIT-RRJ32S-014"


def sign_in(qtbot: QtBot, window: MainWindow, badge: str) -> None:
    qtbot.waitUntil(lambda: window.current is window.sign_in_screen)
    scan(window, badge)
    qtbot.waitUntil(window.sign_in_screen.pin_field.isVisible, timeout=10_000)
    type_slowly(qtbot, window.sign_in_screen.pin_field, DEMO_PIN)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current is window.home_screen, timeout=20_000)


def sign(qtbot: QtBot, window: MainWindow, panel: SignaturePanel, badge: str, reason: str) -> None:
    """Somebody types the reason, scans the badge and types the PIN."""
    qtbot.waitUntil(panel.reason_field.isVisible)
    type_slowly(qtbot, panel.reason_field, reason)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.badge_field.isVisible)
    scan(window, badge)
    qtbot.waitUntil(panel.pin_field.isVisible, timeout=10_000)
    type_slowly(qtbot, panel.pin_field, DEMO_PIN)
    press(qtbot, window, Qt.Key.Key_Return)


def pliers_of_k014(uow: UnitOfWork) -> Tool:
    return next(tool for tool in uow.tools.in_kit("K-014") if tool.tool_class == "pliers")


def test_a_blocked_kit_goes_out_with_a_signature_and_comes_back_in_two_parts(
    qtbot: QtBot, open_station: OpenStation, data_folder: Path
) -> None:
    window = open_station(DEMO_PHOTO)
    database = window.shell.app.database
    database.write(lambda uow: uow.tools.save(replace(pliers_of_k014(uow), state=ToolState.UNSERVICEABLE)))

    # The technician comes; the shift lead lets the kit go without the pliers.
    sign_in(qtbot, window, "DEMO-TECH")
    scan(window, KIT)
    qtbot.waitUntil(lambda: window.current is window.blocked_screen, timeout=10_000)
    QTest.mouseClick(window.blocked_screen.bar.main, Qt.MouseButton.LeftButton)
    sign(qtbot, window, window.blocked_screen.panel, "DEMO-LEAD", "flight in an hour")
    inspect_until_decided(qtbot, window)
    screen = window.result_screen
    QTest.mouseClick(screen.strip.buttons["work_order"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(screen.details_page.fields["work_order"].hasFocus)
    scan(window, "WO-2026-118")
    QTest.mouseClick(screen.details_page.shift_button, Qt.MouseButton.LeftButton)
    press(qtbot, window, Qt.Key.Key_Return)
    assert screen.presenter.page is Page.COUNT
    count_everything_as_found(qtbot, window)
    confirm(qtbot, window)
    assert "flight in an hour" in window.saved_screen.outcome

    # The storekeeper brings it back; the brace stays on the aircraft. The next badge is scanned at once.
    sign_in_after_saved(qtbot, window, "DEMO-STORE")
    scan(window, KIT)
    inspect_until_decided(qtbot, window)
    assert screen.holder.isVisible()
    for key in [(p.tool_class, p.unit) for p in screen.presenter.owed]:
        screen.presenter.answer(key, Count.FOUND)
    if screen.presenter.asks_for_extras:
        screen.presenter.answer_extras(False)
    screen.presenter.open(("brace", 1))
    qtbot.waitUntil(screen.rows["brace", 1].buttons[5].isVisible)
    QTest.mouseClick(screen.rows["brace", 1].buttons[5], Qt.MouseButton.LeftButton)
    confirm(qtbot, window)
    [held] = window.shell.app.operations.held_by("DEMO-TECH")
    assert dict(held.custody) == {"brace": 1}

    # The technician brings the brace: only that is asked for, and everything else on the table is extra.
    sign_in_after_saved(qtbot, window, "DEMO-TECH")
    scan(window, KIT)
    inspect_until_decided(qtbot, window)
    assert screen.presenter.plan is not None
    assert dict(screen.presenter.plan.expected) == {"brace": 1}
    for position in screen.presenter.owed:
        screen.presenter.answer((position.tool_class, position.unit), Count.FOUND)
    if screen.presenter.asks_for_extras:
        screen.presenter.answer_extras(False)
    QTest.mouseClick(screen.bar.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.current is window.saved_screen, timeout=20_000)

    operations, records = read_back(data_folder)
    try:
        rest, part, out = operations
        assert [o.type for o in operations] == [OperationType.CHECKIN, OperationType.CHECKIN, OperationType.CHECKOUT]
        assert (part.closes, rest.closes) == (out.operation_id, part.operation_id)
        assert "pliers" not in out.custody
        assert out.work_order == rest.work_order == "WO-2026-118"
        assert out.expected_return is not None
        assert [word["badge"] for word in out.overrides] == ["DEMO-LEAD"]
        assert [part.person_badge, part.holder_badge] == ["DEMO-STORE", "DEMO-TECH"]
        assert dict(rest.custody) == {}
        assert verify_journal(records.database, key=records.secrets.get_or_create(JOURNAL_KEY)).whole
    finally:
        records.close()


def sign_in_after_saved(qtbot: QtBot, window: MainWindow, badge: str) -> None:
    """The next person scans a badge on the screen that says *Saved*, and types the PIN."""
    qtbot.waitUntil(lambda: window.current is window.saved_screen, timeout=20_000)
    scan(window, badge)
    qtbot.waitUntil(window.sign_in_screen.pin_field.isVisible, timeout=10_000)
    type_slowly(qtbot, window.sign_in_screen.pin_field, DEMO_PIN)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current is window.home_screen, timeout=20_000)
