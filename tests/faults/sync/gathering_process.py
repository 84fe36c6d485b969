"""A station in a process of its own that brings the records of all stations until it is killed."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from tests.centre.overviews import MemoryOverview, gathering_of
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import open_gathered, open_records
from toolroom_desktop.services.sync.pace import Portion

ENTRIES_AT_ONCE = 3


def gather(own: Path, other: Path, tells: Connection) -> None:
    """Bring the journals of both data folders in small portions; say after each that it is here, and await a word."""

    def tell() -> None:
        tells.send(1)
        tells.recv()

    records = open_records(own, pin_cost=FAST)
    there = open_records(other, read_only=True, pin_cost=FAST)
    gathered = open_gathered(records, own)
    centre = MemoryOverview({"Ангар A": records, "Ангар B": there}, records.clock.now)
    gathering = gathering_of(gathered, records, centre)
    gathering._portion = Portion(ENTRIES_AT_ONCE)
    gathered.commits.follow(tell)
    while gathering.work(lambda: True, within=10.0):
        pass
    tells.send(0)
