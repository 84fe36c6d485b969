"""The one typeface, loaded from the program's own files so that every machine shows the same letters."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from toolroom_desktop.config.paths import resource

FAMILY = "Inter"


def load_fonts() -> None:
    """Make the typeface known to Qt; raises FileNotFoundError or ValueError when its files are missing or damaged."""
    files = sorted(resource("fonts").glob("Inter-*.otf"))
    if not files:
        raise FileNotFoundError(resource("fonts") / "Inter-*.otf")
    for path in files:
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise ValueError(f"the font {path} cannot be loaded")


def base_font(pixels: int) -> QFont:
    """The font of plain text, `pixels` high."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    return font
