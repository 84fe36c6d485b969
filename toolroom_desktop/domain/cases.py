"""Lost-tool cases: opened by a count that lacks something, searched, and released by the quality department alone.

A case is the fold of its events. Nothing is ever taken back: a wrong outcome is followed by another event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.operation import BROKEN, LACKING, Count, Operation
from toolroom_desktop.domain.people import Permission, Person, Role

LEAST_STATEMENT_CHARACTERS = 10
_NUMBER = re.compile(r"C\d{4}-(\d{4,9})")


def case_number(serial: int, at: datetime) -> str:
    """What people call the case of that serial number."""
    return f"C{at.year}-{serial:04d}"


def serial_of(number: str) -> int:
    """The inverse; 0 for a number of another form."""
    found = _NUMBER.fullmatch(number)
    return int(found[1]) if found else 0


class CaseKind(StrEnum):
    """What is missing."""

    MISSING = "missing"
    WRONG_TOOL = "wrong_tool"  # another tool lies in its place, so the right one is missing
    PIECE_MISSING = "piece_missing"  # a broken tool of which a piece is missing
    KIT_MISSING = "kit_missing"  # the whole box was not where it should be
    DOUBLE_ISSUE = "double_issue"  # the same box is out twice, at two stations


class CaseEventKind(StrEnum):
    """What happened in a case."""

    OPENED = "opened"
    SEARCHED = "searched"
    OUTCOME = "outcome"
    NOTED = "noted"
    RELEASED = "released"
    REOPENED = "reopened"
    CARRIED_OVER = "carried_over"  # records that did not know the case took the place of those that did


class Outcome(StrEnum):
    """How a search ended."""

    FOUND = "found"
    LOST = "lost"


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    AWAITS_RELEASE = "awaits_release"
    RELEASED = "released"


class CaseStep(StrEnum):
    """What a case waits for."""

    SEARCH = "search"
    SECOND_SEARCH = "second_search"  # by somebody who has not searched yet, unless the tool turns up
    OUTCOME = "outcome"
    RELEASE = "release"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One step. `text` is what was said, `place` where was searched or found, `photo` an evidence file's SHA-256.

    badge, name, role       who said it; empty and None for what the station did by itself
    count                   what a later count said of the tool, with the operation and its type
    """

    kind: CaseEventKind
    at: datetime
    badge: str
    name: str
    role: Role | None
    text: str = ""
    place: str = ""
    outcome: Outcome | None = None
    photo: str = ""
    count: Count | None = None
    operation_id: UUID | None = None
    operation: str = ""


