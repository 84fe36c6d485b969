"""`toolroom sync --bring-back` and `--go-without`: what restored records lack of what the centre has."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from toolroom_desktop.cli.agreeing import agreed
from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.progress import Progress
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput

if TYPE_CHECKING:
    from toolroom_desktop.services.sync.bring_back import Lacking


def run_bring_back(arguments: argparse.Namespace, station: Station) -> int:
    """Show what the centre has beyond these records, ask, and bring it back.

    As JSON and without --yes it only shows, and ends with 1 where something is lacking.
    """
    from toolroom_desktop.bootstrap import open_completing
    from toolroom_desktop.services.sync.bring_back_words import told_afterwards, told_before

    console = station.console
    with station.records(before_centre=True) as records:
        completing = open_completing(records, station.data.root)
        with Progress(console, "bring_back.checking") as progress:
            lacking = completing.look(watch=progress)
        if not lacking.count:
            return _say_nothing_lacks(console, lacking, as_json=arguments.json)
        if not arguments.json:
            for code, details in told_before(lacking, kinds=True):
                console.say(code, **details)
        elif not arguments.yes:
            console.json({**lacking_json(lacking), "brought_back": 0, "photos_lost": 0})
            return 1
        if not agreed(console, yes=arguments.yes):
            return 0
        with Progress(console, "bring_back.bringing") as progress:
            done = completing.run(by=None, watch=progress)
    if arguments.json:
        back = done.back
        console.json({**lacking_json(lacking), "brought_back": back.entries, "photos_lost": back.photos_lost})
    else:
        for code, details in told_afterwards(lacking, done):
            console.say(code, **details)
    return 0


def run_go_without(arguments: argparse.Namespace, station: Station) -> int:
    """Let the station work although its records may lack what the centre has."""
    from toolroom_desktop.adapters.database.layout import DataFolder
    from toolroom_desktop.adapters.database.restored import FolderNote

    console, folder = station.console, DataFolder(station.data.root.absolute())
    note = FolderNote(folder)
    if not note.waits():
        raise BadInput("bring_back.not_waiting")
    console.say("bring_back.without", path=folder.path)
    if agreed(console, yes=arguments.yes):
        note.forget()
        console.say("bring_back.goes_without")
    return 0


def lacking_json(lacking: Lacking) -> dict[str, object]:
    """What is lacking, for machines."""
    return {
        "station": {"seq": lacking.station.seq, "hash": lacking.station.hash},
        "centre": {"seq": lacking.centre.seq, "hash": lacking.centre.hash},
        "entries": lacking.count,
        "operations": lacking.operations,
        "first_at": lacking.first_at.isoformat() if lacking.first_at else None,
        "last_at": lacking.last_at.isoformat() if lacking.last_at else None,
        "kinds": dict(lacking.kinds),
        "people": list(lacking.people),
        "other_pins": list(lacking.other_pins),
        "seals_checked": lacking.sealed,
    }


def _say_nothing_lacks(console: Console, lacking: Lacking, *, as_json: bool) -> int:
    if as_json:
        console.json({**lacking_json(lacking), "brought_back": 0, "photos_lost": 0})
    else:
        from toolroom_desktop.services.sync.bring_back_words import told_nothing

        code, details = told_nothing(lacking)
        console.say(code, **details)
    return 0
