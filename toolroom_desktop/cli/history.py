"""`toolroom history`: the newest operations."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from toolroom_desktop.cli.all_stations import gathered_of, may_ask_all, say_age
from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, a_count, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.services.result_json import operation_json

MOST = 100_000


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("history", "cli.help.history")
    option(parser, "--limit", "cli.help.limit", type=a_count(MOST), default=50, metavar="N")
    option(parser, "--json", "cli.help.json", action="store_true")
    may_ask_all(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Print the operations, newest first."""
    names: dict[str, str] = {}
    with station.records(read_only=True) as records:
        if arguments.all_stations:
            with gathered_of(records, station) as (gathered, here):
                operations = gathered.read(lambda uow: uow.operations.recent(limit=arguments.limit))
                # What they say is read while it is open.
                documents = [operation_json(operation) for operation in operations] if arguments.json else []
            names = {site.site_id: site.name for site in here.sites}
            if not arguments.json:
                say_age(station.console, here)
        else:
            operations = records.operations.recent(limit=arguments.limit)
            documents = [operation_json(operation) for operation in operations] if arguments.json else []
    if arguments.json:
        station.console.json(documents)
    elif operations:
        _print(station.console, operations, names)
    else:
        station.console.say("cli.history.none")
    return 0


def _led_to(console: Console, operation: Operation) -> str:
    """What followed from it in a few words; empty for a kit that simply went out or came back."""
    words: list[str] = []
    if operation.stayed:
        words.append(console.text("cli.history.not_issued"))
    elif operation.overrides:
        words.append(console.text("cli.history.overruled", name=operation.overrides[-1]["name"]))
    if operation.type is OperationType.CHECKIN and operation.custody:
        number = sum(operation.custody.values())
        words.append(console.text("cli.history.stays_out", count=number, name=operation.holder_name))
    if operation.cases:
        words.append(console.text("cli.history.cases", cases=", ".join(operation.cases)))
    words += [console.text(f"cli.history.{entry['kind']}", name=entry["by"]["name"]) for entry in operation.later]
    return "; ".join(words)


def _print(console: Console, operations: Sequence[Operation], names: Mapping[str, str]) -> None:
    """`names` of the stations by their ids; empty where they are all of this one."""
    columns = ("time", "operation", "kit", "toolkit", "person", "recognised", "final", "match", "led_to", "id")
    titles = [console.text(f"cli.column.{name}") for name in columns]
    if names:
        titles.append(console.text("stations.column.station"))
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
            _led_to(console, operation),
            str(operation.operation_id),
            *((names.get(operation.site_id, operation.site_id),) if names else ()),
        )
        for operation in operations
    ]
    console.table(titles, rows)
