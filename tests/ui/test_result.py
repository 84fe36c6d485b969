"""Counting by hand and confirming: what is asked, what follows from it, and that nothing is lost or done twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.looking import too_small
from tests.ui.station import SCREWDRIVERS, Bench, inspection_of, record, seen
from tests.ui.steps import press, scan, sign_in, type_slowly
from toolroom_desktop.adapters.vision.painter import JpegPainter
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan
from toolroom_desktop.services.vision_ports import Picture
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.result.presenter import MOST_NOTE_CHARACTERS
from toolroom_desktop.ui.shell import Place

TWO_UNSURE = ("screwdriver_minus", "screwdriver_plus")


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window()


def to_result(
    window: MainWindow,
    bench: Bench,
    type_: OperationType = OperationType.CHECKOUT,
    *,
    missing: tuple[str, ...] = (),
    unsure: tuple[str, ...] = (),
    extra: tuple[str, ...] = (),
    settled: bool = True,
) -> tuple[Plan, Evidence]:
    """Somebody has come to the result of an inspection that saw this."""
    sign_in(window, bench.app)
    plan = bench.app.operations.plan(badge="DEMO-TECH", type_=type_, kit="K-014")
    frame = seen(plan.toolkit, missing=missing, unsure=unsure, extra=extra)
    evidence = Evidence(plain_picture(), inspection_of(bench.app, frame, plan.expected), settled)
    window.show_result(plan, evidence)
    return plan, evidence


def saved(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.current is window.saved_screen)


def test_a_complete_kit_is_confirmed_with_one_key(qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
    to_result(window, bench)
    screen = window.result_screen
    assert (screen.banner.word, screen.banner.judgement) == ("KIT COMPLETE", "ok")
    assert screen.why.text() == ""
    press(qtbot, window, Qt.Key.Key_Return)
    saved(qtbot, window)
    [operation] = bench.app.operations.recent()
    assert (operation.final_status, operation.counted) == (Status.SUCCESS, ())


def test_the_line_about_look_alikes_stays_until_the_last_of_them_is_answered(bench: Bench, window: MainWindow) -> None:
    bench.confuse(SCREWDRIVERS)
    to_result(window, bench, unsure=("pliers",))
    screen = window.result_screen
    line = "Look-alikes: Slotted / Cross / Offset cross screwdriver: look at the tips"
    assert screen.rows["screwdriver_plus", 1].note == "looks like Slotted / Offset cross · 96 % · marking 014-02"
    for tool_class in ("screwdriver_minus", "screwdriver_plus", "screwdriver_offset_cross"):
        assert screen.banner.hint == line
        screen.presenter.answer((tool_class, 1), Count.FOUND)
    assert screen.banner.word == "3 of 4"
    assert screen.banner.hint == "", "what is left to answer is no look-alike"


def test_only_the_tools_that_look_alike_are_asked_for_and_each_needs_an_answer(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    to_result(window, bench, unsure=TWO_UNSURE)
    screen = window.result_screen
    visible = [key for key, row in screen.rows.items() if row.isVisible()]
    assert visible == [(name, 1) for name in TWO_UNSURE]
    assert not screen.bar.main.isEnabled()
    assert screen.why.text() == "Answers left: 2"
    first, second = (screen.rows[key] for key in visible)
    assert [row.is_open for row in (first, second)] == [True, False]
    QTest.mouseClick(first.buttons[0], Qt.MouseButton.LeftButton)
    assert first.answer == "there"
    assert [row.is_open for row in (first, second)] == [False, True]
    assert screen.why.text() == "Answers left: 1"
    QTest.mouseClick(second.buttons[2], Qt.MouseButton.LeftButton)
    assert (screen.banner.word, screen.banner.judgement) == ("DISCREPANCY", "look")
    assert screen.banner.about == "damaged: Cross screwdriver"
    screen.bar.main.click()
    saved(qtbot, window)
    [operation] = bench.app.operations.recent()
    by_hand = {c.tool_class: c.count for c in operation.counted if c.by_hand}
    assert by_hand == {"screwdriver_minus": Count.FOUND, "screwdriver_plus": Count.DAMAGED}
    assert (operation.status, operation.final_status) == (Status.MANUAL_CHECK, Status.DISCREPANCY)


def test_the_whole_count_can_be_given_with_the_keyboard(qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
    to_result(window, bench, unsure=TWO_UNSURE)
    screen = window.result_screen
    press(qtbot, window, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: screen.presenter.answered == 1)
    press(qtbot, window, Qt.Key.Key_Up)
    assert screen.presenter.current == ("screwdriver_minus", 1)
    press(qtbot, window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: screen.presenter.answers.get(("screwdriver_minus", 1)) is Count.FOUND)
    press(qtbot, window, Qt.Key.Key_1)
    qtbot.waitUntil(screen.bar.main.isEnabled)
    press(qtbot, window, Qt.Key.Key_Return)
    saved(qtbot, window)
    assert bench.app.operations.recent()[0].final_status is Status.SUCCESS


def test_a_badge_full_of_digits_answers_nothing_and_confirms_nothing(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    to_result(window, bench, unsure=TWO_UNSURE)
    screen = window.result_screen
    scan(window, "1212")
    qtbot.wait(150)
    assert screen.presenter.answers == {}
    assert window.current is screen


@pytest.mark.parametrize(
    ("answer", "word", "judgement"),
    [
        (Count.FOUND, "KIT COMPLETE", "ok"),
        (Count.MISSING, "NOT COMPLETE", "bad"),
        (Count.WRONG, "NOT COMPLETE", "bad"),
        (Count.DAMAGED, "DISCREPANCY", "look"),
        (Count.PIECE_MISSING, "NOT COMPLETE", "bad"),
    ],
)
def test_the_outcome_is_said_in_words_as_soon_as_the_last_answer_is_given(
    bench: Bench, window: MainWindow, answer: Count, word: str, judgement: str
) -> None:
    to_result(window, bench, unsure=("pliers",))
    screen = window.result_screen
    assert (screen.banner.word, screen.banner.judgement) == ("0 of 1", "")
    screen.presenter.answer(("pliers", 1), answer)
    assert (screen.banner.word, screen.banner.judgement) == (word, judgement)
    assert ("Pliers" in screen.banner.about) == (answer is not Count.FOUND)


def test_only_a_return_offers_that_a_tool_stays_out(bench: Bench, window: MainWindow) -> None:
    to_result(window, bench, unsure=("pliers",))
    words = [made.text() for made in window.result_screen.rows["pliers", 1].buttons]
    assert words == ["there", "missing", "damaged", "piece missing", "wrong one"]
    record(bench.app, OperationType.CHECKOUT)
    to_result(window, bench, OperationType.CHECKIN, unsure=("pliers",))
    row = window.result_screen.rows["pliers", 1]
    assert row.buttons[-1].text() == "stays out"
    assert too_small(row, window.shell.theme.metrics.touch) == []
    QTest.mouseClick(row.buttons[-1], Qt.MouseButton.LeftButton)
    banner = window.result_screen.banner
    assert (banner.word, banner.judgement, banner.about) == ("IN PART", "look", "stays out: Pliers")


def test_the_extras_question_is_owed_and_what_remains_is_a_discrepancy(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    to_result(window, bench, extra=("brace",))
    screen = window.result_screen
    screen.presenter.answer(("brace", 1), Count.FOUND)
    assert not screen.bar.main.isEnabled()
    question = screen.extras_row
    assert question is not None
    assert question.is_open
    QTest.mouseClick(question.buttons[0], Qt.MouseButton.LeftButton)
    assert (screen.banner.word, screen.banner.about) == ("DISCREPANCY", "extra: Brace")
    # The question can be opened and answered otherwise.
    screen.questions.open_extras()
    QTest.mouseClick(question.buttons[1], Qt.MouseButton.LeftButton)
    assert screen.banner.word == "KIT COMPLETE"
    screen.bar.main.click()
    saved(qtbot, window)
    assert bench.app.operations.recent()[0].final_status is Status.SUCCESS


def test_what_the_station_saw_can_be_overruled(qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
    to_result(window, bench)
    screen = window.result_screen
    row = screen.rows["brace", 1]
    assert not row.isVisible()
    screen.seen_button.click()
    assert row.isVisible()
    screen.questions.open(("brace", 1))
    qtbot.waitUntil(lambda: row.buttons[1].height() >= window.shell.theme.metrics.touch)
    QTest.mouseClick(row.buttons[1], Qt.MouseButton.LeftButton)
    assert screen.banner.word == "NOT COMPLETE"
    screen.bar.main.click()
    saved(qtbot, window)
    counted = {c.tool_class: c.count for c in bench.app.operations.recent()[0].counted}
    assert counted["brace"] is Count.MISSING


def test_a_checkin_shows_both_photos_and_what_was_there_at_the_checkout(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    record(bench.app, OperationType.CHECKOUT, counts={"brace": Count.MISSING}, overruled_by="DEMO-LEAD")
    to_result(window, bench, OperationType.CHECKIN, missing=("brace", "side_cutters"))
    screen = window.result_screen
    qtbot.waitUntil(lambda: screen.checkout_photo.image is not None)
    assert screen.checkout_photo.isVisible()
    assert screen.photo.isVisible()
    assert screen.rows["side_cutters", 1].note == "there at checkout, not seen now · marking 014-11"
    # Nobody is asked again for what did not leave the toolroom.
    assert ("brace", 1) not in screen.rows
    assert any("Brace" in text for text in texts_of(screen.list)), "the tool that was missing already is not named"
    QTest.mouseClick(screen.photo, Qt.MouseButton.LeftButton)
    assert not screen.checkout_photo.isVisible()
    QTest.mouseClick(screen.photo, Qt.MouseButton.LeftButton)
    assert screen.checkout_photo.isVisible()


def test_a_checkout_shows_one_photo(bench: Bench, window: MainWindow) -> None:
    to_result(window, bench)
    screen = window.result_screen
    assert screen.photo.isVisible()
    assert not screen.checkout_photo.isVisible()
    assert len(screen.photo.marks) == REFERENCE_TOOLKIT.tool_count


@pytest.mark.parametrize("content", [None, b"not a picture"])
def test_a_checkout_photo_that_is_gone_or_damaged_is_said_and_the_checkin_goes_on(
    qtbot: QtBot, bench: Bench, window: MainWindow, content: bytes | None
) -> None:
    operation = record(bench.app, OperationType.CHECKOUT)
    photo = bench.app.operations.evidence.path(operation.photos.clean)
    spoil(photo, content)
    to_result(window, bench, OperationType.CHECKIN)
    screen = window.result_screen
    qtbot.waitUntil(lambda: "photo" in screen.checkout_photo.sentence and str(photo) in screen.checkout_photo.sentence)
    assert screen.bar.main.isEnabled()


def test_a_record_that_is_refused_keeps_every_answer_and_can_be_tried_again(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    to_result(window, bench, unsure=("pliers",))
    screen = window.result_screen
    type_slowly(qtbot, screen.note.field, "scratch on the handle")
    screen.presenter.answer(("pliers", 1), Count.DAMAGED)
    record(bench.app, OperationType.CHECKOUT, badge="DEMO-STORE")  # somebody was quicker
    screen.bar.main.click()
    qtbot.waitUntil(lambda: bool(screen.notice.sentence))
    assert "already out" in screen.notice.sentence
    assert window.current is screen
    assert screen.presenter.answers == {("pliers", 1): Count.DAMAGED}
    assert screen.rows["pliers", 1].answer == "damaged"
    assert screen.note.field.toPlainText() == "scratch on the handle"
    record(bench.app, OperationType.CHECKIN, badge="DEMO-STORE")
    assert screen.bar.main.isEnabled()
    screen.bar.main.click()
    saved(qtbot, window)
    newest = bench.app.operations.recent()[0]
    assert (newest.note, newest.person_badge) == ("scratch on the handle", "DEMO-TECH")


class CountingPainter(JpegPainter):
    """Counts the attempts to record: each begins with the photo as it was."""

    attempts = 0

    def clean(self, picture: Picture) -> bytes:
        self.attempts += 1
        return super().clean(picture)


def test_confirming_twice_records_once(qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
    painter = CountingPainter()
    window.shell.app = replace(bench.app, operations=replace(bench.app.operations, painter=painter))
    to_result(window, bench)
    screen = window.result_screen
    screen.bar.main.click()
    assert screen.bar.main.text() == "Saving…"
    assert not screen.bar.main.isEnabled()
    assert not screen.bar.back.isEnabled()
    screen.presenter.confirm()
    screen.presenter.answer(("brace", 1), Count.MISSING)
    assert screen.presenter.answers == {}
    saved(qtbot, window)
    qtbot.waitUntil(lambda: not window.work.busy)
    assert len(bench.app.operations.recent()) == 1
    assert painter.attempts == 1


def test_answers_stay_only_for_the_very_same_picture(bench: Bench, window: MainWindow) -> None:
    plan, evidence = to_result(window, bench, unsure=TWO_UNSURE)
    screen = window.result_screen
    screen.presenter.answer(("screwdriver_minus", 1), Count.FOUND)
    screen.note.field.setPlainText("a note")
    window.go(Place.HISTORY)
    window.show_result(plan, evidence)
    assert screen.presenter.answered == 1
    assert screen.note.field.toPlainText() == "a note"
    window.show_result(plan, Evidence(plain_picture(), evidence.inspection))
    assert screen.presenter.answered == 0
    assert screen.note.field.toPlainText() == ""


def test_esc_goes_back_to_the_table(qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
    plan, _ = to_result(window, bench, unsure=("pliers",))
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current is window.inspection_screen
    assert window.inspection_screen.presenter.plan is plan


def test_cancelling_throws_answers_away_only_when_asked_twice_and_records_nothing(
    bench: Bench, window: MainWindow
) -> None:
    to_result(window, bench, unsure=TWO_UNSURE)
    screen = window.result_screen
    screen.presenter.answer(("screwdriver_minus", 1), Count.FOUND)
    screen.cancel_button.click()
    assert screen.cancel_button.text() == "Discard the answers?"
    shown_meanwhile = window.current
    screen.cancel_button.click()
    assert (shown_meanwhile, window.current) == (screen, window.home_screen)
    assert bench.app.operations.recent() == []
    assert not list(bench.folder.rglob("*.jpg"))


def test_cancelling_before_anything_was_entered_needs_one_touch(bench: Bench, window: MainWindow) -> None:
    to_result(window, bench, unsure=TWO_UNSURE)
    window.result_screen.cancel_button.click()
    assert window.current is window.home_screen


def test_a_note_ends_at_its_limit_and_counts_only_near_it(bench: Bench, window: MainWindow) -> None:
    to_result(window, bench)
    note = window.result_screen.note
    note.field.setPlainText("ж" * 100)
    assert note.counter == ""
    note.field.setPlainText("ж" * 450)
    assert note.counter == "450 of 500 characters"
    note.field.setPlainText("ж" * 600)
    assert len(note.field.toPlainText()) == MOST_NOTE_CHARACTERS
    assert window.result_screen.presenter.note == "ж" * MOST_NOTE_CHARACTERS


def test_enter_in_the_note_confirms_and_digits_in_it_are_text(qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
    to_result(window, bench)
    screen = window.result_screen
    type_slowly(qtbot, screen.note.field, "2 of 3")
    QTest.keyClick(screen.note.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, 80)
    assert screen.note.field.toPlainText() == "2 of 3\n"
    press(qtbot, window, Qt.Key.Key_Return)
    saved(qtbot, window)
    [operation] = bench.app.operations.recent()
    assert (operation.note, operation.counted) == ("2 of 3", ())


def test_a_decision_that_did_not_stand_is_recorded_only_with_a_word_on_every_tool(
    bench: Bench, window: MainWindow
) -> None:
    plan, evidence = to_result(window, bench, settled=False)
    assert evidence.inspection.status is Status.SUCCESS
    assert window.result_screen.presenter.questions == REFERENCE_TOOLKIT.tool_count
    with pytest.raises(BadInput) as refusal:
        bench.app.operations.record(plan, evidence, Confirmation({("brace", 1): Count.FOUND}))
    assert refusal.value.code == "operation.count_owed"
    assert refusal.value.details["count"] == REFERENCE_TOOLKIT.tool_count - 1
    assert bench.app.operations.recent() == []


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_a_gloved_finger_meets_every_answer_and_no_word_is_cut(
    qtbot: QtBot, bench: Bench, open_window: OpenWindow, language: str, size: tuple[int, int]
) -> None:
    record(bench.app, OperationType.CHECKOUT)
    window = open_window(language)
    window.resize(*size)
    metrics = window.shell.theme.metrics
    to_result(window, bench, OperationType.CHECKIN, unsure=TWO_UNSURE, extra=("brace",))
    screen = window.result_screen
    screen.seen_button.click()
    qtbot.waitUntil(lambda: too_small(screen, metrics.touch) == [])
    for row in screen.rows.values():
        if row.isVisible():
            assert row.height() >= metrics.touch
    screen.presenter.open(("screwdriver_minus", 1))
    for answer in screen.rows["screwdriver_minus", 1].buttons:
        assert answer.words_width() <= answer.width() - 4, answer.text()
    window.use_language("en" if language == "ru" else "ru")
    assert screen.rows["screwdriver_minus", 1].is_open


def texts_of(parent: QWidget) -> list[str]:
    return [made.text() for made in parent.findChildren(QLabel) if made.isVisibleTo(parent)]


def spoil(photo: Path, content: bytes | None) -> None:
    """Take a stored photo away, or exchange it."""
    photo.chmod(0o600)
    if content is None:
        photo.unlink()
    else:
        photo.write_bytes(content)
