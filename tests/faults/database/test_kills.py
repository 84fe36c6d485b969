"""A station that is killed at any point loses nothing that it confirmed.

Twenty-five kills by default; `TOOLROOM_KILLS=1000` runs the long trial.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.unit.adapters.database.samples import KEY
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.evidence import FileEvidenceStore
from toolroom_desktop.domain.journal import verify
from toolroom_desktop.services.ports import UnitOfWork

from .station_process import record_for_ever

KILLS = int(os.environ.get("TOOLROOM_KILLS", "25"))
CONTROL_KILLS = 10
PATIENCE = 60.0
# About as long as one operation takes on a disk that is synced.
LONGEST_DELAY = 0.02

pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL"),
    pytest.mark.timeout(300 + 2 * KILLS),
]


@dataclass(frozen=True)
class _Found:
    """What was found after a kill."""

    lost: int
    whole: bool


def _kill_and_look(data_folder: Path, chance: random.Random, *, confirm_too_early: bool) -> _Found:
    """Start a station, kill it a random while after a random confirmation, and compare."""
    # The server has everything loaded, so that a station starts in a moment.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.faults.database.station_process"])
    confirmations, station_end = processes.Pipe(duplex=False)
    station = processes.Process(
        target=record_for_ever,
        args=(data_folder, station_end),
        kwargs={"confirm_too_early": confirm_too_early},
        daemon=True,
    )
    station.start()
    station_end.close()
    confirmed = 0
    for _ in range(chance.randint(1, 4)):
        assert confirmations.poll(PATIENCE)
        confirmed = confirmations.recv()
    if chance.random() < 0.5:
        # A random point of the next operation, or of the ones after it.
        station.join(chance.uniform(0, LONGEST_DELAY))
    station.kill()
    station.join(PATIENCE)
    assert station.exitcode == -signal.SIGKILL
    try:
        while True:
            confirmed = confirmations.recv()
    except EOFError:
        confirmations.close()
    station.close()
    return _look(data_folder, confirmed)


def _look(data_folder: Path, confirmed: int) -> _Found:
    photos = FileEvidenceStore(data_folder)

    def look(work: UnitOfWork) -> _Found:
        head = work.journal.head()
        outcome = verify(work.journal.entries(), key=KEY, expected_head=head)
        operations = work.operations.recent(limit=head.site_seq + 1)
        noted = sum(1 for _ in work.evidence.all())
        for operation in operations[:10]:
            assert photos.get(operation.photos.clean) == f"clean {operation.site_seq}".encode()
            assert photos.get(operation.photos.annotated) == f"annotated {operation.site_seq}".encode()
        whole = outcome.whole and len(operations) == outcome.entries and noted == 2 * outcome.entries
        return _Found(lost=max(0, confirmed - head.site_seq), whole=whole)

    database = SqliteDatabase.open(data_folder)
    try:
        return database.read(look)
    finally:
        database.close()


def test_no_confirmed_operation_is_lost_and_the_journal_stays_whole(tmp_path: Path) -> None:
    chance = random.Random(2026)
    found = [_kill_and_look(tmp_path, chance, confirm_too_early=False) for _ in range(KILLS)]
    assert sum(after.lost for after in found) == 0
    assert all(after.whole for after in found)


def test_a_station_that_confirms_before_it_saved_is_caught(tmp_path: Path) -> None:
    chance = random.Random(2026)
    found = [_kill_and_look(tmp_path, chance, confirm_too_early=True) for _ in range(CONTROL_KILLS)]
    assert sum(after.lost for after in found) > 0
    assert all(after.whole for after in found)
