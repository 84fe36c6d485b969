"""The station's own day and time."""

from __future__ import annotations

from datetime import date, timedelta

from toolroom_desktop.services.ports import Clock


def local_day(clock: Clock) -> date:
    """Today where the station stands."""
    now = clock.now()
    return (now + timedelta(minutes=clock.local_offset_minutes(now))).date()
