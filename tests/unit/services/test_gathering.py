"""The records of all stations, made of the entries of every journal: what is asked of them, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.centre.overviews import MemoryOverview, gather_all, gathering_of
from tests.centre.rooms import Room
from tests.fakes import HandClock
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.database.gathered.store import GatheredDatabase
from toolroom_desktop.bootstrap import open_all_stations, open_gathered
from toolroom_desktop.services.all_stations import GatheredStations, StationsRecords
from toolroom_desktop.services.history_rows import Choice, HistoryFilter
from toolroom_desktop.services.sync.gathering import Gathering

NOWHERE = ServerAddress("localhost", 1, "nothing", "")


class Lookout:
    """Two rooms, and what the first one sees of both."""

    def __init__(self, folder: Path) -> None:
        self.a, self.b = (
            Room.opened(name, folder / name, NOWHERE, HandClock(), 60 + 20 * number).furnish()
            for number, name in enumerate("AB")
        )
        self.centre = MemoryOverview({"Ангар A": self.a.records, "Ангар B": self.b.records}, self.a.clock.now)
        self.gathered: GatheredDatabase = open_gathered(self.a.records, self.a.folder)
        self.gathering: Gathering = gathering_of(self.gathered, self.a.records, self.centre)
        self.stations: GatheredStations = open_all_stations(self.a.records, self.gathered)

    def gather(self) -> StationsRecords:
        """Everything that is new; the services over all of it."""
        gather_all(self.gathering)
        found = self.stations.records()
        assert found is not None
        return found

    def close(self) -> None:
        self.stations.close()
        for room in (self.a, self.b):
            room.close()


@pytest.fixture
def lookout(tmp_path: Path) -> Iterator[Lookout]:
    made = Lookout(tmp_path)
    yield made
    made.close()


def test_what_was_issued_at_one_station_is_out_and_what_came_back_at_another_is_not(lookout: Lookout) -> None:
    issued = lookout.a.desk.take("T-1", "K-1", aircraft="RA-1")
    lookout.b.desk.take("T-2", "K-2")
    desk = lookout.gather().desk
    out = {one.kit: (one.holder_badge, one.station, one.site_id) for one in desk.look("L-1").out}
    assert out == {
        "K-1": ("T-1", "Ангар A", lookout.a.site_id),
        "K-2": ("T-2", "Ангар B", lookout.b.site_id),
    }
    lookout.b.desk.bring("T-2", "K-2")
    lookout.gather()
    assert [one.kit for one in desk.look("L-1").out] == ["K-1"]
    row = lookout.gather().history.row(issued.operation_id)
    assert (row.site_id, row.site_seq, row.aircraft) == (lookout.a.site_id, issued.site_seq, "RA-1")


def test_the_history_is_filtered_by_station_and_counted_by_station(lookout: Lookout) -> None:
    for _ in range(3):
        lookout.a.desk.take("T-1", "K-1")
        lookout.a.desk.bring("T-1", "K-1")
    lookout.b.desk.take("T-2", "K-2")
    history = lookout.gather().history
    page = history.page(HistoryFilter(site=lookout.b.site_id))
    assert [(row.kit, row.site_id) for row in page.rows] == [("K-2", lookout.b.site_id)]
    assert history.count(HistoryFilter()).number == 7
    assert history.count(HistoryFilter(site=lookout.a.site_id, kit="K-1")).number == 6
    assert history.count(HistoryFilter(site=lookout.a.site_id, text="К-2")).number == 0
    assert history.count(HistoryFilter(site="nowhere")).number == 0
    assert [(one.value, one.title) for one in history.choices(Choice.SITE, "ангар b")] == [
        (lookout.b.site_id, "Ангар B")
    ]
    assert lookout.stations.station(lookout.b.site_id) == "Ангар B"
    assert replace(lookout.stations.standing(), looked=None).missing == 0
