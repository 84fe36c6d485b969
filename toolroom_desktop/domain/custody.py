"""Custody: what speaks against handing a kit out, who may overrule it, and what is with whom afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from toolroom_desktop.domain.cases import Case, CaseTimes
from toolroom_desktop.domain.elsewhere import CaseElsewhere
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.operation import Count, CountedPosition, Operation, OperationType
from toolroom_desktop.domain.people import Permission, roles_that_may
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.tools import Tool, ToolState

LEAST_REASON_CHARACTERS = 3


class BlockReason(StrEnum):
    """Why a kit should not go out."""

    CASE_OPEN = "case_open"
    CALIBRATION_EXPIRED = "calibration_expired"
    TOOL_UNSERVICEABLE = "tool_unserviceable"
    TOOL_ABSENT = "tool_absent"  # lost, in repair, retired or taken out, and not replaced
    DISCREPANCY = "discrepancy"  # the count at this very checkout found it incomplete


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that speaks against the issue. `purpose` is what a signature that overrules it must be for.

    station  the name of the other station whose case it is; "" for one of this station
    """

    reason: BlockReason
    tool_class: str = ""
    marking: str = ""
    due: date | None = None
    case: str = ""
    station: str = ""

    @property
    def purpose(self) -> Purpose:
        """What whoever overrules it signs for: an open case is the quality department's alone."""
        return Purpose.OVERRIDE_CASE if self.reason is BlockReason.CASE_OPEN else Purpose.OVERRIDE

    @property
    def may_override(self) -> Permission:
        """What somebody must be permitted to overrule it."""
        return Permission.RELEASE_CASES if self.purpose is Purpose.OVERRIDE_CASE else Permission.OVERRIDE_ISSUE


class Asked(StrEnum):
    """Whether the station asks for something at a checkout."""

    NO = "no"
    OPTIONAL = "optional"
    REQUIRED = "required"


class WitnessFor(StrEnum):
    """Which counts by hand a second person signs."""

    NONE = "none"
    DISCREPANCIES = "discrepancies"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Procedures:
    """How this station works, as its settings say.

    giver_signs      a storekeeper signs as the giver of every kit
    shift_ends       when the shifts end, at the station's own time
    witness          which counts by hand a second person signs
    calibration_days how many days before its end a calibration is due
    soon_due         how long before its return is due a kit is listed
    """

    giver_signs: bool = False
    work_order: Asked = Asked.OPTIONAL
    aircraft: Asked = Asked.OPTIONAL
    expected_return: Asked = Asked.OPTIONAL
    shift_ends: tuple[time, ...] = (time(8), time(20))
    witness: WitnessFor = WitnessFor.NONE
    calibration_days: int = 14
    soon_due: timedelta = timedelta(hours=2)
    case_times: CaseTimes = field(default_factory=CaseTimes)

    def witness_owed(self, counted: Sequence[CountedPosition]) -> bool:
        """Whether a second person must sign this count by hand."""
        if self.witness is WitnessFor.ALL:
            return any(position.by_hand for position in counted)
        if self.witness is WitnessFor.DISCREPANCIES:
            return any(position.count is not Count.FOUND for position in counted)
        return False

    def refuse_incomplete(self, *, work_order: str, aircraft: str, expected_return: datetime | None) -> None:
        """Raise `BadInput` naming the first thing that this station asks for at a checkout and that is not given."""
        for name, asked, given in (
            ("work_order", self.work_order, work_order.strip()),
            ("aircraft", self.aircraft, aircraft.strip()),
            ("expected_return", self.expected_return, expected_return),
        ):
            if asked is Asked.REQUIRED and not given:
                raise BadInput(f"operation.{name}_owed")


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody's word that the kit goes out nevertheless, with the reason; `signature` is theirs in the journal."""

    signature: UUID
    reason: str

    def __post_init__(self) -> None:
        if len(self.reason.strip()) < LEAST_REASON_CHARACTERS:
            raise BadInput("override.reason_empty")


_ABSENT = (ToolState.LOST, ToolState.IN_REPAIR, ToolState.RETIRED)


def blocks_of_issue(
    tools: Iterable[Tool], cases: Iterable[Case], today: date, empty: Iterable[tuple[str, int]] = ()
) -> tuple[Block, ...]:
    """All that speaks against handing out a kit with those tools and those cases; `today` is the station's own day.

    `empty` are the places (class, unit) out of which a tool was taken.
    """
    found = [
        Block(BlockReason.CASE_OPEN, case.tool_class, case.marking, case=case.number) for case in cases if case.open
    ]
    for tool in tools:
        if tool.state in _ABSENT:
            found.append(Block(BlockReason.TOOL_ABSENT, tool.tool_class, tool.marking))
        elif tool.state is ToolState.UNSERVICEABLE:
            found.append(Block(BlockReason.TOOL_UNSERVICEABLE, tool.tool_class, tool.marking))
        elif tool.calibration_expired(today):
            found.append(
                Block(BlockReason.CALIBRATION_EXPIRED, tool.tool_class, tool.marking, due=tool.calibration_due)
            )
    found += [Block(BlockReason.TOOL_ABSENT, tool_class) for tool_class, _ in empty]
    return tuple(found)


def blocks_of_cases_elsewhere(cases: Iterable[CaseElsewhere]) -> tuple[Block, ...]:
    """What cases that other stations search for speak against handing their kit out."""
    return tuple(
        Block(BlockReason.CASE_OPEN, one.case.tool_class, one.case.marking, case=one.case.number, station=one.station)
        for one in cases
        if one.case.open
    )


def refuse_unless_overruled(kit: str, blocks: Sequence[Block], purposes: Iterable[Purpose]) -> None:
    """Raise `Refused` naming the first block for which no signature of a fitting purpose was given."""
    given = set(purposes)
    for block in blocks:
        if block.purpose not in given:
            raise Refused(
                f"issue.{block.reason.value}_elsewhere" if block.station else f"issue.{block.reason.value}",
                kit=kit,
                tool_class=block.tool_class,
                marking=block.marking,
                due=block.due,
                case=block.case,
                station=block.station,
                roles=roles_that_may(block.may_override),
            )


def custody_after_issue(expected: Mapping[str, int], counted: Sequence[CountedPosition]) -> dict[str, int]:
    """What goes out: what was expected, less what a person found not to be there or not to be fit.

    What only recognition missed counts as gone out: the tool may well have been handed out, and a return that no
    longer asked for it would be a false pass.
    """
    stays = Counter(c.tool_class for c in counted if c.count is not Count.FOUND)
    return _less(expected, stays)


def custody_after_return(counted: Sequence[CountedPosition]) -> dict[str, int]:
    """What stays out after a return in parts: the tools that somebody said to keep for now."""
    return dict(Counter(c.tool_class for c in counted if c.count is Count.KEPT))


def custody_after_later_count(operation: Operation, counted: Sequence[CountedPosition]) -> dict[str, int]:
    """What is out after a count that was given later than the operation.

    The kit left without that count, so a broken tool went out with it and must come back; only what is not there did
    not.
    """
    if operation.type is OperationType.CHECKIN:
        return custody_after_return(counted)
    if operation.type is OperationType.INVENTORY:
        return {}
    gone = Counter(c.tool_class for c in counted if c.count in (Count.MISSING, Count.WRONG))
    return _less(operation.expected, gone)


def _less(expected: Mapping[str, int], gone: Mapping[str, int]) -> dict[str, int]:
    left = {name: quantity - gone.get(name, 0) for name, quantity in expected.items()}
    return {name: quantity for name, quantity in left.items() if quantity > 0}
