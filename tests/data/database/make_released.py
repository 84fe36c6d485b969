"""Writes `resources/selftest/schemas/schema_<revision>.sql`: the records of a station as the present schema keeps them.

Run once per released schema, before the next step is written, and never again for that schema:

    python -m tests.data.database.make_released
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.unit.adapters.database.samples import MORNING, TOOLKIT, record
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.migrate import SHIPPED
from toolroom_desktop.config.paths import resource
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.services.ports import UnitOfWork


def _fill(work: UnitOfWork) -> None:
    work.people.add(Person("DEMO-TECH", "Пётр Ильич Щёголев", Role.TECHNICIAN))
    work.catalogue.save_toolkit(TOOLKIT)
    work.catalogue.save_kit(Kit("32S-01", TOOLKIT.name, "QR-32S-01"))
    first = record(work)
    record(work, kit="32S-02")
    record(work, OperationType.CHECKIN, closes=first.operation_id)
    record(work)


def dump(connection: sqlite3.Connection) -> Iterator[str]:
    """The records as statements; full text, which Python's own dump cannot give back, by what SQLite keeps of it."""
    (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'history_text'").fetchone()
    for statement in connection.iterdump():
        if statement.startswith(("PRAGMA writable_schema", 'INSERT INTO "history_text" ')):
            continue
        if statement.startswith("INSERT INTO sqlite_master"):
            yield f"{made};"
            yield from (f'DELETE FROM "history_text_{part}";' for part in ("config", "data", "docsize", "idx"))
        elif not statement.startswith("CREATE TABLE 'history_text_"):
            yield statement


def main() -> None:
    """Write the dump where the tests and `toolroom selftest` find it."""
    with TemporaryDirectory() as folder:
        data_folder = Path(folder)
        database = SqliteDatabase.open(data_folder, site_id_factory=lambda: "station-1", now=lambda: MORNING)
        database.write(_fill)
        database.close()
        with closing(sqlite3.connect(DataFolder(data_folder).database)) as connection:
            text = "\n".join(dump(connection)) + "\n"
    target = resource("selftest", "schemas", f"schema_{SHIPPED.head}.sql")
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
