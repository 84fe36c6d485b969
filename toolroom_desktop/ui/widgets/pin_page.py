"""One field for a PIN with the digits beside it, and what is said about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.number_pad import NumberPad
from toolroom_desktop.ui.widgets.parts import label
from toolroom_desktop.ui.widgets.pin_field import PinField

_COLUMN = 480


class TwicePin:
    """A new PIN, typed twice so that nobody is locked out by a slip."""

    def __init__(self) -> None:
        self._first = ""

    @property
    def asks_again(self) -> bool:
        """Whether the first of the two is there."""
        return bool(self._first)

    def forget(self) -> None:
        """Begin anew."""
        self._first = ""

    def take_first(self, pin: str) -> None:
        """The PIN as it was typed first."""
        self._first = pin

    def same(self, pin: str) -> bool:
        """Whether the second is the first; forgets the first."""
        first, self._first = self._first, ""
        return pin == first


class PinPage(QWidget):
    """Says who is asked for which PIN; `typed` whenever the field changes."""

    typed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("title", self, wrap=True)
        self.text = label("body", self, wrap=True)
        self.asked = label("strong", self, wrap=True)
        self.field = PinField(self)
        self.notice = Notice(theme, self)
        self.pad = NumberPad(theme, self)
        left = QWidget(self)
        left.setMaximumWidth(_COLUMN)
        self.pad.setMaximumWidth(_COLUMN)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.gap)
        column.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(theme.metrics.margin)
        column.addWidget(self.asked)
        column.addWidget(self.field)
        column.addWidget(self.notice)
        column.addStretch(2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * theme.metrics.margin)
        row.addStretch(1)
        row.addWidget(left, 8)
        row.addWidget(self.pad, 8, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.field.textChanged.connect(self.typed)
        self.pad.digit.connect(self.field.insert)
        self.pad.erase.connect(self.field.backspace)
        self.pad.clear.connect(self.field.clear)

    def ask_for(self, asked: str) -> None:
        """Ask for that PIN in an empty field, with the keyboard in it."""
        self.asked.setText(asked)
        self.field.setAccessibleName(asked)
        self.field.clear()
        self.field.setFocus()

    def allow(self, *, typing: bool) -> None:
        """Whether anything can be typed now."""
        self.pad.setEnabled(typing)
        self.field.setReadOnly(not typing)

    def retranslate(self) -> None:
        """Name the digits in the present language."""
        self.pad.retranslate()
