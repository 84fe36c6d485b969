"""The questions of a count as rows: what is owed first, then what the station saw and anybody may overrule."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from toolroom_desktop.domain.inspection import PositionResult
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.operation_input import Evidence, Plan
from toolroom_desktop.ui.screens.inspection.words import Names, listed
from toolroom_desktop.ui.screens.result.count_list import CountList
from toolroom_desktop.ui.screens.result.presenter import Key, ResultPresenter
from toolroom_desktop.ui.screens.result.rows import QuestionRow
from toolroom_desktop.ui.screens.result.words import (
    count_answer,
    count_answers,
    marking_words,
    missing_already,
    remark_words,
    station_word,
)
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import button, label
from toolroom_desktop.ui.words import COUNT_ICONS, COUNT_JUDGEMENTS, STATE_ICONS

_EXTRAS = "extras"
_SEEN = "seen"


class Questions(QObject):
    """Fills `list` with rows and keeps them as the presenter says."""

    def __init__(self, theme: Theme, presenter: ResultPresenter, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        self.list = CountList(theme, parent)
        self.rows: dict[Key, QuestionRow] = {}
        self.extras_row: QuestionRow | None = None
        self.seen_button = button(theme, "plain", "more", parent)
        self.seen_open = False
        self._counts = count_answers(None)
        self._doubted: frozenset[Key] = frozenset()
        self.seen_button.clicked.connect(self._toggle_seen)
        self.list.moved.connect(self._move)

    def build(self, plan: Plan, evidence: Evidence, names: Names) -> None:
        """Make the rows anew."""
        presenter = self._presenter
        self._counts = count_answers(plan)
        self._doubted = frozenset(presenter.doubted)
        self.seen_button.setParent(self.list.parentWidget())
        self.rows.clear()
        self.extras_row = None
        self.list.clear()
        for position in presenter.owed:
            self._add_row(position, plan, names)
        if presenter.asks_for_extras:
            self._add_extras_row(evidence, names)
        if presenter.seen:
            self.seen_button.setText(self.tr("Seen by the station: {count}").format(count=len(presenter.seen)))
            self.list.add(_SEEN, self.seen_button)
            self.seen_button.show()
            for position in presenter.seen:
                self._add_row(position, plan, names)
        else:
            self.seen_button.hide()
        lacking = missing_already(plan, names)
        if lacking:
            said = label("muted", self.list, wrap=True)
            said.setText(self.tr("Not in the kit since the checkout: {names}").format(names=listed(lacking)))
            self.list.add("lacking", said)
        self.list.finish()

    def show_answers(self, rebuild: Callable[[], None]) -> None:
        """Which answers were given, and what is asked now. `rebuild` calls `build` where other rows are needed."""
        presenter = self._presenter
        if frozenset(presenter.doubted) != self._doubted:
            rebuild()
        owed = presenter.must_answer
        for key, row in self.rows.items():
            given = presenter.answers.get(key)
            open_ = key == presenter.current
            row.show_state(self._counts.index(given) if given else None, open_=open_, enabled=not presenter.saving)
            row.show_more(self.tr("more…"), remark_words(presenter.remarks.get(key)))
            said = key in presenter.answers or key in presenter.remarks
            row.setVisible(key in owed or self.seen_open or said or open_)
        if self.extras_row is not None:
            remain = presenter.extras_remain
            answer = None if remain is None else 0 if remain else 1
            open_ = presenter.current is None and remain is None
            self.extras_row.show_state(answer, open_=open_ or self.extras_row.is_open, enabled=not presenter.saving)
        if presenter.current is not None:
            self.list.bring(presenter.current)
        elif self.extras_row is not None and presenter.extras_remain is None:
            self.list.bring(_EXTRAS)

    def answer_by_key(self, number: int) -> None:
        """A digit was typed: the answer of that number, from 0, to what is asked now."""
        current = self._presenter.current
        if current is not None:
            if number < len(self._counts):
                self._presenter.answer(current, self._counts[number])
        elif self.extras_row is not None and self.extras_row.is_open and number < len(self.extras_row.buttons):
            self._answer_extras(number)

    def open(self, key: Key) -> None:
        """A line was touched: ask about it, or close it."""
        self._presenter.open(None if key == self._presenter.current else key)

    def open_extras(self) -> None:
        """The line about extras was touched."""
        if self.extras_row is not None and not self._presenter.saving:
            remain = self._presenter.extras_remain
            given = None if remain is None else 0 if remain else 1
            self.extras_row.show_state(given, open_=not self.extras_row.is_open, enabled=True)

    def _add_row(self, position: PositionResult, plan: Plan, names: Names) -> None:
        key = (position.tool_class, position.unit)
        answers = [(COUNT_ICONS[count], COUNT_JUDGEMENTS[count]) for count in self._counts]
        row = QuestionRow(self._theme, answers, self.list, more=True)
        owed = key in self._presenter.must_answer
        known = marking_words(plan.tools, position)
        compared = plan.type is OperationType.CHECKIN and not plan.checkout_unknown
        seen = station_word(position, names, at_checkin=compared)
        row.show_question(
            "waiting" if owed else STATE_ICONS[position.state],
            names.of(position),
            f"{seen} · {known}" if known else seen,
            [count_answer(count) for count in self._counts],
        )
        row.opened.connect(partial(self.open, key))
        row.answered.connect(partial(self._answer, key))
        row.more_wanted.connect(partial(self._presenter.show_remark, key))
        self.rows[key] = row
        self.list.add(key, row)

    def _add_extras_row(self, evidence: Evidence, names: Names) -> None:
        row = QuestionRow(self._theme, [("extra", "look"), ("present", "ok")], self.list)
        seen = [names.of_class(extra.tool_class) for extra in evidence.inspection.extras]
        row.show_question(
            "extra",
            self.tr("Does something that does not belong to the kit still lie with it?"),
            self.tr("seen: {names}").format(names=listed(seen)),
            [self.tr("yes"), self.tr("no, taken away")],
        )
        row.opened.connect(self.open_extras)
        row.answered.connect(self._answer_extras)
        self.extras_row = row
        self.list.add(_EXTRAS, row)

    def _answer(self, key: Key, number: int) -> None:
        self._presenter.answer(key, self._counts[number])

    def _answer_extras(self, number: int) -> None:
        if self.extras_row is not None:
            self.extras_row.show_state(number, open_=False, enabled=True)
        self._presenter.answer_extras(number == 0)

    def _move(self, step: int) -> None:
        keys = [key for key, row in self.rows.items() if not row.isHidden()]
        if not keys:
            return
        current = self._presenter.current
        here = keys.index(current) if current in keys else (-1 if step > 0 else len(keys))
        self._presenter.open(keys[min(max(here + step, 0), len(keys) - 1)])

    def _toggle_seen(self) -> None:
        self.seen_open = not self.seen_open
        self._presenter.open(self._presenter.current)
        if self.seen_open and self._presenter.seen:
            first = self._presenter.seen[0]
            self.list.bring((first.tool_class, first.unit))
