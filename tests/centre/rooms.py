"""Whole toolrooms of one organisation: the same people, kits and tools, each with its own records and counter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.centre.stations import Hangar
from tests.fakes import HandClock, plain_picture
from tests.toolroom.desk import Desk, desk_of
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.gateway import CentreLines
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_fetcher, open_puller, open_records
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.sync.fetch import FileFetcher
from toolroom_desktop.services.sync.runner import SyncOutcome, SyncRunner

PIN = "135790"
PEOPLE = (
    ("T-1", "Иванов И. И.", Role.TECHNICIAN),
    ("T-2", "Петров П. П.", Role.TECHNICIAN),
    ("S-1", "Морозова Е. В.", Role.STOREKEEPER),
    ("L-1", "Смирнова А. В.", Role.SHIFT_LEAD),
    ("Q-1", "Ким С.", Role.QUALITY),
)
TOOLKIT = Toolkit("T", (Position("pliers", 2, "Пассатижи", "Pliers"), Position("brace", 1, "Коловорот", "Brace")))
KITS = (Kit("K-1", "T", "CODE-1"), Kit("K-2", "T"))
# One register for all of them, as the centre would give it.
_TOOLS = tuple(
    Tool(name, kit=kit.number, unit=unit, marking=f"{kit.number}-{name[0]}{unit}", tool_id=UUID(int=number))
    for number, (kit, name, unit) in enumerate(
        [(kit, name, unit) for kit in KITS for name, unit in (("pliers", 1), ("pliers", 2), ("brace", 1))], start=1
    )
)


@dataclass
class Room:
    """One toolroom. `picture` is what its camera sees, another one in every room."""

    name: str
    folder: Path
    records: Records
    clock: HandClock
    address: ServerAddress
    desk: Desk
    fetcher: FileFetcher
    online: bool = True

    @classmethod
    def opened(cls, name: str, folder: Path, address: ServerAddress, clock: HandClock, shade: int = 100) -> Room:
        """The room of that data folder."""
        records = open_records(folder, create=True, clock=clock, pin_cost=FAST)
        operations = replace(records.operations, has_centre=lambda: True)
        records = replace(records, operations=operations)
        desk = desk_of(records, PIN, plain_picture(shade))
        return cls(name, folder, records, clock, address, desk, open_fetcher(records, folder))

    def furnish(self) -> Room:
        """People, kits and tools."""
        for badge, name, role in PEOPLE:
            self.records.accounts.add_person(badge=badge, name=name, role=role, pin=PIN, actor_badge=None)
        self.records.catalogue.take_in([TOOLKIT], KITS, actor_badge=None)

        def save(uow: UnitOfWork) -> None:
            uow.tools.save_many(_TOOLS)

        self.records.database.write(save)
        return self

    @property
    def site_id(self) -> str:
        """Its id in every entry."""
        return self.records.database.site_id

    def runner(self) -> SyncRunner:
        """Its sync, not started."""
        lines = CentreLines(lambda: self.address, self.site_id)
        return SyncRunner(
            database=self.records.database,
            store=self.records.evidence,
            clock=self.clock,
            operations=lines,
            evidence=CentreLines(lambda: self.address, self.site_id),
            app_version="test",
            puller=open_puller(self.records, self.folder),
            fetcher=self.fetcher,
        )

    def sync(self) -> SyncOutcome:
        """One round of both lanes, which must end well."""
        outcome = self.runner().once()
        if not outcome.done or outcome.problems:
            raise AssertionError(f"{self.name}: {outcome.problems}")
        return outcome

    def out(self, kit: str = "K-1") -> dict[str, tuple[str, Mapping[str, int]]]:
        """What this room believes to be out of that kit: the operation with its holder and what it is."""

        def look(uow: UnitOfWork) -> list[Operation]:
            own = uow.operations.open_checkout(kit)
            return [*([own] if own else []), *(one.operation for one in uow.elsewhere.out(kit))]

        found = self.records.database.read(look)
        return {str(one.operation_id): (one.holder_badge, dict(one.custody)) for one in found}

    def entries(self, kind: str) -> list[JournalEntry]:
        """What its journal says of that kind."""
        return self.records.database.read(lambda uow: [entry for entry in uow.journal.entries() if entry.kind == kind])

    def said(self, kind: str) -> list[Mapping[str, Any]]:
        """The payloads of those."""
        return [entry.payload for entry in self.entries(kind)]

    def close(self) -> None:
        """Close the records."""
        self.records.close()


def rooms_of(hangar: Hangar, folder: Path, names: str = "AB") -> list[Room]:
    """Furnished rooms named Ангар A, Ангар B and so on, each enrolled; their clocks agree."""
    made = []
    for number, name in enumerate(names):
        site = hangar.administration.add_site(f"Ангар {name}")
        address = replace(hangar.address, user=site.role, password=site.password)
        made.append(Room.opened(name, folder / f"room {name}", address, HandClock(), 60 + 20 * number).furnish())
    return made


def meet(rooms: list[Room], rounds: int = 3) -> None:
    """Let all of them sync until everybody knows everything."""
    for _ in range(rounds):
        for room in rooms:
            room.sync()
