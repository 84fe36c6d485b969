"""What the history says: of tools, of the parts of a search, of photos and of the journal."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.history_rows import Finding
from toolroom_desktop.services.history_search import PERIOD, Period, Search
from toolroom_desktop.ui.words import status_word, type_word


def finding_word(finding: Finding) -> str:
    """What was said of a tool."""
    return {
        Finding.MISSING: QCoreApplication.translate("Words", "missing"),
        Finding.DAMAGED: QCoreApplication.translate("Words", "damaged"),
        Finding.PIECE_MISSING: QCoreApplication.translate("Words", "a piece is missing"),
        Finding.WRONG: QCoreApplication.translate("Words", "wrong part"),
        Finding.KEPT: QCoreApplication.translate("Words", "stays out"),
        Finding.EXTRA: QCoreApplication.translate("OperationDetail", "extra"),
        Finding.UNSURE: QCoreApplication.translate("Words", "unsure"),
        Finding.OVERLOOKED: QCoreApplication.translate("History", "overlooked by recognition"),
        Finding.READ: QCoreApplication.translate("History", "remark"),
    }[finding]


def period_word(period: Period) -> str:
    """Days that can be chosen with one touch."""
    return {
        Period.TODAY: QCoreApplication.translate("History", "Today"),
        Period.YESTERDAY: QCoreApplication.translate("History", "Yesterday"),
        Period.WEEK: QCoreApplication.translate("History", "7 days"),
        Period.MONTH: QCoreApplication.translate("History", "30 days"),
        Period.YEAR: QCoreApplication.translate("History", "A year"),
        Period.DAYS: QCoreApplication.translate("History", "From … to …"),
    }[period]


def part_word(part: str) -> str:
    """What a part of the search is called."""
    return {
        PERIOD: QCoreApplication.translate("History", "Period"),
        "types": QCoreApplication.translate("OperationTableModel", "Operation"),
        "person": QCoreApplication.translate("OperationTableModel", "Person"),
        "kit": QCoreApplication.translate("OperationTableModel", "Kit"),
        "toolkit": QCoreApplication.translate("Facts", "Toolkit"),
        "tool_class": QCoreApplication.translate("History", "Tool"),
        "marking": QCoreApplication.translate("History", "Marking"),
        "findings": QCoreApplication.translate("History", "Finding"),
        "aircraft": QCoreApplication.translate("Facts", "Aircraft"),
        "work_order": QCoreApplication.translate("Facts", "Work order"),
        "final_statuses": QCoreApplication.translate("OperationTableModel", "Final"),
        "statuses": QCoreApplication.translate("OperationTableModel", "Recognition"),
        "with_case": QCoreApplication.translate("History", "Lost-tool case"),
        "count_owed": QCoreApplication.translate("History", "Count"),
        "counted": QCoreApplication.translate("History", "Counted by hand"),
        "overridden": QCoreApplication.translate("History", "Overruled"),
        "first_pass": QCoreApplication.translate("History", "First pass"),
        "model": QCoreApplication.translate("History", "Model"),
        "site": QCoreApplication.translate("History", "Station"),
    }[part]


def flag_word(part: str, value: bool) -> str:
    """A part that is so or is not."""
    words = {
        "with_case": (
            QCoreApplication.translate("History", "case opened"),
            QCoreApplication.translate("History", "no case"),
        ),
        "count_owed": (
            QCoreApplication.translate("History", "count is owed"),
            QCoreApplication.translate("History", "no count is owed"),
        ),
        "counted": (
            QCoreApplication.translate("History", "counted by hand"),
            QCoreApplication.translate("History", "not counted by hand"),
        ),
        "overridden": (
            QCoreApplication.translate("History", "overruled"),
            QCoreApplication.translate("History", "not overruled"),
        ),
        "first_pass": (
            QCoreApplication.translate("History", "complete at first sight"),
            QCoreApplication.translate("History", "not complete at first sight"),
        ),
    }
    return words[part][0 if value else 1]


def value_word(search: Search, part: str, language: str) -> str:
    """What is chosen for a part of the search; empty for nothing."""
    if part == PERIOD:
        return _days_word(search, language)
    value = getattr(search.wanted, part)
    if isinstance(value, bool):
        return flag_word(part, value)
    if isinstance(value, frozenset):
        return ", ".join(_item_word(item) for item in sorted(value))
    return search.titles.get(part, str(value)) if value else ""


def chip_word(search: Search, part: str, language: str) -> str:
    """A part of the search in one line."""
    value = value_word(search, part, language)
    if part == PERIOD or isinstance(getattr(search.wanted, part), bool):
        return value
    return f"{part_word(part)}: {value}"


def day_word(day: date, language: str) -> str:
    """A day as people write it."""
    return day.strftime("%d.%m.%Y" if language == "ru" else "%Y-%m-%d")


def _days_word(search: Search, language: str) -> str:
    if search.period is None:
        return ""
    if search.period is not Period.DAYS:
        return period_word(search.period)
    first = day_word(search.first, language) if search.first else "…"
    last = day_word(search.last, language) if search.last else "…"
    return first if first == last else f"{first} – {last}"


def _item_word(item: object) -> str:
    if isinstance(item, OperationType):
        return type_word(item)
    if isinstance(item, Status):
        return status_word(item)
    return finding_word(Finding(str(item)))
