"""Checkout and checkin: what is about to happen, and the one command that makes it a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.custody import (
    Block,
    Procedures,
    blocks_of_cases_elsewhere,
    blocks_of_issue,
    custody_after_issue,
    custody_after_return,
)
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import (
    CountedPosition,
    Operation,
    OperationType,
    Photos,
    expected_at_checkin,
    refuse_unless_possible,
)
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import Tool, positions_without_tool
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.consequences import draw_consequences, with_tools_named
from toolroom_desktop.services.counting import refuse_half_count, take_count
from toolroom_desktop.services.drafting import StoredPhotos, draft_of
from toolroom_desktop.services.given_signatures import GivenSignatures, signatures_given
from toolroom_desktop.services.kept_inspection import kept_inspection
from toolroom_desktop.services.later_records import Details, corrected, counted_later, refuse_unless_countable
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan
from toolroom_desktop.services.photos import read_photo
from toolroom_desktop.services.ports import Clock, Database, EvidenceStore, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import REFUSED, refusals_recorded
from toolroom_desktop.services.result_json import operation_json
from toolroom_desktop.services.review import ReviewKeeper
from toolroom_desktop.services.station_time import local_day
from toolroom_desktop.services.vision_ports import EvidencePainter, Picture
from toolroom_desktop.services.whereabouts import KitHeld, custody_of, held_by, known_operation

_ENDS_CUSTODY = (OperationType.CHECKIN, OperationType.HANDOVER)


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
    # Whether other stations hand out the same kits, so that one may come back here of which nothing is known yet.
    has_centre: Callable[[], bool] = lambda: False

    def plan(self, *, badge: str, type_: OperationType, kit: str, returns_unknown: bool = False) -> Plan:
        """Begin an operation.

        What speaks against a checkout is in the plan's `blocks`. `returns_unknown` is the person's word that a kit
        comes back although this station does not know it to be out: one of several stations takes it then. Raises
        `Refused` when the kit's whereabouts or the person's role forbid the operation, which is recorded, and
        `NotFound`.
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
            known = custody_of(uow, found.number)
            held, station = (known.operation, known.station) if known is not None else (None, "")
            may_be_unknown = type_ is OperationType.CHECKIN and held is None and self.has_centre()
            if may_be_unknown and not returns_unknown:
                raise Refused("operation.checkout_unknown", kit=found.number)
            refuse_unless_possible(
                type_, found.number, held, by=person.badge, station=station, unknown_may_return=may_be_unknown
            )
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
                issue=_with_photo_of_all(uow, held) if ends else None,
                station=station if ends else "",
                checkout_unknown=type_ is OperationType.CHECKIN and held is None,
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
        the right to it overruled it, or when it is recorded already with another count; and `DatabaseProblem` when the
        disk does not take it. Nothing but the refusal is recorded then. The same plan with the same count is recorded
        once: whoever presses twice gets the operation as it was recorded.
        """
        self._refuse_bad_details(plan, confirmation)
        if plan.checkout_unknown:
            refuse_half_count(confirmation)
        counted = take_count(plan.type, evidence, confirmation, self.evidence)
        photos = self._photos(plan, evidence)
        draft = draft_of(
            plan,
            evidence,
            confirmation,
            counted.positions,
            photos,
            clock=self.clock,
            app_version=self.app_version,
        )

        def commit(uow: UnitOfWork) -> Operation:
            person = person_known(uow, plan.person_badge)
            person.require(Permission.OPERATE)
            recorded_before = uow.operations.by_id(plan.operation_id)
            if recorded_before is not None:
                return _same_or_refused(recorded_before, draft)
            known = custody_of(uow, plan.kit.number)
            held, station = (known.operation, known.station) if known is not None else (None, "")
            refuse_unless_possible(
                plan.type,
                plan.kit.number,
                held,
                by=person.badge,
                station=station,
                unknown_may_return=plan.checkout_unknown,
            )
            if held is not None and (plan.checkout is None or held.operation_id != plan.checkout.operation_id):
                # Somebody else brought a part of it meanwhile, it was returned and taken out anew, or it became known
                # that another station had handed it out.
                raise Refused("operation.changed_meanwhile", kit=plan.kit.number)
            now = self.clock.now()
            given = signatures_given(uow, plan, confirmation, counted.positions, self.procedures, now)
            handed_out = self._custody(uow, plan, draft, given)
            checkout = plan.type is OperationType.CHECKOUT
            if checkout and handed_out and self.procedures.giver_signs and given.giver is None:
                raise BadInput("operation.giver_owed")
            operation = replace(
                draft,
                site_id=uow.site_id,
                custody=handed_out,
                giver_badge=given.giver.badge if given.giver else "",
                giver_name=given.giver.name if given.giver else "",
                witness_badge=given.witness.badge if given.witness else "",
                witness_name=given.witness.name if given.witness else "",
                overrides=given.overrides_json(plan.blocks, discrepancy=draft.final_status is Status.DISCREPANCY),
            )
            for sha256, size in {**photos.sizes, **counted.sizes}.items():
                uow.evidence.add(sha256, size)
            operation = with_tools_named(uow, operation)
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

    def turn_back(self, plan: Plan) -> None:
        """Record that a checkout was not begun because of what speaks against it and nobody overruled."""
        open_blocks = plan.open_blocks
        if not open_blocks:
            return
        payload = {
            "badge": plan.person_badge,
            "command": f"operation.{plan.type.value}",
            "subject": plan.kit.number,
            "reason": f"issue.{open_blocks[0].reason.value}",
        }
        self.database.write(lambda uow: self.recorder.record(uow, REFUSED, payload))

    # --- what is said of a record afterwards

    def plan_count(self, *, badge: str, operation_id: UUID) -> tuple[Plan, Evidence]:
        """Begin the count that an operation still owes: what must be counted, and what recognition said then.

        Raises `Refused` when nothing is owed or the kit went on meanwhile, or the person may not; and `NotFound`.
        """

        def begin(uow: UnitOfWork) -> tuple[Plan, Evidence]:
            person = person_known(uow, badge)
            person.require(Permission.OPERATE)
            operation = refuse_unless_countable(uow, operation_id)
            kit, toolkit = uow.catalogue.kit(operation.kit), uow.catalogue.toolkit(operation.toolkit)
            if kit is None:
                raise NotFound("kit.unknown", code=operation.kit)
            if toolkit is None:
                raise NotFound("toolkit.unknown", toolkit=operation.toolkit, known="—")
            plan = Plan(
                operation.type,
                kit,
                toolkit,
                operation.expected,
                person.badge,
                person.name,
                self.clock.now(),
                operation_id=operation_id,
                tools=tuple(uow.tools.in_kit(operation.kit)),
                counts=operation,
            )
            return plan, Evidence(None, kept_inspection(operation.result))

        return self.database.read(begin)

    def count(self, *, badge: str, operation_id: UUID, confirmation: Confirmation) -> Operation:
        """Record the count that an operation owes. It opens cases and changes tools as any count does.

        Custody follows it where the count says that a tool is not there, or at a return, that it stays out. Returns the
        operation as it stands now. Raises what `record` and `plan_count` raise.
        """
        before = self.by_id(str(operation_id))
        evidence = Evidence(None, kept_inspection(before.result))
        counted = take_count(before.type, evidence, replace(confirmation, count_later=False), self.evidence)

        def commit(uow: UnitOfWork) -> Operation:
            return counted_later(
                uow,
                self.recorder,
                self.procedures,
                operation_id=operation_id,
                badge=badge,
                now=self.clock.now(),
                evidence=evidence,
                counted=counted,
                confirmation=confirmation,
            )

        with self._refusals(badge, "operation_counted", before.kit):
            return self.database.write(commit)

    def correct(self, *, badge: str, operation_id: UUID, details: Details, reason: str) -> Operation:
        """Record that something beside an operation was noted wrongly; neither its count nor any case changes.

        Returns the operation as it stands now. Raises `Refused` without the permission, `NotFound`, and `BadInput`
        without a reason or without any change.
        """

        def commit(uow: UnitOfWork) -> Operation:
            return corrected(
                uow,
                self.recorder,
                operation_id=operation_id,
                badge=badge,
                now=self.clock.now(),
                details=details,
                reason=reason,
            )

        with self._refusals(badge, "operation_corrected", str(operation_id)):
            return self.database.write(commit)

    # --- what a record is made of

    def _refusals(self, badge: str, command: str, kit: str) -> AbstractContextManager[None]:
        return refusals_recorded(self.database, self.recorder, badge=badge, command=command, subject=kit.strip())

    def _blocks(self, uow: UnitOfWork, type_: OperationType, kit: str) -> tuple[Block, ...]:
        if type_ is not OperationType.CHECKOUT:
            return ()
        tools, empty = uow.tools.in_kit(kit), uow.tools.empty_places(kit)
        own = blocks_of_issue(tools, uow.cases.open(kit), local_day(self.clock), empty)
        return own + blocks_of_cases_elsewhere(uow.elsewhere.cases(kit))

    def _refuse_bad_details(self, plan: Plan, confirmation: Confirmation) -> None:
        if plan.type is OperationType.CHECKOUT:
            self.procedures.refuse_incomplete(
                work_order=confirmation.work_order,
                aircraft=confirmation.aircraft,
                expected_return=confirmation.expected_return,
            )
        if confirmation.expected_return is not None and confirmation.expected_return <= self.clock.now():
            raise BadInput("operation.return_in_the_past")

    def _photos(self, plan: Plan, evidence: Evidence) -> StoredPhotos:
        if evidence.picture is None:
            return StoredPhotos(Photos("", ""), {})
        names = {p.tool_class: p.name(self.language) for p in plan.toolkit.positions}
        clean = self.painter.clean(evidence.picture)
        annotated = self.painter.annotated(evidence.picture, evidence.inspection, names)
        photos = Photos(self.evidence.put(clean), self.evidence.put(annotated))
        return StoredPhotos(photos, {photos.clean: len(clean), photos.annotated: len(annotated)})

    def witness_owed(self, counted: Sequence[CountedPosition]) -> bool:
        """Whether a second person must sign this count by hand."""
        return self.procedures.witness_owed(counted)

    def _custody(self, uow: UnitOfWork, plan: Plan, draft: Operation, given: GivenSignatures) -> dict[str, int]:
        if plan.type is OperationType.CHECKIN:
            # What nobody has counted is not given back yet: it stays with its holder until somebody has.
            return dict(plan.expected) if draft.count_owed else custody_after_return(draft.counted)
        if plan.type is OperationType.HANDOVER:
            return custody_after_issue(plan.expected, draft.counted)
        if plan.type is OperationType.INVENTORY:
            return {}
        kit = plan.kit.number
        given.refuse_unless_overruled(kit, self._blocks(uow, plan.type, kit), plan.blocks)
        if _expected_of(plan.kit, plan.toolkit, uow.tools.in_kit(kit), uow.tools.empty_places(kit)) != plan.expected:
            raise Refused("operation.changed_meanwhile", kit=kit)
        if draft.final_status is Status.DISCREPANCY and not given.overrule_count(plan.blocks):
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

    def tool_scanned(self, code: str) -> Tool | None:
        """The tool with that marking or serial number, in whatever kit; None where none is recorded."""
        found = self.database.read(lambda uow: uow.tools.by_marking(code))
        return found[0] if found else None

    def jpeg(self, picture: Picture) -> bytes:
        """A frame of the camera as a photo of one tool, as JPEG bytes."""
        return self.painter.clean(picture)

    def held_by(self, badge: str) -> list[Operation]:
        """The open checkouts in that person's name that this station recorded, oldest first."""
        return self.database.read(lambda uow: uow.operations.held_by(badge))

    def in_hands_of(self, badge: str) -> list[KitHeld]:
        """What that person holds, whichever station handed it out."""
        return self.database.read(lambda uow: held_by(uow, badge))

    def photo(self, sha256: str) -> bytes:
        """An evidence photo as JPEG bytes, verified against its name; raises what `read_photo` does."""
        return read_photo(self.database, self.evidence, sha256)

    def as_json(self, operation: Operation) -> dict[str, Any]:
        """The result JSON of a recorded operation."""
        return operation_json(operation)


