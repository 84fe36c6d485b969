"""The history of operations by filters, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import Connection

from toolroom_desktop.adapters.database.columns import folded
from toolroom_desktop.adapters.database.history_plan import Plan, Planner
from toolroom_desktop.adapters.database.history_read import rows_of
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.services.history_rows import (
    Choice,
    Counted,
    HistoryFilter,
    HistoryPage,
    HistoryRow,
    Known,
    Order,
    Position,
)

_AT_ONCE = 500


class SqlHistory:
    """Fulfils `services.history_rows.HistoryRepository`."""

    def __init__(self, connection: Connection, site_id: str) -> None:
        self._connection = connection
        self._site_id = site_id

    def page(
        self, wanted: HistoryFilter, *, order: Order = Order.NEWEST_FIRST, at: Position | None = None, limit: int
    ) -> HistoryPage:
        """At most `limit` rows, from the beginning or from `at`."""
        return self._page(self._plan(wanted), order, at, limit)

    def around(
        self, wanted: HistoryFilter, operation_id: UUID, *, order: Order = Order.NEWEST_FIRST, limit: int
    ) -> HistoryPage | None:
        """The page with that operation in its middle; None where the filter leaves it out."""
        seq = self._number(operation_id)
        plan = self._plan(wanted)
        if seq is None or plan.empty:
            return None
        newest_first = order is Order.NEWEST_FIRST
        edge = seq + 1 if newest_first else seq - 1
        if self._numbers(plan, newest_first=newest_first, limit=1, after=edge) != [seq]:
            return None
        before = self._numbers(plan, newest_first=not newest_first, limit=limit // 2 + 1, after=seq)
        after = self._numbers(plan, newest_first=newest_first, limit=limit - limit // 2, after=seq)
        earlier, later = before[: limit // 2], after[: limit - limit // 2 - 1]
        numbers = [*reversed(earlier), seq, *later]
        return HistoryPage(
            tuple(self._rows(numbers)),
            previous=Position(numbers[0], back=True) if len(before) > len(earlier) else None,
            next=Position(numbers[-1]) if len(after) > len(later) else None,
        )

    def row(self, operation_id: UUID) -> HistoryRow | None:
        """One operation."""
        seq = self._number(operation_id)
        found = [] if seq is None else self._rows([seq])
        return found[0] if found else None

    def count(self, wanted: HistoryFilter, *, most: int) -> Counted:
        """How many there are, counted up to `most`."""
        plan = self._plan(wanted)
        if plan.empty:
            return Counted(0)
        query, parameters = plan.counting(most + 1)
        number = driver_of(self._connection).execute(query, parameters).fetchone()[0]
        return Counted(min(number, most), more=number > most)

    def rows(self, wanted: HistoryFilter, *, order: Order = Order.NEWEST_FIRST) -> Iterator[HistoryRow]:
        """All of them, page by page: memory does not grow with their number."""
        plan = self._plan(wanted)
        after: int | None = None
        while not plan.empty:
            numbers = self._numbers(plan, newest_first=order is Order.NEWEST_FIRST, limit=_AT_ONCE, after=after)
            yield from self._rows(numbers)
            if len(numbers) < _AT_ONCE:
                return
            after = numbers[-1]

    def choices(self, choice: Choice, text: str = "", *, limit: int) -> list[Known]:
        """Values that occur in the history and contain `text`, by title; those that begin with it come first."""
        if choice is Choice.SITE:
            return [Known(self._site_id)] if folded(text) in folded(self._site_id) else []
        wanted = folded(text)
        rows = driver_of(self._connection).execute(
            "SELECT value, title, key FROM history_name WHERE kind = ? AND instr(key || ' ' || title, ?) > 0"
            if choice is Choice.MODEL
            else "SELECT value, title, key FROM history_name WHERE kind = ? AND instr(key, ?) > 0",
            (choice.value, wanted),
        )
        found = [(not _begins(key, wanted), folded(title or value), Known(value, title)) for value, title, key in rows]
        found.sort(key=lambda known: known[:2])
        return [known for *_, known in found[:limit]]

    # --- by numbers

    def _plan(self, wanted: HistoryFilter) -> Plan:
        return Planner(driver_of(self._connection), self._site_id).plan(wanted)

    def _rows(self, numbers: Sequence[int]) -> list[HistoryRow]:
        return rows_of(self._connection, self._site_id, numbers)

    def _number(self, operation_id: UUID) -> int | None:
        query = "SELECT site_seq FROM operation WHERE operation_id = ?"
        row = driver_of(self._connection).execute(query, (str(operation_id),)).fetchone()
        return None if row is None else int(row[0])

    def _numbers(self, plan: Plan, *, newest_first: bool, limit: int, after: int | None) -> list[int]:
        query, parameters = plan.numbers(newest_first=newest_first, limit=limit, after=after)
        return [row[0] for row in driver_of(self._connection).execute(query, parameters)]

    def _page(self, plan: Plan, order: Order, at: Position | None, limit: int) -> HistoryPage:
        if plan.empty:
            return HistoryPage(())
        back = at is not None and at.back
        newest_first = (order is Order.NEWEST_FIRST) is not back
        after = None if at is None else at.site_seq
        numbers = self._numbers(plan, newest_first=newest_first, limit=limit + 1, after=after)
        if back and len(numbers) < limit:
            # The first page, and a whole one.
            return self._page(plan, order, None, limit)
        more, numbers = len(numbers) > limit, numbers[:limit]
        if back:
            numbers.reverse()
        rows = tuple(self._rows(numbers))
        if not rows:
            if at is None:
                return HistoryPage(())
            # Whatever it was that this page was to follow, the page before ends with it.
            step = -1 if order is Order.NEWEST_FIRST else 1
            return HistoryPage((), previous=Position(at.site_seq + step, back=True))
        to_previous = Position(numbers[0], back=True) if (more if back else at is not None) else None
        to_next = Position(numbers[-1]) if (back or more) else None
        return HistoryPage(rows, to_previous, to_next)


def _begins(key: str, wanted: str) -> bool:
    return any(word.startswith(wanted) for word in key.replace("\x1f", " ").split())
