"""How varied the shots of a tool are, at a glance: a tile a shot, eight directions, nine places."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.theme import Theme

_COLUMNS = 10
_ROUND = 3.0
_HEIGHT = 150


class VarietyView(QWidget):
    """Draws what is there filled and what is still wanted empty. The words below come from the screen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shots, self._wanted = 0, 1
        self._directions: Collection[int] = ()
        self._fields: Collection[int] = ()
        self._words = ("", "", "")
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> tuple[str, str, str]:
        """What is written below the three drawings."""
        return self._words

    def show_variety(
        self,
        shots: int,
        wanted: int,
        directions: Collection[int],
        fields: Collection[int],
        words: tuple[str, str, str],
    ) -> None:
        """Draw `shots` of `wanted` tiles, the `directions` of 0..7 and the `fields` of 0..8, each with its words."""
        self._shots, self._wanted = shots, wanted
        self._directions, self._fields = directions, fields
        self._words = words
        self.setAccessibleName(", ".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics = self._theme.metrics
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(base_font(metrics.caption))
        line = painter.fontMetrics().height() + 2
        top = QRectF(0, 0, self.width(), self.height() - 2 * line - 4)
        third = self.width() / 3
        shares = [QRectF(i * third, 0, third - metrics.gap / 2, top.height()) for i in range(3)]
        self._paint_shots(painter, shares[0])
        self._paint_directions(painter, shares[1])
        self._paint_fields(painter, shares[2])
        painter.setPen(QColor(self._theme.palette.text))
        for share, words in zip(shares, self._words, strict=True):
            below = QRectF(share.left(), top.bottom() + 4, share.width(), 2 * line)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, words)
        painter.end()

    def _style(self, painter: QPainter, filled: bool) -> None:
        palette = self._theme.palette
        painter.setPen(QPen(QColor(palette.ok if filled else palette.line_strong), 1.5))
        painter.setBrush(QColor(palette.ok if filled else palette.surface))

    def _paint_shots(self, painter: QPainter, area: QRectF) -> None:
        rows = -(-self._wanted // (_COLUMNS // 2))
        side = min(area.width() / (_COLUMNS // 2), area.height() / rows)
        left = area.center().x() - side * (_COLUMNS // 2) / 2
        for number in range(self._wanted):
            row, column = divmod(number, _COLUMNS // 2)
            self._style(painter, number < self._shots)
            tile = QRectF(left + column * side, area.top() + row * side, side, side).adjusted(2, 2, -2, -2)
            painter.drawRoundedRect(tile, _ROUND, _ROUND)

    def _paint_directions(self, painter: QPainter, area: QRectF) -> None:
        side = min(area.width(), area.height()) - 4
        circle = QRectF(0, 0, side, side)
        circle.moveCenter(area.center())
        for number in range(8):
            self._style(painter, number in self._directions)
            # Pictures measure angles clockwise, Qt counter-clockwise from three o'clock in sixteenths of a degree.
            painter.drawPie(circle, round(16 * (-45 * number - 20)), 16 * 40)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.surface))
        painter.drawEllipse(QPointF(circle.center()), side * 0.18, side * 0.18)

    def _paint_fields(self, painter: QPainter, area: QRectF) -> None:
        height = area.height() / 3
        width = min(area.width() / 3, height * 4 / 3)
        left = area.center().x() - 1.5 * width
        for number in range(9):
            row, column = divmod(number, 3)
            self._style(painter, number in self._fields)
            place = QRectF(left + column * width, area.top() + row * height, width, height).adjusted(2, 2, -2, -2)
            painter.drawRoundedRect(place, _ROUND, _ROUND)
