"""The few statements that every operation runs, past SQLAlchemy's execution layer.

They are written with SQLAlchemy Core as all others and compiled once; running them on the driver's own connection, in
the transaction that SQLAlchemy began, saves more time than SQLite itself takes for them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

_DIALECT = sqlite.dialect(paramstyle="named")


def compiled(statement: ClauseElement, columns: Iterable[str] | None = None) -> str:
    """The statement as SQLite text with `:name` parameters; `columns` are those that an INSERT gives.

    Values are bound as they are: times must be texts already.
    """
    keys = None if columns is None else list(columns)
    return str(statement.compile(dialect=_DIALECT, column_keys=keys))


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The driver's connection; raises SQLAlchemy's error when `connection` is closed."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
