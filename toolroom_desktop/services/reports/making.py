"""Making reports: data out of one snapshot, a file that is whole or not there, and an entry in the journal for each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

from toolroom_desktop.domain.errors import BadInput, NotFound, UserFacingError
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.register import classes_of
from toolroom_desktop.domain.shifts import inventory_of
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.doctor import Sentences
from toolroom_desktop.services.ports import Clock, Database, EvidenceStore, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded
from toolroom_desktop.services.reports.audit_tables import MADE
from toolroom_desktop.services.reports.columns import STATION
from toolroom_desktop.services.reports.content import (
    About,
    Period,
    ReportFormat,
    ReportName,
    RowsHash,
    Section,
    data_sha256,
    line_of,
)
from toolroom_desktop.services.reports.definitions import (
    DEFINITIONS,
    OF_A_STATION,
    SUMMARY,
    Definition,
    newest_inventory,
)
from toolroom_desktop.services.reports.made import MadeReport, MadeSection, Signed
from toolroom_desktop.services.reports.ports import OpenWhole, ReportWriter, Spool
from toolroom_desktop.services.reports.source import Source
from toolroom_desktop.services.reports.words import Words
from toolroom_desktop.services.tool_input import require_any
from toolroom_desktop.services.watching import Watch, unwatched

_WATCH_EVERY = 500
PREVIEW = UUID(int=0)
"""The id of a report that nobody has yet: it gets one of its own, and an entry in the journal, with its first file."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants a report about. `kit`, `person` and `tool` are as typed or scanned; empty for all.

    period  None: all time, or today, as the report says
    """

    report: ReportName
    period: Period | None = None
    kit: str = ""
    person: str = ""
    tool: str = ""


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report that is on disk, or on paper (`path` None), and in the journal."""

    report_id: UUID
    data_sha256: str
    file_sha256: str
    path: Path | None


def empty(report: MadeReport) -> bool:
    """Whether nothing at all happened in it."""
    return not any(section.count for section in report.sections if section.name != SUMMARY)


