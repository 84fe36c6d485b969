"""Lost-tool cases that somebody opens by hand, outside of any operation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from toolroom_desktop.domain.cases import Case, CaseEvent, CaseEventKind, CaseKind, reported_again
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.people import Permission, Person
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.consequences import (
    advanced_case,
    changed_tool,
    next_case_number,
    opened_case,
    written_down,
)
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.vision_ports import Picture
from toolroom_desktop.services.whereabouts import operation_since

BY_HAND = "report"
"""Where a case was found out that somebody opened by hand."""


@dataclass(frozen=True, slots=True)
class MissingReport:
    """What somebody reports missing outside of any operation.

    kit         its number or scanner code; may be empty for a spare tool
    tool_class  which tool of it; empty for the whole kit
    unit        which one of its class, from 1; 0 where nobody can tell
    tool_id     the tool itself, where it is known; then kit and class need not be given
    piece       the tool is there, but a piece of it broke off and is missing
    text        what happened
    place       where it was used or seen last
    """

    kit: str = ""
    tool_class: str = ""
    unit: int = 0
    tool_id: UUID | None = None
    piece: bool = False
    text: str = ""
    place: str = ""
    aircraft: str = ""
    work_order: str = ""
    photo: Picture | None = None


def report_missing(
    uow: UnitOfWork, recorder: Recorder, by: Person, at: datetime, report: MissingReport, photo: str
) -> Case:
    """Open a case within the unit of work, or note the report in the case that searches for the same already.

    `photo` is an evidence file's SHA-256. Raises `Refused`, `NotFound`, `BadInput`.
    """
    by.require(Permission.SEARCH_CASES)
    if not report.text.strip():
        raise BadInput("case.text_empty")
    tool, kit = _what_is_meant(uow, report)
    searched = uow.cases.of_tool(tool.tool_id) if tool else _case_of_kit(uow, kit)
    if searched is not None:
        again = reported_again(searched, by, at, text=report.text, place=report.place, photo=photo)
        return advanced_case(uow, recorder, again)
    if tool is not None:
        _take_out_of_service(uow, recorder, by, tool, report)
    return opened_case(uow, recorder, _new_case(uow, by, at, report, photo, kit, tool))


def _what_is_meant(uow: UnitOfWork, report: MissingReport) -> tuple[Tool | None, Kit | None]:
    """The tool and the kit; no tool where the whole kit is missing."""
    if report.tool_id is not None:
        tool = uow.tools.by_id(report.tool_id)
        if tool is None:
            raise NotFound("case.unknown_tool")
        return tool, _kit(uow, tool.kit) if tool.kit else None
    if not report.kit.strip():
        raise BadInput("case.what_is_missing")
    kit = _kit(uow, report.kit)
    return (_tool_of(uow, kit, report) if report.tool_class.strip() else None), kit


def _kit(uow: UnitOfWork, number: str) -> Kit:
    kit = uow.catalogue.kit(number)
    if kit is None:
        raise NotFound("kit.unknown", code=number.strip())
    return kit


def _case_of_kit(uow: UnitOfWork, kit: Kit | None) -> Case | None:
    cases = uow.cases.open(kit.number) if kit else []
    return next((case for case in cases if case.kind is CaseKind.KIT_MISSING), None)


def _tool_of(uow: UnitOfWork, kit: Kit, report: MissingReport) -> Tool:
    """The tool that stands at the place named; else one in service; else the one that is searched for already."""
    tool_class, unit = report.tool_class.strip(), report.unit
    toolkit = uow.catalogue.toolkit(kit.toolkit)
    quantity = toolkit.expected.get(tool_class, 0) if toolkit else 0
    if not 0 <= unit <= quantity or quantity == 0:
        raise BadInput("case.tool_not_in_kit", tool_class=tool_class, kit=kit.number)
    tools = [tool for tool in uow.tools.in_kit(kit.number) if tool.tool_class == tool_class]
    fit = [tool for tool in tools if tool.state is ToolState.SERVICEABLE]
    fitting = [tool for tool in tools if tool.unit == unit] if unit else fit
    if fitting:
        return fitting[0]
    empty = {place for known, place in uow.tools.empty_places(kit.number) if known == tool_class}
    if unit and unit not in empty:
        return Tool(tool_class, kit=kit.number, unit=unit)
    if not unit and len(tools) + len(empty) < quantity:
        return written_down(uow, kit.number, tool_class)
    searched = [tool for tool in tools if uow.cases.of_tool(tool.tool_id) is not None]
    if unit or not searched:
        raise Refused("case.tool_not_in_use", tool=tool_class)
    return searched[0]


def _take_out_of_service(uow: UnitOfWork, recorder: Recorder, by: Person, tool: Tool, report: MissingReport) -> None:
    if tool.state not in (ToolState.SERVICEABLE, ToolState.UNSERVICEABLE):
        raise Refused("case.tool_not_in_use", tool=tool.marking or tool.tool_class)
    if tool.state is ToolState.UNSERVICEABLE:
        # It must not come back into service by being found.
        return
    state = ToolState.UNSERVICEABLE if report.piece else ToolState.LOST
    why = {"reason": "piece_missing" if report.piece else "missing", "remark": report.text.strip()}
    changed_tool(uow, recorder, tool, state, by=by.badge, **why)


def _new_case(
    uow: UnitOfWork, by: Person, at: datetime, report: MissingReport, photo: str, kit: Kit | None, tool: Tool | None
) -> Case:
    held = None if kit is None else operation_since(uow, kit.number)
    missing = CaseKind.PIECE_MISSING if report.piece else CaseKind.MISSING
    event = CaseEvent(
        CaseEventKind.OPENED,
        at,
        by.badge,
        by.name,
        by.role,
        report.text.strip(),
        report.place.strip(),
        photo=photo,
        operation_id=held.operation_id if held else None,
        operation=held.type.value if held else "",
    )
    return Case(
        case_id=uuid7(),
        number=next_case_number(uow, at),
        site_id=uow.site_id,
        kind=CaseKind.KIT_MISSING if tool is None else missing,
        kit=kit.number if kit else "",
        toolkit=kit.toolkit if kit else "",
        opened_at=at,
        operation_id=uuid7(),
        found_out_at=BY_HAND,
        tool_class=tool.tool_class if tool else "",
        unit=tool.unit if tool else 0,
        marking=tool.marking if tool else "",
        tool_id=tool.tool_id if tool else None,
        holder_badge=held.holder_badge if held else "",
        holder_name=held.holder_name if held else "",
        aircraft=report.aircraft.strip() or (held.aircraft if held else ""),
        work_order=report.work_order.strip() or (held.work_order if held else ""),
        events=(event,),
    )
