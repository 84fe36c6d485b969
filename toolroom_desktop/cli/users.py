"""`toolroom users`: the people at this station."""

from __future__ import annotations

import argparse
import getpass
import os

from toolroom_desktop.cli.console import Console, secret
from toolroom_desktop.cli.parsing import Commands, argument, one_of, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.people import Person, Role, check_pin_form

NEW_PIN_VARIABLE = "TOOLROOM_NEW_PIN"


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones."""
    own = Commands(commands.add("users", "cli.help.users"))
    adding = own.add("add", "cli.help.users_add")
    option(adding, "--badge", "cli.help.new_badge", required=True, metavar="ID")
    option(adding, "--name", "cli.help.name", required=True)
    option(adding, "--role", "cli.help.role", required=True, type=one_of(Role), metavar="|".join(Role))
    option(adding, "--pin-from-env", "cli.help.pin_from_env", action="store_true")
    adding.set_defaults(run=run_add)
    listing = own.add("list", "cli.help.users_list")
    option(listing, "--json", "cli.help.json", action="store_true")
    listing.set_defaults(run=run_list)
    pin = own.add("pin", "cli.help.users_pin")
    argument(pin, "badge", "cli.help.whose_badge")
    option(pin, "--pin-from-env", "cli.help.pin_from_env", action="store_true")
    pin.set_defaults(run=run_pin)
    for name, active in (("disable", False), ("enable", True)):
        switching = own.add(name, f"cli.help.users_{name}")
        argument(switching, "badge", "cli.help.whose_badge")
        switching.set_defaults(run=run_switch, active=active)


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
    """Add somebody."""
    with station.records() as records:
        pin = _new_pin(station.console, from_environment=arguments.pin_from_env)
        person = records.accounts.add_person(
            badge=arguments.badge, name=arguments.name, role=arguments.role, pin=pin, actor_badge=None
        )
    role = station.console.text(f"cli.role.{person.role.value}")
    station.console.say("cli.users.added", badge=person.badge, name=person.name, role=role)
    return 0


def run_list(arguments: argparse.Namespace, station: Station) -> int:
    """Print everybody."""
    console = station.console
    with station.records(read_only=True) as records:
        people = records.accounts.everyone()
    if arguments.json:
        console.json(
            [
                {
                    "badge": p.badge,
                    "name": p.name,
                    "role": p.role.value,
                    "active": p.active,
                    "has_pin": bool(p.pin_hash),
                }
                for p in people
            ]
        )
    elif people:
        rows = [
            (
                person.badge,
                person.name,
                console.text(f"cli.role.{person.role.value}"),
                console.text("cli.users.active" if person.active else "cli.users.disabled"),
            )
            for person in people
        ]
        console.table([console.text(f"cli.column.{name}") for name in ("badge", "name", "role", "account")], rows)
    else:
        console.say("cli.users.none")
    return 0


def _as_json(person: Person) -> dict[str, object]:
    return {
        "badge": person.badge,
        "name": person.name,
        "role": person.role.value,
        "active": person.active,
        "has_pin": bool(person.pin_hash),
    }


def run_pin(arguments: argparse.Namespace, station: Station) -> int:
    """Give somebody a new PIN."""
    with station.records() as records:
        pin = _new_pin(station.console, from_environment=arguments.pin_from_env)
        person = records.accounts.set_pin(badge=arguments.badge, pin=pin, actor_badge=None)
    station.console.say("cli.users.pin_set", badge=person.badge, name=person.name)
    return 0


def run_switch(arguments: argparse.Namespace, station: Station) -> int:
    """Disable or enable an account."""
    with station.records() as records:
        person = records.accounts.set_active(badge=arguments.badge, active=arguments.active, actor_badge=None)
    code = "cli.users.now_enabled" if person.active else "cli.users.now_disabled"
    station.console.say(code, badge=person.badge, name=person.name)
    return 0
