"""Single tools of a count, returns in parts, counts that are given later, and corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock, plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.custody import (
    change,
    newest,
    open_history,
    owing,
    saved,
    texts,
    to_result,
)
from tests.ui.station import Bench, inspection_of, overruled, record, seen
from tests.ui.steps import press, scan, sign_in, type_slowly
from toolroom_desktop.domain.cases import CaseKind
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.widgets.marks import MarkKind


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window()


@pytest.fixture
def marked(bench: Bench) -> Bench:
    """The station, whose tools are written down: 014-01 and so on in K-014, 015-01 and so on in K-015."""
    return bench


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
