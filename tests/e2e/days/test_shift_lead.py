"""A shift lead's day: what waits on home, a kit let go out with a reason, a correction, a case reported by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.e2e.days.conftest import BeginDay
from tests.e2e.days.day import Day
from tests.fakes import plain_picture
from tests.ui.station import inspection_of, seen
from toolroom_desktop.domain.cases import CaseKind
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.reminders import ReminderKind as Kind
from toolroom_desktop.services.later_records import Details
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.ui.screens.home.ways import Way


def yesterday_s_issue(day: Day) -> str:
    """A kit that a technician took yesterday and that should be back; the operation's id."""
    app = day.bench.app
    plan = app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-015")
    evidence = Evidence(plain_picture(), inspection_of(app, seen(plan.toolkit), plan.expected))
    due = day.clock.now() + timedelta(hours=2)
    confirmation = Confirmation({}, work_order="WO-7", aircraft="RA-89001", expected_return=due)
    return str(app.operations.record(plan, evidence, confirmation).operation_id)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_shift_lead_s_day(begin_day: BeginDay, language: str) -> None:
    day = begin_day(language)
    app, window = day.bench.app, day.window
    overdue = yesterday_s_issue(day)
    day.change("014-08", calibration_due=date(2026, 5, 3))
    day.hours_pass(14)

    # In the morning home says what is late and what is due.
    day.sign_in("DEMO-LEAD")
    day.quiet()
    day.picture("desk")
    desk = window.home_screen.desk
    waiting = {line.target.reminder.kind for line in desk.model.lines if line.target and line.target.reminder}
    assert {Kind.KIT_OVERDUE, Kind.CALIBRATION_EXPIRED, Kind.SHIFT_NOT_BEGUN} <= waiting
    day.sign_out()

    # A technician needs the kit whose wrench is not calibrated: the shift lead signs at the counter, with the reason.
    day.sign_in("DEMO-TECH")
    day.scan("KIT-RRJ32S-014")
    blocked = window.blocked_screen
    day.until(lambda: window.current is blocked)
    assert "014-08" in day.said(blocked)
    day.picture("blocked")
    blocked.bar.main.click()
    day.picture("signature")
    day.sign(blocked.panel, "DEMO-LEAD", "разводной ключ сегодня не нужен")
    day.lay_out()
    out = day.confirm()
    (word,) = out.overrides
    assert (word["badge"], word["reason"]) == ("DEMO-LEAD", "разводной ключ сегодня не нужен")
    assert word["overruled"][0]["reason"] == "calibration_expired"
    day.home()
    day.sign_out()

    # Yesterday's work order was noted wrongly; what was written stays, and the correction names it.
    corrected = app.operations.by_id(overdue)
    app.operations.correct(
        badge="DEMO-LEAD",
        operation_id=corrected.operation_id,
        details=Details("WO-8", corrected.aircraft, corrected.expected_return, corrected.note),
        reason="ошибка в номере",
    )
    day.sign_in("DEMO-LEAD")
    window.home_screen.tiles[Way.HISTORY].click()
    day.quiet()
    assert window.history_screen.list_page.model.rowCount() == 2
    day.picture("history")
    (entry,) = day.entries("operation_corrected")
    assert entry.payload["changes"]["work_order"] == {"before": "WO-7", "after": "WO-8"}
    assert app.operations.by_id(overdue).work_order == "WO-8"
    window.show_home()
    day.until(lambda: window.current is window.home_screen)

    # A mechanic reports a screwdriver that fell into the bay: the lead opens the case in the windows.
    window.home_screen.tiles[Way.CASES].click()
    day.quiet()
    cases = window.cases_screen
    cases.bar.main.click()
    day.scan("KIT-RRJ32S-015")
    day.quiet()
    cases.report_page.tool_buttons[1].click()
    cases.report_page.text_field.setPlainText("упала в нишу шасси")
    day.picture("report")
    cases.bar.main.click()
    day.quiet()
    (row,) = app.cases.open()
    assert (row.case.kind, row.case.kit, row.case.aircraft) == (CaseKind.MISSING, "K-015", "RA-89001")
    day.picture("case")
    day.sign_out()
    assert day.journal_is_whole()
