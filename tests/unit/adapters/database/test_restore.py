"""A backup takes the place of a damaged or lost database; what was there is set aside, not deleted."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.restore import restore_backup
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.journal import verify

from .samples import KEY, record

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def backup(data_folder: Path) -> Path:
    """A backup of three operations, in a folder whose database went on for five more."""
    database = SqliteDatabase.open(data_folder)
    for number in range(3):
        database.write(partial(record, kit=f"kit {number}"))
    made = database.backup_if_due(NOON)
    for number in range(3, 8):
        database.write(partial(record, kit=f"kit {number}"))
    database.close()
    assert made is not None
    return made


def _operations(data_folder: Path) -> int:
    database = SqliteDatabase.open(data_folder)
    outcome = database.read(lambda work: verify(work.journal.entries(), key=KEY, expected_head=work.journal.head()))
    database.close()
    assert outcome.whole
    return outcome.entries


def test_a_damaged_database_is_set_aside_for_the_backup(data_folder: Path, backup: Path) -> None:
    damaged = DataFolder(data_folder).database.read_bytes()[:5000]
    DataFolder(data_folder).database.write_bytes(damaged)
    aside = restore_backup(data_folder, backup, now=NOON)
    assert (aside / "toolroom.sqlite").read_bytes() == damaged
    assert backup.exists()
    assert _operations(data_folder) == 3


def test_the_log_of_the_damaged_database_is_not_played_over_the_backup(data_folder: Path, backup: Path) -> None:
    log = DataFolder(data_folder).database.with_name("toolroom.sqlite-wal")
    log.write_bytes(b"the last operations")
    aside = restore_backup(data_folder, backup, now=NOON)
    assert (aside / log.name).read_bytes() == b"the last operations"
    assert _operations(data_folder) == 3


def test_a_lost_database_is_replaced_too(data_folder: Path, backup: Path) -> None:
    DataFolder(data_folder).database.unlink()
    restore_backup(data_folder, backup, now=NOON)
    assert _operations(data_folder) == 3


@pytest.mark.parametrize("content", [None, b"", b"SQLite format 3\0 and no more"])
def test_a_backup_that_is_no_database_changes_nothing(data_folder: Path, backup: Path, content: bytes | None) -> None:
    if content is None:
        backup.unlink()
    else:
        backup.write_bytes(content)
    with pytest.raises(DatabaseProblem) as raised:
        restore_backup(data_folder, backup, now=NOON)
    assert raised.value.code == "database.backup_unusable"
    assert Messages("ru").error(raised.value)
    assert _operations(data_folder) == 8


def test_nothing_is_exchanged_under_a_running_station(data_folder: Path, backup: Path) -> None:
    database = SqliteDatabase.open(data_folder)
    with pytest.raises(DatabaseProblem) as raised:
        restore_backup(data_folder, backup, now=NOON)
    database.close()
    assert raised.value.code == "database.in_use"
    assert _operations(data_folder) == 8
