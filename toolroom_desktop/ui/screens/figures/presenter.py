"""Which figures are shown, and where each of them leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import Path
from typing import Protocol

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.toolkit import Position, Toolkit
from toolroom_desktop.services.figures import TIMES, Figure, Grouping, Measure, midnight
from toolroom_desktop.services.history_rows import HistoryFilter
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.stations import Shown


class Period(IntEnum):
    """How far back, in days, today included."""

    MONTH = 30
    QUARTER = 91
    YEAR = 365
    THREE_YEARS = 1096


# So that no chart has more columns than can be told apart.
_OVER_TIME = {
    Period.MONTH: Grouping.DAY,
    Period.QUARTER: Grouping.WEEK,
    Period.YEAR: Grouping.MONTH,
    Period.THREE_YEARS: Grouping.MONTH,
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `over_time` or else `group`."""

    measure: Measure = Measure.OPERATIONS
    group: Grouping | None = None
    period: Period = Period.MONTH

    @property
    def grouping(self) -> Grouping:
        """By what the figures are told apart."""
        return self.group or _OVER_TIME[self.period]


class FiguresView(Protocol):
    """What the presenter needs of the screen."""

    def show_question(self, question: Question) -> None:
        """What is asked, and that the answer is on its way."""

    def show_figures(self, question: Question, figures: Sequence[Figure]) -> None: ...
    def show_sentence(self, sentence: str) -> None:
        """Say what went wrong; an empty sentence takes it back."""

    def show_saved(self, path: Path) -> None: ...


class FiguresPresenter(Presenter):
    """Asks for figures; the last question stays while somebody looks at what is behind one."""

    def __init__(self, shell: Shell, view: FiguresView) -> None:
        super().__init__(shell)
        self._view = view
        self.shown: Shown = shell.stations.shown
        self.question = Question()
        self.figures: Sequence[Figure] = ()
        self._positions: dict[str, Position] = {}
        self._ticket: int | None = None

    @property
    def may_export(self) -> bool:
        """Whether whoever is signed in may take figures along."""
        person = self.shell.session.person
        return person is not None and person.may(Permission.EXPORT)

    def enter(self) -> None:
        """Ask once more what was asked last, of the records of the present choice."""
        self.shown = self.shell.stations.shown
        self.figures = ()
        self._ask()

    def leave(self) -> None:
        """Nobody waits for an answer any more."""
        self.drop()

    def measure(self, measure: Measure) -> None:
        """Ask for another measure; what it cannot be told apart by is asked over time."""
        group = self.question.group
        if measure is Measure.MISSING and group is None:
            group = Grouping.TOOL_CLASS
        elif group is Grouping.TOOL_CLASS:
            group = None
        self.question = replace(self.question, measure=measure, group=group)
        self._ask()

    def group(self, group: Grouping | None) -> None:
        """Tell apart by people, kits and so on; None: over time."""
        self.question = replace(self.question, group=group)
        self._ask()

    def period(self, period: Period) -> None:
        """Ask for another period."""
        self.question = replace(self.question, period=period)
        self._ask()

    @property
    def groups(self) -> tuple[Grouping | None, ...]:
        """By what the present measure can be told apart."""
        of_measure = (Grouping.TOOL_CLASS,) if self.question.measure is Measure.MISSING else ()
        return (None, *of_measure, *(g for g in Grouping if g not in TIMES and g is not Grouping.TOOL_CLASS))

    def open(self, index: int) -> None:
        """Show the operations behind a figure."""
        self.shell.navigator.show_operations(self.figures[index].wanted)

    def save_picture(self, path: Path, content: bytes) -> None:
        """Write the chart, as PNG or SVG."""
        badge, export = self.shell.badge, self.shown.records.figure_export
        self.ask(lambda: export.picture(badge, path, content), lambda _: self._view.show_saved(path), self._failed)

    def save_data(self, path: Path, titles: Sequence[str], rows: Sequence[Sequence[str | float | None]]) -> None:
        """Write the figures as a table."""
        badge, language, export = self.shell.badge, self.shell.session.language, self.shown.records.figure_export
        self.ask(
            lambda: export.data(badge, path, titles, rows, language=language),
            lambda _: self._view.show_saved(path),
            self._failed,
        )

    def wanted(self) -> HistoryFilter:
        """The period, in whole days of the station up to the end of today."""
        clock = self.shell.app.clock

        def offset(at: datetime) -> timedelta:
            return timedelta(minutes=clock.local_offset_minutes(at))

        now = clock.now()
        tomorrow = (now + offset(now)).date() + timedelta(days=1)
        first = tomorrow - timedelta(days=int(self.question.period))
        return HistoryFilter(since=midnight(first, offset), before=midnight(tomorrow, offset))

    def _ask(self) -> None:
        if self._ticket is not None:
            self.forget(self._ticket)
        question, wanted, app = self.question, self.wanted(), self.shell.app
        figures = self.shown.records.figures
        self._view.show_sentence("")
        self._view.show_question(question)
        self._ticket = self.ask(
            lambda: (figures.ask(question.measure, question.grouping, wanted), app.catalogue.toolkits()),
            self._answered,
            self._failed,
        )

    def _answered(self, answer: tuple[Sequence[Figure], Sequence[Toolkit]]) -> None:
        self._ticket = None
        self.figures, toolkits = answer
        self._positions = {position.tool_class: position for kit in toolkits for position in kit.positions}
        self._view.show_figures(self.question, self.figures)

    def tool_name(self, tool_class: str) -> str:
        """What the toolkits call a tool; its class where none knows it any more."""
        position = self._positions.get(tool_class)
        return tool_class if position is None else position.name(self.shell.session.language)

    def station_name(self, site_id: str) -> str:
        """What people call a station."""
        return self.shown.station(site_id) if self.shown.everywhere else site_id

    def _failed(self, error: UserFacingError) -> None:
        self._view.show_sentence(self.shell.sentence(error))
        self.shell.stations.look()