@dataclass(frozen=True, slots=True)
class Reports:
    """Commands and queries about reports. A `badge` of None is the station's own command line or schedule.

    writers  make the writer of a format, loaded when it is needed
    """

    database: Database
    evidence: EvidenceStore
    recorder: Recorder
    clock: Clock
    make_spool: Callable[[], Spool]
    open_whole: OpenWhole
    writers: Mapping[ReportFormat, Callable[[], ReportWriter]]
    app_version: str
    calibration_days: int = 14

    # --- periods

    def day(self, days_ago: int = 0) -> Period:
        """A whole day by the station's clock; 0 is today."""
        now = self.clock.now()
        today = now + timedelta(minutes=self.clock.local_offset_minutes(now))
        first = today.date() - timedelta(days=days_ago)
        return self.days(first, first)

    def days(self, first: date, last: date) -> Period:
        """Whole days by the station's clock, both counted in; raises `BadInput("report.period_backwards")`."""
        if last < first:
            raise BadInput("report.period_backwards", first=first, last=last)
        return Period(self._midnight(first), self._midnight(last + timedelta(days=1)))

    def last_days(self, count: int) -> Period:
        """So many whole days by the station's clock, today being the last."""
        first, last = self.day(count - 1), self.day()
        return Period(first.start, last.end)

    def running_shift(self) -> Period | None:
        """The shift that runs, or the newest one that ended; None where there was none."""
        newest = self.database.read(lambda uow: uow.shifts.recent(limit=1))
        if not newest:
            return None
        end = newest[0].ended_at or self.clock.now()
        return Period(newest[0].started_at, end + timedelta(microseconds=1))

    def nearest(self, period: Period) -> Period | None:
        """The day with operations that is nearest to an empty period: the next one, else the one before."""
        at = self.database.read(lambda uow: uow.reports.nearest_operation(period.start, period.end))
        if at is None:
            return None
        day = (at + timedelta(minutes=self.clock.local_offset_minutes(at))).date()
        return self.days(day, day)

    def _midnight(self, day: date) -> datetime:
        """When that day begins at the station."""
        naive = datetime(day.year, day.month, day.day, tzinfo=self.clock.now().tzinfo)
        at = naive - timedelta(minutes=self.clock.local_offset_minutes(naive))
        # Once more: the day on which the clocks change has another offset at its begin than at noon UTC.
        return naive - timedelta(minutes=self.clock.local_offset_minutes(at))

    # --- making

    def make(self, request: Request, *, badge: str | None, watch: Watch = unwatched) -> MadeReport:
        """The report's data out of one snapshot of the records; close it when it is done with.

        Takes seconds where the period is long: `watch` is told (rows so far, 0), and whatever it raises ends it.
        Raises `Refused` without the permission, which is recorded; `NotFound` for an unknown kit, person or tool;
        `BadInput` with "report.kit_owed" or "report.tool_owed" where it must be said which one.
        """
        definition = DEFINITIONS[request.report]
        with refusals_recorded(
            self.database, self.recorder, badge=badge, command="report", subject=request.report.value
        ):
            return self.database.read(lambda uow: self._make(uow, definition, request, badge, watch))

    def _make(
        self, uow: UnitOfWork, definition: Definition, request: Request, badge: str | None, watch: Watch
    ) -> MadeReport:
        require_any(uow, badge, *definition.permissions)
        if uow.reports.all_stations() is not None:
            require_any(uow, badge, Permission.SEE_ALL_STATIONS)
        about, subject = self._about(uow, definition, request)
        return self._collected(uow, about, subject, badge, watch)

    def _about(self, uow: UnitOfWork, definition: Definition, request: Request) -> tuple[About, str]:
        """What the report is about, and how its subject is called for people."""
        given = {name: getattr(request, name).strip() for name in ("kit", "person", "tool")}
        if definition.required and not given[definition.required]:
            raise BadInput(f"report.{definition.required}_owed")
        given = {name: value if name in definition.subjects else "" for name, value in given.items()}
        subjects = []
        if given["kit"]:
            kit = uow.catalogue.kit(given["kit"])
            if kit is None:
                raise NotFound("kit.unknown", code=given["kit"])
            given["kit"] = kit.number
            subjects.append(kit.number)
        if given["person"]:
            person = uow.people.by_badge(given["person"])
            if person is None:
                raise NotFound("people.unknown_badge", badge=given["person"])
            given["person"] = person.badge
            subjects.append(f"{person.name} ({person.badge})")
        if given["tool"]:
            tool = self._tool(uow, given["tool"])
            given["tool"] = str(tool.tool_id)
            subjects.append(tool.marking or tool.serial_number or f"{tool.tool_class} {tool.kit}".strip())
        period = request.period
        if period is None and definition.by_period:
            period = self.day()
        now = self.clock.now()
        stations = uow.reports.all_stations()
        if stations is not None and definition.signed:
            raise BadInput("stations.report_unknown")
        about = About(
            report=request.report,
            station=uow.site_id,
            as_of=now if period is None else min(now, period.end),
            journal_seq=uow.journal.head().site_seq,
            calibration_days=self.calibration_days,
            period=period,
            all_stations=stations is not None,
            stations_as_of=None if stations is None else stations.as_of,
            **given,
        )
        return about, " · ".join(subjects)

    @staticmethod
    def _tool(uow: UnitOfWork, code: str) -> Tool:
        found = uow.tools.by_marking(code)
        marked = [tool for tool in found if tool.marking.strip().casefold() == code.casefold()] or found
        if not marked:
            try:
                tool = uow.tools.by_id(UUID(code))
            except ValueError:
                tool = None
            if tool is None:
                raise NotFound("tool.unknown", code=code)
            return tool
        if len(marked) > 1:
            names = ", ".join(tool.marking or f"{tool.tool_class} {tool.kit}".strip() for tool in marked[:5])
            raise BadInput("tool.ambiguous", code=code, tools=names)
        return marked[0]

    def _collected(self, uow: UnitOfWork, about: About, subject: str, badge: str | None, watch: Watch) -> MadeReport:
        definition = DEFINITIONS[about.report]
        stations = uow.reports.all_stations()
        source = Source(uow, about, self.clock, None if stations is None else stations.stations)
        done = 0
        made: dict[str, tuple[MadeSection, RowsHash]] = {}
        with ExitStack() as undo:
            for section in definition.build(source):
                columns = section.columns
                if stations is not None and section.name in OF_A_STATION:
                    columns = (*columns, STATION)
                spool = self.make_spool()
                undo.callback(spool.close)
                done, rows = _spooled(section, spool, done, watch)
                made[section.name] = (MadeSection(section.name, columns, rows.count, spool), rows)
            ordered = [made[name] for name in definition.sections]
            sha256 = data_sha256(
                about, [(one.name, [column.name for column in one.columns], rows) for one, rows in ordered]
            )
            person = uow.people.by_badge(badge) if badge else None
            toolkits = uow.catalogue.toolkits()
            report = MadeReport(
                report_id=PREVIEW,
                about=about,
                made_at=self.clock.now(),
                made_by="" if person is None else person.name,
                app_version=self.app_version,
                data_sha256=sha256,
                sections=tuple(one for one, _ in ordered),
                photo=self._photo,
                classes=classes_of(toolkits),
                toolkits={kit.name: (kit.title("ru"), kit.title("en")) for kit in toolkits},
                signatures=_signatures(source) if definition.signed else (),
                subject=subject,
            )
            undo.pop_all()
        return report

    def _photo(self, sha256: str) -> bytes | None:
        try:
            return self.evidence.get(sha256)
        except UserFacingError:
            # Gone, damaged, or at the centre alone: the report says so in its place.
            return None

    # --- handing out

    def words(self, report: MadeReport, language: str, say: Sentences) -> Words:
        """How that report is said in a language, whose sentences `say` knows, at the station's time."""
        return Words.of(report, language, say, self.clock.local_offset_minutes)

    def write(
        self,
        report: MadeReport,
        path: Path,
        format_: ReportFormat,
        *,
        language: str,
        say: Sentences,
        badge: str | None,
        overwrite: bool = True,
        scheduled: bool = False,
        watch: Watch = unwatched,
    ) -> WrittenReport:
        """Write a report as a whole file, with an id of its own, which the journal has before the file is there.

        The same data may be written several times, in other formats or languages. `watch` is told (done, total), and
        whatever it raises ends it with nothing written and nothing recorded. Raises `BadInput("file.…")` with what to
        do where the file cannot be written; an existing one stays then.
        """
        own = replace(report, report_id=uuid7())
        with self.open_whole(path, overwrite=overwrite) as file:
            self.writers[format_]().write(file, own, self.words(own, language, say), watch)
            file_sha256 = _hash_of(file)
            self._record(own, format_.value, language, badge, path.name, file_sha256, scheduled=scheduled)
        return WrittenReport(own.report_id, own.data_sha256, file_sha256, path)

    def printed(self, report: MadeReport, *, language: str, badge: str | None) -> MadeReport:
        """The report with an id for the paper it is about to be printed on; the journal has it from now on."""
        own = replace(report, report_id=uuid7())
        self._record(own, "paper", language, badge, "", "", scheduled=False)
        return own

    def _record(
        self,
        report: MadeReport,
        format_: str,
        language: str,
        badge: str | None,
        file: str,
        file_sha256: str,
        *,
        scheduled: bool,
    ) -> None:
        payload = {
            "report": report.about.report.value,
            "about": report.about.as_json(),
            "format": format_,
            "language": language,
            "rows": report.rows,
            "data_sha256": report.data_sha256,
            "file": file,
            "file_sha256": file_sha256,
            "by": badge,
            "scheduled": scheduled,
        }
        self.database.write(lambda uow: self.recorder.record(uow, MADE, payload, op_id=report.report_id))

    def hash_now(self, about: About) -> str:
        """The hash that a report about exactly that would have by the records as they are now."""
        with self.database.read(lambda uow: self._collected(uow, about, "", None, unwatched)) as again:
            return again.data_sha256


def _spooled(section: Section, spool: Spool, done: int, watch: Watch) -> tuple[int, RowsHash]:
    rows = RowsHash()
    for row in section.rows:
        line = line_of(row)
        spool.put(line)
        rows.add(line)
        done += 1
        if done % _WATCH_EVERY == 0:
            watch(done, 0)
    return done, rows


def _signatures(source: Source) -> tuple[Signed, ...]:
    """Who signed the inventory that a handover form is about, and who has to: always two.

    The first one was signed in by badge and PIN; the inventory's own entry is that signature.
    """
    entry = newest_inventory(source)
    if entry is None:
        return (Signed(), Signed())
    inventory = inventory_of(entry.payload["inventory"])
    first = Signed(inventory.by.name, inventory.by.badge, inventory.at, entry.op_id)
    if inventory.second is None:
        return (first, Signed())
    second = UUID(entry.payload["second_signature"])
    return (first, Signed(inventory.second.name, inventory.second.badge, inventory.at, second))


def _hash_of(file: IO[bytes]) -> str:
    file.flush()
    file.seek(0)
    digest = hashlib.sha256()
    while part := file.read(1 << 20):
        digest.update(part)
    return digest.hexdigest()
