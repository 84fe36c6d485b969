"""The last page: what is set up, what was left, and how to do it later."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.setup.page import AnyPage, StepPage
from toolroom_desktop.ui.screens.setup.steps import FinishStep
from toolroom_desktop.ui.shell import Surroundings
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.parts import frame, label, set_judgement


class FinishPage(StepPage[FinishStep]):
    """One row for each step before."""

    def __init__(
        self, surroundings: Surroundings, step: FinishStep, pages: Sequence[AnyPage], parent: QWidget | None = None
    ) -> None:
        super().__init__(surroundings, step, parent)
        self._pages = pages
        self._rows, area = scrolled_column(surroundings.theme, self)
        self.content.addWidget(area, 1)

    def name(self) -> str:
        return self.tr("Finish")

    def main_text(self) -> str:
        case = self.step.flow.case
        if not case.running or case.badge is None:
            return self.tr("Sign in")
        return self.tr("Home")

    def summary(self) -> str:
        return ""

    def retranslate(self) -> None:
        self.about.setText(
            self.tr("An administrator finds all of this again at home under “Set up this station”, at any time.")
        )

    def show_step(self) -> None:
        whole = all(page.is_done for page in self._pages)
        self.title.setText(self.tr("The station is set up") if whole else self.tr("Some steps are left for later"))
        empty(self._rows)
        for page in self._pages:
            self._rows.addWidget(self._row(page))

    def _row(self, page: AnyPage) -> QWidget:
        theme = self.surroundings.theme
        done = page.is_done
        row = frame("panel", self)
        symbol = QLabel(row)
        ink = theme.palette.text if done else theme.palette.look
        symbol.setPixmap(pixmap("confirm" if done else "unsure", ink, theme.metrics.icon))
        name = label("strong", row)
        name.setText(page.name())
        state = label("emphasis", row)
        state.setText(self.tr("done") if done else self.tr("left for later"))
        set_judgement(state, "" if done else "look")
        text = label("body", row, wrap=True)
        text.setText(page.summary() if done else page.later())
        head = QHBoxLayout()
        head.setSpacing(theme.metrics.gap)
        head.addWidget(name)
        head.addWidget(state)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        words.addWidget(text)
        line = QHBoxLayout(row)
        line.setContentsMargins(theme.metrics.gap, theme.metrics.gap // 2, theme.metrics.gap, theme.metrics.gap // 2)
        line.setSpacing(theme.metrics.gap)
        line.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return row
