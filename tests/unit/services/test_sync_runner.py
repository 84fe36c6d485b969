"""The threads of sync, with lines that do as they are told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.centre.stations import Station, make_template, waits
from tests.unit.services.test_sync_round import MemoryCentre, waiting
from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.services.sync.pace import Rhythm
from toolroom_desktop.services.sync.runner import SyncRunner
from toolroom_desktop.services.sync.state import PASSING, SyncState, needs_a_person

QUICK = Rhythm(idle=0.01, longest=0.01)


class HandLines:
    """`Lines` to a centre in memory; `failure` is raised instead while it is set. No line opens before the `gate`."""

    def __init__(self, centre: MemoryCentre) -> None:
        self.centre = centre
        self.failure: Exception | None = None
        self.opened = 0
        self.aborted = threading.Event()
        self.hanging = False
        self.gate = threading.Event()
        self.gate.set()

    def open(self, *, within: float) -> MemoryCentre:
        self.opened += 1
        self.gate.wait(60)
        if self.hanging:
            self.aborted.wait(60)
            raise CentreProblem("centre.silent", server="x")
        if self.failure is not None:
            raise self.failure
        return self.centre

    def abort(self) -> None:
        self.aborted.set()
        self.gate.set()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template") / "station")


@pytest.fixture
def station(template: Path, tmp_path: Path) -> Iterator[Station]:
    made = Station.made_of(template, tmp_path / "station", "s-1")
    yield made
    made.close()


@pytest.fixture
def lines(station: Station) -> HandLines:
    return HandLines(MemoryCentre(station.clock.now()))


def runner_of(station: Station, lines: HandLines, rhythm: Rhythm = QUICK) -> SyncRunner:
    return SyncRunner(
        database=station.database,
        store=station.store,
        clock=station.clock,
        operations=lines,
        evidence=lines,
        app_version="1.0",
        rhythm=rhythm,
    )


def test_what_is_written_goes_by_itself(station: Station, lines: HandLines) -> None:
    runner = runner_of(station, lines)
    runner.start()
    try:
        station.write(3, photo=b"photo")
        assert waits(lambda: waiting(station) == 0 and len(lines.centre.files) == 1)
        assert waits(lambda: runner.state.pending_operations == runner.state.pending_files == 0)
    finally:
        runner.stop()
    assert lines.centre.calls.count("close") == lines.opened, "every line that was opened was closed"


def test_what_is_wrong_is_said_and_tried_again_without_a_write(station: Station, lines: HandLines) -> None:
    station.write(2)
    lines.failure = CentreProblem("centre.wrong_password", server="x", database="y", reason="z")
    runner = runner_of(station, lines)
    runner.start()
    try:
        assert waits(lambda: lines.opened > 3)
        assert (runner.state.problem, runner.state.attention) == ("centre.wrong_password", True)
        assert runner.state.pending_operations == 2
        lines.failure = None
        assert waits(lambda: waiting(station) == 0)
        assert waits(lambda: runner.state.problem == "" and not runner.state.attention)
    finally:
        runner.stop()


@pytest.mark.expects_log
def test_a_fault_of_the_program_ends_no_thread(
    station: Station, lines: HandLines, caplog: pytest.LogCaptureFixture
) -> None:
    station.write(2)
    lines.failure = ZeroDivisionError("a fault")
    runner = runner_of(station, lines)
    runner.start()
    try:
        assert waits(lambda: lines.opened > 3)
        assert (runner.state.problem, runner.state.attention) == ("centre.fault", True)
        lines.failure = None
        assert waits(lambda: waiting(station) == 0)
    finally:
        runner.stop()
    assert "a fault" in caplog.text


def test_stopping_tears_down_a_line_that_hangs(station: Station, lines: HandLines) -> None:
    lines.hanging = True
    runner = runner_of(station, lines)
    runner.start()
    assert waits(lambda: lines.opened > 0)
    runner.stop()
    assert runner.state.problem == "", "what was torn down on purpose is no problem"


def test_a_long_wait_ends_when_somebody_asks(station: Station, lines: HandLines) -> None:
    runner = runner_of(station, lines, Rhythm(idle=1000))
    runner.start()
    try:
        assert waits(lambda: runner.state.last_success is not None)
        station.write()
        runner.now()
        assert waits(lambda: waiting(station) == 0)
    finally:
        runner.stop()


def test_a_listener_is_told_every_state(station: Station, lines: HandLines) -> None:
    states: list[SyncState] = []
    runner = runner_of(station, lines)
    runner.follow(states.append)
    station.write(4)
    assert runner.once().pushed == 4
    assert [state.working for state in states][:1] == [True]
    assert (states[-1].pending_operations, states[-1].working) == (0, False)


def test_what_was_remembered_is_shown_before_the_first_round(station: Station, lines: HandLines) -> None:
    first = runner_of(station, lines)
    assert first.once().done
    lines.hanging = True
    again = runner_of(station, lines)
    again.start()
    try:
        assert again.state.last_success == station.clock.now()
    finally:
        again.stop()


@pytest.mark.parametrize("code", sorted(PASSING))
def test_what_heals_by_itself_needs_nobody(code: str) -> None:
    assert not needs_a_person(CentreProblem(code))


@pytest.mark.parametrize("code", ["centre.wrong_password", "centre.refused_fork", "centre.disk_full"])
def test_what_does_not_heal_needs_a_person(code: str) -> None:
    assert needs_a_person(CentreProblem(code))
