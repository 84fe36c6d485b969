"""What is said of a recorded operation afterwards: the count that was owed, and corrections of its details.

Nothing is rewritten: each is a journal entry of its own that names the operation. Its projection shows what holds now,
and in `later` how it came to that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.custody import LEAST_REASON_CHARACTERS, Procedures, custody_after_later_count
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.operation import Operation, final_status
from toolroom_desktop.domain.people import Permission, Person
from toolroom_desktop.domain.signing import Purpose, Signature
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.consequences import draw_consequences, with_tools_named
from toolroom_desktop.services.counting import Counted
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.result_json import counted_json
from toolroom_desktop.services.signing import signed


@dataclass(frozen=True, slots=True)
class Details:
    """What is noted beside an operation."""

    work_order: str = ""
    aircraft: str = ""
    expected_return: datetime | None = None
    note: str = ""

    def as_json(self) -> dict[str, str | None]:
        """As plain JSON."""
        due = self.expected_return
        return {
            "work_order": self.work_order.strip(),
            "aircraft": self.aircraft.strip(),
            "expected_return": due.isoformat() if due else None,
            "note": self.note.strip(),
        }


def details_of(operation: Operation) -> Details:
    """What is noted beside that operation now."""
    return Details(operation.work_order, operation.aircraft, operation.expected_return, operation.note)


@dataclass(frozen=True, slots=True)
class LaterWord:
    """Who says it, and when."""

    person: Person
    now: datetime


def _entry(kind: str, word: LaterWord, **said: object) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": str(uuid7()),
        "at": word.now.isoformat(),
        "by": {"badge": word.person.badge, "name": word.person.name},
        **said,
    }


def _found(uow: UnitOfWork, operation_id: UUID) -> Operation:
    operation = uow.operations.by_id(operation_id)
    if operation is None:
        raise NotFound("operation.unknown", id=operation_id)
    return operation


def _recorded(uow: UnitOfWork, recorder: Recorder, operation: Operation, entry: dict[str, Any]) -> Operation:
    operation = replace(operation, later=(*operation.later, entry))
    payload = {"operation": str(operation.operation_id), "kit": operation.kit, **entry}
    recorder.record(uow, f"operation_{entry['kind']}", payload, op_id=UUID(entry["id"]))
    uow.operations.amend(operation)
    return operation


def refuse_unless_countable(uow: UnitOfWork, operation_id: UUID) -> Operation:
    """The operation whose count is owed, while it can still be given: nothing was done with its kit since.

    Raises `NotFound`, `Refused("operation.no_count_owed")`, `Refused("operation.kit_moved_on")`.
    """
    operation = _found(uow, operation_id)
    if not operation.count_owed:
        raise Refused("operation.no_count_owed", kit=operation.kit)
    newest = uow.operations.newest_of(operation.kit)
    elsewhere = uow.operations.closed_by(operation_id) is not None
    if elsewhere or (newest is not None and newest.operation_id != operation.operation_id):
        raise Refused("operation.kit_moved_on", kit=operation.kit)
    return operation


def counted_later(
    uow: UnitOfWork,
    recorder: Recorder,
    procedures: Procedures,
    *,
    operation_id: UUID,
    badge: str,
    now: datetime,
    evidence: Evidence,
    counted: Counted,
    confirmation: Confirmation,
) -> Operation:
    """Record the count of an operation that was recorded without it. Raises what `Operations.count` says."""
    person = person_known(uow, badge)
    person.require(Permission.OPERATE)
    operation = refuse_unless_countable(uow, operation_id)
    witness: Signature | None = None
    if confirmation.witness is not None:
        subject = str(operation_id)
        witness = signed(
            uow, confirmation.witness, purpose=Purpose.WITNESS, subject=subject, now=now, not_by=(person.badge,)
        )
    elif procedures.witness_owed(counted.positions):
        raise BadInput("operation.witness_owed")
    remain = confirmation.extras_remain
    extras_remain = bool(evidence.inspection.extras) if remain is None else remain
    operation = replace(
        operation,
        counted=counted.positions,
        final_status=final_status(evidence.inspection, counted.positions, extras_remain=extras_remain),
        custody=custody_after_later_count(operation, counted.positions),
        witness_badge=witness.badge if witness else "",
        witness_name=witness.name if witness else "",
    )
    operation = with_tools_named(uow, operation)
    for sha256, size in counted.sizes.items():
        uow.evidence.add(sha256, size)
    # What follows from a count begins when it was given, not when the kit went over the counter.
    told = replace(operation, finished_at=now, note=confirmation.note.strip() or operation.note)
    opened = tuple(case.number for case in draw_consequences(uow, recorder, told, person))
    operation = replace(operation, cases=(*operation.cases, *opened))
    entry = _entry(
        "counted",
        LaterWord(person, now),
        counted=counted_json(operation),
        final_status=operation.final_status.value,
        custody=dict(operation.custody),
        witness={"badge": witness.badge, "name": witness.name} if witness else None,
        cases=list(opened),
        note=confirmation.note.strip(),
    )
    return _recorded(uow, recorder, operation, entry)


def corrected(
    uow: UnitOfWork,
    recorder: Recorder,
    *,
    operation_id: UUID,
    badge: str,
    now: datetime,
    details: Details,
    reason: str,
) -> Operation:
    """Record that something beside an operation was noted wrongly. Raises what `Operations.correct` says."""
    person = person_known(uow, badge)
    person.require(Permission.CORRECT)
    if len(reason.strip()) < LEAST_REASON_CHARACTERS:
        raise BadInput("operation.reason_empty")
    operation = _found(uow, operation_id)
    before, after = details_of(operation).as_json(), details.as_json()
    changes = {name: {"before": before[name], "after": after[name]} for name in after if after[name] != before[name]}
    if not changes:
        raise BadInput("operation.nothing_corrected")
    operation = replace(
        operation,
        work_order=details.work_order.strip(),
        aircraft=details.aircraft.strip(),
        expected_return=details.expected_return,
        note=details.note.strip(),
    )
    entry = _entry("corrected", LaterWord(person, now), reason=reason.strip(), changes=changes)
    return _recorded(uow, recorder, operation, entry)
