"""Toolkits as CSV, as spreadsheets write it: one row a position or a kit, the toolkit's name in every row.

A text that a spreadsheet would take for a formula gets a quote before it on the way out, and loses it on the way in.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from toolroom_desktop.adapters.files.content import (
    POSITION_FIELDS,
    TOOLKIT_FIELDS,
    Cell,
    Problems,
    RowDraft,
    ToolkitDraft,
    check_text,
    same,
)
from toolroom_desktop.domain.errors import BadImportFile
from toolroom_desktop.domain.toolkit import Kit, Toolkit

COLUMNS = ("toolkit", *TOOLKIT_FIELDS, *POSITION_FIELDS, "kit", "code")
_KIT_FIELDS = ("kit", "code")
_SEPARATORS = ";,\t"

# Blanks and quotes before the sign do not keep a spreadsheet from reading a formula; the full-width signs count too.
_FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠]")


def guarded(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def _separator(header: str) -> str:
    """The separator of a file, told by its first line: no column name contains one."""
    return max(_SEPARATORS, key=header.count)


class _Reader:
    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._toolkits: dict[str, ToolkitDraft] = {}

    def drafts(self, text: str, path: str) -> list[ToolkitDraft]:
        rows = self._rows(text, path)
        if not rows:
            return []
        header_line, header = rows[0]
        columns = self._columns(header_line, header)
        if columns is None:
            return []
        for line, cells in rows[1:]:
            self._row(line, cells, columns)
        return list(self._toolkits.values())

    def _rows(self, text: str, path: str) -> list[tuple[int, list[str]]]:
        """The rows that are not empty, each with the line on which it begins."""
        header = next((line for line in text.splitlines() if line.strip()), "")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(header), strict=True)
        rows: list[tuple[int, list[str]]] = []
        begins = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    rows.append((begins, cells))
                begins = reader.line_num + 1
        except csv.Error as error:
            raise BadImportFile("import.not_csv", path=path, line=begins, reason=str(error)) from error
        return rows

    def _columns(self, line: int, header: Sequence[str]) -> list[str | None] | None:
        """The known column at each place; None when the file cannot be read with them."""
        columns: list[str | None] = []
        for title in header:
            name = title.strip().casefold()
            if name and name not in COLUMNS:
                self._problems.add(line, "import.unknown_column", column=title.strip()[:40], known=", ".join(COLUMNS))
            elif name in columns:
                self._problems.add(line, "import.column_twice", column=name)
            columns.append(name if name in COLUMNS and name not in columns else None)
        if "toolkit" not in columns:
            self._problems.add(line, "import.column_missing", column="toolkit", known=", ".join(COLUMNS))
        if "class" not in columns and "kit" not in columns:
            self._problems.add(line, "import.column_missing", column="class", known=", ".join(COLUMNS))
        usable = "toolkit" in columns and ("class" in columns or "kit" in columns)
        return columns if usable else None

    def _row(self, line: int, texts: Sequence[str], columns: Sequence[str | None]) -> None:
        fields: dict[str, Cell] = {}
        for place, text in enumerate(texts):
            column = columns[place] if place < len(columns) else None
            if column is not None:
                fields[column] = Cell(unguarded(text.strip()).strip(), line)
                check_text(fields[column], self._problems)
            elif place >= len(columns) and text.strip():
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
    return _Reader(problems).drafts(text, path)


def write_csv(toolkits: Sequence[Toolkit], kits: Sequence[Kit]) -> str:
    """The same as CSV text that `read_csv` takes, separated by semicolons as Russian spreadsheets want it."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, restval="", delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    for toolkit in toolkits:
        about = {"toolkit": toolkit.name, "title_ru": toolkit.title_ru, "title_en": toolkit.title_en}
        for position in toolkit.positions:
            own = toolkit.thresholds.get(position.tool_class)
            row: dict[str, object] = {
                **about,
                "class": position.tool_class,
                "quantity": position.quantity,
                "name_ru": position.name_ru,
                "name_en": position.name_en,
                "accept": own.accept if own else None,
                "review": own.review if own else None,
            }
            writer.writerow({name: guarded(v) if isinstance(v, str) else v for name, v in row.items()})
        for kit in kits:
            if kit.toolkit == toolkit.name:
                kit_row = {**about, "kit": kit.number, "code": kit.code}
                writer.writerow({name: guarded(text) for name, text in kit_row.items()})
    return stream.getvalue()
