"""Toolkits as a table in CSV or XLSX: one row a position or a kit, the toolkit's name in every row.

A text that a spreadsheet would take for a formula gets a quote before it on the way out, and loses it on the way in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from toolroom_desktop.adapters.files.content import (
    POSITION_FIELDS,
    TOOLKIT_FIELDS,
    Cell,
    LineProblem,
    Problems,
    RowDraft,
    ToolkitDraft,
    check_text,
    same,
)
from toolroom_desktop.adapters.files.sheets import Row, Value, csv_rows, xlsx_rows
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.toolkit import ClassThreshold, Kit, Toolkit

COLUMNS = ("toolkit", *TOOLKIT_FIELDS, *POSITION_FIELDS, "kit", "code")
_KIT_FIELDS = ("kit", "code")
WIDTHS = (18, 36, 36, 26, 9, 30, 30, 8, 8, 12, 22)
"""Of the columns in a spreadsheet, in characters."""
# What a column may be called besides.
_ALIASES = {
    "набор": "toolkit",
    "название": "title_ru",
    "класс": "class",
    "количество": "quantity",
    "наименование": "name_ru",
    "комплект": "kit",
    "код": "code",
}


class _Reader:
    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._toolkits: dict[str, ToolkitDraft] = {}

    def drafts(self, rows: Sequence[Row]) -> list[ToolkitDraft]:
        if not rows:
            return []
        header_line, header = rows[0]
        columns = self._columns(header_line, header)
        if columns is None:
            return []
        for line, cells in rows[1:]:
            self._row(line, cells, columns)
        return list(self._toolkits.values())

    def _columns(self, line: int, header: Sequence[Value]) -> list[str | None] | None:
        """The known column at each place; None when the file cannot be read with them."""
        columns: list[str | None] = []
        for cell in header:
            title = self._text(line, cell)
            name = title.casefold()
            name = _ALIASES.get(name, name)
            if name and name not in COLUMNS:
                self._problems.add(line, "import.unknown_column", column=title[:40], known=", ".join(COLUMNS))
            elif name in columns:
                self._problems.add(line, "import.column_twice", column=name)
            columns.append(name if name in COLUMNS and name not in columns else None)
        if "toolkit" not in columns:
            self._problems.add(line, "import.column_missing", column="toolkit", known=", ".join(COLUMNS))
        if "class" not in columns and "kit" not in columns:
            self._problems.add(line, "import.column_missing", column="class", known=", ".join(COLUMNS))
        usable = "toolkit" in columns and ("class" in columns or "kit" in columns)
        return columns if usable else None

    def _text(self, line: int, value: Value) -> str:
        """What a cell says; an error of it is noted."""
        if isinstance(value, UserFacingError):
            self._problems.found.append(LineProblem(line, value))
            return ""
        if isinstance(value, date):
            self._problems.add(line, "import.date_for_text", value=value.isoformat())
            return ""
        return value

    def _row(self, line: int, values: Sequence[Value], columns: Sequence[str | None]) -> None:
        fields: dict[str, Cell] = {}
        for place, value in enumerate(values):
            column = columns[place] if place < len(columns) else None
            if column is not None:
                fields[column] = Cell(self._text(line, value), line)
                check_text(fields[column], self._problems)
            elif place >= len(columns) and value:
                self._problems.add(line, "import.too_many_cells", most=len(columns))
                return
        row = RowDraft(line, fields)
        if not row.text("toolkit"):
            self._problems.add(line, "import.cell_empty", column="toolkit")
            return
        toolkit = self._toolkits.setdefault(same(row.text("toolkit")), ToolkitDraft(row.cell("toolkit"), {}))
        self._take_titles(row, toolkit)
        is_position, is_kit = (any(row.text(name) for name in names) for names in (POSITION_FIELDS, _KIT_FIELDS))
        if is_position == is_kit:
            self._problems.add(line, "import.position_or_kit")
        elif is_position:
            toolkit.positions.append(row)
        else:
            toolkit.kits.append(row)

    def _take_titles(self, row: RowDraft, toolkit: ToolkitDraft) -> None:
        titles = dict(toolkit.titles)
        for name in TOOLKIT_FIELDS:
            text = row.text(name)
            if text and titles.setdefault(name, text) != text:
                self._problems.add(row.line, "import.titles_differ", toolkit=toolkit.name.text, column=name)
        toolkit.titles = titles


def read_csv(text: str, path: str, problems: Problems) -> list[ToolkitDraft]:
    """The toolkits of a CSV text; errors of rows go to `problems`. Raises `BadImportFile("import.not_csv")`."""
    return _Reader(problems).drafts(csv_rows(text, path))


def read_xlsx(content: bytes, path: str, problems: Problems) -> list[ToolkitDraft]:
    """The toolkits of an XLSX file, whose sheet has the same columns. Raises `BadImportFile`."""
    return _Reader(problems).drafts(xlsx_rows(content, path))


def table_of(toolkits: Sequence[Toolkit], kits: Sequence[Kit]) -> list[list[str]]:
    """The rows of a table that `read_csv` and `read_xlsx` take, the column names first."""
    rows = [list(COLUMNS)]

    def add(**said: str) -> None:
        rows.append([said.get("class_" if name == "class" else name, "") for name in COLUMNS])

    for toolkit in toolkits:
        about = {"toolkit": toolkit.name, "title_ru": toolkit.title_ru, "title_en": toolkit.title_en}
        for position in toolkit.positions:
            own = toolkit.thresholds.get(position.tool_class) or ClassThreshold()
            add(
                **about,
                class_=position.tool_class,
                quantity=str(position.quantity),
                name_ru=position.name_ru,
                name_en=position.name_en,
                accept="" if own.accept is None else str(own.accept),
                review="" if own.review is None else str(own.review),
            )
        for kit in kits:
            if kit.toolkit == toolkit.name:
                add(**about, kit=kit.number, code=kit.code)
    return rows
