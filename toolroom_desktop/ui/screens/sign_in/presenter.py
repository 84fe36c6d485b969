"""Badge first, then the PIN of the person it belongs to; a wait after wrong PINs counts down where it can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.people import MAX_PIN_DIGITS, MIN_PIN_DIGITS, Person
from toolroom_desktop.services.demo import DEMO_PEOPLE
from toolroom_desktop.ui.presenter import Asking, Presenter
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.waiting import PinWait


class SignInView(Protocol):
    """What the presenter needs of the screen."""

    def show_badge_step(self) -> None:
        """Ask for a badge, with an empty field."""

    def show_pin_step(self, person: Person) -> None:
        """Ask that person for the PIN."""

    def show_demo_people(self, people: Sequence[Person]) -> None: ...
    def show_nobody(self, nobody: bool) -> None:
        """Nobody can sign in yet: say so, and show the way to the set-up."""

    def show_busy(self, busy: bool) -> None: ...
    def show_sentence(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it back."""

    def clear_pin(self) -> None: ...
    def count_down(self, counting: bool) -> None:
        """Call `SignInPresenter.second_passed` every second, or stop that."""

    def follow(self) -> None:
        """Ask the presenter anew what can be pressed."""


class SignInPresenter(Presenter):
    """Decides what sign-in shows."""

    def __init__(self, shell: Shell, view: SignInView) -> None:
        super().__init__(shell)
        self._view = view
        self._look = Asking(shell.work)  # apart from the calls that a badge waits for
        self.person: Person | None = None
        self._wait = PinWait()

    def enter(self) -> None:
        """Begin with the badge."""
        self._start_over()
        if self.shell.app.demo:
            self._view.show_demo_people(DEMO_PEOPLE)
        if self.shell.can_care:
            self._look.ask(self.shell.app.accounts.everyone, self._people_known, self._failed)

    def leave(self) -> None:
        """Forget the person and the PIN."""
        self.drop()
        self._look.drop()
        self._start_over()

    def set_up(self) -> None:
        """Set the station up, so that somebody can sign in."""
        self.shell.navigator.show_setup()

    def badge_entered(self, badge: str) -> None:
        """A badge was scanned, typed or tapped, in whatever step."""
        badge = badge.strip()
        if not badge or self.busy:
            return
        self._start_over()
        self._begin_call()

        def failed(error: UserFacingError) -> None:
            self._failed(error)
            if error.code == "people.unknown_badge":
                # It may be the label of a kit: then the window says what to do first.
                self.shell.navigator.follow_scan(badge, lambda: None)

        self.ask(lambda: self.shell.app.accounts.badge_shown(badge), self._badge_known, failed)

    def pin_entered(self, pin: str) -> None:
        """Check the PIN, unless nothing can be checked now."""
        person = self.person
        if person is None or not self.may_check(pin):
            return
        self._begin_call()
        self.ask(
            lambda: self.shell.app.accounts.sign_in(badge=person.badge, pin=pin),
            lambda signed_in: self._signed_in(signed_in, pin),
            self._pin_refused,
        )

    def back(self) -> None:
        """Somebody else's badge."""
        self.drop()
        self._start_over()

    def may_check(self, pin: str) -> bool:
        """Whether this PIN could be checked now."""
        return MIN_PIN_DIGITS <= len(pin) <= MAX_PIN_DIGITS and not self.busy and not self.waiting

    @property
    def waiting(self) -> bool:
        """Whether the account waits after wrong PINs."""
        return self._wait.active

    def second_passed(self) -> None:
        """One second of the wait is over."""
        self._wait.second_passed()
        self._show_wait()

    def retranslate(self) -> None:
        """Say what is being said in the new language."""
        if self.waiting:
            self._show_wait()
        else:
            self._view.show_sentence("")

    def _people_known(self, people: Sequence[Person]) -> None:
        self._view.show_nobody(not people)

    def _start_over(self) -> None:
        self.person = None
        self._end_wait()
        self._view.show_sentence("")
        self._view.show_busy(False)
        self._view.show_badge_step()

    def _begin_call(self) -> None:
        self._view.show_sentence("")
        self._view.show_busy(True)

    def _badge_known(self, person: Person) -> None:
        self.person = person
        self._view.show_busy(False)
        self._view.show_pin_step(person)

    def _signed_in(self, person: Person, pin: str) -> None:
        self._view.show_busy(False)
        self.shell.navigator.signed_in(person, pin)

    def _pin_refused(self, error: UserFacingError) -> None:
        self._view.clear_pin()
        if self._wait.begin(error):
            self._view.show_busy(False)
            self._view.count_down(True)
            self._show_wait()
            return
        self._failed(error)

    def _failed(self, error: UserFacingError) -> None:
        self._view.show_busy(False)
        self._view.show_sentence(self.shell.sentence(error))

    def _show_wait(self) -> None:
        refusal = self._wait.refusal()
        if refusal is None:
            self._end_wait()
            self._view.show_sentence("")
            return
        self._view.show_sentence(self.shell.sentence(refusal))
        self._view.follow()

    def _end_wait(self) -> None:
        self._wait.end()
        self._view.count_down(False)
        self._view.follow()
