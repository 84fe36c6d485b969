"""What is asked about a report: of when, about what, in which format and language."""

from __future__ import annotations

from collections.abc import Set
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.config.days import write_day
from toolroom_desktop.config.messages import LANGUAGES, Language
from toolroom_desktop.domain.dates import day_of
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.reports.content import ReportFormat
from toolroom_desktop.services.reports.definitions import Definition
from toolroom_desktop.ui.screens.reports.choices import Choice, When
from toolroom_desktop.ui.screens.reports.words import FORMATS, name_of, subject_word, when_word
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.layouts import scrolled_column
from toolroom_desktop.ui.widgets.parts import button, label, set_judgement

_ACROSS = 3
_WIDTH_TOUCHES = 6
_SUBJECTS = ("kit", "person", "tool")


class ChoicePanel(QWidget):
    """Tells of every choice by a signal; shows what `show_choice` says."""

    time_chosen = Signal(object, object, object)
    subject_chosen = Signal(str, str)
    format_chosen = Signal(object)
    language_chosen = Signal(str)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self.title = label("title", self, wrap=True)
        self._time_name, self._file_name = label("strong", self), label("strong", self)
        self.time_buttons = {when: self._option() for when in When}
        self.format_buttons = {format_: self._option() for format_ in ReportFormat}
        self.language_buttons: dict[Language, QPushButton] = {language: self._option() for language in LANGUAGES}
        self._groups = [
            self._exclusive(list(group.values()))
            for group in (self.time_buttons, self.format_buttons, self.language_buttons)
        ]
        self.first_field, self.last_field = QLineEdit(self), QLineEdit(self)
        self._first_name, self._last_name = label("caption", self), label("caption", self)
        self._days_problem = label("body", self, wrap=True)
        self.days_button = button(theme, "plain", "confirm", self)
        self.subject_fields = {subject: QLineEdit(self) for subject in _SUBJECTS}
        self._subject_names = {subject: label("strong", self, wrap=True) for subject in _SUBJECTS}
        self._lay_out()
        self._connect()

    def _option(self) -> QPushButton:
        made = button(self._shell.theme, "plain", "", self)
        made.setCheckable(True)
        return made

    def _exclusive(self, buttons: list[QPushButton]) -> QButtonGroup:
        group = QButtonGroup(self)
        for made in buttons:
            group.addButton(made)
        return group

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        column, area = scrolled_column(self._shell.theme, self)
        column.setSpacing(metrics.gap)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self._times = QGridLayout()
        self._times.setSpacing(metrics.gap)
        days = QGridLayout()
        days.setSpacing(metrics.gap // 2)
        for place, (name, field) in enumerate(
            ((self._first_name, self.first_field), (self._last_name, self.last_field))
        ):
            field.setMaxLength(10)
            days.addWidget(name, 0, place)
            days.addWidget(field, 1, place)
        days.addWidget(self.days_button, 1, 2)
        formats = QHBoxLayout()
        formats.setSpacing(metrics.gap)
        for made in self.format_buttons.values():
            formats.addWidget(made, 1)
        languages = QHBoxLayout()
        languages.setSpacing(metrics.gap)
        for made in self.language_buttons.values():
            languages.addWidget(made, 1)
        column.addWidget(self.title)
        for subject in _SUBJECTS:
            self.subject_fields[subject].setMaxLength(64)
            column.addWidget(self._subject_names[subject])
            column.addWidget(self.subject_fields[subject])
        column.addWidget(self._time_name)
        column.addLayout(self._times)
        column.addLayout(days)
        column.addWidget(self._days_problem)
        column.addWidget(self._file_name)
        column.addLayout(formats)
        column.addLayout(languages)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(_WIDTH_TOUCHES * metrics.touch)
        set_judgement(self._days_problem, "look")

    def _connect(self) -> None:
        for made in self.time_buttons.values():
            made.clicked.connect(self._time_pressed)
        for made in self.format_buttons.values():
            made.clicked.connect(self._format_pressed)
        for made in self.language_buttons.values():
            made.clicked.connect(self._language_pressed)
        self.days_button.clicked.connect(self._days_entered)
        for field in (self.first_field, self.last_field):
            field.returnPressed.connect(self._days_entered)
        for field in self.subject_fields.values():
            field.editingFinished.connect(self._subject_entered)

    # --- what is shown

    def show_choice(
        self, choice: Choice, definition: Definition, language: Language, *, everywhere: bool = False
    ) -> None:
        """Show what is chosen, and ask for what that report needs; all stations have no shift in common."""
        own = self._shell.session.language
        self.title.setText(name_of(choice.report, own))
        without = {When.ALL if definition.by_period else When.TODAY}
        self._show_times(without | {When.SHIFT} if everywhere else without)
        self.time_buttons[choice.when].setChecked(True)
        for widget in (self._first_name, self._last_name, self.first_field, self.last_field, self.days_button):
            widget.setVisible(choice.when is When.DAYS)
        if choice.first is not None:
            self.first_field.setText(write_day(choice.first, own))
            self.last_field.setText(write_day(choice.last or choice.first, own))
        if choice.when is not When.DAYS:
            self._say_days("")
        for subject, field in self.subject_fields.items():
            wanted = subject in definition.subjects
            field.setVisible(wanted)
            self._subject_names[subject].setVisible(wanted)
            text = subject_word(subject, required=subject == definition.required)
            self._subject_names[subject].setText(text)
            field.setAccessibleName(text)
            if field.text().strip() != choice.subjects.get(subject, ""):
                field.setText(choice.subjects.get(subject, ""))
        self.format_buttons[choice.format].setChecked(True)
        self.language_buttons[language].setChecked(True)

    def _show_times(self, without: Set[When]) -> None:
        """Every time but those, side by side."""
        shown = [when for when in When if when not in without]
        for when in without:
            self.time_buttons[when].hide()
        for place, when in enumerate(shown):
            self._times.addWidget(self.time_buttons[when], place // _ACROSS, place % _ACROSS)
            self.time_buttons[when].show()

    def begin(self, definition: Definition) -> None:
        """Another report: nothing is entered yet, and the keyboard is where something must be."""
        self._say_days("")
        self.first_field.clear()
        self.last_field.clear()
        if definition.required:
            self.subject_fields[definition.required].setFocus()

    def scanned(self, code: str, definition: Definition) -> bool:
        """The label of a kit or tool, or a badge, was scanned; whether the report asks for one."""
        wanted = definition.required or next(iter(definition.subjects), "")
        if not wanted:
            return False
        self.subject_fields[wanted].setText(code)
        self.subject_chosen.emit(wanted, code)
        return True

    def retranslate(self) -> None:
        """Set every text anew."""
        for when, made in self.time_buttons.items():
            made.setText(when_word(when))
        for format_, made in self.format_buttons.items():
            made.setText(FORMATS[format_])
        for language, made in self.language_buttons.items():
            made.setText({"ru": "Русский", "en": "English"}[language])
        self._time_name.setText(self.tr("Of which time?"))
        self._file_name.setText(self.tr("Format and language"))
        self._first_name.setText(self.tr("First day"))
        self._last_name.setText(self.tr("Last day"))
        self.first_field.setAccessibleName(self.tr("First day"))
        self.last_field.setAccessibleName(self.tr("Last day"))
        example = write_day(date(2026, 3, 2), self._shell.session.language)
        self.first_field.setPlaceholderText(example)
        self.last_field.setPlaceholderText(example)
        self.days_button.setAccessibleName(self.tr("Show these days"))

    def _say_days(self, sentence: str) -> None:
        self._days_problem.setText(sentence)
        self._days_problem.setVisible(bool(sentence))

    # --- what is chosen

    def _time_pressed(self) -> None:
        when = next(when for when, made in self.time_buttons.items() if made is self.sender())
        if when is When.DAYS:
            self.time_chosen.emit(when, None, None)
            self.first_field.setFocus()
        else:
            self.time_chosen.emit(when, None, None)

    def _days_entered(self) -> None:
        try:
            first = day_of(self.first_field.text())
            last = day_of(self.last_field.text()) if self.last_field.text().strip() else first
        except UserFacingError as error:
            self._say_days(self._shell.sentence(error))
            return
        self._say_days("")
        self.time_chosen.emit(When.DAYS, first, last)

    def _subject_entered(self) -> None:
        for subject, field in self.subject_fields.items():
            if field is self.sender():
                self.subject_chosen.emit(subject, field.text())

    def _format_pressed(self) -> None:
        self.format_chosen.emit(next(name for name, made in self.format_buttons.items() if made is self.sender()))

    def _language_pressed(self) -> None:
        self.language_chosen.emit(next(name for name, made in self.language_buttons.items() if made is self.sender()))
