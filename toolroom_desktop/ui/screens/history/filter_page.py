"""Where somebody says what to look for: the parts of a search on the left, what one can be on the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QDate, QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.history_rows import Choice, Finding, Known
from toolroom_desktop.services.history_search import PERIOD, Period, Search
from toolroom_desktop.ui.icons import icon
from toolroom_desktop.ui.screens.history.presenter import HistoryPresenter
from toolroom_desktop.ui.screens.history.words import (
    day_word,
    finding_word,
    flag_word,
    part_word,
    period_word,
    value_word,
)
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.parts import button, label
from toolroom_desktop.ui.widgets.row_button import RowButton
from toolroom_desktop.ui.widgets.touch_list import TouchList
from toolroom_desktop.ui.words import status_word, type_word

_TYPING_MS = 250
_LONGEST = 100
_COLUMNS = 2
CHOICES = {
    "person": Choice.PERSON,
    "kit": Choice.KIT,
    "toolkit": Choice.TOOLKIT,
    "tool_class": Choice.TOOL_CLASS,
    "aircraft": Choice.AIRCRAFT,
    "work_order": Choice.WORK_ORDER,
    "model": Choice.MODEL,
    "site": Choice.SITE,
}
FLAGS = ("with_case", "count_owed", "counted", "overridden", "first_pass")
TEXTS = ("marking",)
_SEVERAL: dict[str, Sequence[Any]] = {
    "types": tuple(OperationType),
    "final_statuses": tuple(Status),
    "statuses": tuple(Status),
    "findings": tuple(Finding),
}
PARTS = (
    PERIOD,
    "types",
    "final_statuses",
    "person",
    "kit",
    "aircraft",
    "work_order",
    "tool_class",
    "marking",
    "findings",
    "with_case",
    "count_owed",
    "counted",
    "overridden",
    "first_pass",
    "statuses",
    "toolkit",
    "model",
    "site",
)


class FilterPage(QWidget):
    """`changed` brings the search as it is after every touch."""

    changed = Signal(object)

    def __init__(self, shell: Shell, presenter: HistoryPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._presenter = presenter
        self._search = Search()
        self._ticket = 0
        theme = shell.theme
        self.part = PERIOD
        self.part_rows: dict[str, RowButton] = {}
        self.option_buttons: dict[object, QPushButton] = {}
        self._title = label("strong", self)
        self.choice_field = QLineEdit(self)
        self.choice_list = TouchList(theme, self)
        self.choice_hint = label("muted", self, wrap=True)
        self.first_button, self.last_button = (button(theme, "plain", "", self) for _ in range(2))
        self.calendar = QCalendarWidget(self)
        self._ends_last = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._lay_out()
        self._typing.timeout.connect(self._typed)
        self.choice_field.textEdited.connect(self._typing.start)
        self.choice_list.itemClicked.connect(self._picked)
        self.choice_list.taken.connect(self._picked)
        self.first_button.clicked.connect(partial(self._show_calendar, last=False))
        self.last_button.clicked.connect(partial(self._show_calendar, last=True))
        self.calendar.clicked.connect(self._day_chosen)
        self.calendar.activated.connect(self._day_chosen)

    def _lay_out(self) -> None:
        theme = self._shell.theme
        metrics = theme.metrics
        rows, area = scrolled_column(theme, self)
        rows.setSpacing(metrics.gap)
        self._rows = rows
        options = QWidget(self)
        self._options = QGridLayout()
        self._options.setSpacing(metrics.gap)
        for column in range(_COLUMNS):
            self._options.setColumnStretch(column, 1)
        days = QHBoxLayout()
        days.setSpacing(metrics.gap)
        days.addWidget(self.first_button, 1)
        days.addWidget(self.last_button, 1)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        plain = QTextCharFormat()
        plain.setForeground(QColor(theme.palette.text))  # red says that something is missing, not that it is Sunday
        for day in Qt.DayOfWeek:
            self.calendar.setWeekdayTextFormat(day, plain)
        for name, symbol in (("qt_calendar_prevmonth", "back"), ("qt_calendar_nextmonth", "forward")):
            arrow = self.calendar.findChild(QToolButton, name)
            if arrow is not None:
                arrow.setIcon(icon(symbol, theme.palette.text, metrics.icon))
                arrow.setIconSize(QSize(metrics.icon, metrics.icon))
        column_of_options = QVBoxLayout(options)
        column_of_options.setContentsMargins(0, 0, 0, 0)
        column_of_options.setSpacing(metrics.margin)
        column_of_options.addLayout(self._options)
        column_of_options.addLayout(days)
        column_of_options.addStretch(1)
        choice = QWidget(self)
        column_of_choice = QVBoxLayout(choice)
        column_of_choice.setContentsMargins(0, 0, 0, 0)
        column_of_choice.setSpacing(metrics.gap)
        self.choice_field.setMaxLength(_LONGEST)
        self.choice_field.setClearButtonEnabled(True)
        column_of_choice.addWidget(self.choice_field)
        column_of_choice.addWidget(self.choice_hint)
        column_of_choice.addWidget(self.choice_list, 1)
        self._right = QStackedWidget(self)
        self._right.addWidget(options)
        self._right.addWidget(choice)
        self._right.addWidget(self.calendar)
        right = QVBoxLayout()
        right.setSpacing(metrics.gap)
        right.addWidget(self._title)
        right.addWidget(self._right, 1)
        root = QHBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(metrics.margin)
        root.addWidget(area, 1)
        root.addLayout(right, 1)

    def _make_rows(self) -> None:
        """Not before somebody filters: the history itself is to be there at once."""
        for part in PARTS:
            made = RowButton(self._shell.theme, self)
            made.setProperty("part_of_search", part)
            made.clicked.connect(partial(self.show_part, part))
            self.part_rows[part] = made
            self._rows.addWidget(made)

    # --- what is shown

    def begin(self, search: Search) -> None:
        """Change that search."""
        if not self.part_rows:
            self._make_rows()
        self._search = search
        self._fill_rows()
        self.show_part(self.part)

    def show_search(self, search: Search) -> None:
        """The search is otherwise, by a scan or a touch elsewhere."""
        self._search = search
        self._fill_rows()
        self._fill_right()

    def show_part(self, part: str) -> None:
        """Say what that part of the search is to be."""
        self.part = part
        self.choice_field.clear()
        self._fill_rows()
        self._fill_right()
        if part in CHOICES or part in TEXTS:
            self.choice_field.setFocus()
            self._typed()

    def retranslate(self) -> None:
        """Set every text in the present language."""
        russian = self._shell.session.language == "ru"
        self.calendar.setLocale(QLocale("ru_RU" if russian else "en_GB"))
        self._fill_rows()
        self._fill_right()

    def _fill_rows(self) -> None:
        language = self._shell.session.language
        set_parts = self._search.parts()
        for part, made in self.part_rows.items():
            value = value_word(self._search, part, language)
            symbol = "present" if part in set_parts else "circle"
            made.say(symbol, part_word(part), value or self.tr("any"))
            made.setCheckable(True)
            made.setChecked(part == self.part)

    def _fill_right(self) -> None:
        part = self.part
        self._title.setText(part_word(part))
        choice = part in CHOICES or part in TEXTS
        self._right.setCurrentIndex(1 if choice else 0)
        if choice:
            self._fill_choice(part)
        else:
            self._fill_options(part)

    def _fill_choice(self, part: str) -> None:
        words = self.tr("Type its beginning") if part in TEXTS else self.tr("Type a part of it, or choose")
        self.choice_field.setPlaceholderText(words)
        self.choice_field.setAccessibleName(part_word(part))
        self.choice_list.setAccessibleName(part_word(part))
        self.choice_list.setVisible(part in CHOICES)
        present = value_word(self._search, part, self._shell.session.language)
        self.choice_hint.setText(self.tr("Chosen: {what}").format(what=present) if present else "")
        self.choice_hint.setVisible(bool(present))

    def _fill_options(self, part: str) -> None:
        empty(self._options)
        self.option_buttons = {}
        period = part == PERIOD
        days = period and self._search.period is Period.DAYS
        for made in (self.first_button, self.last_button):
            made.setVisible(days)
        if days:
            self._fill_days()
        for place, (value, words, chosen) in enumerate(self._options_of(part)):
            made = button(self._shell.theme, "plain", "present" if chosen else "", self)
            made.setText(words)
            made.setCheckable(True)
            made.setChecked(chosen)
            made.clicked.connect(partial(self._option_touched, part, value))
            self._options.addWidget(made, place // _COLUMNS, place % _COLUMNS)
            self.option_buttons[value] = made

    def _options_of(self, part: str) -> list[tuple[object, str, bool]]:
        search = self._search
        if part == PERIOD:
            every = [(None, self.tr("any"), search.period is None)]
            return [*every, *((one, period_word(one), search.period is one) for one in Period)]
        if part in FLAGS:
            present = getattr(search.wanted, part)
            every = [(None, self.tr("any"), present is None)]
            return [*every, *((flag, flag_word(part, flag), present is flag) for flag in (True, False))]
        chosen = getattr(search.wanted, part)
        return [(value, _item_word(value), value in chosen) for value in _SEVERAL[part]]

    def _fill_days(self) -> None:
        language, search = self._shell.session.language, self._search
        first = day_word(search.first, language) if search.first else "…"
        last = day_word(search.last, language) if search.last else "…"
        self.first_button.setText(self.tr("From {day}").format(day=first))
        self.last_button.setText(self.tr("To {day}").format(day=last))

    # --- what is touched

    def _option_touched(self, part: str, value: Any) -> None:
        search = self._search
        if part == PERIOD:
            if value is None:
                self._change(search.without(PERIOD))
            elif value is Period.DAYS:
                today = self._presenter.today()
                first, last = search.days(today) or (today, today)
                self._change(search.within(Period.DAYS, first, last))
            else:
                self._change(search.within(value))
        elif part in FLAGS:
            self._change(search.having(part, value))
        else:
            self._change(search.having(part, getattr(search.wanted, part) ^ {value}))

    def _show_calendar(self, *, last: bool) -> None:
        self._ends_last = last
        day = (self._search.last if last else self._search.first) or self._presenter.today()
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._title.setText(self.tr("Last day") if last else self.tr("First day"))
        self._right.setCurrentWidget(self.calendar)
        self.calendar.setFocus()

    def _day_chosen(self, chosen: QDate) -> None:
        day = date(chosen.year(), chosen.month(), chosen.day())
        first, last = self._search.first or day, self._search.last or day
        # Whoever moves one end past the other means one day.
        first, last = (min(first, day), day) if self._ends_last else (day, max(last, day))
        self._change(self._search.within(Period.DAYS, first, last))

    def _typed(self) -> None:
        self._typing.stop()
        text = self.choice_field.text().strip()
        if self.part in TEXTS:
            if text or self.choice_field.isModified():
                self._change(self._search.having(self.part, text))
            return
        choice = CHOICES.get(self.part)
        if choice is not None:
            self._presenter.forget(self._ticket)
            self._ticket = self._presenter.choices(choice, text, partial(self._show_choices, self.part))

    def _show_choices(self, part: str, known: Sequence[Known]) -> None:
        if part == self.part:
            name_of = self._presenter.name_of
            rows = [(one, name_of(part, one.value) or one.title or one.value) for one in known]
            self.choice_list.show_rows(rows)

    def _picked(self, _item: object) -> None:
        known = self.choice_list.value()
        if isinstance(known, Known):
            title = self._presenter.name_of(self.part, known.value) or known.title
            self._change(self._search.having(self.part, known.value, title))

    def _change(self, search: Search) -> None:
        self.show_search(search)
        self.changed.emit(search)


def _item_word(value: object) -> str:
    if isinstance(value, OperationType):
        return type_word(value)
    if isinstance(value, Status):
        return status_word(value)
    return finding_word(Finding(str(value)))
