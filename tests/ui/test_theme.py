"""Colours that decide can be read in a bright hall, and whatever is touched suits a glove."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase, QFontMetricsF
from pytestqt.qtbot import QtBot

from toolroom_desktop.config.paths import resource
from toolroom_desktop.ui.fonts import FAMILY, base_font, load_fonts
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.theme import DARK, LIGHT, Metrics, Palette, Theme, metrics_for

ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, WCAG 2.1."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1..21, WCAG 2.1."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda p: p.name)
def test_whatever_decides_has_a_contrast_of_seven(palette: Palette) -> None:
    weak = {pair: round(contrast(*pair), 2) for pair in palette.deciding_pairs if contrast(*pair) < 7.0}
    assert weak == {}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda p: p.name)
def test_the_ring_around_the_keyboards_place_stands_out(palette: Palette) -> None:
    for area in (palette.window, palette.surface, palette.action):
        assert contrast(palette.focus, area) >= 3.0, area


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda p: p.name)
def test_the_three_judgements_are_three_colours(palette: Palette) -> None:
    assert len({palette.ok, palette.bad, palette.look, palette.text}) == 4


@pytest.mark.parametrize(
    ("dots_per_inch", "width"), [(96.0, 1280), (116.0, 1280), (102.0, 1920), (40.0, 1920), (400.0, 3840), (0.0, 1920)]
)
def test_a_touch_target_is_twenty_millimetres_whatever_the_screen_says_of_itself(
    dots_per_inch: float, width: int
) -> None:
    metrics = metrics_for(dots_per_inch, width)
    assert 76 <= metrics.touch <= 85
    assert 12 <= metrics.gap <= 14


def test_the_status_is_read_from_two_metres(qtbot: QtBot) -> None:
    load_fonts()
    metrics = Metrics(96 / 25.4)
    capitals = QFontMetricsF(base_font(metrics.status)).capHeight()
    assert capitals >= 12 * metrics.per_mm - 1


def test_the_typeface_that_ships_has_cyrillic(qtbot: QtBot) -> None:
    load_fonts()
    assert FAMILY in QFontDatabase.families()
    assert QFontDatabase.WritingSystem.Cyrillic in QFontDatabase.writingSystems(FAMILY)


def test_the_style_sheet_is_made_without_errors_for_both_themes(qtbot: QtBot) -> None:
    for palette in (LIGHT, DARK):
        sheet = Theme(palette).style_sheet()
        assert sheet.count("{") == sheet.count("}")
        assert "gradient" not in sheet


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_in_the_colour_that_is_asked_for(qtbot: QtBot, name: str) -> None:
    image = pixmap(name, "#FF0000", 32).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    opaque = {pixel.name() for pixel in pixels if pixel.alpha() == 255}
    assert opaque, "nothing was drawn"
    if name != "app":
        assert opaque == {"#ff0000"}
    assert image.pixelColor(0, 0).alpha() == 0, "an icon has no background"
