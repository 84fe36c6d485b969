"""Small help with layouts."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from toolroom_desktop.ui.theme import Theme


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout; each is hidden at once and deleted when Qt comes to it."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def bring_in_sight(widget: QWidget | None) -> None:
    """Scroll to a widget. Qt does so while Tab goes on within an area, and not where Tab comes into it."""
    area = widget.parentWidget() if widget is not None else None
    while widget is not None and area is not None:
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget)
        area = area.parentWidget()


class _Column(QWidget):
    """Is as high as its texts are at its width; Qt's own least height is that of much narrower ones.

    Where no text is wrapped, Qt asks for the least height alone, and it is right.
    """

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), 0) if self.hasHeightForWidth() else least


def scrolled_column(theme: Theme, parent: QWidget) -> tuple[QVBoxLayout, QScrollArea]:
    """A column that may be longer than its place: the layout to fill, and the area to lay out."""
    inside = _Column()
    inside.setProperty("part", "clear")
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, theme.metrics.gap, 0)
    filled = QVBoxLayout()
    filled.setSpacing(theme.metrics.gap)
    column.addLayout(filled)
    column.addStretch(1)
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return filled, area
