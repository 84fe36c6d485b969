"""`toolroom doctor`: is this station fit for work, and with what."""

from __future__ import annotations

import argparse

from toolroom_desktop.cli.parsing import Commands, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.services.doctor import Grade, as_json, healthy

MARKS = {Grade.GOOD: "+", Grade.NOTE: "i", Grade.BAD: "!"}
"""How a check that came out so is marked."""


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("doctor", "cli.help.doctor")
    option(parser, "--json", "cli.help.json", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Print every check; exit code 1 when one of them is bad."""
    from toolroom_desktop.health import examine

    console = station.console
    checks = examine(station.data)
    if arguments.json:
        console.json(as_json(checks, console.text))
    else:
        for check in checks:
            name = console.text(f"cli.doctor.name.{check.name}")
            console.line(f"[{MARKS[check.grade]}] {name}: {console.text(check.code, **check.details)}")
        console.line()
        console.say("cli.doctor.healthy" if healthy(checks) else "cli.doctor.unhealthy")
    return 0 if healthy(checks) else 1
