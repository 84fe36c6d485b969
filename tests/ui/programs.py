"""Programs that a test starts as the entry point does, each of which is seen to end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests.ui.steps import STATION_MS
from toolroom_desktop.ui.app import Station


class Programs:
    """Starts stations and remembers which of them have ended."""

    def __init__(self) -> None:
        self._started: list[tuple[Station, list[int]]] = []

    def start(self, station: Station) -> Station:
        """Start it; `programs` ends it."""
        ended: list[int] = []
        station.ended.connect(ended.append)
        self._started.append((station, ended))
        station.start()
        return station

    def end(self, qtbot: QtBot) -> None:
        """Stop those that still run, wait for their end and take their windows away."""
        for station, ended in self._started:
            if not ended:
                station.stop()
            qtbot.waitUntil(lambda ended=ended: bool(ended), timeout=STATION_MS)  # type: ignore[misc]
            station.start_window.deleteLater()
            if station.window is not None:
                station.window.deleteLater()
            station.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def programs(qtbot: QtBot) -> Iterator[Programs]:
    """Programs that have ended when this is left."""
    made = Programs()
    yield made
    made.end(qtbot)
