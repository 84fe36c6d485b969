"""What people ask of the history of operations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from toolroom_desktop.domain.errors import NotFound
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.services.history_rows import (
    Choice,
    Consumer,
    Counted,
    HistoryFilter,
    HistoryPage,
    HistoryRow,
    Known,
    Order,
    Position,
)
from toolroom_desktop.services.ports import Database

T = TypeVar("T")
PAGE = 50
MOST_COUNTED = 10_000
MOST_CHOICES = 50


@dataclass(frozen=True, slots=True)
class HistoryQueries:
    """Questions about the history. Each sees one consistent state of the records; none waits for the writer."""

    database: Database

    def page(
        self,
        wanted: HistoryFilter,
        *,
        order: Order = Order.NEWEST_FIRST,
        at: Position | None = None,
        limit: int = PAGE,
    ) -> HistoryPage:
        """The first rows, or those from `at` on, which a page before gave as its `previous` or `next`."""
        return self.database.read(lambda uow: uow.history.page(wanted, order=order, at=at, limit=limit))

    def around(
        self,
        wanted: HistoryFilter,
        operation_id: UUID,
        *,
        order: Order = Order.NEWEST_FIRST,
        limit: int = PAGE,
    ) -> HistoryPage | None:
        """The page with that operation in its middle; None where the filter leaves it out."""
        return self.database.read(lambda uow: uow.history.around(wanted, operation_id, order=order, limit=limit))

    def row(self, operation_id: UUID) -> HistoryRow:
        """One operation as the table shows it; raises `NotFound`."""
        found = self.database.read(lambda uow: uow.history.row(operation_id))
        if found is None:
            raise NotFound("operation.unknown", id=operation_id)
        return found

    def operation(self, operation_id: str) -> Operation:
        """One operation in full; raises `NotFound`."""
        try:
            wanted = UUID(operation_id)
        except ValueError:
            raise NotFound("operation.unknown", id=operation_id) from None
        found = self.database.read(lambda uow: uow.operations.by_id(wanted))
        if found is None:
            raise NotFound("operation.unknown", id=operation_id)
        return found

    def count(self, wanted: HistoryFilter, *, most: int = MOST_COUNTED) -> Counted:
        """How many operations the filter finds, counted up to `most`."""
        return self.database.read(lambda uow: uow.history.count(wanted, most=most))

    def stream(self, wanted: HistoryFilter, consume: Consumer[T], *, order: Order = Order.NEWEST_FIRST) -> T:
        """Hand every row to `consume`, whose answer is returned: one state of the records, in flat memory.

        Runs in the calling thread and takes a while; `consume` may stop early, and what it raises is raised.
        """
        return self.database.read(lambda uow: consume(uow.history.rows(wanted, order=order)))

    def choices(self, choice: Choice, text: str = "", *, limit: int = MOST_CHOICES) -> list[Known]:
        """What that filter can be chosen from: values that occur and contain `text`."""
        return self.database.read(lambda uow: uow.history.choices(choice, text, limit=limit))
