"""Putting a backup in the place of a database that is damaged or gone."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from toolroom_desktop.adapters.database.backup import quick_check
from toolroom_desktop.adapters.database.engine import connect_reader
from toolroom_desktop.adapters.database.files import removed_on_failure, replace_durably, sync_file
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.lock import InstanceLock
from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.adapters.database.restored import noted_as_restored
from toolroom_desktop.domain.errors import DatabaseProblem


def restore_backup(data_folder: Path, backup: Path, *, now: datetime) -> Path:
    """Set the present database aside and put a copy of `backup` in its place; the folder with what was set aside.

    Nothing is deleted. The write-ahead log goes aside with its file: SQLite would play it over the backup, to which it
    does not belong. Raises `DatabaseProblem` with `in_use`, `backup_unusable`, `disk_full` and the like.
    """
    folder = DataFolder(data_folder.absolute())
    lock = InstanceLock(folder)
    lock.acquire()
    try:
        check_records(backup)
        return _exchange(folder, backup, now)
    except OSError as error:
        raise file_problem(error, folder.path, area="database") from error
    finally:
        lock.release()


def check_records(backup: Path) -> None:
    """Raise `DatabaseProblem("database.backup_unusable")` unless it is a sound database of a station."""
    try:
        with closing(connect_reader(backup)) as reader:
            complaint = quick_check(reader)
            # An empty file is a sound database too, but not one of ours.
            reader.execute("SELECT site_id FROM station").fetchone()
    except sqlite3.Error as error:
        raise DatabaseProblem("database.backup_unusable", backup=backup) from error
    if complaint:
        raise DatabaseProblem("database.backup_unusable", backup=backup)


def _exchange(folder: DataFolder, backup: Path, now: datetime) -> Path:
    aside = folder.path / f"set-aside-{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"
    with removed_on_failure(folder.unfinished), noted_as_restored(folder, now):
        # The copy is whole and on disk before anything is moved.
        shutil.copyfile(backup, folder.unfinished)
        sync_file(folder.unfinished)
        aside.mkdir()
        # The file itself last: a restore that was cut short is still seen as one with a database.
        for ending in ("-journal", "-shm", "-wal", ""):
            present = folder.database.with_name(folder.database.name + ending)
            if present.exists():
                present.replace(aside / present.name)
        replace_durably(folder.unfinished, folder.database)
    return aside
