"""A backup of a station that another process is recording into: one moment of it, whole."""

from __future__ import annotations

import multiprocessing
import signal
from pathlib import Path

import pytest

from tests.fakes import HandClock
from tests.faults.database.station_process import record_for_ever
from tests.used_station import CHEAP, parts_of
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.station_backup.make import make_backup
from toolroom_desktop.adapters.station_backup.restore import check_backup, restore_station

PATIENCE = 60.0
BACKUPS = 5


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_backups_of_a_station_that_another_process_records_into_are_whole(tmp_path: Path) -> None:
    station = tmp_path / "station"
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.faults.database.station_process"])
    confirmations, station_end = processes.Pipe(duplex=False)
    recording = processes.Process(
        target=record_for_ever, args=(station, station_end), kwargs={"confirm_too_early": False}, daemon=True
    )
    recording.start()
    station_end.close()
    confirmed, counts = 0, [0]
    for number in range(BACKUPS):
        # Not before it has recorded more than the last backup holds.
        while confirmed <= counts[-1]:
            assert confirmations.poll(PATIENCE)
            confirmed = confirmations.recv()
        made = make_backup(
            parts_of(station),
            tmp_path / f"{number}.zip",
            program_version="1",
            now=HandClock().now(),
            cost=CHEAP,
            keyring=lambda: None,
        )
        assert made.complete, "no record names a photo that was not written yet"
        # What was confirmed before the backup was begun is in it.
        assert made.manifest.operations >= confirmed
        assert made.manifest.evidence.named == 2 * made.manifest.operations
        counts.append(made.manifest.operations)
    assert recording.is_alive()
    recording.kill()
    recording.join(PATIENCE)
    confirmations.close()
    del counts[0]
    for number, count in enumerate(counts):
        assert check_backup(tmp_path / f"{number}.zip", keyring=lambda: None).manifest.operations == count
    restore_station(
        tmp_path / "0.zip",
        tmp_path / "new",
        agree=lambda _checked, _there: True,
        now=HandClock().now(),
        keyring=lambda: None,
    )
    database = SqliteDatabase.open(tmp_path / "new", create=False)
    assert len(database.read(lambda uow: uow.operations.recent(limit=counts[0] + 1))) == counts[0]
    database.close()
