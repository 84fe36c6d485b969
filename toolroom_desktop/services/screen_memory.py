"""What the windows remember of how somebody likes them: nothing that is a record, or that is missed for long."""

from __future__ import annotations

from typing import Any, Protocol

STATION = ""
"""Whose memory it is that everybody at this station shares."""


class ScreenMemory(Protocol):
    """Plain JSON by person (a badge, or `STATION`) and by name. May be used from any thread."""

    def recall(self, whose: str, name: str) -> Any:
        """What was kept last; None for nothing, also where it cannot be read."""

    def keep(self, whose: str, name: str, value: Any) -> None:
        """Keep it in place of what was there; raises `BadInput` of `file.*` where the disk does not take it."""
