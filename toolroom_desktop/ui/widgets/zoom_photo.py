"""A photo to look into: enlarged by wheel, pinch, keys or a double touch, pushed along, with boxes over it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import draw
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.marks import Mark, paint_marks

_MOST = 12.0
_STEP = 1.25
_DOUBLE = 3.0
_ARROW = 60.0


class ZoomPhoto(QWidget):
    """`zoomed` says by how much it is enlarged beyond fitting into its place, 1.0 for not at all."""

    zoomed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: QPixmap | None = None
        self._sentence = ""
        self._caption = ""
        self._marks: tuple[Mark, ...] = ()
        self._marks_size = (1.0, 1.0)
        self._show_marks = True
        self._zoom = 1.0
        self._centre = QPointF(0.5, 0.5)  # of what is seen, as shares of the picture
        self._held: QPointF | None = None
        self.setMinimumSize(200, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)

    # --- what is shown

    @property
    def sentence(self) -> str:
        """What is said in the photo's place; empty while there is one."""
        return self._sentence

    @property
    def has_picture(self) -> bool:
        """Whether a photo is shown."""
        return self._picture is not None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is drawn over it now."""
        return self._marks if self._show_marks else ()

    @property
    def zoom(self) -> float:
        """By how much it is enlarged."""
        return self._zoom

    @property
    def centre(self) -> tuple[float, float]:
        """What of the picture stands in the middle, as shares of its width and height."""
        return self._centre.x(), self._centre.y()

    def show_image(self, image: QImage) -> None:
        """Show a photo as a whole. Call in the GUI thread."""
        self._picture = QPixmap.fromImage(image)
        self._sentence = ""
        self.setAccessibleDescription("")
        self.fit()

    def say(self, sentence: str) -> None:
        """Show a sentence instead."""
        self._picture = None
        self._sentence = sentence
        self.setAccessibleDescription(sentence)
        self.fit()

    def show_caption(self, caption: str) -> None:
        """Which photo this is."""
        self._caption = caption
        self.setAccessibleName(caption)
        self.update()

    def show_marks(self, marks: Sequence[Mark], width: int, height: int) -> None:
        """These boxes belong to it; they are in pixels of a frame of that size."""
        self._marks = tuple(marks)
        self._marks_size = (float(max(1, width)), float(max(1, height)))
        self.update()

    def draw_marks(self, drawn: bool) -> None:
        """Draw the boxes, or leave them away."""
        self._show_marks = drawn
        self.update()

    # --- looking into it

    def fit(self) -> None:
        """The whole photo."""
        self._zoom, self._centre = 1.0, QPointF(0.5, 0.5)
        self.zoomed.emit(self._zoom)
        self.update()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge; what is at `at` (in pixels of this widget) stays there."""
        if self._picture is None:
            return
        at = at or QPointF(self.rect().center())
        before = self._shares_at(at)
        self._zoom = min(max(self._zoom * factor, 1.0), _MOST)
        after = self._shares_at(at)
        self._centre += before - after
        self._keep_inside()
        self.zoomed.emit(self._zoom)
        self.update()

    def push(self, by: QPointF) -> None:
        """Push the photo along, by so many pixels of this widget."""
        if self._picture is None:
            return
        size = self._shown_size()
        self._centre -= QPointF(by.x() / size.width(), by.y() / size.height())
        self._keep_inside()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._picture is None:
            event.ignore()
            return
        self.zoom_by(_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self.push(event.position() - self._held)
            self._held = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._held = None
        if self._zoom > 1.0:
            self.fit()
        else:
            self.zoom_by(_DOUBLE, event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and - enlarge, 0 shows the whole, arrows push along."""
        arrows = {
            Qt.Key.Key_Left: QPointF(_ARROW, 0),
            Qt.Key.Key_Right: QPointF(-_ARROW, 0),
            Qt.Key.Key_Up: QPointF(0, _ARROW),
            Qt.Key.Key_Down: QPointF(0, -_ARROW),
        }
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in arrows and self._zoom > 1.0:
            self.push(arrows[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Two fingers enlarge and push along."""
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                at = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self.zoom_by(pinch.scaleFactor(), at)
                self.push(pinch.centerPoint() - pinch.lastCenterPoint())
                event.accept(pinch)
                return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(480, 360)

    # --- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, metrics = self._theme.palette, self._theme.metrics
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.setBrush(QColor(palette.neutral_soft))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, metrics.radius, metrics.radius)
        if self._picture is not None:
            painter.setClipRect(area)
            place = self._place()
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
            if self._show_marks and self._marks:
                width, height = self._marks_size
                to_screen = QTransform.fromTranslate(place.left(), place.top())
                to_screen.scale(place.width() / width, place.height() / height)
                paint_marks(painter, self._marks, to_screen, area.intersected(place))
        elif self._sentence:
            self._paint_sentence(painter, area)
        if self._caption:
            self._paint_caption(painter, area)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(palette.focus))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), metrics.radius, metrics.radius)
        painter.end()

    def _paint_sentence(self, painter: QPainter, area: QRectF) -> None:
        palette, metrics = self._theme.palette, self._theme.metrics
        inner = area.adjusted(metrics.margin, metrics.margin, -metrics.margin, -metrics.margin)
        draw(painter, "photo", palette.muted, QRectF(area.center().x() - 20, inner.top() + metrics.margin, 40, 40))
        painter.setFont(base_font(metrics.body))
        painter.setPen(QColor(palette.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._sentence)

    def _paint_caption(self, painter: QPainter, area: QRectF) -> None:
        palette, metrics = self._theme.palette, self._theme.metrics
        font = base_font(metrics.caption)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        letters = painter.fontMetrics()
        words = letters.elidedText(self._caption, Qt.TextElideMode.ElideRight, int(area.width()) - 2 * metrics.gap)
        place = QRectF(0, 0, letters.horizontalAdvance(words) + 2 * metrics.gap, letters.height() + metrics.gap)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.surface))
        painter.drawRoundedRect(place, metrics.radius / 2, metrics.radius / 2)
        painter.setPen(QColor(palette.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _shown_size(self) -> QSize:
        picture = self._picture.size() if self._picture is not None else QSize(1, 1)
        fitting = picture.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QSize(max(1, round(fitting.width() * self._zoom)), max(1, round(fitting.height() * self._zoom)))

    def _place(self) -> QRectF:
        size, middle = self._shown_size(), QRectF(self.rect()).center()
        return QRectF(
            middle.x() - self._centre.x() * size.width(),
            middle.y() - self._centre.y() * size.height(),
            size.width(),
            size.height(),
        )

    def _shares_at(self, at: QPointF) -> QPointF:
        place = self._place()
        return QPointF((at.x() - place.left()) / place.width(), (at.y() - place.top()) / place.height())

    def _keep_inside(self) -> None:
        """Nothing but the photo is seen where it is larger than its place; else it stands in the middle."""
        size = self._shown_size()

        def kept(centre: float, shown: int, room: int) -> float:
            if shown <= room:
                return 0.5
            half = room / shown / 2
            return min(max(centre, half), 1 - half)

        self._centre = QPointF(
            kept(self._centre.x(), size.width(), self.width()), kept(self._centre.y(), size.height(), self.height())
        )
