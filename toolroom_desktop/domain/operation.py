"""Operations: what was done with a kit, what recognition said, what a person counted, and the rules between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.inspection import Inspection, PositionState, Status
from toolroom_desktop.domain.people import PERMISSIONS, Permission
from toolroom_desktop.domain.signing import Signature


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
    PIECE_MISSING = "piece_missing"  # broken, and a piece of it is not there
    WRONG = "wrong"
    KEPT = "kept"  # at a checkin: stays out with whoever has the kit


LACKING = frozenset({Count.MISSING, Count.WRONG, Count.PIECE_MISSING})
"""What opens a lost-tool case."""
BROKEN = frozenset({Count.DAMAGED, Count.PIECE_MISSING})
"""What makes a tool unserviceable."""


@dataclass(frozen=True, slots=True)
class CountedPosition:
    """A person's word on one tool of the toolkit. `by_hand` is False where recognition was taken over as it was.

    marking  what the person read or scanned on it
    photo    SHA-256 of a picture of it among the evidence
    tool_id  which of the recorded tools it was; None where it is not written down
    """

    tool_class: str
    unit: int
    count: Count
    by_hand: bool
    marking: str = ""
    note: str = ""
    photo: str = ""
    tool_id: UUID | None = None


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
    closes         the operation whose custody this one ends
    custody        what is out with the holder after this operation; empty where nothing is
    holder_badge, holder_name  in whose custody that is
    overrides      who let the kit go out in spite of what, as plain JSON
    cases          the lost-tool cases that it opened
    later          what was recorded of it afterwards (an owed count, corrections), as plain JSON, oldest first
    checkout_unknown  it gave back what was not known here to be out
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
    giver_name: str = ""
    witness_badge: str = ""
    witness_name: str = ""
    work_order: str = ""
    aircraft: str = ""
    expected_return: datetime | None = None
    custody: Mapping[str, int] = field(default_factory=dict)
    holder_badge: str = ""
    holder_name: str = ""
    overrides: tuple[Mapping[str, Any], ...] = ()
    cases: tuple[str, ...] = ()
    later: tuple[Mapping[str, Any], ...] = ()
    checkout_unknown: bool = False

    @property
    def count_owed(self) -> bool:
        """Whether a person still has to count."""
        return self.status is not Status.SUCCESS and not self.counted

    @property
    def stayed(self) -> bool:
        """Whether this was a checkout that handed nothing out, because its count found the kit incomplete."""
        counted_later = any(entry["kind"] == "counted" for entry in self.later)
        incomplete = self.final_status is Status.DISCREPANCY and not self.custody
        return self.type is OperationType.CHECKOUT and incomplete and not counted_later


def positions_to_count(inspection: Inspection) -> frozenset[tuple[str, int]]:
    """The (class, unit) pairs that a person must answer before the operation can be confirmed.

    None after a success; every position when the match is below the threshold or the picture is unusable; otherwise
    the positions that are unsure or missing, those of a class that also lies there as an extra, and of look-alikes that
    were not told apart all: one that was taken for another leaves that one looking present.
    """
    if inspection.status is Status.SUCCESS:
        return frozenset()
    everything = frozenset((p.tool_class, p.unit) for p in inspection.positions)
    if inspection.whole_count_needed:
        return everything
    asked = {extra.tool_class for extra in inspection.extras}
    asked.update(name for group in inspection.look_alikes for name in group.classes)
    return frozenset(
        (p.tool_class, p.unit)
        for p in inspection.positions
        if p.state is not PositionState.PRESENT or p.tool_class in asked
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


def expected_at_checkin(held: Operation) -> dict[str, int]:
    """What must come back: what is out since that operation."""
    return dict(held.custody)


def refuse_unless_possible(
    type_: OperationType,
    kit: str,
    held: Operation | None,
    *,
    by: str = "",
    station: str = "",
    unknown_may_return: bool = False,
) -> None:
    """Raise `Refused` when the kit's whereabouts forbid the operation.

    Nothing is issued twice, returned or handed over while it is in, counted in the store while it is out, or taken over
    by whoever (`by`, a badge) has it. `held` is the operation since which the kit is out; None while it is in.
    `station` names the other station that handed it out. Where another one may have done so without this one knowing
    (`unknown_may_return`), a kit comes back although it is not known to be out.
    """
    if type_ is OperationType.CHECKOUT and held is not None:
        code = "operation.kit_out_elsewhere" if station else "operation.kit_already_out"
        raise Refused(code, kit=kit, name=held.holder_name, since=held.finished_at, station=station)
    if type_ is OperationType.CHECKIN and held is None and unknown_may_return:
        return
    if type_ in (OperationType.CHECKIN, OperationType.HANDOVER) and held is None:
        raise Refused("operation.kit_not_out", kit=kit)
    if type_ is OperationType.INVENTORY and held is not None:
        code = "operation.not_in_store_elsewhere" if station else "operation.not_in_store"
        raise Refused(code, kit=kit, name=held.holder_name, station=station)
    if type_ is OperationType.HANDOVER and held is not None and held.holder_badge.casefold() == by.casefold():
        raise Refused("operation.holds_it_already", kit=kit, name=held.holder_name)


def refuse_strange_giver(giver: Signature, kit: str, held: Operation) -> None:
    """Raise `Refused` unless a kit is handed over by whoever has it, or by somebody who may give kits out."""
    if giver.badge.casefold() != held.holder_badge.casefold() and Permission.GIVE not in PERMISSIONS[giver.role]:
        raise Refused("operation.strange_giver", kit=kit, name=giver.name, holder=held.holder_name)
