"""What an entry of the station's own journal says, made into its own records once more.

Used where entries come back that these records lost with the time since their backup. Every kind is named here: what
a newer program wrote is for that program to make records of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.journal import KEYS_RENEWED, JournalEntry
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.people import Permission, Person
from toolroom_desktop.domain.register import key_of
from toolroom_desktop.domain.shifts import Shift, inventory_of
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.reference_content import kit_of, person_of, toolkit_of
from toolroom_desktop.services.sync.elsewhere import ENDED_ELSEWHERE
from toolroom_desktop.services.sync.gathered_entries import CASES, CORRECTED, COUNTED, make_of
from toolroom_desktop.services.sync.gathering_ports import GatheredCases
from toolroom_desktop.services.sync.settle import JOINED
from toolroom_desktop.services.tool_records import (
    TOOL_ADDED,
    TOOL_CHANGED,
    TOOL_PUT_IN,
    TOOL_SWAPPED,
    TOOL_TAKEN_OUT,
    TOOLS_IMPORTED,
)

NOTHING_FOLLOWS = frozenset(
    {
        "all_stations_begun",
        "all_stations_brought_anew",
        "all_stations_removed",
        "case_ledger_rebuilt",
        "case_ledger_set_aside",
        "centre_joined",
        "entries_brought_back",
        "exported",
        "figures_exported",
        # The models themselves lie in the data folder, and came with the backup or not.
        "model_installed",
        "model_rolled_back",
        # Which photos lie here is seen here.
        "photos_dropped",
        "person_unlocked",
        # It says how many rows were taken over, not what they said: those come from the centre once more.
        "reference_taken",
        "refused",
        "report_exported",
        "report_made",
        "sign_in",
        "sign_in_refused",
        "sign_out",
        "signature",
    }
)
"""Entries that stand in the journal alone."""


class _OwnOperations:
    """The station's own operations. Fulfils `services.sync.gathering_ports.GatheredOperations`."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def take(self, operation: Operation, site: int) -> None:
        del site
        self._uow.operations.add(self._in_order(operation), once_more=True)

    def by_id(self, operation_id: UUID) -> Operation | None:
        return self._uow.operations.by_id(operation_id)

    def amend(self, operation: Operation) -> None:
        self._uow.operations.amend(self._in_order(operation))

    def _in_order(self, operation: Operation) -> Operation:
        """The classes as the toolkit lists them, in which order people count: an entry says them by the alphabet."""
        toolkit = self._uow.catalogue.toolkit(operation.toolkit)
        places = {name: place for place, name in enumerate(toolkit.expected)} if toolkit is not None else {}

        def ordered(quantities: Mapping[str, int]) -> dict[str, int]:
            return dict(sorted(quantities.items(), key=lambda one: places.get(one[0], len(places))))

        return replace(operation, expected=ordered(operation.expected), custody=ordered(operation.custody))

    def join(self, operation_id: UUID, checkout: UUID) -> None:
        self._uow.operations.join(operation_id, checkout)

    def end(self, checkout: UUID, by: UUID, kit: str) -> None:
        del kit
        if self._uow.operations.end_elsewhere(checkout, by):
            return
        known = self._uow.elsewhere.custody(checkout)
        if known is not None and known.closed_by is None:
            self._uow.elsewhere.save_custody(replace(known, closed_by=by))


@dataclass(frozen=True, slots=True)
class _Own:
    """Fulfils `services.sync.gathering_ports.RecordsOfEntries` within a transaction over the station's own records."""

    operations: _OwnOperations
    cases: GatheredCases


@dataclass(frozen=True, slots=True)
class CentreCatalogue:
    """Toolkits and kits as the centre has them now, by key: tools and kits of the station may be of these.

    They were taken over at the time, which the journal says without saying what they were.
    """

    toolkits: Mapping[str, Toolkit]
    kits: Mapping[str, Kit]


