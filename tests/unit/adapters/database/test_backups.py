"""Daily backups: whole files of their own, made while the station works, the last fourteen kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest

from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.journal import verify

from .samples import KEY, record

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def _names(data_folder: Path) -> list[str]:
    return sorted(path.name for path in DataFolder(data_folder).backups.iterdir())


def test_a_backup_is_made_once_a_day(database: SqliteDatabase, data_folder: Path) -> None:
    assert database.backup_if_due(NOON) is not None
    assert database.backup_if_due(NOON + timedelta(hours=11, minutes=59)) is None
    assert database.backup_if_due(NOON + timedelta(hours=12)) is not None
    assert [name[:14] for name in _names(data_folder)] == ["daily-20260302", "daily-20260303"]


def test_the_day_is_that_of_utc(database: SqliteDatabase) -> None:
    assert database.backup_if_due(NOON) is not None
    next_day_in_kamchatka = datetime(2026, 3, 3, 1, 0, tzinfo=timezone(timedelta(hours=12)))
    assert database.backup_if_due(next_day_in_kamchatka) is None


def test_the_last_fourteen_are_kept(database: SqliteDatabase, data_folder: Path) -> None:
    for day in range(17):
        database.backup_if_due(NOON + timedelta(days=day))
    names = _names(data_folder)
    assert len(names) == 14
    assert names[0].startswith("daily-20260305")


def test_a_clock_set_far_back_does_not_cost_the_backup_just_made(database: SqliteDatabase, data_folder: Path) -> None:
    for day in range(3):
        database.backup_if_due(NOON.replace(year=2036) + timedelta(days=day), keep=3)
    made = database.backup_if_due(NOON, keep=3)
    assert made is not None
    assert made.name in _names(data_folder)
    assert len(_names(data_folder)) == 3


def test_a_backup_is_a_whole_database_of_its_own(database: SqliteDatabase, tmp_path: Path) -> None:
    for number in range(5):
        database.write(partial(record, kit=f"kit {number}"))
    backup = database.backup_if_due(NOON)
    database.write(lambda work: record(work, kit="after the backup"))
    assert backup is not None
    restored_folder = tmp_path / "drill"
    restored_folder.mkdir()
    DataFolder(restored_folder).database.write_bytes(backup.read_bytes())
    restored = SqliteDatabase.open(restored_folder)
    outcome = restored.read(lambda work: verify(work.journal.entries(), key=KEY, expected_head=work.journal.head()))
    assert (outcome.entries, outcome.whole) == (5, True)
    assert restored.write(lambda work: record(work, kit="goes on")).site_seq == 6
    restored.close()


def test_a_backup_needs_no_log_beside_it(database: SqliteDatabase, data_folder: Path) -> None:
    backup = database.backup_if_due(NOON)
    assert backup is not None
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert _names(data_folder) == [backup.name]


def test_the_leavings_of_a_backup_that_was_cut_short_are_removed(database: SqliteDatabase, data_folder: Path) -> None:
    DataFolder(data_folder).backups.mkdir()
    (DataFolder(data_folder).backups / "daily-20260301T120000000000Z-0001.part").write_bytes(b"half")
    backup = database.backup_if_due(NOON)
    assert backup is not None
    assert _names(data_folder) == [backup.name]


def test_a_backup_of_a_damaged_database_is_not_kept(database: SqliteDatabase, data_folder: Path) -> None:
    database.write(record)
    database.close()
    path = DataFolder(data_folder).database
    reading = SqliteDatabase.open_read_only(data_folder)
    content = path.read_bytes()
    path.write_bytes(content[: 4096 * 5] + bytes(4096) + content[4096 * 6 :])
    with pytest.raises(DatabaseProblem) as raised:
        reading.backup_if_due(NOON)
    reading.close()
    assert raised.value.code == "database.damaged_without_backup"
    assert _names(data_folder) == []


def test_the_health_names_the_newest_backup(database: SqliteDatabase) -> None:
    assert database.health().newest_backup is None
    backup = database.backup_if_due(NOON)
    health = database.health()
    assert health.newest_backup == backup
    assert health.sqlite_version == sqlite3.sqlite_version
    assert health.size_bytes > 0
