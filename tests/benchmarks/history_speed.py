"""How quick the history, the desk and the figures answer over a million operations, and what an operation weighs.

    python -m tests.toolroom FOLDER --bulk 1000000
    python -m tests.benchmarks.history_speed FOLDER [--times 9] [--filters 200] [--json]

Times are medians in milliseconds in one run; the ratio is that of a page by OFFSET at the far end to the next page
there by its key. Nothing is written.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from tests.toolroom.days import PROCEDURES, HandsOfTime
from toolroom_desktop.adapters.database.history_plan import Planner
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.services.figures import Figures, Grouping, Measure
from toolroom_desktop.services.history_query import HistoryQueries
from toolroom_desktop.services.history_rows import Choice, Finding, HistoryFilter, Order, Part, Position

PAGE = 50


@dataclass
class Measured:
    """Milliseconds by question; `combinations` are the slowest of the random filters, and what was asked."""

    operations: int = 0
    bytes_per_operation: float = 0.0
    milliseconds: dict[str, float] = field(default_factory=dict)
    offset_ratio: float = 0.0
    filters: int = 0
    filters_median: float = 0.0
    filters_95: float = 0.0
    slowest: list[tuple[float, str]] = field(default_factory=list)
    scans: list[str] = field(default_factory=list)


def measure(folder: Path, times: int, filters: int) -> Measured:
    """Measure on the records in `folder`, at the end of their last day."""
    first = open_records(folder, read_only=True)
    try:
        (last,) = first.operations.recent(limit=1)
    finally:
        first.close()
    clock = HandsOfTime(last.finished_at + timedelta(minutes=5))
    records = open_records(folder, read_only=True, clock=clock, pin_cost=FAST, procedures=PROCEDURES)
    try:
        measured = Measured()
        _size(records, folder, measured)
        _pages(records, measured, times)
        _combinations(records, measured, filters)
        _desk(records, measured, times)
        _figures(records, measured, clock)
        return measured
    finally:
        records.close()


def _size(records: Records, folder: Path, measured: Measured) -> None:
    def count(uow: SqlUnitOfWork) -> int:
        return int(uow.connection.exec_driver_sql("SELECT count(*) FROM operation").scalar_one())

    measured.operations = records.database.read(count)
    measured.bytes_per_operation = (folder / "toolroom.sqlite").stat().st_size / measured.operations


def _timed(question: Callable[[], object]) -> float:
    begun = time.perf_counter()
    question()
    return (time.perf_counter() - begun) * 1000


def _median(question: Callable[[], object], times: int) -> float:
    question()
    return statistics.median(_timed(question) for _ in range(times))


def _pages(records: Records, measured: Measured, times: int) -> None:
    history, everything = HistoryQueries(records.database), HistoryFilter()
    first = history.page(everything, limit=PAGE)
    far = history.page(everything, order=Order.OLDEST_FIRST, limit=2 * PAGE).rows[-1].site_seq
    assert first.next is not None

    def by_offset(uow: SqlUnitOfWork) -> object:
        query = (
            f"SELECT site_seq FROM history ORDER BY site_seq DESC LIMIT {PAGE} OFFSET {measured.operations - 2 * PAGE}"
        )
        return driver_of(uow.connection).execute(query).fetchall()

    def by_key(uow: SqlUnitOfWork) -> object:
        query = f"SELECT site_seq FROM history WHERE site_seq < ? ORDER BY site_seq DESC LIMIT {PAGE}"
        return driver_of(uow.connection).execute(query, (far,)).fetchall()

    measured.milliseconds |= {
        "first page": _median(lambda: history.page(everything, limit=PAGE), times),
        "next page": _median(lambda: history.page(everything, at=first.next, limit=PAGE), times),
        "page at the far end": _median(lambda: history.page(everything, at=Position(far), limit=PAGE), times),
        "oldest first": _median(lambda: history.page(everything, order=Order.OLDEST_FIRST, limit=PAGE), times),
        "count up to 10,000": _median(lambda: history.count(everything), times),
    }
    offset = _median(lambda: records.database.read(by_offset), times)
    key = _median(lambda: records.database.read(by_key), times)
    measured.milliseconds |= {"numbers by OFFSET at the far end": offset, "numbers by key there": key}
    measured.offset_ratio = offset / key


def _combinations(records: Records, measured: Measured, filters: int) -> None:
    history, random = HistoryQueries(records.database), Random(3)
    known = {choice: [one.value for one in history.choices(choice, limit=10_000)] for choice in Choice}
    first = history.page(HistoryFilter(), order=Order.OLDEST_FIRST, limit=1).rows[0].finished_at
    last = history.page(HistoryFilter(), limit=1).rows[0].finished_at
    taken: list[tuple[float, str]] = []
    for _ in range(filters):
        wanted = _any_filter(random, known, (last - first).days, last)
        ask = partial(history.page, wanted, limit=PAGE)
        milliseconds = min(_timed(ask) for _ in range(2))
        taken.append((milliseconds, _said(wanted)))
        measured.scans += _scans(records, wanted)
    taken.sort(reverse=True)
    measured.filters = filters
    measured.filters_median = statistics.median(milliseconds for milliseconds, _ in taken)
    measured.filters_95 = taken[len(taken) // 20][0]
    measured.slowest = taken[:5]


def _any_filter(random: Random, known: dict[Choice, list[str]], days: int, last: Any) -> HistoryFilter:
    since = last - timedelta(days=random.randrange(1, max(2, days)))
    word = random.choice(known[Choice.KIT]).split("-")[-1]
    chosen: dict[str, Any] = {
        "since": since,
        "before": since + timedelta(days=random.choice((1, 7, 31, 365))),
        "person": random.choice(known[Choice.PERSON]),
        "parts": frozenset({random.choice(list(Part))}),
        "kit": random.choice(known[Choice.KIT]),
        "toolkit": random.choice(known[Choice.TOOLKIT]),
        "tool_class": random.choice(known[Choice.TOOL_CLASS]),
        "findings": frozenset(random.sample(list(Finding), 2)),
        "aircraft": random.choice(known[Choice.AIRCRAFT]),
        "work_order": random.choice(known[Choice.WORK_ORDER]),
        "types": frozenset(random.sample(list(OperationType), random.choice((1, 2)))),
        "statuses": frozenset(random.sample(list(Status), random.choice((1, 2)))),
        "final_statuses": frozenset(random.sample(list(Status), 1)),
        "with_case": random.random() < 0.5,
        "count_owed": random.random() < 0.5,
        "counted": random.random() < 0.5,
        "overridden": random.random() < 0.5,
        "first_pass": random.random() < 0.5,
        "model": random.choice(known[Choice.MODEL]),
        "text": random.choice(("иванов", "ра 890", f"K {word}", "нз 1", "шасси", "89", "к", f"киселев {word}", "t 1")),
    }
    names = random.sample(sorted(chosen), random.choice((1, 2, 2, 3, 4)))
    return HistoryFilter(**{name: chosen[name] for name in names})


def _said(wanted: HistoryFilter) -> str:
    plain = HistoryFilter()
    said = {name: value for name, value in asdict(wanted).items() if value != getattr(plain, name)}
    return ", ".join(f"{name}={value!s}" for name, value in said.items())


def _scans(records: Records, wanted: HistoryFilter) -> list[str]:
    def explain(uow: SqlUnitOfWork) -> list[str]:
        driver = driver_of(uow.connection)
        plan = Planner(driver, uow.site_id).plan(wanted)
        if plan.empty:
            return []
        query, parameters = plan.numbers(newest_first=True, limit=PAGE)
        steps = [step[3] for step in driver.execute(f"EXPLAIN QUERY PLAN {query}", parameters)]
        bad = [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in step]
        return bad + [step for step in steps if "TEMP B-TREE" in step]

    return records.database.read(explain)


def _desk(records: Records, measured: Measured, times: int) -> None:
    lead = next(person.badge for person in records.accounts.everyone() if person.role is Role.SHIFT_LEAD)
    questions: dict[str, Callable[[], object]] = {
        "reminders of a shift lead": lambda: records.reminders.of(lead),
        "kits out": lambda: records.database.read(lambda uow: uow.operations.kits_out()),
        "open cases": records.cases.open,
        "counts owed": lambda: records.database.read(lambda uow: uow.operations.counts_owed()),
        "calibrations due": lambda: records.tools.calibrations_due(14),
    }
    for name, question in questions.items():
        measured.milliseconds[name] = _median(question, times)
    measured.milliseconds["the desk's data"] = _median(lambda: [question() for question in questions.values()], times)


def _figures(records: Records, measured: Measured, clock: HandsOfTime) -> None:
    figures = Figures(records.database, clock)
    wanted = HistoryFilter(since=clock.now() - timedelta(days=1096), before=clock.now())
    for what in (Measure.OPERATIONS, Measure.HANDLING, Measure.MISSING):
        for grouping in (Grouping.MONTH, Grouping.WEEK, Grouping.PERSON):
            ask = partial(figures.ask, what, grouping, wanted)
            name = f"figures: {what.value} by {grouping.value}, three years"
            measured.milliseconds[name] = min(_timed(ask) for _ in range(2))
    classes = min(_timed(lambda: figures.ask(Measure.MISSING, Grouping.TOOL_CLASS, wanted)) for _ in range(2))
    measured.milliseconds["figures: missing by tool class, three years"] = classes


def main(arguments: list[str] | None = None) -> Measured:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a data folder that tests.toolroom made")
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--filters", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    measured = measure(chosen.folder, chosen.times, chosen.filters)
    if chosen.json:
        sys.stdout.write(json.dumps(asdict(measured), ensure_ascii=False) + "\n")
        return measured
    sys.stdout.write(f"{measured.operations} operations, {measured.bytes_per_operation:.0f} bytes of database each\n")
    for name, milliseconds in measured.milliseconds.items():
        sys.stdout.write(f"{milliseconds:9.1f} ms  {name}\n")
    sys.stdout.write(f"OFFSET at the far end takes {measured.offset_ratio:.0f} times as long as the key\n")
    sys.stdout.write(
        f"{measured.filters} filters: median {measured.filters_median:.1f} ms, "
        f"19 of 20 within {measured.filters_95:.1f} ms\n"
    )
    for milliseconds, said in measured.slowest:
        sys.stdout.write(f"{milliseconds:9.1f} ms  {said}\n")
    for scan in measured.scans:
        sys.stdout.write(f"whole table: {scan}\n")
    return measured


if __name__ == "__main__":
    main()
