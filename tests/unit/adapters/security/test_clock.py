"""The computer's clock as the services see it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from toolroom_desktop.adapters.security.clock import SystemClock
from toolroom_desktop.services import ports


@pytest.fixture
def in_time_zone() -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its time zone for one process")
    before = os.environ.get("TZ")
    yield
    os.environ.pop("TZ", None)
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


def test_now_is_aware_and_in_utc() -> None:
    clock: ports.Clock = SystemClock()
    now = clock.now()
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


# POSIX rules count westwards; they need no time zone files.
@pytest.mark.parametrize(
    ("zone", "month", "minutes"),
    [
        ("MSK-3", 1, 180),
        ("UTC0", 1, 0),
        ("IST-5:30", 1, 330),
        ("NST3:30NDT,M3.2.0,M11.1.0", 1, -210),
        ("NST3:30NDT,M3.2.0,M11.1.0", 7, -150),
    ],
)
def test_the_offset_is_that_of_the_station_at_the_time(in_time_zone: None, zone: str, month: int, minutes: int) -> None:
    os.environ["TZ"] = zone
    time.tzset()
    assert SystemClock().local_offset_minutes(datetime(2026, month, 15, 12, tzinfo=UTC)) == minutes


def test_spans_only_grow() -> None:
    clock = SystemClock()
    times = [clock.monotonic() for _ in range(100)]
    assert times == sorted(times)
