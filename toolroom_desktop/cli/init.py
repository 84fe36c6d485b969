"""`toolroom init`: a data folder with an empty database, and the demo people and kits on request."""

from __future__ import annotations

import argparse

from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.cli.parsing import Commands, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.services.demo import DEMO_PIN, ensure_demo


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("init", "cli.help.init")
    option(parser, "--demo", "cli.help.demo", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Create what is missing and say what is there already."""
    console = station.console
    path = DataFolder(station.data.root).database
    existed = path.exists()
    with station.records(create=True) as records:
        if existed:
            console.say("cli.init.there", path=path)
        else:
            console.say("cli.init.created", path=path)
        if arguments.demo:
            outcome = ensure_demo(records.accounts, records.catalogue, records.tools)
            if outcome.added:
                console.say("cli.init.demo_added", names=", ".join(outcome.added), pin=DEMO_PIN)
            if outcome.present:
                console.say("cli.init.demo_there", names=", ".join(outcome.present))
    return 0
