"""No round hangs for ever, and the program ends within seconds whatever the line does."""

from __future__ import annotations

import argparse
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.centre.server import PostgreSql
from tests.centre.stations import MOST_PATIENT, Hangar, Station, waits
from tests.faults.sync.proxy import Fate, Fault, Proxy
from toolroom_desktop.adapters.central import connect
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.dsn import parse_dsn
from toolroom_desktop.adapters.central.gateway import CentreLines
from toolroom_desktop.cli.central import a_server
from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.station import Station as StationOfCommand
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.services.sync.evidence import EvidenceLane
from toolroom_desktop.services.sync.pace import Rhythm
from toolroom_desktop.services.sync.ports import Centre
from toolroom_desktop.services.sync.round import RoundReport, SyncRound
from toolroom_desktop.services.sync.runner import SyncRunner


@contextmanager
def through(server: PostgreSql, station: Station, fate: Fate) -> Iterator[Proxy]:
    """The station's way to the centre leads through a proxy on which every connection meets that fate."""
    proxy = Proxy(("127.0.0.1", server.port))
    proxy.fail(lambda: fate)
    assert station.address is not None
    station.address = replace(station.address, host="127.0.0.1", port=proxy.port)
    try:
        yield proxy
    finally:
        proxy.close()


@pytest.mark.parametrize("fault", [Fault.BLACK_HOLE, Fault.HALF_OPEN, Fault.DEAF, Fault.DRIPPING])
def test_a_line_that_says_nothing_is_torn_down_when_the_time_is_up(
    fault: Fault, hangar: Hangar, server: PostgreSql
) -> None:
    station = hangar.station()
    station.write(3)
    with through(server, station, Fate(fault, 400)):
        runner = station.runner(Rhythm(within=0.7))
        outcome = runner.once()
    assert [problem.code for problem in outcome.problems] == ["centre.silent"]
    assert outcome.state.pending_operations == 3


def test_without_the_deadline_a_dripping_line_would_go_on(hangar: Hangar, server: PostgreSql) -> None:
    station = hangar.station()
    station.write(3)
    with through(server, station, Fate(Fault.DRIPPING, 400)):
        lines = station.lines()
        ended = threading.Event()

        def come() -> None:
            with suppress(CentreProblem):
                lines.open(within=1000).close()
            ended.set()

        thread = threading.Thread(target=come, name="patient")
        thread.start()
        assert not ended.wait(1.5), "ten times as long as it takes without the drips"
        lines.abort()
        assert ended.wait(10)
        thread.join(10)


@pytest.mark.parametrize("fault", [Fault.BLACK_HOLE, Fault.HALF_OPEN, Fault.DRIPPING, Fault.NONE])
def test_the_program_ends_while_a_line_hangs(fault: Fault, hangar: Hangar, server: PostgreSql) -> None:
    station = hangar.station()
    station.write(3, photo=b"photo")
    with through(server, station, Fate(fault, 400)) as proxy:
        runner = station.runner()
        runner.start()
        assert waits(lambda: len(proxy.met) > 0)
        # A thread that did not end would be an error in the log, and be found by the check for leaked threads.
        runner.stop()
        runner.stop()


def test_stopping_what_was_never_started_does_nothing(hangar: Hangar) -> None:
    hangar.station().runner().stop()


def test_a_line_that_is_opened_while_the_program_ends_is_torn_down_at_once(hangar: Hangar) -> None:
    lines = hangar.station().lines()
    lines.abort()
    with pytest.raises(CentreProblem):
        lines.open(within=30)


def test_a_station_that_was_away_goes_on_by_itself(hangar: Hangar, server: PostgreSql) -> None:
    station = hangar.station()
    with through(server, station, Fate(Fault.REFUSED)) as proxy:
        runner = station.runner(Rhythm(idle=0.05, longest=0.1))
        states: list[str] = []
        runner.follow(lambda state: states.append(state.problem))
        runner.start()
        try:
            station.write(5, photo=b"a photo of a table")
            assert waits(lambda: len(proxy.met) > 6)
            assert runner.state.problem == "centre.silent"
            assert not runner.state.attention
            proxy.heal()
            assert waits(lambda: _nothing_waits(station))
            assert waits(lambda: runner.state.problem == "" and runner.state.pending_operations == 0)
        finally:
            runner.stop()
    assert "centre.silent" in states
    assert runner.state.last_success is not None


def test_sync_now_does_not_wait(hangar: Hangar) -> None:
    station = hangar.station()
    runner = station.runner(Rhythm(idle=1000, longest=1000))
    runner.start()
    try:
        assert waits(lambda: runner.state.last_success is not None and not runner.state.working)
        station.write(2, photo=b"another photo")
        runner.now()
        assert waits(lambda: _nothing_waits(station))
    finally:
        runner.stop()


