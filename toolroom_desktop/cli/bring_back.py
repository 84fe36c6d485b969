"""`toolroom sync --bring-back` and `--go-without`: what restored records lack of what the centre has."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from toolroom_desktop.cli.agreeing import agreed
from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.progress import Progress
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput, CentreProblem

if TYPE_CHECKING:
    from toolroom_desktop.services.sync.bring_back import BroughtBack, Lacking

KINDS_SHOWN = 8


def run_bring_back(arguments: argparse.Namespace, station: Station) -> int:
    """Show what the centre has beyond these records, ask, and bring it back.

    As JSON and without --yes it only shows, and ends with 1 where something is lacking.
    """
    from toolroom_desktop.adapters.database.layout import DataFolder
    from toolroom_desktop.adapters.database.problems import file_problem
    from toolroom_desktop.adapters.database.restored import forget_restored, note_restored
    from toolroom_desktop.bootstrap import open_bring_back

    console, folder = station.console, DataFolder(station.data.root.absolute())
    with station.records(before_centre=True) as records:
        bringing = open_bring_back(records, station.data.root)
        try:
            with Progress(console, "bring_back.checking") as progress:
                lacking = bringing.look(watch=progress)
        except CentreProblem as problem:
            if problem.code == "centre.refused_fork":
                # It can never be done any more: the station is opened again, so that people get at what it has.
                forget_restored(folder)
            raise
        if not lacking.count:
            forget_restored(folder)
            return _say_nothing_lacks(console, lacking, as_json=arguments.json)
        if not arguments.json:
            _say_lacking(console, lacking)
        elif not arguments.yes:
            console.json({**lacking_json(lacking), "brought_back": 0, "photos_lost": 0})
            return 1
        if not agreed(console, yes=arguments.yes):
            return 0
        # From the first entry on until the last one: whoever starts the station in between is told.
        try:
            note_restored(folder, datetime.now(UTC))
        except OSError as error:
            raise file_problem(error, folder.restored, area="database") from error
        with Progress(console, "bring_back.bringing") as progress:
            done = bringing.run(by=None, watch=progress)
        # What the ledger of open cases knows beyond that never reached the centre.
        carried = records.case_keeper.reconcile()
        forget_restored(folder)
    if arguments.json:
        console.json({**lacking_json(lacking), "brought_back": done.entries, "photos_lost": done.photos_lost})
    else:
        _say_done(console, lacking, done, len(carried))
    return 0


def run_go_without(arguments: argparse.Namespace, station: Station) -> int:
    """Let the station work although its records may lack what the centre has."""
    from toolroom_desktop.adapters.database.layout import DataFolder
    from toolroom_desktop.adapters.database.restored import forget_restored, is_restored

    console, folder = station.console, DataFolder(station.data.root.absolute())
    if not is_restored(folder):
        raise BadInput("bring_back.not_waiting")
    console.say("bring_back.without", path=folder.path)
    if agreed(console, yes=arguments.yes):
        forget_restored(folder)
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
        console.say("bring_back.nothing", station=lacking.station.seq, centre=lacking.centre.seq)
    return 0


def _say_lacking(console: Console, lacking: Lacking) -> None:
    assert lacking.first_at is not None
    assert lacking.last_at is not None
    console.say(
        "bring_back.lacking",
        entries=lacking.count,
        first=lacking.station.seq + 1,
        last=lacking.centre.seq,
        operations=lacking.operations,
        begun=console.moment(lacking.first_at),
        ended=console.moment(lacking.last_at),
    )
    often = sorted(lacking.kinds.items(), key=lambda one: (-one[1], one[0]))
    told = [f"{kind} {number}" for kind, number in often[:KINDS_SHOWN]]
    if len(often) > KINDS_SHOWN:
        told.append("…")
    console.say("bring_back.kinds", kinds=", ".join(told))
    if lacking.people:
        console.say("bring_back.people", people=", ".join(lacking.people))
    console.say("bring_back.sealed" if lacking.sealed else "bring_back.not_sealed")


def _say_done(console: Console, lacking: Lacking, done: BroughtBack, carried: int) -> None:
    console.say("bring_back.done", entries=done.entries)
    if done.photos:
        console.say("bring_back.photos_there", count=done.photos)
    if done.photos_lost:
        console.remark("bring_back.photos_lost", count=done.photos_lost)
    if lacking.other_pins:
        console.remark("bring_back.other_pins", people=", ".join(lacking.other_pins))
    if lacking.models:
        console.remark("bring_back.models")
    if carried:
        console.remark("bring_back.cases_carried", count=carried)
