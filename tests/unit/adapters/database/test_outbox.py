"""What of the records waits for the centre."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.adapters.database.samples import KEY, MORNING, connection_of, photo_of, record
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.journal import content_hash, content_text, next_entry
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.sync.ports import File, Memory, Place, Waiting

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    opened = SqliteDatabase.open(tmp_path, site_id_factory=lambda: "ангар «1»")
    yield opened
    opened.close()


def fill(work: UnitOfWork, count: int = 5) -> None:
    for number in range(count):
        record(work, kit=f"K-{number}")


@pytest.mark.parametrize(
    "payload",
    [
        {"note": 'Коловорот «3/8"» \\ в ангаре\n\t\x01 \u2028'},
        {"number": 0.1, "big": 10**30, "small": 5e-324, "nothing": None, "truth": [True, False]},
        {"б": 1, "a": {"я": [], "z": {}}},
    ],
)
@pytest.mark.parametrize("model", [None, "f" * 64])
def test_what_travels_is_the_very_text_that_was_hashed(
    database: SqliteDatabase, payload: dict[str, object], model: str | None
) -> None:
    def append(work: UnitOfWork) -> None:
        entry = next_entry(
            work.journal.head(),
            op_id=uuid7(),
            site_id=work.site_id,
            wall_at=MORNING,
            kind="вид «x»",
            payload=payload,
            key=KEY,
            model_sha256=model,
        )
        work.journal.append(entry)

    database.write(append)
    database.write(append)
    entries = database.read(lambda work: list(work.journal.entries()))
    outgoing = database.read(lambda work: work.outbox.after(0, most=10, most_bytes=1 << 20))
    assert [sent.content for sent in outgoing] == [content_text(entry) for entry in entries]
    assert [(sent.seq, sent.prev, sent.hash, sent.seal) for sent in outgoing] == [
        (entry.site_seq, entry.prev_hash, content_hash(entry), entry.seal) for entry in entries
    ]


def test_a_batch_has_an_end_by_number_and_by_size_but_is_never_empty(database: SqliteDatabase) -> None:
    database.write(fill)

    def seqs(after: int, most: int, most_bytes: int) -> list[int]:
        return [
            sent.seq for sent in database.read(lambda work: work.outbox.after(after, most=most, most_bytes=most_bytes))
        ]

    size = len(database.read(lambda work: work.outbox.after(0, most=1, most_bytes=1))[0].content)
    assert seqs(0, 3, 1 << 20) == [1, 2, 3]
    assert seqs(3, 3, 1 << 20) == [4, 5]
    assert seqs(5, 3, 1 << 20) == []
    assert seqs(0, 9, 2 * size + 100) == [1, 2]
    assert seqs(0, 9, 1) == [1]


def test_acknowledging_goes_in_slices_and_can_be_taken_back(database: SqliteDatabase) -> None:
    database.write(fill)

    def acknowledge(upto: int, most: int) -> int:
        return database.write(lambda work: work.outbox.acknowledge(upto, NOON, most=most))

    assert [acknowledge(4, 3), acknowledge(4, 3), acknowledge(4, 3)] == [3, 1, 0]
    assert database.read(lambda work: work.outbox.waiting()).operations == 1
    taken = [database.write(lambda work: work.outbox.take_back(1, most=2)) for _ in range(3)]
    assert taken == [2, 1, 0]
    assert database.read(lambda work: work.outbox.waiting()).operations == 4


def test_the_place_of_an_entry_is_its_hash(database: SqliteDatabase) -> None:
    database.write(fill)
    head = database.read(lambda work: work.journal.head())
    assert database.read(lambda work: work.outbox.place(5)) == Place(5, head.hash)
    assert database.read(lambda work: work.outbox.place(6)) is None
    hashes = database.read(lambda work: work.outbox.hashes(3, 5))
    assert hashes == [
        sent.hash for sent in database.read(lambda work: work.outbox.after(3, most=9, most_bytes=1 << 20))
    ]


def test_files_wait_until_they_are_whole_over_there(database: SqliteDatabase) -> None:
    database.write(lambda work: fill(work, 2))
    names = sorted(photo_of(seq, kind) for seq in (1, 2) for kind in ("clean", "annotated"))
    assert database.read(lambda work: work.outbox.waiting()) == Waiting(2, 4, 480_000)
    database.write(lambda work: work.outbox.acknowledge_file(names[0], 120_000, NOON))
    database.write(lambda work: work.outbox.acknowledge_file(names[1], 20_000, NOON))
    assert database.read(lambda work: work.outbox.waiting()) == Waiting(2, 3, 340_000)
    assert database.read(lambda work: work.outbox.acknowledged_files()) == (1, 120_000)
    assert database.read(lambda work: work.outbox.files("", most=2)) == [
        File(names[1], 120_000, 20_000),
        File(names[2], 120_000, 0),
    ]
    assert database.read(lambda work: work.outbox.files(names[2], most=9)) == [File(names[3], 120_000, 0)]
    assert database.write(lambda work: work.outbox.take_back_files()) == 2
    assert database.read(lambda work: work.outbox.waiting()).bytes == 480_000


def test_memory_is_kept_and_replaced(database: SqliteDatabase) -> None:
    assert database.read(lambda work: work.outbox.memory()) == Memory()
    memory = Memory("epoch 1", NOON, None)
    database.write(lambda work: work.outbox.remember(memory))
    database.write(lambda work: work.outbox.remember(replace(memory, digest_at=NOON)))
    assert database.read(lambda work: work.outbox.memory()) == Memory("epoch 1", NOON, NOON)


def test_what_waits_is_counted_by_an_index(database: SqliteDatabase) -> None:
    database.write(fill)

    def plan(sql: str) -> str:
        return database.read(
            lambda work: " ".join(
                str(row[3]) for row in connection_of(work).exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all()
            )
        )

    assert "ix_journal_waiting" in plan("SELECT count(*) FROM journal WHERE acked_at IS NULL")
    sums = "SELECT count(*), sum(size - acked_bytes) FROM evidence WHERE acked_bytes < size"
    assert "ix_evidence_waiting" in plan(sums)
    files = "SELECT sha256, size, acked_bytes FROM evidence WHERE acked_bytes < size AND sha256 > 'a' ORDER BY sha256"
    assert "ix_evidence_waiting" in plan(files)
