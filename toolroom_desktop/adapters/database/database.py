"""The local database as the services know it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import TypeVar

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import DBAPIError

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.backup import DAILY_KEPT, back_up_if_due
from toolroom_desktop.adapters.database.commits import Commits
from toolroom_desktop.adapters.database.create import create_database
from toolroom_desktop.adapters.database.engine import (
    BUSY_TIMEOUT_SECONDS,
    reader_engine,
    wal_reset_mended,
    writer_engine,
)
from toolroom_desktop.adapters.database.exchange import finish, pending_exchange
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.lock import InstanceLock
from toolroom_desktop.adapters.database.migrate import SHIPPED, Migrations, inspect_existing, upgrade
from toolroom_desktop.adapters.database.problems import file_problem, newest_backup, primary_code, translated
from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.adapters.database.writer import Writer
from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.ids import uuid7

T = TypeVar("T")


def new_site_id() -> str:
    """A site id for a station that nobody named."""
    return str(uuid7())


def utc_now() -> datetime:
    """The wall clock, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class DatabaseHealth:
    """What `toolroom doctor` shows. `size_bytes` is without the write-ahead log.

    wal_reset_mended  whether this SQLite would survive a second writer; the station never has one
    """

    path: Path
    size_bytes: int
    revision: str
    sqlite_version: str
    wal_reset_mended: bool
    newest_backup: Path | None


class SqliteDatabase:
    """One data folder's database: a writer in a thread of its own, and readers in whichever thread asks.

    Fulfils `services.ports.Database`. Make it with `open` or `open_read_only`.
    """

    def __init__(
        self,
        folder: DataFolder,
        *,
        revision: str,
        site_id: str,
        readers: Engine,
        writer: Writer | None,
        lock: InstanceLock | None,
    ) -> None:
        self._folder = folder
        self._revision = revision
        self._site_id = site_id
        self._readers = readers
        self._writer = writer
        self._lock = lock
        self._closed = False

    @classmethod
    def open(
        cls,
        data_folder: Path,
        *,
        site_id_factory: Callable[[], str] = new_site_id,
        now: Callable[[], datetime] = utc_now,
        create: bool = True,
        instance_lock: bool = True,
        migrations: Migrations = SHIPPED,
        busy_timeout: float = BUSY_TIMEOUT_SECONDS,
    ) -> SqliteDatabase:
        """Lock the folder, make or check or upgrade the database, and start the writer.

        site_id_factory  names the station when the database is made; asked only then
        create           whether a missing folder and database are made; otherwise `database.not_there`
        busy_timeout     seconds that a command waits for another program that has the file locked

        Raises `DatabaseProblem`, having changed nothing: `in_use`, `newer_schema`, `not_ours`, `damaged`, `gone`,
        `read_only`, `disk_full`, `upgrade_failed` and the like, each with the path; `restore.finished_late` when there
        was a restore to finish first.
        """
        folder = DataFolder(data_folder.absolute())
        _prepare(folder, create=create)
        lock = InstanceLock(folder) if instance_lock else None
        if lock is not None:
            lock.acquire()
        try:
            return cls._open_locked(folder, site_id_factory, now, migrations, lock, busy_timeout)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    @classmethod
    def open_read_only(cls, data_folder: Path, *, migrations: Migrations = SHIPPED) -> SqliteDatabase:
        """Open for queries only, also while the station runs. `write` is refused.

        Raises `DatabaseProblem`, among others `older_schema` where the station must upgrade the database first.
        """
        folder = DataFolder(data_folder.absolute())
        if pending_exchange(folder) is not None:
            raise DatabaseProblem("restore.cut_short", path=folder.path)
        if not folder.database.is_file():
            raise DatabaseProblem("database.not_there", path=folder.database)
        revision = inspect_existing(folder, migrations, check_pages=False)
        if revision != migrations.head:
            raise DatabaseProblem("database.older_schema", path=folder.database, found=revision, known=migrations.head)
        readers = reader_engine(folder.database)
        try:
            site_id = _site_id(readers, folder)
        except BaseException:
            readers.dispose()
            raise
        return cls(folder, revision=revision, site_id=site_id, readers=readers, writer=None, lock=None)

    @classmethod
    def _open_locked(
        cls,
        folder: DataFolder,
        site_id_factory: Callable[[], str],
        now: Callable[[], datetime],
        migrations: Migrations,
        lock: InstanceLock | None,
        busy_timeout: float,
    ) -> SqliteDatabase:
        _finish_restore(folder)
        if not folder.database.exists():
            create_database(folder, migrations, site_id=site_id_factory(), now=now())
        _finish_roll_back(folder)
        found = inspect_existing(folder, migrations)
        writing = writer_engine(folder.database, busy_timeout=busy_timeout)
        readers = reader_engine(folder.database)
        try:
            with translated(folder):
                _refuse_read_only(writing)
                upgrade(writing, migrations, folder, now=now(), found=found)
            site_id = _site_id(readers, folder)
        except BaseException:
            readers.dispose()
            writing.dispose()
            raise
        writer = Writer(writing, folder, site_id)
        return cls(folder, revision=migrations.head, site_id=site_id, readers=readers, writer=writer, lock=lock)

    @property
    def site_id(self) -> str:
        """The station's id in every record."""
        return self._site_id

    def write(self, command: Callable[[SqlUnitOfWork], T]) -> T:
        """Run `command` in one transaction and return its answer once the commit is on disk."""
        if self._writer is None:
            raise RuntimeError("this database was opened for queries only")
        return self._writer.run(command)

    def read(self, query: Callable[[SqlUnitOfWork], T]) -> T:
        """Run `query` on one read-only snapshot in the calling thread.

        What it returns must not depend on the unit of work any more: make lists of iterators inside. `RuntimeError`
        when the query tries to write, and after `close`.
        """
        if self._closed:
            raise RuntimeError("the database is closed")
        with translated(self._folder), self._readers.begin() as connection:
            try:
                return query(SqlUnitOfWork(connection, self._site_id))
            except (DBAPIError, sqlite3.Error) as error:
                original = error.orig if isinstance(error, DBAPIError) else error
                if isinstance(original, sqlite3.Error) and primary_code(original) == sqlite3.SQLITE_READONLY:
                    raise RuntimeError("a query must not write") from error
                raise

    def follow_cases(self, listener: Callable[[str, Sequence[Case], int], None]) -> None:
        """Have `listener` called after every commit that changed lost-tool cases, before the command is answered.

        It is given the station's id, the open cases, and the highest number that a case ever had; it runs in the
        database thread and must not raise.
        """
        if self._writer is not None:
            self._writer.after_cases = listener

    @property
    def commits(self) -> Commits:
        """Tells whoever follows of every commit; where nothing is ever written here, of none."""
        return self._writer.commits if self._writer is not None else Commits()

    def backup_if_due(self, now: datetime, *, keep: int = DAILY_KEPT) -> Path | None:
        """Today's backup, or None when it is made already. Runs in the calling thread and takes a while."""
        return back_up_if_due(self._folder, now=now, revision=self._revision, keep=keep)

    def health(self) -> DatabaseHealth:
        """Facts for `toolroom doctor`."""
        return DatabaseHealth(
            path=self._folder.database,
            size_bytes=self._folder.database.stat().st_size,
            revision=self._revision,
            sqlite_version=sqlite3.sqlite_version,
            wal_reset_mended=wal_reset_mended(),
            newest_backup=newest_backup(self._folder),
        )

    def close(self) -> None:
        """Finish what was accepted, then dispose of the connections, the writer's last. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._readers.dispose()
        try:
            if self._writer is not None:
                self._writer.close()
        finally:
            if self._lock is not None:
                self._lock.release()


def on_network_share(folder: PurePath) -> bool:
    """Whether this is a Windows share (`\\\\server\\share`): the write-ahead log needs one computer's memory."""
    return folder.drive.startswith("\\\\")


