"""What the journal says about a tool, written and read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.consequences import tool_json
from toolroom_desktop.services.ports import UnitOfWork

TOOL_ADDED = "tool_added"
TOOL_CHANGED = "tool_changed"
TOOL_SWAPPED = "tool_swapped"
TOOL_TAKEN_OUT = "tool_taken_out"
TOOL_PUT_IN = "tool_put_in"
TOOLS_IMPORTED = "tools_imported"
FACTS = (TOOL_CHANGED, TOOL_SWAPPED, TOOL_TAKEN_OUT, TOOL_PUT_IN, TOOLS_IMPORTED)
"""Entries that may say where a known tool is, or in what state."""
_CASE_OPENED = "case_opened"
_KINDS = (TOOL_ADDED, TOOL_CHANGED, TOOL_SWAPPED, TOOL_TAKEN_OUT, TOOL_PUT_IN, TOOLS_IMPORTED, _CASE_OPENED)
_MOST = 200


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as texts; empty where there was or is nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ToolRecord:
    """One entry of the journal about a tool.

    by         who did it; empty for the station's own command line
    reason     as the person gave it, or what a count found
    changes    empty where the tool was written down first, or where the entry changed nothing on it
    operation  the id of the operation whose count changed it; empty for none
    case       the number of the case that the entry opened; empty for none
    """

    entry_id: UUID
    site_seq: int
    at: datetime
    kind: str
    by: str
    reason: str = ""
    changes: tuple[FieldChange, ...] = ()
    operation: str = ""
    case: str = ""


def change_json(before: Tool | None, after: Tool) -> dict[str, Any]:
    """The tool as it is now, with what was otherwise before: `was` is None for a tool that was not known."""
    now = tool_json(after)
    if before is None:
        return {**now, "was": None}
    then = tool_json(before)
    return {**now, "was": {name: value for name, value in then.items() if value != now[name]}}


def _text(value: object) -> str:
    return "" if value in (None, 0) else str(value)


def _parts(payload: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Whatever in an entry speaks of one tool."""
    yield payload
    for name in ("out", "in"):
        if isinstance(payload.get(name), Mapping):
            yield payload[name]
    yield from payload.get("tools", ())


def field_changes(part: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """Field by field what an entry, or a part of one, says was otherwise before."""
    was = part.get("was")
    if was is None and isinstance(part.get("before"), str):
        # What a count changed says the state before, and nothing else.
        was = {"state": part["before"]}
    return tuple(FieldChange(name, _text(value), _text(part.get(name))) for name, value in (was or {}).items())


def _record(entry: JournalEntry, tool_id: str) -> ToolRecord | None:
    payload = entry.payload
    part = next((part for part in _parts(payload) if part.get("tool_id") == tool_id), None)
    if part is None:
        return None
    opened = entry.kind == _CASE_OPENED
    return ToolRecord(
        entry_id=entry.op_id,
        site_seq=entry.site_seq,
        at=entry.wall_at,
        kind=entry.kind,
        by=str(payload.get("by") or ""),
        reason="" if opened else str(payload.get("remark") or payload.get("reason") or ""),
        changes=() if opened else field_changes(part),
        operation=str(payload.get("operation") or "") if not opened else str(payload["operation_id"]),
        case=str(payload["number"]) if opened else "",
    )


def records_about(uow: UnitOfWork, tool_id: UUID) -> list[ToolRecord]:
    """The newest entries about that tool, the newest first."""
    entries = uow.journal.mentioning(str(tool_id), _KINDS, limit=_MOST)
    records = (_record(entry, str(tool_id)) for entry in entries)
    return [record for record in records if record is not None]
