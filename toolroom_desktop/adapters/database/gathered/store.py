"""Where the records of all stations lie: made, opened, shared by those who read, and let go of as a whole."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from toolroom_desktop.adapters.database.commits import Commits
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.gathered.shape import SHAPE, gathered_state, give_shape, shape_of
from toolroom_desktop.adapters.database.gathered.unit import GatheredUnit
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.migrate import SHIPPED, inspect_existing
from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.domain.errors import DatabaseProblem, NotFound
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.sync.gathering_ports import Gathered, GatheredWork

T = TypeVar("T")

FOLDER = "all-stations"
# What cannot be used any more is brought anew; anything else is the environment's fault, and may pass.
_OF_NO_USE = frozenset(
    {
        "database.damaged",
        "database.damaged_without_backup",
        "database.gone",
        "database.gone_without_backup",
        "database.newer_schema",
        "database.not_ours",
        "database.not_there",
        "database.older_schema",
        "database.upgrade_failed",
        "restore.cut_short",
    }
)
_CLOSING_SECONDS = 5.0
LEAST_FREE_BYTES = 1 << 30

_log = logging.getLogger(__name__)


class GatheredDatabase:
    """Fulfils `services.sync.gathering_ports.GatheredStore`, and `services.ports.Database` over all stations.

    As a `Database` it reads what other stations recorded together with what this one knows of people, tools and kits,
    and writes into the station's own records alone.
    """

    def __init__(self, data_folder: Path, own: SqliteDatabase, *, least_free: int = LEAST_FREE_BYTES) -> None:
        """Nothing is opened yet. With less than `least_free` bytes free on the disk nothing more is taken in."""
        self._least_free = least_free
        self._folder = data_folder / FOLDER
        self._own = own
        self.commits = Commits()
        self._changed = threading.Condition()
        self._database: SqliteDatabase | None = None
        self._users = 0
        self._closed = False
        self._standing: Gathered | None = None

    # --- as what is gathered into

    def wake(self) -> None:
        """Open what is on disk, if anything is; what cannot be used any more goes."""
        with self._changed:
            if self._database is not None or self._closed:
                return
        if not self._folder.exists():
            return
        try:
            if inspect_existing(DataFolder(self._folder), SHIPPED, check_pages=False) == SHIPPED.head:
                database = self._opened(create=False)
                if database is not None:
                    self._use(database)
                    return
        except DatabaseProblem as problem:
            if problem.code not in _OF_NO_USE:
                raise
        _log.info("the records of all stations here are of no use any more; they are brought anew")
        self._remove()

    def look(self) -> None:
        """Open what is on disk for reading alone, also while the station runs; nothing where that cannot be."""
        try:
            database = SqliteDatabase.open_read_only(self._folder)
        except DatabaseProblem as problem:
            if problem.code not in _OF_NO_USE:
                raise
            return
        if database.read(lambda uow: shape_of(uow.connection)) == SHAPE:
            self._use(database)
        else:
            database.close()

    def write(self, command: Callable[[UnitOfWork], T]) -> T:
        """Run `command` on the station's own records: nobody writes into those of others."""
        return self._own.write(command)

    def make(self) -> None:
        """Make the database where there is none."""
        if shutil.disk_usage(self._folder.parent).free < self._least_free:
            # The station's own records need what is left.
            raise DatabaseProblem("stations.no_room", path=self._folder)
        with self._changed:
            begun = self._database is not None
        if not begun:
            database = self._opened(create=True)
            assert database is not None
            self._use(database)

    def take_in(self, command: Callable[[GatheredWork], T]) -> T:
        """Run `command` in one transaction of all stations' records, which are made where there are none."""
        self.make()
        with self._using() as database:
            answer = database.write(
                lambda uow: command(GatheredUnit(uow.connection, self._own.site_id, self._marking_of))
            )
            self._standing = database.read(_standing)
        self.commits.tell()
        return answer

    def standing(self) -> Gathered | None:
        """How much is here; None where there is nothing, or it was not opened yet. Asks nobody."""
        return self._standing

    def clear(self) -> bool:
        """Let all of it go; whether there was anything. Waits for whoever is reading it."""
        was = self._folder.exists()
        self._let_go()
        if was:
            self._remove()
            self.commits.tell()
        return was

    # --- as what is asked

    def read(self, query: Callable[[UnitOfWork], T]) -> T:
        """Run `query` on a snapshot of all stations' records. Raises `NotFound("stations.gone")`."""
        with self._using() as database:
            return self._own.read(lambda own: database.read(lambda uow: query(AllStationsUnit(uow, own))))

    def close(self) -> None:
        """Nothing is opened any more."""
        with self._changed:
            self._closed = True
        self._let_go(_CLOSING_SECONDS)

    # ---

    def _opened(self, *, create: bool) -> SqliteDatabase | None:
        """The database; None for one of another shape or of another station."""
        site_id = self._own.site_id
        database = SqliteDatabase.open(self._folder, create=create, site_id_factory=lambda: site_id)
        try:
            shape = database.read(lambda uow: shape_of(uow.connection))
            if shape is None and create:
                database.write(lambda uow: give_shape(uow.connection))
                shape = SHAPE
        except BaseException:
            database.close()
            raise
        if shape == SHAPE and database.site_id == site_id:
            return database
        database.close()
        return None

    def _use(self, database: SqliteDatabase) -> None:
        standing = database.read(_standing)
        with self._changed:
            if self._closed:
                database.close()
                raise RuntimeError("the records of all stations are closed")
            self._database = database
            self._standing = standing
        self.commits.tell()

    @contextmanager
    def _using(self) -> Iterator[SqliteDatabase]:
        with self._changed:
            database = self._database
            if database is None:
                raise NotFound("stations.gone")
            self._users += 1
        try:
            yield database
        finally:
            with self._changed:
                self._users -= 1
                self._changed.notify_all()

    def _let_go(self, seconds: float | None = None) -> None:
        with self._changed:
            database, self._database = self._database, None
            self._standing = None
            self._changed.wait_for(lambda: self._users == 0, seconds)
        if database is not None:
            database.close()

    def _remove(self) -> None:
        try:
            shutil.rmtree(self._folder)
        except OSError as error:
            raise file_problem(error, self._folder, area="database") from error

    def _marking_of(self, tool_id: UUID) -> str:
        tool = self._own.read(lambda uow: uow.tools.by_id(tool_id))
        return "" if tool is None else tool.marking


class AllStationsUnit:
    """A snapshot of all stations' records, with people, tools, kits and shifts as this station knows them."""

    def __init__(self, gathered: SqlUnitOfWork, own: SqlUnitOfWork) -> None:
        unit = GatheredUnit(gathered.connection, gathered.site_id)
        self.site_id = gathered.site_id
        self.operations = unit.operations
        self.journal = unit.journal
        self.cases = unit.cases
        self.reports = unit.reports
        self.history = unit.history
        self.figures = unit.figures
        self.elsewhere = unit.elsewhere
        self.people = own.people
        self.catalogue = own.catalogue
        self.tools = own.tools
        self.shifts = own.shifts
        self.evidence = own.evidence
        self.photos = own.photos
        self.outbox = own.outbox
        self.reference = own.reference
        self.attempt = unit.attempt


def _standing(uow: SqlUnitOfWork) -> Gathered:
    unit = GatheredUnit(uow.connection, uow.site_id)
    state = uow.connection.execute(select(gathered_state)).one()
    return Gathered(state.as_of, state.looked_at, tuple(unit.sites()), state.not_understood)
