"""Who still has to sign before an operation becomes a record, and the signatures that were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolroom_desktop.domain.custody import Block, Override, Procedures
from toolroom_desktop.domain.operation import CountedPosition, OperationType
from toolroom_desktop.domain.signing import Purpose, Signature
from toolroom_desktop.services.operation_input import Confirmation, Plan


@dataclass(frozen=True, slots=True)
class Owed:
    """One signature that is wanted. `blocks` is what it overrules; `not_by` are the badges that cannot give it."""

    purpose: Purpose
    blocks: tuple[Block, ...] = ()
    incomplete: bool = False
    not_by: tuple[str, ...] = ()

    @property
    def needs_reason(self) -> bool:
        """Whether a reason is wanted with it."""
        return self.purpose in (Purpose.OVERRIDE, Purpose.OVERRIDE_CASE)


@dataclass(slots=True)
class Signatures:
    """The signatures of one operation, as far as they were given."""

    giver: Signature | None = None
    witness: Signature | None = None
    issue: tuple[Override, Signature] | None = None
    """Who lets the kit go out although the count found it incomplete."""

    def forget_count(self) -> None:
        """The count changed: whoever signed it signed another one."""
        self.witness = None
        self.issue = None

    def forget(self) -> None:
        """All of them must be given anew."""
        self.giver = None
        self.forget_count()

    def next_owed(
        self, plan: Plan, counted: Sequence[CountedPosition], procedures: Procedures, *, goes_out: bool
    ) -> Owed | None:
        """Whose signature is wanted next; None when nobody's is."""
        actor = (plan.person_badge,)
        for purpose in (Purpose.OVERRIDE_CASE, Purpose.OVERRIDE):
            blocks = tuple(block for block in plan.open_blocks if block.purpose is purpose)
            if blocks:
                return Owed(purpose, blocks)
        if self.witness is None and procedures.witness_owed(counted):
            return Owed(Purpose.WITNESS, not_by=actor)
        if self.giver is not None:
            return None
        if plan.counts is not None:
            return None
        if plan.type is OperationType.HANDOVER:
            return Owed(Purpose.HANDS_OVER, not_by=actor)
        if plan.type is OperationType.CHECKOUT and goes_out and procedures.giver_signs:
            return Owed(Purpose.GIVER, not_by=actor)
        return None

    def under(self, said: Confirmation) -> Confirmation:
        """That confirmation with these signatures."""
        return replace(
            said,
            giver=self.giver.signature_id if self.giver else None,
            witness=self.witness.signature_id if self.witness else None,
            overrides=(self.issue[0],) if self.issue else (),
        )

    def give(self, plan: Plan, owed: Owed, signature: Signature, reason: str) -> Plan:
        """Somebody signed; the plan with it where it overrules what spoke against the issue before."""
        if owed.purpose is Purpose.WITNESS:
            self.witness = signature
        elif owed.purpose in (Purpose.GIVER, Purpose.HANDS_OVER):
            self.giver = signature
        elif owed.incomplete:
            self.issue = (Override(signature.signature_id, reason), signature)
        else:
            override = Override(signature.signature_id, reason)
            return replace(plan, signed={**plan.signed, owed.purpose: override})
        return plan
