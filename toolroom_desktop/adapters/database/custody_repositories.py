"""Tools, lost-tool cases and shifts over one SQLAlchemy connection, as `services/ports.py` promises them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as insert_into_sqlite
from sqlalchemy.exc import IntegrityError

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.columns import folded
from toolroom_desktop.domain.cases import Case, CaseKind, CaseState, serial_of
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.shifts import Shift, shift_document, shift_of
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.case_json import event_json, event_of

_tool = tables.tool.c
_empty = tables.empty_place.c
_case = tables.lost_tool_case.c
_shift = tables.shift.c
_RELEASED = CaseState.RELEASED.value


class SqlTools:
    """Tools as physical items."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    _tools = select(tables.tool, tables.kit.c.number.label("kit")).outerjoin(
        tables.kit, tables.kit.c.number_key == tables.tool.c.kit_key
    )

    def by_id(self, tool_id: UUID) -> Tool | None:
        """The tool of that id."""
        row = self._connection.execute(self._tools.where(_tool.tool_id == str(tool_id))).one_or_none()
        return None if row is None else _tool_of(row)

    def by_marking(self, scanned: str) -> list[Tool]:
        """The tools that a scan or a typed text names, by marking or serial number; usually none or one."""
        key = folded(scanned)
        if not key:
            return []
        query = self._tools.where(or_(_tool.marking_key == key, _tool.serial_key == key)).order_by(_tool.tool_id)
        return [_tool_of(row) for row in self._connection.execute(query)]

    def in_kit(self, kit: str) -> list[Tool]:
        """The tools of that kit, by class and unit."""
        query = self._tools.where(_tool.kit_key == folded(kit)).order_by(_tool.tool_class, _tool.unit)
        return [_tool_of(row) for row in self._connection.execute(query)]

    def all(self) -> list[Tool]:
        """Every tool, by kit, class and unit; spare ones first."""
        query = self._tools.order_by(_tool.kit_key, _tool.tool_class, _tool.unit, _tool.tool_id)
        return [_tool_of(row) for row in self._connection.execute(query)]

    def spare(self) -> list[Tool]:
        """The tools that are in no kit, by class and marking."""
        query = self._tools.where(_tool.kit_key.is_(None)).order_by(_tool.tool_class, _tool.marking_key, _tool.tool_id)
        return [_tool_of(row) for row in self._connection.execute(query)]

    def matching(self, text: str, classes: Collection[str], *, limit: int) -> list[Tool]:
        """The tools whose marking, numbers, class or kit contain `text`, or whose class is one of `classes`.

        At most `limit`, by kit, class and unit.
        """
        # SQLite folds only Latin letters, so the texts are looked through here: a few milliseconds for 7,500 tools.
        query = select(
            _tool.tool_id, _tool.tool_class, _tool.kit_key, _tool.serial_key, _tool.marking_key, _tool.part_number
        ).order_by(_tool.kit_key, _tool.tool_class, _tool.unit, _tool.tool_id)
        wanted = folded(text)
        found: list[str] = []
        for tool_id, tool_class, kit_key, serial_key, marking_key, part_number in self._connection.execute(query):
            texts = (kit_key, serial_key, marking_key, tool_class.casefold(), folded(part_number))
            if tool_class in classes or any(text is not None and wanted in text for text in texts):
                found.append(tool_id)
                if len(found) == limit:
                    break
        rows = self._connection.execute(self._tools.where(_tool.tool_id.in_(found)))
        by_id = {row.tool_id: _tool_of(row) for row in rows}
        return [by_id[tool_id] for tool_id in found]

    def not_serviceable(self) -> list[Tool]:
        """Tools that are broken, in repair, lost or retired."""
        query = self._tools.where(_tool.state != ToolState.SERVICEABLE.value).order_by(_tool.tool_id)
        return [_tool_of(row) for row in self._connection.execute(query)]

    def calibration_due_by(self, day: date) -> list[Tool]:
        """Tools in use whose calibration ends on `day` or before it, the soonest first."""
        query = self._tools.where(
            _tool.calibration_due <= day.isoformat(),
            _tool.state.not_in((ToolState.LOST.value, ToolState.RETIRED.value)),
        ).order_by(_tool.calibration_due, _tool.tool_id)
        return [_tool_of(row) for row in self._connection.execute(query)]

    def empty_places(self, kit: str) -> list[tuple[str, int]]:
        """(class, unit) of the places of that kit that are known to hold nothing, as far as its toolkit has them."""
        position = tables.toolkit_position.c
        query = (
            select(_empty.tool_class, _empty.unit)
            .join(tables.kit, tables.kit.c.number_key == _empty.kit_key)
            .join(
                tables.toolkit_position,
                and_(
                    position.toolkit_key == tables.kit.c.toolkit_key,
                    position.tool_class == _empty.tool_class,
                    position.quantity >= _empty.unit,
                ),
            )
            .where(_empty.kit_key == folded(kit))
            .order_by(_empty.tool_class, _empty.unit)
        )
        return [(row.tool_class, row.unit) for row in self._connection.execute(query)]

    def note_empty(self, kit: str, tool_class: str, unit: int) -> None:
        """Notes that this place holds nothing, until a tool is saved there."""
        row = {"kit_key": folded(kit), "tool_class": tool_class, "unit": unit}
        self._connection.execute(insert_into_sqlite(tables.empty_place).on_conflict_do_nothing(), row)

    def save(self, tool: Tool) -> None:
        """Adds the tool or replaces the one of that id; its place is not empty any more.

        Raises `BadInput("tool.marking_taken")`, and `BadInput("tool.place_taken")` where another one has its place.
        """
        row = _row_of_tool(tool)
        table = tables.tool
        if row["marking_key"] is not None:
            other = self._connection.execute(
                self._tools.where(_tool.marking_key == row["marking_key"], _tool.tool_id != row["tool_id"])
            ).first()
            if other is not None:
                raise BadInput("tool.marking_taken", marking=tool.marking.strip(), kit=other.kit or "—")
        if row["kit_key"] is not None:
            other = self._connection.execute(
                self._tools.where(
                    _tool.kit_key == row["kit_key"],
                    _tool.tool_class == tool.tool_class,
                    _tool.unit == tool.unit,
                    _tool.tool_id != row["tool_id"],
                )
            ).first()
            if other is not None:
                raise BadInput(
                    "tool.place_taken", kit=tool.kit, tool_class=tool.tool_class, unit=tool.unit, marking=other.marking
                )
            self._connection.execute(
                delete(tables.empty_place).where(
                    _empty.kit_key == row["kit_key"], _empty.tool_class == tool.tool_class, _empty.unit == tool.unit
                )
            )
        changed = self._connection.execute(update(table).where(_tool.tool_id == row["tool_id"]).values(row))
        if changed.rowcount == 0:
            self._connection.execute(insert(table), row)

    def save_many(self, tools: Sequence[Tool]) -> None:
        """Adds or replaces many at once, in any order: tools that change places or markings with each other, too.

        The caller has seen to it that no marking and no place is taken twice in the end; raises `ValueError` else.
        """
        table = tables.tool
        ids = [{"old": str(tool.tool_id)} for tool in tools]
        if not ids:
            return
        # What is unique is let go of first, so that the order does not matter.
        self._connection.execute(
            update(table).where(_tool.tool_id == bindparam("old")).values(marking_key=None, kit_key=None), ids
        )
        known = set(self._connection.scalars(select(_tool.tool_id)))
        rows = [_row_of_tool(tool) for tool in tools]
        new = [row for row in rows if row["tool_id"] not in known]
        old = [{**row, "old": row["tool_id"]} for row in rows if row["tool_id"] in known]
        try:
            if old:
                values: dict[str, Any] = {name: bindparam(name) for name in rows[0]}
                self._connection.execute(update(table).where(_tool.tool_id == bindparam("old")).values(values), old)
            if new:
                self._connection.execute(insert(table), new)
        except IntegrityError as error:
            raise ValueError("a marking or a place would be taken twice") from error
        filled = [
            {"of": row["kit_key"], "tc": row["tool_class"], "at": row["unit"]}
            for row in rows
            if row["kit_key"] is not None
        ]
        if filled:
            self._connection.execute(
                delete(tables.empty_place).where(
                    _empty.kit_key == bindparam("of"),
                    _empty.tool_class == bindparam("tc"),
                    _empty.unit == bindparam("at"),
                ),
                filled,
            )


