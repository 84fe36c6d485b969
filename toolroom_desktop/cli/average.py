"""`toolroom average`: the mean of a network before and after it learnt more."""

from __future__ import annotations

import argparse
from pathlib import Path

from toolroom_desktop.cli.parsing import Commands, a_path, argument, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.cli.train import needs_training


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("average", "cli.help.average")
    argument(parser, "weights", "cli.help.average_weights", nargs="+", type=a_path)
    option(parser, "--out", "cli.help.average_out", required=True, type=a_path, metavar="FILE")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Write the mean."""
    needs_training()
    from toolroom_desktop.training.learn.average import average_of

    weights: list[Path] = arguments.weights
    average_of(weights, arguments.out)
    station.console.say("cli.average.done", count=len(weights), path=arguments.out)
    return 0
