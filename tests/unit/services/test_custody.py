"""Custody as commands: what keeps a kit in, who may overrule it, what stays out, and what a count leads to."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes import HandClock, plain_picture
from tests.toolroom.desk import Desk, Word, desk_of, look, whole_count
from tests.unit.services.conftest import PIN
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.cases import CaseKind, CaseState
from toolroom_desktop.domain.custody import Asked, BlockReason, Override, Procedures, WitnessFor
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.signing import GOOD_FOR, Purpose
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.operation_input import Confirmation, Plan, Remark
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.recording import JOURNAL_KEY

MISSING = {("pliers", 2): Count.MISSING}
KEPT = {("pliers", 2): Count.KEPT, ("brace", 1): Count.KEPT}
LEAD = (Word("L-1"),)
QUALITY = (Word("Q-1", Purpose.OVERRIDE_CASE, "самолёт осмотрен, инструмента на борту нет"),)
SetProcedures = Callable[[Procedures], Desk]


@pytest.fixture
def station(station: Records, clock: HandClock) -> Records:
    """The station with its tools written down, a storekeeper and a second technician."""
    for badge, name, role in (("T-2", "Петров П. П.", Role.TECHNICIAN), ("S-1", "Морозова Е. В.", Role.STOREKEEPER)):
        station.accounts.add_person(badge=badge, name=name, role=role, pin=PIN, actor_badge=None)
    due = (clock.now() + timedelta(days=30)).date()
    tools = (
        Tool("pliers", kit="K-1", unit=1, marking="P-1"),
        Tool("pliers", kit="K-1", unit=2, marking="P-2"),
        Tool("brace", kit="K-1", unit=1, marking="B-1", calibration_due=due),
    )
    station.database.write(lambda uow: save(uow, *tools))
    return station


@pytest.fixture
def desk(station: Records) -> Desk:
    return desk_of(station, PIN)


@pytest.fixture
def with_procedures(station: Records) -> SetProcedures:
    """The desk of the same station under other settings."""

    def changed(procedures: Procedures) -> Desk:
        return replace(desk_of(station, PIN), operations=replace(station.operations, procedures=procedures))

    return changed


def save(uow: UnitOfWork, *tools: Tool) -> None:
    for one in tools:
        uow.tools.save(one)


def tool(station: Records, marking: str) -> Tool:
    (found,) = station.database.read(lambda uow: uow.tools.by_marking(marking))
    return found


def change(station: Records, marking: str, state: ToolState) -> None:
    station.database.write(lambda uow: uow.tools.save(replace(uow.tools.by_marking(marking)[0], state=state)))


def journal(station: Records, after: int = 0) -> list[JournalEntry]:
    return station.database.read(lambda uow: list(uow.journal.entries(after_seq=after)))


def length(station: Records) -> int:
    return len(journal(station))


def holder(station: Records, kit: str = "K-1") -> tuple[str, dict[str, int]] | None:
    held = station.database.read(lambda uow: uow.operations.open_checkout(kit))
    return None if held is None else (held.holder_badge, dict(held.custody))


def refused(station: Records, code: str, command: Callable[[], object]) -> None:
    """The command is refused for that reason, nothing moved, and the journal says who tried what."""
    before, held, tools = length(station), holder(station), station.database.read(lambda uow: uow.tools.all())
    with pytest.raises(Refused, match=re.escape(code)):
        command()
    assert holder(station) == held
    assert station.database.read(lambda uow: uow.tools.all()) == tools
    (entry,) = journal(station, before)
    assert (entry.kind, entry.payload["reason"], entry.payload["badge"]) == ("refused", code, "T-1")


# --- what speaks against an issue


def test_a_kit_in_order_goes_out_whole(station: Records, desk: Desk) -> None:
    assert desk.plan("T-1", OperationType.CHECKOUT, "K-1").blocks == ()
    desk.take("T-1", "K-1")
    assert holder(station) == ("T-1", {"pliers": 2, "brace": 1})


def test_an_expired_calibration_blocks_the_issue_from_the_station_s_own_midnight_on(
    station: Records, desk: Desk, clock: HandClock
) -> None:
    # It is 21:00 UTC, and a new day at this station, three hours east.
    clock.advance((timedelta(days=30) + timedelta(hours=12, minutes=59)).total_seconds())
    assert desk.plan("T-1", OperationType.CHECKOUT, "K-1").blocks == ()
    clock.advance(60)
    (block,) = desk.plan("T-1", OperationType.CHECKOUT, "K-1").blocks
    assert (block.reason, block.marking) == (BlockReason.CALIBRATION_EXPIRED, "B-1")
    refused(station, "issue.calibration_expired", lambda: desk.take("T-1", "K-1"))
    desk.take("T-1", "K-1", words=LEAD)
    assert holder(station) == ("T-1", {"pliers": 2, "brace": 1}), "overruled, it goes out with the rest"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (ToolState.UNSERVICEABLE, "issue.tool_unserviceable"),
        (ToolState.IN_REPAIR, "issue.tool_absent"),
        (ToolState.RETIRED, "issue.tool_absent"),
    ],
)
def test_a_tool_that_is_not_fit_blocks_the_issue_and_stays_behind_when_overruled(
    station: Records, desk: Desk, state: ToolState, code: str
) -> None:
    change(station, "P-2", state)
    refused(station, code, lambda: desk.take("T-1", "K-1"))
    done = desk.take("T-1", "K-1", words=LEAD)
    assert holder(station) == ("T-1", {"pliers": 1, "brace": 1})
    (said,) = done.overrides
    assert (said["badge"], said["name"], said["reason"]) == ("L-1", "Смирнова А. В.", "вылет через час")
    assert tool(station, "P-2").state is state


def test_a_kit_of_which_no_tool_is_fit_does_not_go_out_for_anybody(station: Records, desk: Desk) -> None:
    for marking in ("P-1", "P-2", "B-1"):
        change(station, marking, ToolState.UNSERVICEABLE)
    refused(station, "issue.nothing_left", lambda: desk.take("T-1", "K-1", words=LEAD))


def test_an_open_case_keeps_the_kit_in_and_only_quality_s_signature_lets_it_go(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    back = desk.bring("T-1", "K-1", MISSING)
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    assert {block.reason for block in plan.blocks} == {BlockReason.CASE_OPEN, BlockReason.TOOL_ABSENT}
    refused(station, "issue.case_open", lambda: desk.take("T-1", "K-1"))
    out = desk.take("T-1", "K-1", words=LEAD + QUALITY)
    assert out.custody == {"pliers": 1, "brace": 1}
    assert [case.number for case in station.database.read(lambda uow: uow.cases.open("K-1"))] == list(back.cases)


def test_a_shift_lead_alone_does_not_overrule_an_open_case_nor_quality_alone_a_missing_tool(
    station: Records, desk: Desk
) -> None:
    desk.take("T-1", "K-1")
    desk.bring("T-1", "K-1", MISSING)
    for words, code in ((LEAD, "issue.case_open"), (QUALITY, "issue.tool_absent")):
        with pytest.raises(Refused, match=re.escape(code)):
            desk.take("T-1", "K-1", words=words)
        assert journal(station)[-1].payload["reason"] == code


def test_what_came_to_speak_against_it_after_the_plan_counts(station: Records, desk: Desk) -> None:
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    change(station, "B-1", ToolState.UNSERVICEABLE)
    refused(station, "issue.tool_unserviceable", lambda: desk.confirm(plan))


# --- signatures


def overruling(desk: Desk, plan: Plan, signature: uuid.UUID) -> Callable[[], object]:
    words = (Override(signature, "вылет через час"),)
    return lambda: desk.operations.record(plan, look(plan), Confirmation(answers={}, overrides=words))


@pytest.fixture
def blocked(station: Records, desk: Desk) -> Plan:
    change(station, "P-2", ToolState.UNSERVICEABLE)
    return desk.plan("T-1", OperationType.CHECKOUT, "K-1")


def test_a_signature_for_another_operation_overrules_nothing(station: Records, desk: Desk, blocked: Plan) -> None:
    other = desk.plan("T-1", OperationType.CHECKOUT, "K-2")
    signature = desk.sign("L-1", Purpose.OVERRIDE, other.subject)
    refused(station, "signature.for_something_else", overruling(desk, blocked, signature))


@pytest.mark.parametrize("purpose", [Purpose.WITNESS, Purpose.GIVER])
def test_a_signature_for_another_purpose_overrules_nothing(
    station: Records, desk: Desk, blocked: Plan, purpose: Purpose
) -> None:
    signature = desk.sign("L-1", purpose, blocked.subject)
    refused(station, "signature.for_something_else", overruling(desk, blocked, signature))


def test_quality_does_not_overrule_what_a_shift_lead_must(station: Records, desk: Desk, blocked: Plan) -> None:
    signature = desk.sign("Q-1", Purpose.OVERRIDE_CASE, blocked.subject)
    refused(station, "issue.tool_unserviceable", overruling(desk, blocked, signature))


def test_a_signature_grows_old(station: Records, desk: Desk, blocked: Plan, clock: HandClock) -> None:
    signature = desk.sign("L-1", Purpose.OVERRIDE, blocked.subject)
    clock.advance(GOOD_FOR.total_seconds() + 1)
    refused(station, "signature.too_old", overruling(desk, blocked, signature))


def test_a_signature_that_is_not_in_the_journal_overrules_nothing(station: Records, desk: Desk, blocked: Plan) -> None:
    refused(station, "signature.unknown", overruling(desk, blocked, uuid.uuid4()))
    no_signature = journal(station)[0].op_id
    refused(station, "signature.unknown", overruling(desk, blocked, no_signature))


@pytest.mark.parametrize(
    ("badge", "purpose"),
    [
        ("T-2", Purpose.OVERRIDE),
        ("S-1", Purpose.OVERRIDE),
        ("Q-1", Purpose.OVERRIDE),
        ("L-1", Purpose.OVERRIDE_CASE),
        ("T-2", Purpose.GIVER),
        ("Q-1", Purpose.GIVER),
    ],
)
def test_who_may_not_sign_for_it_does_not_and_the_journal_says_so(
    station: Records, desk: Desk, blocked: Plan, badge: str, purpose: Purpose
) -> None:
    before = length(station)
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        desk.sign(badge, purpose, blocked.subject)
    (entry,) = journal(station, before)
    assert (entry.kind, entry.payload["badge"], entry.payload["command"]) == ("refused", badge, f"sign.{purpose.value}")


def test_a_shift_lead_who_takes_the_kit_may_overrule_and_is_named_with_the_reason(
    station: Records, desk: Desk, blocked: Plan
) -> None:
    done = desk.take("L-1", "K-1", words=LEAD)
    assert holder(station) == ("L-1", {"pliers": 1, "brace": 1})
    assert done.overrides[0]["badge"] == done.person_badge == "L-1"


def test_the_giver_is_owed_where_the_station_asks_for_one_and_is_somebody_else(
    station: Records, with_procedures: SetProcedures
) -> None:
    desk = with_procedures(Procedures(giver_signs=True))
    with pytest.raises(BadInput, match=re.escape("operation.giver_owed")):
        desk.take("T-1", "K-1")
    assert holder(station) is None
    done = desk.take("T-1", "K-1", giver="S-1")
    assert (done.giver_badge, done.holder_badge) == ("S-1", "T-1")
    desk.bring("T-1", "K-1")
    with pytest.raises(Refused, match=re.escape("signature.same_person")):
        desk.take("L-1", "K-1", giver="L-1")
    assert holder(station) is None


def test_the_witness_is_owed_for_what_the_settings_say(station: Records, with_procedures: SetProcedures) -> None:
    desk = with_procedures(Procedures(witness=WitnessFor.DISCREPANCIES))
    desk.take("T-1", "K-1")
    all_there = {("pliers", 1): Count.FOUND}
    with pytest.raises(BadInput, match=re.escape("operation.witness_owed")):
        desk.bring("T-1", "K-1", MISSING)
    assert desk.bring("T-1", "K-1", all_there).witness_badge == "", "nothing is amiss"
    desk = with_procedures(Procedures(witness=WitnessFor.ALL))
    with pytest.raises(BadInput, match=re.escape("operation.witness_owed")):
        desk.take("T-1", "K-1", all_there)
    desk.take("T-1", "K-1")  # not counted by hand
    with pytest.raises(Refused, match=re.escape("signature.same_person")):
        desk.confirm(desk.plan("T-1", OperationType.CHECKIN, "K-1"), MISSING, witness="T-1")
    assert desk.bring("T-1", "K-1", MISSING, witness="T-2").witness_badge == "T-2"


def test_details_that_the_station_requires_are_owed(
    station: Records, with_procedures: SetProcedures, clock: HandClock
) -> None:
    required = Procedures(work_order=Asked.REQUIRED, aircraft=Asked.REQUIRED, expected_return=Asked.REQUIRED)
    desk = with_procedures(required)
    later = clock.now() + timedelta(hours=4)
    before = length(station)
    for details, code in (
        ({"aircraft": "RA-89001", "expected_return": later}, "operation.work_order_owed"),
        ({"work_order": "НЗ-1", "aircraft": " ", "expected_return": later}, "operation.aircraft_owed"),
        ({"work_order": "НЗ-1", "aircraft": "RA-89001"}, "operation.expected_return_owed"),
        (
            {"work_order": "НЗ-1", "aircraft": "RA-89001", "expected_return": clock.now()},
            "operation.return_in_the_past",
        ),
    ):
        with pytest.raises(BadInput, match=re.escape(code)):
            desk.take("T-1", "K-1", **details)
    assert length(station) == before, "somebody who forgot a field did nothing wrong"
    done = desk.take("T-1", "K-1", work_order=" НЗ-1 ", aircraft="RA-89001", expected_return=later)
    assert (done.work_order, done.aircraft, done.expected_return) == ("НЗ-1", "RA-89001", later)
    desk.bring("T-1", "K-1")  # a return asks for nothing


# --- an incomplete kit at the checkout


def test_an_incomplete_checkout_hands_nothing_out_and_opens_a_case(station: Records, desk: Desk) -> None:
    done = desk.take("T-1", "K-1", MISSING)
    assert (done.final_status, done.custody, holder(station)) == (Status.DISCREPANCY, {}, None)
    (case,) = station.database.read(lambda uow: uow.cases.open("K-1"))
    assert done.cases == (case.number,)
    assert (case.kind, case.found_out_at, case.marking) == (CaseKind.MISSING, "checkout", "P-2")
    assert tool(station, "P-2").state is ToolState.LOST
    with pytest.raises(Refused, match=re.escape("operation.kit_not_out")):
        desk.plan("T-1", OperationType.CHECKIN, "K-1")


def test_overruled_the_rest_goes_out_and_the_case_is_open_all_the_same(station: Records, desk: Desk) -> None:
    done = desk.take("T-1", "K-1", MISSING, words=LEAD)
    assert holder(station) == ("T-1", {"pliers": 1, "brace": 1})
    assert len(done.cases) == len(station.database.read(lambda uow: uow.cases.open("K-1"))) == 1
    back = desk.bring("T-1", "K-1")
    assert (back.final_status, back.cases) == (Status.SUCCESS, ()), "what did not go out is not asked for"


# --- returns


def test_a_return_in_parts_leaves_the_rest_with_whoever_had_it(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1", work_order="НЗ-7", aircraft="RA-89001")
    part = desk.bring("T-2", "K-1", KEPT)
    assert (part.person_badge, part.holder_badge, part.holder_name) == ("T-2", "T-1", "Иванов И. И.")
    assert holder(station) == ("T-1", {"pliers": 1, "brace": 1})
    assert (part.work_order, part.aircraft) == ("НЗ-7", "RA-89001")
    assert [held.kit for held in station.operations.held_by("T-1")] == ["K-1"]
    with pytest.raises(Refused, match=re.escape("operation.kit_already_out")):
        desk.plan("T-2", OperationType.CHECKOUT, "K-1")
    rest = desk.bring("T-1", "K-1")
    assert (rest.closes, rest.expected) == (part.operation_id, {"pliers": 1, "brace": 1})
    assert holder(station) is None
    assert station.database.read(lambda uow: uow.cases.open()) == [], "what is kept is not missing"


def test_nothing_is_kept_at_a_checkout(station: Records, desk: Desk) -> None:
    with pytest.raises(BadInput, match=re.escape("operation.kept_only_at_checkin")):
        desk.take("T-1", "K-1", KEPT)
    assert holder(station) is None


def test_another_person_may_bring_a_kit_back(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    assert desk.bring("T-2", "K-1").person_badge == "T-2"
    assert holder(station) is None


def test_who_was_disabled_holds_their_kits_until_somebody_brings_them(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    station.accounts.set_active(badge="T-1", active=False, actor_badge=None)
    refused(station, "people.disabled", lambda: desk.bring("T-1", "K-1"))
    assert holder(station) == ("T-1", {"pliers": 2, "brace": 1})
    back = desk.bring("T-2", "K-1", MISSING)
    assert holder(station) is None
    (case,) = station.database.read(lambda uow: uow.cases.open("K-1"))
    assert back.cases == (case.number,)
    assert (case.holder_badge, case.events[0].badge) == ("T-1", "T-2"), "who had it, and who found it out"


@pytest.mark.parametrize(
    ("count", "state", "kind"),
    [
        (Count.DAMAGED, ToolState.UNSERVICEABLE, None),
        (Count.PIECE_MISSING, ToolState.UNSERVICEABLE, CaseKind.PIECE_MISSING),
        (Count.MISSING, ToolState.LOST, CaseKind.MISSING),
        (Count.WRONG, ToolState.LOST, CaseKind.WRONG_TOOL),
    ],
)
def test_what_a_count_at_the_return_leads_to(
    station: Records, desk: Desk, count: Count, state: ToolState, kind: CaseKind | None
) -> None:
    out = desk.take("T-1", "K-1", work_order="НЗ-7", aircraft="RA-89001")
    back = desk.bring("T-2", "K-1", {("brace", 1): count})
    assert back.final_status is Status.DISCREPANCY
    assert tool(station, "B-1").state is state
    assert {tool(station, name).state for name in ("P-1", "P-2")} == {ToolState.SERVICEABLE}
    cases = station.database.read(lambda uow: uow.cases.of_operation(back.operation_id))
    assert [case.kind for case in cases] == ([] if kind is None else [kind])
    for case in cases:
        assert (case.tool_id, case.state) == (tool(station, "B-1").tool_id, CaseState.OPEN)
        assert (case.holder_badge, case.aircraft, case.work_order) == (out.holder_badge, "RA-89001", "НЗ-7")
    (entry,) = [entry for entry in journal(station) if entry.kind == "tool_changed"]
    assert (entry.payload["before"], entry.payload["state"], entry.payload["reason"]) == (
        "serviceable",
        state.value,
        count.value,
    )
    assert entry.payload["operation"] == str(back.operation_id)


def test_a_remark_with_its_photo_goes_into_the_case(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    remark = Remark(marking=" B-1 ", note="отломан рычаг", photo=b"\xff\xd8 a picture of it")
    plan = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    done = desk.confirm(plan, {("brace", 1): Count.PIECE_MISSING}, remarks={("brace", 1): remark})
    counted = next(position for position in done.counted if position.tool_class == "brace")
    assert (counted.marking, counted.note) == ("B-1", "отломан рычаг")
    assert station.operations.photo(counted.photo) == remark.photo
    (case,) = station.database.read(lambda uow: uow.cases.of_operation(done.operation_id))
    assert (case.events[0].text, case.events[0].photo) == ("отломан рычаг", counted.photo)
    assert counted.photo in station.database.read(lambda uow: dict(uow.evidence.all()))


def test_a_tool_that_nobody_wrote_down_is_written_down_when_it_is_lost(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-2")
    desk.bring("T-1", "K-2", MISSING)
    (lost,) = station.database.read(lambda uow: uow.tools.in_kit("K-2"))
    assert (lost.tool_class, lost.kit, lost.state) == ("pliers", "K-2", ToolState.LOST)
    (case,) = station.database.read(lambda uow: uow.cases.open("K-2"))
    assert case.tool_id == lost.tool_id
    assert desk.take("T-1", "K-2", words=LEAD + QUALITY).custody == {"pliers": 1, "brace": 1}


def test_a_tool_that_broke_while_its_kit_was_out_is_not_written_down_a_second_time(
    station: Records, desk: Desk
) -> None:
    desk.take("T-1", "K-1")
    change(station, "P-2", ToolState.UNSERVICEABLE)
    desk.bring("T-1", "K-1", MISSING)
    tools = station.database.read(lambda uow: uow.tools.in_kit("K-1"))
    assert [(one.marking, one.state) for one in tools if one.tool_class == "pliers"] == [
        ("P-1", ToolState.SERVICEABLE),
        ("P-2", ToolState.LOST),
    ]


# --- twice, at once, and at the wrong time


def test_a_plan_is_recorded_once(station: Records, desk: Desk) -> None:
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    done = desk.confirm(plan)
    before = length(station)
    assert desk.confirm(plan) == done, "whoever presses twice is told what was recorded"
    desk.bring("T-1", "K-1")
    assert desk.confirm(plan) == done
    assert length(station) == before + 1, "the return, and nothing else"
    assert len(station.operations.recent()) == 2


def test_the_same_plan_with_another_count_is_refused_and_the_first_one_stands(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    plan = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    done = desk.confirm(plan)
    refused(station, "operation.already_recorded", lambda: desk.confirm(plan, MISSING))
    refused(station, "operation.already_recorded", lambda: desk.confirm(plan, note="nothing of this was recorded"))
    assert station.operations.by_id(str(done.operation_id)) == done
    assert station.database.read(lambda uow: uow.cases.open()) == []


def test_an_incomplete_checkout_is_recorded_once_and_opens_one_case(station: Records, desk: Desk) -> None:
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    assert desk.confirm(plan, MISSING) == desk.confirm(plan, MISSING)
    assert len(station.database.read(lambda uow: uow.cases.open())) == 1
    assert len(station.operations.recent()) == 1


def test_a_count_by_hand_without_any_tools_missing_is_recorded_once(station: Records, desk: Desk) -> None:
    plan = desk.plan("T-1", OperationType.INVENTORY, "K-1")
    assert desk.confirm(plan) == desk.confirm(plan)
    assert len(station.operations.recent()) == 1


def test_a_return_is_recorded_once(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    plan = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    assert desk.confirm(plan) == desk.confirm(plan)
    assert len(station.operations.recent()) == 2


def test_a_return_that_was_begun_earlier_closes_no_later_custody(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    forgotten = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    desk.bring("T-1", "K-1")
    refused(station, "operation.kit_not_out", lambda: desk.confirm(forgotten))
    desk.take("T-2", "K-1")
    refused(station, "operation.changed_meanwhile", lambda: desk.confirm(forgotten))
    assert holder(station) == ("T-2", {"pliers": 2, "brace": 1})


def test_two_people_who_bring_the_same_kit_at_once_do_not_both_return_it(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    first = desk.plan("T-2", OperationType.CHECKIN, "K-1")
    second = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    desk.confirm(first, KEPT)
    refused(station, "operation.changed_meanwhile", lambda: desk.confirm(second))
    assert holder(station) == ("T-1", {"pliers": 1, "brace": 1}), "what was kept stays in custody"


def test_two_people_who_take_the_same_incomplete_kit_at_once_open_one_case(station: Records, desk: Desk) -> None:
    first, second = (desk.plan(badge, OperationType.CHECKOUT, "K-1") for badge in ("T-2", "T-1"))
    desk.confirm(first, MISSING)
    refused(station, "issue.case_open", lambda: desk.confirm(second, MISSING))
    assert len(station.database.read(lambda uow: uow.cases.open())) == 1


def test_a_plan_whose_kit_was_changed_meanwhile_is_begun_anew(station: Records, desk: Desk) -> None:
    change(station, "P-2", ToolState.UNSERVICEABLE)
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    assert plan.expected == {"pliers": 1, "brace": 1}
    change(station, "P-2", ToolState.SERVICEABLE)
    refused(station, "operation.changed_meanwhile", lambda: desk.confirm(plan))
    assert desk.take("T-1", "K-1").custody == {"pliers": 2, "brace": 1}


@pytest.mark.parametrize("span", [timedelta(hours=1), timedelta(days=3650)])
def test_a_clock_set_back_refuses_nothing_and_keeps_the_order(
    station: Records, desk: Desk, clock: HandClock, span: timedelta
) -> None:
    out = desk.take("T-1", "K-1", expected_return=clock.now() + timedelta(hours=2))
    clock.set_back(span)
    back = desk.bring("T-1", "K-1", MISSING)
    assert (back.closes, back.site_seq > out.site_seq) == (out.operation_id, True)
    assert [one.operation_id for one in station.operations.recent()] == [back.operation_id, out.operation_id]
    entry = station.database.read(lambda uow: uow.journal.by_id(back.operation_id))
    assert entry is not None
    assert entry.clock_back
    assert len(station.database.read(lambda uow: uow.cases.open())) == 1
    desk.take("T-2", "K-1", words=LEAD + QUALITY)
    assert verify_journal(station.database, key=station.secrets.get_or_create(JOURNAL_KEY)).whole


def test_cases_found_out_at_the_same_moment_have_numbers_of_their_own(
    station: Records, desk: Desk, clock: HandClock
) -> None:
    for kit in ("K-1", "K-2"):
        desk.take("T-1", kit)
        desk.bring("T-1", kit, {("pliers", 1): Count.MISSING, ("pliers", 2): Count.WRONG})
        clock.set_back(timedelta(days=365))
    numbers = [case.number for case in station.database.read(lambda uow: uow.cases.recent(limit=10))]
    assert len(set(numbers)) == len(numbers) == 4


# --- power cuts


class PowerCutError(BaseException):
    """The moment at which everything stops: nothing of the program handles it."""


@pytest.fixture
def reopened(tmp_path: Path, clock: HandClock) -> Iterator[Callable[[Records], Records]]:
    """The station after the power came back."""
    opened: list[Records] = []

    def reopen(before: Records) -> Records:
        before.close()
        opened.append(open_records(tmp_path / "данные станции", clock=clock, pin_cost=FAST))
        return opened[-1]

    yield reopen
    for records in opened:
        records.close()


@pytest.mark.parametrize("step", ["journal", "evidence", "tools", "cases", "operations"])
def test_a_power_cut_between_the_photo_and_the_record_leaves_nothing_half(
    station: Records,
    clock: HandClock,
    reopened: Callable[[Records], Records],
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    desk = desk_of(station, PIN, plain_picture())
    desk.take("T-1", "K-1")
    photos = len(list(station.evidence.path("0" * 64).parents[1].rglob("*.jpg")))
    before = (length(station), holder(station), station.database.read(lambda uow: uow.tools.all()))
    # Another picture than at the checkout, so that the photos are new ones.
    desk = desk_of(station, PIN, plain_picture(90))
    plan = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    evidence = look(plan, MISSING, desk.picture)
    answers = Confirmation(answers=whole_count(plan, MISSING))

    def cut(*_: object, **__: object) -> None:
        raise PowerCutError

    name = {"journal": "append", "evidence": "add", "operations": "add", "tools": "save", "cases": "save"}[step]
    repositories = station.database.read(lambda uow: type(getattr(uow, step)))
    with monkeypatch.context() as until_then:
        until_then.setattr(repositories, name, cut)
        with pytest.raises(PowerCutError):
            desk.operations.record(plan, evidence, answers)
    again = reopened(station)
    assert (length(again), holder(again), again.database.read(lambda uow: uow.tools.all())) == before
    assert again.database.read(lambda uow: uow.cases.open()) == []
    assert len(list(again.evidence.path("0" * 64).parents[1].rglob("*.jpg"))) > photos, "the photos were there first"
    known = again.database.read(lambda uow: {sha256 for sha256, _ in uow.evidence.all()})
    assert again.evidence.remove_orphans(known) == 0, "they may yet be waiting for their record"
    done = desk_of(again, PIN, plain_picture(90)).bring("T-1", "K-1", MISSING)
    assert len(done.cases) == 1
    assert verify_journal(again.database, key=again.secrets.get_or_create(JOURNAL_KEY)).whole


def test_a_power_cut_in_the_middle_of_the_photos_leaves_no_record(
    station: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(station, PIN, plain_picture())
    put = type(station.evidence).put
    told: list[bytes] = []

    def cut(store: object, content: bytes) -> str:
        told.append(content)
        if len(told) == 2:
            raise PowerCutError
        return put(store, content)  # type: ignore[arg-type]

    before = length(station)
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    with monkeypatch.context() as until_then:
        until_then.setattr(type(station.evidence), "put", cut)
        with pytest.raises(PowerCutError):
            desk.confirm(plan)
    assert (length(station), holder(station), station.operations.recent()) == (before, None, [])
    desk.confirm(plan)
    assert holder(station) == ("T-1", {"pliers": 2, "brace": 1}), "the same plan can still be recorded"


# --- by role


@pytest.mark.parametrize("badge", ["Q-1", "A-1"])
@pytest.mark.parametrize("type_", list(OperationType))
def test_who_moves_no_kits_is_refused_and_recorded(
    station: Records, desk: Desk, badge: str, type_: OperationType
) -> None:
    station.accounts.add_person(badge="A-1", name="Титов М. О.", role=Role.ADMINISTRATOR, pin=PIN, actor_badge=None)
    before = length(station)
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        desk.plan(badge, type_, "K-1")
    (entry,) = journal(station, before)
    assert (entry.payload["badge"], entry.payload["command"]) == (badge, f"operation.{type_.value}")


def test_whose_role_changed_after_the_plan_is_asked_again(station: Records, desk: Desk) -> None:
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")

    def move(uow: UnitOfWork) -> None:
        person = uow.people.by_badge("T-1")
        assert person is not None
        uow.people.save(replace(person, role=Role.QUALITY))

    station.database.write(move)
    refused(station, "people.not_permitted", lambda: desk.confirm(plan))


# --- which tool it is


def test_what_lacks_after_a_return_in_parts_is_the_tool_that_stayed_out(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    desk.bring("T-1", "K-1", {("pliers", 2): Count.KEPT})
    back = desk.bring("T-1", "K-1", {("pliers", 1): Count.MISSING})
    (case,) = station.database.read(lambda uow: uow.cases.of_operation(back.operation_id))
    assert case.marking == "P-2", "the first one lies in its place since the return before"
    assert (tool(station, "P-1").state, tool(station, "P-2").state) == (ToolState.SERVICEABLE, ToolState.LOST)


def test_what_lacks_in_a_kit_that_went_out_incomplete_is_the_tool_that_went_out(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1", {("pliers", 1): Count.DAMAGED}, words=LEAD)
    back = desk.bring("T-1", "K-1", {("pliers", 1): Count.MISSING})
    (case,) = station.database.read(lambda uow: uow.cases.of_operation(back.operation_id))
    assert case.marking == "P-2"
    assert (tool(station, "P-1").state, tool(station, "P-2").state) == (ToolState.UNSERVICEABLE, ToolState.LOST)
