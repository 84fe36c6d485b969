"""A used station, made once and copied for every test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.used_station import make_used_station


@pytest.fixture(scope="session")
def used_station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_used_station(tmp_path_factory.mktemp("used") / "station")


@pytest.fixture
def station(used_station: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    folder = tmp_path / "Данные станции"
    shutil.copytree(used_station, folder)
    return folder
