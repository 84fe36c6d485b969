"""A shift lead's day: what waits on home, a kit let go out with a reason, a correction, a case reported by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

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
from toolroom_desktop.ui.screens.desk.lines import Tile
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
def test_a_shift_lead_s_day(begin_day: BeginDay, language: str, tmp_path: Path) -> None:
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

    # One touch lists what is overdue, with whom and on which aircraft; another one leads to its return.
    desk.tiles[Tile.OVERDUE].click()
    day.picture("overdue")
    (late,) = desk.model.lines
    assert late.judgement == "bad"
    assert "K-015" in late.title
    assert "RA-89001" in late.detail
    desk.list.clicked.emit(desk.model.index(0))
    day.until(lambda: window.current is window.kits_screen)
    assert window.kits_screen.search_field.text() == "K-015"
    day.quiet()
    window.show_home()
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
    window.show_home()
    day.until(lambda: desk.presenter.facts is not None and not window.work.busy)
    desk.tiles[Tile.CASES].click()
    (lost,) = desk.model.lines
    assert row.case.number in lost.title
    day.picture("desk with the case")
    desk.list.clicked.emit(desk.model.index(0))
    day.until(lambda: window.current is window.cases_screen)
    day.quiet()
    window.show_home()

    # In the evening: which operations were there with the kit that is late? Its label sets the filter.
    window.home_screen.tiles[Way.HISTORY].click()
    day.quiet()
    history = window.history_screen
    day.scan("KIT-RRJ32S-015")
    day.until(lambda: list(history.list_page.chips.buttons) == ["kit"] and not window.work.busy)
    day.picture("history of the kit")
    assert [history.list_page.model.row(place).kit for place in range(history.list_page.model.rowCount())] == ["K-015"]
    history.bar.main.click()
    day.until(lambda: history.detail.operation is not None and not window.work.busy)
    shown = history.detail.operation
    assert shown is not None
    assert str(shown.operation_id) == overdue
    assert history.detail.photo.has_picture
    assert "WO-7 → WO-8" in history.detail.facts, "what was written and what holds stand side by side"
    history.detail.journal.verify_button.click()
    day.quiet()
    assert history.detail.journal.outcome
    day.picture("operation in full")
    history.bar.back.click()

    # The rows go to the planner as a file, and the journal keeps that they left.
    path = tmp_path / "операции.csv"
    history.ask_for_path = lambda _name: path
    history.bar.file_button.click()
    day.quiet()
    text = path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode("utf-8-sig").count("K-015") == 1
    (left,) = day.entries("exported")
    assert (left.payload["file"], left.payload["by"]) == (path.name, "DEMO-LEAD")
    day.picture("rows in a file")
    day.sign_out()
    assert day.journal_is_whole()
