"""What blocks an issue, who overrules it, an incomplete kit that stays, and what a checkout asks for besides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock, plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.custody import (
    begin,
    change,
    last_refusal,
    newest,
    saved,
    set_procedures,
    sign,
    texts,
    to_result,
)
from tests.ui.looking import too_small
from tests.ui.station import Bench, inspection_of, record, seen
from tests.ui.steps import press, scan
from toolroom_desktop.domain.custody import Asked, Procedures, WitnessFor
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.signing import GOOD_FOR
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.operation_input import Evidence
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.result.presenter import Page


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window()


@pytest.fixture
def marked(bench: Bench) -> Bench:
    """The station, whose tools are written down: 014-01 and so on in K-014, 015-01 and so on in K-015."""
    return bench


# --- what speaks against an issue


def test_what_blocks_an_issue_is_said_before_anybody_lays_tools_out(
    qtbot: QtBot, marked: Bench, window: MainWindow
) -> None:
    change(marked, "014-06", state=ToolState.UNSERVICEABLE)
    change(marked, "014-08", calibration_due=date(2020, 4, 1))
    begin(window, marked)
    screen = window.blocked_screen
    qtbot.waitUntil(lambda: window.current is screen)
    said = texts(screen)
    for words in (
        "K-014",
        "Pliers · 014-06",
        "unserviceable",
        "Adjustable wrench · 014-08",
        "2020-04-01",
        "shift lead",
    ):
        assert words in said
    assert too_small(screen, window.shell.theme.metrics.touch) == []
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current is window.home_screen
    qtbot.waitUntil(
        lambda: last_refusal(marked).get("reason") == "issue.calibration_expired" or bool(last_refusal(marked))
    )
    assert last_refusal(marked)["subject"] == "K-014"
    assert marked.app.operations.recent() == []


def test_a_shift_lead_signs_with_a_reason_and_the_kit_goes_out_without_what_is_not_fit(
    qtbot: QtBot, marked: Bench, window: MainWindow
) -> None:
    change(marked, "014-06", state=ToolState.UNSERVICEABLE)
    plan = begin(window, marked)
    screen = window.blocked_screen
    screen.bar.main.click()
    sign(qtbot, screen.panel, "DEMO-LEAD", "flight in an hour")
    qtbot.waitUntil(lambda: window.current is window.inspection_screen)
    overruled_plan = window.plan
    assert overruled_plan is not None
    assert (overruled_plan.operation_id, overruled_plan.open_blocks) == (plan.operation_id, ())
    frame = seen(plan.toolkit, missing=("pliers",))
    window.show_result(overruled_plan, Evidence(plain_picture(), inspection_of(marked.app, frame, plan.expected)))
    window.result_screen.bar.main.click()
    saved(qtbot, window)
    done = newest(marked)
    assert "pliers" not in done.custody
    [word] = done.overrides
    assert (word["badge"], word["reason"]) == ("DEMO-LEAD", "flight in an hour")
    assert "flight in an hour" in window.saved_screen.outcome
    assert last_refusal(marked) == {}, "nobody turned back"


def test_quality_and_the_shift_lead_sign_one_after_the_other(qtbot: QtBot, marked: Bench, window: MainWindow) -> None:
    record(marked.app, OperationType.CHECKOUT)
    record(marked.app, OperationType.CHECKIN, counts={"brace": Count.MISSING})
    begin(window, marked)
    screen = window.blocked_screen
    assert newest(marked).cases[0] in texts(screen)
    screen.bar.main.click()
    sign(qtbot, screen.panel, "DEMO-QA", "aircraft inspected, the brace is not in it")
    assert window.current is screen, "the shift lead has not signed yet"
    sign(qtbot, screen.panel, "DEMO-LEAD", "without the brace")
    qtbot.waitUntil(lambda: window.current is window.inspection_screen)


def test_nobody_signs_and_the_list_is_there_again(qtbot: QtBot, marked: Bench, window: MainWindow) -> None:
    change(marked, "014-06", state=ToolState.UNSERVICEABLE)
    begin(window, marked)
    screen = window.blocked_screen
    screen.bar.main.click()
    qtbot.waitUntil(screen.panel.isVisible)
    screen.panel.cancel_button.click()
    assert screen.bar.isVisible()
    assert "Pliers · 014-06" in texts(screen)


# --- a count that finds the kit incomplete


def test_an_incomplete_kit_stays_here_and_the_screen_says_so_before_and_after(
    qtbot: QtBot, marked: Bench, window: MainWindow
) -> None:
    to_result(window, marked, unsure=("brace",))
    screen = window.result_screen
    screen.presenter.answer(("brace", 1), Count.MISSING)
    assert (screen.banner.word, screen.banner.about) == ("NOT COMPLETE", "missing: Brace")
    assert "stays here" in screen.banner.hint
    assert "shift lead" in screen.banner.hint
    assert screen.issue_button.isVisible()
    screen.bar.main.click()
    saved(qtbot, window)
    done = newest(marked)
    assert (done.custody, marked.app.operations.held_by("DEMO-TECH")) == ({}, [])
    assert window.saved_screen.status == "Not issued"
    assert "stays in the toolroom" in window.saved_screen.outcome
    assert done.cases[0] in window.saved_screen.outcome


def test_a_shift_lead_lets_the_incomplete_kit_go_and_another_answer_asks_anew(
    qtbot: QtBot, marked: Bench, window: MainWindow
) -> None:
    to_result(window, marked, unsure=("brace", "pliers"))
    screen = window.result_screen
    screen.presenter.answer(("brace", 1), Count.MISSING)
    screen.presenter.answer(("pliers", 1), Count.FOUND)
    screen.issue_button.click()
    assert screen.presenter.page is Page.SIGN
    assert "missing: Brace" in texts(screen.panel)
    sign(qtbot, screen.panel, "DEMO-LEAD", "the brace is not needed")
    assert "signed by Гришин" in screen.banner.hint
    assert not screen.issue_button.isVisible()
    screen.presenter.answer(("pliers", 1), Count.MISSING)
    assert screen.issue_button.isVisible(), "whoever signed did not know of the pliers"
    screen.issue_button.click()
    sign(qtbot, screen.panel, "DEMO-LEAD", "nor are the pliers")
    screen.bar.main.click()
    saved(qtbot, window)
    done = newest(marked)
    assert done.final_status is Status.DISCREPANCY
    assert set(REFERENCE_TOOLKIT.expected) - set(done.custody) == {"brace", "pliers"}
    assert [word["reason"] for word in done.overrides] == ["nor are the pliers"]


def test_signatures_that_grew_old_are_asked_for_again_and_no_answer_is_lost(
    qtbot: QtBot, marked: Bench, window: MainWindow, clock: HandClock
) -> None:
    to_result(window, marked, unsure=("brace",))
    screen = window.result_screen
    screen.presenter.answer(("brace", 1), Count.MISSING)
    screen.issue_button.click()
    sign(qtbot, screen.panel, "DEMO-LEAD", "flight in an hour")
    clock.advance(GOOD_FOR.total_seconds() + 60)
    screen.bar.main.click()
    qtbot.waitUntil(lambda: "sign again" in screen.notice.sentence)
    assert screen.presenter.answers == {("brace", 1): Count.MISSING}
    assert screen.issue_button.isVisible()


def test_the_giver_signs_where_the_station_asks_for_it_but_not_for_a_kit_that_stays(
    qtbot: QtBot, marked: Bench, window: MainWindow
) -> None:
    set_procedures(window, Procedures(giver_signs=True))
    to_result(window, marked)
    screen = window.result_screen
    screen.bar.main.click()
    assert screen.presenter.page is Page.SIGN
    sign(qtbot, screen.panel, "DEMO-STORE")
    saved(qtbot, window)
    assert (newest(marked).giver_badge, newest(marked).giver_name) == ("DEMO-STORE", "Морозова Елена Викторовна")
    record(marked.app, OperationType.CHECKIN)
    to_result(window, marked, unsure=("brace",))
    screen.presenter.answer(("brace", 1), Count.MISSING)
    screen.bar.main.click()
    saved(qtbot, window)
    assert newest(marked).giver_badge == ""


def test_a_second_person_signs_the_count_and_it_is_not_the_one_who_counted(
    qtbot: QtBot, marked: Bench, window: MainWindow
) -> None:
    set_procedures(window, Procedures(witness=WitnessFor.ALL))
    to_result(window, marked, unsure=("brace",))
    screen = window.result_screen
    screen.presenter.answer(("brace", 1), Count.FOUND)
    screen.bar.main.click()
    qtbot.waitUntil(screen.panel.isVisible)
    screen.panel.scanned("DEMO-TECH")
    qtbot.waitUntil(lambda: bool(screen.panel.notice.sentence))
    sign(qtbot, screen.panel, "DEMO-STORE")
    saved(qtbot, window)
    assert newest(marked).witness_badge == "DEMO-STORE"


# --- details


def test_what_is_optional_costs_no_touch(qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
    to_result(window, bench)
    screen = window.result_screen
    assert screen.strip.isVisible()
    press(qtbot, window, Qt.Key.Key_Return)
    saved(qtbot, window)
    assert (newest(bench).work_order, newest(bench).aircraft, newest(bench).expected_return) == ("", "", None)


def test_what_the_station_does_not_ask_for_is_not_on_the_screen(bench: Bench, window: MainWindow) -> None:
    set_procedures(window, Procedures(work_order=Asked.NO, aircraft=Asked.NO, expected_return=Asked.NO))
    to_result(window, bench)
    assert not window.result_screen.strip.isVisible()
    set_procedures(window, Procedures())
    record(bench.app, OperationType.CHECKOUT)
    to_result(window, bench, OperationType.CHECKIN)
    assert not window.result_screen.strip.isVisible(), "a return asks for nothing of that"


def test_what_is_required_is_asked_for_at_the_confirmation_and_scanned_into_its_field(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    set_procedures(window, Procedures(work_order=Asked.REQUIRED, aircraft=Asked.REQUIRED))
    to_result(window, bench)
    screen = window.result_screen
    screen.bar.main.click()
    page = screen.details_page
    assert page.isVisible()
    assert not screen.bar.main.isEnabled()
    qtbot.waitUntil(page.fields["work_order"].hasFocus)
    scan(window, "WO-2026-118")
    assert page.fields["work_order"].text() == "WO-2026-118"
    page.fields["aircraft"].setFocus()
    scan(window, "RA-89001")
    assert (page.fields["work_order"].text(), page.fields["aircraft"].text()) == ("WO-2026-118", "RA-89001")
    assert screen.bar.main.isEnabled()
    press(qtbot, window, Qt.Key.Key_Return)
    saved(qtbot, window)
    assert (newest(bench).work_order, newest(bench).aircraft) == ("WO-2026-118", "RA-89001")


def test_the_time_of_return_is_one_touch_or_typed(
    qtbot: QtBot, bench: Bench, window: MainWindow, clock: HandClock
) -> None:
    to_result(window, bench)
    screen, page = window.result_screen, window.result_screen.details_page
    screen.strip.buttons["expected_return"].click()
    assert too_small(page, window.shell.theme.metrics.touch) == []
    page.hour_buttons[4].click()
    assert screen.presenter.details.expected_return == clock.now().replace(second=0, microsecond=0) + timedelta(hours=4)
    page.fields["expected_return"].setText("half past six")
    assert "This is no time" in page.problem
    assert not screen.bar.main.isEnabled()
    page.fields["expected_return"].setText("2031-12-05 18:30")
    assert page.problem == ""
    screen.bar.main.click()
    assert "2031-12-05" in screen.strip.buttons["expected_return"].text()
    screen.bar.main.click()
    saved(qtbot, window)
    due = newest(bench).expected_return
    assert due is not None
    assert (due.year, due.month, due.day) == (2031, 12, 5)


def test_details_stay_when_somebody_looks_at_the_table_once_more(bench: Bench, window: MainWindow) -> None:
    plan = to_result(window, bench)
    screen = window.result_screen
    screen.presenter.show_details()
    screen.details_page.fields["work_order"].setText("WO-7")
    screen.bar.back.click()
    screen.bar.back.click()
    assert window.current is window.inspection_screen
    frame = seen(plan.toolkit)
    window.show_result(plan, Evidence(plain_picture(), inspection_of(bench.app, frame, plan.expected)))
    assert "WO-7" in screen.strip.buttons["work_order"].text()
