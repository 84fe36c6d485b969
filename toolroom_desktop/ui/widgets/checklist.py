"""What recognition says about each tool: one row a gloved finger can meet, scrolled by drawing the finger."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import draw
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import Judgement

ROW_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One row: icon, name, a small word on it, and a figure at the right. `key` ties it to a mark in the picture."""

    key: Hashable
    symbol: str
    name: str
    note: str = ""
    figure: str = ""
    judgement: Judgement = ""

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return " · ".join(part for part in (self.name, self.note, self.figure) if part)


class CheckModel(QAbstractListModel):
    """The rows in the order in which they are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CheckRow, ...] = ()

    @property
    def rows(self) -> tuple[CheckRow, ...]:
        """What is shown."""
        return self._rows

    def show(self, rows: Sequence[CheckRow]) -> None:
        """Show these rows; the same ones in the same order are only repainted, so that the list does not jump."""
        shown = tuple(rows)
        if shown == self._rows:
            return
        if [row.key for row in shown] == [row.key for row in self._rows]:
            self._rows = shown
            self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))
            return
        self.beginResetModel()
        self._rows = shown
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        return row.spoken if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class CheckDelegate(QStyledItemDelegate):
    """Draws a row."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.chosen: Hashable | None = None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        touch = self._theme.metrics.touch
        return QSize(3 * touch, touch)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, CheckRow):
            return
        palette, metrics = self._theme.palette, self._theme.metrics
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        inks = {"ok": palette.ok, "bad": palette.bad, "look": palette.look, "": palette.text}
        softs = {"ok": palette.ok_soft, "bad": palette.bad_soft, "look": palette.look_soft, "": palette.surface}
        ink = inks[row.judgement]
        painter.save()
        painter.fillRect(area, QColor(palette.selection if row.key == self.chosen else softs[row.judgement]))
        painter.setPen(QPen(QColor(palette.line_strong), 1))
        bottom = area.bottom() - 0.5
        painter.drawLine(QPointF(area.left(), bottom), QPointF(area.right(), bottom))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(palette.focus), 3))
            painter.drawRect(area.adjusted(2, 2, -2, -2))
        inner = area.adjusted(metrics.gap, 0, -metrics.gap - 2, 0)
        side = float(metrics.icon)
        draw(painter, row.symbol, ink, QRectF(inner.left(), inner.center().y() - side / 2, side, side))
        figure_font = self._font(metrics.strong, bold=True)
        figure_width = QFontMetricsF(figure_font).horizontalAdvance(row.figure) if row.figure else 0.0
        painter.setFont(figure_font)
        painter.setPen(QColor(ink))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.figure)
        left = inner.left() + side + metrics.gap
        words = QRectF(left, inner.top(), inner.right() - figure_width - metrics.gap - left, inner.height())
        self._paint_words(painter, row, words, ink)
        painter.restore()

    def _paint_words(self, painter: QPainter, row: CheckRow, area: QRectF, ink: str) -> None:
        metrics = self._theme.metrics
        name_font = self._font(metrics.body + 1, bold=True)
        name_letters = QFontMetricsF(name_font)
        painter.setFont(name_font)
        painter.setPen(QColor(ink))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if not row.note:
            painter.drawText(area, flags | Qt.TextFlag.TextWordWrap, row.name)
            return
        note_font = self._font(metrics.caption)
        note_letters = QFontMetricsF(note_font)
        total = name_letters.height() + note_letters.height()
        top = area.center().y() - total / 2
        name_area = QRectF(area.left(), top, area.width(), name_letters.height())
        painter.drawText(name_area, flags, name_letters.elidedText(row.name, Qt.TextElideMode.ElideRight, area.width()))
        painter.setFont(note_font)
        note_area = QRectF(area.left(), name_area.bottom(), area.width(), note_letters.height())
        painter.drawText(note_area, flags, note_letters.elidedText(row.note, Qt.TextElideMode.ElideRight, area.width()))

    @staticmethod
    def _font(size: int, *, bold: bool = False) -> QFont:
        font = base_font(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font


class Checklist(QListView):
    """The list. `chosen_changed` carries the key of the row that was tapped, None when it was tapped again."""

    chosen_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = CheckModel(self)
        self._delegate = CheckDelegate(theme, self)
        self.setModel(self.rows_model)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(self._toggle)

    @property
    def rows(self) -> tuple[CheckRow, ...]:
        """What is shown."""
        return self.rows_model.rows

    @property
    def chosen(self) -> Hashable | None:
        """The key of the row that was tapped last and not again."""
        return self._delegate.chosen

    def show_rows(self, rows: Sequence[CheckRow]) -> None:
        """Show these rows; a chosen one that is no longer among them is chosen no more."""
        keys = [row.key for row in rows]
        reordered = keys != [row.key for row in self.rows]
        self.rows_model.show(rows)
        if reordered:
            self.scrollToTop()
        if self.chosen is not None and self.chosen not in keys:
            self.choose(None)

    def choose(self, key: Hashable | None) -> None:
        """Mark one row as the one that the picture shows large."""
        if key == self._delegate.chosen:
            return
        self._delegate.chosen = key
        self.viewport().update()
        self.chosen_changed.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space does what a tap does."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._toggle(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _toggle(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, CheckRow):
            self.choose(None if row.key == self.chosen else row.key)
