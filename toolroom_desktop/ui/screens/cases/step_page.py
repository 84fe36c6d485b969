"""One step of a case being entered: where, what, found or not, and a photo where it helps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.cases import LEAST_STATEMENT_CHARACTERS, Outcome
from toolroom_desktop.services import case_words
from toolroom_desktop.ui.screens.cases.presenter import CasesPresenter, Doing, Said
from toolroom_desktop.ui.screens.cases.snapshot import Snapshot
from toolroom_desktop.ui.screens.cases.words import advice, doing_word
from toolroom_desktop.ui.screens.inspection.live import LiveControl
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.parts import button, label

MOST_CHARACTERS = 2000
_MOST_OF_A_PLACE = 200


class StepPage(QWidget):
    """`changed` whenever what is entered may be complete now, or not any more."""

    changed = Signal()

    def __init__(
        self, shell: Shell, presenter: CasesPresenter, live: LiveControl, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._presenter = presenter
        theme, metrics = shell.theme, shell.theme.metrics
        self.title = label("title", self, wrap=True)
        self._case = label("strong", self, wrap=True)
        self._advice = label("muted", self, wrap=True)
        self.found_button = button(theme, "plain", "present", self)
        self.lost_button = button(theme, "plain", "missing", self)
        self._outcomes = QButtonGroup(self)
        for choice in (self.found_button, self.lost_button):
            choice.setCheckable(True)
            self._outcomes.addButton(choice)
        self._place_name, self._text_name = label("strong", self), label("strong", self)
        self.place_field = QLineEdit(self)
        self.place_field.setMaxLength(_MOST_OF_A_PLACE)
        self.text_field = QPlainTextEdit(self)
        self.text_field.setTabChangesFocus(True)
        self.snapshot = Snapshot(shell, live, self)
        outcomes = QHBoxLayout()
        outcomes.setSpacing(metrics.gap)
        outcomes.addWidget(self.found_button, 1)
        outcomes.addWidget(self.lost_button, 1)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap // 2)
        left.addLayout(outcomes)
        for widget in (self._place_name, self.place_field, self._text_name):
            left.addWidget(widget)
        left.addWidget(self.text_field, 1)
        both = QHBoxLayout()
        both.setSpacing(metrics.margin)
        both.addLayout(left, 6)
        both.addWidget(self.snapshot, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap // 2)
        for widget in (self.title, self._case, self._advice):
            column.addWidget(widget)
        column.addLayout(both, 1)
        self.place_field.textChanged.connect(self.changed)
        self.text_field.textChanged.connect(self._text_changed)
        for choice in (self.found_button, self.lost_button):
            choice.clicked.connect(self._outcome_chosen)

    def begin(self) -> None:
        """A step begins: nothing is entered yet."""
        self.place_field.clear()
        self.text_field.clear()
        self.snapshot.clear()
        self._outcomes.setExclusive(False)
        self.found_button.setChecked(False)
        self.lost_button.setChecked(False)
        self._outcomes.setExclusive(True)
        self.fill()
        (self.place_field if self.place_field.isVisibleTo(self) else self.text_field).setFocus()

    @property
    def said(self) -> Said:
        """What is entered."""
        return Said(
            self.place_field.text().strip() if self.place_field.isVisibleTo(self) else "",
            self.text_field.toPlainText().strip(),
            self._outcome,
            self.snapshot.taken,
        )

    @property
    def complete(self) -> bool:
        """Whether what the step needs is entered."""
        doing, said = self._presenter.doing, self.said
        if doing is Doing.SEARCH:
            return bool(said.place)
        if doing is Doing.OUTCOME:
            return said.outcome is Outcome.LOST or (said.outcome is Outcome.FOUND and bool(said.place))
        if doing is Doing.RELEASE:
            return len(said.text) >= LEAST_STATEMENT_CHARACTERS
        return bool(said.text)

    @property
    def _outcome(self) -> Outcome | None:
        if self.found_button.isChecked():
            return Outcome.FOUND
        return Outcome.LOST if self.lost_button.isChecked() else None

    def retranslate(self) -> None:
        """Set every text anew."""
        self.found_button.setText(self.tr("Found"))
        self.lost_button.setText(self.tr("Not found"))
        self.snapshot.retranslate()
        self.fill()

    def fill(self) -> None:
        """Show the fields of the presenter's step."""
        doing, shown = self._presenter.doing, self._presenter.shown
        if doing is None or shown is None:
            return
        case = shown.course.case
        say = Messages(self._shell.session.language).text
        self.title.setText(f"{case.number} · {doing_word(doing)}")
        name = shown.course.name(self._shell.session.language)
        self._case.setText(case_words.what_is_missing(case, name, say))
        self._advice.setText(advice(doing))
        outcome = doing is Doing.OUTCOME
        for choice in (self.found_button, self.lost_button):
            choice.setVisible(outcome)
        self.lost_button.setEnabled(case.second_search_done)
        if outcome and not case.second_search_done:
            self._advice.setText(
                self.tr("It counts as lost only after two people have searched, each in their own name.")
            )
        with_place = doing is Doing.SEARCH or (outcome and self._outcome is not Outcome.LOST)
        self._place_name.setVisible(with_place)
        self.place_field.setVisible(with_place)
        place = self.tr("Where was it found?") if outcome else self.tr("Where was searched?")
        self._place_name.setText(place)
        self.place_field.setAccessibleName(place)
        text = {
            Doing.SEARCH: self.tr("What came of it?"),
            Doing.NOTE: self.tr("What is to be remembered?"),
            Doing.OUTCOME: self.tr("Anything to add?"),
            Doing.RELEASE: self.tr("Why is the aircraft safe?"),
            Doing.REOPEN: self.tr("Why is it searched for again?"),
        }[doing]
        self._text_name.setText(text)
        self.text_field.setAccessibleName(text)
        self.snapshot.setVisible(doing in (Doing.SEARCH, Doing.NOTE, Doing.OUTCOME))

    def _text_changed(self) -> None:
        text = self.text_field.toPlainText()
        if len(text) > MOST_CHARACTERS:
            self.text_field.setPlainText(text[:MOST_CHARACTERS])
        self.changed.emit()

    def _outcome_chosen(self) -> None:
        self.fill()
        self.changed.emit()
