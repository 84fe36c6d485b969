"""Boxes and short names over a picture. Each state differs in its line and its sign as well as in its colour."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTransform

from toolroom_desktop.domain.detection import Box
from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.theme import DARK


class MarkKind(StrEnum):
    """What a mark says: plainly seen, complete, look yourself, does not belong here, is not there any more."""

    SEEN = "seen"
    COMPLETE = "complete"
    UNSURE = "unsure"
    EXTRA = "extra"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Mark:
    """One box with its words; `key` ties it to the row of a list. `figure` stands behind the name and is never cut."""

    key: Hashable
    box: Box
    text: str
    kind: MarkKind = MarkKind.SEEN
    figure: str = ""


# A photo is neither a light nor a dark window: the inks of the dark theme on dark chips stand out on both.
_INK = {
    MarkKind.SEEN: DARK.text,
    MarkKind.COMPLETE: DARK.ok,
    MarkKind.UNSURE: DARK.look,
    MarkKind.EXTRA: DARK.look,
    MarkKind.GONE: DARK.bad,
}
_LINE = {
    MarkKind.SEEN: Qt.PenStyle.SolidLine,
    MarkKind.COMPLETE: Qt.PenStyle.SolidLine,
    MarkKind.UNSURE: Qt.PenStyle.DashLine,
    MarkKind.EXTRA: Qt.PenStyle.DotLine,
    MarkKind.GONE: Qt.PenStyle.DashDotLine,
}
_SIGN = {MarkKind.SEEN: "", MarkKind.COMPLETE: "", MarkKind.UNSURE: "? ", MarkKind.EXTRA: "+ ", MarkKind.GONE: "− "}
_PADDING = 5.0
_LEAST_LABEL, _MOST_LABEL = 170.0, 280.0
_LEAST_WIDTH_FOR_WORDS = 500.0


def area_of(box: Box) -> QRectF:
    """A box as Qt's rectangle."""
    return QRectF(box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1)


def _overlap(one: QRectF, other: QRectF) -> float:
    shared = one.intersected(other)
    return shared.width() * shared.height() if not shared.isEmpty() else 0.0


def place_label(width: float, height: float, box: QRectF, within: QRectF, taken: Iterable[QRectF]) -> QRectF:
    """Where a label of that size goes: beside its box, inside the picture, over as few other labels as possible."""
    corners = [
        QPointF(box.left(), box.top() - height),
        QPointF(box.left(), box.bottom()),
        QPointF(box.right() - width, box.top() - height),
        QPointF(box.right() - width, box.bottom()),
        QPointF(box.left(), box.top()),
        QPointF(box.left(), box.bottom() - height),
        QPointF(box.center().x() - width / 2, box.center().y() - height / 2),
        QPointF(box.left(), box.top() - 2 * height),
        QPointF(box.left(), box.bottom() + height),
    ]
    places: list[QRectF] = []
    for corner in corners:
        x = min(max(corner.x(), within.left()), max(within.left(), within.right() - width))
        y = min(max(corner.y(), within.top()), max(within.top(), within.bottom() - height))
        places.append(QRectF(x, y, width, height))
    others = list(taken)
    return min(places, key=lambda place: sum(_overlap(place, other) for other in others))


def paint_marks(
    painter: QPainter,
    marks: Sequence[Mark],
    to_screen: QTransform,
    within: QRectF,
    *,
    chosen: Hashable | None = None,
    font_size: int = 16,
) -> None:
    """Draw `marks`, whose boxes `to_screen` maps into the area `within`.

    With a mark `chosen`, the others step back: they keep their boxes, thinner, and lose their words. In a small picture
    words would hide the tools, so only the chosen one has them. What is not there any more always stands out.
    """
    font = base_font(font_size)
    font.setWeight(QFont.Weight.DemiBold)
    letters = QFontMetricsF(font)
    painter.save()
    painter.setClipRect(within)
    painter.setFont(font)
    boxes = [to_screen.mapRect(area_of(mark.box)) for mark in marks]
    # Upright lines gain nothing from smooth edges, and dashes with them cost several times as much.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for mark, box in zip(marks, boxes, strict=True):
        strong = mark.key == chosen or mark.kind is MarkKind.GONE
        thickness = 4.0 if strong else 1.5 if chosen is not None else 2.5
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 150), thickness + 2.0))
        painter.drawRect(box)
        painter.setPen(QPen(QColor(_INK[mark.kind]), thickness, _LINE[mark.kind]))
        painter.drawRect(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    taken: list[QRectF] = []
    chip = QColor(DARK.window)
    chip.setAlpha(225)
    # What somebody has to look at gets the best place.
    order = sorted(zip(marks, boxes, strict=True), key=lambda pair: pair[0].kind in (MarkKind.SEEN, MarkKind.COMPLETE))
    for mark, box in order:
        quiet = chosen is not None or within.width() < _LEAST_WIDTH_FOR_WORDS
        if quiet and mark.key != chosen and mark.kind is not MarkKind.GONE:
            continue
        room = max(_LEAST_LABEL, min(box.width(), _MOST_LABEL))
        text = letters.elidedText(_SIGN[mark.kind] + mark.text, Qt.TextElideMode.ElideRight, room)
        if mark.figure:
            text = f"{text}  {mark.figure}"
        width, height = letters.horizontalAdvance(text) + 2 * _PADDING, letters.height() + _PADDING
        area = place_label(width, height, box, within, taken)
        taken.append(area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(chip)
        painter.drawRoundedRect(area, 4, 4)
        painter.setPen(QColor(_INK[mark.kind]))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
