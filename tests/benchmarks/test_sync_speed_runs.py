"""The measurements of sync themselves work, on little."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.centre.server import builds

from . import many_stations, million

pytestmark = pytest.mark.skipif(not builds(), reason="there is no PostgreSQL here")


def test_a_whole_history_goes_and_another_station_gets_what_was_made_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measured = million.main([str(tmp_path / "data"), "--entries", "1200", "--json"])
    assert json.loads(capsys.readouterr().out)["entries"] == measured.entries == 1200
    assert (measured.push.count, measured.push.finished) == (1200, True)
    # Issues and returns of 300 kits in turns: 600 were issued.
    assert (measured.derived_rows, measured.pull.count, measured.pull.finished) == (600, 600, True)
    assert measured.push.memory["peak"] >= measured.push.memory["end"] > 0


def test_a_stage_whose_time_is_up_says_how_far_it_came(tmp_path: Path) -> None:
    million.top_up(tmp_path / "data", 1200)
    measured = million.measure(tmp_path / "data", 1200, minutes=0.0)
    assert not measured.push.finished
    assert measured.push.count < 1200


def test_many_stations_write_and_sync_and_each_gets_what_the_others_wrote(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--stations", "4", "--processes", "2", "--seconds", "3", "--every", "1", "--json"]
    measured = many_stations.main(given)
    assert json.loads(capsys.readouterr().out)["rounds"] == measured.rounds > 0
    assert measured.failed == []
    assert measured.pushed == measured.rounds + 4
    assert measured.pulled > 0
    assert measured.p50 <= measured.p95 <= measured.longest
