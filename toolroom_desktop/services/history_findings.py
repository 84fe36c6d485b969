"""What an operation says of single tools, beyond that they are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from toolroom_desktop.domain.inspection import PositionState
from toolroom_desktop.domain.operation import Count, CountedPosition, Operation
from toolroom_desktop.services.history_rows import Finding

_OF_COUNT = {
    Count.MISSING: Finding.MISSING,
    Count.DAMAGED: Finding.DAMAGED,
    Count.PIECE_MISSING: Finding.PIECE_MISSING,
    Count.WRONG: Finding.WRONG,
    Count.KEPT: Finding.KEPT,
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said of one tool. `unit` is 0 for what does not belong to the kit."""

    finding: Finding
    tool_class: str
    unit: int
    marking: str = ""
    tool_id: UUID | None = None


def findings_of(operation: Operation) -> tuple[Said, ...]:
    """In the order of the count, or of recognition where nobody counted; what does not belong to the kit comes last."""
    states = {
        (position["class_name"], position["unit"]): position["state"]
        for position in operation.result.get("positions", ())
    }
    said = list(_counted(operation.counted, states) if operation.counted else _recognised(states))
    said += [Said(Finding.EXTRA, name, 0) for name in operation.result.get("extra_tools", ())]
    return tuple(said)


def _counted(counted: tuple[CountedPosition, ...], states: dict[tuple[str, int], str]) -> Iterator[Said]:
    for position in counted:
        finding = _OF_COUNT.get(position.count) or _of_found(position, states)
        if finding is not None:
            yield Said(finding, position.tool_class, position.unit, position.marking, position.tool_id)


def _of_found(position: CountedPosition, states: dict[tuple[str, int], str]) -> Finding | None:
    state = states.get((position.tool_class, position.unit))
    if state == PositionState.MISSING:
        return Finding.OVERLOOKED
    if state == PositionState.UNSURE:
        return Finding.UNSURE
    return Finding.READ if position.marking or position.note else None


def _recognised(states: dict[tuple[str, int], str]) -> Iterator[Said]:
    for (tool_class, unit), state in states.items():
        if state == PositionState.MISSING:
            yield Said(Finding.MISSING, tool_class, unit)
        elif state == PositionState.UNSURE:
            yield Said(Finding.UNSURE, tool_class, unit)
