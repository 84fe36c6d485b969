"""`toolroom bench`: how fast the model is on this machine, and what our own part of the way costs."""

from __future__ import annotations

import argparse

from toolroom_desktop.cli.parsing import Commands, a_count, a_path, option
from toolroom_desktop.cli.station import Station

ROUNDS = 60
MOST_ROUNDS = 10_000


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("bench", "cli.help.bench")
    option(parser, "--rounds", "cli.help.rounds", type=a_count(MOST_ROUNDS), default=ROUNDS, metavar="N")
    option(parser, "--model", "cli.help.model", type=a_path, metavar="FILE")
    option(parser, "--json", "cli.help.json", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Measure over a picture of the demo feed and print medians in milliseconds."""
    from toolroom_desktop.adapters.vision.bench import measure
    from toolroom_desktop.bootstrap import demo_picture, open_model

    console = station.console
    picture = demo_picture()
    model = open_model(station.settings(), station.data.root, arguments.model)
    report = measure(model, [picture], arguments.rounds)
    if arguments.json:
        console.json(report.as_json() | {"picture": [picture.height, picture.width]})
        return 0
    height, width = report.input_size
    console.say("cli.bench.title", model=report.model, size=f"{width} x {height}", frames=report.frames)
    for name, value in (
        ("letterbox", report.letterbox),
        ("session", report.session),
        ("decode", report.decode),
        ("quality", report.quality),
        ("whole", report.whole),
        ("bare", report.bare),
    ):
        console.line(f"  {console.text(f'cli.bench.{name}'):<40} {console.number(value, 2):>9}")
    console.say("cli.bench.ratio", ratio=console.number(report.ratio_to_session, 3))
    return 0
