"""One operation in full: its photos to look into, every tool, who signed, the journal's entry and its proof."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, record, seen
from tests.ui.steps import press, sign_in
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.history.bar import Stage
from toolroom_desktop.ui.screens.history.detail import OperationDetail
from toolroom_desktop.ui.shell import Place
from toolroom_desktop.ui.widgets.marks import MarkKind
from toolroom_desktop.ui.widgets.zoom_photo import ZoomPhoto


def open_operation(
    qtbot: QtBot, window: MainWindow, bench: Bench, operation: Operation, badge: str = "DEMO-LEAD"
) -> OperationDetail:
    sign_in(window, bench.app, badge)
    window.go(Place.HISTORY, str(operation.operation_id))
    qtbot.waitUntil(lambda: not window.work.busy)
    return window.history_screen.detail


def said(detail: OperationDetail) -> str:
    return "\n".join(text.text() for text in detail.findChildren(QLabel) if text.isVisibleTo(detail))


def link(detail: OperationDetail, title: str) -> None:
    next(row for row in detail.links if row.accessibleName().startswith(title)).click()


def test_a_return_and_its_checkout_are_shown_side_by_side_with_boxes_over_the_clean_photos(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    out = record(bench.app, OperationType.CHECKOUT)
    back = record(bench.app, OperationType.CHECKIN, frame=seen(REFERENCE_TOOLKIT, unsure=("brace",), extra=("pliers",)))
    for annotated in (out.photos.annotated, back.photos.annotated):
        bench.app.operations.evidence.path(annotated).unlink()
    detail = open_operation(qtbot, open_window(), bench, back)
    assert detail.photo.has_picture
    assert detail.other_photo.isVisible()
    assert detail.other_photo.has_picture
    kinds = [mark.kind for mark in detail.photo.marks]
    assert kinds.count(MarkKind.UNSURE) == 1
    assert kinds.count(MarkKind.EXTRA) == 1
    assert {mark.kind for mark in detail.other_photo.marks} == {MarkKind.COMPLETE}
    detail.marks_button.click()
    assert detail.photo.marks == detail.other_photo.marks == ()


def test_a_checkout_that_nobody_brought_back_stands_alone(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    detail = open_operation(qtbot, open_window(), bench, record(bench.app, OperationType.CHECKOUT))
    assert detail.photo.has_picture
    assert not detail.other_photo.isVisible()


def test_the_raw_result_and_the_counted_one_stand_side_by_side(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    done = record(
        bench.app,
        OperationType.CHECKOUT,
        frame=seen(REFERENCE_TOOLKIT, unsure=("brace",), missing=("side_cutters",)),
        counts={"brace": Count.DAMAGED, "side_cutters": Count.FOUND},
        note="Коловорот люфтит",
    )
    detail = open_operation(qtbot, open_window(), bench, done)
    qtbot.waitUntil(lambda: "unsure 40" in said(detail))
    text = said(detail)
    for words in ("unsure 40", "damaged", "missing", "found", "Коловорот люфтит", "Recognised"):
        assert words in text, words
    assert bench.app.detector.info.knowledge.sha256[:12] in text


def test_a_photo_that_is_gone_says_so_in_its_place(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    done = record(bench.app, OperationType.CHECKOUT)
    bench.app.operations.evidence.path(done.photos.clean).unlink()
    detail = open_operation(qtbot, open_window(), bench, done)
    assert not detail.photo.has_picture
    assert detail.photo.sentence
    assert "evidence." not in detail.photo.sentence, "a sentence, not its code"


def test_a_case_is_one_touch_away_and_so_are_the_kit_and_the_person(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-015", badge="DEMO-STORE")
    record(bench.app, OperationType.CHECKOUT)
    back = record(bench.app, OperationType.CHECKIN, counts={"brace": Count.MISSING})
    window = open_window()
    detail = open_operation(qtbot, window, bench, back)
    link(detail, f"Lost-tool case {back.cases[0]}")
    assert window.current is window.cases_screen
    for title, chips, rows in (("History of kit K-014", ["kit"], 2), ("History of Соколов", ["person"], 2)):
        detail = open_operation(qtbot, window, bench, back)
        link(detail, title)
        qtbot.waitUntil(lambda: not window.work.busy)
        page = window.history_screen.list_page
        assert (window.history_screen.stage, list(page.chips.buttons)) == (Stage.LIST, chips)
        assert page.model.rowCount() == rows
    detail = open_operation(qtbot, window, bench, back)
    link(detail, "Operation at the other end")
    qtbot.waitUntil(lambda: not window.work.busy)
    assert detail.operation is not None
    assert detail.operation.type is OperationType.CHECKOUT


def test_who_signed_what_stands_with_the_operation(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT)
    record(bench.app, OperationType.CHECKIN, counts={"brace": Count.DAMAGED})
    issued = record(
        bench.app, OperationType.CHECKOUT, frame=seen(REFERENCE_TOOLKIT, missing=("brace",)), overruled_by="DEMO-LEAD"
    )
    detail = open_operation(qtbot, open_window(), bench, issued)
    assert "Signed, 11:00, by Гришин" in detail.facts
    assert "lets the kit go out nevertheless" in detail.facts
    assert "needed for AOG" in detail.facts


def test_esc_goes_back_to_where_somebody_came_from(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    done = record(bench.app, OperationType.CHECKOUT)
    window = open_window()
    open_operation(qtbot, window, bench, done)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current is window.home_screen, "the desk led straight to the operation"
    window.go(Place.HISTORY)
    qtbot.waitUntil(lambda: not window.work.busy)
    history = window.history_screen
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: history.stage is Stage.DETAIL and not window.work.busy)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert history.stage is Stage.LIST
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current is window.home_screen


# --- the journal


def test_the_entry_is_shown_with_its_hashes_and_proven_on_demand(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    done = record(bench.app, OperationType.CHECKOUT)
    window = open_window()
    detail = open_operation(qtbot, window, bench, done)
    entry = bench.app.database.read(lambda uow: uow.journal.by_id(done.operation_id))
    assert entry is not None
    shown = detail.journal.entry.replace(" ", "")
    assert entry.hash in shown
    assert entry.prev_hash in shown
    detail.journal.verify_button.click()
    qtbot.waitUntil(lambda: not window.work.busy)
    assert (
        detail.journal.outcome == f"Whole: {entry.site_seq} entries up to this one hold together, each with its seal."
    )


def test_an_entry_that_somebody_changed_is_found(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT)
    done = record(bench.app, OperationType.CHECKIN)
    with closing(sqlite3.connect(bench.folder / "toolroom.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER journal_never_changes")
        connection.execute("UPDATE journal SET kind = kind || 'x' WHERE site_seq = 3")
    window = open_window()
    detail = open_operation(qtbot, window, bench, done)
    detail.journal.verify_button.click()
    qtbot.waitUntil(lambda: not window.work.busy)
    assert "Not whole at entry No. 3: its content was changed" in detail.journal.outcome


def test_a_proof_can_be_stopped(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolroom_desktop.services import history as proving

    done = record(bench.app, OperationType.CHECKOUT)
    window = open_window()
    detail = open_operation(qtbot, window, bench, done)
    monkeypatch.setattr(proving, "_WATCH_EVERY", 1)
    detail.journal.verify_button.click()
    assert detail.journal.verify_button.text() == "Stop"
    detail.journal.verify_button.click()
    qtbot.waitUntil(lambda: not window.work.busy)
    assert detail.journal.outcome == ""
    assert window.history_screen.notice.sentence == ""
    assert detail.journal.verify_button.text() == "Verify up to this entry"


# --- looking into a photo


@pytest.fixture
def photo(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> ZoomPhoto:
    return open_operation(qtbot, open_window(), bench, record(bench.app, OperationType.CHECKOUT)).photo


def wheel(photo: ZoomPhoto, at: QPointF, steps: int) -> None:
    event = QWheelEvent(
        at,
        QPointF(photo.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(photo, event)


def test_the_wheel_enlarges_what_is_under_it(photo: ZoomPhoto) -> None:
    at = QPointF(photo.width() * 0.5, photo.height() * 0.5)
    before = photo._shares_at(at)
    wheel(photo, at, 5)
    assert photo.zoom > 2
    after = photo._shares_at(at)
    assert (round(after.x(), 2), round(after.y(), 2)) == (round(before.x(), 2), round(before.y(), 2))
    wheel(photo, at, -20)
    assert (photo.zoom, photo.centre) == (1.0, (0.5, 0.5))


def test_a_double_touch_enlarges_and_shows_the_whole_again(qtbot: QtBot, photo: ZoomPhoto) -> None:
    middle = photo.rect().center()
    QTest.mouseDClick(photo, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert photo.zoom == 3.0
    QTest.mouseDClick(photo, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert photo.zoom == 1.0


def test_an_enlarged_photo_is_pushed_along_and_never_out_of_its_place(photo: ZoomPhoto) -> None:
    photo.zoom_by(4.0)
    before = photo.centre
    photo.push(QPointF(50, 0))
    assert photo.centre[0] < before[0], "what lies further left comes into sight"
    photo.push(QPointF(100_000, 100_000))
    left, top = photo.centre
    assert 0 < left < 0.5
    assert 0 < top < 0.5


def test_keys_enlarge_and_push_along_too(photo: ZoomPhoto) -> None:
    photo.setFocus()
    for _ in range(4):
        QTest.keyClick(photo, Qt.Key.Key_Plus)
    zoomed, before = photo.zoom, photo.centre
    assert zoomed > 2
    QTest.keyClick(photo, Qt.Key.Key_Right)
    assert photo.centre[0] > before[0]
    QTest.keyClick(photo, Qt.Key.Key_0)
    assert photo.zoom == 1.0
