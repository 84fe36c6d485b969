"""What pushing entries to the centre costs beside a bare COPY and merge of the same rows.

    python -m tests.benchmarks.push_ratio [--entries 10000] [--turns 3] [--operations] [--json]

The centre checks every hash and every link, keeps what must be unique for ever apart, and sorts by months. The bare way
copies the same rows into a temporary table and merges them with ON CONFLICT DO NOTHING into a table with the same
columns and the two unique keys that the design asks for. Both commit every 500 rows, wait for the disk (fsync on), and
take turns.

push   what `push` takes of entries that lie ready, over the station's own line
round  a whole round of a station: read from its records, hello, push, acknowledge in its records, verify, compare

With `--operations` every entry is an issue or a return with its whole result, the most that the centre can have to make
custody of; otherwise they are entries of which it makes nothing.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.centre.issues import Issues
from tests.centre.server import PostgreSql, builds
from tests.centre.stations import KEY, Hangar, Station, make_template
from tests.faults.sync.conftest import hangar_in
from toolroom_desktop.adapters.central.connect import connect
from toolroom_desktop.adapters.central.dsn import parse_dsn
from toolroom_desktop.services.sync.ports import Outgoing

BATCH = 500

_COLUMNS = "op_id, site_id, site_seq, received_at, wall_at, kind, schema_version, content, prev_hash, hash, seal"
_BARE = """
CREATE TABLE bare (
    op_id uuid PRIMARY KEY, site_id text NOT NULL, site_seq bigint NOT NULL, received_at timestamptz NOT NULL,
    wall_at timestamptz NOT NULL, kind text NOT NULL, schema_version integer NOT NULL, content text NOT NULL,
    prev_hash text NOT NULL, hash text NOT NULL, seal text NOT NULL, UNIQUE (site_id, site_seq));
CREATE TEMPORARY TABLE coming (LIKE bare);
"""


@dataclass(frozen=True)
class Ratio:
    """Rows a second by their medians, and the bare way's seconds divided by ours."""

    postgresql: int
    entries: int
    turns: int
    bare: float
    push: float
    round: float
    push_ratio: float
    round_ratio: float


def measure(entries: int, turns: int, *, operations: bool = False) -> Ratio:
    """Measure on a PostgreSQL that waits for its disk."""
    server = PostgreSql(builds()[0], durable=True)
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            template = make_template(Path(folder) / "template")
            for hangar in hangar_in(server, template, Path(folder)):
                return _measure(hangar, server, entries, turns, _operations if operations else _written)
    finally:
        server.remove()
    raise AssertionError("no centre")


def _measure(
    hangar: Hangar, server: PostgreSql, entries: int, turns: int, written: Callable[[Hangar, int], Station]
) -> Ratio:
    bare = connect(parse_dsn(server.dsn))
    bare.script(_BARE)
    spent: dict[str, list[float]] = {"bare": [], "push": [], "round": []}
    for _ in range(turns):
        station = written(hangar, entries)
        ready = station.database.read(lambda uow: uow.outbox.after(0, most=entries, most_bytes=1 << 40))
        batches = [ready[start : start + BATCH] for start in range(0, len(ready), BATCH)]
        copies = [_copy_text(batch, station.site_id) for batch in batches]
        begun = time.perf_counter()
        for copy in copies:
            bare.run("BEGIN")
            bare._connection.run(f"COPY coming ({_COLUMNS}) FROM STDIN", stream=io.BytesIO(copy))
            bare.run("INSERT INTO bare SELECT * FROM coming ON CONFLICT DO NOTHING")
            bare.run("TRUNCATE coming")
            bare.run("COMMIT")
        spent["bare"].append(time.perf_counter() - begun)
        line = station.lines().open(within=600)
        line.hello(now=station.clock.now(), app_version="bench", pending=entries)
        begun = time.perf_counter()
        for batch in batches:
            line.push(batch)
        spent["push"].append(time.perf_counter() - begun)
        line.close()
        whole = written(hangar, entries)
        begun = time.perf_counter()
        outcome = whole.runner().once()
        spent["round"].append(time.perf_counter() - begun)
        assert outcome.done
        assert outcome.pushed == entries
    bare.close()
    middle = {name: statistics.median(seconds) for name, seconds in spent.items()}
    return Ratio(
        postgresql=server.build.version,
        entries=entries,
        turns=turns,
        bare=round(entries / middle["bare"]),
        push=round(entries / middle["push"]),
        round=round(entries / middle["round"]),
        push_ratio=round(middle["bare"] / middle["push"], 2),
        round_ratio=round(middle["bare"] / middle["round"], 2),
    )


def _written(hangar: Hangar, entries: int) -> Station:
    """A station with so many entries like those of operations."""
    station = hangar.station()
    tools = [{"class": f"tool_{number}", "unit": 1, "count": "found", "by_hand": False} for number in range(8)]
    station.write(entries, payload={"kit": "К-014", "counted": tools, "note": "в ангаре", "match": 97.5})
    return station


def _operations(hangar: Hangar, entries: int) -> Station:
    """A station with so many issues and returns, in turns, of 300 kits."""
    station = hangar.station()
    issues = Issues(station.clock, KEY)
    station.database.write(lambda uow: issues.append(uow, entries))
    return station


def _copy_text(batch: Sequence[Outgoing], site_id: str) -> bytes:
    def escaped(text: str) -> str:
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")

    lines = []
    for entry in batch:
        said = json.loads(entry.content)
        row = (said["op_id"], site_id, str(entry.seq), said["wall_at"], said["wall_at"], said["kind"], "1")
        lines.append("\t".join((*row, escaped(entry.content), entry.prev, entry.hash, entry.seal)))
    return ("\n".join(lines) + "\n").encode()


def main(argv: Sequence[str] | None = None) -> Ratio:
    """Print what was measured, and return it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.push_ratio")
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--operations", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    measured = measure(given.entries, given.turns, operations=given.operations)
    found = asdict(measured)
    text = json.dumps(found) if given.json else "\n".join(f"{name}: {value}" for name, value in found.items())
    sys.stdout.write(f"{text}\n")
    return measured


if __name__ == "__main__":
    main()
