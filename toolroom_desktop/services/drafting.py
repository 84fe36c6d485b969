"""An operation as it will be recorded, before the journal gave it its number and the signatures were looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import CountedPosition, Operation, OperationType, Photos, final_status
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan
from toolroom_desktop.services.ports import Clock
from toolroom_desktop.services.result_json import inspection_json


@dataclass(frozen=True, slots=True)
class StoredPhotos:
    """Photos of the whole table that lie on disk; `sizes` are their files with their bytes."""

    photos: Photos
    sizes: Mapping[str, int]


def draft_of(
    plan: Plan,
    evidence: Evidence,
    confirmation: Confirmation,
    counted: tuple[CountedPosition, ...],
    stored: StoredPhotos,
    *,
    clock: Clock,
    app_version: str,
) -> Operation:
    """What was planned, seen and counted as one operation; custody, signatures and cases follow with the record."""
    inspection = evidence.inspection
    finished_at = clock.now()
    extras_remain = bool(inspection.extras) if confirmation.extras_remain is None else confirmation.extras_remain
    final = final_status(inspection, counted, extras_remain=extras_remain)
    if confirmation.count_later and inspection.status is not Status.SUCCESS:
        final = Status.MANUAL_CHECK
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
        utc_offset_minutes=clock.local_offset_minutes(finished_at),
        status=inspection.status,
        final_status=final,
        match_percentage=inspection.match_percentage,
        result=inspection_json(inspection, plan.toolkit),
        expected=dict(plan.expected),
        counted=counted,
        photos=stored.photos,
        model_name=inspection.model_name,
        model_sha256=inspection.model_sha256,
        app_version=app_version,
        note=confirmation.note.strip(),
        closes=held.operation_id if held else None,
        work_order=confirmation.work_order.strip() or (held.work_order if held else ""),
        aircraft=confirmation.aircraft.strip() or (held.aircraft if held else ""),
        expected_return=confirmation.expected_return or (held.expected_return if held else None),
        holder_badge=plan.person_badge if takes_over else (keeps.holder_badge if keeps else ""),
        holder_name=plan.person_name if takes_over else (keeps.holder_name if keeps else ""),
        checkout_unknown=plan.checkout_unknown,
    )
