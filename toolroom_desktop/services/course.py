"""The whole course of one operation, or of any other entry of the journal, with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.errors import DatabaseProblem, NotFound
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.services.case_json import case_json
from toolroom_desktop.services.history import entry_json, find_entry
from toolroom_desktop.services.photos import read_photo
from toolroom_desktop.services.ports import Database, EvidenceStore, UnitOfWork
from toolroom_desktop.services.refusals import REFUSED
from toolroom_desktop.services.result_json import operation_json
from toolroom_desktop.services.signing import SIGNATURE
from toolroom_desktop.services.whereabouts import known_operation

_TOOL_CHANGED = "tool_changed"
_MOST = 100
"""Entries of one kind about one operation that are looked up at most."""
_CASE_NOTED = "case_noted"


class PhotoState(StrEnum):
    """How an evidence file is. One at the centre was deleted here on purpose; a lost one is not there either."""

    WHOLE = "whole"
    AT_CENTRE = "at_centre"
    LOST = "lost"
    GONE = "gone"
    DAMAGED = "damaged"


_ABSENT = {
    "evidence.at_centre": PhotoState.AT_CENTRE,
    "evidence.lost_at_centre": PhotoState.LOST,
    "evidence.gone": PhotoState.GONE,
}


@dataclass(frozen=True, slots=True)
class PhotoFact:
    """One evidence file. `of` is "clean", "annotated", the counted tool's class, or a case's number."""

    of: str
    sha256: str
    state: PhotoState


@dataclass(frozen=True, slots=True)
class Course:
    """What the records know about an entry.

    operation   the operation that the entry is, or speaks of; None for none
    as_written  whether the operation's row says what its journal entry says; None where later records changed it
    closes      the operation whose custody it ended; `ended_by` the one that ended its own
    signatures  the journal's entries of what was signed for it; `refusals` what was refused on its way
    tools       the journal's entries of the tools that its count changed
    cases       the lost-tool cases that it opened or spoke of, with all their events
    """

    entry: JournalEntry
    operation: Operation | None = None
    as_written: bool | None = None
    closes: Operation | None = None
    ended_by: Operation | None = None
    signatures: tuple[JournalEntry, ...] = ()
    refusals: tuple[JournalEntry, ...] = ()
    tools: tuple[JournalEntry, ...] = ()
    cases: tuple[Case, ...] = ()
    photos: tuple[PhotoFact, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every photo fits or is at the centre, and the operation's row says what the journal does."""
        known = (PhotoState.WHOLE, PhotoState.AT_CENTRE)
        return self.as_written is not False and all(photo.state in known for photo in self.photos)


def course_of(database: Database, evidence: EvidenceStore, wanted: str) -> Course:
    """The course of an entry by its id or number, of an operation by its id, or of a case by its number.

    Every photo is read and compared with its hash. Raises `NotFound("journal.unknown_entry")`, and `DatabaseProblem`
    where the journal cannot be read.
    """

    def find(uow: UnitOfWork) -> Course | None:
        case = uow.cases.by_number(wanted)
        entry = find_entry(uow, wanted) if case is None else _entry_of_case(uow, case)
        return None if entry is None else _gathered(uow, entry, case)

    course = database.read(find)
    if course is None:
        raise NotFound("journal.unknown_entry", id=wanted)
    photos = tuple(PhotoFact(of, sha256, _state(database, evidence, sha256)) for of, sha256 in _photos(course))
    return replace(course, photos=photos)


def _entry_of_case(uow: UnitOfWork, case: Case) -> JournalEntry | None:
    return uow.journal.by_id(case.case_id)


def _gathered(uow: UnitOfWork, entry: JournalEntry, case: Case | None) -> Course:
    case = case or _case_in(uow, entry)
    operation = _operation_in(uow, entry, case)
    if operation is None:
        return Course(entry, cases=() if case is None else (case,))
    name = str(operation.operation_id)
    told = None if operation.later else uow.journal.by_id(operation.operation_id)
    return Course(
        entry,
        operation,
        as_written=None if told is None else told.payload == operation_json(operation),
        closes=known_operation(uow, operation.closes),
        ended_by=uow.operations.ended_by(operation.operation_id),
        signatures=_about(uow, name, SIGNATURE),
        refusals=_about(uow, name, REFUSED),
        tools=_about(uow, name, _TOOL_CHANGED),
        cases=_cases(uow, operation, case),
    )


