"""What Qt needs before anything can be set or painted: an application, and the typeface of paper."""

from __future__ import annotations

import os
import threading

from PySide6.QtGui import QFontDatabase, QGuiApplication

from toolroom_desktop.printing.fonts import FAMILY, load_fonts

_PLATFORM = "QT_QPA_PLATFORM"
# Qt lets an application be made only once in a process.
_kept: list[QGuiApplication] = []
_making = threading.Lock()


def need_application() -> None:
    """Fonts need an application; the command line has none and gets one that opens no screen."""
    with _making:
        if QGuiApplication.instance() is None:
            _kept.append(QGuiApplication(["toolroom", "-platform", os.environ.get(_PLATFORM) or "offscreen"]))
        if FAMILY not in QFontDatabase.families():
            load_fonts()
