"""Exchanging a whole station for another one inside its data folder, so that a kill at any point leaves no doubt.

The new station lies whole and on disk in a folder beside. A note, `restore.json`, is written before anything moves and
removed when all has moved; every move is a rename on one disk, and from what lies where it can be told which moves were
made. So whoever comes next, the same command or a start of the station, can finish. What was there before is set aside.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from toolroom_desktop.adapters.database.files import removed_on_failure, replace_durably, sync_folder
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.domain.errors import DatabaseProblem

_FORMAT = 1
_SIDECARS = ("-journal", "-shm", "-wal")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Names in the data folder: `staging` holds the new station, `aside` takes the old one.

    leaving   names that were there and are set aside
    coming    names that come out of `staging`, the database last
    backup    which backup it is, to tell the same one by
    """

    staging: str
    aside: str
    leaving: tuple[str, ...]
    coming: tuple[str, ...]
    backup: str


def pending_exchange(folder: DataFolder) -> Exchange | None:
    """The exchange that was cut short, None where there is none.

    Raises `DatabaseProblem("restore.note_damaged")` for a note that cannot be read: then a person has to look.
    """
    try:
        content = json.loads(folder.exchange.read_bytes())
        if content["format"] != _FORMAT:
            raise ValueError("another format")
        found = Exchange(
            staging=str(content["staging"]),
            aside=str(content["aside"]),
            leaving=tuple(map(str, content["leaving"])),
            coming=tuple(map(str, content["coming"])),
            backup=str(content["backup"]),
        )
        names = (found.staging, found.aside, *found.leaving, *found.coming)
        if any(Path(name).name != name or name in ("", ".", "..") for name in names):
            raise ValueError("a name outside the folder")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise file_problem(error, folder.exchange, area="database") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DatabaseProblem("restore.note_damaged", path=folder.exchange, reason=str(error)) from error
    return found


def exchange(folder: DataFolder, wanted: Exchange) -> None:
    """Do it, with the lock of the folder held. When a move fails everything is moved back, and the error raised."""
    _note(folder, wanted)
    try:
        _move(folder, wanted)
    except BaseException:
        # Where even that fails the note stays, and the next one to come finishes.
        with suppress(OSError):
            _move_back(folder, wanted)
            _forget(folder)
        raise
    _forget(folder)
    shutil.rmtree(folder.path / wanted.staging, ignore_errors=True)


def finish(folder: DataFolder, begun: Exchange) -> None:
    """Make the moves that are left of an exchange that was cut short, with the lock of the folder held.

    Raises `DatabaseProblem`: database.read_only, .disk_error and the like.
    """
    try:
        _move(folder, begun)
        _forget(folder)
    except OSError as error:
        raise file_problem(error, folder.path, area="database") from error
    shutil.rmtree(folder.path / begun.staging, ignore_errors=True)


def present(folder: DataFolder, names: Sequence[str]) -> tuple[str, ...]:
    """Which of the names of a station lie in the folder; the database after its write-ahead log."""
    database = folder.database.name
    everything = [*(f"{database}{ending}" for ending in _SIDECARS), *(name for name in names if name != database)]
    return tuple(name for name in (*everything, database) if os.path.lexists(folder.path / name))


def _note(folder: DataFolder, wanted: Exchange) -> None:
    unfinished = folder.exchange.with_name(f"{folder.exchange.name}.part")
    with removed_on_failure(unfinished):
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump({"format": _FORMAT, **asdict(wanted)}, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        replace_durably(unfinished, folder.exchange)


def _forget(folder: DataFolder) -> None:
    folder.exchange.unlink()
    sync_folder(folder.path)


def _move(folder: DataFolder, moves: Exchange) -> None:
    root, staging, aside = folder.path, folder.path / moves.staging, folder.path / moves.aside
    if moves.leaving:
        aside.mkdir(exist_ok=True)
    for name in moves.leaving:
        # Not there yet means that what lies in the folder is still the old one.
        if not os.path.lexists(aside / name) and os.path.lexists(root / name):
            (root / name).rename(aside / name)
    for name in moves.coming:
        if not os.path.lexists(staging / name):
            continue
        if name == folder.database.name:
            _clear_sidecars(folder, aside)
        (staging / name).rename(root / name)
    if moves.leaving:
        sync_folder(aside)
    sync_folder(root)


def _clear_sidecars(folder: DataFolder, aside: Path) -> None:
    """A reader that had the old database open may have made its log anew; SQLite would play it over the new one."""
    for ending in _SIDECARS:
        stray = folder.database.with_name(folder.database.name + ending)
        if stray.exists():
            aside.mkdir(exist_ok=True)
            place = aside / stray.name
            stray.rename(place if not place.exists() else aside / f"{stray.name}.late")


def _move_back(folder: DataFolder, moves: Exchange) -> None:
    root, staging, aside = folder.path, folder.path / moves.staging, folder.path / moves.aside
    for name in reversed(moves.coming):
        if not os.path.lexists(staging / name) and os.path.lexists(root / name):
            (root / name).rename(staging / name)
    for name in reversed(moves.leaving):
        if os.path.lexists(aside / name):
            (aside / name).rename(root / name)
    with suppress(OSError):
        aside.rmdir()
    sync_folder(root)
