"""Tables as files: typed, without formulas, and never half."""

from __future__ import annotations

import csv
import io
import tempfile
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from openpyxl import load_workbook

from toolroom_desktop.adapters.files import table_files
from toolroom_desktop.adapters.files.table_files import TableFiles, write_xlsx
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.tables import Cell, Sheet, SheetColumn

MOSCOW = timezone(timedelta(hours=3))
AT = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
COLUMNS = tuple(SheetColumn(title) for title in ("name", "number", "share", "day", "at"))
NASTY = (
    "=1+1",
    "+7 913",
    "-5",
    "@SUM(A1)",
    "\tTab",
    "  =cmd|' /C calc'!A0",
    "'=1",
    "＝1+1",
    "#N/A",
    "0012",
    "شركة عربية",
    "Мастер 🔧👩‍🔧",
    "x" * 5000,
)


def sheet(*names: str) -> Sheet:
    rows: list[Sequence[Cell]] = [(name, 3, 97.5, date(2026, 3, 2), AT.astimezone(MOSCOW)) for name in names]
    return Sheet("Операции", COLUMNS, rows)


def no_temporary_files(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    place = folder / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_a_cell_is_what_its_value_is(tmp_path: Path) -> None:
    path = tmp_path / "таблица.xlsx"
    TableFiles().write(path, [sheet("Ёлкин")], language="ru")
    page = load_workbook(path).worksheets[0]
    assert page.title == "Операции"
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:E2"
    name, number, share, day, at = (cell.value for cell in page[2])
    assert (name, number, share) == ("Ёлкин", 3, 97.5)
    assert isinstance(day, datetime)
    assert day.date() == date(2026, 3, 2)
    assert isinstance(at, datetime)
    # At the station's own time, not at UTC.
    assert at.isoformat() == "2026-03-03T01:30:00"


@pytest.mark.parametrize("text", NASTY)
def test_no_text_becomes_a_formula_in_xlsx(tmp_path: Path, text: str) -> None:
    path = tmp_path / "table.xlsx"
    TableFiles().write(path, [sheet(text)], language="en")
    cell = load_workbook(path).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.value == text


def test_a_number_that_is_a_text_stays_one_when_somebody_touches_it(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    TableFiles().write(path, [sheet("0012", "=1", "plain")], language="en")
    page = load_workbook(path).worksheets[0]
    assert [page[f"A{row}"].number_format for row in (2, 3)] == ["@", "@"]


@pytest.mark.parametrize("text", NASTY[:8])
def test_no_text_becomes_a_formula_in_csv(tmp_path: Path, text: str) -> None:
    path = tmp_path / "table.csv"
    TableFiles().write(path, [sheet(text)], language="en")
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    row = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))[1]
    assert row[0] == f"'{text}"
    # A number is one and stays one.
    assert row[1:] == ["3", "97.5", "2026-03-02", "2026-03-03 01:30:00"]


def test_russian_spreadsheets_read_a_decimal_comma(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    TableFiles().write(path, [sheet("a")], language="ru")
    assert ";97,5;" in path.read_text(encoding="utf-8-sig")


def test_what_xml_cannot_carry_does_not_break_the_file(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    TableFiles().write(path, [sheet("a\x01b\ud800c", "y" * 40_000)], language="en")
    page = load_workbook(path).worksheets[0]
    assert page["A2"].value == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"
    assert page["A3"].value == "y" * 32_766 + "…"
    csv_path = tmp_path / "table.csv"
    TableFiles().write(csv_path, [sheet("a\ud800")], language="en")
    assert "a\N{REPLACEMENT CHARACTER}" in csv_path.read_text(encoding="utf-8-sig")


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_files, "MOST_ROWS", 2)
    path = tmp_path / "table.xlsx"
    TableFiles().write(path, [sheet("a", "b", "c")], language="en")
    book = load_workbook(path)
    assert book.sheetnames == ["Операции", "Операции (2)"]
    assert [[row[0] for row in page.values] for page in book.worksheets] == [["name", "a", "b"], ["name", "c"]]


def test_titles_of_sheets_are_such_as_a_spreadsheet_takes(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    long = "Выдано/не сдано: [к концу смены] и ещё"
    TableFiles().write(path, [Sheet(long, COLUMNS, ()), Sheet(long, COLUMNS, ())], language="en")
    titles = load_workbook(path).sheetnames
    assert len({title.casefold() for title in titles}) == 2
    assert all(len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)


def test_tables_of_one_csv_stand_apart(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    columns = (SheetColumn("a"),)
    TableFiles().write(path, [Sheet("One", columns, [["1"]]), Sheet("Two", columns, [])], language="en")
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["One", "a", "1", "", "Two", "a"]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"file\.unknown_format"):
        TableFiles().write(tmp_path / "table.doc", [sheet("a")], language="en")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_whoever_stops_it_finds_neither_file_nor_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    place = no_temporary_files(monkeypatch, tmp_path)

    def stop(done: int, _total: int) -> None:
        if done >= 2000:
            raise KeyboardInterrupt

    rows: list[Sequence[Cell]] = [["a", 1, 2.0, None, None]] * 3000
    with pytest.raises(KeyboardInterrupt):
        TableFiles().write(tmp_path / f"t.{ending}", [Sheet("S", COLUMNS, rows)], language="en", watch=stop)
    assert [entry.name for entry in tmp_path.iterdir()] == ["temporary"]
    assert list(place.iterdir()) == []


def test_memory_does_not_grow_with_the_rows() -> None:
    def rows(count: int) -> Iterator[Sequence[Cell]]:
        for number in range(count):
            yield f"name {number}", number, 97.5, date(2026, 3, 2), AT

    def peak(count: int) -> int:
        tracemalloc.start()
        with tempfile.TemporaryFile() as file:
            write_xlsx(file, [Sheet("S", COLUMNS, rows(count))])
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)  # what is loaded and kept once
    assert peak(3000) < 1.5 * peak(300)
