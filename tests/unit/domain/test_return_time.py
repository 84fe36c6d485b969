"""Until when a kit is wanted: what is offered, and what somebody types."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone

import pytest

from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.return_time import end_of_shift, typed_return

HERE = timezone(timedelta(hours=3))
NOW = datetime(2026, 12, 5, 14, 20, 31, tzinfo=HERE)
ENDS = (time(8), time(20))


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (NOW, datetime(2026, 12, 5, 20, tzinfo=HERE)),
        (NOW.replace(hour=20, minute=0, second=0), datetime(2026, 12, 6, 8, tzinfo=HERE)),
        (NOW.replace(hour=23), datetime(2026, 12, 6, 8, tzinfo=HERE)),
        (NOW.replace(hour=3), datetime(2026, 12, 5, 8, tzinfo=HERE)),
    ],
)
def test_the_shift_ends_at_the_next_of_the_set_times(now: datetime, end: datetime) -> None:
    assert end_of_shift(now, ENDS) == end
    assert end_of_shift(now, reversed(ENDS)) == end


def test_without_set_times_there_is_no_end_of_shift() -> None:
    assert end_of_shift(NOW, ()) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("18:30", datetime(2026, 12, 5, 18, 30, tzinfo=HERE)),
        (" 18.30 ", datetime(2026, 12, 5, 18, 30, tzinfo=HERE)),
        ("9:05", datetime(2026, 12, 6, 9, 5, tzinfo=HERE)),
        ("14:20", datetime(2026, 12, 6, 14, 20, tzinfo=HERE)),
        ("07.12 08:00", datetime(2026, 12, 7, 8, tzinfo=HERE)),
        ("7.12. 8:00", datetime(2026, 12, 7, 8, tzinfo=HERE)),
        ("3.1 8:00", datetime(2027, 1, 3, 8, tzinfo=HERE)),
        ("07.12.2026 08:00", datetime(2026, 12, 7, 8, tzinfo=HERE)),
        ("2026-12-07 08:00", datetime(2026, 12, 7, 8, tzinfo=HERE)),
        ("2020-12-07 08:00", datetime(2020, 12, 7, 8, tzinfo=HERE)),
    ],
)
def test_a_typed_time_is_read_as_it_is_said(text: str, at: datetime) -> None:
    assert typed_return(text, NOW) == at


@pytest.mark.parametrize(
    "text", ["", "soon", "25:00", "12:60", "31.02 08:00", "2026-13-01 08:00", "1830", "18:30 tomorrow"]
)
def test_what_is_no_time_is_told_so(text: str) -> None:
    with pytest.raises(BadInput, match=re.escape("operation.return_unreadable")):
        typed_return(text, NOW)


def test_the_last_day_of_february_is_found_in_the_next_leap_year_only() -> None:
    with pytest.raises(BadInput):
        typed_return("29.02 08:00", datetime(2026, 12, 5, tzinfo=UTC))
