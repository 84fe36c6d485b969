"""One trial by a seed: four stations write and sync while network and server fail; then all heals, and nobody writes.

What must hold then: nothing lost, nothing twice, nobody stuck, every head the same at both ends within 30 s, and every
station says what the centre's reference data says, which administrators changed all the while.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from tests.centre.server import PostgreSql
from tests.centre.stations import MOST_PATIENT, Hangar, Station, noise, waits
from tests.faults.sync.proxy import Fault, Proxy, fated
from tests.faults.sync.reference_trial import (
    Administrators,
    differences,
    find_out,
    lay_ground,
    propose,
    rows_at,
    sums_at,
    sums_of,
)
from toolroom_desktop.services.sync.pace import Rhythm
from toolroom_desktop.services.sync.runner import SyncRunner

STATIONS = 4
SILENCE = 0.25
RHYTHM = Rhythm(idle=0.05, longest=0.4, work=2.0, within=0.6)
"""Quicker than in use, so that a trial takes seconds: what is told apart is the order of things, not their length."""
HEALED_WITHIN = 30.0
PROMPT = 0.02
"""Seconds that a line and a greeting take where nothing is wrong and nobody else is at work on the machine."""
SLOWEST = 20.0
FAULT_SHARE = 0.6


def slowness(station: Station) -> float:
    """By how much all times must be longer here and now: a machine that is busy is no fault of the network."""
    begun = time.monotonic()
    line = station.lines().open(within=MOST_PATIENT)
    line.hello(now=station.clock.now(), app_version="trial", pending=0)
    line.close()
    return min(SLOWEST, max(1.0, (time.monotonic() - begun) / PROMPT))


def slowed(rhythm: Rhythm, by: float) -> Rhythm:
    """The same with longer times."""
    return Rhythm(rhythm.idle * by, rhythm.longest * by, rhythm.work * by, rhythm.within * by)


MakeRunner = Callable[[Station, Rhythm], SyncRunner]


@dataclass
class Outcome:
    """What a trial found.

    healed     seconds from the end of the faults to equal heads and rows; None where it never came
    changes    rows of reference data that administrators changed meanwhile
    slow       by how much all times were longer because the machine was busy
    different  what of the centre's rows a station has not, or otherwise
    """

    seed: int
    written: int = 0
    photos: int = 0
    lost: int = 0
    doubled: int = 0
    stuck: list[str] = field(default_factory=list)
    chain_faults: int = 0
    changes: int = 0
    slow: float = 1.0
    different: list[str] = field(default_factory=list)
    healed: float | None = None
    faults: Counter[Fault] = field(default_factory=Counter)

    @property
    def good(self) -> bool:
        """Whether everything held."""
        harm = self.lost or self.doubled or self.stuck or self.chain_faults or self.different
        return not harm and self.healed is not None


def own_runner(station: Station, rhythm: Rhythm) -> SyncRunner:
    """The program's own."""
    return station.runner(rhythm)


def run_trial(
    seed: int,
    hangar: Hangar,
    server: PostgreSql,
    *,
    make_runner: MakeRunner = own_runner,
    patience: float = HEALED_WITHIN,
) -> Outcome:
    """Run the trial of that seed in a centre that may hold other trials' stations too."""
    chance = random.Random(seed)
    found = Outcome(seed)
    stations = [hangar.station() for _ in range(STATIONS)]
    slow = found.slow = max(slowness(station) for station in stations)
    rhythm = slowed(RHYTHM, slow)
    proxies = [Proxy(("127.0.0.1", server.port)) for _ in stations]
    runners: list[SyncRunner] = []
    lay_ground(hangar)
    administrators = Administrators(seed, server, hangar.address.database)
    proposed: set[str] = set()
    try:
        administrators.start()
        for station, proxy in zip(stations, proxies, strict=True):
            assert station.address is not None
            station.address = replace(station.address, host="127.0.0.1", port=proxy.port)
            station.silence = SILENCE * slow
            proxy.fail(fated(random.Random(chance.random()), FAULT_SHARE))
            runners.append(make_runner(station, rhythm))
        for runner in runners:
            runner.start()
        _trouble(
            chance, hangar, stations, proxies, runners, lambda station: make_runner(station, rhythm), found, proposed
        )
        administrators.end()
        for proxy in proxies:
            proxy.heal()
        healed_from = time.monotonic()
        if waits(lambda: _all_there(hangar, stations), patience * slow):
            found.healed = time.monotonic() - healed_from
        else:
            found.stuck = [
                f"{runner.state.problem or '-'}/{runner.state.evidence_problem or '-'}"
                for runner, station in zip(runners, stations, strict=True)
                if not _all_there(hangar, [station])
            ]
    finally:
        administrators.end()
        for runner in runners:
            runner.stop()
        for proxy in proxies:
            found.faults.update(proxy.met)
            proxy.close()
    assert administrators.failures == []
    found.changes = administrators.changes
    _compare(hangar, stations, found)
    _compare_reference(hangar, stations, proposed, found)
    for station in stations:
        station.close()
        hangar.stations.remove(station)
    return found


