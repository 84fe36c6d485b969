"""Tools as physical items: what is engraved on them, when they must be calibrated, and what state they are in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.toolkit import Toolkit


class ToolState(StrEnum):
    """What state a tool is in."""

    SERVICEABLE = "serviceable"
    UNSERVICEABLE = "unserviceable"
    IN_REPAIR = "in_repair"
    LOST = "lost"
    RETIRED = "retired"


_BY_HAND: dict[ToolState, frozenset[ToolState]] = {
    ToolState.SERVICEABLE: frozenset({ToolState.UNSERVICEABLE, ToolState.RETIRED}),
    ToolState.UNSERVICEABLE: frozenset({ToolState.IN_REPAIR, ToolState.SERVICEABLE, ToolState.RETIRED}),
    ToolState.IN_REPAIR: frozenset({ToolState.SERVICEABLE, ToolState.UNSERVICEABLE, ToolState.RETIRED}),
    # Only the release of its case says that a lost tool is back.
    ToolState.LOST: frozenset(),
    ToolState.RETIRED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Tool:
    """One physical tool.

    kit, unit        where it belongs: the kit's number and which of its class there, from 1; "" and 0 for a spare one
    marking          what is engraved on it or says its label, unique among all tools; may be empty
    calibration_due  the last day on which its calibration is good; None where it needs none
    photo            SHA-256 of its picture among the evidence; empty for none
    """

    tool_class: str
    kit: str = ""
    unit: int = 0
    part_number: str = ""
    serial_number: str = ""
    marking: str = ""
    calibration_due: date | None = None
    state: ToolState = ToolState.SERVICEABLE
    photo: str = ""
    note: str = ""
    tool_id: UUID = field(default_factory=uuid7)

    def __post_init__(self) -> None:
        if not self.tool_class.strip():
            raise BadInput("tool.class_empty")
        if bool(self.kit.strip()) != (self.unit > 0):
            raise BadInput("tool.place_incomplete", tool_class=self.tool_class)

    def calibration_expired(self, today: date) -> bool:
        """Whether its calibration is over."""
        return self.calibration_due is not None and today > self.calibration_due

    def answers_to(self, scanned: str) -> bool:
        """Whether a scan or a typed text names this tool, by marking or serial number."""
        wanted = scanned.strip().casefold()
        return bool(wanted) and wanted in (self.marking.strip().casefold(), self.serial_number.strip().casefold())


def states_by_hand(state: ToolState) -> tuple[ToolState, ...]:
    """The states that a person may put a tool of that state into."""
    return tuple(possible for possible in ToolState if possible in _BY_HAND[state])


def with_state(tool: Tool, state: ToolState) -> Tool:
    """The tool in another state, as a person may set it; raises `Refused("tool.state_not_possible")`."""
    if state is not tool.state and state not in _BY_HAND[tool.state]:
        raise Refused("tool.state_not_possible", tool=tool.marking or tool.tool_class, state=tool.state, wanted=state)
    return replace(tool, state=state)


def positions_without_tool(
    toolkit: Toolkit, tools: Iterable[Tool], empty: Iterable[tuple[str, int]] = ()
) -> dict[str, int]:
    """How many of each class are known not to be fit for issue: their tool is lost, broken, in repair or retired, or
    their place is among the `empty` ones (class, unit), out of which a tool was taken.

    A position of which no tool is recorded counts as filled: its tool is simply not written down.
    """
    unfit = [tool.tool_class for tool in tools if tool.state is not ToolState.SERVICEABLE and tool.unit > 0]
    unfit += [tool_class for tool_class, _ in empty]
    return {name: min(unfit.count(name), quantity) for name, quantity in toolkit.expected.items() if name in unfit}
