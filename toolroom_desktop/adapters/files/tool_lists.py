"""Lists of tools as CSV or XLSX: one row a tool, the columns in any order and in Russian or English."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from toolroom_desktop.adapters.files.sheets import (
    Row,
    Value,
    content_of,
    csv_rows,
    text_of,
    write_csv_rows,
    write_xlsx_rows,
    xlsx_rows,
)
from toolroom_desktop.adapters.files.toolkits import replace_file
from toolroom_desktop.config.messages import LANGUAGES, Language, Messages
from toolroom_desktop.domain.dates import day_of
from toolroom_desktop.domain.errors import BadImportFile, UserFacingError
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.tool_import import COLUMNS, RowProblem, ToolFile, ToolRow
from toolroom_desktop.services.tool_lists import ToolExport
from toolroom_desktop.services.watching import Watch, unwatched

LARGEST_FILE = 32 << 20
"""Bytes."""
MOST_PROBLEMS = 1000
"""Problems of a file that are kept; a file in which every row is wrong is wrong in one way."""

_PLACE = re.compile(r"[0-9]{1,3}")
_FIELD_OF_COLUMN = {column: name for name, column in COLUMNS.items()}
_RUSSIAN = {
    "tool_class": "Класс",
    "kit": "Комплект",
    "unit": "Место",
    "part_number": "Артикул",
    "serial_number": "Серийный номер",
    "marking": "Маркировка",
    "calibration_due": "Поверка до",
    "state": "Состояние",
    "note": "Примечание",
    "tool_id": "id",
}
_OTHER_NAMES = {
    "tool class": "tool_class",
    "unit": "unit",
    "part no": "part_number",
    "serial": "serial_number",
    "serial no": "serial_number",
    "calibration": "calibration_due",
    "класс инструмента": "tool_class",
    "обозначение": "part_number",
    "заводской номер": "serial_number",
    "поверка": "calibration_due",
    "срок поверки": "calibration_due",
    "статус": "state",
}
_WIDTHS = (26, 12, 8, 20, 20, 20, 14, 16, 40, 38)
# The class is for the program, so people get its name beside it, which an import passes over.
_NAME_COLUMNS = ("name", "наименование", "инструмент")


def _plain(title: str) -> str:
    return " ".join(title.replace("_", " ").casefold().split())


_FIELDS: dict[str, str] = {
    **{_plain(column): name for column, name in _FIELD_OF_COLUMN.items()},
    **{_plain(title): name for name, title in _RUSSIAN.items()},
    **_OTHER_NAMES,
}


@cache
def _states() -> Mapping[str, ToolState]:
    """Every word for a state, as it may stand in a cell."""
    spoken = {_plain(_word(state, language)): state for state in ToolState for language in LANGUAGES}
    return {**spoken, **{_plain(state.value): state for state in ToolState}}


def _word(state: ToolState, language: Language) -> str:
    return Messages(language).text(f"tool.state.{state.value}")


class ListFormat(StrEnum):
    """How a list of tools is written down."""

    XLSX = "xlsx"
    CSV = "csv"


def list_format_of(path: Path) -> ListFormat:
    """The format that a file's name tells; raises `BadImportFile("import.unknown_format")`."""
    ending = path.suffix.casefold().removeprefix(".")
    if ending not in set(ListFormat):
        raise BadImportFile("import.unknown_format", path=path)
    return ListFormat(ending)


# --- reading


def _text(value: Value) -> str:
    if isinstance(value, UserFacingError):
        raise value
    if isinstance(value, date):
        raise BadImportFile("import.date_for_text", value=value.isoformat())
    return value


def _place(value: Value) -> int | None:
    text = _text(value)
    if not text:
        return None
    if not _PLACE.fullmatch(text) or int(text) < 1:
        raise BadImportFile("import.not_a_place", value=text[:40])
    return int(text)


def _day(value: Value) -> date | None:
    if isinstance(value, date):
        return day_of(value.isoformat())
    text = _text(value)
    return day_of(text) if text else None


def _state(value: Value) -> ToolState | None:
    text = _text(value)
    if not text:
        return None
    state = _states().get(_plain(text))
    if state is None:
        known = ", ".join(f"{_word(state, 'en')} ({_word(state, 'ru')})" for state in ToolState)
        raise BadImportFile("import.not_a_state", value=text[:40], known=known)
    return state


def _id(value: Value) -> UUID | None:
    text = _text(value)
    try:
        return UUID(text) if text else None
    except ValueError:
        raise BadImportFile("import.not_an_id", value=text[:40]) from None


_READERS: dict[str, Callable[[Value], Any]] = {
    "unit": _place,
    "calibration_due": _day,
    "state": _state,
    "tool_id": _id,
}


