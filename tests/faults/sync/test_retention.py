"""Photos that go to a real centre and then from the station: killed at any point, no photo is at neither place."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from datetime import timedelta

import pytest

from tests.centre.stations import Hangar, Station, noise
from tests.faults.sync.retention_process import DAYS_LATER, let_photos_go
from toolroom_desktop.services.sync.retention import PORTION, PhotoRetention
from toolroom_desktop.services.sync.runner import SyncRunner

PATIENCE = 60.0
PHOTOS = PORTION + 30


def retention_of(station: Station) -> PhotoRetention:
    return PhotoRetention(
        database=station.database,
        store=station.store,
        recorder=station.puller()._recorder,
        clock=station.clock,
        keep=timedelta(days=30),
    )


def runner_of(station: Station) -> SyncRunner:
    return SyncRunner(
        database=station.database,
        store=station.store,
        clock=station.clock,
        operations=station.lines(),
        evidence=station.lines(),
        app_version="test",
        retention=retention_of(station),
    )


def grow_old(station: Station) -> None:
    for path in station.store._folder.glob("??/*.jpg"):
        os.utime(path, (0, 0))


def here(station: Station) -> set[str]:
    return {path.stem for path in station.store._folder.glob("??/*.jpg")}


def at_the_centre(hangar: Hangar) -> int:
    (status,) = hangar.administration.status()
    return status.evidence_files


def filled(hangar: Hangar, count: int = PHOTOS) -> tuple[Station, set[str]]:
    """A station whose photos the centre has, long ago."""
    station = hangar.station()
    chance = random.Random(7)
    for _ in range(count):
        station.write(photo=noise(chance, 3000))
    assert runner_of(station).once().done
    assert at_the_centre(hangar) == count
    grow_old(station)
    return station, here(station)


def test_sync_itself_lets_go_what_the_centre_has(hangar: Hangar) -> None:
    station, photos = filled(hangar)
    runner = runner_of(station)
    assert runner.once().done
    assert here(station) == photos, "not before their days are over"
    station.clock.advance(DAYS_LATER * 86_400)
    assert runner.once().done
    assert here(station) == set()
    assert runner.once().problems == (), "what went is not missed by anybody"
    assert runner.state.pending_operations == 0
    assert hangar.administration.verify()[1] == []


def test_a_photo_that_the_centre_lost_before_it_was_to_go_is_sent_once_more(hangar: Hangar) -> None:
    station, photos = filled(hangar, 3)
    lost = sorted(photos)[1]
    server = hangar.administration._server
    server.run("DELETE FROM toolroom.evidence_chunk WHERE sha256 = :name", name=lost)
    server.run("DELETE FROM toolroom.evidence WHERE sha256 = :name", name=lost)
    server.run("UPDATE toolroom.evidence_head SET files = files - 1, bytes = bytes - 3000")
    station.clock.advance(DAYS_LATER * 86_400)
    runner = runner_of(station)
    assert runner.once().done
    assert at_the_centre(hangar) == 3
    assert here(station) == photos, "the days begin anew"
    station.clock.advance(DAYS_LATER * 86_400)
    assert runner.once().done
    assert here(station) == set()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", [0, 1, PORTION - 1, PORTION, PHOTOS - 1])
def test_a_station_that_is_killed_while_photos_go_finishes_at_its_next_start(
    hangar: Hangar, at: int, after: bool
) -> None:
    station, photos = filled(hangar)
    folder, address = station.folder, station.address
    station.close()
    hangar.stations.clear()
    processes = multiprocessing.get_context("forkserver")
    process = processes.Process(target=let_photos_go, args=(folder, address, at, after), daemon=True)
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == -signal.SIGKILL
    process.close()
    again = Station.opened(folder)
    again.address = address
    hangar.stations.append(again)
    left = here(again)
    assert len(left) == PHOTOS - at - after
    known = again.database.read(lambda uow: {sha256 for sha256, _ in uow.evidence.all()})
    assert known <= left, "whatever the records say is here, is"
    again.store.remove_orphans(known)
    assert here(again) == known, "what was begun is finished"
    again.clock.advance(DAYS_LATER * 86_400)
    assert runner_of(again).once().done
    assert here(again) == set()
    dropped = again.database.read(lambda uow: {name for name in photos if uow.photos.dropped(name) is not None})
    assert dropped == photos
    assert at_the_centre(hangar) == PHOTOS
    assert hangar.administration.verify()[1] == []
