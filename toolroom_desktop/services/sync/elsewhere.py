"""Taking over custody and cases of other stations, and ending here what ended elsewhere.

What is out is decided by operations alone: whatever one handed out is out until some operation, of whichever station,
names it as the one that it closes. So it does not matter in which order stations learn of operations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.elsewhere import CaseElsewhere, CustodyElsewhere
from toolroom_desktop.domain.journal import HybridTime, may_adopt
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.services.case_json import case_of
from toolroom_desktop.services.double_issue import open_double_issue
from toolroom_desktop.services.operation_of_json import operation_of
from toolroom_desktop.services.ports import Clock, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.sync.ports import Change
from toolroom_desktop.services.sync.pull import Applier
from toolroom_desktop.services.whereabouts import known_operation

CUSTODY = "custody"
CASE = "case"
ENDED_ELSEWHERE = "custody_ended_elsewhere"
PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class _Closing:
    """An operation that ended a custody, with the name of its station."""

    operation: Operation
    station: str
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TakeCustody:
    """Fulfils `services.sync.pull.Applier` for operations since which a kit is out, or was.

    The content is {site_id, station, hlc, payload} with the operation's result JSON, and of one that is over besides
    closings: [{site_id, station, document}]; `payload` is None where the centre knows only what closed it.
    """

    recorder: Recorder
    clock: Clock
    journaled: bool = False

    def apply(self, uow: UnitOfWork, change: Change) -> bool:
        """Make it so here; whether anything changed."""
        content = change.content
        operation_id = UUID(change.key)
        closings = [_closing(said) for said in content.get("closings", ())]
        document = content["payload"]
        operation = None if document is None else operation_of(document)
        if operation is not None and operation.operation_id != operation_id:
            raise ValueError("the document of another operation")
        at = HybridTime.parse(content["hlc"]) if content.get("hlc") else None
        if at is not None and may_adopt(at, int(self.clock.now().timestamp() * 1000)):
            uow.journal.hear(at)
        own = uow.operations.by_id(operation_id)
        if own is not None:
            return self._end_own(uow, own, closings)
        if operation is None or at is None or operation.site_id == uow.site_id:
            # Only what closed it is known, or these records lost it: there is nothing here that could end.
            return self._end_foreign(uow, operation_id, closings)
        return self._take(uow, operation, at, str(content["station"]), closings)

    def _take(
        self, uow: UnitOfWork, operation: Operation, at: HybridTime, station: str, closings: list[_Closing]
    ) -> bool:
        before = uow.elsewhere.custody(operation.operation_id)
        # What was closed here stays closed, also while the centre does not know it yet.
        closed_by = before.closed_by if before is not None else None
        if closed_by is None and closings:
            closed_by = closings[0].operation.operation_id
        if before is not None and "positions" not in operation.result:
            # Of what ended, the centre keeps the essentials only.
            operation = before.operation
        now = CustodyElsewhere(operation, station, at, self.clock.now(), closed_by)
        changed = before is None or (before.operation, before.closed_by) != (operation, closed_by)
        if changed:
            uow.elsewhere.save_custody(now)
        if now.live:
            self._want_photos(uow, operation)
        if operation.closes is not None:
            closing = _Closing(operation, station, {})
            ended = uow.operations.by_id(operation.closes)
            if ended is not None:
                changed |= self._end_own(uow, ended, [closing])
            else:
                changed |= self._end_foreign(uow, operation.closes, [closing])
        return changed

    def _end_own(self, uow: UnitOfWork, own: Operation, closings: list[_Closing]) -> bool:
        """End a custody of this station that another station's operation ended; whether that is new."""
        changed = False
        for closing in closings:
            by = closing.operation
            if by.site_id == uow.site_id:
                continue
            if uow.operations.end_elsewhere(own.operation_id, by.operation_id):
                payload = {
                    "operation": str(own.operation_id),
                    "kit": own.kit,
                    "closed_by": str(by.operation_id),
                    "site_id": by.site_id,
                    "station": closing.station,
                    "operation_type": by.type.value,
                    "person": {"badge": by.person_badge, "name": by.person_name},
                    "finished_at": by.finished_at.isoformat(),
                }
                self.recorder.record(uow, ENDED_ELSEWHERE, payload)
                changed = True
            elif own.custody and uow.operations.closed_by(own.operation_id) != by.operation_id:
                changed |= self._contradicted(uow, own, closing)
        return changed

    def _contradicted(self, uow: UnitOfWork, own: Operation, closing: _Closing) -> bool:
        """Two operations ended the same custody: a case, where the kit is still out since the one of this station."""
        held = uow.operations.open_checkout(own.kit)
        if held is None or not _follows(uow, held, own.operation_id):
            return False
        return open_double_issue(uow, self.recorder, self.clock.now(), held, closing.operation, closing.station)

    def _end_foreign(self, uow: UnitOfWork, operation_id: UUID, closings: list[_Closing]) -> bool:
        known = uow.elsewhere.custody(operation_id)
        if known is None or known.closed_by is not None or not closings:
            return False
        closed_by = closings[0].operation.operation_id
        uow.elsewhere.save_custody(
            CustodyElsewhere(known.operation, known.station, known.at, self.clock.now(), closed_by)
        )
        return True

    def _want_photos(self, uow: UnitOfWork, operation: Operation) -> None:
        """The photos of what is out, and where a part came back already, of the operation that shows all of it."""
        shown: Operation | None = operation
        while shown is not None:
            for sha256 in (shown.photos.clean, shown.photos.annotated):
                if sha256 and shown.site_id != uow.site_id:
                    uow.elsewhere.want(sha256, PHOTO, self.clock.now(), (CUSTODY, str(shown.operation_id)))
            if shown.type is not OperationType.CHECKIN and shown.photos.clean:
                return
            shown = known_operation(uow, shown.closes)


@dataclass(frozen=True, slots=True)
class TakeCase:
    """Fulfils `services.sync.pull.Applier` for lost-tool cases. The content is {site_id, station, case}."""

    clock: Clock
    journaled: bool = False

    def apply(self, uow: UnitOfWork, change: Change) -> bool:
        """Make it so here; whether anything changed."""
        case = case_of(change.content["case"])
        if case.site_id == uow.site_id:
            return False
        taken = CaseElsewhere(case, str(change.content["station"]))
        if uow.elsewhere.case(case.case_id) == taken:
            return False
        uow.elsewhere.save_case(taken, self.clock.now())
        return True


def elsewhere_appliers(recorder: Recorder, clock: Clock) -> Mapping[str, Applier]:
    """Both by their kinds."""
    return {CUSTODY: TakeCustody(recorder, clock), CASE: TakeCase(clock)}


def _closing(said: Mapping[str, Any]) -> _Closing:
    return _Closing(operation_of(said["document"]), str(said["station"]), said["document"])


def _follows(uow: UnitOfWork, operation: Operation, ancestor: UUID) -> bool:
    """Whether that operation continues a custody which began with `ancestor`, as far as is known."""
    at: Operation | None = operation
    while at is not None and at.closes is not None:
        if at.closes == ancestor:
            return True
        at = known_operation(uow, at.closes)
    return False
