"""Lost-tool cases: searched, concluded, released by quality alone, reopened, and nothing ever taken back."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from toolroom_desktop.domain.cases import (
    Case,
    CaseEvent,
    CaseEventKind,
    CaseKind,
    CaseState,
    CaseTimes,
    Outcome,
    concluded,
    noted,
    released,
    reopened,
    searched,
)
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.people import Person, Role

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
TECHNICIAN = Person("T-1", "Иванов И. И.", Role.TECHNICIAN)
SECOND = Person("T-2", "Петров П. П.", Role.TECHNICIAN)
LEAD = Person("L-1", "Смирнова А. В.", Role.SHIFT_LEAD)
QUALITY = Person("Q-1", "Ким С.", Role.QUALITY)
ADMINISTRATOR = Person("A-1", "Титов М. О.", Role.ADMINISTRATOR)
SAFE = "Инструмент найден под сиденьем пилота."


@pytest.fixture
def case() -> Case:
    event = CaseEvent(CaseEventKind.OPENED, NOW, TECHNICIAN.badge, TECHNICIAN.name, TECHNICIAN.role)
    return Case(
        uuid.uuid4(), "C2026-0001", "s", CaseKind.MISSING, "K-1", "T", NOW, uuid.uuid4(), "checkin", events=(event,)
    )


def found(case: Case) -> Case:
    return concluded(case, TECHNICIAN, NOW, outcome=Outcome.FOUND, place="под сиденьем")


def closed(case: Case) -> Case:
    return released(found(case), QUALITY, NOW, statement=SAFE)


def test_a_new_case_is_open_until_an_outcome_and_then_waits_for_quality(case: Case) -> None:
    assert (case.state, case.open) == (CaseState.OPEN, True)
    assert (found(case).state, found(case).open) == (CaseState.AWAITS_RELEASE, True)
    assert (closed(case).state, closed(case).open) == (CaseState.RELEASED, False)


def test_quality_alone_releases_a_case(case: Case) -> None:
    for person in (TECHNICIAN, LEAD, ADMINISTRATOR, Person("S-1", "Морозова", Role.STOREKEEPER)):
        with pytest.raises(Refused, match=re.escape("people.not_permitted")):
            released(found(case), person, NOW, statement=SAFE)
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        released(found(case), Person("Q-2", "Чен", Role.QUALITY, active=False), NOW, statement=SAFE)


def test_a_release_needs_an_outcome_and_a_statement(case: Case) -> None:
    with pytest.raises(Refused, match=re.escape("case.outcome_owed")):
        released(case, QUALITY, NOW, statement=SAFE)
    for short in ("", "ok", "        \n ", "123456789"):
        with pytest.raises(BadInput, match=re.escape("case.statement_short")):
            released(found(case), QUALITY, NOW, statement=short)


def test_a_tool_counts_as_lost_only_after_two_people_searched_each_on_their_own(case: Case) -> None:
    once = searched(searched(case, TECHNICIAN, NOW, place="кабина"), TECHNICIAN, NOW, place="крыло")
    for early in (case, once):
        with pytest.raises(Refused, match=re.escape("case.second_search_owed")):
            concluded(early, QUALITY, NOW, outcome=Outcome.LOST)
    twice = searched(once, SECOND, NOW, place="кабина")
    lost = concluded(twice, QUALITY, NOW, outcome=Outcome.LOST)
    assert (lost.state, lost.outcome) == (CaseState.AWAITS_RELEASE, Outcome.LOST)


def test_found_needs_a_place_and_a_search_does_too(case: Case) -> None:
    with pytest.raises(BadInput, match=re.escape("case.place_empty")):
        concluded(case, TECHNICIAN, NOW, outcome=Outcome.FOUND, place="  ")
    with pytest.raises(BadInput, match=re.escape("case.place_empty")):
        searched(case, TECHNICIAN, NOW, place="")
    with pytest.raises(BadInput, match=re.escape("case.text_empty")):
        noted(case, TECHNICIAN, NOW, text=" ")


def test_a_wrong_outcome_is_followed_by_another_and_the_last_word_counts(case: Case) -> None:
    twice = searched(searched(case, TECHNICIAN, NOW, place="кабина"), SECOND, NOW, place="кабина")
    lost = concluded(twice, TECHNICIAN, NOW, outcome=Outcome.LOST)
    corrected = found(lost)
    assert corrected.outcome is Outcome.FOUND
    assert corrected.events[: len(lost.events)] == lost.events, "what was said stays"


Step = Callable[[Case], Case]
STEPS: dict[str, Step] = {
    "searched": lambda case: searched(case, TECHNICIAN, NOW, place="кабина"),
    "noted": lambda case: noted(case, TECHNICIAN, NOW, text="звонили"),
    "concluded": found,
    "released": lambda case: released(case, QUALITY, NOW, statement=SAFE),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_released_case_takes_nothing_more_unless_it_is_reopened(case: Case, step: str) -> None:
    with pytest.raises(Refused, match=re.escape("case.already_released")):
        STEPS[step](closed(case))


def test_a_reopened_case_begins_anew_and_keeps_its_past(case: Case) -> None:
    before = closed(searched(searched(case, TECHNICIAN, NOW, place="кабина"), SECOND, NOW, place="кабина"))
    again = reopened(before, LEAD, NOW + timedelta(days=2), text="пломба найдена в другом борту")
    assert again.events[:-1] == before.events
    assert (again.state, again.outcome, again.searches, again.second_search_done) == (CaseState.OPEN, None, (), False)
    assert again.due_at(CaseTimes()) == NOW + timedelta(days=2) + CaseTimes().search
    with pytest.raises(Refused, match=re.escape("case.outcome_owed")):
        released(again, QUALITY, NOW, statement=SAFE)


def test_who_may_reopen_and_that_it_takes_a_reason(case: Case) -> None:
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        reopened(closed(case), TECHNICIAN, NOW, text="причина")
    with pytest.raises(Refused, match=re.escape("case.not_released")):
        reopened(case, QUALITY, NOW, text="причина")
    with pytest.raises(BadInput, match=re.escape("case.text_empty")):
        reopened(closed(case), QUALITY, NOW, text="  ")


def test_an_administrator_has_no_part_in_a_case(case: Case) -> None:
    steps: tuple[Callable[[], Case], ...] = (
        lambda: searched(case, ADMINISTRATOR, NOW, place="кабина"),
        lambda: noted(case, ADMINISTRATOR, NOW, text="слово"),
        lambda: concluded(case, ADMINISTRATOR, NOW, outcome=Outcome.FOUND, place="кабина"),
        lambda: reopened(closed(case), ADMINISTRATOR, NOW, text="слово"),
    )
    for step in steps:
        with pytest.raises(Refused, match=re.escape("people.not_permitted")):
            step()


def test_the_first_search_is_due_sooner_than_the_outcome(case: Case) -> None:
    times = CaseTimes(search=timedelta(hours=1), resolve=timedelta(hours=24))
    assert case.due_at(times) == NOW + timedelta(hours=1)
    looked = searched(case, TECHNICIAN, NOW, place="кабина")
    assert looked.due_at(times) == NOW + timedelta(hours=24)
    assert closed(case).due_at(times) is None
    for late, overdue in ((timedelta(hours=1), False), (timedelta(hours=1, seconds=1), True)):
        assert case.overdue(NOW + late, times) is overdue
    assert not closed(case).overdue(NOW + timedelta(days=999), times)
