"""Reports that are written by themselves: at the end of every shift, or at an hour of every day, into a folder.

What is written is in the journal with its file's name, so a report is due as long as the journal does not know it:
days on which the station did not run, or on which the folder could not be written to, are made up for.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from toolroom_desktop.domain.errors import BadInput, UserFacingError
from toolroom_desktop.services.doctor import Sentences
from toolroom_desktop.services.ports import Changes, UnitOfWork
from toolroom_desktop.services.reports.audit_tables import MADE
from toolroom_desktop.services.reports.content import Period, ReportFormat, ReportName
from toolroom_desktop.services.reports.making import Reports, Request, WrittenReport
from toolroom_desktop.services.reports.ports import Within
from toolroom_desktop.services.shifts import ENDED

MADE_UP_FOR = timedelta(days=14)
"""What is older is not written any more by itself."""
LOOK_EVERY_SECONDS = 60.0
TRY_AGAIN_SECONDS = 50.0
"""After a failure nothing is tried for so long, whatever is recorded meanwhile."""
_MOST_SHIFTS = 100
_ENDING_OF_A_SITE = 6

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is written by itself.

    folder    where to
    wanted    which reports, in which formats
    at        the hour of the day at which a day is over, at the station's own time; None: every end of a shift
    language  of the reports
    """

    folder: Path
    wanted: tuple[tuple[ReportName, ReportFormat], ...]
    at: time | None
    language: str


@dataclass(frozen=True, slots=True)
class Due:
    """A report that should be there: of which time, and under which name."""

    report: ReportName
    format: ReportFormat
    period: Period
    name: str


@dataclass(slots=True)
class ScheduleState:
    """How it goes, for whoever looks after the station. May be read from any thread."""

    problem: UserFacingError | None = None
    folder: Path | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class ReportSchedule:
    """Finds what is due, and writes it.

    tidy  called with the folder and {SHA-256: name} of what the journal knows, before anything is written: finishes
          what a power cut left between the journal and the file's name
    """

    reports: Reports
    schedule: Schedule
    say: Sentences
    tidy: Callable[[Path, Mapping[str, str]], None]
    state: ScheduleState = field(default_factory=ScheduleState)

    def due(self) -> list[Due]:
        """What should be there and is not, the oldest first."""
        now = self.reports.clock.now()
        found, known = self.reports.database.read(lambda uow: (self._slots(uow, now), self._known(uow, now)))
        names = set(known.values())
        made = [
            Due(report, format_, period, f"{label} {report.value}.{format_.value}")
            for label, period in found
            for report, format_ in self.schedule.wanted
        ]
        return [one for one in made if one.name not in names]

    def write_due(self, watch: Callable[[int, int], None]) -> list[WrittenReport]:
        """Write what is due, one file after the other. Raises `BadInput("file.…")` at the first that cannot be."""
        folder = self.schedule.folder
        now = self.reports.clock.now()
        self.tidy(folder, self.reports.database.read(lambda uow: self._known(uow, now)))
        due = self.due()
        written = []
        for place, one in enumerate(due):
            self.state.waiting = len(due) - place
            made = self._write(one, folder / one.name, watch)
            if made is not None:
                written.append(made)
        self.state.waiting = 0
        return written

    def _write(self, due: Due, path: Path, watch: Callable[[int, int], None]) -> WrittenReport | None:
        with self.reports.make(Request(due.report, due.period), badge=None, watch=watch) as report:
            try:
                return self.reports.write(
                    report,
                    path,
                    due.format,
                    language=self.schedule.language,
                    say=self.say,
                    badge=None,
                    overwrite=False,
                    scheduled=True,
                    watch=watch,
                )
            except BadInput as problem:
                if problem.code != "file.there_already":
                    raise
                # These records, perhaps restored from a backup, do not know it. It is not replaced by another one.
                _log.warning("%s is there already and stays as it is", due.name)
                return None

    # --- which

    def _slots(self, uow: UnitOfWork, now: datetime) -> list[tuple[str, Period]]:
        """(beginning of the files' names, time) of everything that is over, the oldest first."""
        since = now - MADE_UP_FOR
        site = uow.site_id[-_ENDING_OF_A_SITE:]
        periods = []
        if self.schedule.at is None:
            for shift in uow.shifts.recent(limit=_MOST_SHIFTS):
                if shift.ended_at is not None and shift.ended_at >= since:
                    periods.append(Period(shift.started_at, shift.ended_at + timedelta(microseconds=1)))
        else:
            end = self._last_end(now, self.schedule.at)
            while end >= since:
                before = self._last_end(end - timedelta(hours=1), self.schedule.at)
                periods.append(Period(before, end))
                end = before
        return [(f"{self._local(period.end):%Y-%m-%d %H-%M} {site}", period) for period in reversed(periods)]

    def _known(self, uow: UnitOfWork, now: datetime) -> dict[str, str]:
        """{SHA-256 of the file: its name} of what was written by itself, as far back as anything is made up for."""
        within = Within(now - 2 * MADE_UP_FOR, now + timedelta(days=1), uow.journal.head().site_seq)
        said: list[Mapping[str, Any]] = [entry.payload for entry in uow.reports.entries((MADE,), within)]
        return {one["file_sha256"]: one["file"] for one in said if one.get("scheduled")}

    def newest_end(self) -> int:
        """Which entry of the journal last ended a shift: what is due follows from nothing else; 0 for none."""
        now = self.reports.clock.now()

        def look(uow: UnitOfWork) -> int:
            entry = uow.reports.newest_entry(
                (ENDED,), Within(now, now + timedelta(days=1), uow.journal.head().site_seq)
            )
            return 0 if entry is None else entry.site_seq

        return self.reports.database.read(look)

    def day_begun(self) -> datetime | None:
        """The hour at which the last day was over; None where shifts count."""
        at = self.schedule.at
        return None if at is None else self._last_end(self.reports.clock.now(), at)

    def _last_end(self, now: datetime, at: time) -> datetime:
        """The last time before `now` at which the clock of the station showed that hour."""
        local = self._local(now)
        day = local.date() if local.time() >= at else local.date() - timedelta(days=1)
        naive = datetime.combine(day, at, now.tzinfo)
        offset = self.reports.clock.local_offset_minutes(naive)
        return naive - timedelta(minutes=self.reports.clock.local_offset_minutes(naive - timedelta(minutes=offset)))

    def _local(self, at: datetime) -> datetime:
        return at + timedelta(minutes=self.reports.clock.local_offset_minutes(at))


