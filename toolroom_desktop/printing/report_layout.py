"""Measuring and painting texts of a table on paper: lines that break where they must, whatever letters they are of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from toolroom_desktop.printing.fonts import paper_font

DOTS = 300
"""Everything is laid out at so many dots per inch; whoever paints at another resolution scales."""
INK = QColor("#1B2329")
MUTED = QColor("#454F58")
LINE = QColor("#B9C1C7")
GROUND = QColor("#E8EBED")
MOST_LINES = 40
"""Lines of one cell on paper; a longer text ends with "…" there, and is whole in the other formats."""

_POINTS_PER_INCH = 72
_MM_PER_INCH = 25.4
_REMEMBERED = 4000
# Letters that are written from the right, and the signs that turn the direction of what follows.
_BIDIRECTIONAL = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]")


def mm(millimetres: float) -> float:
    """Millimetres in dots."""
    return millimetres / _MM_PER_INCH * DOTS


def isolated(text: str) -> str:
    """A text within a sentence, so that its direction does not reach beyond it."""
    return f"\u2068{text}\u2069" if _BIDIRECTIONAL.search(text) else text


@dataclass(frozen=True)
class Letters:
    """One size and weight of the typeface, in dots."""

    points: float
    weight: QFont.Weight = QFont.Weight.Normal

    @cached_property
    def font(self) -> QFont:
        """Without hinting, so that lines break at the same place on every device."""
        font = paper_font(self.points)
        font.setPixelSize(round(self.points / _POINTS_PER_INCH * DOTS))
        font.setWeight(self.weight)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    @cached_property
    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.font)

    @cached_property
    def height(self) -> float:
        """Of one line. Letters of another typeface (signs, pictures) do not make it larger."""
        return round(self._metrics.height() * 1.08)

    @cached_property
    def _ascent(self) -> float:
        return self._metrics.ascent()

    @cached_property
    def _widths(self) -> dict[str, float]:
        return {}

    def width(self, text: str) -> float:
        """Of a text in one line."""
        known = self._widths.get(text)
        if known is None:
            if len(self._widths) > _REMEMBERED:
                self._widths.clear()
            known = self._widths[text] = self._metrics.horizontalAdvance(text)
        return known

    def lines(self, text: str, width: float) -> int:
        """How many lines a text takes at that width; 1 for an empty one."""
        if "\n" not in text and self.width(text) <= width:
            return 1
        return sum(self._broken(part, width)[1] for part in _parts(text))

    def _broken(self, text: str, width: float) -> tuple[QTextLayout, int]:
        layout = QTextLayout(text, self.font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        made = 0
        while made < MOST_LINES:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, made * self.height))
            made += 1
        layout.endLayout()
        return layout, max(1, made)

    def paint(self, painter: QPainter, area: QRectF, text: str, *, right: bool = False, colour: QColor = INK) -> None:
        """Paint a text into an area as wide as it was measured for; `right` puts one line at its right."""
        if not text:
            return
        painter.setPen(colour)
        painter.setFont(self.font)
        if "\n" not in text and self.width(text) <= area.width():
            left = area.right() - self.width(text) if right else area.left()
            painter.drawText(QPointF(left, area.top() + self._ascent), text)
            return
        top, left_lines = area.top(), MOST_LINES
        for part in _parts(text):
            layout, made = self._broken(part, area.width())
            for number in range(min(made, left_lines)):
                line = layout.lineAt(number)
                if line.isValid():
                    line.draw(painter, QPointF(area.left(), top))
            top += made * self.height
            left_lines -= made
            if left_lines <= 0:
                painter.drawText(QPointF(area.right() - self.width("…"), top - self.height + self._ascent), "…")
                return


def _parts(text: str) -> list[str]:
    """The lines as they were typed, not more than are shown."""
    return text.splitlines()[:MOST_LINES] or [""]
