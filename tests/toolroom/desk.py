"""The counter as people walk up to it: every call goes through the services of the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tests.fakes import frame_of, model_info
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.custody import Override
from toolroom_desktop.domain.inspection import inspect
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.thresholds import Thresholds
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan, Remark
from toolroom_desktop.services.operations import Operations
from toolroom_desktop.services.vision_ports import Picture

Counts = Mapping[tuple[str, int], Count]
Sign = Callable[[str, Purpose, str], UUID]
"""Whoever has that badge signs for that purpose and that subject; the signature's id."""

AS_LISTED: Counts = {}
_UNSEEN = frozenset({Count.MISSING, Count.KEPT})


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody's word that a kit goes out nevertheless."""

    badge: str
    purpose: Purpose = Purpose.OVERRIDE
    reason: str = "вылет через час"


def look(plan: Plan, counts: Counts = AS_LISTED, picture: Picture | None = None) -> Evidence:
    """What recognition says where the table is as `counts` says: all that is expected, less what is not there."""
    unseen = [tool_class for (tool_class, _), count in counts.items() if count in _UNSEEN]
    seen: list[tuple[str, float]] = []
    for tool_class, quantity in plan.expected.items():
        seen += [(tool_class, 0.95)] * (quantity - unseen.count(tool_class))
    model = model_info(*plan.toolkit.expected).knowledge
    return Evidence(picture, inspect(plan.expected, [frame_of(*seen)], Thresholds(), model))


def whole_count(plan: Plan, counts: Counts) -> dict[tuple[str, int], Count]:
    """A word on every tool that is expected; `FOUND` where `counts` says nothing. Empty for `AS_LISTED`."""
    if not counts:
        return {}
    everything = [(name, unit) for name, quantity in plan.expected.items() for unit in range(1, quantity + 1)]
    return {place: counts.get(place, Count.FOUND) for place in everything}


@dataclass(frozen=True, slots=True)
class Desk:
    """One counter. `picture` is what its camera sees; None: everything is counted without one.

    seen  what recognition says of the table
    """

    operations: Operations
    sign: Sign
    picture: Picture | None = None
    seen: Callable[[Plan, Counts, Picture | None], Evidence] = look

    def plan(self, badge: str, type_: OperationType, kit: str) -> Plan:
        """Somebody walks up with a kit, and says that it comes back also where nobody knows that it is out."""
        return self.operations.plan(badge=badge, type_=type_, kit=kit, returns_unknown=True)

    def confirm(
        self,
        plan: Plan,
        counts: Counts = AS_LISTED,
        *,
        words: tuple[Word, ...] = (),
        giver: str = "",
        witness: str = "",
        remarks: Mapping[tuple[str, int], Remark] | None = None,
        work_order: str = "",
        aircraft: str = "",
        expected_return: datetime | None = None,
        note: str = "",
        count_later: bool = False,
    ) -> Operation:
        """The end of it: the count, and everybody's signatures for this very operation."""
        gives = Purpose.HANDS_OVER if plan.type is OperationType.HANDOVER else Purpose.GIVER
        confirmation = Confirmation(
            answers={} if count_later else whole_count(plan, counts),
            note=note,
            remarks=remarks or {},
            giver=self.sign(giver, gives, plan.subject) if giver else None,
            witness=self.sign(witness, Purpose.WITNESS, plan.subject) if witness else None,
            overrides=tuple(Override(self.sign(word.badge, word.purpose, plan.subject), word.reason) for word in words),
            work_order=work_order,
            aircraft=aircraft,
            expected_return=expected_return,
            count_later=count_later,
        )
        return self.operations.record(plan, self.seen(plan, counts, self.picture), confirmation)

    def take(
        self,
        badge: str,
        kit: str,
        counts: Counts = AS_LISTED,
        *,
        words: tuple[Word, ...] = (),
        giver: str = "",
        work_order: str = "",
        aircraft: str = "",
        expected_return: datetime | None = None,
    ) -> Operation:
        """Check a kit out."""
        return self.confirm(
            self.plan(badge, OperationType.CHECKOUT, kit),
            counts,
            words=words,
            giver=giver,
            work_order=work_order,
            aircraft=aircraft,
            expected_return=expected_return,
        )

    def bring(self, badge: str, kit: str, counts: Counts = AS_LISTED, *, witness: str = "") -> Operation:
        """Check a kit in."""
        return self.confirm(self.plan(badge, OperationType.CHECKIN, kit), counts, witness=witness)


def desk_of(records: Records, pin: str, picture: Picture | None = None) -> Desk:
    """The counter of a station at which everybody has that PIN."""

    def sign(badge: str, purpose: Purpose, subject: str) -> UUID:
        return records.accounts.sign(badge=badge, pin=pin, purpose=purpose, subject=subject).signature_id

    return Desk(records.operations, sign, picture)
