"""Draws a line of the desk: a drawing, what it is, beneath it whose, and at its end the figure to be read."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import kept_pixmap
from toolroom_desktop.ui.models.desk_list import LINE_ROLE, DeskLine
from toolroom_desktop.ui.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class DeskDelegate(QStyledItemDelegate):
    """A row is as high as a gloved finger; a heading is lower."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        metrics = self._theme.metrics
        line = index.data(LINE_ROLE)
        low = isinstance(line, DeskLine) and line.heading
        return QSize(metrics.touch, metrics.touch // 2 + metrics.gap if low else metrics.touch)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, DeskLine):
            return
        palette, metrics = self._theme.palette, self._theme.metrics
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(area, QColor(palette.selection))
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inner = area.adjusted(metrics.margin - 6, 0, -metrics.margin + 6, 0)
        if line.heading:
            self._write(painter, inner, line.title, palette.muted, metrics.body, bold=True)
            painter.restore()
            return
        ink = {"ok": palette.ok, "bad": palette.bad, "look": palette.look}.get(line.judgement, palette.text)
        size = metrics.icon
        if line.symbol:
            drawn = ink if line.judgement else palette.muted
            painter.drawPixmap(
                QPointF(inner.left(), inner.center().y() - size / 2), kept_pixmap(line.symbol, drawn, size)
            )
        texts = inner.adjusted(size + metrics.gap, 0, 0, 0)
        if line.figure:
            width = self._width(line.figure, metrics.strong) + 2
            figure = QRectF(inner.right() - width, inner.top(), width, inner.height())
            self._write(painter, figure, line.figure, ink, metrics.strong, bold=True)
            texts.setRight(figure.left() - metrics.gap)
        if line.detail:
            small = QFontMetricsF(self._font(metrics.body - 1, bold=False))
            long = small.horizontalAdvance(line.detail) > texts.width()
            middle = texts.top() + texts.height() * 0.4 if long else texts.center().y() + 2
            above = 4 if long else 8
            upper = QRectF(texts.left(), texts.top() + above, texts.width(), middle - texts.top() - above)
            lower = QRectF(texts.left(), middle, texts.width(), texts.bottom() - middle - above)
            self._write(painter, upper, line.title, ink, metrics.strong - 2, bold=True)
            if long:
                self._write_two_lines(painter, lower, line.detail, palette.muted)
            else:
                self._write(painter, lower, line.detail, palette.muted, metrics.body - 1)
        else:
            self._write(painter, texts, line.title, ink, metrics.strong - 2, bold=True)
        painter.restore()

    def _write_two_lines(self, painter: QPainter, area: QRectF, text: str, colour: str) -> None:
        """What is too long for one line goes on in a second, smaller; only what is still too long is cut off."""
        font = self._font(self._theme.metrics.caption, bold=False)
        layout = QTextLayout(text, font)
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(area.width())
        layout.endLayout()
        rest = text[first.textLength() :]
        small = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        half = area.height() / 2
        for place, part in enumerate((text[: first.textLength()].rstrip(), rest)):
            shown = small.elidedText(part, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(QRectF(area.left(), area.top() + place * half, area.width(), half), _LEFT, shown)

    @staticmethod
    def _font(size: int, *, bold: bool) -> QFont:
        font = base_font(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _width(self, text: str, size: int) -> float:
        return QFontMetricsF(self._font(size, bold=True)).horizontalAdvance(text)

    def _write(self, painter: QPainter, area: QRectF, text: str, colour: str, size: int, *, bold: bool = False) -> None:
        font = self._font(size, bold=bold)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(area, _LEFT, QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width()))
