"""A demo station on disk for every test of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import CommandLine, brace_alone, copy_of, make_demo_station


@pytest.fixture(scope="session")
def demo_station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, copied for every test."""
    return make_demo_station(tmp_path_factory.mktemp("demo") / "station")


@pytest.fixture(scope="session")
def brace_photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The brace alone on a table."""
    return brace_alone(tmp_path_factory.mktemp("photos") / "коловорот.png")


@pytest.fixture
def toolroom(demo_station: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line over a demo station of its own."""
    for name in ("TOOLROOM_PIN", "TOOLROOM_NEW_PIN", "TOOLROOM_DATA"):
        monkeypatch.delenv(name, raising=False)
    return CommandLine(copy_of(demo_station, tmp_path / "данные"))
