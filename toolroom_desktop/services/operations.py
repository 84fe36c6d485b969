"""Checkout and checkin: what is about to happen, and the one command that makes it a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.errors import BadInput, NotFound
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.inspection import Inspection, Status
from toolroom_desktop.domain.operation import (
    Count,
    Operation,
    OperationType,
    Photos,
    complete_count,
    expected_at_checkin,
    final_status,
    positions_to_count,
    refuse_unless_possible,
)
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.ports import Clock, Database, EvidencePainter, EvidenceStore, Picture, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.result_json import inspection_json, operation_json
from toolroom_desktop.services.review import ReviewKeeper


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation that somebody began and that is no record yet. Dropping it leaves no trace."""

    type: OperationType
    kit: Kit
    toolkit: Toolkit
    expected: Mapping[str, int]
    person_badge: str
    person_name: str
    started_at: datetime
    checkout: Operation | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an operation is recorded with: the frame that was judged and the decision about it.

    `settled` is False when a person stopped a live inspection before its decision stood.
    """

    picture: Picture
    inspection: Inspection
    settled: bool = True

    @property
    def to_count(self) -> frozenset[tuple[str, int]]:
        """The (class, unit) pairs that a person must answer: all of them while the decision does not stand."""
        if self.settled:
            return positions_to_count(self.inspection)
        return frozenset((p.tool_class, p.unit) for p in self.inspection.positions)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the person adds.

    answers        a word on each (class, unit) that was counted by hand
    extras_remain  whether something that does not belong to the kit still lies with it; None: as recognition saw it
    count_later    record without the manual count that is owed (the command line); it stays owed
    """

    answers: Mapping[tuple[str, int], Count]
    extras_remain: bool | None = None
    note: str = ""
    count_later: bool = False


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

    def plan(self, *, badge: str, type_: OperationType, kit: str) -> Plan:
        """Begin an operation. Raises `Refused` when the kit's whereabouts or the person's role forbid it."""

        def begin(uow: UnitOfWork) -> Plan:
            person = person_known(uow, badge)
            person.require(Permission.OPERATE)
            found = uow.catalogue.kit(kit)
            if found is None:
                raise NotFound("kit.unknown", code=kit.strip())
            toolkit = uow.catalogue.toolkit(found.toolkit)
            if toolkit is None:
                raise NotFound("toolkit.unknown", toolkit=found.toolkit, known="—")
            checkout = uow.operations.open_checkout(found.number)
            refuse_unless_possible(type_, found.number, checkout)
            expected = toolkit.expected
            if type_ is OperationType.CHECKIN and checkout is not None:
                expected = expected_at_checkin(toolkit, checkout)
            return Plan(
                type_,
                found,
                toolkit,
                expected,
                person.badge,
                person.name,
                self.clock.now(),
                checkout if type_ is OperationType.CHECKIN else None,
            )

        return self.database.read(begin)

    def record(self, plan: Plan, evidence: Evidence, confirmation: Confirmation) -> Operation:
        """Make the operation a record: photos on disk first, then journal, projection and evidence in one transaction.

        Where the count differed from what the model said, the keeper for review hears of it after the commit.
        Returns the operation after the commit. Raises `BadInput` while a manual count is owed and
        `confirmation.count_later` is not set, `Refused` when the kit's whereabouts changed meanwhile, and
        `DatabaseProblem` when the disk does not take it; nothing is recorded then.
        """
        inspection = evidence.inspection
        owed = sorted(evidence.to_count - set(confirmation.answers))
        if owed and not confirmation.count_later:
            raise BadInput("operation.count_owed", count=len(owed), tool_class=owed[0][0])
        counted = () if confirmation.count_later else complete_count(inspection, confirmation.answers)
        extras_remain = bool(inspection.extras) if confirmation.extras_remain is None else confirmation.extras_remain
        names = {p.tool_class: p.name(self.language) for p in plan.toolkit.positions}
        clean = self.painter.clean(evidence.picture)
        annotated = self.painter.annotated(evidence.picture, inspection, names)
        photos = Photos(self.evidence.put(clean), self.evidence.put(annotated))
        finished_at = self.clock.now()
        draft = Operation(
            operation_id=uuid7(),
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
            final_status=final_status(inspection, counted, extras_remain=extras_remain),
            match_percentage=inspection.match_percentage,
            result=inspection_json(inspection, plan.toolkit),
            expected=dict(plan.expected),
            counted=counted,
            photos=photos,
            model_name=inspection.model_name,
            model_sha256=inspection.model_sha256,
            app_version=self.app_version,
            note=confirmation.note.strip(),
            closes=plan.checkout.operation_id if plan.checkout else None,
        )
        if confirmation.count_later and inspection.status is not Status.SUCCESS:
            draft = replace(draft, final_status=Status.MANUAL_CHECK)

        def commit(uow: UnitOfWork) -> Operation:
            person_known(uow, plan.person_badge).require(Permission.OPERATE)
            open_checkout = uow.operations.open_checkout(plan.kit.number)
            refuse_unless_possible(plan.type, plan.kit.number, open_checkout)
            operation = replace(draft, site_id=uow.site_id, site_seq=uow.journal.head().site_seq + 1)
            self.recorder.record(
                uow,
                f"operation.{operation.type.value}",
                operation_json(operation),
                op_id=operation.operation_id,
                model_sha256=operation.model_sha256,
            )
            uow.operations.add(operation)
            uow.evidence.add(photos.clean, len(clean))
            uow.evidence.add(photos.annotated, len(annotated))
            return operation

        recorded = self.database.write(commit)
        if self.review is not None:
            self.review.offer(recorded, plan.toolkit)
        return recorded

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
