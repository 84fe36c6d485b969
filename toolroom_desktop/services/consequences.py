"""What a count has for consequences: broken tools leave service, and what is missing opens a lost-tool case.

A tool that is being searched for already gets no second case: what the count says of it is noted in the one that is
open, which stays as open as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.cases import Case, CaseEvent, CaseEventKind, CaseKind, case_number, counted
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import BROKEN, LACKING, Count, CountedPosition, Operation, OperationType
from toolroom_desktop.domain.people import Person
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.case_json import case_json, event_json
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.whereabouts import known_operation

_KINDS = {
    Count.MISSING: CaseKind.MISSING,
    Count.WRONG: CaseKind.WRONG_TOOL,
    Count.PIECE_MISSING: CaseKind.PIECE_MISSING,
}
_ENTRIES = {
    CaseEventKind.SEARCHED: "case_searched",
    CaseEventKind.OUTCOME: "case_concluded",
    CaseEventKind.NOTED: "case_noted",
    CaseEventKind.RELEASED: "case_released",
    CaseEventKind.REOPENED: "case_reopened",
}
"""The kinds of the journal's entries."""


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


def written_down(uow: UnitOfWork, kit: str, tool_class: str) -> Tool:
    """A tool that nobody had recorded, at the first place of its class that is free and not known to be empty."""
    taken = {tool.unit for tool in uow.tools.in_kit(kit) if tool.tool_class == tool_class}
    taken |= {unit for empty_class, unit in uow.tools.empty_places(kit) if empty_class == tool_class}
    unit = next(number for number in range(1, len(taken) + 2) if number not in taken)
    return Tool(tool_class, kit=kit, unit=unit)


def next_case_number(uow: UnitOfWork, at: datetime) -> str:
    """The number of the next case; no case of this station ever had it."""
    return case_number(uow.cases.serial + 1, at)


def opened_case(uow: UnitOfWork, recorder: Recorder, case: Case) -> Case:
    """Record a new case in the unit of work."""
    uow.cases.save(case)
    recorder.record(uow, "case_opened", case_json(case), op_id=case.case_id)
    return case


def advanced_case(uow: UnitOfWork, recorder: Recorder, case: Case) -> Case:
    """Record the newest step of a case in the unit of work."""
    uow.cases.save(case)
    newest = case.events[-1]
    payload = {
        "case_id": str(case.case_id),
        "number": case.number,
        "state": case.state.value,
        "event": event_json(newest),
    }
    recorder.record(uow, _ENTRIES[newest.kind], payload)
    return case


def changed_tool(
    uow: UnitOfWork, recorder: Recorder, tool: Tool, state: ToolState, *, by: str | None, **why: object
) -> Tool:
    """Record the tool in another state, also one that was not written down; `why` goes into the journal."""
    changed = replace(tool, state=state)
    uow.tools.save(changed)
    recorder.record(uow, "tool_changed", {**tool_json(changed), "before": tool.state.value, "by": by, **why})
    return changed


def with_tools_named(uow: UnitOfWork, operation: Operation) -> Operation:
    """The operation whose counted positions name the recorded tools that they are, as far as they are known."""
    searched = {case.tool_id: case for case in uow.cases.open() if case.tool_id is not None}
    named = {
        (position.tool_class, position.unit): tool.tool_id
        for position, tool in _tools_meant(uow, operation, searched)
        if tool is not None
    }
    counted_ = tuple(
        replace(position, tool_id=named.get((position.tool_class, position.unit))) for position in operation.counted
    )
    return replace(operation, counted=counted_)


def _known_to_be_out(uow: UnitOfWork, operation: Operation) -> set[UUID] | None:
    """The tools that the count before says are out, where there was one; None where nobody counted.

    After the return of a part that is what was kept, and after an issue or a handover what was found. Tools that are
    not written down are in no count.
    """
    before = known_operation(uow, operation.closes)
    while before is not None:
        if before.counted:
            out = Count.KEPT if before.type is OperationType.CHECKIN else Count.FOUND
            named = {p.tool_id for p in before.counted if p.count is out and p.tool_id is not None}
            # What another station wrote down of the kit need not be written down here.
            strange = before.site_id != uow.site_id and any(uow.tools.by_id(tool_id) is None for tool_id in named)
            return None if strange else named
        before = known_operation(uow, before.closes)
    return None


