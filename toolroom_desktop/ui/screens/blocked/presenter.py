"""Whose signature lets a kit go out that something speaks against, one after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from toolroom_desktop.domain.custody import Block, Override
from toolroom_desktop.domain.signing import Purpose, Signature
from toolroom_desktop.services.operation_input import Plan
from toolroom_desktop.ui.shell import Shell


class BlockedView(Protocol):
    """What the presenter needs of the screen."""

    def show_blocks(self) -> None:
        """The plan, or what is signed of it, is another one."""

    def ask_signature(self, purpose: Purpose) -> None:
        """Ask for that signature."""


class BlockedPresenter:
    """Leads from a plan that is blocked to the same plan with signatures, or back."""

    def __init__(self, shell: Shell, view: BlockedView) -> None:
        self._shell = shell
        self._view = view
        self.plan: Plan | None = None
        self._went_on = False

    def begin(self, plan: Plan) -> None:
        """Say what speaks against that checkout."""
        self.plan = plan
        self._went_on = False
        self._view.show_blocks()

    @property
    def open_blocks(self) -> tuple[Block, ...]:
        """What nobody has overruled yet."""
        return () if self.plan is None else self.plan.open_blocks

    @property
    def next_purpose(self) -> Purpose | None:
        """What the next signature must be for."""
        return next((block.purpose for block in self.open_blocks), None)

    def overrule(self) -> None:
        """Somebody with the right to it signs."""
        purpose = self.next_purpose
        if purpose is not None:
            self._view.ask_signature(purpose)

    def signed(self, signature: Signature, reason: str) -> None:
        """Somebody signed: on to the table, or to whoever else must sign."""
        if self.plan is None:
            return
        override = Override(signature.signature_id, reason)
        self.plan = replace(self.plan, signed={**self.plan.signed, signature.purpose: override})
        self._view.show_blocks()
        if self.open_blocks:
            self.overrule()
            return
        self._went_on = True
        self._shell.navigator.show_inspection(self.plan)

    def back(self) -> None:
        """The kit stays where it is."""
        self._shell.navigator.show_home()

    def leave(self) -> None:
        """Another screen takes over: that nothing was issued is recorded, with the reason."""
        plan, self.plan = self.plan, None
        if plan is None or self._went_on:
            return
        operations = self._shell.app.operations
        self._shell.work.run(lambda: operations.turn_back(plan), self._recorded, self._shell.navigator.show_failure)

    def _recorded(self, _nothing: None) -> None:
        """The journal has it."""
