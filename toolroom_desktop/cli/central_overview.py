"""`toolroom central allow-overview` and `deny-overview`: which station may see the records of all."""

from __future__ import annotations

import argparse

from toolroom_desktop.cli.parsing import Commands, argument
from toolroom_desktop.cli.station import Station


def add(own: Commands) -> None:
    """Add both sub-commands."""
    from toolroom_desktop.cli.central import one

    for name, run in (("allow-overview", run_allow), ("deny-overview", run_deny)):
        parser = one(own, name)
        argument(parser, "name", "centre.help.name")
        parser.set_defaults(run=run)


def run_allow(arguments: argparse.Namespace, station: Station) -> int:
    """Let a station see the records of all."""
    from toolroom_desktop.adapters.central.administration import Administration
    from toolroom_desktop.cli.central import a_server

    name = arguments.name.strip()
    with a_server(arguments, station) as server:
        Administration(server).allow_overview(name)
    station.console.say("centre.overview_allowed", site=name)
    return 0


def run_deny(arguments: argparse.Namespace, station: Station) -> int:
    """Let a station see its own records alone."""
    from toolroom_desktop.adapters.central.administration import Administration
    from toolroom_desktop.cli.central import a_server

    name = arguments.name.strip()
    with a_server(arguments, station) as server:
        Administration(server).deny_overview(name)
    station.console.say("centre.overview_denied", site=name)
    return 0
