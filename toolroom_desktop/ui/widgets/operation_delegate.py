"""Draws the cells of the operations table: an icon where there is one, then the words in the judgement's colour."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import kept_pixmap
from toolroom_desktop.ui.models.roles import ICON_ROLE, JUDGEMENT_ROLE
from toolroom_desktop.ui.theme import Theme

_ICON = 22
_PADDING = 8
_MOST_FITTED = 4000
_FLAGS = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


class OperationDelegate(QStyledItemDelegate):
    """Words are wrapped over two lines before they are ever cut."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = base_font(theme.metrics.caption)
        # Measuring costs more than painting, and the same words are painted in every frame of a scroll.
        self._fitted: dict[tuple[str, float, float], str] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._theme.metrics.touch, self._theme.metrics.touch)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette = self._theme.palette
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(area, QColor(palette.selection))
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        judgement = str(index.data(JUDGEMENT_ROLE) or "")
        ink = {"ok": palette.ok, "bad": palette.bad, "look": palette.look}.get(judgement, palette.text)
        symbol = str(index.data(ICON_ROLE) or "")
        if symbol:
            place = QRectF(area.left() + _PADDING, area.center().y() - _ICON / 2, _ICON, _ICON)
            painter.drawPixmap(place.topLeft(), kept_pixmap(symbol, ink, _ICON))
        text = str(index.data() or "")
        if text:
            inner = self.place_of_text(area, symbol)
            painter.setFont(self._font)
            painter.setPen(QColor(ink))
            painter.drawText(inner, _FLAGS, self.fitted(text, inner))
        painter.restore()

    def place_of_text(self, area: QRectF, symbol: str) -> QRectF:
        """Where the words of a cell stand, right of its icon."""
        inner = area.adjusted(_PADDING, 0, -_PADDING, 0)
        if symbol:
            inner.setLeft(inner.left() + _ICON + _PADDING)
        return inner

    def fitted(self, text: str, place: QRectF) -> str:
        """The text as it is when it fits into `place` with its lines wrapped, else one line that ends in dots."""
        key = (text, place.width(), place.height())
        found = self._fitted.get(key)
        if found is None:
            if len(self._fitted) >= _MOST_FITTED:
                self._fitted.clear()
            found = self._fitted[key] = self._measured(text, place)
        return found

    def _measured(self, text: str, place: QRectF) -> str:
        metrics = QFontMetricsF(self._font)
        bounds = metrics.boundingRect(place, _FLAGS, text)
        if bounds.height() <= place.height() and bounds.width() <= place.width():
            return text
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
