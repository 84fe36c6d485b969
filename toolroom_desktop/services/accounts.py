"""People at the station: signing in, adding, PINs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from toolroom_desktop.domain.errors import BadInput, NotFound, Refused, UserFacingError
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.people import (
    LOCK_OUT_AFTER,
    Permission,
    Person,
    PersonChange,
    Role,
    changed_person,
    check_last_day,
    check_pin_form,
    delay_after,
)
from toolroom_desktop.domain.register import key_of
from toolroom_desktop.domain.signing import NEEDS, Purpose, Signature
from toolroom_desktop.services.ports import Clock, Database, PinHasher, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import REFUSED, refusals_recorded
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


SIGN_IN_REFUSED = "sign_in_refused"


def _as_shown(badge: str, refusal: UserFacingError) -> str:
    """A badge as the journal may keep it: somebody may have typed a PIN where the badge is asked for."""
    shown = badge.strip()
    nobodys = refusal.code == "people.unknown_badge"
    return "*" * len(shown) if nobodys and shown.isdigit() else shown


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """Somebody after a change; `kits_held` are the kits that stay in that person's custody."""

    person: Person
    kits_held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accounts:
    """Commands and queries about people."""

    database: Database
    hasher: PinHasher
    recorder: Recorder
    clock: Clock

    # --- signing in and signing

    def who(self, badge: str) -> Person:
        """Whose badge it is; raises `NotFound("people.unknown_badge")` or `Refused("people.disabled")`."""
        return self.database.read(lambda uow: person_known(uow, badge))

    def badge_shown(self, badge: str) -> Person:
        """Whose badge was shown to sign in; the journal keeps a refusal, also of a badge that nobody knows.

        Raises `NotFound("people.unknown_badge")`, and `Refused` with "people.disabled" or "people.expired".
        """
        with self._sign_in_refusals(badge):
            person = self.who(badge)
            self._require_not_expired(person)
            return person

    def sign_in(self, *, badge: str, pin: str) -> Person:
        """Check badge and PIN and record the sign-in or its refusal.

        Somebody who must change the PIN is let in to do that; every other command refuses. Raises what `_check` raises.
        """
        with self._sign_in_refusals(badge):
            return self._check(badge, pin, self._signed_in)

    def prove(self, *, badge: str, pin: str, permission: Permission) -> Person:
        """Who has that badge and PIN, if they have that right; without an entry in the journal.

        For the one command before which none may be written: it says itself who gave it. Raises what `_check` raises,
        and `Refused` without the right.
        """

        def may(_uow: UnitOfWork, person: Person) -> Person:
            person.require(permission)
            return person

        return self._check(badge, pin, may)

    @contextmanager
    def _sign_in_refusals(self, badge: str) -> Iterator[None]:
        try:
            yield
        except (Refused, NotFound) as refusal:
            told: dict[str, object] = {"badge": _as_shown(badge, refusal)}
            self._record_refusal(SIGN_IN_REFUSED, told, refusal)
            raise

    def _record_refusal(self, kind: str, payload: dict[str, object], refusal: UserFacingError) -> None:
        told = {**payload, "reason": refusal.code}
        if "wrong_pins" in refusal.details:
            told["wrong_pins"] = refusal.details["wrong_pins"]
        self.database.write(lambda uow: self.recorder.record(uow, kind, told))

    def signer(self, *, badge: str, purpose: Purpose, subject: str, not_by: tuple[str, ...] = ()) -> Person:
        """Whose badge it is, if that person could sign for this; `not_by` are the badges of those who already act.

        Raises `NotFound("people.unknown_badge")`, and `Refused`, which the journal keeps.
        """
        with self._signing(badge, purpose, subject):
            person = self.who(badge)
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

    @contextmanager
    def _signing(self, badge: str, purpose: Purpose, subject: str) -> Iterator[None]:
        command = f"sign.{purpose.value}"
        try:
            with refusals_recorded(self.database, self.recorder, badge=badge, command=command, subject=subject):
                yield
        except NotFound as refusal:  # a badge that nobody knows
            told: dict[str, object] = {"badge": _as_shown(badge, refusal), "command": command, "subject": subject}
            self._record_refusal(REFUSED, told, refusal)
            raise

    def _may_sign(self, person: Person, purpose: Purpose) -> None:
        self._require_not_expired(person)
        person.require(NEEDS[purpose])

    def _require_not_expired(self, person: Person) -> None:
        if person.expired(local_day(self.clock)):
            raise Refused("people.expired", name=person.name, day=person.expires_on)

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
            self._require_not_expired(person)
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

        attempt = self.database.write(count_attempt)
        if self.hasher.verify(attempt.pin_hash, pin):
            return self.database.write(forgive)
        wrong = attempt.wrong_pins
        seconds = int(delay_after(wrong).total_seconds())
        if seconds:
            code = "people.locked_out" if wrong >= LOCK_OUT_AFTER else "people.wait"
            raise Refused(code, seconds=seconds, minutes=seconds // 60, wrong_pins=wrong)
        raise Refused("people.wrong_pin", wrong_pins=wrong)

    def sign_out(self, *, badge: str, reason: str) -> None:
        """Record that somebody left; `reason` is "asked", "idle" or "next_badge"."""
        self.database.write(lambda uow: self.recorder.record(uow, "sign_out", {"badge": badge, "reason": reason}))

    def change_pin(self, *, badge: str, old_pin: str, new_pin: str) -> Person:
        """Let somebody choose another PIN by the one they have; the journal keeps it, without either PIN.

        Raises what `_check` raises, and `BadInput` with "people.pin_form" or "people.pin_same".
        """
        check_pin_form(new_pin)
        if new_pin == old_pin:
            raise BadInput("people.pin_same")
        pin_hash = self.hasher.hash(new_pin)

        def change(uow: UnitOfWork, person: Person) -> Person:
            changed = replace(person, pin_hash=pin_hash, must_change_pin=False)
            uow.people.save(changed)
            self.recorder.record(uow, "pin_changed", {"badge": person.badge})
            return changed

        with self._administering(badge, "pin_change", badge):
            return self._check(badge, old_pin, change)

    # --- administering

    def add_person(
        self,
        *,
        badge: str,
        name: str,
        role: Role,
        pin: str = "",
        expires_on: date | None = None,
        pin_given: bool = False,
        actor_badge: str | None,
    ) -> Person:
        """Add somebody. `actor_badge` is None only for a set-up from the command line of the station itself.

        `pin_given` says that whoever types here chose the PIN, so that its owner must change it; an administrator
        always does. Raises `BadInput` with "people.badge_taken", "people.pin_form" or "people.expires_past", or
        `Refused` without the permission.
        """
        if pin:
            check_pin_form(pin)
        check_last_day(expires_on, local_day(self.clock))
        person = Person(
            badge.strip(),
            name.strip(),
            role,
            self.hasher.hash(pin) if pin else "",
            expires_on=expires_on,
            must_change_pin=bool(pin) and (pin_given or actor_badge is not None),
        )

        def add(uow: UnitOfWork) -> Person:
            self._require_administrator(uow, actor_badge)
            return self._add(uow, person, actor_badge)

        with self._administering(actor_badge, "person_add", person.badge):
            return self.database.write(add)

    def add_with_one_pin(self, people: Sequence[Person], *, pin: str) -> None:
        """Add people who all begin with one PIN, at once, from the station's own set-up: the demonstration's.

        The PIN is hashed once for all of them: equal hashes give nothing away of a PIN that everybody is told.

        Raises `BadInput` with "people.badge_taken" or "people.pin_form"; then nobody is added.
        """
        check_pin_form(pin)
        pin_hash = self.hasher.hash(pin)

        def add(uow: UnitOfWork) -> None:
            for person in people:
                self._add(uow, replace(person, pin_hash=pin_hash), None)

        self.database.write(add)

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

        with self._administering(None, "person_add", person.badge):
            return self.database.write(add)

    def change_person(self, *, badge: str, change: PersonChange, actor_badge: str | None) -> ChangedPerson:
        """Change name, role, last day, or whether the account is active; nothing is taken out of anybody's custody.

        Raises what `changed_person` raises, `NotFound("people.unknown_badge")`, or `Refused` without the permission.
        """

        def apply(uow: UnitOfWork) -> ChangedPerson:
            self._require_administrator(uow, actor_badge)
            before = self._somebody(uow, badge)
            after = changed_person(
                before, change, by=actor_badge, everyone=uow.people.all(), today=local_day(self.clock)
            )
            held = tuple(operation.kit for operation in uow.operations.held_by(after.badge))
            if after != before:
                uow.people.save(after)
                changes = {
                    name: [was, is_]
                    for (name, was), is_ in zip(_as_recorded(before).items(), _as_recorded(after).values(), strict=True)
                    if was != is_
                }
                told = {
                    "badge": after.badge,
                    "key": key_of(after.badge),
                    **_as_recorded(after),
                    "changes": changes,
                    "kits_held": list(held),
                    "by": actor_badge,
                }
                self.recorder.record(uow, "person_changed", told)
            return ChangedPerson(after, held)

        with self._administering(actor_badge, "person_change", badge):
            return self.database.write(apply)

    def set_active(self, *, badge: str, active: bool, actor_badge: str | None) -> ChangedPerson:
        """Disable or enable an account; raises what `change_person` raises."""
        return self.change_person(badge=badge, change=PersonChange(active=active), actor_badge=actor_badge)

    def set_pin(self, *, badge: str, pin: str, actor_badge: str | None) -> Person:
        """Give somebody a PIN in the place of a forgotten one, which its owner then must change; ends a lock-out too.

        Raises `BadInput("people.pin_form")`, `NotFound("people.unknown_badge")`, `Refused("people.own_pin")`, or
        `Refused` without the permission.
        """
        check_pin_form(pin)
        pin_hash = self.hasher.hash(pin)

        def change(uow: UnitOfWork) -> Person:
            self._require_administrator(uow, actor_badge)
            person = self._somebody(uow, badge)
            if person.is_called(actor_badge):
                raise Refused("people.own_pin")
            changed = replace(person, pin_hash=pin_hash, wrong_pins=0, locked_until=None, must_change_pin=True)
            uow.people.save(changed)
            self.recorder.record(uow, "pin_set", {"badge": person.badge, "by": actor_badge})
            return changed

        with self._administering(actor_badge, "pin_set", badge):
            return self.database.write(change)

    def unlock(self, *, badge: str, actor_badge: str | None) -> Person:
        """End the wait after wrong PINs; the PIN stays as it is.

        Raises `NotFound("people.unknown_badge")`, or `Refused` without the permission.
        """

        def change(uow: UnitOfWork) -> Person:
            self._require_administrator(uow, actor_badge)
            person = self._somebody(uow, badge)
            changed = replace(person, wrong_pins=0, locked_until=None)
            uow.people.save(changed)
            self.recorder.record(uow, "person_unlocked", {"badge": person.badge, "by": actor_badge})
            return changed

        with self._administering(actor_badge, "person_unlock", badge):
            return self.database.write(change)

    def everyone(self) -> list[Person]:
        """All people, by name."""
        return self.database.read(lambda uow: sorted(uow.people.all(), key=lambda p: p.name.casefold()))

    def kits_held(self, badge: str) -> tuple[str, ...]:
        """The kits in that person's custody, the longest out first."""
        return self.database.read(lambda uow: tuple(operation.kit for operation in uow.operations.held_by(badge)))

    def today(self) -> date:
        """Today at the station, by which accounts end."""
        return local_day(self.clock)

    def _administering(self, actor: str | None, command: str, subject: str) -> AbstractContextManager[None]:
        return refusals_recorded(self.database, self.recorder, badge=actor, command=command, subject=subject)

    @staticmethod
    def _require_administrator(uow: UnitOfWork, actor_badge: str | None) -> None:
        if actor_badge is not None:
            person_known(uow, actor_badge).require(Permission.MANAGE_PEOPLE)

    @staticmethod
    def _somebody(uow: UnitOfWork, badge: str) -> Person:
        person = uow.people.by_badge(badge)
        if person is None:
            raise NotFound("people.unknown_badge", badge=badge)
        return person

    def _add(self, uow: UnitOfWork, person: Person, by: str | None) -> Person:
        uow.people.add(person)
        payload = {"badge": person.badge, "key": key_of(person.badge), **_as_recorded(person), "by": by}
        self.recorder.record(uow, "person_added", payload)
        return person


def _as_recorded(person: Person) -> dict[str, object]:
    """What the journal says of an account; never anything of the PIN."""
    return {
        "name": person.name,
        "role": person.role.value,
        "active": person.active,
        "expires_on": person.expires_on.isoformat() if person.expires_on else None,
    }
