"""What a scanned text names: a kit, a tool, a badge, a case, an operation, a report; several of them, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from toolroom_desktop.domain.errors import BadInput, NotFound
from toolroom_desktop.domain.marks import Named, can_stand_alone, read_mark, write_mark
from toolroom_desktop.domain.register import key_of
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.case_report import EXPORTED as REPORT_EXPORTED
from toolroom_desktop.services.ports import Database, UnitOfWork
from toolroom_desktop.services.whereabouts import operation_since

_SAID = 5


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a scanned text names.

    subject  by which the services find it: kit number, tool id, badge, case number, id of an operation or a report
    name     what people call it
    tool     the tool, where it is one
    toolkit  of the kit, where it is one
    holder   who has the kit, with `holder_badge`; "" while it is in
    report   what the journal says of the report, where it is one
    """

    kind: Named
    subject: str
    name: str
    tool: Tool | None = None
    toolkit: Toolkit | None = None
    holder: str = ""
    holder_badge: str = ""
    report: str = ""


@dataclass(frozen=True, slots=True)
class Scanning:
    """Queries. Names are compared as the records compare them: case and blanks around them do not matter."""

    database: Database

    def meanings(self, scanned: str, kinds: Collection[Named] = tuple(Named)) -> tuple[Meaning, ...]:
        """Everything of these kinds that a scan names, in the order of `Named`; nothing for an unknown text.

        A label that says what it names means nothing else. Several tools are found where they share a serial number and
        none has that marking.
        """
        mark = read_mark(scanned)
        wanted = [kind for kind in Named if kind in kinds and mark.kind in (None, kind)]
        if not mark.text:
            return ()
        return self.database.read(lambda uow: tuple(one for kind in wanted for one in _FINDING[kind](uow, mark.text)))

    def one(self, scanned: str, kinds: Collection[Named] = tuple(Named)) -> Meaning:
        """The one thing that a scan names.

        Raises `NotFound("scan.unknown")`, and `BadInput("scan.ambiguous")` where it names several.
        """
        found = self.meanings(scanned, kinds)
        if not found:
            raise NotFound("scan.unknown", code=read_mark(scanned).text)
        if len(found) > 1:
            names = ", ".join(one.name for one in found[:_SAID])
            raise BadInput("scan.ambiguous", code=read_mark(scanned).text, names=names)
        return found[0]

    def label_texts(self, kind: Named, texts: Sequence[str]) -> list[str]:
        """What the labels of these things say: the plain text where that names nothing else and every scanner types it,
        else the form with its prefix."""

        def look(uow: UnitOfWork) -> list[str]:
            elsewhere = _names_of_others(uow, kind) if texts else frozenset()
            return [
                text.strip() if can_stand_alone(text) and key_of(text) not in elsewhere else write_mark(kind, text)
                for text in texts
            ]

        return self.database.read(look)


def plain_of(scanned: str, *kinds: Named) -> str:
    """The text of a scan for whoever expects one of these kinds; "" for a label that says it is something else."""
    mark = read_mark(scanned)
    return mark.text if mark.kind is None or mark.kind in kinds else ""


def kind_said(scanned: str) -> Named | None:
    """What the label itself says that it names."""
    return read_mark(scanned).kind


def _names_of_others(uow: UnitOfWork, kind: Named) -> frozenset[str]:
    """The keys by which kits, tools and people of another kind are found."""
    names: list[str] = []
    if kind is not Named.KIT:
        names += [text for kit in uow.catalogue.kits() for text in (kit.number, kit.code)]
    # A marking comes before serial numbers, so that no tool makes another's label doubtful.
    if kind is not Named.TOOL:
        names += [text for tool in uow.tools.all() for text in (tool.marking, tool.serial_number)]
    if kind is not Named.BADGE:
        names += [person.badge for person in uow.people.all()]
    return frozenset(key_of(name) for name in names if name.strip())


def _kits(uow: UnitOfWork, text: str) -> list[Meaning]:
    kit: Kit | None = uow.catalogue.kit(text)
    if kit is None:
        return []
    held = operation_since(uow, kit.number)
    return [
        Meaning(
            Named.KIT,
            kit.number,
            kit.number,
            toolkit=uow.catalogue.toolkit(kit.toolkit),
            holder=held.holder_name if held else "",
            holder_badge=held.holder_badge if held else "",
        )
    ]


def _tools(uow: UnitOfWork, text: str) -> list[Meaning]:
    found = uow.tools.by_marking(text)
    marked = [tool for tool in found if tool.marking and key_of(tool.marking) == key_of(text)]
    if not found and (tool_id := _as_id(text)) is not None:
        by_id = uow.tools.by_id(tool_id)
        found = [by_id] if by_id is not None else []
    return [
        Meaning(Named.TOOL, str(tool.tool_id), tool.marking or tool.serial_number or tool.tool_class, tool=tool)
        for tool in marked or found
    ]


def _badges(uow: UnitOfWork, text: str) -> list[Meaning]:
    person = uow.people.by_badge(text)
    return [Meaning(Named.BADGE, person.badge, person.name)] if person is not None else []


def _cases(uow: UnitOfWork, text: str) -> list[Meaning]:
    case = uow.cases.by_number(text)
    return [Meaning(Named.CASE, case.number, case.number)] if case is not None else []


def _operations(uow: UnitOfWork, text: str) -> list[Meaning]:
    wanted = _as_id(text)
    operation = uow.operations.by_id(wanted) if wanted is not None else None
    return [Meaning(Named.OPERATION, str(operation.operation_id), operation.kit)] if operation is not None else []


def _reports(uow: UnitOfWork, text: str) -> list[Meaning]:
    wanted = _as_id(text)
    entry = uow.journal.by_id(wanted) if wanted is not None else None
    if entry is None or entry.kind != REPORT_EXPORTED:
        return []
    name = str(entry.payload.get("subject") or entry.payload.get("report") or "")
    return [Meaning(Named.REPORT, str(entry.op_id), name, report=str(entry.payload.get("data_sha256", "")))]


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


_FINDING = {
    Named.KIT: _kits,
    Named.TOOL: _tools,
    Named.BADGE: _badges,
    Named.CASE: _cases,
    Named.OPERATION: _operations,
    Named.REPORT: _reports,
}
