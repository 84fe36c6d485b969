"""What the desk shows, and where its lines and tiles lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.people import Permission, Person
from toolroom_desktop.domain.reminders import Reminder, ReminderKind
from toolroom_desktop.services.desk import DeskFacts
from toolroom_desktop.services.history_rows import HistoryFilter
from toolroom_desktop.services.sync.state import Standing, SyncState, standing_of
from toolroom_desktop.ui.models.desk_list import DeskLine, Target
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.screens.desk.lines import (
    OWN,
    Speaking,
    Tile,
    lines_of,
    waiting_everywhere,
    waiting_lines,
)
from toolroom_desktop.ui.shell import Place, Shell
from toolroom_desktop.ui.stations import Shown

_CALIBRATIONS = (ReminderKind.CALIBRATION_EXPIRED, ReminderKind.CALIBRATION_DUE)
_LATE_KITS = (ReminderKind.KIT_OVERDUE, ReminderKind.KIT_SOON_DUE, ReminderKind.HOLDER_GONE)
_ACCOUNTS = (ReminderKind.ACCOUNT_EXPIRED, ReminderKind.ACCOUNT_LOCKED)
# Calibrations are of one register, the shift and the exchange with the centre this station's own.
_OF_ALL_STATIONS = (Tile.OVERDUE, Tile.OUT, Tile.CASES, Tile.COUNTS)
_ELSEWHERE = {Tile.SHIFT: Place.SHIFT, Tile.SYNC: Place.SYNC}
_TILE_OF = {
    ReminderKind.KIT_OVERDUE: Tile.OVERDUE,
    ReminderKind.OWN_OVERDUE: Tile.OVERDUE,
    ReminderKind.COUNT_OWED: Tile.COUNTS,
    ReminderKind.CALIBRATION_EXPIRED: Tile.CALIBRATIONS,
    ReminderKind.CALIBRATION_DUE: Tile.CALIBRATIONS,
    ReminderKind.CASE_OPEN: Tile.CASES,
    ReminderKind.CASE_OVERDUE: Tile.CASES,
    ReminderKind.CASE_REOPENED: Tile.CASES,
    ReminderKind.CASE_AWAITS_RELEASE: Tile.CASES,
    ReminderKind.KIT_SOON_DUE: Tile.OUT,
    ReminderKind.OWN_SOON_DUE: Tile.OUT,
    ReminderKind.HOLDER_GONE: Tile.OUT,
}


class DeskView(Protocol):
    """What the presenter needs of the panel."""

    def show_desk(self) -> None:
        """Anything of `facts`, `sync`, `chosen` is new."""

    def more_word(self, count: int) -> str:
        """That there are so many more of a kind."""


def tiles_of(person: Person) -> tuple[Tile, ...]:
    """Which tiles somebody sees."""
    knows_tools = person.may(Permission.CHANGE_TOOLS) or person.may(Permission.MANAGE_CATALOGUE)
    return tuple(tile for tile in Tile if tile is not Tile.CALIBRATIONS or knows_tools)


class DeskPresenter(Presenter):
    """Looks in a worker thread, at most once at a time; `bring_back` begins the return of a kit."""

    def __init__(self, shell: Shell, view: DeskView, bring_back: Callable[[str], None]) -> None:
        super().__init__(shell)
        self._view = view
        self._bring_back = bring_back
        self._looking = False
        self._again = False
        self.facts: DeskFacts | None = None
        self.sync: SyncState | None = None
        self.chosen: Tile | None = None
        self.shown: Shown | None = None

    @property
    def everywhere(self) -> bool:
        """Whether the records of all stations are shown."""
        return self.shown is not None and self.shown.everywhere

    def enter(self) -> None:
        """Somebody comes to the desk, or wants to see other records there."""
        self.drop()
        self._looking = self._again = False
        self.facts, self.chosen = None, None
        self.shown = self.shell.stations.shown
        runner = self.shell.app.sync
        self.sync = runner.state if runner is not None else None
        self._view.show_desk()
        self.look()

    def leave(self) -> None:
        """Nothing is wanted any more."""
        self.drop()

    def look(self) -> None:
        """Ask how the toolroom stands now."""
        if self._looking:
            self._again = True
            return
        shown = self.shown
        if shown is None:
            return
        self._looking = True
        desk, badge = shown.records.desk, self.shell.badge
        self.ask(lambda: desk.look(badge), self._known, self._failed)

    def sync_is(self, state: SyncState) -> None:
        """Sync stands otherwise now."""
        self.sync = state
        self._view.show_desk()

    def choose(self, tile: Tile) -> None:
        """List what a tile counts, or what waits where it was listed already; some tiles lead elsewhere."""
        if tile in _ELSEWHERE:
            self.shell.navigator.go(_ELSEWHERE[tile])
        else:
            self.chosen = None if self.chosen is tile else tile
            self._view.show_desk()

    def leads(self, tile: Tile) -> bool:
        """Whether something happens when it is pressed."""
        person = self.shell.session.person
        return tile is not Tile.SHIFT or (person is not None and person.may(Permission.RUN_SHIFT))

    def lists(self, tile: Tile) -> bool:
        """Whether it has a list, and does not lead elsewhere."""
        return tile not in _ELSEWHERE

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Which are there for whoever looks."""
        person = self.shell.session.person
        made = tiles_of(person) if person is not None else ()
        if self.everywhere:
            return tuple(tile for tile in made if tile in _OF_ALL_STATIONS)
        return tuple(tile for tile in made if tile is not Tile.SYNC or self.sync is not None)

    @property
    def standing(self) -> Standing | None:
        """How sync stands; None where the station belongs to no centre."""
        return standing_of(self.sync) if self.sync is not None else None

    def lines(self) -> Sequence[DeskLine]:
        """What is listed now."""
        facts = self.facts
        if facts is None:
            return ()
        clock, shown = self.shell.app.clock, self.shown
        speaking = Speaking(
            self.shell.session.language,
            clock.local_offset_minutes(facts.at),
            self.shell.badge,
            self._view.more_word,
            shown.station if shown is not None and shown.everywhere else None,
        )
        if self.chosen is not None:
            return lines_of(self.chosen, facts, speaking)
        return waiting_everywhere(facts, speaking) if self.everywhere else waiting_lines(facts, speaking)

    def follow(self, target: Target) -> None:
        """Go where that is done."""
        navigator = self.shell.navigator
        if self.everywhere:
            self._look_into(target)
        elif target.all_of is not None:
            self._follow_all(target.all_of)
        elif target.reminder is not None:
            self._attend(target.reminder)
        elif target.case:
            navigator.go(Place.CASES, target.case)
        elif target.kit:
            self._go_to_kit(target.kit, target.holder_badge)

    def _look_into(self, target: Target) -> None:
        """What is done at whichever station is not begun from here: its records are shown."""
        if target.operation:
            self.shell.navigator.go(Place.HISTORY, target.operation)
        else:
            self.shell.navigator.show_operations(HistoryFilter(kit=target.kit, site=target.site))

    def _go_to_kit(self, kit: str, holder_badge: str) -> None:
        person, navigator = self.shell.session.person, self.shell.navigator
        if person is None or not person.may(Permission.OPERATE):
            navigator.go(Place.HISTORY, f"kit:{kit}")
        elif holder_badge.casefold() == person.badge.casefold():
            self._bring_back(kit)
        else:
            navigator.show_kits(OperationType.CHECKIN, kit)

    def _attend(self, reminder: Reminder) -> None:
        kind, navigator = reminder.kind, self.shell.navigator
        if kind in OWN:
            self._bring_back(reminder.kit)
        elif kind in _LATE_KITS:
            self._go_to_kit(reminder.kit, reminder.badge)
        elif kind is ReminderKind.SHIFT_NOT_BEGUN:
            navigator.go(Place.SHIFT)
        elif kind is ReminderKind.REPORTS_NOT_WRITTEN:
            navigator.go(Place.REPORTS)
        elif kind is ReminderKind.COUNT_OWED:
            navigator.go(Place.HISTORY, reminder.operation)
        elif kind in _CALIBRATIONS:
            navigator.go(Place.TOOLS, reminder.kit)
        elif kind in _ACCOUNTS:
            navigator.go(Place.PEOPLE, reminder.badge)
        else:
            navigator.go(Place.CASES, reminder.case)

    def _follow_all(self, kind: ReminderKind) -> None:
        tile = _TILE_OF.get(kind)
        if tile is not None and tile in self.tiles:
            self.choose(tile)
        elif kind in _ACCOUNTS:
            self.shell.navigator.go(Place.PEOPLE)

    def _known(self, facts: DeskFacts) -> None:
        self._looking = False
        self.facts = facts
        self._view.show_desk()
        if self._again:
            self._again = False
            self.look()

    def _failed(self, error: UserFacingError) -> None:
        self._looking = self._again = False
        self.shell.navigator.show_failure(error)
        self.shell.stations.look()
