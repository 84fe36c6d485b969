"""Handover: custody passes from whoever has the kit to whoever is signed in, and whoever gives signs."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest

from tests.fakes import HandClock
from tests.unit.services.conftest import PIN
from tests.unit.services.test_operations import COMPLETE, MODEL, checked_out, judged
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.inspection import inspect
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.thresholds import Thresholds
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan


@pytest.fixture
def crew(station: Records) -> Records:
    """A second technician, a third one and a storekeeper besides."""
    for badge, name, role in (
        ("T-2", "Петров П. П.", Role.TECHNICIAN),
        ("T-3", "Юн Г.", Role.TECHNICIAN),
        ("S-1", "Морозова Е. В.", Role.STOREKEEPER),
    ):
        station.accounts.add_person(badge=badge, name=name, role=role, pin=PIN, actor_badge=None)
    return station


def taken_over(records: Records, badge: str = "T-2") -> Plan:
    return records.operations.plan(badge=badge, type_=OperationType.HANDOVER, kit="K-1")


def signature(records: Records, plan: Plan, badge: str = "T-1", purpose: Purpose = Purpose.HANDS_OVER) -> UUID:
    return records.accounts.sign(badge=badge, pin=PIN, purpose=purpose, subject=plan.subject).signature_id


def by_hand(plan: Plan, **counts: Count) -> tuple[Evidence, dict[tuple[str, int], Count]]:
    """The whole count, away from the camera."""
    inspection = inspect(plan.expected, (), Thresholds(), MODEL)
    answers = {(p.tool_class, p.unit): counts.get(p.tool_class, Count.FOUND) for p in inspection.positions}
    return Evidence(None, inspection), answers


def handed_over(records: Records, plan: Plan, **details: object) -> Operation:
    evidence, answers = by_hand(plan)
    confirmation = Confirmation(answers, **{"giver": signature(records, plan), **details})  # type: ignore[arg-type]
    return records.operations.record(plan, evidence, confirmation)


def test_custody_passes_to_whoever_is_signed_in_and_the_holder_signs(crew: Records) -> None:
    before = checked_out(crew)
    done = handed_over(crew, taken_over(crew))
    assert (done.holder_badge, done.giver_badge, done.closes) == ("T-2", "T-1", before.operation_id)
    assert done.custody == before.custody
    assert crew.operations.held_by("T-1") == []
    assert [held.kit for held in crew.operations.held_by("T-2")] == ["K-1"]


def test_a_kit_is_handed_over_before_the_camera_too(crew: Records) -> None:
    checked_out(crew)
    plan = taken_over(crew)
    done = crew.operations.record(plan, judged(plan, COMPLETE), Confirmation({}, giver=signature(crew, plan)))
    assert done.photos.clean
    assert done.holder_badge == "T-2"


def test_away_from_the_camera_everything_is_counted_by_hand(crew: Records) -> None:
    checked_out(crew)
    plan = taken_over(crew)
    evidence, answers = by_hand(plan)
    answers.pop(("brace", 1))
    with pytest.raises(BadInput, match=re.escape("operation.count_owed")):
        crew.operations.record(plan, evidence, Confirmation(answers, giver=signature(crew, plan)))
    done = handed_over(crew, plan)
    assert (done.photos.clean, done.photos.annotated) == ("", "")
    assert all(position.by_hand for position in done.counted)


def test_work_order_aircraft_and_return_carry_over_and_can_be_changed(crew: Records, clock: HandClock) -> None:
    plan = crew.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit="K-1")
    due = clock.now() + timedelta(hours=4)
    first = Confirmation({}, work_order="WO-7", aircraft="RA-89001", expected_return=due)
    crew.operations.record(plan, judged(plan, COMPLETE), first)
    kept = handed_over(crew, taken_over(crew))
    assert (kept.work_order, kept.aircraft, kept.expected_return) == ("WO-7", "RA-89001", due)
    back = taken_over(crew, "T-1")
    later = due + timedelta(hours=6)
    changed = handed_over(crew, back, giver=signature(crew, back, "T-2"), aircraft="RA-89002", expected_return=later)
    assert (changed.work_order, changed.aircraft, changed.expected_return) == ("WO-7", "RA-89002", later)
    again = taken_over(crew)
    with pytest.raises(BadInput, match=re.escape("operation.return_in_the_past")):
        handed_over(crew, again, expected_return=clock.now())


def test_a_storekeeper_signs_for_a_holder_who_is_not_there(crew: Records) -> None:
    checked_out(crew)
    plan = taken_over(crew)
    done = handed_over(crew, plan, giver=signature(crew, plan, "S-1"))
    assert (done.giver_badge, done.holder_badge) == ("S-1", "T-2")


def test_nobody_gives_away_what_somebody_else_has(crew: Records) -> None:
    checked_out(crew)
    plan = taken_over(crew)
    with pytest.raises(Refused, match=re.escape("operation.strange_giver")):
        handed_over(crew, plan, giver=signature(crew, plan, "T-3"))
    with pytest.raises(Refused, match=re.escape("signature.same_person")):
        handed_over(crew, plan, giver=signature(crew, plan, "T-2"))
    with pytest.raises(BadInput, match=re.escape("operation.giver_owed")):
        handed_over(crew, plan, giver=None)
    assert [held.kit for held in crew.operations.held_by("T-1")] == ["K-1"]


def test_nobody_takes_over_their_own_kit_nor_one_that_is_in(crew: Records) -> None:
    checked_out(crew)
    with pytest.raises(Refused, match=re.escape("operation.holds_it_already")):
        taken_over(crew, "T-1")
    with pytest.raises(Refused, match=re.escape("operation.kit_not_out")):
        crew.operations.plan(badge="T-2", type_=OperationType.HANDOVER, kit="K-2")


def test_a_kit_that_changed_hands_meanwhile_is_not_taken_from_its_former_holder(crew: Records) -> None:
    checked_out(crew)
    slow, quick = taken_over(crew, "T-3"), taken_over(crew)
    handed_over(crew, quick)
    with pytest.raises(Refused):
        handed_over(crew, slow, giver=signature(crew, slow, "T-1"))
    assert [held.kit for held in crew.operations.held_by("T-2")] == ["K-1"]


def test_what_is_missing_at_a_handover_opens_a_case_and_does_not_pass_on(crew: Records) -> None:
    checked_out(crew)
    plan = taken_over(crew)
    evidence, answers = by_hand(plan, brace=Count.MISSING)
    done = crew.operations.record(plan, evidence, Confirmation(answers, giver=signature(crew, plan)))
    assert done.custody == {"pliers": 2}
    assert len(done.cases) == 1
    [case] = crew.database.read(lambda uow: uow.cases.open())
    assert (case.found_out_at, case.holder_badge) == ("handover", "T-1")


def test_a_kit_in_the_store_is_counted_with_the_camera_and_one_that_is_out_is_not(crew: Records) -> None:
    plan = crew.operations.plan(badge="S-1", type_=OperationType.INVENTORY, kit="K-1")
    done = crew.operations.record(plan, judged(plan, COMPLETE), Confirmation({}))
    assert (done.type, dict(done.custody), done.holder_badge) == (OperationType.INVENTORY, {}, "")
    checked_out(crew)
    with pytest.raises(Refused, match=re.escape("operation.not_in_store")):
        crew.operations.plan(badge="S-1", type_=OperationType.INVENTORY, kit="K-1")
