"""The station is put together, records and model side by side; where one of them is bad, nothing stays behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import build, open_records
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import BadModel, DatabaseProblem


@pytest.fixture
def without_model(tmp_path: Path) -> Settings:
    """Settings that name a model which is not there."""
    return Settings.model_validate({"model": {"manifest": str(tmp_path / "gone.json")}})


def test_the_steps_are_told_in_their_order(tmp_path: Path) -> None:
    told: list[str] = []
    build(tmp_path / "data", Settings(), demo=True, report=told.append, pin_cost=FAST).close()
    assert told == ["start.database", "start.model", "start.camera"]


def test_a_station_without_its_model_is_not_built_and_lets_go_of_its_records(
    tmp_path: Path, without_model: Settings
) -> None:
    with pytest.raises(BadModel):
        build(tmp_path / "data", without_model, demo=True, pin_cost=FAST)
    records = open_records(tmp_path / "data", pin_cost=FAST)
    assert len(records.accounts.everyone()) == 5
    records.close()


def test_records_that_cannot_be_opened_are_told_before_a_model_that_is_not_there(
    tmp_path: Path, without_model: Settings
) -> None:
    (tmp_path / "data").write_text("no folder")
    with pytest.raises(DatabaseProblem, match="folder_is_a_file"):
        build(tmp_path / "data", without_model, demo=True, pin_cost=FAST)


def test_the_program_loads_nothing_that_the_first_frame_does_not_need() -> None:
    late = ("alembic", "openpyxl", "pg8000", "pyqtgraph", "segno", "toolroom_desktop.ui.screens.history")
    asked = f"import sys, toolroom_desktop.__main__; print([name for name in {late} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
