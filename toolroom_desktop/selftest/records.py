"""Records can be made, an operation recorded and read back, and the journal is whole afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.domain.inspection import inspect
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.thresholds import ModelKnowledge, Thresholds
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.services.demo import DEMO_KITS, DEMO_PEOPLE, REFERENCE_TOOLKIT, ensure_demo
from toolroom_desktop.services.doctor import Check, Grade
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.services.recording import JOURNAL_KEY
from toolroom_desktop.services.vision_ports import Picture

# Nobody judged: the records take the decision as it is, whichever model made it.
_NO_MODEL = ModelKnowledge("selftest", "0" * 64, frozenset(REFERENCE_TOOLKIT.expected))


def _nothing(_room: Path) -> None:
    """Nobody meddles with the records."""


def look(bench: Workbench, *, meanwhile: Callable[[Path], None] = _nothing) -> Check:
    """Record an operation in new records, close them, and find it again; `meanwhile` is given the closed records."""
    room = bench.room("records")
    records = open_records(room, create=True, pin_cost=FAST)
    try:
        ensure_demo(records.accounts, records.catalogue, records.tools)
        recorded = _record(records, bench.table())
    finally:
        records.close()
    meanwhile(room)
    records = open_records(room, read_only=True, pin_cost=FAST)
    try:
        again = records.operations.by_id(str(recorded.operation_id))
        photo = records.operations.photo(again.photos.clean)
        verified = verify_journal(records.database, key=records.secrets.get_or_create(JOURNAL_KEY))
    finally:
        records.close()
    if again != recorded or not photo:
        raise BadProgram("selftest.records_differ")
    if verified.fault is not None:
        raise BadProgram("selftest.journal_broken", entry=verified.fault.site_seq, reason=verified.fault.code)
    facts = {"journal_entries": verified.entries, "photo_bytes": len(photo)}
    return Check("records", Grade.GOOD, "selftest.records", {"entries": verified.entries}, facts)


def _record(records: Records, picture: Picture) -> Operation:
    plan = records.operations.plan(badge=DEMO_PEOPLE[0].badge, type_=OperationType.CHECKOUT, kit=DEMO_KITS[0].number)
    width = picture.width / len(plan.expected)
    seen = tuple(
        Detection(name, 0.9, Box(width * place + 1, 10, width * (place + 1) - 1, picture.height - 10))
        for place, name in enumerate(plan.expected)
    )
    frame = FrameResult(seen, picture.width, picture.height)
    evidence = Evidence(picture, inspect(plan.expected, [frame], Thresholds(), _NO_MODEL))
    answers = dict.fromkeys(evidence.to_count, Count.FOUND)
    return records.operations.record(plan, evidence, Confirmation(answers, note="Самопроверка"))
