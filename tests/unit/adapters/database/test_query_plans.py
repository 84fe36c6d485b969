"""What home asks for is found by an index, however many operations there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.services.reports.ports import Only, Within

Query = Callable[[SqlUnitOfWork], Any]
DAY = date(2026, 5, 4)


def plans(database: SqliteDatabase, query: Query) -> list[str]:
    """How SQLite goes about what `query` asks for, one text a step."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        asked.append((statement, parameters))

    readers = database._readers
    event.listen(readers, "before_cursor_execute", note)
    try:
        database.read(query)
    finally:
        event.remove(readers, "before_cursor_execute", note)
    assert asked, "a query that was not seen proves nothing"
    with closing(sqlite3.connect(database.health().path)) as connection:
        return [
            row[3]
            for statement, parameters in asked
            for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (lambda uow: uow.operations.open_checkouts(), "held_by"),
        (lambda uow: uow.operations.kits_out(), "held_by"),
        (lambda uow: uow.operations.held_by("T-1"), "ix_operation_held_by"),
        (lambda uow: uow.operations.counts_owed(), "ix_operation_count_owed"),
        (lambda uow: uow.tools.calibration_due_by(DAY), "ix_tool_calibration_due"),
        (lambda uow: uow.cases.open(), "ix_lost_tool_case_open"),
        (lambda uow: uow.shifts.running(), "ix_shift_running"),
    ],
)
def test_reminders_walk_no_whole_table(tmp_path: Path, query: Query, index: str) -> None:
    database = SqliteDatabase.open(tmp_path / "data")
    try:
        steps = plans(database, query)
    finally:
        database.close()
    assert any(index in step for step in steps), steps
    # A scan without an index reads every row, one that names an index only those that are in it.
    assert not [step for step in steps if step.startswith("SCAN") and "INDEX" not in step], steps


@pytest.mark.parametrize(
    ("only", "index"),
    [
        (Only.DISCREPANT, "ix_history_final_status"),
        (Only.DISCREPANT, "ix_history_owed"),
        (Only.COUNTED, "ix_history_counted"),
        (Only.COUNTED, "ix_history_owed"),
        (Only.OVERRIDDEN, "ix_history_overridden"),
    ],
)
def test_reports_read_no_operation_that_they_do_not_tell_of(tmp_path: Path, only: Only, index: str) -> None:
    database = SqliteDatabase.open(tmp_path / "data")
    years = Within(datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC), journal_seq=10**6)
    try:
        steps = plans(database, lambda uow: list(uow.reports.operations(years, only=only)))
    finally:
        database.close()
    assert any(index in step for step in steps), steps
    assert not [step for step in steps if step.startswith("SCAN operation")], steps
    # One by one by their numbers, not all between the first and the last of the period.
    assert "SEARCH operation USING INTEGER PRIMARY KEY (rowid=?)" in steps
