"""Every problem of the records, the photos and the keys has its sentences, and SQLite's words are understood."""

from __future__ import annotations

import errno
import re
import sqlite3
import tomllib
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

import toolroom_desktop.adapters
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.problems import database_problem, file_problem
from toolroom_desktop.config.messages import LANGUAGES, Messages, placeholders
from toolroom_desktop.config.paths import resource

SOURCES = Path(toolroom_desktop.adapters.__file__).parent
CODE = re.compile(r'"((?:database|evidence|secrets|kit)\.(?!json|number_key)[a-z_]+)"')
# Put together from the area and the kind of failure.
FILE_CODES = {
    f"{area}.{kind}"
    for area, kind in product(("database", "evidence", "secrets"), ("disk_full", "read_only", "disk_error"))
}


def _sentences() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name in ("database.toml", "evidence.toml"):
        found |= tomllib.loads((resource("messages") / name).read_text(encoding="utf-8"))
    return found


def test_every_code_that_is_raised_has_sentences_and_no_sentence_is_left_over() -> None:
    raised = {
        code
        for folder in ("database", "security")
        for path in (SOURCES / folder).rglob("*.py")
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }
    assert raised | FILE_CODES == set(_sentences())


@pytest.mark.parametrize("code", sorted(_sentences()))
def test_both_languages_say_the_same_things(code: str) -> None:
    texts = _sentences()[code]
    assert set(texts) == set(LANGUAGES)
    assert placeholders(texts["en"]) == placeholders(texts["ru"])
    assert re.search("[а-яё]", texts["ru"])
    # What happened, and what to do next.
    assert texts["en"].count(". ") + texts["en"].count("; ") >= 1


def _sqlite_error(code: int) -> OperationalError:
    error = sqlite3.OperationalError("something")
    error.sqlite_errorcode = code
    error.sqlite_errorname = "SQLITE_SOMETHING"
    return OperationalError("INSERT", {}, error)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        (sqlite3.SQLITE_FULL, "database.disk_full"),
        (sqlite3.SQLITE_READONLY, "database.read_only"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "database.read_only"),
        (sqlite3.SQLITE_BUSY, "database.busy"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "database.busy"),
        (sqlite3.SQLITE_CORRUPT, "database.damaged_without_backup"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "database.damaged_without_backup"),
        (sqlite3.SQLITE_NOTADB, "database.damaged_without_backup"),
        (sqlite3.SQLITE_CANTOPEN, "database.cannot_open"),
        (sqlite3.SQLITE_IOERR_FSYNC, "database.disk_error"),
    ],
)
def test_what_sqlite_reports_is_told_in_words(tmp_path: Path, code: int, wanted: str) -> None:
    problem = database_problem(_sqlite_error(code), DataFolder(tmp_path))
    assert problem is not None
    assert problem.code == wanted
    assert all(str(tmp_path) in Messages(language).error(problem) for language in LANGUAGES)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_MISUSE])
def test_faults_of_the_program_stay_what_they_are(tmp_path: Path, code: int) -> None:
    assert database_problem(_sqlite_error(code), DataFolder(tmp_path)) is None
    assert database_problem(ValueError("something"), DataFolder(tmp_path)) is None


@pytest.mark.parametrize("area", ["database", "evidence", "secrets"])
@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.EPERM, "read_only"),
        (errno.EIO, "disk_error"),
    ],
)
def test_what_the_file_system_reports_is_told_in_words(tmp_path: Path, area: str, number: int, kind: str) -> None:
    problem = file_problem(OSError(number, "words"), tmp_path, area=area)
    assert problem.code == f"{area}.{kind}"
    assert all(str(tmp_path) in Messages(language).error(problem) for language in LANGUAGES)
