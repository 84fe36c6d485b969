"""What a report is made of: plain, typed data in no language, and the hash by which a print can be checked.

The hash does not depend on language or format. It is SHA-256 over lines of canonical JSON (`domain.journal`): first
what the report is about, then of each table, in the order of the report, its name, the names of its columns, the
number of its rows, and the SHA-256 of the lines of its rows. docs/reports.md says it for whoever wants to check.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from toolroom_desktop.domain.journal import canonical_json

DATA_VERSION = 1

Value = str | int | float | None
"""One value as JSON has it: a moment as ISO text in UTC, a day as ISO text, nothing as None."""
Row = Sequence[Value]


class ReportName(StrEnum):
    """The reports there are."""

    SHIFT = "shift"
    KIT = "kit"
    TOOL = "tool"
    WHO_HAD_WHAT = "who-had-what"
    DISCREPANCIES = "discrepancies"
    LOST_TOOLS = "lost-tools"
    CALIBRATION = "calibration"
    AUDIT = "audit"
    HANDOVER = "handover"


class ReportFormat(StrEnum):
    """How a report is written down."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    WORD = (
        "word"  # one of a few words, by its name in the program; the codes of their sentences begin with `Column.words`
    )
    TOOL = "tool"  # a tool class
    TOOLKIT = "toolkit"  # a toolkit by its name
    MOMENT = "moment"
    DAY = "day"
    NUMBER = "number"
    PERCENT = "percent"
    PHOTO = "photo"  # SHA-256 of a photo among the evidence
    ANY = "any"  # a text or a number


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `share` is its share of a page's width, in parts of all columns of the table."""

    name: str
    kind: Kind = Kind.TEXT
    share: int = 10
    words: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One table on its way into a report; `rows` are asked for once."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` (inclusive) to `end` (exclusive), both aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about: all that its data follows from, besides the records themselves.

    calibration_days  how many days before its end a calibration is due
    as_of        the moment up to which the records count: the end of the period, or earlier when it was made
    journal_seq  the last entry of the journal that counts
    kit, person, tool  the kit's number, the person's badge, the tool's id; empty where the report is about all
    all_stations  whether it is made of the records of all stations, as far as this one had brought them
    stations_as_of  until when all of those were here, by the centre's clock; None where they never were
    """

    report: ReportName
    station: str
    as_of: datetime
    journal_seq: int
    calibration_days: int
    period: Period | None = None
    kit: str = ""
    person: str = ""
    tool: str = ""
    all_stations: bool = False
    stations_as_of: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """As plain JSON; `about_of` reads it again."""
        return {
            "report": self.report.value,
            "version": DATA_VERSION,
            "station": self.station,
            "as_of": _exact(self.as_of),
            "journal_seq": self.journal_seq,
            "calibration_days": self.calibration_days,
            "from": _exact(self.period.start) if self.period else None,
            "to": _exact(self.period.end) if self.period else None,
            "kit": self.kit,
            "person": self.person,
            "tool": self.tool,
            **({"stations_as_of": _exact_or_none(self.stations_as_of)} if self.all_stations else {}),
        }


def about_of(said: dict[str, Any]) -> About:
    """The inverse of `About.as_json`; raises `KeyError` or `ValueError` for anything else."""
    period = None
    if said["from"] is not None:
        period = Period(datetime.fromisoformat(said["from"]), datetime.fromisoformat(said["to"]))
    return About(
        report=ReportName(said["report"]),
        station=said["station"],
        as_of=datetime.fromisoformat(said["as_of"]),
        journal_seq=int(said["journal_seq"]),
        calibration_days=int(said["calibration_days"]),
        period=period,
        kit=said["kit"],
        person=said["person"],
        tool=said["tool"],
        all_stations="stations_as_of" in said,
        stations_as_of=datetime.fromisoformat(said["stations_as_of"]) if said.get("stations_as_of") else None,
    )


def moment(at: datetime) -> str:
    """A moment as a value."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _exact(at: datetime) -> str:
    """A moment to the microsecond: what is asked for must be what is asked for again."""
    return at.astimezone(UTC).isoformat()


def _exact_or_none(at: datetime | None) -> str | None:
    return None if at is None else _exact(at)


def moment_or_none(at: datetime | None) -> str | None:
    """A moment as a value, or nothing."""
    return None if at is None else moment(at)


def day_or_none(day: date | None) -> str | None:
    """A day as a value, or nothing."""
    return None if day is None else day.isoformat()


def line_of(row: Row) -> str:
    """A row as the line that is hashed."""
    return canonical_json(list(row))


class RowsHash:
    """Counts and hashes the lines of one table."""

    def __init__(self) -> None:
        self.count = 0
        self._hash = hashlib.sha256()

    def add(self, line: str) -> None:
        """One more row."""
        self.count += 1
        self._hash.update(line.encode("utf-8", "surrogatepass"))
        self._hash.update(b"\n")

    @property
    def sha256(self) -> str:
        """Of all lines so far."""
        return self._hash.hexdigest()


def data_sha256(about: About, tables: Iterable[tuple[str, Sequence[str], RowsHash]]) -> str:
    """The hash of a report's data; `tables` are the name, the names of the columns, and the rows of each."""
    whole = hashlib.sha256()
    whole.update(canonical_json(about.as_json()).encode() + b"\n")
    for name, columns, rows in tables:
        said = {"table": name, "columns": list(columns), "rows": rows.count, "sha256": rows.sha256}
        whole.update(canonical_json(said).encode() + b"\n")
    return whole.hexdigest()
