"""What an entry of any station's journal says, made into the records of all stations.

It does not matter in which order the journals come: what is out is decided by operations alone, as in
`services.sync.elsewhere`, and within one journal the order is its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.journal import HybridTime, JournalEntry
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.services.case_json import case_of, event_of
from toolroom_desktop.services.operation_of_json import counted_of, operation_of, quantities_of
from toolroom_desktop.services.sync.elsewhere import ENDED_ELSEWHERE
from toolroom_desktop.services.sync.gathering_ports import RecordsOfEntries
from toolroom_desktop.services.sync.settle import JOINED

COUNTED, CORRECTED = "operation_counted", "operation_corrected"
_OPERATION = "operation."
CASES = frozenset(
    {
        "case_opened",
        "case_carried_over",
        "case_searched",
        "case_concluded",
        "case_noted",
        "case_released",
        "case_reopened",
    }
)


def entry_of_text(content: str, *, prev: str, hash_: str, seal: str = "") -> JournalEntry:
    """The entry that travelled as that text; raises `KeyError`, `TypeError` or `ValueError` for anything else.

    Its seal is empty unless one is given: that says something to the station that made it alone.
    """
    said = json.loads(content)
    return JournalEntry(
        op_id=UUID(said["op_id"]),
        site_id=str(said["site_id"]),
        site_seq=int(said["site_seq"]),
        hlc=HybridTime.parse(said["hlc"]),
        wall_at=datetime.fromisoformat(said["wall_at"]).astimezone(UTC),
        clock_back=bool(said["clock_back"]),
        kind=str(said["kind"]),
        payload=dict(said["payload"]),
        model_sha256=said["model_sha256"],
        prev_hash=prev,
        hash=hash_,
        seal=seal,
        schema_version=int(said["schema_version"]),
    )


def make_of(work: RecordsOfEntries, entry: JournalEntry, number: int, site: int) -> None:
    """Bring the records up to an entry that was kept under that number; most kinds change nothing.

    Raises `KeyError`, `LookupError`, `TypeError` or `ValueError` for one that says what cannot be.
    """
    said = entry.payload
    if entry.kind.startswith(_OPERATION):
        operation = operation_of(said)
        if (operation.operation_id, operation.site_id) != (entry.op_id, entry.site_id):
            raise ValueError("the document of another operation")
        work.operations.take(replace(operation, site_seq=number), site)
    elif entry.kind in (COUNTED, CORRECTED):
        work.operations.amend(_amended(_own(work, entry, said["operation"]), entry.kind, said))
    elif entry.kind == JOINED:
        returned = _own(work, entry, said["operation"])
        checkout = UUID(said["checkout"])
        work.operations.join(returned.operation_id, checkout)
        work.operations.end(checkout, returned.operation_id, returned.kit)
    elif entry.kind == ENDED_ELSEWHERE:
        # What ended it comes by itself, but for an operation that the centre had to set apart.
        work.operations.end(UUID(said["operation"]), UUID(said["closed_by"]), str(said["kit"]))
    elif entry.kind in CASES:
        _case(work, entry)


def _own(work: RecordsOfEntries, entry: JournalEntry, operation_id: str) -> Operation:
    """The operation that an entry of the same station is about."""
    operation = work.operations.by_id(UUID(operation_id))
    if operation is None or operation.site_id != entry.site_id:
        raise LookupError(f"no operation {operation_id} of that station")
    return operation


def _amended(operation: Operation, kind: str, said: Mapping[str, Any]) -> Operation:
    word = {name: value for name, value in said.items() if name not in ("operation", "kit")}
    operation = replace(operation, later=(*operation.later, word))
    if kind == COUNTED:
        witness = said["witness"] or {}
        return replace(
            operation,
            counted=counted_of(said["counted"]),
            custody=quantities_of(said["custody"]),
            final_status=Status(said["final_status"]),
            witness_badge=str(witness.get("badge", "")),
            witness_name=str(witness.get("name", "")),
            cases=(*operation.cases, *map(str, said["cases"])),
        )
    changed: dict[str, Any] = {name: change["after"] for name, change in said["changes"].items()}
    if changed.get("expected_return"):
        changed["expected_return"] = datetime.fromisoformat(changed["expected_return"])
    if not changed.keys() <= {"work_order", "aircraft", "expected_return", "note"}:
        raise ValueError("a correction of something else")
    return replace(operation, **changed)


def _case(work: RecordsOfEntries, entry: JournalEntry) -> None:
    said = entry.payload
    before = work.cases.by_id(UUID(said["case_id"]))
    if "events" in said:
        case = case_of(said)
    elif before is None:
        raise LookupError("the beginning of the case is not known")
    else:
        case = replace(before, events=(*before.events, event_of(said["event"])))
        if case.state.value != said["state"]:
            raise ValueError("a case whose events do not lead to its state")
    if case.site_id != entry.site_id or (before is not None and before.site_id != entry.site_id):
        raise ValueError("a case of another station")
    work.cases.save(case)
