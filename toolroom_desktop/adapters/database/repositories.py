"""People, catalogue, journal and evidence over one SQLAlchemy connection, as `services/ports.py` promises them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, null, or_, select, update
from sqlalchemy.dialects.sqlite import insert as insert_into_sqlite

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.columns import folded, utc_text
from toolroom_desktop.adapters.database.hot import compiled, driver_of
from toolroom_desktop.adapters.database.packing import Packing
from toolroom_desktop.domain.errors import BadInput, DatabaseProblem, NotFound
from toolroom_desktop.domain.journal import Head, HybridTime, JournalEntry, canonical_json, head_of
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.toolkit import ClassThreshold, Kit, Position, Toolkit

_PAGE = 500
_FEW = 20


class SqlPeople:
    """People by badge."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_badge(self, badge: str) -> Person | None:
        """The person with that badge."""
        row = self._connection.execute(
            select(tables.person).where(tables.person.c.badge_key == folded(badge))
        ).one_or_none()
        return None if row is None else _person(row)

    def all(self) -> list[Person]:
        """Everybody, by name."""
        rows = self._connection.execute(select(tables.person))
        return sorted((_person(row) for row in rows), key=lambda person: (folded(person.name), folded(person.badge)))

    def add(self, person: Person) -> None:
        """Raises `BadInput("people.badge_taken")` for a badge that is taken."""
        taken = self.by_badge(person.badge)
        if taken is not None:
            raise BadInput("people.badge_taken", badge=taken.badge, name=taken.name)
        self._connection.execute(insert(tables.person), _person_row(person))

    def save(self, person: Person) -> None:
        """Replaces the person with that badge; raises `LookupError` when nobody has it."""
        row = _person_row(person)
        changed = self._connection.execute(
            update(tables.person).where(tables.person.c.badge_key == row["badge_key"]).values(row)
        )
        if changed.rowcount != 1:
            raise LookupError(f"nobody has the badge {person.badge!r}")


def _person_row(person: Person) -> dict[str, object]:
    return {
        "badge_key": folded(person.badge),
        "badge": person.badge.strip(),
        "name": person.name,
        "role": person.role.value,
        "pin_hash": person.pin_hash,
        "active": person.active,
        "wrong_pins": person.wrong_pins,
        "locked_until": person.locked_until,
        "expires_on": None if person.expires_on is None else person.expires_on.isoformat(),
        "must_change_pin": person.must_change_pin,
    }


def _person(row: Row[Any]) -> Person:
    return Person(
        badge=row.badge,
        name=row.name,
        role=Role(row.role),
        pin_hash=row.pin_hash,
        active=row.active,
        wrong_pins=row.wrong_pins,
        locked_until=row.locked_until,
        expires_on=None if row.expires_on is None else date.fromisoformat(row.expires_on),
        must_change_pin=row.must_change_pin,
    )


