"""Tools: where they belong, when their calibration ends, and which states a person may set."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.toolkit import Position, Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState, positions_without_tool, with_state

TOOLKIT = Toolkit("T", (Position("pliers", 2), Position("brace")))
PLIERS = Tool("pliers", kit="K-1", unit=1, marking="ПЛ-1", serial_number="SN 77")
BY_HAND = {
    (ToolState.SERVICEABLE, ToolState.UNSERVICEABLE),
    (ToolState.SERVICEABLE, ToolState.RETIRED),
    (ToolState.UNSERVICEABLE, ToolState.IN_REPAIR),
    (ToolState.UNSERVICEABLE, ToolState.SERVICEABLE),
    (ToolState.UNSERVICEABLE, ToolState.RETIRED),
    (ToolState.IN_REPAIR, ToolState.SERVICEABLE),
    (ToolState.IN_REPAIR, ToolState.UNSERVICEABLE),
    (ToolState.IN_REPAIR, ToolState.RETIRED),
}
"""Lost is in no pair: only a case says that a tool is lost, and only its release that it is back."""


def test_a_tool_has_a_class_and_either_a_whole_place_or_none() -> None:
    with pytest.raises(BadInput, match=re.escape("tool.class_empty")):
        Tool("  ")
    for kit, unit in (("K-1", 0), ("", 1), ("  ", 2)):
        with pytest.raises(BadInput, match=re.escape("tool.place_incomplete")):
            Tool("pliers", kit=kit, unit=unit)
    assert Tool("pliers").kit == "", "a spare one"


def test_a_calibration_is_good_until_the_end_of_its_last_day() -> None:
    wrench = Tool("wrench", calibration_due=date(2026, 5, 4))
    assert not wrench.calibration_expired(date(2026, 5, 4))
    assert wrench.calibration_expired(date(2026, 5, 5))
    assert not PLIERS.calibration_expired(date(2999, 1, 1)), "one that needs none"


@pytest.mark.parametrize("scanned", ["ПЛ-1", "пл-1", " ПЛ-1\n", "sn 77"])
def test_a_scan_names_a_tool_by_marking_or_serial_number(scanned: str) -> None:
    assert PLIERS.answers_to(scanned)


@pytest.mark.parametrize("scanned", ["", "  ", "ПЛ-2", "ПЛ-11"])
def test_a_scan_of_something_else_does_not(scanned: str) -> None:
    assert not PLIERS.answers_to(scanned)
    assert not Tool("pliers").answers_to(scanned), "nor one that has no marking"


@pytest.mark.parametrize("before", list(ToolState))
@pytest.mark.parametrize("wanted", list(ToolState))
def test_only_these_changes_of_state_are_made_by_hand(before: ToolState, wanted: ToolState) -> None:
    tool = replace(PLIERS, state=before)
    if before is wanted or (before, wanted) in BY_HAND:
        assert with_state(tool, wanted) == replace(PLIERS, state=wanted)
    else:
        with pytest.raises(Refused, match=re.escape("tool.state_not_possible")):
            with_state(tool, wanted)


def test_a_place_whose_tool_is_not_fit_is_not_asked_for() -> None:
    second = Tool("pliers", kit="K-1", unit=2)
    brace = Tool("brace", kit="K-1", unit=1)
    assert positions_without_tool(TOOLKIT, [PLIERS, second, brace]) == {}
    for state in set(ToolState) - {ToolState.SERVICEABLE}:
        assert positions_without_tool(TOOLKIT, [PLIERS, replace(second, state=state), brace]) == {"pliers": 1}, state


def test_a_tool_that_nobody_wrote_down_is_asked_for_all_the_same() -> None:
    assert positions_without_tool(TOOLKIT, []) == {}


def test_a_spare_tool_or_one_too_many_takes_nothing_away() -> None:
    broken = ToolState.UNSERVICEABLE
    assert positions_without_tool(TOOLKIT, [Tool("pliers", state=broken)]) == {}
    four = [Tool("pliers", kit="K-1", unit=unit, state=broken) for unit in (1, 2, 3, 4)]
    assert positions_without_tool(TOOLKIT, four) == {"pliers": 2}, "never more than the toolkit has"
