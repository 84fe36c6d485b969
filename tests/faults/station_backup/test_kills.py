"""A restore that is killed at any point leaves the old station, the new one, or what the next one to come finishes."""

from __future__ import annotations

import multiprocessing
import shutil
import signal
from pathlib import Path

import pytest

from tests.fakes import HandClock
from tests.used_station import CHEAP, contents, make_used_station, opened, parts_of
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.exchange import pending_exchange
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.station_backup.make import make_backup
from toolroom_desktop.adapters.station_backup.restore import restore_station
from toolroom_desktop.domain.errors import DatabaseProblem

from .restore_process import restore_and_die

PATIENCE = 60.0
NEVER = 1_000_000
OLD, NEW = 2, 4
"""Operations of the station that goes and of the one that comes."""
WHILE_UNPACKING = 6
"""So many of the steps before anything moves are tried."""
SHORT_LIVED = ("toolroom.sqlite-shm", "toolroom.sqlite-wal", "toolroom.lock", "toolroom.running")

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")


@pytest.fixture(scope="module")
def stations(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(a station, the backup of another one)"""
    place = tmp_path_factory.mktemp("stations")
    coming = make_used_station(place / "coming", kits=NEW)
    made = make_backup(
        parts_of(coming),
        place / "backup.zip",
        program_version="1",
        now=HandClock().now(),
        cost=CHEAP,
        keyring=lambda: None,
    )
    return make_used_station(place / "leaving", kits=OLD), made.path


def run_until(step: int, backup: Path, folder: Path) -> list[str]:
    """Restore in another process, which dies before that step; the names of all steps when it came to its end."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.faults.station_backup.restore_process"])
    told, ours = processes.Pipe(duplex=False)
    process = processes.Process(target=restore_and_die, args=(backup, folder, step, ours), daemon=True)
    process.start()
    ours.close()
    try:
        made: list[str] = told.recv() if told.poll(PATIENCE) else []
    except EOFError:
        made = []
    told.close()
    process.join(PATIENCE)
    assert process.exitcode == (0 if made else -signal.SIGKILL)
    process.close()
    return made


def operations(folder: Path) -> int:
    records = opened(folder)
    try:
        return len(records.operations.recent())
    finally:
        records.close()


def test_after_a_kill_at_any_step_the_next_one_to_come_finds_a_whole_station(
    stations: tuple[Path, Path], tmp_path: Path
) -> None:
    leaving, backup = stations
    old = contents(leaving, without=SHORT_LIVED)
    first = shutil.copytree(leaving, tmp_path / "counted")
    steps = run_until(NEVER, backup, first)
    exchange = steps.index("restore.json")
    assert steps[-1] != "restore.json"
    assert operations(first) == NEW
    tried = [*range(0, exchange, max(1, exchange // WHILE_UNPACKING)), *range(exchange, len(steps))]
    found_unfinished = 0
    for number, step in enumerate(tried):
        folder = shutil.copytree(leaving, tmp_path / f"step {step}")
        run_until(step, backup, folder)
        pending = pending_exchange(DataFolder(folder)) is not None
        found_unfinished += pending
        if step <= exchange:
            assert not pending
            assert contents(folder, without=SHORT_LIVED).items() >= old.items(), "nothing of the old one was touched"
        if pending and number % 2:
            # The station is started: it finishes, and asks to be started once more.
            with pytest.raises(DatabaseProblem, match=r"restore\.cut_short"):
                SqliteDatabase.open_read_only(folder)
            with pytest.raises(DatabaseProblem, match=r"restore\.finished_late"):
                SqliteDatabase.open(folder)
        else:
            # The command is run once more.
            again = restore_station(
                backup,
                folder,
                agree=lambda _checked, _there: True,
                now=HandClock().now(),
                keyring=lambda: None,
            )
            assert again is not None
            assert again.finished_earlier is pending
        assert operations(folder) == NEW
        asides = [contents(path, without=SHORT_LIVED) for path in folder.glob("set-aside-*")]
        assert old in asides, "what was there before is still whole"
        assert not list(folder.glob(".restore-*"))
        assert pending_exchange(DataFolder(folder)) is None
    assert found_unfinished > 10


def test_a_kill_before_anything_moved_leaves_a_station_that_simply_starts(
    stations: tuple[Path, Path], tmp_path: Path
) -> None:
    leaving, backup = stations
    folder = shutil.copytree(leaving, tmp_path / "station")
    run_until(20, backup, folder)
    assert operations(folder) == OLD
