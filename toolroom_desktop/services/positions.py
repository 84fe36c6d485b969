"""Which recorded tools the positions of a count mean, and whose marking was scanned."""

from __future__ import annotations

from collections.abc import Sequence

from toolroom_desktop.domain.inspection import PositionResult
from toolroom_desktop.domain.tools import Tool, ToolState


def tools_meant(tools: Sequence[Tool], position: PositionResult) -> tuple[Tool, ...]:
    """The tools that a position can be: one where it is certain, several where a part of their class is elsewhere.

    `tools` are those of the kit. Empty where none is recorded.
    """
    fit = [t for t in tools if t.tool_class == position.tool_class and t.state is ToolState.SERVICEABLE]
    if len(fit) == position.of_units:
        return (fit[position.unit - 1],)
    return tuple(fit)


def tool_named(tools: Sequence[Tool], scanned: str) -> Tool | None:
    """The tool of the kit that a scan names; None for one of another kit or none at all."""
    return next((tool for tool in tools if tool.answers_to(scanned)), None)
