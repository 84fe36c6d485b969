"""Who is known here, and what an administrator does about it, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Protocol

from toolroom_desktop.domain.dates import day_of
from toolroom_desktop.domain.errors import BadInput, UserFacingError
from toolroom_desktop.domain.people import MAX_PIN_DIGITS, MIN_PIN_DIGITS, Person, PersonChange, Role
from toolroom_desktop.services.accounts import ChangedPerson
from toolroom_desktop.services.labels import LabelKind
from toolroom_desktop.ui.label_aim import Wanted, write_aim
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Place, Shell
from toolroom_desktop.ui.widgets.pin_page import TwicePin


class Doing(Enum):
    """What the screen is at."""

    LIST = auto()
    FORM = auto()
    PIN = auto()
    DISABLING = auto()  # the question whether that is meant


class Said(Enum):
    """What was done, for a sentence of the view's own."""

    ADDED = auto()
    CHANGED = auto()
    PIN_SET = auto()
    UNLOCKED = auto()
    DISABLED = auto()
    ENABLED = auto()


@dataclass(frozen=True, slots=True)
class Form:
    """What is typed of somebody. `last_day` as it was typed; empty: without end."""

    badge: str
    name: str
    role: Role
    last_day: str


class PeopleView(Protocol):
    """What the presenter needs of the screen."""

    def show_people(self, found: Sequence[Person], *, searched: bool) -> None: ...
    def show_doing(self) -> None:
        """Show the page of what the presenter is at, with the keyboard where it is wanted."""

    def show_pin_step(self) -> None:
        """Ask for the PIN, or for the same one again."""

    def show_sentence(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it back."""

    def show_differ(self) -> None:
        """Say that the two PINs differ."""

    def show_done(self, said: Said, person: Person, kits_held: Sequence[str]) -> None:
        """Say what was done."""

    def choose(self, badge: str) -> None:
        """Have that person chosen in the list."""

    def follow(self) -> None:
        """Ask the presenter anew what can be pressed."""


class PeoplePresenter(Presenter):
    """Decides what the screen of the people shows."""

    def __init__(self, shell: Shell, view: PeopleView) -> None:
        super().__init__(shell)
        self._view = view
        self._everyone: Sequence[Person] = ()
        self._new_pin = TwicePin()
        self.search = ""
        self.doing = Doing.LIST
        self.person: Person | None = None  # whom it is about; None in the form: somebody new
        self.kits_held: Sequence[str] = ()
        self._aimed = ""

    def aim(self, badge: str) -> None:
        """Choose that person first."""
        self._aimed = badge

    def enter(self) -> None:
        """Show everybody."""
        self._everyone, self.search = (), ""
        self._go(Doing.LIST)
        self._read(choose=self._aimed)
        self._aimed = ""

    def leave(self) -> None:
        """Forget what is typed."""
        self.drop()
        self._new_pin.forget()
        self.doing, self.person = Doing.LIST, None

    def find(self, text: str) -> None:
        """Show only whom that text finds, in name or badge."""
        self.search = text
        self._view.show_sentence("")
        self._show_found()

    def find_badge(self, badge: str) -> None:
        """A badge was scanned: whose is it?"""
        known = next((person for person in self._everyone if person.is_called(badge)), None)
        if known is None:
            self.shell.navigator.follow_scan(badge, lambda: self._nobody(badge))
            return
        self.search = ""
        self._view.show_sentence("")
        self._show_found()
        self._view.choose(known.badge)

    def _nobody(self, badge: str) -> None:
        self._view.show_sentence(self.shell.sentence(BadInput("people.unknown_badge", badge=badge)))

    # --- what can be done with whoever is chosen

    def may_disable(self, person: Person) -> bool:
        """Whether the list offers it: nobody disables the own account."""
        return person.active and not person.is_called(self.shell.badge)

    def may_give_pin(self, person: Person) -> bool:
        """Whether the list offers it: one's own PIN is chosen elsewhere."""
        return not person.is_called(self.shell.badge)

    def is_locked(self, person: Person) -> bool:
        """Whether the account waits after wrong PINs."""
        return person.locked(self.shell.app.clock.now())

    def print_labels(self, chosen: Person | None) -> None:
        """A label for the badge of whoever is chosen, else for everybody's."""
        wanted = Wanted(LabelKind.BADGES, (chosen.badge,) if chosen is not None else ())
        self.shell.navigator.go(Place.LABELS, write_aim(wanted))

    def add(self) -> None:
        """Somebody new."""
        self.person = None
        self._go(Doing.FORM)

    def change(self, person: Person) -> None:
        """Change what is known of somebody."""
        self.person = person
        self._go(Doing.FORM)

    def give_pin(self, person: Person) -> None:
        """Give somebody a PIN."""
        self.person = person
        self._new_pin.forget()
        self._go(Doing.PIN)
        self._view.show_pin_step()

    def unlock(self, person: Person) -> None:
        """End the wait after wrong PINs."""
        accounts, actor = self.shell.app.accounts, self.shell.badge
        self._call(lambda: accounts.unlock(badge=person.badge, actor_badge=actor), Said.UNLOCKED)

    def enable(self, person: Person) -> None:
        """Let somebody in again."""
        self._change(person, PersonChange(active=True), Said.ENABLED)

    def ask_to_disable(self, person: Person) -> None:
        """Ask whether that is meant, and say what stays in the person's custody."""
        self._view.show_sentence("")
        accounts = self.shell.app.accounts

        def known(kits: Sequence[str]) -> None:
            self.person, self.kits_held = person, kits
            self._go(Doing.DISABLING)

        self.ask(lambda: accounts.kits_held(person.badge), known, self._failed)
        self._view.follow()

    def disable(self) -> None:
        """It is meant."""
        if self.person is not None:
            self._change(self.person, PersonChange(active=False), Said.DISABLED)

    def back(self) -> None:
        """From whatever is asked to the list, from the list home."""
        if self.doing is Doing.LIST:
            self.shell.navigator.show_home()
            return
        self.drop()
        self._new_pin.forget()
        self._go(Doing.LIST)

    # --- the form

    def save(self, form: Form) -> None:
        """Add or change somebody by what is typed."""
        if self.busy:
            return
        accounts, actor = self.shell.app.accounts, self.shell.badge
        try:
            last_day = day_of(form.last_day) if form.last_day.strip() else None
        except BadInput as mistake:
            self._failed(mistake)
            return
        if self.person is None:
            self._view.show_sentence("")
            self.ask(
                lambda: accounts.add_person(
                    badge=form.badge, name=form.name, role=form.role, expires_on=last_day, actor_badge=actor
                ),
                self._added,
                self._failed,
            )
            self._view.follow()
            return
        self._change(self.person, _as_change(self.person, form, last_day), Said.CHANGED)

    # --- the PIN

    @property
    def pin_asked_again(self) -> bool:
        """Whether the PIN was typed once already."""
        return self._new_pin.asks_again

    def may_take_pin(self, typed: str) -> bool:
        """Whether what is typed can be a PIN."""
        return MIN_PIN_DIGITS <= len(typed) <= MAX_PIN_DIGITS and not self.busy

    def take_pin(self, typed: str) -> None:
        """The PIN, first once and then again."""
        person = self.person
        if person is None or not self.may_take_pin(typed):
            return
        self._view.show_sentence("")
        if not self._new_pin.asks_again:
            self._new_pin.take_first(typed)
            self._view.show_pin_step()
            return
        same = self._new_pin.same(typed)
        self._view.show_pin_step()
        if not same:
            self._view.show_differ()
            return
        accounts, actor = self.shell.app.accounts, self.shell.badge
        self._call(lambda: accounts.set_pin(badge=person.badge, pin=typed, actor_badge=actor), Said.PIN_SET)

    # --- what comes back

    def _change(self, person: Person, change: PersonChange, said: Said) -> None:
        accounts, actor = self.shell.app.accounts, self.shell.badge

        def done(changed: ChangedPerson) -> None:
            self._done(said, changed.person, changed.kits_held)

        self._view.show_sentence("")
        self.ask(
            lambda: accounts.change_person(badge=person.badge, change=change, actor_badge=actor), done, self._failed
        )
        self._view.follow()

    def _call(self, command: Callable[[], Person], said: Said) -> None:
        self._view.show_sentence("")
        self.ask(command, lambda person: self._done(said, person, ()), self._failed)
        self._view.follow()

    def _added(self, person: Person) -> None:
        self._read(choose=person.badge)
        self.give_pin(person)
        self._view.show_done(Said.ADDED, person, ())

    def _done(self, said: Said, person: Person, kits_held: Sequence[str]) -> None:
        if person.is_called(self.shell.badge):
            self.shell.session.person = person
        self._go(Doing.LIST)
        self._view.show_done(said, person, kits_held)
        self._read(choose=person.badge)

    def _failed(self, error: UserFacingError) -> None:
        self._view.show_sentence(self.shell.sentence(error))
        self._view.follow()

    def _read(self, choose: str = "") -> None:
        def known(everyone: Sequence[Person]) -> None:
            self._everyone = everyone
            self._show_found()
            if choose:
                self._view.choose(choose)

        self.ask(self.shell.app.accounts.everyone, known, self._failed)
        self._view.follow()

    def _show_found(self) -> None:
        wanted = self.search.strip().casefold()
        found = [
            person for person in self._everyone if wanted in person.name.casefold() or wanted in person.badge.casefold()
        ]
        self._view.show_people(found, searched=bool(wanted))
        self._view.follow()

    def _go(self, doing: Doing) -> None:
        self.doing = doing
        self._view.show_sentence("")
        self._view.show_doing()
        self._view.follow()


def _as_change(person: Person, form: Form, last_day: date | None) -> PersonChange:
    """Only what differs, so that what somebody else changed meanwhile stays."""
    return PersonChange(
        name=form.name if form.name.strip() != person.name else None,
        role=form.role if form.role is not person.role else None,
        expires_on=last_day if last_day != person.expires_on else None,
        without_end=last_day is None and person.expires_on is not None,
    )
