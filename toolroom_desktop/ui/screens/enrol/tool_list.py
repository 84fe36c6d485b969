"""The list of tools with how many photos each has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from toolroom_desktop.services.enrolling import EnrolledTool
from toolroom_desktop.services.enrolment import ENOUGH_SHOTS
from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import draw
from toolroom_desktop.ui.screens.enrol.words import tool_title
from toolroom_desktop.ui.theme import Theme

_TOOL = Qt.ItemDataRole.UserRole + 1
_FIGURES = Qt.ItemDataRole.UserRole + 2
_MARK = 26.0


class _ToolDelegate(QStyledItemDelegate):
    """One line a tool: name, photos, and a mark when there are enough of them."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        metrics = self._theme.metrics
        return QSize(4 * metrics.touch, metrics.touch)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tool = index.data(_TOOL)
        if not isinstance(tool, EnrolledTool):
            return
        palette, metrics = self._theme.palette, self._theme.metrics
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(area, QColor(palette.selection))
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inner = area.adjusted(metrics.margin - 6, 0, -metrics.margin + 6, 0)
        enough = tool.stored >= ENOUGH_SHOTS
        mark = QRectF(inner.right() - _MARK, inner.center().y() - _MARK / 2, _MARK, _MARK)
        if enough:
            draw(painter, "present", palette.ok, mark)
        painter.setFont(base_font(metrics.body))
        painter.setPen(QColor(palette.ok if enough else palette.muted))
        figures = str(index.data(_FIGURES))
        width = painter.fontMetrics().horizontalAdvance(figures) + 2
        place = QRectF(mark.left() - metrics.gap - width, inner.top(), width, inner.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, figures)
        font = base_font(metrics.strong)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(palette.text))
        name = QRectF(inner.left(), inner.top(), place.left() - inner.left() - metrics.gap, inner.height())
        shown = QFontMetricsF(font).elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, name.width()
        )
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class ToolList(QListWidget):
    """Tools as large rows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_ToolDelegate(theme, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        # The rows begin where the frame is thin; one pixel more, and they leave the thicker one of the focus whole.
        self.setViewportMargins(1, 1, 1, 1)

    @property
    def chosen(self) -> EnrolledTool | None:
        """The tool whose row is the current one."""
        item = self.currentItem()
        tool = item.data(_TOOL) if item is not None else None
        return tool if isinstance(tool, EnrolledTool) else None

    def show_tools(self, tools: Sequence[EnrolledTool], language: str) -> None:
        """Show these, with the first that lacks photos chosen."""
        self.clear()
        for tool in tools:
            item = QListWidgetItem(tool_title(tool.tool, language), self)
            item.setData(_TOOL, tool)
            figures = self.tr("%n photo(s)", "", tool.stored)
            item.setData(_FIGURES, figures)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {figures}")
        wanting = next((row for row, tool in enumerate(tools) if tool.stored < ENOUGH_SHOTS), 0)
        self.setCurrentRow(wanting if tools else -1)