class _Reader:
    def __init__(self, path: str) -> None:
        self._path = path
        self.problems: list[RowProblem] = []

    def rows(self, rows: Sequence[Row]) -> tuple[ToolRow, ...]:
        if not rows:
            raise BadImportFile("import.empty", path=self._path)
        columns = self._columns(*rows[0])
        read = []
        for line, values in rows[1:]:
            row = self._row(line, values, columns)
            if row is not None:
                read.append(row)
            if len(self.problems) >= MOST_PROBLEMS:
                break
        if len(rows) == 1:
            raise BadImportFile("import.empty", path=self._path)
        return tuple(read)

    def _add(self, line: int, column: str, error: UserFacingError) -> None:
        self.problems.append(RowProblem(line, column, error))

    def _columns(self, line: int, header: Sequence[Value]) -> list[str | None]:
        columns: list[str | None] = []
        known = ", ".join(_FIELD_OF_COLUMN)
        for value in header:
            title = value if isinstance(value, str) else "?"
            name = _FIELDS.get(_plain(title))
            if title and name is None and _plain(title) not in _NAME_COLUMNS:
                self._add(line, title[:40], BadImportFile("import.unknown_column", column=title[:40], known=known))
            elif name is not None and name in columns:
                self._add(line, title, BadImportFile("import.column_twice", column=title))
            columns.append(name if name not in columns else None)
        if not {"tool_class", "marking", "tool_id"} & set(columns):
            raise BadImportFile("import.not_a_tool_list", path=self._path, known=known)
        return columns

    def _row(self, line: int, values: Sequence[Value], columns: Sequence[str | None]) -> ToolRow | None:
        given: dict[str, Any] = {name: _READERS[name]("") if name in _READERS else "" for name in columns if name}
        whole = True
        for place, value in enumerate(values):
            if place >= len(columns):
                if value:
                    self._add(line, "", BadImportFile("import.too_many_cells", most=len(columns)))
                    whole = False
                    break
                continue
            name = columns[place]
            if name is None:
                continue
            try:
                given[name] = _READERS.get(name, _text)(value)
            except UserFacingError as error:
                self._add(line, COLUMNS[name], error)
                whole = False
        return ToolRow(line, given) if whole else None


def read_tool_list(path: Path, format_: ListFormat | None = None, *, watch: Watch = unwatched) -> ToolFile:
    """The rows of a list in `format_`, by default the one that its name tells, with every cell that cannot be read.

    Raises `BadImportFile` where the file cannot be read at all, and whatever `watch` raises.
    """
    chosen = format_ or list_format_of(path)
    content = content_of(path, LARGEST_FILE)
    if chosen is ListFormat.XLSX:
        rows = xlsx_rows(content, str(path), watch)
    else:
        rows = csv_rows(text_of(content, path, russian=True), str(path))
    reader = _Reader(str(path))
    read = reader.rows(rows)
    return ToolFile(path.name, hashlib.sha256(content).hexdigest(), read, tuple(reader.problems))


# --- writing


def _row_of(said: Mapping[str, str | date]) -> list[str | date]:
    return [said[name] for name in COLUMNS]


def write_tool_list(path: Path, export: ToolExport, *, language: Language, format_: ListFormat | None = None) -> None:
    """Write a list that `read_tool_list` takes, with columns and states in `language`; replaced as a whole.

    Raises `BadImportFile` with `import.unknown_format` or `export.not_writable`; an existing file stays then.
    """
    chosen = format_ or list_format_of(path)
    russian = language == "ru"
    titles = [(_RUSSIAN[name] if russian else column) for name, column in COLUMNS.items()]
    name_title = "Инструмент" if russian else "name"
    rows: list[list[str | date]] = [[titles[0], name_title, *titles[1:]]]
    for tool in export.tools:
        names = export.names.get(tool.tool_class)
        row = _row_of(
            {
                "tool_class": tool.tool_class,
                "kit": tool.kit,
                "unit": str(tool.unit or ""),
                "part_number": tool.part_number,
                "serial_number": tool.serial_number,
                "marking": tool.marking,
                "calibration_due": tool.calibration_due or "",
                "state": _word(tool.state, language),
                "note": tool.note,
                "tool_id": str(tool.tool_id),
            }
        )
        rows.append([row[0], names[0 if russian else 1] if names else "", *row[1:]])
    if chosen is ListFormat.XLSX:
        content = write_xlsx_rows("tools", rows, (_WIDTHS[0], 30, *_WIDTHS[1:]))
    else:
        content = write_csv_rows(rows)
    replace_file(path, content)


class ToolListFiles:
    """Fulfils `ListFiles`."""

    def read(self, path: Path, watch: Watch) -> ToolFile:
        """The rows of a list, in the format that its name tells."""
        return read_tool_list(path, watch=watch)

    def write(self, path: Path, export: ToolExport, language: str) -> None:
        """Write a list in the format that its name tells, and with the words of that language."""
        write_tool_list(path, export, language="ru" if language == "ru" else "en")
