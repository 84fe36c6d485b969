"""Many commands in one transaction: what the generator needs to be done before the year is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork

T = TypeVar("T")


class WithinTransaction:
    """`Database` within the transaction of another one. A command that raises is rolled back by itself, as always."""

    def __init__(self, outer: SqlUnitOfWork) -> None:
        self._outer = outer

    def write(self, command: Callable[[SqlUnitOfWork], T]) -> T:
        """Run `command`; what it wrote is on disk once the outer transaction is."""
        # Made anew each time: a repository that remembers something must not remember what was rolled back.
        uow = SqlUnitOfWork(self._outer.connection, self._outer.site_id)
        with self._outer.connection.begin_nested():
            answer = command(uow)
        self._outer.cases.changed |= uow.cases.changed
        return answer

    def read(self, query: Callable[[SqlUnitOfWork], T]) -> T:
        """Run `query` on what was written up to now."""
        return query(SqlUnitOfWork(self._outer.connection, self._outer.site_id))

    def close(self) -> None:
        """The outer transaction ends by itself."""
