"""The register of tools: what lies where, what is due, and every change of a tool as a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.register import (
    Place,
    changed_fields,
    check_place,
    check_reason,
    classes_of,
    name_of,
    places_of,
    put_into,
    refuse_unfit,
    refuse_while_out,
    refuse_while_searched,
    taken_out,
)
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState, with_state
from toolroom_desktop.services.photos import read_photo
from toolroom_desktop.services.ports import Clock, Database, EvidenceStore, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded
from toolroom_desktop.services.station_time import local_day
from toolroom_desktop.services.tool_input import ToolData, kit_and_toolkit, require_any
from toolroom_desktop.services.tool_records import (
    TOOL_ADDED,
    TOOL_CHANGED,
    TOOL_PUT_IN,
    TOOL_SWAPPED,
    TOOL_TAKEN_OUT,
    ToolRecord,
    change_json,
    records_about,
)
from toolroom_desktop.services.vision_ports import EvidencePainter, Picture
from toolroom_desktop.services.whereabouts import operation_since

T = TypeVar("T")

MOST_FOUND = 500
"""Tools that one search brings at most."""
_SAID = 5


@dataclass(frozen=True, slots=True)
class KitTools:
    """A kit with what its places hold. `holder` is who has it, empty while it is in; `cases` are its open ones."""

    kit: Kit
    toolkit: Toolkit
    places: tuple[Place, ...]
    holder: str = ""
    cases: tuple[Case, ...] = ()


def _tool(uow: UnitOfWork, tool_id: UUID) -> Tool:
    tool = uow.tools.by_id(tool_id)
    if tool is None:
        raise NotFound("tool.unknown", code=tool_id)
    return tool


@dataclass(frozen=True, slots=True)
class ToolRegister:
    """Commands and queries about tools. An `actor_badge` of None is the station's own command line.

    Every command raises `Refused` without the permission (which is recorded), while an open lost-tool case searches
    for the tool ("tool.case_open"), and where it would change what is out with a kit ("tool.kit_out").
    """

    database: Database
    evidence: EvidenceStore
    painter: EvidencePainter
    recorder: Recorder
    clock: Clock

    # --- queries

    def in_kit(self, kit: str) -> KitTools:
        """What the places of that kit hold; raises `NotFound("kit.unknown")`."""

        def find(uow: UnitOfWork) -> KitTools:
            found, toolkit = kit_and_toolkit(uow, kit)
            held = operation_since(uow, found.number)
            places = places_of(toolkit, uow.tools.in_kit(found.number), uow.tools.empty_places(found.number))
            return KitTools(
                found, toolkit, places, held.holder_name if held else "", tuple(uow.cases.open(found.number))
            )

        return self.database.read(find)

    def by_id(self, tool_id: UUID) -> Tool:
        """The tool of that id; raises `NotFound("tool.unknown")`."""
        return self.database.read(lambda uow: _tool(uow, tool_id))

    def answering(self, code: str) -> list[Tool]:
        """The tools that a scan or a typed text may mean, by marking or serial number; none for an empty one."""
        return self.database.read(lambda uow: uow.tools.by_marking(code))

    def by_scan(self, code: str) -> Tool:
        """The tool that a scan or a typed text names, by marking, serial number or id.

        Raises `NotFound("tool.unknown")`, and `BadInput("tool.ambiguous")` for a serial number that several have.
        """

        def find(uow: UnitOfWork) -> Tool:
            found = uow.tools.by_marking(code)
            wanted = code.strip().casefold()
            marked = [tool for tool in found if tool.marking.strip().casefold() == wanted]
            found = marked or found
            if not found:
                try:
                    return _tool(uow, UUID(code.strip()))
                except ValueError:
                    raise NotFound("tool.unknown", code=code.strip()) from None
            if len(found) > 1:
                names = ", ".join(tool.marking or f"{tool.tool_class} {tool.kit}".strip() for tool in found[:_SAID])
                raise BadInput("tool.ambiguous", code=code.strip(), tools=names)
            return found[0]

        return self.database.read(find)

    def everything(self) -> list[Tool]:
        """All tools, the spare ones first."""
        return self.database.read(lambda uow: uow.tools.all())

    def find(self, text: str = "", *, limit: int = MOST_FOUND) -> list[Tool]:
        """The tools whose marking, numbers, class, class name or kit contain `text`; at most `limit`."""

        def search(uow: UnitOfWork) -> list[Tool]:
            wanted = text.strip().casefold()
            named = classes_of(uow.catalogue.toolkits()) if wanted else {}
            classes = {name for name, titles in named.items() if any(wanted in title.casefold() for title in titles)}
            return uow.tools.matching(text, classes, limit=limit)

        return self.database.read(search)

    def spare(self) -> list[Tool]:
        """The tools that are in no kit."""
        return self.database.read(lambda uow: uow.tools.spare())

    def calibrations_due(self, days: int) -> list[Tool]:
        """Tools in use whose calibration ends within so many days, or is over; the soonest first."""
        last = local_day(self.clock) + timedelta(days=days)
        return self.database.read(lambda uow: uow.tools.calibration_due_by(last))

    def not_serviceable(self) -> list[Tool]:
        """Tools that are broken, in repair, lost or retired."""
        return self.database.read(lambda uow: uow.tools.not_serviceable())

    def class_names(self) -> Mapping[str, tuple[str, str]]:
        """Every class of the toolkits with its Russian and English name."""
        return self.database.read(lambda uow: classes_of(uow.catalogue.toolkits()))

    def history(self, tool_id: UUID) -> list[ToolRecord]:
        """What the journal says about that tool, the newest first."""
        return self.database.read(lambda uow: records_about(uow, tool_id))

    def today(self) -> date:
        """The station's own day, by which a calibration is over."""
        return local_day(self.clock)

    def photo(self, tool: Tool) -> bytes:
        """Its picture as JPEG bytes; raises what `read_photo` does."""
        return read_photo(self.database, self.evidence, tool.photo)

    # --- commands

    def add(self, tool: Tool, *, actor_badge: str | None) -> Tool:
        """Write down a tool that was not known, in a kit's place or as a spare one.

        Raises `BadInput` for a class, place, marking or text that cannot be.
        """
        return self.add_all([tool], actor_badge=actor_badge)[0]

    def add_all(self, tools: Sequence[Tool], *, actor_badge: str | None) -> list[Tool]:
        """Write down several tools, all of them or none; each is a record of its own. Raises what `add` raises."""

        def save(uow: UnitOfWork) -> list[Tool]:
            require_any(uow, actor_badge, Permission.MANAGE_CATALOGUE)
            made = []
            for tool in tools:
                new = self._checked_new(uow, tool)
                if new.kit:
                    refuse_while_out(operation_since(uow, new.kit), self._place(uow, new), new)
                uow.tools.save(new)
                self.recorder.record(uow, TOOL_ADDED, {**change_json(None, new), "by": actor_badge})
                made.append(new)
            return made

        return self._command(actor_badge, "tools.add", ", ".join(name_of(tool) for tool in tools[:_SAID]), save)

    def change(self, tool_id: UUID, data: ToolData, *, actor_badge: str | None, reason: str = "") -> Tool:
        """Enter other data about a tool; the same data again records nothing. Raises `BadInput`."""

        def save(uow: UnitOfWork) -> Tool:
            require_any(uow, actor_badge, Permission.CHANGE_TOOLS, Permission.MANAGE_CATALOGUE)
            before = self._free(uow, tool_id)
            after = data.on(before)
            if changed_fields(before, after):
                self._record_change(uow, TOOL_CHANGED, before, after, reason.strip(), actor_badge)
            return after

        return self._command(actor_badge, "tools.change", str(tool_id), save)

    def set_photo(self, tool_id: UUID, picture: Picture, *, actor_badge: str | None) -> Tool:
        """Keep a picture of the tool among the evidence, in place of the one before."""
        content = self.painter.clean(picture)
        sha256 = self.evidence.put(content)

        def save(uow: UnitOfWork) -> Tool:
            require_any(uow, actor_badge, Permission.CHANGE_TOOLS, Permission.MANAGE_CATALOGUE)
            before = self._free(uow, tool_id)
            after = replace(before, photo=sha256)
            if after != before:
                uow.evidence.add(sha256, len(content))
                self._record_change(uow, TOOL_CHANGED, before, after, "", actor_badge)
            return after

        return self._command(actor_badge, "tools.photo", str(tool_id), save)

    def set_state(self, tool_id: UUID, state: ToolState, *, reason: str, actor_badge: str | None) -> Tool:
        """Take a tool out of service, send it to repair, take it back or retire it, with the reason.

        Raises `Refused("tool.state_not_possible")`, `Refused("tool.lost_only_by_case")`, `BadInput`.
        """

        def save(uow: UnitOfWork) -> Tool:
            require_any(uow, actor_badge, Permission.CHANGE_TOOLS)
            before = self._free(uow, tool_id)
            why = check_reason(reason)
            if state is before.state:
                raise BadInput("tool.unchanged", tool=name_of(before))
            if state is ToolState.LOST:
                raise Refused("tool.lost_only_by_case", tool=name_of(before))
            after = with_state(before, state)
            if before.kit:
                refuse_while_out(operation_since(uow, before.kit), self._place(uow, before), after)
            self._record_change(uow, TOOL_CHANGED, before, after, why, actor_badge)
            return after

        return self._command(actor_badge, "tools.state", str(tool_id), save)

    def swap(self, out: UUID, by: UUID | Tool, *, reason: str, actor_badge: str | None) -> tuple[Tool, Tool]:
        """Put another tool in the place of one: both moves in one record. Returns both as they are afterwards.

        out  the tool in a kit, which becomes a spare one in whatever state it is
        by   a spare tool, or one that was not known yet

        Raises `Refused` unless the other one is spare, of the same class, serviceable and calibrated.
        """

        def save(uow: UnitOfWork) -> tuple[Tool, Tool]:
            require_any(uow, actor_badge, Permission.CHANGE_TOOLS)
            old = self._free(uow, out)
            why = check_reason(reason)
            out_of_kit = taken_out(old)
            before, new = self._incoming(uow, by)
            refuse_unfit(new, old.tool_class, local_day(self.clock))
            into_kit = put_into(new, old.kit, old.unit)
            kit, toolkit = kit_and_toolkit(uow, old.kit)
            check_place(into_kit, toolkit, kit.number)
            refuse_while_out(operation_since(uow, kit.number), self._place(uow, old), into_kit)
            uow.tools.save(out_of_kit)
            uow.tools.save(into_kit)
            payload = {
                "kit": kit.number,
                "tool_class": old.tool_class,
                "unit": old.unit,
                "out": change_json(old, out_of_kit),
                "in": change_json(before, into_kit),
                "reason": why,
                "by": actor_badge,
            }
            self.recorder.record(uow, TOOL_SWAPPED, payload)
            return out_of_kit, into_kit

        return self._command(actor_badge, "tools.swap", str(out), save)

    def take_out(self, tool_id: UUID, *, reason: str, actor_badge: str | None) -> Tool:
        """Make a tool of a kit a spare one; its place stays empty, and the kit is not issued until it is filled."""

        def save(uow: UnitOfWork) -> Tool:
            require_any(uow, actor_badge, Permission.CHANGE_TOOLS)
            before = self._free(uow, tool_id)
            why = check_reason(reason)
            after = taken_out(before)
            refuse_while_out(operation_since(uow, before.kit), self._place(uow, before), None)
            self._record_change(uow, TOOL_TAKEN_OUT, before, after, why, actor_badge)
            uow.tools.note_empty(before.kit, before.tool_class, before.unit)
            return after

        return self._command(actor_badge, "tools.take_out", str(tool_id), save)

    def put_in(
        self, by: UUID | Tool, kit: str, *, unit: int | None = None, reason: str = "", actor_badge: str | None
    ) -> Tool:
        """Put a spare tool, or one that was not known yet, into a place of a kit that holds none.

        unit  which of its class there; None: the first one that holds none

        Raises `Refused` unless it is spare, serviceable and calibrated; `BadInput` where there is no such place.
        """

        def save(uow: UnitOfWork) -> Tool:
            require_any(uow, actor_badge, Permission.CHANGE_TOOLS)
            before, new = self._incoming(uow, by)
            found, toolkit = kit_and_toolkit(uow, kit)
            refuse_unfit(new, new.tool_class, local_day(self.clock))
            after = put_into(new, found.number, unit or self._free_unit(uow, found, toolkit, new))
            check_place(after, toolkit, found.number)
            refuse_while_searched(after, uow.cases.open())
            refuse_while_out(operation_since(uow, found.number), self._place(uow, after), after)
            self._record_change(uow, TOOL_PUT_IN, before, after, reason.strip(), actor_badge)
            return after

        return self._command(actor_badge, "tools.put_in", kit, save)

    # --- what the commands share

    def _command(self, badge: str | None, command: str, subject: str, save: Callable[[UnitOfWork], T]) -> T:
        with refusals_recorded(self.database, self.recorder, badge=badge, command=command, subject=subject):
            return self.database.write(save)

    @staticmethod
    def _free(uow: UnitOfWork, tool_id: UUID) -> Tool:
        """The tool, if no open case searches for it."""
        tool = _tool(uow, tool_id)
        refuse_while_searched(tool, uow.cases.open())
        return tool

    def _incoming(self, uow: UnitOfWork, by: UUID | Tool) -> tuple[Tool | None, Tool]:
        """What is known of a tool that goes into a kit, None for nothing, and the tool."""
        if isinstance(by, Tool):
            return None, self._checked_new(uow, by)
        known = self._free(uow, by)
        return known, known

    @staticmethod
    def _place(uow: UnitOfWork, tool: Tool) -> Place:
        """What the tool's place holds now."""
        there = {(t.tool_class, t.unit): t for t in uow.tools.in_kit(tool.kit)}
        place = (tool.tool_class, tool.unit)
        return Place(*place, there.get(place), place in uow.tools.empty_places(tool.kit))

    @staticmethod
    def _free_unit(uow: UnitOfWork, kit: Kit, toolkit: Toolkit, tool: Tool) -> int:
        """The first place of the tool's class that is known to be empty or, failing that, has nothing written down."""
        places = places_of(toolkit, uow.tools.in_kit(kit.number), uow.tools.empty_places(kit.number))
        free = [p for p in places if p.tool_class == tool.tool_class and p.tool is None]
        if not free:
            check_place(replace(tool, kit=kit.number, unit=1), toolkit, kit.number)
            raise BadInput("tool.no_free_place", kit=kit.number, tool_class=tool.tool_class)
        return min(free, key=lambda place: (not place.empty, place.unit)).unit

    def _checked_new(self, uow: UnitOfWork, tool: Tool) -> Tool:
        """A tool that was not known, if it can be written down so."""
        made = ToolData.of(tool).on(tool)
        if made.state is ToolState.LOST:
            raise Refused("tool.lost_only_by_case", tool=name_of(made))
        known = classes_of(uow.catalogue.toolkits())
        if made.tool_class not in known:
            said = ", ".join(sorted(known)[:_SAID]) or "—"
            raise BadInput("tool.class_unknown", tool_class=made.tool_class, known=said)
        if made.kit:
            kit, toolkit = kit_and_toolkit(uow, made.kit)
            made = replace(made, kit=kit.number)
            check_place(made, toolkit, kit.number)
            refuse_while_searched(made, uow.cases.open())
        return made

    def _record_change(
        self, uow: UnitOfWork, kind: str, before: Tool | None, after: Tool, reason: str, by: str | None
    ) -> None:
        uow.tools.save(after)
        self.recorder.record(uow, kind, {**change_json(before, after), "reason": reason, "by": by})
