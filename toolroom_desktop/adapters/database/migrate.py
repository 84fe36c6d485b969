"""Bringing a database to the schema of this program.

All steps run in one transaction, after a backup: a step that fails, or a process that dies half-way, leaves the old
database as it was. A database of a newer program is not touched.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from toolroom_desktop.adapters.database.backup import back_up_before_upgrade, quick_check
from toolroom_desktop.adapters.database.engine import connect_reader
from toolroom_desktop.adapters.database.history_fill import fill_history
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.problems import damaged, translated
from toolroom_desktop.domain.errors import DatabaseProblem


@dataclass(frozen=True, slots=True)
class Migrations:
    """A folder of Alembic scripts and its revisions, oldest first.

    The revisions are written down here too, so that a start without an upgrade need not load Alembic.
    """

    scripts: Path
    revisions: tuple[str, ...]

    @property
    def head(self) -> str:
        """The revision that this program works with."""
        return self.revisions[-1]


SHIPPED = Migrations(scripts=Path(__file__).resolve().parent / "migrations", revisions=("0001", "0002", "0003"))


def inspect_existing(folder: DataFolder, migrations: Migrations, *, check_pages: bool = True) -> str:
    """The schema revision of the existing database, found without changing the file.

    `check_pages` runs SQLite's quick_check, whose time grows with the file. Raises `DatabaseProblem` for a damaged
    file, a database of another program, and one with a newer schema.
    """
    with translated(folder), closing(connect_reader(folder.database)) as reader:
        revision = _revision(reader, folder)
        if revision not in migrations.revisions:
            raise DatabaseProblem("database.newer_schema", path=folder.database, found=revision, known=migrations.head)
        complaint = quick_check(reader) if check_pages else ""
    if complaint:
        raise damaged(folder, complaint)
    return revision


def upgrade(engine: Engine, migrations: Migrations, folder: DataFolder, *, now: datetime, found: str) -> None:
    """Back up and upgrade an existing database from revision `found`; does nothing when it is at the head.

    Raises `DatabaseProblem("database.upgrade_failed")`, naming the backup, with the database as it was.
    """
    if found == migrations.head:
        return
    backup = back_up_before_upgrade(folder, now=now, revision=found)
    try:
        run_steps(engine, migrations)
    except Exception as error:
        raise DatabaseProblem(
            "database.upgrade_failed",
            path=folder.database,
            backup=backup,
            found=found,
            wanted=migrations.head,
            reason=str(error),
        ) from error


def run_steps(engine: Engine, migrations: Migrations) -> None:
    """Run every missing step in one transaction; an exception leaves the database as it was."""
    with engine.connect() as connection:
        # A rebuilt table is dropped under its old name, which enforced foreign keys would forbid; SQLite ignores this
        # pragma inside a transaction, hence on the bare connection. The check below takes its place.
        driver = driver_of(connection)
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _run_alembic(connection, migrations)
                fill_history(connection)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise RuntimeError(f"the upgrade broke references: {broken[:3]}")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _run_alembic(connection: Connection, migrations: Migrations) -> None:
    # Loaded only here: it costs more than the rest of a start.
    from alembic import command
    from alembic.config import Config

    config = Config()
    # A ConfigParser stands behind it, to which a % in a folder's name means something.
    config.set_main_option("script_location", str(migrations.scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, migrations.head)


def _revision(reader: sqlite3.Connection, folder: DataFolder) -> str:
    tables = {str(row[0]) for row in reader.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        # A new database is put in place only when it is whole, so an empty one has lost its content.
        raise damaged(folder, "the file holds no tables")
    if "alembic_version" not in tables or "journal" not in tables:
        raise DatabaseProblem("database.not_ours", path=folder.database)
    row = reader.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise damaged(folder, "the file does not name its schema")
    return str(row[0])
