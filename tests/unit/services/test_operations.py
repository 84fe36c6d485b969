"""Checkout and checkin as commands: what is written, what is refused, and that nothing is written by halves."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import frame_of, model_info, plain_picture
from tests.unit.services.conftest import PIN
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.custody import Override
from toolroom_desktop.domain.errors import BadInput, DatabaseProblem, NotFound, Refused
from toolroom_desktop.domain.inspection import Status, inspect
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.thresholds import Thresholds
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan

MODEL = model_info("pliers", "brace").knowledge
COMPLETE = (("pliers", 0.9), ("pliers", 0.9), ("brace", 0.9))
ONE_MISSING = (("pliers", 0.9), ("brace", 0.9))
NOTHING_TO_SAY = Confirmation(answers={})


def plan(records: Records, type_: OperationType = OperationType.CHECKOUT, kit: str = "K-1") -> Plan:
    return records.operations.plan(badge="T-1", type_=type_, kit=kit)


def judged(planned: Plan, tools: tuple[tuple[str, float], ...]) -> Evidence:
    return Evidence(plain_picture(), inspect(planned.expected, [frame_of(*tools)], Thresholds(), MODEL))


def checked_out(records: Records, tools: tuple[tuple[str, float], ...] = COMPLETE, kit: str = "K-1") -> Operation:
    planned = plan(records, kit=kit)
    return records.operations.record(planned, judged(planned, tools), NOTHING_TO_SAY)


def journal_length(records: Records) -> int:
    return records.database.read(lambda uow: uow.journal.head().site_seq)


def test_a_complete_kit_is_issued_and_found_again_with_its_photos(station: Records) -> None:
    done = checked_out(station)
    found = station.operations.by_id(str(done.operation_id))
    assert found == done
    assert found.final_status is Status.SUCCESS
    assert found.person_badge == "T-1"
    assert found.site_seq == journal_length(station)
    for sha256 in (found.photos.clean, found.photos.annotated):
        assert station.operations.photo(sha256).startswith(b"\xff\xd8"), "a JPEG file"
    assert [o.kit for o in station.operations.held_by("T-1")] == ["K-1"]


def test_the_journal_entry_of_an_operation_holds_its_result_and_carries_its_id(station: Records) -> None:
    done = checked_out(station)
    entry = station.database.read(lambda uow: uow.journal.by_id(done.operation_id))
    assert entry is not None
    assert entry.kind == "operation.checkout"
    assert entry.payload == station.operations.as_json(done)
    assert entry.model_sha256 == done.model_sha256


def test_a_kit_that_is_out_is_not_issued_again(station: Records) -> None:
    checked_out(station)
    with pytest.raises(Refused, match=re.escape("operation.kit_already_out")):
        plan(station)


def test_two_people_who_began_at_the_same_time_do_not_both_get_the_kit(station: Records) -> None:
    first, second = plan(station), plan(station)
    station.operations.record(first, judged(first, COMPLETE), NOTHING_TO_SAY)
    before = journal_length(station)
    with pytest.raises(Refused, match=re.escape("operation.kit_already_out")):
        station.operations.record(second, judged(second, COMPLETE), NOTHING_TO_SAY)
    assert journal_length(station) == before + 1, "the refusal, and nothing else"


def test_a_return_closes_the_checkout_and_the_kit_can_be_issued_again(station: Records) -> None:
    out = checked_out(station)
    returning = plan(station, OperationType.CHECKIN, kit="code-1")
    assert returning.checkout == out
    back = station.operations.record(returning, judged(returning, COMPLETE), NOTHING_TO_SAY)
    assert back.closes == out.operation_id
    assert station.operations.held_by("T-1") == []
    assert checked_out(station).site_seq > back.site_seq


def test_a_kit_that_is_not_out_is_not_returned(station: Records) -> None:
    with pytest.raises(Refused, match=re.escape("operation.kit_not_out")):
        plan(station, OperationType.CHECKIN)


def test_a_return_is_compared_with_what_was_taken_out(station: Records) -> None:
    planned = plan(station)
    evidence = judged(planned, ONE_MISSING)
    answers = {("pliers", 1): Count.FOUND, ("pliers", 2): Count.MISSING, ("brace", 1): Count.FOUND}
    lead = station.accounts.sign(badge="L-1", pin=PIN, purpose=Purpose.OVERRIDE, subject=planned.subject)
    overruled = (Override(lead.signature_id, "вылет через час"),)
    station.operations.record(planned, evidence, Confirmation(answers=answers, overrides=overruled))
    returning = plan(station, OperationType.CHECKIN)
    assert returning.expected == {"pliers": 1, "brace": 1}
    back = station.operations.record(returning, judged(returning, ONE_MISSING), NOTHING_TO_SAY)
    assert back.status is Status.SUCCESS


def test_both_the_raw_and_the_counted_result_are_kept(station: Records) -> None:
    planned = plan(station)
    answers = {("pliers", 1): Count.FOUND, ("pliers", 2): Count.FOUND, ("brace", 1): Count.FOUND}
    done = station.operations.record(planned, judged(planned, ONE_MISSING), Confirmation(answers=answers))
    found = station.operations.by_id(str(done.operation_id))
    assert (found.status, found.final_status) == (Status.DISCREPANCY, Status.SUCCESS)
    assert found.result["missing_tools"] == ["pliers"]
    assert {(c.tool_class, c.unit, c.count) for c in found.counted} == {(n, u, c) for (n, u), c in answers.items()}


def test_an_owed_count_stops_the_confirmation_and_nothing_is_written(station: Records) -> None:
    planned = plan(station)
    before = journal_length(station)
    with pytest.raises(BadInput, match=re.escape("operation.count_owed")):
        station.operations.record(planned, judged(planned, ONE_MISSING), NOTHING_TO_SAY)
    assert journal_length(station) == before
    assert station.operations.recent() == []


def test_an_operation_may_be_recorded_with_its_count_still_owed(station: Records) -> None:
    planned = plan(station)
    later = Confirmation(answers={}, count_later=True)
    done = station.operations.record(planned, judged(planned, ONE_MISSING), later)
    assert done.count_owed
    assert done.final_status is Status.MANUAL_CHECK


def test_a_return_whose_count_is_owed_leaves_the_kit_with_its_holder_until_it_is_counted(station: Records) -> None:
    checked_out(station)
    returning = plan(station, OperationType.CHECKIN)
    later = Confirmation(answers={}, count_later=True)
    back = station.operations.record(returning, judged(returning, ONE_MISSING), later)
    assert [held.kit for held in station.operations.held_by("T-1")] == ["K-1"]
    everything = {(p.tool_class, p.unit): Count.FOUND for p in judged(returning, ONE_MISSING).inspection.positions}
    counted = Confirmation(answers=everything)
    station.operations.count(badge="T-1", operation_id=back.operation_id, confirmation=counted)
    assert station.operations.held_by("T-1") == []


def test_quality_and_strangers_move_no_kits(station: Records) -> None:
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        station.operations.plan(badge="Q-1", type_=OperationType.CHECKOUT, kit="K-1")
    with pytest.raises(NotFound, match=re.escape("people.unknown_badge")):
        station.operations.plan(badge="X", type_=OperationType.CHECKOUT, kit="K-1")
    with pytest.raises(NotFound, match=re.escape("kit.unknown")):
        plan(station, kit="K-99")


def test_who_is_disabled_in_the_middle_cannot_confirm(station: Records) -> None:
    planned = plan(station)
    station.accounts.set_active(badge="T-1", active=False, actor_badge=None)
    with pytest.raises(Refused, match=re.escape("people.disabled")):
        station.operations.record(planned, judged(planned, COMPLETE), NOTHING_TO_SAY)
    assert station.operations.recent() == []


def test_a_disk_that_takes_no_photo_leaves_no_record(station: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> str:
        raise DatabaseProblem("evidence.disk_full", path=Path("x"))

    planned = plan(station)
    before = journal_length(station)
    monkeypatch.setattr(type(station.operations.evidence), "put", full)
    with pytest.raises(DatabaseProblem, match=re.escape("evidence.disk_full")):
        station.operations.record(planned, judged(planned, COMPLETE), NOTHING_TO_SAY)
    assert journal_length(station) == before
    assert station.operations.recent() == []


def test_dropping_a_plan_leaves_no_trace(station: Records, tmp_path: Path) -> None:
    before = journal_length(station)
    planned = plan(station)
    judged(planned, COMPLETE)
    assert journal_length(station) == before
    assert not list(tmp_path.rglob("*.jpg"))


def test_history_pages_go_back_without_gaps_or_repetition(station: Records) -> None:
    for _ in range(3):
        checked_out(station)
        returning = plan(station, OperationType.CHECKIN)
        station.operations.record(returning, judged(returning, COMPLETE), NOTHING_TO_SAY)
    everything = [o.site_seq for o in station.operations.recent(limit=50)]
    paged: list[int] = []
    before: int | None = None
    while page := station.operations.recent(limit=2, before_seq=before):
        paged += [o.site_seq for o in page]
        before = paged[-1]
    assert paged == everything == sorted(everything, reverse=True)
    assert len(paged) == 6


@pytest.mark.parametrize("bad_id", ["", "not-an-id", "00000000-0000-7000-8000-000000000000"])
def test_an_unknown_operation_is_told_so(station: Records, bad_id: str) -> None:
    with pytest.raises(NotFound, match=re.escape("operation.unknown")):
        station.operations.by_id(bad_id)


def test_the_search_finds_kits_by_number_code_and_holder(station: Records) -> None:
    search: Callable[[str], list[str]] = lambda text: [row.kit.number for row in station.catalogue.kits(text)]  # noqa: E731
    checked_out(station, kit="K-2")
    assert search("") == ["K-1", "K-2"]
    assert search("code") == ["K-1"]
    assert search("иванов") == ["K-2"]
    assert search("nothing of that kind") == []
    assert station.catalogue.kit_by_scan("k-2").is_out


def test_a_kit_that_is_out_stays_a_kit_of_its_toolkit(station: Records) -> None:
    checked_out(station)
    other = Toolkit("OTHER", (Position("brace"),))
    with pytest.raises(Refused, match=re.escape("kit.out_keeps_toolkit")):
        station.catalogue.take_in([other], [Kit("k-1", "OTHER")], actor_badge=None)
    assert [toolkit.name for toolkit in station.catalogue.toolkits()] == ["T"]
    station.catalogue.take_in([other], [Kit("K-2", "OTHER")], actor_badge=None)
    assert station.catalogue.kit_by_scan("K-2").toolkit.name == "OTHER"


def test_what_recognition_missed_at_the_checkout_is_still_asked_for_at_the_return(station: Records) -> None:
    planned = plan(station)
    owed = Confirmation(answers={}, count_later=True)
    station.operations.record(planned, judged(planned, ONE_MISSING), owed)
    assert plan(station, OperationType.CHECKIN).expected == {"pliers": 2, "brace": 1}
