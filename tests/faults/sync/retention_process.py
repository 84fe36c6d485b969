"""A station in a process of its own that lets its photos go, and is killed where a test says."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from pathlib import Path

from tests.centre.stations import Station
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.database.evidence import FileEvidenceStore
from toolroom_desktop.services.sync.retention import PhotoRetention

DAYS_LATER = 40


class KilledStore(FileEvidenceStore):
    """Kills the process before or after it deletes the photo of that number."""

    def __init__(self, folder: Path, at: int, *, after: bool) -> None:
        super().__init__(folder)
        self._left = at
        self._after = after

    def remove(self, sha256: str) -> bool:
        """Delete it, unless this is the end."""
        self._left -= 1
        if self._left < 0 and not self._after:
            os.kill(os.getpid(), signal.SIGKILL)
        gone = super().remove(sha256)
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return gone


def let_photos_go(folder: Path, address: ServerAddress, at: int, after: bool) -> None:
    """Days later everything may go; killed at the photo of that number."""
    station = Station.opened(folder)
    station.address = address
    station.clock.advance(DAYS_LATER * 86_400)
    retention = PhotoRetention(
        database=station.database,
        store=KilledStore(folder, at, after=after),
        recorder=station.puller()._recorder,
        clock=station.clock,
        keep=timedelta(days=30),
    )
    retention.run(lambda: station.lines().open(within=60))
