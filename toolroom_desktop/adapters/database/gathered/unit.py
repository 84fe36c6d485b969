"""One transaction over the records of all stations, written or asked by the code of a station's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select, update

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.columns import folded
from toolroom_desktop.adapters.database.gathered.history import (
    GatheredFigures,
    GatheredHistory,
    GatheredHistoryWriter,
    Origins,
)
from toolroom_desktop.adapters.database.gathered.shape import gathered_site, gathered_state
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.adapters.database.operation_repository import ADD, IS_OUT, SqlOperations
from toolroom_desktop.adapters.database.operation_rows import OPERATIONS
from toolroom_desktop.adapters.database.report_repository import SqlReports
from toolroom_desktop.adapters.database.repositories import APPEND, MOVE_HEAD, SqlJournal, row_of
from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.shifts import KitOut
from toolroom_desktop.services.reports.ports import AllStations, Only, Within
from toolroom_desktop.services.sync.gathering_ports import SiteState
from toolroom_desktop.services.sync.ports import Place

_operation = tables.operation.c
_ENDED_BY = (
    "SELECT operation_id FROM operation WHERE closes = :checkout AND kit_key = :of_kit ORDER BY site_seq LIMIT 1"
)
_END = "UPDATE operation SET closed_by = :by WHERE operation_id = :checkout AND kit_key = :of_kit AND closed_by IS NULL"
_IS_OF = "UPDATE history SET site = :site WHERE site_seq = :number"
_KEEP_ORIGIN = "INSERT INTO gathered_entry (number, site, seq) VALUES (:number, :site, :seq)"
_OWED = (
    "SELECT o.site_seq FROM operation AS o JOIN journal AS j ON j.site_seq = o.site_seq "
    "WHERE o.counted = '[]' AND o.status <> 'success' AND NOT EXISTS ("
    "SELECT 1 FROM operation AS later JOIN journal AS lj ON lj.site_seq = later.site_seq "
    "WHERE later.kit_key = o.kit_key AND lj.hlc > j.hlc) ORDER BY j.hlc"
)


class GatheredOperations(SqlOperations):
    """Operations of all stations. In which order they come does not matter."""

    def __init__(
        self, connection: Connection, journal: SqlJournal, origins: Origins, marking_of: Callable[[UUID], str]
    ) -> None:
        super().__init__(connection, journal)
        self._origins = origins
        self._history = GatheredHistoryWriter(connection, marking_of)

    def take(self, operation: Operation, site: int) -> None:
        """Add an operation of the station of that number; whatever it ended, or whatever ended it, may come later."""
        driver = driver_of(self._connection)
        key = folded(operation.kit)
        ended = driver.execute(_ENDED_BY, {"checkout": str(operation.operation_id), "of_kit": key}).fetchone()
        known = {"result": "", "closed_by": None if ended is None else ended[0]}
        driver.execute(ADD, self._rows.row(operation) | known)
        if operation.closes is not None:
            self.end(operation.closes, operation.operation_id, operation.kit)
        self._history.add(operation)
        driver.execute(_IS_OF, {"site": site, "number": operation.site_seq})

    def end(self, checkout: UUID, by: UUID, kit: str) -> None:
        """Note which operation ended that custody, where it is here and nothing did yet."""
        row = {"checkout": str(checkout), "by": str(by), "of_kit": folded(kit)}
        driver_of(self._connection).execute(_END, row)

    def kits_out(self) -> list[KitOut]:
        """The kits that are out, the longest first, each with its station. One that is out twice is named twice."""
        query = select(
            _operation.site_seq,
            _operation.kit,
            _operation.holder_badge,
            _operation.holder_name,
            _operation.finished_at,
            _operation.expected_return,
            _operation.aircraft,
            _operation.work_order,
            _operation.operation_id,
        ).where(*IS_OUT)
        rows = sorted(self._connection.execute(query), key=lambda row: (row.finished_at, row.site_seq))
        origins = self._origins.of([row.site_seq for row in rows])
        return [
            KitOut(
                row.kit,
                row.holder_badge,
                row.holder_name,
                row.finished_at,
                row.expected_return,
                row.aircraft,
                row.work_order,
                origins[row.site_seq].station,
                origins[row.site_seq].site_id,
                row.operation_id,
            )
            for row in rows
        ]

    def counts_owed(self) -> list[Operation]:
        """Operations whose count is owed and whose kit nothing was done with since at any station, oldest first."""
        numbers = [row[0] for row in driver_of(self._connection).execute(_OWED)]
        found: list[Operation] = []
        for number in numbers:
            found += self._all(OPERATIONS.where(_operation.site_seq == number))
        return found


class GatheredReports(SqlReports):
    """Reports of all stations: what has a number there has it here."""

    def __init__(self, connection: Connection, origins: Origins) -> None:
        super().__init__(connection)
        self._origins = origins

    def all_stations(self) -> AllStations | None:
        """What they are called, and how old the records are."""
        as_of = self._connection.execute(select(gathered_state.c.as_of)).scalar_one()
        return AllStations(as_of, dict(self._origins.all()))

    def operations(
        self, within: Within, *, kit: str = "", only: Only | None = None, with_result: bool = False
    ) -> Iterator[Operation]:
        """In the order in which they came here."""
        for one in super().operations(within, kit=kit, only=only, with_result=with_result):
            yield replace(one, site_seq=self._seq(one.site_seq))

    def entries(self, kinds: Collection[str], within: Within) -> Iterator[JournalEntry]:
        """In the order in which they came here."""
        for one in super().entries(kinds, within):
            yield replace(one, site_seq=self._seq(one.site_seq))

    def _seq(self, number: int) -> int:
        return self._origins.of([number])[number].seq


class GatheredUnit(SqlUnitOfWork):
    """Fulfils `services.ports.UnitOfWork` and `services.sync.gathering_ports.GatheredWork`."""

    operations: GatheredOperations

    def __init__(
        self, connection: Connection, site_id: str, marking_of: Callable[[UUID], str] = lambda _tool: ""
    ) -> None:
        super().__init__(connection, site_id)
        self.origins = Origins(connection)
        self._marking_of = marking_of
        # The number of the entry that this transaction kept last.
        self._number: int | None = None
        self._begin()
        self.reports = GatheredReports(connection, self.origins)
        self.history = GatheredHistory(connection, site_id, self.origins)
        self.figures = GatheredFigures(connection, site_id, self.origins)

    def _begin(self) -> None:
        self.operations = GatheredOperations(self.connection, self.journal, self.origins, self._marking_of)

    # --- writing

    def sites(self) -> list[SiteState]:
        """Every station of which something is known."""
        return [
            SiteState(row.site, row.site_id, row.name, Place(row.seq, row.hash), row.missing, row.broken_at)
            for row in self.connection.execute(select(gathered_site).order_by(gathered_site.c.site))
        ]

    def save_site(self, state: SiteState) -> None:
        """Add a station, or note how far its journal is here now."""
        row = {
            "site_id": state.site_id,
            "name": state.name,
            "seq": state.reached.seq,
            "hash": state.reached.hash,
            "missing": state.missing,
            "broken_at": state.broken_at,
        }
        changed = self.connection.execute(update(gathered_site).where(gathered_site.c.site == state.site).values(row))
        if changed.rowcount == 0:
            self.connection.execute(gathered_site.insert(), {"site": state.site, **row})

    def keep(self, entry: JournalEntry, site: int) -> int:
        """Keep an entry of another journal; the number that it has here."""
        driver = driver_of(self.connection)
        number = self._number = (self._number or self.journal.head().site_seq) + 1
        row = row_of(replace(entry, site_seq=number))
        row["payload"] = self.journal.packing.packed(str(row["payload"]), entry.payload.get("toolkit"), number)
        driver.execute(APPEND, row)
        driver.execute(_KEEP_ORIGIN, {"number": number, "site": site, "seq": entry.site_seq})
        moved = {"site": self.site_id, "new_seq": number, "new_hash": entry.hash, "new_hlc": str(entry.hlc)}
        driver.execute(MOVE_HEAD, moved)
        return number

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the transaction; what it remembers of names and numbers is forgotten with it."""
        try:
            with super().attempt():
                yield
        except BaseException as error:
            self._number = None
            self._begin()
            if isinstance(error, sqlite3.IntegrityError):
                raise BadInput("reference.stands_against", reason=str(error)) from error
            raise

    def note_look(self, at: datetime, as_of: datetime | None) -> None:
        """The centre was asked just now; `as_of` by its clock, where all that it holds is here."""
        values: dict[str, object] = {"looked_at": at}
        if as_of is not None:
            values["as_of"] = as_of
        self.connection.execute(update(gathered_state).values(values))

    def note_not_understood(self, count: int) -> None:
        """So many more entries are here, but nothing could be made of them."""
        column = gathered_state.c.not_understood
        self.connection.execute(update(gathered_state).values({"not_understood": column + count}))
