"""What the reports screen says of times and formats."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.config.messages import Language, Messages
from toolroom_desktop.services.reports.content import ReportFormat, ReportName
from toolroom_desktop.ui.screens.reports.choices import When

FORMATS = {
    ReportFormat.PDF: "PDF",
    ReportFormat.XLSX: "XLSX",
    ReportFormat.CSV: "CSV",
    ReportFormat.JSON: "JSON",
}
SYMBOLS = {
    ReportName.SHIFT: "clock",
    ReportName.HANDOVER: "confirm",
    ReportName.KIT: "kit",
    ReportName.TOOL: "setup",
    ReportName.WHO_HAD_WHAT: "badge",
    ReportName.DISCREPANCIES: "missing",
    ReportName.LOST_TOOLS: "search",
    ReportName.CALIBRATION: "gauge",
    ReportName.AUDIT: "history",
}


def name_of(report: ReportName, language: Language) -> str:
    """What a report is called."""
    return Messages(language).text(f"report.title.{report.value.replace('-', '_')}")


def about(report: ReportName, language: Language) -> str:
    """What it is for."""
    said = Messages(language).text(f"report.about.{report.value.replace('-', '_')}")
    return said[:1].upper() + said[1:]


def when_word(when: When) -> str:
    """What a time is called on its button."""
    return {
        When.SHIFT: QCoreApplication.translate("ReportsScreen", "This shift"),
        When.TODAY: QCoreApplication.translate("ReportsScreen", "Today"),
        When.YESTERDAY: QCoreApplication.translate("ReportsScreen", "Yesterday"),
        When.WEEK: QCoreApplication.translate("ReportsScreen", "7 days"),
        When.MONTH: QCoreApplication.translate("ReportsScreen", "30 days"),
        When.ALL: QCoreApplication.translate("ReportsScreen", "All time"),
        When.DAYS: QCoreApplication.translate("ReportsScreen", "Days ..."),
    }[when]


def subject_word(subject: str, *, required: bool) -> str:
    """What is asked for in a field."""
    if required:
        return {
            "kit": QCoreApplication.translate("ReportsScreen", "Which kit? Scan its label or type its number"),
            "tool": QCoreApplication.translate("ReportsScreen", "Which tool? Scan it or type its marking"),
            "person": QCoreApplication.translate("ReportsScreen", "Whose badge?"),
        }[subject]
    return {
        "kit": QCoreApplication.translate("ReportsScreen", "Kit (empty: all)"),
        "tool": QCoreApplication.translate("ReportsScreen", "Tool (empty: all)"),
        "person": QCoreApplication.translate("ReportsScreen", "Badge (empty: everybody)"),
    }[subject]