class OwnRecords:
    """Makes records of own entries within one transaction, in the order of the journal."""

    def __init__(self, uow: UnitOfWork, centre: CentreCatalogue) -> None:
        self._uow = uow
        self._centre = centre
        self._own = _Own(_OwnOperations(uow), uow.cases)
        self._made: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
            "person_added": self._person,
            "person_changed": self._person,
            "pin_set": self._other_pin,
            "pin_changed": self._other_pin,
            KEYS_RENEWED: self._keys,
            "catalogue_changed": self._catalogue,
            TOOL_ADDED: lambda said: self._tools([said]),
            TOOL_CHANGED: lambda said: self._tools([said]),
            TOOL_PUT_IN: lambda said: self._tools([said]),
            TOOL_TAKEN_OUT: lambda said: self._tools([said]),
            TOOL_SWAPPED: lambda said: self._tools([said["out"], said["in"]]),
            TOOLS_IMPORTED: lambda said: self._tools(said["tools"]),
            "shift_started": self._shift_begins,
            "shift_ended": self._shift_ends,
        }

    def make_of(self, entry: JournalEntry) -> None:
        """Bring the records up to that entry, which the journal has already.

        Raises `KeyError`, `LookupError`, `TypeError`, `ValueError` or a `UserFacingError` for one that says what cannot
        be here.
        """
        made = self._made.get(entry.kind)
        if made is not None:
            made(entry.payload)
        else:
            make_of(self._own, entry, entry.site_seq, 0)

    # --- people: of their PINs the journal says nothing

    def _person(self, said: Mapping[str, Any]) -> None:
        now = person_of(said)
        before = self._uow.people.by_badge(now.badge)
        if before is None:
            self._uow.people.add(now)
        else:
            kept = (before.pin_hash, before.wrong_pins, before.locked_until, before.must_change_pin)
            pin, wrong, locked, must = kept
            self._uow.people.save(
                replace(now, pin_hash=pin, wrong_pins=wrong, locked_until=locked, must_change_pin=must)
            )

    def _other_pin(self, said: Mapping[str, Any]) -> None:
        """The PIN that is here was given up since. It stays with an administrator alone, who has to choose another."""
        person = self._uow.people.by_badge(str(said["badge"]))
        if person is not None:
            self._uow.people.save(without_pin(person))

    def _keys(self, said: Mapping[str, Any]) -> None:
        del said
        for person in self._uow.people.all():
            self._uow.people.save(replace(person, pin_hash="", wrong_pins=0, locked_until=None))

    # --- toolkits and kits

    def _catalogue(self, said: Mapping[str, Any]) -> None:
        for toolkit in said["toolkits"]:
            self._uow.catalogue.save_toolkit(toolkit_of(toolkit))
        for kit in said["kits"]:
            self._save_kit(kit_of(kit))

    def _save_kit(self, kit: Kit) -> None:
        catalogue = self._uow.catalogue
        if catalogue.toolkit(kit.toolkit) is None and key_of(kit.toolkit) in self._centre.toolkits:
            catalogue.save_toolkit(self._centre.toolkits[key_of(kit.toolkit)])
        for text in filter(None, (kit.code, kit.number)):
            other = catalogue.kit(text)
            if other is not None and key_of(other.number) != key_of(kit.number):
                # It had given that code up, as the centre had said.
                catalogue.save_kit(replace(other, code=""))
        catalogue.save_kit(kit)

    def _has_kit(self, number: str) -> bool:
        """Whether that kit is known, or the centre knows it."""
        found = self._uow.catalogue.kit(number)
        if found is not None and key_of(found.number) == key_of(number):
            return True
        if key_of(number) not in self._centre.kits:
            return False
        self._save_kit(self._centre.kits[key_of(number)])
        return True

    # --- tools

    def _tools(self, parts: Iterable[Mapping[str, Any]]) -> None:
        told = list(parts)
        tools = [self._placed(_tool_of(said)) for said in told]
        ids = {tool.tool_id for tool in tools}
        for tool in tools:
            self._make_room(tool, ids)
        self._uow.tools.save_many(tools)
        for said, tool in zip(told, tools, strict=True):
            was = said.get("was") or {}
            kit, unit = str(was.get("kit", tool.kit)), int(was.get("unit", tool.unit))
            if kit and (key_of(kit), unit) != (key_of(tool.kit), tool.unit):
                self._note_empty(kit, tool.tool_class, unit)

    def _placed(self, tool: Tool) -> Tool:
        """The tool; a spare one where neither these records nor the centre know its kit any more."""
        return tool if not tool.kit or self._has_kit(tool.kit) else replace(tool, kit="", unit=0)

    def _make_room(self, tool: Tool, besides: set[UUID]) -> None:
        """Whatever has its marking or its place had been changed by the centre, whose rows come afterwards."""
        marked = self._uow.tools.by_marking(tool.marking) if tool.marking else []
        for other in marked:
            if other.tool_id not in besides and key_of(other.marking) == key_of(tool.marking):
                self._uow.tools.save(replace(other, marking=""))
        for other in self._uow.tools.in_kit(tool.kit) if tool.kit else []:
            if other.tool_id not in besides and (other.tool_class, other.unit) == (tool.tool_class, tool.unit):
                self._uow.tools.save(replace(other, kit="", unit=0))

    def _note_empty(self, kit: str, tool_class: str, unit: int) -> None:
        """The place that a tool left, where no other one has it now."""
        held = {(tool.tool_class, tool.unit) for tool in self._uow.tools.in_kit(kit)}
        if (tool_class, unit) not in held and self._has_kit(kit):
            self._uow.tools.note_empty(kit, tool_class, unit)

    # --- shifts

    def _shift_begins(self, said: Mapping[str, Any]) -> None:
        shift = Shift(inventory_of(said["inventory"]), shift_id=UUID(said["shift_id"]))
        self._uow.shifts.save(shift, site_id=self._uow.site_id)

    def _shift_ends(self, said: Mapping[str, Any]) -> None:
        running = self._uow.shifts.running()
        if running is None or str(running.shift_id) != said["shift_id"]:
            raise LookupError("the beginning of the shift is not known")
        self._uow.shifts.save(replace(running, end=inventory_of(said["inventory"])), site_id=self._uow.site_id)


