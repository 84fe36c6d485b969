"""Which kit an operation means, and what must lie on the table for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolroom_desktop.cli.console import Console
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.operation import OperationType, expected_at_checkin, refuse_unless_possible
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.services.catalogue import KitRow

if TYPE_CHECKING:
    from toolroom_desktop.bootstrap import Records


@dataclass(frozen=True, slots=True)
class Table:
    """What is looked for. `kit` is None where only the toolkit's list is compared with."""

    toolkit: Toolkit
    kit: Kit | None
    expected: Mapping[str, int]


def named_kit(records: Records, number: str, toolkit: Toolkit) -> Kit:
    """The kit of that number or code; raises `NotFound`, or `BadInput` for a kit of another toolkit."""
    row = records.catalogue.kit_by_scan(number)
    if row.toolkit.name != toolkit.name:
        raise BadInput("cli.kit_of_another_toolkit", kit=row.kit.number, toolkit=toolkit.name, other=row.toolkit.name)
    return row.kit


def _fitting(records: Records, toolkit: Toolkit, type_: OperationType) -> list[KitRow]:
    out = type_ is OperationType.CHECKIN
    return [row for row in records.catalogue.kits() if row.toolkit.name == toolkit.name and row.is_out == out]


def kit_to_record(
    records: Records, number: str | None, toolkit: Toolkit, type_: OperationType, console: Console
) -> Kit:
    """The kit that was named, or the only one that the operation can mean, which is said then.

    Raises `Refused("cli.no_kit_fits")` and `BadInput("cli.kit_needed")`.
    """
    if number is not None:
        return named_kit(records, number, toolkit)
    fitting = _fitting(records, toolkit, type_)
    if not fitting:
        code = "cli.no_kit_out" if type_ is OperationType.CHECKIN else "cli.no_kit_in"
        raise Refused(code, toolkit=toolkit.name)
    if len(fitting) > 1:
        raise BadInput("cli.kit_needed", kits=", ".join(row.kit.number for row in fitting))
    console.remark("cli.check.kit_taken", kit=fitting[0].kit.number)
    return fitting[0].kit


def table_to_check(
    records: Records, number: str | None, toolkit: Toolkit, type_: OperationType, console: Console
) -> Table:
    """What a check without a record compares with: at a checkin, what the kit was checked out with.

    Without a kit number the only kit that is out is meant; where there is none or several, the toolkit's list holds,
    which is said. Raises `Refused` when a named kit's whereabouts forbid the operation.
    """
    kit = named_kit(records, number, toolkit) if number is not None else None
    if kit is None and type_ is OperationType.CHECKIN:
        fitting = _fitting(records, toolkit, type_)
        if len(fitting) == 1:
            kit = fitting[0].kit
            console.remark("cli.check.kit_taken", kit=kit.number)
        else:
            console.remark("cli.check.compared_with_toolkit", toolkit=toolkit.name)
    if kit is None:
        return Table(toolkit, None, toolkit.expected)
    number = kit.number
    checkout = records.database.read(lambda uow: uow.operations.open_checkout(number))
    refuse_unless_possible(type_, number, checkout)
    at_checkin = type_ is OperationType.CHECKIN and checkout is not None
    return Table(toolkit, kit, expected_at_checkin(checkout) if at_checkin and checkout else toolkit.expected)
