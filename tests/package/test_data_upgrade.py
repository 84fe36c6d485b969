"""Records of an older schema, when a newer program is installed: upgraded or left as they were, never half of both.

The records are those of the first released schema, which the newer setup brings up to date. (The older setup file holds
the same programs, so it cannot make them itself.)
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from installer.places import SOURCE, Places
from tests.package.workstation import OWN_KEY, Workstation
from toolroom_desktop import __version__
from toolroom_desktop.adapters.database.migrate import SHIPPED

pytestmark = pytest.mark.timeout(900)
DATA_FAILED = 14
FIRST_SCHEMA = SOURCE / "resources" / "selftest" / "schemas" / "schema_0001.sql"
MANY = 20_000

MORE_OPERATIONS = f"""
CREATE TEMP TABLE number AS WITH RECURSIVE n(i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})
    SELECT i FROM n;
INSERT INTO journal SELECT i, printf('00000000-0000-7000-8000-%012d', i), site_id, hlc, wall_at, clock_back, kind,
    payload, schema_version, model_sha256, prev_hash, hash, seal, acked_at
    FROM journal, number WHERE site_seq = 1 ORDER BY i;
CREATE TEMP TABLE copied AS SELECT operation.*, i FROM operation, number WHERE site_seq = 1;
UPDATE copied SET site_seq = i, operation_id = printf('00000000-0000-7000-8000-%012d', i), kit = 'K' || i,
    kit_key = 'k' || i;
ALTER TABLE copied DROP COLUMN i;
INSERT INTO operation SELECT * FROM copied;
"""
A_BROKEN_REFERENCE = "INSERT INTO toolkit_position VALUES ('gone', 0, 'pliers', 1, 'Пассатижи', 'Pliers');"


def older_records(station: Workstation, *more: str) -> Path:
    """Put records of the first schema in the place of those that a station has just made with its keys."""
    station.used()
    database = station.data / "toolroom.sqlite"
    for path in station.data.glob("toolroom.sqlite*"):
        path.unlink()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(FIRST_SCHEMA.read_text(encoding="utf-8"))
        for statements in more:
            connection.executescript(statements)
        connection.commit()
    return database


def asked(database: Path, question: str) -> list[tuple[object, ...]]:
    """What the records answer."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(question).fetchall()


def schema_of(database: Path) -> object:
    """The schema that the records have."""
    return asked(database, "SELECT version_num FROM alembic_version")[0][0]


def everything(database: Path) -> list[str]:
    """All that lies in the records, as statements."""
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def sound(database: Path) -> bool:
    """Whether SQLite finds the file whole and every reference kept."""
    return asked(database, "PRAGMA integrity_check") == [("ok",)] and not asked(database, "PRAGMA foreign_key_check")


def test_older_records_are_backed_up_and_brought_to_the_new_program(workstation: Workstation, places: Places) -> None:
    workstation.setup(places.older_setup_file)
    database = older_records(workstation)
    before = everything(database)
    operations = asked(database, "SELECT operation_id, note FROM operation ORDER BY site_seq")
    assert workstation.setup(places.setup_file).code == 0, workstation.logs()
    assert schema_of(database) == SHIPPED.head
    assert sound(database)
    assert asked(database, "SELECT operation_id, note FROM operation ORDER BY site_seq") == operations
    assert [person["badge"] for person in workstation.json_of("users", "list")] == ["DEMO-TECH"]
    [backup] = (workstation.data / "backups").glob("before-upgrade-*.sqlite")
    assert everything(backup) == before


def test_an_upgrade_of_the_records_that_fails_takes_program_and_records_back(
    workstation: Workstation, places: Places
) -> None:
    workstation.setup(places.older_setup_file)
    database = older_records(workstation, A_BROKEN_REFERENCE)
    before = everything(database)
    assert workstation.setup(places.setup_file).code == DATA_FAILED
    assert workstation.whole()
    assert workstation.installed_version() == "0.0.1"
    assert workstation.registry(OWN_KEY, "Version") == "0.0.1"
    assert everything(database) == before
    said = workstation.logs()
    assert "broke references" in said  # the reason
    assert "before-upgrade-" in said  # the backup

    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DELETE FROM toolkit_position WHERE toolkit_key = 'gone'")
        connection.commit()
    assert workstation.setup(places.setup_file).code == 0, workstation.logs()
    assert schema_of(database) == SHIPPED.head


def test_after_a_kill_in_the_middle_of_the_records_upgrade_the_next_setup_works_and_nothing_is_lost(
    workstation: Workstation, places: Places
) -> None:
    workstation.setup(places.older_setup_file)
    database = older_records(workstation, MORE_OPERATIONS)
    people = asked(database, "SELECT badge, name, role FROM person")
    backups, log = workstation.data / "backups", database.with_name("toolroom.sqlite-wal")

    def in_the_middle() -> bool:
        return any(backups.glob("before-upgrade-*.sqlite")) and log.exists() and log.stat().st_size > 1_000_000

    assert workstation.cut_short(places.setup_file, in_the_middle)
    assert (workstation.program / "previous").exists()
    assert schema_of(database) == "0001"  # the step had not been committed, and left nothing

    assert workstation.setup(places.setup_file).code == 0, workstation.logs()
    assert workstation.whole(), workstation.logs()
    assert workstation.registry(OWN_KEY, "Version") == __version__
    assert schema_of(database) == SHIPPED.head
    assert sound(database)
    assert asked(database, "SELECT count(*) FROM operation") == [(MANY,)]
    assert asked(database, "SELECT badge, name, role FROM person") == people
    custody = asked(database, "SELECT count(*) FROM operation WHERE type = 'checkout' AND custody = '{}'")
    assert custody == [(0,)]
