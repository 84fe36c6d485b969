"""The records of all stations, brought from a real PostgreSQL to a station that may see them, and to no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.centre.overviews import Overview
from tests.centre.rooms import Room, meet, rooms_of
from tests.centre.server import PostgreSql
from tests.centre.stations import Hangar
from tests.faults.sync.conftest import hangar_in
from toolroom_desktop.adapters.central.gateway import CentreLines
from toolroom_desktop.adapters.central.setup import initialise
from toolroom_desktop.adapters.database.gathered.store import FOLDER
from toolroom_desktop.domain.errors import CentreProblem, NotFound
from toolroom_desktop.services.history_rows import HistoryFilter
from toolroom_desktop.services.sync.gathering import BEGUN, BROUGHT_ANEW, REMOVED


@pytest.fixture
def rooms(hangar: Hangar, tmp_path: Path) -> Iterator[list[Room]]:
    made = rooms_of(hangar, tmp_path)
    yield made
    for room in made:
        room.close()


@pytest.fixture
def overview(rooms: list[Room], hangar: Hangar) -> Iterator[Overview]:
    """What room A sees, which the centre lets."""
    hangar.administration.allow_overview("Ангар A")
    made = Overview.of(rooms[0])
    yield made
    made.close()


def test_what_happened_at_two_stations_is_on_one_desk_and_stays_there_without_a_network(
    rooms: list[Room], overview: Overview
) -> None:
    a, b = rooms
    b.desk.take("T-1", "K-1", aircraft="RA-89001", expected_return=a.clock.now() + timedelta(hours=1))
    a.desk.take("T-2", "K-2")
    meet(rooms)
    overview.sync()
    desk = overview.records.desk
    assert {one.kit: one.station for one in desk.look("L-1").out} == {"K-1": "Ангар B", "K-2": "Ангар A"}
    standing = overview.stations.standing()
    assert (standing.missing, standing.as_of is not None) == (0, True)
    assert standing.held == sum(map(entries_of, rooms)) - 1, "all but the entry that it began, which is not there yet"
    a.desk.bring("T-1", "K-1")
    meet(rooms)
    overview.sync()
    assert [one.kit for one in desk.look("L-1").out] == ["K-2"]
    assert a.said(BEGUN) == [{}], "the journal says once that it began to see others"

    # Without a network, in a program that was started anew.
    overview.close()
    again = Overview.of(a)
    again.gathered.wake()
    assert [one.kit for one in again.records.desk.look("L-1").out] == ["K-2"]
    assert again.stations.standing().as_of is not None
    assert again.records.history.count(HistoryFilter(site=b.site_id)).number == 1
    again.close()


def entries_of(room: Room) -> int:
    """How many entries the journal of a room has."""
    return room.records.database.read(lambda uow: uow.journal.head().site_seq)


def test_a_station_that_may_not_see_others_asks_for_nothing_and_would_get_nothing(
    rooms: list[Room], hangar: Hangar
) -> None:
    a, b = rooms
    b.desk.take("T-1", "K-1")
    meet(rooms)
    blind = Overview.of(a)
    blind.sync()
    assert blind.stations.records() is None
    assert not (a.folder / FOLDER).exists()
    line = CentreLines(lambda: a.address, a.site_id).open(within=10.0)
    with pytest.raises(CentreProblem) as refused:
        line.entries({}, most=10)
    line.close()
    assert refused.value.code == "centre.missing_rights"
    with pytest.raises(NotFound):
        blind.gathered.read(lambda uow: uow.operations.recent(limit=1))
    assert [site.overview for site in hangar.administration.status()] == [False, False]
    blind.close()


def test_where_the_right_is_taken_away_nothing_of_others_stays(
    rooms: list[Room], overview: Overview, hangar: Hangar
) -> None:
    a, b = rooms
    b.desk.take("T-1", "K-1")
    meet(rooms)
    overview.sync()
    assert overview.stations.records() is not None
    assert [site.overview for site in hangar.administration.status()] == [True, False]
    hangar.administration.deny_overview("Ангар A")
    overview.sync()
    assert overview.stations.records() is None
    assert not (a.folder / FOLDER).exists()
    assert a.said(REMOVED) == [{"reason": "not_allowed"}]
    hangar.administration.allow_overview("Ангар A")
    overview.sync()
    assert [one.kit for one in overview.records.desk.look("L-1").out] == ["K-1"]


@pytest.mark.expects_log
def test_an_entry_that_somebody_changed_at_the_centre_is_not_taken_in_and_holds_up_nobody_else(
    rooms: list[Room], overview: Overview, hangar: Hangar
) -> None:
    a, b = rooms
    issued = b.desk.take("T-1", "K-1")
    a.desk.take("T-2", "K-2")
    meet(rooms)
    run = hangar.administration._server.run
    changed = "UPDATE toolroom.journal SET content = replace(content, 'T-1', 'T-2') WHERE op_id = CAST(:id AS uuid)"
    run(changed, id=str(issued.operation_id))
    overview.sync()
    assert [one.kit for one in overview.records.desk.look("L-1").out] == ["K-2"]
    standing = overview.stations.standing()
    assert (standing.broken, standing.as_of) == (("Ангар B",), None)
    assert standing.missing > 0
    run(changed.replace("'T-1', 'T-2'", "'T-2', 'T-1'"), id=str(issued.operation_id))
    overview.sync()
    assert {one.kit for one in overview.records.desk.look("L-1").out} == {"K-1", "K-2"}
    assert (overview.stations.standing().broken, overview.stations.standing().missing) == ((), 0)


def test_a_centre_that_tells_another_story_is_believed_and_all_of_it_brought_anew(
    rooms: list[Room], overview: Overview, hangar: Hangar, server: PostgreSql, template: Path, tmp_path: Path
) -> None:
    a, b = rooms
    b.desk.take("T-1", "K-1")
    meet(rooms)
    overview.sync()
    for other in hangar_in(server, template, tmp_path / "other"):
        site = other.administration.add_site("Ангар A", overview=True)
        a.address = replace(other.address, user=site.role, password=site.password)
        a.desk.take("T-2", "K-2")
        overview.sync()
        assert [one.kit for one in overview.records.desk.look("L-1").out] == ["K-2"], "the other centre knows A alone"
        assert a.said(BROUGHT_ANEW) == [{"sites": [b.site_id]}]


def test_a_centre_that_knows_nothing_of_it_yet_goes_on_and_is_brought_up_to_date(
    rooms: list[Room], hangar: Hangar
) -> None:
    server = hangar.administration._server
    server.run("DROP FUNCTION toolroom.entries(jsonb)")
    assert [site.overview for site in hangar.administration.status()] == [False, False]
    with pytest.raises(CentreProblem) as refused:
        hangar.administration.allow_overview("Ангар A")
    assert refused.value.code == "centre.older_schema"
    initialise(server)
    hangar.administration.allow_overview("Ангар A")
    seeing = Overview.of(rooms[0])
    seeing.sync()
    assert seeing.stations.standing().as_of is not None
    hangar.administration.remove_site("Ангар A")
    assert [site.overview for site in hangar.administration.status()] == [False, False]
    seeing.close()
