"""Lost-tool cases as commands: searched, concluded, released by quality alone; what it does to the tools."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.fakes import HandClock, plain_picture
from tests.toolroom.desk import Desk, Word, desk_of
from tests.unit.services.conftest import PIN
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.cases import Case, CaseEventKind, CaseKind, CaseState, CaseStep, CaseTimes, Outcome
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.operation import Count
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.case_opening import MissingReport
from toolroom_desktop.services.ports import UnitOfWork

SAFE = "Инструмент найден в кабине, борт осмотрен."
MISSING = {("pliers", 2): Count.MISSING}


@pytest.fixture
def station(station: Records) -> Records:
    """The station with its tools written down and a second technician."""
    station.accounts.add_person(badge="T-2", name="Петров П. П.", role=Role.TECHNICIAN, pin=PIN, actor_badge=None)
    station.accounts.add_person(badge="A-1", name="Титов М. О.", role=Role.ADMINISTRATOR, pin=PIN, actor_badge=None)

    def write_down(uow: UnitOfWork) -> None:
        for name, unit in (("pliers", 1), ("pliers", 2), ("brace", 1)):
            uow.tools.save(Tool(name, kit="K-1", unit=unit, marking=f"{name[0].upper()}-{unit}"))

    station.database.write(write_down)
    return station


@pytest.fixture
def desk(station: Records) -> Desk:
    return desk_of(station, PIN)


@pytest.fixture
def case(station: Records, desk: Desk) -> Case:
    """A case that a return opened."""
    desk.take("T-1", "K-1", aircraft="RA-89001", work_order="НЗ-7")
    back = desk.bring("T-1", "K-1", MISSING)
    return station.cases.by_number(back.cases[0])


def state_of(station: Records, marking: str) -> ToolState:
    (tool,) = station.database.read(lambda uow: uow.tools.by_marking(marking))
    return tool.state


def journal(station: Records) -> list[str]:
    return station.database.read(lambda uow: [entry.kind for entry in uow.journal.entries()])


def found(station: Records, case: Case) -> Case:
    return station.cases.conclude(badge="T-1", number=case.number, outcome=Outcome.FOUND, place="под сиденьем")


def lost(station: Records, case: Case) -> Case:
    for badge in ("T-1", "T-2"):
        station.cases.search(badge=badge, number=case.number, place="кабина")
    return station.cases.conclude(badge="T-2", number=case.number, outcome=Outcome.LOST)


def release(station: Records, case: Case) -> Case:
    return station.cases.release(badge="Q-1", number=case.number, statement=SAFE)


def report(station: Records, badge: str = "T-1", **said: Any) -> Case:
    told = MissingReport(kit="K-1", text="не нашёл на месте")
    return station.cases.open_by_hand(badge=badge, report=replace(told, **said))


# --- the course


def test_a_case_says_who_when_where_and_for_which_aircraft(station: Records, case: Case) -> None:
    course = station.cases.course(case.number.lower())
    assert (course.case.aircraft, course.case.work_order, course.case.holder_badge) == ("RA-89001", "НЗ-7", "T-1")
    assert course.operation is not None
    assert course.checkout is not None
    assert course.operation.closes == course.checkout.operation_id
    assert (course.name("ru"), course.tool.marking if course.tool else "") == ("Пассатижи", "P-2")


def test_the_whole_course_is_in_the_case_and_in_the_journal(station: Records, case: Case) -> None:
    station.cases.search(badge="T-1", number=case.number, place="кабина", text="под креслами нет")
    station.cases.note(badge="L-1", number=case.number, text="звонили экипажу")
    found(station, case)
    done = release(station, case)
    station.cases.reopen(badge="L-1", number=case.number, text="это другие пассатижи")
    assert [event.kind for event in station.cases.by_number(case.number).events] == [
        CaseEventKind.OPENED,
        CaseEventKind.SEARCHED,
        CaseEventKind.NOTED,
        CaseEventKind.OUTCOME,
        CaseEventKind.RELEASED,
        CaseEventKind.REOPENED,
    ]
    assert not done.open
    kinds = [kind for kind in journal(station) if kind.startswith("case_")]
    assert kinds == [
        "case_opened",
        "case_searched",
        "case_noted",
        "case_concluded",
        "case_released",
        "case_reopened",
    ]


def test_photos_of_a_step_are_evidence_in_the_same_transaction(station: Records, case: Case) -> None:
    searched = station.cases.search(badge="T-1", number=case.number, place="кабина", photo=plain_picture(7))
    sha256 = searched.events[-1].photo
    assert station.cases.photo(sha256).startswith(b"\xff\xd8"), "a JPEG file"
    assert sha256 in station.database.read(lambda uow: {name for name, _ in uow.evidence.all()})
    with pytest.raises(BadInput):
        station.cases.search(badge="T-1", number=case.number, place=" ", photo=plain_picture(9))
    known = station.database.read(lambda uow: {name for name, _ in uow.evidence.all()})
    assert len(known) == 1, "what was refused left no evidence on record"


def test_what_a_case_waits_for(station: Records, case: Case) -> None:
    assert case.next_step is CaseStep.SEARCH
    once = station.cases.search(badge="T-1", number=case.number, place="кабина")
    assert once.next_step is CaseStep.SECOND_SEARCH
    assert station.cases.search(badge="T-2", number=case.number, place="кабина").next_step is CaseStep.OUTCOME
    assert found(station, case).next_step is CaseStep.RELEASE
    assert release(station, case).next_step is CaseStep.NOTHING


def test_an_unknown_case_is_told_so(station: Records) -> None:
    for ask in (station.cases.course, station.cases.by_number):
        with pytest.raises(NotFound, match=re.escape("case.unknown")):
            ask("C2026-0099")


# --- who may


def commands(station: Records, number: str) -> dict[str, Callable[[str], object]]:
    cases = station.cases
    return {
        "case_search": lambda badge: cases.search(badge=badge, number=number, place="кабина"),
        "case_note": lambda badge: cases.note(badge=badge, number=number, text="слово"),
        "case_conclude": lambda badge: cases.conclude(badge=badge, number=number, outcome=Outcome.FOUND, place="там"),
        "case_release": lambda badge: cases.release(badge=badge, number=number, statement=SAFE),
        "case_reopen": lambda badge: cases.reopen(badge=badge, number=number, text="слово"),
    }


@pytest.mark.parametrize(
    ("badge", "command"),
    [
        ("T-1", "case_release"),
        ("L-1", "case_release"),
        ("A-1", "case_release"),
        ("A-1", "case_search"),
        ("A-1", "case_note"),
        ("A-1", "case_conclude"),
        ("T-1", "case_reopen"),
        ("A-1", "case_reopen"),
    ],
)
def test_the_wrong_role_is_refused_and_the_journal_says_who_tried_what(
    station: Records, case: Case, badge: str, command: str
) -> None:
    found(station, case)
    if command == "case_reopen":
        release(station, case)
    before = station.cases.by_number(case.number)
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        commands(station, case.number)[command](badge)
    assert station.cases.by_number(case.number) == before
    entry = station.database.read(lambda uow: list(uow.journal.entries())[-1])
    assert entry.kind == "refused"
    assert (entry.payload["badge"], entry.payload["command"], entry.payload["subject"]) == (
        badge,
        command,
        case.number,
    )


def test_who_reports_a_tool_missing_must_be_allowed_to(station: Records) -> None:
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        report(station, "A-1", tool_class="brace")
    assert station.cases.open() == []


# --- what a release does to the tools


def test_a_tool_that_was_found_is_serviceable_again_in_its_place(station: Records, desk: Desk, case: Case) -> None:
    assert state_of(station, "P-2") is ToolState.LOST
    found(station, case)
    assert state_of(station, "P-2") is ToolState.LOST, "an outcome is not a release"
    release(station, case)
    assert state_of(station, "P-2") is ToolState.SERVICEABLE
    assert desk.take("T-1", "K-1").custody == {"pliers": 2, "brace": 1}


def test_a_tool_that_stays_lost_is_lost_until_it_is_swapped(station: Records, desk: Desk, case: Case) -> None:
    lost(station, case)
    release(station, case)
    assert state_of(station, "P-2") is ToolState.LOST
    with pytest.raises(Refused, match=re.escape("issue.tool_absent")):
        desk.take("T-1", "K-1")


def test_a_tool_of_which_a_piece_is_missing_stays_unserviceable(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    back = desk.bring("T-1", "K-1", {("brace", 1): Count.PIECE_MISSING})
    case = station.cases.by_number(back.cases[0])
    assert case.kind is CaseKind.PIECE_MISSING
    found(station, case)
    release(station, case)
    assert state_of(station, "B-1") is ToolState.UNSERVICEABLE


def test_reopening_takes_the_tool_out_of_service_again(station: Records, case: Case) -> None:
    found(station, case)
    release(station, case)
    station.cases.reopen(badge="Q-1", number=case.number, text="это другие пассатижи")
    assert state_of(station, "P-2") is ToolState.LOST


def test_a_case_is_not_reopened_beside_another_one_for_the_same_tool(station: Records, case: Case) -> None:
    found(station, case)
    release(station, case)
    report(station, tool_class="pliers", unit=2)
    with pytest.raises(Refused, match=re.escape("case.another_open")):
        station.cases.reopen(badge="Q-1", number=case.number, text="снова нет")


# --- by hand


def test_a_technician_reports_a_tool_missing_outside_of_any_operation(station: Records, desk: Desk) -> None:
    out = desk.take("T-1", "K-1", aircraft="RA-89001")
    case = report(station, "T-2", tool_class="brace", place="ниша шасси")
    assert (case.kind, case.marking, case.found_out_at) == (CaseKind.MISSING, "B-1", "report")
    assert (case.holder_badge, case.aircraft, case.events[0].badge) == ("T-1", "RA-89001", "T-2")
    assert station.cases.course(case.number).checkout == out
    assert state_of(station, "B-1") is ToolState.LOST


def test_a_report_of_what_is_searched_for_is_noted_in_the_same_case(station: Records) -> None:
    first = report(station, tool_class="brace")
    again = report(station, "T-2", tool_class="brace")
    assert again.case_id == first.case_id
    assert [event.badge for event in again.events] == ["T-1", "T-2"]
    assert len(station.cases.open()) == 1


def test_a_report_after_the_outcome_takes_the_outcome_back(station: Records) -> None:
    case = report(station, tool_class="brace")
    found(station, case)
    again = report(station, "T-2", tool_class="brace")
    assert (again.outcome, again.state) == (None, CaseState.OPEN)
    with pytest.raises(Refused, match=re.escape("case.outcome_owed")):
        release(station, case)


def test_a_whole_kit_that_is_missing_has_a_case_and_is_not_issued(station: Records, desk: Desk) -> None:
    case = report(station)
    assert (case.kind, case.tool_class, case.tool_id) == (CaseKind.KIT_MISSING, "", None)
    assert report(station, "T-2").case_id == case.case_id
    with pytest.raises(Refused, match=re.escape("issue.case_open")):
        desk.take("T-1", "K-1")


def test_with_a_kit_that_is_lost_all_its_tools_are(station: Records) -> None:
    case = report(station, kit="K-2")
    lost(station, case)
    release(station, case)
    tools = station.database.read(lambda uow: uow.tools.in_kit("K-2"))
    assert sorted((tool.tool_class, tool.state) for tool in tools) == [
        ("brace", ToolState.LOST),
        ("pliers", ToolState.LOST),
        ("pliers", ToolState.LOST),
    ]
    with pytest.raises(Refused, match=re.escape("issue.nothing_left")):
        desk_of(station, PIN).take("T-1", "K-2")


def test_a_kit_that_turns_up_is_noted_in_its_case_and_the_case_stays_open(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    case = report(station)
    desk.bring("T-1", "K-1")
    noted = station.cases.by_number(case.number)
    assert noted.open
    assert [event.count for event in noted.events] == [None, Count.FOUND]


def test_a_missing_piece_that_is_reported_breaks_the_tool(station: Records) -> None:
    case = report(station, tool_class="brace", piece=True)
    assert (case.kind, state_of(station, "B-1")) == (CaseKind.PIECE_MISSING, ToolState.UNSERVICEABLE)


def test_a_broken_tool_that_went_missing_does_not_come_back_into_service(station: Records) -> None:
    (brace,) = station.database.read(lambda uow: uow.tools.by_marking("B-1"))
    station.database.write(lambda uow: uow.tools.save(replace(brace, state=ToolState.UNSERVICEABLE)))
    case = report(station, tool_id=brace.tool_id, kit="")
    found(station, case)
    release(station, case)
    assert state_of(station, "B-1") is ToolState.UNSERVICEABLE


def test_a_tool_that_nobody_wrote_down_is_by_its_report(station: Records) -> None:
    case = report(station, kit="K-2", tool_class="pliers", unit=2)
    (tool,) = station.database.read(lambda uow: uow.tools.in_kit("K-2"))
    assert (tool.tool_id, tool.unit, tool.state) == (case.tool_id, 2, ToolState.LOST)


@pytest.mark.parametrize(
    ("said", "kind", "code"),
    [
        ({"text": " "}, BadInput, "case.text_empty"),
        ({"kit": ""}, BadInput, "case.what_is_missing"),
        ({"kit": "K-9"}, NotFound, "kit.unknown"),
        ({"tool_class": "hammer"}, BadInput, "case.tool_not_in_kit"),
        ({"tool_class": "brace", "unit": 2}, BadInput, "case.tool_not_in_kit"),
        ({"tool_id": uuid.uuid4()}, NotFound, "case.unknown_tool"),
    ],
)
def test_a_report_that_says_nothing_usable_opens_nothing(
    station: Records, said: dict[str, Any], kind: type[Exception], code: str
) -> None:
    with pytest.raises(kind, match=re.escape(code)):
        report(station, **said)
    assert station.cases.open() == []


def test_a_tool_that_is_lost_anyway_is_not_reported_missing(station: Records) -> None:
    lost(station, report(station, tool_class="brace"))
    release(station, station.cases.open()[0].case)
    with pytest.raises(Refused, match=re.escape("case.tool_not_in_use")):
        report(station, tool_class="brace")


# --- no second case for one tool


def test_a_tool_reported_while_it_is_out_and_missing_at_the_return_has_one_case(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    case = report(station, tool_class="pliers", unit=1)
    back = desk.bring("T-1", "K-1", {("pliers", 2): Count.MISSING})
    assert back.cases == ()
    (row,) = station.cases.open()
    newest = row.case.events[-1]
    assert (row.case.case_id, newest.count, newest.operation_id) == (case.case_id, Count.MISSING, back.operation_id)
    assert (state_of(station, "P-1"), state_of(station, "P-2")) == (ToolState.LOST, ToolState.SERVICEABLE)


def test_two_missing_where_one_is_searched_for_make_one_more_case(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    case = report(station, tool_class="pliers", unit=1)
    back = desk.bring("T-1", "K-1", {("pliers", 1): Count.MISSING, ("pliers", 2): Count.MISSING})
    assert len(back.cases) == 1
    open_cases = {row.case.case_id: row.case.marking for row in station.cases.open()}
    assert open_cases.pop(case.case_id) == "P-1"
    assert list(open_cases.values()) == ["P-2"]


@pytest.mark.parametrize("counts", [{}, {("brace", 1): Count.FOUND}], ids=["recognised", "counted"])
def test_a_tool_that_comes_back_while_its_case_is_open_is_noted_and_still_needs_a_release(
    station: Records, desk: Desk, counts: dict[tuple[str, int], Count]
) -> None:
    desk.take("T-1", "K-1")
    case = report(station, "T-2", tool_class="brace")
    back = desk.bring("T-1", "K-1", counts)
    noted = station.cases.by_number(case.number)
    newest = noted.events[-1]
    assert (newest.kind, newest.count, newest.badge) == (CaseEventKind.NOTED, Count.FOUND, "T-1")
    assert (newest.operation, newest.operation_id) == ("checkin", back.operation_id)
    assert noted.open
    assert state_of(station, "B-1") is ToolState.LOST
    with pytest.raises(Refused, match=re.escape("case.outcome_owed")):
        release(station, case)
    found(station, case)
    release(station, case)
    assert state_of(station, "B-1") is ToolState.SERVICEABLE


def test_a_tool_that_comes_back_broken_stays_out_of_service_after_the_release(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    case = report(station, "T-2", tool_class="brace")
    desk.bring("T-1", "K-1", {("brace", 1): Count.DAMAGED})
    found(station, case)
    release(station, case)
    assert state_of(station, "B-1") is ToolState.UNSERVICEABLE


def test_a_tool_that_was_missing_before_the_checkout_is_not_mistaken_for_one_that_is_missing_now(
    station: Records, desk: Desk, case: Case
) -> None:
    words = (Word("Q-1", Purpose.OVERRIDE_CASE), Word("L-1"))
    desk.take("T-1", "K-1", words=words)
    back = desk.bring("T-1", "K-1", {("pliers", 1): Count.MISSING})
    assert len(back.cases) == 1
    assert station.cases.by_number(back.cases[0]).marking == "P-1"
    assert len(station.cases.by_number(case.number).events) == 1


def test_a_tool_that_is_kept_while_another_of_its_class_is_searched_for(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    case = report(station, tool_class="pliers", unit=1)
    part = {("pliers", 1): Count.MISSING, ("pliers", 2): Count.KEPT, ("brace", 1): Count.FOUND}
    desk.bring("T-1", "K-1", part)
    assert station.cases.by_number(case.number).events[-1].count is Count.MISSING
    rest = desk.bring("T-1", "K-1", {("pliers", 1): Count.MISSING})
    assert [station.cases.by_number(number).marking for number in rest.cases] == ["P-2"]


def test_two_cases_of_one_operation_have_numbers_of_their_own(station: Records, desk: Desk) -> None:
    desk.take("T-1", "K-1")
    back = desk.bring("T-1", "K-1", {("pliers", 1): Count.MISSING, ("pliers", 2): Count.MISSING})
    assert back.cases == ("C2026-0001", "C2026-0002")
    assert report(station, kit="K-2").number == "C2026-0003"


# --- times


def test_cases_that_are_overdue_stand_first_and_then_the_oldest(station: Records, clock: HandClock) -> None:
    report(station, kit="K-2")
    searched = report(station, kit="K-2", tool_class="pliers")
    station.cases.search(badge="T-1", number=searched.number, place="кабина")
    clock.advance(600)
    late = report(station, tool_class="brace")
    clock.advance(3000 + 1)
    first, second, third = station.cases.open()
    assert [row.overdue for row in (first, second, third)] == [True, False, False]
    assert [row.case.number for row in (second, third)] == [searched.number, late.number]
    assert [row.case.number for row in station.cases.overdue(clock.now())] == [first.case.number]
    assert first.due_at == first.case.opened_at + CaseTimes().search


def test_a_clock_that_was_set_back_does_not_hide_a_case_for_years(station: Records, clock: HandClock) -> None:
    clock.set_back(timedelta(days=-3650))
    report(station, tool_class="brace")
    assert station.cases.overdue(clock.now()) == []
    clock.set_back(timedelta(days=3650))
    assert len(station.cases.overdue(clock.now())) == 1, "nobody can tell how old it is: look at it now"
    report(station, kit="K-2")
    clock.set_back(timedelta(minutes=30))
    assert len(station.cases.overdue(clock.now())) == 1, "half an hour is no reason for alarm"


def test_released_cases_follow_the_open_ones_the_newest_first(station: Records, clock: HandClock) -> None:
    numbers = []
    for tool_class in ("brace", "pliers"):
        case = report(station, kit="K-2", tool_class=tool_class)
        found(station, case)
        release(station, case)
        numbers.append(case.number)
        clock.advance(60)
    still_open = report(station)
    assert [row.case.number for row in station.cases.recent()] == [still_open.number, *reversed(numbers)]
