"""Draws a kit of an inventory as a row that a gloved finger can meet: its mark, number, toolkit, and where it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import draw
from toolroom_desktop.ui.models.inventory_list import ROW_ROLE, InventoryRow
from toolroom_desktop.ui.theme import Theme

_NUMBER_WIDTH = 120
_SYMBOL = 26


class InventoryDelegate(QStyledItemDelegate):
    """Two lines a kit: number and toolkit above, where it is and what was said about it below."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        metrics = self._theme.metrics
        return QSize(3 * metrics.touch, metrics.touch)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, InventoryRow):
            return
        palette, metrics = self._theme.palette, self._theme.metrics
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(area, QColor(palette.selection))
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        ink = {"ok": palette.ok, "bad": palette.bad, "look": palette.look}.get(row.judgement, palette.muted)
        inner = area.adjusted(metrics.gap, 0, -metrics.gap, 0)
        draw(painter, row.symbol, ink, QRectF(inner.left(), inner.center().y() - _SYMBOL / 2, _SYMBOL, _SYMBOL))
        texts = inner.adjusted(_SYMBOL + metrics.gap, 0, 0, 0)
        upper = QRectF(texts.left(), texts.top(), texts.width(), texts.height() / 2 + 2)
        lower = QRectF(texts.left(), texts.center().y(), texts.width(), texts.height() / 2 - 4)
        number = QRectF(upper.left(), upper.top(), _NUMBER_WIDTH, upper.height())
        self._write(painter, number, row.kit, palette.text, metrics.body + 2, bold=True)
        self._write(painter, upper.adjusted(_NUMBER_WIDTH, 0, 0, 0), row.title, palette.text, metrics.body)
        below = f"{row.where} · {row.note}" if row.note else row.where
        self._write(painter, lower, below, ink, metrics.caption)
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, area: QRectF, text: str, colour: str, size: int, *, bold: bool = False) -> None:
        font = base_font(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
