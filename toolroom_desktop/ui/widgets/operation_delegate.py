"""Draws the cells of the operations table: an icon where there is one, then the words in the judgement's colour."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QStaticText, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import kept_pixmap
from toolroom_desktop.ui.models.roles import ICON_ROLE, JUDGEMENT_ROLE
from toolroom_desktop.ui.theme import Theme

_ICON = 22
_PADDING = 8
_MOST_KEPT = 4000
_SELECTED = QStyle.StateFlag.State_Selected


class OperationDelegate(QStyledItemDelegate):
    """Words are wrapped over two lines before they are ever cut.

    Texts are laid out once and kept, and no more is asked of Qt than must be: a scroll paints hundreds of cells in a
    moment, while a worker reads the next page, and each call has to come by the interpreter again.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        palette = theme.palette
        self._side = theme.metrics.touch
        self._font = base_font(theme.metrics.caption)
        self._measure = QFontMetricsF(self._font)
        self._wrapped = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self._wrapped.setWrapMode(QTextOption.WrapMode.WordWrap)
        self._text, self._line, self._selection = QColor(palette.text), QColor(palette.line), QColor(palette.selection)
        self._inks = {"ok": QColor(palette.ok), "bad": QColor(palette.bad), "look": QColor(palette.look)}
        self._laid_out: dict[tuple[str, float, float], tuple[QStaticText, float]] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._side, self._side)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        if _SELECTED in option.state:  # type: ignore[attr-defined]
            painter.fillRect(area, self._selection)
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), self._line)
        ink = self._inks.get(index.data(JUDGEMENT_ROLE) or "", self._text)
        symbol = index.data(ICON_ROLE) or ""
        if symbol:
            place = QPointF(area.left() + _PADDING, area.center().y() - _ICON / 2)
            painter.drawPixmap(place, kept_pixmap(symbol, ink.name(), _ICON))
        text = index.data() or ""
        if text:
            inner = self.place_of_text(area, symbol)
            laid_out, above = self._words(text, inner)
            painter.setFont(self._font)
            painter.setPen(ink)
            painter.drawStaticText(QPointF(inner.left(), inner.top() + above), laid_out)

    def place_of_text(self, area: QRectF, symbol: str) -> QRectF:
        """Where the words of a cell stand, right of its icon."""
        inner = area.adjusted(_PADDING, 0, -_PADDING, 0)
        if symbol:
            inner.setLeft(inner.left() + _ICON + _PADDING)
        return inner

    def fitted(self, text: str, place: QRectF) -> str:
        """The text as it is when it fits into `place` with its lines wrapped, else one line that ends in dots."""
        return self._words(text, place)[0].text()

    def _words(self, text: str, place: QRectF) -> tuple[QStaticText, float]:
        """The text laid out, and how far below the upper edge of `place` it begins."""
        key = (text, place.width(), place.height())
        found = self._laid_out.get(key)
        if found is None:
            if len(self._laid_out) >= _MOST_KEPT:
                self._laid_out.clear()
            words = self._set(text, place)
            if words.size().height() > place.height() or words.size().width() > place.width():
                words = self._set(self._measure.elidedText(text, Qt.TextElideMode.ElideRight, place.width()), place)
            found = self._laid_out[key] = words, round((place.height() - words.size().height()) / 2)
        return found

    def _set(self, text: str, place: QRectF) -> QStaticText:
        words = QStaticText(text)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setTextOption(self._wrapped)
        words.setTextWidth(place.width())
        words.prepare(font=self._font)
        return words
