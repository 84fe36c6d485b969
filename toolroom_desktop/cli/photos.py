"""`toolroom photos`: which photos lie here and which at the centre alone, and letting go those that may."""

from __future__ import annotations

import argparse

from toolroom_desktop.cli.parsing import Commands, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput

_MIB = 1 << 20


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones."""
    own = Commands(commands.add("photos", "photos.help"))
    looking = own.add("status", "photos.help.status")
    option(looking, "--json", "cli.help.json", action="store_true")
    looking.set_defaults(run=run_status)
    dropping = own.add("drop", "photos.help.drop")
    dropping.set_defaults(run=run_drop)


def run_status(arguments: argparse.Namespace, station: Station) -> int:
    """Say where the photos lie, and how many may go; exit code 1 where the centre may have lost some."""
    from toolroom_desktop.bootstrap import open_retention

    console, settings = station.console, station.settings()
    with station.records(read_only=True) as records:
        photos = records.database.read(lambda uow: uow.photos.figures())
        may_go = open_retention(records, settings).count()
    days = settings.sync.keep_photos_days
    if arguments.json:
        console.json(
            {
                "here": {"photos": photos.here, "bytes": photos.here_bytes},
                "at_the_centre_alone": {"photos": photos.dropped, "bytes": photos.dropped_bytes},
                "not_known_to_be_there": photos.doubtful,
                "keep_days": days,
                "may_go": may_go,
            }
        )
    else:
        console.say("photos.here", count=photos.here, mib=console.number(photos.here_bytes / _MIB))
        if photos.dropped:
            console.say("photos.dropped", count=photos.dropped, mib=console.number(photos.dropped_bytes / _MIB))
        console.say("photos.days" if days else "photos.for_ever", days=days, count=may_go)
        if photos.doubtful:
            console.remark("photos.doubtful", count=photos.doubtful)
    return 1 if photos.doubtful else 0


def run_drop(arguments: argparse.Namespace, station: Station) -> int:  # noqa: ARG001 - it takes none
    """Let go now what the station would let go by and by; refuses where all are kept for ever."""
    from toolroom_desktop.adapters.central.enrolment import EnrolmentStore
    from toolroom_desktop.adapters.central.gateway import CentreLines
    from toolroom_desktop.bootstrap import open_retention
    from toolroom_desktop.services.sync.pace import Rhythm

    settings = station.settings()
    if settings.keep_photos() is None:
        raise BadInput("photos.kept_for_ever")
    store = EnrolmentStore(station.data.root)
    if not store.exists():
        raise BadInput("enrolment.none")
    with station.records() as records:
        lines = CentreLines(lambda: store.load().address, records.database.site_id)
        gone = open_retention(records, settings).run(lambda: lines.open(within=Rhythm().within), at_once=True)
    station.console.say("photos.gone", count=gone)
    return 0
