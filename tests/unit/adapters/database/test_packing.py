"""Long payloads of the journal are kept small, come back letter by letter, and whatever is changed in them is found."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.packing import SHORTEST, Packing
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.journal import canonical_json, next_entry
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.ports import UnitOfWork

from .history_samples import recorded
from .samples import KEY, MORNING, connection_of

SEVERAL = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
payloads = st.dictionaries(
    st.text(), st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30)
)
GUARDS = ("journal_never_changes", "journal_never_shrinks", "journal_has_no_gaps")
SAMPLE_GUARDS = ("journal_sample_never_changes", "journal_sample_never_shrinks", "journal_sample_has_no_gaps")


def _append(work: UnitOfWork, payload: dict[str, Any], kind: str = "operation.checkout") -> int:
    head = work.journal.head()
    entry = next_entry(
        head,
        op_id=uuid7(),
        site_id=work.site_id,
        wall_at=MORNING + timedelta(minutes=head.site_seq),
        kind=kind,
        payload=payload,
        key=KEY,
    )
    work.journal.append(entry)
    return entry.site_seq


def _stored(database: SqliteDatabase, seq: int) -> str | bytes:
    query = f"SELECT payload FROM journal WHERE site_seq = {seq}"
    stored: str | bytes = database.read(lambda work: connection_of(work).exec_driver_sql(query).scalar_one())
    return stored


@given(payload=payloads, toolkit=st.sampled_from(("A", "Б", "", None, 7)), padding=st.integers(0, 3000))
@SEVERAL
def test_any_payload_comes_back_letter_by_letter(
    database: SqliteDatabase, payload: dict[str, Any], toolkit: object, padding: int
) -> None:
    payload = {**payload, "toolkit": toolkit, "padding": "ё" * padding}
    seq = database.write(lambda work: _append(work, payload))
    stored = _stored(database, seq)
    text = database.read(lambda work: Packing(connection_of(work)).text(stored))
    assert text == canonical_json(json.loads(canonical_json(payload)))
    assert isinstance(stored, bytes) == (len(text) >= SHORTEST)
    assert verify_journal(database, key=KEY).whole


def test_what_operations_with_one_toolkit_say_again_costs_little(database: SqliteDatabase) -> None:
    recorded(database, 3, 80)
    sizes = [
        (len(canonical_json(entry.payload)), len(_stored(database, entry.site_seq))) for entry in _entries(database)
    ]
    assert all(isinstance(_stored(database, seq), bytes) for seq in (1, 40, 80))
    assert sum(packed for _, packed in sizes) < 0.3 * sum(text for text, _ in sizes)


def _entries(database: SqliteDatabase) -> list[Any]:
    return database.read(lambda work: list(work.journal.entries()))


def test_a_toolkit_that_was_changed_gets_a_new_sample_but_not_every_time(database: SqliteDatabase) -> None:
    def noise(random: Random) -> dict[str, Any]:
        return {"toolkit": "A", "said": "".join(random.choice("abcdefghijklmnop") for _ in range(1500))}

    random = Random(1)
    database.write(lambda work: [_append(work, noise(random)) for _ in range(1200)])
    kept = database.read(
        lambda work: connection_of(work).exec_driver_sql("SELECT since_seq FROM journal_sample").scalars().all()
    )
    assert list(kept) == [1, 501, 1001]
    assert verify_journal(database, key=KEY).whole


def test_a_rolled_back_sample_is_not_relied_on(database: SqliteDatabase) -> None:
    payload = {"toolkit": "A", "said": "x" * 2000}

    def fail(work: UnitOfWork) -> None:
        _append(work, payload)
        raise LookupError

    with pytest.raises(LookupError):
        database.write(fail)
    database.write(lambda work: _append(work, payload))
    assert verify_journal(database, key=KEY).whole


def test_what_is_packed_is_found_by_what_it_says(database: SqliteDatabase) -> None:
    for number in range(30):
        payload = {"toolkit": "A", "of": f"tool {number % 3}", "padding": "x" * 2000 * (number % 2)}
        database.write(lambda work, payload=payload: _append(work, payload, "tools_imported"))  # type: ignore[misc]
    found = database.read(lambda work: work.journal.mentioning("tool 2", ("tools_imported", "other"), limit=4))
    assert [entry.site_seq for entry in found] == [30, 27, 24, 21]
    assert database.read(lambda work: work.journal.mentioning("tool 2", ("other",), limit=4)) == []


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7), what=st.sampled_from(("payload", "sample")))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_flipped_bit_of_a_packed_payload_or_of_its_sample_changes_a_word_unnoticed(
    packed: tuple[SqliteDatabase, Path], at: int, bit: int, what: str
) -> None:
    database, path = packed
    place = (
        ("journal", "payload", "site_seq", 3) if what == "payload" else ("journal_sample", "content", "sample_id", 1)
    )
    table, column, key, number = place
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        where = f"FROM {table} WHERE {key} = {number}"
        before = intruder.execute(f"SELECT {column} {where}").fetchone()[0]
        changed = bytearray(before)
        changed[at % len(changed)] ^= 1 << bit
        intruder.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = {number}", (bytes(changed),))
        try:
            # Not every bit makes a difference to what is said: of the sample only what some payload takes over from it;
            # of a payload not those that fill its last byte or that name another place with the same letters.
            said = [entry.payload for entry in _entries(database)] if verify_journal(database, key=KEY).whole else None
        finally:
            intruder.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = {number}", (before,))
    if said is not None:
        assert said == [entry.payload for entry in _entries(database)]
    assert verify_journal(database, key=KEY).whole


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("packed") / "data"
    database = SqliteDatabase.open(folder)
    recorded(database, 5, 6)
    path = DataFolder(folder).database
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        for guard in GUARDS + SAMPLE_GUARDS:
            intruder.execute(f"DROP TRIGGER {guard}")
    yield database, path
    database.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_sample SET content = x'00'",
        "DELETE FROM journal_sample",
        "INSERT OR REPLACE INTO journal_sample SELECT * FROM journal_sample",
        "INSERT INTO journal_sample SELECT sample_id + 5, about, since_seq, content FROM journal_sample",
    ],
)
def test_samples_only_ever_grow(database: SqliteDatabase, statement: str) -> None:
    recorded(database, 5, 3)
    with pytest.raises(IntegrityError, match="the journal"):
        database.write(lambda work: connection_of(work).exec_driver_sql(statement))
    assert verify_journal(database, key=KEY).whole


def test_an_operation_whose_entry_was_damaged_hides_no_other_and_says_so_itself(
    packed: tuple[SqliteDatabase, Path],
) -> None:
    database, path = packed
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        before = intruder.execute("SELECT payload FROM journal WHERE site_seq = 3").fetchone()[0]
        intruder.execute("UPDATE journal SET payload = x'0102' WHERE site_seq = 3")
        try:
            every = database.read(lambda work: work.operations.recent(limit=10))
            damaged = next(made for made in every if made.site_seq == 3)
            assert len(every) == 6
            assert all(made.result["positions"] for made in every if made is not damaged)
            with pytest.raises(DatabaseProblem) as raised:
                damaged.result["positions"]
        finally:
            intruder.execute("UPDATE journal SET payload = ? WHERE site_seq = 3", (before,))
    assert raised.value.code == "database.journal_unreadable"
