"""What the centre said last of every row, over one SQLAlchemy connection."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, and_, func, select, tuple_
from sqlalchemy.dialects.sqlite import insert as insert_into_sqlite

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.hot import compiled, driver_of
from toolroom_desktop.services.sync.ports import Change, Known, Reach

_rows = tables.reference.c
_state = tables.sync_state

_COLUMNS = ("kind", "key", "version", "deleted", "content", "applied", "problem")
_insert = insert_into_sqlite(tables.reference)
_SAVE = compiled(
    _insert.on_conflict_do_update(
        index_elements=["kind", "key"], set_={name: _insert.excluded[name] for name in _COLUMNS[2:]}
    ),
    _COLUMNS,
)


class SqlReference:
    """The centre's rows, and how far they are known."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reach(self) -> Reach:
        """How far they are known; from the beginning where nothing is noted."""
        row = self._connection.execute(select(_state.c.cursor, _state.c.pulled_at)).one_or_none()
        return Reach() if row is None else Reach(row.cursor, row.pulled_at)

    def note_reach(self, cursor: str, at: datetime | None) -> None:
        """Note how far they are known."""
        said = {"cursor": cursor, "pulled_at": at}
        statement = insert_into_sqlite(_state).values(only_row=1, epoch="", **said)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["only_row"], set_=said))

    def known(self, places: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Known]:
        """What is known of each (kind, key); those of which nothing is are left out."""
        keys: dict[str, list[str]] = {}
        for kind, key in places:
            keys.setdefault(kind, []).append(key)
        found = {}
        for kind, those in keys.items():
            query = select(tables.reference).where(_rows.kind == kind, _rows.key.in_(those))
            found.update({(row.kind, row.key): _known(row) for row in self._connection.execute(query)})
        return found

    def get(self, kind: str, key: str) -> Known | None:
        """What is known of one row."""
        return self.known([(kind, key)]).get((kind, key))

    def save(self, rows: Sequence[Known]) -> None:
        """Add them, or replace those of their kind and key."""
        driver_of(self._connection).executemany(_SAVE, [_row_of(known) for known in rows])

    def waiting(self, kinds: Collection[str], after: tuple[str, str], *, most: int) -> list[Known]:
        """Rows of these kinds that are not applied, by kind and key, those after the place `after`."""
        query = (
            select(tables.reference)
            .where(
                _rows.applied.is_(False),
                _rows.kind.in_(sorted(kinds)),
                tuple_(_rows.kind, _rows.key) > tuple_(*after),
            )
            .order_by(_rows.kind, _rows.key)
            .limit(most)
        )
        return [_known(row) for row in self._connection.execute(query)]

    def aside(self, *, most: int) -> list[Known]:
        """Rows that could not be taken over, by kind and key."""
        query = select(tables.reference).where(_rows.applied.is_(False), _rows.problem != "")
        return [_known(row) for row in self._connection.execute(query.order_by(_rows.kind, _rows.key).limit(most))]

    def count_aside(self) -> int:
        """How many those are."""
        query = select(func.count()).select_from(tables.reference)
        return self._connection.scalar(query.where(and_(_rows.applied.is_(False), _rows.problem != ""))) or 0

    def of_kind(self, kind: str) -> list[Known]:
        """All rows of a kind, by key."""
        query = select(tables.reference).where(_rows.kind == kind).order_by(_rows.key)
        return [_known(row) for row in self._connection.execute(query)]


def _row_of(known: Known) -> dict[str, object]:
    change = known.change
    return {
        "kind": change.kind,
        "key": change.key,
        "version": change.version,
        "deleted": change.deleted,
        "content": json.dumps(change.content, ensure_ascii=False, sort_keys=True),
        "applied": known.applied,
        "problem": json.dumps([known.problem, known.details], ensure_ascii=False) if known.problem else "",
    }


def _known(row: Row[tuple[object, ...]]) -> Known:
    problem, details = json.loads(row.problem) if row.problem else ("", {})
    change = Change(row.kind, row.key, row.version, bool(row.deleted), json.loads(row.content))
    return Known(change, bool(row.applied), problem, details)
