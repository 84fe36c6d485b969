"""People, toolkits, identifiers and the rules of an operation."""

from __future__ import annotations

import re
import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.domain import ids
from toolroom_desktop.domain.custody import custody_after_issue, custody_after_return
from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.inspection import Inspection, Status, inspect
from toolroom_desktop.domain.operation import (
    Count,
    CountedPosition,
    Operation,
    OperationType,
    Photos,
    complete_count,
    final_status,
    positions_to_count,
    refuse_unless_possible,
)
from toolroom_desktop.domain.people import (
    LOCK_OUT_AFTER,
    PERMISSIONS,
    Permission,
    Person,
    Role,
    check_pin_form,
    delay_after,
)
from toolroom_desktop.domain.thresholds import LookAlikeGroup, ModelKnowledge, Thresholds
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit

TOOLKIT = Toolkit("T", (Position("pliers", 2), Position("brace")))
MODEL = ModelKnowledge("m", "0" * 64, frozenset({"pliers", "brace"}))
NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


def judged(*found: tuple[str, float], match_percentage: float = 95.0, model: ModelKnowledge = MODEL) -> Inspection:
    detections = tuple(
        Detection(name, confidence, Box(100.0 * i, 0, 100.0 * i + 80, 80)) for i, (name, confidence) in enumerate(found)
    )
    frame = FrameResult(detections, 1000, 100)
    return inspect(TOOLKIT.expected, [frame], Thresholds(match_percentage=match_percentage), model)


def operation(counted: tuple[CountedPosition, ...] = (), missing: tuple[str, ...] = ()) -> Operation:
    return Operation(
        operation_id=uuid.uuid4(),
        site_id="site",
        site_seq=1,
        type=OperationType.CHECKOUT,
        toolkit="T",
        kit="K-1",
        person_badge="B",
        person_name="Иванов И. И.",
        started_at=NOW,
        finished_at=NOW,
        utc_offset_minutes=180,
        status=Status.DISCREPANCY,
        final_status=Status.DISCREPANCY,
        match_percentage=66.7,
        result={"missing_tools": list(missing)},
        expected={"pliers": 2, "brace": 1},
        counted=counted,
        photos=Photos("a" * 64, "b" * 64),
        model_name="m",
        model_sha256="0" * 64,
        app_version="0",
    )


# --- identifiers ---------------------------------------------------------------------------------------------------


def test_ids_are_version_7_and_only_ever_grow() -> None:
    made = [ids.uuid7() for _ in range(20_000)]
    assert made == sorted(set(made))
    assert {(i.version, i.variant) for i in made} == {(7, uuid.RFC_4122)}


def test_ids_grow_even_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ids.uuid7()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert ids.uuid7() > before


# --- people --------------------------------------------------------------------------------------------------------


def test_every_role_has_its_permissions_and_quality_moves_no_kits() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert not Person("B", "N", Role.QUALITY).may(Permission.OPERATE)
    assert not Person("B", "N", Role.ADMINISTRATOR).may(Permission.OPERATE)
    assert Person("B", "N", Role.TECHNICIAN).may(Permission.OPERATE)


def test_a_disabled_person_may_nothing() -> None:
    disabled = Person("B", "N", Role.SHIFT_LEAD, active=False)
    assert not any(disabled.may(permission) for permission in Permission)
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        disabled.require(Permission.OPERATE)


def test_the_delay_after_wrong_pins_doubles_and_ends_in_a_lock_out() -> None:
    delays = [delay_after(n) for n in range(1, LOCK_OUT_AFTER + 3)]
    assert delays[:2] == [timedelta(0), timedelta(0)]
    assert delays[2:7] == [timedelta(seconds=s) for s in (2, 4, 8, 16, 32)]
    assert set(delays[7:]) == {timedelta(minutes=30)}


@pytest.mark.parametrize("pin", ["", "12345", "1234567890123", "12345a", "١٢٣٤٥٦", "-12345"])
def test_a_pin_of_another_form_is_refused(pin: str) -> None:
    with pytest.raises(BadInput, match=re.escape("people.pin_form")):
        check_pin_form(pin)


# --- toolkits ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_position_has_a_positive_quantity(quantity: int) -> None:
    with pytest.raises(BadInput, match=re.escape("toolkit.quantity_not_positive")):
        Position("pliers", quantity)


def test_a_toolkit_lists_a_class_once() -> None:
    with pytest.raises(BadInput, match=re.escape("toolkit.class_twice")):
        Toolkit("T", (Position("pliers"), Position("pliers")))


def test_a_toolkit_has_a_name_and_positions() -> None:
    with pytest.raises(BadInput, match=re.escape("toolkit.no_positions")):
        Toolkit("T", ())
    with pytest.raises(BadInput, match=re.escape("toolkit.name_empty")):
        Toolkit("  ", (Position("pliers"),))


def test_a_kit_answers_to_its_number_and_code_in_any_case() -> None:
    kit = Kit("К-014", "T", "TK-014")
    assert kit.answers_to(" к-014 ")
    assert kit.answers_to("tk-014")
    assert not kit.answers_to("")
    assert not Kit("K-1", "T").answers_to("")


# --- operations ----------------------------------------------------------------------------------------------------


