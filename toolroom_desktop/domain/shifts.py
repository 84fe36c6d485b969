"""Shifts: at their start and end somebody looks where every kit is, and explains what is otherwise than recorded."""

from __future__ import annotations

from collections import Counter
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


@dataclass(frozen=True, slots=True)
class KitOut:
    """A kit that is out: with whom, since when, until when, and what for.

    station    the name of the other station that handed it out; "" where this one did
    site_id    the station that handed it out
    operation  the operation since which it is out, by its id
    """

    kit: str
    holder_badge: str
    holder_name: str
    since: datetime
    due: datetime | None = None
    aircraft: str = ""
    work_order: str = ""
    station: str = ""
    site_id: str = ""
    operation: str = ""


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


class Owed(StrEnum):
    """Why a person must say something about a kit."""

    DIFFERS = "differs"  # it is not where the records say
    OVERDUE = "overdue"
    NO_RETURN = "no_return"  # it stays out over the end of a shift, and nobody said until when


@dataclass(frozen=True, slots=True)
class KitLine:
    """One kit in an inventory. `recorded` is what the records say, `seen` what a person found.

    recorded     NOT_FOUND for a kit that a case searches for, or that is known to be lost
    holder       with whom the kit is, where it is recorded as out
    due          until when
    explanation  owed as `owed` says
    ticked       whether somebody ticked off or scanned this very kit, and did not only let the records stand
    station      the name of the other station that handed it out, and asks after it; "" where this one did
    """

    kit: str
    recorded: Whereabouts
    seen: Whereabouts
    holder: str = ""
    due: datetime | None = None
    explanation: str = ""
    ticked: bool = False
    station: str = ""

    @property
    def unaccounted(self) -> bool:
        """Whether nobody knows any more where the kit is, by the records: what opens a case."""
        if self.recorded is Whereabouts.IN:
            return self.seen is not Whereabouts.IN
        return self.recorded is Whereabouts.OUT and self.seen is Whereabouts.NOT_FOUND

    def owed(self, now: datetime, *, ending: bool) -> Owed | None:
        """Why an explanation is still owed; None where none is, or one is given. `ending` says at which end we are."""
        if len(self.explanation.strip()) >= LEAST_EXPLANATION_CHARACTERS:
            return None
        return self.question(now, ending=ending)

    def question(self, now: datetime, *, ending: bool) -> Owed | None:
        """What a person must explain about this line, whether or not they did."""
        if self.seen is not self.recorded:
            return Owed.DIFFERS
        if self.recorded is not Whereabouts.OUT or self.station:
            return None
        if self.due is None:
            return Owed.NO_RETURN if ending else None
        return Owed.OVERDUE if now > self.due else None


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


def _refuse_unexplained(inventory: Inventory, *, ending: bool) -> None:
    owing = [line for line in inventory.lines if line.owed(inventory.at, ending=ending) is not None]
    if owing:
        raise BadInput("shift.explanation_owed", kit=owing[0].kit, count=len(owing))


def _refuse_incomplete(inventory: Inventory, kits: Iterable[str]) -> None:
    seen = Counter(line.kit.casefold() for line in inventory.lines)
    twice = [line.kit for line in inventory.lines if seen[line.kit.casefold()] > 1]
    if twice:
        raise BadInput("shift.kit_twice", kit=twice[0])
    missing = [kit for kit in kits if kit.casefold() not in seen]
    if missing:
        raise BadInput("shift.kit_not_looked_at", kit=missing[0], count=len(missing))


def started(
    running: Shift | None, inventory: Inventory, kits: Iterable[str], by: Person, *, shift_id: UUID | None = None
) -> Shift:
    """A new shift. Raises `Refused` while one runs, `BadInput` for a kit not looked at or not explained."""
    by.require(Permission.RUN_SHIFT)
    if running is not None:
        raise Refused("shift.runs_already", name=running.started_by.name, since=running.started_at)
    _refuse_incomplete(inventory, kits)
    _refuse_unexplained(inventory, ending=False)
    return Shift(inventory, shift_id=shift_id or uuid7())


def ended(running: Shift | None, inventory: Inventory, kits: Iterable[str], by: Person) -> Shift:
    """The end of the running shift. Raises `Refused` where none runs, `BadInput` as `started`."""
    by.require(Permission.RUN_SHIFT)
    if running is None:
        raise Refused("shift.none_runs")
    _refuse_incomplete(inventory, kits)
    _refuse_unexplained(inventory, ending=True)
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
                "ticked": line.ticked,
                **({"station": line.station} if line.station else {}),
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


def inventory_of(said: Mapping[str, Any]) -> Inventory:
    """The inverse of `inventory_document`."""
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
                ticked=line["ticked"],
                station=line.get("station", ""),
            )
            for line in said["lines"]
        ),
    )


def shift_of(said: Mapping[str, Any]) -> Shift:
    """The inverse of `shift_document`."""
    end = said["end"]
    return Shift(inventory_of(said["start"]), None if end is None else inventory_of(end), UUID(said["shift_id"]))
