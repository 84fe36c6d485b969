"""People, toolkits, kits and tools as the centre keeps them: JSON without PINs, photos or anything of one station."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.register import check_texts, key_of
from toolroom_desktop.domain.toolkit import ClassThreshold, Kit, Position, Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.model_content import JUDGING, MODEL, named_model

PERSON = "person"
TOOLKIT = "toolkit"
KIT = "kit"
TOOL = "tool"
SETTING = "setting"
SITE = "site"

Content = Mapping[str, Any]


def person_content(person: Person) -> dict[str, Any]:
    """Somebody without PIN: that never leaves a station."""
    return {
        "badge": person.badge,
        "name": person.name,
        "role": person.role.value,
        "active": person.active,
        "expires_on": person.expires_on.isoformat() if person.expires_on else None,
    }


def person_of(content: Content) -> Person:
    """The person that the content says, without PIN. Raises as `check_content` does."""
    last_day = _text_or_none(content.get("expires_on"))
    return Person(
        badge=_text(content["badge"]).strip(),
        name=_text(content["name"]).strip(),
        role=Role(content["role"]),
        active=_truth(content.get("active", True)),
        expires_on=date.fromisoformat(last_day) if last_day else None,
    )


def toolkit_content(toolkit: Toolkit) -> dict[str, Any]:
    """A toolkit with its positions."""
    said = asdict(toolkit)
    said["positions"] = list(said["positions"])
    return said


def toolkit_of(content: Content) -> Toolkit:
    """The toolkit that the content says. Raises as `check_content` does."""
    return Toolkit(
        name=_text(content["name"]).strip(),
        title_ru=_text(content.get("title_ru", "")),
        title_en=_text(content.get("title_en", "")),
        positions=tuple(
            Position(
                _text(one["tool_class"]),
                _number(one.get("quantity", 1)),
                _text(one.get("name_ru", "")),
                _text(one.get("name_en", "")),
            )
            for one in content["positions"]
        ),
        thresholds={
            _text(name): ClassThreshold(_share(said.get("accept")), _share(said.get("review")))
            for name, said in (content.get("thresholds") or {}).items()
        },
    )


def kit_content(kit: Kit) -> dict[str, Any]:
    """A kit."""
    return asdict(kit)


def kit_of(content: Content) -> Kit:
    """The kit that the content says. Raises as `check_content` does."""
    number, toolkit = _text(content["number"]).strip(), _text(content["toolkit"]).strip()
    return Kit(number, toolkit, _text(content.get("code", "")).strip())


def tool_content(tool: Tool) -> dict[str, Any]:
    """A tool without its picture, which is one of the station's own."""
    return {
        "tool_id": str(tool.tool_id),
        "tool_class": tool.tool_class,
        "kit": tool.kit,
        "unit": tool.unit,
        "part_number": tool.part_number,
        "serial_number": tool.serial_number,
        "marking": tool.marking,
        "calibration_due": tool.calibration_due.isoformat() if tool.calibration_due else None,
        "state": tool.state.value,
        "note": tool.note,
    }


def tool_of(content: Content) -> Tool:
    """The tool that the content says. Raises as `check_content` does."""
    due = _text_or_none(content.get("calibration_due"))
    tool = Tool(
        tool_class=_text(content["tool_class"]).strip(),
        kit=_text(content.get("kit", "")).strip(),
        unit=_number(content.get("unit", 0)),
        part_number=_text(content.get("part_number", "")).strip(),
        serial_number=_text(content.get("serial_number", "")).strip(),
        marking=_text(content.get("marking", "")).strip(),
        calibration_due=date.fromisoformat(due) if due else None,
        state=ToolState(content.get("state", ToolState.SERVICEABLE)),
        note=_text(content.get("note", "")).strip(),
        tool_id=UUID(_text(content["tool_id"])),
    )
    check_texts(tool)
    return tool


def called(kind: str, key: str, content: Content) -> str:
    """What people call the thing of a row."""
    if kind == PERSON:
        return f"{content.get('name', '')} ({content.get('badge', key)})"
    if kind == TOOL:
        place = f", {content['kit']} {content.get('unit', '')}" if content.get("kit") else ""
        name = content.get("marking") or content.get("serial_number") or key
        return f"{name} ({content.get('tool_class', '')}{place})"
    if kind == MODEL:
        return f"{content.get('name', key)}, {content.get('version', '')}"
    return str(content.get("name") or content.get("number") or key)


_READ: Mapping[str, tuple[Callable[[Content], Any], Callable[[Any], str]]] = {
    PERSON: (person_of, lambda person: key_of(person.badge)),
    TOOLKIT: (toolkit_of, lambda toolkit: key_of(toolkit.name)),
    KIT: (kit_of, lambda kit: key_of(kit.number)),
    TOOL: (tool_of, lambda tool: str(tool.tool_id)),
    MODEL: (named_model, lambda _named: JUDGING[1]),
}


def check_content(kind: str, key: str, content: Content) -> None:
    """Refuse content that no station could take over, as far as that can be told without one.

    Raises `UserFacingError` for what a domain rule forbids, and `KeyError`, `TypeError`, `ValueError` or
    `AttributeError` for another form. Kinds that this program does not know are not looked at.
    """
    if kind in _READ:
        read, named = _READ[kind]
        if named(read(content)) != key:
            raise ValueError("the key is not the one of the content")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a whole number")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _share(value: object) -> float | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0.0 <= value <= 1.0:
        raise TypeError("not a share")
    return float(value)
