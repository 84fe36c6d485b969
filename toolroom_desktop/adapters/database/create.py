"""Making a new, empty database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.engine import writer_engine
from toolroom_desktop.adapters.database.files import replace_durably, sync_file
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.migrate import Migrations, run_steps
from toolroom_desktop.adapters.database.problems import file_problem, newest_backup, translated
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.journal import Head


def create_database(folder: DataFolder, migrations: Migrations, *, site_id: str, now: datetime) -> None:
    """Build a database beside its place and put it there when it is whole and on disk.

    Raises `DatabaseProblem("database.gone")` when backups or a write-ahead log say that there was one before.
    """
    refuse_successor(folder)
    try:
        _remove_unfinished(folder)
        folder.unfinished.touch()
        with translated(folder):
            _fill(folder, migrations, site_id=site_id, now=now)
        sync_file(folder.unfinished)
        replace_durably(folder.unfinished, folder.database)
    except OSError as error:
        raise file_problem(error, folder.path, area="database") from error


def refuse_successor(folder: DataFolder) -> None:
    """Raise `DatabaseProblem` where a database was before: starting afresh would hide that a history is lost."""
    log = folder.database.with_name(folder.database.name + "-wal")
    backup = newest_backup(folder)
    if backup is not None:
        raise DatabaseProblem("database.gone", path=folder.database, backup=backup)
    if log.exists():
        raise DatabaseProblem("database.gone_without_backup", path=folder.database)


def _remove_unfinished(folder: DataFolder) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        folder.unfinished.with_name(folder.unfinished.name + ending).unlink(missing_ok=True)


def _fill(folder: DataFolder, migrations: Migrations, *, site_id: str, now: datetime) -> None:
    engine = writer_engine(folder.unfinished)
    try:
        run_steps(engine, migrations)
        head = Head()
        with engine.begin() as connection:
            connection.execute(insert(tables.station), {"only_row": 1, "site_id": site_id, "created_at": now})
            connection.execute(
                insert(tables.journal_head),
                {"site_id": site_id, "site_seq": head.site_seq, "hash": head.hash, "hlc": str(head.hlc)},
            )
    finally:
        # The last connection to close moves the write-ahead log into the file.
        engine.dispose()
