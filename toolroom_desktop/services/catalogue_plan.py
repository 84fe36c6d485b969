"""What a file of toolkits and kits would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolroom_desktop.domain.register import key_of
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.tool_import import RowKind
from toolroom_desktop.services.tool_records import FieldChange


@dataclass(frozen=True, slots=True)
class PlannedThing:
    """What would become of a toolkit or a kit. A toolkit's positions are among the `changes`, class by class."""

    what: str
    name: str
    kind: RowKind
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class CataloguePlan:
    """Every toolkit and kit of a file; `what` of each is "toolkit" or "kit"."""

    things: tuple[PlannedThing, ...]

    def of_kind(self, kind: RowKind) -> list[PlannedThing]:
        """The things of that kind."""
        return [thing for thing in self.things if thing.kind is kind]


def _fields_of(toolkit: Toolkit) -> dict[str, str]:
    said = {"title_ru": toolkit.title_ru, "title_en": toolkit.title_en}
    for position in toolkit.positions:
        own = toolkit.thresholds.get(position.tool_class)
        names = ", ".join(name for name in (position.name_ru, position.name_en) if name)
        limits = f" ({own.accept}, {own.review})" if own else ""
        said[position.tool_class] = f"{position.quantity} × {names or position.tool_class}{limits}"
    return said


def _planned(what: str, name: str, before: dict[str, str] | None, after: dict[str, str]) -> PlannedThing:
    if before is None:
        return PlannedThing(what, name, RowKind.NEW)
    names = [*before, *(field for field in after if field not in before)]
    changes = tuple(
        FieldChange(field, before.get(field, ""), after.get(field, ""))
        for field in names
        if before.get(field, "") != after.get(field, "")
    )
    return PlannedThing(what, name, RowKind.CHANGED if changes else RowKind.UNCHANGED, changes)


def plan_catalogue(uow: UnitOfWork, toolkits: Sequence[Toolkit], kits: Sequence[Kit]) -> CataloguePlan:
    """Compare toolkits and kits with those that are known."""
    known_toolkits = {key_of(toolkit.name): toolkit for toolkit in uow.catalogue.toolkits()}
    known_kits = {key_of(kit.number): kit for kit in uow.catalogue.kits()}
    things = []
    for toolkit in toolkits:
        known = known_toolkits.get(key_of(toolkit.name))
        things.append(_planned("toolkit", toolkit.name, _fields_of(known) if known else None, _fields_of(toolkit)))
    for kit in kits:
        before = known_kits.get(key_of(kit.number))
        then = {"toolkit": before.toolkit, "code": before.code} if before else None
        things.append(_planned("kit", kit.number, then, {"toolkit": kit.toolkit, "code": kit.code}))
    return CataloguePlan(tuple(things))