def _trouble(
    chance: random.Random,
    hangar: Hangar,
    stations: list[Station],
    proxies: list[Proxy],
    runners: list[SyncRunner],
    again: Callable[[Station], SyncRunner],
    found: Outcome,
    proposed: set[str],
) -> None:
    """Write, cut, kick out, stop and begin anew, with clocks that jump, until the seed has had enough."""
    pause = threading.Event()
    for _ in range(chance.randint(10, 16)):
        place = chance.randrange(len(stations))
        station = stations[place]
        happening = chance.random()
        if happening < 0.55:
            photo = noise(chance, int(10 ** chance.uniform(2, 5.3))) if chance.random() < 0.4 else None
            count = chance.choice((1, 1, 1, 3, 40, 700))
            station.write(count, photo=photo)
            found.written += count
            found.photos += photo is not None
            # Drawn from chances of their own, so that a seed means the same network as ever.
            beside = random.Random(f"{found.seed}/{found.written}")
            if beside.random() < 0.4:
                find_out(station, beside)
                found.written += 1
            if beside.random() < 0.2:
                proposed.add(propose(station, beside))
                found.written += 1
        elif happening < 0.65:
            proxies[place].cut()
        elif happening < 0.75:
            hangar.administration._server.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'toolroom_site_%'"
            )
        elif happening < 0.85:
            runners[place].stop()
            runners[place] = again(station)
            runners[place].start()
        elif happening < 0.95:
            years = chance.choice((-10, 10, 1 / 8766))
            station.clock.set_back(timedelta(days=-365.25 * years))
        else:
            runners[place].now()
        pause.wait(chance.uniform(0, 0.08))


def _all_there(hangar: Hangar, stations: list[Station]) -> bool:
    """Whether every chain and photo is at the centre whole, every station knows it, and has what the centre says."""
    for station in stations:
        waiting = station.database.read(lambda uow: uow.outbox.waiting())
        if waiting.operations or waiting.files:
            return False
    there = sums_at(hangar)
    if any(sums_of(station) != there for station in stations):
        return False
    return _heads(hangar, stations) == {
        station.site_id: station.database.read(lambda uow: uow.journal.head().site_seq) for station in stations
    }


def _heads(hangar: Hangar, stations: list[Station]) -> dict[str, int]:
    rows = hangar.administration._server.run(
        "SELECT site_id, seq FROM toolroom.site_head WHERE site_id = ANY(CAST(:sites AS text[]))",
        sites=[station.site_id for station in stations],
    )
    heads = {station.site_id: 0 for station in stations}
    heads.update((str(site_id), int(seq)) for site_id, seq in rows)
    return heads


def _compare(hangar: Hangar, stations: list[Station], found: Outcome) -> None:
    """Count what is at one end and not at the other, hash by hash and photo by photo."""
    run = hangar.administration._server.run
    for station in stations:
        rows = run("SELECT hash FROM toolroom.journal WHERE site_id = :site", site=station.site_id)
        there, own = Counter(row[0] for row in rows), Counter(station.hashes())
        found.lost += sum((own - there).values())
        found.doubled += sum((there - own).values())
        photos = run(
            "SELECT e.sha256, encode(sha256(string_agg(c.data, '' ORDER BY c.at_byte)), 'hex')"
            " FROM toolroom.evidence AS e"
            " JOIN toolroom.evidence_chunk AS c USING (site_id, sha256)"
            " WHERE e.site_id = :site AND e.held = e.size"
            " GROUP BY e.sha256",
            site=station.site_id,
        )
        whole = {name for name, content in photos if name == content}
        found.lost += len(set(station.photos) - whole)
        found.chain_faults += len(run("SELECT * FROM toolroom.faults_of_chain(:site)", site=station.site_id))


def _compare_reference(hangar: Hangar, stations: list[Station], proposed: set[str], found: Outcome) -> None:
    """Look for what a station has not of the centre's rows, and the centre not of what was proposed."""
    rows = rows_at(hangar)
    for station in stations:
        found.different += [f"{station.site_id}: {one}" for one in differences(station, rows)]
    kept = hangar.administration._server.run(
        "SELECT key FROM toolroom.proposal WHERE site_id = ANY(CAST(:sites AS text[]))",
        sites=[station.site_id for station in stations],
    )
    found.lost += len(proposed ^ {str(key) for (key,) in kept})
