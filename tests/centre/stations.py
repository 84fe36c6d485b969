"""Stations that write and sync, made quickly and in numbers, with real records on disk."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.fakes import HandClock
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.administration import Administration, NewSite
from toolroom_desktop.adapters.central.connect import Dial, dial
from toolroom_desktop.adapters.central.gateway import CentreLines
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.evidence import FileEvidenceStore
from toolroom_desktop.config.settings import check_centre_setting
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.journal import JournalEntry, next_entry
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.sync.appliers import station_appliers
from toolroom_desktop.services.sync.pace import Rhythm
from toolroom_desktop.services.sync.pull import Applier, Puller
from toolroom_desktop.services.sync.runner import SyncRunner

KEY = b"a key of the station for tests.."
MOST_PATIENT = 30.0


def make_template(folder: Path) -> Path:
    """A data folder without entries, to be copied: making one anew takes longer than a whole trial."""
    SqliteDatabase.open(folder, site_id_factory=lambda: "template").close()
    return folder


class _OneKey:
    """A station's secrets, all the same."""

    place = "file"

    def get_or_create(self, name: str) -> bytes:
        return KEY


@dataclass
class Station:
    """One data folder, its records open, and as whom it goes to the centre."""

    folder: Path
    database: SqliteDatabase
    store: FileEvidenceStore
    clock: HandClock
    address: ServerAddress | None = None
    silence: float = MOST_PATIENT
    dialling: Dial = dial
    photos: list[str] = field(default_factory=list)
    appliers: Mapping[str, Applier] | None = None

    @classmethod
    def made_of(cls, template: Path, folder: Path, site_id: str) -> Station:
        """A new station of that id."""
        shutil.copytree(template, folder)
        with closing(sqlite3.connect(folder / "toolroom.sqlite")) as connection, connection:
            for table in ("station", "journal_head"):
                connection.execute(f"UPDATE {table} SET site_id = ?", (site_id,))
        return cls.opened(folder)

    @classmethod
    def opened(cls, folder: Path) -> Station:
        """The station in a data folder."""
        return cls(folder, SqliteDatabase.open(folder, create=False), FileEvidenceStore(folder), HandClock())

    @property
    def site_id(self) -> str:
        """Its id in every entry."""
        return self.database.site_id

    def enrolled(self, site: NewSite, address: ServerAddress) -> Station:
        """Let it belong to the centre at `address`, as `site`."""
        from dataclasses import replace

        self.address = replace(address, user=site.role, password=site.password)
        return self

    def write(
        self,
        count: int = 1,
        *,
        payload: Mapping[str, Any] | None = None,
        op_id: UUID | None = None,
        photo: bytes | None = None,
        kind: str = "operation_recorded",
    ) -> JournalEntry:
        """Append so many entries in one transaction; the last of them."""

        def command(uow: UnitOfWork) -> JournalEntry:
            for number in range(count):
                head = uow.journal.head()
                entry = next_entry(
                    head,
                    op_id=op_id or uuid7(),
                    site_id=uow.site_id,
                    wall_at=self.clock.now() + timedelta(milliseconds=number),
                    kind=kind,
                    payload=payload or {"kit": f"К-{head.site_seq}", "note": "в ангаре", "match": 97.5},
                    key=KEY,
                )
                uow.journal.append(entry)
            if photo is not None:
                uow.evidence.add(self.store.put(photo), len(photo))
            return entry

        written = self.database.write(command)
        if photo is not None:
            self.photos.append(self.store.put(photo))
        return written

    def lines(self) -> CentreLines:
        """Its way to the centre."""
        assert self.address is not None
        address = self.address
        return CentreLines(lambda: address, self.site_id, dialling=self.dialling, silence=self.silence)

    def puller(self) -> Puller:
        """What takes over what the centre says."""
        appliers = self.appliers
        if appliers is None:
            appliers = station_appliers(self.clock, check_centre_setting)
        return Puller(self.database, Recorder(self.clock, _OneKey()), self.clock, appliers)

    def runner(self, rhythm: Rhythm | None = None) -> SyncRunner:
        """Its sync, not started."""
        return SyncRunner(
            database=self.database,
            store=self.store,
            clock=self.clock,
            operations=self.lines(),
            evidence=self.lines(),
            app_version="test",
            rhythm=rhythm,
            puller=self.puller(),
        )

    def hashes(self) -> list[str]:
        """The hashes of its chain."""
        return self.database.read(lambda uow: uow.outbox.hashes(0, uow.journal.head().site_seq))

    def close(self) -> None:
        """Close the records."""
        self.database.close()


@dataclass
class Hangar:
    """A centre with stations of one template."""

    administration: Administration
    address: ServerAddress
    template: Path
    folder: Path
    stations: list[Station] = field(default_factory=list)

    def station(self, name: str | None = None) -> Station:
        """One more station, enrolled."""
        name = name or f"площадка {uuid7()}"
        station = Station.made_of(self.template, self.folder / str(uuid7()), str(uuid7()))
        self.stations.append(station)
        return station.enrolled(self.administration.add_site(name), self.address)

    def close(self) -> None:
        """Close all records."""
        for station in self.stations:
            station.close()


def noise(chance: random.Random, size: int) -> bytes:
    """A photo of so many bytes that no other is like."""
    return chance.randbytes(size)


def waits(condition: Callable[[], bool], within: float = MOST_PATIENT) -> bool:
    """Whether it comes true in time."""
    import threading
    import time

    end = time.monotonic() + within
    pause = threading.Event()
    while not condition():
        if time.monotonic() > end:
            return False
        pause.wait(0.02)
    return True


def morning(days: float = 0) -> datetime:
    """A morning, so many days away."""
    return HandClock().now() + timedelta(days=days)
