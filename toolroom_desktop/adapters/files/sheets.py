"""Tables as spreadsheets save them: CSV and XLSX, read into rows of plain values and written without formulas.

A value is a text without blanks around it, a date where an XLSX cell is one, or the error of a cell that cannot be
read. Texts are the same in both kinds of file.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from toolroom_desktop.domain.errors import BadImportFile, UserFacingError
from toolroom_desktop.services.watching import Watch, unwatched

MOST_ROWS = 100_000
"""Rows of one sheet."""
LARGEST_UNPACKED = 512 << 20
"""Bytes of an XLSX file without its compression."""

Value = str | date | UserFacingError
Row = tuple[int, list[Value]]
"""A row that is not empty, and the line on which it begins."""

_SEPARATORS = ";,\t"
_WATCH_EVERY = 1000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Blanks and quotes before the sign do not keep a spreadsheet from reading a formula; the full-width signs count too,
# and what begins with a tab or a new line may fall into another cell.
_FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠]|[\t\r\n]")
# A damaged file fails in whatever part of openpyxl meets the damage first.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    OverflowError,
    NotImplementedError,
)
_TEXT_FORMAT = "@"
_DATE_FORMAT = "yyyy-mm-dd"


def guarded(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def content_of(path: Path, largest: int) -> bytes:
    """The bytes of a file; raises `BadImportFile` where there is none, or more than `largest` of them."""
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except FileNotFoundError:
        raise BadImportFile("import.missing", path=path) from None
    except OSError as error:
        raise BadImportFile("import.not_readable", path=path, reason=error.strerror or str(error)) from error
    if len(content) > largest:
        raise BadImportFile("import.too_large", path=path, most=largest >> 20)
    if not content.strip():
        raise BadImportFile("import.empty", path=path)
    return content


def text_of(content: bytes, path: Path, *, russian: bool) -> str:
    """The text of a file in UTF-8 or, where that cannot be and `russian` allows it, in the Windows code page 1251.

    Raises `BadImportFile("import.wrong_encoding")` with the line that shows it.
    """
    try:
        text = content.decode("utf-8-sig")
        strange = text.find("\0")
    except UnicodeDecodeError as error:
        wrong = BadImportFile("import.wrong_encoding", path=path, line=content.count(b"\n", 0, error.start) + 1)
        try:
            text = content.decode("cp1251") if russian else ""
        except UnicodeDecodeError:
            text = ""
        # Nearly every byte is a letter of that code page, so what else the text holds must show that it is one.
        if not text or _CONTROL.search(text):
            raise wrong from error
        return text
    if strange >= 0:
        raise BadImportFile("import.wrong_encoding", path=path, line=text.count("\n", 0, strange) + 1)
    return text


def csv_rows(text: str, path: str) -> list[Row]:
    """The rows of a CSV text; raises `BadImportFile("import.not_csv")`, `BadImportFile("import.too_many_rows")`."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begins, [unguarded(cell.strip()).strip() for cell in cells]))
                _refuse_too_many(rows, path)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadImportFile("import.not_csv", path=path, line=begins, reason=str(error)) from error
    return rows


def _refuse_too_many(rows: Sequence[Row], path: str) -> None:
    if len(rows) > MOST_ROWS + 1:
        raise BadImportFile("import.too_many_rows", path=path, most=MOST_ROWS)


def xlsx_rows(content: bytes, path: str, watch: Watch = unwatched) -> list[Row]:
    """The rows of the one sheet of an XLSX file that is filled.

    Raises `BadImportFile` with `import.not_xlsx`, `import.too_large`, `import.many_sheets`, `import.too_many_rows`.
    """
    _refuse_bomb(content, path)
    formulas, rows = _read_sheet(content, path, watch, values=False)
    if not formulas:
        return rows
    # What a formula came to stands beside it, if whatever saved the file had worked it out.
    _, with_values = _read_sheet(content, path, watch, values=True)
    known = dict(with_values)
    for line, row in rows:
        worked_out = known.get(line, [])
        for place in formulas.get(line, ()):
            value = worked_out[place] if place < len(worked_out) else ""
            row[place] = value if value != "" else BadImportFile("import.formula")
    return rows


def _refuse_bomb(content: bytes, path: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BadImportFile("import.not_xlsx", path=path) from error
    if unpacked > LARGEST_UNPACKED:
        raise BadImportFile("import.too_large", path=path, most=LARGEST_UNPACKED >> 20)


def _read_sheet(content: bytes, path: str, watch: Watch, *, values: bool) -> tuple[dict[int, list[int]], list[Row]]:
    """The places of formulas by line, and the rows."""
    # Loaded here and where it writes: few commands need it, and it takes a while.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # Whatever openpyxl does not keep of a file (its charts, its rules for cells) is none of our matter.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
            try:
                return _filled_sheet(book, path, watch)
            finally:
                book.close()
    except UserFacingError:
        raise
    except (InvalidFileException, *_DAMAGE) as error:
        raise BadImportFile("import.not_xlsx", path=path) from error


def _filled_sheet(book: Any, path: str, watch: Watch) -> tuple[dict[int, list[int]], list[Row]]:
    filled: list[tuple[str, dict[int, list[int]], list[Row]]] = []
    for sheet in book.worksheets:
        formulas: dict[int, list[int]] = {}
        rows: list[Row] = []
        total = sheet.max_row or 0
        for cells in sheet.iter_rows():
            line = next((cell.row for cell in cells if cell.value is not None), 0)
            if not line:
                continue
            if len(rows) % _WATCH_EVERY == 0:
                watch(len(rows), max(total, len(rows)))
            found = [place for place, cell in enumerate(cells) if cell.data_type == "f"]
            if found:
                formulas[line] = found
            rows.append((line, [_value(cell) for cell in cells]))
            _refuse_too_many(rows, path)
        if rows:
            filled.append((sheet.title, formulas, rows))
    if len(filled) > 1:
        raise BadImportFile("import.many_sheets", path=path, sheets=", ".join(title for title, _, _ in filled))
    return filled[0][1:] if filled else ({}, [])


def _value(cell: Any) -> Value:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return BadImportFile("import.cell_error", value=str(value)[:40])
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else BadImportFile("import.date_with_time", value=str(value))
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


def write_csv_rows(rows: Iterable[Sequence[str | date]]) -> bytes:
    """Rows as CSV, separated by semicolons as Russian spreadsheets want it, with the mark that says UTF-8."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([value.isoformat() if isinstance(value, date) else guarded(value) for value in row])
    # Without the mark, Excel takes UTF-8 for the code page of the country.
    return stream.getvalue().encode("utf-8-sig")


def write_xlsx_rows(title: str, rows: Iterable[Sequence[str | date]], widths: Sequence[int]) -> bytes:
    """Rows as one sheet in which every cell is a text or a date; `widths` are the columns' in characters."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for place, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append(list(_cells(sheet, row)))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cells(sheet: Any, row: Sequence[str | date]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for value in row:
        if value == "":
            yield None
            continue
        if isinstance(value, date):
            cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
            cell.number_format = _DATE_FORMAT
        else:
            cell = WriteOnlyCell(sheet, _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value))
            # Said outright: openpyxl would take "=1+1" for a formula, and Excel "0012" for a number once it is touched.
            cell.data_type = "s"
            cell.number_format = _TEXT_FORMAT
        yield cell
