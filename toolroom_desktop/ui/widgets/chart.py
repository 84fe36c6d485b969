"""Charts that are read and touched: columns over time and ranked bars, drawn by pyqtgraph.

pyqtgraph is loaded with the first chart, not with the program: nobody waits for it at the counter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any, Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QImage, QImageWriter, QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from toolroom_desktop.ui.theme import Theme

Way = Literal["columns", "bars"]

_SHARE = 0.72  # how much of its place a bar fills
_ROOM = 1.14  # above the highest bar, for its number


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a chart. `value` is None where there is nothing to measure: a gap, which is not a zero.

    name   what stands at the axis; `shown` the value as people read it; `said` the whole in words
    """

    name: str
    value: float | None
    shown: str
    said: str


def steps(top: float) -> list[float]:
    """Round numbers from 0 to `top`, whole ones, about four of them: what stands at a scale."""
    step = max(1.0, 10.0 ** floor(log10(max(top, 1.0) / 4)))
    while top / step > 5:
        step *= 2.5 if f"{step:e}".startswith("2") else 2
    return [step * place for place in range(int(top / step) + 1)]


class Chart(QWidget):
    """Bars of one measure. Touching the place of one, or Enter on it, chooses it."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, way: Way = "columns", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import pyqtgraph

        self._graph: Any = pyqtgraph
        self._theme = theme
        self._way: Way = way
        self._bars: tuple[Bar, ...] = ()
        self._at = -1
        self._most: float | None = None
        self._write: Callable[[float], str] = "{:g}".format
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._plot = pyqtgraph.PlotWidget(self, background=theme.palette.surface)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._plot.scene().sigMouseClicked.connect(self._touched)
        if way == "bars":
            self._plot.invertY(True)
        self._style_axes()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._plot)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    @property
    def current(self) -> int:
        """The bar that the keyboard is on; -1 for none."""
        return self._at

    def show_bars(
        self, bars: Sequence[Bar], *, most: float | None = None, number: Callable[[float], str] = "{:g}".format
    ) -> None:
        """Show these, from the left or from above.

        most    fixes the end of the scale (100 for percentages)
        number  writes what stands at the scale
        """
        self._bars = tuple(bars)
        self._most = most
        self._write = number
        self._at = -1
        self._draw()
        self._say()

    def sizeHint(self) -> QSize:
        """Enough that every ranked bar can be met by a glove."""
        height = max(3, len(self._bars)) * self._theme.metrics.touch if self._way == "bars" else 300
        return QSize(480, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go along the bars, Enter chooses."""
        back, on = (Qt.Key.Key_Left, Qt.Key.Key_Right) if self._way == "columns" else (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in (back, on) and self._bars:
            step = 1 if event.key() == on else -1
            self._at = min(max(self._at + step, 0), len(self._bars) - 1)
            self._draw()
            self._say()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def place_of(self, index: int) -> QPointF:
        """The middle of the place of a bar, in the coordinates of this widget."""
        (left, right), (low, high) = self._plot.viewRange()
        middle = QPointF(index, (low + high) / 2) if self._way == "columns" else QPointF((left + right) / 2, index)
        view = self._plot.getViewBox()
        return QPointF(self._plot.mapTo(self, self._plot.mapFromScene(view.mapViewToScene(middle))))

    # --- taking it along

    def png(self, width: int = 1600) -> bytes:
        """The chart as PNG, `width` pixels wide."""
        scale = width / max(1, self._plot.width())
        size = QSize(round(self._plot.width() * scale), round(self._plot.height() * scale))
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(self._theme.palette.surface)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._plot.render(painter)
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        buffer.close()
        return bytes(held.data())

    def svg(self) -> bytes:
        """The chart as SVG."""
        from pyqtgraph.exporters import SVGExporter

        return bytes(SVGExporter(self._plot.getPlotItem()).export(toBytes=True))

    # --- drawing

    def _draw(self) -> None:
        palette = self._theme.palette
        plot = self._plot
        plot.clear()
        values = [bar.value or 0.0 for bar in self._bars]
        places = list(range(len(values)))
        top = self._most if self._most is not None else max(values, default=0.0) or 1.0
        brushes = [palette.focus if place == self._at else palette.line_strong for place in places]
        if self._way == "columns":
            made = self._graph.BarGraphItem(x=places, height=values, width=_SHARE, brushes=brushes, pen=None)
            plot.setXRange(-0.5, max(0.5, len(values) - 0.5), padding=0)
            plot.setYRange(0, top * _ROOM, padding=0)
            plot.getAxis("left").setTicks([[(value, self._write(value)) for value in steps(top)]])
        else:
            made = self._graph.BarGraphItem(
                x0=[0.0] * len(values), y=places, width=values, height=_SHARE, brushes=brushes, pen=None
            )
            plot.setYRange(-0.5, max(0.5, len(values) - 0.5), padding=0)
            plot.setXRange(0, top * _ROOM, padding=0)
        if values:
            plot.addItem(made)
        self._name_places()
        for place, bar in enumerate(self._bars):
            self._number(place, bar, top)
        # At once: whoever takes the chart along now gets it with the names of these bars.
        plot.getPlotItem().layout.activate()

    def _number(self, place: int, bar: Bar, top: float) -> None:
        """The value at the end of its bar, as long as there is room for all of them."""
        if self._way == "columns" and len(self._bars) > self._fitting():
            return
        palette = self._theme.palette
        colour = palette.text if bar.value is not None else palette.muted
        anchor = (0.5, 1.0) if self._way == "columns" else (0.0, 0.5)
        text = self._graph.TextItem(bar.shown, color=colour, anchor=anchor)
        text.setFont(self._font())
        value = min(bar.value or 0.0, top)
        text.setPos(*((place, value) if self._way == "columns" else (value, place)))
        self._plot.addItem(text, ignoreBounds=True)

    def _name_places(self) -> None:
        axis = self._plot.getAxis("bottom" if self._way == "columns" else "left")
        step = 1 if self._way == "bars" else -(-len(self._bars) // max(1, self._fitting()))
        if self._way == "bars":
            axis.setWidth(max((self._measure(bar.name) for bar in self._bars), default=0) + 2 * self._theme.metrics.gap)
        axis.setTicks([[(place, bar.name) for place, bar in enumerate(self._bars) if place % max(1, step) == 0]])

    def _fitting(self) -> int:
        """How many names fit beside each other under the columns."""
        widest = max((self._measure(bar.name) for bar in self._bars), default=40)
        return max(1, int(max(self.width(), 480) * 0.9 / (widest + 14)))

    def _measure(self, text: str) -> int:
        return QFontMetrics(self._font()).horizontalAdvance(text)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.metrics.caption)
        return font

    def _style_axes(self) -> None:
        palette = self._theme.palette
        for side in ("bottom", "left"):
            axis = self._plot.getAxis(side)
            axis.setPen(palette.line)
            axis.setTextPen(palette.muted)
            axis.setStyle(tickFont=self._font(), tickLength=0)
        if self._way == "columns":
            self._plot.getAxis("left").setGrid(60)
        else:
            # Every bar has its number beside it.
            self._plot.hideAxis("bottom")

    def _say(self) -> None:
        said = self._bars[self._at].said if 0 <= self._at < len(self._bars) else ""
        self.setAccessibleDescription(said)
        self.setToolTip(said)

    def _touched(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._bars:
            return
        at = self._plot.getViewBox().mapSceneToView(event.scenePos())
        index = round(at.x() if self._way == "columns" else at.y())
        if 0 <= index < len(self._bars):
            self._at = index
            self._draw()
            self._say()
            self.chosen.emit(index)
