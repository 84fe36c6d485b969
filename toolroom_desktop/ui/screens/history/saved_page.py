"""Searches with names: one's own, and those of everybody at this station."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from toolroom_desktop.services.history_search import Search
from toolroom_desktop.ui.screens.history.presenter import SavedSearch
from toolroom_desktop.ui.screens.history.words import chip_word
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.parts import button, label
from toolroom_desktop.ui.widgets.touch_list import TouchList

_LONGEST_NAME = 60


class SavedPage(QWidget):
    """`kept` brings a name and whether everybody is to have it."""

    taken = Signal(object)
    kept = Signal(str, bool)
    forgotten = Signal(object)
    chosen = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self._saved: Sequence[SavedSearch] = ()
        self._search = Search()
        self.list = TouchList(theme, self)
        self._empty = label("muted", self, wrap=True)
        self._text = label("strong", self, wrap=True)
        self._present = label("body", self, wrap=True)
        self.name_field = QLineEdit(self)
        self.own_button = button(theme, "plain", "save", self)
        self.shared_button = button(theme, "plain", "save", self)
        self.forget_button = button(theme, "plain", "erase", self)
        metrics = theme.metrics
        self.name_field.setMaxLength(_LONGEST_NAME)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap)
        left.addWidget(self._empty)
        left.addWidget(self.list, 1)
        left.addWidget(self.forget_button)
        right = QVBoxLayout()
        right.setSpacing(metrics.gap)
        for widget in (self._text, self._present, self.name_field, self.own_button, self.shared_button):
            right.addWidget(widget)
        right.addStretch(1)
        root = QHBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(metrics.margin)
        root.addLayout(left, 1)
        root.addLayout(right, 1)
        self.list.taken.connect(self.taken)
        self.list.currentRowChanged.connect(self._row_changed)
        self.name_field.textChanged.connect(self._follow)
        self.own_button.clicked.connect(lambda: self.kept.emit(self.name_field.text(), False))
        self.shared_button.clicked.connect(lambda: self.kept.emit(self.name_field.text(), True))
        self.forget_button.clicked.connect(self._forget)

    def begin(self, search: Search) -> None:
        """Save that search, or take another one."""
        self._search = search
        self.name_field.clear()
        self._fill()

    def show_saved(self, saved: Sequence[SavedSearch]) -> None:
        """These are known."""
        self._saved = saved
        self._fill()

    def value(self) -> SavedSearch | None:
        """The chosen one."""
        found = self.list.value()
        return found if isinstance(found, SavedSearch) else None

    def retranslate(self) -> None:
        """Set every text in the present language."""
        self._empty.setText(self.tr("No search is saved yet. Choose filters, come back here and give them a name."))
        self._text.setText(self.tr("Save what you look for now"))
        self.name_field.setPlaceholderText(self.tr("Name of the search"))
        self.name_field.setAccessibleName(self.tr("Name of the search"))
        self.own_button.setText(self.tr("Save for me"))
        self.shared_button.setText(self.tr("Save for everybody here"))
        self.forget_button.setText(self.tr("Forget this search"))
        self.list.setAccessibleName(self.tr("Saved searches"))
        self._fill()

    def _fill(self) -> None:
        language = self._shell.session.language
        shared = self.tr("everybody")
        self.list.show_rows([(one, f"{one.name}  ·  {shared}" if one.shared else one.name) for one in self._saved])
        self.list.setVisible(bool(self._saved))
        self._empty.setVisible(not self._saved)
        parts = [chip_word(self._search, part, language) for part in self._search.parts()]
        if self._search.wanted.text:
            parts.append(f"“{self._search.wanted.text}”")
        self._present.setText(" · ".join(parts) or self.tr("All operations"))
        self._follow()

    def _row_changed(self) -> None:
        self._follow()
        self.chosen.emit()

    def _follow(self) -> None:
        named = bool(self.name_field.text().strip())
        self.own_button.setEnabled(named)
        self.shared_button.setEnabled(named)
        self.forget_button.setVisible(self.value() is not None)

    def _forget(self) -> None:
        saved = self.value()
        if saved is not None:
            self.forgotten.emit(saved)
