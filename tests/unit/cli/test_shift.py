"""`toolroom shift` and `toolroom reminders`: inventories in and out as JSON, and what waits."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import PIN, CommandLine
from tests.fakes import HandClock
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import open_records
from toolroom_desktop.domain.inspection import inspect
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.thresholds import ModelKnowledge, Thresholds
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.services.ports import Clock


@pytest.fixture(autouse=True)
def _pin(toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLROOM_PIN", PIN)
    monkeypatch.setenv("TOOLROOM_SECOND_PIN", PIN)
    # A tool of the demonstration is due soon; here only what the test does waits.
    assert toolroom("settings", "set", "procedures.calibration_days", "0").code == 0


def hand_out(toolroom: CommandLine, hours: float | None = None, clock: Clock | None = None) -> None:
    """A technician has a kit, counted by hand."""
    records = open_records(toolroom.data, pin_cost=FAST, clock=clock)
    try:
        plan = records.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014")
        inspection = inspect(plan.expected, (), Thresholds(), ModelKnowledge("none", "0" * 64, frozenset()))
        answers = {(p.tool_class, p.unit): Count.FOUND for p in inspection.positions}
        due = None if hours is None else records.clock.now() + timedelta(hours=hours)
        records.operations.record(plan, Evidence(None, inspection), Confirmation(answers, expected_return=due))
    finally:
        records.close()


def written(path: Path, said: Any) -> Path:
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_shift_begins_ends_and_shows_where_every_kit_is(toolroom: CommandLine, tmp_path: Path) -> None:
    assert "No shift runs." in toolroom("shift", "show").out
    begun = toolroom("shift", "start", "--badge", "DEMO-STORE", "--second", "DEMO-LEAD", "--json")
    assert begun.code == 0, begun
    assert begun.json["shift"]["start"]["second"]["badge"] == "DEMO-LEAD"
    hand_out(toolroom)
    shown = toolroom("shift", "show", "--json").json
    assert shown["running"]["shift_id"] == begun.json["shift"]["shift_id"]
    assert [(kit["kit"], kit["recorded"], kit["holder_badge"]) for kit in shown["kits"]] == [
        ("K-014", "out", "DEMO-TECH"),
        ("K-015", "in", ""),
    ]
    assert "K-014  RRJ/737/32S  out" in toolroom("shift", "show").out
    toolroom.refused("shift.explanation_owed", "shift", "end", "--badge", "DEMO-STORE", kit="K-014", count=1)
    shown["kits"][0]["explanation"] = "ночная работа на 89001"
    file = written(tmp_path / "опись.json", shown)
    ended = toolroom("shift", "end", "--badge", "DEMO-STORE", "--inventory", file, "--json")
    assert (ended.code, ended.json["cases"]) == (0, [])
    [line, _] = ended.json["shift"]["end"]["lines"]
    assert line["explanation"] == "ночная работа на 89001"
    toolroom.refused("shift.none_runs", "shift", "end", "--badge", "DEMO-STORE")


def test_a_kit_that_is_missing_opens_a_case_and_the_command_ends_with_a_finding(
    toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [{"kit": "k-015", "seen": "not_found", "explanation": "нет на полке"}]
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(said)))
    begun = toolroom("shift", "start", "--badge", "DEMO-LEAD", "--inventory", "-")
    assert begun.code == 1
    assert "Kit K-015 is not to be found" in begun.out
    assert toolroom("shift", "show", "--json").json["kits"][1]["recorded"] == "not_found"
    waiting = toolroom("reminders", "--json").json
    assert [(one["kind"], one["kit"]) for one in waiting] == [("case_open", "K-015")]


@pytest.mark.parametrize("badge", ["DEMO-TECH", "DEMO-QA", "DEMO-ADMIN"])
def test_the_role_decides_on_the_command_line_too(toolroom: CommandLine, badge: str) -> None:
    toolroom.refused("people.not_permitted", "shift", "start", "--badge", badge)
    assert toolroom("shift", "show", "--json").json["running"] is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "shift.inventory_unreadable"),
        ("{", "shift.inventory_unreadable"),
        ("{}", "shift.inventory_unreadable"),
        ("[1]", "shift.inventory_line"),
        ('[{"kit": ""}]', "shift.inventory_line"),
        ('[{"kit": "K-014", "seen": "lost"}]', "shift.inventory_line"),
        ('[{"kit": "K-014", "where": "in"}]', "shift.inventory_line"),
        ('[{"kit": "K-014", "explanation": 1}]', "shift.inventory_line"),
        ('[{"kit": "K-014"}, {"kit": "k-014"}]', "shift.kit_twice"),
        ('[{"kit": "K-999"}]', "kit.unknown"),
    ],
)
def test_a_file_that_is_no_inventory_is_refused_and_nothing_begins(
    toolroom: CommandLine, tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "опись.json"
    file.write_text(text, encoding="utf-8")
    toolroom.refused(sentence, "shift", "start", "--badge", "DEMO-STORE", "--inventory", file)
    assert toolroom("shift", "show", "--json").json["running"] is None


def test_a_file_that_is_not_there_is_refused(toolroom: CommandLine, tmp_path: Path) -> None:
    toolroom.refused(
        "shift.inventory_unreadable", "shift", "start", "--badge", "DEMO-STORE", "--inventory", tmp_path / "нет.json"
    )


def test_reminders_say_what_waits_by_the_settings_of_the_station(toolroom: CommandLine) -> None:
    assert toolroom("shift", "start", "--badge", "DEMO-STORE").code == 0
    quiet = toolroom("reminders")
    assert (quiet.code, quiet.out.strip()) == (0, "Nothing waits.")
    hand_out(toolroom, hours=3)
    assert toolroom("reminders", "--json").json == []
    assert toolroom("settings", "set", "procedures.soon_due_minutes", "240").code == 0
    soon = toolroom("reminders")
    assert soon.code == 0
    assert soon.out.startswith("Kit due soon: K-014")
    own = toolroom("reminders", "--badge", "DEMO-TECH", "--json").json
    assert [(one["kind"], one["urgent"]) for one in own] == [("own_soon_due", False)]
    toolroom.refused("people.unknown_badge", "reminders", "--badge", "NOBODY", badge="NOBODY")


def test_something_late_is_a_finding(toolroom: CommandLine) -> None:
    hand_out(toolroom, hours=3, clock=HandClock(datetime(2020, 5, 4, 8, 0, tzinfo=UTC)))
    late = toolroom("reminders", "--json")
    assert late.code == 1
    assert (late.json[0]["kind"], late.json[0]["due"]) == ("kit_overdue", "2020-05-04T11:00:00+00:00")
    assert "(overdue)" in toolroom("shift", "show").out
