"""A station whose centre the tests speak for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes import HandClock
from tests.ui.station import Bench
from tests.ui.sync.centre import KEPT, HandEnrolments
from tests.unit.services.test_sync_round import MemoryCentre
from tests.unit.services.test_sync_runner import HandLines
from toolroom_desktop.services.sync.pace import Rhythm
from toolroom_desktop.services.sync.runner import SyncRunner


@pytest.fixture
def enrolments(bench: Bench) -> HandEnrolments:
    made = HandEnrolments()
    bench.app.centre._enrolments = made
    return made


@pytest.fixture
def lines(bench: Bench, clock: HandClock) -> HandLines:
    """The way to a centre in memory; sync with it works at every wake, and otherwise waits for a quarter of an hour."""
    lines = HandLines(MemoryCentre(clock.now()))

    def runner() -> SyncRunner:
        return SyncRunner(
            database=bench.app.database,
            store=bench.app.operations.evidence,
            clock=clock,
            operations=lines,
            evidence=lines,
            app_version="1.0",
            rhythm=Rhythm(idle=900, longest=900),
        )

    bench.app.centre._make_runner = runner
    return lines


@pytest.fixture
def enrolled(enrolments: HandEnrolments, lines: HandLines) -> Iterator[HandLines]:
    """The station belongs to a centre; its sync begins with `bench.app.centre.start`."""
    enrolments.kept = KEPT
    yield lines
