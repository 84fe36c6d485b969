"""Draws a kit as a row that a gloved finger can meet: number, toolkit, and where it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import draw
from toolroom_desktop.ui.models.kit_list import CHOICE_ROLE, KitChoice
from toolroom_desktop.ui.theme import Theme

_NUMBER_WIDTH = 150


class KitDelegate(QStyledItemDelegate):
    """One line a kit; what cannot be chosen is grey and says why."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        metrics = self._theme.metrics
        return QSize(4 * metrics.touch, metrics.touch + metrics.gap)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        choice = index.data(CHOICE_ROLE)
        if not isinstance(choice, KitChoice):
            return
        palette, metrics = self._theme.palette, self._theme.metrics
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(palette.selection))
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        ink = palette.text if choice.possible else palette.muted
        inner = area.adjusted(metrics.margin - 6, 0, -metrics.margin + 6, 0)
        number = QRectF(inner.left(), inner.top(), _NUMBER_WIDTH, inner.height())
        self._write(painter, number, choice.row.kit.number, ink, metrics.strong, bold=True)
        where_font = base_font(metrics.body)
        where_width = min(QFontMetricsF(where_font).horizontalAdvance(choice.whereabouts) + 2, inner.width() * 0.36)
        where = QRectF(inner.right() - where_width, inner.top(), where_width, inner.height())
        self._write(painter, where, choice.whereabouts, palette.muted, metrics.body)
        symbol = QRectF(where.left() - metrics.icon - metrics.gap, inner.center().y() - 13, 26, 26)
        draw(painter, "checkout" if choice.row.is_out else "kit", palette.muted, symbol)
        title = QRectF(
            number.right() + metrics.gap,
            inner.top(),
            symbol.left() - number.right() - 2 * metrics.gap,
            inner.height(),
        )
        self._write(painter, title, choice.title, ink, metrics.body, wrap=True)
        painter.restore()

    @staticmethod
    def _write(
        painter: QPainter, area: QRectF, text: str, colour: str, size: int, *, bold: bool = False, wrap: bool = False
    ) -> None:
        font = base_font(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if wrap:
            painter.drawText(area, flags | Qt.TextFlag.TextWordWrap, text)
        else:
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, flags, shown)
