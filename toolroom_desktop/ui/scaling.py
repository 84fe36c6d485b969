"""Letting the windows fit on a small or a much enlarged screen.

A system that enlarges everything to 150 or 200 % leaves fewer pixels than the windows need, and what does not fit is
the lower edge, where the main action stands. There the windows are enlarged a little less than the system asks for.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

LEAST_WINDOW = QSize(1240, 720)
"""What the windows need, in device independent pixels: a screen of 1280 x 800 less a task bar and a title."""

_TITLE_BAR = 32  # device independent pixels; Windows 11 has 31
_FACTOR = "QT_SCALE_FACTOR"


def factor_that_fits(room: QSize, *, title_bar: bool) -> float:
    """By how much to shrink the windows so that they fit into `room`, device independent pixels; at most 1."""
    height = LEAST_WINDOW.height() + (_TITLE_BAR if title_bar else 0)
    return min(1.0, room.width() / LEAST_WINDOW.width(), room.height() / height)


def fitting_application(*, title_bar: bool) -> QApplication:
    """The QApplication of this process; on a screen with too little room, one that draws everything smaller.

    How much room there is only an application knows, and how large it draws is settled when it is made: where the first
    one has too little room, a second one takes its place, before there are any windows.
    """
    application = QApplication(sys.argv[:1])
    factor = factor_that_fits(application.primaryScreen().availableSize(), title_bar=title_bar)
    if factor == 1.0:
        return application
    application.shutdown()
    del application
    os.environ[_FACTOR] = f"{_asked_for() * factor:.4f}"
    return QApplication(sys.argv[:1])


def _asked_for() -> float:
    """The factor that somebody set for this process; what is no number Qt passes over, too."""
    try:
        return float(os.environ.get(_FACTOR, "1"))
    except ValueError:
        return 1.0
