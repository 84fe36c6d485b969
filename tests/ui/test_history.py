"""Recent operations with their photos."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, record, seen
from tests.ui.steps import sign_in
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.models.operation_table import COLUMNS, ICON_ROLE
from toolroom_desktop.ui.shell import Place
from toolroom_desktop.ui.widgets.operation_delegate import OperationDelegate


def open_history(qtbot: QtBot, open_window: OpenWindow, bench: Bench, language: str = "en") -> MainWindow:
    window = open_window(language)
    sign_in(window, bench.app)
    window.go(Place.HISTORY)
    qtbot.waitUntil(lambda: not window.work.busy)
    return window


def cell(window: MainWindow, row: int, column: str) -> str:
    return str(window.history_screen.model.index(row, COLUMNS.index(column)).data())


def said(window: MainWindow) -> str:
    return "\n".join(text.text() for text in window.history_screen.detail.findChildren(QLabel) if text.isVisible())


def test_an_empty_history_says_so(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_history(qtbot, open_window, bench)
    assert window.history_screen.empty_text.isVisible()
    assert not window.history_screen.detail.isVisible()


def test_the_newest_operation_stands_first_with_its_photo(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    record(bench.app, OperationType.CHECKOUT, "K-015")
    window = open_history(qtbot, open_window, bench)
    assert [cell(window, row, "kit") for row in range(2)] == ["K-015", "K-014"]
    assert window.history_screen.detail.photo.has_picture


def test_the_time_carries_its_date_when_it_is_not_today(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    clock.advance(24 * 60 * 60)
    record(bench.app, OperationType.CHECKOUT, "K-015")
    window = open_history(qtbot, open_window, bench, "ru")
    assert cell(window, 0, "time") == "11:00"
    assert cell(window, 1, "time") == "04.05.2026 11:00"


def test_the_raw_result_and_the_counted_one_stand_side_by_side(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    record(
        bench.app,
        OperationType.CHECKOUT,
        frame=seen(REFERENCE_TOOLKIT, unsure=("brace",), missing=("side_cutters",)),
        counts={"brace": Count.DAMAGED, "side_cutters": Count.FOUND},
        note="Коловорот люфтит",
    )
    window = open_history(qtbot, open_window, bench)
    text = said(window)
    assert "counted: damaged" in text
    assert "counted: found" in text
    assert "unsure" in text
    assert "Коловорот люфтит" in text
    assert bench.app.detector.info.knowledge.sha256[:12] in text


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_cell_of_the_table_is_cut_off(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock, language: str
) -> None:
    unsure = seen(REFERENCE_TOOLKIT, unsure=("brace",))
    record(bench.app, OperationType.CHECKOUT, "K-014", badge="DEMO-STORE", frame=unsure)
    record(bench.app, OperationType.CHECKOUT, "K-015", frame=seen(REFERENCE_TOOLKIT, missing=("brace",)))
    clock.advance(24 * 60 * 60)
    record(bench.app, OperationType.CHECKIN, "K-014", badge="DEMO-STORE")
    window = open_history(qtbot, open_window, bench, language)
    table = window.history_screen.table
    delegate = table.itemDelegate()
    assert isinstance(delegate, OperationDelegate)
    cut = []
    for row in range(window.history_screen.model.rowCount()):
        for column in range(len(COLUMNS)):
            index = window.history_screen.model.index(row, column)
            place = delegate.place_of_text(QRectF(table.visualRect(index)), str(index.data(ICON_ROLE)))
            if delegate.fitted(str(index.data()), place) != index.data():
                cut.append(index.data())
    assert cut == []
    header = table.horizontalHeader()
    narrow = [
        COLUMNS[place] for place in range(header.count()) if header.sectionSizeHint(place) > header.sectionSize(place)
    ]
    assert narrow == []


def test_a_photo_that_is_gone_says_so_in_its_place(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    operation = record(bench.app, OperationType.CHECKOUT)
    bench.app.operations.evidence.path(operation.photos.annotated).unlink()
    window = open_history(qtbot, open_window, bench)
    detail = window.history_screen.detail
    assert not detail.photo.has_picture
    assert detail.photo.sentence
    detail.clean_button.click()
    qtbot.waitUntil(lambda: detail.photo.has_picture)
    assert detail.photo.sentence == ""


def test_more_is_loaded_page_by_page_without_gap_or_repeat(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    recorded: list[Operation] = []
    for _ in range(3):
        recorded.append(record(bench.app, OperationType.CHECKOUT))
        recorded.append(record(bench.app, OperationType.CHECKIN))
    window = open_window()
    window.history_screen.presenter.page = 4
    sign_in(window, bench.app)
    window.go(Place.HISTORY)
    qtbot.waitUntil(lambda: not window.work.busy)
    model = window.history_screen.model
    assert model.rowCount() == 4
    assert window.history_screen.more_button.isVisible()
    window.history_screen.more_button.click()
    qtbot.waitUntil(lambda: model.rowCount() == 6)
    shown = [model.operation(row).site_seq for row in range(6)]
    assert shown == sorted((o.site_seq for o in recorded), reverse=True)
    assert not window.history_screen.more_button.isVisible()
