"""The register of tools by the command line."""

from __future__ import annotations

import builtins
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.command_line import CommandLine
from toolroom_desktop.config.messages import LANGUAGES, Language
from toolroom_desktop.services.demo import demo_tools

DEMO_TOOLS = demo_tools(date(2026, 5, 4))

LIST = (
    "Класс;Комплект;Место;Маркировка;Серийный номер;Поверка до;Состояние\n"
    "brace;K-014;1;НОВЫЙ-1;77;;исправен\n"
    "pliers;;;ЗАП-1;;31.03.2030;\n"
)


@pytest.fixture
def bare(toolroom: CommandLine, tmp_path: Path) -> CommandLine:
    """A station with the demo's kits and no tools."""
    kits = tmp_path / "kits.csv"
    assert toolroom("kits", "export", kits).code == 0
    station = CommandLine(tmp_path / "bare")
    assert station("init").code == 0
    assert station("kits", "import", "--yes", kits).code == 0
    return station


def list_file(tmp_path: Path, text: str = LIST) -> Path:
    path = tmp_path / "список.csv"
    path.write_text(text, encoding="cp1251")
    return path


def test_a_list_is_shown_first_and_taken_in_when_it_is_wanted(bare: CommandLine, tmp_path: Path) -> None:
    path = list_file(tmp_path)
    answer = bare("tools", "import", path)
    assert answer.code == 2 and "--yes" in answer.err, "nobody can be asked here"
    assert answer.out.splitlines() == [
        "Row 2: new  НОВЫЙ-1, Brace (K-014, 1)",
        "Row 3: new  ЗАП-1, Pliers (spare)",
        "New: 2, changed: 0, unchanged: 0, errors: 0",
    ]
    assert bare("tools", "list", "--json").json == []
    assert bare("tools", "import", path, "--yes").out.endswith("Taken in: 2 rows\n")
    shown = bare("tools", "list", "--kit", "k-014")
    assert "НОВЫЙ-1" in shown.out and "not written down" in shown.out
    spare = bare("tools", "list", "--spare", "--json").json
    assert [(tool["marking"], tool["calibration_due"]) for tool in spare] == [("ЗАП-1", "2030-03-31")]


def test_changes_are_told_field_by_field_and_errors_by_row_and_column(bare: CommandLine, tmp_path: Path) -> None:
    assert bare("tools", "import", list_file(tmp_path), "--yes").code == 0
    bad = list_file(
        tmp_path,
        "marking;serial_number;calibration_due;kit;place\n"
        "НОВЫЙ-1;78;2030-01-02;K-014;1\nЗАП-1;;03/04/2030;;\nНЕТ;;;K-99;1\n",
    )
    answer = bare("tools", "import", bad, "--yes")
    assert answer.code == 2
    assert answer.out.splitlines()[0] == (
        "Row 2: changed  НОВЫЙ-1  serial number: 77 -> 78; calibration until: — -> 2030-01-02"
    )
    assert answer.err.splitlines()[:2] == [
        'Row 3, column calibration_due: "03/04/2030" can be read as two dates: 2030-04-03 or 2030-03-04. '
        "Write year-month-day (2027-03-31) or day.month.year (31.03.2027).",
        'Row 4, column class: The column "class" is empty. A tool that is not known yet needs it.',
    ]
    said = bare("tools", "import", bad, "--json")
    assert said.code == 2 and said.json["applied"] is False
    assert [(error["row"], error["column"], error["code"]) for error in said.json["errors"]] == [
        (3, "calibration_due", "tool.ambiguous_date"),
        (4, "class", "import.column_owed"),
    ]
    assert bare("tools", "show", "НОВЫЙ-1", "--json").json["serial_number"] == "77"


