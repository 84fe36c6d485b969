"""Operations as projections of the journal."""

from __future__ import annotations

import json
import sqlite3
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
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
from toolroom_desktop.adapters.database.columns import folded
from toolroom_desktop.adapters.database.history_writer import HistoryWriter
from toolroom_desktop.adapters.database.hot import compiled, driver_of
from toolroom_desktop.adapters.database.operation_rows import OPERATIONS, OperationRows
from toolroom_desktop.adapters.database.repositories import SqlJournal
from toolroom_desktop.domain.errors import Refused
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import (
    Operation,
    refuse_unless_possible,
)
from toolroom_desktop.domain.shifts import KitOut
from toolroom_desktop.services.result_json import result_in

_columns = tables.operation.c
ADD = compiled(insert(tables.operation), _columns.keys())
_NOTHING = "{}"
# Literal, so that SQLite sees that the partial index of owed counts fits.
_NO_COUNT: ColumnElement[str] = literal_column("'[]'")
_SUCCESS: ColumnElement[str] = literal_column(f"'{Status.SUCCESS.value}'")
_BY_ID = OPERATIONS.where(_columns.operation_id == bindparam("operation"))
IS_OUT = (_columns.custody != _NOTHING, _columns.closed_by.is_(None))
_CLOSE = (
    "UPDATE operation SET closed_by = :checkin "
    "WHERE operation_id = :checkout AND kit_key = :of_kit AND custody <> '{}' AND closed_by IS NULL"
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

    def __init__(self, connection: Connection, journal: SqlJournal) -> None:
        self._connection = connection
        self._journal = journal
        self._rows = OperationRows(connection)
        self._history = HistoryWriter(connection)

    def add(self, operation: Operation, *, once_more: bool = False) -> None:
        """Ends the custody that the operation closes, and adds it.

        `once_more`: it was recorded before, and what it closes may be known to the centre alone.

        Raises `Refused` when the kit is out already, when the custody to be closed is not open, or when the operation
        is recorded already: the last word, below the services' own question.
        """
        if operation.closes is not None:
            closed = driver_of(self._connection).execute(
                _CLOSE,
                {
                    "checkout": str(operation.closes),
                    "of_kit": folded(operation.kit),
                    "checkin": str(operation.operation_id),
                },
            )
            if closed.rowcount != 1 and not self._close_elsewhere(operation) and not once_more:
                raise Refused("operation.kit_not_out", kit=operation.kit)
        try:
            driver_of(self._connection).execute(ADD, self._rows.row(operation) | {"result": self._result(operation)})
        except sqlite3.IntegrityError as error:
            if _TWICE in str(error):
                raise Refused("operation.already_recorded", kit=operation.kit) from error
            if _KIT_OUT_TWICE not in str(error):
                raise
            refuse_unless_possible(operation.type, operation.kit, self.open_checkout(operation.kit))
            raise
        self._history.add(operation)

    def by_id(self, operation_id: UUID) -> Operation | None:
        """The operation of that id."""
        row = self._connection.execute(_BY_ID, {"operation": str(operation_id)}).one_or_none()
        return None if row is None else self._rows.operation(row)

    def recent(self, *, limit: int, before_seq: int | None = None) -> list[Operation]:
        """Newest first, by site_seq; `before_seq` continues a page."""
        before = _columns.site_seq > 0 if before_seq is None else _columns.site_seq < before_seq
        return self._all(OPERATIONS.where(before).order_by(_columns.site_seq.desc()).limit(limit))

    def open_checkout(self, kit_number: str) -> Operation | None:
        """The operation since which that kit, or a part of it, is out; None while it is in."""
        return self._one(_columns.kit_key == folded(kit_number), *IS_OUT)

    def open_checkouts(self) -> list[Operation]:
        """The operations since which kits are out, oldest first."""
        # Asked for an order, SQLite walks all operations in it instead of the index of those that are out.
        return sorted(self._all(OPERATIONS.where(*IS_OUT)), key=lambda operation: operation.site_seq)

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
            _columns.site_id,
            _columns.operation_id,
        ).where(*IS_OUT)
        return [
            KitOut(*row[1:8], site_id=self._rows.text(row.site_id), operation=row.operation_id)
            for row in sorted(self._connection.execute(query), key=lambda row: row.site_seq)
        ]

    def held_by(self, badge: str) -> list[Operation]:
        """Operations since which kits are out in that person's custody, oldest first."""
        query = OPERATIONS.where(_columns.holder_key == folded(badge), *IS_OUT).order_by(_columns.site_seq)
        return self._all(query)

    def counts_owed(self) -> list[Operation]:
        """Operations whose count is still owed and whose kit nothing was done with since, oldest first."""
        later = tables.operation.alias("later")
        settled = exists().where(
            later.c.kit_key == _columns.kit_key,
            later.c.site_seq > _columns.site_seq,
        )
        query = OPERATIONS.where(_columns.counted == _NO_COUNT, _columns.status != _SUCCESS, not_(settled))
        return self._all(query.order_by(_columns.site_seq))

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
        before = self.by_id(operation.operation_id)
        if before is None:
            raise LookupError(f"operation {operation.operation_id} is not recorded")
        row = self._rows.row(operation) | {"expected_return": operation.expected_return}
        self._connection.execute(
            update(tables.operation)
            .where(_columns.operation_id == str(operation.operation_id))
            .values({name: row[name] for name in _AMENDED})
        )
        self._history.amend(before, operation)

    def _result(self, operation: Operation) -> str:
        """Nothing where the journal's entry gives the result back; else its JSON."""
        entry = self._journal.appended(operation.site_seq)
        if entry is not None and result_in(entry.payload) == operation.result:
            return ""
        return json.dumps(dict(operation.result), ensure_ascii=False, allow_nan=False)

    def _all(self, query: Select[Any]) -> list[Operation]:
        return [self._rows.operation(row) for row in self._connection.execute(query)]

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
        query = OPERATIONS.where(*conditions).order_by(_columns.site_seq.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else self._rows.operation(row)
