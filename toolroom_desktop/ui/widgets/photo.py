"""A photo that fills its place without being stretched, or the reason why it is not there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.theme import Theme


class PhotoView(QWidget):
    """Shows a QImage or a sentence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: QPixmap | None = None
        self._sentence = ""
        self.setMinimumHeight(240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def sentence(self) -> str:
        """What is said in the photo's place; empty while there is a photo."""
        return self._sentence

    @property
    def has_picture(self) -> bool:
        """Whether a photo is shown."""
        return self._picture is not None

    def show_image(self, image: QImage) -> None:
        """Show a photo. Call in the GUI thread."""
        self._picture = QPixmap.fromImage(image)
        self._sentence = ""
        self.update()

    def say(self, sentence: str) -> None:
        """Show a sentence instead."""
        self._picture = None
        self._sentence = sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, metrics = self._theme.palette, self._theme.metrics
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.setBrush(QColor(palette.neutral_soft))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, metrics.radius, metrics.radius)
        if self._picture is not None:
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(area.center())
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        elif self._sentence:
            painter.setFont(base_font(metrics.body))
            painter.setPen(QColor(palette.text))
            inner = area.adjusted(metrics.margin, metrics.margin, -metrics.margin, -metrics.margin)
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._sentence)
        painter.end()
