"""How quick the records answer at the size of a large toolroom.

    python -m tests.toolroom FOLDER            # once: a year of operations, 300 people, 500 kits, 7,500 tools
    python -m tests.benchmarks.toolroom_speed FOLDER [--times 15] [--json]

Each figure is the median of so many calls of a service, in milliseconds, as the screens call them; the journal's is in
entries a second. Nothing is written but the records of one issue and one return of one kit. Besides, every statement
that ran is asked for its plan: a scan of a whole large table is named.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from tests.toolroom.days import PIN, PROCEDURES, HandsOfTime
from tests.toolroom.desk import desk_of
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.people import Role
from toolroom_desktop.services.course import course_of
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.recording import JOURNAL_KEY

LARGE = ("journal", "operation")
"""Tables that grow with every operation: nothing that a screen asks may read all of one."""


@dataclass
class Speed:
    """Milliseconds by question, the size of the records, and statements that read a whole large table."""

    operations: int
    entries: int
    milliseconds: dict[str, float] = field(default_factory=dict)
    entries_per_second: float = 0.0
    scans: list[str] = field(default_factory=list)


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that SQLAlchemy runs meanwhile, with its parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if not many:
            seen.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def scans(records: Records, seen: list[tuple[str, Any]]) -> list[str]:
    """Those of the statements that read all of a large table, with the step of the plan that does."""
    found: dict[str, str] = {}

    def explain(uow: Any) -> None:
        for statement, parameters in seen:
            if not statement.lstrip().upper().startswith("SELECT") or statement in found:
                continue
            steps = [step[3] for step in uow.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            # The newest ones in the order of the table end with the page: nothing is filtered and nothing is sorted.
            page = " LIMIT " in statement and "WHERE" not in statement and not any("TEMP B-TREE" in s for s in steps)
            whole = [
                step for step in steps for name in LARGE if re.fullmatch(rf"SCAN {name}( AS \w+)?", step) and not page
            ]
            if whole:
                found[statement] = whole[0]

    records.database.read(explain)
    return [f"{step}: {' '.join(statement.split())[-200:]}" for statement, step in found.items()]


def measure(folder: Path, times: int) -> Speed:
    """Measure on the records in `folder`, at the end of their last day."""
    newest = open_records(folder, read_only=True)
    try:
        (last,) = newest.operations.recent(limit=1)
        speed = Speed(0, newest.database.read(lambda uow: uow.journal.head().site_seq))
    finally:
        newest.close()
    clock = HandsOfTime(last.finished_at + timedelta(minutes=5))
    begun = time.perf_counter()
    records = open_records(folder, clock=clock, pin_cost=FAST, procedures=PROCEDURES)
    speed.milliseconds["open the records"] = (time.perf_counter() - begun) * 1000
    try:
        with statements() as seen:
            _questions(records, speed, times, clock)
        speed.scans = scans(records, seen)
        _verify(records, speed)
    finally:
        records.close()
    return speed


def _questions(records: Records, speed: Speed, times: int, clock: HandsOfTime) -> None:
    people = {role: [p for p in records.accounts.everyone() if p.role is role] for role in Role}
    technician, keeper = people[Role.TECHNICIAN][0].badge, people[Role.STOREKEEPER][0].badge
    lead, quality = people[Role.SHIFT_LEAD][0].badge, people[Role.QUALITY][0].badge
    page = records.operations.recent(limit=50)
    kit = next(row.kit.number for row in records.catalogue.kits() if not row.is_out)
    tool = records.tools.in_kit(kit).places[0].tool
    assert tool is not None
    oldest = page[-1].site_seq
    middle = records.operations.recent(limit=1, before_seq=page[0].site_seq * 3 // 4)[0]
    questions: dict[str, Callable[[], object]] = {
        "all kits": records.catalogue.kits,
        "kit search by number": lambda: records.catalogue.kits("K-12"),
        "kit search by holder": lambda: records.catalogue.kits("иванов"),
        "kit by scan": lambda: records.catalogue.kit_by_scan(kit),
        "home of a technician": lambda: (records.reminders.of(technician), records.operations.held_by(technician)),
        "home of a storekeeper": lambda: records.reminders.of(keeper),
        "home of a shift lead": lambda: records.reminders.of(lead),
        "home of quality": lambda: records.reminders.of(quality),
        "history, first page": lambda: records.operations.recent(limit=50),
        "history, next page": lambda: records.operations.recent(limit=50, before_seq=oldest),
        "history, a page of the middle": lambda: records.operations.recent(limit=50, before_seq=middle.site_seq),
        "one operation": lambda: records.operations.by_id(str(middle.operation_id)),
        "course of one operation": lambda: course_of(records.database, records.evidence, str(middle.operation_id)),
        "open cases": records.cases.open,
        "cases": records.cases.recent,
        "tool search": lambda: records.tools.find("05"),
        "tools of a kit": lambda: records.tools.in_kit(kit),
        "history of a tool": lambda: records.tools.history(tool.tool_id),
        "calibrations due": lambda: records.tools.calibrations_due(14),
        "everything's whereabouts": records.shifts.now,
    }
    for name, question in questions.items():
        speed.milliseconds[name] = _median(question, times)
    speed.operations = records.database.read(
        lambda uow: int(uow.connection.exec_driver_sql("SELECT count(*) FROM operation").scalar_one())
    )
    desk = desk_of(records, PIN)
    begun = time.perf_counter()
    desk.take(technician, kit, work_order="НЗ-1", aircraft="RA-89001", expected_return=clock.now() + timedelta(hours=2))
    speed.milliseconds["an issue without a photo"] = (time.perf_counter() - begun) * 1000
    begun = time.perf_counter()
    desk.bring(technician, kit)
    speed.milliseconds["a return without a photo"] = (time.perf_counter() - begun) * 1000


def _median(question: Callable[[], object], times: int) -> float:
    question()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        question()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken) * 1000


def _verify(records: Records, speed: Speed) -> None:
    key = records.secrets.get_or_create(JOURNAL_KEY)
    begun = time.perf_counter()
    found = verify_journal(records.database, key=key)
    assert found.whole
    speed.entries_per_second = found.entries / (time.perf_counter() - begun)


def main(arguments: list[str] | None = None) -> Speed:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a data folder that tests.toolroom made")
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    speed = measure(chosen.folder, chosen.times)
    if chosen.json:
        sys.stdout.write(json.dumps(asdict(speed), ensure_ascii=False) + "\n")
        return speed
    sys.stdout.write(f"{speed.operations} operations, {speed.entries} entries\n")
    for name, milliseconds in speed.milliseconds.items():
        sys.stdout.write(f"{milliseconds:9.1f} ms  {name}\n")
    sys.stdout.write(f"{speed.entries_per_second:9.0f} entries a second  journal verify\n")
    for scan in speed.scans:
        sys.stdout.write(f"whole table: {scan}\n")
    return speed


if __name__ == "__main__":
    main()
