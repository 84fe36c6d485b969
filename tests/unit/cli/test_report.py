"""Reports on the command line: every one in every format, what is refused, and checking a print."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from tests.command_line import PIN, CommandLine
from toolroom_desktop.bootstrap import open_records
from toolroom_desktop.config.paths import program_root
from toolroom_desktop.services.reports.content import ReportFormat, ReportName
from toolroom_desktop.services.reports.definitions import DEFINITIONS

# Qt lets an application be made only once in a process, and the windows' tests want theirs.
pytestmark = pytest.mark.usefixtures("qapp")

SCHEMA: dict[str, Any] = json.loads((program_root() / "docs" / "report.schema.json").read_text(encoding="utf-8"))
ABOUT = {"kit": ("--kit", "K-014"), "tool": ("--tool", "014-01")}


def about(name: ReportName) -> tuple[str, ...]:
    return ABOUT.get(DEFINITIONS[name].required, ())


def made(toolroom: CommandLine, *arguments: object) -> Any:
    answer = toolroom("report", *arguments, "--json")
    assert answer.code == 0, answer.err
    return answer.json


def entries(toolroom: CommandLine, kind: str) -> list[Any]:
    records = open_records(toolroom.data, read_only=True)
    try:
        return records.database.read(
            lambda uow: [dict(entry.payload) for entry in uow.journal.entries() if entry.kind == kind]
        )
    finally:
        records.close()


def test_the_list_names_every_report(toolroom: CommandLine) -> None:
    said = made(toolroom, "list")
    assert [one["name"] for one in said] == [name.value for name in DEFINITIONS]
    assert "Кто что брал" in toolroom("report", "list", language="ru").out


@pytest.mark.parametrize("name", list(ReportName))
@pytest.mark.parametrize("format_", list(ReportFormat))
def test_every_report_is_written_in_every_format(
    toolroom: CommandLine, tmp_path: Path, name: ReportName, format_: ReportFormat
) -> None:
    out = tmp_path / f"отчёт.{format_.value}"
    said = made(toolroom, name.value, *about(name), "--out", out)
    assert said["file_sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    if format_ is ReportFormat.JSON:
        content = json.loads(out.read_text(encoding="utf-8"))
        Draft202012Validator(SCHEMA).validate(content)
        assert content["report_id"] == said["report_id"]
    if format_ is ReportFormat.XLSX:
        book = load_workbook(out)
        assert book.worksheets[0]["B6"].value == said["report_id"]
        assert len(book.sheetnames) == 1 + len(DEFINITIONS[name].sections)


def test_the_schema_refuses_what_is_no_report(toolroom: CommandLine, tmp_path: Path) -> None:
    made(toolroom, "shift", "--out", tmp_path / "a.json")
    content = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(SCHEMA)
    for broken in (
        {**content, "data_sha256": "7"},
        {**content, "about": {**content["about"], "report": "payroll"}},
        {name: value for name, value in content.items() if name != "tables"},
        {**content, "made_at": "04.05.2026"},
    ):
        assert not validator.is_valid(broken)


def test_a_report_is_in_the_name_of_whoever_shows_a_badge(
    toolroom: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOOLROOM_PIN", PIN)
    made(toolroom, "audit", "--badge", "DEMO-LEAD", "--out", tmp_path / "a.csv")
    assert entries(toolroom, "report_made")[-1]["by"] == "DEMO-LEAD"
    refused = toolroom("report", "audit", "--badge", "DEMO-TECH", "--out", tmp_path / "b.csv")
    assert refused.code == 2
    assert not (tmp_path / "b.csv").exists()
    assert entries(toolroom, "refused")[-1]["command"] == "report"


def test_what_cannot_be_is_said_in_both_languages(toolroom: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    toolroom.refused(
        "report.period_backwards", "report", "shift", "--from", "2026-05-04", "--to", "2026-05-03", "--out", out
    )
    toolroom.refused("report.kit_owed", "report", "kit", "--out", out)
    toolroom.refused("report.tool_owed", "report", "tool", "--out", out)
    toolroom.refused("kit.unknown", "report", "kit", "--kit", "K-999", "--out", out)
    toolroom.refused("file.no_folder", "report", "shift", "--out", tmp_path / "нет" / "a.pdf")
    toolroom.refused("cli.report.format_owed", "report", "shift", "--out", tmp_path / "a.doc")
    out.write_bytes(b"old")
    toolroom.refused("file.there_already", "report", "shift", "--out", out)
    assert out.read_bytes() == b"old"
    made(toolroom, "shift", "--out", out, "--overwrite")
    assert out.read_bytes().startswith(b"%PDF")


def test_an_empty_day_says_so(toolroom: CommandLine, tmp_path: Path) -> None:
    answer = toolroom("report", "shift", "--from", "2020-01-01", "--out", tmp_path / "a.csv")
    assert answer.code == 0
    assert "Nothing in this period" in answer.out
    assert (tmp_path / "a.csv").exists()


def test_a_print_is_checked_by_its_number_its_hash_and_its_file(toolroom: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    said = made(toolroom, "calibration", "--out", out)
    for told in (said["report_id"], said["data_sha256"], str(out)):
        checked = toolroom("report", "check", told, "--json")
        assert checked.code == 0, checked.err
        assert checked.json["report_id"] == said["report_id"]
        assert checked.json["same_now"] is True
    assert toolroom("report", "check", str(out), "--json").json["file"] == "as_written"
    out.write_text(out.read_text(encoding="utf-8").replace("014-05", "014-06"), encoding="utf-8")
    toolroom.refused("report.unknown_file", "report", "check", out)
    toolroom.refused("report.unknown", "report", "check", "0" * 64)


def test_what_is_due_is_written_once(toolroom: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no reports" in toolroom("report", "due").out
    folder = tmp_path / "отчёты смен"
    assert toolroom("settings", "set", "reports.folder", folder).code == 0
    monkeypatch.setenv("TOOLROOM_PIN", PIN)
    for step in ("start", "end"):
        assert toolroom("shift", step, "--badge", "DEMO-LEAD").code == 0
    toolroom.refused("file.no_folder", "report", "due")
    folder.mkdir()
    assert "shift.pdf" in toolroom("report", "due").out
    assert toolroom("report", "due").out.strip() == "Everything is there already."
    (only,) = folder.iterdir()
    assert only.name.endswith(" shift.pdf")
    assert entries(toolroom, "report_made")[-1]["scheduled"] is True


def test_a_schedule_of_what_is_no_report_is_refused(toolroom: CommandLine) -> None:
    for wrong in ("payroll:pdf", "shift:doc", "kit:pdf", "shift"):
        assert toolroom("settings", "set", "reports.daily", wrong).code == 2
    assert toolroom("settings", "set", "reports.daily", "shift:pdf audit:xlsx").code == 0
    assert toolroom("settings", "set", "reports.at", "25:00").code == 2
