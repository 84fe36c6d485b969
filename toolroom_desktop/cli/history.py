"""`toolroom history`: the newest operations."""

from __future__ import annotations

import argparse

from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, a_count, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.services.result_json import operation_json

MOST = 100_000


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("history", "cli.help.history")
    option(parser, "--limit", "cli.help.limit", type=a_count(MOST), default=50, metavar="N")
    option(parser, "--json", "cli.help.json", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Print the operations, newest first."""
    with station.records(read_only=True) as records:
        operations = records.operations.recent(limit=arguments.limit)
    if arguments.json:
        station.console.json([operation_json(operation) for operation in operations])
    elif operations:
        _print(station.console, operations)
    else:
        station.console.say("cli.history.none")
    return 0


def _print(console: Console, operations: list[Operation]) -> None:
    columns = ("time", "operation", "kit", "toolkit", "person", "recognised", "final", "match", "id")
    rows = [
        (
            console.moment(operation.finished_at),
            console.text(f"cli.operation.{operation.type.value}"),
            operation.kit,
            operation.toolkit,
            operation.person_name,
            console.text(f"cli.status.{operation.status.value}"),
            console.text("cli.history.owed" if operation.count_owed else f"cli.status.{operation.final_status.value}"),
            f"{console.number(operation.match_percentage)} %",
            str(operation.operation_id),
        )
        for operation in operations
    ]
    console.table([console.text(f"cli.column.{name}") for name in columns], rows)
