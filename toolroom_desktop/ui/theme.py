"""Colours and sizes of the windows, and the one style sheet made from them.

Green says "complete", red "missing", amber "look yourself"; everything else is neutral. What decides has a contrast of
at least 7:1 (WCAG 2.1, success criterion 1.4.6), which a test computes for every pair in `Palette.deciding_pairs`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours, as #rrggbb.

    window   behind everything; `surface` panels and lists; `sunken` fields and quiet areas within a panel
    line     subtle borders; `line_strong` the borders of what can be touched
    text     what is read; `muted` what explains it; `disabled` what cannot be used now
    action   the main action, with `on_action` on it; `focus` the ring around what the keyboard is on
    ok, bad, look   the three judgements as ink, with `*_soft` as the area behind that ink
    """

    name: ThemeName
    window: str
    surface: str
    sunken: str
    line: str
    line_strong: str
    text: str
    muted: str
    disabled: str
    action: str
    action_pressed: str
    on_action: str
    focus: str
    selection: str
    ok: str
    ok_soft: str
    bad: str
    bad_soft: str
    look: str
    look_soft: str
    neutral_soft: str

    @property
    def deciding_pairs(self) -> tuple[tuple[str, str], ...]:
        """(ink, area) pairs that somebody decides by."""
        areas = (self.window, self.surface, self.sunken)
        inks = (self.text, self.muted, self.ok, self.bad, self.look)
        everywhere = tuple((ink, area) for ink in inks for area in areas)
        soft = (
            (self.ok, self.ok_soft),
            (self.bad, self.bad_soft),
            (self.look, self.look_soft),
            (self.text, self.neutral_soft),
            (self.text, self.selection),
            (self.on_action, self.action),
        )
        return everywhere + soft


LIGHT = Palette(
    name="light",
    window="#F3F4F5",
    surface="#FFFFFF",
    sunken="#F3F4F5",
    line="#DADFE3",
    line_strong="#9AA5AE",
    text="#1B2329",
    muted="#454F58",
    disabled="#78838C",
    action="#22313D",
    action_pressed="#3A4B59",
    on_action="#FFFFFF",
    focus="#3A82CC",
    selection="#DCE7F1",
    ok="#0B5A2B",
    ok_soft="#E4F2E8",
    bad="#8F1515",
    bad_soft="#FBE9E7",
    look="#6E3F00",
    look_soft="#FCF0D9",
    neutral_soft="#E8EBED",
)

DARK = Palette(
    name="dark",
    window="#12171B",
    surface="#1B2228",
    sunken="#12171B",
    line="#313B43",
    line_strong="#61707B",
    text="#F0F3F5",
    muted="#BEC7CE",
    disabled="#7F8B94",
    action="#DDE5EB",
    action_pressed="#B4C0C9",
    on_action="#12171B",
    focus="#3A82CC",
    selection="#29404F",
    ok="#7BD89A",
    ok_soft="#173522",
    bad="#FFA79E",
    bad_soft="#3A1C1B",
    look="#FFC76E",
    look_soft="#372A12",
    neutral_soft="#28323A",
)

PALETTES: dict[str, Palette] = {"light": LIGHT, "dark": DARK}

