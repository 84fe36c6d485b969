"""The signatures that an operation is confirmed with: who may give them, what they are for, and what they overrule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toolroom_desktop.domain.custody import Block, BlockReason, Override, Procedures, refuse_unless_overruled
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.operation import CountedPosition, OperationType, refuse_strange_giver
from toolroom_desktop.domain.signing import Purpose, Signature
from toolroom_desktop.services.operation_input import Confirmation, Plan
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.signing import signature_in, signed

_OVERRIDES = (Purpose.OVERRIDE, Purpose.OVERRIDE_CASE)


@dataclass(frozen=True, slots=True)
class GivenSignatures:
    """The signatures of a confirmation, as the journal has them."""

    giver: Signature | None
    witness: Signature | None
    overrides: tuple[tuple[Override, Signature], ...]

    def refuse_unless_overruled(self, kit: str, blocks: Sequence[Block], known: Sequence[Block]) -> None:
        """Raise `Refused` naming the first of the `blocks` that nobody overruled.

        Nobody can have overruled what was not among those `known` when the operation was begun.
        """
        refuse_unless_overruled(kit, [block for block in blocks if block not in known], ())
        refuse_unless_overruled(kit, blocks, [signature.purpose for _, signature in self.overrides])

    def overrule_count(self, blocks: Sequence[Block]) -> bool:
        """Whether somebody lets the kit go out although the count found it incomplete.

        Who overruled the `blocks` before the tools were laid out did not know of that: it needs another signature.
        """
        needed = any(block.purpose is Purpose.OVERRIDE for block in blocks)
        return len(self._by(Purpose.OVERRIDE)) > needed

    def overrides_json(self, blocks: Sequence[Block], *, discrepancy: bool) -> tuple[dict[str, Any], ...]:
        """Who overruled what with which reason, as plain JSON."""
        found = (Block(BlockReason.DISCREPANCY),) if discrepancy else ()
        said: list[dict[str, Any]] = []
        for override, signature in self.overrides:
            overruled = [block for block in blocks if block.purpose is signature.purpose]
            if signature.purpose is Purpose.OVERRIDE:
                first = signature.signature_id == self._by(Purpose.OVERRIDE)[0]
                overruled = overruled if first and overruled else list(found)
            said.append(
                {
                    "signature": str(signature.signature_id),
                    "purpose": signature.purpose.value,
                    "badge": signature.badge,
                    "name": signature.name,
                    "reason": override.reason.strip(),
                    "overruled": [_block_json(block) for block in overruled],
                }
            )
        return tuple(said)

    def _by(self, purpose: Purpose) -> list[object]:
        ids = [signature.signature_id for _, signature in self.overrides if signature.purpose is purpose]
        return list(dict.fromkeys(ids))


def _block_json(block: Block) -> dict[str, Any]:
    return {
        "reason": block.reason.value,
        "class_name": block.tool_class,
        "marking": block.marking,
        "due": block.due.isoformat() if block.due else None,
        "case": block.case,
        **({"station": block.station} if block.station else {}),
    }


def signatures_given(
    uow: UnitOfWork,
    plan: Plan,
    confirmation: Confirmation,
    counted: Sequence[CountedPosition],
    procedures: Procedures,
    now: datetime,
) -> GivenSignatures:
    """The signatures of a confirmation, each for this operation and fresh.

    Raises `Refused` for one that is not, and `BadInput` while one is owed.
    """
    subject, actor = plan.subject, (plan.person_badge,)
    giver = witness = None
    handover = plan.type is OperationType.HANDOVER
    if confirmation.giver is not None:
        purpose = Purpose.HANDS_OVER if handover else Purpose.GIVER
        giver = signed(uow, confirmation.giver, purpose=purpose, subject=subject, now=now, not_by=actor)
        if handover and plan.checkout is not None:
            refuse_strange_giver(giver, plan.kit.number, plan.checkout)
    elif handover:
        raise BadInput("operation.giver_owed")
    if confirmation.witness is not None:
        witness = signed(uow, confirmation.witness, purpose=Purpose.WITNESS, subject=subject, now=now, not_by=actor)
    elif procedures.witness_owed(counted):
        raise BadInput("operation.witness_owed")
    overrides = []
    for override in (*plan.signed.values(), *confirmation.overrides):
        given = signature_in(uow, override.signature)
        if given.purpose not in _OVERRIDES:
            raise Refused("signature.for_something_else", name=given.name)
        # Whoever may overrule it may also be the one who takes the kit: the reason and the name are on record.
        overrides.append((override, signed(uow, override.signature, purpose=given.purpose, subject=subject, now=now)))
    return GivenSignatures(giver, witness, tuple(overrides))
