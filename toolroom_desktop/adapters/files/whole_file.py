"""Files that appear under their name when they are whole, or not at all.

    with whole_file(path) as file:      # a temporary file beside the target, open for writing and reading bytes
        file.write(...)                 # leaving the block: fsync, then the target is replaced in one step

Whatever is raised in the block, Ctrl+C too, leaves the target as it was and no temporary file behind. What the system
refuses (no such folder, no rights, full disk, a file that Excel holds open, too long a name) comes out as `BadInput`
with a sentence that says what to do.
"""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from uuid import uuid4

from toolroom_desktop.domain.errors import BadInput

_WINDOWS = os.name == "nt"
# Windows takes longer paths only with this before them, whatever the system's settings say.
_LONG = "\\\\?\\"
_LONG_SHARE = "\\\\?\\UNC\\"
_LONGEST_PLAIN = 240
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
# ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, ERROR_USER_MAPPED_FILE
_HELD = frozenset({32, 33, 1224})
_HANDLE_DISK_FULL = 39
_DISK_FULL = 112
_BAD_NAME = 123
_NAME_TOO_LONG = 206
_UNFINISHED = ".toolroom-"
_SURELY_LEFT_SECONDS = 600.0


def long_path(path: str) -> str:
    """An absolute path of Windows in the form in which it may be of any length."""
    if len(path) < _LONGEST_PLAIN or path.startswith(_LONG):
        return path
    return _LONG_SHARE + path[2:] if path.startswith("\\\\") else _LONG + path


def system_path(path: Path) -> Path:
    """The path as the system takes it, however long it is."""
    return Path(long_path(os.path.abspath(path))) if _WINDOWS else path  # noqa: PTH100 - nothing is resolved


def free_name(path: Path) -> Path:
    """`path`, or the first like "report (2).xlsx" that nothing is called yet."""
    number, free = 1, path
    while os.path.lexists(system_path(free)):
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


@contextmanager
def whole_file(path: Path, *, overwrite: bool = True) -> Iterator[IO[bytes]]:
    """A file for writing (and reading back) that takes the place of `path` when the block is left in peace.

    Looks first whether the place can be written to at all, so that nobody waits for minutes to hear that it cannot.
    Raises `BadInput`: "file.there_already" unless `overwrite`, "file.no_folder", "file.is_a_folder", "file.no_rights",
    "file.open_elsewhere", "file.disk_full", "file.name_too_long", "file.bad_name", "file.not_written".
    """
    try:
        _refuse_at_once(path, overwrite=overwrite)
        unfinished = system_path(path.with_name(f"{_UNFINISHED}{uuid4().hex[:12]}.part"))
        try:
            with unfinished.open("x+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if not overwrite and os.path.lexists(system_path(path)):
                raise BadInput("file.there_already", path=path, other=free_name(path).name)
            unfinished.replace(system_path(path))
            _keep_name(path.parent)
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise file_problem(error, path) from error


def write_whole(path: Path, content: bytes, *, overwrite: bool = True) -> None:
    """Write a file of those bytes as `whole_file` does."""
    with whole_file(path, overwrite=overwrite) as file:
        file.write(content)


def file_problem(error: OSError, path: Path) -> BadInput:
    """What the system's refusal to write `path` means to whoever wanted the file."""
    number, windows = error.errno, getattr(error, "winerror", None) or 0
    if number in _FULL or windows in (_HANDLE_DISK_FULL, _DISK_FULL):
        return BadInput("file.disk_full", path=path)
    if number == errno.ENAMETOOLONG or windows == _NAME_TOO_LONG:
        return BadInput("file.name_too_long", path=path, length=len(path.name))
    if windows == _BAD_NAME:
        return BadInput("file.bad_name", path=path)
    if isinstance(error, IsADirectoryError) or _is_folder(path):
        return BadInput("file.is_a_folder", path=path)
    if windows in _HELD or (windows and number in _FORBIDDEN and os.path.lexists(system_path(path))):
        # Windows says "access denied" where it should say that another program holds the file.
        return BadInput("file.open_elsewhere", path=path, other=free_name(path).name)
    if number in _FORBIDDEN:
        return BadInput("file.no_rights", path=path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return BadInput("file.no_folder", folder=path.parent)
    return BadInput("file.not_written", path=path, reason=error.strerror or str(error))


def _is_folder(path: Path) -> bool:
    return system_path(path).is_dir()


def _refuse_at_once(path: Path, *, overwrite: bool) -> None:
    # A name of a length that no file may have raises here what the file would raise later.
    system_path(path.parent).lstat()
    if _is_folder(path):
        raise BadInput("file.is_a_folder", path=path)
    try:
        system_path(path).lstat()
    except FileNotFoundError:
        return
    if not overwrite:
        raise BadInput("file.there_already", path=path, other=free_name(path).name)
    # A file that Excel holds open, or that nobody may change, cannot be replaced either.
    with system_path(path).open("r+b"):
        pass


def _keep_name(folder: Path) -> None:
    """Make the new name outlive a power cut, where the system lets a folder be synced."""
    if _WINDOWS:
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def finish_begun(folder: Path, known: Mapping[str, str]) -> None:
    """Give the files that a power cut left without their name the name they were about to get, and remove the others.

    known  {SHA-256 of the content: name} of what is known to have been whole

    Only files that nobody can be writing any more are touched. What cannot be done now is done another time.
    """
    with suppress(OSError):
        for unfinished in system_path(folder).glob(f"{_UNFINISHED}*.part"):
            if time.time() - unfinished.stat().st_mtime < _SURELY_LEFT_SECONDS:
                continue
            name = known.get(hashlib.sha256(unfinished.read_bytes()).hexdigest())
            target = None if name is None else system_path(folder / name)
            if target is not None and not os.path.lexists(target):
                unfinished.replace(target)
            else:
                unfinished.unlink()
