"""What follows once a station knows all that the centre knows: returns find their checkouts, double issues a case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from toolroom_desktop.domain.cases import Case, CaseEvent, CaseEventKind, CaseKind
from toolroom_desktop.domain.elsewhere import CustodyElsewhere
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.journal import HybridTime
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.services.consequences import next_case_number, opened_case
from toolroom_desktop.services.double_issue import AT_SYNC, open_double_issue, settle_double_issues
from toolroom_desktop.services.ports import Clock, Database, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.result_json import operation_json
from toolroom_desktop.services.whereabouts import known_operation

JOINED = "checkout_joined"
# What leads from one operation to the next may still be on its way: for so long two are not called a double issue.
PATIENCE = timedelta(days=1)
FORGET_AFTER = timedelta(days=90)
FORGET_EVERY_SECONDS = 24 * 3600.0


class Settler:
    """Used by the thread that pulls, after everything was pulled. Doing it twice is harmless."""

    def __init__(self, database: Database, recorder: Recorder, clock: Clock) -> None:
        self._database = database
        self._recorder = recorder
        self._clock = clock
        self._forgot: float | None = None

    def run(self) -> int:
        """Do what is to be done; how many entries it wrote, which most rounds do not. Raises `DatabaseProblem`."""
        written = 0
        if self._database.read(self._anything):
            written = self._database.write(self._settle)
        now = self._clock.monotonic()
        if self._forgot is None or now - self._forgot >= FORGET_EVERY_SECONDS:
            self._forgot = now
            before = self._clock.now() - FORGET_AFTER
            self._database.write(lambda uow: uow.elsewhere.forget(before))
        return written

    def _anything(self, uow: UnitOfWork) -> bool:
        double = any(case.kind is CaseKind.DOUBLE_ISSUE and case.outcome is None for case in uow.cases.open())
        return double or bool(uow.elsewhere.twice()) or bool(uow.elsewhere.unjoined())

    def _settle(self, uow: UnitOfWork) -> int:
        begun = uow.journal.head().site_seq
        now = self._clock.now()
        for returned, at in uow.elsewhere.unjoined():
            self._join(uow, returned, at)
        for here, elsewhere in uow.elsewhere.twice():
            if not self._may_still_be_told(uow, here, elsewhere, now):
                open_double_issue(uow, self._recorder, now, here, elsewhere.operation, elsewhere.station)
        settle_double_issues(uow, self._recorder, now)
        return uow.journal.head().site_seq - begun

    # --- returns of what was not known to be out

    def _join(self, uow: UnitOfWork, returned: Operation, at: HybridTime) -> None:
        """Find the checkout that this return ended: the last one before it of those that are still open."""
        before = [one for one in uow.elsewhere.out(returned.kit) if one.at < at]
        if not before:
            return
        checkout = before[-1]
        joined = replace(returned, closes=checkout.operation.operation_id)
        uow.elsewhere.save_custody(replace(checkout, closed_by=returned.operation_id))
        uow.operations.join(returned.operation_id, checkout.operation.operation_id)
        lacking = Counter(checkout.operation.custody) - Counter(returned.expected)
        opened = [self._open(uow, joined, checkout, name) for name in sorted(lacking.elements())]
        payload = {
            "kit": returned.kit,
            "operation": str(returned.operation_id),
            "checkout": str(checkout.operation.operation_id),
            "site_id": checkout.operation.site_id,
            "station": checkout.station,
            "cases": [case.number for case in opened],
            "document": operation_json(joined),
        }
        self._recorder.record(uow, JOINED, payload)

    def _open(self, uow: UnitOfWork, returned: Operation, checkout: CustodyElsewhere, tool_class: str) -> Case:
        """A tool that went out and that the return did not ask for: nobody has seen it come back."""
        now, out = self._clock.now(), checkout.operation
        event = CaseEvent(
            CaseEventKind.OPENED,
            now,
            "",
            "",
            None,
            place=checkout.station,
            operation_id=out.operation_id,
            operation=out.type.value,
        )
        case = Case(
            case_id=uuid7(),
            number=next_case_number(uow, now),
            site_id=uow.site_id,
            kind=CaseKind.MISSING,
            kit=returned.kit,
            toolkit=returned.toolkit,
            opened_at=now,
            operation_id=returned.operation_id,
            found_out_at=AT_SYNC,
            tool_class=tool_class,
            unit=1,
            holder_badge=out.holder_badge,
            holder_name=out.holder_name,
            aircraft=out.aircraft,
            work_order=out.work_order,
            events=(event,),
        )
        return opened_case(uow, self._recorder, case)

    # --- kits that are out twice

    def _may_still_be_told(self, uow: UnitOfWork, here: Operation, elsewhere: CustodyElsewhere, now: datetime) -> bool:
        """Whether what is not known yet may still say that the one follows from the other."""
        if now - elsewhere.known_at >= PATIENCE:
            return False
        return _chain_is_broken(uow, elsewhere.operation.closes) or _returned_between(uow, here, elsewhere)


def _chain_is_broken(uow: UnitOfWork, closes: UUID | None) -> bool:
    """Whether an operation that is continued is not known here."""
    while closes is not None:
        before = known_operation(uow, closes)
        if before is None:
            return True
        closes = before.closes
    return False


def _returned_between(uow: UnitOfWork, here: Operation, elsewhere: CustodyElsewhere) -> bool:
    """Whether the other station took the kit back without knowing since when it was out: it will find that out."""
    entry = uow.journal.by_id(here.operation_id)
    returns: Sequence[CustodyElsewhere] = uow.elsewhere.unjoined_there(here.kit)
    return entry is not None and any(entry.hlc < one.at < elsewhere.at for one in returns)
