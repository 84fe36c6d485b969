"""Where a kit is, whichever station handed it out, and operations wherever they were recorded."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.shifts import KitOut
from toolroom_desktop.services.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class KitHeld:
    """The operation since which a kit is out; `station` is the name of another station's that recorded it, "" here."""

    operation: Operation
    station: str = ""


def custody_of(uow: UnitOfWork, kit: str) -> KitHeld | None:
    """Since when that kit is out, here or elsewhere; None while it is in. What is recorded here goes first."""
    own = uow.operations.open_checkout(kit)
    if own is not None:
        return KitHeld(own)
    elsewhere = uow.elsewhere.out(kit)
    return KitHeld(elsewhere[0].operation, elsewhere[0].station) if elsewhere else None


def operation_since(uow: UnitOfWork, kit: str) -> Operation | None:
    """The operation since which that kit is out, whichever station recorded it; None while it is in."""
    held = custody_of(uow, kit)
    return None if held is None else held.operation


def held_by(uow: UnitOfWork, badge: str) -> list[KitHeld]:
    """What is out in that person's custody, what is recorded here first, each oldest first."""
    own = [KitHeld(operation) for operation in uow.operations.held_by(badge)]
    return own + [KitHeld(one.operation, one.station) for one in uow.elsewhere.held_by(badge)]


def kits_out_anywhere(uow: UnitOfWork) -> list[KitOut]:
    """The kits that are out, those handed out here first; a kit that is out twice is named once."""
    out = uow.operations.kits_out()
    known = {one.kit.casefold() for one in out}
    for one in uow.elsewhere.kits_out():
        if one.kit.casefold() not in known:
            known.add(one.kit.casefold())
            out.append(one)
    return out


def kit_out(held: KitHeld) -> KitOut:
    """The same in a few words."""
    operation = held.operation
    return KitOut(
        operation.kit,
        operation.holder_badge,
        operation.holder_name,
        operation.finished_at,
        operation.expected_return,
        operation.aircraft,
        operation.work_order,
        held.station,
        operation.site_id,
        str(operation.operation_id),
    )


def known_operation(uow: UnitOfWork, operation_id: UUID | None) -> Operation | None:
    """The operation of that id, recorded here or known from another station."""
    if operation_id is None:
        return None
    own = uow.operations.by_id(operation_id)
    if own is not None:
        return own
    elsewhere = uow.elsewhere.custody(operation_id)
    return None if elsewhere is None else elsewhere.operation
