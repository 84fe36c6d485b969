"""Nothing lost, nothing twice, nobody stuck, whatever the network does: twenty seeds here.

`python -m tests.faults.sync --seeds 500` runs the long trial. That rows are lost where the centre does not wait for
transactions that still run is shown in `test_pull.py`, where the transactions are in the test's hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.centre.server import PostgreSql
from tests.centre.stations import Hangar
from tests.faults.sync.conftest import hangar_in
from tests.faults.sync.controls import blind, early
from tests.faults.sync.trial import Outcome, run_trial

SEEDS = 20
CONTROL_SEEDS = range(8)


@pytest.fixture(scope="module")
def shared(server: PostgreSql, template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hangar]:
    """One centre that gets fuller from trial to trial."""
    yield from hangar_in(server, template, tmp_path_factory.mktemp("stations"))


@pytest.mark.parametrize("seed", range(SEEDS), ids=lambda seed: f"seed-{seed}")
def test_after_the_faults_everything_is_at_both_ends_once(seed: int, shared: Hangar, server: PostgreSql) -> None:
    outcome = run_trial(seed, shared, server)
    assert outcome.good, outcome


def test_acknowledging_before_the_reply_loses_entries(shared: Hangar, server: PostgreSql) -> None:
    found: list[Outcome] = []
    for seed in CONTROL_SEEDS:
        found.append(early(seed, shared, server))
        if found[-1].lost:
            return
    pytest.fail(f"the trial finds no harm: {found}")


def test_a_centre_that_takes_whatever_comes_doubles_entries(hangar: Hangar, server: PostgreSql) -> None:
    found: list[Outcome] = []
    for seed in CONTROL_SEEDS:
        found.append(blind(seed, hangar, server))
        if found[-1].doubled:
            return
    pytest.fail(f"the trial finds no harm: {found}")
