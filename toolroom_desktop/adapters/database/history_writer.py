"""Writes the history's rows of an operation, in the transaction that records it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select

from toolroom_desktop.adapters.database import history_tables, tables
from toolroom_desktop.adapters.database.columns import folded
from toolroom_desktop.adapters.database.history_codes import (
    FINDINGS,
    PARTS,
    STATUSES,
    TYPES,
    US_PER_DAY,
    key_of,
    mark,
    microseconds,
    person_key,
    words_of,
)
from toolroom_desktop.adapters.database.hot import compiled, driver_of
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.services.history_findings import Said, findings_of
from toolroom_desktop.services.history_rows import Choice, Part

_name = history_tables.history_name.c
_person = history_tables.history_person
_finding = history_tables.history_finding
_KNOWN = compiled(select(_name.name_id).where(_name.kind == bindparam("kind"), _name.key == bindparam("key")))
_NAME = "INSERT INTO history_name (kind, key, value, title) VALUES (:kind, :key, :value, :title)"
_ADD = compiled(insert(history_tables.history), history_tables.history.c.keys())
_AMEND = (
    "UPDATE history SET final_status = :final_status, aircraft = :aircraft, work_order = :work_order, "
    "counted = :counted, owed = :owed, with_case = :with_case, overridden = :overridden, first_pass = :first_pass "
    "WHERE site_seq = :site_seq"
)
_ADD_PERSON = compiled(insert(_person), _person.c.keys())
_DROP_PERSON = compiled(
    delete(_person).where(_person.c.person == bindparam("of"), _person.c.site_seq == bindparam("seq"))
)
_ADD_FINDING = compiled(insert(_finding), _finding.c.keys())
_DROP_FINDINGS = compiled(delete(_finding).where(_finding.c.site_seq == bindparam("seq")))
_MARKINGS = compiled(
    select(_finding.c.marking).where(_finding.c.site_seq == bindparam("seq")).order_by(_finding.c.place)
)
_MARKING = compiled(select(tables.tool.c.marking).where(tables.tool.c.tool_id == bindparam("tool")))
_DAY = (
    "INSERT INTO history_day VALUES (:day, :seq, :seq) ON CONFLICT (day) DO UPDATE SET "
    "first_seq = min(first_seq, excluded.first_seq), last_seq = max(last_seq, excluded.last_seq)"
)
_ADD_TEXT = "INSERT INTO history_text (rowid, words) VALUES (?, ?)"
_ADD_WORD = "INSERT OR IGNORE INTO history_word VALUES (?)"
# The table keeps no words: to be taken out, they must be told once more.
_DROP_TEXT = "INSERT INTO history_text (history_text, rowid, words) VALUES ('delete', ?, ?)"


@dataclass(frozen=True, slots=True)
class _Parts:
    """Who took part, by the number of their name, and as what."""

    people: dict[int, int]
    did: int


class HistoryWriter:
    """Keeps the history's tables in step with the operations. One for each transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids: dict[tuple[str, str], int] = {}
        self._words: set[str] = set()

    def add(self, operation: Operation) -> None:
        """Write the rows of a new operation."""
        driver = driver_of(self._connection)
        seq, finished = operation.site_seq, microseconds(operation.finished_at)
        findings = self._with_markings(findings_of(operation))
        parts = self._parts(operation)
        driver.execute(_ADD, self._row(operation, parts, finished))
        self._add_people(seq, parts)
        self._add_findings(seq, findings)
        driver.execute(_DAY, {"day": finished // US_PER_DAY, "seq": seq})
        self._add_text(seq, words_by_which(operation, [said.marking for said in findings]))

    def amend(self, before: Operation, after: Operation) -> None:
        """Change the rows of a recorded operation to what holds of it now."""
        driver = driver_of(self._connection)
        seq = after.site_seq
        markings = [row[0] for row in driver.execute(_MARKINGS, {"seq": seq}).fetchall()]
        findings = self._with_markings(findings_of(after))
        parts = self._parts(after)
        row = self._row(after, parts, microseconds(after.finished_at))
        if driver.execute(_AMEND, row).rowcount != 1:
            raise LookupError(f"operation {seq} is not in the history")
        for person in self._parts(before).people:
            driver.execute(_DROP_PERSON, {"of": person, "seq": seq})
        self._add_people(seq, parts)
        driver.execute(_DROP_FINDINGS, {"seq": seq})
        self._add_findings(seq, findings)
        driver.execute(_DROP_TEXT, (seq, " ".join(words_by_which(before, markings))))
        self._add_text(seq, words_by_which(after, [said.marking for said in findings]))

    def _row(self, operation: Operation, parts: _Parts, finished: int) -> dict[str, Any]:
        return {
            "site_seq": operation.site_seq,
            "finished_us": finished,
            "took_us": finished - microseconds(operation.started_at),
            "offset_minutes": operation.utc_offset_minutes,
            "type": TYPES[operation.type],
            "status": STATUSES[operation.status],
            "final_status": STATUSES[operation.final_status],
            "kit": self._id(Choice.KIT, operation.kit),
            "toolkit": self._id(Choice.TOOLKIT, operation.toolkit),
            "person": parts.did,
            "aircraft": self._id(Choice.AIRCRAFT, operation.aircraft),
            "work_order": self._id(Choice.WORK_ORDER, operation.work_order),
            "model": self._id(Choice.MODEL, operation.model_sha256, operation.model_name),
            "counted": bool(operation.counted),
            "owed": operation.count_owed,
            "with_case": bool(operation.cases),
            "overridden": bool(operation.overrides),
            "first_pass": operation.status is Status.SUCCESS and not operation.counted,
            "looked": operation.result.get("frames", 1) > 0,
        }

    def _parts(self, operation: Operation) -> _Parts:
        people: dict[int, int] = {}
        for part, badge, name in (
            (Part.DID, operation.person_badge, operation.person_name),
            (Part.GAVE, operation.giver_badge, operation.giver_name),
            (Part.WITNESSED, operation.witness_badge, operation.witness_name),
            (Part.HOLDS, operation.holder_badge, operation.holder_name),
        ):
            if badge:
                person = self._known(Choice.PERSON.value, person_key(badge, name), badge.strip(), name)
                people[person] = people.get(person, 0) | PARTS[part]
        did = next((person for person, parts in people.items() if parts & PARTS[Part.DID]), 0)
        return _Parts(people, did)

    def _add_people(self, seq: int, parts: _Parts) -> None:
        rows = [{"person": person, "site_seq": seq, "parts": bits} for person, bits in parts.people.items()]
        driver_of(self._connection).executemany(_ADD_PERSON, rows)

    def _with_markings(self, findings: Sequence[Said]) -> list[Said]:
        """Where nobody read a marking, that of the tool as it is recorded now."""
        return [
            said if said.marking or said.tool_id is None else replace(said, marking=self.marking_of(said.tool_id))
            for said in findings
        ]

    def marking_of(self, tool_id: UUID) -> str:
        """The marking of that tool as it is recorded now; empty where it has none or is not known."""
        row = driver_of(self._connection).execute(_MARKING, {"tool": str(tool_id)}).fetchone()
        return "" if row is None else str(row[0])

    def _add_findings(self, seq: int, findings: Sequence[Said]) -> None:
        rows = [
            {
                "site_seq": seq,
                "place": place,
                "finding": FINDINGS[said.finding],
                "tool_class": self._id(Choice.TOOL_CLASS, said.tool_class),
                "unit": said.unit,
                "marking": said.marking,
                "marking_key": folded(said.marking),
                "tool_id": None if said.tool_id is None else str(said.tool_id),
            }
            for place, said in enumerate(findings)
        ]
        if rows:
            driver_of(self._connection).executemany(_ADD_FINDING, rows)

    def _add_text(self, seq: int, words: Sequence[str]) -> None:
        driver = driver_of(self._connection)
        driver.execute(_ADD_TEXT, (seq, " ".join(words)))
        new = [(word,) for word in words if word not in self._words]
        driver.executemany(_ADD_WORD, new)
        self._words.update(words)

    def _id(self, kind: Choice, value: str, title: str = "") -> int:
        return self._known(kind.value, key_of(kind, value), value, title) if value else 0

    def _known(self, kind: str, key: str, value: str, title: str) -> int:
        known = self._ids.get((kind, key))
        if known is None:
            driver = driver_of(self._connection)
            row = driver.execute(_KNOWN, {"kind": kind, "key": key}).fetchone()
            if row is None:
                cursor = driver.execute(_NAME, {"kind": kind, "key": key, "value": value, "title": title})
                known = int(cursor.lastrowid or 0)
            else:
                known = int(row[0])
            self._ids[kind, key] = known
        return known


def words_by_which(operation: Operation, markings: Sequence[str]) -> list[str]:
    """The words by which full text finds the operation, and marks of what else holds of it; each once."""
    said = (
        operation.kit,
        operation.toolkit,
        operation.person_badge,
        operation.person_name,
        operation.giver_badge,
        operation.giver_name,
        operation.witness_badge,
        operation.witness_name,
        operation.holder_badge,
        operation.holder_name,
        operation.aircraft,
        operation.work_order,
        operation.note,
        *operation.cases,
        *markings,
    )
    words = dict.fromkeys(words_of(" ".join(said)))
    words.update(dict.fromkeys(marks_of(operation)))
    return list(words)


def marks_of(operation: Operation) -> list[str]:
    """The marks of type, statuses, and of what holds of few operations."""
    marks = [
        mark("type", TYPES[operation.type]),
        mark("status", STATUSES[operation.status]),
        mark("final", STATUSES[operation.final_status]),
    ]
    for name, holds in (
        ("case", bool(operation.cases)),
        ("over", bool(operation.overrides)),
        ("owed", operation.count_owed),
        ("counted", bool(operation.counted)),
        ("again", operation.status is not Status.SUCCESS or bool(operation.counted)),
    ):
        if holds:
            marks.append(mark(name))
    return marks
