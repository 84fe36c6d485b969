"""Operations as projections of the journal."""

from __future__ import annotations

import json
import sqlite3
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    exists,
    insert,
    literal_column,
    not_,
    or_,
    select,
    update,
)

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.columns import folded, utc_text
from toolroom_desktop.adapters.database.hot import compiled, driver_of
from toolroom_desktop.domain.errors import Refused
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import (
    Count,
    CountedPosition,
    Operation,
    OperationType,
    Photos,
    refuse_unless_possible,
)
from toolroom_desktop.domain.shifts import KitOut

_columns = tables.operation.c
_ADD = compiled(insert(tables.operation), _columns.keys())
_SELECT = select(tables.operation)
_NOTHING = "{}"
# Literal, so that SQLite sees that the partial index of owed counts fits.
_NO_COUNT: ColumnElement[str] = literal_column("'[]'")
_SUCCESS: ColumnElement[str] = literal_column(f"'{Status.SUCCESS.value}'")
IS_OUT = (_columns.custody != _NOTHING, _columns.closed_by.is_(None))
_CLOSE = (
    update(tables.operation)
    .where(
        _columns.operation_id == bindparam("checkout"),
        _columns.kit_key == bindparam("of_kit"),
        *IS_OUT,
    )
    .values(closed_by=bindparam("checkin"))
)
_TWICE = "UNIQUE constraint failed: operation.operation_id"
_KIT_OUT_TWICE = "UNIQUE constraint failed: operation.kit_key"


_AMENDED = (
    "final_status",
    "counted",
    "note",
    "witness_badge",
    "witness_name",
    "work_order",
    "aircraft",
    "expected_return",
    "custody",
    "cases",
    "later",
)


