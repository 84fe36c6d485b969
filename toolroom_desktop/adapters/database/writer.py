"""The one thread that writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from sqlalchemy import Engine

from toolroom_desktop.adapters.database.commits import Commits
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.problems import translated
from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.domain.cases import Case

T = TypeVar("T")


class Writer:
    """Runs commands one after the other, each in a transaction of its own, on the writing connection."""

    def __init__(self, engine: Engine, folder: DataFolder, site_id: str) -> None:
        self._engine = engine
        self._folder = folder
        self._site_id = site_id
        self.after_cases: Callable[[str, Sequence[Case], int], None] | None = None
        """Called in this thread after a commit that changed lost-tool cases, before the command's answer is given: with
        the station's id, the cases that are open since, and the highest number that a case ever had."""
        self.commits = Commits()
        self._thread_id: int | None = None
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database", initializer=self._note_thread)

    def run(self, command: Callable[[SqlUnitOfWork], T]) -> T:
        """Run `command` in the database thread and return its answer once the commit is on disk.

        Raises what the command raised or `DatabaseProblem`, with nothing written. `RuntimeError` from within another
        command (it would wait for itself) and after `close`.
        """
        if threading.get_ident() == self._thread_id:
            raise RuntimeError("a command must not run another command: use its own unit of work")
        return self._executor.submit(self._transact, command).result()

    def close(self) -> None:
        """Finish the accepted commands, move the write-ahead log into the file, and close the connection."""
        self._executor.shutdown(wait=True)
        self._thread_id = None
        try:
            with translated(self._folder), self._engine.connect() as connection:
                # Outside a transaction, hence past SQLAlchemy. Closing would do the same, but silently if it fails.
                driver_of(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        finally:
            self._engine.dispose()

    def _note_thread(self) -> None:
        self._thread_id = threading.get_ident()

    def _transact(self, command: Callable[[SqlUnitOfWork], T]) -> T:
        with translated(self._folder), self._engine.begin() as connection:
            uow = SqlUnitOfWork(connection, self._site_id)
            answer = command(uow)
            told: Callable[[], None] | None = None
            if uow.cases.changed and self.after_cases is not None:
                # Read before the commit: readers may be closed by the time of the last one.
                told = partial(self.after_cases, uow.site_id, uow.cases.open(), uow.cases.serial)
        if told is not None:
            told()
        self.commits.tell()
        return answer
