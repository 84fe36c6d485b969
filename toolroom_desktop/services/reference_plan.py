"""What a change of reference data would do, looked at before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from toolroom_desktop.domain.errors import BadInput, NotFound, UserFacingError
from toolroom_desktop.domain.register import key_of, name_of
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.reference_content import KIT, TOOL, TOOLKIT, kit_of, tool_of, toolkit_of
from toolroom_desktop.services.tool_import import RowKind
from toolroom_desktop.services.tool_records import FieldChange

Place = tuple[str, str]
"""(kind, key)."""
Content = Mapping[str, Any]


class FileKind(StrEnum):
    """What a file of reference data holds."""

    PEOPLE = "people"
    TOOLKITS = "toolkits"
    TOOLS = "tools"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row is to say. `file` and `line` are where that was read; `line` is 0 where it is no line of a file."""

    kind: str
    key: str
    content: Content
    file: str = ""
    line: int = 0

    @property
    def place(self) -> Place:
        """Kind and key."""
        return self.kind, self.key


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something cannot be taken in, and where it stands."""

    file: str
    line: int
    column: str
    error: UserFacingError


@dataclass(frozen=True, slots=True)
class Planned:
    """A row as it would be. `before` is None where there is none, and `version` 0."""

    wanted: Wanted
    before: Content | None
    version: int
    after: Content

    @property
    def kind(self) -> RowKind:
        """New, changed or unchanged."""
        if self.before is None:
            return RowKind.NEW
        return RowKind.CHANGED if self.before != self.after else RowKind.UNCHANGED

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """Field by field what would be otherwise; empty for a new row."""
        return () if self.before is None else differences(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Present:
    """The rows of the centre that are not removed, and the versions of all of them."""

    rows: Mapping[Place, Content]
    versions: Mapping[Place, int] = field(default_factory=dict)

    def with_these(self, planned: Iterable[Planned]) -> Present:
        """As it would be after them."""
        return Present({**self.rows, **{one.wanted.place: one.after for one in planned}}, self.versions)

    def without(self, place: Place) -> Present:
        """As it would be without that row."""
        return Present({one: content for one, content in self.rows.items() if one != place}, self.versions)

    def of_kind(self, kind: str) -> Iterator[tuple[str, Content]]:
        """(key, content) of the rows of a kind."""
        return ((key, content) for (known, key), content in self.rows.items() if known == kind)


def differences(before: Content, after: Content) -> tuple[FieldChange, ...]:
    """Field by field, as texts."""
    names = [*before, *(name for name in after if name not in before)]
    return tuple(
        FieldChange(name, _said(before.get(name)), _said(after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    )


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_said(one) for one in value)
    if isinstance(value, Mapping):
        if "tool_class" in value:
            names = " / ".join(str(value[name]) for name in ("name_ru", "name_en") if value.get(name))
            return f"{value.get('quantity', 1)} × {value['tool_class']}" + (f" ({names})" if names else "")
        return ", ".join(f"{name}: {_said(one)}" for name, one in value.items())
    return str(value)


def plan_rows(present: Present, wanted: Sequence[Wanted]) -> list[Planned]:
    """What would become of each. Fields that this program does not know stay as they are."""
    planned = []
    for one in wanted:
        before = present.rows.get(one.place)
        planned.append(Planned(one, before, present.versions.get(one.place, 0), {**(before or {}), **one.content}))
    return planned


def faults_of(after: Present, changed: Iterable[Place]) -> list[tuple[Place, UserFacingError]]:
    """What would not fit together, as far as one of the `changed` rows has part in it."""
    touched = set(changed)
    found: list[tuple[Place, UserFacingError]] = []
    toolkits = {key: toolkit_of(content) for key, content in after.of_kind(TOOLKIT)}
    kits = {key: kit_of(content) for key, content in after.of_kind(KIT)}
    tools = {key: tool_of(content) for key, content in after.of_kind(TOOL)}

    def note(error: UserFacingError, *places: Place) -> None:
        guilty = next((place for place in places if place in touched), None)
        if guilty is not None:
            found.append((guilty, error))

    for place, error, other in _kit_faults(kits, toolkits):
        note(error, place, *other)
    for place, error, other in _tool_faults(tools, kits):
        note(error, place, *other)
    return found


_Fault = tuple[Place, UserFacingError, tuple[Place, ...]]


def _kit_faults(kits: Mapping[str, Kit], toolkits: Mapping[str, Toolkit]) -> Iterator[_Fault]:
    scans: dict[str, str] = {}
    for key, kit in kits.items():
        if key_of(kit.toolkit) not in toolkits:
            unknown = NotFound("kit.toolkit_unknown", kit=kit.number, toolkit=kit.toolkit)
            yield (KIT, key), unknown, ((TOOLKIT, key_of(kit.toolkit)),)
        for text in dict.fromkeys((key_of(kit.number), key_of(kit.code))):
            first = scans.setdefault(text, key) if text else key
            if first != key:
                yield (KIT, key), BadInput("kit.code_taken", code=text, kit=kits[first].number), ((KIT, first),)


def _tool_faults(tools: Mapping[str, Tool], kits: Mapping[str, Kit]) -> Iterator[_Fault]:
    markings: dict[str, str] = {}
    places: dict[tuple[str, str, int], str] = {}
    for key, tool in tools.items():
        if tool.marking:
            first = markings.setdefault(key_of(tool.marking), key)
            if first != key:
                taken = BadInput("tool.marking_taken", marking=tool.marking, kit=tools[first].kit or "—")
                yield (TOOL, key), taken, ((TOOL, first),)
        if not tool.kit:
            continue
        if key_of(tool.kit) not in kits:
            yield (TOOL, key), NotFound("kit.unknown", code=tool.kit), ((KIT, key_of(tool.kit)),)
        first = places.setdefault((key_of(tool.kit), tool.tool_class, tool.unit), key)
        if first != key:
            said = {"kit": tool.kit, "tool_class": tool.tool_class, "unit": tool.unit}
            yield (TOOL, key), BadInput("tool.place_taken", **said, marking=name_of(tools[first])), ((TOOL, first),)
