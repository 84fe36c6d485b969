"""What a list of tools would change: every row compared with the register before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.errors import BadImportFile, BadInput, Refused, UserFacingError
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.register import (
    Place,
    check_place,
    check_texts,
    classes_of,
    key_of,
    name_of,
    refuse_while_out,
    refuse_while_searched,
)
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState, with_state
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.tool_records import FieldChange, change_json, field_changes
from toolroom_desktop.services.watching import Watch, unwatched

_WATCH_EVERY = 500
_SAID = 5
_TEXTS = ("part_number", "serial_number", "marking", "note")
# Which column of the file a field of a tool stands in.
COLUMNS: dict[str, str] = {
    "tool_class": "class",
    "kit": "kit",
    "unit": "place",
    "part_number": "part_number",
    "serial_number": "serial_number",
    "marking": "marking",
    "calibration_due": "calibration_due",
    "state": "state",
    "note": "note",
    "tool_id": "id",
}


class RowKind(StrEnum):
    """What a row of a list does."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be taken in. `line` counts from 1; `column` is the file's, empty for the whole row."""

    line: int
    column: str
    error: UserFacingError


@dataclass(frozen=True, slots=True)
class ToolRow:
    """One row of a list. `given` holds a value for every field whose column the file has, None for an empty cell
    of a date, a place, a state or an id.
    """

    line: int
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolFile:
    """A list as it was read. `problems` are what could not be read; `sha256` is the file's."""

    name: str
    sha256: str
    rows: tuple[ToolRow, ...]
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What a row would do. `before` is None for a tool that is not known."""

    line: int
    before: Tool | None
    after: Tool

    @property
    def kind(self) -> RowKind:
        """New, changed or unchanged."""
        if self.before is None:
            return RowKind.NEW
        return RowKind.CHANGED if self.before != self.after else RowKind.UNCHANGED

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """Field by field what would be otherwise; empty for a new tool."""
        return () if self.before is None else field_changes(change_json(self.before, self.after))


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a whole file would do; it can be taken in only without problems."""

    file: ToolFile
    rows: tuple[PlannedRow, ...]
    problems: tuple[RowProblem, ...]

    def of_kind(self, kind: RowKind) -> list[PlannedRow]:
        """The rows of that kind, in the order of the file."""
        return [row for row in self.rows if row.kind is kind]


@dataclass(frozen=True, slots=True)
class Store:
    """What the register and its surroundings are when a list is compared with them."""

    toolkits: Mapping[str, Toolkit]
    kits: Mapping[str, Kit]
    tools: Sequence[Tool]
    cases: Sequence[Case]
    out: Mapping[str, Operation]
    empty: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, uow: UnitOfWork) -> Store:
        """As the records are now."""
        elsewhere = [one.operation for one in uow.elsewhere.out()]
        # What is out since an operation here stands before what another station says.
        out = {key_of(operation.kit): operation for operation in (*elsewhere, *uow.operations.open_checkouts())}
        return cls(
            toolkits={key_of(toolkit.name): toolkit for toolkit in uow.catalogue.toolkits()},
            kits={key_of(kit.number): kit for kit in uow.catalogue.kits()},
            tools=uow.tools.all(),
            cases=uow.cases.open(),
            out=out,
            empty={key: uow.tools.empty_places(operation.kit) for key, operation in out.items()},
        )


def _place_key(tool: Tool) -> tuple[str, str, int]:
    return key_of(tool.kit), tool.tool_class, tool.unit


class _Problem(Exception):
    """An error of a row, with the field that it is about."""

    def __init__(self, name: str, error: UserFacingError) -> None:
        super().__init__(name)
        self.field = name
        self.error = error


