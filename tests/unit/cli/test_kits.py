"""Toolkits in and out of files, by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import TOOLKIT, CommandLine, toolkit_file
from toolroom_desktop.bootstrap import open_records
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.domain.toolkit import Kit, Toolkit


def catalogue(data: Path) -> tuple[list[Toolkit], list[Kit]]:
    records = open_records(data, read_only=True)
    try:
        return records.catalogue.toolkits(), [row.kit for row in records.catalogue.kits()]
    finally:
        records.close()


@pytest.mark.parametrize("name", ["наборы.yaml", "наборы.csv", "НАБОРЫ.YML"])
def test_what_is_exported_comes_back_as_it_was(toolroom: CommandLine, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert toolroom("kits", "export", file).code == 0
    other = CommandLine(tmp_path / "other")
    assert other("init").code == 0
    answer = other("kits", "import", "--yes", file)
    assert (answer.code, answer.err) == (0, "")
    assert catalogue(other.data) == catalogue(toolroom.data)


def test_the_format_may_be_told_where_the_name_does_not_tell_it(toolroom: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "toolkits.txt"
    toolroom.refused("import.unknown_format", "kits", "export", file, path=file)
    assert toolroom("kits", "export", file, "--format", "csv").code == 0
    assert file.read_bytes().startswith("\ufefftoolkit;title_ru".encode())
    assert toolroom("kits", "import", "--yes", file, "--format", "csv").code == 0


def test_every_error_is_named_by_its_line_and_nothing_is_taken_in(toolroom: CommandLine, tmp_path: Path) -> None:
    before = catalogue(toolroom.data)
    file = tmp_path / "наборы.yaml"
    file.write_text(
        "toolkits:\n"
        "  - name: новый\n"
        "    positions:\n"
        "      - class: brace\n"
        "        quantity: 0\n"
        "      - class: pliers\n"
        "        quantity: два\n"
        "      - class: side_cutters\n"
        "        colour: red\n"
        "    kits:\n"
        "      - number: N-1\n"
        "      - number: n-1\n",
        encoding="utf-8",
    )
    for language in LANGUAGES:
        answer = toolroom("kits", "import", "--yes", file, language=language)
        assert (answer.code, answer.out) == (2, "")
        words = {"en": "Line", "ru": "Строка"}[language]
        lines = [line.split(":")[0] for line in answer.err.splitlines()]
        assert lines[:4] == [f"{words} {number}" for number in (5, 7, 9, 12)]
        assert answer.err.splitlines()[-1] == Messages(language).text("import.not_taken_in", path=str(file), count=4)
    assert catalogue(toolroom.data) == before


def test_a_class_that_the_model_lacks_is_a_warning_with_its_line(toolroom: CommandLine, tmp_path: Path) -> None:
    answer = toolroom("kits", "import", "--yes", toolkit_file(tmp_path / "a.yaml", "brace", "torque_wrench"))
    assert answer.code == 0
    assert "toolkits 1, kits 1" in answer.out
    assert answer.err.startswith("Line 5: ") and "torque_wrench" in answer.err


def test_a_model_that_cannot_be_used_does_not_keep_toolkits_out(toolroom: CommandLine, tmp_path: Path) -> None:
    (toolroom.data / "settings.toml").write_text('[model]\nmanifest = "/nowhere/model.json"\n', encoding="utf-8")
    answer = toolroom("kits", "import", "--yes", toolkit_file(tmp_path / "a.yaml", "brace"))
    assert answer.code == 0
    assert "/nowhere/model.json" in answer.err


def test_a_kit_whose_code_means_another_kit_is_refused_with_its_line(toolroom: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"toolkit,class,kit,code\n{TOOLKIT},,N-1,\n{TOOLKIT},,N-2,k-014\n", encoding="utf-8")
    answer = toolroom("kits", "import", "--yes", file)
    assert answer.code == 2
    sentence = Messages("en").text("kit.code_taken", code="k-014", kit="K-014")
    assert f"Line 3: {sentence}" in answer.err
    assert len(catalogue(toolroom.data)[1]) == 2


def test_kits_may_be_added_to_a_toolkit_that_the_station_knows(toolroom: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"toolkit;kit;code\n{TOOLKIT};К-16;\n", encoding="utf-8")
    assert toolroom("kits", "import", "--yes", file).code == 0
    assert "К-16" in toolroom("kits", "list").out
    file.write_text("toolkit;kit;code\nunknown;К-17;\n", encoding="utf-8")
    answer = toolroom("kits", "import", "--yes", file)
    assert answer.code == 2
    assert "Line 2: " + Messages("en").text("kit.toolkit_unknown", kit="К-17", toolkit="unknown") in answer.err


def test_an_export_that_cannot_be_written_says_so(toolroom: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "no such folder" / "a.csv"
    for language in LANGUAGES:
        answer = toolroom("kits", "export", file, language=language)
        assert answer.code == 2
        assert str(file) in answer.err


def test_a_preview_tells_what_would_become_of_each_toolkit_and_kit(toolroom: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "наборы.csv"
    file.write_text(
        "набор;класс;количество;комплект;код\nновый;brace;2;;\nновый;;;N-1;\nRRJ/737/32S;;;K-014;OTHER\n",
        encoding="cp1251",
    )
    before = catalogue(toolroom.data)
    answer = toolroom("kits", "import", file)
    assert answer.code == 2, "nobody can be asked here"
    assert answer.out.splitlines() == [
        "new: toolkit новый",
        "new: kit N-1",
        "changed: kit K-014  code: KIT-RRJ32S-014 -> OTHER",
        "New: 2, changed: 1, unchanged: 0",
    ]
    assert catalogue(toolroom.data) == before
    assert toolroom("kits", "import", file, "--yes").code == 0
    assert toolroom("kits", "import", file, "--yes").out.splitlines()[0] == "New: 0, changed: 0, unchanged: 3"
