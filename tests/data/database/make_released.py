"""Writes `resources/selftest/schemas/schema_<revision>.sql`: the records of a station as the present schema keeps them.

Run once per released schema, before the next step is written, and never again for that schema:

    python -m tests.data.database.make_released
"""

from __future__ import annotations

import sqlite3
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


def main() -> None:
    """Write the dump where the tests and `toolroom selftest` find it."""
    with TemporaryDirectory() as folder:
        data_folder = Path(folder)
        database = SqliteDatabase.open(data_folder, site_id_factory=lambda: "station-1", now=lambda: MORNING)
        database.write(_fill)
        database.close()
        with closing(sqlite3.connect(DataFolder(data_folder).database)) as connection:
            text = "\n".join(connection.iterdump()) + "\n"
    target = resource("selftest", "schemas", f"schema_{SHIPPED.head}.sql")
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
