"""How long a round of sync takes where many stations use one server at once.

    python -m tests.benchmarks.many_stations [--stations 64] [--processes 8] [--seconds 60] [--every 5] [--json]

Every station has records of its own on disk and is a thread in one of the processes. Every `--every` seconds, at its
own moment, it writes an issue or a return of its own kits with its whole result and does a round as the program does:
connect, hello, push, pull what all others issued and returned meanwhile, verify, compare. (In use a round comes every
15 seconds and an operation every few minutes.) The server is a real PostgreSQL that waits for its disk, on the same
machine. The first round of each station, which compares the whole chain, counts apart.

Times are in milliseconds, from before the connection until after the goodbye. `late` are rounds that began after the
moment at which the next one should have begun.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path

os.environ.setdefault("TOOLROOM_KEYRING", "off")

from tests.centre.issues import Issues
from tests.centre.server import PostgreSql, builds
from tests.centre.stations import KEY, Station, make_template
from tests.faults.sync.conftest import for_stations
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.administration import Administration
from toolroom_desktop.adapters.central.connect import connect
from toolroom_desktop.adapters.central.dsn import parse_dsn
from toolroom_desktop.adapters.central.gateway import CentreLines
from toolroom_desktop.adapters.central.setup import initialise
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import open_puller, open_records
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.sync.round import SyncRound

LOOK_SECONDS = 0.1
WITHIN = 120.0


@dataclass
class Seen:
    """What the stations of one process saw: milliseconds of each round, and of its connecting alone."""

    first: list[float] = field(default_factory=list)
    rounds: list[float] = field(default_factory=list)
    connecting: list[float] = field(default_factory=list)
    pushed: int = 0
    pulled: int = 0
    late: int = 0
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Many:
    """Everything. `connections` are those of stations, at most and on the average, looked at ten times a second."""

    postgresql: int
    cores: int
    stations: int
    every: float
    rounds: int
    rounds_a_second: float
    p50: float
    p95: float
    longest: float
    connecting_p50: float
    first_longest: float
    pushed: int
    pulled: int
    late: int
    failed: list[str]
    connections: tuple[int, float]
    load: tuple[float, float]


def measure(stations: int, processes: int, seconds: float, every: float) -> Many:
    """Measure on this machine."""
    began = os.getloadavg()[0]
    server = PostgreSql(builds()[0], durable=True)
    try:
        server.start()
        server.sql("CREATE DATABASE centre")
        with (
            closing(connect(parse_dsn(server.dsn_of("centre")))) as admin,
            tempfile.TemporaryDirectory() as place,
        ):
            initialise(admin)
            address, administration = for_stations(server, "centre"), Administration(admin)
            template = make_template(Path(place) / "template")
            members = []
            for number in range(stations):
                site = administration.add_site(f"Ангар {number}")
                folder = Path(place) / f"station {number}"
                Station.made_of(template, folder, f"station-{number}").close()
                members.append((folder, number, replace(address, user=site.role, password=site.password)))
            seen, connections, took = _all(members, processes, seconds, every, server)
    finally:
        server.remove()
    rounds = seen.rounds
    cuts = statistics.quantiles(rounds, n=100, method="inclusive")
    return Many(
        postgresql=server.build.version,
        cores=os.cpu_count() or 0,
        stations=stations,
        every=every,
        rounds=len(rounds),
        rounds_a_second=round((len(rounds) + len(seen.first)) / took, 1),
        p50=round(cuts[49], 1),
        p95=round(cuts[94], 1),
        longest=round(max(rounds), 1),
        connecting_p50=round(statistics.median(seen.connecting), 1),
        first_longest=round(max(seen.first), 1),
        pushed=seen.pushed,
        pulled=seen.pulled,
        late=seen.late,
        failed=seen.failed,
        connections=(max(connections), round(statistics.mean(connections), 1)),
        load=(round(began, 1), round(os.getloadavg()[0], 1)),
    )


Member = tuple[Path, int, ServerAddress]


def _all(
    members: list[Member], processes: int, seconds: float, every: float, server: PostgreSql
) -> tuple[Seen, list[int], float]:
    """Run all of them at once; what they saw, the numbers of connections, and the seconds that it took."""
    context = multiprocessing.get_context("spawn")
    running = []
    for number in range(processes):
        share = members[number::processes]
        here, there = context.Pipe()
        process = context.Process(target=work, args=(share, seconds, every, there))
        process.start()
        there.close()
        running.append((here, process))
    looker = connect(parse_dsn(server.dsn))
    connections: list[int] = []
    try:
        for here, _ in running:
            here.recv()
        for here, _ in running:
            here.send("go")
        begun = time.perf_counter()
        while not all(here.poll() for here, _ in running):
            query = "SELECT count(*) FROM pg_stat_activity WHERE usename LIKE 'toolroom_site_%'"
            connections.append(int(looker.run(query)[0][0]))
            time.sleep(LOOK_SECONDS)
        took = time.perf_counter() - begun
        parts = [here.recv() for here, _ in running]
    finally:
        looker.close()
        for _, process in running:
            process.join()
    together = Seen()
    for part in parts:
        together.first += part.first
        together.rounds += part.rounds
        together.connecting += part.connecting
        together.failed += part.failed
        together.pushed += part.pushed
        together.pulled += part.pulled
        together.late += part.late
    return together, connections, took


def work(members: list[Member], seconds: float, every: float, tells: Connection) -> None:
    """In a process of its own: the stations of a share, each in its thread."""
    seen, ready, start = Seen(), threading.Semaphore(0), threading.Event()
    threads = [threading.Thread(target=_live, args=(*one, seconds, every, seen, ready, start)) for one in members]
    for thread in threads:
        thread.start()
    for _ in threads:
        ready.acquire()
    tells.send("ready")
    tells.recv()
    start.set()
    for thread in threads:
        thread.join()
    tells.send(seen)


def _live(
    folder: Path,
    number: int,
    address: ServerAddress,
    seconds: float,
    every: float,
    seen: Seen,
    ready: threading.Semaphore,
    start: threading.Event,
) -> None:
    with closing(open_records(folder, pin_cost=FAST)) as records:
        lines = CentreLines(lambda: address, records.database.site_id)
        sync = SyncRound(records.database, records.clock, "bench", open_puller(records, folder))
        issues, pause = Issues(records.clock, KEY, f"{number}К"), threading.Event()
        ready.release()
        start.wait()
        begun = time.perf_counter()
        due = begun + random.Random(number).uniform(0, every)
        first = True
        while due < begun + seconds:
            pause.wait(max(0.0, due - time.perf_counter()))
            due += every
            records.database.write(lambda uow: issues.append(uow, 1))
            at = time.perf_counter()
            seen.late += at > due
            try:
                centre = lines.open(within=WITHIN)
                connected = time.perf_counter()
                try:
                    report = sync.run(centre)
                finally:
                    centre.close()
            except UserFacingError as problem:
                seen.failed.append(problem.code)
                continue
            took = 1000 * (time.perf_counter() - at)
            (seen.first if first else seen.rounds).append(took)
            seen.connecting.append(1000 * (connected - at))
            seen.pushed += report.pushed
            seen.pulled += report.pulled
            first = False


def main(argv: Sequence[str] | None = None) -> Many:
    """Print what was measured, and return it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.many_stations")
    parser.add_argument("--stations", type=int, default=64)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--every", type=float, default=5.0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    measured = measure(given.stations, given.processes, given.seconds, given.every)
    found = asdict(measured)
    text = json.dumps(found) if given.json else "\n".join(f"{name}: {value}" for name, value in found.items())
    sys.stdout.write(f"{text}\n")
    return measured


if __name__ == "__main__":
    main()
