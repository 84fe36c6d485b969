"""The journal and the evidence as what the centre has and has not, over one SQLAlchemy connection."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, case, func, null, select, update
from sqlalchemy.dialects.sqlite import insert as insert_into_sqlite

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.columns import utc_text
from toolroom_desktop.adapters.database.hot import compiled, driver_of
from toolroom_desktop.adapters.database.packing import Packing
from toolroom_desktop.services.sync.ports import File, Memory, Outgoing, Place, Waiting

_journal = tables.journal.c
_evidence = tables.evidence.c
_state = tables.sync_state
_NOT_WHOLE = _evidence.acked_bytes < _evidence.size
_HERE = _evidence.dropped_at.is_(None)
_AFTER = (
    select(*(column for column in _journal if column.name != "acked_at"))
    .where(_journal.site_seq > bindparam("after"))
    .order_by(_journal.site_seq)
    .limit(bindparam("most"))
)

# Compiled once: a page of photos is a hundred of these in one transaction, beside windows that want the interpreter.
_ACKNOWLEDGE_FILE = compiled(
    update(tables.evidence)
    .where(_evidence.sha256 == bindparam("name"))
    .values(
        acked_bytes=bindparam("held"),
        acked_at=case((_evidence.size <= bindparam("held"), bindparam("at")), else_=null()),
    )
)


class SqlOutbox:
    """What waits for the centre. The one thing of the journal that it changes is `acked_at`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def memory(self) -> Memory:
        """What was remembered; empty before the first round."""
        row = self._connection.execute(select(_state)).one_or_none()
        return Memory() if row is None else Memory(row.epoch, row.last_success, row.digest_at)

    def remember(self, memory: Memory) -> None:
        """Replaces what was remembered."""
        row = {"epoch": memory.epoch, "last_success": memory.last_success, "digest_at": memory.digest_at}
        statement = insert_into_sqlite(_state).values(only_row=1, **row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["only_row"], set_=row))

    def place(self, seq: int) -> Place | None:
        """The place of that entry."""
        found = self._connection.scalar(select(_journal.hash).where(_journal.site_seq == seq))
        return None if found is None else Place(seq, found)

    def after(self, seq: int, *, most: int, most_bytes: int) -> list[Outgoing]:
        """The next entries, as they lie here.

        An entry that somebody changed is not refused here: it no longer fits its hash, the centre sets it apart, and
        those after it go on.
        """
        entries: list[Outgoing] = []
        size = 0
        packing = Packing(self._connection)
        for row in self._connection.execute(_AFTER, {"after": seq, "most": most}).mappings():
            content = content_of(row, packing)
            # Letters are up to four bytes; what matters is that a batch has an end.
            size += len(content)
            if entries and size > most_bytes:
                break
            entries.append(Outgoing(row["site_seq"], row["prev_hash"], row["hash"], row["seal"], content))
        return entries

    def acknowledge(self, upto: int, at: datetime, *, most: int) -> int:
        """Note that the centre has them; how many were not noted yet, at most `most`."""
        waiting = (
            select(_journal.site_seq)
            .where(_journal.acked_at.is_(None), _journal.site_seq <= upto)
            .order_by(_journal.site_seq)
            .limit(most)
        )
        statement = update(tables.journal).where(_journal.site_seq.in_(waiting)).values(acked_at=at)
        return self._connection.execute(statement).rowcount

    def take_back(self, after: int, *, most: int) -> int:
        """Note that the centre has them not; how many were noted otherwise, at most `most`."""
        noted = select(_journal.site_seq).where(_journal.site_seq > after, _journal.acked_at.is_not(None)).limit(most)
        statement = update(tables.journal).where(_journal.site_seq.in_(noted)).values(acked_at=None)
        return self._connection.execute(statement).rowcount

    def waiting(self) -> Waiting:
        """Counts, by an index of what waits."""
        operations = self._connection.scalar(
            select(func.count()).select_from(tables.journal).where(_journal.acked_at.is_(None))
        )
        sums = select(func.count(), func.coalesce(func.sum(_evidence.size - _evidence.acked_bytes), 0))
        files, size = self._connection.execute(sums.where(_NOT_WHOLE, _HERE)).one()
        doubtful, _ = self._connection.execute(sums.where(_NOT_WHOLE, ~_HERE)).one()
        return Waiting(operations or 0, files, size, doubtful)

    def mentions(self, text: str, kinds: Collection[str]) -> bool:
        """By the index of what waits, which is short after a push."""
        query = select(_journal.site_seq).where(
            _journal.acked_at.is_(None), _journal.kind.in_(sorted(kinds)), func.instr(_journal.payload, text) > 0
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def hashes(self, after: int, upto: int) -> list[str]:
        """The hashes of after < site_seq <= upto, in order."""
        query = select(_journal.hash).where(_journal.site_seq > after, _journal.site_seq <= upto)
        return list(self._connection.scalars(query.order_by(_journal.site_seq)))

    def files(self, after: str, *, most: int) -> list[File]:
        """Files that are not whole over there."""
        query = select(_evidence.sha256, _evidence.size, _evidence.acked_bytes, _evidence.dropped_at).where(
            _NOT_WHOLE, _evidence.sha256 > after
        )
        rows = self._connection.execute(query.order_by(_evidence.sha256).limit(most))
        return [File(row.sha256, row.size, row.acked_bytes, row.dropped_at is not None) for row in rows]

    def acknowledge_file(self, sha256: str, bytes_held: int, at: datetime) -> None:
        """Note how much of it the centre has, and since when it has it whole."""
        values = {"name": sha256, "held": bytes_held, "at": utc_text(at)}
        driver_of(self._connection).execute(_ACKNOWLEDGE_FILE, values)

    def take_back_files(self) -> int:
        """Note that the centre may have none."""
        statement = update(tables.evidence).where(_evidence.acked_bytes > 0).values(acked_bytes=0, acked_at=None)
        return self._connection.execute(statement).rowcount

    def acknowledged_files(self) -> tuple[int, int]:
        """(number, bytes) of those that are whole over there."""
        query = select(func.count(), func.coalesce(func.sum(_evidence.size), 0)).where(
            _evidence.acked_bytes >= _evidence.size
        )
        files, size = self._connection.execute(query).one()
        return files, size


def content_of(row: RowMapping | dict[str, Any], packing: Packing) -> str:
    """The text that the entry's hash was made of, put together from the columns, which hold its very parts.

    It is what `domain.journal.content_text` makes of the entry, without reading the payload on the way. A payload that
    does not unpack was changed by somebody: `null` stands for it, which does not fit the hash either.
    """
    try:
        payload = packing.text(row["payload"])
    except ValueError:
        payload = "null"
    model = row["model_sha256"]
    return (
        f'{{"clock_back":{"true" if row["clock_back"] else "false"},"hlc":{_text(row["hlc"])},'
        f'"kind":{_text(row["kind"])},"model_sha256":{"null" if model is None else _text(model)},'
        f'"op_id":{_text(row["op_id"])},"payload":{payload},"schema_version":{row["schema_version"]},'
        f'"site_id":{_text(row["site_id"])},"site_seq":{row["site_seq"]},"wall_at":{_text(row["wall_at"])}}}'
    )


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
