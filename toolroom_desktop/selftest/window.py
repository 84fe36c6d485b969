"""The station's window opens on a demo station, draws itself and closes again."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel

from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import build
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.selftest.qt import application, remarks
from toolroom_desktop.services.doctor import Check, Grade
from toolroom_desktop.ui.app import prepare
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.translation import Translations

_SIZE = (1280, 800)
_CYRILLIC = re.compile("[А-Яа-я]")
# The sign-in screen has a few hundred; an empty window has one, and one of bare boxes a handful.
LEAST_COLOURS = 32


def colours(image: QImage) -> int:
    """How many colours a picture has."""
    exact = image.convertToFormat(QImage.Format.Format_RGB32)
    return len(set(memoryview(exact.constBits()).cast("I")))


def look(bench: Workbench, *, disturb: Callable[[MainWindow], None] = lambda _window: None) -> Check:
    """Open the sign-in screen in Russian and look at it; `disturb` is given the window before."""
    running = application()
    room = bench.room("window")
    settings = Settings.model_validate({"station": {"language": "ru"}, "learning": {"keep_for_review": False}})
    with remarks() as said:
        station = build(room, settings, demo=True, detector=bench.detector(), pin_cost=FAST)
        translations = Translations()
        try:
            theme = prepare(settings)
            window = MainWindow(station, settings, room / "settings.toml", theme=theme, translations=translations)
            try:
                disturb(window)
                drawn = _open(window, running)
            finally:
                window.stop()
                window.close()
                window.deleteLater()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        finally:
            translations.clear()
            station.close()
    platform = QGuiApplication.platformName()
    facts = {"platform": platform, "colours": drawn, "qt_remarks": said}
    details: dict[str, object] = {"platform": platform, "width": _SIZE[0], "height": _SIZE[1]}
    return Check("window", Grade.GOOD, "selftest.window", details, facts)


def _open(window: MainWindow, running: QApplication) -> int:
    """Show the window and return the colours that it has, of the title alone and of the whole."""
    window.resize(*_SIZE)
    window.show_sign_in()
    window.show()
    running.processEvents()
    screen = window.sign_in_screen
    if window.current is not screen or not screen.isVisible():
        raise BadProgram("selftest.window_wrong_screen")
    titles = [part for part in screen.findChildren(QLabel) if part.isVisible() and _CYRILLIC.search(part.text())]
    if not titles:
        raise BadProgram("selftest.window_wordless")
    drawn = colours(window.grab().toImage())
    if drawn < LEAST_COLOURS or any(colours(title.grab().toImage()) < 2 for title in titles):
        raise BadProgram("selftest.window_blank", count=drawn)
    return drawn
