"""Where one is in a row of steps: the present one in bold, those that are done with a tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import label


class StepLine(QWidget):
    """Says names; it is no place to touch."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[QLabel] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2 * theme.metrics.gap)
        self._row.addStretch(1)

    def show_steps(self, names: Sequence[str], signs: Sequence[str], present: int) -> None:
        """One word for each step, the sign before it ("✓", "–" or nothing), and which one is on the screen."""
        while len(self._labels) < len(names):
            made = label("caption", self)
            self._labels.append(made)
            self._row.insertWidget(self._row.count() - 1, made, 0, Qt.AlignmentFlag.AlignVCenter)
        for place, (shown, name, sign) in enumerate(zip(self._labels, names, signs, strict=True)):
            shown.setText(f"{sign or place + 1} {name}")
            role = "emphasis" if place == present else "caption"
            if shown.property("role") != role:
                shown.setProperty("role", role)
                shown.style().unpolish(shown)
                shown.style().polish(shown)
