"""The bottom bar: the way back on the left, the one main action on the right, always at the same place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import button


class ActionBar(QWidget):
    """Holds `back` (Esc), what `add` puts between, and `main` (Enter). Both keys are handled by `Screen`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        metrics = theme.metrics
        self.back: QPushButton = button(theme, "plain", "back", self)
        self.main: QPushButton = button(theme, "main", "", self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        self._row.setSpacing(metrics.gap)
        self._row.addWidget(self.back)
        self._row.addStretch(1)
        self._row.addWidget(self.main)
        self.setFixedHeight(metrics.touch + 2 * metrics.gap)

    def add(self, widget: QWidget) -> None:
        """Put something between the two, right of what is there."""
        self._row.insertWidget(self._row.count() - 1, widget)
