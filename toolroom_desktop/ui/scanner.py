"""Tells a badge or label scanner, which types like a keyboard, from a person who types.

A scanner sends its characters a few milliseconds apart and ends with Enter or Tab; nobody types four characters in a
row like that. What it typed into the field that happened to have the focus is taken out again, and its final key is
swallowed, so that a scan never presses a button.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

MOST_SECONDS_BETWEEN = 0.050
LEAST_CHARACTERS = 4
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)

# Labels and badges hold Latin text. With a Russian keyboard layout active the same keys arrive as Cyrillic letters.
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"
_BY_KEY = str.maketrans(_RUSSIAN_KEYS, _LATIN_KEYS)


def as_latin_keys(text: str) -> str:
    """The text that the same keys give with a Latin layout."""
    return text.translate(_BY_KEY)


@dataclass(slots=True)
class Rhythm:
    """Decides from keys and times alone; `feed` and `ends` get seconds."""

    text: str = ""
    last_at: float = field(default=float("-inf"))

    def feed(self, character: str, at: float) -> bool:
        """Take a character; True when it begins anew because too much time had passed."""
        begins = at - self.last_at > MOST_SECONDS_BETWEEN
        self.text = character if begins else self.text + character
        self.last_at = at
        return begins

    def ends(self, at: float) -> str:
        """The scanned code when Enter or Tab comes at `at`, else an empty text. Starts anew either way."""
        scanned = len(self.text) >= LEAST_CHARACTERS and at - self.last_at <= MOST_SECONDS_BETWEEN
        code = self.text if scanned else ""
        self.text = ""
        self.last_at = float("-inf")
        return code


class Scanner(QObject):
    """An event filter for the application; emits `scanned` with the code."""

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None, *, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._rhythm = Rhythm()
        self._field: QLineEdit | QPlainTextEdit | None = None
        self._before = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what is typed; swallow only the key that ends a scan."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not self._is_first(watched):
            return False
        if event.isAutoRepeat():
            self._rhythm = Rhythm()
            return False
        at = self._time_of(event)
        if event.key() in _ENDS:
            code = self._rhythm.ends(at)
            if code:
                self._undo_typing()
                self.scanned.emit(as_latin_keys(code).strip())
            return bool(code)
        if event.text() and event.text().isprintable() and self._rhythm.feed(event.text(), at):
            self._remember_field()
        return False

    @staticmethod
    def _is_first(watched: QObject) -> bool:
        """Whether this is the event's first widget: a key that nobody used is sent on to the parents, too."""
        if not isinstance(watched, QWidget):
            return False
        focused = QApplication.focusWidget()
        return watched is focused if focused is not None else watched.isWindow()

    def _time_of(self, event: QKeyEvent) -> float:
        """When the key was pressed, not when a busy window came to look at it."""
        stamp = event.timestamp()
        return stamp / 1000 if stamp else self._seconds()

    def _remember_field(self) -> None:
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit):
            self._field, self._before = focused, focused.text()
        elif isinstance(focused, QPlainTextEdit):
            self._field, self._before = focused, focused.toPlainText()
        else:
            self._field, self._before = None, ""

    def _undo_typing(self) -> None:
        if self._field is None or self._field is not QApplication.focusWidget():
            return
        if isinstance(self._field, QLineEdit):
            self._field.setText(self._before)
        else:
            self._field.setPlainText(self._before)
        self._field = None
