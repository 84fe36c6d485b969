"""Figures as files: the chart as a picture, the numbers as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolroom_desktop.domain.people import Permission
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.ports import Database, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded
from toolroom_desktop.services.tables import Sheet, SheetColumn, TableFiles

EXPORTED = "figures_exported"


@dataclass(frozen=True, slots=True)
class FigureExport:
    """Commands that take figures out of the station; each is recorded with the name of its file.

    `write` puts the bytes of a file in place, whole or not at all, and raises `BadInput` with `file.*`.
    """

    database: Database
    recorder: Recorder
    tables: Callable[[], TableFiles]
    write: Callable[[Path, bytes], None]
    needs: tuple[Permission, ...] = (Permission.EXPORT,)

    def picture(self, badge: str, path: Path, content: bytes) -> None:
        """Write a chart. Raises `Refused` without the permission and `BadInput` with `file.*` where it cannot be."""
        self._permitted(badge, path)
        self.write(path, content)
        self._record(badge, path)

    def data(
        self,
        badge: str,
        path: Path,
        titles: Sequence[str],
        rows: Sequence[Sequence[str | float | None]],
        *,
        language: str,
    ) -> None:
        """Write the numbers behind a chart. Raises what `picture` raises."""
        self._permitted(badge, path)
        columns = tuple(SheetColumn(title, 24) for title in titles)
        self.tables().write(path, [Sheet(titles[1], columns, rows)], language=language)
        self._record(badge, path)

    def _permitted(self, badge: str, path: Path) -> None:
        with refusals_recorded(self.database, self.recorder, badge=badge, command=EXPORTED, subject=path.name):
            person = self.database.read(lambda uow: person_known(uow, badge))
            for permission in self.needs:
                person.require(permission)

    def _record(self, badge: str, path: Path) -> None:
        def record(uow: UnitOfWork) -> None:
            self.recorder.record(uow, EXPORTED, {"file": path.name, "by": badge})

        self.database.write(record)
