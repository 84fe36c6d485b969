"""A station in a process of its own that writes and syncs until it is killed, and says how far it wrote."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from tests.centre.stations import Station
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.services.sync.pace import Rhythm


def write_and_sync(folder: Path, address: ServerAddress, tells: Connection) -> None:
    """Write entries and photos for ever, and send the number of each entry once it is saved."""
    station = Station.opened(folder)
    station.address = address
    runner = station.runner(Rhythm(idle=0.01, longest=0.05))
    runner.start()
    while True:
        head = station.database.read(lambda uow: uow.journal.head().site_seq)
        written = station.write(photo=f"photo {head}".encode() * 100 if head % 3 == 0 else None)
        tells.send(written.site_seq)
