"""Draws where tools lie as a row that a gloved finger can meet: a number in bold, and a line about it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import draw
from toolroom_desktop.ui.models.shelf_list import SHELF_ROLE, Shelf, ShelfKind
from toolroom_desktop.ui.theme import Theme

_ICON = 26
_ICONS = {
    ShelfKind.KIT: "kit",
    ShelfKind.FOUND: "search",
    ShelfKind.SPARE: "extra",
    ShelfKind.DUE: "waiting",
    ShelfKind.UNFIT: "damaged",
}


class ShelfDelegate(QStyledItemDelegate):
    """A kit that is out bears the checkout's icon and says so."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._strong = base_font(theme.metrics.body)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._small = base_font(theme.metrics.caption)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(3 * self._theme.metrics.touch, self._theme.metrics.touch)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shelf = index.data(SHELF_ROLE)
        if not isinstance(shelf, Shelf):
            return
        palette, metrics = self._theme.palette, self._theme.metrics
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(area, QColor(palette.selection))
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        symbol = "checkout" if shelf.kind is ShelfKind.KIT and shelf.mark else _ICONS[shelf.kind]
        place = QRectF(area.left() + metrics.gap, area.center().y() - _ICON / 2, _ICON, _ICON)
        draw(painter, symbol, palette.muted, place)
        inner = area.adjusted(2 * metrics.gap + _ICON, metrics.gap, -metrics.gap, -metrics.gap)
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        lower = upper.translated(0, inner.height() / 2)
        if not shelf.caption and not shelf.mark:
            upper = inner
        self._write(painter, upper, shelf.title, palette.text, self._strong)
        said = " · ".join(part for part in (shelf.mark, shelf.caption) if part)
        if said:
            self._write(painter, lower, said, palette.muted, self._small)
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, area: QRectF, text: str, colour: str, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
