"""Whatever people do, in whatever order: the rules of the toolroom hold, and the records say what the journal says."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import datetime

import pytest

from tests.toolroom.course import COURSES, run
from toolroom_desktop.domain import cases as case_rules
from toolroom_desktop.domain.cases import Case, CaseEvent, CaseEventKind
from toolroom_desktop.domain.people import Person
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services import consequences, given_signatures
from toolroom_desktop.services import operations as operations_module
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.recording import Recorder


@pytest.mark.timeout(0 if "TOOLROOM_COURSES" in os.environ else 300)
def test_in_any_course_of_events_the_rules_hold_and_the_records_follow_the_journal() -> None:
    run(COURSES)


# --- with a rule broken on purpose, a course is found that shows it


def nothing(*_: object, **__: object) -> None:
    """Instead of a rule."""


def release_by_anybody(case: Case, by: Person, at: datetime, *, statement: str) -> Case:
    event = CaseEvent(CaseEventKind.RELEASED, at, by.badge, by.name, by.role, statement)
    return replace(case, events=(*case.events, event))


def unrecorded(uow: UnitOfWork, _: Recorder, tool: Tool, state: ToolState, **__: object) -> Tool:
    changed = replace(tool, state=state)
    uow.tools.save(changed)
    return changed


def no_cases(*_: object) -> tuple[Case, ...]:
    return ()


BROKEN: dict[str, tuple[object, str, object, str]] = {
    "a blocked kit goes out": (given_signatures, "refuse_unless_overruled", nothing, "quality's word alone"),
    "what is missing opens no case": (operations_module, "draw_consequences", no_cases, "missing has a case"),
    "what is kept is forgotten": (operations_module, "custody_after_return", lambda _: {}, "kept stays out"),
    "anybody releases a case": (case_rules, "released", release_by_anybody, "only quality releases"),
    "a tool changes without an entry": (consequences, "changed_tool", unrecorded, "tools"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, what, instead, said = BROKEN[name]
    monkeypatch.setattr(where, what, instead)
    with pytest.raises(AssertionError, match=re.escape(said)):
        run(150, derandomize=True)
