"""A restore in a process of its own that dies at the step that it is told, as in a power cut."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.fakes import HandClock
from toolroom_desktop.adapters.station_backup.restore import restore_station

STEPS = ("mkdir", "rename", "replace", "unlink", "fsync")
"""What changes a disk, or what is on it for good."""


def restore_and_die(backup: Path, folder: Path, at: int, told: Connection) -> None:
    """Restore, and die just before the step number `at`; with none such, send the names of all steps."""
    made: list[str] = []

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **more: Any) -> Any:
            if len(made) == at:
                os.kill(os.getpid(), signal.SIGKILL)
            what = Path(arguments[1]).name if name in ("rename", "replace") else name
            made.append(what)
            return function(*arguments, **more)

        return step

    for name in STEPS:
        setattr(os, name, counted(name, getattr(os, name)))
    restore_station(backup, folder, agree=lambda _checked, _there: True, now=HandClock().now(), keyring=lambda: None)
    told.send(made)
