"""The records as reports ask for them: row by row, so that a report of years needs no more memory than one of a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, literal, or_, select, text, union_all

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.columns import folded, utc_text
from toolroom_desktop.adapters.database.custody_repositories import case_of_row
from toolroom_desktop.adapters.database.history_codes import STATUSES, US_PER_DAY, microseconds
from toolroom_desktop.adapters.database.history_tables import history, history_day
from toolroom_desktop.adapters.database.operation_rows import OPERATIONS, OperationRows
from toolroom_desktop.adapters.database.packing import Packing
from toolroom_desktop.adapters.database.repositories import entry_of
from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.services.reports.ports import AllStations, CustodySpan, Only, Within
from toolroom_desktop.services.reports.source import BEGINNING

_operation = tables.operation.c
_closing = tables.operation.alias("closing")
_journal = tables.journal.c
_AT_ONCE = 500
# When the centre confirmed an entry is no part of it.
_RECORDED = tuple(column for column in tables.journal.c if column.name != "acked_at")
_NOTHING = "{}"
_WITHOUT_RESULT = select(
    *(column for column in tables.operation.c if column.name != "result"), literal(_NOTHING).label("result")
)


def _numbers(condition: str) -> Select[Any]:
    """The numbers of the operations that the history has in an index of that condition."""
    return select(history.c.site_seq).where(text(f"history.{condition}"))


_OWED, _COUNTED, _OVERRIDDEN = (_numbers(f"{name} = true") for name in ("owed", "counted", "overridden"))
_DISCREPANT = select(history.c.site_seq).where(history.c.final_status == STATUSES[Status.DISCREPANCY])
_NUMBERS = {
    Only.DISCREPANT: union_all(_DISCREPANT, _OWED),
    Only.COUNTED: union_all(_COUNTED, _OWED),
    Only.OVERRIDDEN: _OVERRIDDEN,
}


class SqlReports:
    """Fulfils `services.reports.ports.ReportsRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._packing = Packing(connection)
        self._kept = OperationRows(connection)

    def all_stations(self) -> AllStations | None:
        """None: these are the records of one station."""
        return None

    def operations(
        self, within: Within, *, kit: str = "", only: Only | None = None, with_result: bool = False
    ) -> Iterator[Operation]:
        """Operations in the order of the journal; of one kit, or only some of them."""
        query = OPERATIONS if with_result else _WITHOUT_RESULT
        low, high = self._part_of_journal(within)
        query = query.where(
            _operation.site_seq >= low,
            _operation.site_seq <= high,
            _operation.finished_at >= within.start,
            _operation.finished_at < within.end,
        )
        if kit:
            query = query.where(_operation.kit_key == folded(kit))
        if only is not None:
            query = query.where(_operation.site_seq.in_(_NUMBERS[only]))
        for row in self._rows(query.order_by(_operation.site_seq)):
            yield self._kept.operation(row)

    def custody(self, within: Within, *, kit: str = "", person: str = "") -> Iterator[CustodySpan]:
        """Who had which kit at any time of the period, in the order in which it began."""
        conditions = []
        if kit:
            conditions.append(_operation.kit_key == folded(kit))
        if person:
            conditions.append(_operation.holder_key == folded(person))
        return self._spans(within, *conditions)

    def out_at(self, at: datetime, journal_seq: int) -> list[CustodySpan]:
        """The kits that were out at that moment, by number."""
        found = [span for span in self._spans(Within(at, at, journal_seq)) if span.until is None]
        return sorted(found, key=lambda span: span.kit.casefold())

    def _spans(self, within: Within, *conditions: Any) -> Iterator[CustodySpan]:
        ended = _closing.c
        query = (
            select(
                _operation.kit,
                _operation.toolkit,
                _operation.holder_badge,
                _operation.holder_name,
                _operation.finished_at,
                _operation.expected_return,
                _operation.aircraft,
                _operation.work_order,
                _operation.site_id,
                _operation.closed_by,
                ended.site_seq.label("ended_seq"),
                ended.finished_at.label("ended_at"),
                ended.type.label("ended_by"),
                ended.person_name.label("ended_by_name"),
            )
            .outerjoin(_closing, ended.operation_id == _operation.closed_by)
            .where(
                _operation.custody != _NOTHING,
                _operation.finished_at < within.end,
                _operation.site_seq <= self._part_of_journal(replace(within, start=BEGINNING))[1],
                or_(
                    ended.operation_id.is_(None),
                    ended.finished_at >= within.start,
                    ended.site_seq > within.journal_seq,
                ),
                *conditions,
            )
            .order_by(_operation.site_seq)
        )
        for row in self._rows(query):
            until = _ended_at(row, within)
            if until is None or until >= within.start:
                yield _span(row, until, self._kept.text(row.site_id))

    def cases(self, before: datetime) -> list[Case]:
        """The cases that were opened before that, the oldest first."""
        opened = tables.lost_tool_case.c.opened_at
        query = select(tables.lost_tool_case).where(opened < before).order_by(opened, tables.lost_tool_case.c.number)
        return [case_of_row(row) for row in self._connection.execute(query)]

    def entries(self, kinds: Collection[str], within: Within) -> Iterator[JournalEntry]:
        """Entries of the journal of these kinds, in its order."""
        query = (
            select(*_RECORDED)
            .where(
                _journal.kind.in_(kinds),
                _journal.wall_at >= utc_text(within.start),
                _journal.wall_at < utc_text(within.end),
                _journal.site_seq <= within.journal_seq,
            )
            .order_by(_journal.site_seq)
        )
        for row in self._rows(query):
            yield entry_of(row._mapping, self._packing)

    def newest_entry(self, kinds: Collection[str], within: Within) -> JournalEntry | None:
        """The last entry of these kinds before the end of the period, however long ago; None for none."""
        query = (
            select(*_RECORDED)
            .where(
                _journal.kind.in_(kinds),
                _journal.wall_at < utc_text(within.end),
                _journal.site_seq <= within.journal_seq,
            )
            .order_by(_journal.site_seq.desc())
            .limit(1)
        )
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else entry_of(row, self._packing)

    def nearest_operation(self, start: datetime, end: datetime) -> datetime | None:
        """When the first operation from `end` on was, else the last one before `start`; None where there is none."""
        days = select(history_day)
        later = days.where(history_day.c.day >= _day(end)).order_by(history_day.c.day)
        earlier = days.where(history_day.c.day <= _day(start)).order_by(history_day.c.day.desc())
        for found, wanted in (
            (later, select(func.min(_operation.finished_at)).where(_operation.finished_at >= end)),
            (earlier, select(func.max(_operation.finished_at)).where(_operation.finished_at < start)),
        ):
            for _, first, last in self._connection.execute(found).all():
                at: datetime | None = self._connection.execute(
                    wanted.where(_operation.site_seq.between(first, last))
                ).scalar_one()
                if at is not None:
                    return at
        return None

    def _part_of_journal(self, within: Within) -> tuple[int, int]:
        """The first and the last entry between which all operations of that time lie, whatever the clock did."""
        day = history_day.c
        query = select(func.min(day.first_seq), func.max(day.last_seq)).where(
            day.day >= _day(within.start), day.day <= _day(within.end)
        )
        first, last = self._connection.execute(query).one()
        return (1, 0) if first is None else (first, min(last, within.journal_seq))

    def _rows(self, query: Any) -> Iterator[Any]:
        """The rows as the database finds them, a few hundred at once."""
        with self._connection.execution_options(stream_results=True).execute(query) as result:
            result.yield_per(_AT_ONCE)
            yield from result


def _day(at: datetime) -> int:
    """The day of that moment as `history_day` counts it."""
    return microseconds(at) // US_PER_DAY


def _ended_at(row: Any, within: Within) -> datetime | None:
    """When a custody had ended by the end of the period; None where it had not."""
    if row.closed_by is None:
        return None
    if row.ended_seq is None:
        # Another station ended it: its operation is not among these records, but the id says when it was (UUIDv7).
        at = datetime.fromtimestamp((UUID(row.closed_by).int >> 80) / 1000, UTC)
    elif row.ended_seq > within.journal_seq:
        return None
    else:
        at = row.ended_at
    return at if at < within.end else None


def _span(row: Any, until: datetime | None, site_id: str) -> CustodySpan:
    ended = until is not None and row.ended_by is not None
    return CustodySpan(
        kit=row.kit,
        toolkit=row.toolkit,
        holder_badge=row.holder_badge,
        holder_name=row.holder_name,
        since=row.finished_at,
        due=row.expected_return,
        aircraft=row.aircraft,
        work_order=row.work_order,
        until=until,
        ended_by=OperationType(row.ended_by) if ended else None,
        ended_by_name=row.ended_by_name if ended else "",
        site_id=site_id,
    )
