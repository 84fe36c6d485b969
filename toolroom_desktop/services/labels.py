"""Labels of kits, tools and badges: what stands on them, and that they left the station."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from toolroom_desktop.domain.errors import NotFound
from toolroom_desktop.domain.labels import Label, LabelOptions, LabelSheet
from toolroom_desktop.domain.marks import Named
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.register import classes_of, key_of, places_of
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.ports import Database, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded
from toolroom_desktop.services.scanning import Scanning
from toolroom_desktop.services.tool_input import kit_and_toolkit, require_any
from toolroom_desktop.services.tool_lists import EXPORTED
from toolroom_desktop.services.watching import Watch, unwatched


class LabelKind(StrEnum):
    """What is labelled."""

    KITS = "kits"
    TOOLS = "tools"
    BADGES = "badges"


MAY_PRINT: dict[LabelKind, tuple[Permission, ...]] = {
    LabelKind.KITS: (Permission.EXPORT, Permission.CHANGE_TOOLS, Permission.MANAGE_CATALOGUE),
    LabelKind.TOOLS: (Permission.EXPORT, Permission.CHANGE_TOOLS, Permission.MANAGE_CATALOGUE),
    LabelKind.BADGES: (Permission.MANAGE_PEOPLE,),
}
"""One of these is enough."""


class LabelPrinter(Protocol):
    """Makes files of labels. May be used from any thread."""

    def pdf(self, sheet: LabelSheet, watch: Watch = unwatched) -> bytes:
        """The labels as a PDF file in their own size; raises `BadInput` for a label that the format does not hold."""

    def check(self, sheet: LabelSheet, watch: Watch = unwatched) -> None:
        """Raise what `pdf` would raise."""


@dataclass(frozen=True, slots=True)
class LabelChoice:
    """Which labels: all of that kind, or those of the `subjects` (kit numbers, tool ids, badges) in their order.

    `kit` narrows tools down to those of that kit.
    """

    kind: LabelKind
    subjects: tuple[str, ...] | None = None
    kit: str = ""


@dataclass(frozen=True, slots=True)
class LabelDraft:
    """Labels, and how many of what was chosen have nothing that a label could say: tools without a marking."""

    labels: tuple[Label, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class MadeLabels:
    """A file of labels."""

    pdf: bytes
    labels: int
    pages: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Labels:
    """Commands and queries about labels. An `actor_badge` of None is the station's own command line."""

    database: Database
    recorder: Recorder
    scanning: Scanning
    make_printer: Callable[[], LabelPrinter]

    def draft(self, choice: LabelChoice, *, language: str, actor_badge: str | None) -> LabelDraft:
        """What the labels say, for a look at them; records nothing but a refusal.

        Raises `Refused` without the permission, and `NotFound` for something that is not known.
        """
        with refusals_recorded(self.database, self.recorder, badge=actor_badge, command=f"labels.{choice.kind}"):
            kind, found, left_out = self.database.read(lambda uow: _found(uow, choice, language, actor_badge))
        texts = self.scanning.label_texts(kind, [one.text for one in found])
        labels = tuple(Label(text, one.number, one.lines) for text, one in zip(texts, found, strict=True))
        return LabelDraft(labels, left_out)

    def pdf(
        self,
        choice: LabelChoice,
        options: LabelOptions,
        *,
        language: str,
        title: str,
        file: str,
        actor_badge: str | None,
        watch: Watch = unwatched,
    ) -> MadeLabels:
        """The labels as a PDF for a file of that name; that they left the station is recorded before they do.

        Takes seconds for thousands of labels. Raises what `draft` raises, `BadInput` for labels that cannot be made,
        and whatever `watch` raises, with nothing recorded.
        """
        draft = self.draft(choice, language=language, actor_badge=actor_badge)
        sheet = LabelSheet(draft.labels, options, title)
        pdf = self.make_printer().pdf(sheet, watch)
        told = {"file": file, "file_sha256": hashlib.sha256(pdf).hexdigest()}
        self._record(choice, sheet, told, actor_badge)
        return MadeLabels(pdf, sheet.count, sheet.pages, draft.left_out)

    def for_printer(
        self,
        choice: LabelChoice,
        options: LabelOptions,
        *,
        language: str,
        title: str,
        printer: str,
        actor_badge: str | None,
    ) -> LabelSheet:
        """The labels for that printer, which hold what is to be painted; recorded before they are printed."""
        draft = self.draft(choice, language=language, actor_badge=actor_badge)
        sheet = LabelSheet(draft.labels, options, title)
        self.make_printer().check(sheet)
        self._record(choice, sheet, {"printer": printer}, actor_badge)
        return sheet

    def _record(self, choice: LabelChoice, sheet: LabelSheet, told: dict[str, str], by: str | None) -> None:
        payload = {
            "what": f"labels.{choice.kind}",
            **told,
            "count": sheet.count,
            "format": sheet.options.format.name,
            "numbers": [label.number for label in sheet.labels[:_NUMBERS_RECORDED]],
            "by": by,
        }

        def record(uow: UnitOfWork) -> None:
            require_any(uow, by, *MAY_PRINT[choice.kind])
            self.recorder.record(uow, EXPORTED, payload)

        with refusals_recorded(self.database, self.recorder, badge=by, command=f"labels.{choice.kind}"):
            self.database.write(record)


