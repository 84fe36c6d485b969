"""`toolroom model`: the models of this station, and where they come from."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.model_export import add_export
from toolroom_desktop.cli.model_making import add_making
from toolroom_desktop.cli.parsing import Commands, a_path, argument, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.models import ModelCard, ModelChange, ModelEntry, UncoveredKits

if TYPE_CHECKING:
    from toolroom_desktop.adapters.vision.model_store import FileModelStore


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones."""
    own = Commands(commands.add("model", "cli.help.model_command"))
    listing = own.add("list", "cli.help.model_list")
    option(listing, "--json", "cli.help.json", action="store_true")
    listing.set_defaults(run=run_list)
    verifying = own.add("verify", "cli.help.model_verify")
    argument(verifying, "file", "cli.help.model_file", type=a_path, nargs="?")
    option(verifying, "--json", "cli.help.json", action="store_true")
    verifying.set_defaults(run=run_verify)
    installing = own.add("install", "cli.help.model_install")
    argument(installing, "file", "cli.help.model_file", type=a_path)
    option(installing, "--allow-unsigned", "cli.help.allow_unsigned", action="store_true")
    option(installing, "--yes", "cli.help.model_yes", action="store_true")
    installing.set_defaults(run=run_install)
    going_back = own.add("rollback", "cli.help.model_rollback")
    option(going_back, "--shipped", "cli.help.model_shipped", action="store_true")
    going_back.set_defaults(run=run_rollback)
    add_export(own)
    add_making(own)


def _store(station: Station) -> FileModelStore:
    from toolroom_desktop.bootstrap import open_model_store

    return open_model_store(station.settings(), station.data.root)


def run_list(arguments: argparse.Namespace, station: Station) -> int:
    """Print every model of the station with its figures; exit code 1 when one of them cannot be used."""
    console = station.console
    store = _store(station)
    entries = store.entries()
    named = station.settings().model.manifest
    if arguments.json:
        console.json(
            {
                "named_in_settings": named or None,
                "models": [_as_json(entry, console) for entry in entries],
            }
        )
    else:
        for entry in entries:
            _print_entry(entry, console)
        if named:
            console.say("cli.model.named_in_settings", path=named)
    return 0 if all(entry.problem is None for entry in entries) else 1


def _as_json(entry: ModelEntry, console: Console) -> dict[str, object]:
    card = entry.card
    return {
        "id": entry.id,
        "shipped": entry.id is None,
        "active": entry.active,
        "former": entry.former,
        "since": entry.step.at.isoformat() if entry.step else None,
        "by": (entry.step.by or None) if entry.step else None,
        "by_centre": entry.step is not None and entry.step.from_centre,
        "signed_by": entry.signer or None,
        "let_in": entry.let_in,
        "problem": console.messages.error(entry.problem) if entry.problem else None,
    } | (_card_json(card) if card else {})


def _card_json(card: ModelCard) -> dict[str, object]:
    return card.as_json() | {
        "classes": list(card.classes),
        "input_size": list(card.input_size),
        "figures": [{"measure": f.measure.en, "value": f.value, "on": f.on.en, "by": f.by} for f in card.figures],
        "limits": [limit.en for limit in card.limits],
    }


def _print_entry(entry: ModelEntry, console: Console) -> None:
    mark = "*" if entry.active else " "
    name = f"{entry.card.name}, {entry.card.version}" if entry.card else str(entry.id)
    console.line(f"{mark} {name}")
    if entry.active:
        console.line(f"    {console.text('cli.model.judges')}")
    if entry.former:
        console.line(f"    {console.text('cli.model.former')}")
    if entry.id is None:
        console.line(f"    {console.text('cli.model.shipped')}")
    if entry.step is not None:
        nobody = "centre.decided_by_centre" if entry.step.from_centre else "cli.model.command_line"
        who = entry.step.by or console.text(nobody)
        console.line(f"    {console.text('cli.model.since', at=entry.step.at, who=who)}")
    if entry.signer:
        console.line(f"    {console.text('cli.model.signed_by', holder=entry.signer)}")
    if entry.let_in:
        console.line(f"    {console.text('cli.model.let_in')}")
    if entry.problem is not None:
        console.line(f"    {console.messages.error(entry.problem)}")
    if entry.card is not None:
        console.line(f"    SHA-256 {entry.card.sha256}")
        for figure in entry.card.figures:
            measure, on = figure.measure.text(console.language), figure.on.text(console.language)
            console.line(f"    {measure}: {console.figure(figure.value)} ({on})")
    console.line()


