"""`toolroom users`: the people at this station."""

from __future__ import annotations

import argparse
import getpass
import os
from datetime import date, datetime

from toolroom_desktop.cli.console import Console, secret
from toolroom_desktop.cli.parsing import Commands, argument, one_of, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.dates import day_of
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.people import Person, PersonChange, Role, check_pin_form
from toolroom_desktop.services.station_time import local_day

NEW_PIN_VARIABLE = "TOOLROOM_NEW_PIN"
NEVER = "never"


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones."""
    own = Commands(commands.add("users", "cli.help.users"))
    adding = own.add("add", "cli.help.users_add")
    option(adding, "--badge", "cli.help.new_badge", required=True, metavar="ID")
    option(adding, "--name", "cli.help.name", required=True)
    option(adding, "--role", "cli.help.role", required=True, type=one_of(Role), metavar="|".join(Role))
    option(adding, "--expires", "cli.help.users_expires", type=day_of, metavar="DATE")
    option(adding, "--pin-from-env", "cli.help.pin_from_env", action="store_true")
    adding.set_defaults(run=run_add)
    listing = own.add("list", "cli.help.users_list")
    option(listing, "--json", "cli.help.json", action="store_true")
    listing.set_defaults(run=run_list)
    pin = own.add("pin", "cli.help.users_pin")
    argument(pin, "badge", "cli.help.whose_badge")
    option(pin, "--pin-from-env", "cli.help.pin_from_env", action="store_true")
    pin.set_defaults(run=run_pin)
    changing = own.add("change", "cli.help.users_change")
    argument(changing, "badge", "cli.help.whose_badge")
    option(changing, "--name", "cli.help.name")
    option(changing, "--role", "cli.help.role", type=one_of(Role), metavar="|".join(Role))
    option(changing, "--expires", "cli.help.users_expires_or_never", type=_a_day_or_never, metavar=f"DATE|{NEVER}")
    option(changing, "--json", "cli.help.json", action="store_true")
    changing.set_defaults(run=run_change)
    unlocking = own.add("unlock", "cli.help.users_unlock")
    argument(unlocking, "badge", "cli.help.whose_badge")
    unlocking.set_defaults(run=run_unlock)
    for name, active in (("disable", False), ("enable", True)):
        switching = own.add(name, f"cli.help.users_{name}")
        argument(switching, "badge", "cli.help.whose_badge")
        option(switching, "--json", "cli.help.json", action="store_true")
        switching.set_defaults(run=run_switch, active=active)


def _a_day_or_never(text: str) -> date | str:
    return NEVER if text.casefold() == NEVER else day_of(text)


def _new_pin(console: Console, *, from_environment: bool) -> str:
    """A PIN for somebody new, typed twice where it is typed at all; raises `BadInput`."""
    told = os.environ.get(NEW_PIN_VARIABLE)
    if from_environment and told is None:
        raise BadInput("cli.pin_variable_missing", variable=NEW_PIN_VARIABLE)
    pin = secret(console, NEW_PIN_VARIABLE, "cli.ask_new_pin")
    check_pin_form(pin)
    if told is None and getpass.getpass(console.text("cli.ask_pin_again")).strip() != pin:
        raise BadInput("cli.pins_differ")
    return pin


def run_add(arguments: argparse.Namespace, station: Station) -> int:
    """Add somebody. The first one there ever was chooses the PIN; all others get it from whoever types here."""
    console = station.console
    with station.records() as records:
        pin = _new_pin(console, from_environment=arguments.pin_from_env)
        person = records.accounts.add_person(
            badge=arguments.badge,
            name=arguments.name,
            role=arguments.role,
            pin=pin,
            expires_on=arguments.expires,
            pin_given=bool(records.accounts.everyone()),
            actor_badge=None,
        )
    console.say("cli.users.added", badge=person.badge, name=person.name, role=person.role)
    if person.must_change_pin:
        console.say("cli.users.must_change", name=person.name)
    return 0


def run_list(arguments: argparse.Namespace, station: Station) -> int:
    """Print everybody."""
    console = station.console
    with station.records(read_only=True) as records:
        people = records.accounts.everyone()
        now, today = records.clock.now(), local_day(records.clock)
    if arguments.json:
        console.json([_as_json(person, now, today) for person in people])
    elif people:
        rows = [
            (
                person.badge,
                person.name,
                console.text(f"cli.role.{person.role.value}"),
                _account(console, person, now, today),
                person.expires_on.isoformat() if person.expires_on else "",
            )
            for person in people
        ]
        titles = ("badge", "name", "role", "account", "last_day")
        console.table([console.text(f"cli.column.{name}") for name in titles], rows)
    else:
        console.say("cli.users.none")
    return 0


def _account(console: Console, person: Person, now: datetime, today: date) -> str:
    """How the account is, the gravest first."""
    if not person.active:
        return console.text("cli.users.disabled")
    if person.expired(today):
        return console.text("cli.users.expired")
    if person.locked_until is not None and person.locked(now):
        return console.text("cli.users.locked", until=console.moment(person.locked_until))
    if not person.pin_hash:
        return console.text("cli.users.no_pin")
    return console.text("cli.users.pin_to_change" if person.must_change_pin else "cli.users.active")


def _as_json(person: Person, now: datetime, today: date) -> dict[str, object]:
    return {
        "badge": person.badge,
        "name": person.name,
        "role": person.role.value,
        "active": person.active,
        "expires_on": person.expires_on.isoformat() if person.expires_on else None,
        "expired": person.expired(today),
        "locked_until": (
            person.locked_until.isoformat() if person.locked_until is not None and person.locked(now) else None
        ),
        "has_pin": bool(person.pin_hash),
        "must_change_pin": person.must_change_pin,
    }


def run_pin(arguments: argparse.Namespace, station: Station) -> int:
    """Give somebody a new PIN."""
    with station.records() as records:
        pin = _new_pin(station.console, from_environment=arguments.pin_from_env)
        person = records.accounts.set_pin(badge=arguments.badge, pin=pin, actor_badge=None)
    station.console.say("cli.users.pin_set", badge=person.badge, name=person.name)
    station.console.say("cli.users.must_change", name=person.name)
    return 0


def run_unlock(arguments: argparse.Namespace, station: Station) -> int:
    """End the wait after wrong PINs."""
    with station.records() as records:
        person = records.accounts.unlock(badge=arguments.badge, actor_badge=None)
    station.console.say("cli.users.unlocked", badge=person.badge, name=person.name)
    return 0


def run_change(arguments: argparse.Namespace, station: Station) -> int:
    """Change name, role or last day; raises `BadInput` where nothing is named."""
    expires = arguments.expires
    if arguments.name is None and arguments.role is None and expires is None:
        raise BadInput("cli.users.nothing_to_change")
    change = PersonChange(
        name=arguments.name,
        role=arguments.role,
        expires_on=expires if isinstance(expires, date) else None,
        without_end=expires == NEVER,
    )
    return _change(arguments, station, change, "cli.users.changed")


def run_switch(arguments: argparse.Namespace, station: Station) -> int:
    """Disable or enable an account."""
    code = "cli.users.now_enabled" if arguments.active else "cli.users.now_disabled"
    return _change(arguments, station, PersonChange(active=arguments.active), code)


def _change(arguments: argparse.Namespace, station: Station, change: PersonChange, said: str) -> int:
    console = station.console
    with station.records() as records:
        changed = records.accounts.change_person(badge=arguments.badge, change=change, actor_badge=None)
        now, today = records.clock.now(), local_day(records.clock)
    person, held = changed.person, changed.kits_held
    if arguments.json:
        console.json({**_as_json(person, now, today), "kits_held": list(held)})
        return 0
    console.say(said, badge=person.badge, name=person.name, role=person.role)
    if held and not person.active:
        console.remark("cli.users.still_holds", name=person.name, count=len(held), kits=held)
    return 0
