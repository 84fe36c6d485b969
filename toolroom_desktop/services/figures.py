"""Figures of the toolroom's work, each with the way to the operations that it was made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from math import ceil

from toolroom_desktop.services.figures_ports import Grouping as Grouping
from toolroom_desktop.services.figures_ports import Tally as Tally
from toolroom_desktop.services.history_rows import Finding, HistoryFilter, Part
from toolroom_desktop.services.ports import Clock, Database

MOST_RANKED = 15


class Measure(StrEnum):
    """What is measured."""

    OPERATIONS = "operations"
    FIRST_PASS = "first_pass"  # noqa: S105 - share of the looks of recognition that found all at once
    COUNTS = "counts"  # counts by hand
    HANDLING = "handling"  # from the beginning of an operation to its record
    MISSING = "missing"  # tools that were found missing


TIMES = (Grouping.DAY, Grouping.WEEK, Grouping.MONTH)


@dataclass(frozen=True, slots=True)
class Figure:
    """One value. `value` is None where there was nothing to measure.

    key, title   the group: a person's badge and name, a kit's number twice, the first day of a week twice
    value        a number, a share 0..100, or the median in seconds
    high         with a median: the time within which 9 of 10 were done, in seconds
    of           how many operations it was made of
    wanted       finds the operations that whoever sees the figure wants to see
    """

    key: str
    title: str
    value: float | None
    high: float | None
    of: int
    wanted: HistoryFilter


@dataclass(frozen=True, slots=True)
class Figures:
    """Questions about figures. Each sees one consistent state of the records."""

    database: Database
    clock: Clock

    def ask(self, measure: Measure, grouping: Grouping, wanted: HistoryFilter) -> list[Figure]:
        """Over time: every day, week or month of the filter's period, the oldest first. Else the highest ones first.

        Raises `ValueError` for a grouping over time without a whole period, and for tool classes of another measure.
        """
        durations = measure is Measure.HANDLING
        if grouping in TIMES:
            if wanted.since is None or wanted.before is None:
                raise ValueError("a period has two ends")
            spans = spans_of(grouping, wanted.since, wanted.before, self._offset)
            return self.database.read(
                lambda uow: [
                    _figure(
                        measure,
                        day.isoformat(),
                        day.isoformat(),
                        within,
                        uow.figures.tally(within, durations=durations),
                    )
                    for day, since, before in spans
                    for within in (replace(wanted, since=since, before=before),)
                ]
            )
        if grouping is Grouping.TOOL_CLASS and measure is not Measure.MISSING:
            raise ValueError("only missing tools are counted by their class")
        found = self.database.read(lambda uow: uow.figures.tallies(wanted, grouping, durations=durations))
        figures = [_figure(measure, key, title, _of_group(wanted, grouping, key), tally) for key, title, tally in found]
        return _ranked(measure, figures)

    def _offset(self, at: datetime) -> timedelta:
        return timedelta(minutes=self.clock.local_offset_minutes(at))


def spans_of(
    grouping: Grouping, since: datetime, before: datetime, offset: Callable[[datetime], timedelta]
) -> list[tuple[date, datetime, datetime]]:
    """The days, weeks (from Monday) or months that touch the period, as (first day, since, before), cut at its ends.

    Days begin at the station's own midnight, whatever its offset from UTC is on that day.
    """
    day = (since + offset(since)).date()
    spans: list[tuple[date, datetime, datetime]] = []
    if grouping is Grouping.WEEK:
        day -= timedelta(days=day.weekday())
    elif grouping is Grouping.MONTH:
        day = day.replace(day=1)
    while (start := midnight(day, offset)) < before:
        following = _following(grouping, day)
        spans.append((day, max(start, since), min(midnight(following, offset), before)))
        day = following
    return spans


def midnight(day: date, offset: Callable[[datetime], timedelta]) -> datetime:
    """The beginning of that day where the station stands."""
    naive = datetime.combine(day, time())
    guess = naive.replace(tzinfo=timezone(offset(naive.replace(tzinfo=UTC))))
    return naive.replace(tzinfo=timezone(offset(guess)))


def _following(grouping: Grouping, day: date) -> date:
    if grouping is Grouping.MONTH:
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day + timedelta(days=7 if grouping is Grouping.WEEK else 1)


def _of_group(wanted: HistoryFilter, grouping: Grouping, key: str) -> HistoryFilter:
    match grouping:
        case Grouping.PERSON:
            return replace(wanted, person=key, parts=wanted.parts or frozenset({Part.DID}))
        case Grouping.KIT:
            return replace(wanted, kit=key)
        case Grouping.TOOLKIT:
            return replace(wanted, toolkit=key)
        case Grouping.MODEL:
            return replace(wanted, model=key)
        case Grouping.SITE:
            return replace(wanted, site=key)
        case _:
            return replace(wanted, tool_class=key)


def _figure(measure: Measure, key: str, title: str, wanted: HistoryFilter, tally: Tally) -> Figure:
    high: float | None = None
    value: float | None
    match measure:
        case Measure.OPERATIONS:
            value, of = float(tally.operations), tally.operations
        case Measure.FIRST_PASS:
            value = 100.0 * tally.first_pass / tally.looked if tally.looked else None
            of, wanted = tally.looked, replace(wanted, first_pass=False)
        case Measure.COUNTS:
            value, of, wanted = float(tally.counts), tally.operations, replace(wanted, counted=True)
        case Measure.HANDLING:
            durations = tally.durations or {}
            value, high, of = percentile(durations, 0.5), percentile(durations, 0.9), sum(durations.values())
        case Measure.MISSING:
            value, of = float(tally.missing), tally.operations
            wanted = replace(wanted, findings=frozenset({Finding.MISSING}))
    return Figure(key, title, value, high, of, wanted)


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """The least value that at least `share` of all do not exceed (nearest rank); None for none."""
    number = sum(counts.values())
    if number == 0:
        return None
    left = max(1, ceil(share * number))
    for value in sorted(counts):
        left -= counts[value]
        if left <= 0:
            return float(value)
    raise AssertionError("the ranks are counted")


def _ranked(measure: Measure, figures: Sequence[Figure]) -> list[Figure]:
    """The most interesting first: the lowest rate at first sight, otherwise the most."""
    measured = [figure for figure in figures if figure.value]
    if measure is Measure.FIRST_PASS:
        measured = [figure for figure in figures if figure.value is not None]
        return sorted(measured, key=lambda figure: (figure.value or 0.0, -figure.of, figure.title))[:MOST_RANKED]
    return sorted(measured, key=lambda figure: (-(figure.value or 0.0), figure.title))[:MOST_RANKED]
