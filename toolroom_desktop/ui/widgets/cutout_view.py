"""A cut-out on a checkered ground, where every hole and every rest of the table shows."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from toolroom_desktop.ui.theme import Theme

_SQUARE = 14
_MOST_ENLARGED = 4.0
# Magenta is the colour of no tool and no table; two tones of it show light and dark rests alike.
_LIGHT, _DARK = "#F4C9EE", "#D88FCE"


class CutoutView(QWidget):
    """Shows a QImage with transparency."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: QPixmap | None = None
        tile = QPixmap(2 * _SQUARE, 2 * _SQUARE)
        tile.fill(QColor(_LIGHT))
        painter = QPainter(tile)
        for corner in ((0, 0), (_SQUARE, _SQUARE)):
            painter.fillRect(*corner, _SQUARE, _SQUARE, QColor(_DARK))
        painter.end()
        self._ground = QBrush(tile)
        self.setMinimumSize(200, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def has_picture(self) -> bool:
        """Whether a cut-out is shown."""
        return self._picture is not None

    def show_image(self, image: QImage) -> None:
        """Show a cut-out."""
        self._picture = QPixmap.fromImage(image)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics = self._theme.metrics
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.fillRect(area, self._ground)
        if self._picture is not None:
            room = area.adjusted(metrics.gap, metrics.gap, -metrics.gap, -metrics.gap)
            width, height = self._picture.width(), self._picture.height()
            scale = min(room.width() / width, room.height() / height, _MOST_ENLARGED)
            place = QRectF(0, 0, width * scale, height * scale)
            place.moveCenter(area.center())
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.end()
