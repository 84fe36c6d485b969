"""A report's values as people read them, in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from toolroom_desktop.services.doctor import Sentences
from toolroom_desktop.services.reports.content import About, Column, Kind, ReportName, Value
from toolroom_desktop.services.reports.made import MadeReport
from toolroom_desktop.services.tables import Cell

_SHOWN_OF_A_HASH = 16


@dataclass(frozen=True, slots=True)
class Words:
    """One language, and the station's own time.

    say     finds sentences by code; KeyError for one that there is not
    offset  the station's offset from UTC at a time, in minutes
    """

    language: str
    say: Sentences
    offset: Callable[[datetime], int]
    classes: Mapping[str, tuple[str, str]]
    toolkits: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, report: MadeReport, language: str, say: Sentences, offset: Callable[[datetime], int]) -> Words:
        """The words for that report."""
        return cls(language, say, offset, report.classes, report.toolkits)

    # --- values

    def cell_maker(self, column: Column) -> Callable[[Value], Cell]:
        """What makes typed cells of a column's values: asked for once a table, and quick for every row."""
        known: dict[Value, Cell] = {"": None, None: None}

        def moment(value: Value) -> Cell:
            return None if not value else self._by_the_clock(datetime.fromisoformat(str(value)))

        def spoken(value: Value) -> Cell:
            if value not in known:
                known[value] = self.text(column, value)
            return known[value]

        match column.kind:
            case Kind.MOMENT:
                return moment
            case Kind.DAY:
                return lambda value: date.fromisoformat(str(value)) if value else None
            case Kind.WORD | Kind.TOOL | Kind.TOOLKIT:
                return spoken
        return _as_it_is

    def text(self, column: Column, value: Value) -> str:
        """A value as a text on paper."""
        if value is None or value == "":
            return ""
        match column.kind:
            case Kind.WORD:
                return self.word(column.words, str(value))
            case Kind.TOOL:
                return self._name(self.classes, str(value))
            case Kind.TOOLKIT:
                return self._name(self.toolkits, str(value))
            case Kind.MOMENT:
                return self.moment(datetime.fromisoformat(str(value)))
            case Kind.DAY:
                return self.day(date.fromisoformat(str(value)))
            case Kind.PERCENT:
                return self.number(float(value), 1)
            case Kind.NUMBER | Kind.ANY if not isinstance(value, str):
                return self.number(value, 0 if isinstance(value, int) else 2)
            case Kind.PHOTO:
                return str(value)[:_SHOWN_OF_A_HASH]
        return str(value)

    def word(self, words: str, value: str) -> str:
        """What a word of the program is called; the word itself where nobody wrote a sentence for it."""
        try:
            return self.say(f"{words}{value.replace('.', '_').replace('-', '_')}")
        except KeyError:
            return value

    def title(self, column: Column) -> str:
        """What stands above a column."""
        return self.say(f"report.column.{column.name}")

    def heading(self, section: str) -> str:
        """What stands above a table."""
        return self.say(f"report.section.{section}")

    # --- what stands above the tables

    def name(self, report: ReportName) -> str:
        """What a report is called."""
        return self.say(f"report.title.{report.value.replace('-', '_')}")

    def period(self, report: MadeReport) -> str:
        """Which time a report is about."""
        about = report.about
        if about.period is None:
            said = self.say("report.all_time", last=self.moment(about.as_of), zone=self.zone(about.as_of))
        else:
            first, last = self.moment(about.period.start), self.moment(about.period.end)
            said = self.say("report.period", first=first, last=last, zone=self.zone(about.period.end))
        return f"{self._of_all(about)} · {said}" if about.all_stations else said

    def _of_all(self, about: About) -> str:
        """That a report is of all stations, and how old that is."""
        at = about.stations_as_of
        if at is None:
            return self.say("report.all_stations_in_part")
        return self.say("report.all_stations", at=self.moment(at), zone=self.zone(at))

    def made(self, report: MadeReport, name: str) -> str:
        """When a report was made, where, and by whom; an empty `name` is the station itself."""
        at, zone, station = self.moment(report.made_at), self.zone(report.made_at), report.about.station
        if not name:
            return self.say("report.made_by_station", at=at, zone=zone, station=station)
        return self.say("report.made", at=at, zone=zone, station=station, name=name)

    # --- times and numbers

    def _by_the_clock(self, at: datetime) -> datetime:
        """What the station's clock showed at that moment."""
        return at.replace(tzinfo=None) + timedelta(minutes=self.offset(at))  # `at` is in UTC

    def moment(self, at: datetime) -> str:
        """The moment by the station's clock, with its date."""
        return self._by_the_clock(at.astimezone(UTC)).strftime(
            "%d.%m.%Y %H:%M" if self.language == "ru" else "%Y-%m-%d %H:%M"
        )

    def day(self, day: date) -> str:
        """A day."""
        return day.strftime("%d.%m.%Y") if self.language == "ru" else day.isoformat()

    def number(self, value: float, digits: int) -> str:
        """A number as the language writes it."""
        text = f"{value:.{digits}f}"
        return text.replace(".", ",") if self.language == "ru" else text

    def zone(self, at: datetime) -> str:
        """The station's time zone at that moment, as "UTC+3"."""
        minutes = self.offset(at)
        sign = "+" if minutes >= 0 else "−"
        hours, rest = divmod(abs(minutes), 60)
        return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")

    def _name(self, names: Mapping[str, tuple[str, str]], value: str) -> str:
        known = names.get(value)
        return value if known is None else known[0 if self.language == "ru" else 1]


def _as_it_is(value: Value) -> Cell:
    return None if value == "" else value
