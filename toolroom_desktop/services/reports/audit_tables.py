"""The tables of the audit report, and the course of a tool: what the journal says, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.refusals import REFUSED
from toolroom_desktop.services.reports.content import Row, Value, moment
from toolroom_desktop.services.reports.ports import CustodySpan, Within
from toolroom_desktop.services.reports.source import Source
from toolroom_desktop.services.signing import SIGNATURE
from toolroom_desktop.services.tool_records import ToolRecord, records_about

MADE = "report_made"
SIGN_INS = ("sign_in", "sign_out", "sign_in_refused")
ACCOUNTS = ("person_added", "person_changed", "pin_set", "pin_changed", "person_unlocked")
CORRECTIONS = ("operation_corrected", "operation_counted")
EXPORTS = ("exported", "report_exported", MADE)


def _entries(source: Source, *kinds: str) -> Iterator[JournalEntry]:
    return source.uow.reports.entries(kinds, source.within)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def sign_ins(source: Source) -> Iterator[Row]:
    """Who signed in and out, and who was not let in."""
    for entry in _entries(source, *SIGN_INS):
        badge = _text(entry.payload.get("badge"))
        reason = _text(entry.payload.get("reason"))
        station = source.station(entry.site_id)
        yield moment(entry.wall_at), entry.site_seq, entry.kind, source.name_of(badge), badge, reason, *station


def refusals(source: Source) -> Iterator[Row]:
    """What was refused to whom, and why."""
    for entry in _entries(source, REFUSED):
        said = entry.payload
        badge = _text(said.get("badge"))
        yield (
            moment(entry.wall_at),
            entry.site_seq,
            source.name_of(badge),
            badge,
            _text(said.get("command")),
            subject_of(source, _text(said.get("subject"))),
            _text(said.get("reason")),
            *source.station(entry.site_id),
        )


def subject_of(source: Source, subject: str) -> str:
    """What an entry is about, for people: of an operation or a case its kit or number, anything else as it is."""
    try:
        wanted = UUID(subject)
    except ValueError:
        return subject
    operation = source.uow.operations.by_id(wanted)
    if operation is not None:
        return operation.kit
    case = source.uow.cases.by_id(wanted)
    return subject if case is None else case.number


def signatures(source: Source) -> Iterator[Row]:
    """Signatures that were given by badge and PIN."""
    for entry in _entries(source, SIGNATURE):
        said = entry.payload
        yield (
            moment(entry.wall_at),
            entry.site_seq,
            said["name"],
            said["badge"],
            said["role"],
            said["purpose"],
            subject_of(source, said["subject"]),
            str(entry.op_id),
            *source.station(entry.site_id),
        )


def corrections(source: Source) -> Iterator[Row]:
    """What was said of operations afterwards: corrections field by field, and counts that were owed."""
    for entry in _entries(source, *CORRECTIONS):
        said = entry.payload
        by: Mapping[str, Any] = said.get("by") or {}
        changes: Mapping[str, Any] = said.get("changes") or {"final_status": {"after": said.get("final_status")}}
        for name, change in changes.items():
            yield (
                moment(entry.wall_at),
                entry.site_seq,
                _text(by.get("name")),
                _text(by.get("badge")),
                _text(said.get("kit")),
                entry.kind,
                name,
                _text(change.get("before")),
                _text(change.get("after")),
                _text(said.get("reason") or said.get("note")),
                _text(said.get("operation")),
                *source.station(entry.site_id),
            )


def accounts(source: Source) -> Iterator[Row]:
    """What was changed about accounts, field by field."""
    for entry in _entries(source, *ACCOUNTS):
        said = entry.payload
        badge = _text(said.get("badge"))
        by = said.get("by")
        head: tuple[Value, ...] = (
            moment(entry.wall_at),
            entry.site_seq,
            entry.kind,
            source.name_of(badge) or _text(said.get("name")),
            badge,
            source.name_of(by) or _text(by),
        )
        changes: Mapping[str, Any] = said.get("changes") or {}
        if entry.kind == "person_added":
            changes = {"role": ["", said.get("role")]}
        if not changes:
            yield (*head, "", "", "", *source.station(entry.site_id))
        for name, (before, after) in changes.items():
            yield (*head, name, _text(before), _text(after), *source.station(entry.site_id))


def exports(source: Source) -> Iterator[Row]:
    """What left the station as a file or a print."""
    for entry in _entries(source, *EXPORTS):
        said = entry.payload
        by = said.get("by")
        subject = said.get("file") or said.get("subject") or ""
        yield (
            moment(entry.wall_at),
            entry.site_seq,
            entry.kind,
            source.name_of(by) or _text(by),
            _text(said.get("what") or said.get("report")),
            _text(subject),
            _text(said.get("data_sha256")),
            *source.station(entry.site_id),
        )


# --- the course of one tool


def tool_records(source: Source, tool: Tool) -> list[ToolRecord]:
    """What the journal says about a tool up to the end of the period, the oldest first."""
    found = [record for record in records_about(source.uow, tool.tool_id) if record.at < source.end]
    return [record for record in reversed(found) if record.site_seq <= source.about.journal_seq]


def tool_changes(source: Source, records: list[ToolRecord]) -> Iterator[Row]:
    """What was changed about a tool in the period, field by field."""
    for record in records:
        if record.at < source.within.start:
            continue
        changes = record.changes or (None,)
        for change in changes:
            yield (
                moment(record.at),
                record.site_seq,
                record.kind,
                source.name_of(record.by),
                record.by,
                "" if change is None else change.field,
                "" if change is None else change.before,
                "" if change is None else change.after,
                record.reason,
                record.case,
            )


def kits_of_tool(source: Source, tool: Tool, records: list[ToolRecord]) -> Iterator[tuple[str, Within]]:
    """In which kits a tool was in the period, and when: where it is now, less what the journal says of its moves."""
    within = source.within
    moves: list[tuple[datetime, str]] = []
    for record in records:
        moves += [(record.at, change.before) for change in record.changes if change.field == "kit"]
    end, kit = within.end, tool.kit
    for at, before in reversed(moves):
        if at < end and max(at, within.start) < end:
            if kit:
                yield kit, Within(max(at, within.start), end, within.journal_seq)
            end = at
        kit = before
    if kit and within.start < end:
        yield kit, Within(within.start, end, within.journal_seq)


def tool_custody(source: Source, tool: Tool, records: list[ToolRecord]) -> list[CustodySpan]:
    """Who had the kits in which a tool was, while it was in them."""
    spans: list[CustodySpan] = []
    for kit, within in kits_of_tool(source, tool, records):
        spans += source.uow.reports.custody(within, kit=kit)
    return sorted(spans, key=lambda span: span.since)


def tool_counts(source: Source, tool: Tool, records: list[ToolRecord]) -> Iterator[Row]:
    """What people said of a tool when they counted its kit."""
    for kit, within in sorted(kits_of_tool(source, tool, records), key=lambda one: one[1].start):
        for operation in source.uow.reports.operations(within, kit=kit):
            for position in operation.counted:
                if position.tool_id == tool.tool_id:
                    yield (
                        moment(operation.finished_at),
                        operation.type.value,
                        operation.kit,
                        operation.person_name,
                        position.count.value,
                        position.note,
                        str(operation.operation_id),
                    )
