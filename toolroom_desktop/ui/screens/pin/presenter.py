"""The PIN that somebody has, then another one twice. Whoever must change it finds no way past this."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from toolroom_desktop.domain.errors import BadInput, Refused, UserFacingError
from toolroom_desktop.domain.people import MAX_PIN_DIGITS, MIN_PIN_DIGITS, Person
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.waiting import PinWait
from toolroom_desktop.ui.widgets.pin_page import TwicePin


class PinStep(Enum):
    """What is asked for."""

    OLD = auto()
    NEW = auto()
    AGAIN = auto()
    DONE = auto()


class PinView(Protocol):
    """What the presenter needs of the screen."""

    def show_step(self) -> None:
        """Ask for what the presenter's step says, in an empty field."""

    def show_sentence(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it back."""

    def show_differ(self) -> None:
        """Say that the two new PINs differ."""

    def count_down(self, counting: bool) -> None:
        """Call `PinPresenter.second_passed` every second, or stop that."""

    def follow(self) -> None:
        """Ask the presenter anew what can be pressed."""


class PinPresenter(Presenter):
    """Decides what the change of a PIN asks for."""

    def __init__(self, shell: Shell, view: PinView) -> None:
        super().__init__(shell)
        self._view = view
        self._old = ""
        self._new = TwicePin()
        self._wait = PinWait()
        self.step = PinStep.OLD

    @property
    def forced(self) -> bool:
        """Whether this person may do nothing else before."""
        person = self.shell.session.person
        return person is not None and person.must_change_pin

    @property
    def waiting(self) -> bool:
        """Whether the account waits after wrong PINs."""
        return self._wait.active

    def begin(self, old_pin: str) -> None:
        """The PIN that was typed a moment ago to sign in; empty: ask for it."""
        self._old = old_pin

    def enter(self) -> None:
        """Ask for the first thing that is not known."""
        self._new.forget()
        self._ask_for(PinStep.NEW if self._old else PinStep.OLD)

    def leave(self) -> None:
        """Forget every PIN."""
        self.drop()
        self._forget()
        self._end_wait()
        self.step = PinStep.OLD

    def may_go_on(self, typed: str) -> bool:
        """Whether what is typed in the present step can be taken."""
        if self.step is PinStep.DONE:
            return True
        return MIN_PIN_DIGITS <= len(typed) <= MAX_PIN_DIGITS and not self.busy and not self.waiting

    def go_on(self, typed: str) -> None:
        """Take what is typed in the present step."""
        if not self.may_go_on(typed):
            return
        if self.step is PinStep.OLD:
            self._old = typed
            self._ask_for(PinStep.NEW)
        elif self.step is PinStep.NEW:
            self._take_new(typed)
        elif self.step is PinStep.AGAIN:
            self._take_again(typed)
        else:
            self.shell.navigator.show_home()

    def back(self) -> None:
        """Leave the PIN as it is: home, or out where it must be changed."""
        if self.forced:
            self.shell.navigator.sign_out("asked")
        else:
            self.shell.navigator.show_home()

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

    def _take_new(self, pin: str) -> None:
        if pin == self._old:
            self._say_again(BadInput("people.pin_same"))
            return
        self._new.take_first(pin)
        self._ask_for(PinStep.AGAIN)

    def _take_again(self, pin: str) -> None:
        if not self._new.same(pin):
            self._ask_for(PinStep.NEW)
            self._view.show_differ()
            return
        accounts, badge, old = self.shell.app.accounts, self.shell.badge, self._old
        self._view.show_sentence("")
        self.ask(lambda: accounts.change_pin(badge=badge, old_pin=old, new_pin=pin), self._changed, self._refused)
        self._view.follow()

    def _changed(self, person: Person) -> None:
        self.shell.session.person = person
        self._forget()
        self._ask_for(PinStep.DONE)

    def _refused(self, error: UserFacingError) -> None:
        self._new.forget()
        # What the service refuses is the old PIN; what it cannot use is the new one.
        wrong_old = isinstance(error, Refused)
        if wrong_old:
            self._old = ""
        self._ask_for(PinStep.OLD if wrong_old else PinStep.NEW)
        if self._wait.begin(error):
            self._view.count_down(True)
            self._show_wait()
            return
        self._view.show_sentence(self.shell.sentence(error))
        self._view.follow()

    def _say_again(self, error: UserFacingError) -> None:
        self._ask_for(self.step)
        self._view.show_sentence(self.shell.sentence(error))

    def _ask_for(self, step: PinStep) -> None:
        self.step = step
        self._end_wait()
        self._view.show_sentence("")
        self._view.show_step()

    def _forget(self) -> None:
        self._old = ""
        self._new.forget()

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
