"""A tile with a number that is read from across the room, and below it what it counts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import draw
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import Judgement

_ICON = 22


class FigureTile(QPushButton):
    """Coloured, with an icon, only where its number says that something is wrong."""

    def __init__(self, theme: Theme, symbol: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._symbol = symbol
        self._judgement: Judgement = ""
        self._figure = "…"
        self._caption = ""
        self.setProperty("kind", "figure")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def figure(self) -> str:
        """The number that is shown."""
        return self._figure

    @property
    def caption(self) -> str:
        """What is counted."""
        return self._caption

    @property
    def judgement(self) -> Judgement:
        """How bad it is."""
        return self._judgement

    def say(self, figure: str, caption: str, judgement: Judgement = "", *, symbol: str = "") -> None:
        """Show that number of those."""
        self._figure, self._caption, self._judgement = figure, caption, judgement
        self._symbol = symbol or self._symbol
        self.setAccessibleName(f"{caption}: {figure}" if figure else caption)
        self.setToolTip(caption)
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics
        return QSize(metrics.touch, metrics.touch + metrics.gap)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, metrics = self._theme.palette, self._theme.metrics
        ink = {"ok": palette.ok, "bad": palette.bad, "look": palette.look}.get(self._judgement, palette.text)
        soft = {"bad": palette.bad_soft, "look": palette.look_soft}.get(self._judgement, palette.surface)
        chosen = self.isChecked() or self.isDown()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = palette.focus if chosen or self.hasFocus() else ink if soft != palette.surface else palette.line_strong
        width = 3.0 if chosen or self.hasFocus() else 1.0
        area = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(palette.selection if chosen else soft))
        painter.drawRoundedRect(area, metrics.radius, metrics.radius)
        inner = area.adjusted(metrics.gap, metrics.gap / 2, -metrics.gap, -metrics.gap / 2)
        self._paint_figure(painter, inner, ink)
        caption = base_font(metrics.caption)
        painter.setFont(caption)
        painter.setPen(QColor(palette.text))
        shown = QFontMetricsF(caption).elidedText(self._caption, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, shown)
        painter.end()

    def _paint_figure(self, painter: QPainter, inner: QRectF, ink: str) -> None:
        metrics = self._theme.metrics
        font = base_font(metrics.title + 4 if len(self._figure) < 6 else metrics.strong)
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        place = inner.adjusted(0, 0, -_ICON - metrics.gap / 2, -metrics.caption - 2)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._figure)
        draw(painter, self._symbol, ink, QRectF(inner.right() - _ICON, inner.top() + 4, _ICON, _ICON))
