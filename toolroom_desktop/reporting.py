"""Puts reports together: the services, and the writers of every format. Qt is loaded with the first PDF."""

from __future__ import annotations

from toolroom_desktop import __version__
from toolroom_desktop.adapters.files.report_files import (
    CsvReportWriter,
    JsonReportWriter,
    XlsxReportWriter,
    file_sha256,
    json_sha256,
)
from toolroom_desktop.adapters.files.spool import TemporarySpool
from toolroom_desktop.adapters.files.whole_file import whole_file
from toolroom_desktop.domain.custody import Procedures
from toolroom_desktop.services.ports import Clock, Database, EvidenceStore
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.reports.checking import ReportChecks
from toolroom_desktop.services.reports.content import ReportFormat
from toolroom_desktop.services.reports.making import Reports
from toolroom_desktop.services.reports.ports import ReportWriter


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


def _pdf() -> ReportWriter:
    from toolroom_desktop.printing.report_pdf import PdfReportWriter

    return PdfReportWriter()
