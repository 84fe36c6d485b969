"""At the counter: what blocks an issue, who overrules it, what is asked for, and what a return leaves out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock, plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.looking import too_small
from tests.ui.station import Bench, inspection_of, overruled, record, seen
from tests.ui.steps import press, scan, sign_in, type_slowly
from toolroom_desktop.domain.cases import CaseKind
from toolroom_desktop.domain.custody import Asked, Procedures, WitnessFor
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.signing import GOOD_FOR, Purpose
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.demo import DEMO_PIN, REFERENCE_TOOLKIT
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.result.presenter import Page
from toolroom_desktop.ui.shell import Place
from toolroom_desktop.ui.widgets.marks import MarkKind
from toolroom_desktop.ui.widgets.signature_panel import SignaturePanel
from toolroom_desktop.ui.widgets.signature_presenter import SigningStep


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window()


@pytest.fixture
def marked(bench: Bench) -> Bench:
    """The station, whose tools are written down: 014-01 and so on in K-014, 015-01 and so on in K-015."""
    return bench


def change(bench: Bench, marking: str, **what: object) -> None:
    """Something about a tool is otherwise from now on."""
    bench.app.database.write(
        lambda uow: uow.tools.save(replace(uow.tools.by_marking(marking)[0], **what))  # type: ignore[arg-type]
    )


def texts(screen: QWidget) -> str:
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def begin(
    window: MainWindow,
    bench: Bench,
    type_: OperationType = OperationType.CHECKOUT,
    kit: str = "K-014",
    badge: str = "DEMO-TECH",
) -> Plan:
    sign_in(window, bench.app, badge)
    plan = bench.app.operations.plan(badge=badge, type_=type_, kit=kit)
    window.show_inspection(plan)
    return plan


def to_result(
    window: MainWindow,
    bench: Bench,
    type_: OperationType = OperationType.CHECKOUT,
    *,
    badge: str = "DEMO-TECH",
    missing: tuple[str, ...] = (),
    unsure: tuple[str, ...] = (),
) -> Plan:
    """Somebody has come to the result of an inspection that saw this."""
    sign_in(window, bench.app, badge)
    plan = bench.app.operations.plan(badge=badge, type_=type_, kit="K-014")
    frame = seen(plan.toolkit, missing=missing, unsure=unsure)
    window.show_result(plan, Evidence(plain_picture(), inspection_of(bench.app, frame, plan.expected)))
    return plan


def set_procedures(window: MainWindow, procedures: Procedures) -> None:
    app = window.shell.app
    window.shell.app = replace(app, operations=replace(app.operations, procedures=procedures))


def sign(qtbot: QtBot, panel: SignaturePanel, badge: str, reason: str = "") -> None:
    """Somebody gives the reason where one is asked for, the badge, and the PIN."""
    qtbot.waitUntil(panel.isVisible)
    if reason:
        type_slowly(qtbot, panel.reason_field, reason)
        panel.main_button.click()
    qtbot.waitUntil(lambda: panel.presenter.step is SigningStep.BADGE)
    assert panel.scanned(badge)
    qtbot.waitUntil(lambda: panel.presenter.step is SigningStep.PIN)
    panel.pin_field.setText(DEMO_PIN)
    panel.main_button.click()
    qtbot.waitUntil(lambda: not panel.presenter.busy, timeout=10_000)


def newest(bench: Bench) -> Operation:
    return bench.app.operations.recent(limit=1)[0]


def saved(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.current is window.saved_screen, timeout=10_000)


def last_refusal(bench: Bench) -> dict[str, object]:
    entries = bench.app.database.read(lambda uow: [e for e in uow.journal.entries() if e.kind == "refused"])
    return dict(entries[-1].payload) if entries else {}


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


# --- single tools


def test_the_marking_of_a_recorded_tool_stands_on_its_row(marked: Bench, window: MainWindow) -> None:
    to_result(window, marked, unsure=("brace",))
    assert window.result_screen.rows["brace", 1].note.endswith("marking 014-04")


def test_a_scan_finds_the_position_of_the_tool(qtbot: QtBot, marked: Bench, window: MainWindow) -> None:
    to_result(window, marked, unsure=("brace", "pliers"))
    screen = window.result_screen
    scan(window, "no-such")
    qtbot.waitUntil(lambda: "no-such" in screen.notice.sentence)
    assert screen.presenter.answers == {}
    screen.presenter.open(None)
    screen.presenter.remarks.clear()
    screen.presenter.doubted.clear()
    scan(window, "014-06")
    assert screen.presenter.answers == {("pliers", 1): Count.FOUND}
    assert screen.rows["pliers", 1].said == "read: 014-06"
    screen.scanned("014-06")
    assert "already" in screen.notice.sentence


def test_a_tool_of_another_kit_is_named_and_must_be_answered(qtbot: QtBot, marked: Bench, window: MainWindow) -> None:
    to_result(window, marked)
    screen = window.result_screen
    assert screen.bar.main.isEnabled()
    screen.scanned("015-06")
    qtbot.waitUntil(lambda: bool(screen.notice.sentence))
    assert "belongs to kit K-015" in screen.notice.sentence
    row = screen.rows["pliers", 1]
    assert row.is_open
    assert not screen.bar.main.isEnabled(), "recognition's word no longer stands"
    wrong = row.buttons[4]
    assert wrong.text() == "wrong one"
    QTest.mouseClick(wrong, Qt.MouseButton.LeftButton)
    assert screen.notice.sentence == ""
    screen.bar.main.click()
    saved(qtbot, window)
    [word] = [c for c in newest(marked).counted if c.by_hand]
    assert (word.tool_class, word.count, word.marking) == ("pliers", Count.WRONG, "015-06")
    [case] = marked.app.database.read(lambda uow: uow.cases.open("K-014"))
    assert (case.kind, case.marking) == (CaseKind.WRONG_TOOL, "014-06")


def test_a_note_and_a_photo_of_one_tool_are_kept_with_it(qtbot: QtBot, marked: Bench, window: MainWindow) -> None:
    to_result(window, marked, unsure=("brace",))
    screen, page = window.result_screen, window.result_screen.remark_page
    more = screen.rows["brace", 1].more_button
    assert more is not None
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert page.isVisible()
    marked.camera.show(140)
    qtbot.waitUntil(page.take_button.isEnabled)
    page.take_button.click()
    qtbot.waitUntil(lambda: page.remark.photo is not None)
    type_slowly(qtbot, page.note_field, "handle cracked")
    assert page.scanned("014-04")
    screen.bar.main.click()
    assert screen.rows["brace", 1].said == "read: 014-04 · handle cracked · photo"
    screen.presenter.answer(("brace", 1), Count.DAMAGED)
    screen.bar.main.click()
    saved(qtbot, window)
    [word] = [c for c in newest(marked).counted if c.by_hand]
    assert (word.marking, word.note) == ("014-04", "handle cracked")
    assert marked.app.operations.photo(word.photo).startswith(b"\xff\xd8")


def test_without_a_picture_there_is_nothing_to_take_and_it_is_said(
    qtbot: QtBot, marked: Bench, window: MainWindow
) -> None:
    to_result(window, marked, unsure=("brace",))
    page = window.result_screen.remark_page
    window.result_screen.presenter.show_remark(("brace", 1))
    marked.camera.lose()
    qtbot.waitUntil(lambda: "no picture" in page.picture.sentence)
    assert not page.take_button.isEnabled()


# --- returns


def test_a_return_marks_what_went_out_and_is_not_there_now(qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
    record(bench.app, OperationType.CHECKOUT)
    to_result(window, bench, OperationType.CHECKIN, missing=("brace",))
    screen = window.result_screen
    qtbot.waitUntil(lambda: screen.checkout_photo.image is not None)

    def gone() -> list[object]:
        return [mark.key for mark in screen.checkout_photo.marks if mark.kind is MarkKind.GONE]

    assert gone() == [("brace", 1)]
    screen.presenter.answer(("brace", 1), Count.FOUND)
    assert gone() == [], "a person found it"
    screen.presenter.answer(("pliers", 1), Count.MISSING)
    assert gone() == [("pliers", 1)]


def test_what_stays_out_stays_with_its_holder_and_the_next_return_asks_for_it(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    issue = record(bench.app, OperationType.CHECKOUT)
    to_result(window, bench, OperationType.CHECKIN, badge="DEMO-STORE", unsure=("brace",))
    screen = window.result_screen
    assert "Соколов" in screen.holder.text()
    assert "Морозова" in screen.holder.text()
    screen.presenter.answer(("brace", 1), Count.KEPT)
    assert screen.banner.word == "IN PART"
    assert "Соколов" in screen.banner.hint
    screen.bar.main.click()
    saved(qtbot, window)
    assert window.saved_screen.status == "In part"
    assert "Brace" in window.saved_screen.outcome
    assert "Соколов" in window.saved_screen.outcome
    [held] = bench.app.operations.held_by("DEMO-TECH")
    assert dict(held.custody) == {"brace": 1}
    plan = to_result(window, bench, OperationType.CHECKIN)
    assert dict(plan.expected) == {"brace": 1}
    assert plan.issue == issue
    assert screen.holder.text() == ""
    assert not any("Not in the kit" in text for text in texts(screen).splitlines()), "it came back, it was not missing"


def test_a_holder_who_returns_their_own_kit_reads_nothing_about_it(bench: Bench, window: MainWindow) -> None:
    record(bench.app, OperationType.CHECKOUT)
    to_result(window, bench, OperationType.CHECKIN)
    assert not window.result_screen.holder.isVisible()


# --- counting later, and correcting


def owing(bench: Bench) -> Operation:
    """A checkout that was recorded from the command line, with its count owed."""
    plan = bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014")
    frame = seen(plan.toolkit, unsure=("brace",))
    evidence = Evidence(plain_picture(), inspection_of(bench.app, frame, plan.expected))
    return bench.app.operations.record(plan, evidence, Confirmation({}, count_later=True))


def open_history(qtbot: QtBot, window: MainWindow, operation: Operation) -> None:
    window.go(Place.HISTORY, str(operation.operation_id))
    shown: Callable[[], bool] = lambda: (  # noqa: E731
        window.history_screen.detail.operation is not None
        and window.history_screen.detail.operation.operation_id == operation.operation_id
    )
    qtbot.waitUntil(shown)


def test_a_count_that_is_owed_is_given_from_the_history(qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
    owed = owing(bench)
    sign_in(window, bench.app, "DEMO-STORE")
    open_history(qtbot, window, owed)
    main = window.history_screen.main_button
    assert main is not None
    assert main.isVisible()
    main.click()
    screen = window.result_screen
    qtbot.waitUntil(lambda: window.current is screen)
    qtbot.waitUntil(lambda: screen.photo.image is not None)
    assert [key for key, row in screen.rows.items() if row.isVisible()] == [("brace", 1)]
    screen.presenter.answer(("brace", 1), Count.FOUND)
    screen.bar.main.click()
    saved(qtbot, window)
    done = bench.app.operations.by_id(str(owed.operation_id))
    assert (done.count_owed, done.final_status) == (False, Status.SUCCESS)
    assert done.later[0]["by"]["badge"] == "DEMO-STORE"
    open_history(qtbot, window, owed)
    assert not main.isVisible()
    assert "Counted later" in window.history_screen.detail.facts


def test_quality_is_not_offered_to_count_nor_a_technician_to_correct(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    owed = owing(bench)
    history = window.history_screen
    for badge, counts, corrects in (("DEMO-QA", False, False), ("DEMO-TECH", True, False), ("DEMO-LEAD", True, True)):
        sign_in(window, bench.app, badge)
        open_history(qtbot, window, owed)
        assert history.main_button is not None
        assert (history.main_button.isVisible(), history.correct_button.isVisible()) == (counts, corrects)


def test_a_correction_needs_its_reason_and_is_shown_beside_what_was_recorded(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    done = record(bench.app, OperationType.CHECKOUT)
    sign_in(window, bench.app, "DEMO-STORE")
    open_history(qtbot, window, done)
    history = window.history_screen
    history.correct_button.click()
    page = history.correct_page
    assert page.isVisible()
    page.aircraft.setText("RA-89010")
    assert history.main_button is not None
    assert not history.main_button.isEnabled()
    page.reason.setText("misread")
    page.due.setText("some day")
    history.main_button.click()
    assert "This is no time" in page.problem
    page.due.clear()
    history.main_button.click()
    qtbot.waitUntil(lambda: not page.isVisible())
    facts = history.detail.facts
    assert "Aircraft: RA-89010" in facts
    assert "misread" in facts
    assert "— → RA-89010" in facts
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current is window.home_screen


def test_the_history_says_who_signed_what_for_and_what_followed(
    qtbot: QtBot, marked: Bench, window: MainWindow, clock: HandClock
) -> None:
    change(marked, "014-06", state=ToolState.UNSERVICEABLE)
    plan = marked.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014")
    plan = replace(plan, signed={Purpose.OVERRIDE: overruled(marked.app, plan, "DEMO-LEAD")})
    frame = seen(plan.toolkit, missing=("pliers",))
    done = marked.app.operations.record(
        plan,
        Evidence(plain_picture(), inspection_of(marked.app, frame, plan.expected)),
        Confirmation({}, work_order="WO-1", aircraft="RA-89001", expected_return=clock.now() + timedelta(hours=5)),
    )
    sign_in(window, marked.app)
    open_history(qtbot, window, done)
    facts = window.history_screen.detail.facts
    for words in ("WO-1", "RA-89001", "Back by", "needed for AOG", "Гришин", "014-06: unserviceable"):
        assert words in facts
