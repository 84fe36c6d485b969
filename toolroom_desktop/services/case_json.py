"""Lost-tool cases as plain JSON: in the journal, in the records, in the ledger beside them, and for machines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.cases import Case, CaseEvent, CaseEventKind, CaseKind, Outcome
from toolroom_desktop.domain.operation import Count
from toolroom_desktop.domain.people import Role


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def event_json(event: CaseEvent) -> dict[str, Any]:
    """One step of a case."""
    return {
        "kind": event.kind.value,
        "at": _time(event.at),
        "badge": event.badge,
        "name": event.name,
        "role": event.role.value if event.role else None,
        "text": event.text,
        "place": event.place,
        "outcome": event.outcome.value if event.outcome else None,
        "photo": event.photo,
        "count": event.count.value if event.count else None,
        "operation_id": str(event.operation_id) if event.operation_id else None,
        "operation": event.operation,
    }


def event_of(said: Mapping[str, Any]) -> CaseEvent:
    """The inverse of `event_json`; raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    return CaseEvent(
        kind=CaseEventKind(said["kind"]),
        at=_aware(said["at"]),
        badge=str(said["badge"]),
        name=str(said["name"]),
        role=Role(said["role"]) if said["role"] else None,
        text=str(said["text"]),
        place=str(said["place"]),
        outcome=Outcome(said["outcome"]) if said["outcome"] else None,
        photo=str(said["photo"]),
        count=Count(said["count"]) if said["count"] else None,
        operation_id=UUID(said["operation_id"]) if said["operation_id"] else None,
        operation=str(said["operation"]),
    )


def case_json(case: Case) -> dict[str, Any]:
    """A case with its whole course."""
    return {
        "case_id": str(case.case_id),
        "number": case.number,
        "site_id": case.site_id,
        "kind": case.kind.value,
        "state": case.state.value,
        "kit": case.kit,
        "toolkit": case.toolkit,
        "tool_class": case.tool_class,
        "unit": case.unit,
        "marking": case.marking,
        "tool_id": str(case.tool_id) if case.tool_id else None,
        "opened_at": _time(case.opened_at),
        "operation_id": str(case.operation_id),
        "found_out_at": case.found_out_at,
        "holder": {"badge": case.holder_badge, "name": case.holder_name},
        "aircraft": case.aircraft,
        "work_order": case.work_order,
        "events": [event_json(event) for event in case.events],
    }


def case_of(said: Mapping[str, Any]) -> Case:
    """The inverse of `case_json`; raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    case = Case(
        case_id=UUID(said["case_id"]),
        number=str(said["number"]),
        site_id=str(said["site_id"]),
        kind=CaseKind(said["kind"]),
        kit=str(said["kit"]),
        toolkit=str(said["toolkit"]),
        opened_at=_aware(said["opened_at"]),
        operation_id=UUID(said["operation_id"]),
        found_out_at=str(said["found_out_at"]),
        tool_class=str(said["tool_class"]),
        unit=int(said["unit"]),
        marking=str(said["marking"]),
        tool_id=UUID(said["tool_id"]) if said["tool_id"] else None,
        holder_badge=str(said["holder"]["badge"]),
        holder_name=str(said["holder"]["name"]),
        aircraft=str(said["aircraft"]),
        work_order=str(said["work_order"]),
        events=tuple(event_of(event) for event in said["events"]),
    )
    if not case.events or case.state.value != said["state"]:
        raise ValueError("a case whose events do not lead to its state")
    return case


def _aware(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without a time zone")
    return at
