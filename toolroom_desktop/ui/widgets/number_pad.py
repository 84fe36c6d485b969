"""Digits for gloved fingers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import button, set_symbol


class NumberPad(QWidget):
    """Twelve keys. They take no keyboard focus, which stays in the field that they write into."""

    digit = Signal(str)
    erase = Signal()
    clear = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.metrics.gap)
        self._digits = {digit: self._key(digit) for digit in "1234567890"}
        for place, digit in enumerate("123456789"):
            self._grid.addWidget(self._digits[digit], place // 3, place % 3)
        self._clear = self._key("")
        self._erase = self._key("")
        set_symbol(self._clear, theme, "close", theme.metrics.icon, alone=True)
        set_symbol(self._erase, theme, "erase", theme.metrics.icon + 6, alone=True)
        self._grid.addWidget(self._clear, 3, 0)
        self._grid.addWidget(self._digits["0"], 3, 1)
        self._grid.addWidget(self._erase, 3, 2)
        self._clear.clicked.connect(self.clear)
        self._erase.clicked.connect(self.erase)

    def key(self, digit: str) -> QPushButton:
        """The key of a digit."""
        return self._digits[digit]

    def retranslate(self) -> None:
        """Name the two keys that bear no digit."""
        self._clear.setAccessibleName(self.tr("Clear"))
        self._erase.setAccessibleName(self.tr("Erase the last digit"))

    def _key(self, digit: str) -> QPushButton:
        made = button(self._theme, "key", "", self)
        made.setText(digit)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if digit:
            made.clicked.connect(self._digit_pressed)
        return made

    def _digit_pressed(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QPushButton):
            self.digit.emit(pressed.text())
