"""Home: the tiles, the kits in one's own hands, and the desk of whoever looks after the toolroom."""

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
from toolroom_desktop.ui.models.desk_list import DeskLine
from toolroom_desktop.ui.screens.desk.lines import MOST_OF_A_KIND, by_kind
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
    home = window.home_screen

    def there() -> bool:
        first = home._rows.itemAt(0)
        widget = first.widget() if first is not None else None
        return not window.work.busy and (home.desk.isVisible() or (widget is not None and widget.isVisible()))

    qtbot.waitUntil(there)
    return window


def lines(window: MainWindow) -> list[DeskLine]:
    """What the desk lists."""
    return [line for line in window.home_screen.desk.model.lines if not line.heading]


def kinds(window: MainWindow) -> list[str]:
    """The reminders that are listed, by their kinds; those that sum up end in +."""
    made = []
    for line in lines(window):
        assert line.target is not None
        if line.target.reminder is not None:
            made.append(line.target.reminder.kind.value)
        elif line.target.all_of is not None:
            made.append(f"{line.target.all_of.value}+")
    return made


def touch(window: MainWindow, place: int) -> None:
    """Touch a line of the desk."""
    desk = window.home_screen.desk
    desk.list.clicked.emit(desk.model.index(place))


def touch_kind(window: MainWindow, kind: str) -> None:
    """Touch the reminder of that kind."""
    touch(window, kinds(window).index(kind))


def said(window: MainWindow) -> str:
    """All that the desk lists, in words."""
    return "\n".join(f"{line.title} | {line.detail} | {line.figure}" for line in window.home_screen.desk.model.lines)


def texts(window: MainWindow) -> str:
    return "\n".join(made.text() for made in window.home_screen.findChildren(QLabel) if made.isVisible())


@pytest.mark.parametrize("badge", EVERYBODY)
def test_nobody_comes_home_to_an_empty_left_half(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, badge: str
) -> None:
    bench.app.shifts.record(bench.app.shifts.take_stock(badge="DEMO-LEAD"), {})
    window = home_of(qtbot, open_window(), bench, badge)
    assert "Nothing waits for you." in texts(window)
    assert lines(window) == []


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
            assert tile.place is None or window.current is window.at(tile.place)
            window.show_home()


def test_every_place_that_somebody_may_see_has_a_tile() -> None:
    # The own PIN is reached by the name at the top, labels from the tools and the people.
    assert {tile.place for tile in TILES if tile.place is not None} == set(Place) - {Place.PIN, Place.LABELS}


def test_a_late_kit_in_my_hands_stands_first_and_is_returned_with_one_touch(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    hand_out(bench, clock, "K-014", hours=3)
    hand_out(bench, clock, "K-015", hours=1)
    clock.advance(2 * 3600)
    window = home_of(qtbot, open_window(), bench, "DEMO-TECH")
    assert "K-015 is overdue" in texts(window)
    assert "K-014 is due soon" in texts(window)
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
    assert kinds(window) == ["kit_overdue", "shift_not_begun"]
    assert "Соколов А.\N{NO-BREAK SPACE}Д. · was due 12:00 | 1 h late" in said(window)
    touch_kind(window, "kit_overdue")
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
    touch_kind(window, "count_owed")
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
    touch_kind(window, kind)
    assert window.current is screen(window)


def test_many_of_a_kind_are_summed_up(qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock) -> None:
    due = local_day(clock) + timedelta(days=1)
    for number in range(7):
        tool = Tool("pliers", marking=f"M-{number}", calibration_due=due)
        bench.app.database.write(lambda uow, tool=tool: uow.tools.save(tool))  # type: ignore[misc]
    window = home_of(qtbot, open_window(), bench, "DEMO-STORE")
    assert kinds(window) == ["shift_not_begun", *["calibration_due"] * MOST_OF_A_KIND, "calibration_due+"]
    assert "And 4 more of these" in said(window)
    assert "Calibration is due: Pliers" in said(window)
    touch_kind(window, "calibration_due+")
    assert kinds(window) == ["calibration_due"] * 7, "they are all listed where the tile leads"


@pytest.mark.parametrize("count", range(MOST_OF_A_KIND + 4))
def test_nothing_is_lost_by_summing_up_and_nobody_is_sent_elsewhere_for_one(count: int) -> None:
    reminders = [Reminder(Kind.CASE_OPEN, case=f"C-{number}") for number in range(count)]
    waiting = by_kind(reminders)
    assert sum(len(one.shown) + one.more for one in waiting) == count
    assert all(one.more != 1 for one in waiting)


def test_the_language_changes_what_waits_too(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = home_of(qtbot, open_window("ru"), bench, "DEMO-STORE")
    assert "Смена не начата" in said(window)
    window.use_language("en")
    assert "No shift runs" in said(window)
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
