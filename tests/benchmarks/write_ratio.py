"""What recording one operation costs beside one bare SQLite transaction.

    python -m tests.benchmarks.write_ratio [--operations 300] [--folder DIR] [--json]

An operation is one `SqliteDatabase.write` with a journal row, an operation row and two evidence rows. The bare
transaction inserts four rows of the same sizes through `sqlite3`, with WAL and `synchronous=FULL` too. Both take turns,
so that whatever else the computer does meets both. The ratio is that of the medians.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.unit.adapters.database.samples import operation, photo_of, record
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.engine import connect_writer

WARM_UP = 20


@dataclass(frozen=True)
class WriteRatio:
    """Medians in milliseconds and their ratio."""

    operations: int
    operation_ms: float
    bare_ms: float
    ratio: float


def measure(folder: Path, operations: int) -> WriteRatio:
    """Measure in `folder`, which should lie on the disk that the station will use."""
    bare_path = folder / "bare.sqlite"
    bare_path.touch()
    ours: list[float] = []
    bare: list[float] = []
    database = SqliteDatabase.open(folder / "station")
    try:
        with closing(connect_writer(bare_path)) as connection:
            _make_bare_tables(connection)
            for number in range(WARM_UP + operations):
                ours.append(_seconds(partial(database.write, partial(record, kit=f"kit {number}"))))
                bare.append(_seconds(partial(_bare_transaction, connection, number)))
    finally:
        database.close()
    operation_ms = statistics.median(ours[WARM_UP:]) * 1000
    bare_ms = statistics.median(bare[WARM_UP:]) * 1000
    return WriteRatio(operations, operation_ms, bare_ms, operation_ms / bare_ms)


def _make_bare_tables(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY, op_id TEXT, payload TEXT, hash TEXT)")
    connection.execute("CREATE TABLE operation (seq INTEGER PRIMARY KEY, op_id TEXT, result TEXT, expected TEXT)")
    connection.execute("CREATE TABLE evidence (sha256 TEXT PRIMARY KEY, size INTEGER) WITHOUT ROWID")


def _bare_transaction(connection: sqlite3.Connection, number: int) -> None:
    made = operation(number)
    result, op_id = json.dumps(made.result), str(made.operation_id)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?)", (number, op_id, result, photo_of(number, "hash")))
    connection.execute("INSERT INTO operation VALUES (?, ?, ?, ?)", (number, op_id, result, json.dumps(made.expected)))
    for photo in (made.photos.clean, made.photos.annotated):
        connection.execute("INSERT INTO evidence VALUES (?, ?)", (photo, 120_000))
    connection.execute("COMMIT")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main(arguments: list[str] | None = None) -> WriteRatio:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--operations", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="a folder on the disk in question (default: the temporary one)")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory(dir=chosen.folder) as folder:
        measured = measure(Path(folder), chosen.operations)
    if chosen.json:
        sys.stdout.write(json.dumps(asdict(measured)) + "\n")
    else:
        sys.stdout.write(
            f"one operation {measured.operation_ms:.3f} ms, one bare transaction {measured.bare_ms:.3f} ms, "
            f"ratio {measured.ratio:.2f} (medians of {measured.operations})\n"
        )
    return measured


if __name__ == "__main__":
    main()