class _Planner:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_id = {tool.tool_id: tool for tool in store.tools}
        self._by_marking = {key_of(tool.marking): tool for tool in store.tools if tool.marking}
        self._by_place = {_place_key(tool): tool for tool in store.tools if tool.kit}
        self._classes = classes_of(list(store.toolkits.values()))
        self._searching = bool(store.cases)
        self.problems: list[RowProblem] = []
        self._lines: dict[UUID, int] = {}
        self._planned: list[PlannedRow] = []
        self._without_unit: list[int] = []

    def plan(self, rows: Sequence[ToolRow], watch: Watch) -> tuple[PlannedRow, ...]:
        for done, row in enumerate(rows):
            if done % _WATCH_EVERY == 0:
                watch(done, len(rows))
            try:
                self._row(row)
            except _Problem as problem:
                self._add(row.line, problem.field, problem.error)
        self._choose_places()
        self._refuse_doubles()
        return tuple(self._planned)

    def _add(self, line: int, name: str, error: UserFacingError) -> None:
        self.problems.append(RowProblem(line, COLUMNS.get(name, ""), error))

    # --- one row

    def _row(self, row: ToolRow) -> None:
        before = self._target(row)
        after = self._after(row, before)
        if before is not None:
            first = self._lines.setdefault(before.tool_id, row.line)
            if first != row.line:
                raise _Problem("marking", BadImportFile("import.tool_twice", tool=name_of(before), first=first))
        self._planned.append(PlannedRow(row.line, before, after))
        if after.kit and row.given.get("unit") is None and (before is None or before.kit != after.kit):
            self._without_unit.append(len(self._planned) - 1)
        elif before is None or before != after:
            self._check(before, after)

    def _target(self, row: ToolRow) -> Tool | None:
        """The tool that a row means: by id, by marking, or by the place of one without a marking."""
        given = row.given
        if given.get("tool_id") is not None:
            return self._by_id.get(given["tool_id"])
        marking = key_of(given.get("marking") or "")
        if marking and marking in self._by_marking:
            return self._by_marking[marking]
        if not given.get("kit") or not given.get("unit"):
            return None
        there = self._by_place.get((key_of(given["kit"]), given.get("tool_class") or "", given["unit"]))
        same = there is not None and ("marking" not in given or not there.marking)
        return there if same else None

    def _after(self, row: ToolRow, before: Tool | None) -> Tool:
        given = row.given
        tool_class = given.get("tool_class") or ""
        if before is None and not tool_class:
            raise _Problem("tool_class", BadImportFile("import.column_owed", column=COLUMNS["tool_class"]))
        if before is not None and tool_class and tool_class != before.tool_class:
            error = BadImportFile("import.class_differs", tool=name_of(before), tool_class=before.tool_class)
            raise _Problem("tool_class", error)
        texts = {name: given[name] for name in _TEXTS if name in given}
        if before is None:
            made = Tool(tool_class, **({"tool_id": given["tool_id"]} if given.get("tool_id") else {}))
        else:
            made = before
        after = replace(made, **texts)
        if "calibration_due" in given:
            after = replace(after, calibration_due=given["calibration_due"])
        if given.get("state") is not None:
            after = self._with_state(after, before, given["state"])
        return self._at_place(after, before, given)

    def _with_state(self, after: Tool, before: Tool | None, state: ToolState) -> Tool:
        if state is ToolState.LOST and (before is None or before.state is not ToolState.LOST):
            raise _Problem("state", Refused("tool.lost_only_by_case", tool=name_of(after)))
        if before is None:
            return replace(after, state=state)
        try:
            return with_state(after, state)
        except Refused as error:
            raise _Problem("state", error) from None

    def _at_place(self, after: Tool, before: Tool | None, given: Mapping[str, Any]) -> Tool:
        if "kit" not in given:
            if given.get("unit") and (before is None or not before.kit):
                raise _Problem("unit", BadImportFile("import.place_without_kit"))
            return replace(after, unit=given["unit"]) if given.get("unit") else after
        number, unit = given["kit"], given.get("unit")
        if not number:
            if unit:
                raise _Problem("unit", BadImportFile("import.place_without_kit"))
            return replace(after, kit="", unit=0)
        kit = self._store.kits.get(key_of(number))
        if kit is None:
            raise _Problem("kit", BadImportFile("import.kit_unknown", kit=number))
        if unit is None:
            # Without a place a tool stays where it is; one that is new in the kit gets a free place later.
            unit = before.unit if before is not None and before.kit == kit.number else 1
        return replace(after, kit=kit.number, unit=unit)

    def _check(self, before: Tool | None, after: Tool) -> None:
        """Whatever speaks against this change, apart from markings and places that are taken."""
        name = "tool_class"
        try:
            if after.tool_class not in self._classes and before is None:
                known = ", ".join(sorted(self._classes)[:_SAID]) or "—"
                raise BadInput("tool.class_unknown", tool_class=after.tool_class, known=known)
            name = "unit"
            if after.kit and (before is None or (before.kit, before.unit) != (after.kit, after.unit)):
                kit = self._store.kits[key_of(after.kit)]
                name = "unit" if after.tool_class in self._toolkit(kit).expected else "tool_class"
                check_place(after, self._toolkit(kit), kit.number)
            name = ""
            check_texts(after)
            if self._searching:
                refuse_while_searched(before or after, self._store.cases)
                refuse_while_searched(after, self._store.cases)
            name = "kit"
            self._refuse_while_out(before, after)
        except UserFacingError as error:
            raise _Problem(name, error) from None

    def _toolkit(self, kit: Kit) -> Toolkit:
        return self._store.toolkits[key_of(kit.toolkit)]

    def _refuse_while_out(self, before: Tool | None, after: Tool) -> None:
        stays = before is not None and _place_key(before) == _place_key(after)
        if before is not None and before.kit:
            held = self._store.out.get(key_of(before.kit))
            place = Place(before.tool_class, before.unit, before)
            refuse_while_out(held, place, after if stays else None)
        if after.kit and not stays:
            key = key_of(after.kit)
            empty = (after.tool_class, after.unit) in self._store.empty.get(key, ())
            place = Place(after.tool_class, after.unit, self._by_place.get(_place_key(after)), empty)
            refuse_while_out(self._store.out.get(key), place, after)

    # --- all rows together

    def _choose_places(self) -> None:
        """A free place for every tool whose row names the kit alone."""
        leaving = {row.before.tool_id for row in self._planned if row.before is not None}
        taken = {key for key, tool in self._by_place.items() if tool.tool_id not in leaving}
        waiting = set(self._without_unit)
        taken |= {_place_key(r.after) for place, r in enumerate(self._planned) if r.after.kit and place not in waiting}
        for place in self._without_unit:
            row = self._planned[place]
            kit = self._store.kits[key_of(row.after.kit)]
            quantity = self._toolkit(kit).expected.get(row.after.tool_class, 0)
            units = (u for u in range(1, quantity + 1) if _place_key(replace(row.after, unit=u)) not in taken)
            unit = next(units, None)
            try:
                if unit is None and quantity:
                    error = BadInput("tool.no_free_place", kit=kit.number, tool_class=row.after.tool_class)
                    raise _Problem("kit", error)
                after = replace(row.after, unit=unit or 1)
                self._check(row.before, after)
            except _Problem as problem:
                self._add(row.line, problem.field, problem.error)
                continue
            taken.add(_place_key(after))
            self._planned[place] = replace(row, after=after)
            waiting.discard(place)
        # What found no place has its sentence already.
        self._planned = [row for place, row in enumerate(self._planned) if place not in waiting]

    def _refuse_doubles(self) -> None:
        """Markings, places and ids that would be there twice: within the file, or with tools that it leaves alone."""
        touched = {row.before.tool_id for row in self._planned if row.before is not None}
        markings = {key: tool for key, tool in self._by_marking.items() if tool.tool_id not in touched}
        places = {key: tool for key, tool in self._by_place.items() if tool.tool_id not in touched}
        marking_lines: dict[str, int] = {}
        place_lines: dict[tuple[str, str, int], int] = {}
        id_lines: dict[UUID, int] = {}
        for row in self._planned:
            tool, line = row.after, row.line
            marking = key_of(tool.marking)
            if marking in markings:
                other = markings[marking]
                self._add(line, "marking", BadInput("tool.marking_taken", marking=tool.marking, kit=other.kit or "—"))
            elif marking and (first := marking_lines.setdefault(marking, line)) != line:
                self._add(line, "marking", BadImportFile("import.marking_twice", marking=tool.marking, first=first))
            if tool.kit:
                key = _place_key(tool)
                if key in places:
                    error = BadInput(
                        "tool.place_taken",
                        kit=tool.kit,
                        tool_class=tool.tool_class,
                        unit=tool.unit,
                        marking=name_of(places[key]),
                    )
                    self._add(line, "unit", error)
                elif (first := place_lines.setdefault(key, line)) != line:
                    error_twice = BadImportFile(
                        "import.place_twice", kit=tool.kit, tool_class=tool.tool_class, unit=tool.unit, first=first
                    )
                    self._add(line, "unit", error_twice)
            if row.before is None and (first := id_lines.setdefault(tool.tool_id, line)) != line:
                self._add(line, "tool_id", BadImportFile("import.tool_twice", tool=str(tool.tool_id), first=first))


def plan_import(file: ToolFile, store: Store, watch: Watch = unwatched) -> ImportPlan:
    """Compare every row of a list with the register. Changes nothing; every error is in the plan's `problems`.

    A row means the tool of its id, else of its marking, else the one without a marking at its place; else a new one.
    A column that the file lacks leaves a field alone, an empty cell empties it.
    """
    planner = _Planner(store)
    rows = planner.plan(file.rows, watch)
    problems = sorted((*file.problems, *planner.problems), key=lambda problem: problem.line)
    watch(len(file.rows), len(file.rows))
    return ImportPlan(file, rows, tuple(problems))


def same_plan(one: ImportPlan, other: ImportPlan) -> bool:
    """Whether two plans of one file do the same; the ids of tools that are new differ each time."""

    def said(plan: ImportPlan) -> list[object]:
        return [
            (row.line, row.before, row.after if row.before else replace(row.after, tool_id=UUID(int=0)))
            for row in plan.rows
        ]

    return not other.problems and said(one) == said(other)
