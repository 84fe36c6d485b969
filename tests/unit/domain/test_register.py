"""What a kit's places hold, and what may not be changed behind somebody's back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from toolroom_desktop.domain.cases import Case, CaseEvent, CaseEventKind, CaseKind
from toolroom_desktop.domain.errors import Refused
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.register import Place, places_of, refuse_while_out, refuse_while_searched, same_kit
from toolroom_desktop.domain.toolkit import Position, Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState

TOOLKIT = Toolkit("T", (Position("pliers", 2), Position("brace")))
PLIERS = Tool("pliers", kit="K-1", unit=2, marking="P-2")
BRACE = Tool("brace", kit="K-1", unit=1, marking="B-1")
NOW = datetime(2026, 5, 4, tzinfo=UTC)


def held(**custody: int) -> Any:
    """An operation since which that is out."""
    return SimpleNamespace(kit="K-1", holder_name="Иванов", custody=custody)


def case(kind: CaseKind = CaseKind.MISSING, tool: Tool | None = None, kit: str = "K-1") -> Case:
    return Case(uuid4(), "C1", "s", kind, kit, "T", NOW, uuid4(), "checkin", tool_id=tool.tool_id if tool else None)


def test_places_stand_in_the_order_of_the_toolkit_and_what_has_none_comes_last() -> None:
    surplus = Tool("ratchet", kit="K-1", unit=1)
    found = places_of(TOOLKIT, [surplus, PLIERS], [("brace", 1)])
    assert found == (
        Place("pliers", 1),
        Place("pliers", 2, PLIERS),
        Place("brace", 1, empty=True),
        Place("ratchet", 1, surplus, surplus=True),
    )


@pytest.mark.parametrize(
    ("out", "before", "after", "possible"),
    [
        (None, Place("brace", 1, BRACE), None, True),
        (held(pliers=1), Place("brace", 1, BRACE), None, True),
        (held(brace=1), Place("brace", 1, BRACE), None, False),
        (held(brace=1), Place("brace", 1, BRACE), replace(BRACE, state=ToolState.UNSERVICEABLE), False),
        (held(brace=1), Place("brace", 1, BRACE), Tool("brace", kit="K-1", unit=1), False),
        (held(brace=1), Place("brace", 1, BRACE), replace(BRACE, note="…"), True),
        (held(brace=1), Place("brace", 1), BRACE, True),
        (held(brace=1), Place("brace", 1), replace(BRACE, state=ToolState.RETIRED), False),
        (held(brace=1), Place("brace", 1, empty=True), BRACE, False),
    ],
)
def test_what_is_out_stays_as_its_holder_got_it(out: Any, before: Place, after: Tool | None, possible: bool) -> None:
    if possible:
        refuse_while_out(out, before, after)
        return
    with pytest.raises(Refused) as caught:
        refuse_while_out(out, before, after)
    assert (caught.value.code, caught.value.details["name"]) == ("tool.kit_out", "Иванов")


def test_a_broken_tool_that_stayed_here_may_go_to_repair_while_others_of_its_class_are_out() -> None:
    broken = replace(PLIERS, state=ToolState.UNSERVICEABLE)
    refuse_while_out(held(pliers=1), Place("pliers", 2, broken), replace(broken, state=ToolState.IN_REPAIR))
    with pytest.raises(Refused):
        refuse_while_out(held(pliers=1), Place("pliers", 2, broken), PLIERS)


def test_an_open_case_keeps_its_tool_as_it_is_and_a_missing_kit_all_of_its_tools() -> None:
    for searching in (case(tool=BRACE), case(CaseKind.KIT_MISSING, kit="k-1 ")):
        with pytest.raises(Refused) as caught:
            refuse_while_searched(BRACE, [searching])
        assert caught.value.details["case"] == "C1"
    refuse_while_searched(PLIERS, [case(tool=BRACE)])
    refuse_while_searched(replace(BRACE, kit="K-2"), [case(CaseKind.KIT_MISSING)])


def test_a_released_case_lets_go_of_its_tool() -> None:
    event = CaseEvent(CaseEventKind.RELEASED, NOW, "Q-1", "Ким", Role.QUALITY)
    refuse_while_searched(BRACE, [replace(case(tool=BRACE), events=(event,))])


def test_kit_numbers_are_compared_as_the_database_does() -> None:
    assert same_kit("К-ё", " к-Ё ") and same_kit("й", "й") and not same_kit("K-1", "K-2")