def without_pin(person: Person) -> Person:
    """Somebody whose PIN is another one by now, which nobody here knows."""
    if replace(person, must_change_pin=False).may(Permission.MANAGE_PEOPLE) and person.pin_hash:
        return replace(person, must_change_pin=True)
    return replace(person, pin_hash="", wrong_pins=0, locked_until=None, must_change_pin=False)


def is_known(kind: str) -> bool:
    """Whether this program knows what follows from an entry of that kind."""
    return kind in NOTHING_FOLLOWS or kind in _MADE or kind.startswith("operation.")


_MADE = CASES | {
    COUNTED,
    CORRECTED,
    JOINED,
    ENDED_ELSEWHERE,
    KEYS_RENEWED,
    TOOL_ADDED,
    TOOL_CHANGED,
    TOOL_PUT_IN,
    TOOL_SWAPPED,
    TOOL_TAKEN_OUT,
    TOOLS_IMPORTED,
    "catalogue_changed",
    "person_added",
    "person_changed",
    "pin_changed",
    "pin_set",
    "shift_ended",
    "shift_started",
}


def photos_in(payload: object) -> set[str]:
    """The photos that an entry names, by SHA-256."""
    found: set[str] = set()
    if isinstance(payload, Mapping):
        for name, value in payload.items():
            if name == "photo" and isinstance(value, str) and value:
                found.add(value)
            elif name == "photos" and isinstance(value, Mapping):
                found |= {one for one in value.values() if isinstance(one, str) and one}
            else:
                found |= photos_in(value)
    elif isinstance(payload, list):
        for value in payload:
            found |= photos_in(value)
    return found


def _tool_of(said: Mapping[str, Any]) -> Tool:
    """The inverse of `services.consequences.tool_json`."""
    due = said["calibration_due"]
    return Tool(
        tool_class=str(said["tool_class"]),
        kit=str(said["kit"]),
        unit=int(said["unit"]),
        part_number=str(said["part_number"]),
        serial_number=str(said["serial_number"]),
        marking=str(said["marking"]),
        calibration_due=date.fromisoformat(due) if due else None,
        state=ToolState(said["state"]),
        photo=str(said["photo"]),
        note=str(said["note"]),
        tool_id=UUID(said["tool_id"]),
    )
