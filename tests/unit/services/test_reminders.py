"""What waits for whom: kits, cases, calibrations, counts, accounts, and the shift."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes import HandClock
from tests.unit.services.conftest import PIN
from tests.unit.services.test_operations import COMPLETE, ONE_MISSING, judged
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.cases import Case, Outcome, concluded, released, reopened, searched
from toolroom_desktop.domain.errors import Refused
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.people import LOCK_OUT_AFTER, Role
from toolroom_desktop.domain.reminders import Reminder, ReminderKind, in_order
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.operation_input import Confirmation
from toolroom_desktop.services.station_time import local_day

Kind = ReminderKind


@pytest.fixture
def crew(station: Records) -> Records:
    """A storekeeper and an administrator besides, and a shift that runs."""
    for badge, name, role in (
        ("S-1", "Морозова Е. В.", Role.STOREKEEPER),
        ("A-1", "Титов М. О.", Role.ADMINISTRATOR),
    ):
        station.accounts.add_person(badge=badge, name=name, role=role, pin=PIN, actor_badge=None)
    station.shifts.record(station.shifts.take_stock(badge="S-1"), {})
    return station


def of(records: Records, badge: str) -> list[tuple[Kind, str]]:
    return [(one.kind, one.kit or one.badge) for one in records.reminders.of(badge)]


def issued(records: Records, clock: HandClock, kit: str = "K-1", hours: float = 4) -> None:
    plan = records.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit=kit)
    due = clock.now() + timedelta(hours=hours)
    records.operations.record(plan, judged(plan, COMPLETE), Confirmation({}, expected_return=due))


def test_nothing_waits_at_a_station_where_all_is_well(crew: Records, clock: HandClock) -> None:
    issued(crew, clock)
    assert [of(crew, badge) for badge in ("T-1", "S-1", "L-1", "Q-1", "A-1")] == [[]] * 5


def test_a_kit_is_named_before_it_is_due_and_then_as_overdue_to_its_holder_and_at_the_counter(
    crew: Records, clock: HandClock
) -> None:
    issued(crew, clock, hours=4)
    issued(crew, clock, "K-2", hours=40)
    clock.advance(2 * 3600 - 1)
    assert of(crew, "T-1") == of(crew, "S-1") == []
    clock.advance(1)
    assert of(crew, "T-1") == [(Kind.OWN_SOON_DUE, "K-1")]
    assert of(crew, "S-1") == of(crew, "L-1") == [(Kind.KIT_SOON_DUE, "K-1")]
    clock.advance(2 * 3600 + 1)
    assert of(crew, "T-1") == [(Kind.OWN_OVERDUE, "K-1")]
    [late] = crew.reminders.of("S-1")
    assert (late.kind, late.kit, late.name, late.urgent) == (Kind.KIT_OVERDUE, "K-1", "Иванов И. И.", True)
    assert of(crew, "Q-1") == of(crew, "A-1") == []


def test_a_storekeepers_own_kit_is_named_once() -> None:
    own, all_of_them = Reminder(Kind.OWN_OVERDUE, "K-1"), Reminder(Kind.KIT_OVERDUE, "K-1")
    other = Reminder(Kind.KIT_OVERDUE, "K-2")
    assert in_order([all_of_them, other, own]) == (own, other)


def lost(records: Records) -> Case:
    """A case: the brace is missing at the return."""
    plan = records.operations.plan(badge="T-1", type_=OperationType.CHECKIN, kit="K-1")
    answers = {("pliers", 1): Count.FOUND, ("pliers", 2): Count.FOUND, ("brace", 1): Count.MISSING}
    records.operations.record(plan, judged(plan, COMPLETE), Confirmation(answers))
    [case] = records.database.read(lambda uow: uow.cases.open())
    return case


def test_a_case_calls_for_a_search_then_for_its_release_and_again_when_it_is_reopened(
    crew: Records, clock: HandClock
) -> None:
    issued(crew, clock)
    case = lost(crew)

    def kept(after: Case) -> Case:
        crew.database.write(lambda uow: uow.cases.save(after))
        return after

    def everybody() -> set[tuple[Kind, str]]:
        seen = [tuple((one.kind, one.case) for one in crew.reminders.of(badge)) for badge in ("S-1", "L-1", "Q-1")]
        assert len(set(seen)) == 1, "the counter and the quality department are told the same"
        assert of(crew, "T-1") == of(crew, "A-1") == []
        return set(seen[0])

    assert everybody() == {(Kind.CASE_OPEN, case.number)}
    clock.advance(3600 + 1)
    assert everybody() == {(Kind.CASE_OVERDUE, case.number)}
    lead, quality = crew.accounts.who("L-1"), crew.accounts.who("Q-1")
    case = kept(searched(case, lead, clock.now(), place="ангар 2"))
    assert everybody() == {(Kind.CASE_OPEN, case.number)}
    case = kept(concluded(case, lead, clock.now(), outcome=Outcome.FOUND, place="ниша шасси"))
    assert everybody() == {(Kind.CASE_AWAITS_RELEASE, case.number)}
    case = kept(released(case, quality, clock.now(), statement="Найден целым, борт осмотрен"))
    assert everybody() == set()
    kept(reopened(case, quality, clock.now(), text="не тот инструмент"))
    assert everybody() == {(Kind.CASE_REOPENED, case.number)}


def test_calibrations_are_named_some_days_before_their_end_and_when_it_is_over(crew: Records, clock: HandClock) -> None:
    today = local_day(clock)
    days = crew.reminders.procedures.calibration_days
    ends = {1: today + timedelta(days=days + 1), 2: today + timedelta(days=days), 3: today - timedelta(days=1)}
    for number, day in ends.items():
        tool = Tool("pliers", marking=f"M-{number}", calibration_due=day)
        crew.database.write(lambda uow, tool=tool: uow.tools.save(tool))  # type: ignore[misc]
    named = [(one.kind, one.marking, one.day) for one in crew.reminders.of("S-1")]
    assert named == [(Kind.CALIBRATION_EXPIRED, "M-3", ends[3]), (Kind.CALIBRATION_DUE, "M-2", ends[2])]


def test_a_count_stays_owed_until_somebody_does_something_with_the_kit(crew: Records, clock: HandClock) -> None:
    issued(crew, clock)
    plan = crew.operations.plan(badge="T-1", type_=OperationType.CHECKIN, kit="K-1")
    crew.operations.record(plan, judged(plan, ONE_MISSING), Confirmation({}, count_later=True))
    assert of(crew, "S-1") == [(Kind.COUNT_OWED, "K-1")]
    counted = crew.operations.plan(badge="S-1", type_=OperationType.CHECKIN, kit="K-1")
    crew.operations.record(counted, judged(counted, COMPLETE), Confirmation({}))
    assert of(crew, "S-1") == []


@pytest.mark.parametrize("how", ["disabled", "expired"])
def test_kits_of_people_who_can_no_longer_sign_in_are_named(crew: Records, clock: HandClock, how: str) -> None:
    issued(crew, clock)
    person = crew.accounts.who("T-1")
    gone = replace(person, active=False)
    if how == "expired":
        gone = replace(person, expires_on=local_day(clock) - timedelta(days=1))
    crew.database.write(lambda uow: uow.people.save(gone))
    [one] = crew.reminders.of("S-1")
    assert (one.kind, one.kit, one.name, one.urgent) == (Kind.HOLDER_GONE, "K-1", "Иванов И. И.", True)


def test_a_shift_that_nobody_began_is_named_to_whoever_may(crew: Records) -> None:
    crew.shifts.record(crew.shifts.take_stock(badge="S-1"), {})
    assert crew.shifts.now().running is None
    assert [one.kind for one in crew.reminders.of("S-1")] == [Kind.SHIFT_NOT_BEGUN]
    assert crew.reminders.of("T-1") == ()


def test_the_administrator_is_told_of_accounts_that_ended_or_are_locked(crew: Records, clock: HandClock) -> None:
    ended = replace(crew.accounts.who("T-1"), expires_on=local_day(clock) - timedelta(days=1))
    crew.database.write(lambda uow: uow.people.save(ended))
    for _ in range(LOCK_OUT_AFTER):
        with pytest.raises(Refused):
            crew.accounts.sign_in(badge="L-1", pin="999999")
        clock.advance(600)
    clock.set_back(timedelta(seconds=600))
    assert of(crew, "A-1") == [(Kind.ACCOUNT_LOCKED, "L-1"), (Kind.ACCOUNT_EXPIRED, "T-1")]
    clock.advance(3600)
    assert of(crew, "A-1") == [(Kind.ACCOUNT_EXPIRED, "T-1")]


def test_who_asks_at_the_station_itself_is_told_everything(crew: Records, clock: HandClock) -> None:
    issued(crew, clock)
    clock.advance(5 * 3600)
    gone = replace(crew.accounts.who("L-1"), expires_on=local_day(clock) - timedelta(days=1))
    crew.database.write(lambda uow: uow.people.save(gone))
    told = {(one.kind, one.kit or one.badge) for one in crew.reminders.of_toolroom()}
    assert told == {(Kind.KIT_OVERDUE, "K-1"), (Kind.ACCOUNT_EXPIRED, "L-1")}