@dataclass(frozen=True, slots=True)
class CaseTimes:
    """How long a case may take. `search` until its first search, `resolve` until its outcome."""

    search: timedelta = timedelta(hours=1)
    resolve: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Case:
    """One missing tool.

    number        what people call it, unique at the station
    operation_id  the operation or shift inventory that found it out; `found_out_at` is its type
    holder        who had the kit then, where it was out
    tool_id       the missing tool, where it is recorded
    """

    case_id: UUID
    number: str
    site_id: str
    kind: CaseKind
    kit: str
    toolkit: str
    opened_at: datetime
    operation_id: UUID
    found_out_at: str
    tool_class: str = ""
    unit: int = 0
    marking: str = ""
    tool_id: UUID | None = None
    holder_badge: str = ""
    holder_name: str = ""
    aircraft: str = ""
    work_order: str = ""
    events: tuple[CaseEvent, ...] = field(default=())

    @property
    def _current(self) -> tuple[CaseEvent, ...]:
        """The events since it was opened or reopened last.

        What was carried over to records that had released it begins it anew: whoever released it there did not know.
        """
        start, released_by_then = 0, False
        for place, event in enumerate(self.events):
            again = event.kind is CaseEventKind.CARRIED_OVER and released_by_then
            if event.kind is CaseEventKind.REOPENED or again:
                start, released_by_then = place, False
            elif event.kind is CaseEventKind.RELEASED:
                released_by_then = True
        return self.events[start:]

    @property
    def began_at(self) -> datetime:
        """When it was opened or reopened last."""
        return self._current[0].at if self.events else self.opened_at

    @property
    def state(self) -> CaseState:
        """Where it stands."""
        if any(event.kind is CaseEventKind.RELEASED for event in self._current):
            return CaseState.RELEASED
        return CaseState.OPEN if self.outcome is None else CaseState.AWAITS_RELEASE

    @property
    def open(self) -> bool:
        """Whether quality has not released it."""
        return self.state is not CaseState.RELEASED

    @property
    def outcome(self) -> Outcome | None:
        """How it ended as far as is known: the last word counts, and a count that contradicts it takes it back."""
        word: Outcome | None = None
        for event in self._current:
            if event.kind is CaseEventKind.OUTCOME:
                word = event.outcome
            elif event.count is not None and self._contradicts(event.count, word):
                word = None
        return word

    def _contradicts(self, count: Count, word: Outcome | None) -> bool:
        if word is Outcome.FOUND:
            return count in LACKING
        # That the tool lies there says nothing of the piece that broke off it.
        return word is Outcome.LOST and count not in LACKING and self.kind is not CaseKind.PIECE_MISSING

    @property
    def broken(self) -> bool:
        """Whether the tool is broken, as far as is known: it does not come back into service with the release."""
        counts = [event.count for event in self.events if event.count is not None]
        return self.kind is CaseKind.PIECE_MISSING or any(count in BROKEN for count in counts)

    @property
    def next_step(self) -> CaseStep:
        """What it waits for."""
        if self.state is CaseState.RELEASED:
            return CaseStep.NOTHING
        if self.outcome is not None:
            return CaseStep.RELEASE
        if not self.searches:
            return CaseStep.SEARCH
        return CaseStep.OUTCOME if self.second_search_done else CaseStep.SECOND_SEARCH

    @property
    def searches(self) -> tuple[CaseEvent, ...]:
        """The searches since it was opened or reopened last."""
        return tuple(event for event in self._current if event.kind is CaseEventKind.SEARCHED)

    @property
    def second_search_done(self) -> bool:
        """Whether two people searched, each on their own."""
        return len({event.badge.casefold() for event in self.searches}) >= 2

    def due_at(self, times: CaseTimes) -> datetime | None:
        """Until when the next step must be done; None once it is released."""
        since = self.began_at
        if self.state is CaseState.RELEASED:
            return None
        return since + (times.resolve if self.searches or self.outcome else times.search)

    def overdue(self, now: datetime, times: CaseTimes) -> bool:
        """Whether its next step should have been done.

        Also where the case is dated further ahead than its first search may take: the clock was set back, nobody can
        tell how old it is, and waiting until that date would hide it.
        """
        due = self.due_at(times)
        return due is not None and (now > due or now < self.began_at - times.search)


def _after(case: Case, event: CaseEvent) -> Case:
    return replace(case, events=(*case.events, event))


def _refuse_released(case: Case) -> None:
    if not case.open:
        raise Refused("case.already_released", case=case.number)


def searched(case: Case, by: Person, at: datetime, *, place: str, text: str = "", photo: str = "") -> Case:
    """A search with what it brought; raises `Refused`, `BadInput("case.place_empty")`."""
    by.require(Permission.SEARCH_CASES)
    _refuse_released(case)
    if not place.strip():
        raise BadInput("case.place_empty")
    event = CaseEvent(CaseEventKind.SEARCHED, at, by.badge, by.name, by.role, text.strip(), place.strip(), photo=photo)
    return _after(case, event)


def noted(case: Case, by: Person, at: datetime, *, text: str, photo: str = "") -> Case:
    """A remark that changes nothing."""
    by.require(Permission.SEARCH_CASES)
    _refuse_released(case)
    if not text.strip():
        raise BadInput("case.text_empty")
    return _after(case, CaseEvent(CaseEventKind.NOTED, at, by.badge, by.name, by.role, text.strip(), photo=photo))


