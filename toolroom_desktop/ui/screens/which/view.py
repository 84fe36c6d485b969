"""The layout of the question which of several things a scan means: a large button for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from toolroom_desktop.services.scanning import Meaning
from toolroom_desktop.ui.scan_words import MEANING_ICONS, meaning_detail, meaning_title
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.parts import label
from toolroom_desktop.ui.widgets.row_button import RowButton


class WhichScreen(Screen):
    """Asks which one is meant. `chosen` is called with it."""

    def __init__(self, shell: Shell, chosen: Callable[[Meaning], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._chosen = chosen
        self._code = ""
        self._meanings: Sequence[Meaning] = ()
        self._title = label("title", self, wrap=True)
        self.buttons: list[RowButton] = []
        self.bar = ActionBar(shell.theme, self)
        self.bar.main.hide()
        self.bar.back.clicked.connect(shell.navigator.show_home)
        self.back_button = self.bar.back
        metrics = shell.theme.metrics
        self._column, area = scrolled_column(shell.theme, self)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self._title)
        content.addWidget(area, 1)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)

    @property
    def at_rest(self) -> bool:
        return True

    def begin(self, code: str, meanings: Sequence[Meaning]) -> None:
        """Ask about these."""
        self._code, self._meanings = code, meanings
        self.retranslate()

    def leave(self) -> None:
        self._meanings = ()

    def retranslate(self) -> None:
        self._title.setText(self.tr("“{code}” is the name of several things. Which one?").format(code=self._code))
        self.bar.back.setText(self.tr("Back"))
        empty(self._column)
        self.buttons = []
        language = self._shell.session.language
        for meaning in self._meanings:
            made = RowButton(self._shell.theme, self)
            made.say(MEANING_ICONS[meaning.kind], meaning_title(meaning), meaning_detail(meaning, language))
            made.clicked.connect(self._pressed)
            self._column.addWidget(made)
            self.buttons.append(made)

    def _pressed(self) -> None:
        for made, meaning in zip(self.buttons, self._meanings, strict=True):
            if made is self.sender():
                self._chosen(meaning)
                return
