"""Toolkit files: what is written comes back, and every error is named by its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.adapters.files.content import LONGEST_TEXT, BadLines, ToolkitFile, same
from toolroom_desktop.adapters.files.csv_toolkits import COLUMNS
from toolroom_desktop.adapters.files.sheets import guarded, unguarded
from toolroom_desktop.adapters.files.toolkits import FileFormat, read_toolkits, write_toolkits
from toolroom_desktop.domain.errors import BadImportFile
from toolroom_desktop.domain.toolkit import ClassThreshold, Kit, Position, Toolkit
from toolroom_desktop.services.demo import DEMO_KITS, REFERENCE_TOOLKIT

HEADER = ";".join(COLUMNS)


def taken(tmp_path: Path, text: str, name: str = "наборы.yaml", encoding: str = "utf-8") -> ToolkitFile:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_toolkits(path)


def errors(tmp_path: Path, text: str, name: str = "наборы.yaml") -> list[tuple[int, str]]:
    """(line, code) of every error of the file."""
    with pytest.raises(BadLines) as caught:
        taken(tmp_path, text, name)
    assert caught.value.details["count"] == len(caught.value.problems)
    return [(problem.line, problem.error.code) for problem in caught.value.problems]


def refusal(tmp_path: Path, text: str, name: str = "наборы.yaml", encoding: str = "utf-8") -> BadImportFile:
    with pytest.raises(BadImportFile) as caught:
        taken(tmp_path, text, name, encoding)
    assert not isinstance(caught.value, BadLines)
    return caught.value


# --- there and back ---

words = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20)
    .map(str.strip)
    .filter(lambda text: len(text.splitlines()) <= 1)
)
names = words.filter(bool)
thresholds = st.none() | st.builds(
    ClassThreshold, accept=st.sampled_from([None, 0.6, 1.0]), review=st.sampled_from([None, 0.05, 0.6])
).filter(lambda own: own != ClassThreshold())


@st.composite
def catalogues(draw: st.DrawFn) -> tuple[tuple[Toolkit, ...], tuple[Kit, ...]]:
    toolkits: list[Toolkit] = []
    for name in draw(st.lists(names, min_size=1, max_size=3, unique_by=same)):
        classes = draw(st.lists(names, min_size=1, max_size=4, unique=True))
        positions = tuple(Position(c, draw(st.integers(1, 100)), draw(words), draw(words)) for c in classes)
        own = {c: limit for c in classes if (limit := draw(thresholds)) is not None}
        toolkits.append(Toolkit(name, positions, draw(words), draw(words), own))
    labels = draw(st.lists(names, max_size=6, unique_by=same))
    kits = [
        Kit(labels[i], draw(st.sampled_from(toolkits)).name, labels[i + 1] if i + 1 < len(labels) else "")
        for i in range(0, len(labels), 2)
    ]
    return tuple(toolkits), tuple(kits)


@pytest.mark.parametrize("format_", FileFormat)
@given(content=catalogues())
def test_whatever_is_written_comes_back(
    tmp_path_factory: pytest.TempPathFactory, format_: FileFormat, content: tuple[tuple[Toolkit, ...], tuple[Kit, ...]]
) -> None:
    toolkits, kits = content
    path = tmp_path_factory.mktemp("files") / "toolkits"
    write_toolkits(path, toolkits, kits, format_)
    read = read_toolkits(path, format_)
    assert read.toolkits == toolkits
    assert sorted(read.kits, key=lambda kit: kit.number) == sorted(kits, key=lambda kit: kit.number)


def test_the_reference_toolkit_in_yaml_is_readable_for_people(tmp_path: Path) -> None:
    path = tmp_path / "набор.yaml"
    write_toolkits(path, [REFERENCE_TOOLKIT], DEMO_KITS)
    text = path.read_text(encoding="utf-8")
    assert "title_ru: Облегчённый набор для RRJ/737/32S\n" in text
    assert "name_ru: Отвёртка «−»\n" in text
    assert list(tmp_path.iterdir()) == [path]


def test_csv_is_what_russian_spreadsheets_open(tmp_path: Path) -> None:
    path = tmp_path / "набор.csv"
    write_toolkits(path, [REFERENCE_TOOLKIT], DEMO_KITS)
    content = path.read_bytes()
    assert content.startswith("\ufefftoolkit;title_ru;".encode())
    assert content.count(b"\r\n") == 1 + 11 + 2


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_csv_is_taken_with_any_separator_with_and_without_a_mark(
    tmp_path: Path, separator: str, encoding: str, line_end: str
) -> None:
    rows = [("Toolkit", " CLASS ", "quantity", "name_ru", "kit"), ("Набор", "brace", "2", "Коловорот", "")]
    rows += [("", "", "", "", ""), ("набор", "", "", "", "К-1")]
    text = line_end.join(separator.join(row) for row in rows)
    read = taken(tmp_path, text, "набор.csv", encoding)
    assert read.toolkits == (Toolkit("Набор", (Position("brace", 2, "Коловорот"),)),)
    assert read.kits == (Kit("К-1", "Набор"),)


def test_yaml_keeps_numbers_and_words_as_they_were_typed(tmp_path: Path) -> None:
    read = taken(
        tmp_path,
        "toolkits:\n- name: 737\n  positions:\n  - {class: yes, quantity: 3}\n  kits:\n  - {number: 014, code: 1e3}\n",
    )
    assert read.toolkits == (Toolkit("737", (Position("yes", 3),)),)
    assert read.kits == (Kit("014", "737", "1e3"),)


def test_thresholds_may_have_a_decimal_comma(tmp_path: Path) -> None:
    read = taken(tmp_path, "toolkit;class;accept;review\nA;brace;0,75;0.2\n", "a.csv")
    assert read.toolkits[0].thresholds == {"brace": ClassThreshold(accept=0.75, review=0.2)}


def test_the_lines_of_classes_and_kits_are_remembered(tmp_path: Path) -> None:
    read = taken(tmp_path, "toolkit;class;kit\nA;brace;\nA;torque_wrench;\nA;;K-1\n", "a.csv")
    assert read.unknown_to(frozenset({"brace"})) == ((3, "torque_wrench"),)
    assert read.kit_lines == ((4, Kit("K-1", "A")),)


# --- formulas ---


@pytest.mark.parametrize("text", ["=1+1", " =cmd", "+7", "-", "@x", "'=1", "  '@", "＝1"])
def test_a_formula_is_quoted_and_comes_back(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "Отвёртка «−»", "K-014", "'тридцать", "3/4"])
def test_ordinary_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text())
def test_no_guarded_text_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).lstrip().startswith(("=", "+", "-", "@"))
    assert unguarded(guarded(text)) == text


# --- every error with its line ---


def test_bad_quantities_are_named_by_line_all_of_them(tmp_path: Path) -> None:
    rows = ["toolkit;class;quantity", "A;brace;0", "A;pliers;-1", "A;side_cutters;two", "A;file;1.5", "A;drill;101"]
    assert errors(tmp_path, "\n".join(rows), "a.csv") == [
        (2, "toolkit.quantity_not_positive"),
        (3, "toolkit.quantity_not_positive"),
        (4, "import.quantity_not_a_number"),
        (5, "import.quantity_not_a_number"),
        (6, "import.quantity_too_great"),
    ]


def test_bad_quantities_in_yaml(tmp_path: Path) -> None:
    text = "toolkits:\n- name: A\n  positions:\n  - class: brace\n    quantity: 0\n  - class: file\n    quantity: -1\n"
    text += "  - class: drill\n    quantity: two\n  - class: pliers\n    quantity: [1]\n"
    assert errors(tmp_path, text) == [
        (5, "toolkit.quantity_not_positive"),
        (7, "toolkit.quantity_not_positive"),
        (9, "import.quantity_not_a_number"),
        (11, "import.not_a_text"),
    ]


def test_names_that_stand_twice(tmp_path: Path) -> None:
    yaml = (
        "toolkits:\n"
        "- name: Набор\n  positions: [{class: brace}, {class: brace}]\n  kits: [{number: К-1}, {number: к-1}]\n"
        "- name: НАБОР\n  positions: [{class: file}]\n  kits: [{number: K-2, code: К-1}]\n"
    )
    assert errors(tmp_path, yaml) == [
        (3, "toolkit.class_twice"),
        (4, "import.kit_twice"),
        (5, "import.toolkit_twice"),
        (7, "import.kit_twice"),
    ]
    csv = "toolkit;class;kit\nA;brace;\na;brace;\nA;;K-1\nA;;K-1\n"
    assert errors(tmp_path, csv, "a.csv") == [(3, "toolkit.class_twice"), (5, "import.kit_twice")]


def test_unknown_keys_and_wrong_shapes_in_yaml(tmp_path: Path) -> None:
    text = (
        "toolkits:\n"
        "- name: A\n  colour: red\n  positions:\n  - class: brace\n    class: file\n  - pliers\n"
        "- B\n"
        "- name: C\n  positions: many\n"
        "more: 1\n"
    )
    assert errors(tmp_path, text) == [
        (3, "import.unknown_key"),
        (6, "import.key_twice"),
        (7, "import.not_a_mapping"),
        (8, "import.not_a_mapping"),
        (9, "toolkit.no_positions"),
        (10, "import.not_a_list"),
        (11, "import.unknown_key"),
    ]
    assert errors(tmp_path, "- name: A\n") == [(1, "import.not_a_mapping")]
    assert errors(tmp_path, "{}\n") == [(1, "import.key_missing")]


def test_unknown_and_missing_columns_in_csv(tmp_path: Path) -> None:
    assert errors(tmp_path, "toolkit;class;colour;class\nA;brace;red;x\n", "a.csv") == [
        (1, "import.unknown_column"),
        (1, "import.column_twice"),
    ]
    assert errors(tmp_path, "name;quantity\nA;1\n", "a.csv") == [
        (1, "import.unknown_column"),
        (1, "import.column_missing"),
        (1, "import.column_missing"),
    ]


def test_rows_that_say_nothing_or_too_much(tmp_path: Path) -> None:
    rows = ["toolkit;title_ru;class;quantity;kit", "A;Имя;brace;1;", ";;file;1;", "A;;;;", "A;;drill;1;K-1"]
    rows += ["A;Другое;pliers;1;", "A;;saw;1;;x", "A;;;2;", "", 'A;;"wire\ncutter";1;', "A;;hammer;0;"]
    assert errors(tmp_path, "\n".join(rows), "a.csv") == [
        (3, "import.cell_empty"),
        (4, "import.position_or_kit"),
        (5, "import.position_or_kit"),
        (6, "import.titles_differ"),
        (7, "import.too_many_cells"),
        (8, "toolkit.class_empty"),
        (10, "import.control_character"),
        (12, "toolkit.quantity_not_positive"),
    ]


def test_thresholds_that_are_none(tmp_path: Path) -> None:
    rows = ["toolkit;class;accept;review", "A;a;high;", "A;b;1.5;", "A;c;0;", "A;d;0.5;0.6", "A;e;nan;"]
    assert errors(tmp_path, "\n".join(rows), "a.csv") == [
        (2, "import.not_a_share"),
        (3, "import.not_a_share"),
        (4, "import.not_a_share"),
        (5, "import.review_above_accept"),
        (6, "import.not_a_share"),
    ]


def test_texts_that_are_too_long(tmp_path: Path) -> None:
    name = "я" * (LONGEST_TEXT + 1)
    assert errors(tmp_path, f"toolkit;class\n{name};brace\n", "a.csv") == [(2, "import.text_too_long")]


# --- files that cannot be read at all ---


@pytest.mark.parametrize("text", ["", "\ufeff", " \n\t\n"])
@pytest.mark.parametrize("name", ["a.yaml", "a.csv"])
def test_an_empty_file(tmp_path: Path, text: str, name: str) -> None:
    assert refusal(tmp_path, text, name).code == "import.empty"


@pytest.mark.parametrize(
    ("text", "name"), [("toolkits: []\n", "a.yaml"), ("# nothing\n", "a.yaml"), (f"{HEADER}\n", "a.csv")]
)
def test_a_file_without_toolkits(tmp_path: Path, text: str, name: str) -> None:
    assert refusal(tmp_path, text, name).code == "import.empty"


def test_a_table_may_be_in_the_code_page_of_old_windows_and_yaml_may_not(tmp_path: Path) -> None:
    read = taken(tmp_path, "Набор;Класс\nA;brace\nШасси;brace\n", "a.csv", "cp1251")
    assert [toolkit.name for toolkit in read.toolkits] == ["A", "Шасси"]
    error = refusal(tmp_path, "toolkits:\n- name: A\n  title_ru: Набор\n", "a.yaml", "cp1251")
    assert (error.code, error.details["line"]) == ("import.wrong_encoding", 3)
    latin = "toolkit;class\nA;brace\n\x98;brace\n"
    error = refusal(tmp_path, latin, "a.csv", "latin-1")
    assert (error.code, error.details["line"]) == ("import.wrong_encoding", 3)
    assert refusal(tmp_path, "toolkit;class\nA;brace\n", "a.csv", "utf-16").code == "import.wrong_encoding"
    assert refusal(tmp_path, "toolkit;class\nA;brace\n", "a.csv", "utf-16-le").code == "import.wrong_encoding"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("toolkits:\n  - name: 'A\n", 3),
        ("toolkits:\n\t- name: A\n", 2),
        ("toolkits: []\n---\ntoolkits: []\n", 2),
        ("toolkits: &a []\nmore: *a\n", 2),
        ("toolkits:\n- name: \x01\n", 2),
        ("[" * 5000, 1),
    ],
)
def test_what_is_no_yaml_names_its_line(tmp_path: Path, text: str, line: int) -> None:
    error = refusal(tmp_path, text)
    assert (error.code, error.details["line"]) == ("import.not_yaml", line)


def test_what_is_no_csv_names_its_line(tmp_path: Path) -> None:
    error = refusal(tmp_path, 'toolkit;class\nA;brace\nA;"file\n', "a.csv")
    assert (error.code, error.details["line"]) == ("import.not_csv", 3)


def test_files_that_are_not_there_too_large_or_of_another_kind(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path / "gone.yaml", "import.missing"),
        (tmp_path, "import.unknown_format"),
        (tmp_path / "a.ods", "import.unknown_format"),
    ):
        with pytest.raises(BadImportFile) as caught:
            read_toolkits(path)
        assert caught.value.code == code
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    with pytest.raises(BadImportFile) as caught:
        read_toolkits(folder)
    assert caught.value.code == "import.not_readable"
    assert refusal(tmp_path, "#" * (5 << 20)).code == "import.too_large"


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "a.csv"
    folder.mkdir()
    with pytest.raises(BadImportFile) as caught:
        write_toolkits(folder, [REFERENCE_TOOLKIT], DEMO_KITS)
    assert caught.value.code == "export.not_writable"
    assert list(tmp_path.iterdir()) == [folder]
