"""Puts reports together: the services, and the writers of every format. Qt is loaded with the first PDF."""

from __future__ import annotations

from pathlib import Path

from toolroom_desktop import __version__
from toolroom_desktop.adapters.files.report_files import (
    CsvReportWriter,
    JsonReportWriter,
    XlsxReportWriter,
    file_sha256,
    json_sha256,
)
from toolroom_desktop.adapters.files.spool import TemporarySpool
from toolroom_desktop.adapters.files.whole_file import finish_begun, whole_file
from toolroom_desktop.config.messages import Language, Messages
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.custody import Procedures
from toolroom_desktop.services.ports import Changes, Clock, Database, EvidenceStore
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.reports.checking import ReportChecks
from toolroom_desktop.services.reports.content import ReportFormat
from toolroom_desktop.services.reports.making import Reports
from toolroom_desktop.services.reports.ports import ReportWriter
from toolroom_desktop.services.reports.schedule import ReportSchedule, ScheduleRunner, ScheduleState


def open_reports(
    database: Database, evidence: EvidenceStore, recorder: Recorder, clock: Clock, procedures: Procedures
) -> Reports:
    """The reports of a station whose records are open."""
    return Reports(
        database=database,
        evidence=evidence,
        recorder=recorder,
        clock=clock,
        make_spool=TemporarySpool,
        open_whole=whole_file,
        writers={
            ReportFormat.PDF: _pdf,
            ReportFormat.XLSX: XlsxReportWriter,
            ReportFormat.CSV: CsvReportWriter,
            ReportFormat.JSON: JsonReportWriter,
        },
        app_version=__version__,
        calibration_days=procedures.calibration_days,
    )


def open_report_checks(reports: Reports) -> ReportChecks:
    """What tells whether a report is what the station made."""
    return ReportChecks(reports.database, reports, file_sha256, json_sha256)


def open_schedule(
    reports: Reports, changes: Changes, settings: Settings, data_folder: Path, state: ScheduleState
) -> ScheduleRunner | None:
    """What writes reports by itself, not started; None where the settings want none. `state` follows how it goes."""
    schedule = open_due(reports, settings, data_folder, state)
    return None if schedule is None else ScheduleRunner(schedule, changes)


def open_due(reports: Reports, settings: Settings, data_folder: Path, state: ScheduleState) -> ReportSchedule | None:
    """What finds and writes the reports that are due; None where the settings want none."""
    wanted = settings.report_schedule(data_folder)
    if wanted is None:
        return None
    state.folder = wanted.folder
    language: Language = "ru" if wanted.language == "ru" else "en"
    return ReportSchedule(reports, wanted, Messages(language).text, finish_begun, state)


def _pdf() -> ReportWriter:
    from toolroom_desktop.printing.report_pdf import PdfReportWriter

    return PdfReportWriter()
