"""A station in a process of its own that takes the centre's model, and is killed where a test says."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.centre.modelling import ModelRoom
from tests.centre.rooms import Room
from tests.fakes import HandClock
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.files.incoming import IncomingFolder
from toolroom_desktop.services.models import Shelf


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def take_model(folder: Path, address: ServerAddress, pieces: int, where: str) -> None:
    """Sync once. Killed after so many pieces ("piece"), before ("note") or after ("noted") the shelf is written."""
    left = pieces
    append = IncomingFolder.append

    def counted(self: IncomingFolder, sha256: str, piece: bytes) -> int:
        nonlocal left
        held = append(self, sha256, piece)
        left -= 1
        if where == "piece" and left <= 0:
            _kill()
        return held

    IncomingFolder.append = counted  # type: ignore[method-assign]
    station = ModelRoom(Room.opened("A", folder, address, HandClock()))
    keeper = station.keeper()
    store = keeper._models.store
    note = type(store).note

    def killed(self: object, shelf: Shelf) -> None:
        if where == "note":
            _kill()
        note(store, shelf)
        if where == "noted":
            _kill()

    type(store).note = killed  # type: ignore[method-assign]
    station.sync(keeper)
