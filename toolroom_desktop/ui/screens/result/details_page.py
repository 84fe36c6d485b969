"""Where work order, aircraft and time of return are entered: fields for a scanner or a keyboard, large buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.return_time import end_of_shift, typed_return
from toolroom_desktop.ui.screens.result.asked import (
    AIRCRAFT,
    EXPECTED_RETURN,
    MOST_DETAIL_CHARACTERS,
    WORK_ORDER,
    CheckoutDetails,
)
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.parts import button, label
from toolroom_desktop.ui.words import time_word

_HOURS = (2, 4)


class DetailsPage(QWidget):
    """Writes into the `CheckoutDetails` that it was begun with. `retranslate` and `begin` set all that is seen."""

    def __init__(self, shell: Shell, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._changed = changed
        self._details = CheckoutDetails()
        theme = shell.theme
        self.fields = {name: QLineEdit(self) for name in (WORK_ORDER, AIRCRAFT, EXPECTED_RETURN)}
        self._labels = {name: label("strong", self) for name in self.fields}
        self._problem = label("strong", self, wrap=True)
        self._problem.setProperty("judgement", "bad")
        self.shift_button = button(theme, "plain", "", self)
        self.hour_buttons = {hours: button(theme, "plain", "", self) for hours in _HOURS}
        self.tomorrow_button = button(theme, "plain", "", self)
        self.none_button = button(theme, "flat", "close", self)
        self._chosen = label("emphasis", self)
        self._lay_out()
        for name, field in self.fields.items():
            field.setMaxLength(MOST_DETAIL_CHARACTERS)
            field.textChanged.connect(self._written)
            self._labels[name].setBuddy(field)
        self.shift_button.clicked.connect(self._until_end_of_shift)
        for hours, made in self.hour_buttons.items():
            made.clicked.connect(partial(self._in_hours, hours))
        self.tomorrow_button.clicked.connect(self._tomorrow)
        self.none_button.clicked.connect(self._without_time)

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        grid = QGridLayout()
        grid.setHorizontalSpacing(metrics.margin)
        grid.setVerticalSpacing(metrics.gap)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate((WORK_ORDER, AIRCRAFT)):
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(self.fields[name], row, 1)
        quick = QHBoxLayout()
        quick.setSpacing(metrics.gap)
        for made in (self.shift_button, *self.hour_buttons.values(), self.tomorrow_button):
            quick.addWidget(made, 1)
        exact = QHBoxLayout()
        exact.setSpacing(metrics.gap)
        exact.addWidget(self.fields[EXPECTED_RETURN], 1)
        exact.addWidget(self._chosen, 1)
        exact.addWidget(self.none_button)
        grid.addWidget(self._labels[EXPECTED_RETURN], 2, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(quick, 2, 1)
        grid.addLayout(exact, 3, 1)
        root = QVBoxLayout(self)
        root.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.margin)
        root.setSpacing(metrics.gap)
        root.addLayout(grid)
        root.addWidget(self._problem)
        root.addStretch(1)

    def begin(self, details: CheckoutDetails) -> None:
        """Enter those; the keyboard goes to the first that is missing, else to the first."""
        self._details = details
        for name, text in ((WORK_ORDER, details.work_order), (AIRCRAFT, details.aircraft), (EXPECTED_RETURN, "")):
            self.fields[name].blockSignals(True)
            self.fields[name].setText(text)
            self.fields[name].blockSignals(False)
        returns = EXPECTED_RETURN in details.asked
        for name, field in self.fields.items():
            field.setVisible(name in details.asked)
            self._labels[name].setVisible(name in details.asked)
        for made in (self.shift_button, *self.hour_buttons.values(), self.tomorrow_button, self._chosen):
            made.setVisible(returns)
        self.retranslate()
        first = next(iter(details.missing or details.asked), WORK_ORDER)
        self.fields[first].setFocus()

    def scanned(self, code: str) -> bool:
        """A code from the scanner goes where the keyboard is, or into the work order."""
        names = [name for name in (WORK_ORDER, AIRCRAFT) if name in self._details.asked]
        name = next((name for name in names if self.fields[name].hasFocus()), next(iter(names), ""))
        if not name:
            return False
        self.fields[name].setText(code)
        return True

    @property
    def problem(self) -> str:
        """What is wrong with what is typed; empty for nothing."""
        return self._problem.text()

    @property
    def complete(self) -> bool:
        """Whether all that is required is there and what is typed can be read."""
        return not self._details.missing and not self.problem

    def retranslate(self) -> None:
        """Set the texts in the present language."""
        words = {
            WORK_ORDER: self.tr("Work order"),
            AIRCRAFT: self.tr("Aircraft"),
            EXPECTED_RETURN: self.tr("Back by"),
        }
        optional = self.tr("{name} (optional)")
        for name, word in words.items():
            needed = name in self._details.required
            self._labels[name].setText(word if needed else optional.format(name=word))
            self.fields[name].setAccessibleName(word)
        self.fields[WORK_ORDER].setPlaceholderText(self.tr("Scan or type its number"))
        self.fields[AIRCRAFT].setPlaceholderText(self.tr("Registration, such as RA-89001"))
        self.fields[EXPECTED_RETURN].setPlaceholderText(self.tr("Another time: 18:30"))
        ends = end_of_shift(self._now(), self._shell.app.operations.procedures.shift_ends)
        self.shift_button.setEnabled(ends is not None)
        self.shift_button.setText(self.tr("End of shift\n{time}").format(time=self._word(ends)))
        for hours, made in self.hour_buttons.items():
            at = self._word(self._now() + timedelta(hours=hours))
            made.setText(self.tr("In {hours} h\n{time}").format(hours=hours, time=at))
        tomorrow = self._now() + timedelta(days=1)
        self.tomorrow_button.setText(self.tr("Tomorrow\n{time}").format(time=f"{tomorrow:%H:%M}"))
        self.none_button.setText(self.tr("No time"))
        self._show_chosen()
        self._written()

    def _now(self) -> datetime:
        clock = self._shell.app.clock
        now = clock.now()
        return now.astimezone(timezone(timedelta(minutes=clock.local_offset_minutes(now)))).replace(
            second=0, microsecond=0
        )

    def _word(self, at: datetime | None) -> str:
        if at is None:
            return "—"
        offset = at.utcoffset() or timedelta(0)
        return time_word(at, int(offset.total_seconds()) // 60, self._now(), self._shell.session.language)

    def _until_end_of_shift(self) -> None:
        self._choose(end_of_shift(self._now(), self._shell.app.operations.procedures.shift_ends))

    def _in_hours(self, hours: int) -> None:
        self._choose(self._now() + timedelta(hours=hours))

    def _tomorrow(self) -> None:
        self._choose(self._now() + timedelta(days=1))

    def _without_time(self) -> None:
        self._choose(None)

    def _choose(self, at: datetime | None) -> None:
        self._details.expected_return = at
        self.fields[EXPECTED_RETURN].clear()
        self._show_chosen()
        self._written()

    def _written(self) -> None:
        details = self._details
        details.work_order = self.fields[WORK_ORDER].text().strip()
        details.aircraft = self.fields[AIRCRAFT].text().strip()
        self._problem.setText("")
        typed = self.fields[EXPECTED_RETURN].text().strip()
        if typed:
            try:
                at = typed_return(typed, self._now())
                if at <= self._now():
                    raise BadInput("operation.return_in_the_past")
                details.expected_return = at
            except BadInput as error:
                details.expected_return = None
                self._problem.setText(self._shell.sentence(error))
            self._show_chosen()
        self._problem.setVisible(bool(self._problem.text()))
        self._changed()

    def _show_chosen(self) -> None:
        at = self._details.expected_return
        self._chosen.setText(self.tr("Back by {time}").format(time=self._word(at)) if at is not None else "")
        self.none_button.setVisible(at is not None and EXPECTED_RETURN in self._details.asked)


class DetailsStrip(QWidget):
    """What was entered, as buttons that lead to the page; hidden where nothing is asked for."""

    def __init__(self, shell: Shell, open_page: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(shell.theme.metrics.gap)
        for name in (WORK_ORDER, AIRCRAFT, EXPECTED_RETURN):
            made = button(shell.theme, "card", "", self)
            made.clicked.connect(open_page)
            row.addWidget(made, 1)
            self.buttons[name] = made

    def show_details(self, details: CheckoutDetails, *, enabled: bool) -> None:
        """Show what was entered so far."""
        clock = self._shell.app.clock
        now, due = clock.now(), details.expected_return
        back = ""
        if due is not None:
            back = time_word(due, clock.local_offset_minutes(due), now, self._shell.session.language)
        said = {
            WORK_ORDER: (self.tr("Work order"), details.work_order),
            AIRCRAFT: (self.tr("Aircraft"), details.aircraft),
            EXPECTED_RETURN: (self.tr("Back by"), back),
        }
        self.setVisible(bool(details.asked))
        for name, (word, value) in said.items():
            made = self.buttons[name]
            made.setVisible(name in details.asked)
            made.setEnabled(enabled)
            shown = value if len(value) <= _MOST_SHOWN else value[: _MOST_SHOWN - 1] + "…"
            owed = self.tr("still needed") if name in details.missing else "—"
            made.setText(f"{word}\n{shown or owed}")
            made.setAccessibleName(f"{word}: {value or owed}")


_MOST_SHOWN = 18
