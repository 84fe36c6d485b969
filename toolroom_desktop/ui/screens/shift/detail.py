"""What is known and said about the one kit that is looked at."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from toolroom_desktop.domain.shifts import KitLine, Whereabouts
from toolroom_desktop.services.shifts import KitNow
from toolroom_desktop.ui.screens.shift.presenter import ShiftPresenter
from toolroom_desktop.ui.screens.shift.words import choice_word, choices_of, consequence_word, recorded_word, why_word
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.layouts import scrolled_column
from toolroom_desktop.ui.widgets.parts import button, frame, label
from toolroom_desktop.ui.words import time_word


class KitDetail(QFrame):
    """Where it is, what a person says, and the ways to count it or to take it over."""

    count_asked = Signal(str)
    take_over_asked = Signal(str)

    def __init__(self, shell: Shell, presenter: ShiftPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "panel")
        self._shell = shell
        self._presenter = presenter
        self._kit = ""
        theme, metrics = shell.theme, shell.theme.metrics
        column, area = scrolled_column(theme, self)
        self._hint = label("muted", self, wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._number = label("strong", self, wrap=True)
        self._title = label("body", self, wrap=True)
        self._where = label("muted", self, wrap=True)
        self.choice_buttons: dict[Whereabouts, QPushButton] = {}
        for where in Whereabouts:
            made = button(theme, "plain", "", self)
            made.setCheckable(True)
            made.setProperty("where", where.value)
            made.clicked.connect(self._chosen)
            self.choice_buttons[where] = made
        self._why = label("emphasis", self, wrap=True)
        self.explanation_field = QPlainTextEdit(self)
        self.explanation_field.setFixedHeight(metrics.touch + 2 * metrics.gap)
        self.explanation_field.setTabChangesFocus(True)
        self.explanation_field.textChanged.connect(self._explained)
        self.alike_button = button(theme, "plain", "confirm", self)
        self.alike_button.clicked.connect(lambda: self._presenter.explain_alike(self._kit))
        self._consequence = label("caption", self, wrap=True)
        self.count_button = button(theme, "plain", "kit", self)
        self.count_button.clicked.connect(lambda: self.count_asked.emit(self._kit))
        self.take_over_button = button(theme, "plain", "sync", self)
        self.take_over_button.clicked.connect(self._take_over)
        for widget in (self._hint, self._number, self._title, self._where):
            column.addWidget(widget)
        self._choices = QGridLayout()
        self._choices.setSpacing(metrics.gap)
        column.addLayout(self._choices)
        column.addWidget(self._consequence)
        column.addWidget(self._why)
        column.addWidget(self.explanation_field)
        column.addWidget(self.alike_button)
        self._line = frame("line", self)
        column.addWidget(self._line)
        column.addWidget(self.count_button)
        column.addWidget(self.take_over_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[metrics.margin - 6] * 4)
        whole.addWidget(area)

    def show_kit(self) -> None:
        """Show what the presenter looks at."""
        presenter, now = self._presenter, self._presenter.now
        everything = (self._number, self._title, self._where, self._line)
        for widget in (*everything, self._why, self.explanation_field, self.alike_button, self._consequence):
            widget.setVisible(now is not None)
        for made in (*self.choice_buttons.values(), self.count_button, self.take_over_button):
            made.setVisible(now is not None)
        self._hint.setVisible(now is None)
        if now is None:
            self._kit = ""
            return
        line = presenter.lines[now.kit.number]
        question, clock = presenter.question(line), self._shell.app.clock
        self._kit = now.kit.number
        self._number.setText(now.kit.number)
        self._title.setText(now.toolkit.title(self._shell.session.language))
        self._where.setText(self._details())
        self._show_choices(now, line)
        self._why.setVisible(question is not None)
        self.explanation_field.setVisible(question is not None)
        if question is not None:
            self._why.setText(why_word(question))
        if self.explanation_field.toPlainText().strip() != line.explanation:
            self.explanation_field.blockSignals(True)
            self.explanation_field.setPlainText(line.explanation)
            self.explanation_field.blockSignals(False)
        alike = presenter.alike(now.kit.number)
        explained = question is not None and presenter.owed(line) is None
        self.alike_button.setVisible(bool(alike) and explained)
        self.alike_button.setText(self.tr("The same for %n more", "", len(alike)))
        consequence = consequence_word(line)
        self._consequence.setText(consequence)
        self._consequence.setVisible(bool(consequence))
        self.count_button.setVisible(now.recorded is Whereabouts.IN and line.seen is Whereabouts.IN)
        theirs = now.holder_badge.casefold() != self._shell.badge.casefold()
        self.take_over_button.setVisible(now.recorded is Whereabouts.OUT and theirs)
        self._line.setVisible(not (self.count_button.isHidden() and self.take_over_button.isHidden()))
        self.setAccessibleName(f"{now.kit.number}, {recorded_word(now, self._when, overdue=now.overdue(clock.now()))}")

    def _show_choices(self, now: KitNow, line: KitLine) -> None:
        possible = choices_of(now)
        # Whoever ticks kits off one by one has said nothing yet about one that is still to be seen.
        unsaid = self._presenter.counting and now.recorded is Whereabouts.IN and not line.ticked
        for where, made in self.choice_buttons.items():
            self._choices.removeWidget(made)
            made.setVisible(where in possible)
            made.setText(choice_word(where))
            made.setChecked(line.seen is where and not (unsaid and where is now.recorded))
        for place, where in enumerate(possible):
            self._choices.addWidget(self.choice_buttons[where], 0, place)

    def _details(self) -> str:
        now = self._presenter.now
        if now is None:
            return ""
        overdue = now.overdue(self._shell.app.clock.now())
        parts = [self.tr("Recorded: {where}").format(where=recorded_word(now, self._when, overdue=overdue))]
        if now.out is not None:
            parts.append(self.tr("handed out {when}").format(when=self._when(now.out.since)))
            if now.out.aircraft:
                parts.append(self.tr("aircraft {aircraft}").format(aircraft=now.out.aircraft))
            if now.out.work_order:
                parts.append(self.tr("work order {order}").format(order=now.out.work_order))
        return " · ".join(parts)

    def _when(self, at: datetime) -> str:
        clock = self._shell.app.clock
        return time_word(at, clock.local_offset_minutes(at), clock.now(), self._shell.session.language)

    def retranslate(self) -> None:
        """Set every text anew in the present language."""
        self._hint.setText(
            self.tr(
                "Every kit counts as being where the records say, unless you say otherwise. "
                "Touch a kit to do so, or scan its label to tick it off."
            )
        )
        self.explanation_field.setAccessibleName(self.tr("Explanation"))
        self.explanation_field.setPlaceholderText(self.tr("Say it in a few words"))
        self.count_button.setText(self.tr("Count this kit"))
        self.take_over_button.setText(self.tr("Take over from this person"))

    # --- what is pressed

    def _chosen(self) -> None:
        self._presenter.saw(self._kit, Whereabouts(self.sender().property("where")))

    def _explained(self) -> None:
        if self._kit:
            self._presenter.explain(self._kit, self.explanation_field.toPlainText())

    def _take_over(self) -> None:
        now = self._presenter.now
        if now is not None:
            self.take_over_asked.emit(now.holder)
