"""`toolroom compose`: labelled training scenes out of cut-outs."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolroom_desktop.cli.parsing import Commands, a_count, a_number, a_path, a_size, argument, option, split_names
from toolroom_desktop.cli.progress import Progress
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput

if TYPE_CHECKING:
    from toolroom_desktop.training.compose.scene import Mixture

PICTURES = (".jpg", ".jpeg", ".png")
MOST_SCENES = 1_000_000


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("compose", "cli.help.compose")
    argument(parser, "cutouts", "cli.help.compose_cutouts", nargs="+", type=a_path)
    option(parser, "--out", "cli.help.compose_out", required=True, type=a_path, metavar="DIR")
    option(parser, "--scenes", "cli.help.compose_scenes", type=a_count(MOST_SCENES), default=4000, metavar="N")
    option(parser, "--validation", "cli.help.compose_validation", type=a_count(MOST_SCENES), default=200, metavar="N")
    option(parser, "--seed", "cli.help.seed", type=a_count(999_999_999), default=1, metavar="N")
    option(parser, "--size", "cli.help.compose_size", type=a_size, default=(1024, 768), metavar="WxH")
    option(parser, "--foreign", "cli.help.compose_foreign", type=a_path, action="append", default=[], metavar="DIR")
    option(parser, "--tables", "cli.help.compose_tables", type=a_path, action="append", default=[], metavar="DIR")
    option(
        parser, "--foreign-without", "cli.help.compose_foreign_without", action="append", default=[], metavar="CLASS"
    )
    option(parser, "--same-kind", "cli.help.compose_same_kind", action="append", default=[], metavar="CLASS=CLASS")
    option(parser, "--without", "cli.help.compose_without", action="append", default=[], metavar="PATTERN")
    option(parser, "--only", "cli.help.compose_only", action="append", default=[], metavar="PATTERN")
    option(parser, "--held-back", "cli.help.compose_held_back", action="store_true")
    option(parser, "--everything", "cli.help.compose_everything", action="store_true")
    option(parser, "--complete", "cli.help.compose_complete", action="store_true")
    option(parser, "--apart", "cli.help.compose_apart", action="store_true")
    option(parser, "--name-foreign", "cli.help.compose_name_foreign", action="store_true")
    option(parser, "--look-alikes", "cli.help.compose_look_alikes", action="append", default=[], metavar="A,B,C")
    option(parser, "--nearest", "cli.help.compose_nearest", type=a_number, default=1.1, metavar="FACTOR")
    option(parser, "--farthest", "cli.help.compose_farthest", type=a_number, default=0.35, metavar="FACTOR")
    option(parser, "--mix", "cli.help.compose_mix", action="append", default=[], metavar="KIND=SHARE")
    option(parser, "--processes", "cli.help.processes", type=a_count(64), default=2, metavar="N")
    parser.set_defaults(run=run)


def _tables(folders: list[Path]) -> list[Path]:
    found = [p for folder in folders for p in sorted(folder.glob("*")) if p.suffix.lower() in PICTURES]
    if folders and not found:
        raise BadInput("compose.no_tables", path=folders[0])
    return found


def _same_kind(given: list[str]) -> dict[str, str]:
    """Classes of the foreign cut-outs by what they are in the kit, given as ``cutting_pliers=side_cutters``."""
    kinds: dict[str, str] = {}
    for entry in split_names(given):
        foreign, _, tool_class = (part.strip() for part in entry.partition("="))
        if not foreign or not tool_class or kinds.get(foreign, tool_class) != tool_class:
            raise BadInput("compose.bad_same_kind", value=entry)
        kinds[foreign] = tool_class
    return kinds


def _mixture(given: list[str], nearest: float, farthest: float, groups: tuple[tuple[str, ...], ...]) -> Mixture:
    """The mixture with the weights given as ``kit=0.5,few=0.2``; kinds that are not named keep theirs."""
    from toolroom_desktop.training.compose.scene import Mixture

    usual = Mixture()
    weights = {kind: getattr(usual, kind) for kind in usual.kinds()}
    for entry in split_names(given):
        kind, _, share = entry.partition("=")
        if kind not in weights or not share or not 0 <= a_number(share) <= 1:
            raise BadInput("compose.bad_mix", value=entry, known=", ".join(weights))
        weights[kind] = a_number(share)
    if not any(weights.values()):
        raise BadInput("compose.bad_mix", value=", ".join(given), known=", ".join(weights))
    return Mixture(**weights, nearest=nearest, farthest=farthest, look_alikes=groups)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Compose, with progress; a broken run goes on with the same command."""
    from toolroom_desktop.services.cutouts import Split
    from toolroom_desktop.training.compose.dataset import CONTACT, Plan, class_counts, compose
    from toolroom_desktop.training.compose.things import gather

    console = station.console
    if not 0.05 <= arguments.farthest <= arguments.nearest <= 5:
        raise BadInput("compose.bad_distance", nearest=arguments.nearest, farthest=arguments.farthest)
    splits = tuple(Split) if arguments.everything else (Split.HELD_BACK if arguments.held_back else Split.TRAIN,)
    things = gather(
        arguments.cutouts,
        foreign=arguments.foreign,
        foreign_without=split_names(arguments.foreign_without),
        same_kind=_same_kind(arguments.same_kind),
        tables=_tables(arguments.tables),
        without=arguments.without,
        only=arguments.only,
        splits=splits,
    )
    groups = tuple(tuple(name.strip() for name in group.split(",")) for group in arguments.look_alikes)
    unknown = sorted({name for group in groups for name in group} - set(things.classes))
    if unknown:
        raise BadInput("compose.unknown_class", name=unknown[0], known=", ".join(things.classes))
    width, height = arguments.size
    mixture = _mixture(arguments.mix, arguments.nearest, arguments.farthest, groups)
    if arguments.apart:
        mixture = replace(mixture, apart=True)
    if arguments.name_foreign:
        if not things.foreign:
            raise BadInput("compose.no_foreign")
        mixture = replace(mixture, name_foreign=True)
    plan = Plan(
        scenes=arguments.scenes,
        validation=arguments.validation,
        width=width,
        height=height,
        seed=arguments.seed,
        mixture=mixture.only_complete_kits() if arguments.complete else mixture,
    )
    with Progress(console, "cli.compose.progress") as progress:
        made = compose(things, plan, arguments.out, processes=arguments.processes, progress=progress)
    counts = class_counts(arguments.out, "train")
    console.table(
        (console.text("cli.compose.class"), console.text("cli.compose.cutouts"), console.text("cli.compose.labels")),
        [(name, str(len(things.tools[name])), str(counts[index])) for index, name in enumerate(things.classes)],
    )
    console.say("cli.compose.done", made=made, path=arguments.out, contact=arguments.out / CONTACT)
    return 0
