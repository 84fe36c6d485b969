"""How long an operation takes to the centre while photos go up and a model comes down beside it, and without.

    python -m tests.benchmarks.evidence_latency [--megabytes 50] [--turns 5] [--operations 30] [--json]

One station with its records on disk and one PostgreSQL that waits for its disk (fsync on), both on this machine. A turn
writes operations one by one: half of them with the photos' lane at rest, then as many as come while that lane sends so
many megabytes of photos and brings the tests' real model of 12.7 MB, in its own thread of the same process as in use,
then the other half at rest again. So what is compared shares processor, records, server and disk, minute for minute,
and what else the machine does falls on both. A ratio is the median of those of the turns.

push   one operation with its whole result over a line that is open: handed in and acknowledged
round  the same as the station does it: a line is opened, hello, push, pull, verify, all noted in the records
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tests.centre.issues import Issues
from tests.centre.modelling import name_model, real_release
from tests.centre.server import PostgreSql, builds
from tests.centre.stations import KEY, Hangar, make_template
from tests.faults.sync.conftest import hangar_in
from tests.released_models import Signer, make_signer
from toolroom_desktop.adapters.central.gateway import CentreLines
from toolroom_desktop.adapters.files.incoming import IncomingFolder
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_fetcher, open_model_keeper, open_puller, open_records
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.sync.runner import SyncRunner
from toolroom_desktop.services.workplace import Workplace

PHOTO_BYTES = 250_000
# Even a busy counter leaves more between two operations; without any, processor alone would be measured.
PAUSE_SECONDS = 0.02
MOST_SECONDS = 600.0
_NAMES = ("push quiet", "push busy", "round quiet", "round busy")


@dataclass(frozen=True)
class Spread:
    """Milliseconds."""

    operations: int
    median: float
    p95: float


@dataclass(frozen=True)
class Latency:
    """What was measured: spreads over all turns, and busy divided by quiet.

    `turn_ratios` are those of medians, turn by turn. `load` is that of the machine, before and after.
    """

    postgresql: int
    turns: int
    megabytes_up: float
    megabytes_down: float
    lane_seconds: float
    push_quiet: Spread
    push_busy: Spread
    push_ratio: float
    push_p95_ratio: float
    push_turn_ratios: tuple[float, ...]
    round_quiet: Spread
    round_busy: Spread
    round_ratio: float
    round_p95_ratio: float
    round_turn_ratios: tuple[float, ...]
    cores: int
    load: tuple[float, float]


class _Station:
    """One station: its records, its lanes, and what it has spent, in seconds."""

    def __init__(self, hangar: Hangar, folder: Path) -> None:
        site = hangar.administration.add_site("Ангар")
        address = replace(hangar.address, user=site.role, password=site.password)
        self.records: Records = open_records(folder, create=True, pin_cost=FAST)
        self.folder = folder
        self._issues = Issues(self.records.clock, KEY)
        site_id = self.records.database.site_id
        self.lines = CentreLines(lambda: address, site_id)
        workplace = Workplace()
        # Somebody works: the model comes and waits.
        workplace.tell(taken=True)
        self.runner = SyncRunner(
            database=self.records.database,
            store=self.records.evidence,
            clock=self.records.clock,
            operations=self.lines,
            evidence=CentreLines(lambda: address, site_id),
            app_version="bench",
            puller=open_puller(self.records, folder),
            fetcher=open_fetcher(self.records, folder),
            models=open_model_keeper(self.records, folder, Settings(), workplace),
        )

    def write(self) -> None:
        """An operation."""
        self.records.database.write(lambda uow: self._issues.append(uow, 1))

    def push(self) -> float:
        """One operation over a line that is open."""
        centre = self.lines.open(within=60)
        try:
            welcome = centre.hello(now=self.records.clock.now(), app_version="bench", pending=1)
            self.write()
            after = welcome.head.seq
            entries = self.records.database.read(lambda uow: uow.outbox.after(after, most=500, most_bytes=1_000_000))
            begun = time.perf_counter()
            # A push is a part of a round.
            with self.runner.operations_first():
                centre.push(entries)
            return time.perf_counter() - begun
        finally:
            centre.close()

    def one_round(self) -> float:
        """One operation as the station brings it."""
        self.write()
        begun = time.perf_counter()
        self.runner._one_round(lambda: True)
        return time.perf_counter() - begun

    def photograph(self, megabytes: float, chance: random.Random) -> None:
        """Photos that wait, of noise, so that nothing makes them smaller."""
        store, count = self.records.evidence, round(megabytes * 1e6 / PHOTO_BYTES)
        names = [store.put(chance.randbytes(PHOTO_BYTES)) for _ in range(count)]

        def note(uow: UnitOfWork) -> None:
            for sha256 in names:
                uow.evidence.add(sha256, PHOTO_BYTES)

        self.records.database.write(note)

    def lane(self) -> None:
        """What the photos' thread does until nothing is left."""
        while self.runner._photos() or self.runner.state.pending_files:
            pass

    def forget_model(self) -> None:
        """So that the next one comes whole."""
        incoming = IncomingFolder(self.folder / "incoming")
        for name in incoming.names():
            incoming.discard(name)


