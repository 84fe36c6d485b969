"""The centre of a station in the tests of its screens: enrolments by hand, and what the screens say of sync."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QLabel

from tests.fakes import HandClock
from toolroom_desktop.domain.errors import BadInput, CentreProblem
from toolroom_desktop.services.sync.link import Joined, Kept
from toolroom_desktop.services.sync.state import SyncState
from toolroom_desktop.ui.main_window import MainWindow

KEPT = Kept("Ангар 1", "centre.example:5432/toolroom", "keyring")


class HandEnrolments:
    """`Enrolments` that the test speaks for."""

    def __init__(self) -> None:
        self.kept: Kept | None = None
        self.damaged = False
        self.refusal: BadInput | CentreProblem | None = None
        self.away: CentreProblem | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.taken: list[Path] = []

    def exists(self) -> bool:
        return self.kept is not None or self.damaged

    def look(self) -> Kept:
        if self.kept is None:
            raise CentreProblem("enrolment.kept_damaged", path="C:/Toolroom/centre.json")
        return self.kept

    def join(self, path: Path, *, pending: int) -> Joined:
        self.gate.wait(30)
        if self.refusal is not None:
            raise self.refusal
        self.taken.append(path)
        self.kept = KEPT
        return Joined(KEPT, self.away)


def synced(clock: HandClock, **changes: object) -> SyncState:
    return replace(SyncState(last_success=clock.now() - timedelta(minutes=3), rounds=1), **changes)  # type: ignore[arg-type]


def told(window: MainWindow, state: SyncState) -> str:
    """The indicator after a thread of sync said that."""
    window.sync_watch._take(state)
    return window.sync_indicator.text()


def texts(window: MainWindow) -> list[str]:
    return [one.text() for one in window.sync_screen.findChildren(QLabel) if one.isVisible() and one.text()]


def on_screen(window: MainWindow) -> str:
    return type(window.current).__name__
