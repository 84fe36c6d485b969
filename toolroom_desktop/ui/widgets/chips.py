"""What is chosen, as chips beside each other: a touch takes one away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QScroller, QSizePolicy, QWidget

from toolroom_desktop.ui.icons import icon
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.layouts import empty
from toolroom_desktop.ui.widgets.parts import button

_ICON = 18


class Chips(QScrollArea):
    """One line of chips; where there are too many, it is pushed along."""

    removed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        inside = QWidget()
        inside.setProperty("part", "clear")
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.metrics.gap)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(theme.metrics.touch)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.buttons: dict[str, QPushButton] = {}

    def show_chips(self, chips: Sequence[tuple[str, str]], remove: str) -> None:
        """Show these, as (key, words); `remove` says what a touch does, with a place for the words."""
        empty(self._row)
        self.buttons = {}
        for key, words in chips:
            made = button(self._theme, "plain", "", self)
            made.setText(f"{words}\N{EN SPACE}")  # keeps clear of the icon
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            made.setIcon(icon("close", self._theme.palette.text, _ICON, apart=0))
            made.setIconSize(QSize(_ICON, _ICON))
            made.setAccessibleName(remove.format(what=words))
            made.setToolTip(remove.format(what=words))
            made.clicked.connect(partial(self.removed.emit, key))
            self._row.addWidget(made)
            self.buttons[key] = made
        self._row.addStretch(1)
        self.setVisible(bool(chips))
