"""How an operation stands in its row, and how it comes out of it.

What many rows would say in the same words stands in `operation_words` once; what recognition said stands in the
journal. A row of an older program has both in itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, case, select

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.columns import folded, utc_text
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.adapters.database.kept_result import KeptResult
from toolroom_desktop.adapters.database.packing import Packing
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Count, CountedPosition, Operation, OperationType, Photos

_columns = tables.operation.c
_PAYLOAD = case(
    (
        _columns.result == "",
        select(tables.journal.c.payload).where(tables.journal.c.site_seq == _columns.site_seq).scalar_subquery(),
    )
)
OPERATIONS = select(tables.operation, _PAYLOAD.label("payload"))
"""Every column that `OperationRows.operation` needs."""
IN_WORDS = ("site_id", "expected", "custody", "model_name", "model_sha256")
"""Columns whose longer texts stand in `operation_words`."""
_SHORT = 12
_REFERENCE = "@"
_KNOWN = "SELECT words_id FROM operation_words WHERE words = ?"
_ADD = "INSERT INTO operation_words (words) VALUES (?)"
_WORDS = "SELECT words FROM operation_words WHERE words_id = ?"


class OperationRows:
    """Reads and makes rows within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._packing = Packing(connection)
        self._words: dict[str, str] = {}
        self._references: dict[str, str] = {}

    def row(self, operation: Operation) -> dict[str, object]:
        """All columns but the result."""
        row = _row_of(operation)
        row.update({name: self._reference(str(row[name])) for name in IN_WORDS})
        return row

    def operation(self, row: Row[Any]) -> Operation:
        """The operation that a row of `OPERATIONS` keeps."""
        result = json.loads(row.result) if row.result else KeptResult(row.payload, self._packing, row.site_seq)
        return _operation(row, result, {name: self.text(getattr(row, name)) for name in IN_WORDS})

    def _reference(self, text: str) -> str:
        if len(text) <= _SHORT and not text.startswith(_REFERENCE):
            return text
        if text not in self._references:
            driver = driver_of(self._connection)
            row = driver.execute(_KNOWN, (text,)).fetchone()
            number = driver.execute(_ADD, (text,)).lastrowid if row is None else row[0]
            self._references[text] = f"{_REFERENCE}{number}"
        return self._references[text]

    def text(self, stored: str) -> str:
        """What stands in one of the columns `IN_WORDS`."""
        if not stored.startswith(_REFERENCE):
            return stored
        if stored not in self._words:
            (words,) = driver_of(self._connection).execute(_WORDS, (int(stored[1:]),)).fetchone()
            self._words[stored] = words
        return self._words[stored]


def _json(value: object) -> str:
    # Not the canonical form: the order of the positions is kept.
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _row_of(operation: Operation) -> dict[str, object]:
    return {
        "site_seq": operation.site_seq,
        "operation_id": str(operation.operation_id),
        "site_id": operation.site_id,
        "type": operation.type.value,
        "toolkit": operation.toolkit,
        "kit": operation.kit,
        "kit_key": folded(operation.kit),
        "person_badge": operation.person_badge,
        "person_key": folded(operation.person_badge),
        "person_name": operation.person_name,
        "started_at": utc_text(operation.started_at),
        "finished_at": utc_text(operation.finished_at),
        "utc_offset_minutes": operation.utc_offset_minutes,
        "status": operation.status.value,
        "final_status": operation.final_status.value,
        "match_percentage": operation.match_percentage,
        "expected": _json(dict(operation.expected)),
        "counted": _json(
            [
                [c.tool_class, c.unit, c.count.value, c.by_hand, c.marking, c.note, c.photo, str(c.tool_id or "")]
                for c in operation.counted
            ]
        ),
        "photo_clean": operation.photos.clean or None,
        "photo_annotated": operation.photos.annotated or None,
        "model_name": operation.model_name,
        "model_sha256": operation.model_sha256,
        "app_version": operation.app_version,
        "note": operation.note,
        "closes": None if operation.closes is None else str(operation.closes),
        "closed_by": None,
        "giver_badge": operation.giver_badge,
        "giver_name": operation.giver_name,
        "witness_badge": operation.witness_badge,
        "witness_name": operation.witness_name,
        "work_order": operation.work_order,
        "aircraft": operation.aircraft,
        "expected_return": None if operation.expected_return is None else utc_text(operation.expected_return),
        "custody": _json(dict(operation.custody)),
        "holder_badge": operation.holder_badge,
        "holder_key": folded(operation.holder_badge),
        "holder_name": operation.holder_name,
        "overrides": _json([dict(override) for override in operation.overrides]),
        "cases": _json(list(operation.cases)),
        "later": _json([dict(entry) for entry in operation.later]),
        "checkout_unknown": operation.checkout_unknown,
    }


def _operation(row: Row[Any], result: Mapping[str, Any], words: Mapping[str, str]) -> Operation:
    return Operation(
        operation_id=UUID(row.operation_id),
        site_id=words["site_id"],
        site_seq=row.site_seq,
        type=OperationType(row.type),
        toolkit=row.toolkit,
        kit=row.kit,
        person_badge=row.person_badge,
        person_name=row.person_name,
        started_at=row.started_at,
        finished_at=row.finished_at,
        utc_offset_minutes=row.utc_offset_minutes,
        status=Status(row.status),
        final_status=Status(row.final_status),
        match_percentage=row.match_percentage,
        result=result,
        expected=json.loads(words["expected"]),
        counted=tuple(_position(*said) for said in json.loads(row.counted)),
        photos=Photos(row.photo_clean or "", row.photo_annotated or ""),
        model_name=words["model_name"],
        model_sha256=words["model_sha256"],
        app_version=row.app_version,
        note=row.note,
        closes=None if row.closes is None else UUID(row.closes),
        giver_badge=row.giver_badge,
        giver_name=row.giver_name,
        witness_badge=row.witness_badge,
        witness_name=row.witness_name,
        work_order=row.work_order,
        aircraft=row.aircraft,
        expected_return=row.expected_return,
        custody=json.loads(words["custody"]),
        holder_badge=row.holder_badge,
        holder_name=row.holder_name,
        overrides=tuple(json.loads(row.overrides)),
        cases=tuple(json.loads(row.cases)),
        later=tuple(json.loads(row.later)),
        checkout_unknown=row.checkout_unknown,
    )


def _position(
    tool_class: str,
    unit: int,
    count: str,
    by_hand: bool,
    marking: str = "",
    note: str = "",
    photo: str = "",
    tool_id: str = "",
) -> CountedPosition:
    """What the first schemas did not keep is empty."""
    tool = UUID(tool_id) if tool_id else None
    return CountedPosition(tool_class, unit, Count(count), by_hand, marking, note, photo, tool)
