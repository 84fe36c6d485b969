"""A demo station at the command line, and a centre with TLS that it may be enrolled with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.centre.server import PostgreSql
from tests.command_line import CommandLine, copy_of, make_demo_station
from tests.faults.sync.command_line.steps import SITE
from tests.faults.sync.conftest import new_database


@pytest.fixture(scope="session")
def demo_station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, copied for every test."""
    return make_demo_station(tmp_path_factory.mktemp("demo") / "station")


@pytest.fixture
def station(demo_station: Path, tmp_path: Path) -> CommandLine:
    """The command line over a demo station of its own."""
    return CommandLine(copy_of(demo_station, tmp_path / "данные"))


@pytest.fixture
def dsn(tls_server: PostgreSql, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database."""
    told = tls_server.dsn_of(new_database(tls_server))
    monkeypatch.setenv("TOOLROOM_CENTRE_DSN", told)
    return told


@pytest.fixture
def ca(tls_server: PostgreSql, tmp_path: Path) -> Path:
    """The authority that vouches for the server."""
    path = tmp_path / "ca.pem"
    path.write_text(tls_server.authority.pem)
    return path


@pytest.fixture
def enrolment(station: CommandLine, dsn: str, ca: Path, tmp_path: Path) -> Path:
    """An enrolment file for the station."""
    path = tmp_path / "станция.json"
    assert station("central", "init").code == 0
    added = station("central", "add-site", SITE, "--host", "localhost", "--ca", ca, "--out", path)
    assert added.code == 0, added
    return path
