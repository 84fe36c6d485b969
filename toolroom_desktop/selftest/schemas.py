"""The records of every released version of the program can be opened, upgraded and written on.

`resources/selftest/schemas` holds a dump of the records as each released schema kept them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.migrate import SHIPPED, Migrations
from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.selftest.bench import Workbench, own_file
from toolroom_desktop.services.doctor import Check, Grade
from toolroom_desktop.services.history import verify_journal

SCHEMAS = "schemas"
_NEWCOMER = Person("SELFTEST", "Самопроверка", Role.TECHNICIAN)


def dump_of(revision: str, folder: Path | None = None) -> Path:
    """Where the dump of a schema lies."""
    return (folder or own_file(SCHEMAS)) / f"schema_{revision}.sql"


def look(bench: Workbench, *, schemas: Path | None = None, migrations: Migrations = SHIPPED) -> Check:
    """Upgrade the dump of every revision in `schemas` with `migrations`, by default what ships."""
    # The newest schema has no released records yet where its dump is still to be made.
    required = migrations.revisions[:-1]
    missing = [revision for revision in required if not dump_of(revision, schemas).is_file()]
    present = [revision for revision in migrations.revisions if dump_of(revision, schemas).is_file()]
    if missing or not present:
        raise BadProgram("selftest.schema_missing", revision=missing[0] if missing else migrations.head)
    for revision in present:
        _upgrade(bench.room(f"schema {revision}"), dump_of(revision, schemas), migrations)
    details: dict[str, object] = {"listed": ", ".join(present), "head": migrations.head}
    return Check("schemas", Grade.GOOD, "selftest.schemas", details, {"schemas": present, "head": migrations.head})


def _upgrade(room: Path, dump: Path, migrations: Migrations) -> None:
    with closing(sqlite3.connect(DataFolder(room).database)) as old:
        old.executescript(dump.read_text(encoding="utf-8"))
        (before,) = old.execute("SELECT count(*) FROM journal").fetchone()
    database = SqliteDatabase.open(room, migrations=migrations)
    try:
        # The key that sealed the dump stayed where it was made: links and contents are compared, seals are not.
        verified = verify_journal(database, key=None)
        operations = database.read(lambda work: len(work.operations.recent(limit=before)))
        database.write(lambda work: work.people.add(_NEWCOMER))
    finally:
        database.close()
    if verified.fault is not None or verified.entries != before or not operations:
        entry = verified.fault.site_seq if verified.fault is not None else verified.entries
        raise BadProgram("selftest.schema_lost", schema=dump.stem, entry=entry, count=before)
