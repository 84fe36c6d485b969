"""`toolroom journal`: is the journal whole, and what does an entry say."""

from __future__ import annotations

import argparse

from toolroom_desktop.cli.course_text import CourseText
from toolroom_desktop.cli.parsing import Commands, argument, option
from toolroom_desktop.cli.progress import Progress
from toolroom_desktop.cli.station import Station
from toolroom_desktop.services.course import course_json, course_of
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.recording import JOURNAL_KEY


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones."""
    own = Commands(commands.add("journal", "cli.help.journal"))
    verifying = own.add("verify", "cli.help.journal_verify")
    option(verifying, "--json", "cli.help.json", action="store_true")
    verifying.set_defaults(run=run_verify)
    showing = own.add("show", "cli.help.journal_show")
    argument(showing, "id", "cli.help.entry")
    option(showing, "--json", "cli.help.json", action="store_true")
    showing.set_defaults(run=run_show)


def run_verify(arguments: argparse.Namespace, station: Station) -> int:
    """Say whether the journal is whole, and name the first entry that is not; exit code 1 then."""
    console = station.console
    with station.records(read_only=True) as records, Progress(console, "cli.journal.progress") as progress:
        key = records.secrets.get_or_create(JOURNAL_KEY)
        found = verify_journal(records.database, key=key, watch=progress)
    if arguments.json:
        fault = found.fault
        console.json(
            {
                "whole": found.whole,
                "entries": found.entries,
                "head": {"site_seq": found.head.site_seq, "hash": found.head.hash},
                "seals_checked": found.seals_checked,
                "sealed_from": found.sealed_from,
                "fault": {"site_seq": fault.site_seq, "code": fault.code} if fault else None,
            }
        )
    elif found.fault is None:
        console.say("cli.journal.whole", entries=found.entries, hash=found.head.hash)
        if found.sealed_from > 1:
            console.say("cli.journal.keys_renewed", entry=found.sealed_from)
    else:
        reason = console.text(f"cli.fault.{found.fault.code}")
        console.say("cli.journal.broken", entry=found.fault.site_seq, reason=reason, good=found.entries)
    return 0 if found.whole else 1


def run_show(arguments: argparse.Namespace, station: Station) -> int:
    """Print one entry with the whole course of its operation or case; exit code 1 where something does not fit it."""
    console = station.console
    with station.records(read_only=True) as records:
        course = course_of(records.database, records.evidence, arguments.id)
        names = records.tools.class_names()
    if arguments.json:
        console.json(course_json(course))
    else:
        place = 0 if console.language == "ru" else 1
        CourseText(console, {name: titles[place] for name, titles in names.items()}).print(course)
    return 0 if course.whole else 1