class ScheduleRunner:
    """Writes what is due in a thread of its own, so that no counter waits for it, and tries again what failed."""

    def __init__(self, schedule: ReportSchedule, changes: Changes) -> None:
        self._schedule = schedule
        self._changes = changes
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._seen: tuple[int, datetime | None] | None = None
        self._failed_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="report schedule", daemon=True)

    @property
    def state(self) -> ScheduleState:
        """How it goes."""
        return self._schedule.state

    def start(self) -> None:
        """Begin with what was missed, and go on."""
        self._changes.follow(self._wake.set)
        self._thread.start()

    def stop(self) -> None:
        """Write nothing more; a file that is being written is given up, and made at the next start."""
        if self._stopped.is_set():
            return
        self._changes.unfollow(self._wake.set)
        self._stopped.set()
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._look()
            self._wake.wait(LOOK_EVERY_SECONDS)
            self._wake.clear()

    def _look(self) -> None:
        state, now = self._schedule.state, self._schedule.reports.clock.monotonic()
        try:
            if self._failed_at is not None and now - self._failed_at < TRY_AGAIN_SECONDS:
                return
            present = (self._schedule.newest_end(), self._schedule.day_begun())
            if present == self._seen and state.problem is None:
                return
            self._schedule.write_due(self._watch)
            self._seen, state.problem, self._failed_at = present, None, None
        except UserFacingError as problem:
            if self._stopped.is_set():
                return
            if state.problem is None:
                _log.warning("a scheduled report is not written yet: %s", problem)
            state.problem, self._failed_at = problem, now
        except Exception:  # noqa: BLE001 - the thread must go on: tomorrow's report is not at fault
            _log.exception("the schedule of reports failed")
            state.problem, self._failed_at = UserFacingError("program.worker_failed"), now

    def _watch(self, _done: int, _total: int) -> None:
        if self._stopped.is_set():
            raise BadInput("report.cancelled")
