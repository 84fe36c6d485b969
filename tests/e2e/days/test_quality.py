"""A quality inspector's day: a case released with a statement, a signature at the counter, and a case reopened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.days.conftest import BeginDay
from tests.e2e.days.day import Day
from tests.ui.station import record
from toolroom_desktop.domain.cases import CaseState, Outcome
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.ui.screens.cases.presenter import Doing, Filter

SAFE = "Бокорезы найдены под панелью 141AR, борт осмотрен."


def lost(day: Day, kit: str, tool: str, *, found: bool) -> str:
    """A case that a return opened yesterday, searched by two and, if `found`, found; its number."""
    app = day.bench.app
    record(app, OperationType.CHECKOUT, kit)
    (number,) = record(app, OperationType.CHECKIN, kit, counts={tool: Count.MISSING}).cases
    for badge in ("DEMO-TECH", "DEMO-STORE"):
        app.cases.search(badge=badge, number=number, place="кабина")
    if found:
        app.cases.conclude(badge="DEMO-STORE", number=number, outcome=Outcome.FOUND, place="под панелью 141AR")
    return number


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_quality_inspector_s_day(begin_day: BeginDay, language: str, tmp_path: Path) -> None:
    day = begin_day(language)
    app, window = day.bench.app, day.window
    waiting, searched = lost(day, "K-014", "side_cutters", found=True), lost(day, "K-015", "brace", found=False)
    assert day.tool("014-11").state is ToolState.LOST
    day.hours_pass(12)

    # Home leads to what waits: the tool was found, and nobody but quality says that the aircraft is safe.
    day.sign_in("DEMO-QA")
    day.picture("home")
    assert window.home_screen.main_tile is window.home_screen.main_button
    window.home_screen.main_tile.click()
    day.quiet()
    cases = window.cases_screen
    day.picture("cases")
    next(row for row in cases.list_page.rows if row.property("number") == waiting).click()
    day.quiet()
    assert cases.presenter.main is Doing.RELEASE
    day.picture("case that waits")
    cases.bar.main.click()
    cases.step_page.text_field.setPlainText("ok")
    assert not cases.bar.main.isEnabled(), "a word is no statement"
    cases.step_page.text_field.setPlainText(SAFE)
    cases.bar.main.click()
    day.quiet()
    assert app.cases.by_number(waiting).state is CaseState.RELEASED
    assert day.tool("014-11").state is ToolState.SERVICEABLE, "it is back in its place"
    day.picture("case released")

    # The report goes to whoever keeps the aircraft's papers.
    report = tmp_path / "отчёт.pdf"
    cases.presenter.print_to(report)
    day.quiet()
    assert report.read_bytes().startswith(b"%PDF")
    day.sign_out()

    # At noon a technician needs a kit whose case is still open: quality signs there, and so does the shift lead.
    day.hours_pass(4)
    day.sign_in("DEMO-TECH")
    day.scan("KIT-RRJ32S-015")
    blocked = window.blocked_screen
    day.until(lambda: window.current is blocked)
    assert searched in day.said(blocked)
    day.picture("blocked")
    blocked.bar.main.click()
    day.sign(blocked.panel, "DEMO-QA", "борт осмотрен, коловорота там нет")
    assert window.current is blocked, "the shift lead has not signed yet"
    day.sign(blocked.panel, "DEMO-LEAD", "коловорот не нужен")
    day.lay_out(missing=("brace",))
    out = day.confirm()
    assert "brace" not in out.custody
    assert {word["badge"] for word in out.overrides} == {"DEMO-QA", "DEMO-LEAD"}
    assert app.cases.by_number(searched).open, "a signature closes no case"
    day.home()
    day.sign_out()

    # In the evening another aircraft raises a doubt: the case that was closed is opened again.
    day.hours_pass(5)
    day.sign_in("DEMO-QA")
    window.home_screen.main_tile.click()
    day.quiet()
    cases.list_page.filter_buttons[Filter.ALL].click()
    next(row for row in cases.list_page.rows if row.property("number") == waiting).click()
    day.quiet()
    cases.other_buttons[Doing.REOPEN].click()
    cases.step_page.text_field.setPlainText("на другом борту найдены такие же бокорезы")
    cases.bar.main.click()
    day.quiet()
    case = app.cases.by_number(waiting)
    assert (case.state, case.outcome) == (CaseState.OPEN, None)
    assert SAFE in [event.text for event in case.events], "what was said stays"
    day.picture("case reopened")
    day.sign_out()
    assert [entry.payload["event"]["badge"] for entry in day.entries("case_released")] == ["DEMO-QA"]
    assert day.journal_is_whole()
