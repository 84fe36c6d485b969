"""People, roles, permissions, and the delay after wrong PINs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from toolroom_desktop.domain.errors import BadInput, Refused

MIN_PIN_DIGITS = 6
MAX_PIN_DIGITS = 12


class Role(StrEnum):
    """Who somebody is in the toolroom."""

    TECHNICIAN = "technician"
    STOREKEEPER = "storekeeper"
    SHIFT_LEAD = "shift_lead"
    QUALITY = "quality"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What somebody may do."""

    OPERATE = "operate"  # check kits out and in, in one's own name
    GIVE = "give"  # sign as the giver of a kit
    WITNESS = "witness"  # sign a count as the second person
    OVERRIDE_ISSUE = "override_issue"  # let a kit go out although something speaks against it
    CORRECT = "correct"  # record that something beside an operation was noted wrongly
    CHANGE_TOOLS = "change_tools"  # swap tools, send them to repair and take them back, note calibrations
    SEARCH_CASES = "search_cases"  # record searches and outcomes of lost-tool cases
    REOPEN_CASES = "reopen_cases"
    RELEASE_CASES = "release_cases"
    RUN_SHIFT = "run_shift"  # inventory at the start and end of a shift
    SEE_HISTORY = "see_history"
    SEE_ALL_STATIONS = "see_all_stations"  # the records of every station, where the centre lets this one see them
    EXPORT = "export"  # take records out of the station, as a file or a print
    MANAGE_PEOPLE = "manage_people"
    MANAGE_CATALOGUE = "manage_catalogue"
    MANAGE_STATION = "manage_station"


_COUNTER = frozenset({Permission.OPERATE, Permission.WITNESS, Permission.SEARCH_CASES, Permission.SEE_HISTORY})

# The one table of who may do what. Services ask it; screens only follow.
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.TECHNICIAN: _COUNTER,
    Role.STOREKEEPER: _COUNTER | {Permission.GIVE, Permission.CORRECT, Permission.CHANGE_TOOLS, Permission.RUN_SHIFT},
    Role.SHIFT_LEAD: _COUNTER
    | {
        Permission.GIVE,
        Permission.CORRECT,
        Permission.CHANGE_TOOLS,
        Permission.RUN_SHIFT,
        Permission.OVERRIDE_ISSUE,
        Permission.REOPEN_CASES,
        Permission.MANAGE_CATALOGUE,
        Permission.SEE_ALL_STATIONS,
        Permission.EXPORT,
    },
    Role.QUALITY: frozenset(
        {
            Permission.WITNESS,
            Permission.SEARCH_CASES,
            Permission.REOPEN_CASES,
            Permission.RELEASE_CASES,
            Permission.SEE_HISTORY,
            Permission.SEE_ALL_STATIONS,
            Permission.EXPORT,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SEE_HISTORY,
            Permission.SEE_ALL_STATIONS,
            Permission.EXPORT,
            Permission.MANAGE_PEOPLE,
            Permission.MANAGE_CATALOGUE,
            Permission.MANAGE_STATION,
        }
    ),
}


def roles_that_may(permission: Permission) -> tuple[Role, ...]:
    """Who may, in the order of the roles: so that a refusal can say whom to ask."""
    return tuple(role for role in Role if permission in PERMISSIONS[role])


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a badge. `pin_hash` is an encoded argon2id hash, empty where no PIN was set yet.

    expires_on       the last day on which the account is good, at the station's own time; None: without end
    must_change_pin  the PIN was given by somebody else and only lets its owner choose another
    """

    badge: str
    name: str
    role: Role
    pin_hash: str = ""
    active: bool = True
    wrong_pins: int = 0
    locked_until: datetime | None = None
    expires_on: date | None = None
    must_change_pin: bool = False

    def __post_init__(self) -> None:
        if not self.badge.strip():
            raise BadInput("people.badge_empty")
        if not self.name.strip():
            raise BadInput("people.name_empty")

    def may(self, permission: Permission) -> bool:
        """Whether this person's role grants `permission`, the account is active and the PIN the person's own."""
        return self.active and not self.must_change_pin and permission in PERMISSIONS[self.role]

    def require(self, permission: Permission) -> None:
        """Raise `Refused` unless this person may."""
        if self.active and self.must_change_pin:
            raise Refused("people.pin_must_change", name=self.name)
        if not self.may(permission):
            roles = roles_that_may(permission)
            raise Refused("people.not_permitted", name=self.name, permission=permission, roles=roles)

    def is_called(self, badge: str | None) -> bool:
        """Whether that is this person's badge, in either case."""
        return badge is not None and badge.strip().casefold() == self.badge.casefold()

    def locked(self, now: datetime) -> bool:
        """Whether the account waits after wrong PINs."""
        return self.locked_until is not None and now < self.locked_until

    def expired(self, today: date) -> bool:
        """Whether the account's last day is over."""
        return self.expires_on is not None and today > self.expires_on


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What is to be changed of somebody; None leaves a thing as it is.

    expires_on   the last day from now on; `without_end` takes the last day away instead
    """

    name: str | None = None
    role: Role | None = None
    active: bool | None = None
    expires_on: date | None = None
    without_end: bool = False


def changed_person(
    person: Person, change: PersonChange, *, by: str | None, everyone: Iterable[Person], today: date
) -> Person:
    """The person after that change by whoever has the badge `by` (None: the station's own command line).

    Raises `Refused("people.own_role")`, `Refused("people.last_administrator")`, `BadInput("people.expires_past")`,
    `BadInput("people.name_empty")`.
    """
    changed = replace(
        person,
        name=person.name if change.name is None else change.name.strip(),
        role=person.role if change.role is None else change.role,
        active=person.active if change.active is None else change.active,
        expires_on=None if change.without_end else change.expires_on or person.expires_on,
    )
    if changed.role is not person.role and person.is_called(by):
        raise Refused("people.own_role", name=person.name)
    if changed.expires_on != person.expires_on:
        check_last_day(changed.expires_on, today)
    if _administers(person, today) and not _administers(changed, today):
        others = (other for other in everyone if not other.is_called(person.badge))
        if not any(_administers(other, today) for other in others):
            raise Refused("people.last_administrator", name=person.name)
    return changed


def check_last_day(expires_on: date | None, today: date) -> None:
    """Raise `BadInput("people.expires_past")` for a last day that is over: an account is ended by disabling it."""
    if expires_on is not None and expires_on < today:
        raise BadInput("people.expires_past", day=expires_on)


def _administers(person: Person, today: date) -> bool:
    return person.role is Role.ADMINISTRATOR and person.active and not person.expired(today)


FREE_ATTEMPTS = 2
LOCK_OUT_AFTER = 8
_FIRST_DELAY = timedelta(seconds=2)
_LOCK_OUT = timedelta(minutes=30)


def delay_after(wrong_pins: int) -> timedelta:
    """How long an account waits after its n-th wrong PIN in a row: nothing, then doubling, then a lock-out."""
    if wrong_pins <= FREE_ATTEMPTS:
        return timedelta(0)
    if wrong_pins >= LOCK_OUT_AFTER:
        return _LOCK_OUT
    return _FIRST_DELAY * (1 << (wrong_pins - FREE_ATTEMPTS - 1))


def check_pin_form(pin: str) -> None:
    """Raise `BadInput` unless `pin` is 6 to 12 digits."""
    if not (pin.isascii() and pin.isdigit() and MIN_PIN_DIGITS <= len(pin) <= MAX_PIN_DIGITS):
        raise BadInput("people.pin_form", least=MIN_PIN_DIGITS, most=MAX_PIN_DIGITS)
