"""A note for the record: plain text of limited length."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from toolroom_desktop.ui.screens.result.presenter import MOST_NOTE_CHARACTERS
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import label

_COUNTER_FROM = 400


class NoteField(QPlainTextEdit):
    """Plain text in which Enter does what it does everywhere; Shift+Enter begins a new line, Tab goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the screen."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


class Note(QWidget):
    """The field with its name and, near the limit, a counter. `changed` carries the text."""

    changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label("caption", self)
        self._counter = label("caption", self)
        self.field = NoteField(self)
        self.field.setFixedHeight(theme.metrics.touch + 8)
        line = QHBoxLayout()
        line.addWidget(self._label)
        line.addStretch(1)
        line.addWidget(self._counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.field)
        self.field.textChanged.connect(self._limit)

    @property
    def counter(self) -> str:
        """How much of the limit is used; empty far from it."""
        return self._counter.text()

    def show_text(self, text: str) -> None:
        """Begin with this text."""
        self.field.setPlainText(text)

    def retranslate(self) -> None:
        """Set the texts in the present language."""
        self._label.setText(self.tr("Note"))
        self.field.setAccessibleName(self.tr("Note"))
        self.field.setPlaceholderText(self.tr("What the next person should know"))
        self._show_counter()

    def _limit(self) -> None:
        text = self.field.toPlainText()
        if len(text) > MOST_NOTE_CHARACTERS:
            at = min(self.field.textCursor().position(), MOST_NOTE_CHARACTERS)
            self.field.setPlainText(text[:MOST_NOTE_CHARACTERS])  # comes back here with a text that fits
            cursor = self.field.textCursor()
            cursor.setPosition(at)
            self.field.setTextCursor(cursor)
            return
        self._show_counter()
        self.changed.emit(text)

    def _show_counter(self) -> None:
        used = len(self.field.toPlainText())
        words = self.tr("{count} of {most} characters").format(count=used, most=MOST_NOTE_CHARACTERS)
        self._counter.setText(words if used >= _COUNTER_FROM else "")
