"""Checkout and checkin: what is about to happen, and the one command that makes it a record."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.custody import (
    Block,
    Override,
    Procedures,
    WitnessFor,
    blocks_of_issue,
    custody_after_issue,
    custody_after_return,
    refuse_unless_overruled,
)
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import (
    Count,
    CountedPosition,
    Operation,
    OperationType,
    Photos,
    complete_count,
    expected_at_checkin,
    final_status,
    refuse_strange_giver,
    refuse_unless_possible,
)
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.signing import Purpose, Signature
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import Tool, positions_without_tool
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.consequences import draw_consequences
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan
from toolroom_desktop.services.ports import Clock, Database, EvidencePainter, EvidenceStore, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded
from toolroom_desktop.services.result_json import inspection_json, operation_json
from toolroom_desktop.services.review import ReviewKeeper
from toolroom_desktop.services.signing import signature_in, signed
from toolroom_desktop.services.station_time import local_day

_ENDS_CUSTODY = (OperationType.CHECKIN, OperationType.HANDOVER)


@dataclass(frozen=True, slots=True)
class _Signed:
    """The signatures of a confirmation, as the journal has them."""

    giver: Signature | None
    witness: Signature | None
    overrides: tuple[tuple[Override, Signature], ...]

    @property
    def purposes(self) -> tuple[Purpose, ...]:
        return tuple(signature.purpose for _, signature in self.overrides)

    def overrides_json(self) -> tuple[dict[str, str], ...]:
        return tuple(
            {
                "signature": str(signature.signature_id),
                "purpose": signature.purpose.value,
                "badge": signature.badge,
                "name": signature.name,
                "reason": override.reason.strip(),
            }
            for override, signature in self.overrides
        )


@dataclass(frozen=True, slots=True)
class Operations:
    """Commands and queries about operations."""

    database: Database
    evidence: EvidenceStore
    painter: EvidencePainter
    recorder: Recorder
    clock: Clock
    app_version: str
    language: str
    review: ReviewKeeper | None = None
    procedures: Procedures = field(default_factory=Procedures)

    def plan(self, *, badge: str, type_: OperationType, kit: str) -> Plan:
        """Begin an operation.

        What speaks against a checkout is in the plan's `blocks`. Raises `Refused` when the kit's whereabouts or the
        person's role forbid the operation, which is recorded, and `NotFound`.
        """

        def begin(uow: UnitOfWork) -> Plan:
            person = person_known(uow, badge)
            person.require(Permission.OPERATE)
            found = uow.catalogue.kit(kit)
            if found is None:
                raise NotFound("kit.unknown", code=kit.strip())
            toolkit = uow.catalogue.toolkit(found.toolkit)
            if toolkit is None:
                raise NotFound("toolkit.unknown", toolkit=found.toolkit, known="—")
            held = uow.operations.open_checkout(found.number)
            refuse_unless_possible(type_, found.number, held, by=person.badge)
            tools = tuple(uow.tools.in_kit(found.number))
            empty = uow.tools.empty_places(found.number)
            ends = type_ in _ENDS_CUSTODY and held is not None
            return Plan(
                type_,
                found,
                toolkit,
                expected_at_checkin(held) if ends and held is not None else _expected_of(found, toolkit, tools, empty),
                person.badge,
                person.name,
                self.clock.now(),
                held if ends else None,
                tools=tools,
                blocks=self._blocks(uow, type_, found.number),
            )

        with self._refusals(badge, f"operation.{type_.value}", kit):
            return self.database.read(begin)

    def record(self, plan: Plan, evidence: Evidence, confirmation: Confirmation) -> Operation:
        """Make the operation a record: photos on disk first, then journal, projection and evidence in one transaction.

        A count that lacks something opens a lost-tool case in the same transaction; broken tools become unserviceable.
        A checkout that the count found incomplete hands nothing out unless somebody overrules it: it is recorded, and
        its `custody` is empty. Where the count differed from what the model said, the keeper for review hears of it
        after the commit.

        Returns the operation after the commit. Raises `BadInput` while a manual count, a signature or a detail is owed;
        `Refused` when the kit's whereabouts changed meanwhile, when something speaks against the issue and nobody with
        the right to it overruled it, or when the operation is recorded already; and `DatabaseProblem` when the disk
        does not take it. Nothing but the refusal is recorded then.
        """
        counted = self._counted(plan, evidence, confirmation)
        photos = self._photos(plan, evidence)
        draft = self._draft(plan, evidence, confirmation, counted, photos)

        def commit(uow: UnitOfWork) -> Operation:
            person = person_known(uow, plan.person_badge)
            person.require(Permission.OPERATE)
            if uow.operations.by_id(plan.operation_id) is not None:
                raise Refused("operation.already_recorded", kit=plan.kit.number)
            held = uow.operations.open_checkout(plan.kit.number)
            refuse_unless_possible(plan.type, plan.kit.number, held, by=person.badge)
            if held is not None and (plan.checkout is None or held.operation_id != plan.checkout.operation_id):
                # Somebody else brought a part of it meanwhile, or it was returned and taken out anew.
                raise Refused("operation.changed_meanwhile", kit=plan.kit.number)
            given = self._signatures(uow, plan, confirmation, counted)
            handed_out = self._custody(uow, plan, draft, given)
            operation = replace(
                draft,
                site_id=uow.site_id,
                custody=handed_out,
                giver_badge=given.giver.badge if given.giver else "",
                witness_badge=given.witness.badge if given.witness else "",
                overrides=given.overrides_json(),
            )
            for sha256, size in photos.sizes.items():
                uow.evidence.add(sha256, size)
            cases = draw_consequences(uow, self.recorder, operation, person)
            operation = replace(
                operation, site_seq=uow.journal.head().site_seq + 1, cases=tuple(case.number for case in cases)
            )
            self.recorder.record(
                uow,
                f"operation.{operation.type.value}",
                operation_json(operation),
                op_id=operation.operation_id,
                model_sha256=operation.model_sha256,
            )
            uow.operations.add(operation)
            return operation

        with self._refusals(plan.person_badge, f"operation.{plan.type.value}", plan.kit.number):
            recorded = self.database.write(commit)
        if self.review is not None:
            self.review.offer(recorded, plan.toolkit)
        return recorded

    # --- what a record is made of

    def _refusals(self, badge: str, command: str, kit: str) -> AbstractContextManager[None]:
        return refusals_recorded(self.database, self.recorder, badge=badge, command=command, subject=kit.strip())

    def _blocks(self, uow: UnitOfWork, type_: OperationType, kit: str) -> tuple[Block, ...]:
        if type_ is not OperationType.CHECKOUT:
            return ()
        tools, empty = uow.tools.in_kit(kit), uow.tools.empty_places(kit)
        return blocks_of_issue(tools, uow.cases.open(kit), local_day(self.clock), empty)

    def _counted(self, plan: Plan, evidence: Evidence, confirmation: Confirmation) -> tuple[CountedPosition, ...]:
        owed = sorted(evidence.to_count - set(confirmation.answers))
        if owed and not confirmation.count_later:
            raise BadInput("operation.count_owed", count=len(owed), tool_class=owed[0][0])
        if plan.type is not OperationType.CHECKIN and Count.KEPT in confirmation.answers.values():
            raise BadInput("operation.kept_only_at_checkin")
        if plan.type is OperationType.CHECKOUT:
            self.procedures.refuse_incomplete(
                work_order=confirmation.work_order,
                aircraft=confirmation.aircraft,
                expected_return=confirmation.expected_return,
            )
        if confirmation.expected_return is not None and confirmation.expected_return <= self.clock.now():
            raise BadInput("operation.return_in_the_past")
        if confirmation.count_later:
            return ()
        counted = complete_count(evidence.inspection, confirmation.answers)
        return tuple(self._remarked(position, confirmation) for position in counted)

    def _remarked(self, position: CountedPosition, confirmation: Confirmation) -> CountedPosition:
        remark = confirmation.remarks.get((position.tool_class, position.unit))
        if remark is None:
            return position
        photo = "" if remark.photo is None else self.evidence.put(remark.photo)
        return replace(position, marking=remark.marking.strip(), note=remark.note.strip(), photo=photo)

    def _photos(self, plan: Plan, evidence: Evidence) -> _Stored:
        if evidence.picture is None:
            return _Stored(Photos("", ""), {})
        names = {p.tool_class: p.name(self.language) for p in plan.toolkit.positions}
        clean = self.painter.clean(evidence.picture)
        annotated = self.painter.annotated(evidence.picture, evidence.inspection, names)
        photos = Photos(self.evidence.put(clean), self.evidence.put(annotated))
        return _Stored(photos, {photos.clean: len(clean), photos.annotated: len(annotated)})

    def _draft(
        self,
        plan: Plan,
        evidence: Evidence,
        confirmation: Confirmation,
        counted: tuple[CountedPosition, ...],
        stored: _Stored,
    ) -> Operation:
        inspection = evidence.inspection
        finished_at = self.clock.now()
        extras_remain = bool(inspection.extras) if confirmation.extras_remain is None else confirmation.extras_remain
        final = final_status(inspection, counted, extras_remain=extras_remain)
        if confirmation.count_later and inspection.status is not Status.SUCCESS:
            final = Status.MANUAL_CHECK
        for position in counted:
            remark = confirmation.remarks.get((position.tool_class, position.unit))
            if position.photo and remark is not None and remark.photo is not None:
                stored.sizes[position.photo] = len(remark.photo)
        held = plan.checkout
        takes_over = plan.type in (OperationType.CHECKOUT, OperationType.HANDOVER)
        keeps = None if takes_over else held
        return Operation(
            operation_id=plan.operation_id,
            site_id="",
            site_seq=0,
            type=plan.type,
            toolkit=plan.toolkit.name,
            kit=plan.kit.number,
            person_badge=plan.person_badge,
            person_name=plan.person_name,
            started_at=plan.started_at,
            finished_at=finished_at,
            utc_offset_minutes=self.clock.local_offset_minutes(finished_at),
            status=inspection.status,
            final_status=final,
            match_percentage=inspection.match_percentage,
            result=inspection_json(inspection, plan.toolkit),
            expected=dict(plan.expected),
            counted=counted,
            photos=stored.photos,
            model_name=inspection.model_name,
            model_sha256=inspection.model_sha256,
            app_version=self.app_version,
            note=confirmation.note.strip(),
            closes=held.operation_id if held else None,
            work_order=confirmation.work_order.strip() or (held.work_order if held else ""),
            aircraft=confirmation.aircraft.strip() or (held.aircraft if held else ""),
            expected_return=confirmation.expected_return or (held.expected_return if held else None),
            holder_badge=plan.person_badge if takes_over else (keeps.holder_badge if keeps else ""),
            holder_name=plan.person_name if takes_over else (keeps.holder_name if keeps else ""),
        )

    def _signatures(
        self,
        uow: UnitOfWork,
        plan: Plan,
        confirmation: Confirmation,
        counted: tuple[CountedPosition, ...],
    ) -> _Signed:
        now, subject, actor = self.clock.now(), plan.subject, (plan.person_badge,)
        giver = witness = None
        if confirmation.giver is not None:
            purpose = Purpose.HANDS_OVER if plan.type is OperationType.HANDOVER else Purpose.GIVER
            giver = signed(uow, confirmation.giver, purpose=purpose, subject=subject, now=now, not_by=actor)
            if plan.type is OperationType.HANDOVER and plan.checkout is not None:
                refuse_strange_giver(giver, plan.kit.number, plan.checkout)
        elif plan.type is OperationType.HANDOVER or (
            plan.type is OperationType.CHECKOUT and self.procedures.giver_signs
        ):
            raise BadInput("operation.giver_owed")
        if confirmation.witness is not None:
            witness = signed(uow, confirmation.witness, purpose=Purpose.WITNESS, subject=subject, now=now, not_by=actor)
        elif self.witness_owed(counted):
            raise BadInput("operation.witness_owed")
        overrides = []
        for override in confirmation.overrides:
            purpose = signature_in(uow, override.signature).purpose
            if purpose not in (Purpose.OVERRIDE, Purpose.OVERRIDE_CASE):
                raise Refused("signature.for_something_else", name=signature_in(uow, override.signature).name)
            # Whoever may overrule it may also be the one who takes the kit: the reason and the name are on record.
            overrides.append((override, signed(uow, override.signature, purpose=purpose, subject=subject, now=now)))
        return _Signed(giver, witness, tuple(overrides))

    def witness_owed(self, counted: Sequence[CountedPosition]) -> bool:
        """Whether a second person must sign this count by hand."""
        if self.procedures.witness is WitnessFor.ALL:
            return any(position.by_hand for position in counted)
        if self.procedures.witness is WitnessFor.DISCREPANCIES:
            return any(position.count is not Count.FOUND for position in counted)
        return False

    def _custody(self, uow: UnitOfWork, plan: Plan, draft: Operation, given: _Signed) -> dict[str, int]:
        if plan.type is OperationType.CHECKIN:
            return custody_after_return(draft.counted)
        if plan.type is OperationType.HANDOVER:
            return custody_after_issue(plan.expected, draft.counted)
        if plan.type is OperationType.INVENTORY:
            return {}
        kit = plan.kit.number
        refuse_unless_overruled(kit, self._blocks(uow, plan.type, kit), given.purposes)
        if _expected_of(plan.kit, plan.toolkit, uow.tools.in_kit(kit), uow.tools.empty_places(kit)) != plan.expected:
            raise Refused("operation.changed_meanwhile", kit=kit)
        if draft.final_status is Status.DISCREPANCY and Purpose.OVERRIDE not in given.purposes:
            return {}
        return custody_after_issue(plan.expected, draft.counted)

    def recent(self, *, limit: int = 50, before_seq: int | None = None) -> list[Operation]:
        """The newest operations first; `before_seq` continues after the last one shown."""
        return self.database.read(lambda uow: uow.operations.recent(limit=limit, before_seq=before_seq))

    def by_id(self, operation_id: str) -> Operation:
        """One operation by its id; raises `NotFound`."""
        try:
            wanted = UUID(operation_id)
        except ValueError:
            raise NotFound("operation.unknown", id=operation_id) from None
        found = self.database.read(lambda uow: uow.operations.by_id(wanted))
        if found is None:
            raise NotFound("operation.unknown", id=operation_id)
        return found

    def held_by(self, badge: str) -> list[Operation]:
        """The open checkouts in that person's name, oldest first."""
        return self.database.read(lambda uow: uow.operations.held_by(badge))

    def photo(self, sha256: str) -> bytes:
        """An evidence photo as JPEG bytes, verified against its name."""
        return self.evidence.get(sha256)

    def as_json(self, operation: Operation) -> dict[str, Any]:
        """The result JSON of a recorded operation."""
        return operation_json(operation)


@dataclass(frozen=True, slots=True)
class _Stored:
    """Photos that lie on disk; `sizes` are all files of the operation with their bytes."""

    photos: Photos
    sizes: dict[str, int]


def _expected_of(kit: Kit, toolkit: Toolkit, tools: Sequence[Tool], empty: Sequence[tuple[str, int]]) -> dict[str, int]:
    """What a kit that is in must hold: its toolkit's list, less what is lost, broken, in repair or taken out."""
    unfit = positions_without_tool(toolkit, tools, empty)
    expected = {name: quantity - unfit.get(name, 0) for name, quantity in toolkit.expected.items()}
    expected = {name: quantity for name, quantity in expected.items() if quantity > 0}
    if not expected:
        raise Refused("issue.nothing_left", kit=kit.number)
    return expected
