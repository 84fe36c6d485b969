"""A kit that is out twice: two stations handed it out, or one handed it on that another took back.

Nobody can be right in both places, so a person must find out. Every station that has a hand in it opens a case of its
own; it is settled when the kit is in by all records, and quality releases it as any other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from toolroom_desktop.domain.cases import Case, CaseEvent, CaseEventKind, CaseKind, Outcome
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.services.consequences import advanced_case, next_case_number, opened_case
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.recording import Recorder

AT_SYNC = "sync"


def open_double_issue(
    uow: UnitOfWork, recorder: Recorder, at: datetime, here: Operation, elsewhere: Operation, station: str
) -> bool:
    """Open the case, once; whether it was opened. `station` is the other one's name."""
    if any(case.kind is CaseKind.DOUBLE_ISSUE for case in uow.cases.open(here.kit)):
        return False
    if _was_released(uow, here.operation_id, elsewhere.operation_id):
        return False
    event = CaseEvent(
        CaseEventKind.OPENED,
        at,
        "",
        "",
        None,
        f"{elsewhere.holder_name} ({elsewhere.holder_badge})" if elsewhere.holder_badge else elsewhere.person_name,
        station,
        operation_id=elsewhere.operation_id,
        operation=elsewhere.type.value,
    )
    case = Case(
        case_id=uuid7(),
        number=next_case_number(uow, at),
        site_id=uow.site_id,
        kind=CaseKind.DOUBLE_ISSUE,
        kit=here.kit,
        toolkit=here.toolkit,
        opened_at=at,
        operation_id=here.operation_id,
        found_out_at=AT_SYNC,
        holder_badge=here.holder_badge,
        holder_name=here.holder_name,
        aircraft=here.aircraft,
        work_order=here.work_order,
        events=(event,),
    )
    opened_case(uow, recorder, case)
    return True


def settle_double_issues(uow: UnitOfWork, recorder: Recorder, at: datetime) -> int:
    """Note in the cases whose kit is in by all records that it came back; in how many that was new."""
    settled = 0
    for case in uow.cases.open():
        if case.kind is not CaseKind.DOUBLE_ISSUE or case.outcome is not None:
            continue
        if uow.operations.open_checkout(case.kit) is None and not uow.elsewhere.out(case.kit):
            event = CaseEvent(CaseEventKind.OUTCOME, at, "", "", None, outcome=Outcome.FOUND)
            advanced_case(uow, recorder, replace(case, events=(*case.events, event)))
            settled += 1
    return settled


def _was_released(uow: UnitOfWork, here: UUID, elsewhere: UUID) -> bool:
    """Whether quality knows of these two already."""
    return any(
        case.kind is CaseKind.DOUBLE_ISSUE and case.events[0].operation_id == elsewhere
        for case in uow.cases.of_operation(here)
    )