def _nothing_waits(station: Station) -> bool:
    waiting = station.database.read(lambda uow: uow.outbox.waiting())
    return waiting.operations == waiting.files == 0


def test_photos_do_not_hold_up_operations(hangar: Hangar, server: PostgreSql) -> None:
    """While the photos' lane is stuck on a line of its own, entries go through."""
    station = hangar.station()
    proxy = Proxy(("127.0.0.1", server.port))
    proxy.fail(lambda: Fate(Fault.HALF_OPEN, 2000))
    assert station.address is not None
    own, slow = station.address, replace(station.address, host="127.0.0.1", port=proxy.port)
    runner = SyncRunner(
        database=station.database,
        store=station.store,
        clock=station.clock,
        operations=station.lines(),
        evidence=_lines_to(station, slow),
        app_version="t",
        rhythm=Rhythm(idle=0.05),
    )
    try:
        station.write(photo=bytes(range(256)) * 4000)
        runner.start()
        assert waits(lambda: len(proxy.met) > 0)
        for _ in range(3):
            station.write(10)
            assert waits(lambda: station.database.read(lambda uow: uow.outbox.waiting()).operations == 0)
        assert station.database.read(lambda uow: uow.outbox.waiting()).files == 1
    finally:
        runner.stop()
        proxy.close()
    station.address = own


def _round_held_until(monkeypatch: pytest.MonkeyPatch, told: list[str], over: Callable[[], bool]) -> None:
    """Every round of operations lasts until `over`; what both lanes do is written down in `told`, in its order."""
    run, send = SyncRound.run, EvidenceLane._send

    def held(self: SyncRound, centre: Centre, **more: Any) -> RoundReport:
        told.append("round begins")
        waits(over)
        told.append("round ends")
        return run(self, centre, **more)

    def sent(self: EvidenceLane, *given: Any) -> int:
        told.append("photo")
        return send(self, *given)

    monkeypatch.setattr(SyncRound, "run", held)
    monkeypatch.setattr(EvidenceLane, "_send", sent)


def test_photos_step_aside_while_operations_travel(hangar: Hangar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolroom_desktop.services.sync.runner.COURTESY_SECONDS", MOST_PATIENT)
    station, told = hangar.station(), list[str]()
    for number in range(3):
        station.write(photo=bytes([number]) * 1000)
    runner = station.runner(Rhythm(idle=MOST_PATIENT))
    stepped_aside = threading.Event()
    wait = runner._operations_rest.wait

    def waiting(seconds: float | None = None) -> bool:
        if not runner._operations_rest.is_set():
            stepped_aside.set()
        return wait(seconds)

    monkeypatch.setattr(runner._operations_rest, "wait", waiting)
    _round_held_until(monkeypatch, told, stepped_aside.is_set)
    with runner.operations_first():
        runner.start()
        try:
            assert waits(lambda: _nothing_waits(station))
        finally:
            runner.stop()
    assert stepped_aside.is_set()
    assert told.index("round ends") < told.index("photo")


def test_a_round_that_hangs_holds_no_photo_up(hangar: Hangar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolroom_desktop.services.sync.runner.COURTESY_SECONDS", 0.05)
    station, told = hangar.station(), list[str]()
    for number in range(3):
        station.write(photo=bytes([number]) * 1000)
    _round_held_until(monkeypatch, told, lambda: told.count("photo") == 3)
    runner = station.runner(Rhythm(idle=MOST_PATIENT))
    runner.start()
    try:
        assert waits(lambda: _nothing_waits(station))
    finally:
        runner.stop()
    assert told[: told.index("round ends")].count("photo") == 3


def _lines_to(station: Station, address: ServerAddress) -> CentreLines:
    return CentreLines(lambda: address, station.site_id)


def test_a_name_server_that_hangs_does_not_keep_the_program(hangar: Hangar, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing can break off a look-up of a name; it is waited for a while."""
    station = hangar.station()
    dialled, answered = threading.Event(), threading.Event()

    def hanging(_: ServerAddress) -> socket.socket:
        dialled.set()
        answered.wait(60)
        raise socket.gaierror("no answer")

    station.dialling = hanging
    runner = station.runner()
    runner.start()
    assert dialled.wait(MOST_PATIENT)
    threading.Timer(0.3, answered.set).start()
    runner.stop()
    assert answered.is_set()


def test_what_an_administrator_asks_may_take_longer_than_a_line_of_a_station_may_be_silent(
    server: PostgreSql, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "connect", partial(connect.connect, silence=1.0))
    slow = "SELECT pg_sleep(2.0)"
    line = connect.connect(parse_dsn(server.dsn))
    with pytest.raises(CentreProblem, match="silent"):
        line.run(slow)
    line.close()
    given = argparse.Namespace(dsn=server.dsn)
    with a_server(given, StationOfCommand(DataFolder(tmp_path), Console(Messages("en")))) as patient:
        assert len(patient.run(slow)) == 1
