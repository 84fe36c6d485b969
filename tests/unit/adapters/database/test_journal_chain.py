"""The stored journal verifies, and whatever is changed in the file behind the program's back is found."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.journal import Head, JournalEntry, Verification, content_hash, next_entry, seal_of, verify
from toolroom_desktop.services.ports import UnitOfWork

from .samples import KEY, MODEL, MORNING, connection_of, record

_GUARDS = ("journal_never_changes", "journal_never_shrinks", "journal_has_no_gaps")

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=8,
)
_payloads = st.dictionaries(_texts, _json, max_size=4)
_times = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_contents = st.tuples(_payloads, _times, _texts, st.sampled_from([None, MODEL]))


def _append(work: UnitOfWork, payload: dict[str, Any], at: datetime, kind: str, model: str | None) -> JournalEntry:
    entry = next_entry(
        work.journal.head(),
        op_id=uuid7(),
        site_id=work.site_id,
        wall_at=at,
        kind=kind,
        payload=payload,
        key=KEY,
        model_sha256=model,
    )
    work.journal.append(entry)
    return entry


def _verified(database: SqliteDatabase) -> Verification:
    return database.read(lambda work: verify(work.journal.entries(), key=KEY, expected_head=work.journal.head()))


def _is_found(database: SqliteDatabase) -> bool:
    try:
        return not _verified(database).whole
    except DatabaseProblem as problem:
        return problem.code == "database.journal_unreadable"


class _Undo(Exception):
    """Ends an example without a trace."""


def _in_a_transaction_without_guards(database: SqliteDatabase, example: Callable[[UnitOfWork], None]) -> None:
    def command(work: UnitOfWork) -> None:
        for guard in _GUARDS:
            connection_of(work).exec_driver_sql(f"DROP TRIGGER {guard}")
        example(work)
        raise _Undo

    with pytest.raises(_Undo):
        database.write(command)


@given(contents=st.lists(_contents, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_journal_comes_back_as_it_was_and_verifies(
    database: SqliteDatabase, contents: list[tuple[dict[str, Any], datetime, str, str | None]]
) -> None:
    def example(work: UnitOfWork) -> None:
        written = [_append(work, *content) for content in contents]
        assert list(work.journal.entries()) == written
        assert list(work.journal.entries(after_seq=1)) == written[1:]
        assert work.journal.by_id(written[0].op_id) == written[0]
        outcome = verify(work.journal.entries(), key=KEY, expected_head=work.journal.head())
        assert (outcome.whole, outcome.entries) == (True, len(contents))

    _in_a_transaction_without_guards(database, example)


_COLUMNS = (
    "op_id",
    "site_id",
    "hlc",
    "wall_at",
    "clock_back",
    "kind",
    "payload",
    "schema_version",
    "model_sha256",
    "prev_hash",
    "hash",
    "seal",
)


def _other_value(column: str, value: Any, choice: int) -> Any:
    if column == "clock_back":
        return int(not value)
    if column == "schema_version":
        return value + 1 + choice
    if column == "model_sha256" and choice == 0:
        return None
    if column == "payload":
        return (" " + value, value[:-1] + ',"a":1}', '{"":0,' + value[1:], "[]", "", "null")[choice]
    if column == "wall_at":
        return (value[:-6] + "+01:00", value.replace("T", " "), "soon", "", value[:-7] + "9+00:00", "0" + value)[choice]
    return (value + "0", value[1:], value.upper() + " ", "", value[::-1] + "x", "-" + value)[choice]


@given(rows=st.integers(1, 5), at=st.integers(0, 4), column=st.sampled_from(_COLUMNS), choice=st.integers(0, 5))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_changed_value_of_any_row_is_found(
    database: SqliteDatabase, rows: int, at: int, column: str, choice: int
) -> None:
    seq = at % rows + 1

    def example(work: UnitOfWork) -> None:
        for number in range(rows):
            _append(work, {"number": number, "note": "ё"}, MORNING + timedelta(seconds=number), "kind", MODEL)
        connection = connection_of(work)
        value = connection.exec_driver_sql(f"SELECT {column} FROM journal WHERE site_seq = {seq}").scalar_one()
        changed = _other_value(column, value, choice)
        assert changed != value
        connection.exec_driver_sql(f"UPDATE journal SET {column} = ? WHERE site_seq = ?", (changed, seq))
        try:
            outcome = verify(work.journal.entries(), key=KEY, expected_head=work.journal.head())
        except DatabaseProblem as problem:
            assert (problem.code, problem.details["site_seq"]) == ("database.journal_unreadable", seq)
        else:
            assert outcome.fault is not None
            assert outcome.fault.site_seq in (seq, seq + 1)

    _in_a_transaction_without_guards(database, example)


def _fill(database: SqliteDatabase, count: int) -> None:
    for number in range(count):
        database.write(partial(record, kit=f"kit {number}"))


def _tamper(data_folder: Path, *statements: str) -> None:
    """Change the file as somebody with a database viewer would: no guards, no references."""
    with closing(sqlite3.connect(DataFolder(data_folder).database, isolation_level=None)) as intruder:
        for guard in _GUARDS:
            intruder.execute(f"DROP TRIGGER {guard}")
        for statement in statements:
            intruder.execute(statement)


@pytest.mark.parametrize(
    "statements",
    [
        ["DELETE FROM journal WHERE site_seq = 1"],
        ["DELETE FROM journal WHERE site_seq = 3"],
        ["DELETE FROM journal WHERE site_seq = 5"],
        ["DELETE FROM journal WHERE site_seq > 3"],
        ["DELETE FROM journal"],
        [
            "UPDATE journal SET site_seq = 100 WHERE site_seq = 2",
            "UPDATE journal SET site_seq = 2 WHERE site_seq = 3",
            "UPDATE journal SET site_seq = 3 WHERE site_seq = 100",
        ],
        ["UPDATE journal SET site_seq = site_seq + 1 WHERE site_seq = 5"],
        ["DELETE FROM journal WHERE site_seq = 3", "UPDATE journal SET site_seq = site_seq - 1 WHERE site_seq > 3"],
        [
            "INSERT INTO journal SELECT 6, 'x', 'station-2', hlc, wall_at, clock_back, kind, payload, schema_version, "
            "model_sha256, prev_hash, hash, seal, acked_at FROM journal WHERE site_seq = 5"
        ],
        ["UPDATE journal_head SET site_seq = 4"],
        ["UPDATE journal SET payload = X'00FF' WHERE site_seq = 2"],
        ["UPDATE journal SET op_id = 7 WHERE site_seq = 2"],
    ],
)
def test_deleted_reordered_truncated_and_added_rows_are_found(
    database: SqliteDatabase, data_folder: Path, statements: list[str]
) -> None:
    _fill(database, 5)
    assert _verified(database).whole
    _tamper(data_folder, *statements)
    assert _is_found(database)


def test_a_history_that_was_hashed_again_is_found_by_its_seals(database: SqliteDatabase, data_folder: Path) -> None:
    _fill(database, 4)
    forged: list[JournalEntry] = []
    head = Head()
    for entry in database.read(lambda work: list(work.journal.entries())):
        kind = "forged" if entry.site_seq == 2 else entry.kind
        again = replace(entry, kind=kind, prev_hash=head.hash)
        again = replace(again, hash=content_hash(again), seal=seal_of(content_hash(again), b"another key"))
        head = Head(again.site_seq, again.hash, again.hlc)
        forged.append(again)
    _tamper(
        data_folder,
        *(
            f"UPDATE journal SET kind = '{entry.kind}', prev_hash = '{entry.prev_hash}', hash = '{entry.hash}', "
            f"seal = '{entry.seal}' WHERE site_seq = {entry.site_seq}"
            for entry in forged
        ),
        f"UPDATE journal_head SET hash = '{head.hash}'",
    )
    outcome = _verified(database)
    assert outcome.fault is not None
    assert outcome.fault.code == "seal"
    without_key = database.read(lambda work: verify(work.journal.entries(), key=None))
    assert without_key.whole
    assert not without_key.seals_checked


class TestGuards:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE journal SET payload = '{}' WHERE site_seq = 1",
            "UPDATE journal SET site_seq = 9 WHERE site_seq = 2",
            "UPDATE OR REPLACE journal SET seal = '' WHERE site_seq = 1",
            "DELETE FROM journal WHERE site_seq = 2",
            "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE site_seq = 2",
            "INSERT INTO journal SELECT 9, 'x', site_id, hlc, wall_at, clock_back, kind, payload, schema_version, "
            "model_sha256, prev_hash, hash, seal, acked_at FROM journal WHERE site_seq = 2",
        ],
    )
    def test_the_database_itself_refuses_to_rewrite_history(self, database: SqliteDatabase, statement: str) -> None:
        _fill(database, 2)
        with pytest.raises(Exception, match="the journal"):
            database.write(lambda work: connection_of(work).exec_driver_sql(statement))
        assert _verified(database).entries == 2

    def test_only_the_confirmation_of_the_centre_may_be_noted(self, database: SqliteDatabase) -> None:
        _fill(database, 2)
        database.write(
            lambda work: connection_of(work).exec_driver_sql(
                "UPDATE journal SET acked_at = '2026-03-02T07:00:00.000000+00:00' WHERE site_seq = 1"
            )
        )
        assert _verified(database).whole

    def test_an_entry_that_does_not_continue_the_head_is_a_fault_of_the_program(self, database: SqliteDatabase) -> None:
        _fill(database, 2)

        def append_again(work: UnitOfWork) -> None:
            work.journal.append(next(iter(work.journal.entries())))

        with pytest.raises(ValueError, match="does not continue"):
            database.write(append_again)
        assert _verified(database).entries == 2


def test_the_journal_is_read_over_page_bounds(database: SqliteDatabase) -> None:
    database.write(lambda work: [_append(work, {"n": n}, MORNING, "kind", None) for n in range(1203)])
    assert _verified(database).entries == 1203
    tail = database.read(lambda work: [entry.site_seq for entry in work.journal.entries(after_seq=1198)])
    assert tail == [1199, 1200, 1201, 1202, 1203]


def test_the_stored_payload_is_the_text_that_was_hashed(database: SqliteDatabase) -> None:
    payload = {"имя": "Щёголев", "b": [1, 2.5, None], "a": True}
    database.write(lambda work: _append(work, payload, MORNING, "kind", None))
    text = database.read(lambda work: connection_of(work).exec_driver_sql("SELECT payload FROM journal").scalar_one())
    assert text == '{"a":true,"b":[1,2.5,null],"имя":"Щёголев"}'
    assert json.loads(text) == payload
