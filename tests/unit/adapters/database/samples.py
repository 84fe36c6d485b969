"""Records to fill a database with."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.journal import next_entry
from toolroom_desktop.domain.operation import Count, CountedPosition, Operation, OperationType, Photos
from toolroom_desktop.domain.toolkit import Position, Toolkit
from toolroom_desktop.services.ports import UnitOfWork

KEY = b"a key of the station for tests.."
MODEL = hashlib.sha256(b"model").hexdigest()
MORNING = datetime(2026, 3, 2, 6, 30, 15, 123456, tzinfo=UTC)

TOOLKIT = Toolkit(
    name="RRJ/737/32S",
    title_ru="Облегчённый набор",
    title_en="Light toolkit",
    positions=(
        Position("pliers", 2, "Пассатижи", "Pliers"),
        Position("brace", 1, "Коловорот", "Brace"),
        Position("adjustable_wrench", 1, "Разводной ключ", "Adjustable wrench"),
    ),
)


def photo_of(seq: int, kind: str) -> str:
    """The SHA-256 of a photo that nobody took."""
    return hashlib.sha256(f"{kind} {seq}".encode()).hexdigest()


def operation(
    seq: int,
    type_: OperationType = OperationType.CHECKOUT,
    *,
    kit: str = "32S-01",
    badge: str = "DEMO-TECH",
    closes: UUID | None = None,
    site_id: str = "station-1",
) -> Operation:
    """An operation with something in every field."""
    at = MORNING + timedelta(minutes=seq)
    return Operation(
        operation_id=uuid7(),
        site_id=site_id,
        site_seq=seq,
        type=type_,
        toolkit=TOOLKIT.name,
        kit=kit,
        person_badge=badge,
        person_name="Пётр Ильич Щёголев",
        started_at=at,
        finished_at=at + timedelta(seconds=20),
        utc_offset_minutes=180,
        status=Status.DISCREPANCY,
        final_status=Status.DISCREPANCY,
        match_percentage=75.0,
        result={"status": "discrepancy", "missing_tools": ["brace"], "detected_tools": [{"confidence": 0.875}]},
        expected=TOOLKIT.expected,
        counted=(
            CountedPosition("pliers", 1, Count.FOUND, by_hand=False),
            CountedPosition("brace", 1, Count.MISSING, by_hand=True),
        ),
        photos=Photos(photo_of(seq, "clean"), photo_of(seq, "annotated")),
        model_name="kit11_first",
        model_sha256=MODEL,
        app_version="0.1.0",
        note="Коловорот остался в ангаре",
        closes=closes,
        giver_badge="DEMO-STORE",
        witness_badge="DEMO-LEAD",
        work_order="WO-17",
        aircraft="RA-89001",
        expected_return=at + timedelta(hours=8),
        custody={"pliers": 1} if type_ is OperationType.CHECKOUT else {},
        holder_badge=badge if type_ is OperationType.CHECKOUT else "",
        holder_name="Пётр Ильич Щёголев" if type_ is OperationType.CHECKOUT else "",
        overrides=({"badge": "DEMO-LEAD", "reason": "вылет через час"},),
        cases=("C2026-0001",),
    )


def record(work: UnitOfWork, type_: OperationType = OperationType.CHECKOUT, **fields: Any) -> Operation:
    """Write an operation as the services do: journal, projection and photos in one transaction."""
    head = work.journal.head()
    made = operation(head.site_seq + 1, type_, site_id=work.site_id, **fields)
    work.journal.append(
        next_entry(
            head,
            op_id=made.operation_id,
            site_id=work.site_id,
            wall_at=made.finished_at,
            kind=f"operation.{type_.value}",
            payload={"kit": made.kit, "result": dict(made.result), "note": made.note},
            key=KEY,
            model_sha256=made.model_sha256,
        )
    )
    for photo in (made.photos.clean, made.photos.annotated):
        work.evidence.add(photo, 120_000)
    work.operations.add(made)
    return made


def connection_of(work: UnitOfWork) -> Connection:
    """The connection below a unit of work, for what only a fault or an intruder does."""
    assert isinstance(work, SqlUnitOfWork)
    return work.connection