def _prepare(folder: DataFolder, *, create: bool) -> None:
    if on_network_share(folder.path):
        raise DatabaseProblem("database.network_share", path=folder.path)
    if not create and not folder.database.exists() and not folder.exchange.exists():
        raise DatabaseProblem("database.not_there", path=folder.database)
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise DatabaseProblem("database.folder_is_a_file", path=folder.path) from None
    except OSError as error:
        raise file_problem(error, folder.path, area="database") from error


def _finish_restore(folder: DataFolder) -> None:
    """Finish a restore that was cut short. Its settings came with it, so whoever asked has to begin once more."""
    begun = pending_exchange(folder)
    if begun is not None:
        finish(folder, begun)
        raise DatabaseProblem("restore.finished_late", path=folder.path, aside=folder.path / begun.aside)


def _finish_roll_back(folder: DataFolder) -> None:
    # A backup that was put in place has no write-ahead log until the station changes that. If the program dies just
    # then, SQLite must first undo the change, which a read-only connection cannot.
    if folder.database.with_name(f"{folder.database.name}-journal").exists():
        with translated(folder), closing(sqlite3.connect(folder.database)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _refuse_read_only(writing: Engine) -> None:
    # SQLite opens a file that it may not write as a read-only one, and even begins a transaction on it, as one that
    # only reads. Only a statement that writes is told: ask now rather than at the first operation.
    with writing.connect() as connection, connection.begin() as transaction:
        connection.execute(update(tables.station).values(site_id=tables.station.c.site_id))
        transaction.rollback()


def _site_id(readers: Engine, folder: DataFolder) -> str:
    with translated(folder), readers.begin() as connection:
        site_id = connection.scalar(select(tables.station.c.site_id))
    if site_id is None:
        raise DatabaseProblem("database.not_ours", path=folder.database)
    return str(site_id)
