"""The records of all stations in the windows: who may choose them, what is shown of them, and that nothing changes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock, plain_picture
from tests.ui.all_stations import Overview
from tests.ui.conftest import OpenWindow
from tests.ui.elsewhere import another_station
from tests.ui.station import Bench, record, seen
from tests.ui.steps import press, sign_in
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.figures import Grouping
from toolroom_desktop.services.history_rows import HistoryFilter
from toolroom_desktop.services.reports.content import ReportName
from toolroom_desktop.services.sync.state import SyncState
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.desk.lines import Tile
from toolroom_desktop.ui.screens.desk.panel import DeskPanel
from toolroom_desktop.ui.screens.history.bar import Stage
from toolroom_desktop.ui.screens.history.columns import SHOWN_AT_FIRST, Column
from toolroom_desktop.ui.screens.history.view import HistoryScreen
from toolroom_desktop.ui.screens.reports.choices import When
from toolroom_desktop.ui.shell import Place
from toolroom_desktop.ui.widgets.station_switch import StationSwitch

HERE, THERE = "Ангар А", "Ангар Б"


@pytest.fixture
def other(tmp_path: Path, clock: HandClock) -> Iterator[Bench]:
    """A second station. K-014 is out there, K-016 came back without a brace."""
    with another_station(tmp_path / "other", clock) as made:
        made.app.catalogue.take_in([], [Kit("K-016", REFERENCE_TOOLKIT.name, "KIT-016")], actor_badge=None)
        unsure = seen(REFERENCE_TOOLKIT, unsure=("brace",))
        record(made.app, OperationType.CHECKOUT, "K-014", frame=unsure, picture=plain_picture(90))
        record(made.app, OperationType.CHECKOUT, "K-016")
        record(made.app, OperationType.CHECKIN, "K-016", counts={"brace": Count.MISSING})
        clock.advance(60)
        yield made


@pytest.fixture
def overview(bench: Bench, other: Bench) -> Overview:
    """This station, at which K-015 is out, and everything of both, brought by the centre."""
    record(bench.app, OperationType.CHECKOUT, "K-015")
    made = Overview(bench, {HERE: bench, THERE: other})
    made.bring()
    return made


def quiet(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.work.busy)


def switch_of(window: MainWindow, place: Place | None) -> StationSwitch:
    """That of the screen; None is the desk."""
    if place is None:
        return window.home_screen.desk.switch
    if place is Place.HISTORY:
        return window.history_screen.switch
    return window.figures_screen.switch if place is Place.FIGURES else window.reports_screen.switch


def go(qtbot: QtBot, window: MainWindow, place: Place | None) -> StationSwitch:
    """Go there; None is the desk."""
    if place is None:
        window.show_home()
    else:
        window.go(place)
    quiet(qtbot, window)
    return switch_of(window, place)


def looking_at_all(
    qtbot: QtBot, window: MainWindow, bench: Bench, place: Place | None, badge: str = "DEMO-LEAD"
) -> StationSwitch:
    """Somebody signs in, goes there and chooses all stations."""
    sign_in(window, bench.app, badge)
    switch = go(qtbot, window, place)
    switch.all_button.click()
    quiet(qtbot, window)
    return switch


def listed(desk: DeskPanel) -> list[tuple[str, str]]:
    return [(line.title.split(" · ")[0], line.detail.split(" · ")[0]) for line in desk.model.lines]


def cells(history: HistoryScreen, column: Column) -> list[str]:
    model, shown = history.list_page.model, history.presenter.remembered.columns
    return [str(model.index(row, shown.index(column)).data()) for row in range(model.rowCount())]


def open_kit(qtbot: QtBot, window: MainWindow, kit: str) -> HistoryScreen:
    """Open the newest operation with that kit."""
    history = window.history_screen
    history.list_page.table.selectRow(cells(history, Column.KIT).index(kit))
    history.bar.main.click()
    quiet(qtbot, window)
    return history


# --- who may choose


@pytest.mark.usefixtures("overview")
def test_who_looks_after_the_toolroom_can_choose_all_stations_wherever_records_are_shown(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    for badge in ("DEMO-LEAD", "DEMO-QA", "DEMO-ADMIN"):
        sign_in(window, bench.app, badge)
        for place in (None, Place.HISTORY, Place.FIGURES, Place.REPORTS):
            switch = go(qtbot, window, place)
            assert switch.isVisible()
            assert switch.own_button.isChecked()
            assert switch.line == "Shown: this station's records."
            assert min(switch.all_button.width(), switch.all_button.height()) >= window.shell.theme.metrics.touch


@pytest.mark.usefixtures("overview")
def test_a_technician_and_a_storekeeper_see_their_own_station_alone(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    for badge in ("DEMO-TECH", "DEMO-STORE"):
        sign_in(window, bench.app, badge)
        assert not go(qtbot, window, Place.HISTORY).isVisible()
        window.shell.stations.choose(everywhere=True)
        assert not window.shell.stations.everywhere


def test_there_is_nothing_to_choose_where_the_centre_shows_no_other_station(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-LEAD")
    for place in (None, Place.HISTORY, Place.FIGURES, Place.REPORTS):
        assert not go(qtbot, window, place).isVisible()


@pytest.mark.usefixtures("overview")
def test_one_choice_holds_for_every_screen_until_somebody_else_signs_in(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, None)
    for place in (Place.HISTORY, Place.FIGURES, Place.REPORTS):
        switch = go(qtbot, window, place)
        assert switch.all_button.isChecked()
        assert switch.line == "All stations as of 11:01"
    window.sign_out("asked")
    sign_in(window, bench.app, "DEMO-QA")
    quiet(qtbot, window)
    assert window.home_screen.desk.switch.own_button.isChecked()
    assert not window.shell.stations.everywhere


@pytest.mark.usefixtures("overview")
def test_the_keyboard_chooses_too(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-LEAD")
    switch = go(qtbot, window, Place.FIGURES)
    switch.own_button.setFocus()
    press(qtbot, window, Qt.Key.Key_Right)
    press(qtbot, window, Qt.Key.Key_Space)
    quiet(qtbot, window)
    assert window.shell.stations.everywhere


# --- the desk


@pytest.mark.usefixtures("overview")
def test_the_desk_counts_and_lists_all_stations_and_names_each(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, None)
    desk = window.home_screen.desk
    shown = {tile: made.figure for tile, made in desk.tiles.items() if made.isVisible()}
    assert shown == {Tile.OVERDUE: "0", Tile.OUT: "2", Tile.CASES: "1", Tile.COUNTS: "0"}, "no shift of all stations"
    desk.tiles[Tile.OUT].click()
    assert listed(desk) == [("K-014", THERE), ("K-015", HERE)]
    desk.tiles[Tile.CASES].click()
    assert [station for _, station in listed(desk)] == [THERE]


@pytest.mark.usefixtures("overview")
def test_a_line_of_the_desk_leads_to_the_record_and_never_into_a_return(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, None)
    desk = window.home_screen.desk
    desk.tiles[Tile.OUT].click()
    desk.list.clicked.emit(desk.model.index(0))
    quiet(qtbot, window)
    history = window.history_screen
    assert window.current is history
    assert history.detail.operation is not None
    assert history.detail.operation.kit == "K-014"
    go(qtbot, window, None)
    desk.tiles[Tile.CASES].click()
    desk.list.clicked.emit(desk.model.index(0))
    quiet(qtbot, window)
    assert window.current is history
    assert set(cells(history, Column.KIT)) == {"K-016"}
    assert history.list_page.chips.buttons["site"].text().strip() == f"Station: {THERE}"


def test_the_desk_and_its_line_keep_up_with_what_comes(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, other: Bench, overview: Overview, clock: HandClock
) -> None:
    window = open_window()
    switch = looking_at_all(qtbot, window, bench, None)
    record(other.app, OperationType.CHECKOUT, "K-015")
    clock.advance(300)
    overview.bring()
    qtbot.waitUntil(lambda: window.home_screen.desk.tiles[Tile.OUT].figure == "3")
    assert switch.line == "All stations as of 11:06"


# --- which records these are, and how old


def test_the_line_moves_on_and_warns_after_an_hour(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, overview: Overview, clock: HandClock
) -> None:
    window = open_window()
    switch = looking_at_all(qtbot, window, bench, Place.HISTORY)
    clock.advance(3600)
    window.sync_watch.changed.emit()
    assert (switch.line, switch.judgement) == ("All stations as of 11:01", "")
    clock.advance(1)
    window.sync_watch.changed.emit()
    assert (switch.line, switch.judgement) == ("All stations as of 11:01 · 1 hour old", "look")
    window.sync_watch.state = SyncState(problem="centre.silent", failing_since=clock.now())
    window.sync_watch.changed.emit()
    assert switch.line == "All stations as of 11:01 · 1 hour old · no connection since 12:01"
    overview.bring()
    qtbot.waitUntil(lambda: switch.line == "All stations as of 12:01 · no connection since 12:01")


def test_what_never_came_whole_is_said_to_be_a_part(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, other: Bench
) -> None:
    overview = Overview(bench, {HERE: bench, THERE: other})
    overview.bring_a_part(10)
    window = open_window("ru")
    switch = looking_at_all(qtbot, window, bench, Place.HISTORY)
    assert switch.line.startswith("Все станции, пока не полностью: получено записей 10 из ")
    assert switch.judgement == "look"


# --- the history


@pytest.mark.usefixtures("overview")
def test_the_history_shows_the_operations_of_all_stations_with_their_names(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, Place.HISTORY)
    history = window.history_screen
    assert sorted(zip(cells(history, Column.SITE), cells(history, Column.KIT), strict=True)) == [
        (HERE, "K-015"),
        (THERE, "K-014"),
        (THERE, "K-016"),
        (THERE, "K-016"),
    ]
    assert history.bar.count_text.text() == "4 found"
    history.switch.own_button.click()
    quiet(qtbot, window)
    assert cells(history, Column.KIT) == ["K-015"]
    assert Column.SITE not in history.presenter.remembered.columns


@pytest.mark.usefixtures("overview")
def test_a_station_is_chosen_by_its_name(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, Place.HISTORY)
    history = window.history_screen
    history.list_page.filter_button.click()
    assert not history.switch.own_button.isVisible(), "what is looked for is not torn away"
    assert history.switch.line == "All stations as of 11:01"
    page = history.filter_page
    page.show_part("site")
    quiet(qtbot, window)
    names = [page.choice_list.item(row).text() for row in range(page.choice_list.count())]
    assert sorted(names) == [HERE, THERE]
    page.choice_list.setCurrentRow(names.index(THERE))
    page.choice_list.taken.emit(page.choice_list.value())
    history.bar.main.click()
    quiet(qtbot, window)
    assert history.list_page.chips.buttons["site"].text().strip() == f"Station: {THERE}"
    assert set(cells(history, Column.SITE)) == {THERE}


@pytest.mark.usefixtures("overview")
def test_columns_of_all_stations_are_remembered_by_themselves(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, Place.HISTORY)
    history = window.history_screen
    history.table_page.changed.emit((Column.SITE, Column.KIT, Column.NOTE))
    quiet(qtbot, window)
    history.switch.own_button.click()
    quiet(qtbot, window)
    own = history.presenter.remembered.columns
    history.switch.all_button.click()
    quiet(qtbot, window)
    assert history.presenter.remembered.columns == (Column.SITE, Column.KIT, Column.NOTE)
    assert own == SHOWN_AT_FIRST


@pytest.mark.usefixtures("overview")
def test_a_table_of_all_stations_names_them_and_is_in_this_stations_journal(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path
) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, Place.HISTORY)
    history, asked = window.history_screen, []
    path = tmp_path / "all.csv"

    def answer(name: str) -> Path:
        asked.append(name)
        return path

    history.ask_for_path = answer
    history.bar.file_button.click()
    quiet(qtbot, window)
    assert asked == ["operations of all stations 2026-05-04.csv"]
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    place = rows[0].index("Station")
    assert sorted(row[place] for row in rows[1:]) == [HERE, THERE, THERE, THERE]
    kinds = [entry.kind for entry in bench.app.database.read(lambda uow: list(uow.journal.entries()))]
    assert kinds.count("exported") == 1


@pytest.mark.usefixtures("overview")
def test_an_operation_of_another_station_is_shown_in_full_and_can_only_be_looked_at(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, Place.HISTORY)
    history = open_kit(qtbot, window, "K-016")
    detail = history.detail
    assert history.stage is Stage.DETAIL
    assert detail.recorded_at == f"Recorded at: {THERE}. It is counted, corrected and verified there."
    assert not history.bar.correct_button.isVisible()
    assert not history.bar.main.isVisible()
    assert detail.journal.entry.startswith("Entry No.: ")
    assert not detail.journal.verify_button.isVisible()
    titles = [link.accessibleName() for link in detail.links]
    assert titles[0].startswith("Operation at the other end: Checkout")
    assert not any("case" in title or "Tools" in title for title in titles), (
        "cases are worked on where they were opened"
    )


@pytest.mark.usefixtures("overview")
def test_an_own_operation_among_all_stations_is_changed_only_among_the_own(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, Place.HISTORY)
    history = open_kit(qtbot, window, "K-015")
    assert "Recorded at this station" in history.detail.recorded_at
    assert not history.bar.correct_button.isVisible()
    history.bar.back.click()
    history.switch.own_button.click()
    quiet(qtbot, window)
    history = open_kit(qtbot, window, "K-015")
    assert history.detail.recorded_at == ""
    assert history.bar.correct_button.isVisible()


@pytest.mark.usefixtures("overview")
def test_a_photo_that_lies_elsewhere_is_said_to(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, Place.HISTORY)
    history = open_kit(qtbot, window, "K-014")
    assert f"The photo is at {THERE} or at the centre" in history.detail.photo.sentence


# --- figures and reports


@pytest.mark.usefixtures("overview")
def test_figures_tell_the_stations_apart_by_name_and_lead_to_their_operations(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, Place.FIGURES)
    screen = window.figures_screen
    screen.presenter.group(Grouping.SITE)
    quiet(qtbot, window)
    assert [(bar.name, bar.value) for bar in screen.chart.bars] == [(THERE, 3.0), (HERE, 1.0)]
    screen.chart.chosen.emit(0)
    quiet(qtbot, window)
    history = window.history_screen
    assert history.list_page.chips.buttons["site"].text().strip() == f"Station: {THERE}"
    assert set(cells(history, Column.SITE)) == {THERE}


@pytest.mark.usefixtures("overview")
def test_a_report_is_over_all_stations_and_those_of_this_one_alone_are_left_out(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, Place.REPORTS)
    screen = window.reports_screen
    assert not {ReportName.HANDOVER, ReportName.CALIBRATION} & set(screen.cards)
    screen.cards[ReportName.SHIFT].click()
    quiet(qtbot, window)
    prepared = screen.presenter.prepared
    assert prepared is not None
    (operations,) = [one for one in prepared.report.sections if one.name == "operations"]
    assert operations.count == 4
    assert screen.presenter.file_name() == "2026-05-04 Shift report all stations.pdf", "not that of this station"
    assert not screen.panel.time_buttons[When.SHIFT].isVisible()
    assert screen.switch.line == "All stations as of 11:01"
    assert not screen.switch.own_button.isVisible()


# --- what goes wrong


@pytest.mark.parametrize("place", [None, Place.HISTORY, Place.FIGURES, Place.REPORTS])
def test_where_the_right_is_taken_away_the_own_records_are_shown_and_it_is_said(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, overview: Overview, place: Place | None
) -> None:
    window = open_window()
    switch = looking_at_all(qtbot, window, bench, place)
    overview.take_the_right_away()
    qtbot.waitUntil(lambda: "The centre no longer lets this station see" in switch.line)
    quiet(qtbot, window)
    assert not window.shell.stations.everywhere
    assert not switch.all_button.isVisible()
    assert switch.judgement == "look"
    if place is None:
        assert window.home_screen.desk.tiles[Tile.OUT].figure == "1"
    elif place is Place.HISTORY:
        assert cells(window.history_screen, Column.KIT) == ["K-015"]
    elif place is Place.FIGURES:
        assert sum(figure.value or 0 for figure in window.figures_screen.presenter.figures) == 1
    else:
        assert ReportName.HANDOVER in window.reports_screen.cards


def test_a_page_that_fails_because_the_records_went_leads_back_to_the_own(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, overview: Overview
) -> None:
    window = open_window()
    looking_at_all(qtbot, window, bench, Place.HISTORY)
    window.shell.stations.stop()  # nobody tells the windows
    overview.take_the_right_away()
    history = window.history_screen
    history.presenter.look_for(history.presenter.search.having("kit", "K-015"))
    qtbot.waitUntil(lambda: window.shell.stations.lost)
    quiet(qtbot, window)
    assert cells(history, Column.KIT) == ["K-015"]
    assert "The centre no longer lets this station see" in history.switch.line


@pytest.mark.usefixtures("overview")
def test_nothing_that_is_looked_at_changes_a_record(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    before = bench.app.database.read(lambda uow: uow.journal.head())
    looking_at_all(qtbot, window, bench, None)
    for place in (Place.HISTORY, Place.FIGURES, Place.REPORTS):
        go(qtbot, window, place)
    window.show_operations(HistoryFilter(kit="K-016"))
    quiet(qtbot, window)
    open_kit(qtbot, window, "K-016")
    assert bench.app.database.read(lambda uow: uow.journal.head()) == before
