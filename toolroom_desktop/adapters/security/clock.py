"""The computer's clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """Fulfils `services.ports.Clock`."""

    def now(self) -> datetime:
        """Now, aware, in UTC."""
        return datetime.now(UTC)

    def local_offset_minutes(self, at: datetime) -> int:
        """The station's offset from UTC at that time, in minutes, with summer time where there is one."""
        offset = at.astimezone().utcoffset()
        assert offset is not None
        return round(offset.total_seconds() / 60)

    def monotonic(self) -> float:
        """Seconds that only go forward, for measuring spans."""
        return time.monotonic()
