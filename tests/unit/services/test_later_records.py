"""What is said of an operation afterwards: an owed count, corrections; and what counts and signatures may not hide."""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator

from tests.fakes import HandClock, frame_of, plain_picture
from tests.toolroom.desk import Desk, Word, desk_of, look
from tests.unit.services.conftest import PIN
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.config.paths import program_root
from toolroom_desktop.domain.custody import Override, Procedures, WitnessFor
from toolroom_desktop.domain.detection import PictureProblem
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.inspection import ManualReason, PositionState, Status, UnsureReason, inspect
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.thresholds import LookAlikeGroup, ModelKnowledge, Thresholds
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.kept_inspection import kept_inspection
from toolroom_desktop.services.later_records import details_of
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan, Remark
from toolroom_desktop.services.recording import JOURNAL_KEY
from toolroom_desktop.services.result_json import inspection_json, operation_json

SCHEMA = Draft202012Validator(json.loads((program_root() / "docs" / "result.schema.json").read_text(encoding="utf-8")))
ONE_UNSEEN = {("pliers", 2): Count.MISSING}
ALL_FOUND = {("pliers", 1): Count.FOUND, ("pliers", 2): Count.FOUND, ("brace", 1): Count.FOUND}


@pytest.fixture
def station(station: Records) -> Records:
    """The station with its tools written down, a storekeeper and a second technician."""
    for badge, name, role in (("T-2", "Петров П. П.", Role.TECHNICIAN), ("S-1", "Морозова Е. В.", Role.STOREKEEPER)):
        station.accounts.add_person(badge=badge, name=name, role=role, pin=PIN, actor_badge=None)
    tools = [Tool("pliers", kit="K-1", unit=unit, marking=f"P-{unit}") for unit in (1, 2)]
    tools.append(Tool("brace", kit="K-1", unit=1, marking="B-1"))
    for one in tools:
        station.database.write(lambda uow, one=one: uow.tools.save(one))  # type: ignore[misc]
    return station


@pytest.fixture
def desk(station: Records) -> Desk:
    return desk_of(station, PIN, plain_picture())


def uncounted(desk: Desk, type_: OperationType = OperationType.CHECKOUT) -> Operation:
    """Recorded from the command line, while one pair of pliers was not seen and nobody counted."""
    plan = desk.plan("T-1", type_, "K-1")
    later = Confirmation({}, count_later=True)
    return desk.operations.record(plan, look(plan, ONE_UNSEEN, plain_picture()), later)


def out(station: Records) -> dict[str, int] | None:
    held = station.database.read(lambda uow: uow.operations.open_checkout("K-1"))
    return None if held is None else dict(held.custody)


def tool(station: Records, marking: str) -> Tool:
    (found,) = station.database.read(lambda uow: uow.tools.by_marking(marking))
    return found


def counted(desk: Desk, owing: Operation, badge: str = "T-2", **said: object) -> Operation:
    confirmation = Confirmation(**{"answers": ALL_FOUND, **said})  # type: ignore[arg-type]
    return desk.operations.count(badge=badge, operation_id=owing.operation_id, confirmation=confirmation)


# --- a count that was owed


def test_an_owed_count_is_a_record_of_its_own_and_settles_the_operation(station: Records, desk: Desk) -> None:
    owing = uncounted(desk)
    done = counted(desk, owing, note="лежали под ветошью")
    assert (done.status, done.final_status, done.count_owed) == (Status.DISCREPANCY, Status.SUCCESS, False)
    assert station.operations.by_id(str(owing.operation_id)) == done
    (said,) = done.later
    entry = station.database.read(lambda uow: uow.journal.by_id(UUID(said["id"])))
    assert entry is not None
    assert entry.kind == "operation_counted"
    assert entry.payload["operation"] == str(owing.operation_id)
    assert (entry.payload["by"]["badge"], entry.payload["note"]) == ("T-2", "лежали под ветошью")
    first = station.database.read(lambda uow: uow.journal.by_id(owing.operation_id))
    assert first is not None
    assert first.payload == operation_json(owing), "what was recorded first stays as it was"
    key = station.secrets.get_or_create(JOURNAL_KEY)
    assert verify_journal(station.database, key=key).whole
    SCHEMA.validate(operation_json(done))


