"""A disk that is full or cannot be written to: a clear problem, no half operation, and on it goes when it is mended."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.unit.adapters.database.samples import KEY, connection_of, record
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.evidence import FileEvidenceStore
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.security.secrets import StationSecrets
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.journal import verify
from toolroom_desktop.services.ports import UnitOfWork

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MOST = 5000


def _problem(work: Callable[[], object]) -> DatabaseProblem:
    with pytest.raises(DatabaseProblem) as raised:
        work()
    for language in ("ru", "en"):
        assert Messages(language).error(raised.value)
    return raised.value


def _record_until_it_fails(database: SqliteDatabase) -> tuple[int, DatabaseProblem]:
    """How many operations were confirmed before the first that was not, and why that one was not."""
    for number in range(MOST):
        try:
            database.write(partial(record, kit=f"kit {number}"))
        except DatabaseProblem as problem:
            return number, problem
    raise AssertionError("the disk never became full")


def _fill(disk: Path, *, leaving: int) -> Path:
    """Put a file on the disk that leaves so many bytes."""
    film = disk / "somebody's film"
    film.write_bytes(bytes(shutil.disk_usage(disk).free - leaving))
    return film


def _whole_records(work: UnitOfWork) -> int:
    """The number of operations, all three places agreeing and the chain holding."""
    outcome = verify(work.journal.entries(), key=KEY, expected_head=work.journal.head())
    assert outcome.whole
    assert len(work.operations.recent(limit=MOST)) == outcome.entries
    assert sum(1 for _ in work.evidence.all()) == 2 * outcome.entries
    return outcome.entries


class TestFullDisk:
    def test_a_full_database_takes_whole_operations_only_and_goes_on_with_room(self, tmp_path: Path) -> None:
        database = SqliteDatabase.open(tmp_path)
        limit = "PRAGMA max_page_count"
        pages = database.write(lambda work: connection_of(work).exec_driver_sql("PRAGMA page_count").scalar_one())
        database.write(lambda work: connection_of(work).exec_driver_sql(f"{limit} = {pages + 8}").scalar_one())
        confirmed, problem = _record_until_it_fails(database)
        assert problem.code == "database.disk_full"
        assert 0 < confirmed < 200
        assert database.read(_whole_records) == confirmed
        database.write(lambda work: connection_of(work).exec_driver_sql(f"{limit} = 100000").scalar_one())
        database.write(partial(record, kit="with room again"))
        assert database.read(_whole_records) == confirmed + 1
        database.close()

    def test_a_really_full_disk_loses_nothing_that_was_confirmed(self, small_disk: Path) -> None:
        database = SqliteDatabase.open(small_disk)
        film = _fill(small_disk, leaving=512 * 1024)
        confirmed, problem = _record_until_it_fails(database)
        assert problem.code == "database.disk_full"
        assert confirmed > 0
        assert database.read(_whole_records) == confirmed
        film.unlink()
        database.write(partial(record, kit="with room again"))
        database.close()
        reopened = SqliteDatabase.open(small_disk)
        assert reopened.read(_whole_records) == confirmed + 1
        reopened.close()

    def test_a_photo_that_finds_no_room_leaves_nothing(self, small_disk: Path) -> None:
        store = FileEvidenceStore(small_disk)
        first = store.put(bytes(1_000_000))
        problem = _problem(lambda: store.put(b"\1" * 4_000_000))
        assert problem.code == "evidence.disk_full"
        assert [path.name for path in small_disk.rglob("*.*")] == [f"{first}.jpg"]
        second = store.put(b"\2" * 1_000_000)
        assert store.get(second) == b"\2" * 1_000_000

    def test_a_backup_that_finds_no_room_leaves_nothing(self, small_disk: Path) -> None:
        database = SqliteDatabase.open(small_disk)
        _fill(small_disk, leaving=64 * 1024)
        assert _problem(lambda: database.backup_if_due(NOON)).code == "database.disk_full"
        assert list(DataFolder(small_disk).backups.iterdir()) == []
        database.close()

    def test_a_station_is_not_made_on_a_full_disk(self, small_disk: Path) -> None:
        film = _fill(small_disk, leaving=64 * 1024)
        assert _problem(lambda: SqliteDatabase.open(small_disk)).code == "database.disk_full"
        film.unlink()
        SqliteDatabase.open(small_disk).close()


class TestReadOnly:
    @pytest.fixture
    def filled(self, tmp_path: Path) -> Path:
        folder = tmp_path / "Данные станции"
        database = SqliteDatabase.open(folder)
        database.write(record)
        database.close()
        return folder

    def test_a_read_only_folder_is_told_of_and_still_read(
        self, filled: Path, make_read_only: Callable[[Path], None]
    ) -> None:
        make_read_only(filled)
        problem = _problem(lambda: SqliteDatabase.open(filled))
        assert problem.code == "database.read_only"
        reading = SqliteDatabase.open_read_only(filled)
        assert reading.read(_whole_records) == 1
        reading.close()

    def test_a_read_only_file_is_told_of_at_the_start(
        self, filled: Path, make_read_only: Callable[[Path], None]
    ) -> None:
        before = DataFolder(filled).database.read_bytes()
        make_read_only(DataFolder(filled).database)
        problem = _problem(lambda: SqliteDatabase.open(filled))
        assert (problem.code, problem.details["path"]) == ("database.read_only", DataFolder(filled).database)
        assert DataFolder(filled).database.read_bytes() == before

    def test_a_station_is_not_made_where_nothing_can_be_written(
        self, tmp_path: Path, make_read_only: Callable[[Path], None]
    ) -> None:
        parent = tmp_path / "read-only"
        parent.mkdir()
        make_read_only(parent)
        assert _problem(lambda: SqliteDatabase.open(parent / "data")).code == "database.read_only"

    def test_photos_and_keys_say_so_too(self, filled: Path, make_read_only: Callable[[Path], None]) -> None:
        make_read_only(filled)
        assert _problem(lambda: FileEvidenceStore(filled).put(b"photo")).code == "evidence.read_only"
        secrets = StationSecrets(filled, keyring=lambda: None)
        assert _problem(lambda: secrets.get_or_create("seal")).code == "secrets.read_only"
