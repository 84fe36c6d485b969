"""An inspection as lines that a person reads."""

from __future__ import annotations

from collections.abc import Iterable

from toolroom_desktop.cli.console import Console
from toolroom_desktop.domain.inspection import Inspection, PositionResult, PositionState, Status
from toolroom_desktop.domain.operation import OperationType, positions_to_count
from toolroom_desktop.domain.toolkit import Toolkit
from toolroom_desktop.services.naming import side_by_side

# The words say it too; a mark finds the line at a glance, and every console has these letters.
_MARKS = {PositionState.PRESENT: "+", PositionState.UNSURE: "?", PositionState.MISSING: "-"}


def class_name(toolkit: Toolkit, tool_class: str, console: Console) -> str:
    """What people call a class; its own name where the toolkit does not have it."""
    position = toolkit.position(tool_class)
    return position.name(console.language) if position else tool_class


def _unit_name(toolkit: Toolkit, tool_class: str, unit: int, of_units: int, console: Console) -> str:
    name = class_name(toolkit, tool_class, console)
    return f"{name} ({unit}/{of_units})" if of_units > 1 else name


def _words(console: Console, area: str, values: Iterable[str]) -> str:
    return "; ".join(console.text(f"cli.{area}.{value}") for value in sorted(values))


def _row(result: PositionResult, toolkit: Toolkit, console: Console) -> tuple[str, str, str, str, str]:
    return (
        f"[{_MARKS[result.state]}]",
        _unit_name(toolkit, result.tool_class, result.unit, result.of_units, console),
        console.text(f"cli.state.{result.state.value}"),
        console.percent(result.confidence),
        _words(console, "unsure", (reason.value for reason in result.reasons)),
    )


def print_inspection(console: Console, inspection: Inspection, toolkit: Toolkit, operation: OperationType) -> None:
    """Print status, match, every position, extras, and what to do next."""
    title = toolkit.title(console.language)
    console.say("cli.check.title", operation=console.text(f"cli.operation.{operation.value}"), title=title)
    console.say(
        "cli.check.made_by",
        frames=inspection.frames,
        model=inspection.model_name,
        sha256=inspection.model_sha256[:12],
        threshold=console.number(inspection.thresholds.match_percentage),
    )
    console.line()
    titles = ("", *(console.text(f"cli.column.{name}") for name in ("position", "state", "confidence", "reason")))
    console.table(titles, [_row(result, toolkit, console) for result in inspection.positions])
    console.line()
    for extra in inspection.extras:
        name = class_name(toolkit, extra.tool_class, console)
        console.say("cli.check.extra", name=name, confidence=console.percent(extra.confidence))
    _print_look_alikes(console, inspection, toolkit)
    match = console.number(inspection.match_percentage)
    console.say("cli.check.status", status=console.text(f"cli.status.{inspection.status.value}"), match=match)
    if inspection.manual_reasons:
        reasons = _words(console, "manual", (reason.value for reason in inspection.manual_reasons))
        console.say("cli.check.because", reasons=reasons)
    if inspection.picture_problems:
        problems = _words(console, "picture", (problem.value for problem in inspection.picture_problems))
        console.say("cli.check.picture", problems=problems)
    _print_next(console, inspection, toolkit)


def _print_look_alikes(console: Console, inspection: Inspection, toolkit: Toolkit) -> None:
    for group in inspection.look_alikes:
        names = side_by_side([class_name(toolkit, name, console) for name in group.in_order_of(toolkit.expected)])
        look_at = group.look_at(console.language)
        if look_at:
            console.say("cli.check.look_alikes_at", names=names, look_at=look_at)
        else:
            console.say("cli.check.look_alikes", names=names)
    if inspection.look_alikes_too_small:
        console.say("cli.check.look_alikes_small")


def _print_next(console: Console, inspection: Inspection, toolkit: Toolkit) -> None:
    if inspection.status is Status.SUCCESS:
        console.say("cli.check.next_success")
        return
    if inspection.extras:
        console.say("cli.check.next_extras")
    if inspection.whole_count_needed:
        console.say("cli.check.next_count_all")
        return
    owed = positions_to_count(inspection)
    names = [
        _unit_name(toolkit, p.tool_class, p.unit, p.of_units, console)
        for p in inspection.positions
        if (p.tool_class, p.unit) in owed
    ]
    if names:
        console.say("cli.check.next_count", names=", ".join(names))
