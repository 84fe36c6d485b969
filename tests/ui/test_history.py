"""The history: its table, what is looked for, what is remembered, and the way to a file."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock, plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, inspection_of, record, seen
from tests.ui.steps import press, scan, sign_in
from toolroom_desktop.domain.errors import BadImportFile
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.history_rows import HistoryFilter, Order
from toolroom_desktop.services.history_search import PERIOD, Period, Search
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.models.roles import ICON_ROLE
from toolroom_desktop.ui.screens.history.bar import Stage
from toolroom_desktop.ui.screens.history.columns import SHOWN_AT_FIRST, Column
from toolroom_desktop.ui.screens.history.list_page import ListPage
from toolroom_desktop.ui.shell import Place
from toolroom_desktop.ui.widgets.operation_delegate import OperationDelegate


def open_history(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, language: str = "en", badge: str = "DEMO-LEAD"
) -> MainWindow:
    window = open_window(language)
    sign_in(window, bench.app, badge)
    window.go(Place.HISTORY)
    quiet(qtbot, window)
    return window


def quiet(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.work.busy)


def page_of(window: MainWindow) -> ListPage:
    return window.history_screen.list_page


def cell(window: MainWindow, row: int, column: Column) -> str:
    shown = window.history_screen.presenter.remembered.columns
    return str(page_of(window).model.index(row, shown.index(column)).data())


def kits(window: MainWindow) -> list[str]:
    """The kits of the rows, from the top."""
    return [cell(window, row, Column.KIT) for row in range(page_of(window).model.rowCount())]


def look_for(qtbot: QtBot, window: MainWindow, search: Search) -> None:
    window.history_screen.presenter.look_for(search)
    quiet(qtbot, window)


def test_an_empty_history_says_so(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_history(qtbot, open_window, bench)
    assert page_of(window).empty_text.isVisible()
    assert "Nothing was done at this station yet" in page_of(window).empty_text.text()
    assert not window.history_screen.bar.main.isEnabled()


def test_the_newest_operation_stands_first_and_the_order_can_be_turned(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    record(bench.app, OperationType.CHECKOUT, "K-015")
    window = open_history(qtbot, open_window, bench)
    assert kits(window) == ["K-015", "K-014"]
    assert window.history_screen.bar.count_text.text() == "2 found"
    window.history_screen.bar.table_button.click()
    window.history_screen.table_page.order_button.click()
    quiet(qtbot, window)
    assert window.history_screen.presenter.search.order is Order.OLDEST_FIRST
    assert kits(window) == ["K-014", "K-015"]


def test_the_time_carries_its_date_when_it_is_not_today(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    clock.advance(24 * 60 * 60)
    record(bench.app, OperationType.CHECKOUT, "K-015")
    window = open_history(qtbot, open_window, bench, "ru")
    assert cell(window, 0, Column.TIME) == "11:00"
    assert cell(window, 1, Column.TIME) == "04.05.2026 11:00"


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
    table = page_of(window).table
    delegate = table.itemDelegate()
    assert isinstance(delegate, OperationDelegate)
    cut = []
    for row in range(page_of(window).model.rowCount()):
        for column in range(len(SHOWN_AT_FIRST)):
            index = page_of(window).model.index(row, column)
            place = delegate.place_of_text(QRectF(table.visualRect(index)), str(index.data(ICON_ROLE)))
            if delegate.fitted(str(index.data()), place) != index.data():
                cut.append(index.data())
    assert cut == []
    header = table.horizontalHeader()
    narrow = [
        SHOWN_AT_FIRST[place]
        for place in range(header.count())
        if header.sectionSizeHint(place) > header.sectionSize(place)
    ]
    assert narrow == []
    assert not table.horizontalScrollBar().isVisible()


def test_rows_come_page_by_page_without_gap_or_repeat(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    recorded: list[Operation] = []
    for _ in range(4):
        recorded.append(record(bench.app, OperationType.CHECKOUT))
        recorded.append(record(bench.app, OperationType.CHECKIN))
    window = open_window()
    window.history_screen.presenter.page = 3
    sign_in(window, bench.app, "DEMO-LEAD")
    window.go(Place.HISTORY)
    model = page_of(window).model
    qtbot.waitUntil(lambda: model.complete)
    assert model.pages_held == 3
    shown = [model.row(row).site_seq for row in range(model.rowCount())]
    assert shown == sorted((o.site_seq for o in recorded), reverse=True)


def test_filters_stand_as_chips_and_a_touch_takes_one_away(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    record(bench.app, OperationType.CHECKOUT, "K-015", badge="DEMO-STORE")
    window = open_history(qtbot, open_window, bench)
    look_for(qtbot, window, Search().having("kit", "K-014").having("types", frozenset({OperationType.CHECKOUT})))
    chips = page_of(window).chips
    assert kits(window) == ["K-014"]
    assert {key: made.text().strip() for key, made in chips.buttons.items()} == {
        "kit": "Kit: K-014",
        "types": "Operation: Checkout",
    }
    chips.buttons["kit"].click()
    quiet(qtbot, window)
    assert kits(window) == ["K-015", "K-014"]
    assert list(chips.buttons) == ["types"]


def test_a_filter_is_chosen_by_touches_and_followed_at_once(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    clock.advance(3 * 24 * 3600)
    record(bench.app, OperationType.CHECKOUT, "K-015", badge="DEMO-STORE")
    window = open_history(qtbot, open_window, bench)
    history = window.history_screen
    page_of(window).filter_button.click()
    assert history.stage is Stage.FILTER
    history.filter_page.part_rows[PERIOD].click()
    history.filter_page.option_buttons[Period.TODAY].click()
    quiet(qtbot, window)
    assert history.bar.count_text.text() == "1 found"
    history.filter_page.option_buttons[None].click()
    history.filter_page.part_rows["person"].click()
    quiet(qtbot, window)
    offered = history.filter_page.choice_list
    names = [offered.item(row).text() for row in range(offered.count())]
    offered.setCurrentRow(next(row for row, name in enumerate(names) if name.startswith("Соколов")))
    offered.itemClicked.emit(offered.currentItem())
    history.bar.main.click()
    quiet(qtbot, window)
    assert page_of(window).isVisible()
    assert kits(window) == ["K-014"]
    assert page_of(window).chips.buttons["person"].text().startswith("Person: Соколов")


def test_fixed_days_are_chosen_in_a_calendar(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    clock.advance(3 * 24 * 3600)
    record(bench.app, OperationType.CHECKOUT, "K-015")
    window = open_history(qtbot, open_window, bench)
    page = window.history_screen.filter_page
    page_of(window).filter_button.click()
    page.option_buttons[Period.DAYS].click()
    page.first_button.click()
    assert page.calendar.isVisible()
    page.calendar.clicked.emit(page.calendar.selectedDate().addDays(-4))
    page.last_button.click()
    page.calendar.clicked.emit(page.calendar.selectedDate().addDays(-1))
    quiet(qtbot, window)
    window.history_screen.bar.main.click()
    assert kits(window) == ["K-014"]
    assert page_of(window).chips.buttons[PERIOD].text().strip() == "2026-05-03 – 2026-05-06"


def test_words_are_looked_for_as_they_are_typed(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014", note="у мотогондолы")
    record(bench.app, OperationType.CHECKOUT, "K-015")
    window = open_history(qtbot, open_window, bench)
    press(qtbot, window, Qt.Key.Key_Slash)  # no word yet
    window.activateWindow()
    window.history_screen._find()
    field = page_of(window).text_field
    qtbot.waitUntil(field.hasFocus)
    field.setText("мотогонд")
    field.textEdited.emit("мотогонд")
    qtbot.waitUntil(lambda: kits(window) == ["K-014"])


@pytest.mark.parametrize(
    ("code", "part", "found"),
    [("KIT-RRJ32S-014", "kit", ["K-014"]), ("DEMO-STORE", "person", ["K-015"]), ("014-08", "marking", [])],
)
def test_a_scan_sets_the_filter(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, code: str, part: str, found: list[str]
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    record(bench.app, OperationType.CHECKOUT, "K-015", badge="DEMO-STORE")
    window = open_history(qtbot, open_window, bench)
    scan(window, code)
    qtbot.waitUntil(lambda: list(page_of(window).chips.buttons) == [part] and not window.work.busy)
    assert kits(window) == found


def test_an_unknown_scan_is_said_and_changes_nothing(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    window = open_history(qtbot, open_window, bench)
    scan(window, "NOBODY-KNOWS")
    qtbot.waitUntil(lambda: "NOBODY-KNOWS" in window.history_screen.notice.sentence)
    assert kits(window) == ["K-014"]


def test_where_nothing_is_found_the_filter_to_take_away_is_named(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    window = open_history(qtbot, open_window, bench)
    look_for(qtbot, window, Search().having("kit", "K-014").having("aircraft", "RA-1"))
    said = page_of(window).empty_text.text()
    assert "Nothing fits all of this: Kit: K-014, Aircraft: RA-1" in said
    assert "Without Aircraft: RA-1: 1 found." in said
    look_for(qtbot, window, Search().having("aircraft", "RA-1"))
    assert "Nothing is found with Aircraft: RA-1" in page_of(window).empty_text.text()


def test_columns_are_remembered_for_whoever_chose_them(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014", note="у мотогондолы")
    window = open_history(qtbot, open_window, bench)
    history = window.history_screen
    history.bar.table_button.click()
    history.table_page.list.choose(Column.NOTE)
    history.table_page.toggle_button.click()
    for _ in range(len(SHOWN_AT_FIRST)):
        history.table_page.earlier_button.click()
    history.table_page.list.choose(Column.AIRCRAFT)
    history.table_page.toggle_button.click()
    quiet(qtbot, window)
    history.bar.back.click()
    wanted = (Column.NOTE, *(column for column in SHOWN_AT_FIRST if column is not Column.AIRCRAFT))
    assert history.presenter.remembered.columns == wanted
    assert cell(window, 0, Column.NOTE) == "у мотогондолы"
    for badge, columns in (("DEMO-QA", SHOWN_AT_FIRST), ("DEMO-LEAD", wanted)):
        sign_in(window, bench.app, badge)
        window.go(Place.HISTORY)
        quiet(qtbot, window)
        assert history.presenter.remembered.columns == columns


def test_searches_are_saved_for_oneself_or_for_everybody(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    record(bench.app, OperationType.CHECKOUT, "K-015")
    window = open_history(qtbot, open_window, bench)
    history = window.history_screen
    for name, kit, shared in (("mine", "K-014", False), ("ours", "K-015", True)):
        look_for(qtbot, window, Search().within(Period.WEEK).having("kit", kit))
        history.bar.saved_button.click()
        history.saved_page.name_field.setText(name)
        (history.saved_page.shared_button if shared else history.saved_page.own_button).click()
        quiet(qtbot, window)
        history.bar.back.click()
    assert [(one.name, one.shared) for one in history.presenter.remembered.saved] == [("mine", False), ("ours", True)]
    sign_in(window, bench.app, "DEMO-QA")
    window.go(Place.HISTORY)
    quiet(qtbot, window)
    history.bar.saved_button.click()
    (one,) = history.presenter.remembered.saved
    history.saved_page.list.choose(one)
    history.bar.main.click()
    quiet(qtbot, window)
    assert kits(window) == ["K-015"]
    clock.advance(8 * 24 * 3600)
    window.go(Place.HISTORY)
    look_for(qtbot, window, one.search)
    assert kits(window) == [], "seven days are those before the day on which somebody looks"
    history.bar.saved_button.click()
    history.saved_page.list.choose(one)
    history.saved_page.forget_button.click()
    quiet(qtbot, window)
    assert history.presenter.remembered.saved == ()


# --- to a file


def in_file(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel reads it as UTF-8 by this alone"
    delimiter = ";" if b";" in content.split(b"\r\n")[0] else ","
    return list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=delimiter))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_all_rows_of_the_filter_are_written_as_they_are_shown(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path, language: str
) -> None:
    app = bench.app
    for kit, note in (("K-014", "=HYPERLINK(1)"), ("K-015", "x"), ("K-014", "")):
        held = app.operations.open_checkout(kit) if hasattr(app.operations, "open_checkout") else None
        assert held is None
        type_ = (
            OperationType.CHECKIN
            if any(o.kit == kit for o in app.operations.recent(limit=9))
            else OperationType.CHECKOUT
        )
        record(app, type_, kit, note=note)
    window = open_history(qtbot, open_window, bench, language)
    history = window.history_screen
    history.presenter.page = 1
    history.presenter.keep_columns([Column.TIME, Column.KIT, Column.PERSON, Column.NOTE])
    look_for(qtbot, window, Search().having("kit", "K-014"))
    path = tmp_path / "операции.csv"
    history.ask_for_path = lambda _name: path
    history.bar.file_button.click()
    quiet(qtbot, window)
    head, *rows = in_file(path)
    assert head == (
        ["Time", "Kit", "Person", "Note"] if language == "en" else ["Время", "Комплект", "Сотрудник", "Примечание"]
    )
    assert [row[1] for row in rows] == ["K-014", "K-014"]
    assert rows[1][3] == "'=HYPERLINK(1)", "no spreadsheet takes it for a formula"
    assert rows[0][2] == "Соколов Алексей Дмитриевич (DEMO-TECH)"
    assert path.name in history.notice.sentence
    (entry,) = [e for e in app.database.read(lambda uow: list(uow.journal.entries())) if e.kind == "exported"]
    assert (entry.payload["what"], entry.payload["count"], entry.payload["by"]) == ("history", 2, "DEMO-LEAD")
    assert entry.payload["filter"]["wanted"] == {"kit": "K-014"}


def test_a_technician_takes_no_records_along(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT)
    window = open_history(qtbot, open_window, bench, badge="DEMO-TECH")
    assert not window.history_screen.bar.file_button.isVisible()


def test_a_file_that_is_stopped_is_not_there(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(bench.app, OperationType.CHECKOUT)
    window = open_history(qtbot, open_window, bench)
    history = window.history_screen
    path = tmp_path / "operations.csv"
    history.ask_for_path = lambda _name: path
    export = bench.app.history_export

    def stopped(*arguments: object, watch: object, **named: object) -> int:
        history.presenter.stop_export()
        return export.write(*arguments, watch=watch, **named)  # type: ignore[arg-type]

    class Stopped:
        write = staticmethod(stopped)

    monkeypatch.setattr(window.shell, "app", replace(bench.app, history_export=Stopped()))  # type: ignore[arg-type]
    window.go(Place.HISTORY)
    quiet(qtbot, window)
    history.bar.file_button.click()
    quiet(qtbot, window)
    assert list(tmp_path.glob("*.csv*")) == []
    assert history.notice.sentence == "", "whoever stopped it knows that it was stopped"
    assert history.bar.file_button.text() == "To a file"


def test_a_file_that_cannot_be_written_says_why(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path
) -> None:
    record(bench.app, OperationType.CHECKOUT)
    window = open_history(qtbot, open_window, bench)
    history = window.history_screen
    history.ask_for_path = lambda _name: tmp_path / "no such folder" / "operations.csv"
    history.bar.file_button.click()
    quiet(qtbot, window)
    assert "no such folder" in history.notice.sentence


def test_a_figure_leads_to_the_rows_behind_it(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    record(bench.app, OperationType.CHECKOUT, "K-015")
    window = open_window()
    sign_in(window, bench.app, "DEMO-LEAD")
    window.show_operations(HistoryFilter(kit="K-015"))
    quiet(qtbot, window)
    assert kits(window) == ["K-015"]
    assert list(page_of(window).chips.buttons) == ["kit"]


def test_stopping_is_no_error_of_its_own() -> None:
    # What `Stoppable` raises is what the presenter passes over in silence.
    from toolroom_desktop.services.watching import Stoppable
    from toolroom_desktop.ui.screens.history.presenter import CANCELLED

    stop = Stoppable()
    stop.stop()
    with pytest.raises(BadImportFile) as caught:
        stop(1, 2)
    assert caught.value.code == CANCELLED


def owing(bench: Bench) -> Operation:
    plan = bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014")
    frame = seen(plan.toolkit, unsure=("brace",))
    evidence = Evidence(plain_picture(), inspection_of(bench.app, frame, plan.expected))
    return bench.app.operations.record(plan, evidence, Confirmation({}, count_later=True))


def test_counts_that_are_owed_are_found(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    owing(bench)
    record(bench.app, OperationType.CHECKOUT, "K-015", counts={"brace": Count.FOUND})
    window = open_history(qtbot, open_window, bench)
    look_for(qtbot, window, Search().having("count_owed", value=True))
    assert kits(window) == ["K-014"]
    assert cell(window, 0, Column.FINAL).endswith("count is owed")