def run_verify(arguments: argparse.Namespace, station: Station) -> int:
    """Load a model, or every model of the station, and check its signature; exit code 1 unless all is well."""
    from toolroom_desktop.adapters.vision.model_store import verify_model
    from toolroom_desktop.bootstrap import trusted_keys

    console = station.console
    if arguments.file is None:
        return _verify_all(arguments, station)
    card, signer, doubt = verify_model(arguments.file, trusted_keys(station.settings(), station.data.root))
    if arguments.json:
        sentence = console.messages.error(doubt) if doubt else None
        console.json(_card_json(card) | {"signed_by": signer or None, "problem": sentence})
    else:
        console.say("cli.model.loads", model=card.name, version=card.version, sha256=card.sha256)
        _say_trust(console, signer, doubt)
    return 1 if doubt is not None else 0


def _say_trust(console: Console, signer: str, doubt: UserFacingError | None) -> None:
    if doubt is None:
        console.say("cli.model.signed_by", holder=signer)
    else:
        console.line(console.messages.error(doubt))


def _verify_all(arguments: argparse.Namespace, station: Station) -> int:
    console, store = station.console, _store(station)
    entries, good = store.entries(), True
    report: list[dict[str, object]] = []
    for entry in entries:
        problem: UserFacingError | None = None
        try:
            store.card(entry.id)
        except UserFacingError as error:
            problem, good = error, False
        name = entry.card.name if entry.card else str(entry.id)
        report.append({"model": name, "id": entry.id, "problem": console.messages.error(problem) if problem else None})
        if not arguments.json:
            sentence = console.messages.error(problem) if problem else console.text("cli.model.fit")
            console.line(f"{name}: {sentence}")
    if arguments.json:
        console.json({"models": report})
    return 0 if good else 1


def _say_uncovered(console: Console, uncovered: tuple[UncoveredKits, ...]) -> None:
    for entry in uncovered:
        kits, classes = ", ".join(entry.kits), ", ".join(entry.classes)
        console.remark("cli.model.not_covered", toolkit=entry.toolkit, kits=kits, classes=classes)


def _say_change(console: Console, code: str, change: ModelChange, station: Station) -> None:
    console.say(code, model=change.card.name, version=change.card.version, sha256=change.card.sha256)
    if change.signer:
        console.say("cli.model.signed_by", holder=change.signer)
    if change.allowed:
        console.remark("cli.model.let_in")
    _say_uncovered(console, change.uncovered)
    named = station.settings().model.manifest
    if named:
        console.remark("cli.model.named_in_settings", path=named)


def run_install(arguments: argparse.Namespace, station: Station) -> int:
    """Copy a verified model into the data folder and let it judge from the next start on."""
    from toolroom_desktop.bootstrap import open_models

    path: Path = arguments.file
    with station.records() as records:
        change = open_models(records, station.settings(), station.data.root).install(
            path, actor_badge=None, allow_unsigned=arguments.allow_unsigned, accept_uncovered=arguments.yes
        )
    _say_change(station.console, "cli.model.installed", change, station)
    return 0


def run_rollback(arguments: argparse.Namespace, station: Station) -> int:
    """Let the model before this one judge again."""
    from toolroom_desktop.bootstrap import open_models

    with station.records() as records:
        models = open_models(records, station.settings(), station.data.root)
        change = models.roll_back(actor_badge=None, to_shipped=arguments.shipped)
    _say_change(station.console, "cli.model.rolled_back", change, station)
    return 0
