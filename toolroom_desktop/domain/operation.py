"""Operations: what was done with a kit, what recognition said, what a person counted, and the rules between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.inspection import Inspection, PositionState, Status
from toolroom_desktop.domain.toolkit import Toolkit


class OperationType(StrEnum):
    """What is done with a kit."""

    CHECKOUT = "checkout"
    CHECKIN = "checkin"
    HANDOVER = "handover"
    INVENTORY = "inventory"


class Count(StrEnum):
    """What a person found at one position."""

    FOUND = "found"
    MISSING = "missing"
    DAMAGED = "damaged"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class CountedPosition:
    """A person's word on one tool of the toolkit. `by_hand` is False where recognition was taken over as it was."""

    tool_class: str
    unit: int
    count: Count
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Photos:
    """The evidence of an operation by SHA-256 of the JPEG files."""

    clean: str
    annotated: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the journal keeps it.

    status         what recognition said
    final_status   what holds after the manual count; `manual_check` while a count is still owed
    result         the raw inspection as plain JSON (see docs/result.schema.json), never changed by the count
    expected       tool classes and quantities that were compared with (at a checkin: what was checked out)
    utc_offset_minutes  the station's offset from UTC when it happened
    closes         the checkout that this checkin ends
    """

    operation_id: UUID
    site_id: str
    site_seq: int
    type: OperationType
    toolkit: str
    kit: str
    person_badge: str
    person_name: str
    started_at: datetime
    finished_at: datetime
    utc_offset_minutes: int
    status: Status
    final_status: Status
    match_percentage: float
    result: Mapping[str, Any]
    expected: Mapping[str, int]
    counted: tuple[CountedPosition, ...]
    photos: Photos
    model_name: str
    model_sha256: str
    app_version: str
    note: str = ""
    closes: UUID | None = None
    giver_badge: str = ""
    witness_badge: str = ""
    work_order: str = ""
    aircraft: str = ""
    expected_return: datetime | None = None

    @property
    def count_owed(self) -> bool:
        """Whether a person still has to count."""
        return self.status is not Status.SUCCESS and not self.counted

    @property
    def counted_missing(self) -> dict[str, int]:
        """How many of each class a person found not to be in the kit; empty while nobody has counted."""
        gone = [c.tool_class for c in self.counted if c.count in (Count.MISSING, Count.WRONG)]
        return {name: gone.count(name) for name in dict.fromkeys(gone)}


def positions_to_count(inspection: Inspection) -> frozenset[tuple[str, int]]:
    """The (class, unit) pairs that a person must answer before the operation can be confirmed.

    None after a success; every position when the match is below the threshold or the picture is unusable; otherwise
    the positions that are unsure or missing, and those of a class that also lies there as an extra.
    """
    if inspection.status is Status.SUCCESS:
        return frozenset()
    everything = frozenset((p.tool_class, p.unit) for p in inspection.positions)
    if inspection.whole_count_needed:
        return everything
    extra_classes = {extra.tool_class for extra in inspection.extras}
    return frozenset(
        (p.tool_class, p.unit)
        for p in inspection.positions
        if p.state is not PositionState.PRESENT or p.tool_class in extra_classes
    )


def complete_count(inspection: Inspection, answers: Mapping[tuple[str, int], Count]) -> tuple[CountedPosition, ...]:
    """Every position with its final word: the person's where given, recognition's elsewhere.

    Empty after a success without answers. Raises `BadInput` when an answer is owed or names an unknown position.
    """
    known = {(p.tool_class, p.unit) for p in inspection.positions}
    strange = sorted(set(answers) - known)
    if strange:
        raise BadInput("operation.unknown_position", tool_class=strange[0][0])
    owed = sorted(positions_to_count(inspection) - set(answers))
    if owed:
        raise BadInput("operation.count_owed", count=len(owed), tool_class=owed[0][0])
    if inspection.status is Status.SUCCESS and not answers:
        return ()
    counted: list[CountedPosition] = []
    for position in inspection.positions:
        answer = answers.get((position.tool_class, position.unit))
        if answer is None:
            counted.append(CountedPosition(position.tool_class, position.unit, Count.FOUND, by_hand=False))
        else:
            counted.append(CountedPosition(position.tool_class, position.unit, answer, by_hand=True))
    return tuple(counted)


def final_status(inspection: Inspection, counted: Sequence[CountedPosition], *, extras_remain: bool) -> Status:
    """What holds in the end. `extras_remain` says that a thing which does not belong to the kit still lies there."""
    if not counted:
        return inspection.status
    if extras_remain or any(c.count is not Count.FOUND for c in counted):
        return Status.DISCREPANCY
    return Status.SUCCESS


def expected_at_checkin(toolkit: Toolkit, checkout: Operation) -> dict[str, int]:
    """What must come back: what the checkout expected, less what a person counted as missing then.

    What only recognition missed stays expected: the tool may well have been handed out, and a return that no longer
    asked for it would be a false pass. Falls back to the toolkit's whole list when the count found nothing at all,
    because an inspection needs something to compare with.
    """
    gone = checkout.counted_missing
    left = {name: quantity - gone.get(name, 0) for name, quantity in checkout.expected.items()}
    left = {name: quantity for name, quantity in left.items() if quantity > 0}
    return left or toolkit.expected


def refuse_unless_possible(type_: OperationType, kit: str, open_checkout: Operation | None) -> None:
    """Raise `Refused` when the kit's whereabouts forbid the operation: issued twice, or returned while not out."""
    if type_ is OperationType.CHECKOUT and open_checkout is not None:
        raise Refused(
            "operation.kit_already_out",
            kit=kit,
            name=open_checkout.person_name,
            since=open_checkout.finished_at,
        )
    if type_ is OperationType.CHECKIN and open_checkout is None:
        raise Refused("operation.kit_not_out", kit=kit)
