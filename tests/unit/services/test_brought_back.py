"""A station that gets its own entries back: in any course of events the tables say what they said before."""

from __future__ import annotations

import ast
import os

import pytest

from tests.conftest import PROJECT
from tests.toolroom.brought_back import run
from toolroom_desktop.services.sync import own_records
from toolroom_desktop.services.sync.own_records import NOTHING_FOLLOWS, OwnRecords, is_known, photos_in

COURSES = int(os.environ.get("TOOLROOM_COURSES", "15"))


@pytest.mark.timeout(0 if "TOOLROOM_COURSES" in os.environ else 300)
def test_in_any_course_of_events_the_records_of_a_backup_become_what_they_were() -> None:
    run(COURSES)


@pytest.mark.parametrize("forgotten", ["_tools", "_shift_ends", "_note_empty"])
def test_a_kind_of_entry_of_which_nothing_is_made_is_found(forgotten: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OwnRecords, forgotten, lambda *_: None)
    with pytest.raises(AssertionError):
        run(60, derandomize=True)


def kinds_recorded() -> set[str]:
    """Every kind of entry that the program's own code names where it records one."""
    found: set[str] = set()
    for path in sorted((PROJECT / "toolroom_desktop").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            name.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for name in node.targets
            if isinstance(name, ast.Name)
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record"):
                continue
            if len(node.args) < 2 or not isinstance(node.args[0], ast.Name) or node.args[0].id != "uow":
                continue
            kind = node.args[1]
            choices = [kind.body, kind.orelse] if isinstance(kind, ast.IfExp) else [kind]
            for one in choices:
                if isinstance(one, ast.Constant):
                    found.add(str(one.value))
                elif isinstance(one, ast.Name) and one.id in constants:
                    found.add(str(constants[one.id]))
    return found


def test_of_every_kind_of_entry_it_is_known_what_follows() -> None:
    kinds = kinds_recorded()
    assert len(kinds) > 20, "the code is read as it is written"
    assert {kind for kind in kinds if not is_known(kind)} == set()
    assert not NOTHING_FOLLOWS & own_records._MADE


def test_photos_are_found_wherever_an_entry_names_them() -> None:
    payload = {
        "operation": {"photos": {"clean": "a", "annotated": ""}, "counted": [{"photo": "b"}, {"photo": ""}]},
        "event": {"photo": "c"},
        "photos": ["d"],
    }
    assert photos_in(payload) == {"a", "b", "c"}
