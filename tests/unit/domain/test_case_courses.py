"""Whatever is done to a case and in whatever order: only quality releases it, and nothing that was said is lost."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolroom_desktop.domain.cases import (
    Case,
    CaseEvent,
    CaseEventKind,
    CaseKind,
    CaseState,
    CaseStep,
    CaseTimes,
    Outcome,
    carried_over,
    case_number,
    concluded,
    noted,
    released,
    reopened,
    reported_again,
    searched,
    serial_of,
)
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.operation import Count
from toolroom_desktop.domain.people import Person, Role

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
SAFE = "Инструмент найден под сиденьем пилота."
PEOPLE = tuple(Person(f"{role.value}-{number}", "Кто-то", role) for role in Role for number in (1, 2))
OTHERS = tuple(person for person in PEOPLE if person.role is not Role.QUALITY)
Step = Callable[[Case, Person], Case]


def counted_as(case: Case, by: Person, count: Count) -> Case:
    """What `counted` adds, without an operation at hand."""
    if not case.open:
        raise Refused("case.already_released")
    event = CaseEvent(CaseEventKind.NOTED, NOW, by.badge, by.name, by.role, count=count, operation_id=uuid.uuid4())
    return replace(case, events=(*case.events, event))


STEPS: dict[str, Step] = {
    "search": lambda case, by: searched(case, by, NOW, place="кабина"),
    "note": lambda case, by: noted(case, by, NOW, text="слово"),
    "found": lambda case, by: concluded(case, by, NOW, outcome=Outcome.FOUND, place="там"),
    "lost": lambda case, by: concluded(case, by, NOW, outcome=Outcome.LOST),
    "release": lambda case, by: released(case, by, NOW, statement=SAFE),
    "reopen": lambda case, by: reopened(case, by, NOW, text="слово"),
    "report": lambda case, by: reported_again(case, by, NOW, text="слово"),
    "count found": lambda case, by: counted_as(case, by, Count.FOUND),
    "count missing": lambda case, by: counted_as(case, by, Count.MISSING),
}
# Those who get somewhere: most steps of anybody else are refused.
CREW = tuple(person for person in PEOPLE if person.role in (Role.TECHNICIAN, Role.QUALITY))
quick = st.lists(
    st.sampled_from([(name, person) for name in ("search", "found", "release", "reopen", "report") for person in CREW]),
    max_size=8,
)
courses = st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(PEOPLE)), max_size=14)


def new(kind: CaseKind = CaseKind.MISSING) -> Case:
    event = CaseEvent(CaseEventKind.OPENED, NOW, "T-1", "Иванов И. И.", Role.TECHNICIAN)
    return Case(
        uuid.UUID(int=1), "C2026-0001", "s", kind, "K-1", "T", NOW, uuid.UUID(int=2), "checkin", events=(event,)
    )


def went(case: Case, course: list[tuple[str, Person]]) -> Case:
    for name, person in course:
        with contextlib.suppress(Refused, BadInput):
            case = STEPS[name](case, person)
    return case


@given(courses)
def test_nobody_but_quality_ever_makes_a_case_released(course: list[tuple[str, Person]]) -> None:
    others = [(name, person) for name, person in course if person in OTHERS]
    assert went(new(), others).open


@given(courses, courses)
def test_what_was_said_is_never_lost(begun: list[tuple[str, Person]], more: list[tuple[str, Person]]) -> None:
    before = went(new(), begun)
    after = went(before, more)
    assert after.events[: len(before.events)] == before.events


@given(courses)
def test_a_released_case_was_released_by_quality_after_an_outcome(course: list[tuple[str, Person]]) -> None:
    case = went(new(), course)
    if case.state is CaseState.RELEASED:
        last = next(event for event in reversed(case.events) if event.kind is CaseEventKind.RELEASED)
        assert last.role is Role.QUALITY
        assert case.outcome is not None
        assert case.next_step is CaseStep.NOTHING


@given(quick, quick, quick)
@example([], [("search", CREW[0])], [("found", CREW[0]), ("release", CREW[2])])
def test_records_that_know_less_or_otherwise_never_close_what_is_open(
    begun: list[tuple[str, Person]], kept: list[tuple[str, Person]], known: list[tuple[str, Person]]
) -> None:
    common = went(new(), begun)
    ledger, records = went(common, kept), went(common, known)
    merged = carried_over(records, ledger, NOW)
    if not ledger.open or set(ledger.events) <= set(records.events):
        assert merged is None, "the ledger knows nothing that the records do not"
        return
    assert merged is not None
    assert merged.open
    assert merged.events[: len(records.events)] == records.events
    assert set(ledger.events) <= set(merged.events)
    assert carried_over(merged, ledger, NOW) is None, "once is enough"
    assert carried_over(None, ledger, NOW) is not None


@pytest.mark.parametrize(
    ("outcome", "count", "stands"),
    [
        (Outcome.FOUND, Count.MISSING, False),
        (Outcome.FOUND, Count.WRONG, False),
        (Outcome.FOUND, Count.FOUND, True),
        (Outcome.LOST, Count.FOUND, False),
        (Outcome.LOST, Count.DAMAGED, False),
        (Outcome.LOST, Count.MISSING, True),
    ],
)
def test_a_count_that_contradicts_an_outcome_takes_it_back(outcome: Outcome, count: Count, stands: bool) -> None:
    first, second = OTHERS[:2]
    twice = searched(searched(new(), first, NOW, place="кабина"), second, NOW, place="кабина")
    ended = concluded(twice, first, NOW, outcome=outcome, place="там")
    assert (counted_as(ended, first, count).outcome is outcome) is stands


def test_that_a_broken_tool_lies_there_does_not_find_the_piece() -> None:
    first, second = OTHERS[:2]
    case = new(CaseKind.PIECE_MISSING)
    twice = searched(searched(case, first, NOW, place="кабина"), second, NOW, place="кабина")
    lost = concluded(twice, first, NOW, outcome=Outcome.LOST)
    assert counted_as(lost, first, Count.FOUND).outcome is Outcome.LOST
    assert lost.broken


def test_a_case_that_is_dated_far_ahead_is_overdue_because_nobody_can_tell_its_age() -> None:
    times = CaseTimes()
    ahead = replace(new(), events=(replace(new().events[0], at=NOW + timedelta(days=3650)),))
    assert ahead.overdue(NOW, times)
    slightly = replace(new(), events=(replace(new().events[0], at=NOW + times.search),))
    assert not slightly.overdue(NOW, times)


def test_numbers_of_cases() -> None:
    assert case_number(7, NOW) == "C2026-0007"
    assert serial_of(case_number(12345, NOW)) == 12345
    assert [serial_of(text) for text in ("", "C2026-007", "X2026-0007", "C2026-0007 ")] == [0, 0, 0, 0]
