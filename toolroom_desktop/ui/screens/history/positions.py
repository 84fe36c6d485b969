"""Every tool of an operation: what recognition saw, and beside it what a person found."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from toolroom_desktop.domain.inspection import PositionState
from toolroom_desktop.domain.operation import CountedPosition, Operation
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.history.facts import remark_line
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.layouts import empty
from toolroom_desktop.ui.widgets.parts import Judgement, TextRole, button, label, set_judgement
from toolroom_desktop.ui.words import (
    COUNT_ICONS,
    COUNT_JUDGEMENTS,
    STATE_ICONS,
    STATE_JUDGEMENTS,
    count_word,
    state_word,
)


class Positions(QWidget):
    """`photo_wanted` brings the SHA-256 of a photo of one tool."""

    photo_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.metrics.gap)
        self._grid.setVerticalSpacing(0)
        for column, share in ((1, 4), (2, 3), (3, 3)):
            self._grid.setColumnStretch(column, share)

    def show_operation(self, operation: Operation, names: Mapping[str, str], language: str) -> None:
        """Show the tools of that operation. `names` are those of the classes."""
        empty(self._grid)
        titles = ((2, self.tr("Recognised")), (3, self.tr("Counted") if operation.counted else ""))
        for column, title in titles:
            self._cell(0, column, title, "caption", "")
        counted = {(c.tool_class, c.unit): c for c in operation.counted}
        for position in operation.result.get("positions", ()):
            state = PositionState(position["state"])
            percent = f" {position['confidence'] * 100:.0f}\N{NO-BREAK SPACE}%" if position["confidence"] else ""
            self._row(
                _name(position, language),
                f"{state_word(state)}{percent}",
                STATE_ICONS[state],
                STATE_JUDGEMENTS[state],
                counted.get((position["class_name"], position["unit"])),
            )
        for extra in operation.result.get("extra_tools", ()):
            self._row(names.get(extra, extra), self.tr("extra"), "extra", "look", None)

    def _row(self, name: str, seen: str, symbol: str, judgement: Judgement, word: CountedPosition | None) -> None:
        row = self._grid.rowCount()
        by_hand = word is not None and word.by_hand
        final_symbol = COUNT_ICONS[word.count] if word is not None and by_hand else symbol
        final = COUNT_JUDGEMENTS[word.count] if word is not None and by_hand else judgement
        mark = QLabel(self)
        mark.setPixmap(pixmap(final_symbol, self._ink(final), 22))
        self._grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
        self._cell(row, 1, name, "body", "")
        self._cell(row, 2, seen, "caption", judgement)
        if word is None:
            return
        said = count_word(word.count) if by_hand else self.tr("as recognised")
        self._cell(row, 3, said, "caption", COUNT_JUDGEMENTS[word.count] if by_hand else "")
        remark = remark_line(word)
        if remark:
            self._cell(row + 1, 1, remark, "caption", "", columns=3)
        if word.photo:
            shown = button(self._theme, "plain", "photo", self)
            shown.setText(self.tr("Photo of this tool"))
            shown.clicked.connect(partial(self.photo_wanted.emit, word.photo))
            self._grid.addWidget(shown, row + 2, 1, 1, 3)

    def _cell(
        self, row: int, column: int, text: str, role: TextRole, judgement: Judgement, *, columns: int = 1
    ) -> None:
        made = label(role, self, wrap=row > 0)
        made.setText(text)
        made.setContentsMargins(0, 2, 0, 8)
        set_judgement(made, judgement)
        self._grid.addWidget(made, row, column, 1, columns)

    def _ink(self, judgement: Judgement) -> str:
        palette = self._theme.palette
        return {"ok": palette.ok, "bad": palette.bad, "look": palette.look}.get(judgement, palette.text)


def _name(position: Mapping[str, Any], language: str) -> str:
    return str(position[f"name_{language}"])
