"""Today's stations at a centre of an older release, and what becomes of it when its program is replaced.

"Centre first" is what the guide asks for; where it is done the other way round, nothing is lost and nobody is stuck.
The way back, an older station at today's centre, is in `test_frozen_protocol.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.centre.issues import Issues
from tests.centre.older import FIXTURES, RELEASES, add_site, digest, lay
from tests.centre.server import PostgreSql
from tests.centre.stations import KEY, Hangar, Station
from tests.faults.sync.conftest import as_administrator, for_stations, new_database
from tests.faults.sync.test_protocol import centre_hashes
from toolroom_desktop.adapters.central.administration import Administration
from toolroom_desktop.adapters.central.connect import Server
from toolroom_desktop.adapters.central.reference import Put, ReferenceData
from toolroom_desktop.adapters.central.setup import STEPS, initialise
from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.services.sync.elsewhere import CUSTODY


@dataclass
class Older:
    """A centre of an older release, with an administrator's connection."""

    release: str
    connection: Server
    server: PostgreSql
    database: str
    template: Path
    folder: Path

    def station(self, name: str) -> Station:
        """A station of today that was enrolled there."""
        made = Station.made_of(self.template, self.folder / name, f"site-{name}")
        return made.enrolled(add_site(self.connection, name), for_stations(self.server, self.database))


@pytest.fixture(params=sorted(RELEASES))
def older(request: pytest.FixtureRequest, every_server: PostgreSql, template: Path, tmp_path: Path) -> Iterator[Older]:
    database = new_database(every_server)
    connection = as_administrator(every_server, database)
    lay(connection, request.param)
    yield Older(request.param, connection, every_server, database, template, tmp_path)
    connection.close()


def test_what_a_release_laid_is_kept_as_it_was() -> None:
    assert {folder.name for folder in FIXTURES.glob("centre_*")} == set(RELEASES)
    assert {release: digest(release) for release in RELEASES} == RELEASES


def test_a_station_of_today_gives_an_older_centre_all_it_takes_and_asks_for_no_more(older: Older) -> None:
    station = older.station("А")
    try:
        issues = Issues(station.clock, KEY)
        station.database.write(lambda uow: issues.append(uow, 700))
        station.write(2, photo=b"a photo" * 100_000)
        outcome = station.runner().once()
        assert (outcome.done, outcome.pushed, outcome.files, outcome.problems) == (True, 702, 1, ())
        station.write()
        outcome = station.runner().once()
        assert (outcome.pushed, outcome.files, outcome.problems) == (1, 0, ())
        assert outcome.state.pending_operations == outcome.state.pending_files == 0
        run = older.connection.run
        there = run("SELECT hash FROM toolroom.journal ORDER BY site_seq")
        assert [one[0] for one in there] == station.hashes()
        assert run("SELECT count(*) FROM toolroom.evidence WHERE complete_at IS NOT NULL")[0][0] == 1
    finally:
        station.close()


def test_an_administrator_of_today_is_told_that_the_centre_is_older_and_changes_nothing(older: Older) -> None:
    with pytest.raises(CentreProblem, match="older_schema"):
        Administration(older.connection)


def test_an_older_centre_that_is_brought_up_to_date_goes_on_with_its_stations_and_tells_what_it_has(
    older: Older,
) -> None:
    first, second = older.station("А"), older.station("Б")
    hangar = None
    try:
        issues = Issues(first.clock, KEY)
        first.database.write(lambda uow: issues.append(uow, 303))
        for station in (first, second):
            assert station.runner().once().problems == ()
        steps = STEPS[STEPS.index("0001_first") + 1 :]
        assert initialise(older.connection).applied == steps
        told = older.connection.run("SELECT count(*) FROM toolroom.reference WHERE kind = 'custody'")[0][0]
        assert told == 300, "before any station comes"
        hangar = Hangar(
            Administration(older.connection),
            for_stations(older.server, older.database),
            older.template,
            older.folder,
            [first, second],
        )
        assert [site.seq for site in hangar.administration.status()] == [303, 0]
        assert hangar.administration.verify() == (303, [])
        first.database.write(lambda uow: issues.append(uow, 4))
        second.write(5)
        ReferenceData(older.connection).change([Put("novelty", "x", {"of": "today"})])
        for _ in range(2):
            for station in (first, second):
                outcome = station.runner().once()
                assert outcome.done
                assert outcome.problems == ()
        for station in (first, second):
            assert centre_hashes(hangar, station) == station.hashes()
        kinds = second.database.read(
            lambda uow: {kind: len(uow.reference.of_kind(kind)) for kind in (CUSTODY, "novelty")}
        )
        # 300 kits went out, the first seven came back: what came before the new program is told like what came after.
        assert kinds == {CUSTODY: 300, "novelty": 1}
        live = [
            row for row in second.database.read(lambda uow: uow.reference.of_kind(CUSTODY)) if not row.change.deleted
        ]
        assert len(live) == 293
    finally:
        first.close()
        second.close()
