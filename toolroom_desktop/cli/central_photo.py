"""`toolroom central photo`: a photo that lies at the centre, perhaps there alone."""

from __future__ import annotations

import argparse
from pathlib import Path

from toolroom_desktop.cli import central
from toolroom_desktop.cli.parsing import Commands, a_path, argument, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput


def add(own: Commands) -> None:
    """Add the sub-command of `toolroom central`."""
    fetching = central.one(own, "photo")
    argument(fetching, "sha256", "centre.help.sha256")
    option(fetching, "--out", "centre.help.photo_out", type=a_path, metavar="FILE")
    fetching.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Write the photo to a file that is not there yet."""
    from toolroom_desktop.adapters.central.photos import fetch_photo

    sha256 = str(arguments.sha256).strip().casefold()
    path: Path = arguments.out or Path(f"{sha256}.jpg")
    with central.a_server(arguments, station) as server:
        content, sites = fetch_photo(server, sha256)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise BadInput("centre.photo_exists", path=path) from None
    except OSError as error:
        raise BadInput("centre.photo_not_written", path=path, reason=error.strerror or str(error)) from error
    station.console.say("centre.photo_written", path=path, sites=", ".join(sites))
    return 0