def _expected_of(kit: Kit, toolkit: Toolkit, tools: Sequence[Tool], empty: Sequence[tuple[str, int]]) -> dict[str, int]:
    """What a kit that is in must hold: its toolkit's list, less what is lost, broken, in repair or taken out."""
    unfit = positions_without_tool(toolkit, tools, empty)
    expected = {name: quantity - unfit.get(name, 0) for name, quantity in toolkit.expected.items()}
    expected = {name: quantity for name, quantity in expected.items() if quantity > 0}
    if not expected:
        raise Refused("issue.nothing_left", kit=kit.number)
    return expected


def _with_photo_of_all(uow: UnitOfWork, held: Operation | None) -> Operation | None:
    """The newest operation that shows all that is out: not the return of a part, nor one without the camera."""
    while held is not None and (held.type is OperationType.CHECKIN or not held.photos.clean):
        held = known_operation(uow, held.closes)
    return held


def _same_or_refused(recorded: Operation, draft: Operation) -> Operation:
    """The operation as it is recorded, to whoever confirmed the very same twice; anything else is refused."""
    # Which tools were meant is found out while recording, and may have changed since.
    recorded_count = tuple(replace(position, tool_id=None) for position in recorded.counted)
    if recorded_count != draft.counted:
        raise Refused("operation.already_recorded", kit=recorded.kit)
    for name in ("final_status", "note", "work_order", "aircraft", "expected_return", "photos"):
        if getattr(recorded, name) != getattr(draft, name):
            raise Refused("operation.already_recorded", kit=recorded.kit)
    return recorded
