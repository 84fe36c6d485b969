"""Tables as XLSX and CSV, row by row: however many there are, only one is held in memory.

    TableFiles().write(path, [Sheet("Operations", columns, rows)], language="ru")

No text of the data ever becomes a formula: in XLSX every cell is typed, in CSV a text that a spreadsheet would take
for one begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from toolroom_desktop.adapters.files.sheets import guarded
from toolroom_desktop.adapters.files.whole_file import whole_file
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.tables import Cell, Sheet, SheetColumn
from toolroom_desktop.services.watching import Watch, unwatched

MOST_ROWS = 1_048_575
"""Rows below the titles that Excel has room for; what is more goes on in a further sheet."""
LONGEST_TEXT = 32_767
"""Characters that Excel has room for in a cell."""

_WATCH_EVERY = 1000
_TEXT_FORMAT = "@"
# What XML cannot carry: control characters, and halves of characters.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")
# These must say of themselves that they are texts: openpyxl and Excel would see a formula, an error or a number.
_TO_BE_TYPED = re.compile(r"[\s']*[=+\-@#＝＋－＠]|\s|[\d.,]+$")
_NOT_IN_A_SHEET_TITLE = re.compile(r"[\[\]:*?/\\]")


class TableFiles:
    """Fulfils `services.tables.TableFiles`."""

    def write(
        self, path: Path, sheets: Sequence[Sheet], *, language: str, overwrite: bool = True, watch: Watch = unwatched
    ) -> None:
        """Write the tables as a whole file, in the format that its name tells (.xlsx or .csv).

        Raises `BadInput("file.unknown_format")` for another ending, and what `whole_file` raises.
        """
        ending = path.suffix.casefold()
        if ending not in (".xlsx", ".csv"):
            raise BadInput("file.unknown_format", path=path)
        with whole_file(path, overwrite=overwrite) as file:
            if ending == ".xlsx":
                write_xlsx(file, sheets, watch=watch)
            else:
                write_csv(file, sheets, decimal="," if language == "ru" else ".", watch=watch)


def write_xlsx(file: IO[bytes], sheets: Sequence[Sheet], *, watch: Watch = unwatched) -> None:
    """Write an XLSX file: one sheet a table, titles that stay in sight and filter, dates as dates, numbers as numbers.

    Memory does not grow with the rows: openpyxl keeps each sheet in a temporary file until the end.
    """
    # Loaded here: few commands need it, and it takes a while.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    made: list[Any] = []
    counted = _Counted(watch)
    try:
        for sheet in sheets:
            _write_sheet(book, sheet, {other.title.casefold() for other in made}, made, counted)
        _save(book, file)
    except BaseException:
        _forget(made)
        raise


def _save(book: Any, file: IO[bytes]) -> None:
    from openpyxl.writer.excel import ExcelWriter

    archive = ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True)
    try:
        ExcelWriter(book, archive).save()
    except BaseException:
        # It must not try to write its end when it is forgotten.
        archive.fp = None
        raise


class _Counted:
    """Tells a watch of every thousandth row."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._done = 0

    def __call__(self) -> None:
        self._done += 1
        if self._done % _WATCH_EVERY == 0:
            self._watch(self._done, 0)


def _write_sheet(book: Any, sheet: Sheet, taken: set[str], made: list[Any], counted: Callable[[], None]) -> None:
    rows = iter(sheet.rows)
    part = 0
    while True:
        part += 1
        title = _sheet_title(sheet.title if part == 1 else f"{sheet.title} ({part})", taken)
        taken.add(title.casefold())
        page = book.create_sheet(title)
        made.append(page)
        if not _fill(page, sheet.columns, rows, counted):
            return


def _fill(
    page: Any, columns: Sequence[SheetColumn], rows: Iterator[Sequence[Cell]], counted: Callable[[], None]
) -> bool:
    """Write the titles and as many rows as there is room for; whether there may be more."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties
    from openpyxl.worksheet.worksheet import Worksheet

    for place, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.freeze_panes = "A2"
    # On paper all columns stand side by side, and the titles on every page.
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0
    page.print_title_rows = "1:1"
    titles = [_text_cell(page, column.title) for column in columns]
    for cell in titles:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.append(titles)
    written = 0
    for row in rows:
        page.append([_xlsx_value(page, value) for value in row])
        written += 1
        counted()
        if written == MOST_ROWS:
            break
    if columns:
        page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{written + 1}"
    return written == MOST_ROWS


def _xlsx_value(page: Any, value: Cell) -> object:
    """What openpyxl takes for a cell of exactly this type.

    A made cell costs more than a plain value, so only values that would be misunderstood become one.
    """
    if type(value) is str:
        if not value:
            return None
        if len(value) > LONGEST_TEXT or _TO_BE_TYPED.match(value) or _NOT_IN_XML.search(value):
            return _text_cell(page, value)
        return value
    # A date and a moment get their own formats from openpyxl.
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _text_cell(page: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    shown = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(shown) > LONGEST_TEXT:
        shown = shown[: LONGEST_TEXT - 1] + "…"
    cell = WriteOnlyCell(page, shown)
    # Said outright: openpyxl would take "=1+1" for a formula, and Excel "0012" for a number once it is touched.
    cell.data_type = "s"
    cell.number_format = _TEXT_FORMAT
    return cell


def _sheet_title(wanted: str, taken: set[str]) -> str:
    """A title that a spreadsheet takes: 31 characters, without the signs that stand in references, not there twice."""
    plain = _NOT_IN_A_SHEET_TITLE.sub(" ", _NOT_IN_XML.sub(" ", wanted)).strip(" '")[:31].rstrip(" '") or "1"
    title, number = plain, 1
    while title.casefold() in taken:
        number += 1
        ending = f" {number}"
        title = plain[: 31 - len(ending)] + ending
    return title


def _forget(pages: Iterable[Any]) -> None:
    """Remove the temporary files of sheets that will never be a workbook."""
    for page in pages:
        # openpyxl has no other way to give up: end what was begun, then let go of its file.
        with suppress(Exception):
            if not page.closed:
                page.close()
        with suppress(Exception):
            page._writer.cleanup()


def write_csv(file: IO[bytes], sheets: Sequence[Sheet], *, decimal: str = ".", watch: Watch = unwatched) -> None:
    """Write CSV: UTF-8 with the mark that Excel asks for, semicolons between cells.

    A single table is its titles and its rows. Of several, each begins with its name, and an empty line stands between
    them. `decimal` is the sign in numbers.
    """
    # Without the mark, Excel takes UTF-8 for the code page of the country.
    stream = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    try:
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        counted = _Counted(watch)
        for place, sheet in enumerate(sheets):
            if len(sheets) > 1:
                if place:
                    writer.writerow([])
                writer.writerow([_csv_value(sheet.title, decimal)])
            writer.writerow([_csv_value(column.title, decimal) for column in sheet.columns])
            for row in sheet.rows:
                writer.writerow([_csv_value(value, decimal) for value in row])
                counted()
        stream.flush()
    finally:
        # The file is its opener's to close. What an interrupted write left in the buffer is of no use to anybody.
        with suppress(OSError):
            stream.detach()


def _csv_value(value: Cell, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(_HALF_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", value))
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace(".", decimal)