def draw_consequences(uow: UnitOfWork, recorder: Recorder, operation: Operation, by: Person) -> tuple[Case, ...]:
    """Change tools, open cases and note in open ones what the count of `operation` says, within its unit of work.

    Returns the new cases.
    """
    cases = uow.cases.open()
    searched = {case.tool_id: case for case in cases if case.tool_id is not None}
    for whole in cases:
        if whole.kind is CaseKind.KIT_MISSING and whole.kit.casefold() == operation.kit.casefold():
            advanced_case(uow, recorder, counted(whole, by, operation, Count.FOUND))
    # Seen all at once: one that goes out of service must not move its neighbours to other units.
    meant = _tools_meant(uow, operation, searched)
    opened: list[Case] = []
    for position, tool in meant:
        case = None if tool is None else searched.get(tool.tool_id)
        if case is not None and position.count is not Count.KEPT:
            step = counted(case, by, operation, position.count, text=position.note, photo=position.photo)
            advanced_case(uow, recorder, step)
        if position.count not in LACKING | BROKEN or (case is not None and tool and _out_of_service(tool)):
            continue
        known = tool or written_down(uow, operation.kit, position.tool_class)
        state = ToolState.UNSERVICEABLE if position.count in BROKEN else ToolState.LOST
        why = {"reason": position.count.value, "remark": position.note, "operation": str(operation.operation_id)}
        changed = changed_tool(uow, recorder, known, state, by=by.badge, **why)
        if position.count in LACKING and case is None:
            opened.append(opened_case(uow, recorder, _case(uow, operation, position, changed, by)))
    return tuple(opened)


def _out_of_service(tool: Tool) -> bool:
    return tool.state is not ToolState.SERVICEABLE


def _tools_meant(
    uow: UnitOfWork, operation: Operation, searched: Mapping[UUID, Case]
) -> list[tuple[CountedPosition, Tool | None]]:
    """Every counted position with the tool that it is; None for a tool that is not written down."""
    tools = uow.tools.in_kit(operation.kit)
    still_out = _searched_but_out(uow, operation, tools, searched)
    toolkit = uow.catalogue.toolkit(operation.toolkit)
    listed = {} if toolkit is None else toolkit.expected
    positions = operation.counted or _all_found(operation)
    written = Counter(tool.tool_class for tool in tools)
    out_by_count = _known_to_be_out(uow, operation)
    if out_by_count is not None:
        # What came back before lies in its place: it is none of those that are counted now.
        tools = [tool for tool in tools if tool.tool_id in out_by_count]
    pairs: list[tuple[CountedPosition, Tool | None]] = []
    for tool_class in dict.fromkeys(position.tool_class for position in positions):
        of_class = [position for position in positions if position.tool_class == tool_class]
        known = [tool for tool in tools if tool.tool_class == tool_class]
        fit = [tool for tool in known if not _out_of_service(tool)]
        out = [tool for tool in still_out if tool.tool_class == tool_class]
        unwritten = [None] * max(0, listed.get(tool_class, 0) - written[tool_class])
        # What left service while it was out comes back as the tool that it is, not as one more.
        late = [tool for tool in known if operation.closes and _out_of_service(tool) and tool.tool_id not in searched]
        pairs += _paired(of_class, fit, out, [*unwritten, *late])
    return pairs


