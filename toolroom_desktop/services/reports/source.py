"""What the reports are made from: one snapshot of the records, asked for a period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from toolroom_desktop.domain.cases import Case, CaseEventKind
from toolroom_desktop.domain.people import Person
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.ports import Clock, UnitOfWork
from toolroom_desktop.services.reports.content import About
from toolroom_desktop.services.reports.ports import Within

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Source:
    """The records of one snapshot as a report asks them. Usable only within the query that it was made for.

    stations  the names of all stations by their ids; None where the records are those of one
    """

    uow: UnitOfWork
    about: About
    clock: Clock
    stations: Mapping[str, str] | None = None
    _people: dict[str, Person | None] = field(default_factory=dict)
    _tools: dict[UUID, Tool | None] = field(default_factory=dict)

    @property
    def within(self) -> Within:
        """The period, as far as it is over."""
        period = self.about.period
        start = BEGINNING if period is None else period.start
        return Within(start, self.end, self.about.journal_seq)

    @property
    def end(self) -> datetime:
        """The moment at which the report ends: that of the period, or earlier the one at which it was made.

        A little later than that one, so that what happened at that very moment is in it.
        """
        asked = self.about.as_of + timedelta(microseconds=1)
        return asked if self.about.period is None else min(self.about.period.end, asked)

    @property
    def today(self) -> date:
        """The station's own day up to which the records count."""
        return self.day_of(self.about.as_of)

    @property
    def last_day(self) -> date:
        """The last day of the period, by the station's clock."""
        period = self.about.period
        return self.today if period is None else self.day_of(period.end - timedelta(microseconds=1))

    def station(self, site_id: str) -> tuple[str, ...]:
        """What a row says of the station that recorded it: its name, or nothing where there is one station only."""
        return () if self.stations is None else (self.stations.get(site_id, site_id[:8]),)

    def day_of(self, at: datetime) -> date:
        """The station's own day at that moment."""
        return (at + timedelta(minutes=self.clock.local_offset_minutes(at))).date()

    def name_of(self, badge: str | None) -> str:
        """Whose badge it is; empty where nobody has it."""
        if not badge:
            return ""
        if badge not in self._people:
            self._people[badge] = self.uow.people.by_badge(badge)
        person = self._people[badge]
        return "" if person is None else person.name

    def tool(self, tool_id: UUID) -> Tool | None:
        """The tool of that id as it is recorded now."""
        if tool_id not in self._tools:
            self._tools[tool_id] = self.uow.tools.by_id(tool_id)
        return self._tools[tool_id]

    def cases(self) -> Iterator[Case]:
        """The cases that were open at any time of the period, as they stood at its end."""
        for case in self.uow.reports.cases(self.end):
            then = replace(case, events=tuple(event for event in case.events if event.at < self.end))
            released = [event.at for event in then.events if event.kind is CaseEventKind.RELEASED]
            if then.open or (released and released[-1] >= self.within.start):
                yield then
