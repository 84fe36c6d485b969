"""What every presenter shares: background calls that end with the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.operation_input import Evidence, Plan
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.work.runner import Work

T = TypeVar("T")


class Asking:
    """Calls services off the GUI thread for as long as somebody waits for the answer."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._tickets: set[int] = set()

    def ask(
        self, function: Callable[[], T], done: Callable[[T], None], failed: Callable[[UserFacingError], None]
    ) -> int:
        """Run a service call off the GUI thread; nobody is called back any more after `drop`."""
        ticket = 0

        def finished(value: T) -> None:
            self._tickets.discard(ticket)
            done(value)

        def refused(error: UserFacingError) -> None:
            self._tickets.discard(ticket)
            failed(error)

        ticket = self._work.run(function, finished, refused)
        self._tickets.add(ticket)
        return ticket

    def forget(self, ticket: int) -> None:
        """What that call brings is no longer wanted."""
        self._tickets.discard(ticket)
        self._work.forget(ticket)

    def drop(self) -> None:
        """The screen is left: whatever is still under way is no longer wanted."""
        for ticket in tuple(self._tickets):
            self.forget(ticket)

    @property
    def busy(self) -> bool:
        """Whether a call is under way."""
        return bool(self._tickets)


class Presenter(Asking):
    """Holds the conditions of a screen; its view holds the layout and knows nothing of services."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.work)
        self.shell = shell

    def begin_operation(
        self,
        type_: OperationType,
        kit: str,
        failed: Callable[[UserFacingError], None],
        *,
        returns_unknown: bool = False,
    ) -> None:
        """Plan an operation in the name of whoever is signed in and go to its inspection.

        `returns_unknown` is their word that a kit comes back although the station does not know it to be out.
        """
        badge, operations = self.shell.badge, self.shell.app.operations

        def plan() -> Plan:
            return operations.plan(badge=badge, type_=type_, kit=kit, returns_unknown=returns_unknown)

        self.ask(plan, self.shell.navigator.show_inspection, failed)

    def begin_by_hand(self, type_: OperationType, kit: str, failed: Callable[[UserFacingError], None]) -> None:
        """Plan an operation of which everything is counted by hand, away from the camera, and go to its count."""
        badge, app, navigator = self.shell.badge, self.shell.app, self.shell.navigator

        def plan() -> tuple[Plan, Evidence]:
            made = app.operations.plan(badge=badge, type_=type_, kit=kit)
            return made, app.inspecting.unseen(made.toolkit, expected=made.expected)

        self.ask(plan, lambda made: navigator.show_result(*made), failed)