def _paired(
    positions: Sequence[CountedPosition],
    fit: Sequence[Tool],
    still_out: Sequence[Tool],
    others: Sequence[Tool | None],
) -> list[tuple[CountedPosition, Tool | None]]:
    """The positions of one class with their tools; `others` are what it may be where those are not enough.

    What was read on a tool names it. Otherwise positions stand for the tools in their order; but while one of them is
    searched for, what lacks is that one as long as it can be, and what is there are the others.
    """
    pairs: list[tuple[CountedPosition, Tool | None]] = []
    named: dict[UUID, Tool] = {}
    rest: list[CountedPosition] = []
    for position in positions:
        is_there = position.count not in (Count.MISSING, Count.WRONG)
        tool = next((tool for tool in (*fit, *still_out) if is_there and tool.answers_to(position.marking)), None)
        if tool is None or tool.tool_id in named:
            rest.append(position)
        else:
            named[tool.tool_id] = tool
            pairs.append((position, tool))
    fit = [tool for tool in fit if tool.tool_id not in named]
    still_out = [tool for tool in still_out if tool.tool_id not in named]
    more = max(0, len(rest) - len(fit) - len(still_out))
    others = [*others, *[None] * more][:more]
    if still_out:
        rest.sort(key=lambda position: position.count in LACKING)
        queue = [*fit, *others, *still_out]
        lacking = sum(position.count in LACKING for position in rest)
        there = len(rest) - lacking
        tools: list[Tool | None] = [*queue[:there], *queue[len(queue) - lacking :]]
    else:
        tools = [*fit, *others]
    pairs += zip(rest, tools, strict=False)
    return pairs


def _all_found(operation: Operation) -> list[CountedPosition]:
    """What an operation says that needed no count; nothing while one is owed."""
    if operation.status is not Status.SUCCESS:
        return []
    return [
        CountedPosition(tool_class, unit, Count.FOUND, by_hand=False)
        for tool_class, quantity in operation.expected.items()
        for unit in range(1, quantity + 1)
    ]


def _searched_but_out(
    uow: UnitOfWork, operation: Operation, tools: Sequence[Tool], searched: Mapping[UUID, Case]
) -> list[Tool]:
    """The tools of the kit whose case was opened by hand while they were out, and which must come back all the same.

    A count on the way may have settled already that a tool is not out any more.
    """
    suspects = [tool for tool in tools if _out_of_service(tool) and tool.tool_id in searched]
    if not suspects:
        return []
    chain: list[Operation] = []
    closes = operation.closes
    while closes is not None and (before := known_operation(uow, closes)) is not None:
        chain.append(before)
        closes = before.closes
    if not chain:
        return []
    ids = {before.operation_id for before in chain}

    def is_out(case: Case) -> bool:
        entry = uow.journal.by_id(case.case_id)
        first = chain[-1]
        # Numbers of entries tell before from after within a station alone.
        here = first.site_id == uow.site_id
        if case.operation_id in ids or entry is None:
            return False
        if (entry.site_seq < first.site_seq) if here else (case.opened_at < first.finished_at):
            return False
        return not any(
            event.count is not None
            and event.operation_id in ids
            and (event.operation == OperationType.CHECKIN.value or event.count is not Count.FOUND)
            for event in case.events
        )

    return [tool for tool in suspects if is_out(searched[tool.tool_id])]


def _case(uow: UnitOfWork, operation: Operation, position: CountedPosition, tool: Tool, by: Person) -> Case:
    source = known_operation(uow, operation.closes) or operation
    event = CaseEvent(
        CaseEventKind.OPENED,
        operation.finished_at,
        by.badge,
        by.name,
        by.role,
        position.note or operation.note,
        photo=position.photo,
    )
    return Case(
        case_id=uuid7(),
        number=next_case_number(uow, operation.finished_at),
        site_id=uow.site_id,
        kind=_KINDS[position.count],
        kit=operation.kit,
        toolkit=operation.toolkit,
        opened_at=operation.finished_at,
        operation_id=operation.operation_id,
        found_out_at=operation.type.value,
        tool_class=position.tool_class,
        unit=tool.unit,
        marking=tool.marking,
        tool_id=tool.tool_id,
        holder_badge=source.holder_badge,
        holder_name=source.holder_name,
        aircraft=source.aircraft,
        work_order=source.work_order,
        events=(event,),
    )
