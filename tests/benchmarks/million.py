"""A whole history goes to the centre in one go, and another station pulls what the centre made of it.

    python -m tests.benchmarks.million FOLDER [--entries 1000000] [--minutes 20] [--json]

FOLDER holds the records of a station (`python -m tests.toolroom FOLDER --bulk 1000000`). They are changed: use a copy.
Where they have fewer entries than asked, issues and returns are added. The server is a real PostgreSQL that waits for
its disk; each station is a process of its own, with the program's own lines, rhythm and rounds, and is asked for its
memory from outside.

push    until the centre acknowledged every entry and the station noted it
verify  `toolroom central verify` over all of it: every hash anew
derive  what the centre makes of the entries for other stations, what is left of it after the push
pull    until a new station has all of that in its tables; `changes` counts the rows

Memory is the resident set of the process in MB: when it had connected, at a tenth, at half, at the end, and its peak.
Each stage ends after `--minutes`; what was reached by then is told. Linux only.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.centre.issues import Issues
from tests.centre.server import PostgreSql, builds
from tests.centre.stations import KEY
from tests.faults.sync.conftest import for_stations
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.administration import Administration
from toolroom_desktop.adapters.central.connect import Server, connect
from toolroom_desktop.adapters.central.dsn import parse_dsn
from toolroom_desktop.adapters.central.gateway import CentreLines
from toolroom_desktop.adapters.central.setup import initialise
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_puller, open_records
from toolroom_desktop.services.sync.runner import SyncRunner

PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1e6 if hasattr(os, "sysconf") else 0.0
WRITTEN_AT_ONCE = 5000
LOOK_SECONDS = 0.5
MOST_SECONDS = 3600.0


@dataclass(frozen=True)
class Stage:
    """What a station did; `finished` is False where its time was up before it had done all.

    count   entries acknowledged, or rows taken over
    memory  MB of the process: at the beginning, at a tenth, at half and at the end of the count, and the peak
    """

    count: int
    seconds: float
    a_second: int
    finished: bool
    memory: dict[str, float]


@dataclass(frozen=True)
class Million:
    """Everything, with the machine's load before and after. Sizes in MB."""

    postgresql: int
    cores: int
    entries: int
    push: Stage
    centre_megabytes: float
    verify_seconds: float
    derive_seconds: float
    derived_rows: int
    pull: Stage
    centre_megabytes_then: float
    load: tuple[float, float]


def measure(folder: Path, entries: int, minutes: float) -> Million:
    """Measure on the records of that folder, which are changed."""
    began = os.getloadavg()[0]
    top_up(folder, entries)
    server = PostgreSql(builds()[0], durable=True)
    try:
        server.start()
        server.sql("CREATE DATABASE centre")
        with closing(connect(parse_dsn(server.dsn_of("centre")), silence=MOST_SECONDS)) as admin:
            return _measure(folder, minutes, server, admin, began)
    finally:
        server.remove()


def _measure(folder: Path, minutes: float, server: PostgreSql, admin: Server, began: float) -> Million:
    initialise(admin)
    address, administration = for_stations(server, "centre"), Administration(admin)

    def enrolled(name: str) -> ServerAddress:
        site = administration.add_site(name)
        return replace(address, user=site.role, password=site.password)

    def acknowledged() -> int:
        return int(admin.run("SELECT coalesce(max(seq), 0) FROM toolroom.site_head")[0][0])

    whole, _ = _heads(folder)
    pushed = _station(folder, enrolled("Ангар 1"), minutes, acknowledged, whole)
    size = _megabytes(admin)
    _say("push", pushed)
    begun = time.perf_counter()
    checked, faults = administration.verify()
    verified = time.perf_counter() - begun
    if faults or checked != pushed.count:
        raise AssertionError(f"{checked} entries checked, {faults[:3]}")
    _say("verify", round(verified, 1))
    begun = time.perf_counter()
    while any(
        admin.run("SELECT toolroom.derive_pending(:own)", own=own)[0][0]
        for (own,) in admin.run("SELECT site_id FROM toolroom.site_head")
    ):
        pass
    derived = time.perf_counter() - begun
    _say("derive", round(derived, 1))
    rows = int(admin.run("SELECT count(*) FROM toolroom.reference WHERE kind IN ('custody', 'case')")[0][0])
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        other = Path(place) / "data"
        pulled = _station(other, enrolled("Ангар 2"), minutes, lambda: _heads(other)[1], rows)
    return Million(
        postgresql=server.build.version,
        cores=os.cpu_count() or 0,
        entries=whole,
        push=pushed,
        centre_megabytes=size,
        verify_seconds=round(verified, 1),
        derive_seconds=round(derived, 1),
        derived_rows=rows,
        pull=pulled,
        centre_megabytes_then=_megabytes(admin),
        load=(round(began, 1), round(os.getloadavg()[0], 1)),
    )


