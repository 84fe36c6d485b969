"""A storekeeper's day: the shift begun, kits given out with a signature, a broken tool mended, the shift ended."""

from __future__ import annotations

import pytest

from tests.e2e.days.conftest import BeginDay
from tests.e2e.days.day import Day
from tests.ui.station import record
from toolroom_desktop.domain.custody import Procedures
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.ui.screens.home.ways import Way
from toolroom_desktop.ui.screens.shift.presenter import Step


def open_shift(day: Day) -> None:
    """From home to the inventory."""
    day.window.home_screen.tiles[Way.SHIFT].click()
    screen = day.window.shift_screen
    day.until(lambda: screen.presenter.take is not None and screen.bar.main.isEnabled())


def sign_shift(day: Day) -> None:
    """From the list to the record, and home."""
    screen = day.window.shift_screen
    screen.bar.main.click()
    assert screen.presenter.step is Step.SIGN
    day.picture("shift to be signed")
    screen.bar.main.click()
    day.until(lambda: screen.presenter.step is Step.DONE)
    day.picture("shift recorded")
    screen.bar.main.click()
    day.until(lambda: day.window.current is day.window.home_screen)
    day.quiet()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_storekeeper_s_day(begin_day: BeginDay, language: str) -> None:
    day = begin_day(language)
    day.procedures(Procedures(giver_signs=True))
    app, window = day.bench.app, day.window

    # In the morning every box is scanned on its shelf.
    day.sign_in("DEMO-STORE")
    day.picture("home in the morning")
    open_shift(day)
    for code in ("KIT-RRJ32S-014", "KIT-RRJ32S-015"):
        day.scan(code)
    day.until(lambda: window.shift_screen.presenter.ticked == (2, 2))
    day.picture("shift list")
    sign_shift(day)
    running = app.shifts.now().running
    assert running is not None
    assert (running.started_by.badge, [line.ticked for line in running.start.lines]) == ("DEMO-STORE", [True, True])
    day.sign_out()

    # A technician takes a kit: at this station the storekeeper signs as the giver.
    day.sign_in("DEMO-TECH")
    day.scan("KIT-RRJ32S-014")
    day.lay_out()
    window.result_screen.bar.main.click()
    day.picture("giver signs")
    day.sign(window.result_screen.panel, "DEMO-STORE")
    day.until(lambda: window.current is window.saved_screen)
    out = app.operations.recent(limit=1)[0]
    assert (out.giver_badge, out.holder_badge) == ("DEMO-STORE", "DEMO-TECH")
    day.quiet()
    day.home()
    day.sign_out()

    # The kit comes back with a broken brace, which goes to repair and comes back serviceable.
    day.hours_pass(3)
    record(app, OperationType.CHECKIN, counts={"brace": Count.DAMAGED})
    assert day.tool("014-04").state is ToolState.UNSERVICEABLE
    day.sign_in("DEMO-STORE")
    window.home_screen.tiles[Way.TOOLS].click()
    tools = window.tools_screen
    day.until(lambda: tools.list_page.model.rowCount() > 0)
    day.scan("014-04")
    day.until(lambda: "014-04" in tools.tool_page.title.text())
    day.picture("broken tool")
    for state in (ToolState.IN_REPAIR, ToolState.SERVICEABLE):
        tools.state_button.click()
        tools.state_page.buttons[state].setChecked(True)
        tools.state_page.reason.field.setText("люфт патрона")
        day.picture(f"to {state.value}")
        tools.bar.main.click()
        day.until(lambda state=state: day.tool("014-04").state is state)  # type: ignore[misc]
        day.until(lambda: not tools.presenter.waiting and not tools.presenter.busy)
    day.sign_out()

    # In the evening one kit is still out: the shift ends when somebody has said why.
    day.hours_pass(5)
    day.procedures(Procedures())
    record(app, OperationType.CHECKOUT, "K-015")
    day.sign_in("DEMO-STORE")
    open_shift(day)
    window.shift_screen.bar.main.click()
    assert window.shift_screen.presenter.step is not Step.SIGN, "an explanation is owed"
    assert window.shift_screen.presenter.current == "K-015"
    window.shift_screen.detail.explanation_field.setPlainText("ночные работы на борту 89001")
    day.picture("shift explained")
    sign_shift(day)
    assert app.shifts.now().running is None
    (ended,) = day.entries("shift_ended")
    lines = {line["kit"]: line for line in ended.payload["inventory"]["lines"]}
    assert (lines["K-015"]["seen"], lines["K-015"]["explanation"]) == ("out", "ночные работы на борту 89001")
    day.sign_out()
    assert day.journal_is_whole()
