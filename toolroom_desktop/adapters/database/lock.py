"""One running program per data folder."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from filelock import FileLock, Timeout

from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.domain.errors import DatabaseProblem


class InstanceLock:
    """Held from `acquire` to `release`, and let go by the operating system when the process dies."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        # Taken and released by whichever thread opens and closes the database.
        self._lock = FileLock(folder.lock, timeout=0, thread_local=False)

    def acquire(self) -> None:
        """Raise `DatabaseProblem("database.in_use")`, naming the holder, when another program has the folder."""
        try:
            self._lock.acquire()
        except Timeout:
            pid, program = self._holder()
            raise DatabaseProblem("database.in_use", path=self._folder.path, pid=pid, program=program) from None
        except OSError as error:
            raise file_problem(error, self._folder.path, area="database") from error
        try:
            self._folder.holder.write_text(
                json.dumps({"pid": os.getpid(), "program": Path(sys.argv[0]).name or "python"}), encoding="utf-8"
            )
        except OSError as error:
            self._lock.release()
            raise file_problem(error, self._folder.path, area="database") from error

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._lock.is_locked:
            self._folder.holder.unlink(missing_ok=True)
            self._lock.release()

    def _holder(self) -> tuple[str, str]:
        # The holder may be starting or ending just now; its name only makes the message better.
        try:
            holder = json.loads(self._folder.holder.read_text(encoding="utf-8"))
            return str(holder["pid"]), str(holder["program"])
        except (OSError, ValueError, KeyError, TypeError):
            return "?", "?"
