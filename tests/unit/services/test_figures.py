"""Figures: days of the station, exact medians, and the way from each figure to its operations."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.services.figures import Grouping, midnight, percentile, spans_of

HOUR = timedelta(hours=1)


def moscow(_: datetime) -> timedelta:
    return 3 * HOUR


def berlin(at: datetime) -> timedelta:
    """With the summer time of 2026: from 29 March to 25 October, 01:00 UTC each."""
    summer = datetime(2026, 3, 29, 1, tzinfo=UTC) <= at < datetime(2026, 10, 25, 1, tzinfo=UTC)
    return 2 * HOUR if summer else HOUR


def test_a_day_begins_at_the_station_s_own_midnight() -> None:
    spans = spans_of(Grouping.DAY, datetime(2026, 5, 3, 21, tzinfo=UTC), datetime(2026, 5, 5, 21, tzinfo=UTC), moscow)
    assert [(day, since.astimezone(UTC), before.astimezone(UTC)) for day, since, before in spans] == [
        (date(2026, 5, 4), datetime(2026, 5, 3, 21, tzinfo=UTC), datetime(2026, 5, 4, 21, tzinfo=UTC)),
        (date(2026, 5, 5), datetime(2026, 5, 4, 21, tzinfo=UTC), datetime(2026, 5, 5, 21, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 7, 1), 24)])
def test_the_day_on_which_the_clocks_are_changed_is_shorter_or_longer(day: date, hours: int) -> None:
    since = midnight(day, berlin)
    (span,) = spans_of(Grouping.DAY, since, midnight(day + timedelta(days=1), berlin), berlin)
    assert span[0] == day
    assert span[2] - span[1] == hours * HOUR


def test_a_week_begins_on_monday_and_is_cut_where_the_period_begins() -> None:
    wednesday = datetime(2026, 5, 6, 12, tzinfo=UTC)
    spans = spans_of(Grouping.WEEK, wednesday, wednesday + timedelta(days=7), moscow)
    assert [day for day, _, _ in spans] == [date(2026, 5, 4), date(2026, 5, 11)]
    assert (spans[0][1], spans[-1][2]) == (wednesday, wednesday + timedelta(days=7))


def test_months_follow_each_other_over_the_turn_of_the_year() -> None:
    spans = spans_of(Grouping.MONTH, datetime(2026, 11, 30, tzinfo=UTC), datetime(2027, 2, 1, 1, tzinfo=UTC), moscow)
    assert [day for day, _, _ in spans] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]


@given(
    grouping=st.sampled_from([Grouping.DAY, Grouping.WEEK, Grouping.MONTH]),
    minute=st.integers(0, 365 * 24 * 60),
    length=st.timedeltas(timedelta(minutes=1), timedelta(days=90)),
)
def test_every_moment_of_the_period_lies_in_one_span_alone(grouping: Grouping, minute: int, length: timedelta) -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    spans = spans_of(grouping, since, since + length, berlin)
    assert spans[0][1] == since
    assert spans[-1][2] == since + length
    assert all(left[2] == right[1] for left, right in pairwise(spans))


@given(st.lists(st.integers(0, 600), min_size=1, max_size=60), st.sampled_from([0.5, 0.9]))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(values: list[int], share: float) -> None:
    found = percentile(Counter(values), share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)


def test_of_nothing_there_is_no_percentile() -> None:
    assert percentile({}, 0.5) is None
