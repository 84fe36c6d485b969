"""A sentence that stays until it is put away: what happened, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import button, label, set_symbol


class Notice(QFrame):
    """Hidden while there is nothing to say. Never modal, and never gone by itself."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, closable: bool = False) -> None:
        super().__init__(parent)
        metrics = theme.metrics
        self.setProperty("part", "notice")
        self._symbol = QLabel(self)
        self._symbol.setPixmap(pixmap("notice", theme.palette.text, metrics.icon))
        self._sentence = label("body", self, wrap=True)
        self.close_button: QPushButton = button(theme, "flat", "", self)
        set_symbol(self.close_button, theme, "close", metrics.icon, alone=True)
        self.close_button.clicked.connect(self.clear)
        self.close_button.setVisible(closable)
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.gap, metrics.gap, metrics.gap, metrics.gap)
        row.setSpacing(metrics.gap)
        row.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sentence, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty while it is hidden."""
        return self._sentence.text()

    def say(self, sentence: str) -> None:
        """Show a sentence in place of the one before."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def clear(self) -> None:
        """Say nothing more."""
        self.say("")

    def retranslate(self) -> None:
        """Name the close button in the present language."""
        self.close_button.setAccessibleName(self.tr("Close the message"))
