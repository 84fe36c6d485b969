"""Home: what waits for each role and where it leads, the tiles, and the kits in one's own hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock, plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, inspection_of, record, seen
from tests.ui.steps import sign_in
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.people import LOCK_OUT_AFTER
from toolroom_desktop.domain.reminders import Reminder, ReminderKind
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.station_time import local_day
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.home.presenter import MOST_OF_A_KIND, waiting_in
from toolroom_desktop.ui.screens.home.ways import TILES, Way
from toolroom_desktop.ui.shell import Place

Kind = ReminderKind
EVERYBODY = ("DEMO-TECH", "DEMO-STORE", "DEMO-LEAD", "DEMO-QA", "DEMO-ADMIN")


@pytest.fixture(autouse=True)
def _calibrated(bench: Bench) -> None:
    """No tool of the demonstration is due: what waits is what the test says."""

    def calibrate(uow: UnitOfWork) -> None:
        for tool in uow.tools.all():
            uow.tools.save(replace(tool, calibration_due=None))

    bench.app.database.write(calibrate)


def hand_out(bench: Bench, clock: HandClock, kit: str = "K-014", hours: float = 1) -> None:
    app = bench.app
    plan = app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit=kit)
    evidence = Evidence(plain_picture(), inspection_of(app, seen(plan.toolkit), plan.expected))
    due = clock.now() + timedelta(hours=hours)
    app.operations.record(plan, evidence, Confirmation({}, expected_return=due))


def home_of(qtbot: QtBot, window: MainWindow, bench: Bench, badge: str) -> MainWindow:
    """Somebody comes home, and all that waits is shown."""
    sign_in(window, bench.app, badge)
    wait_for_rows(qtbot, window)
    return window


def wait_for_rows(qtbot: QtBot, window: MainWindow) -> None:
    """What was looked up is there to be seen."""

    def there() -> bool:
        first = window.home_screen._rows.itemAt(0)
        widget = first.widget() if first is not None else None
        return not window.work.busy and widget is not None and widget.isVisible()

    qtbot.waitUntil(there)


def rows(window: MainWindow) -> list[str]:
    """The reminders that are shown, by their kinds."""
    every = [made for made in window.home_screen.findChildren(QPushButton) if made.isVisible()]
    return [str(made.property("reminder")) for made in every if made.property("reminder")]


def press_row(window: MainWindow, kind: str) -> None:
    next(
        made
        for made in window.home_screen.findChildren(QPushButton)
        if made.isVisible() and made.property("reminder") == kind
    ).click()


def texts(window: MainWindow) -> str:
    return "\n".join(made.text() for made in window.home_screen.findChildren(QLabel) if made.isVisible())


@pytest.mark.parametrize("badge", EVERYBODY)
def test_nobody_comes_home_to_an_empty_left_half(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, badge: str
) -> None:
    bench.app.shifts.record(bench.app.shifts.take_stock(badge="DEMO-LEAD"), {})
    window = home_of(qtbot, open_window(), bench, badge)
    assert "Nothing waits for you." in texts(window)
    assert rows(window) == []


@pytest.mark.parametrize("badge", EVERYBODY)
def test_a_tile_is_there_for_whoever_may_and_leads_somewhere(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, badge: str
) -> None:
    window = home_of(qtbot, open_window(), bench, badge)
    person = bench.app.accounts.who(badge)
    home = window.home_screen
    for tile in TILES:
        allowed = any(person.may(permission) for permission in tile.needs) and not tile.care
        shown = home.tiles[tile.way].isVisible() or (home.main_tile.isVisible() and home._main is tile.way)
        assert shown is allowed, tile.way
        if allowed:
            home.presenter.go(tile.way)
            assert window.current is not home, tile.way
            assert tile.place is None or window.current is window._places[tile.place]
            window.show_home()


def test_every_place_that_somebody_may_see_has_a_tile() -> None:
    # Everybody reaches the change of the own PIN by the name at the top.
    assert {tile.place for tile in TILES if tile.place is not None} == set(Place) - {Place.PIN}


def test_a_late_kit_in_my_hands_stands_first_and_is_returned_with_one_touch(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    hand_out(bench, clock, "K-014", hours=3)
    hand_out(bench, clock, "K-015", hours=1)
    clock.advance(2 * 3600)
    window = home_of(qtbot, open_window(), bench, "DEMO-TECH")
    assert "K-015 is overdue" in texts(window)
    assert "K-014 is due soon" in texts(window)
    assert rows(window) == [], "the kit says it itself"
    buttons = [made for made in window.home_screen.findChildren(QPushButton) if made.property("kit")]
    assert [made.property("kit") for made in buttons] == ["K-015", "K-014"]
    buttons[0].click()
    qtbot.waitUntil(lambda: window.current is window.inspection_screen)
    assert window.plan is not None
    assert (window.plan.type, window.plan.kit.number) == (OperationType.CHECKIN, "K-015")


def test_a_late_kit_leads_the_storekeeper_to_its_return(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    hand_out(bench, clock)
    clock.advance(2 * 3600)
    window = home_of(qtbot, open_window(), bench, "DEMO-STORE")
    assert rows(window) == ["kit_overdue", "shift_not_begun"]
    assert "Соколов А.\N{NO-BREAK SPACE}Д. · was due 12:00" in texts(window)
    press_row(window, "kit_overdue")
    assert window.current is window.kits_screen
    assert (window.kits_screen.presenter.type, window.kits_screen.search_field.text()) == (
        OperationType.CHECKIN,
        "K-014",
    )


def test_a_count_that_is_owed_leads_to_the_count(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    app = bench.app
    record(app, OperationType.CHECKOUT)
    plan = app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKIN, kit="K-014")
    unsure = inspection_of(app, seen(plan.toolkit, unsure=("brace",)), plan.expected)
    owed = app.operations.record(plan, Evidence(plain_picture(), unsure), Confirmation({}, count_later=True))
    window = home_of(qtbot, open_window(), bench, "DEMO-STORE")
    press_row(window, "count_owed")
    history = window.history_screen
    assert window.current is history
    qtbot.waitUntil(lambda: not window.work.busy and history.main_button is not None)
    assert history.main_button is not None
    history.main_button.click()
    qtbot.waitUntil(lambda: window.current is window.result_screen)
    assert window.plan is not None
    assert window.plan.counts == owed


@pytest.mark.parametrize(
    ("badge", "kind", "screen"),
    [
        ("DEMO-STORE", "shift_not_begun", lambda window: window.shift_screen),
        ("DEMO-ADMIN", "account_locked", lambda window: window.people_screen),
    ],
)
def test_a_reminder_leads_where_it_is_done(
    qtbot: QtBot,
    open_window: OpenWindow,
    bench: Bench,
    badge: str,
    kind: str,
    screen: Callable[[MainWindow], object],
    clock: HandClock,
) -> None:
    locked = replace(
        bench.app.accounts.who("DEMO-TECH"),
        wrong_pins=LOCK_OUT_AFTER,
        locked_until=clock.now() + timedelta(minutes=30),
    )
    bench.app.database.write(lambda uow: uow.people.save(locked))
    window = home_of(qtbot, open_window(), bench, badge)
    press_row(window, kind)
    assert window.current is screen(window)


def test_many_of_a_kind_are_summed_up(qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock) -> None:
    due = local_day(clock) + timedelta(days=1)
    for number in range(7):
        tool = Tool("pliers", marking=f"M-{number}", calibration_due=due)
        bench.app.database.write(lambda uow, tool=tool: uow.tools.save(tool))  # type: ignore[misc]
    window = home_of(qtbot, open_window(), bench, "DEMO-STORE")
    assert rows(window) == ["shift_not_begun", *["calibration_due"] * MOST_OF_A_KIND, "calibration_due+"]
    assert "And 4 more of these" in texts(window)
    assert "Calibration is due: Pliers" in texts(window)


@pytest.mark.parametrize("count", range(MOST_OF_A_KIND + 4))
def test_nothing_is_lost_by_summing_up_and_nobody_is_sent_elsewhere_for_one(count: int) -> None:
    reminders = [Reminder(Kind.CASE_OPEN, case=f"C-{number}") for number in range(count)]
    waiting = waiting_in(reminders)
    assert sum(len(one.shown) + one.more for one in waiting) == count
    assert all(one.more != 1 for one in waiting)


def test_the_language_changes_what_waits_too(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = home_of(qtbot, open_window("ru"), bench, "DEMO-STORE")
    assert "Смена не начата" in texts(window)
    window.use_language("en")
    wait_for_rows(qtbot, window)
    assert "No shift runs" in texts(window)
    assert window.home_screen.tiles[Way.TAKE_OVER].text() == "Take over a kit"


def test_a_kit_is_taken_over_from_home_with_or_without_the_camera(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    window = home_of(qtbot, open_window(), bench, "DEMO-LEAD")
    window.home_screen.tiles[Way.TAKE_OVER].click()
    kits = window.kits_screen
    qtbot.waitUntil(lambda: kits.model.rowCount() == 2)
    kits.list.clicked.emit(kits.model.index(0))
    assert window.current is kits, "there are two ways to go on, and a touch takes neither"
    kits.by_hand_button.click()
    qtbot.waitUntil(lambda: window.current is window.result_screen)
    window.show_kits(OperationType.HANDOVER)
    qtbot.waitUntil(lambda: kits.model.rowCount() == 2)
    assert kits.main_button is not None
    kits.main_button.click()
    qtbot.waitUntil(lambda: window.current is window.inspection_screen)
    assert window.plan is not None
    assert (window.plan.type, window.plan.person_badge) == (OperationType.HANDOVER, "DEMO-LEAD")
