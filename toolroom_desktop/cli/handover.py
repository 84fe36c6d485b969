"""`toolroom handover`: a kit that is out passes to somebody else, counted by hand and signed by both."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from toolroom_desktop.cli.check import PIN_VARIABLE
from toolroom_desktop.cli.console import secret
from toolroom_desktop.cli.parsing import Commands, argument, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.services.operation_input import Confirmation
from toolroom_desktop.services.result_json import operation_json

if TYPE_CHECKING:
    from toolroom_desktop.bootstrap import Records

GIVER_PIN_VARIABLE = "TOOLROOM_GIVER_PIN"


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("handover", "cli.help.handover")
    argument(parser, "kit", "cli.help.handover_kit")
    option(parser, "--badge", "cli.help.handover_badge", required=True, metavar="ID")
    option(parser, "--from", "cli.help.handover_from", required=True, metavar="ID", dest="giver")
    option(parser, "--all-found", "cli.help.handover_all_found", action="store_true")
    option(parser, "--work-order", "cli.help.handover_work_order", default="", metavar="TEXT")
    option(parser, "--aircraft", "cli.help.handover_aircraft", default="", metavar="TEXT")
    option(parser, "--note", "cli.help.handover_note", default="", metavar="TEXT")
    option(parser, "--json", "cli.help.json", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Record the handover of a kit in which everything was found."""
    if not arguments.all_found:
        # A command line cannot ask for every tool; whoever found otherwise counts at the counter.
        raise BadInput("cli.handover.count_first")
    console = station.console
    with station.records() as records:
        pin = secret(console, PIN_VARIABLE, "cli.ask_pin")
        person = records.accounts.sign_in(badge=arguments.badge, pin=pin)
        try:
            operation = _record(arguments, station, records, person.badge)
        finally:
            records.accounts.sign_out(badge=person.badge, reason="asked")
    if arguments.json:
        console.json(operation_json(operation))
    else:
        console.say("cli.handover.done", kit=operation.kit, name=operation.holder_name, giver=arguments.giver)
    return 0


def _record(arguments: argparse.Namespace, station: Station, records: Records, badge: str) -> Operation:
    from toolroom_desktop.bootstrap import open_inspecting

    plan = records.operations.plan(badge=badge, type_=OperationType.HANDOVER, kit=arguments.kit)
    inspecting = open_inspecting(station.settings(), station.data.root)
    evidence = inspecting.unseen(plan.toolkit, expected=plan.expected)
    pin = secret(station.console, GIVER_PIN_VARIABLE, "cli.ask_giver_pin")
    giver = records.accounts.sign(badge=arguments.giver, pin=pin, purpose=Purpose.HANDS_OVER, subject=plan.subject)
    confirmation = Confirmation(
        {(p.tool_class, p.unit): Count.FOUND for p in evidence.inspection.positions},
        note=arguments.note,
        giver=giver.signature_id,
        work_order=arguments.work_order,
        aircraft=arguments.aircraft,
    )
    return records.operations.record(plan, evidence, confirmation)
