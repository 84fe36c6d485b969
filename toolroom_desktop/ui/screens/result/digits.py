"""Digits as answers, told apart from a scanner that types a badge full of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from toolroom_desktop.ui.scanner import MOST_SECONDS_BETWEEN


class AnswerKeys(QObject):
    """Emits `answered` for a digit key that nothing else followed at a scanner's pace."""

    answered = Signal(int)

    def __init__(self, answers: int, parent: QObject | None = None) -> None:
        """`answers` is how many there are: the keys 1 to that number."""
        super().__init__(parent)
        self._answers = answers
        self._character = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(1000 * MOST_SECONDS_BETWEEN) + 10)
        self._timer.timeout.connect(self._decide)

    def typed(self, character: str) -> None:
        """A key was pressed somewhere that does not take text."""
        self._character = "" if self._timer.isActive() else character
        self._timer.start()

    def _decide(self) -> None:
        character, self._character = self._character, ""
        if len(character) == 1 and character.isascii() and character.isdigit() and 1 <= int(character) <= self._answers:
            self.answered.emit(int(character) - 1)
