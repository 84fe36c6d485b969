"""The few building blocks that all screens are put together from, in the roles that the style sheet knows."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from toolroom_desktop.ui.icons import icon
from toolroom_desktop.ui.theme import Theme

TextRole = Literal["body", "caption", "muted", "emphasis", "strong", "title", "status"]
ButtonKind = Literal["plain", "main", "flat", "key", "card", "tile", "tile-main", "tile-care"]
Judgement = Literal["", "ok", "bad", "look"]
FramePart = Literal["panel", "quiet", "notice", "line"]


def label(role: TextRole = "body", parent: QWidget | None = None, *, wrap: bool = False) -> QLabel:
    """A text in one of the roles of the style sheet. Names that people typed are never read as markup."""
    made = QLabel(parent)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def button(
    theme: Theme, kind: ButtonKind = "plain", symbol: str = "", parent: QWidget | None = None, *, size: int = 0
) -> QPushButton:
    """A button that a gloved finger can meet, with the icon `symbol` in the colour of its text."""
    made = QPushButton(parent)
    made.setProperty("kind", kind)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    if symbol:
        set_symbol(made, theme, symbol, size or theme.metrics.icon)
    return made


def set_symbol(target: QPushButton, theme: Theme, symbol: str, size: int, *, alone: bool = False) -> None:
    """Give a button another icon; `alone` says that no text stands beside it."""
    palette = theme.palette
    dark = target.property("kind") in ("main", "tile-main")
    apart = 0 if alone else size // 4
    colour = palette.on_action if dark else palette.text
    target.setIcon(icon(symbol, colour, size, disabled=palette.disabled, apart=apart))
    target.setIconSize(QSize(size + apart, size))


def frame(part: FramePart = "panel", parent: QWidget | None = None) -> QFrame:
    """A framed area."""
    made = QFrame(parent)
    made.setProperty("part", part)
    if part == "line":
        made.setFixedHeight(1)
    return made


def set_judgement(target: QWidget, judgement: Judgement) -> None:
    """Colour a label or panel as complete, missing, look-yourself or neutral."""
    if target.property("judgement") == judgement:
        return
    target.setProperty("judgement", judgement)
    style = target.style()
    style.unpolish(target)
    style.polish(target)
