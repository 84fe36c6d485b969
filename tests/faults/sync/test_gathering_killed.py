"""A station that is killed while it brings the records of all stations."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.centre.overviews import MemoryOverview, gather_all, gathering_of
from tests.centre.rooms import Room
from tests.fakes import HandClock
from tests.faults.sync.gathering_process import gather
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.database.gathered.store import FOLDER
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import open_gathered, open_records
from toolroom_desktop.domain.operation import Count


@pytest.fixture
def two_folders(tmp_path: Path) -> tuple[Path, Path]:
    """The data folders of two stations that worked, closed."""
    folders = []
    for number, name in enumerate("AB"):
        room = Room.opened(name, tmp_path / name, ServerAddress("localhost", 1, "nothing", ""), HandClock()).furnish()
        for _ in range(5 + number):
            room.desk.take("T-1", "K-1")
            room.desk.bring("T-1", "K-1", {("brace", 1): Count.KEPT})
            room.desk.bring("T-1", "K-1")
        room.desk.take("T-2", f"K-{number + 1}")
        room.close()
        folders.append(room.folder)
    return folders[0], folders[1]


def test_whoever_is_killed_in_the_middle_of_a_portion_goes_on_where_it_was(two_folders: tuple[Path, Path]) -> None:
    chance = random.Random(7)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.faults.sync.gathering_process"])
    own, other = two_folders
    ended = kills = 0
    while not ended:
        hears, tells = processes.Pipe()
        process = processes.Process(target=gather, args=(own, other, tells))
        process.start()
        tells.close()
        portions = chance.randint(3, 8)
        try:
            for _ in range(portions):
                ended += hears.recv() == 0
                # It goes on with the next portion, in the middle of which it is killed.
                hears.send(1)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            pass  # it has ended by itself
        process.kill()
        process.join()
        kills += not ended
    assert kills >= 3
    whole = dumped(own)
    shutil.rmtree(own / FOLDER)
    records = open_records(own, pin_cost=FAST)
    there = open_records(other, read_only=True, pin_cost=FAST)
    gathered = open_gathered(records, own)
    gather_all(
        gathering_of(gathered, records, MemoryOverview({"Ангар A": records, "Ангар B": there}, records.clock.now))
    )
    gathered.close()
    there.close()
    records.close()
    assert dumped(own) == whole


def dumped(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """What its records of all stations say of what happened, whatever they are numbered here."""
    with closing(sqlite3.connect(folder / FOLDER / "toolroom.sqlite")) as connection:
        of = {
            number: (site, seq)
            for number, site, seq in connection.execute("SELECT number, site, seq FROM gathered_entry")
        }
        return {
            "entries": sorted(of.values()),
            "operations": sorted(
                connection.execute("SELECT operation_id, closed_by, custody <> '{}', counted FROM operation")
            ),
            "history": sorted(
                (of[seq], *row) for seq, *row in connection.execute("SELECT site_seq, site, type, owed FROM history")
            ),
            "cases": sorted(connection.execute("SELECT case_id, state, events FROM lost_tool_case")),
        }
