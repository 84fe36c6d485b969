"""The one typeface of windows and paper, out of the program's own files: every machine shows the same letters."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase

from toolroom_desktop.config.paths import resource

FAMILY = "Inter"
FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")
"""One file a weight, in `resources/fonts`."""


def load_fonts() -> None:
    """Make the typeface known to Qt; raises FileNotFoundError or ValueError when its files are missing or damaged."""
    for name in FILES:
        path = resource("fonts", name)
        if not path.is_file():
            raise FileNotFoundError(path)
        # The bytes and not the path: Qt without a screen opens no path with letters that the system's locale lacks.
        if QFontDatabase.addApplicationFontFromData(QByteArray(path.read_bytes())) < 0:
            raise ValueError(f"the font {path} cannot be loaded")


def paper_font(points: float) -> QFont:
    """The font of paper, `points` high.

    Without contextual forms: the typeface's own hyphens and colons between figures carry no letter in a PDF, and a
    number that nobody can search for or copy is of little use.
    """
    font = QFont(FAMILY)
    font.setPointSizeF(points)
    font.setFeature(QFont.Tag("calt"), 0)
    return font
