"""Bringing a database to the program's schema: with a backup, whole or not at all, from every released schema."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_mock_engine
from sqlalchemy.sql.ddl import DDLElement

from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.migrate import SHIPPED, Migrations
from toolroom_desktop.adapters.database.tables import metadata
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.config.paths import resource
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.journal import verify

from .samples import KEY, connection_of, record

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
RELEASED = resource("selftest", "schemas")

_STEP = '''
"""A step of a later program."""
import os, signal
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{down}"


def upgrade():
    {body}
'''

_ADD_A_COLUMN = 'op.add_column("kit", sa.Column("shelf", sa.String(), nullable=False, server_default="A"))'
_REBUILD_A_TABLE = """
    with op.batch_alter_table("toolkit") as table:
        table.add_column(sa.Column("shelf", sa.String(), nullable=False, server_default="A"))
        table.alter_column("title_ru", new_column_name="title_russian")
"""


def _later(folder: Path, *bodies: str) -> Migrations:
    """The shipped steps with further ones after them."""
    scripts = folder / "later 100% шаги"
    shutil.copytree(SHIPPED.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    revisions = list(SHIPPED.revisions)
    for body in bodies:
        revision = f"9{len(revisions):03d}"
        text = _STEP.format(revision=revision, down=revisions[-1], body=body)
        (scripts / "versions" / f"v{revision}.py").write_text(text, encoding="utf-8")
        revisions.append(revision)
    return Migrations(scripts, tuple(revisions))


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return list(connection.iterdump())


@pytest.fixture
def filled(data_folder: Path) -> Path:
    """A closed data folder with three operations."""
    database = SqliteDatabase.open(data_folder)
    for number in range(3):
        database.write(partial(record, kit=f"kit {number}"))
    database.close()
    return data_folder


def test_the_steps_lead_to_the_tables_that_the_program_uses(database: SqliteDatabase) -> None:
    def known(_object: object, name: str | None, kind: str, *_more: object) -> bool:
        # Full text is a table of SQLite alone, with what it keeps it in.
        return not (kind == "table" and str(name).startswith("history_text"))

    options = {"compare_type": True, "include_object": known}
    differences = database.read(
        lambda work: compare_metadata(MigrationContext.configure(connection_of(work), opts=options), metadata)
    )
    assert differences == []


def test_the_revisions_written_down_are_those_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(SHIPPED.scripts).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    assert [step.revision for step in reversed(list(scripts.walk_revisions()))] == list(SHIPPED.revisions)


def test_the_tables_can_be_made_in_postgresql_too() -> None:
    statements: list[str] = []

    def keep(statement: DDLElement, *_: object, **__: object) -> None:
        statements.append(str(statement.compile(dialect=engine.dialect)))

    engine = create_mock_engine("postgresql+psycopg://", keep)
    metadata.create_all(engine, checkfirst=False)
    made = "\n".join(statements)
    assert "TIMESTAMP WITH TIME ZONE" in made
    assert "site_seq BIGINT NOT NULL" in made
    assert "WHERE custody <> '{}' AND closed_by IS NULL" in made


def test_a_start_without_an_upgrade_does_not_load_alembic(filled: Path) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from toolroom_desktop.adapters.database.database import SqliteDatabase;"
        "SqliteDatabase.open(Path(sys.argv[1])).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(filled)], check=False).returncode == 0


def test_an_upgrade_keeps_everything_and_leaves_a_backup_of_before(filled: Path, tmp_path: Path) -> None:
    before = _dump(DataFolder(filled).database)
    later = _later(tmp_path, _ADD_A_COLUMN, _REBUILD_A_TABLE)
    database = SqliteDatabase.open(filled, now=lambda: NOON, migrations=later)
    assert database.health().revision == later.head
    outcome = database.read(lambda work: verify(work.journal.entries(), key=KEY, expected_head=work.journal.head()))
    assert (outcome.entries, outcome.whole) == (3, True)
    assert len(database.read(lambda work: work.operations.recent(limit=9))) == 3
    foreign_keys = database.write(lambda work: connection_of(work).exec_driver_sql("PRAGMA foreign_keys").scalar_one())
    assert foreign_keys == 1
    database.close()
    (backup,) = DataFolder(filled).backups.iterdir()
    assert backup.name == f"before-upgrade-20260302T120000000000Z-{SHIPPED.head}.sqlite"
    assert _dump(backup) == before


def test_a_step_that_fails_leaves_the_old_database_in_use(filled: Path, tmp_path: Path) -> None:
    before = _dump(DataFolder(filled).database)
    later = _later(tmp_path, _REBUILD_A_TABLE, f'{_ADD_A_COLUMN}; op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(DatabaseProblem) as raised:
        SqliteDatabase.open(filled, now=lambda: NOON, migrations=later)
    (backup,) = DataFolder(filled).backups.iterdir()
    assert raised.value.code == "database.upgrade_failed"
    assert raised.value.details["backup"] == backup
    assert "nowhere" in Messages("ru").error(raised.value)
    assert _dump(DataFolder(filled).database) == before
    database = SqliteDatabase.open(filled)
    assert database.write(lambda work: record(work, kit="after")).site_seq == 4
    database.close()


def test_a_step_that_breaks_references_is_undone(filled: Path, tmp_path: Path) -> None:
    before = _dump(DataFolder(filled).database)
    later = _later(tmp_path, 'op.execute("DELETE FROM evidence")')
    with pytest.raises(DatabaseProblem, match="broke references"):
        SqliteDatabase.open(filled, migrations=later)
    assert _dump(DataFolder(filled).database) == before


def test_a_program_killed_within_an_upgrade_leaves_the_old_database(filled: Path, tmp_path: Path) -> None:
    before = _dump(DataFolder(filled).database)
    later = _later(tmp_path, f"{_ADD_A_COLUMN}; os.kill(os.getpid(), signal.SIGTERM)")
    script = (
        "import sys; from pathlib import Path;"
        "from toolroom_desktop.adapters.database.database import SqliteDatabase;"
        "from toolroom_desktop.adapters.database.migrate import Migrations;"
        "SqliteDatabase.open(Path(sys.argv[1]), migrations=Migrations(Path(sys.argv[2]), tuple(sys.argv[3:])))"
    )
    arguments = [sys.executable, "-c", script, str(filled), str(later.scripts), *later.revisions]
    assert subprocess.run(arguments, check=False).returncode in (-signal.SIGTERM, int(signal.SIGTERM))
    database = SqliteDatabase.open(filled)
    database.close()
    assert _dump(DataFolder(filled).database) == before


def test_an_upgrade_without_room_for_its_backup_does_not_begin(filled: Path, tmp_path: Path) -> None:
    before = DataFolder(filled).database.read_bytes()
    DataFolder(filled).backups.write_text("a file where the folder should be")
    with pytest.raises(DatabaseProblem) as raised:
        SqliteDatabase.open(filled, migrations=_later(tmp_path, _ADD_A_COLUMN))
    assert raised.value.code == "database.disk_error"
    assert DataFolder(filled).database.read_bytes() == before


def test_queries_ask_for_the_station_to_upgrade_first(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem) as raised:
        SqliteDatabase.open_read_only(filled, migrations=_later(tmp_path, _ADD_A_COLUMN))
    assert raised.value.code == "database.older_schema"
    assert Messages("en").error(raised.value)


@pytest.mark.parametrize("schema", SHIPPED.revisions)
def test_the_records_of_every_released_schema_are_read(data_folder: Path, schema: str) -> None:
    data_folder.mkdir()
    with closing(sqlite3.connect(DataFolder(data_folder).database)) as old:
        old.executescript((RELEASED / f"schema_{schema}.sql").read_text(encoding="utf-8"))
    database = SqliteDatabase.open(data_folder)
    outcome = database.read(lambda work: verify(work.journal.entries(), key=KEY, expected_head=work.journal.head()))
    assert (outcome.entries, outcome.whole) == (4, True)
    assert [o.site_seq for o in database.read(lambda work: work.operations.open_checkouts())] == [2, 4]
    assert database.read(lambda work: work.people.all())[0].badge == "DEMO-TECH"
    assert database.read(lambda work: [kit.toolkit for kit in work.catalogue.kits()]) == ["RRJ/737/32S"]
    assert database.write(lambda work: record(work, kit="new")).site_seq == 5
    database.close()
