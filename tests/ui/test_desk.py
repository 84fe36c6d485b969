"""The desk: its figures, what they list, where each line leads, and that it keeps up with what happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock, plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, inspection_of, record, seen
from tests.ui.steps import sign_in
from toolroom_desktop.adapters.database.commits import Commits
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.station_time import local_day
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.desk.lines import Tile
from toolroom_desktop.ui.screens.desk.panel import DeskPanel


@pytest.fixture(autouse=True)
def _calibrated(bench: Bench) -> None:
    """No tool of the demonstration is due: what stands on the desk is what the test says."""

    def calibrate(uow: UnitOfWork) -> None:
        for tool in uow.tools.all():
            uow.tools.save(replace(tool, calibration_due=None))

    bench.app.database.write(calibrate)


def hand_out(bench: Bench, clock: HandClock, kit: str, hours: float | None, badge: str = "DEMO-TECH") -> None:
    """A kit goes out for so many hours, or without a time."""
    app = bench.app
    plan = app.operations.plan(badge=badge, type_=OperationType.CHECKOUT, kit=kit)
    evidence = Evidence(plain_picture(), inspection_of(app, seen(plan.toolkit), plan.expected))
    due = None if hours is None else clock.now() + timedelta(hours=hours)
    app.operations.record(plan, evidence, Confirmation({}, expected_return=due, aircraft="RA-89001", work_order="WO-7"))


def at_desk(qtbot: QtBot, window: MainWindow, bench: Bench, badge: str = "DEMO-LEAD") -> DeskPanel:
    """Somebody sits down, and all is looked up."""
    sign_in(window, bench.app, badge)
    desk = window.home_screen.desk
    qtbot.waitUntil(lambda: desk.presenter.facts is not None and not window.work.busy)
    return desk


def figures(desk: DeskPanel) -> dict[Tile, str]:
    """What the tiles say."""
    return {tile: made.figure for tile, made in desk.tiles.items() if made.isVisible()}


def listed(desk: DeskPanel) -> list[tuple[str, str, str]]:
    """What the lines say."""
    return [(line.title, line.detail, line.figure) for line in desk.model.lines]


def test_every_figure_of_the_toolroom_is_counted(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    hand_out(bench, clock, "K-014", 1)
    hand_out(bench, clock, "K-015", 9)
    record(bench.app, OperationType.CHECKIN, "K-015", counts={"brace": Count.MISSING})
    tool = Tool("pliers", marking="M-1", calibration_due=local_day(clock) - timedelta(days=1))
    bench.app.database.write(lambda uow: uow.tools.save(tool))
    clock.advance(3 * 3600)
    desk = at_desk(qtbot, open_window(), bench)
    assert figures(desk) == {
        Tile.OVERDUE: "1",
        Tile.OUT: "1",
        Tile.CASES: "1",
        Tile.COUNTS: "0",
        Tile.CALIBRATIONS: "1",
        Tile.SHIFT: "—",
    }
    assert desk.tiles[Tile.OVERDUE].judgement == "bad"
    assert desk.tiles[Tile.OUT].judgement == desk.tiles[Tile.COUNTS].judgement == ""
    assert desk.tiles[Tile.CALIBRATIONS].judgement == "bad"
    assert desk.tiles[Tile.SHIFT].judgement == "look"


def test_the_kits_out_stand_the_latest_first_with_whom_on_which_aircraft_until_when(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    hand_out(bench, clock, "K-014", None, badge="DEMO-LEAD")
    hand_out(bench, clock, "K-015", 1)
    clock.advance(2 * 3600 + 60)
    desk = at_desk(qtbot, open_window(), bench)
    desk.tiles[Tile.OUT].click()
    assert listed(desk) == [
        ("K-015 · Соколов А.\N{NO-BREAK SPACE}Д.", "RA-89001 · WO-7 · was due 12:00", "1 h late"),
        ("K-014 · Гришин П.\N{NO-BREAK SPACE}А.", "RA-89001 · WO-7 · since 11:00", "no time"),
    ]
    desk.tiles[Tile.OVERDUE].click()
    assert [title for title, _, _ in listed(desk)] == ["K-015 · Соколов А.\N{NO-BREAK SPACE}Д."]
    desk.tiles[Tile.OVERDUE].click()
    assert desk.presenter.chosen is None, "what waits is listed again"


def test_a_kit_with_somebody_else_leads_to_its_return_and_my_own_begins_it(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    hand_out(bench, clock, "K-014", 2)
    hand_out(bench, clock, "K-015", 3, badge="DEMO-LEAD")
    window = open_window()
    desk = at_desk(qtbot, window, bench)
    desk.tiles[Tile.OUT].click()
    desk.list.clicked.emit(desk.model.index(0))
    assert window.current is window.kits_screen
    assert window.kits_screen.search_field.text() == "K-014"
    window.show_home()
    qtbot.waitUntil(lambda: desk.presenter.facts is not None and not window.work.busy)
    desk.tiles[Tile.OUT].click()
    desk.list.clicked.emit(desk.model.index(1))
    qtbot.waitUntil(lambda: window.current is window.inspection_screen)
    assert window.plan is not None
    assert window.plan.kit.number == "K-015"


def test_an_open_case_shows_its_age_and_leads_to_it(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    record(bench.app, OperationType.CHECKOUT)
    (number,) = record(bench.app, OperationType.CHECKIN, counts={"brace": Count.MISSING}).cases
    clock.advance(3 * 24 * 3600)
    window = open_window()
    desk = at_desk(qtbot, window, bench, "DEMO-QA")
    desk.tiles[Tile.CASES].click()
    ((title, detail, age),) = listed(desk)
    assert (title, age) == (f"{number} · Brace", "3 d")
    assert "late" in detail
    assert desk.tiles[Tile.CASES].judgement == "bad"
    desk.list.clicked.emit(desk.model.index(0))
    assert window.current is window.cases_screen
    qtbot.waitUntil(lambda: not window.work.busy)
    assert number in "\n".join(made.text() for made in window.cases_screen.findChildren(QLabel) if made.isVisible())


def test_enter_goes_where_the_chosen_line_leads_and_not_to_the_main_action(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    desk = at_desk(qtbot, window, bench)
    desk.list.setFocus()
    desk.list.setCurrentIndex(desk.model.index(0))
    QTest.keyClick(desk.list, Qt.Key.Key_Return)
    assert window.current is window.shift_screen, "the line says that no shift runs"


def test_the_desk_keeps_up_with_what_happens_at_the_counter(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    window = open_window()
    desk = at_desk(qtbot, window, bench)
    assert figures(desk)[Tile.OUT] == "0"
    hand_out(bench, clock, "K-014", 1)
    qtbot.waitUntil(lambda: figures(desk)[Tile.OUT] == "1")
    record(bench.app, OperationType.CHECKIN)
    qtbot.waitUntil(lambda: figures(desk)[Tile.OUT] == "0")


def test_a_kit_becomes_overdue_before_the_eyes_although_nothing_is_written(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    hand_out(bench, clock, "K-014", 1)
    window = open_window()
    desk = at_desk(qtbot, window, bench)
    assert figures(desk)[Tile.OVERDUE] == "0"
    clock.advance(3601)
    desk.watch._tick.setInterval(1)
    qtbot.waitUntil(lambda: figures(desk)[Tile.OVERDUE] == "1")


def test_nobody_is_told_any_more_once_the_desk_is_left(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    window = open_window()
    desk = at_desk(qtbot, window, bench)
    window.sign_out("asked")
    changes = bench.app.desk.changes
    assert isinstance(changes, Commits)
    assert changes._listeners == []
    assert not desk.watch._tick.isActive()


def test_what_is_being_read_stays_chosen_while_the_desk_keeps_up(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    hand_out(bench, clock, "K-015", 5)
    window = open_window()
    desk = at_desk(qtbot, window, bench)
    desk.tiles[Tile.OUT].click()
    desk.list.setCurrentIndex(desk.model.index(0))
    hand_out(bench, clock, "K-014", 1)
    qtbot.waitUntil(lambda: desk.model.rowCount() == 2)
    chosen = desk.model.line(desk.list.currentIndex())
    assert chosen is not None
    assert chosen.title.startswith("K-015")


def test_a_running_shift_stands_on_its_tile_which_leads_there(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    bench.app.shifts.record(bench.app.shifts.take_stock(badge="DEMO-LEAD"), {})
    window = open_window()
    desk = at_desk(qtbot, window, bench)
    tile = desk.tiles[Tile.SHIFT]
    assert (tile.figure, tile.caption) == ("11:00", "Shift since")
    tile.click()
    assert window.current is window.shift_screen


def test_a_technician_has_no_desk(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-TECH")
    assert not window.home_screen.desk.isVisible()
    assert not window.home_screen.desk.tiles_row.isVisible()


def test_each_tile_says_where_it_is_empty(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    desk = at_desk(qtbot, open_window(), bench)
    sentences = set()
    for tile in (Tile.OVERDUE, Tile.OUT, Tile.CASES, Tile.COUNTS, Tile.CALIBRATIONS):
        desk.tiles[tile].click()
        assert desk.empty_text.isVisible()
        sentences.add(desk.empty_text.text())
    assert len(sentences) == 5
