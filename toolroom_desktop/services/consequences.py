"""What a count has for consequences: broken tools leave service, and what is missing opens a lost-tool case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from toolroom_desktop.domain.cases import Case, CaseEvent, CaseEventKind, CaseKind
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.operation import BROKEN, LACKING, Count, CountedPosition, Operation
from toolroom_desktop.domain.people import Person
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.recording import Recorder

_KINDS = {
    Count.MISSING: CaseKind.MISSING,
    Count.WRONG: CaseKind.WRONG_TOOL,
    Count.PIECE_MISSING: CaseKind.PIECE_MISSING,
}
# What a case's number begins with.
_CASE = "C"


def event_json(event: CaseEvent) -> dict[str, Any]:
    """A case's event as the journal keeps it."""
    return {
        "kind": event.kind.value,
        "at": event.at.isoformat(),
        "badge": event.badge,
        "name": event.name,
        "role": event.role.value,
        "text": event.text,
        "place": event.place,
        "outcome": event.outcome.value if event.outcome else None,
        "photo": event.photo,
    }


def case_json(case: Case) -> dict[str, Any]:
    """A case with its whole course as plain JSON."""
    return {
        "case_id": str(case.case_id),
        "number": case.number,
        "site_id": case.site_id,
        "kind": case.kind.value,
        "kit": case.kit,
        "toolkit": case.toolkit,
        "tool_class": case.tool_class,
        "unit": case.unit,
        "marking": case.marking,
        "tool_id": str(case.tool_id) if case.tool_id else None,
        "opened_at": case.opened_at.isoformat(),
        "operation_id": str(case.operation_id),
        "found_out_at": case.found_out_at,
        "holder": {"badge": case.holder_badge, "name": case.holder_name},
        "aircraft": case.aircraft,
        "work_order": case.work_order,
        "events": [event_json(event) for event in case.events],
    }


def tool_json(tool: Tool) -> dict[str, Any]:
    """A tool as plain JSON."""
    return {
        "tool_id": str(tool.tool_id),
        "tool_class": tool.tool_class,
        "kit": tool.kit,
        "unit": tool.unit,
        "part_number": tool.part_number,
        "serial_number": tool.serial_number,
        "marking": tool.marking,
        "calibration_due": tool.calibration_due.isoformat() if tool.calibration_due else None,
        "state": tool.state.value,
        "photo": tool.photo,
        "note": tool.note,
    }


def tool_at(tools: Sequence[Tool], tool_class: str, unit: int) -> Tool | None:
    """The tool that a count means: the unit-th serviceable one of its class; None where none is recorded."""
    fit = [tool for tool in tools if tool.tool_class == tool_class and tool.state is ToolState.SERVICEABLE]
    return fit[unit - 1] if unit <= len(fit) else None


def _written_down(uow: UnitOfWork, kit: str, counted: CountedPosition) -> Tool:
    """A tool that nobody had recorded, at the first place of its class that is free and not known to be empty."""
    taken = {tool.unit for tool in uow.tools.in_kit(kit) if tool.tool_class == counted.tool_class}
    taken |= {unit for tool_class, unit in uow.tools.empty_places(kit) if tool_class == counted.tool_class}
    unit = next(number for number in range(1, len(taken) + 2) if number not in taken)
    return Tool(counted.tool_class, kit=kit, unit=unit)


def next_case_number(uow: UnitOfWork, at: datetime) -> str:
    """The number of the next case, unique at this station."""
    return f"{_CASE}{at.year}-{uow.cases.count() + 1:04d}"


def opened_case(uow: UnitOfWork, recorder: Recorder, case: Case) -> Case:
    """Record a new case in the unit of work."""
    uow.cases.save(case)
    recorder.record(uow, "case_opened", case_json(case), op_id=case.case_id)
    return case


def draw_consequences(uow: UnitOfWork, recorder: Recorder, operation: Operation, by: Person) -> tuple[Case, ...]:
    """Change tools and open cases as the count of `operation` says, within its unit of work; the new cases."""
    opened: list[Case] = []
    # Seen all at once: one that goes out of service must not move its neighbours to other units.
    before = uow.tools.in_kit(operation.kit)
    found = [(counted, tool_at(before, counted.tool_class, counted.unit)) for counted in operation.counted]
    for counted, known in found:
        if counted.count not in LACKING | BROKEN:
            continue
        tool = known or _written_down(uow, operation.kit, counted)
        state = ToolState.UNSERVICEABLE if counted.count in BROKEN else ToolState.LOST
        changed = replace(tool, state=state)
        uow.tools.save(changed)
        payload = {
            **tool_json(changed),
            "before": tool.state.value,
            "reason": counted.count.value,
            "note": counted.note,
            "operation": str(operation.operation_id),
            "by": by.badge,
        }
        recorder.record(uow, "tool_changed", payload)
        if counted.count in LACKING:
            opened.append(opened_case(uow, recorder, _case(uow, operation, counted, changed, by)))
    return tuple(opened)


def _case(uow: UnitOfWork, operation: Operation, counted: CountedPosition, tool: Tool, by: Person) -> Case:
    held = None if operation.closes is None else uow.operations.by_id(operation.closes)
    source = held or operation
    event = CaseEvent(
        CaseEventKind.OPENED,
        operation.finished_at,
        by.badge,
        by.name,
        by.role,
        counted.note or operation.note,
        photo=counted.photo,
    )
    return Case(
        case_id=uuid7(),
        number=next_case_number(uow, operation.finished_at),
        site_id=uow.site_id,
        kind=_KINDS[counted.count],
        kit=operation.kit,
        toolkit=operation.toolkit,
        opened_at=operation.finished_at,
        operation_id=operation.operation_id,
        found_out_at=operation.type.value,
        tool_class=counted.tool_class,
        unit=tool.unit,
        marking=tool.marking,
        tool_id=tool.tool_id,
        holder_badge=source.holder_badge,
        holder_name=source.holder_name,
        aircraft=source.aircraft,
        work_order=source.work_order,
        events=(event,),
    )
