"""A picture with marks over it: the live one of a camera, or the one that was judged."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import draw
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.marks import Mark, area_of, paint_marks

_CLOSE_UP = 3.0  # the most that a close-up enlarges
_ROOM_AROUND = 1.35  # a close-up shows so many times the box, to keep its surroundings in sight


def close_up(box: QRectF, width: float, height: float) -> QRectF:
    """The part of a picture of that size to show, so that `box` is large and the picture keeps its proportions."""
    share = max(_ROOM_AROUND * box.width() / width, _ROOM_AROUND * box.height() / height, 1 / _CLOSE_UP)
    if share >= 1:
        return QRectF(0, 0, width, height)
    part = QRectF(0, 0, share * width, share * height)
    part.moveCenter(box.center())
    part.moveLeft(min(max(part.left(), 0.0), width - part.width()))
    part.moveTop(min(max(part.top(), 0.0), height - part.height()))
    return part


class CameraView(QWidget):
    """Shows a picture without stretching it, or says why there is none. `tapped` comes with a touch or click."""

    tapped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None
        self._sentence = ""
        self._symbol = "photo"
        self._caption = ""
        self._caption_symbol = ""
        self._marks: tuple[Mark, ...] = ()
        self._marks_width = 0
        self._marks_height = 0
        self._chosen: Hashable | None = None
        self._close = True
        self._layer: QPixmap | None = None
        self._layer_of: tuple[object, ...] = ()
        self.setMinimumSize(200, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def image(self) -> QImage | None:
        """What is shown; None while a sentence stands there."""
        return self._image

    @property
    def sentence(self) -> str:
        """What is said in the picture's place."""
        return self._sentence

    @property
    def caption(self) -> str:
        """What stands over the picture."""
        return self._caption

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is drawn over the picture."""
        return self._marks

    @property
    def chosen(self) -> Hashable | None:
        """The key of the mark that is pointed out."""
        return self._chosen

    def show_image(self, image: QImage) -> None:
        """Show a picture in place of whatever was there."""
        self._image = image
        self._sentence = ""
        self.update()

    def say(self, sentence: str, symbol: str = "photo") -> None:
        """Show a sentence and an icon instead of a picture that is not there."""
        if self._image is None and (sentence, symbol) == (self._sentence, self._symbol):
            return
        self._image = None
        self._sentence, self._symbol = sentence, symbol
        self.setAccessibleDescription(sentence)
        self.update()

    def show_caption(self, caption: str, symbol: str = "") -> None:
        """A word or two above the picture: which of two pictures this is. The icon says what a touch does."""
        self._caption, self._caption_symbol = caption, symbol
        self.update()

    def show_marks(self, marks: Sequence[Mark], width: int, height: int) -> None:
        """Draw these boxes; they are in pixels of a frame of that size."""
        shown = tuple(marks)
        if (shown, width, height) == (self._marks, self._marks_width, self._marks_height):
            return
        self._marks, self._marks_width, self._marks_height = shown, width, height
        self.update()

    def choose(self, key: Hashable | None, *, close: bool = True) -> None:
        """Point out one mark, from close up or within the whole picture; None points out nothing."""
        if (key, close) != (self._chosen, self._close):
            self._chosen, self._close = key, close
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere on the picture."""
        event.accept()
        self.tapped.emit()

    def _chosen_mark(self) -> Mark | None:
        return next((mark for mark in self._marks if mark.key == self._chosen), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self._caption:
            area.setTop(self._paint_caption(painter))
        if self._image is None:
            self._paint_sentence(painter, area)
        else:
            painter.fillRect(area, QColor(palette.neutral_soft))
            self._paint_image(painter, self._image, area)
        painter.end()

    def _paint_caption(self, painter: QPainter) -> float:
        """Draw the caption; returns where the picture begins."""
        font = base_font(self._theme.metrics.body)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.palette.text))
        strip = QRectF(0, 0, self.width(), painter.fontMetrics().height() + 6)
        painter.drawText(strip, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._caption)
        if self._caption_symbol:
            side = 22.0
            place = QRectF(self.width() - side, strip.center().y() - side / 2, side, side)
            draw(painter, self._caption_symbol, self._theme.palette.muted, place)
        return strip.bottom()

    def _paint_image(self, painter: QPainter, image: QImage, area: QRectF) -> None:
        chosen = self._chosen_mark()
        to_image = QTransform()
        if self._marks_width and self._marks_height:
            to_image.scale(image.width() / self._marks_width, image.height() / self._marks_height)
        part = QRectF(image.rect())
        if chosen is not None and self._close:
            part = close_up(to_image.mapRect(area_of(chosen.box)), image.width(), image.height())
        scale = min(area.width() / part.width(), area.height() / part.height())
        target = QRectF(0, 0, part.width() * scale, part.height() * scale)
        target.moveCenter(area.center())
        painter.drawImage(target, image, part)
        if not self._marks:
            return
        to_screen = QTransform()
        to_screen.translate(target.left() - part.left() * scale, target.top() - part.top() * scale)
        to_screen.scale(scale, scale)
        painter.drawPixmap(0, 0, self._overlay(to_image * to_screen, target))

    def _overlay(self, to_screen: QTransform, target: QRectF) -> QPixmap:
        """The marks as a layer of their own: dashed lines cost much, and the picture changes far more often than they.

        Kept until something about it changes.
        """
        drawn_for = (self._marks, self._chosen, to_screen, target, self.size(), self.devicePixelRatioF())
        if self._layer is None or self._layer_of != drawn_for:
            ratio = self.devicePixelRatioF()
            self._layer = QPixmap(self.size() * ratio)
            self._layer.setDevicePixelRatio(ratio)
            self._layer.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._layer)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            chosen = self._chosen_mark()
            paint_marks(
                painter,
                self._marks,
                to_screen,
                target,
                chosen=chosen.key if chosen is not None else None,
                font_size=self._theme.metrics.caption,
            )
            painter.end()
            self._layer_of = drawn_for
        return self._layer

    def _paint_sentence(self, painter: QPainter, area: QRectF) -> None:
        palette, metrics = self._theme.palette, self._theme.metrics
        painter.setBrush(QColor(palette.neutral_soft))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, metrics.radius, metrics.radius)
        if not self._sentence:
            return
        side = float(metrics.touch)
        inner = area.adjusted(2 * metrics.margin, metrics.margin, -2 * metrics.margin, -metrics.margin)
        painter.setFont(base_font(metrics.strong))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.setPen(QColor(palette.text))  # without a pen Qt measures no text at all
        words = painter.boundingRect(QRectF(inner.left(), 0, inner.width(), inner.height()), flags, self._sentence)
        top = inner.center().y() - (side + metrics.gap + words.height()) / 2
        draw(painter, self._symbol, palette.muted, QRectF(inner.center().x() - side / 2, top, side, side))
        text = QRectF(inner.left(), top + side + metrics.gap, inner.width(), words.height() + 4)
        painter.drawText(text, flags, self._sentence)