def concluded(
    case: Case, by: Person, at: datetime, *, outcome: Outcome, place: str = "", text: str = "", photo: str = ""
) -> Case:
    """How the search ended. Found needs the place; lost needs searches by two people, each on their own.

    Raises `Refused`, `BadInput`.
    """
    by.require(Permission.SEARCH_CASES)
    _refuse_released(case)
    if outcome is Outcome.FOUND and not place.strip():
        raise BadInput("case.place_empty")
    if outcome is Outcome.LOST and not case.second_search_done:
        raise Refused("case.second_search_owed", case=case.number)
    event = CaseEvent(
        CaseEventKind.OUTCOME, at, by.badge, by.name, by.role, text.strip(), place.strip(), outcome, photo
    )
    return _after(case, event)


def released(case: Case, by: Person, at: datetime, *, statement: str) -> Case:
    """The end of a case: quality says why the aircraft is safe. Raises `Refused`, `BadInput`."""
    by.require(Permission.RELEASE_CASES)
    _refuse_released(case)
    if case.outcome is None:
        raise Refused("case.outcome_owed", case=case.number)
    if len(statement.strip()) < LEAST_STATEMENT_CHARACTERS:
        raise BadInput("case.statement_short", least=LEAST_STATEMENT_CHARACTERS)
    return _after(case, CaseEvent(CaseEventKind.RELEASED, at, by.badge, by.name, by.role, statement.strip()))


def reopened(case: Case, by: Person, at: datetime, *, text: str) -> Case:
    """A released case once more, with the reason. Raises `Refused`, `BadInput`."""
    by.require(Permission.REOPEN_CASES)
    if case.open:
        raise Refused("case.not_released", case=case.number)
    if not text.strip():
        raise BadInput("case.text_empty")
    return _after(case, CaseEvent(CaseEventKind.REOPENED, at, by.badge, by.name, by.role, text.strip()))


def counted(case: Case, by: Person, operation: Operation, count: Count, *, text: str = "", photo: str = "") -> Case:
    """What a later operation's count says of the tool that is being searched for; the case stays as open as it was.

    Raises `Refused`.
    """
    _refuse_released(case)
    event = CaseEvent(
        CaseEventKind.NOTED,
        operation.finished_at,
        by.badge,
        by.name,
        by.role,
        text.strip(),
        photo=photo,
        count=count,
        operation_id=operation.operation_id,
        operation=operation.type.value,
    )
    return _after(case, event)


def reported_again(case: Case, by: Person, at: datetime, *, text: str, place: str = "", photo: str = "") -> Case:
    """Somebody reports by hand what is being searched for already: no second case, and a former outcome is taken back.

    Raises `Refused`.
    """
    by.require(Permission.SEARCH_CASES)
    _refuse_released(case)
    event = CaseEvent(
        CaseEventKind.NOTED,
        at,
        by.badge,
        by.name,
        by.role,
        text.strip(),
        place.strip(),
        photo=photo,
        count=Count.MISSING,
    )
    return _after(case, event)


def carried_over(
    known: Case | None, kept: Case, at: datetime, *, number: str | None = None, anyway: bool = False
) -> Case | None:
    """The case as records must have it that do not know all of an open case `kept` beside them; None where they do.

    known   what the records say of it; None where they do not know it
    number  another number, where the records gave that one to another case
    anyway  also where they know all of it: they call it closed, and nobody ever closed it

    Nothing of either is lost. A release in `known` stands only where it followed all that is kept.
    """
    if not kept.open:
        return None
    said = () if known is None else known.events
    more = tuple(event for event in kept.events if event not in said)
    if known is not None and not more and not anyway:
        return None
    base = kept if known is None else known
    former = base.number if number is not None and number != base.number else ""
    event = CaseEvent(CaseEventKind.CARRIED_OVER, at, "", "", None, former)
    return replace(base, number=number or base.number, events=(*said, *more, event))