class SqlOperations:
    """Operations of this station."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, operation: Operation) -> None:
        """Ends the custody that the operation closes, and adds it.

        Raises `Refused` when the kit is out already, when the custody to be closed is not open, or when the operation
        is recorded already: the last word, below the services' own question.
        """
        if operation.closes is not None:
            closed = self._connection.execute(
                _CLOSE,
                {
                    "checkout": str(operation.closes),
                    "of_kit": folded(operation.kit),
                    "checkin": str(operation.operation_id),
                },
            )
            if closed.rowcount != 1 and not self._close_elsewhere(operation):
                raise Refused("operation.kit_not_out", kit=operation.kit)
        try:
            driver_of(self._connection).execute(_ADD, _row_of(operation))
        except sqlite3.IntegrityError as error:
            if _TWICE in str(error):
                raise Refused("operation.already_recorded", kit=operation.kit) from error
            if _KIT_OUT_TWICE not in str(error):
                raise
            refuse_unless_possible(operation.type, operation.kit, self.open_checkout(operation.kit))
            raise

    def by_id(self, operation_id: UUID) -> Operation | None:
        """The operation of that id."""
        return self._one(_columns.operation_id == str(operation_id))

    def recent(self, *, limit: int, before_seq: int | None = None) -> list[Operation]:
        """Newest first, by site_seq; `before_seq` continues a page."""
        query = _SELECT.order_by(_columns.site_seq.desc()).limit(limit)
        if before_seq is not None:
            query = query.where(_columns.site_seq < before_seq)
        return [operation_of_row(row) for row in self._connection.execute(query)]

    def open_checkout(self, kit_number: str) -> Operation | None:
        """The operation since which that kit, or a part of it, is out; None while it is in."""
        return self._one(_columns.kit_key == folded(kit_number), *IS_OUT)

    def open_checkouts(self) -> list[Operation]:
        """The operations since which kits are out, oldest first."""
        # Asked for an order, SQLite walks all operations in it instead of the index of those that are out.
        rows = self._connection.execute(_SELECT.where(*IS_OUT))
        return sorted((operation_of_row(row) for row in rows), key=lambda operation: operation.site_seq)

    def kits_out(self) -> list[KitOut]:
        """The kits that are out, the longest first: quick, for whoever does not want the operations themselves."""
        query = select(
            _columns.site_seq,
            _columns.kit,
            _columns.holder_badge,
            _columns.holder_name,
            _columns.finished_at,
            _columns.expected_return,
            _columns.aircraft,
            _columns.work_order,
        ).where(*IS_OUT)
        return [KitOut(*said) for _seq, *said in sorted(self._connection.execute(query), key=lambda row: row.site_seq)]

    def held_by(self, badge: str) -> list[Operation]:
        """Operations since which kits are out in that person's custody, oldest first."""
        query = _SELECT.where(_columns.holder_key == folded(badge), *IS_OUT).order_by(_columns.site_seq)
        return [operation_of_row(row) for row in self._connection.execute(query)]

    def counts_owed(self) -> list[Operation]:
        """Operations whose count is still owed and whose kit nothing was done with since, oldest first."""
        later = tables.operation.alias("later")
        settled = exists().where(
            later.c.kit_key == _columns.kit_key,
            later.c.site_seq > _columns.site_seq,
        )
        query = _SELECT.where(_columns.counted == _NO_COUNT, _columns.status != _SUCCESS, not_(settled))
        return [operation_of_row(row) for row in self._connection.execute(query.order_by(_columns.site_seq))]

    def by_photo(self, sha256: str) -> Operation | None:
        """The newest operation with that photo, clean or annotated."""
        return self._one(or_(_columns.photo_clean == sha256, _columns.photo_annotated == sha256))

    def newest_of(self, kit: str) -> Operation | None:
        """What was done last with that kit."""
        return self._one(_columns.kit_key == folded(kit))

    def ended_by(self, operation_id: UUID) -> Operation | None:
        """The operation that ended the custody which began with that one."""
        query = select(_columns.closed_by).where(_columns.operation_id == str(operation_id))
        name = self._connection.execute(query).scalar()
        return None if name is None else self.by_id(UUID(name))

    def amend(self, operation: Operation) -> None:
        """What holds of a recorded operation now: its count, details, custody, cases, and what was said of it later.

        What happened stays as it is: who, when, what recognition said, the photos.
        """
        row = _row_of(operation) | {"expected_return": operation.expected_return}
        self._connection.execute(
            update(tables.operation)
            .where(_columns.operation_id == str(operation.operation_id))
            .values({name: row[name] for name in _AMENDED})
        )

    def end_elsewhere(self, operation_id: UUID, by: UUID) -> bool:
        """Note that an operation of another station ended this custody; whether it was open."""
        statement = update(tables.operation).where(_columns.operation_id == str(operation_id), *IS_OUT)
        return self._connection.execute(statement.values(closed_by=str(by))).rowcount == 1

    def join(self, operation_id: UUID, checkout: UUID) -> None:
        """Note which custody was ended by a return that did not know of it."""
        statement = update(tables.operation).where(_columns.operation_id == str(operation_id))
        self._connection.execute(statement.values(closes=str(checkout)))

    def closed_by(self, operation_id: UUID) -> UUID | None:
        """The operation, of whichever station, that ended the custody which began with that one."""
        query = select(_columns.closed_by).where(_columns.operation_id == str(operation_id))
        name = self._connection.execute(query).scalar()
        return None if name is None else UUID(name)

    def _close_elsewhere(self, operation: Operation) -> bool:
        """End a custody that began at another station; whether it was open."""
        table = tables.elsewhere_custody
        statement = update(table).where(
            table.c.operation_id == str(operation.closes),
            table.c.kit_key == folded(operation.kit),
            table.c.closed_by.is_(None),
        )
        return self._connection.execute(statement.values(closed_by=str(operation.operation_id))).rowcount == 1

    def _one(self, *conditions: Any) -> Operation | None:
        query = _SELECT.where(*conditions).order_by(_columns.site_seq.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else operation_of_row(row)


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
        "result": _json(dict(operation.result)),
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


def operation_of_row(row: Row[Any]) -> Operation:
    """The operation that a row of its table keeps."""
    return Operation(
        operation_id=UUID(row.operation_id),
        site_id=row.site_id,
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
        result=json.loads(row.result),
        expected=json.loads(row.expected),
        counted=tuple(_position(*said) for said in json.loads(row.counted)),
        photos=Photos(row.photo_clean or "", row.photo_annotated or ""),
        model_name=row.model_name,
        model_sha256=row.model_sha256,
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
        custody=json.loads(row.custody),
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
