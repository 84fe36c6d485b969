"""The plain operations of some weeks once more, weeks later: the cheapest way to years of records.

What is copied is every custody that was plain from its issue to its return. Each copy is an operation of its own: its
id, its number and its days are others, its entry continues the journal's chain, and all projections are as if it had
been recorded then.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from toolroom_desktop.adapters.database.history_codes import US_PER_DAY
from toolroom_desktop.adapters.database.history_writer import words_by_which
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.adapters.database.operation_rows import OPERATIONS, OperationRows
from toolroom_desktop.adapters.database.outbox import content_of
from toolroom_desktop.adapters.database.repositories import APPEND, MOVE_HEAD
from toolroom_desktop.adapters.database.tables import operation
from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.domain.journal import HybridTime, seal_of

_DAY_MS = 86_400_000
_FIRST_COPY = 0x10
"""With this and what follows the ids of copies begin; those that the program makes begin with 01 for centuries."""
_PLAIN = "status = 'success' AND counted = '[]' AND overrides = '[]' AND cases = '[]' AND later = '[]'"
_SAID = re.compile(r"\d{4}-\d\d-\d\d(?=T)|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_NUMBER = re.compile(r'"site_seq":\d+')


@dataclass
class Weeks:
    """What can be repeated of the journal up to here: rows and texts of plain custodies, in order."""

    rows: list[dict[str, Any]]
    texts: list[str]
    site_id: str
    copies: int = 0
    _after: int = 0

    @classmethod
    def of(cls, uow: SqlUnitOfWork, first_seq: int) -> Weeks:
        """Those that began at that entry or after it. Their words are kept in a temporary table."""
        driver = driver_of(uow.connection)
        found = driver.execute(
            f"SELECT site_seq, operation_id, closes, type, custody FROM operation WHERE site_seq >= ? AND {_PLAIN} "
            "ORDER BY site_seq",
            (first_seq,),
        ).fetchall()
        plain = _whole(found)
        driver.execute("CREATE TEMP TABLE IF NOT EXISTS again (base_seq INTEGER PRIMARY KEY, rank INTEGER, words TEXT)")
        driver.execute("DELETE FROM again")
        kept = OperationRows(uow.connection)
        rank = 0
        for row in uow.connection.execute(OPERATIONS.where(operation.c.site_seq >= first_seq).order_by("site_seq")):
            if row.site_seq in plain:
                rank += 1
                words = " ".join(words_by_which(kept.operation(row), []))
                driver.execute("INSERT INTO again VALUES (?, ?, ?)", (row.site_seq, rank, words))
        cursor = driver.execute(
            "SELECT j.* FROM again AS a JOIN journal AS j ON j.site_seq = a.base_seq ORDER BY a.rank"
        )
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
        texts = [uow.journal.packing.text(row["payload"]) for row in rows]
        return cls(rows, texts, uow.site_id)

    def again(self, uow: SqlUnitOfWork, days: int, key: bytes) -> int:
        """Repeat them that many days later, in this transaction; how many operations it were."""
        self.copies += 1
        self._entries(uow, days, key)
        self._projections(uow, days)
        return len(self.rows)

    def _name(self, operation_id: str) -> str:
        return f"{_FIRST_COPY + self.copies:02x}{operation_id[2:]}"

    def _entries(self, uow: SqlUnitOfWork, days: int, key: bytes) -> None:
        driver, packing = driver_of(uow.connection), uow.journal.packing
        head = uow.journal.head()
        later: dict[str, str] = {}

        def other(found: re.Match[str]) -> str:
            text = found[0]
            if len(text) > 10:
                return text if text == self.site_id else self._name(text)
            if text not in later:
                later[text] = (date.fromisoformat(text) + timedelta(days=days)).isoformat()
            return later[text]

        seq, hashed, hlc = head.site_seq, head.hash, head.hlc
        for row, text in zip(self.rows, self.texts, strict=True):
            seq += 1
            old = HybridTime.parse(row["hlc"])
            hlc = HybridTime(old.wall_ms + days * _DAY_MS, old.counter)
            payload = _NUMBER.sub(f'"site_seq":{seq}', _SAID.sub(other, text), count=1)
            entry = {
                **row,
                "site_seq": seq,
                "op_id": self._name(row["op_id"]),
                "hlc": str(hlc),
                "wall_at": _SAID.sub(other, row["wall_at"]),
                "clock_back": False,
                "payload": payload,
                "prev_hash": hashed,
            }
            hashed = hashlib.sha256(f"{hashed}\n{content_of(entry, packing)}".encode()).hexdigest()
            about = _toolkit(payload)
            entry |= {"payload": packing.packed(payload, about, seq), "hash": hashed, "seal": seal_of(hashed, key)}
            driver.execute(APPEND, entry)
        moved = {"site": self.site_id, "new_seq": seq, "new_hash": hashed, "new_hlc": str(hlc)}
        driver.execute(MOVE_HEAD, moved)
        self._after = head.site_seq

    def _projections(self, uow: SqlUnitOfWork, days: int) -> None:
        driver = driver_of(uow.connection)
        columns = [row[1] for row in driver.execute("PRAGMA table_info(operation)")]
        values = {name: f"o.{name}" for name in columns}
        values["site_seq"] = ":after + a.rank"
        for name in ("operation_id", "closes", "closed_by"):
            values[name] = f":copy || substr(o.{name}, 3)"
        for name in ("started_at", "finished_at", "expected_return"):
            values[name] = f"date(substr(o.{name}, 1, 10), :days) || substr(o.{name}, 11)"
        said = {"after": self._after, "copy": f"{_FIRST_COPY + self.copies:02x}", "days": f"+{days} days"}
        driver.execute(
            f"INSERT INTO operation ({', '.join(columns)}) SELECT {', '.join(values[name] for name in columns)} "
            "FROM again AS a JOIN operation AS o ON o.site_seq = a.base_seq ORDER BY a.rank",
            said,
        )
        columns = [row[1] for row in driver.execute("PRAGMA table_info(history)")]
        values = {name: f"h.{name}" for name in columns}
        values |= {"site_seq": ":after + a.rank", "finished_us": f"h.finished_us + {days * US_PER_DAY}"}
        driver.execute(
            f"INSERT INTO history ({', '.join(columns)}) SELECT {', '.join(values[name] for name in columns)} "
            "FROM again AS a JOIN history AS h ON h.site_seq = a.base_seq ORDER BY a.rank",
            said,
        )
        driver.execute(
            "INSERT INTO history_person SELECT p.person, :after + a.rank, p.parts FROM history_person AS p "
            "JOIN again AS a ON a.base_seq = p.site_seq ORDER BY p.person, p.site_seq",
            said,
        )
        driver.execute(
            "INSERT INTO history_text (rowid, words) SELECT :after + rank, words FROM again ORDER BY rank", said
        )
        driver.execute(
            f"INSERT INTO history_day SELECT finished_us / {US_PER_DAY} AS day, min(site_seq), max(site_seq) "
            "FROM history WHERE site_seq > :after GROUP BY day ORDER BY day ON CONFLICT (day) DO UPDATE SET "
            "first_seq = min(first_seq, excluded.first_seq), last_seq = max(last_seq, excluded.last_seq)",
            said,
        )


def _whole(found: list[Any]) -> set[int]:
    """The numbers of those that belong to a custody that is plain from its issue to its return."""
    open_: dict[str, list[int]] = {}
    plain: set[int] = set()
    for seq, operation_id, closes, type_, custody in found:
        chain = [seq] if type_ == "checkout" else None
        if closes is not None and closes in open_:
            chain = [*open_.pop(closes), seq]
        if chain is None:
            continue
        if custody == "{}":
            plain.update(chain)
        else:
            open_[operation_id] = chain
    return plain


def _toolkit(payload: str) -> str:
    begin = payload.rindex('"toolkit":"') + len('"toolkit":"')
    return payload[begin : payload.index('"', begin)]
