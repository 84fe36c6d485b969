"""The rows of the history as a table shows them, of given operations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, select

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.history_codes import FINDING_OF
from toolroom_desktop.adapters.database.history_tables import history, history_finding, history_name
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.history_rows import Found, HistoryRow, Who

_operation, _history, _finding = tables.operation.c, history.c, history_finding.c
_clean = tables.evidence.alias("clean")
_model, _class = history_name.alias("model"), history_name.alias("tool_class")
_ROWS = (
    select(
        *(
            _operation[name]
            for name in (
                "operation_id",
                "site_seq",
                "type",
                "started_at",
                "finished_at",
                "utc_offset_minutes",
                "kit",
                "toolkit",
                "person_badge",
                "person_name",
                "giver_badge",
                "giver_name",
                "witness_badge",
                "witness_name",
                "holder_badge",
                "holder_name",
                "aircraft",
                "work_order",
                "expected_return",
                "status",
                "final_status",
                "match_percentage",
                "custody",
                "cases",
                "note",
                "photo_clean",
            )
        ),
        _history.owed,
        _history.counted,
        _history.overridden,
        _model.c.value.label("model_sha256"),
        _model.c.title.label("model_name"),
        (_clean.c.sha256.is_not(None) & _clean.c.dropped_at.is_(None)).label("photos_here"),
    )
    .join(history, _history.site_seq == _operation.site_seq)
    .outerjoin(_model, _model.c.name_id == _history.model)
    .outerjoin(_clean, _clean.c.sha256 == _operation.photo_clean)
)
_FINDINGS = select(
    _finding.site_seq, _finding.finding, _finding.unit, _finding.marking, _class.c.value.label("tool_class")
).join(_class, and_(_class.c.name_id == _finding.tool_class))


def rows_of(connection: Connection, site_id: str, numbers: Sequence[int]) -> list[HistoryRow]:
    """The rows of these operations of that station, in the order of their numbers as they were given."""
    if not numbers:
        return []
    found: dict[int, list[Found]] = defaultdict(list)
    query = _FINDINGS.where(_finding.site_seq.in_(numbers)).order_by(_finding.site_seq, _finding.place)
    for said in connection.execute(query):
        found[said.site_seq].append(Found(FINDING_OF[said.finding], said.tool_class, said.unit, said.marking))
    rows = {row.site_seq: row for row in connection.execute(_ROWS.where(_operation.site_seq.in_(numbers)))}
    return [_row(site_id, rows[number], tuple(found.get(number, ()))) for number in numbers if number in rows]


def _row(site_id: str, row: Any, findings: tuple[Found, ...]) -> HistoryRow:
    started: datetime = row.started_at
    return HistoryRow(
        operation_id=UUID(row.operation_id),
        site_id=site_id,
        site_seq=row.site_seq,
        type=OperationType(row.type),
        started_at=started,
        finished_at=row.finished_at,
        utc_offset_minutes=row.utc_offset_minutes,
        kit=row.kit,
        toolkit=row.toolkit,
        person=Who(row.person_badge, row.person_name),
        giver=Who(row.giver_badge, row.giver_name),
        witness=Who(row.witness_badge, row.witness_name),
        holder=Who(row.holder_badge, row.holder_name),
        leaves_out=row.custody != "{}",
        aircraft=row.aircraft,
        work_order=row.work_order,
        expected_return=row.expected_return,
        status=Status(row.status),
        final_status=Status(row.final_status),
        match_percentage=row.match_percentage,
        findings=findings,
        cases=tuple(json.loads(row.cases)),
        note=row.note,
        model=row.model_name or "",
        model_sha256=row.model_sha256 or "",
        count_owed=row.owed,
        counted=row.counted,
        overridden=row.overridden,
        has_photos=row.photo_clean is not None,
        photos_here=bool(row.photos_here),
    )
