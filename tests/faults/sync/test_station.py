"""A whole station: it syncs where it belongs to a centre, even if killed at any point, and is silent elsewhere."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.centre.server import PostgreSql
from tests.centre.stations import Hangar, Station, waits
from tests.faults.sync.reference_trial import Administrators, differences, lay_ground, rows_at
from tests.faults.sync.station_process import write_and_sync
from tests.faults.sync.test_protocol import centre_hashes
from tests.ui.station import open_bench
from toolroom_desktop.adapters.central.enrolment import Enrolment, EnrolmentStore
from toolroom_desktop.selftest.network import watching

KILLS = int(os.environ.get("TOOLROOM_SYNC_KILLS", "8"))
PATIENCE = 60.0


def test_a_station_without_a_centre_opens_no_socket_and_no_thread(tmp_path: Path) -> None:
    with watching() as watch:
        bench = open_bench(tmp_path)
        try:
            assert bench.app.sync is None
            assert not [thread for thread in threading.enumerate() if thread.name.startswith("sync")]
        finally:
            bench.app.close()
        watch.look_again()
    assert (watch.attempts, watch.sockets) == ([], set())


def test_a_station_that_belongs_to_a_centre_syncs_by_itself_and_stops_before_its_records(
    hangar: Hangar, tmp_path: Path
) -> None:
    open_bench(tmp_path / "station").app.close()
    site = hangar.administration.add_site("Ангар")
    address = replace(hangar.address, user=site.role, password=site.password)
    EnrolmentStore(tmp_path / "station", keyring=lambda: None).keep(Enrolment("Ангар", address))
    app = open_bench(tmp_path / "station").app
    try:
        assert app.sync is not None
        sync = app.sync
        assert waits(lambda: sync.state.last_success is not None and sync.state.pending_operations == 0)
        written = app.database.read(lambda uow: uow.journal.head().site_seq)
    finally:
        app.close()
    (status,) = hangar.administration.status()
    assert status.seq == written > 0


def test_a_station_whose_enrolment_cannot_be_read_starts_nevertheless(tmp_path: Path) -> None:
    open_bench(tmp_path).app.close()
    (tmp_path / "centre.json").write_text("{", encoding="utf-8")
    app = open_bench(tmp_path).app
    try:
        sync = app.sync
        assert sync is not None
        assert waits(lambda: sync.state.problem == "enrolment.kept_damaged")
        assert sync.state.attention
    finally:
        app.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.timeout(120 + 10 * KILLS)
def test_a_station_that_is_killed_while_it_syncs_loses_and_doubles_nothing(
    hangar: Hangar, server: PostgreSql, request: pytest.FixtureRequest
) -> None:
    station = hangar.station()
    station.close()
    hangar.stations.clear()
    lay_ground(hangar)
    administrators = Administrators(2026, server, hangar.address.database)
    request.addfinalizer(administrators.end)
    administrators.start()
    chance = random.Random(2026)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.faults.sync.station_process"])
    confirmed = 0
    for _ in range(KILLS):
        hears, tells = processes.Pipe(duplex=False)
        process = processes.Process(target=write_and_sync, args=(station.folder, station.address, tells), daemon=True)
        process.start()
        tells.close()
        for _ in range(chance.randint(1, 40)):
            assert hears.poll(PATIENCE)
            confirmed = hears.recv()
        process.kill()
        process.join(PATIENCE)
        assert process.exitcode == -signal.SIGKILL
        try:
            while True:
                confirmed = hears.recv()
        except EOFError:
            hears.close()
        process.close()
    administrators.end()
    assert administrators.failures == []
    again = Station.opened(station.folder)
    again.address = station.address
    hangar.stations.append(again)
    assert again.runner().once().done
    assert differences(again, rows_at(hangar)) == []
    assert len(again.hashes()) >= confirmed > 0
    assert centre_hashes(hangar, again) == again.hashes()
    photos = again.database.read(lambda uow: [name for name, _ in uow.evidence.all()])
    (status,) = hangar.administration.status()
    assert status.evidence_files == len(photos) > 0
    assert hangar.administration.verify()[1] == []
