"""Checking a report: is this print or file what the station made, and do the records still say the same?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.errors import NotFound
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.services.ports import Database, UnitOfWork
from toolroom_desktop.services.reports.audit_tables import MADE
from toolroom_desktop.services.reports.content import about_of
from toolroom_desktop.services.reports.making import Reports
from toolroom_desktop.services.reports.ports import Within
from toolroom_desktop.services.reports.source import BEGINNING

_CASE_REPORT = "report_exported"
_END = datetime.max.replace(tzinfo=UTC)
_HASH = re.compile(r"[0-9a-f]{64}")


class FileState(StrEnum):
    """What a file is, beside the journal."""

    AS_WRITTEN = "as_written"  # byte for byte what the station wrote
    SAME_DATA = "same_data"  # saved again, and its data are those of a report


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """What is known of a report.

    entry     the entry of the journal with which it was made
    file      what a file is, where a file was checked
    same_now  whether the records, up to the same entry of the journal, still give the same data; None where that cannot
              be told (a report of a case or of all stations, or one of an older program)
    later     how many entries the journal has got since
    """

    entry: JournalEntry
    file: FileState | None
    same_now: bool | None
    later: int

    @property
    def said(self) -> dict[str, Any]:
        """What the journal says of it."""
        return dict(self.entry.payload)


@dataclass(frozen=True, slots=True)
class ReportChecks:
    """Queries about reports that were made. Nothing is recorded.

    file_sha256   hashes a file; raises `BadInput("file.…")`
    json_sha256   hashes the data in a JSON report; None for any other file
    """

    database: Database
    reports: Reports
    file_sha256: Callable[[Path], str]
    json_sha256: Callable[[Path], str | None]

    def by_code(self, code: str) -> CheckedReport:
        """The report of that id, or with that hash (64 characters), as printed on its pages.

        Raises `NotFound("report.unknown")`.
        """
        wanted = code.strip().casefold()

        def find(uow: UnitOfWork) -> JournalEntry | None:
            if _HASH.fullmatch(wanted):
                return _mentioning(uow, wanted)
            try:
                entry = uow.journal.by_id(UUID(wanted))
            except ValueError:
                return None
            return entry if entry is not None and entry.kind in (MADE, _CASE_REPORT) else None

        entry = self.database.read(find)
        if entry is None:
            raise NotFound("report.unknown", code=code.strip())
        return self._checked(entry, None)

    def file(self, path: Path) -> CheckedReport:
        """The report that is in a file. Raises `NotFound("report.unknown")`, `BadInput("file.…")`."""
        sha256 = self.file_sha256(path)
        entry = self.database.read(lambda uow: _mentioning(uow, sha256))
        if entry is not None:
            return self._checked(entry, FileState.AS_WRITTEN)
        data = self.json_sha256(path)
        if data is not None:
            entry = self.database.read(lambda uow: _mentioning(uow, data))
            if entry is not None:
                return self._checked(entry, FileState.SAME_DATA)
        raise NotFound("report.unknown_file", path=path)

    def _checked(self, entry: JournalEntry, file: FileState | None) -> CheckedReport:
        head = self.database.read(lambda uow: uow.journal.head().site_seq)
        same = None
        if entry.kind == MADE:
            try:
                about = about_of(entry.payload["about"])
            except (KeyError, ValueError):
                about = None
            # What was brought of all stations comes in another order when it is brought anew.
            told = about is not None and not about.all_stations
            if about is not None and told and about.as_json() == entry.payload["about"]:
                same = self.reports.hash_now(about) == entry.payload["data_sha256"]
        return CheckedReport(entry, file, same, head - entry.site_seq)


def _mentioning(uow: UnitOfWork, sha256: str) -> JournalEntry | None:
    """The newest report with that hash, of its data or of its file."""
    everything = Within(BEGINNING, _END, uow.journal.head().site_seq)
    newest = None
    for entry in uow.reports.entries((MADE, _CASE_REPORT), everything):
        if sha256 in (entry.payload.get("data_sha256"), entry.payload.get("file_sha256")):
            newest = entry
    return newest
