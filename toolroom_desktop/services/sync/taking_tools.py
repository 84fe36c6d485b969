"""Tools out of the centre.

Where a tool is and in what state it is are facts that a station finds out: they travel up by themselves, and until the
centre has them its rows do not take them back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.errors import NotFound, Refused
from toolroom_desktop.domain.register import (
    Place,
    check_place,
    key_of,
    name_of,
    refuse_while_out,
    same_kit,
    searched_in,
)
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.reference_content import TOOL, tool_of
from toolroom_desktop.services.sync.ports import Change
from toolroom_desktop.services.sync.taking_over import kit_numbered, require_key
from toolroom_desktop.services.tool_records import FACTS
from toolroom_desktop.services.whereabouts import kits_out_anywhere, operation_since


@dataclass(slots=True)
class _Around:
    """What a page's transaction found of everything around the tools, which no row of a tool changes."""

    uow: UnitOfWork
    cases: Sequence[Case]
    out: frozenset[str]
    kits: dict[str, tuple[Kit, Toolkit] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, uow: UnitOfWork) -> _Around:
        return cls(uow, uow.cases.open(), frozenset(key_of(one.kit) for one in kits_out_anywhere(uow)))

    def kit(self, number: str) -> tuple[Kit, Toolkit]:
        """That kit with its toolkit; raises `NotFound("kit.unknown")`."""
        key = key_of(number)
        if key not in self.kits:
            kit = kit_numbered(self.uow, number)
            toolkit = None if kit is None else self.uow.catalogue.toolkit(kit.toolkit)
            self.kits[key] = None if kit is None or toolkit is None else (kit, toolkit)
        found = self.kits[key]
        if found is None:
            raise NotFound("kit.unknown", code=number)
        return found


class ToolApplier:
    """A tool that is removed at the centre is retired here and leaves its kit: its records stay."""

    journaled = True

    def __init__(self) -> None:
        self._around: _Around | None = None

    def apply(self, uow: UnitOfWork, change: Change) -> bool:
        """The picture stays the one that this station has; tools that change places may come in any order."""
        said = tool_of(change.content)
        require_key(change, str(said.tool_id))
        if self._around is None or self._around.uow is not uow:
            self._around = _Around.of(uow)
        around = self._around
        before = uow.tools.by_id(said.tool_id)
        after = self._after(around, before, said, gone=change.deleted)
        if after is None or after == before:
            return False
        self._refuse_what_is_bound(around, before, after)
        for other in self._in_the_way(uow, after):
            self._move_away(around, other)
        uow.tools.save(after)
        if before is not None and before.kit and not _same_place(before, after):
            uow.tools.note_empty(before.kit, before.tool_class, before.unit)
        return True

    @staticmethod
    def _after(around: _Around, before: Tool | None, said: Tool, *, gone: bool) -> Tool | None:
        """The tool as it is to be here; None where nothing is to be done."""
        if gone:
            return None if before is None else replace(before, kit="", unit=0, state=ToolState.RETIRED)
        if said.kit:
            said = replace(said, kit=around.kit(said.kit)[0].number)
        if before is None:
            return said
        after = replace(said, photo=before.photo)
        facts_differ = (before.state, before.kit, before.unit) != (after.state, after.kit, after.unit)
        if facts_differ and around.uow.outbox.mentions(str(before.tool_id), FACTS):
            after = replace(after, state=before.state, kit=before.kit, unit=before.unit)
        return after

    @staticmethod
    def _refuse_what_is_bound(around: _Around, before: Tool | None, after: Tool) -> None:
        """What an open case searches for, and what somebody has, is changed by nobody else."""
        for tool in (before, after):
            case = None if tool is None else searched_in(tool, around.cases)
            if case is not None:
                raise Refused("tool.case_open", tool=name_of(after), case=case.number)
        uow, stays = around.uow, before is not None and _same_place(before, after)
        if before is not None and key_of(before.kit) in around.out:
            refuse_while_out(operation_since(uow, before.kit), _place(uow, before), after if stays else None)
        if after.kit and not stays:
            kit, toolkit = around.kit(after.kit)
            check_place(after, toolkit, kit.number)
            if key_of(after.kit) in around.out:
                refuse_while_out(operation_since(uow, after.kit), _place(uow, after), after)

    @staticmethod
    def _in_the_way(uow: UnitOfWork, tool: Tool) -> list[Tool]:
        """Other tools with its marking or at its place."""
        found: dict[UUID, Tool] = {}
        if tool.marking:
            marked = uow.tools.by_marking(tool.marking)
            found.update({one.tool_id: one for one in marked if key_of(one.marking) == key_of(tool.marking)})
        if tool.kit:
            found.update({one.tool_id: one for one in uow.tools.in_kit(tool.kit) if _same_place(one, tool)})
        found.pop(tool.tool_id, None)
        return list(found.values())

    def _move_away(self, around: _Around, other: Tool) -> None:
        """Where the centre says that the other one is elsewhere or called otherwise by now: what it holds is free."""
        known = around.uow.reference.get(TOOL, str(other.tool_id))
        if known is None:
            return
        there = tool_of(known.change.content)
        free = other
        if known.change.deleted or key_of(there.marking) != key_of(other.marking):
            free = replace(free, marking="")
        if known.change.deleted or not _same_place(there, other):
            free = replace(free, kit="", unit=0)
        if free == other:
            return
        self._refuse_what_is_bound(around, other, free)
        around.uow.tools.save(free)


def _same_place(one: Tool, other: Tool) -> bool:
    return same_kit(one.kit, other.kit) and (one.tool_class, one.unit) == (other.tool_class, other.unit)


def _place(uow: UnitOfWork, tool: Tool) -> Place:
    """What the tool's place holds now."""
    there = {(one.tool_class, one.unit): one for one in uow.tools.in_kit(tool.kit)}
    place = (tool.tool_class, tool.unit)
    return Place(*place, there.get(place), place in uow.tools.empty_places(tool.kit))
