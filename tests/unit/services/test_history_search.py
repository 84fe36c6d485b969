"""A search of the history as a person means it: days by the station's own clock, kept so that it still holds later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fakes import HandClock
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.history_rows import Finding, HistoryFilter, Order
from toolroom_desktop.services.history_search import PERIOD, Period, Search, search_for, search_json, search_of
from toolroom_desktop.services.station_time import local_day

EVERYTHING = (
    Search(
        HistoryFilter(
            types=frozenset({OperationType.CHECKIN}),
            final_statuses=frozenset({Status.DISCREPANCY, Status.MANUAL_CHECK}),
            findings=frozenset({Finding.MISSING}),
            aircraft="RA-89001",
            with_case=True,
            count_owed=False,
            text="мотогондола",
        ),
        order=Order.OLDEST_FIRST,
    )
    .having("person", "T-7", "Соколов А. Д.")
    .within(Period.DAYS, date(2026, 5, 1), date(2026, 5, 3))
)


def days(clock: HandClock, search: Search) -> tuple[str, str]:
    """Both ends of what is asked for, by the station's own clock."""
    wanted = search.filter(clock)

    def local(at: datetime | None) -> str:
        return "" if at is None else str((at + timedelta(minutes=clock.local_offset_minutes(at))).replace(tzinfo=None))

    return local(wanted.since), local(wanted.before)


@pytest.mark.parametrize(
    ("period", "first", "after"),
    [
        (Period.TODAY, 0, 1),
        (Period.YESTERDAY, -1, 0),
        (Period.WEEK, -6, 1),
        (Period.MONTH, -29, 1),
        (Period.YEAR, -364, 1),
    ],
)
def test_a_period_is_whole_days_where_the_station_stands(period: Period, first: int, after: int) -> None:
    clock = HandClock()
    today = local_day(clock)
    ends = tuple(f"{today + timedelta(days=by)} 00:00:00" for by in (first, after))
    assert days(clock, Search().within(period)) == ends


def test_a_period_is_meant_anew_each_day() -> None:
    clock = HandClock()
    search = Search().within(Period.TODAY)
    before = search.filter(clock)
    clock.advance(24 * 3600)
    assert search.filter(clock).since == before.before


def test_fixed_days_stay_and_may_be_open_at_an_end() -> None:
    clock = HandClock()
    assert days(clock, Search().within(Period.DAYS, date(2026, 5, 1), date(2026, 5, 1))) == (
        "2026-05-01 00:00:00",
        "2026-05-02 00:00:00",
    )
    assert days(clock, Search().within(Period.DAYS, None, date(2026, 5, 1))) == ("", "2026-05-02 00:00:00")


def test_every_part_is_named_and_can_be_dropped_by_itself() -> None:
    search = EVERYTHING
    for part in search.parts():
        left = search.without(part)
        assert set(left.parts()) == set(search.parts()) - {part}
    assert PERIOD in search.parts()
    assert "person" not in search.without("person").titles
    assert Search().parts() == ()
    assert not Search().anything
    assert Search().having("text", "K-014").anything


def test_a_search_is_the_same_after_it_was_kept() -> None:
    assert search_of(search_json(EVERYTHING)) == EVERYTHING
    assert search_of(search_json(Search())) == Search()


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        {},
        {"wanted": {"no_such_field": 1}, "order": "newest_first", "titles": {}},
        {"wanted": {"types": ["landing"]}, "order": "newest_first", "titles": {}},
        {"wanted": {"since": "2026-05-01"}, "order": "newest_first", "titles": {}},
        {"wanted": {"with_case": "yes"}, "order": "newest_first", "titles": {}},
        {"wanted": {}, "order": "sideways", "titles": {}},
        {"wanted": {}, "order": "newest_first", "titles": {}, "period": "days", "first": "soon"},
    ],
)
def test_what_is_no_search_is_none(said: object) -> None:
    assert search_of(said) is None


def test_a_filter_with_moments_becomes_a_search_of_days() -> None:
    clock = HandClock()
    search = Search().within(Period.DAYS, date(2026, 5, 1), date(2026, 5, 7)).having("kit", "K-014")
    assert search_for(search.filter(clock), clock) == search
    assert search_for(HistoryFilter(kit="K-014"), clock) == Search().having("kit", "K-014")
    moment = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
    since = search_for(HistoryFilter(since=moment), clock)
    assert since.first == (moment + timedelta(minutes=clock.local_offset_minutes(moment))).date()