_NUMBERS_RECORDED = 200
"""The journal names so many; beyond that the number of labels says enough."""


def _found(
    uow: UnitOfWork, choice: LabelChoice, language: str, actor_badge: str | None
) -> tuple[Named, list[Label], int]:
    """What is labelled with its plain text, and how many have none."""
    require_any(uow, actor_badge, *MAY_PRINT[choice.kind])
    match choice.kind:
        case LabelKind.KITS:
            return Named.KIT, _kits(uow, choice, language), 0
        case LabelKind.BADGES:
            return Named.BADGE, _badges(uow, choice), 0
        case LabelKind.TOOLS:
            tools = _chosen_tools(uow, choice)
            names = classes_of(uow.catalogue.toolkits())
            marked = [tool for tool in tools if tool.marking.strip()]
            return Named.TOOL, [_tool_label(tool, names, language) for tool in marked], len(tools) - len(marked)


def _kits(uow: UnitOfWork, choice: LabelChoice, language: str) -> list[Label]:
    toolkits = {toolkit.name: toolkit for toolkit in uow.catalogue.toolkits()}
    kits = uow.catalogue.kits()
    if choice.subjects is not None:
        kits = []
        for number in choice.subjects:
            kit = uow.catalogue.kit(number)
            if kit is None:
                raise NotFound("kit.unknown", code=number)
            kits.append(kit)
    made = []
    for kit in kits:
        title = toolkits[kit.toolkit].title(language)
        lines = (title,) if kit.toolkit.casefold() in title.casefold() else (title, kit.toolkit)
        made.append(Label(kit.code or kit.number, kit.number, lines))
    return made


def _badges(uow: UnitOfWork, choice: LabelChoice) -> list[Label]:
    """Badge and name and nothing else: a label is seen by everybody."""
    people = [person for person in uow.people.all() if person.active]
    if choice.subjects is not None:
        people = []
        for badge in choice.subjects:
            person = uow.people.by_badge(badge)
            if person is None:
                raise NotFound("people.unknown_badge", badge=badge)
            people.append(person)
    return [Label(person.badge, person.badge, (person.name,)) for person in people]


def _chosen_tools(uow: UnitOfWork, choice: LabelChoice) -> list[Tool]:
    if choice.subjects is None:
        if not choice.kit:
            return sorted(uow.tools.all(), key=lambda tool: (key_of(tool.kit), key_of(tool.marking)))
        kit, toolkit = kit_and_toolkit(uow, choice.kit)
        places = places_of(toolkit, uow.tools.in_kit(kit.number))
        return [place.tool for place in places if place.tool is not None]
    found = []
    for tool_id in choice.subjects:
        tool = uow.tools.by_id(UUID(tool_id))
        if tool is None:
            raise NotFound("tool.unknown", code=tool_id)
        found.append(tool)
    return found


def _tool_label(tool: Tool, names: Mapping[str, tuple[str, str]], language: str) -> Label:
    russian, english = names.get(tool.tool_class, (tool.tool_class, tool.tool_class))
    numbers = tool.serial_number if tool.serial_number != tool.marking else ""
    detail = " · ".join(part for part in (tool.kit, tool.part_number, numbers) if part)
    return Label(tool.marking, tool.marking, tuple(filter(None, (russian if language == "ru" else english, detail))))
