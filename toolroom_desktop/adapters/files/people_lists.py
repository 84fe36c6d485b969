"""Lists of people as CSV or XLSX: one row a person, the columns in any order and in Russian or English. No PINs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from toolroom_desktop.adapters.files.sheets import Row, Value, content_of, csv_rows, text_of, xlsx_rows
from toolroom_desktop.adapters.files.tool_lists import LARGEST_FILE, ListFormat, list_format_of
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.domain.dates import day_of
from toolroom_desktop.domain.errors import BadImportFile, UserFacingError
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.register import key_of
from toolroom_desktop.services.tool_import import RowProblem

COLUMNS = ("badge", "name", "role", "active", "expires_on")
_NEEDED = ("badge", "name", "role")
_OTHER_NAMES = {
    "табельный номер": "badge",
    "табельный": "badge",
    "пропуск": "badge",
    "фио": "name",
    "имя": "name",
    "роль": "role",
    "действует": "active",
    "действует до": "expires_on",
    "last day": "expires_on",
}
_TRUE = frozenset({"", "yes", "true", "1", "да"})
_FALSE = frozenset({"no", "false", "0", "нет"})


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """A list as it was read; the line of each person, and what could not be read."""

    people: tuple[tuple[int, Person], ...]
    problems: tuple[RowProblem, ...]


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())


_FIELDS = {**{_plain(name): name for name in COLUMNS}, **_OTHER_NAMES}


def names_a_column_of_people(title: str) -> bool:
    """Whether a list with that title of a column is one of people."""
    return _FIELDS.get(_plain(title)) == "badge"


@cache
def _roles() -> Mapping[str, Role]:
    spoken = {
        _plain(Messages(language).text(f"cli.role.{role.value}")): role for role in Role for language in LANGUAGES
    }
    return {**spoken, **{_plain(role.value): role for role in Role}}


def _text(value: Value) -> str:
    if isinstance(value, UserFacingError):
        raise value
    if isinstance(value, date):
        raise BadImportFile("import.date_for_text", value=value.isoformat())
    return value


def _role(value: Value) -> Role:
    text = _text(value)
    role = _roles().get(_plain(text))
    if role is None:
        raise BadImportFile("import.not_a_role", value=text[:40], known=", ".join(Role))
    return role


def _active(value: Value) -> bool:
    text = _plain(_text(value))
    if text not in _TRUE | _FALSE:
        raise BadImportFile("import.not_yes_or_no", value=text[:40])
    return text in _TRUE


def _last_day(value: Value) -> date | None:
    if isinstance(value, date):
        return day_of(value.isoformat())
    text = _text(value)
    return day_of(text) if text else None


_READERS: Mapping[str, Callable[[Value], Any]] = {
    "badge": _text,
    "name": _text,
    "role": _role,
    "active": _active,
    "expires_on": _last_day,
}


def rows_of(path: Path) -> list[Row]:
    """The rows of a CSV or XLSX file. Raises `BadImportFile`."""
    chosen = list_format_of(path)
    content = content_of(path, LARGEST_FILE)
    if chosen is ListFormat.XLSX:
        return xlsx_rows(content, str(path))
    return csv_rows(text_of(content, path, russian=True), str(path))


def read_people(path: Path) -> PeopleFile:
    """The people of a list, with every cell that cannot be read. Raises `BadImportFile` where all of it cannot."""
    rows = rows_of(path)
    if len(rows) < 2:
        raise BadImportFile("import.empty", path=path)
    problems: list[RowProblem] = []
    columns = _columns(rows[0], problems)
    if any(name not in columns for name in _NEEDED):
        raise BadImportFile("import.not_a_people_list", path=path, known=", ".join(COLUMNS))
    people: list[tuple[int, Person]] = []
    first: dict[str, int] = {}
    for line, values in rows[1:]:
        person = _person(line, values, columns, problems)
        if person is None:
            continue
        earlier = first.setdefault(key_of(person.badge), line)
        if earlier == line:
            people.append((line, person))
        else:
            error = BadImportFile("import.badge_twice", badge=person.badge, first=earlier)
            problems.append(RowProblem(line, "badge", error))
    return PeopleFile(tuple(people), tuple(problems))


def _columns(header: Row, problems: list[RowProblem]) -> list[str | None]:
    line, titles = header
    columns: list[str | None] = []
    for value in titles:
        title = value if isinstance(value, str) else "?"
        name = _FIELDS.get(_plain(title))
        if title and name is None:
            error = BadImportFile("import.unknown_column", column=title[:40], known=", ".join(COLUMNS))
            problems.append(RowProblem(line, title[:40], error))
        elif name is not None and name in columns:
            problems.append(RowProblem(line, title, BadImportFile("import.column_twice", column=title)))
        columns.append(name if name not in columns else None)
    return columns


def _person(
    line: int, values: Sequence[Value], columns: Sequence[str | None], problems: list[RowProblem]
) -> Person | None:
    given: dict[str, Any] = {}
    whole = True
    for name, value in zip(columns, [*values, *[""] * len(columns)], strict=False):
        if name is None:
            continue
        try:
            given[name] = _READERS[name](value)
        except UserFacingError as error:
            problems.append(RowProblem(line, name, error))
            whole = False
    if not whole:
        return None
    try:
        return Person(**given)
    except UserFacingError as error:
        problems.append(RowProblem(line, "", error))
        return None
