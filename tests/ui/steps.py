"""What a person does at the windows, in steps that several tests share."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from toolroom_desktop.services.context import AppContext
from toolroom_desktop.ui.main_window import MainWindow

HUMAN_PACE_MS = 60
SCANNER_PACE_MS = 5
STATION_MS = 30_000
"""What a whole station may take at most to start, with a real model, or to end, on a busy machine."""


def type_slowly(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Type at the pace of a quick person, slower than any scanner."""
    field.setFocus()
    QTest.keyClicks(field, text, Qt.KeyboardModifier.NoModifier, HUMAN_PACE_MS)


def press(qtbot: QtBot, window: QWidget, key: Qt.Key) -> None:
    """Press a key where the keyboard is, a moment after whatever was typed."""
    QTest.keyClick(focus(window), key, Qt.KeyboardModifier.NoModifier, HUMAN_PACE_MS)


def scan(window: QWidget, code: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """What a scanner does: type at once, wherever the keyboard is, and end with Enter.

    The keys carry their times, as those of a real keyboard do; on a busy machine a scan stays a scan.
    """
    at = int(1000 * time.monotonic())
    # QTest types Latin letters only, and without times.
    for key, character in [*((0, character) for character in code), (end, "")]:
        at += SCANNER_PACE_MS
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            event.setTimestamp(at)
            QApplication.sendEvent(focus(window), event)


def focus(window: QWidget) -> QWidget:
    """The widget that gets the keys."""
    return QApplication.focusWidget() or window


def sign_in(window: MainWindow, app: AppContext, badge: str = "DEMO-TECH") -> None:
    """Have somebody signed in without the windows of sign-in."""
    window.signed_in(app.accounts.who(badge))
