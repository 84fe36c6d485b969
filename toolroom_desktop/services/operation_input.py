"""What an operation is made of before it is a record: the plan, the evidence, and what a person adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from toolroom_desktop.domain.custody import Block, Override
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.inspection import Inspection
from toolroom_desktop.domain.operation import Count, Operation, OperationType, positions_to_count
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.vision_ports import Picture


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation that somebody began and that is no record yet. Dropping it leaves no trace.

    operation_id  what the record will be called, and what signatures for it name
    tools         the kit's tools, where they are recorded
    blocks        what speaks against a checkout; each needs a signature of its purpose
    checkout      the operation since which the kit is out, where this one ends its custody
    issue         the operation with the newest photo of all that is out, to be looked at beside the present one
    counts        the operation whose count is given later, where this plan is for that
    station       the name of the other station that recorded `checkout`; "" where this one did
    checkout_unknown  a return of what is not known here to be out
    signed        signatures with which the blocks were overruled before anybody laid tools out, by purpose
    """

    type: OperationType
    kit: Kit
    toolkit: Toolkit
    expected: Mapping[str, int]
    person_badge: str
    person_name: str
    started_at: datetime
    checkout: Operation | None = None
    operation_id: UUID = field(default_factory=uuid7)
    tools: tuple[Tool, ...] = ()
    blocks: tuple[Block, ...] = ()
    issue: Operation | None = None
    counts: Operation | None = None
    station: str = ""
    checkout_unknown: bool = False
    signed: Mapping[Purpose, Override] = field(default_factory=dict)

    @property
    def open_blocks(self) -> tuple[Block, ...]:
        """What nobody has overruled yet."""
        return tuple(block for block in self.blocks if block.purpose not in self.signed)

    @property
    def subject(self) -> str:
        """What signatures for this operation name."""
        return str(self.operation_id)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an operation is recorded with: the frame that was judged and the decision about it.

    `settled` is False when a person stopped a live inspection before its decision stood. `picture` is None where a
    kit was counted by hand away from the camera.
    """

    picture: Picture | None
    inspection: Inspection
    settled: bool = True

    @property
    def to_count(self) -> frozenset[tuple[str, int]]:
        """The (class, unit) pairs that a person must answer: all of them while the decision does not stand."""
        if self.settled:
            return positions_to_count(self.inspection)
        return frozenset((p.tool_class, p.unit) for p in self.inspection.positions)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person adds to the count of one tool. `photo` is a JPEG file's content; None for none."""

    marking: str = ""
    note: str = ""
    photo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the person adds.

    answers        a word on each (class, unit) that was counted by hand
    extras_remain  whether something that does not belong to the kit still lies with it; None: as recognition saw it
    count_later    record without the manual count that is owed (the command line); it stays owed
    remarks        what was read, noted or photographed at a counted tool
    giver, witness the signatures of a second person, by their ids
    overrides      signatures with which a kit goes out in spite of what speaks against it
    """

    answers: Mapping[tuple[str, int], Count]
    extras_remain: bool | None = None
    note: str = ""
    count_later: bool = False
    remarks: Mapping[tuple[str, int], Remark] = field(default_factory=dict)
    giver: UUID | None = None
    witness: UUID | None = None
    overrides: tuple[Override, ...] = ()
    work_order: str = ""
    aircraft: str = ""
    expected_return: datetime | None = None
