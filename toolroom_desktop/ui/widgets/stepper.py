"""A whole number between two large buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import button


class Stepper(QWidget):
    """Emits `changed` when a person chose another number."""

    changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most, self._value = 1, 1, 1
        self.field = QLineEdit(self)
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setMaxLength(4)
        self.less, self.more = self._step_button(theme, "−"), self._step_button(theme, "+")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.metrics.gap // 2)
        row.addWidget(self.less)
        row.addWidget(self.field, 1)
        row.addWidget(self.more)
        self.less.clicked.connect(self._down)
        self.more.clicked.connect(self._up)
        self.field.editingFinished.connect(self._entered)

    def _step_button(self, theme: Theme, sign: str) -> QPushButton:
        made = button(theme, "plain", "", self)
        made.setText(sign)
        made.setFixedWidth(theme.metrics.touch)
        made.setAutoRepeat(True)
        return made

    @property
    def value(self) -> int:
        """The number that is shown."""
        return self._value

    def show_value(self, value: int, least: int, most: int) -> None:
        """Show a number and how far it goes."""
        self._least, self._most = least, most
        self.field.setValidator(QIntValidator(least, most, self))
        self._show(min(max(value, least), most))

    def name(self, name: str, less: str, more: str) -> None:
        """What a screen reader says."""
        self.field.setAccessibleName(name)
        self.less.setAccessibleName(less)
        self.more.setAccessibleName(more)

    def _show(self, value: int) -> None:
        self._value = value
        self.field.setText(str(value))
        self.less.setEnabled(value > self._least)
        self.more.setEnabled(value < self._most)

    def _choose(self, value: int) -> None:
        value = min(max(value, self._least), self._most)
        differs = value != self._value
        self._show(value)
        if differs:
            self.changed.emit(value)

    def _down(self) -> None:
        self._choose(self._value - 1)

    def _up(self) -> None:
        self._choose(self._value + 1)

    def _entered(self) -> None:
        text = self.field.text()
        self._choose(int(text) if text.isdigit() else self._value)
