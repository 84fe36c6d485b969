"""Windows for the tests, opened on a real station and closed in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.station import Bench, open_bench
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.ui.app import prepare
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.translation import Translations

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says for every window that it cannot tell the window manager its size."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))


OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def clock() -> HandClock:
    """The station's clock, in the test's hands."""
    return HandClock()


@pytest.fixture
def bench(tmp_path: Path, clock: HandClock) -> Iterator[Bench]:
    """A demo station with real records."""
    made = open_bench(tmp_path / "data", clock)
    yield made
    made.app.close()


@pytest.fixture
def open_window(qtbot: QtBot, bench: Bench) -> Iterator[OpenWindow]:
    """Opens the main window at 1280 x 800, in a language and a theme, at sign-in."""
    opened: list[tuple[MainWindow, Translations]] = []

    def open_(language: str = "en", theme: str = "light", **station: object) -> MainWindow:
        settings = Settings.model_validate({"station": {"language": language, "theme": theme, **station}})
        translations = Translations()
        window = MainWindow(
            bench.app, settings, bench.settings_path, theme=prepare(settings), translations=translations
        )
        opened.append((window, translations))
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(window.scanner)
        application.installEventFilter(window.idle)
        window.resize(1280, 800)
        window.show_sign_in()
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_
    for window, translations in opened:
        window.stop()
        window.close()
        window.deleteLater()
        translations.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
