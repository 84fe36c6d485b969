"""Shifts as commands: what is where, what is signed, and what becomes of a kit that nobody can account for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.fakes import HandClock
from tests.unit.services.conftest import PIN
from tests.unit.services.test_operations import COMPLETE, NOTHING_TO_SAY, checked_out, judged
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.cases import CaseKind, Outcome
from toolroom_desktop.domain.custody import BlockReason
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.shifts import Whereabouts, inventory_document
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.services.shifts import KitWord, StockTake

NOTHING_DIFFERS: dict[str, KitWord] = {}


@pytest.fixture
def counter(station: Records) -> Records:
    """A station with two storekeepers."""
    for badge, name in (("S-1", "Морозова Е. В."), ("S-2", "Ли А.")):
        station.accounts.add_person(badge=badge, name=name, role=Role.STOREKEEPER, pin=PIN, actor_badge=None)
    return station


def entries(records: Records, kind: str) -> list[dict[str, object]]:
    found = records.database.read(lambda uow: [e for e in uow.journal.entries() if e.kind == kind])
    return [dict(entry.payload) for entry in found]


def begun(records: Records, badge: str = "S-1") -> StockTake:
    take = records.shifts.take_stock(badge=badge)
    records.shifts.record(take, NOTHING_DIFFERS)
    return take


def second_signature(records: Records, take: StockTake, badge: str = "S-2") -> UUID:
    return records.accounts.sign(badge=badge, pin=PIN, purpose=Purpose.SHIFT, subject=take.subject).signature_id


def until(records: Records, clock: HandClock, kit: str = "K-1", hours: float = 1) -> None:
    """Hand a kit out that is due back after so many hours."""
    plan = records.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit=kit)
    due = clock.now() + timedelta(hours=hours)
    records.operations.record(plan, judged(plan, COMPLETE), replace(NOTHING_TO_SAY, expected_return=due))


def test_the_picture_says_of_every_kit_where_it_is_with_whom_and_until_when(counter: Records, clock: HandClock) -> None:
    until(counter, clock)
    now = counter.shifts.now()
    where = {kit.kit.number: (kit.recorded, kit.holder, kit.due) for kit in now.kits}
    due = clock.now() + timedelta(hours=1)
    assert where == {"K-1": (Whereabouts.OUT, "Иванов И. И.", due), "K-2": (Whereabouts.IN, "", None)}
    assert not any(kit.overdue(clock.now()) for kit in now.kits)
    assert [kit.kit.number for kit in now.kits if kit.overdue(due + timedelta(seconds=1))] == ["K-1"]


def test_a_shift_begins_and_ends_with_its_whole_inventory_in_the_journal(counter: Records, clock: HandClock) -> None:
    checked_out(counter)
    take = begun(counter)
    running = counter.shifts.now().running
    assert running is not None
    assert (running.shift_id, running.started_by.badge) == (take.inventory_id, "S-1")
    [said] = entries(counter, "shift_started")
    assert said["inventory"] == inventory_document(running.start)
    assert [(line.kit, line.recorded, line.seen) for line in running.start.lines] == [
        ("K-1", Whereabouts.OUT, Whereabouts.OUT),
        ("K-2", Whereabouts.IN, Whereabouts.IN),
    ]
    clock.advance(8 * 3600)
    over = counter.shifts.take_stock(badge="S-2")
    signature = second_signature(counter, over, "S-1")
    done = counter.shifts.record(over, {"k-1": KitWord(explanation="ночная работа на 89001")}, second=signature)
    assert done.shift.shift_id == take.inventory_id
    assert done.shift.end is not None
    assert done.shift.end.second is not None
    assert (done.shift.end.by.badge, done.shift.end.second.badge) == ("S-2", "S-1")
    assert counter.shifts.now().running is None
    assert counter.shifts.recent() == [done.shift]
    [ended] = entries(counter, "shift_ended")
    assert (ended["shift_id"], ended["second_signature"]) == (str(take.inventory_id), str(signature))


def test_a_kit_that_stays_out_over_the_end_without_a_time_is_explained(counter: Records, clock: HandClock) -> None:
    until(counter, clock, "K-2", hours=20)
    checked_out(counter)
    begun(counter)
    take = counter.shifts.take_stock(badge="S-1")
    with pytest.raises(BadInput, match=re.escape("shift.explanation_owed")) as owed:
        counter.shifts.record(take, NOTHING_DIFFERS)
    assert (owed.value.details["kit"], owed.value.details["count"]) == ("K-1", 1)
    assert counter.shifts.record(take, {"K-1": KitWord(explanation="ночная работа")}).cases == ()


def test_a_kit_that_is_not_found_opens_a_case_at_once_which_blocks_its_issue(counter: Records) -> None:
    take = counter.shifts.take_stock(badge="S-1")
    lost = {"K-2": KitWord(Whereabouts.NOT_FOUND, "нет на полке 4")}
    [case] = counter.shifts.record(take, lost).cases
    assert (case.kind, case.kit, case.found_out_at, case.operation_id) == (
        CaseKind.KIT_MISSING,
        "K-2",
        "shift_start",
        take.inventory_id,
    )
    assert case.events[0].text == "нет на полке 4"
    [payload] = entries(counter, "shift_started")
    assert payload["cases"] == [case.number]
    plan = counter.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit="K-2")
    assert [(block.reason, block.case) for block in plan.blocks] == [(BlockReason.CASE_OPEN, case.number)]
    with pytest.raises(Refused, match=re.escape("issue.case_open")):
        counter.operations.record(plan, judged(plan, COMPLETE), NOTHING_TO_SAY)


def test_a_holder_who_no_longer_has_the_kit_opens_a_case_that_names_them(counter: Records) -> None:
    checked_out(counter)
    take = counter.shifts.take_stock(badge="S-1")
    [case] = counter.shifts.record(take, {"K-1": KitWord(Whereabouts.NOT_FOUND, "Иванов его не нашёл")}).cases
    assert (case.kit, case.holder_badge) == ("K-1", "T-1")


def test_a_kit_that_is_searched_for_is_not_reported_again_until_it_turns_up(counter: Records) -> None:
    first = counter.shifts.take_stock(badge="S-1")
    [case] = counter.shifts.record(first, {"K-2": KitWord(Whereabouts.NOT_FOUND, "нет на полке")}).cases
    second = counter.shifts.take_stock(badge="S-1")
    assert {now.kit.number: now.case for now in second.kits} == {"K-1": "", "K-2": case.number}
    assert counter.shifts.record(second, NOTHING_DIFFERS).cases == ()
    third = counter.shifts.take_stock(badge="S-1")
    with pytest.raises(BadInput, match=re.escape("shift.explanation_owed")):
        counter.shifts.record(third, {"K-2": KitWord(Whereabouts.IN)})
    counter.shifts.record(third, {"K-2": KitWord(Whereabouts.IN, "стоял за стеллажом")})
    assert [open_.number for open_ in counter.database.read(lambda uow: uow.cases.open())] == [case.number]


def test_whoever_takes_over_signs_for_this_inventory_and_is_somebody_else(counter: Records) -> None:
    take = counter.shifts.take_stock(badge="S-1")
    for badge, subject, code in (
        ("S-1", take.subject, "signature.same_person"),
        ("S-2", "another", "signature.for_something_else"),
    ):
        wrong = counter.accounts.sign(badge=badge, pin=PIN, purpose=Purpose.SHIFT, subject=subject)
        with pytest.raises(Refused, match=re.escape(code)):
            counter.shifts.record(take, NOTHING_DIFFERS, second=wrong.signature_id)
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        counter.accounts.sign(badge="T-1", pin=PIN, purpose=Purpose.SHIFT, subject=take.subject)
    done = counter.shifts.record(take, NOTHING_DIFFERS, second=second_signature(counter, take))
    assert done.shift.start.second is not None
    assert done.shift.start.second.badge == "S-2"


@pytest.mark.parametrize("change", ["issue", "take_in"])
def test_nobody_signs_for_a_list_that_is_no_longer_true(counter: Records, change: str) -> None:
    take = counter.shifts.take_stock(badge="S-1")
    checked_out(counter)
    if change == "take_in":
        take = counter.shifts.take_stock(badge="S-1")
        kits = counter.catalogue.kits()
        counter.catalogue.take_in([], [replace(kits[0].kit, number="K-3", code="")], actor_badge=None)
    with pytest.raises(Refused, match=re.escape("shift.records_changed")) as refusal:
        counter.shifts.record(take, NOTHING_DIFFERS)
    assert refusal.value.details["kit"] == ("K-1" if change == "issue" else "K-3")
    assert counter.shifts.now().running is None
    assert entries(counter, "refused")[-1]["reason"] == "shift.records_changed"


def test_one_shift_runs_at_a_time_and_its_end_is_not_pressed_twice(counter: Records) -> None:
    first, twin = counter.shifts.take_stock(badge="S-1"), counter.shifts.take_stock(badge="S-2")
    counter.shifts.record(first, NOTHING_DIFFERS)
    with pytest.raises(Refused, match=re.escape("shift.runs_already")):
        counter.shifts.record(twin, NOTHING_DIFFERS)
    end = counter.shifts.take_stock(badge="S-1")
    counter.shifts.record(end, NOTHING_DIFFERS)
    with pytest.raises(Refused, match=re.escape("shift.none_runs")):
        counter.shifts.record(end, NOTHING_DIFFERS)
    assert len(entries(counter, "shift_ended")) == 1


@pytest.mark.parametrize("badge", ["T-1", "Q-1"])
def test_who_may_not_run_a_shift_is_refused_and_that_is_recorded(counter: Records, badge: str) -> None:
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        counter.shifts.take_stock(badge=badge)
    refusal = {"badge": badge, "command": "shift_inventory", "subject": "", "reason": "people.not_permitted"}
    assert entries(counter, "refused")[-1] == refusal


def test_a_word_on_a_kit_that_is_not_there_is_refused(counter: Records) -> None:
    take = counter.shifts.take_stock(badge="S-1")
    with pytest.raises(NotFound, match=re.escape("kit.unknown")):
        counter.shifts.record(take, {"K-9": KitWord(Whereabouts.NOT_FOUND, "нет такого")})
    assert counter.shifts.now().running is None


def test_a_kit_that_was_found_is_in_again_when_its_case_is_released(counter: Records) -> None:
    take = counter.shifts.take_stock(badge="S-1")
    [case] = counter.shifts.record(take, {"K-2": KitWord(Whereabouts.NOT_FOUND, "нет на полке")}).cases
    counter.cases.conclude(badge="S-1", number=case.number, outcome=Outcome.FOUND, place="ангар 2")
    counter.cases.release(badge="Q-1", number=case.number, statement="Ящик найден закрытым, всё на месте")
    assert {now.kit.number: now.recorded for now in counter.shifts.now().kits}["K-2"] is Whereabouts.IN


def test_a_kit_that_is_lost_for_good_is_not_missed_at_every_shift(counter: Records) -> None:
    take = counter.shifts.take_stock(badge="S-1")
    [case] = counter.shifts.record(take, {"K-2": KitWord(Whereabouts.NOT_FOUND, "нет на полке")}).cases
    for badge in ("S-1", "S-2"):
        counter.cases.search(badge=badge, number=case.number, place="ангар 2")
    counter.cases.conclude(badge="S-1", number=case.number, outcome=Outcome.LOST)
    counter.cases.release(badge="Q-1", number=case.number, statement="Борт осмотрен, ящика на борту нет")
    end = counter.shifts.take_stock(badge="S-1")
    assert {now.kit.number: (now.recorded, now.lost) for now in end.kits} == {
        "K-1": (Whereabouts.IN, False),
        "K-2": (Whereabouts.NOT_FOUND, True),
    }
    assert counter.shifts.record(end, NOTHING_DIFFERS).cases == ()
