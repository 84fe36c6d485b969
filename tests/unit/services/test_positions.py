"""Which recorded tools the positions of a count mean."""

from __future__ import annotations

import pytest

from toolroom_desktop.domain.inspection import PositionResult, PositionState
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.positions import tool_named, tools_meant

TOOLS = (
    Tool("pliers", kit="K-1", unit=1, marking="P-1", serial_number="77001"),
    Tool("pliers", kit="K-1", unit=2, marking="P-2"),
    Tool("brace", kit="K-1", unit=1, marking="B-1", state=ToolState.IN_REPAIR),
)


def position(tool_class: str, unit: int, of_units: int) -> PositionResult:
    return PositionResult(tool_class, unit, of_units, PositionState.PRESENT, 0.9, found=True)


@pytest.mark.parametrize("unit", [1, 2])
def test_where_all_of_a_class_are_expected_each_position_is_one_tool(unit: int) -> None:
    assert [tool.marking for tool in tools_meant(TOOLS, position("pliers", unit, 2))] == [f"P-{unit}"]


def test_where_a_part_of_a_class_is_elsewhere_it_can_be_either() -> None:
    assert [tool.marking for tool in tools_meant(TOOLS, position("pliers", 1, 1))] == ["P-1", "P-2"]


def test_what_is_not_in_service_or_not_written_down_is_meant_by_nobody() -> None:
    assert tools_meant(TOOLS, position("brace", 1, 1)) == ()
    assert tools_meant(TOOLS, position("wrench", 1, 1)) == ()


def test_a_scan_names_a_tool_by_marking_or_serial_number() -> None:
    assert tool_named(TOOLS, " p-2 ") is TOOLS[1]
    assert tool_named(TOOLS, "77001") is TOOLS[0]
    assert tool_named(TOOLS, "P-3") is None
    assert tool_named(TOOLS, "") is None
