"""What reports need from outside, as protocols."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.services.watching import Watch

if TYPE_CHECKING:
    from toolroom_desktop.services.reports.made import MadeReport
    from toolroom_desktop.services.reports.words import Words


@dataclass(frozen=True, slots=True)
class Within:
    """Which records count: from `start` (inclusive) to `end` (exclusive), and up to that entry of the journal."""

    start: datetime
    end: datetime
    journal_seq: int


@dataclass(frozen=True, slots=True)
class CustodySpan:
    """A kit with somebody for a while. `until` is None while it is there; `ended_by` says how it ended and by whom.

    site_id  the station that handed it out
    """

    kit: str
    toolkit: str
    holder_badge: str
    holder_name: str
    since: datetime
    due: datetime | None
    aircraft: str
    work_order: str
    until: datetime | None = None
    ended_by: OperationType | None = None
    ended_by_name: str = ""
    site_id: str = ""


@dataclass(frozen=True, slots=True)
class AllStations:
    """Where the records are those of all stations.

    as_of     by the centre's clock: what it held then is here; None before all of it was here for the first time
    stations  what each is called, by its id
    """

    as_of: datetime | None
    stations: Mapping[str, str]


class Only(StrEnum):
    """Some of the operations, which a report of years must find without reading all of them.

    DISCREPANT  what was no plain success
    COUNTED     what a person counted, or still has to
    OVERRIDDEN  what went out in spite of something
    """

    DISCREPANT = "discrepant"
    COUNTED = "counted"
    OVERRIDDEN = "overridden"


class ReportsRepository(Protocol):
    """Questions that reports ask of the records, answered row by row."""

    def all_stations(self) -> AllStations | None:
        """None where the records are those of one station."""

    def operations(
        self, within: Within, *, kit: str = "", only: Only | None = None, with_result: bool = False
    ) -> Iterator[Operation]:
        """Operations in the order of the journal; of one kit, or only some of them.

        Without `with_result` their `result` is empty, which is quicker.
        """

    def custody(self, within: Within, *, kit: str = "", person: str = "") -> Iterator[CustodySpan]:
        """Who had which kit at any time of the period, in the order in which it began."""

    def out_at(self, at: datetime, journal_seq: int) -> list[CustodySpan]:
        """The kits that were out at that moment, by number."""

    def cases(self, before: datetime) -> list[Case]:
        """The cases that were opened before that, the oldest first."""

    def entries(self, kinds: Collection[str], within: Within) -> Iterator[JournalEntry]:
        """Entries of the journal of these kinds, in its order."""

    def newest_entry(self, kinds: Collection[str], within: Within) -> JournalEntry | None:
        """The last entry of these kinds before the end of the period, however long ago; None for none."""

    def nearest_operation(self, start: datetime, end: datetime) -> datetime | None:
        """When the first operation from `end` on was, else the last one before `start`; None where there is none."""


class Spool(Protocol):
    """Lines on their way, kept beside memory."""

    def put(self, line: str) -> None:
        """Add a line, which has no line break in it."""

    def lines(self) -> Iterator[str]:
        """All lines from the first one, also several times."""

    def close(self) -> None:
        """Let go of them."""


class ReportWriter(Protocol):
    """Writes reports in one format."""

    def write(self, file: IO[bytes], report: MadeReport, words: Words, watch: Watch) -> None:
        """Write the whole report; `watch` is told (done, total) in rows or pages, and whatever it raises ends it."""


class OpenWhole(Protocol):
    """Files that appear whole or not at all."""

    def __call__(self, path: Path, *, overwrite: bool = True) -> AbstractContextManager[IO[bytes]]:
        """A file that takes the place of `path` when the block is left in peace; raises `BadInput("file.…")`."""
