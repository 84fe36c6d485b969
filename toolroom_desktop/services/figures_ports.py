"""What the figures need of the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from toolroom_desktop.services.history_rows import HistoryFilter


class Grouping(StrEnum):
    """What a figure is for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    PERSON = "person"
    KIT = "kit"
    TOOLKIT = "toolkit"
    MODEL = "model"
    SITE = "site"
    TOOL_CLASS = "tool_class"  # of tools that were found missing


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over some operations.

    looked      recognition judged a picture
    first_pass  of those: it found all at once and nobody counted
    counts      a person counted by hand
    durations   how many took so many seconds, rounded
    missing     tools that were found missing
    """

    operations: int = 0
    looked: int = 0
    first_pass: int = 0
    counts: int = 0
    durations: Mapping[int, int] | None = None
    missing: int = 0


class FiguresRepository(Protocol):
    """Counts over the history. `durations` are counted only where they are asked for: they cost most."""

    def tally(self, wanted: HistoryFilter, *, durations: bool = False) -> Tally:
        """Of all operations that the filter finds."""

    def tallies(
        self, wanted: HistoryFilter, grouping: Grouping, *, durations: bool = False
    ) -> list[tuple[str, str, Tally]]:
        """Of every person, kit, toolkit, model, station or tool class, as (key, title, tally), in any order."""
