"""What every step of setting up has in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from toolroom_desktop.config.messages import Language
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.station_setup import StationSetup
from toolroom_desktop.ui.care import Answered
from toolroom_desktop.ui.presenter import Asking
from toolroom_desktop.ui.shell import Surroundings


class Outcome(StrEnum):
    """What became of a step."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


class SetupHost(Protocol):
    """The window around the set-up."""

    def use_language(self, language: Language) -> None:
        """Speak that language from now on, everywhere."""

    def start_demonstration(self) -> None:
        """Leave the set-up for the demonstration."""

    def finish_setup(self) -> None:
        """Leave the set-up: to sign-in, or back to where it was begun from."""


@dataclass(frozen=True, slots=True)
class SetupCase:
    """The station that is set up.

    running      it runs already: what holds from the next start only must be said to do so
    demo         it is the demonstration
    badge        of the administrator who is signed in; None for nobody
    demo_folder  where the demonstration keeps its own records
    """

    setup: StationSetup
    settings_path: Path
    answered: Callable[[], Answered]
    running: bool
    demo: bool
    badge: str | None
    demo_folder: Path


class Flow(Protocol):
    """The order of the steps, as one of them sees it."""

    @property
    def case(self) -> SetupCase:
        """The station that is set up."""

    @property
    def host(self) -> SetupHost:
        """The window around."""

    def changed(self) -> None:
        """Show the step anew."""

    def passed(self) -> None:
        """The step is done: the next one, please."""


class Step(Asking):
    """What one step knows and does; its page shows it.

    outcome  what became of it; kept while the set-up is on the screen
    problem  what went wrong last
    working  whether it waits for a service
    """

    warns = False
    """Whether skipping it has consequences that must be read first."""

    def __init__(self, surroundings: Surroundings, flow: Flow) -> None:
        super().__init__(surroundings.work)
        self.surroundings = surroundings
        self.flow = flow
        self.outcome = Outcome.OPEN
        self.problem: UserFacingError | None = None
        self.working = False

    def begin(self) -> None:
        """Setting up begins anew: forget what became of the step."""
        self.outcome = Outcome.OPEN
        self.problem = None
        self.working = False

    def enter(self) -> None:
        """The step is on the screen."""

    def leave(self) -> None:
        """Another one is, or none."""
        self.drop()
        self.working = False

    @property
    def can_go_on(self) -> bool:
        """Whether the main button does something now."""
        return not self.working

    @property
    def can_skip(self) -> bool:
        """Whether it is still to be done."""
        return self.outcome is not Outcome.DONE

    def go_on(self) -> None:
        """What the main button does."""
        self.done()

    def skip(self) -> None:
        """Leave it for later."""
        self.outcome = Outcome.SKIPPED

    def done(self) -> None:
        """It is done: on to the next one."""
        self.outcome = Outcome.DONE
        self.problem = None
        self.working = False
        self.flow.passed()

    def failed(self, error: UserFacingError) -> None:
        """Show what went wrong, and let it be tried again."""
        self.problem = error
        self.working = False
        self.flow.changed()
