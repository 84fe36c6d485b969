"""Where a storekeeper or a shift lead says what was noted wrongly beside an operation, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from toolroom_desktop.domain.custody import LEAST_REASON_CHARACTERS
from toolroom_desktop.domain.errors import BadInput, UserFacingError
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.return_time import typed_return
from toolroom_desktop.services.later_records import Details, details_of
from toolroom_desktop.ui.screens.history.detail_presenter import DetailPresenter
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.parts import label

_MOST_CHARACTERS, _MOST_WORDS = 64, 500


class CorrectPage(QWidget):
    """Fields with what holds now; `changed` is called with every key."""

    def __init__(self, shell: Shell, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._operation: Operation | None = None
        self._title = label("strong", self, wrap=True)
        self._text = label("muted", self, wrap=True)
        self._problem = label("body", self, wrap=True)
        self._problem.setProperty("judgement", "bad")
        self.work_order, self.aircraft, self.due, self.note, self.reason = (QLineEdit(self) for _ in range(5))
        self._fields = (self.work_order, self.aircraft, self.due, self.note, self.reason)
        self._labels = tuple(label("body", self) for _ in self._fields)
        metrics = shell.theme.metrics
        grid = QGridLayout()
        grid.setHorizontalSpacing(metrics.margin)
        grid.setVerticalSpacing(metrics.gap)
        for row, (name, field) in enumerate(zip(self._labels, self._fields, strict=True)):
            name.setBuddy(field)
            field.setMaxLength(_MOST_WORDS if field in (self.note, self.reason) else _MOST_CHARACTERS)
            field.textChanged.connect(changed)
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(metrics.gap)
        root.addWidget(self._title)
        root.addWidget(self._text)
        root.addLayout(grid)
        root.addWidget(self._problem)
        root.addStretch(1)

    def begin(self, operation: Operation) -> None:
        """Correct that operation."""
        self._operation = operation
        details = details_of(operation)
        due = details.expected_return
        self.work_order.setText(details.work_order)
        self.aircraft.setText(details.aircraft)
        self.note.setText(details.note)
        self.due.setText(self._word(due))
        self.reason.clear()
        self.say("")
        self.retranslate()
        self.work_order.setFocus()

    def say(self, sentence: str) -> None:
        """What was wrong with it."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    @property
    def problem(self) -> str:
        """What is said to be wrong."""
        return self._problem.text()

    @property
    def complete(self) -> bool:
        """Whether a reason is given."""
        return len(self.reason.text().strip()) >= LEAST_REASON_CHARACTERS

    def record(self, presenter: DetailPresenter, done: Callable[[], None]) -> None:
        """Record what was typed; what is wrong with it is said here."""
        self.say("")
        try:
            details = self.details()
        except BadInput as error:
            self._failed(error)
            return
        presenter.correct(details, self.reason.text(), done, self._failed)

    def details(self) -> Details:
        """What holds from now on; raises `BadInput` for a time that cannot be read."""
        due = self.due.text().strip()
        now = self._shell.app.clock.now().astimezone(self._zone())
        at: datetime | None = typed_return(due, now) if due else None
        before = self._operation.expected_return if self._operation is not None else None
        # What was shown to the minute is not changed by being left as it is.
        if at is not None and before is not None and at == before.replace(second=0, microsecond=0):
            at = before
        if at is not None and at != before and at <= now:
            raise BadInput("operation.return_in_the_past")
        return Details(self.work_order.text(), self.aircraft.text(), at, self.note.text())

    def retranslate(self) -> None:
        """Set the texts in the present language."""
        kit = self._operation.kit if self._operation is not None else ""
        self._title.setText(self.tr("What was noted wrongly? Kit {kit}").format(kit=kit))
        self._text.setText(
            self.tr("What was recorded stays; this is a record of its own. Counts and cases do not change.")
        )
        words = (
            self.tr("Work order"),
            self.tr("Aircraft"),
            self.tr("Back by"),
            self.tr("Note"),
            self.tr("Reason for the correction"),
        )
        for name, field, word in zip(self._labels, self._fields, words, strict=True):
            name.setText(word)
            field.setAccessibleName(word)

    def _failed(self, error: UserFacingError) -> None:
        self.say(self._shell.sentence(error))

    def _word(self, due: datetime | None) -> str:
        if due is None:
            return ""
        form = "%d.%m.%Y %H:%M" if self._shell.session.language == "ru" else "%Y-%m-%d %H:%M"
        return due.astimezone(self._zone()).strftime(form)

    def _zone(self) -> timezone:
        clock = self._shell.app.clock
        return timezone(timedelta(minutes=clock.local_offset_minutes(clock.now())))
