"""What somebody chose about a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from toolroom_desktop.services.reports.content import ReportFormat, ReportName


class When(StrEnum):
    """Which time a report is about."""

    SHIFT = "shift"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"
    DAYS = "days"


WEEK_DAYS, MONTH_DAYS = 7, 30


@dataclass(frozen=True, slots=True)
class Choice:
    """One report as it is asked for.

    first, last  the days, where `when` is DAYS
    subjects     "kit", "person", "tool" as typed or scanned
    """

    report: ReportName
    when: When = When.TODAY
    first: date | None = None
    last: date | None = None
    subjects: Mapping[str, str] = field(default_factory=dict)
    format: ReportFormat = ReportFormat.PDF
