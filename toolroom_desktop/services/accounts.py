"""People at the station: signing in, adding, PINs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TypeVar

from toolroom_desktop.domain.errors import NotFound, Refused
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.people import LOCK_OUT_AFTER, Permission, Person, Role, check_pin_form, delay_after
from toolroom_desktop.domain.signing import NEEDS, Purpose, Signature
from toolroom_desktop.services.ports import Clock, Database, PinHasher, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded
from toolroom_desktop.services.signing import SIGNATURE, signature_payload
from toolroom_desktop.services.station_time import local_day

T = TypeVar("T")


def person_known(uow: UnitOfWork, badge: str) -> Person:
    """The active person with that badge; raises `NotFound` or `Refused`."""
    person = uow.people.by_badge(badge)
    if person is None:
        raise NotFound("people.unknown_badge", badge=badge)
    if not person.active:
        raise Refused("people.disabled", name=person.name)
    return person


@dataclass(frozen=True, slots=True)
class Accounts:
    """Commands and queries about people."""

    database: Database
    hasher: PinHasher
    recorder: Recorder
    clock: Clock

    def who(self, badge: str) -> Person:
        """Whose badge it is; raises `NotFound("people.unknown_badge")` or `Refused("people.disabled")`."""
        return self.database.read(lambda uow: person_known(uow, badge))

    def sign_in(self, *, badge: str, pin: str) -> Person:
        """Check badge and PIN and record the sign-in or its refusal.

        Somebody whose PIN must be changed is let in to change it: whoever calls must not offer anything else.
        Raises what `_check` raises.
        """
        return self._check(badge, pin, self._signed_in)

    def signer(self, *, badge: str, purpose: Purpose, subject: str, not_by: tuple[str, ...] = ()) -> Person:
        """Whose badge it is, if that person could sign for this; `not_by` are the badges of those who already act.

        Raises `NotFound("people.unknown_badge")`, and `Refused`, which the journal keeps.
        """
        with self._signing(badge, purpose, subject):
            person = self.database.read(lambda uow: person_known(uow, badge))
            self._may_sign(person, purpose)
            if person.badge.casefold() in {other.casefold() for other in not_by}:
                raise Refused("signature.same_person", name=person.name)
            return person

    def sign(self, *, badge: str, pin: str, purpose: Purpose, subject: str) -> Signature:
        """Sign for one purpose and one thing by badge and PIN, without signing in; the journal keeps it.

        Raises what `_check` raises, and `Refused` where the person may not sign for that or must change the PIN first.
        """

        def sign(uow: UnitOfWork, person: Person) -> Signature:
            signature = Signature(uuid7(), person.badge, person.name, person.role, purpose, subject, self.clock.now())
            self.recorder.record(uow, SIGNATURE, signature_payload(signature), op_id=signature.signature_id)
            return signature

        with self._signing(badge, purpose, subject):
            self._may_sign(self.who(badge), purpose)
            return self._check(badge, pin, sign)

    def _signing(self, badge: str, purpose: Purpose, subject: str) -> AbstractContextManager[None]:
        command = f"sign.{purpose.value}"
        return refusals_recorded(self.database, self.recorder, badge=badge, command=command, subject=subject)

    def _may_sign(self, person: Person, purpose: Purpose) -> None:
        if person.must_change_pin:
            raise Refused("people.pin_must_change", name=person.name)
        if person.expired(local_day(self.clock)):
            raise Refused("people.expired", name=person.name, day=person.expires_on)
        person.require(NEEDS[purpose])

    def _signed_in(self, uow: UnitOfWork, person: Person) -> Person:
        self.recorder.record(uow, "sign_in", {"badge": person.badge})
        return person

    def _check(self, badge: str, pin: str, done: Callable[[UnitOfWork, Person], T]) -> T:
        """Check badge and PIN, then run `done` in one transaction with forgiving the attempt.

        The attempt is counted *before* the slow check and forgiven after it, so that pulling the plug between the two
        gives nobody a free guess. Raises `Refused` with "people.wrong_pin", "people.wait" (too many wrong PINs),
        "people.disabled", "people.expired", "people.no_pin"; `NotFound` with "people.unknown_badge".
        """

        def count_attempt(uow: UnitOfWork) -> Person:
            person = person_known(uow, badge)
            if person.expired(local_day(self.clock)):
                raise Refused("people.expired", name=person.name, day=person.expires_on)
            if not person.pin_hash:
                raise Refused("people.no_pin", name=person.name)
            now = self.clock.now()
            if person.locked_until is not None and now < person.locked_until:
                left = int((person.locked_until - now).total_seconds()) + 1
                raise Refused("people.wait", seconds=left)
            wrong = person.wrong_pins + 1
            delay = delay_after(wrong)
            counted = replace(person, wrong_pins=wrong, locked_until=now + delay if delay else None)
            uow.people.save(counted)
            return counted

        def forgive(uow: UnitOfWork) -> T:
            person = person_known(uow, badge)
            cleared = replace(person, wrong_pins=0, locked_until=None)
            uow.people.save(cleared)
            return done(uow, cleared)

        def refuse(uow: UnitOfWork) -> None:
            payload = {"badge": attempt.badge, "reason": "wrong_pin", "wrong_pins": attempt.wrong_pins}
            self.recorder.record(uow, "sign_in_refused", payload)

        attempt = self.database.write(count_attempt)
        if self.hasher.verify(attempt.pin_hash, pin):
            return self.database.write(forgive)
        self.database.write(refuse)
        delay = delay_after(attempt.wrong_pins)
        if delay:
            code = "people.locked_out" if attempt.wrong_pins >= LOCK_OUT_AFTER else "people.wait"
            raise Refused(code, seconds=int(delay.total_seconds()), minutes=int(delay.total_seconds()) // 60)
        raise Refused("people.wrong_pin")

    def sign_out(self, *, badge: str, reason: str) -> None:
        """Record that somebody left; `reason` is "asked", "idle" or "next_badge"."""
        self.database.write(lambda uow: self.recorder.record(uow, "sign_out", {"badge": badge, "reason": reason}))

    def add_person(self, *, badge: str, name: str, role: Role, pin: str = "", actor_badge: str | None) -> Person:
        """Add somebody. `actor_badge` is None only for a set-up from the command line of the station itself.

        Raises `BadInput("people.badge_taken")`, `BadInput("people.pin_form")`, or `Refused` without the permission.
        """
        if pin:
            check_pin_form(pin)
        person = Person(badge.strip(), name.strip(), role, self.hasher.hash(pin) if pin else "")

        def add(uow: UnitOfWork) -> Person:
            if actor_badge is not None:
                person_known(uow, actor_badge).require(Permission.MANAGE_PEOPLE)
            return self._add(uow, person, actor_badge)

        return self.database.write(add)

    def add_first_administrator(self, *, badge: str, name: str, pin: str) -> Person:
        """Add the administrator of a station that knows nobody yet, which is why nobody can be signed in for it.

        Raises `Refused("people.not_the_first")` where somebody is known, `BadInput("people.pin_form")`.
        """
        check_pin_form(pin)
        person = Person(badge.strip(), name.strip(), Role.ADMINISTRATOR, self.hasher.hash(pin))

        def add(uow: UnitOfWork) -> Person:
            if uow.people.all():
                raise Refused("people.not_the_first")
            return self._add(uow, person, None)

        return self.database.write(add)

    def _add(self, uow: UnitOfWork, person: Person, by: str | None) -> Person:
        uow.people.add(person)
        payload = {"badge": person.badge, "name": person.name, "role": person.role.value, "by": by}
        self.recorder.record(uow, "person_added", payload)
        return person

    def set_active(self, *, badge: str, active: bool, actor_badge: str | None) -> Person:
        """Disable or enable an account."""

        def change(uow: UnitOfWork) -> Person:
            if actor_badge is not None:
                person_known(uow, actor_badge).require(Permission.MANAGE_PEOPLE)
            person = uow.people.by_badge(badge)
            if person is None:
                raise NotFound("people.unknown_badge", badge=badge)
            changed = replace(person, active=active)
            uow.people.save(changed)
            self.recorder.record(uow, "person_changed", {"badge": badge, "active": active, "by": actor_badge})
            return changed

        return self.database.write(change)

    def set_pin(self, *, badge: str, pin: str, actor_badge: str | None) -> Person:
        """Give somebody a new PIN in the place of a forgotten one; it also ends a lock-out.

        Raises `BadInput("people.pin_form")`, `NotFound("people.unknown_badge")`, or `Refused` without the permission.
        """
        check_pin_form(pin)
        pin_hash = self.hasher.hash(pin)

        def change(uow: UnitOfWork) -> Person:
            if actor_badge is not None:
                person_known(uow, actor_badge).require(Permission.MANAGE_PEOPLE)
            person = uow.people.by_badge(badge)
            if person is None:
                raise NotFound("people.unknown_badge", badge=badge)
            changed = replace(person, pin_hash=pin_hash, wrong_pins=0, locked_until=None)
            uow.people.save(changed)
            self.recorder.record(uow, "pin_set", {"badge": person.badge, "by": actor_badge})
            return changed

        return self.database.write(change)

    def everyone(self) -> list[Person]:
        """All people, by name."""
        return self.database.read(lambda uow: sorted(uow.people.all(), key=lambda p: p.name.casefold()))
