"""Figures are exactly what counting the operations one by one gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.services.figures_ports import Grouping, Tally
from toolroom_desktop.services.history_findings import findings_of
from toolroom_desktop.services.history_rows import Finding, HistoryFilter
from toolroom_desktop.services.ports import UnitOfWork

from .history_samples import any_filter, any_operation, fits, recorded, write

SEVERAL = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SECOND, HALF = timedelta(seconds=1), timedelta(seconds=0.5)
KEYS = {
    Grouping.PERSON: lambda made: made.person_badge,
    Grouping.KIT: lambda made: made.kit,
    Grouping.TOOLKIT: lambda made: made.toolkit,
    Grouping.MODEL: lambda made: made.model_sha256,
    Grouping.SITE: lambda made: made.site_id,
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SqliteDatabase, list[Operation]]]:
    database = SqliteDatabase.open(tmp_path_factory.mktemp("figures") / "data")
    yield database, recorded(database, 21, 180)
    database.close()


def missing_of(made: Operation, wanted: HistoryFilter) -> list[str]:
    """The classes of the tools that it found missing, as far as the filter asks for them."""
    return [
        said.tool_class
        for said in findings_of(made)
        if said.finding is Finding.MISSING
        and wanted.tool_class in ("", said.tool_class)
        and wanted.marking.casefold() in ("", said.marking.casefold())
    ]


def counted(operations: Iterable[Operation], wanted: HistoryFilter, *, durations: bool) -> Tally:
    """What the tally must be, operation by operation."""
    every = list(operations)
    looked = [made for made in every if made.result["frames"] > 0]
    first = [made for made in looked if made.status is Status.SUCCESS and not made.counted]
    took = Counter((made.finished_at - made.started_at + HALF) // SECOND for made in every)
    return Tally(
        operations=len(every),
        looked=len(looked),
        first_pass=len(first),
        counts=sum(bool(made.counted) for made in every),
        durations=dict(took) if durations else None,
        missing=sum(len(missing_of(made, wanted)) for made in every),
    )


@given(seed=st.integers(0, 100_000), durations=st.booleans())
@SEVERAL
def test_a_tally_is_what_the_operations_say_one_by_one(
    filled: tuple[SqliteDatabase, list[Operation]], seed: int, durations: bool
) -> None:
    database, every = filled
    wanted = any_filter(Random(seed))
    expected = counted((made for made in every if fits(made, wanted)), wanted, durations=durations)
    assert database.read(lambda work: work.figures.tally(wanted, durations=durations)) == expected


@given(seed=st.integers(0, 100_000), grouping=st.sampled_from(list(KEYS)), durations=st.booleans())
@SEVERAL
def test_every_group_is_what_its_operations_say_one_by_one(
    filled: tuple[SqliteDatabase, list[Operation]], seed: int, grouping: Grouping, durations: bool
) -> None:
    database, every = filled
    wanted = any_filter(Random(seed))
    groups: dict[str, list[Operation]] = {}
    for made in every:
        if fits(made, wanted):
            groups.setdefault(KEYS[grouping](made), []).append(made)
    expected = {key: counted(made, wanted, durations=durations) for key, made in groups.items()}
    found = database.read(lambda work: work.figures.tallies(wanted, grouping, durations=durations))
    assert {key: tally for key, _, tally in found} == expected


@given(seed=st.integers(0, 100_000))
@SEVERAL
def test_missing_tools_are_counted_by_their_class(filled: tuple[SqliteDatabase, list[Operation]], seed: int) -> None:
    database, every = filled
    wanted = any_filter(Random(seed))
    expected = Counter(name for made in every if fits(made, wanted) for name in missing_of(made, wanted))
    found = database.read(lambda work: work.figures.tallies(wanted, Grouping.TOOL_CLASS))
    assert {key: tally.missing for key, _, tally in found} == expected


def test_whoever_was_renamed_is_one_person_under_the_newest_name(database: SqliteDatabase) -> None:
    def fill(work: UnitOfWork) -> None:
        for seq, name in enumerate(("Иванова А.", "Петрова А."), start=1):
            made = any_operation(Random(seq), seq, database.site_id)
            write(work, replace(made, person_badge="T-7", person_name=name))

    database.write(fill)
    ((key, title, tally),) = database.read(lambda work: work.figures.tallies(HistoryFilter(), Grouping.PERSON))
    assert (key, title, tally.operations) == ("T-7", "Петрова А.", 2)
