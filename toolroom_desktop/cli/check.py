"""`toolroom check`: judge photos of one table, and record the operation on request."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from toolroom_desktop.cli.console import secret
from toolroom_desktop.cli.inspection_text import print_inspection
from toolroom_desktop.cli.kit_choice import kit_to_record, table_to_check
from toolroom_desktop.cli.parsing import Commands, a_number, a_path, argument, one_of, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.inspection import Inspection, Status
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.domain.toolkit import Toolkit
from toolroom_desktop.services.inspecting import Inspecting, check_match_percentage
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.services.result_json import check_json, operation_json

if TYPE_CHECKING:
    from toolroom_desktop.bootstrap import Records

PIN_VARIABLE = "TOOLROOM_PIN"
EXIT_CODES = {Status.SUCCESS: 0, Status.DISCREPANCY: 1, Status.MANUAL_CHECK: 3}
KINDS = (OperationType.CHECKOUT, OperationType.CHECKIN)


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("check", "cli.help.check")
    argument(parser, "photo", "cli.help.photo", nargs="+", type=a_path)
    option(parser, "--toolkit", "cli.help.toolkit", required=True, metavar="NAME")
    option(
        parser,
        "--operation",
        "cli.help.operation",
        type=one_of(OperationType, KINDS),
        default=OperationType.CHECKOUT,
        metavar="|".join(KINDS),
    )
    option(parser, "--record", "cli.help.record", action="store_true")
    option(parser, "--badge", "cli.help.badge", metavar="ID")
    option(parser, "--kit", "cli.help.kit", metavar="NUMBER")
    option(parser, "--threshold", "cli.help.threshold", type=a_number, metavar="PERCENT")
    option(parser, "--model", "cli.help.model", type=a_path, metavar="FILE")
    option(parser, "--json", "cli.help.json", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Check, print, and answer with the status as exit code."""
    if arguments.record and not arguments.badge:
        raise BadInput("cli.badge_needed")
    if arguments.badge and not arguments.record:
        raise BadInput("cli.only_with_record", option="--badge")
    if arguments.threshold is not None:
        check_match_percentage(arguments.threshold)
    # All of this before anybody is asked for a PIN.
    settings = station.settings()
    if arguments.record:
        return _recorded(arguments, station, settings)
    return _unrecorded(arguments, station, settings)


def _inspecting(arguments: argparse.Namespace, station: Station, settings: Settings, toolkit: Toolkit) -> Inspecting:
    from toolroom_desktop.bootstrap import open_inspecting

    inspecting = open_inspecting(
        settings, station.data.root, model=arguments.model, match_percentage=arguments.threshold
    )
    for tool_class in toolkit.unknown_to(inspecting.detector.info.knowledge.classes):
        model = inspecting.detector.info.knowledge.name
        station.console.remark("cli.check.class_unknown", tool_class=tool_class, model=model)
    return inspecting


def _unrecorded(arguments: argparse.Namespace, station: Station, settings: Settings) -> int:
    with station.records(read_only=True) as records:
        toolkit = records.catalogue.toolkit(arguments.toolkit)
        table = table_to_check(records, arguments.kit, toolkit, arguments.operation, station.console)
        now = records.clock.now()
    inspecting = _inspecting(arguments, station, settings, toolkit)
    inspection = inspecting.check_photos(arguments.photo, toolkit, expected=table.expected).inspection
    result = check_json(inspection, toolkit, operation_type=arguments.operation.value, timestamp=now.isoformat())
    _show(arguments, station, inspection, toolkit, result)
    return EXIT_CODES[inspection.status]


def _recorded(arguments: argparse.Namespace, station: Station, settings: Settings) -> int:
    console = station.console
    with station.records() as records:
        toolkit = records.catalogue.toolkit(arguments.toolkit)
        kit = kit_to_record(records, arguments.kit, toolkit, arguments.operation, console)
        pin = secret(console, PIN_VARIABLE, "cli.ask_pin")
        person = records.accounts.sign_in(badge=arguments.badge, pin=pin)
        try:
            evidence, operation = _record(arguments, station, settings, records, person.badge, kit.number)
        finally:
            records.accounts.sign_out(badge=person.badge, reason="asked")
    _show(arguments, station, evidence.inspection, toolkit, operation_json(operation))
    console.remark("cli.check.recorded", id=operation.operation_id, kit=operation.kit, name=operation.person_name)
    if operation.count_owed:
        console.remark("cli.check.count_owed", kit=operation.kit)
    return EXIT_CODES[operation.status]


def _record(
    arguments: argparse.Namespace, station: Station, settings: Settings, records: Records, badge: str, kit: str
) -> tuple[Evidence, Operation]:
    plan = records.operations.plan(badge=badge, type_=arguments.operation, kit=kit)
    inspecting = _inspecting(arguments, station, settings, plan.toolkit)
    evidence = inspecting.check_photos(arguments.photo, plan.toolkit, expected=plan.expected)
    # A command line cannot ask for every position: what is owed stays owed, and is said.
    return evidence, records.operations.record(plan, evidence, Confirmation({}, count_later=True))


def _show(
    arguments: argparse.Namespace, station: Station, inspection: Inspection, toolkit: Toolkit, result: dict[str, Any]
) -> None:
    if arguments.json:
        station.console.json(result)
    else:
        print_inspection(station.console, inspection, toolkit, arguments.operation)
