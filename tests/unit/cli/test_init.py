"""The first command on a new machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import CommandLine
from toolroom_desktop.bootstrap import open_records
from toolroom_desktop.domain.people import Role
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT


def test_init_makes_folder_and_database(tmp_path: Path) -> None:
    toolroom = CommandLine(tmp_path / "новая" / "папка")
    answer = toolroom("init")
    assert answer.code == 0
    assert "toolroom.sqlite" in answer.out
    assert toolroom("users", "list", "--json").json == []


def test_the_demo_has_one_person_a_role_and_two_kits_of_the_reference_toolkit(toolroom: CommandLine) -> None:
    people = toolroom("users", "list", "--json").json
    assert {person["badge"]: person["role"] for person in people} == {
        "DEMO-TECH": "technician",
        "DEMO-STORE": "storekeeper",
        "DEMO-LEAD": "shift_lead",
        "DEMO-QA": "quality",
        "DEMO-ADMIN": "administrator",
    }
    assert {person["role"] for person in people} == set(Role)
    kits = toolroom("kits", "list", "--json").json
    assert [(kit["kit"], kit["toolkit"], kit["tools"]) for kit in kits] == [
        ("K-014", "RRJ/737/32S", 11),
        ("K-015", "RRJ/737/32S", 11),
    ]
    assert all(kit["code"] and kit["holder"] is None for kit in kits)


def test_a_second_init_says_what_is_there_and_changes_nothing(toolroom: CommandLine) -> None:
    before = toolroom("journal", "verify", "--json").json
    answer = toolroom("init", "--demo")
    assert answer.code == 0
    assert "DEMO-TECH" in answer.out and "there already" in answer.out
    assert "Added" not in answer.out
    assert toolroom("journal", "verify", "--json").json == before


def test_the_demo_leaves_what_somebody_changed_and_adds_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toolroom = CommandLine(tmp_path / "data")
    monkeypatch.setenv("TOOLROOM_NEW_PIN", "135791")
    assert toolroom("init").code == 0
    assert toolroom("users", "add", "--badge", "demo-tech", "--name", "Анна", "--role", "quality").code == 0
    answer = toolroom("init", "--demo")
    assert "DEMO-STORE" in answer.out.splitlines()[1]
    names = {person["badge"]: person["name"] for person in toolroom("users", "list", "--json").json}
    assert names["demo-tech"] == "Анна"
    assert len(names) == 5


def test_the_reference_toolkit_is_what_the_shipped_model_knows() -> None:
    assert REFERENCE_TOOLKIT.tool_count == 11
    assert all(position.name_ru and position.name_en for position in REFERENCE_TOOLKIT.positions)


def test_the_demo_people_sign_in_with_the_pin_that_is_printed(toolroom: CommandLine) -> None:
    records = open_records(toolroom.data)
    try:
        person = records.accounts.sign_in(badge="DEMO-LEAD", pin="246810")
    finally:
        records.close()
    assert person.role is Role.SHIFT_LEAD
