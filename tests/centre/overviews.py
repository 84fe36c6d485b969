"""A station that sees all of them: its records, what it brought from the centre, and the services over it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from tests.centre.rooms import Room
from toolroom_desktop.adapters.central.gateway import CentreLines
from toolroom_desktop.adapters.database.gathered.store import GatheredDatabase
from toolroom_desktop.bootstrap import Records, open_all_stations, open_fetcher, open_gathered, open_puller
from toolroom_desktop.services.all_stations import GatheredStations, StationsRecords
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.sync.gathering import Gathering
from toolroom_desktop.services.sync.gathering_ports import EntriesPage, Handed, SiteEntries
from toolroom_desktop.services.sync.ports import Place
from toolroom_desktop.services.sync.round import MOST_BYTES
from toolroom_desktop.services.sync.runner import SyncOutcome, SyncRunner


@dataclass
class MemoryOverview:
    """A centre for one process: it hands out the journals of stations as they lie there.

    changed  may change what is handed out
    """

    stations: dict[str, Records]
    now: Callable[[], datetime]
    changed: Callable[[EntriesPage], EntriesPage] = field(default=lambda page: page)
    asked: int = 0

    def open(self, *, within: float) -> MemoryOverview:
        """A line."""
        return self

    def abort(self) -> None:
        """Nothing hangs."""

    def close(self) -> None:
        """Nothing is open."""

    def entries(self, heads: Mapping[str, int], *, without: Collection[str] = (), most: int) -> EntriesPage:
        """What comes after those heads."""
        self.asked += 1
        room, more = most, False
        sites = []
        for name, records in self.stations.items():
            site_id = records.database.site_id
            reached = heads.get(site_id, 0)
            head, at, coming = records.database.read(partial(_told, reached=reached, room=room))
            handed = () if site_id in without else tuple(coming)
            if site_id not in without:
                more = more or reached + len(handed) < head.seq
            room -= len(handed)
            sites.append(SiteEntries(site_id, name, head, at, handed))
        return self.changed(EntriesPage(self.now(), tuple(sites), more))


def _told(uow: UnitOfWork, reached: int, room: int) -> tuple[Place, str, list[Handed]]:
    """The head of a journal, the hash of the entry that is reached, and the next entries."""
    place = uow.outbox.place(reached)
    entries = uow.outbox.after(reached, most=room, most_bytes=MOST_BYTES) if room else []
    head = uow.journal.head()
    return (
        Place(head.site_seq, head.hash),
        place.hash if place else "",
        [Handed(e.seq, e.hash, e.content) for e in entries],
    )


def gathering_of(gathered: GatheredDatabase, records: Records, centre: MemoryOverview) -> Gathering:
    """What brings entries of that centre, which rests for no moment, as if the centre had let it."""
    made = Gathering(gathered, centre, records.database, records.recorder, records.clock, rest=lambda _seconds: None)
    made.hear(allowed=True)
    return made


def gather_all(gathering: Gathering) -> None:
    """Everything that the centre has."""
    while gathering.work(lambda: True, within=10.0):
        pass


@contextmanager
def all_stations_of(
    records: Records, folder: Path, others: dict[str, Records], own_name: str = "Ангар A"
) -> Iterator[tuple[GatheredStations, Gathering]]:
    """The records of all stations, brought to the station of these records in one process; for tests of windows.

    folder  its data folder; `others` are the other stations by the name that the centre gives them. Yields
            (all stations as the windows know them, what brings more).
    """
    gathered = open_gathered(records, folder)
    centre = MemoryOverview({own_name: records, **others}, records.clock.now)
    gathering = gathering_of(gathered, records, centre)
    gather_all(gathering)
    stations = open_all_stations(records, gathered)
    try:
        yield stations, gathering
    finally:
        stations.close()


@dataclass
class Overview:
    """A room that sees all of them through a real centre."""

    room: Room
    gathered: GatheredDatabase
    stations: GatheredStations

    @classmethod
    def of(cls, room: Room) -> Overview:
        """What that room sees; the centre must let it."""
        gathered = open_gathered(room.records, room.folder)
        return cls(room, gathered, open_all_stations(room.records, gathered))

    @property
    def records(self) -> StationsRecords:
        """The services; there must be something."""
        found = self.stations.records()
        assert found is not None
        return found

    def runner(self) -> SyncRunner:
        """The room's sync with the lane of all stations, not started."""
        room = self.room

        def lines() -> CentreLines:
            return CentreLines(lambda: room.address, room.site_id)

        records = room.records
        gathering = Gathering(
            self.gathered, lines(), records.database, records.recorder, room.clock, rest=lambda _seconds: None
        )
        return SyncRunner(
            database=records.database,
            store=records.evidence,
            clock=room.clock,
            operations=lines(),
            evidence=lines(),
            app_version="test",
            puller=open_puller(records, room.folder),
            fetcher=open_fetcher(records, room.folder),
            gathering=gathering,
        )

    def sync(self) -> SyncOutcome:
        """One round of all lanes, which must end well."""
        outcome = self.runner().once()
        if not outcome.done or outcome.problems:
            raise AssertionError(f"{self.room.name}: {outcome.problems}")
        return outcome

    def close(self) -> None:
        """Let go of the files; the room's own stay open."""
        self.stations.close()
