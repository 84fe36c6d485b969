"""What the desk says: the names of its tiles, spans of time, and how things stand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.cases import CaseState
from toolroom_desktop.services.sync.state import Standing
from toolroom_desktop.ui.reminder_words import day_word
from toolroom_desktop.ui.words import time_word

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def tile_words(tile: str) -> tuple[str, str, str]:
    """What a tile counts, what its list is called, and what is said where it is empty; by the tile's value."""
    return {
        "overdue": (
            QCoreApplication.translate("Desk", "Overdue"),
            QCoreApplication.translate("Desk", "Overdue kits"),
            QCoreApplication.translate("Desk", "No kit is overdue."),
        ),
        "out": (
            QCoreApplication.translate("Desk", "Kits out"),
            QCoreApplication.translate("Desk", "Kits that are out"),
            QCoreApplication.translate("Desk", "No kit is out."),
        ),
        "cases": (
            QCoreApplication.translate("Desk", "Open cases"),
            QCoreApplication.translate("Desk", "Open lost-tool cases"),
            QCoreApplication.translate("Desk", "No tool is searched for."),
        ),
        "counts": (
            QCoreApplication.translate("Desk", "To count"),
            QCoreApplication.translate("Desk", "Counts by hand that wait"),
            QCoreApplication.translate("Desk", "No count is owed."),
        ),
        "calibrations": (
            QCoreApplication.translate("Desk", "Calibration"),
            QCoreApplication.translate("Desk", "Calibrations that are due"),
            QCoreApplication.translate("Desk", "No calibration is due soon."),
        ),
        "shift": (QCoreApplication.translate("Desk", "Shift"), "", ""),
        "sync": (QCoreApplication.translate("Desk", "Centre"), "", ""),
    }[tile]


def waiting_words() -> tuple[str, str]:
    """What the list is called while no tile is chosen, and what is said where it is empty."""
    return (
        QCoreApplication.translate("HomeScreen", "What needs you"),
        QCoreApplication.translate("HomeScreen", "Nothing waits for you."),
    )


def waiting_everywhere_words() -> tuple[str, str]:
    """The same over all stations."""
    return (
        QCoreApplication.translate("Desk", "What waits at all stations"),
        QCoreApplication.translate("Desk", "Nothing waits at any station."),
    )


def part_word(of: str) -> str:
    """A heading, or a part of a line with its place for what it is about."""
    return {
        "own": QCoreApplication.translate("HomeScreen", "My kits"),
        "since": QCoreApplication.translate("Desk", "since {when}"),
        "due": QCoreApplication.translate("HomeScreen", "was due {when}"),
        "kit": QCoreApplication.translate("HomeScreen", "kit {kit}"),
    }[of]


def whole_kit_word() -> str:
    """What a case about no single tool is about."""
    return QCoreApplication.translate("HomeScreen", "the whole kit")


def no_time_word() -> str:
    """A kit that is out without a time."""
    return QCoreApplication.translate("Desk", "no time")


def age_word(span: timedelta) -> str:
    """A span of time in its largest unit."""
    span = max(span, timedelta())
    if span >= 2 * _DAY:
        return QCoreApplication.translate("Desk", "{count} d").format(count=span // _DAY)
    if span >= _HOUR:
        return QCoreApplication.translate("Desk", "{count} h").format(count=span // _HOUR)
    return QCoreApplication.translate("Desk", "{count} min").format(count=span // timedelta(minutes=1))


def late_word(span: timedelta) -> str:
    """How late something is."""
    return QCoreApplication.translate("Desk", "{span} late").format(span=age_word(span))


def back_by_word(at: datetime | date | None, now: datetime, offset_minutes: int, language: str) -> str:
    """A moment or a day as the desk writes it; empty for none."""
    if at is None:
        return ""
    if isinstance(at, datetime):
        return time_word(at, offset_minutes, now, language)
    return day_word(at, language)


def case_state_word(state: CaseState, *, late: bool, searched: bool) -> str:
    """What a case waits for."""
    if state is CaseState.AWAITS_RELEASE:
        return QCoreApplication.translate("Desk", "awaits its release")
    if late:
        return QCoreApplication.translate("Desk", "late")
    if searched:
        return QCoreApplication.translate("Desk", "being searched")
    return QCoreApplication.translate("Desk", "not searched yet")


def standing_word(standing: Standing) -> str:
    """How sync stands."""
    return {
        Standing.SYNCED: QCoreApplication.translate("Desk", "Synchronised"),
        Standing.PENDING: QCoreApplication.translate("Desk", "Not sent yet"),
        Standing.OFFLINE: QCoreApplication.translate("Desk", "Centre out of reach"),
        Standing.ATTENTION: QCoreApplication.translate("Desk", "Sync needs you"),
    }[standing]


def shift_word(running: bool) -> str:
    """Whether a shift runs."""
    if running:
        return QCoreApplication.translate("Desk", "Shift since")
    return QCoreApplication.translate("HomeScreen", "No shift runs")
