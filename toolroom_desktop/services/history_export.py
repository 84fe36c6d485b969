"""The history as a table on disk: every row that a filter finds, in the columns that are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolroom_desktop.domain.people import Permission
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.history_query import HistoryQueries
from toolroom_desktop.services.history_rows import HistoryFilter, HistoryRow, Order
from toolroom_desktop.services.ports import Database, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded
from toolroom_desktop.services.tables import Cell, Sheet, SheetColumn, TableFiles
from toolroom_desktop.services.watching import Watch, unwatched

EXPORTED = "exported"
_WHAT = "history"
_MOST = 10**9


@dataclass(frozen=True, slots=True)
class HistorySheet:
    """How the rows are written down: the title of the table, its columns, and the cells of a row."""

    title: str
    columns: Sequence[SheetColumn]
    cells: Callable[[HistoryRow], Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class HistoryExport:
    """The command."""

    database: Database
    recorder: Recorder
    queries: HistoryQueries
    make_files: Callable[[], TableFiles]
    needs: tuple[Permission, ...] = (Permission.EXPORT,)

    def write(
        self,
        path: Path,
        wanted: HistoryFilter,
        sheet: HistorySheet,
        *,
        order: Order,
        asked: Any,
        language: str,
        badge: str,
        watch: Watch = unwatched,
    ) -> int:
        """Write all rows to that file, once the journal keeps that they left; how many there were.

        asked  the filter as plain JSON, for the journal
        watch  told (rows done, rows in all); whatever it raises ends the work, and nothing is written

        Blocks; other work goes on meanwhile, and the rows are of one moment. Raises `Refused` without the permission,
        which is recorded, and `BadInput` of `file.*`; an existing file stays as it was then.
        """

        def permitted(uow: UnitOfWork) -> None:
            person = person_known(uow, badge)
            for permission in self.needs:
                person.require(permission)

        with refusals_recorded(self.database, self.recorder, badge=badge, command="history.export"):
            self.database.read(permitted)
        count = self.queries.count(wanted, most=_MOST).number

        def left(uow: UnitOfWork) -> None:
            permitted(uow)
            payload = {"what": _WHAT, "file": path.name, "count": count, "by": badge, "filter": asked}
            self.recorder.record(uow, EXPORTED, payload)

        self.database.write(left)
        files = self.make_files()
        watch(0, count)

        def consume(rows: Iterator[HistoryRow]) -> int:
            written = 0

            def cells() -> Iterator[Sequence[Cell]]:
                nonlocal written
                for row in rows:
                    written += 1
                    yield sheet.cells(row)

            table = Sheet(sheet.title, tuple(sheet.columns), cells())
            files.write(path, [table], language=language, watch=lambda done, _total: watch(done, max(done, count)))
            return written

        return self.queries.stream(wanted, consume, order=order)