# Screens lie about their size (a projector says 0 mm, a television its marketing inches), so what they say is believed
# only between 96 dpi and 107 dpi, the 22" Full HD touch screen.
_LEAST_PER_MM = 96 / 25.4
_MOST_PER_MM = 107 / 25.4
_TOUCH_MM = 20.0
_GAP_MM = 3.0
_STATUS_CAPITALS_MM = 12.0
_CAPITAL_SHARE = 0.727  # height of Inter's capitals as a share of the font size


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in device independent pixels.

    touch    the least side of whatever a gloved finger must meet; `gap` the least distance between two of them
    margin   around a screen's content; `radius` of corners; `icon` beside a text
    caption, body, strong, title  font sizes; `status` the word that is read from two metres away
    """

    per_mm: float

    @property
    def touch(self) -> int:
        return round(_TOUCH_MM * self.per_mm)

    @property
    def gap(self) -> int:
        return round(_GAP_MM * self.per_mm + 0.4)

    @property
    def margin(self) -> int:
        return 24

    @property
    def radius(self) -> int:
        return 8

    @property
    def icon(self) -> int:
        return 28

    @property
    def caption(self) -> int:
        return 16

    @property
    def body(self) -> int:
        return 18

    @property
    def strong(self) -> int:
        return 22

    @property
    def title(self) -> int:
        return 30

    @property
    def status(self) -> int:
        return round(_STATUS_CAPITALS_MM * self.per_mm / _CAPITAL_SHARE)


def metrics_for(dots_per_inch: float, width: int) -> Metrics:
    """Sizes for a screen of that physical density and that width, both in device independent pixels.

    A laptop of 1280 pixels gets the smallest sizes that still suit a glove, so that everything fits.
    """
    per_mm = _LEAST_PER_MM if width < 1600 else dots_per_inch / 25.4
    return Metrics(min(max(per_mm, _LEAST_PER_MM), _MOST_PER_MM))


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours and sizes together."""

    palette: Palette = LIGHT
    metrics: Metrics = Metrics(_LEAST_PER_MM)

    def style_sheet(self) -> str:
        """The style sheet of the whole application."""
        p, m = self.palette, self.metrics
        half = m.gap // 2
        return f"""
* {{ font-family: "Inter"; font-size: {m.body}px; color: {p.text}; }}
QMainWindow, Screen, QWidget[part="window"] {{ background: {p.window}; }}
QWidget[part="bar"] {{ background: {p.surface}; }}
QWidget[part="top"] {{ background: {p.surface}; border: none; border-bottom: 1px solid {p.line}; }}
QWidget[part="bottom"] {{ background: {p.surface}; border: none; border-top: 1px solid {p.line}; }}
QFrame[part="panel"] {{ background: {p.surface}; border: 1px solid {p.line}; border-radius: {m.radius}px; }}
QFrame[part="quiet"] {{ background: {p.neutral_soft}; border: none; border-radius: {m.radius}px; }}
QFrame[part="notice"] {{
    background: {p.surface}; border: 2px solid {p.line_strong}; border-radius: {m.radius}px;
}}
QFrame[part="notice"][place="window"] {{ margin-top: {m.gap}px; }}
QFrame[part="line"] {{ background: {p.line}; border: none; }}
QLabel {{ background: transparent; }}
QLabel[role="caption"] {{ font-size: {m.caption}px; color: {p.muted}; }}
QLabel[role="muted"] {{ color: {p.muted}; }}
QLabel[role="emphasis"] {{ font-size: {m.body + 2}px; font-weight: 600; }}
QLabel[role="strong"] {{ font-size: {m.strong}px; font-weight: 600; }}
QLabel[role="title"] {{ font-size: {m.title}px; font-weight: 600; }}
QLabel[role="status"] {{ font-size: {m.status}px; font-weight: 700; }}
QLabel[judgement="ok"] {{ color: {p.ok}; }}
QLabel[judgement="bad"] {{ color: {p.bad}; }}
QLabel[judgement="look"] {{ color: {p.look}; }}
QFrame[part="panel"][judgement="ok"] {{ background: {p.ok_soft}; border: 2px solid {p.ok}; }}
QFrame[part="panel"][judgement="bad"] {{ background: {p.bad_soft}; border: 2px solid {p.bad}; }}
QFrame[part="panel"][judgement="look"] {{ background: {p.look_soft}; border: 2px solid {p.look}; }}

QPushButton {{
    background: {p.surface}; border: 1px solid {p.line_strong}; border-radius: {m.radius}px;
    min-height: {m.touch - 2}px; min-width: {m.touch - 2 - 2 * m.gap}px; padding: 0 {m.gap}px;
    font-size: {m.body + 1}px; font-weight: 600;
}}
QPushButton:pressed, QPushButton:checked {{ background: {p.selection}; border-color: {p.focus}; }}
QPushButton:focus {{ border: 3px solid {p.focus}; min-height: {m.touch - 6}px; padding: 0 {m.gap - 2}px; }}
QPushButton:disabled {{ color: {p.disabled}; border-color: {p.line}; }}
QPushButton[kind="main"] {{
    background: {p.action}; color: {p.on_action}; border: 1px solid {p.action}; font-size: {m.strong}px;
    min-width: {3 * m.touch}px;
}}
QPushButton[kind="main"]:pressed {{ background: {p.action_pressed}; }}
QPushButton[kind="main"]:focus {{ border: 3px solid {p.focus}; }}
QPushButton[kind="main"]:disabled {{ background: {p.neutral_soft}; color: {p.disabled}; border-color: {p.line}; }}
QPushButton[kind="flat"] {{ background: transparent; border: 1px solid transparent; }}
QPushButton[kind="flat"]:pressed {{ background: {p.selection}; }}
QPushButton[kind="flat"]:focus {{ border: 3px solid {p.focus}; }}
QPushButton[kind="card"] {{ text-align: left; font-size: {m.body}px; }}
QPushButton[kind="row"] {{ background: {p.surface}; border: 1px solid {p.line}; padding: 0; }}
QPushButton[kind="row"]:pressed {{ background: {p.selection}; }}
QPushButton[kind="row"]:focus {{ border: 3px solid {p.focus}; padding: 0; }}
QPushButton[kind="key"] {{ font-size: {m.title}px; }}
QPushButton[kind="tile"] {{ font-size: {m.title}px; padding: {m.margin}px; }}
QPushButton[kind="tile-care"] {{ font-size: {m.body + 1}px; padding: 0 {half}px; }}
QPushButton[kind="tile-care"]:focus {{ border: 3px solid {p.focus}; padding: 0 {half - 2}px; }}
QPushButton[kind="tile-main"] {{
    font-size: {m.title}px; padding: {m.margin}px; background: {p.action}; color: {p.on_action};
    border: 1px solid {p.action};
}}
QPushButton[kind="tile-main"]:pressed {{ background: {p.action_pressed}; }}
QPushButton[kind="tile-main"]:focus, QPushButton[kind="tile"]:focus {{
    border: 3px solid {p.focus}; padding: {m.margin - 2}px;
}}

QLineEdit, QPlainTextEdit {{
    background: {p.surface}; border: 1px solid {p.line_strong}; border-radius: {m.radius}px;
    padding: 0 {m.gap}px; font-size: {m.strong}px;
    selection-background-color: {p.selection}; selection-color: {p.text}; placeholder-text-color: {p.muted};
}}
QLineEdit {{ min-height: {m.touch - 2}px; }}
QPlainTextEdit {{ padding: {half}px; font-size: {m.body}px; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 3px solid {p.focus}; }}
QLineEdit:focus {{ min-height: {m.touch - 6}px; padding: 0 {m.gap - 2}px; }}
QLineEdit:disabled {{ color: {p.disabled}; background: {p.neutral_soft}; }}

QListView, QTableView {{
    background: {p.surface}; border: 1px solid {p.line}; border-radius: {m.radius}px; padding: 3px; outline: none;
    selection-background-color: {p.selection}; selection-color: {p.text}; gridline-color: {p.line};
}}
/* Border and padding together stay as wide, and rows keep clear of the corners: nothing paints over the frame. */
QListView:focus, QTableView:focus {{ border: 2px solid {p.focus}; padding: 2px; }}
QListView[part="touch"]::item {{ border-bottom: 1px solid {p.line}; padding: 0 {m.gap}px; }}
QListView[part="touch"]::item:selected {{ background: {p.selection}; color: {p.text}; }}
QCalendarWidget QWidget {{ background: {p.surface}; alternate-background-color: {p.sunken}; }}
QCalendarWidget QToolButton {{
    background: {p.surface}; color: {p.text}; border: none; min-height: {m.touch - 2 * half}px; min-width: {m.touch}px;
    font-size: {m.strong}px; font-weight: 600;
}}
QCalendarWidget QToolButton:pressed {{ background: {p.selection}; }}
QCalendarWidget QAbstractItemView {{
    background: {p.surface}; selection-background-color: {p.action}; selection-color: {p.on_action};
    font-size: {m.body}px; border: none;
}}
QMenu, QToolTip {{ background: {p.surface}; border: 1px solid {p.line_strong}; }}
QMenu::item {{ padding: {half}px {m.margin}px; }}
QMenu[part="choices"]::item {{ padding: {(m.touch - m.strong) // 2}px {m.margin}px; font-size: {m.strong}px; }}
QMenu::item:selected {{ background: {p.selection}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{
    background: transparent; color: {p.muted}; border: none; border-bottom: 1px solid {p.line};
    padding: {half}px {half}px; font-size: {m.caption}px; font-weight: 600;
}}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[part="clear"] {{ background: transparent; }}
QScrollBar:vertical {{ background: {p.surface}; width: 18px; margin: 2px; border: none; }}
QScrollBar::handle:vertical {{ background: {p.line_strong}; min-height: {m.touch}px; border-radius: 7px; }}
QScrollBar:horizontal {{ background: {p.surface}; height: 18px; margin: 2px; border: none; }}
QScrollBar::handle:horizontal {{ background: {p.line_strong}; min-width: {m.touch}px; border-radius: 7px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {p.neutral_soft}; border: none; border-radius: 4px; max-height: 8px; }}
QProgressBar::chunk {{ background: {p.action}; border-radius: 4px; }}
"""