@pytest.mark.parametrize(("answer", "taken"), [("y", 2), ("да", 2), ("", 0), ("n", 0)])
def test_on_a_terminal_one_is_asked(
    bare: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, taken: int
) -> None:
    monkeypatch.setattr(
        "toolroom_desktop.cli.agreeing.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    )
    monkeypatch.setattr(builtins, "input", lambda prompt: answer)
    assert bare("tools", "import", list_file(tmp_path)).code == 0
    assert len(bare("tools", "list", "--json").json) == taken


@pytest.mark.parametrize("name", ["инструмент.xlsx", "инструмент.csv"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_exported_comes_back_as_it_was(
    toolroom: CommandLine, tmp_path: Path, name: str, language: Language
) -> None:
    kits, tools = tmp_path / "kits.xlsx", tmp_path / name
    assert toolroom("kits", "export", kits).code == 0
    assert toolroom("tools", "export", tools, language=language).code == 0
    other = CommandLine(tmp_path / "other")
    assert other("init").code == 0
    assert other("kits", "import", "--yes", kits).code == 0
    assert other("tools", "import", "--yes", tools).code == 0
    assert other("tools", "list", "--json").json == toolroom("tools", "list", "--json").json
    again = toolroom("tools", "import", tools, "--json").json
    assert again["counts"] == {"new": 0, "changed": 0, "unchanged": len(DEMO_TOOLS)}


def test_a_tool_goes_to_repair_and_comes_back_with_its_history(toolroom: CommandLine) -> None:
    marking = DEMO_TOOLS[0].marking
    for state in ("unserviceable", "in-repair", "serviceable"):
        answer = toolroom("tools", "state", marking, state, "--reason", "люфт", "--yes", "--json")
        assert answer.json["state"] == state.replace("-", "_")
    said = toolroom("tools", "show", marking, "--json").json["history"]
    assert [record["changes"][0]["after"] for record in said[:3]] == ["serviceable", "in_repair", "unserviceable"]
    spoken: dict[Language, str] = {
        "en": "state: in repair -> serviceable",
        "ru": "состояние: в ремонте -> исправен",
    }
    for language, words in spoken.items():
        assert words in toolroom("tools", "show", marking, language=language).out
    assert toolroom("tools", "list", "--unfit", "--json").json == []


def test_a_state_that_cannot_be_is_a_sentence_and_asks_nothing(toolroom: CommandLine) -> None:
    marking = DEMO_TOOLS[0].marking
    toolroom.refused("tool.state_not_possible", "tools", "state", marking, "in_repair", "--reason", "люфт", "--yes")
    toolroom.refused("tool.unknown", "tools", "state", "НЕТ", "retired", "--reason", "люфт", code="НЕТ")
    toolroom.refused("tool.reason_empty", "tools", "state", marking, "retired", "--reason", " ", "--yes")
    toolroom.refused("cli.yes_needed", "tools", "state", marking, "retired", "--reason", "люфт")


def test_a_swap_shows_both_tools_and_records_them(toolroom: CommandLine) -> None:
    out = next(tool for tool in DEMO_TOOLS if tool.kit)
    toolroom.refused("cli.tools.by_or_new", "tools", "swap", out.marking, "--reason", "люфт")
    answer = toolroom("tools", "swap", out.marking, "--new", "N-1", "--serial", "5", "--reason", "люфт", "--yes")
    assert answer.code == 0 and "N-1" in answer.err
    assert toolroom("tools", "show", "N-1", "--json").json["kit"] == out.kit
    back = toolroom("tools", "swap", "N-1", "--by", out.marking, "--reason", "починили", "--yes", "--json").json
    assert (back["in"]["marking"], back["out"]["kit"]) == (out.marking, "")


def test_lists_are_narrowed_down(toolroom: CommandLine) -> None:
    everything = toolroom("tools", "list", "--json").json
    assert len(everything) == len(DEMO_TOOLS)
    due = toolroom("tools", "list", "--due", "30", "--json").json
    assert len(due) == 1
    found = toolroom("tools", "list", "--search", due[0]["marking"].lower(), "--json").json
    assert found == due
    assert toolroom("tools", "list", "--search", "никогда").out.startswith("No tools found")


def test_an_export_is_in_the_journal(toolroom: CommandLine, tmp_path: Path) -> None:
    assert toolroom("tools", "export", tmp_path / "a.xlsx").code == 0
    last = toolroom("journal", "verify", "--json").json
    entry = toolroom("journal", "show", str(last.get("checked") or last["entries"])).out
    assert "exported" in entry and "a.xlsx" in entry
