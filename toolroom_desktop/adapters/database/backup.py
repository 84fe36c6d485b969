"""Backups: whole, self-contained database files, made through SQLite's backup API while the station works."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from toolroom_desktop.adapters.database.engine import connect_reader
from toolroom_desktop.adapters.database.files import removed_on_failure, replace_durably, sync_file
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.problems import damaged, file_problem, translated

DAILY_KEPT = 14

_DAILY = "daily"
_BEFORE_UPGRADE = "before-upgrade"


def quick_check(connection: sqlite3.Connection) -> str:
    """Empty when SQLite finds the file sound, otherwise its first complaint. Raises `sqlite3.Error`."""
    answer = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if answer == "ok" else answer


def back_up(folder: DataFolder, *, now: datetime, revision: str, reason: str) -> Path:
    """Copy the database to `backups/<reason>-<UTC time>-<schema revision>.sqlite` and check the copy.

    The copy appears under its name only when it is whole and on disk. Raises `DatabaseProblem`.
    """
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    target = folder.backups / f"{reason}-{stamp}-{revision}.sqlite"
    unfinished = target.with_suffix(".part")
    try:
        folder.backups.mkdir(exist_ok=True)
        for left_over in folder.backups.glob("*.part"):
            left_over.unlink(missing_ok=True)
        with removed_on_failure(unfinished):
            with translated(folder):
                complaint = copy_database(folder.database, unfinished)
            if complaint:
                raise damaged(folder, complaint)
            sync_file(unfinished)
            replace_durably(unfinished, target)
    except OSError as error:
        raise file_problem(error, folder.backups, area="database") from error
    return target


def back_up_before_upgrade(folder: DataFolder, *, now: datetime, revision: str) -> Path:
    """The backup that stands before a change of the schema; these are never removed by the program."""
    return back_up(folder, now=now, revision=revision, reason=_BEFORE_UPGRADE)


def back_up_if_due(folder: DataFolder, *, now: datetime, revision: str, keep: int = DAILY_KEPT) -> Path | None:
    """Today's backup (UTC), or None when there is one; older daily ones beyond `keep` are removed."""
    today = now.astimezone(UTC).strftime("%Y%m%d")
    if any(folder.backups.glob(f"{_DAILY}-{today}*.sqlite")):
        return None
    made = back_up(folder, now=now, revision=revision, reason=_DAILY)
    # By the time in the name. The one just made always stays, even under a clock that was set far back.
    others = sorted((path for path in folder.backups.glob(f"{_DAILY}-*.sqlite") if path != made), reverse=True)
    for old in others[max(0, keep - 1) :]:
        old.unlink(missing_ok=True)
    return made


def copy_database(source: Path, target: Path) -> str:
    """Copy one snapshot of a database that may be in use, and check the copy; empty when it is sound, else why not.

    Raises `sqlite3.Error`.
    """
    with closing(connect_reader(source)) as reader, closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # One step, so that the copy is one snapshot and a busy station does not start it over again and again.
        reader.backup(copy, pages=-1)
        # One file that needs no -wal beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        return quick_check(copy)
