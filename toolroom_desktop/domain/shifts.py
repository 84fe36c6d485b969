"""Shifts: at their start and end somebody looks where every kit is, and explains what is otherwise than recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.people import Permission, Person

LEAST_EXPLANATION_CHARACTERS = 3


class Whereabouts(StrEnum):
    """Where a kit is."""

    IN = "in"
    OUT = "out"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed."""

    badge: str
    name: str


@dataclass(frozen=True, slots=True)
class KitLine:
    """One kit in an inventory. `recorded` is what the records say, `seen` what a person found.

    holder       with whom the kit is, where it is recorded as out
    due          until when
    explanation  owed where `seen` differs from `recorded`, and for a kit that is overdue
    """

    kit: str
    recorded: Whereabouts
    seen: Whereabouts
    holder: str = ""
    due: datetime | None = None
    explanation: str = ""

    def owes_explanation(self, now: datetime) -> bool:
        """Whether a person must say something about this line."""
        overdue = self.recorded is Whereabouts.OUT and self.due is not None and now > self.due
        return (self.seen is not self.recorded or overdue) and (
            len(self.explanation.strip()) < LEAST_EXPLANATION_CHARACTERS
        )


@dataclass(frozen=True, slots=True)
class Inventory:
    """What was where at a moment, signed by `by`, and by `second` where a second person took over."""

    at: datetime
    by: Signatory
    lines: tuple[KitLine, ...]
    second: Signatory | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of the toolroom. `end` is None while it runs."""

    start: Inventory
    end: Inventory | None = None
    shift_id: UUID = field(default_factory=uuid7)

    @property
    def started_at(self) -> datetime:
        """When it began."""
        return self.start.at

    @property
    def started_by(self) -> Signatory:
        """Who began it."""
        return self.start.by

    @property
    def ended_at(self) -> datetime | None:
        """When it ended; None while it runs."""
        return None if self.end is None else self.end.at


def _refuse_unexplained(inventory: Inventory) -> None:
    owing = [line for line in inventory.lines if line.owes_explanation(inventory.at)]
    if owing:
        raise BadInput("shift.explanation_owed", kit=owing[0].kit, count=len(owing))


def _refuse_incomplete(inventory: Inventory, kits: Iterable[str]) -> None:
    seen = {line.kit.casefold() for line in inventory.lines}
    missing = [kit for kit in kits if kit.casefold() not in seen]
    if missing:
        raise BadInput("shift.kit_not_looked_at", kit=missing[0], count=len(missing))


def started(running: Shift | None, inventory: Inventory, kits: Iterable[str], by: Person) -> Shift:
    """A new shift. Raises `Refused` while one runs, `BadInput` for a kit not looked at or not explained."""
    by.require(Permission.RUN_SHIFT)
    if running is not None:
        raise Refused("shift.runs_already", name=running.started_by.name, since=running.started_at)
    _refuse_incomplete(inventory, kits)
    _refuse_unexplained(inventory)
    return Shift(inventory)


def ended(running: Shift | None, inventory: Inventory, kits: Iterable[str], by: Person) -> Shift:
    """The end of the running shift. Raises `Refused` where none runs, `BadInput` as `started`."""
    by.require(Permission.RUN_SHIFT)
    if running is None:
        raise Refused("shift.none_runs")
    _refuse_incomplete(inventory, kits)
    _refuse_unexplained(inventory)
    return replace(running, end=inventory)


# --- as plain JSON, for the journal and the table


def _signatory(by: Signatory | None) -> dict[str, str] | None:
    return None if by is None else {"badge": by.badge, "name": by.name}


def inventory_document(inventory: Inventory) -> dict[str, Any]:
    """An inventory as plain JSON."""
    return {
        "at": inventory.at.isoformat(),
        "by": _signatory(inventory.by),
        "second": _signatory(inventory.second),
        "lines": [
            {
                "kit": line.kit,
                "recorded": line.recorded.value,
                "seen": line.seen.value,
                "holder": line.holder,
                "due": None if line.due is None else line.due.isoformat(),
                "explanation": line.explanation,
            }
            for line in inventory.lines
        ],
    }


def shift_document(shift: Shift) -> dict[str, Any]:
    """A shift as plain JSON."""
    return {
        "shift_id": str(shift.shift_id),
        "start": inventory_document(shift.start),
        "end": None if shift.end is None else inventory_document(shift.end),
    }


def _inventory_of(said: Mapping[str, Any]) -> Inventory:
    second = said["second"]
    return Inventory(
        at=datetime.fromisoformat(said["at"]),
        by=Signatory(**said["by"]),
        second=None if second is None else Signatory(**second),
        lines=tuple(
            KitLine(
                kit=line["kit"],
                recorded=Whereabouts(line["recorded"]),
                seen=Whereabouts(line["seen"]),
                holder=line["holder"],
                due=None if line["due"] is None else datetime.fromisoformat(line["due"]),
                explanation=line["explanation"],
            )
            for line in said["lines"]
        ),
    )


def shift_of(said: Mapping[str, Any]) -> Shift:
    """The inverse of `shift_document`."""
    end = said["end"]
    return Shift(_inventory_of(said["start"]), None if end is None else _inventory_of(end), UUID(said["shift_id"]))
