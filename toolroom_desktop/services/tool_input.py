"""What the commands about tools share: what people enter, who may, and which kit is meant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from toolroom_desktop.domain.errors import NotFound
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.register import check_texts
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class ToolData:
    """What people may enter about a tool."""

    part_number: str = ""
    serial_number: str = ""
    marking: str = ""
    calibration_due: date | None = None
    note: str = ""

    @classmethod
    def of(cls, tool: Tool) -> ToolData:
        """What is entered about that tool now."""
        return cls(tool.part_number, tool.serial_number, tool.marking, tool.calibration_due, tool.note)

    def on(self, tool: Tool) -> Tool:
        """The tool with these entries; raises `BadInput` for texts that cannot be taken."""
        changed = replace(
            tool,
            part_number=self.part_number.strip(),
            serial_number=self.serial_number.strip(),
            marking=self.marking.strip(),
            calibration_due=self.calibration_due,
            note=self.note.strip(),
        )
        check_texts(changed)
        return changed


def require_any(uow: UnitOfWork, badge: str | None, *permissions: Permission) -> None:
    """Raise `Refused` or `NotFound` unless the person has one of them; None is the station's own command line."""
    if badge is None:
        return
    person = person_known(uow, badge)
    if not any(person.may(permission) for permission in permissions):
        person.require(permissions[0])


def kit_and_toolkit(uow: UnitOfWork, number: str) -> tuple[Kit, Toolkit]:
    """The kit of that number or code with its toolkit; raises `NotFound("kit.unknown")`."""
    kit = uow.catalogue.kit(number)
    toolkit = uow.catalogue.toolkit(kit.toolkit) if kit is not None else None
    if kit is None or toolkit is None:
        raise NotFound("kit.unknown", code=number.strip())
    return kit, toolkit
