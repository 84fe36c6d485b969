"""The history as a table: what is looked for, its pages and their number, what is remembered, and the way to a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.services.history_export import HistorySheet
from toolroom_desktop.services.history_query import MOST_COUNTED, HistoryQueries
from toolroom_desktop.services.history_rows import (
    Choice,
    Counted,
    HistoryFilter,
    HistoryPage,
    HistoryRow,
    Known,
    Order,
    Position,
)
from toolroom_desktop.services.history_search import Search, search_for, search_json, search_of
from toolroom_desktop.services.screen_memory import STATION
from toolroom_desktop.services.station_time import local_day
from toolroom_desktop.services.watching import Stoppable
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.screens.history.columns import (
    SHOWN_AT_FIRST,
    SHOWN_OF_ALL_STATIONS,
    Column,
    Speech,
    cell_of,
    columns_of,
    sheet_columns,
)
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.stations import Shown

PAGE = 50
_COLUMNS, _COLUMNS_OF_ALL, _SAVED = "history.columns", "history.columns.all_stations", "history.searches"
_MOST_SAVED = 50
CANCELLED = "import.cancelled"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search with the name that somebody gave it; `shared` with everybody at this station."""

    name: str
    search: Search
    shared: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of how somebody likes the history."""

    columns: tuple[Column, ...] = SHOWN_AT_FIRST
    saved: tuple[SavedSearch, ...] = ()
    tools: Mapping[str, str] = field(default_factory=dict)
    toolkits: Mapping[str, str] = field(default_factory=dict)


class HistoryView(Protocol):
    """What the presenter needs of the screen."""

    def show_search(self) -> None:
        """The search is another one: its rows are on the way."""

    def show_page(self, number: int, page: HistoryPage) -> None: ...
    def show_page_failed(self, number: int) -> None: ...
    def show_less(self, part: str, count: Counted) -> None:
        """Without that part of the search so many are found."""

    def show_count(self) -> None:
        """How many there are is known now."""

    def show_remembered(self) -> None:
        """Columns, names or saved searches are otherwise now."""

    def show_sentence(self, sentence: str) -> None: ...
    def show_export(self) -> None:
        """A file is begun, has moved on, or is done."""


class _Steps(QObject):
    """Brings progress across from the worker."""

    told = Signal(int, int)


class HistoryPresenter(Presenter):
    """Whatever may take longer than a moment is asked for in workers."""

    def __init__(self, shell: Shell, view: HistoryView) -> None:
        super().__init__(shell)
        self._view = view
        self._pages: set[int] = set()
        self._stop: Stoppable | None = None
        self._to_keep: dict[tuple[str, str], object] = {}
        self._keeping = False
        self._steps = _Steps()
        self._steps.told.connect(self._moved_on)
        self.shown: Shown = shell.stations.shown
        self.search = Search()
        self.count: Counted | None = None
        self.remembered = Remembered()
        self.exporting: tuple[int, int] | None = None
        self.exported = ""
        self.exported_rows = 0
        self.page = PAGE

    # --- coming and going

    def enter(self) -> None:
        """Begin with what was asked for; how the person likes it follows."""
        self._view.show_sentence("")
        self.exporting, self.exported = None, ""
        self.begin()

    def begin(self) -> None:
        """Look into the records of the present choice."""
        self.stop_export()
        self.drop()
        self._pages.clear()
        self._keeping = False
        self.exporting = None
        self.shown = self.shell.stations.shown
        self._keep_next()
        self.ask(self._recall, self._recalled, self._failed)
        self.look()

    def leave(self) -> None:
        """Nothing is wanted any more; a file that is being written is not finished."""
        self.stop_export()
        self.drop()
        self._to_keep.clear()
        self._keeping = False

    # --- what is looked for

    def search_for(self, wanted: HistoryFilter) -> Search:
        """A search for what a filter finds in the records that are chosen, its station by name."""
        search, shown = search_for(wanted, self.shell.app.clock), self.shell.stations.shown
        if wanted.site and shown.everywhere:
            return search.having("site", wanted.site, shown.station(wanted.site))
        return search

    @property
    def queries(self) -> HistoryQueries:
        """The history that is shown."""
        return self.shown.records.history

    def look_for(self, search: Search) -> None:
        """Look for something else."""
        if search != self.search:
            self.search = search
            self.look()

    def look(self) -> None:
        """Ask anew for what is looked for."""
        for ticket in self._pages:
            self.forget(ticket)
        self._pages.clear()
        self.count = None
        self._view.show_search()
        wanted, queries = self.search.filter(self.shell.app.clock), self.queries
        self._pages.add(self.ask(lambda: queries.count(wanted, most=MOST_COUNTED), self._counted, self._failed))

    def find_what_hinders(self) -> None:
        """Nothing was found: which single part of the search, taken away, leaves something?"""
        search, queries, clock = self.search, self.queries, self.shell.app.clock
        parts = (*search.parts(), *(["text"] if search.wanted.text else []))

        def look() -> tuple[str, Counted] | None:
            best: tuple[str, Counted] | None = None
            for part in parts:
                count = queries.count(search.without(part).filter(clock), most=MOST_COUNTED)
                if count.number and (best is None or count.number < best[1].number):
                    best = part, count
            return best

        if len(parts) > 1:
            self._pages.add(self.ask(look, self._hindrance_known, self._failed))

    def other_order(self) -> None:
        """The other end first."""
        newest = self.search.order is Order.NEWEST_FIRST
        order = Order.OLDEST_FIRST if newest else Order.NEWEST_FIRST
        self.look_for(replace(self.search, order=order))

    def load(self, number: int, start: object) -> None:
        """Fetch a page."""
        wanted, queries, limit = self.search.filter(self.shell.app.clock), self.queries, self.page
        order, at = self.search.order, start if isinstance(start, Position) else None
        ticket = self.ask(
            lambda: queries.page(wanted, order=order, at=at, limit=limit),
            lambda page: self._view.show_page(number, page),
            lambda error: self._page_failed(number, error),
        )
        self._pages.add(ticket)

    def choices(self, choice: Choice, text: str, done: Callable[[Sequence[Known]], None]) -> int:
        """What a part of the search can be chosen from."""
        queries = self.queries
        return self.ask(lambda: queries.choices(choice, text), done, self._failed)

    def today(self) -> date:
        """The station's own day."""
        return local_day(self.shell.app.clock)

    def name_of(self, part: str, value: str) -> str:
        """What a value of a part of the search is called where that stands elsewhere; empty where it does not."""
        if part == "site":
            return self.shown.station(value) if self.shown.everywhere else ""
        return {"tool_class": self.remembered.tools, "toolkit": self.remembered.toolkits}.get(part, {}).get(value, "")

    def row(self, operation_id: UUID, done: Callable[[HistoryRow], None]) -> None:
        """One row as it stands now."""
        queries = self.queries
        self.ask(lambda: queries.row(operation_id), done, self._failed)

    # --- how the person likes it

    def speech(self) -> Speech:
        """How cells speak."""
        known = self.remembered
        station = self.shown.station if self.shown.everywhere else None
        return Speech(self.shell.session.language, known.tools, known.toolkits, self.shell.app.clock.now, station)

    @property
    def columns_at_first(self) -> tuple[Column, ...]:
        """The columns of somebody who chose none."""
        return SHOWN_OF_ALL_STATIONS if self.shown.everywhere else SHOWN_AT_FIRST

    @property
    def _columns_name(self) -> str:
        return _COLUMNS_OF_ALL if self.shown.everywhere else _COLUMNS

    def recall(self) -> None:
        """The language is another one: names are, too."""
        self.ask(self._recall, self._recalled, self._failed)

    def keep_columns(self, columns: Sequence[Column]) -> None:
        """Remember these columns."""
        said = [column.value for column in columns]
        self._keep(self.shell.badge, self._columns_name, said)

    def save_search(self, name: str, *, shared: bool) -> None:
        """Remember the present search under that name, in place of one that is called so."""
        self._change_saved(name, shared=shared, search=self.search)

    def forget_search(self, saved: SavedSearch) -> None:
        """Remember that one no more."""
        self._change_saved(saved.name, shared=saved.shared, search=None)

    def _change_saved(self, name: str, *, shared: bool, search: Search | None) -> None:
        others = [
            one
            for one in self.remembered.saved
            if one.shared == shared and one.name.casefold() != name.strip().casefold()
        ]
        kept = [*others, *([SavedSearch(name.strip(), search, shared)] if search is not None else [])]
        said = [{"name": one.name, "search": search_json(one.search)} for one in kept[-_MOST_SAVED:]]
        self._keep(STATION if shared else self.shell.badge, _SAVED, said)

    def _keep(self, whose: str, name: str, said: object) -> None:
        # One after the other: the last word counts, whichever worker is quicker.
        self._to_keep[whose, name] = said
        if not self._keeping:
            self._keep_next()

    def _keep_next(self) -> None:
        memory = self.shell.app.memory
        if not self._to_keep:
            return
        (whose, name), said = next(iter(self._to_keep.items()))
        del self._to_keep[whose, name]
        self._keeping = True

        def keep() -> Remembered:
            memory.keep(whose, name, said)
            return self._recall()

        def kept(remembered: Remembered) -> None:
            self._keeping = False
            if self._to_keep:
                self._keep_next()
            else:
                self._recalled(remembered)

        def refused(error: UserFacingError) -> None:
            self._keeping = False
            self._to_keep.clear()
            self._failed(error)

        self.ask(keep, kept, refused)

    def _recall(self) -> Remembered:
        app, badge, language = self.shell.app, self.shell.badge, self.shell.session.language
        columns, at_first = self._columns_name, self.columns_at_first
        saved: list[SavedSearch] = []
        for shared, whose in ((False, badge), (True, STATION)):
            said = app.memory.recall(whose, _SAVED)
            for one in said if isinstance(said, list) else ():
                search = search_of(one.get("search")) if isinstance(one, dict) else None
                if search is not None:
                    saved.append(SavedSearch(str(one.get("name", "")), search, shared))
        toolkits = app.catalogue.toolkits()
        info = app.detector.info
        tools = dict(info.names_ru if language == "ru" else info.names_en)
        tools |= {one.tool_class: one.name(language) for toolkit in toolkits for one in toolkit.positions}
        return Remembered(
            columns_of(app.memory.recall(badge, columns), at_first),
            tuple(sorted(saved, key=lambda one: (one.shared, one.name.casefold()))),
            tools,
            {toolkit.name: toolkit.title(language) for toolkit in toolkits},
        )

    # --- the way to a file

    @property
    def may_export(self) -> bool:
        """Whether whoever is signed in may take records along."""
        person = self.shell.session.person
        return person is not None and person.may(Permission.EXPORT)

    def export(self, path: Path, title: str) -> None:
        """Write all rows of the search in the columns that are shown."""
        app, badge, speech, search = self.shell.app, self.shell.badge, self.speech(), self.search
        columns = self.remembered.columns
        sheet = HistorySheet(title, sheet_columns(columns), lambda row: [cell_of(row, c, speech) for c in columns])
        wanted, stop = search.filter(app.clock), Stoppable(self._steps.told.emit)
        export = self.shown.records.history_export
        self._stop, self.exporting, self.exported = stop, (0, 0), ""
        self._view.show_sentence("")
        self._view.show_export()

        def write() -> tuple[str, int]:
            count = export.write(
                path,
                wanted,
                sheet,
                order=search.order,
                asked=search_json(search),
                language=speech.language,
                badge=badge,
                watch=stop,
            )
            return path.name, count

        self.ask(write, self._written, self._not_written)

    def stop_export(self) -> None:
        """Do not finish the file."""
        if self._stop is not None:
            self._stop.stop()

    def _moved_on(self, done: int, total: int) -> None:
        if self.exporting is not None:
            self.exporting = (done, total)
            self._view.show_export()

    def _written(self, written: tuple[str, int]) -> None:
        self._stop, self.exporting, self.exported = None, None, written[0]
        self.exported_rows = written[1]
        self._view.show_export()

    def _not_written(self, error: UserFacingError) -> None:
        self._stop, self.exporting = None, None
        self._view.show_export()
        if error.code != CANCELLED:
            self._failed(error)

    # --- what came back

    def _hindrance_known(self, found: tuple[str, Counted] | None) -> None:
        if found is not None:
            self._view.show_less(*found)

    def _counted(self, count: Counted) -> None:
        self.count = count
        self._view.show_count()

    def _recalled(self, remembered: Remembered) -> None:
        self.remembered = remembered
        self._view.show_remembered()

    def _page_failed(self, number: int, error: UserFacingError) -> None:
        self._view.show_page_failed(number)
        self._failed(error)

    def _failed(self, error: UserFacingError) -> None:
        self._view.show_sentence(self.shell.sentence(error))
        self.shell.stations.look()
