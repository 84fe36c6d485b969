"""What the signature panel asks for next, and the calls behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.people import MAX_PIN_DIGITS, MIN_PIN_DIGITS, Person
from toolroom_desktop.domain.signing import Purpose, Signature
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.waiting import PinWait

LEAST_REASON_CHARACTERS = 3
MOST_REASON_CHARACTERS = 500


class SigningStep(Enum):
    """What is asked for."""

    REASON = auto()
    BADGE = auto()
    PIN = auto()


@dataclass(frozen=True, slots=True)
class ToSign:
    """What somebody is asked to sign. `not_by` are the badges of those who already act."""

    purpose: Purpose
    subject: str
    not_by: tuple[str, ...] = ()
    needs_reason: bool = False


class SignatureView(Protocol):
    """What the presenter needs of the panel."""

    def show_step(self, step: SigningStep) -> None:
        """Ask for that, with the keyboard in its empty field."""

    def show_sentence(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it back."""

    def clear_pin(self) -> None: ...
    def count_down(self, counting: bool) -> None:
        """Call `SignaturePresenter.second_passed` every second, or stop that."""

    def follow(self) -> None:
        """Ask the presenter anew what can be pressed."""


class SignaturePresenter(Presenter):
    """Reason where one is wanted, then the badge, then the PIN."""

    def __init__(self, shell: Shell, view: SignatureView, done: Callable[[Signature], None]) -> None:
        super().__init__(shell)
        self._view = view
        self._done = done
        self._to_sign: ToSign | None = None
        self._wait = PinWait()
        self.step = SigningStep.BADGE
        self.person: Person | None = None
        self.reason = ""

    def begin(self, to_sign: ToSign) -> None:
        """Ask for a signature from the beginning."""
        self.drop()
        self._to_sign = to_sign
        self.reason = ""
        self._ask_for(SigningStep.REASON if to_sign.needs_reason else SigningStep.BADGE)

    def end(self) -> None:
        """Nobody is asked any more."""
        self.drop()
        self._to_sign = None
        self.person = None
        self._end_wait()
        self._view.clear_pin()

    @property
    def waiting(self) -> bool:
        """Whether the account waits after wrong PINs."""
        return self._wait.active

    def may_go_on(self, typed: str) -> bool:
        """Whether what is typed in the present step can be taken."""
        if self.busy or self.waiting:
            return False
        if self.step is SigningStep.PIN:
            return MIN_PIN_DIGITS <= len(typed) <= MAX_PIN_DIGITS
        return len(typed.strip()) >= (LEAST_REASON_CHARACTERS if self.step is SigningStep.REASON else 1)

    def go_on(self, typed: str) -> None:
        """Take what is typed in the present step."""
        if not self.may_go_on(typed):
            return
        if self.step is SigningStep.REASON:
            self.reason = typed.strip()
            self._ask_for(SigningStep.BADGE)
        elif self.step is SigningStep.BADGE:
            self._badge_given(typed.strip())
        else:
            self._pin_given(typed)

    def badge_scanned(self, badge: str) -> bool:
        """A code came from the scanner; True when it was used: never before the reason is given."""
        if self._to_sign is None or self.step is SigningStep.REASON or self.busy or not badge.strip():
            return False
        self._ask_for(SigningStep.BADGE)
        self._badge_given(badge.strip())
        return True

    def other_badge(self) -> None:
        """Somebody else signs."""
        self.drop()
        self._ask_for(SigningStep.BADGE)

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

    def _ask_for(self, step: SigningStep) -> None:
        self.step = step
        if step is not SigningStep.PIN:
            self.person = None
        self._end_wait()
        self._view.show_sentence("")
        self._view.clear_pin()
        self._view.show_step(step)

    def _badge_given(self, badge: str) -> None:
        to_sign = self._to_sign
        if to_sign is None:
            return
        self._view.show_sentence("")
        accounts = self.shell.app.accounts
        self.ask(
            lambda: accounts.signer(
                badge=badge, purpose=to_sign.purpose, subject=to_sign.subject, not_by=to_sign.not_by
            ),
            self._badge_known,
            self._failed,
        )
        self._view.follow()

    def _badge_known(self, person: Person) -> None:
        self.person = person
        self._ask_for(SigningStep.PIN)

    def _pin_given(self, pin: str) -> None:
        to_sign, person = self._to_sign, self.person
        if to_sign is None or person is None:
            return
        self._view.show_sentence("")
        accounts = self.shell.app.accounts
        self.ask(
            lambda: accounts.sign(badge=person.badge, pin=pin, purpose=to_sign.purpose, subject=to_sign.subject),
            self._signed,
            self._pin_refused,
        )
        self._view.follow()

    def _signed(self, signature: Signature) -> None:
        reason = self.reason
        self.end()
        self.reason = reason  # whoever asked reads it now
        self._done(signature)

    def _pin_refused(self, error: UserFacingError) -> None:
        self._view.clear_pin()
        if self._wait.begin(error):
            self._view.count_down(True)
            self._show_wait()
            return
        self._failed(error)

    def _failed(self, error: UserFacingError) -> None:
        self._view.show_sentence(self.shell.sentence(error))
        self._view.follow()

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
