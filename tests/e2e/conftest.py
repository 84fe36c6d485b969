"""A whole station in real windows, over real photos instead of a camera."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from toolroom_desktop.adapters.camera.factory import make_camera
from toolroom_desktop.adapters.security.clock import SystemClock
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.bootstrap import build
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.ui.app import Station
from toolroom_desktop.ui.main_window import MainWindow

HERE = Path(__file__).parent
OpenStation = Callable[..., MainWindow]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says for every window that it cannot tell the window manager its size."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    return tmp_path / "Станция № 1"


@pytest.fixture
def open_station(qtbot: QtBot, data_folder: Path) -> Iterator[OpenStation]:
    """Starts the program as `toolroom-desktop --demo` does, with `photos` (a file or folder) as its camera.

    `model` is the manifest of the model that the settings name; None: the program's own judges.
    """
    stations: list[Station] = []

    def open_(photos: Path, language: str = "ru", *, model: Path | None = None) -> MainWindow:
        clock = SystemClock()
        settings = Settings.model_validate({"station": {"language": language}, "model": {"manifest": str(model or "")}})

        def build_context(report: Callable[[str], None]) -> AppContext:
            camera = make_camera(f"replay:{photos}", photo_reader=FilePhotoReader(), clock=clock)
            return build(data_folder, settings, demo=True, report=report, camera=camera, clock=clock, pin_cost=FAST)

        station = Station(build_context, settings, data_folder / "settings.toml", crash_folder=data_folder / "crashes")
        stations.append(station)
        station.start()
        qtbot.waitUntil(lambda: station.window is not None and station.window.isVisible(), timeout=60_000)
        window = station.window
        assert window is not None
        window.resize(1280, 800)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_
    for station in stations:
        with qtbot.waitSignal(station.ended, timeout=30_000):
            station.stop()
        if station.window is not None:
            station.window.deleteLater()
        station.start_window.deleteLater()
        station.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