def test_what_a_later_count_lacks_opens_a_case_and_is_no_longer_asked_for(
    station: Records, desk: Desk, clock: HandClock
) -> None:
    owing = uncounted(desk)
    clock.advance(3600)
    done = counted(desk, owing, answers=ALL_FOUND | ONE_UNSEEN)
    assert (done.final_status, out(station)) == (Status.DISCREPANCY, {"pliers": 1, "brace": 1})
    (case,) = station.database.read(lambda uow: uow.cases.open("K-1"))
    assert (case.number, case.marking, case.operation_id) == (done.cases[0], "P-2", owing.operation_id)
    assert case.opened_at == clock.now(), "its times begin when the count was given"
    assert tool(station, "P-2").state is ToolState.LOST


def test_a_tool_that_was_found_broken_after_it_went_out_must_still_come_back(station: Records, desk: Desk) -> None:
    owing = uncounted(desk)
    counted(desk, owing, answers=ALL_FOUND | {("brace", 1): Count.DAMAGED})
    assert out(station) == {"pliers": 2, "brace": 1}
    assert tool(station, "B-1").state is ToolState.UNSERVICEABLE


def test_a_later_count_of_a_return_may_leave_a_tool_out_with_its_holder(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    owing = uncounted(desk, OperationType.CHECKIN)
    assert out(station) == {"pliers": 2, "brace": 1}, "nobody has counted it yet"
    done = counted(desk, owing, answers=ALL_FOUND | {("pliers", 2): Count.KEPT})
    assert (out(station), done.holder_badge) == ({"pliers": 1}, "T-1")


def test_a_count_is_given_once(station: Records, desk: Desk) -> None:
    owing = uncounted(desk)
    done = counted(desk, owing)
    with pytest.raises(Refused, match=re.escape("operation.no_count_owed")):
        counted(desk, owing, answers=ALL_FOUND | ONE_UNSEEN)
    assert station.operations.by_id(str(owing.operation_id)) == done
    assert station.database.read(lambda uow: uow.cases.open()) == []


def test_a_complete_operation_owes_no_count(desk: Desk) -> None:
    done = desk.take("T-1", "K-1")
    with pytest.raises(Refused, match=re.escape("operation.no_count_owed")):
        counted(desk, done)
    with pytest.raises(Refused, match=re.escape("operation.no_count_owed")):
        desk.operations.plan_count(badge="T-1", operation_id=done.operation_id)


def test_a_kit_that_went_on_is_no_longer_counted_for_the_operation_before(station: Records, desk: Desk) -> None:
    owing = uncounted(desk)
    desk.bring("T-1", "K-1")
    with pytest.raises(Refused, match=re.escape("operation.kit_moved_on")):
        counted(desk, owing, answers=ALL_FOUND | ONE_UNSEEN)
    assert station.database.read(lambda uow: uow.cases.open()) == []


def test_every_answer_that_was_owed_then_is_owed_now(station: Records, desk: Desk) -> None:
    owing = uncounted(desk)
    with pytest.raises(BadInput, match=re.escape("operation.count_owed")):
        counted(desk, owing, answers={("brace", 1): Count.FOUND})
    with pytest.raises(BadInput, match=re.escape("operation.count_owed")):
        counted(desk, owing, answers={}, count_later=True)
    assert station.operations.by_id(str(owing.operation_id)).count_owed


def test_the_count_is_planned_with_what_recognition_said_then(desk: Desk) -> None:
    owing = uncounted(desk)
    plan, evidence = desk.operations.plan_count(badge="T-2", operation_id=owing.operation_id)
    assert (plan.counts, plan.subject, plan.person_badge) == (owing, str(owing.operation_id), "T-2")
    assert evidence.to_count == set(ALL_FOUND)
    assert [p.found for p in evidence.inspection.positions] == [True, False, True]


def test_a_second_person_signs_a_later_count_where_the_station_asks_for_one(station: Records, desk: Desk) -> None:
    operations = replace(station.operations, procedures=Procedures(witness=WitnessFor.ALL))
    desk = replace(desk, operations=operations)
    owing = uncounted(desk)
    with pytest.raises(BadInput, match=re.escape("operation.witness_owed")):
        counted(desk, owing)
    subject = str(owing.operation_id)
    with pytest.raises(Refused, match=re.escape("signature.same_person")):
        counted(desk, owing, witness=desk.sign("T-2", Purpose.WITNESS, subject))
    done = counted(desk, owing, witness=desk.sign("T-1", Purpose.WITNESS, subject))
    assert (done.witness_badge, done.witness_name) == ("T-1", "Иванов И. И.")


def test_quality_does_not_count_kits_and_the_journal_says_who_tried(station: Records, desk: Desk) -> None:
    owing = uncounted(desk)
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        counted(desk, owing, badge="Q-1")
    newest = station.database.read(lambda uow: list(uow.journal.entries()))[-1]
    assert (newest.kind, newest.payload["badge"]) == ("refused", "Q-1")


# --- corrections


def test_a_correction_is_a_record_with_its_reason_and_changes_no_case(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1", aircraft="RA-89001", work_order="WO-1")
    desk.bring("T-1", "K-1", ALL_FOUND | ONE_UNSEEN)
    [back] = [o for o in station.operations.recent() if o.type is OperationType.CHECKIN]
    case = station.database.read(lambda uow: uow.cases.open("K-1"))
    changed = replace(details_of(back), aircraft="RA-89010", note="борт перепутан")
    done = station.operations.correct(
        badge="S-1", operation_id=back.operation_id, details=changed, reason="опечатка при вводе"
    )
    assert (done.aircraft, done.work_order, done.note) == ("RA-89010", "WO-1", "борт перепутан")
    (said,) = done.later
    assert (said["kind"], said["reason"], said["by"]["badge"]) == ("corrected", "опечатка при вводе", "S-1")
    assert said["changes"]["aircraft"] == {"before": "RA-89001", "after": "RA-89010"}
    assert station.database.read(lambda uow: uow.cases.open("K-1")) == case
    assert (done.counted, done.custody, done.final_status) == (back.counted, back.custody, back.final_status)
    SCHEMA.validate(operation_json(done))


@pytest.mark.parametrize("badge", ["T-1", "Q-1"])
def test_only_a_storekeeper_or_a_shift_lead_corrects(station: Records, desk: Desk, badge: str) -> None:
    done = desk.take("T-1", "K-1")
    changed = replace(details_of(done), note="не моё")
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        station.operations.correct(badge=badge, operation_id=done.operation_id, details=changed, reason="так надо")
    assert station.operations.by_id(str(done.operation_id)) == done


def test_a_correction_needs_a_reason_and_a_difference(station: Records, desk: Desk) -> None:
    done = desk.take("T-1", "K-1")
    same = details_of(done)
    with pytest.raises(BadInput, match=re.escape("operation.reason_empty")):
        station.operations.correct(
            badge="L-1", operation_id=done.operation_id, details=replace(same, note="x"), reason=" "
        )
    with pytest.raises(BadInput, match=re.escape("operation.nothing_corrected")):
        station.operations.correct(badge="L-1", operation_id=done.operation_id, details=same, reason="просто так")
    with pytest.raises(NotFound, match=re.escape("operation.unknown")):
        station.operations.correct(badge="L-1", operation_id=UUID(int=7), details=same, reason="просто так")


def test_a_later_return_time_is_what_counts_from_then_on(station: Records, desk: Desk, clock: HandClock) -> None:
    done = desk.take("T-1", "K-1", expected_return=clock.now() + timedelta(hours=2))
    tomorrow = clock.now() + timedelta(days=1)
    station.operations.correct(
        badge="L-1",
        operation_id=done.operation_id,
        details=replace(details_of(done), expected_return=tomorrow),
        reason="рейс перенесён",
    )
    [held] = station.operations.held_by("T-1")
    assert held.expected_return == tomorrow


# --- overruling


def test_who_overruled_a_calibration_did_not_overrule_what_the_count_found(station: Records, desk: Desk) -> None:
    station.database.write(lambda uow: uow.tools.save(replace(tool(station, "P-1"), state=ToolState.UNSERVICEABLE)))
    lead = Word("L-1")
    stays = desk.take("T-1", "K-1", {("brace", 1): Count.DAMAGED}, words=(lead,))
    assert (stays.final_status, stays.custody) == (Status.DISCREPANCY, {})
    assert [block["reason"] for block in stays.overrides[0]["overruled"]] == ["tool_unserviceable"]
    station.database.write(lambda uow: uow.tools.save(replace(tool(station, "B-1"), state=ToolState.SERVICEABLE)))
    goes = desk.take("T-1", "K-1", {("brace", 1): Count.DAMAGED}, words=(lead, Word("L-1", reason="без коловорота")))
    assert goes.custody == {"pliers": 1}
    assert [o["overruled"][0]["reason"] for o in goes.overrides] == ["tool_unserviceable", "discrepancy"]
    SCHEMA.validate(operation_json(goes))


def test_one_signature_given_twice_is_one_signature(station: Records, desk: Desk) -> None:
    station.database.write(lambda uow: uow.tools.save(replace(tool(station, "P-1"), state=ToolState.UNSERVICEABLE)))
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    word = Override(desk.sign("L-1", Purpose.OVERRIDE, plan.subject), "вылет через час")
    answers = {("pliers", 1): Count.FOUND, ("brace", 1): Count.DAMAGED}
    plan = replace(plan, signed={Purpose.OVERRIDE: word})
    done = desk.operations.record(plan, look(plan), Confirmation(answers, overrides=(word,)))
    assert done.custody == {}


def test_a_signature_covers_only_what_was_known_when_the_operation_was_begun(station: Records, desk: Desk) -> None:
    station.database.write(lambda uow: uow.tools.save(replace(tool(station, "P-1"), state=ToolState.UNSERVICEABLE)))
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    station.database.write(lambda uow: uow.tools.save(replace(tool(station, "B-1"), state=ToolState.UNSERVICEABLE)))
    with pytest.raises(Refused, match=re.escape("issue.tool_unserviceable")):
        desk.confirm(plan, words=(Word("L-1"), Word("L-1")))
    assert out(station) is None


def test_who_turns_back_before_what_blocks_an_issue_is_in_the_journal(station: Records, desk: Desk) -> None:
    station.database.write(lambda uow: uow.tools.save(replace(tool(station, "P-1"), state=ToolState.UNSERVICEABLE)))
    station.operations.turn_back(desk.plan("T-1", OperationType.CHECKOUT, "K-1"))
    newest = station.database.read(lambda uow: list(uow.journal.entries()))[-1]
    assert (newest.kind, newest.payload["badge"], newest.payload["subject"]) == ("refused", "T-1", "K-1")
    assert newest.payload["reason"] == "issue.tool_unserviceable"
    before = newest.site_seq
    station.operations.turn_back(desk.plan("T-1", OperationType.CHECKOUT, "K-2"))
    assert station.database.read(lambda uow: uow.journal.head().site_seq) == before, "nothing spoke against it"


# --- what is said of single tools


def record_with(desk: Desk, remarks: dict[tuple[str, int], Remark]) -> Operation:
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    return desk.operations.record(plan, look(plan, {}, plain_picture()), Confirmation({}, remarks=remarks))


def test_a_remark_on_a_tool_that_nobody_asked_for_is_kept(desk: Desk) -> None:
    done = record_with(desk, {("brace", 1): Remark("B-1", "рукоятка скрипит", b"\xff\xd8 a photo")})
    assert done.final_status is Status.SUCCESS
    [word] = [position for position in done.counted if position.by_hand]
    assert (word.tool_class, word.count, word.marking, word.note) == ("brace", Count.FOUND, "B-1", "рукоятка скрипит")
    assert desk.operations.photo(word.photo) == b"\xff\xd8 a photo"


def test_photos_of_single_tools_are_evidence_and_leave_nothing_behind_without_their_record(
    station: Records, desk: Desk, tmp_path: Path
) -> None:
    done = record_with(desk, {("brace", 1): Remark(photo=b"\xff\xd8 of the brace")})
    known = station.database.read(lambda uow: {sha256 for sha256, _ in uow.evidence.all()})
    [photo] = [position.photo for position in done.counted if position.photo]
    assert photo in known
    plan = desk.plan("T-2", OperationType.CHECKIN, "K-1")
    station.accounts.set_active(badge="T-2", active=False, actor_badge=None)
    remarks = {("brace", 1): Remark(photo=b"\xff\xd8 cut off before the record")}
    with pytest.raises(Refused):
        desk.operations.record(plan, look(plan), Confirmation({}, remarks=remarks))
    left = {path.stem for path in tmp_path.rglob("*.jpg")}
    assert len(left - known) == 1, "written before the record, and no part of one"
    assert station.database.read(lambda uow: {sha256 for sha256, _ in uow.evidence.all()}) == known
    days_ago = time.time() - 3 * 24 * 3600
    for path in tmp_path.rglob("*.jpg"):
        os.utime(path, (days_ago, days_ago))
    assert station.evidence.remove_orphans(known) == 1
    assert {path.stem for path in tmp_path.rglob("*.jpg")} == known


def test_a_return_in_parts_is_compared_with_the_photo_of_everything(station: Records, desk: Desk) -> None:
    issue = desk.take("T-1", "K-1")
    part = desk.bring("T-1", "K-1", ALL_FOUND | {("pliers", 2): Count.KEPT})
    rest = desk.plan("T-2", OperationType.CHECKIN, "K-1")
    assert (rest.checkout, rest.issue, dict(rest.expected)) == (part, issue, {"pliers": 1})
    assert part.holder_badge == "T-1"


def test_a_scan_finds_a_tool_of_any_kit(station: Records) -> None:
    found = station.operations.tool_scanned(" p-2 ")
    assert found is not None
    assert (found.kit, found.tool_class, found.unit) == ("K-1", "pliers", 2)
    assert station.operations.tool_scanned("P-99") is None


# --- reading back what recognition said


def test_what_recognition_said_is_read_back_as_it_was_recorded(station: Records, desk: Desk) -> None:
    toolkit = desk.plan("T-1", OperationType.CHECKOUT, "K-1").toolkit
    group = LookAlikeGroup(frozenset({"pliers", "brace"}), None, "смотрите на губки", "look at the jaws")
    model = ModelKnowledge("m", "1" * 64, frozenset({"pliers", "brace", "wrench"}), (group,))
    frames = [frame_of(("pliers", 0.9), ("wrench", 0.8), ("brace", 0.3))] * 3
    said = inspection_json(inspect(toolkit.expected, frames, Thresholds(), model), toolkit)
    assert inspection_json(kept_inspection(json.loads(json.dumps(said))), toolkit) == said
    assert said["extra_tools"] == ["wrench"]


def test_a_reason_of_a_newer_program_is_passed_over_and_the_doubt_stays(desk: Desk) -> None:
    plan: Plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    said = inspection_json(look(plan, ONE_UNSEEN).inspection, plan.toolkit)
    said["positions"][0] |= {"state": "unsure", "reasons": ["of_next_year", "low_confidence"]}
    said |= {"manual_reasons": ["of_next_year", "unsure_position"], "picture_problems": ["of_next_year", "glare"]}
    read = kept_inspection(said)
    assert read.manual_reasons == {ManualReason.UNSURE_POSITION}
    assert read.picture_problems == {PictureProblem.GLARE}
    kept = read.positions[0]
    assert (kept.state, kept.reasons) == (PositionState.UNSURE, frozenset({UnsureReason.LOW_CONFIDENCE}))


def test_an_evidence_read_back_asks_for_what_was_asked_then(desk: Desk) -> None:
    plan: Plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    seen = look(plan, ONE_UNSEEN)
    kept = Evidence(None, kept_inspection(inspection_json(seen.inspection, plan.toolkit)))
    assert kept.to_count == seen.to_count
