"""The measurement itself works, and no filter of a small busy toolroom reads a whole table."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.toolroom.bulk import make_bulk
from tests.toolroom.store import SMALL

from . import history_speed


def test_the_speed_is_measured_and_every_filter_goes_by_an_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    until = date(2026, 5, 4)
    make_bulk(tmp_path / "made", seed=3, operations=500, days=16, weeks=1, size=SMALL, until=until)
    measured = history_speed.main([str(tmp_path / "made"), "--times", "1", "--filters", "40", "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert printed["operations"] == measured.operations > 100
    assert set(printed["milliseconds"]) == set(measured.milliseconds)
    assert measured.filters == 40
    assert measured.scans == []
