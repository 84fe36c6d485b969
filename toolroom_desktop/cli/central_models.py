"""`toolroom central add-model`, `models`, `remove-model`: the model that the centre names to all stations."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from toolroom_desktop.cli import central
from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, a_path, argument, option
from toolroom_desktop.cli.progress import Progress
from toolroom_desktop.cli.station import Station

if TYPE_CHECKING:
    from toolroom_desktop.adapters.central.models import Named, StationModel


def add(own: Commands) -> None:
    """Add the sub-commands to `toolroom central`."""
    adding = central.one(own, "add-model")
    argument(adding, "manifest", "cli.help.model_file", type=a_path)
    option(adding, "--yes", "centre.help.model_yes", action="store_true")
    adding.set_defaults(run=run_add)
    listing = central.one(own, "models")
    option(listing, "--json", "cli.help.json", action="store_true")
    listing.set_defaults(run=run_list)
    central.one(own, "remove-model").set_defaults(run=run_remove)


def run_add(arguments: argparse.Namespace, station: Station) -> int:
    """Verify a model as `toolroom model install` does, bring it to the centre, and name it to all stations."""
    from toolroom_desktop.adapters.central.model_files import read_for_centre
    from toolroom_desktop.adapters.central.models import CentreModels
    from toolroom_desktop.bootstrap import trusted_keys

    console = station.console
    keys = trusted_keys(station.settings(), station.data.root)
    released = read_for_centre(arguments.manifest, keys, accept_uncovered=arguments.yes)
    model = released.model
    with central.a_server(arguments, station) as server:
        models = CentreModels(server)
        with Progress(console, "centre.model_sending") as told:
            sent = models.add(released, told=told)
    console.say("centre.model_added", model=f"{model.name}, {model.version}", holder=released.signer)
    console.say("centre.model_sent", sent=_megabytes(console, sent), size=_megabytes(console, model.size))
    return 0


def run_list(arguments: argparse.Namespace, station: Station) -> int:
    """Print which model the centre names, and by which each station judges."""
    from toolroom_desktop.adapters.central.models import CentreModels

    console = station.console
    with central.a_server(arguments, station) as server:
        models = CentreModels(server)
        named, stations = models.named(), models.stations()
    if arguments.json:
        console.json(
            {
                "named": None if named is None else _named_json(named),
                "stations": [_station_json(one, named) for one in stations],
            }
        )
        return 0
    if named is None:
        console.say("centre.no_model_named")
    else:
        model = named.model
        console.say(
            "centre.model_named",
            model=f"{model.name}, {model.version}",
            at=named.at,
            by=named.by,
            version=named.version,
        )
        console.line(f"SHA-256 {model.file.sha256}, {_megabytes(console, model.file.size)} MB")
        if model.accept_uncovered:
            console.say("centre.model_named_all_the_same")
    if stations:
        titles = ("site", "last_seen", "judged", "decided")
        rows = [
            (one.site, _moment(console, one.last_seen), _judged(console, one, named), _decided(console, one))
            for one in stations
        ]
        console.line()
        console.table([console.text(f"centre.column.{name}") for name in titles], rows)
    return 0


def run_remove(arguments: argparse.Namespace, station: Station) -> int:
    """Name no model any more; stations keep theirs."""
    from toolroom_desktop.adapters.central.models import CentreModels

    with central.a_server(arguments, station) as server:
        removed = CentreModels(server).remove()
    station.console.say("centre.model_removed", model=removed)
    return 0


def _judged(console: Console, one: StationModel, named: Named | None) -> str:
    """The model of its newest operation."""
    if one.judged is None or one.judged_at is None:
        return console.text("centre.judged_nothing")
    same = named is not None and one.judged.get("sha256") == named.model.file.sha256
    model = f"{named.model.name}, {named.model.version}" if same and named is not None else str(one.judged.get("name"))
    return console.text("centre.judged", model=model, at=one.judged_at)


def _decided(console: Console, one: StationModel) -> str:
    """What was decided there last, and by whom."""
    if not one.decision or one.decided_at is None:
        return console.text("centre.decided_nothing")
    if one.refused is not None:
        return console.text("centre.decided_refused", model=one.refused[0], code=one.refused[1], at=one.decided_at)
    chosen = one.chosen or {}
    model = f"{chosen.get('name')}, {chosen.get('version')}"
    who = console.text("centre.decided_by_centre") if one.by is None else one.by
    return console.text(
        f"centre.decided_{one.decision}",
        model=model,
        at=one.decided_at,
        who=who or console.text("cli.model.command_line"),
    )


def _named_json(named: Named) -> dict[str, object]:
    model = named.model
    return {
        "name": model.name,
        "version": model.version,
        "sha256": model.file.sha256,
        "manifest_sha256": model.manifest_sha256,
        "bytes": model.size,
        "accept_uncovered": model.accept_uncovered,
        "row_version": named.version,
        "by": named.by,
        "at": named.at.isoformat(),
    }


def _station_json(one: StationModel, named: Named | None) -> dict[str, object]:
    return {
        "site": one.site,
        "last_seen": _iso(one.last_seen),
        "judged": one.judged,
        "judged_at": _iso(one.judged_at),
        "judges_by_named": None
        if one.judged is None or named is None
        else one.judged.get("sha256") == named.model.file.sha256,
        "decision": one.decision or None,
        "decided_at": _iso(one.decided_at),
        "chosen": one.chosen,
        "by_centre": bool(one.decision) and one.by is None,
        "refused": None if one.refused is None else {"model": one.refused[0], "code": one.refused[1]},
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _moment(console: Console, at: datetime | None) -> str:
    return console.text("centre.never") if at is None else console.moment(at)


def _megabytes(console: Console, size: int) -> str:
    return console.number(size / 1e6)
