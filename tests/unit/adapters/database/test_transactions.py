"""A command is whole or has not happened, one runs at a time, and readers neither wait nor disturb."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.engine import connect_reader, wal_reset_mended
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.journal import Head, verify
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.services.ports import UnitOfWork

from .samples import KEY, TOOLKIT, connection_of, record

PATIENCE = 20.0


class _ChangedMyMind(Exception):
    pass


def test_a_command_that_fails_leaves_no_trace(database: SqliteDatabase) -> None:
    def command(work: UnitOfWork) -> None:
        record(work)
        work.people.add(Person("1", "Анна", Role.QUALITY))
        work.catalogue.save_toolkit(TOOLKIT)
        raise _ChangedMyMind

    with pytest.raises(_ChangedMyMind):
        database.write(command)

    def everything(work: UnitOfWork) -> tuple[object, ...]:
        return (
            work.journal.head(),
            list(work.journal.entries()),
            list(work.evidence.all()),
            work.operations.recent(limit=9),
            work.people.all(),
            work.catalogue.toolkits(),
        )

    assert database.read(everything) == (Head(), [], [], [], [], [])


def test_the_answer_of_a_command_comes_back_to_the_caller(database: SqliteDatabase) -> None:
    made = database.write(record)
    assert database.read(lambda work: work.operations.recent(limit=1)) == [made]


def test_commands_run_in_one_thread_named_after_the_database(database: SqliteDatabase) -> None:
    names = {database.write(lambda work: threading.current_thread().name) for _ in range(3)}
    assert len(names) == 1
    assert names.pop().startswith("database")


def test_a_command_within_a_command_is_refused_instead_of_waiting_for_ever(database: SqliteDatabase) -> None:
    with pytest.raises(RuntimeError, match="must not run another command"):
        database.write(lambda work: database.write(record))
    assert database.read(lambda work: work.journal.head()) == Head()


def test_many_threads_write_one_after_the_other(database: SqliteDatabase) -> None:
    def work_through(worker: int) -> None:
        for number in range(10):
            database.write(partial(record, kit=f"kit {worker}-{number}"))

    workers = [threading.Thread(target=work_through, args=(worker,)) for worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE)
    outcome = database.read(lambda work: verify(work.journal.entries(), key=KEY, expected_head=work.journal.head()))
    assert (outcome.entries, outcome.whole) == (40, True)


def test_readers_see_whole_commands_while_others_write(database: SqliteDatabase) -> None:
    done = threading.Event()
    torn: list[tuple[int, int, int]] = []
    looks: list[int] = []

    def count(work: UnitOfWork) -> tuple[int, int, int]:
        return (
            work.journal.head().site_seq,
            len(work.operations.open_checkouts()),
            sum(1 for _ in work.evidence.all()) // 2,
        )

    def keep_looking() -> None:
        last = False
        while not last:
            last = done.is_set()
            seen = database.read(count)
            looks.append(seen[0])
            looked.set()
            if len(set(seen)) != 1:
                torn.append(seen)

    looked = threading.Event()
    readers = [threading.Thread(target=keep_looking) for _ in range(3)]
    for reader in readers:
        reader.start()
    assert looked.wait(PATIENCE)
    for number in range(60):
        database.write(partial(record, kit=f"kit {number}"))
    done.set()
    for reader in readers:
        reader.join(PATIENCE)
    assert torn == []
    assert len(set(looks)) > 1
    assert database.read(count) == (60, 60, 60)


def test_a_query_sees_one_snapshot_also_when_a_command_ends_meanwhile(database: SqliteDatabase) -> None:
    def look_twice(work: UnitOfWork) -> tuple[int, int]:
        before = work.journal.head().site_seq
        database.write(record)
        return before, work.journal.head().site_seq

    assert database.read(look_twice) == (0, 0)
    assert database.read(lambda work: work.journal.head().site_seq) == 1


def test_a_query_cannot_write(database: SqliteDatabase) -> None:
    with pytest.raises(RuntimeError, match="must not write"):
        database.read(lambda work: work.people.add(Person("1", "Анна", Role.QUALITY)))
    assert database.read(lambda work: work.people.all()) == []


def test_what_outlives_its_query_cannot_be_used(database: SqliteDatabase) -> None:
    database.write(record)
    late = database.read(lambda work: work.journal.entries())
    with pytest.raises(Exception, match="closed"):
        next(late)


def test_closing_finishes_what_was_accepted(data_folder: Path) -> None:
    database = SqliteDatabase.open(data_folder)
    first_runs, go_on = threading.Event(), threading.Event()

    def slow(work: UnitOfWork) -> None:
        first_runs.set()
        assert go_on.wait(PATIENCE)
        record(work, kit="slow")

    writers = [threading.Thread(target=database.write, args=(slow,))]
    writers[0].start()
    assert first_runs.wait(PATIENCE)
    closer = threading.Thread(target=database.close)
    closer.start()
    go_on.set()
    for thread in (*writers, closer):
        thread.join(PATIENCE)
        assert not thread.is_alive()
    reopened = SqliteDatabase.open(data_folder)
    kits = reopened.read(lambda work: [operation.kit for operation in work.operations.recent(limit=9)])
    reopened.close()
    assert kits == ["slow"]


def test_nothing_runs_after_closing(database: SqliteDatabase) -> None:
    database.close()
    database.close()
    with pytest.raises(RuntimeError):
        database.write(record)
    with pytest.raises(RuntimeError, match="closed"):
        database.read(lambda work: work.journal.head())
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("database")]


def test_closing_leaves_one_whole_file(database: SqliteDatabase, data_folder: Path) -> None:
    database.write(record)
    database.close()
    names = {path.name for path in data_folder.iterdir()}
    assert names <= {"toolroom.sqlite", "toolroom.lock"}


def test_every_commit_is_synced(database: SqliteDatabase) -> None:
    def settings(work: UnitOfWork) -> list[object]:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        return [connection_of(work).exec_driver_sql(f"PRAGMA {pragma}").scalar_one() for pragma in pragmas]

    full = 2
    assert database.write(settings) == ["wal", full, 1]


def test_a_command_has_the_write_lock_from_its_beginning(database: SqliteDatabase, data_folder: Path) -> None:
    def command(_: UnitOfWork) -> str:
        path = DataFolder(data_folder).database
        with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                return str(error)
        return "not locked"

    assert database.write(command) == "database is locked"


def test_readers_are_told_that_they_only_read(database: SqliteDatabase) -> None:
    pragma = database.read(lambda work: connection_of(work).exec_driver_sql("PRAGMA query_only").scalar_one())
    assert pragma == 1


class TestReadersNeverCheckpoint:
    """Two connections that checkpoint at once can lose writes in the SQLite that most Pythons ship."""

    def _died_with_a_log(self, data_folder: Path, tmp_path: Path) -> Path:
        """A copy of a data folder whose program died: the write-ahead log was never moved into the file."""
        database = SqliteDatabase.open(data_folder)
        database.write(record)
        copy = tmp_path / "died"
        copy.mkdir()
        for name in ("toolroom.sqlite", "toolroom.sqlite-wal"):
            (copy / name).write_bytes((data_folder / name).read_bytes())
        database.close()
        return copy

    def test_not_even_the_last_reader_to_close(self, data_folder: Path, tmp_path: Path) -> None:
        copy = self._died_with_a_log(data_folder, tmp_path)
        before = [(copy / name).read_bytes() for name in ("toolroom.sqlite", "toolroom.sqlite-wal")]
        reading = SqliteDatabase.open_read_only(copy)
        assert reading.read(lambda work: work.journal.head().site_seq) == 1
        reading.close()
        assert [(copy / name).read_bytes() for name in ("toolroom.sqlite", "toolroom.sqlite-wal")] == before

    def test_a_plain_connection_would_have(self, data_folder: Path, tmp_path: Path) -> None:
        copy = self._died_with_a_log(data_folder, tmp_path)
        before = (copy / "toolroom.sqlite").read_bytes()
        with closing(sqlite3.connect(copy / "toolroom.sqlite")) as plain:
            plain.execute("SELECT count(*) FROM journal").fetchone()
        assert (copy / "toolroom.sqlite").read_bytes() != before

    def test_not_on_request_either(self, database: SqliteDatabase, data_folder: Path) -> None:
        database.write(record)
        with closing(connect_reader(DataFolder(data_folder).database)) as reader:
            reader.execute("SELECT count(*) FROM journal").fetchone()
            before = DataFolder(data_folder).database.read_bytes()
            with pytest.raises(sqlite3.OperationalError):
                reader.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert DataFolder(data_folder).database.read_bytes() == before


@pytest.mark.parametrize(
    ("version", "mended"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 9), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_the_doctor_knows_which_sqlite_may_have_two_writers(version: tuple[int, int, int], mended: bool) -> None:
    assert wal_reset_mended(version) is mended


def test_a_database_opened_for_queries_refuses_commands(database: SqliteDatabase, data_folder: Path) -> None:
    database.write(record)
    reading = SqliteDatabase.open_read_only(data_folder)
    with pytest.raises(RuntimeError, match="queries only"):
        reading.write(record)
    assert reading.read(lambda work: work.journal.head().site_seq) == 1
    reading.close()


def test_queries_need_records_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem) as refused:
        SqliteDatabase.open_read_only(tmp_path)
    assert refused.value.code == "database.not_there"
    assert list(tmp_path.iterdir()) == []
