"""Records that are made, and records of every released version that are opened."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.migrate import SHIPPED, Migrations
from toolroom_desktop.domain.errors import BadProgram, DatabaseProblem
from toolroom_desktop.selftest import records, schemas
from toolroom_desktop.selftest.bench import Workbench, own_file
from toolroom_desktop.services.doctor import Grade

_STEP = '''
"""A step of a later program."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{down}"


def upgrade():
    {body}
'''


_LET_THROUGH = "DROP TRIGGER journal_never_changes"
"""What an intruder removes before changing the journal."""


def meddle(statement: str) -> Callable[[Path], None]:
    """What changes closed records behind the program's back."""

    def run(room: Path) -> None:
        with closing(sqlite3.connect(DataFolder(room).database)) as connection, connection:
            connection.execute(_LET_THROUGH)
            assert connection.execute(statement).rowcount > 0

    return run


def later(folder: Path, body: str) -> Migrations:
    """The shipped steps and one more."""
    scripts = folder / "later"
    shutil.copytree(SHIPPED.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    text = _STEP.format(down=SHIPPED.head, body=body)
    (scripts / "versions" / "v9999.py").write_text(text, encoding="utf-8")
    return Migrations(scripts, (*SHIPPED.revisions, "9999"))


def test_an_operation_is_recorded_and_read_back(bench: Workbench) -> None:
    check = records.look(bench)
    assert check.grade is Grade.GOOD
    assert check.facts["journal_entries"] > 1


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE operation SET note = 'another'", "selftest.records_differ"),
        ("UPDATE journal SET payload = '{}' WHERE site_seq = 2", "selftest.journal_broken"),
        ("UPDATE journal SET seal = hash", "selftest.journal_broken"),
    ],
)
def test_records_that_do_not_keep_what_they_took_are_found(bench: Workbench, statement: str, code: str) -> None:
    with pytest.raises(BadProgram) as caught:
        records.look(bench, meanwhile=meddle(statement))
    assert caught.value.code == code


def test_records_that_are_gone_are_told(bench: Workbench) -> None:
    with pytest.raises(DatabaseProblem):
        records.look(bench, meanwhile=shutil.rmtree)


def test_the_records_of_every_released_schema_are_packed_and_opened(bench: Workbench) -> None:
    check = schemas.look(bench)
    assert check.grade is Grade.GOOD
    assert check.facts["schemas"] == list(SHIPPED.revisions)


def test_older_records_are_upgraded_by_a_later_step(bench: Workbench, tmp_path: Path) -> None:
    body = 'op.add_column("kit", sa.Column("shelf", sa.String(), nullable=False, server_default="A"))'
    check = schemas.look(bench, migrations=later(tmp_path, body))
    assert (check.grade, check.facts["head"]) == (Grade.GOOD, "9999")


def test_a_step_that_cannot_take_older_records_is_found(bench: Workbench, tmp_path: Path) -> None:
    body = 'op.add_column("kit", sa.Column("shelf", sa.String(), nullable=False))'
    with pytest.raises(DatabaseProblem) as caught:
        schemas.look(bench, migrations=later(tmp_path, body))
    assert caught.value.code == "database.upgrade_failed"


def test_a_step_that_loses_the_end_of_the_journal_is_found(bench: Workbench, tmp_path: Path) -> None:
    body = f"op.execute('{_LET_THROUGH}'); op.execute(\"UPDATE journal SET payload = '{{}}' WHERE site_seq = 2\")"
    with pytest.raises(BadProgram) as caught:
        schemas.look(bench, migrations=later(tmp_path, body))
    assert (caught.value.code, caught.value.details["entry"]) == ("selftest.schema_lost", 2)


def test_older_records_that_lack_an_entry_are_found(bench: Workbench, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(own_file("schemas"), old)
    lines = schemas.dump_of(SHIPPED.head).read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line.startswith('INSERT INTO "journal" ')]
    lines.remove(entries[-1])
    schemas.dump_of(SHIPPED.head, old).write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(BadProgram) as caught:
        schemas.look(bench, schemas=old)
    assert (caught.value.code, caught.value.details["entry"]) == ("selftest.schema_lost", len(entries))


def test_a_dump_that_was_not_packed_is_told(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(BadProgram) as caught:
        schemas.look(bench, schemas=tmp_path)
    assert caught.value.code == "selftest.schema_missing"
    some = tmp_path / "some"
    shutil.copytree(own_file("schemas"), some)
    schemas.dump_of(SHIPPED.head, some).rename(schemas.dump_of("9999", some))
    with pytest.raises(BadProgram) as caught:
        schemas.look(bench, schemas=some, migrations=later(tmp_path, "pass"))
    assert caught.value.details["revision"] == SHIPPED.head