def measure(megabytes: float, turns: int, operations: int) -> Latency:
    """Measure on a PostgreSQL that waits for its disk."""
    server = PostgreSql(builds()[0], durable=True)
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            template = make_template(Path(folder) / "template")
            for hangar in hangar_in(server, template, Path(folder)):
                return _measure(hangar, server, Path(folder), megabytes, turns, operations)
    finally:
        server.remove()
    raise AssertionError("no centre")


def _measure(
    hangar: Hangar, server: PostgreSql, folder: Path, megabytes: float, turns: int, operations: int
) -> Latency:
    before = os.getloadavg()[0]
    chance, signer = random.Random(2026), make_signer(folder / "keys")
    station = _Station(hangar, folder / "station")
    found: list[dict[str, list[float]]] = []
    lane_seconds, down = 0.0, 0
    try:
        station.one_round()
        for turn in range(turns):
            now: dict[str, list[float]] = {name: [] for name in _NAMES}
            found.append(now)
            _note(now, "quiet", station, lambda done: done < (operations + 1) // 2)
            down += _offer(hangar, station, folder, signer, turn)
            station.photograph(megabytes, chance)
            station.runner.recount()
            lane = threading.Thread(target=station.lane, name="bench lane", daemon=True)
            begun = time.perf_counter()
            lane.start()
            _note(now, "busy", station, lambda _done, lane=lane: lane.is_alive())  # type: ignore[misc]
            lane.join(MOST_SECONDS)
            lane_seconds += time.perf_counter() - begun
            held = station.records.database.read(lambda uow: sum(f.held for f in uow.elsewhere.fetched("model")))
            assert station.runner.state.pending_files == 0
            assert held == down // (turn + 1)
            _note(now, "quiet", station, lambda done: done < operations // 2)
    finally:
        station.records.close()
    spreads = {name: _spread([one for turn in found for one in turn[name]]) for name in _NAMES}

    def ratios(what: str, of: Callable[[Spread], float]) -> tuple[float, ...]:
        turns = [(_spread(turn[f"{what} busy"]), _spread(turn[f"{what} quiet"])) for turn in found]
        return tuple(round(of(busy) / of(quiet), 2) for busy, quiet in turns)

    def ratio(what: str, of: Callable[[Spread], float]) -> float:
        return round(statistics.median(ratios(what, of)), 2)

    return Latency(
        postgresql=server.build.version,
        turns=turns,
        megabytes_up=megabytes * turns,
        megabytes_down=round(down / 1e6, 1),
        lane_seconds=round(lane_seconds, 1),
        push_quiet=spreads["push quiet"],
        push_busy=spreads["push busy"],
        push_ratio=ratio("push", lambda spread: spread.median),
        push_p95_ratio=ratio("push", lambda spread: spread.p95),
        push_turn_ratios=ratios("push", lambda spread: spread.median),
        round_quiet=spreads["round quiet"],
        round_busy=spreads["round busy"],
        round_ratio=ratio("round", lambda spread: spread.median),
        round_p95_ratio=ratio("round", lambda spread: spread.p95),
        round_turn_ratios=ratios("round", lambda spread: spread.median),
        cores=os.cpu_count() or 1,
        load=(round(before, 1), round(os.getloadavg()[0], 1)),
    )


def _offer(hangar: Hangar, station: _Station, folder: Path, signer: Signer, turn: int) -> int:
    """Have the centre name a model that this station has not; its size in bytes."""
    station.forget_model()
    manifest = real_release(folder / f"release {turn}", signer, f"bench {turn}")
    name_model(hangar, manifest, signer)
    station.one_round()
    return manifest.with_suffix(".onnx").stat().st_size


def _note(found: dict[str, list[float]], how: str, station: _Station, go_on: Callable[[int], bool]) -> None:
    """Operations of both ways in turns, as long as `go_on` of how many there were says so."""
    done = 0
    while done == 0 or go_on(done):
        found[f"push {how}"].append(station.push())
        # What the push brought is noted in the records before the next one is.
        found[f"round {how}"].append(station.one_round())
        done += 1
        time.sleep(PAUSE_SECONDS)


def _spread(seconds: Sequence[float]) -> Spread:
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return Spread(len(ordered), round(1e3 * statistics.median(ordered), 1), round(1e3 * p95, 1))


def main(argv: Sequence[str] | None = None) -> Latency:
    """Print what was measured, and return it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.evidence_latency")
    parser.add_argument("--megabytes", type=float, default=50.0)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--operations", type=int, default=30)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    measured = measure(given.megabytes, given.turns, given.operations)
    found = asdict(measured)
    text = json.dumps(found) if given.json else "\n".join(f"{name}: {value}" for name, value in found.items())
    sys.stdout.write(f"{text}\n")
    return measured


if __name__ == "__main__":
    main()
