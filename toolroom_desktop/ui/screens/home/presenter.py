"""What somebody who is signed in can do next, and what waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.reminders import Reminder, ReminderKind
from toolroom_desktop.domain.toolkit import Toolkit
from toolroom_desktop.services.desk import has_desk
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.screens.home.ways import PLACES, Way, main_way, ways_of
from toolroom_desktop.ui.shell import Shell

_OWN = (ReminderKind.OWN_OVERDUE, ReminderKind.OWN_SOON_DUE)


@dataclass(frozen=True, slots=True)
class HeldKit:
    """A kit that the person holds, with the operation that says so. `waits` is the reminder that it is due.

    station  the name of the other station that handed it out; "" where this one did
    """

    checkout: Operation
    toolkit: Toolkit | None
    waits: Reminder | None = None
    station: str = ""


class HomeView(Protocol):
    """What the presenter needs of the screen."""

    def show_held(self, held: Sequence[HeldKit]) -> None:
        """The kits in the person's own hands, what is late first."""

    def show_permitted(self, *, operate: bool, ways: Sequence[Way], main: Way | None, desk: bool) -> None:
        """What there is for that person; `desk` says whether they see how the toolroom stands."""

    def show_busy(self, busy: bool) -> None: ...
    def show_sentence(self, sentence: str) -> None: ...


class HomePresenter(Presenter):
    """Decides what home shows and where its buttons lead."""

    def __init__(self, shell: Shell, view: HomeView) -> None:
        super().__init__(shell)
        self._view = view

    def enter(self) -> None:
        """See who it is; look up what they hold where no desk shows it."""
        person = self.shell.session.person
        if person is None:
            raise RuntimeError("home needs somebody who is signed in")
        ways, desk = ways_of(person, can_care=self.shell.can_care), has_desk(person)
        self._view.show_sentence("")
        self._view.show_busy(False)
        self._view.show_permitted(
            operate=person.may(Permission.OPERATE), ways=ways, main=main_way(person, ways), desk=desk
        )
        if not desk:
            self.ask(lambda: self._look_up(person.badge), self._view.show_held, self._failed)

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

    def scanned(self, code: str) -> None:
        """A label leads to what it names: a kit that is in goes out, one that is out comes back."""
        self._view.show_sentence("")
        self.shell.navigator.follow_scan(code)

    def _look_up(self, badge: str) -> Sequence[HeldKit]:
        app = self.shell.app
        toolkits = {toolkit.name: toolkit for toolkit in app.catalogue.toolkits()}
        own = {one.kit: one for one in app.reminders.of(badge) if one.kind in _OWN}
        held = [
            HeldKit(one.operation, toolkits.get(one.operation.toolkit), own.get(one.operation.kit), one.station)
            for one in app.operations.in_hands_of(badge)
        ]
        # Whatever is late comes first; otherwise the oldest does, as before.
        held.sort(key=lambda kit: not (kit.waits and kit.waits.urgent))
        return held

    def _failed(self, error: UserFacingError) -> None:
        self._view.show_busy(False)
        self._view.show_sentence(self.shell.sentence(error))
