"""The register of tools: which place of a kit holds what, and what may be done with a tool just now."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from toolroom_desktop.domain.cases import Case, CaseKind
from toolroom_desktop.domain.custody import LEAST_REASON_CHARACTERS
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.toolkit import Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState

MOST_OF_A_TEXT = 200
"""Characters of a part number, serial number or marking."""
MOST_OF_A_NOTE = 2000
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a kit.

    tool     what is recorded there; None where nothing is written down, or where the place is known to be `empty`
    surplus  the toolkit has no such place: the list was shortened after the tool was recorded
    """

    tool_class: str
    unit: int
    tool: Tool | None = None
    empty: bool = False
    surplus: bool = False


def places_of(toolkit: Toolkit, tools: Iterable[Tool], empty: Iterable[tuple[str, int]] = ()) -> tuple[Place, ...]:
    """Every place of a kit in the order of its toolkit, then the tools for which the toolkit has no place."""
    by_place = {(tool.tool_class, tool.unit): tool for tool in tools}
    known_empty = set(empty)
    found = []
    for position in toolkit.positions:
        for unit in range(1, position.quantity + 1):
            place = (position.tool_class, unit)
            found.append(Place(*place, by_place.pop(place, None), place in known_empty))
    return (*found, *(Place(*place, tool, surplus=True) for place, tool in by_place.items()))


def changed_fields(before: Tool, after: Tool) -> tuple[str, ...]:
    """The names of the fields in which two records of a tool differ."""
    names = (field.name for field in fields(Tool) if field.name != "tool_id")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def searched_in(tool: Tool, cases: Iterable[Case]) -> Case | None:
    """The open case that searches for this tool, or for the whole kit that it belongs to; None for none."""
    for case in cases:
        whole_kit = case.kind is CaseKind.KIT_MISSING and same_kit(case.kit, tool.kit)
        if case.open and (whole_kit or case.tool_id == tool.tool_id):
            return case
    return None


def key_of(text: str) -> str:
    """The form in which numbers and markings are compared, as the database compares them."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).casefold())


def same_kit(one: str, other: str) -> bool:
    """Whether two kit numbers mean the same kit."""
    return key_of(one) == key_of(other)


def refuse_while_searched(tool: Tool, cases: Iterable[Case]) -> None:
    """Raise `Refused("tool.case_open")`: until quality releases the case, nothing but the case changes the tool."""
    case = searched_in(tool, cases)
    if case is not None:
        raise Refused("tool.case_open", tool=name_of(tool), case=case.number)


def name_of(tool: Tool) -> str:
    """What a tool is called in a sentence."""
    return tool.marking or tool.serial_number or tool.tool_class


def refuse_while_out(held: Operation | None, before: Place, after: Tool | None) -> None:
    """Raise `Refused("tool.kit_out")` where the change would alter what somebody has and must bring back.

    `held` is the operation since which the place's kit is out; `after` is what the place would hold. A tool that did
    not go out (broken, in repair, of a class that came back) can be changed meanwhile, and one that was out but never
    written down can be written down.
    """
    if held is None or held.custody.get(before.tool_class, 0) == 0:
        return
    was_fit = not before.empty if before.tool is None else before.tool.state is ToolState.SERVICEABLE
    is_fit = after is not None and after.state is ToolState.SERVICEABLE
    another = before.tool is not None and after is not None and after.tool_id != before.tool.tool_id
    if was_fit != is_fit or (was_fit and another):
        tool = before.tool or after
        raise Refused(
            "tool.kit_out", kit=held.kit, name=held.holder_name, tool=name_of(tool) if tool else before.tool_class
        )


def check_reason(reason: str) -> str:
    """The reason without blanks around it; raises `BadInput("tool.reason_empty")`."""
    if len(reason.strip()) < LEAST_REASON_CHARACTERS:
        raise BadInput("tool.reason_empty")
    return reason.strip()


def check_texts(tool: Tool) -> None:
    """Raise `BadInput("tool.text_too_long")` or `BadInput("tool.control_character")` for texts that no label holds."""
    texts = {name: str(getattr(tool, name)) for name in ("part_number", "serial_number", "marking")}
    for text in texts.values():
        if len(text) > MOST_OF_A_TEXT:
            raise BadInput("tool.text_too_long", text=text[:40], most=MOST_OF_A_TEXT)
        if not text.isprintable():
            raise BadInput("tool.control_character", text="".join(filter(str.isprintable, text))[:40])
    if len(tool.note) > MOST_OF_A_NOTE:
        raise BadInput("tool.text_too_long", text=tool.note[:40], most=MOST_OF_A_NOTE)


def check_place(tool: Tool, toolkit: Toolkit, kit: str) -> None:
    """Raise `BadInput` where the kit's toolkit has no such place for the tool."""
    quantity = toolkit.expected.get(tool.tool_class, 0)
    if quantity == 0:
        raise BadInput("tool.class_not_in_toolkit", tool_class=tool.tool_class, kit=kit, toolkit=toolkit.name)
    if not 1 <= tool.unit <= quantity:
        raise BadInput("tool.no_such_place", tool_class=tool.tool_class, kit=kit, unit=tool.unit, quantity=quantity)


def refuse_unfit(tool: Tool, tool_class: str, today: date) -> None:
    """Raise `Refused` unless the tool may take a place of that class: of that class, serviceable, still calibrated."""
    if tool.tool_class != tool_class:
        raise Refused("tool.other_class", tool=name_of(tool), tool_class=tool.tool_class, wanted=tool_class)
    if tool.state is not ToolState.SERVICEABLE:
        raise Refused("tool.not_serviceable", tool=name_of(tool), state=tool.state)
    if tool.calibration_expired(today):
        raise Refused("tool.calibration_over", tool=name_of(tool), due=tool.calibration_due)


def taken_out(tool: Tool) -> Tool:
    """The tool as a spare one; raises `Refused("tool.spare_already")`."""
    if not tool.kit:
        raise Refused("tool.spare_already", tool=name_of(tool))
    return replace(tool, kit="", unit=0)


def put_into(tool: Tool, kit: str, unit: int) -> Tool:
    """The spare tool at a place of a kit; raises `Refused("tool.not_spare")`."""
    if tool.kit:
        raise Refused("tool.not_spare", tool=name_of(tool), kit=tool.kit)
    return replace(tool, kit=kit, unit=unit)


def classes_of(toolkits: Sequence[Toolkit]) -> Mapping[str, tuple[str, str]]:
    """Every class that a toolkit asks for, with its Russian and English name."""
    return {
        position.tool_class: (position.name("ru"), position.name("en"))
        for toolkit in toolkits
        for position in toolkit.positions
    }
