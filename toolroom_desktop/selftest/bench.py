"""What the checks share."""

from __future__ import annotations

import threading
from pathlib import Path

from toolroom_desktop.adapters.vision.detector import OnnxDetector
from toolroom_desktop.bootstrap import demo_picture, open_model
from toolroom_desktop.config.paths import resource
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.selftest.network import NetworkWatch
from toolroom_desktop.services.vision_ports import Picture


class Workbench:
    """A temporary folder, the shipped model once somebody needed it, and the watch over the network."""

    def __init__(self, folder: Path, network: NetworkWatch, detector: OnnxDetector | None = None) -> None:
        """`folder` is empty and is removed afterwards by whoever made it; `detector` stands in for the shipped one."""
        self.folder = folder
        self.network = network
        self._detector = detector
        self._lock = threading.Lock()

    def room(self, name: str) -> Path:
        """A new folder for one check. Its name is not plain Latin: users' names are not either."""
        room = self.folder / f"{name} — проверка"
        room.mkdir()
        return room

    def detector(self) -> OnnxDetector:
        """The model that ships with the program, its signature verified; loaded once. Raises `BadModel`."""
        with self._lock:
            if self._detector is None:
                self._detector = open_model(Settings(), self.folder / "models of nobody")
            return self._detector

    def table(self) -> Picture:
        """The first table of the demonstration. Raises `BadPhoto`."""
        return demo_picture()


def own_file(*parts: str) -> Path:
    """A file or folder of what the self-test compares with."""
    return resource("selftest", *parts)
