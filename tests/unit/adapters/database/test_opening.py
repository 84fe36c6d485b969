"""Opening a data folder that is fine, taken, damaged, foreign, empty or newer: a clear problem, nothing lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from toolroom_desktop.adapters.database.database import SqliteDatabase, on_network_share
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.journal import verify

from .samples import KEY, record

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PATIENCE = 60.0


def _problem(open_database: Callable[[], SqliteDatabase]) -> DatabaseProblem:
    with pytest.raises(DatabaseProblem) as raised:
        open_database().close()
    for language in ("ru", "en"):
        assert Messages(language).error(raised.value)
    return raised.value


@pytest.fixture
def filled(data_folder: Path) -> Path:
    """A closed data folder with forty operations."""
    database = SqliteDatabase.open(data_folder)
    for number in range(40):
        database.write(partial(record, kit=f"kit {number}"))
    database.close()
    return data_folder


def test_the_first_start_makes_the_folder_and_names_the_station(data_folder: Path) -> None:
    names = iter(["station-1", "never asked"])
    for _ in range(2):
        database = SqliteDatabase.open(data_folder, site_id_factory=lambda: next(names))
        assert database.read(lambda work: work.site_id) == "station-1"
        database.close()
    assert next(names) == "never asked"


def test_opening_and_closing_changes_no_byte_of_the_records(filled: Path) -> None:
    before = DataFolder(filled).database.read_bytes()
    SqliteDatabase.open(filled).close()
    assert DataFolder(filled).database.read_bytes() == before


def test_a_folder_that_must_be_there_is_not_made(data_folder: Path) -> None:
    problem = _problem(lambda: SqliteDatabase.open(data_folder, create=False))
    assert problem.code == "database.not_there"
    assert not data_folder.exists()


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a note")
    problem = _problem(lambda: SqliteDatabase.open(tmp_path / "data"))
    assert (problem.code, problem.details["path"]) == ("database.folder_is_a_file", tmp_path / "data")


def test_a_creation_that_was_cut_short_is_done_again(data_folder: Path) -> None:
    folder = DataFolder(data_folder)
    data_folder.mkdir()
    folder.unfinished.write_bytes(b"SQLite format 3\0half of")
    (data_folder / "toolroom.sqlite.new-wal").write_bytes(b"a log")
    SqliteDatabase.open(data_folder).close()
    assert {path.name for path in data_folder.iterdir()} == {"toolroom.sqlite", "toolroom.lock"}


def test_a_change_that_a_dying_program_left_half_done_is_undone(filled: Path, tmp_path: Path) -> None:
    database = SqliteDatabase.open(filled)
    backup = database.backup_if_due(NOON)
    database.close()
    assert backup is not None
    died = DataFolder(tmp_path / "died")
    died.path.mkdir()
    with closing(sqlite3.connect(backup, isolation_level=None)) as dying:
        dying.execute("PRAGMA cache_size=2")
        dying.execute("BEGIN")
        dying.execute("UPDATE operation SET note = hex(randomblob(2000))")
        died.database.write_bytes(backup.read_bytes())
        journal = backup.with_name(f"{backup.name}-journal").read_bytes()
        died.database.with_name("toolroom.sqlite-journal").write_bytes(journal)
        dying.execute("ROLLBACK")
    assert died.database.read_bytes() != backup.read_bytes()
    opened = SqliteDatabase.open(died.path)
    notes = opened.read(lambda work: {operation.note for operation in work.operations.recent(limit=99)})
    opened.close()
    assert notes == {"Коловорот остался в ангаре"}


def test_a_windows_share_is_no_place_for_records() -> None:
    assert on_network_share(PureWindowsPath(r"\\server\share\toolroom"))
    assert not on_network_share(PureWindowsPath(r"C:\ProgramData\toolroom"))
    assert not on_network_share(PurePosixPath("/srv/toolroom"))


class TestAnotherInstance:
    _HOLD = (
        "import sys; from pathlib import Path;"
        "from toolroom_desktop.adapters.database.database import SqliteDatabase;"
        "database = SqliteDatabase.open(Path(sys.argv[1])); print('open', flush=True); sys.stdin.readline();"
        "database.close()"
    )

    def test_the_second_of_two_programs_is_told_who_the_first_is(self, data_folder: Path) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", self._HOLD, str(data_folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as first:
            assert first.stdout is not None
            assert first.stdin is not None
            assert first.stdout.readline().strip() == b"open"
            problem = _problem(lambda: SqliteDatabase.open(data_folder))
            assert problem.code == "database.in_use"
            assert problem.details["pid"] == str(first.pid)
            looking = SqliteDatabase.open_read_only(data_folder)
            assert looking.read(lambda work: work.journal.head().site_seq) == 0
            looking.close()
            first.stdin.write(b"\n")
            first.stdin.flush()
            assert first.wait(PATIENCE) == 0
        SqliteDatabase.open(data_folder).close()

    def test_a_program_that_was_killed_holds_nothing(self, data_folder: Path) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", self._HOLD, str(data_folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as first:
            assert first.stdout is not None
            assert first.stdout.readline().strip() == b"open"
            first.kill()
            first.wait(PATIENCE)
        SqliteDatabase.open(data_folder).close()
        assert not DataFolder(data_folder).holder.exists()

    def test_an_opening_that_failed_lets_the_folder_go(self, filled: Path) -> None:
        content = DataFolder(filled).database.read_bytes()
        DataFolder(filled).database.write_bytes(b"")
        assert _problem(lambda: SqliteDatabase.open(filled)).code == "database.damaged_without_backup"
        DataFolder(filled).database.write_bytes(content)
        SqliteDatabase.open(filled).close()

    def test_a_database_viewer_that_holds_the_file_is_told_of(self, filled: Path) -> None:
        database = SqliteDatabase.open(filled, busy_timeout=0.2)
        with closing(sqlite3.connect(DataFolder(filled).database, isolation_level=None)) as viewer:
            viewer.execute("BEGIN IMMEDIATE")
            problem = _problem_of_write(database)
            assert problem.code == "database.busy"
            viewer.execute("ROLLBACK")
        assert database.write(lambda work: record(work, kit="later")).site_seq == 41
        database.close()


def _problem_of_write(database: SqliteDatabase) -> DatabaseProblem:
    with pytest.raises(DatabaseProblem) as raised:
        database.write(lambda work: record(work, kit="one more"))
    return raised.value


def _text(content: bytes) -> bytes:
    return "Список инструмента\n".encode() * 2000


def _zeroed_page(content: bytes) -> bytes:
    return content[: 4096 * 5] + bytes(4096) + content[4096 * 6 :]


def _flipped_header(content: bytes) -> bytes:
    return bytes(byte ^ 0xFF for byte in content[:16]) + content[16:]


def _flipped_page_headers(content: bytes) -> bytes:
    pages = bytearray(content)
    for start in range(4096, len(pages), 4096):
        pages[start] ^= 0xFF
    return bytes(pages)


def _truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _truncated_within_a_page(content: bytes) -> bytes:
    return content[:-1000]


def _emptied(content: bytes) -> bytes:
    return b""


class TestDamagedFiles:
    @pytest.mark.parametrize(
        "damage",
        [
            _text,
            _zeroed_page,
            _flipped_header,
            _flipped_page_headers,
            _truncated,
            _truncated_within_a_page,
            _emptied,
        ],
    )
    def test_damage_is_found_at_the_start_and_the_file_is_left_as_it_is(
        self, filled: Path, damage: Callable[[bytes], bytes]
    ) -> None:
        database = SqliteDatabase.open(filled)
        backup = database.backup_if_due(NOON)
        database.close()
        folder = DataFolder(filled)
        folder.database.write_bytes(damage(folder.database.read_bytes()))
        before = folder.database.read_bytes()
        problem = _problem(lambda: SqliteDatabase.open(filled))
        assert problem.code == "database.damaged"
        assert problem.details["backup"] == backup
        assert folder.database.read_bytes() == before

    def test_the_named_backup_takes_the_place_of_the_damaged_file(self, filled: Path) -> None:
        database = SqliteDatabase.open(filled)
        database.backup_if_due(NOON)
        database.close()
        folder = DataFolder(filled)
        folder.database.write_bytes(b"")
        problem = _problem(lambda: SqliteDatabase.open(filled))
        shutil.copyfile(str(problem.details["backup"]), folder.database)
        restored = SqliteDatabase.open(filled)
        outcome = restored.read(lambda work: verify(work.journal.entries(), key=KEY, expected_head=work.journal.head()))
        restored.close()
        assert (outcome.entries, outcome.whole) == (40, True)

    @pytest.mark.parametrize("offset", range(0, 4096, 256))
    def test_no_flipped_byte_of_the_content_goes_unnoticed(self, filled: Path, offset: int) -> None:
        """SQLite keeps no checksums: what its own check cannot see, the journal's hashes do."""
        folder = DataFolder(filled)
        content = bytearray(folder.database.read_bytes())
        pages = range(0, len(content), 4096)
        # A page of the journal's table (0x0D), not of the index that holds the kinds of entries too.
        leaf = (
            next(at for at in pages if content[at] == 0x0D and b"operation.checkout" in content[at : at + 4096]) // 4096
        )
        content[leaf * 4096 + offset] ^= 0x01
        in_use = _is_used(bytes(content), leaf * 4096, offset)
        folder.database.write_bytes(bytes(content))
        assert not in_use or _found_somewhere(filled)

    def test_a_file_of_another_program_is_not_touched(self, data_folder: Path) -> None:
        data_folder.mkdir()
        path = DataFolder(data_folder).database
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE recipes (name TEXT)")
        before = path.read_bytes()
        assert _problem(lambda: SqliteDatabase.open(data_folder)).code == "database.not_ours"
        assert path.read_bytes() == before


