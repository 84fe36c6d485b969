"""Lists of tools as toolrooms really have them: out of Excel, in two languages, in old code pages, with mistakes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from toolroom_desktop.adapters.files import sheets
from toolroom_desktop.adapters.files.tool_lists import read_tool_list, write_tool_list
from toolroom_desktop.config.messages import LANGUAGES, Language
from toolroom_desktop.domain.errors import BadImportFile
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.tool_import import ToolFile
from toolroom_desktop.services.tool_lists import ToolExport

NASTY = (
    Tool("pliers", kit="К-014", unit=2, marking="=1+1", serial_number="0012", part_number="-5", note="@SUM(A1)\n+1"),
    Tool("brace", marking="'+7 913", calibration_due=date(2027, 3, 4), state=ToolState.IN_REPAIR, serial_number="2/3"),
    Tool("side_cutters", marking='Ё; "кавычки", запятая', state=ToolState.RETIRED),
)


def cell_time(*parts: int) -> datetime:
    """What a cell with a date holds: it knows no time zone."""
    return datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001


def text_file(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "список.csv"
    path.write_bytes(text.encode(encoding))
    return path


def workbook(tmp_path: Path, *rows: Sequence[Any], prepare: Callable[[Workbook], None] | None = None) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    if prepare is not None:
        prepare(book)
    path = tmp_path / "список.xlsx"
    book.save(path)
    return path


def given(file: ToolFile, row: int = 0) -> dict[str, Any]:
    assert file.problems == ()
    return dict(file.rows[row].given)


def problems(file: ToolFile) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.error.code) for problem in file.problems]


def refusal(path: Path) -> BadImportFile:
    with pytest.raises(BadImportFile) as caught:
        read_tool_list(path)
    return caught.value


# --- out and in again


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["все.csv", "ВСЕ.XLSX"])
def test_what_is_written_is_read_as_it_was(tmp_path: Path, name: str, language: Language) -> None:
    path = tmp_path / name
    write_tool_list(path, ToolExport(NASTY, {"brace": ("Коловорот", "Brace")}), language=language)
    file = read_tool_list(path)
    assert file.problems == ()
    for tool, row in zip(NASTY, file.rows, strict=True):
        for field, value in row.given.items():
            expected = getattr(tool, field)
            # Blanks of a line break are kept, and a spare tool has no place.
            assert value == (expected if expected != 0 else None), (field, value)


def test_a_spreadsheet_gets_texts_and_dates_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "все.xlsx"
    write_tool_list(path, ToolExport(NASTY, {}), language="en")
    sheet = load_workbook(path).worksheets[0]
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert set(cells.values()) == {"s", "d"}
    assert cells["=1+1"] == "s" and cells["0012"] == "s" and cells[cell_time(2027, 3, 4)] == "d"
    text = tmp_path / "все.csv"
    write_tool_list(text, ToolExport(NASTY, {}), language="en")
    assert "'=1+1" in text.read_text("utf-8-sig") and "'-5" in text.read_text("utf-8-sig")


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.mkdir()
    with pytest.raises(BadImportFile) as caught:
        write_tool_list(path, ToolExport((), {}), language="ru")
    assert caught.value.code == "export.not_writable"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]


# --- ways of writing


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize(
    "header",
    ["class;marking;calibration_due", "Класс;Маркировка;Поверка до", " CLASS ;маркировка;Срок  Поверки"],
)
def test_separators_encodings_and_headers(tmp_path: Path, header: str, encoding: str, separator: str) -> None:
    text = f"{header}\r\nbrace;Ключ-1;31.03.2027\r\n\r\npliers;Ключ-2;\r\n".replace(";", separator)
    file = read_tool_list(text_file(tmp_path, text, encoding))
    assert given(file) == {"tool_class": "brace", "marking": "Ключ-1", "calibration_due": date(2027, 3, 31)}
    assert given(file, 1)["calibration_due"] is None
    assert [row.line for row in file.rows] == [2, 4]


def test_dates_in_cells_and_in_every_way_of_writing(tmp_path: Path) -> None:
    wanted = date(2027, 3, 31)
    values = [cell_time(2027, 3, 31), wanted, "2027-03-31", "31.03.2027", "31/03/2027"]
    path = workbook(tmp_path, ["class", "calibration_due"], *(["brace", value] for value in values))
    assert [row.given["calibration_due"] for row in read_tool_list(path).rows] == [wanted] * 5


def test_numbers_of_a_spreadsheet_are_the_texts_that_people_see(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["class", "serial_number", "place", "part_number"], ["brace", 12.0, 2, 1.5])
    assert given(read_tool_list(path)) == {
        "tool_class": "brace",
        "serial_number": "12",
        "unit": 2,
        "part_number": "1.5",
    }


def test_states_are_words_in_both_languages(tmp_path: Path) -> None:
    words = ["исправен", "Serviceable", "in_repair", "в  ремонте", "in repair", "СПИСАН", ""]
    path = text_file(tmp_path, "marking;state\n" + "".join(f"M{n};{word}\n" for n, word in enumerate(words)))
    good, repair, retired = ToolState.SERVICEABLE, ToolState.IN_REPAIR, ToolState.RETIRED
    states = [row.given["state"] for row in read_tool_list(path).rows]
    assert states == [good, good, repair, repair, repair, retired, None]


# --- mistakes


def test_every_bad_cell_is_named_by_row_and_column(tmp_path: Path) -> None:
    text = (
        "class;marking;place;calibration_due;state;id\n"
        "brace;1;first;;;\n"
        "brace;2;0;03/04/2026;;\n"
        "brace;3;;31.02.2026;broken;\n"
        "brace;4;;;;12\n"
        "brace;5;;;;;too;many\n"
    )
    file = read_tool_list(text_file(tmp_path, text))
    assert problems(file) == [
        (2, "place", "import.not_a_place"),
        (3, "place", "import.not_a_place"),
        (3, "calibration_due", "tool.ambiguous_date"),
        (4, "calibration_due", "tool.not_a_date"),
        (4, "state", "import.not_a_state"),
        (5, "id", "import.not_an_id"),
        (6, "", "import.too_many_cells"),
    ]
    assert file.rows == ()


def test_a_serial_number_that_excel_made_a_date_of_is_noticed(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["class", "serial_number", "calibration_due"],
        ["brace", cell_time(2026, 5, 4), cell_time(2027, 1, 1, 12, 30)],
    )
    assert problems(read_tool_list(path)) == [
        (2, "serial_number", "import.date_for_text"),
        (2, "calibration_due", "import.date_with_time"),
    ]


def test_a_formula_counts_by_its_value_and_is_refused_without_one(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["class", "marking"], ["brace", "=A2&1"], ["brace", "M-2"], ["brace", "#N/A"])
    assert problems(read_tool_list(path)) == [(2, "marking", "import.formula"), (4, "marking", "import.cell_error")]
    # As Excel saves it: the formula with what it came to.
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<f>A2&amp;1</f><v />", b"<f>A2&amp;1</f><v>7</v>")
    sheet = sheet.replace(b"<f>A2&amp;1</f><v></v>", b"<f>A2&amp;1</f><v>7</v>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**parts, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(name, content)
    file = read_tool_list(path)
    assert [row.given["marking"] for row in file.rows] == ["7", "M-2"]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("class;colour", [(1, "colour", "import.unknown_column")]),
        ("class;класс", [(1, "класс", "import.column_twice")]),
        ("class;name", []),
    ],
)
def test_columns_that_are_not_known_or_stand_twice(
    tmp_path: Path, header: str, found: list[tuple[int, str, str]]
) -> None:
    file = read_tool_list(text_file(tmp_path, f"{header}\nbrace;x\n"))
    assert problems(file) == found
    assert file.rows[0].given == {"tool_class": "brace"}


def test_files_that_are_no_list_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(text_file(tmp_path, "toolkit;quantity\nA;1\n")).code == "import.not_a_tool_list"
    assert refusal(text_file(tmp_path, "class;marking\n")).code == "import.empty"
    assert refusal(text_file(tmp_path, " \n")).code == "import.empty"
    assert refusal(text_file(tmp_path, 'class;marking\nbrace;"x\n')).code == "import.not_csv"
    assert refusal(tmp_path / "нет.xlsx").code == "import.missing"
    assert refusal(tmp_path / "список.ods").code == "import.unknown_format"
    assert refusal(workbook(tmp_path)).code == "import.empty"
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    assert refusal(text_file(tmp_path, "class\n" + "brace\n" * 4)).code == "import.too_many_rows"
    assert refusal(workbook(tmp_path, ["class"], *[["brace"]] * 4)).code == "import.too_many_rows"


def test_damaged_workbooks_end_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = workbook(tmp_path, ["class"], *[["brace"]] * 50)
    content = good.read_bytes()
    bad = tmp_path / "bad.xlsx"
    for damaged in (b"no zip at all", content[: len(content) // 2], content[:200] + b"\0" * 64 + content[264:]):
        bad.write_bytes(damaged)
        assert refusal(bad).code == "import.not_xlsx"
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("readme.txt", "not a workbook")
    assert refusal(bad).code == "import.not_xlsx"
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 1000)
    assert refusal(good).code == "import.too_large"


def test_one_sheet_must_be_meant(tmp_path: Path) -> None:
    def second(book: Workbook) -> None:
        book.create_sheet("Второй")

    assert len(read_tool_list(workbook(tmp_path, ["class"], ["brace"], prepare=second)).rows) == 1

    def filled(book: Workbook) -> None:
        book.create_sheet("Второй").append(["class"])

    error = refusal(workbook(tmp_path, ["class"], ["brace"], prepare=filled))
    assert (error.code, error.details["sheets"]) == ("import.many_sheets", "Sheet, Второй")


def test_whoever_watches_can_stop_the_reading(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["class"], *[["brace"]] * 1500)
    seen = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done:
            raise BadImportFile("import.cancelled")

    with pytest.raises(BadImportFile) as caught:
        read_tool_list(path, watch=stop)
    assert (caught.value.code, seen) == ("import.cancelled", [(0, 1501), (1000, 1501)])