class SqlCatalogue:
    """Toolkits and kits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def toolkit(self, name: str) -> Toolkit | None:
        """The toolkit of that name."""
        found = self._toolkits(folded(name))
        return found[0] if found else None

    def toolkits(self) -> list[Toolkit]:
        """All toolkits, by name."""
        return self._toolkits(None)

    def save_toolkit(self, toolkit: Toolkit) -> None:
        """Adds the toolkit or replaces the one of that name."""
        key = folded(toolkit.name)
        row: dict[str, object] = {
            "name": toolkit.name.strip(),
            "title_ru": toolkit.title_ru,
            "title_en": toolkit.title_en,
            "thresholds": json.dumps(
                {name: [limit.accept, limit.review] for name, limit in toolkit.thresholds.items()}, ensure_ascii=False
            ),
        }
        table, positions = tables.toolkit, tables.toolkit_position
        changed = self._connection.execute(update(table).where(table.c.name_key == key).values(row))
        if changed.rowcount == 0:
            self._connection.execute(insert(table), {"name_key": key, **row})
        self._connection.execute(delete(positions).where(positions.c.toolkit_key == key))
        self._connection.execute(
            insert(positions),
            [
                {
                    "toolkit_key": key,
                    "place": place,
                    "tool_class": position.tool_class,
                    "quantity": position.quantity,
                    "name_ru": position.name_ru,
                    "name_en": position.name_en,
                }
                for place, position in enumerate(toolkit.positions)
            ],
        )

    def kit(self, number_or_code: str) -> Kit | None:
        """The kit of that number or, failing that, with that code on its label."""
        key = folded(number_or_code)
        if not key:
            return None
        rows = self._connection.execute(
            self._kits.where(or_(tables.kit.c.number_key == key, tables.kit.c.code_key == key))
        ).all()
        rows = sorted(rows, key=lambda row: bool(row.number_key != key))
        return _kit(rows[0]) if rows else None

    def kits(self) -> list[Kit]:
        """All kits, by number."""
        return [_kit(row) for row in self._connection.execute(self._kits.order_by(tables.kit.c.number_key))]

    def save_kit(self, kit: Kit) -> None:
        """Adds the kit or replaces the one of that number.

        Raises `NotFound("kit.toolkit_unknown")`, or `BadInput("kit.code_taken")` when a scan of its code or of its
        number would mean another kit.
        """
        number_key, toolkit_key, code_key = folded(kit.number), folded(kit.toolkit), folded(kit.code) or None
        known = self._connection.scalar(select(tables.toolkit.c.name).where(tables.toolkit.c.name_key == toolkit_key))
        if known is None:
            raise NotFound("kit.toolkit_unknown", kit=kit.number, toolkit=kit.toolkit)
        self._refuse_ambiguous(kit, number_key, code_key)
        table = tables.kit
        row: dict[str, object] = {
            "number": kit.number.strip(),
            "toolkit_key": toolkit_key,
            "code_key": code_key,
            "code": kit.code.strip(),
        }
        changed = self._connection.execute(update(table).where(table.c.number_key == number_key).values(row))
        if changed.rowcount == 0:
            self._connection.execute(insert(table), {"number_key": number_key, **row})

    def remove_toolkit(self, name: str) -> None:
        """Forget it with its positions."""
        self._connection.execute(delete(tables.toolkit).where(tables.toolkit.c.name_key == folded(name)))

    def remove_kit(self, number: str) -> None:
        """Forget it, and which of its places are empty."""
        key = folded(number)
        self._connection.execute(delete(tables.empty_place).where(tables.empty_place.c.kit_key == key))
        self._connection.execute(delete(tables.kit).where(tables.kit.c.number_key == key))

    _kits = select(
        tables.kit.c.number_key, tables.kit.c.number, tables.kit.c.code, tables.toolkit.c.name.label("toolkit")
    ).join(tables.toolkit, tables.toolkit.c.name_key == tables.kit.c.toolkit_key)

    def _refuse_ambiguous(self, kit: Kit, number_key: str, code_key: str | None) -> None:
        table = tables.kit
        for text, key in ((kit.code, code_key), (kit.number, number_key)):
            if key is None:
                continue
            other = self._connection.scalar(
                select(table.c.number).where(
                    table.c.number_key != number_key, or_(table.c.number_key == key, table.c.code_key == key)
                )
            )
            if other is not None:
                raise BadInput("kit.code_taken", code=text.strip(), kit=other)

    def _toolkits(self, key: str | None) -> list[Toolkit]:
        table, positions = tables.toolkit, tables.toolkit_position
        query = (
            select(table, positions)
            .join(positions, positions.c.toolkit_key == table.c.name_key)
            .order_by(table.c.name_key, positions.c.place)
        )
        if key is not None:
            query = query.where(table.c.name_key == key)
        by_key: dict[str, list[Any]] = {}
        for row in self._connection.execute(query).mappings():
            by_key.setdefault(row[table.c.name_key], []).append(row)
        return [_toolkit(rows) for rows in by_key.values()]


def _toolkit(rows: list[Any]) -> Toolkit:
    table, positions = tables.toolkit.c, tables.toolkit_position.c
    thresholds = json.loads(rows[0][table.thresholds])
    return Toolkit(
        name=rows[0][table.name],
        title_ru=rows[0][table.title_ru],
        title_en=rows[0][table.title_en],
        positions=tuple(
            Position(row[positions.tool_class], row[positions.quantity], row[positions.name_ru], row[positions.name_en])
            for row in rows
        ),
        thresholds={name: ClassThreshold(accept, review) for name, (accept, review) in thresholds.items()},
    )


def _kit(row: Any) -> Kit:
    return Kit(number=row.number, toolkit=row.toolkit, code=row.code)


_JOURNAL_COLUMNS = [column.name for column in tables.journal.c if column.name != "acked_at"]
_JOURNAL = select(*(tables.journal.c[name] for name in _JOURNAL_COLUMNS))
_JOURNAL_PAGE = (
    _JOURNAL.where(tables.journal.c.site_seq > bindparam("after")).order_by(tables.journal.c.site_seq).limit(_PAGE)
)
_JOURNAL_BY_ID = _JOURNAL.where(tables.journal.c.op_id == bindparam("op_id"))
APPEND = compiled(insert(tables.journal), _JOURNAL_COLUMNS)
_head = tables.journal_head.c
_HEAD = compiled(select(_head.site_seq, _head.hash, _head.hlc, _head.heard).where(_head.site_id == bindparam("site")))
_HEAR = compiled(update(tables.journal_head).where(_head.site_id == bindparam("site")).values(heard=bindparam("at")))
MOVE_HEAD = compiled(
    update(tables.journal_head)
    .where(_head.site_id == bindparam("site"))
    .values(site_seq=bindparam("new_seq"), hash=bindparam("new_hash"), hlc=bindparam("new_hlc"))
)


class SqlJournal:
    """The chain of this station."""

    def __init__(self, connection: Connection, site_id: str) -> None:
        self._connection = connection
        self._site_id = site_id
        # Within one transaction nobody else moves it, so it is read once.
        self._head: Head | None = None
        self._newest: JournalEntry | None = None
        self.packing = Packing(connection)

    def head(self) -> Head:
        """The noted head."""
        if self._head is None:
            site_seq, hash_, *times = driver_of(self._connection).execute(_HEAD, {"site": self._site_id}).fetchone()
            self._head = Head(site_seq, hash_, *map(HybridTime.parse, times))
        return self._head

    def append(self, entry: JournalEntry) -> None:
        """Stores the entry and moves the noted head.

        Raises `ValueError` for an entry that does not continue the head, and
        `DatabaseProblem("database.journal_broken")` when the journal itself does not end where its head says.
        """
        head = self.head()
        if (entry.site_id, entry.site_seq, entry.prev_hash) != (self._site_id, head.site_seq + 1, head.hash):
            raise ValueError(f"entry {entry.site_seq} of {entry.site_id} does not continue the head {head}")
        driver = driver_of(self._connection)
        row = row_of(entry)
        row["payload"] = self.packing.packed(str(row["payload"]), entry.payload.get("toolkit"), entry.site_seq)
        try:
            driver.execute(APPEND, row)
        except sqlite3.IntegrityError as error:
            if "continues after its last entry" not in str(error):
                raise
            raise DatabaseProblem("database.journal_broken", site_seq=head.site_seq) from error
        driver.execute(
            MOVE_HEAD,
            {
                "site": self._site_id,
                "new_seq": entry.site_seq,
                "new_hash": entry.hash,
                "new_hlc": str(entry.hlc),
            },
        )
        self._head = replace(head_of(entry), heard=head.heard)
        self._newest = entry

    def hear(self, at: HybridTime) -> None:
        """Note a time of another station, where it is later than all that were heard of."""
        head = self.head()
        if at > head.heard:
            driver_of(self._connection).execute(_HEAR, {"site": self._site_id, "at": str(at)})
            self._head = replace(head, heard=at)

    def entries(self, *, after_seq: int = 0) -> Iterator[JournalEntry]:
        """In site_seq order, read page by page.

        Raises `DatabaseProblem("database.journal_unreadable")` at a row that no program wrote in this way.
        """
        while True:
            page = self._connection.execute(_JOURNAL_PAGE, {"after": after_seq}).mappings().all()
            for row in page:
                yield entry_of(row, self.packing)
            if len(page) < _PAGE:
                return
            after_seq = page[-1]["site_seq"]

    def by_id(self, op_id: UUID) -> JournalEntry | None:
        """The entry of that id."""
        row = self._connection.execute(_JOURNAL_BY_ID, {"op_id": str(op_id)}).mappings().one_or_none()
        return None if row is None else entry_of(row, self.packing)

    def appended(self, site_seq: int) -> JournalEntry | None:
        """The entry of that number, if it is the one that this transaction appended last."""
        newest = self._newest
        return newest if newest is not None and newest.site_seq == site_seq else None

    def mentioning(self, text: str, kinds: Sequence[str], *, limit: int) -> list[JournalEntry]:
        """The newest entries of these kinds whose payload contains `text`, the newest first."""
        column = tables.journal.c
        # What is packed can only be looked into here.
        packed = func.typeof(column.payload) == "blob"
        query = _JOURNAL.where(column.kind.in_(kinds), or_(packed, func.instr(column.payload, text) > 0))
        rows = self._connection.execution_options(yield_per=_FEW).execute(query.order_by(column.site_seq.desc()))
        found: list[JournalEntry] = []
        with rows:
            for row in rows.mappings():
                if self._says(row["payload"], text):
                    found.append(entry_of(row, self.packing))
                if len(found) == limit:
                    break
        return found

    def _says(self, stored: str | bytes, text: str) -> bool:
        try:
            return text in self.packing.text(stored)
        except ValueError:
            return False


def row_of(entry: JournalEntry) -> dict[str, object]:
    """The row that keeps an entry, in the texts that are hashed."""
    return {
        "site_seq": entry.site_seq,
        "op_id": str(entry.op_id),
        "site_id": entry.site_id,
        "hlc": str(entry.hlc),
        "wall_at": utc_text(entry.wall_at),
        "clock_back": entry.clock_back,
        "kind": entry.kind,
        "payload": canonical_json(entry.payload),
        "schema_version": entry.schema_version,
        "model_sha256": entry.model_sha256,
        "prev_hash": entry.prev_hash,
        "hash": entry.hash,
        "seal": entry.seal,
    }


def entry_of(row: Mapping[Any, Any], packing: Packing) -> JournalEntry:
    """The entry that a row keeps.

    A row that says the same in other letters (blanks in the JSON, a key given twice, another spelling of the time)
    was changed by somebody, although it would still hash well: it is refused like one that cannot be read.
    """
    try:
        text = packing.text(row["payload"])
        entry = JournalEntry(
            op_id=UUID(row["op_id"]),
            site_id=row["site_id"],
            site_seq=row["site_seq"],
            hlc=HybridTime.parse(row["hlc"]),
            wall_at=datetime.fromisoformat(row["wall_at"]).astimezone(UTC),
            clock_back=row["clock_back"],
            kind=row["kind"],
            payload=json.loads(text),
            model_sha256=row["model_sha256"],
            prev_hash=row["prev_hash"],
            hash=row["hash"],
            seal=row["seal"],
            schema_version=row["schema_version"],
        )
        unchanged = row_of(entry) == {**row, "payload": text}
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise DatabaseProblem("database.journal_unreadable", site_seq=row["site_seq"]) from error
    if not unchanged:
        raise DatabaseProblem("database.journal_unreadable", site_seq=row["site_seq"])
    return entry


_NOTE_EVIDENCE = compiled(
    # A photo that was deleted here, because the centre has it, and that is put once more lies here again.
    insert_into_sqlite(tables.evidence).on_conflict_do_update(
        index_elements=["sha256"], set_={"dropped_at": null()}, where=tables.evidence.c.dropped_at.is_not(None)
    ),
    ("sha256", "size", "acked_bytes"),
)


class SqlEvidence:
    """Which evidence files belong to the records."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, sha256: str, size: int) -> None:
        """Notes a file that lies here; a second note of the same content changes nothing else."""
        driver_of(self._connection).execute(_NOTE_EVIDENCE, {"sha256": sha256, "size": size, "acked_bytes": 0})

    def all(self) -> Iterator[tuple[str, int]]:
        """Every file that is to lie here as (SHA-256, size in bytes), in the order of the hashes."""
        table = tables.evidence
        after = ""
        while True:
            page = self._connection.execute(
                select(table.c.sha256, table.c.size)
                .where(table.c.sha256 > after, table.c.dropped_at.is_(None))
                .order_by(table.c.sha256)
                .limit(_PAGE)
            ).all()
            yield from ((row.sha256, row.size) for row in page)
            if len(page) < _PAGE:
                return
            after = page[-1].sha256