def top_up(folder: Path, entries: int) -> None:
    """Add issues and returns until the journal has so many entries."""
    records = open_records(folder, create=True, pin_cost=FAST)
    try:
        issues = Issues(records.clock, KEY)
        missing = entries - records.database.read(lambda uow: uow.journal.head().site_seq)
        while missing > 0:
            count = min(missing, WRITTEN_AT_ONCE)
            records.database.write(lambda uow, count=count: issues.append(uow, count))  # type: ignore[misc]
            missing -= count
    finally:
        records.close()


def _heads(folder: Path) -> tuple[int, int]:
    """Entries of a journal, and rows of the centre that were taken over, read beside whoever has the records open."""
    try:
        records = open_records(folder, read_only=True)
    except Exception:  # noqa: BLE001 - its process has not made them yet
        return 0, 0
    try:
        return records.database.read(lambda uow: uow.journal.head().site_seq), records.database.read(_taken)
    finally:
        records.close()


def _taken(uow: Any) -> int:
    query = "SELECT count(*) FROM reference WHERE kind IN ('custody', 'case')"
    return int(uow.connection.exec_driver_sql(query).scalar_one())


def _megabytes(admin: Server) -> float:
    return round(int(admin.run("SELECT pg_database_size(current_database())")[0][0]) / 1e6)


def _say(stage: str, found: object) -> None:
    """What is known so far, should a later stage fail."""
    sys.stderr.write(f"{stage}: {found}\n")


def _station(folder: Path, address: ServerAddress, minutes: float, reached: Callable[[], int], whole: int) -> Stage:
    """Let a station sync in a process of its own until it is done, and look at it from outside."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=sync_all, args=(folder, address, minutes * 60, there))
    process.start()
    # So that its end is heard here, however it ends.
    there.close()
    try:
        here.recv()
        statm = Path(f"/proc/{process.pid}/statm")

        def memory() -> float:
            return round(int(statm.read_text().split()[1]) * PAGE_MB, 1)

        found = {"begun": memory()}
        begun = time.perf_counter()
        here.send("go")
        peak = found["begun"]
        # Counting rows of a large table takes longer than looking at a process.
        count, counted = 0, begun
        while not here.poll(LOOK_SECONDS):
            now = memory()
            peak = max(peak, now)
            if time.perf_counter() - counted < 10 * LOOK_SECONDS:
                continue
            count, counted = reached(), time.perf_counter()
            for name, share in (("tenth", 0.1), ("half", 0.5)):
                if name not in found and count >= share * whole:
                    found[name] = now
        finished = here.recv()
        seconds = time.perf_counter() - begun
        end = memory()
        found |= {"end": end, "peak": max(peak, end)}
        here.send("end")
    finally:
        process.join()
    count = reached()
    return Stage(count, round(seconds, 1), round(count / seconds), finished and count >= whole, found)


def sync_all(folder: Path, address: ServerAddress, seconds: float, tells: Connection) -> None:
    """In its own process: rounds without a pause until nothing waits and nothing new comes, or the time is up."""
    records = open_records(folder, create=True, pin_cost=FAST)
    try:
        runner = _runner(records, folder, address)
        tells.send("ready")
        tells.recv()
        late = threading.Event()

        def end() -> None:
            late.set()
            runner.stop()

        timer = threading.Timer(seconds, end)
        timer.start()
        finished, before = False, ""
        while not (finished or late.is_set()):
            outcome = runner.once()
            if outcome.problems and not late.is_set():
                raise AssertionError(outcome.problems)
            cursor = records.database.read(lambda uow: uow.reference.reach()).cursor
            finished = outcome.state.pending_operations == 0 and cursor == before
            before = cursor
        timer.cancel()
        tells.send(finished)
        tells.recv()
    finally:
        records.close()


def _runner(records: Records, folder: Path, address: ServerAddress) -> SyncRunner:
    def lines() -> CentreLines:
        return CentreLines(lambda: address, records.database.site_id)

    return SyncRunner(
        database=records.database,
        store=records.evidence,
        clock=records.clock,
        operations=lines(),
        evidence=lines(),
        app_version="bench",
        puller=open_puller(records, folder),
    )


def main(argv: Sequence[str] | None = None) -> Million:
    """Print what was measured, and return it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.million")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    measured = measure(given.folder, given.entries, given.minutes)
    found = asdict(measured)
    text = json.dumps(found) if given.json else "\n".join(f"{name}: {value}" for name, value in found.items())
    sys.stdout.write(f"{text}\n")
    return measured


if __name__ == "__main__":
    main()
