"""`toolroom reminders`: what waits at this station, or for one person."""

from __future__ import annotations

import argparse
from dataclasses import replace

from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.reminders import Reminder


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("reminders", "cli.help.reminders")
    option(parser, "--badge", "cli.help.reminders_badge", metavar="ID")
    option(parser, "--json", "cli.help.json", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Print what waits, the most urgent first; exit code 1 where something is late already."""
    console = station.console
    procedures = station.settings().station_procedures()
    with station.records(read_only=True) as records:
        asked = replace(records.reminders, procedures=procedures)
        found = asked.of_toolroom() if arguments.badge is None else asked.of(arguments.badge)
    if arguments.json:
        console.json([_as_json(one) for one in found])
    elif not found:
        console.say("cli.reminders.none")
    else:
        for one in found:
            console.line(_line(one, console))
    return 1 if any(one.urgent for one in found) else 0


def _line(one: Reminder, console: Console) -> str:
    due = "" if one.due is None else console.moment(one.due)
    parts = (one.case, one.kit, one.tool_class, one.marking, one.name, one.day.isoformat() if one.day else due)
    return ": ".join(
        text for text in (console.text(f"cli.reminder.{one.kind.value}"), ", ".join(filter(None, parts))) if text
    )


def _as_json(one: Reminder) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "urgent": one.urgent,
        "kit": one.kit,
        "case": one.case,
        "badge": one.badge,
        "name": one.name,
        "tool_class": one.tool_class,
        "marking": one.marking,
        "due": None if one.due is None else one.due.isoformat(),
        "operation": one.operation,
        "day": None if one.day is None else one.day.isoformat(),
    }