def _about(uow: UnitOfWork, name: str, *kinds: str) -> tuple[JournalEntry, ...]:
    return tuple(reversed(uow.journal.mentioning(name, kinds, limit=_MOST)))


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _case_in(uow: UnitOfWork, entry: JournalEntry) -> Case | None:
    if not entry.kind.startswith("case_"):
        return None
    name = _uuid(entry.payload.get("case_id"))
    return None if name is None else uow.cases.by_id(name)


def _operation_in(uow: UnitOfWork, entry: JournalEntry, case: Case | None) -> Operation | None:
    """The operation that an entry is, or says that it belongs to."""
    for said in (entry.op_id, entry.payload.get("operation"), entry.payload.get("subject")):
        name = None if isinstance(said, dict) else _uuid(said)
        found = None if name is None else uow.operations.by_id(name)
        if found is not None:
            return found
    return None if case is None else uow.operations.by_id(case.operation_id)


def _cases(uow: UnitOfWork, operation: Operation, case: Case | None) -> tuple[Case, ...]:
    """Those that it opened, those in which its count was noted, and the one that was asked for."""
    found = {one.case_id: one for one in uow.cases.of_operation(operation.operation_id)}
    for entry in _about(uow, str(operation.operation_id), _CASE_NOTED):
        noted = _case_in(uow, entry)
        if noted is not None:
            found.setdefault(noted.case_id, noted)
    if case is not None:
        found.setdefault(case.case_id, case)
    return tuple(sorted(found.values(), key=lambda one: one.number))


def _photos(course: Course) -> Iterator[tuple[str, str]]:
    """(of what, SHA-256) of every photo."""
    operation = course.operation
    if operation is not None:
        for of, sha256 in (("clean", operation.photos.clean), ("annotated", operation.photos.annotated)):
            if sha256:
                yield of, sha256
        for position in operation.counted:
            if position.photo:
                yield f"{position.tool_class} {position.unit}", position.photo
    for case in course.cases:
        photos = [event.photo for event in case.events if event.photo]
        for number, sha256 in enumerate(photos, start=1):
            yield f"{case.number} {number}", sha256


def _state(database: Database, evidence: EvidenceStore, sha256: str) -> PhotoState:
    try:
        read_photo(database, evidence, sha256)
    except NotFound as absent:
        return _ABSENT[absent.code]
    except DatabaseProblem:
        return PhotoState.DAMAGED
    return PhotoState.WHOLE


def _short(operation: Operation | None) -> dict[str, Any] | None:
    if operation is None:
        return None
    return {
        "id": str(operation.operation_id),
        "site_seq": operation.site_seq,
        "operation_type": operation.type.value,
        "timestamp": operation.finished_at.isoformat(),
        "user": {"badge": operation.person_badge, "name": operation.person_name},
    }


def course_json(course: Course) -> dict[str, Any]:
    """The entry as plain JSON in the texts that its hash was made of, and beside it all that belongs to it."""
    return {
        **entry_json(course.entry),
        "course": {
            "operation": None if course.operation is None else operation_json(course.operation),
            "as_written": course.as_written,
            "closes": _short(course.closes),
            "ended_by": _short(course.ended_by),
            "later": [] if course.operation is None else [dict(word) for word in course.operation.later],
            "signatures": [entry_json(entry) for entry in course.signatures],
            "refusals": [entry_json(entry) for entry in course.refusals],
            "tools": [entry_json(entry) for entry in course.tools],
            "cases": [case_json(case) for case in course.cases],
            "photos": [{"of": one.of, "sha256": one.sha256, "state": one.state.value} for one in course.photos],
        },
    }
