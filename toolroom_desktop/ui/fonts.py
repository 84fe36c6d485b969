"""The typeface of the windows in the sizes of screens."""

from __future__ import annotations

from PySide6.QtGui import QFont

from toolroom_desktop.printing.fonts import FAMILY, FILES, load_fonts

__all__ = ["FAMILY", "FILES", "base_font", "load_fonts"]


def base_font(pixels: int) -> QFont:
    """The font of plain text, `pixels` high."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    return font
