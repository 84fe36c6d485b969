"""The measurement itself works, and no question of the screens reads a whole table that grows with every operation."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.toolroom.make import make
from tests.toolroom.store import SMALL
from toolroom_desktop.bootstrap import open_records

from . import toolroom_speed


def test_the_speed_is_measured_and_every_question_goes_by_an_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "made", seed=3, days=20, size=SMALL, until=date(2026, 5, 4))
    measured = toolroom_speed.main([str(tmp_path / "made"), "--times", "2", "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert printed["operations"] == measured.operations > 10
    assert set(printed["milliseconds"]) == set(measured.milliseconds)
    assert measured.scans == []


def test_a_whole_table_that_is_read_is_named(tmp_path: Path) -> None:
    records = open_records(tmp_path / "records", create=True)
    try:
        with toolroom_speed.statements() as seen:
            query = "SELECT count(*) FROM operation WHERE note = 'x'"
            records.database.read(lambda uow: uow.connection.exec_driver_sql(query))
        assert toolroom_speed.scans(records, seen)[0].startswith("SCAN operation: ")
    finally:
        records.close()
