"""One place that turns what SQLite and the file system say into something that the user can mend."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.domain.errors import DatabaseProblem

# Below this a disk counts as full: SQLite reports some failures to grow a file as a plain input/output error.
_FULL_BELOW_BYTES = 1 << 20

_FULL_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT})
_READ_ONLY_ERRNOS = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})

_CODES = {
    sqlite3.SQLITE_FULL: "database.disk_full",
    sqlite3.SQLITE_READONLY: "database.read_only",
    sqlite3.SQLITE_PERM: "database.read_only",
    sqlite3.SQLITE_BUSY: "database.busy",
    sqlite3.SQLITE_LOCKED: "database.busy",
    sqlite3.SQLITE_CORRUPT: "database.damaged",
    sqlite3.SQLITE_NOTADB: "database.damaged",
    sqlite3.SQLITE_CANTOPEN: "database.cannot_open",
    sqlite3.SQLITE_IOERR: "database.disk_error",
}


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without its extension; 0 when the error did not come from SQLite itself."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def newest_backup(folder: DataFolder) -> Path | None:
    """The backup made last, by its file time; None when there is none."""
    try:
        found = [(path.stat().st_mtime_ns, path) for path in folder.backups.glob("*.sqlite")]
    except OSError:
        return None
    return max(found)[1] if found else None


def damaged(folder: DataFolder, reason: str) -> DatabaseProblem:
    """The problem of a database file that cannot be trusted, naming the newest backup where there is one."""
    backup = newest_backup(folder)
    if backup is None:
        return DatabaseProblem("database.damaged_without_backup", path=folder.database, reason=reason)
    return DatabaseProblem("database.damaged", path=folder.database, backup=backup, reason=reason)


def database_problem(error: BaseException, folder: DataFolder) -> DatabaseProblem | None:
    """What `error` means to the user, or None where it is a fault of the program (a broken constraint, bad SQL)."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(original, sqlite3.Error):
        return None
    code = _CODES.get(primary_code(original))
    if code is None:
        return None
    reason = f"{original} ({getattr(original, 'sqlite_errorname', 'unknown')})"
    if code == "database.damaged":
        return damaged(folder, reason)
    if code in ("database.disk_error", "database.cannot_open") and _disk_is_full(folder.path):
        code = "database.disk_full"
    return DatabaseProblem(code, path=folder.database, reason=reason)


def file_problem(error: OSError, path: Path, *, area: str) -> DatabaseProblem:
    """What a failed file operation under `path` means; `area` ("database", "evidence", "secrets") leads the code."""
    if error.errno in _FULL_ERRNOS:
        kind = "disk_full"
    elif error.errno in _READ_ONLY_ERRNOS:
        kind = "read_only"
    else:
        kind = "disk_error"
    return DatabaseProblem(f"{area}.{kind}", path=path, reason=str(error))


@contextmanager
def translated(folder: DataFolder) -> Iterator[None]:
    """Raise a `DatabaseProblem` for every error inside that the user can mend."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        problem = database_problem(error, folder)
        if problem is None:
            raise
        raise problem from error


def _disk_is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _FULL_BELOW_BYTES
    except OSError:
        return False
