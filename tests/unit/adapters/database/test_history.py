"""Any filter of the history finds what it means, page by page, and goes by an index."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.history_plan import Planner
from toolroom_desktop.adapters.database.history_writer import HistoryWriter
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.migrate import SHIPPED
from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.config.paths import resource
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.services.history_query import HistoryQueries
from toolroom_desktop.services.history_rows import (
    Choice,
    Counted,
    Finding,
    HistoryFilter,
    HistoryPage,
    Order,
    Part,
    Position,
)
from toolroom_desktop.services.ports import UnitOfWork

from .history_samples import PEOPLE, any_filter, any_operation, fits, recorded, write
from .samples import connection_of

SEVERAL = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
COUNT = 160
TABLES = ("history", "history_person", "history_finding", "history_day")
seeds = st.integers(0, 100_000)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SqliteDatabase, list[Operation]]]:
    """A database with operations of all kinds, the oldest first."""
    database = SqliteDatabase.open(tmp_path_factory.mktemp("history") / "data")
    yield database, recorded(database, 5, COUNT)
    database.close()


def numbers(page: HistoryPage) -> list[int]:
    return [row.site_seq for row in page.rows]


@given(seed=seeds, order=st.sampled_from(Order), limit=st.integers(1, 9))
@SEVERAL
def test_any_filter_finds_what_it_means_page_by_page_and_back(
    filled: tuple[SqliteDatabase, list[Operation]], seed: int, order: Order, limit: int
) -> None:
    database, every = filled
    wanted = any_filter(Random(seed))
    expected = [made.site_seq for made in every if fits(made, wanted)]
    if order is Order.NEWEST_FIRST:
        expected.reverse()
    history = HistoryQueries(database)
    pages = [history.page(wanted, order=order, limit=limit)]
    assert pages[0].previous is None
    while pages[-1].next is not None:
        pages.append(history.page(wanted, order=order, at=pages[-1].next, limit=limit))
    assert [number for page in pages for number in numbers(page)] == expected
    assert history.count(wanted) == Counted(len(expected))
    assert history.count(wanted, most=3) == Counted(min(3, len(expected)), more=len(expected) > 3)
    streamed = history.stream(wanted, lambda rows: [row.site_seq for row in rows], order=order)
    assert streamed == expected
    for before, page in itertools.pairwise(pages):
        assert page.previous is not None
        assert numbers(history.page(wanted, order=order, at=page.previous, limit=limit)) == numbers(before)


@given(seed=seeds, order=st.sampled_from(Order), limit=st.integers(1, 9), which=st.integers(0, COUNT - 1))
@SEVERAL
def test_the_page_around_an_operation_has_it_and_goes_on_both_ways(
    filled: tuple[SqliteDatabase, list[Operation]], seed: int, order: Order, limit: int, which: int
) -> None:
    database, every = filled
    wanted, made = any_filter(Random(seed)), every[which]
    history = HistoryQueries(database)
    page = history.around(wanted, made.operation_id, order=order, limit=limit)
    if not fits(made, wanted):
        assert page is None
        return
    assert page is not None
    expected = [one.site_seq for one in every if fits(one, wanted)]
    if order is Order.NEWEST_FIRST:
        expected.reverse()
    shown = numbers(page)
    start = expected.index(shown[0])
    assert shown == expected[start : start + len(shown)]
    assert made.site_seq in shown
    assert (page.previous is not None) == (start > 0)
    assert (page.next is not None) == (start + len(shown) < len(expected))


@given(seed=seeds)
@example(seed=0)
@SEVERAL
def test_no_filter_reads_a_whole_table_or_sorts_what_it_finds(
    filled: tuple[SqliteDatabase, list[Operation]], seed: int
) -> None:
    database, _ = filled
    wanted = any_filter(Random(seed))

    def explained(work: SqlUnitOfWork) -> list[str]:
        driver = driver_of(connection_of(work))
        plan = Planner(driver, work.site_id).plan(wanted)
        if plan.empty:
            return []
        query, parameters = plan.numbers(newest_first=True, limit=51, after=100)
        return [step[3] for step in driver.execute(f"EXPLAIN QUERY PLAN {query}", parameters)]

    steps = database.read(explained)
    # Full text is walked by its own index, which the plan calls a scan of the virtual table.
    assert not [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in step], steps
    assert not [step for step in steps if "TEMP B-TREE" in step], steps


def test_a_row_says_what_the_operation_says(filled: tuple[SqliteDatabase, list[Operation]]) -> None:
    database, every = filled
    history = HistoryQueries(database)
    for made in every[:40]:
        row = history.row(made.operation_id)
        assert (row.type, row.kit, row.toolkit, row.note) == (made.type, made.kit, made.toolkit, made.note)
        assert (row.started_at, row.finished_at) == (made.started_at, made.finished_at)
        assert (row.status, row.final_status, row.cases) == (made.status, made.final_status, made.cases)
        assert (row.person.badge, row.person.name) == (made.person_badge, made.person_name)
        assert (row.model, row.model_sha256, row.site_id) == (made.model_name, made.model_sha256, made.site_id)
        assert (row.count_owed, row.counted) == (made.count_owed, bool(made.counted))
        assert not row.has_photos
        if not made.counted:
            missing = [p["class_name"] for p in made.result["positions"] if p["state"] == "missing"]
            assert list(row.tools(Finding.MISSING)) == missing


def test_what_is_said_of_an_operation_later_is_found_and_what_it_said_before_is_not(database: SqliteDatabase) -> None:
    every = recorded(database, 11, 60)
    random = Random(12)
    amended: list[Operation] = []
    for made in every:
        other = any_operation(random, made.site_seq, made.site_id)
        names = ("final_status", "counted", "note", "witness_badge", "witness_name", "work_order", "aircraft", "cases")
        amended.append(replace(made, **{name: getattr(other, name) for name in names}))

    def amend(work: UnitOfWork) -> None:
        for made in amended:
            work.operations.amend(made)

    database.write(amend)
    for seed in range(150):
        wanted = any_filter(random)
        expected = [made.site_seq for made in reversed(amended) if fits(made, wanted)]
        assert numbers(HistoryQueries(database).page(wanted, limit=99)) == expected, (seed, wanted)
    assert _kept(database) == _kept_anew(database)


def _kept(database: SqliteDatabase) -> dict[str, list[tuple[object, ...]]]:
    def look(work: SqlUnitOfWork) -> dict[str, list[tuple[object, ...]]]:
        driver = driver_of(connection_of(work))
        return {name: driver.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in TABLES}

    return database.read(look)


def _kept_anew(database: SqliteDatabase) -> dict[str, list[tuple[object, ...]]]:
    """The same after writing everything once more from the operations; full text is checked on the way."""

    def again(work: SqlUnitOfWork) -> None:
        driver = driver_of(connection_of(work))
        driver.execute("INSERT INTO history_text (history_text) VALUES ('integrity-check')")
        for name in TABLES:
            driver.execute(f"DELETE FROM {name}")
        driver.execute("INSERT INTO history_text (history_text) VALUES ('delete-all')")
        writer = HistoryWriter(connection_of(work))
        for made in reversed(work.operations.recent(limit=10_000)):
            writer.add(made)

    database.write(again)
    return _kept(database)


def test_an_operation_that_is_not_recorded_leaves_no_trace_in_the_history(database: SqliteDatabase) -> None:
    before = _kept(database)

    def fail(work: SqlUnitOfWork) -> None:
        write(work, any_operation(Random(1), 1, work.site_id))
        raise LookupError

    with pytest.raises(LookupError):
        database.write(fail)
    assert _kept(database) == before
    assert HistoryQueries(database).count(HistoryFilter(text="ra")) == Counted(0)


def test_a_page_beyond_the_end_is_empty_and_leads_back(filled: tuple[SqliteDatabase, list[Operation]]) -> None:
    database, _ = filled
    history = HistoryQueries(database)
    page = history.page(HistoryFilter(), at=Position(1), limit=5)
    assert page.rows == ()
    assert page.next is None
    assert page.previous is not None
    assert numbers(history.page(HistoryFilter(), at=page.previous, limit=5)) == [5, 4, 3, 2, 1]


def test_a_page_before_a_short_beginning_is_filled_up(filled: tuple[SqliteDatabase, list[Operation]]) -> None:
    database, _ = filled
    page = HistoryQueries(database).page(HistoryFilter(), at=Position(COUNT - 1, back=True), limit=5)
    assert numbers(page) == [COUNT - number for number in range(5)]
    assert page.previous is None


def test_somebody_is_found_by_badge_and_by_name_as_what_they_took_part(database: SqliteDatabase) -> None:
    made = replace(any_operation(Random(3), 1, database.site_id), person_badge="T-1", person_name="Иванов И. И.")
    made = replace(made, giver_badge="S-1", giver_name="Ёлкин А.", witness_badge="", holder_badge="")
    database.write(lambda work: write(work, made))
    history = HistoryQueries(database)
    for person, part, found in (
        (" t-1 ", Part.DID, 1),
        ("иванов и. и.", Part.DID, 1),
        ("T-1", Part.GAVE, 0),
        ("ёлкин а.", Part.GAVE, 1),
        ("Ёлкин", Part.GAVE, 0),
        ("S-1", Part.HOLDS, 0),
    ):
        wanted = HistoryFilter(person=person, parts=frozenset({part}))
        assert history.count(wanted) == Counted(found), (person, part)
    assert history.count(HistoryFilter(text="елкин")) == Counted(1)


def test_another_station_has_nothing_here(filled: tuple[SqliteDatabase, list[Operation]]) -> None:
    database, _ = filled
    history = HistoryQueries(database)
    assert history.count(HistoryFilter(site="another")) == Counted(0)
    assert history.count(HistoryFilter(site=database.site_id.upper())) == Counted(COUNT)


def test_filters_are_chosen_from_what_occurred(filled: tuple[SqliteDatabase, list[Operation]]) -> None:
    database, _ = filled
    history = HistoryQueries(database)
    assert {known.value for known in history.choices(Choice.PERSON)} == {badge for badge, _ in PEOPLE}
    assert [known.title for known in history.choices(Choice.PERSON, "ЩЁГ")] == ["Щёголев П. И."]
    assert [known.value for known in history.choices(Choice.WORK_ORDER, "10")] == ["НЗ-100", "НЗ-101"]
    assert [known.title for known in history.choices(Choice.MODEL, "SECOND")] == ["second"]
    assert [known.value for known in history.choices(Choice.KIT, limit=1)] == ["K-1"]
    assert [known.value for known in history.choices(Choice.SITE)] == [database.site_id]


@pytest.mark.parametrize("schema", SHIPPED.revisions)
def test_the_operations_of_every_released_schema_come_into_the_history(data_folder: Path, schema: str) -> None:
    data_folder.mkdir()
    dump = resource("selftest", "schemas", f"schema_{schema}.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(DataFolder(data_folder).database)) as old:
        old.executescript(dump)
    database = SqliteDatabase.open(data_folder)
    history = HistoryQueries(database)
    assert numbers(history.page(HistoryFilter())) == [4, 3, 2, 1]
    assert numbers(history.page(HistoryFilter(types=frozenset({OperationType.CHECKIN})))) == [3]
    assert numbers(history.page(HistoryFilter(text="щегол 32s 02 коловорот"))) == [2]
    missing = HistoryFilter(findings=frozenset({Finding.MISSING}), tool_class="brace")
    assert numbers(history.page(missing)) == [4, 3, 2, 1]
    assert numbers(history.page(HistoryFilter(final_statuses=frozenset({Status.SUCCESS})))) == []
    assert _kept(database) == _kept_anew(database)
    database.close()
