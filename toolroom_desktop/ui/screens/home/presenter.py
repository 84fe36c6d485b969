"""What somebody who is signed in can do next, and what waits for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Protocol

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.reminders import Reminder, ReminderKind
from toolroom_desktop.domain.toolkit import Position, Toolkit
from toolroom_desktop.services.catalogue import KitRow
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.screens.home.ways import PLACES, Way, main_way, ways_of
from toolroom_desktop.ui.shell import Shell

MOST_OF_A_KIND = 3
_OWN = (ReminderKind.OWN_OVERDUE, ReminderKind.OWN_SOON_DUE)
_TOOLS = (ReminderKind.CALIBRATION_EXPIRED, ReminderKind.CALIBRATION_DUE)
_KITS_OUT = (ReminderKind.KIT_OVERDUE, ReminderKind.KIT_SOON_DUE, ReminderKind.HOLDER_GONE)
_ACCOUNTS = (ReminderKind.ACCOUNT_EXPIRED, ReminderKind.ACCOUNT_LOCKED)


@dataclass(frozen=True, slots=True)
class HeldKit:
    """A kit that the person holds, with the operation that says so. `waits` is the reminder that it is due."""

    checkout: Operation
    toolkit: Toolkit | None
    waits: Reminder | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first few reminders of one kind; `more` is how many there are besides."""

    kind: ReminderKind
    shown: tuple[Reminder, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What home shows. `tools` are the positions by tool class, for their names."""

    held: Sequence[HeldKit] = ()
    waiting: Sequence[Waiting] = ()
    tools: Mapping[str, Position] = field(default_factory=dict)


class HomeView(Protocol):
    """What the presenter needs of the screen."""

    def show_facts(self, facts: HomeFacts) -> None: ...
    def show_permitted(self, *, operate: bool, ways: Sequence[Way], main: Way | None) -> None: ...
    def show_busy(self, busy: bool) -> None: ...
    def show_sentence(self, sentence: str) -> None: ...


def waiting_in(reminders: Sequence[Reminder]) -> tuple[Waiting, ...]:
    """The reminders by kind, in their order, but for those that a kit in one's own hands says itself."""
    others = [one for one in reminders if one.kind not in _OWN]
    made = []
    for kind, of_kind in groupby(others, key=lambda one: one.kind):
        every = tuple(of_kind)
        # Nobody is sent elsewhere to see the one that is left.
        shown = len(every) if len(every) == MOST_OF_A_KIND + 1 else MOST_OF_A_KIND
        made.append(Waiting(kind, every[:shown], max(0, len(every) - shown)))
    return tuple(made)


class HomePresenter(Presenter):
    """Decides what home shows and where its buttons lead."""

    def __init__(self, shell: Shell, view: HomeView) -> None:
        super().__init__(shell)
        self._view = view

    def enter(self) -> None:
        """Look up what waits for the person and what they hold."""
        person = self.shell.session.person
        if person is None:
            raise RuntimeError("home needs somebody who is signed in")
        ways = ways_of(person, can_care=self.shell.can_care)
        self._view.show_sentence("")
        self._view.show_busy(False)
        self._view.show_permitted(operate=person.may(Permission.OPERATE), ways=ways, main=main_way(person, ways))
        self.ask(lambda: self._look_up(person.badge), self._view.show_facts, self._failed)

    def leave(self) -> None:
        """Nothing is wanted any more."""
        self.drop()

    def checkout(self) -> None:
        """Choose a kit to take."""
        self.shell.navigator.show_kits(OperationType.CHECKOUT)

    def checkin(self) -> None:
        """Choose a kit to bring back."""
        self.shell.navigator.show_kits(OperationType.CHECKIN)

    def go(self, way: Way) -> None:
        """Where a tile leads."""
        navigator = self.shell.navigator
        if way is Way.TAKE_OVER:
            navigator.show_kits(OperationType.HANDOVER)
        elif way is Way.SETUP:
            navigator.show_setup()
        elif way is Way.HEALTH:
            navigator.show_health()
        else:
            navigator.go(PLACES[way])

    def bring_back(self, kit: str) -> None:
        """Return that kit at once."""
        self._view.show_busy(True)
        self.begin_operation(OperationType.CHECKIN, kit, self._failed)

    def way_of(self, kind: ReminderKind) -> Way | None:
        """The tile that leads where such a thing is done; None where that is an operation with a kit, or nowhere."""
        if kind in _TOOLS:
            way = Way.TOOLS
        elif kind in _ACCOUNTS:
            way = Way.PEOPLE
        elif kind is ReminderKind.SHIFT_NOT_BEGUN:
            way = Way.SHIFT
        elif kind is ReminderKind.COUNT_OWED:
            way = Way.HISTORY
        elif kind in _KITS_OUT:
            return None
        else:
            way = Way.CASES
        return way if way in PLACES else None

    def attend(self, reminder: Reminder) -> None:
        """Go where that is done."""
        kind, navigator = reminder.kind, self.shell.navigator
        way = self.way_of(kind)
        if kind in _KITS_OUT:
            navigator.show_kits(OperationType.CHECKIN, reminder.kit)
        elif way is not None:
            navigator.go(PLACES[way], reminder.operation or reminder.case or reminder.badge or reminder.kit)

    def attend_all(self, kind: ReminderKind) -> None:
        """Go where all of that kind are found."""
        way = self.way_of(kind)
        if way is not None:
            self.shell.navigator.go(PLACES[way])
        else:
            self.shell.navigator.show_kits(OperationType.CHECKIN)

    def scanned(self, code: str) -> None:
        """A kit's label: a kit that is in goes out, one that is out comes back."""
        person = self.shell.session.person
        if person is None or not person.may(Permission.OPERATE):
            return
        self._view.show_sentence("")
        self._view.show_busy(True)
        self.ask(lambda: self.shell.app.catalogue.kit_by_scan(code), self._kit_known, self._failed)

    def _kit_known(self, row: KitRow) -> None:
        type_ = OperationType.CHECKIN if row.is_out else OperationType.CHECKOUT
        self.begin_operation(type_, row.kit.number, self._failed)

    def _look_up(self, badge: str) -> HomeFacts:
        app = self.shell.app
        toolkits = {toolkit.name: toolkit for toolkit in app.catalogue.toolkits()}
        reminders = app.reminders.of(badge)
        own = {one.kit: one for one in reminders if one.kind in _OWN}
        held = [HeldKit(o, toolkits.get(o.toolkit), own.get(o.kit)) for o in app.operations.held_by(badge)]
        # Whatever is late comes first; otherwise the oldest does, as before.
        held.sort(key=lambda kit: not (kit.waits and kit.waits.urgent))
        tools = {p.tool_class: p for toolkit in toolkits.values() for p in toolkit.positions}
        return HomeFacts(held, waiting_in(reminders), tools)

    def _failed(self, error: UserFacingError) -> None:
        self._view.show_busy(False)
        self._view.show_sentence(self.shell.sentence(error))
