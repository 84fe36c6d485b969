"""`toolroom all-stations`, and the records of all stations for the commands that ask them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, Parser, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import NotFound

if TYPE_CHECKING:
    from toolroom_desktop.adapters.database.gathered.store import GatheredDatabase
    from toolroom_desktop.bootstrap import Records
    from toolroom_desktop.services.sync.gathering_ports import Gathered


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("all-stations", "stations.help")
    option(parser, "--json", "cli.help.json", action="store_true")
    parser.set_defaults(run=run)


def may_ask_all(parser: Parser) -> None:
    """Let a command be about all stations."""
    option(parser, "--all-stations", "stations.help.all", action="store_true")


@contextmanager
def gathered_of(records: Records, station: Station) -> Iterator[tuple[GatheredDatabase, Gathered]]:
    """What is here of all stations, for reading; raises `NotFound("stations.none_here")`."""
    from toolroom_desktop.bootstrap import open_gathered

    gathered = open_gathered(records, station.data.root)
    try:
        gathered.look()
        standing = gathered.standing()
        if standing is None:
            raise NotFound("stations.none_here")
        yield gathered, standing
    finally:
        gathered.close()


def say_age(console: Console, here: Gathered) -> None:
    """How much is here, and how old it is."""
    if here.as_of is None:
        console.say("stations.never_whole", held=here.held, missing=here.missing)
    elif here.missing:
        console.say("stations.lacking", at=here.as_of, held=here.held, missing=here.missing)
    else:
        console.say("stations.whole", at=here.as_of, held=here.held)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Print how far the journal of each station is here."""
    console = station.console
    with station.records(read_only=True) as records, gathered_of(records, station) as (_, here):
        if arguments.json:
            console.json(
                {
                    "as_of": here.as_of.isoformat() if here.as_of else None,
                    "looked_at": here.looked_at.isoformat() if here.looked_at else None,
                    "entries": here.held,
                    "missing": here.missing,
                    "not_understood": here.not_understood,
                    "stations": [
                        {
                            "site_id": site.site_id,
                            "station": site.name,
                            "entries": site.reached.seq,
                            "missing": site.missing,
                            "broken_at": site.broken_at or None,
                        }
                        for site in here.sites
                    ],
                }
            )
        else:
            say_age(console, here)
            titles = [console.text(f"stations.column.{name}") for name in ("station", "here", "missing")]
            console.table(titles, [(site.name, str(site.reached.seq), str(site.missing)) for site in here.sites])
            for site in here.sites:
                if site.broken_at:
                    console.remark("stations.broken", station=site.name, entry=site.broken_at)
            if here.not_understood:
                console.remark("stations.not_understood", count=here.not_understood)
    return 1 if here.missing or here.as_of is None else 0