def _is_used(content: bytes, page: int, offset: int) -> bool:
    """Whether a byte of a table page belongs to something that is stored, and not to the free gap in its middle."""
    cells = int.from_bytes(content[page + 3 : page + 5], "big")
    first_cell = int.from_bytes(content[page + 5 : page + 7], "big")
    return offset < 8 + 2 * cells or offset >= first_cell


def _found_somewhere(folder: Path) -> bool:
    try:
        database = SqliteDatabase.open(folder)
    except DatabaseProblem:
        return True
    try:
        return not database.read(
            lambda work: verify(work.journal.entries(), key=KEY, expected_head=work.journal.head())
        ).whole
    except DatabaseProblem:
        return True
    finally:
        database.close()


class TestMissingFiles:
    def test_no_new_history_is_begun_where_backups_lie(self, filled: Path) -> None:
        database = SqliteDatabase.open(filled)
        backup = database.backup_if_due(NOON)
        database.close()
        DataFolder(filled).database.unlink()
        problem = _problem(lambda: SqliteDatabase.open(filled))
        assert (problem.code, problem.details["backup"]) == ("database.gone", backup)
        assert not DataFolder(filled).database.exists()

    def test_no_new_history_is_begun_where_a_log_lies(self, filled: Path) -> None:
        DataFolder(filled).database.unlink()
        (filled / "toolroom.sqlite-wal").write_bytes(b"the last operations")
        assert _problem(lambda: SqliteDatabase.open(filled)).code == "database.gone_without_backup"
        assert (filled / "toolroom.sqlite-wal").read_bytes() == b"the last operations"


class TestNewerSchema:
    def _make_newer(self, filled: Path) -> bytes:
        with closing(sqlite3.connect(DataFolder(filled).database, isolation_level=None)) as newer:
            newer.execute("UPDATE alembic_version SET version_num = '9999'")
        return DataFolder(filled).database.read_bytes()

    def test_it_is_refused_untouched(self, filled: Path) -> None:
        before = self._make_newer(filled)
        problem = _problem(lambda: SqliteDatabase.open(filled))
        assert (problem.code, problem.details["found"]) == ("database.newer_schema", "9999")
        assert DataFolder(filled).database.read_bytes() == before
        assert not DataFolder(filled).backups.exists()

    def test_it_is_refused_for_queries_too(self, filled: Path) -> None:
        self._make_newer(filled)
        assert _problem(lambda: SqliteDatabase.open_read_only(filled)).code == "database.newer_schema"