def test_nothing_is_counted_after_a_success() -> None:
    complete = judged(("pliers", 0.9), ("pliers", 0.9), ("brace", 0.9))
    assert positions_to_count(complete) == frozenset()
    assert complete_count(complete, {}) == ()


def test_below_the_threshold_the_whole_kit_is_counted_and_above_it_only_the_doubtful() -> None:
    one_missing = judged(("pliers", 0.9), ("brace", 0.9))
    assert positions_to_count(one_missing) == {("pliers", 1), ("pliers", 2), ("brace", 1)}
    lenient = judged(("pliers", 0.9), ("brace", 0.9), match_percentage=60.0)
    assert positions_to_count(lenient) == {("pliers", 2)}


def test_a_class_that_also_lies_there_as_an_extra_is_counted() -> None:
    doubled = judged(("pliers", 0.9), ("pliers", 0.9), ("brace", 0.9), ("brace", 0.8))
    assert doubled.status is Status.DISCREPANCY
    assert positions_to_count(doubled) == {("brace", 1)}


def test_look_alikes_that_were_not_told_apart_are_counted_together() -> None:
    doubtful = (("pliers", 0.9), ("pliers", 0.9), ("brace", 0.55))
    assert positions_to_count(judged(*doubtful)) == frozenset()
    for classes in ({"pliers", "brace"}, {"brace", "hammer"}):
        alike = replace(MODEL, look_alikes=(LookAlikeGroup(frozenset(classes), 0.6),))
        asked = {name for name, _ in positions_to_count(judged(*doubtful, model=alike))}
        assert asked == classes & {"pliers", "brace"}


def test_an_answer_that_is_owed_is_asked_for() -> None:
    doubtful = judged(("pliers", 0.9), ("pliers", 0.4), ("brace", 0.9))
    with pytest.raises(BadInput, match=re.escape("operation.count_owed")):
        complete_count(doubtful, {})
    counted = complete_count(doubtful, {("pliers", 2): Count.FOUND})
    assert [c.by_hand for c in counted] == [False, True, False]
    assert final_status(doubtful, counted, extras_remain=False) is Status.SUCCESS


def test_an_answer_about_a_tool_of_another_kit_is_refused() -> None:
    with pytest.raises(BadInput, match=re.escape("operation.unknown_position")):
        complete_count(judged(("brace", 0.9)), {("hammer", 1): Count.FOUND})


@pytest.mark.parametrize("word", [Count.MISSING, Count.DAMAGED, Count.WRONG])
def test_any_other_word_than_found_is_a_discrepancy(word: Count) -> None:
    doubtful = judged(("pliers", 0.9), ("pliers", 0.4), ("brace", 0.9))
    counted = complete_count(doubtful, {("pliers", 2): word})
    assert final_status(doubtful, counted, extras_remain=False) is Status.DISCREPANCY


def test_a_foreign_thing_left_in_the_kit_is_a_discrepancy() -> None:
    doubtful = judged(("pliers", 0.9), ("pliers", 0.4), ("brace", 0.9))
    counted = complete_count(doubtful, {("pliers", 2): Count.FOUND})
    assert final_status(doubtful, counted, extras_remain=True) is Status.DISCREPANCY


def test_what_goes_out_is_what_was_expected_less_what_a_person_found_missing_or_broken() -> None:
    counted = (
        CountedPosition("pliers", 1, Count.FOUND, by_hand=False),
        CountedPosition("pliers", 2, Count.MISSING, by_hand=True),
        CountedPosition("brace", 1, Count.DAMAGED, by_hand=True),
    )
    assert custody_after_issue(TOOLKIT.expected, counted) == {"pliers": 1}


def test_a_tool_that_only_recognition_missed_counts_as_gone_out() -> None:
    assert custody_after_issue(TOOLKIT.expected, ()) == TOOLKIT.expected


def test_what_is_kept_at_a_return_stays_out() -> None:
    counted = (
        CountedPosition("pliers", 1, Count.KEPT, by_hand=True),
        CountedPosition("pliers", 2, Count.FOUND, by_hand=True),
        CountedPosition("brace", 1, Count.MISSING, by_hand=True),
    )
    assert custody_after_return(counted) == {"pliers": 1}


def test_a_kit_is_issued_once_and_returned_only_when_out() -> None:
    with pytest.raises(Refused, match=re.escape("operation.kit_already_out")):
        refuse_unless_possible(OperationType.CHECKOUT, "K-1", operation())
    with pytest.raises(Refused, match=re.escape("operation.kit_not_out")):
        refuse_unless_possible(OperationType.CHECKIN, "K-1", None)
    refuse_unless_possible(OperationType.CHECKOUT, "K-1", None)
    refuse_unless_possible(OperationType.CHECKIN, "K-1", operation())


@given(st.lists(st.sampled_from(list(Count)), min_size=3, max_size=3))
def test_the_final_word_is_success_only_when_everything_was_found(words: list[Count]) -> None:
    nothing_seen = judged()
    answers = dict(zip([("pliers", 1), ("pliers", 2), ("brace", 1)], words, strict=True))
    counted = complete_count(nothing_seen, answers)
    everything = all(word is Count.FOUND for word in words)
    assert (final_status(nothing_seen, counted, extras_remain=False) is Status.SUCCESS) == everything
