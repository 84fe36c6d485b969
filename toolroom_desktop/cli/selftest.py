"""`toolroom selftest`: does the installed program work, whatever station it belongs to."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.doctor import MARKS
from toolroom_desktop.cli.parsing import Commands, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.selftest.network import NetworkWatch, watching
from toolroom_desktop.services.doctor import healthy

if TYPE_CHECKING:
    from toolroom_desktop.selftest.run import Result


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("selftest", "cli.help.selftest")
    option(parser, "--json", "cli.help.json", action="store_true")
    # For whoever releases a model (docs/developer.md); in an installed program there is nothing to write.
    parser.add_argument("--write-reference", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Print every check as it is done; exit code 1 when one of them is bad."""
    # Everything that a check uses is loaded within the watch.
    with watching() as network:
        if arguments.write_reference:
            return _write_reference(station.console, network)
        return _prove(station.console, network, as_json=arguments.json)


def _prove(console: Console, network: NetworkWatch, *, as_json: bool) -> int:
    from toolroom_desktop.selftest.run import prove

    def report(result: Result) -> None:
        if as_json:
            return
        check = result.check
        console.say(
            "cli.selftest.line",
            mark=MARKS[check.grade],
            name=console.text(f"cli.selftest.name.{check.name}"),
            sentence=console.text(check.code, **check.details),
            seconds=console.number(result.seconds),
        )
        # A library that ends the process must not take with it what was found before.
        sys.stdout.flush()

    results = prove(network, report=report)
    sound = healthy([result.check for result in results])
    seconds = sum(result.seconds for result in results)
    if as_json:
        console.json({"sound": sound, "seconds": seconds, "checks": [_as_json(result, console) for result in results]})
        return 0 if sound else 1
    console.line()
    if sound:
        console.say("cli.selftest.sound", count=len(results), seconds=console.number(seconds))
    else:
        console.say("cli.selftest.unsound")
    return 0 if sound else 1


def _as_json(result: Result, console: Console) -> dict[str, object]:
    check = result.check
    sentence = console.text(check.code, **check.details)
    return {
        "name": check.name,
        "grade": check.grade.value,
        "sentence": sentence,
        "seconds": result.seconds,
        **check.facts,
    }


def _write_reference(console: Console, network: NetworkWatch) -> int:
    from toolroom_desktop.selftest.bench import Workbench
    from toolroom_desktop.selftest.model import write_reference

    with tempfile.TemporaryDirectory() as folder:
        console.say("cli.selftest.reference_written", path=write_reference(Workbench(Path(folder), network)))
    return 0
