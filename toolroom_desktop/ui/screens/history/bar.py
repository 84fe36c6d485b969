"""The bar below the history: what can be done on the page that is shown, and how many operations are found."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtWidgets import QWidget

from toolroom_desktop.services.history_rows import Counted
from toolroom_desktop.ui.screens.history.presenter import HistoryPresenter
from toolroom_desktop.ui.screens.history.words import chip_word
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.parts import button, label


class Stage(IntEnum):
    """Which page is shown."""

    LIST = 0
    FILTER = 1
    TABLE = 2
    SAVED = 3
    DETAIL = 4
    CORRECT = 5


class HistoryBar(ActionBar):
    """Its buttons follow the page; what they do is the screen's matter."""

    def __init__(self, theme: Theme, presenter: HistoryPresenter, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._presenter = presenter
        self.count_text = label("emphasis", self)
        self.table_button = button(theme, "plain", "", self)
        self.saved_button = button(theme, "plain", "", self)
        self.file_button = button(theme, "plain", "save", self)
        self.clear_button = button(theme, "plain", "erase", self)
        self.correct_button = button(theme, "plain", "setup", self)
        for widget in (
            self.count_text,
            self.table_button,
            self.saved_button,
            self.file_button,
            self.clear_button,
            self.correct_button,
        ):
            self.add(widget)

    def retranslate(self) -> None:
        """Set the texts that are always the same."""
        self.back.setText(self.tr("Back"))
        self.table_button.setText(self.tr("Columns"))
        self.saved_button.setText(self.tr("Saved"))
        self.clear_button.setText(self.tr("No filter"))
        self.correct_button.setText(self.tr("Correct…"))

    def follow(self, stage: Stage, *, ready: bool, count: bool, correct: bool) -> None:
        """Show what belongs to that page.

        ready    whether the main action is possible
        count    whether the operation that is shown owes a count that can be given here
        correct  whether what is noted beside it can be corrected
        """
        presenter, listed = self._presenter, stage is Stage.LIST
        exporting = presenter.exporting
        self.count_text.setVisible(stage in (Stage.LIST, Stage.FILTER))
        self.count_text.setText(self._count_words() if exporting is None else self._export_words(*exporting))
        self.table_button.setVisible(listed and exporting is None)
        self.saved_button.setVisible(listed and exporting is None)
        self.file_button.setVisible(listed and presenter.may_export)
        self.file_button.setText(self.tr("Stop") if exporting is not None else self.tr("To a file"))
        self.clear_button.setVisible(stage is Stage.FILTER and presenter.search.anything)
        self.correct_button.setVisible(stage is Stage.DETAIL and correct)
        words = {
            Stage.LIST: self.tr("Open"),
            Stage.FILTER: self.tr("Show"),
            Stage.TABLE: "",
            Stage.SAVED: self.tr("Look for this"),
            Stage.DETAIL: self.tr("Count now") if count else "",
            Stage.CORRECT: self.tr("Record the correction"),
        }[stage]
        self.main.setVisible(bool(words))
        self.main.setText(words)
        self.main.setEnabled(ready)

    def why_empty(self, language: str) -> str:
        """Why nothing is found, and what to do about it."""
        search = self._presenter.search
        if not search.anything and self._presenter.shown.everywhere:
            return self.tr("No operation of any station is here yet. They come from the centre by themselves.")
        if not search.anything:
            return self.tr("Nothing was done at this station yet. The first confirmed kit appears here.")
        parts = [self._words_of(part, language) for part in search.parts()]
        if search.wanted.text:
            parts.append(self._words_of("text", language))
        if len(parts) == 1:
            sentence = self.tr("Nothing is found with {what}. Take it away above to see all operations.")
            return sentence.format(what=parts[0])
        return self.tr("Nothing fits all of this: {what}. Take one of them away above.").format(what=", ".join(parts))

    def without(self, part: str, count: Counted, language: str) -> str:
        """How many are found without that part of the search."""
        sentence = self.tr("Without {what}: {count}.")
        return sentence.format(what=self._words_of(part, language), count=self._number(count))

    def _words_of(self, part: str, language: str) -> str:
        search = self._presenter.search
        if part == "text":
            return self.tr("the search for “{text}”").format(text=search.wanted.text)
        return chip_word(search, part, language)

    def _count_words(self) -> str:
        count = self._presenter.count
        if count is None:
            return self.tr("Counting…")
        return self._number(count)

    def _number(self, count: Counted) -> str:
        number = f"{count.number:,}".replace(",", "\N{NO-BREAK SPACE}")
        said = self.tr("more than {number} found") if count.more else self.tr("{number} found")
        return said.format(number=number)

    def _export_words(self, done: int, total: int) -> str:
        return self.tr("{done} of {total} rows written…").format(done=done, total=total)
