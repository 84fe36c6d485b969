"""SQLite connections with the settings that durability needs.

There is one writing and checkpointing connection in one process; every other connection is read-only. SQLite before
3.51.3 can lose committed writes when two connections write and checkpoint at the same instant
(https://sqlite.org/wal.html#walresetbug), and most Pythons still ship an older one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from toolroom_desktop.adapters.database.hot import driver_of

BUSY_TIMEOUT_SECONDS = 5.0
READERS = 4

# The first releases in which the WAL reset fault is mended, newest branch first.
_WAL_RESET_MENDED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def wal_reset_mended(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite survives two connections that write and checkpoint at the same instant."""
    newest = _WAL_RESET_MENDED[0]
    if version >= newest:
        return True
    return any(version[:2] == mended[:2] and version >= mended for mended in _WAL_RESET_MENDED[1:])


def connect_writer(path: Path, *, busy_timeout: float = BUSY_TIMEOUT_SECONDS) -> sqlite3.Connection:
    """The writing connection to an existing file: WAL, `synchronous=FULL`, foreign keys on. Raises `sqlite3.Error`."""
    connection = _connect(path, "rw", busy_timeout)
    try:
        _must_answer(connection, "PRAGMA journal_mode=WAL", "wal")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        # A WAL that grew while a reader was long at work is cut back at the next checkpoint.
        connection.execute("PRAGMA journal_size_limit=67108864")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reader(path: Path, *, busy_timeout: float = BUSY_TIMEOUT_SECONDS) -> sqlite3.Connection:
    """A connection that can only read, and therefore never checkpoints, not even as the last one to close.

    `mode=ro` opens the file itself for reading only; `query_only` refuses a write before it is tried. On a medium that
    nobody can write to, a file that was closed well is read as it is.
    """
    connection = _connect(path, "ro&immutable=1" if _is_still(path) else "ro", busy_timeout)
    try:
        connection.execute("PRAGMA query_only=ON")
    except BaseException:
        connection.close()
        raise
    return connection


def writer_engine(path: Path, *, busy_timeout: float = BUSY_TIMEOUT_SECONDS) -> Engine:
    """An engine over the one writing connection; every transaction takes the write lock at its beginning.

    busy_timeout  seconds that a transaction waits for another program that holds the lock
    """
    return _engine(lambda: connect_writer(path, busy_timeout=busy_timeout), "BEGIN IMMEDIATE", connections=1)


def reader_engine(path: Path) -> Engine:
    """An engine over a few read-only connections; every transaction is one snapshot."""
    return _engine(lambda: connect_reader(path), "BEGIN", connections=READERS)


def _connect(path: Path, mode: str, busy_timeout: float) -> sqlite3.Connection:
    # isolation_level=None: Python's own transaction handling would begin too late and commit before DDL.
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=busy_timeout,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )


def _is_still(path: Path) -> bool:
    # SQLite reads a WAL database only where it can make its index file beside it, unless it is told that nobody writes.
    # A running station always has a log there.
    return not path.with_name(f"{path.name}-wal").exists() and not os.access(path.parent, os.W_OK)


def _must_answer(connection: sqlite3.Connection, pragma: str, wanted: str) -> None:
    answer = connection.execute(pragma).fetchone()[0]
    if answer != wanted:
        raise sqlite3.OperationalError(f"{pragma} answered {answer}")


def _engine(connect: Callable[[], sqlite3.Connection], begin: str, *, connections: int) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        # Its errors end in logs and crash files, where names, badges and hashes of PINs have no place.
        hide_parameters=True,
    )

    def begin_transaction(connection: Connection) -> None:
        driver_of(connection).execute(begin).close()

    event.listen(engine, "begin", begin_transaction)
    return engine