def _row_of_tool(tool: Tool) -> dict[str, object]:
    return {
        "tool_id": str(tool.tool_id),
        "tool_class": tool.tool_class,
        "kit_key": folded(tool.kit) or None,
        "unit": tool.unit,
        "part_number": tool.part_number.strip(),
        "serial_number": tool.serial_number.strip(),
        "serial_key": folded(tool.serial_number),
        "marking": tool.marking.strip(),
        "marking_key": folded(tool.marking) or None,
        "calibration_due": None if tool.calibration_due is None else tool.calibration_due.isoformat(),
        "state": tool.state.value,
        "photo": tool.photo or None,
        "note": tool.note,
    }


def _tool_of(row: Row[Any]) -> Tool:
    return Tool(
        tool_class=row.tool_class,
        kit=row.kit or "",
        unit=row.unit,
        part_number=row.part_number,
        serial_number=row.serial_number,
        marking=row.marking,
        calibration_due=None if row.calibration_due is None else date.fromisoformat(row.calibration_due),
        state=ToolState(row.state),
        photo=row.photo or "",
        note=row.note,
        tool_id=UUID(row.tool_id),
    )


class SqlCases:
    """Lost-tool cases. `changed` says whether this unit of work saved one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.changed = False

    def by_id(self, case_id: UUID) -> Case | None:
        """The case of that id."""
        return self._one(_case.case_id == str(case_id))

    def by_number(self, number: str) -> Case | None:
        """The case of that number."""
        return self._one(_case.number == number.strip().upper())

    def open(self, kit: str | None = None) -> list[Case]:
        """The cases that are not released, of one kit or of all; oldest first."""
        query = select(tables.lost_tool_case).where(_case.state != _RELEASED).order_by(_case.opened_at, _case.number)
        if kit is not None:
            query = query.where(_case.kit_key == folded(kit))
        return [case_of_row(row) for row in self._connection.execute(query)]

    def recent(self, *, limit: int) -> list[Case]:
        """Released or not, the newest first."""
        query = select(tables.lost_tool_case).order_by(_case.opened_at.desc(), _case.number.desc()).limit(limit)
        return [case_of_row(row) for row in self._connection.execute(query)]

    def of_operation(self, operation_id: UUID) -> list[Case]:
        """The cases that an operation opened."""
        query = select(tables.lost_tool_case).where(_case.operation_id == str(operation_id)).order_by(_case.number)
        return [case_of_row(row) for row in self._connection.execute(query)]

    def of_tool(self, tool_id: UUID) -> Case | None:
        """The open case of that tool."""
        query = select(tables.lost_tool_case).where(_case.state != _RELEASED, _case.tool_id == str(tool_id))
        row = self._connection.execute(query.order_by(_case.opened_at, _case.number).limit(1)).one_or_none()
        return None if row is None else case_of_row(row)

    def count(self) -> int:
        """How many these records know."""
        return self._connection.execute(select(func.count()).select_from(tables.lost_tool_case)).scalar_one()

    @property
    def serial(self) -> int:
        """The highest number that a case ever had at this station."""
        serial: int = self._connection.execute(select(tables.station.c.case_serial)).scalar_one()
        return serial

    def keep_serial(self, serial: int) -> None:
        """Numbers up to this one are taken."""
        own = tables.station.c.case_serial
        self._connection.execute(update(tables.station).where(own < serial).values(case_serial=serial))

    def save(self, case: Case) -> None:
        """Adds the case, or replaces the one of that id by what followed from it.

        Raises `ValueError` where an event that was recorded would be missing afterwards.
        """
        self.changed = True
        self.keep_serial(serial_of(case.number))
        before = self.by_id(case.case_id)
        if before is None:
            self._connection.execute(insert(tables.lost_tool_case), _row_of_case(case))
            return
        if case.events[: len(before.events)] != before.events:
            raise ValueError(f"case {case.number} would lose events")
        self._connection.execute(
            update(tables.lost_tool_case).where(_case.case_id == str(case.case_id)).values(_row_of_case(case))
        )

    def _one(self, *conditions: Any) -> Case | None:
        row = self._connection.execute(select(tables.lost_tool_case).where(*conditions)).one_or_none()
        return None if row is None else case_of_row(row)


def _row_of_case(case: Case) -> dict[str, object]:
    return {
        "case_id": str(case.case_id),
        "number": case.number,
        "site_id": case.site_id,
        "kind": case.kind.value,
        "state": case.state.value,
        "kit": case.kit,
        "kit_key": folded(case.kit),
        "toolkit": case.toolkit,
        "tool_class": case.tool_class,
        "unit": case.unit,
        "marking": case.marking,
        "tool_id": None if case.tool_id is None else str(case.tool_id),
        "opened_at": case.opened_at,
        "operation_id": str(case.operation_id),
        "found_out_at": case.found_out_at,
        "holder_badge": case.holder_badge,
        "holder_name": case.holder_name,
        "aircraft": case.aircraft,
        "work_order": case.work_order,
        "events": json.dumps([event_json(event) for event in case.events], ensure_ascii=False),
    }


def case_of_row(row: Row[Any]) -> Case:
    """The case that a row of its table keeps."""
    return Case(
        case_id=UUID(row.case_id),
        number=row.number,
        site_id=row.site_id,
        kind=CaseKind(row.kind),
        kit=row.kit,
        toolkit=row.toolkit,
        opened_at=row.opened_at,
        operation_id=UUID(row.operation_id),
        found_out_at=row.found_out_at,
        tool_class=row.tool_class,
        unit=row.unit,
        marking=row.marking,
        tool_id=None if row.tool_id is None else UUID(row.tool_id),
        holder_badge=row.holder_badge,
        holder_name=row.holder_name,
        aircraft=row.aircraft,
        work_order=row.work_order,
        events=tuple(event_of(said) for said in json.loads(row.events)),
    )


class SqlShifts:
    """Shifts of this station."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def running(self) -> Shift | None:
        """The shift that was started and not ended; None for none."""
        query = select(tables.shift).where(_shift.ended_at.is_(None)).order_by(_shift.started_at.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else shift_of(json.loads(row.document))

    def recent(self, *, limit: int) -> list[Shift]:
        """The newest first."""
        query = select(tables.shift).order_by(_shift.started_at.desc()).limit(limit)
        return [shift_of(json.loads(row.document)) for row in self._connection.execute(query)]

    def save(self, shift: Shift, *, site_id: str) -> None:
        """Adds the shift or replaces the one of that id."""
        row = {
            "shift_id": str(shift.shift_id),
            "site_id": site_id,
            "started_at": shift.started_at,
            "started_by": shift.started_by.badge,
            "ended_at": shift.ended_at,
            "document": json.dumps(shift_document(shift), ensure_ascii=False),
        }
        changed = self._connection.execute(update(tables.shift).where(_shift.shift_id == row["shift_id"]).values(row))
        if changed.rowcount == 0:
            self._connection.execute(insert(tables.shift), row)
