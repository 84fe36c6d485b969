"""The drawings of `resources/icons`, in the colour of the text that they stand beside."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from toolroom_desktop.config.paths import resource

NAMES = (
    "app",
    "back",
    "badge",
    "camera_lost",
    "centre",
    "checkin",
    "checkout",
    "circle",
    "clock",
    "close",
    "confirm",
    "damaged",
    "erase",
    "extra",
    "figures",
    "forward",
    "gauge",
    "health",
    "history",
    "kit",
    "kept",
    "language",
    "missing",
    "model",
    "more",
    "notice",
    "offline",
    "photo",
    "piece_missing",
    "present",
    "print",
    "report",
    "save",
    "search",
    "setup",
    "sign_out",
    "sync",
    "synced",
    "unsure",
    "waiting",
    "wrong",
)
"""Every drawing that the windows use."""


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))


def draw(painter: QPainter, name: str, colour: str, area: QRectF) -> None:
    """Draw an icon into `area` (device independent pixels) with a painter that is at work."""
    _renderer(name, colour).render(painter, area)


def pixmap(name: str, colour: str, size: int, *, ratio: float = 2.0, apart: int = 0) -> QPixmap:
    """An icon of `size` device independent pixels with `apart` pixels free at its right, `ratio` times as fine."""
    # Before a painter is at work: an error that leaves one behind ends the process later.
    drawing = _renderer(name, colour)
    drawn = QPixmap(QSize(round((size + apart) * ratio), round(size * ratio)))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    drawing.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def kept_pixmap(name: str, colour: str, size: int) -> QPixmap:
    """As `pixmap`, but drawn once: for lists and tables, which paint the same few many times a second."""
    key = f"icon/{name}/{colour}/{size}"
    found = QPixmap()
    if not QPixmapCache.find(key, found):
        found = pixmap(name, colour, size)
        QPixmapCache.insert(key, found)
    return found


def icon(name: str, colour: str, size: int, *, disabled: str = "", apart: int = 0) -> QIcon:
    """An icon for a button, `apart` pixels from its text; `disabled` is its colour while the button is."""
    made = QIcon(pixmap(name, colour, size, apart=apart))
    if disabled:
        made.addPixmap(pixmap(name, disabled, size, apart=apart), QIcon.Mode.Disabled)
    return made
