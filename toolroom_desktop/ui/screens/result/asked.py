"""What a checkout asks for besides the count: work order, aircraft, and until when the kit is wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from toolroom_desktop.domain.custody import Asked, Procedures
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.operation_input import Confirmation, Plan

WORK_ORDER, AIRCRAFT, EXPECTED_RETURN = "work_order", "aircraft", "expected_return"
MOST_DETAIL_CHARACTERS = 64


@dataclass(slots=True)
class CheckoutDetails:
    """What was entered so far. `asked` are the names of what this station asks for, in order."""

    asked: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    work_order: str = ""
    aircraft: str = ""
    expected_return: datetime | None = None

    @classmethod
    def of(cls, plan: Plan, procedures: Procedures) -> CheckoutDetails:
        """Nothing entered yet for that plan."""
        wanted = {
            WORK_ORDER: procedures.work_order,
            AIRCRAFT: procedures.aircraft,
            EXPECTED_RETURN: procedures.expected_return,
        }
        if plan.type is not OperationType.CHECKOUT or plan.counts is not None:
            wanted = {}
        asked = tuple(name for name, how in wanted.items() if how is not Asked.NO)
        return cls(asked, tuple(name for name in asked if wanted[name] is Asked.REQUIRED))

    @property
    def missing(self) -> tuple[str, ...]:
        """What is required and not entered."""
        given = {
            WORK_ORDER: bool(self.work_order.strip()),
            AIRCRAFT: bool(self.aircraft.strip()),
            EXPECTED_RETURN: self.expected_return is not None,
        }
        return tuple(name for name in self.required if not given[name])

    def beside(self, said: Confirmation) -> Confirmation:
        """That confirmation with these details."""
        return replace(said, work_order=self.work_order, aircraft=self.aircraft, expected_return=self.expected_return)

    @property
    def anything(self) -> bool:
        """Whether something was entered."""
        return bool(self.work_order.strip() or self.aircraft.strip() or self.expected_return)
