"""A search of the history as a person keeps it: what was chosen, in words that still hold tomorrow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, StrEnum
from typing import Any

from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.history_rows import Finding, HistoryFilter, Order, Part
from toolroom_desktop.services.ports import Clock
from toolroom_desktop.services.station_time import local_day

PERIOD = "period"
"""What is called a part of the search beside the fields of `HistoryFilter`."""
_MOMENTS = ("since", "before")
_SETS: dict[str, type[Enum]] = {
    "parts": Part,
    "findings": Finding,
    "types": OperationType,
    "statuses": Status,
    "final_statuses": Status,
}
_NOT_BY_ITSELF = ("parts",)
_MOST_CHARACTERS = 200


class Period(StrEnum):
    """Days that are meant anew each day; `DAYS` are fixed ones."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"  # today and the six days before it
    MONTH = "month"  # today and the 29 days before it
    YEAR = "year"  # today and the 364 days before it
    DAYS = "days"


_BACK = {
    Period.TODAY: (0, 0),
    Period.YESTERDAY: (1, 1),
    Period.WEEK: (6, 0),
    Period.MONTH: (29, 0),
    Period.YEAR: (364, 0),
}


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and which end comes first.

    wanted       everything but the time
    period       the days; None for all
    first, last  the fixed days of `Period.DAYS`, both included
    titles       what the chosen values are called, by the name of their field
    """

    wanted: HistoryFilter = field(default_factory=HistoryFilter)
    period: Period | None = None
    first: date | None = None
    last: date | None = None
    order: Order = Order.NEWEST_FIRST
    titles: Mapping[str, str] = field(default_factory=dict)

    def filter(self, clock: Clock) -> HistoryFilter:
        """What is asked of the records now: the days as moments of the station's own time."""
        days = self.days(local_day(clock))
        if days is None:
            return self.wanted
        first, last = days
        return replace(
            self.wanted,
            since=None if first is None else _begin(first, clock),
            before=None if last is None else _begin(last + timedelta(days=1), clock),
        )

    def days(self, today: date) -> tuple[date | None, date | None] | None:
        """The first and the last day that are meant; None for all days."""
        if self.period is None:
            return None
        if self.period is Period.DAYS:
            return self.first, self.last
        back, until = _BACK[self.period]
        return today - timedelta(days=back), today - timedelta(days=until)

    def parts(self) -> tuple[str, ...]:
        """The names of what is set, each of which can be dropped."""
        empty = HistoryFilter()
        named = [
            one.name
            for one in fields(HistoryFilter)
            if one.name not in (*_MOMENTS, *_NOT_BY_ITSELF, "text")
            and getattr(self.wanted, one.name) != getattr(empty, one.name)
        ]
        return (*([PERIOD] if self.period is not None else ()), *named)

    @property
    def anything(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.parts() or self.wanted.text.strip())

    def without(self, part: str) -> Search:
        """The same without one of its parts."""
        if part == PERIOD:
            return replace(self, period=None, first=None, last=None)
        titles = {name: title for name, title in self.titles.items() if name != part}
        return replace(self.having(part, getattr(HistoryFilter(), part)), titles=titles)

    def having(self, part: str, value: object, title: str = "") -> Search:
        """The same with that value of a field of the filter, which people call `title`."""
        titles = {**self.titles, part: title} if title else dict(self.titles)
        return replace(self, wanted=replace(self.wanted, **{part: value}), titles=titles)  # type: ignore[arg-type]

    def within(self, period: Period, first: date | None = None, last: date | None = None) -> Search:
        """The same within those days."""
        return replace(self, period=period, first=first, last=last)


def search_for(wanted: HistoryFilter, clock: Clock) -> Search:
    """A search for what a filter finds, whose moments are ends of days where the station stands."""
    if wanted.since is None and wanted.before is None:
        return Search(wanted)

    def day(at: datetime) -> date:
        return (at + timedelta(minutes=clock.local_offset_minutes(at))).date()

    first = None if wanted.since is None else day(wanted.since)
    last = None if wanted.before is None else day(wanted.before - timedelta(microseconds=1))
    return Search(replace(wanted, since=None, before=None)).within(Period.DAYS, first, last)


def _begin(day: date, clock: Clock) -> datetime:
    """The moment at which that day begins where the station stands."""
    midnight = datetime.combine(day, time(), UTC)
    return midnight - timedelta(minutes=clock.local_offset_minutes(midnight))


# --- as plain JSON, to be kept


def search_json(search: Search) -> dict[str, Any]:
    """A search as plain JSON: only what is set."""
    wanted: dict[str, Any] = {}
    empty = HistoryFilter()
    for one in fields(HistoryFilter):
        value = getattr(search.wanted, one.name)
        if one.name in _MOMENTS or value == getattr(empty, one.name):
            continue
        wanted[one.name] = sorted(item.value for item in value) if isinstance(value, frozenset) else value
    said: dict[str, Any] = {"wanted": wanted, "order": search.order.value, "titles": dict(search.titles)}
    if search.period is not None:
        said["period"] = search.period.value
    for name, day in (("first", search.first), ("last", search.last)):
        if day is not None:
            said[name] = day.isoformat()
    return said


def search_of(said: object) -> Search | None:
    """The inverse of `search_json`; None for what is no search, or one of a newer program."""
    try:
        return _search_of(said)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _search_of(said: Any) -> Search:
    known = {one.name for one in fields(HistoryFilter)} - set(_MOMENTS)
    chosen: dict[str, Any] = {}
    for name, value in said["wanted"].items():
        if name not in known:
            raise ValueError(name)
        if name in _SETS:
            chosen[name] = frozenset(_SETS[name](item) for item in value)
        elif isinstance(getattr(HistoryFilter(), name), str):
            chosen[name] = str(value)[:_MOST_CHARACTERS]
        elif isinstance(value, bool):
            chosen[name] = value
        else:
            raise TypeError(name)
    first, last = said.get("first"), said.get("last")
    return Search(
        HistoryFilter(**chosen),
        Period(said["period"]) if "period" in said else None,
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
        Order(said["order"]),
        {str(name): str(title) for name, title in said["titles"].items()},
    )
