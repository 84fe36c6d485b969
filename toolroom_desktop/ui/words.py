"""The glossary's words in the language of the windows, and what stands for them in icons and colours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.inspection import PositionState, Status
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.ui.widgets.parts import Judgement

STATUS_ICONS: dict[Status, str] = {
    Status.SUCCESS: "present",
    Status.DISCREPANCY: "missing",
    Status.MANUAL_CHECK: "unsure",
}
STATUS_JUDGEMENTS: dict[Status, Judgement] = {
    Status.SUCCESS: "ok",
    Status.DISCREPANCY: "bad",
    Status.MANUAL_CHECK: "look",
}
STATE_ICONS: dict[PositionState, str] = {
    PositionState.PRESENT: "present",
    PositionState.UNSURE: "unsure",
    PositionState.MISSING: "missing",
}
STATE_JUDGEMENTS: dict[PositionState, Judgement] = {
    PositionState.PRESENT: "ok",
    PositionState.UNSURE: "look",
    PositionState.MISSING: "bad",
}
COUNT_ICONS: dict[Count, str] = {
    Count.FOUND: "present",
    Count.MISSING: "missing",
    Count.DAMAGED: "damaged",
    Count.PIECE_MISSING: "piece_missing",
    Count.WRONG: "wrong",
    Count.KEPT: "kept",
}
COUNT_JUDGEMENTS: dict[Count, Judgement] = {
    Count.FOUND: "ok",
    Count.MISSING: "bad",
    Count.DAMAGED: "look",
    Count.PIECE_MISSING: "bad",
    Count.WRONG: "bad",
    Count.KEPT: "look",
}
TYPE_ICONS: dict[OperationType, str] = {
    OperationType.CHECKOUT: "checkout",
    OperationType.CHECKIN: "checkin",
    OperationType.HANDOVER: "sync",
    OperationType.INVENTORY: "kit",
}


def type_word(type_: OperationType) -> str:
    """What is done with a kit, as a noun."""
    return {
        OperationType.CHECKOUT: QCoreApplication.translate("Words", "Checkout"),
        OperationType.CHECKIN: QCoreApplication.translate("Words", "Checkin"),
        OperationType.HANDOVER: QCoreApplication.translate("Words", "Handover"),
        OperationType.INVENTORY: QCoreApplication.translate("Words", "Inventory"),
    }[type_]


def status_word(status: Status) -> str:
    """The outcome in a word or two."""
    return {
        Status.SUCCESS: QCoreApplication.translate("Words", "Complete"),
        Status.DISCREPANCY: QCoreApplication.translate("Words", "Discrepancy"),
        Status.MANUAL_CHECK: QCoreApplication.translate("Words", "Count by hand"),
    }[status]


def state_word(state: PositionState) -> str:
    """What recognition says about one tool."""
    return {
        PositionState.PRESENT: QCoreApplication.translate("Words", "present"),
        PositionState.UNSURE: QCoreApplication.translate("Words", "unsure"),
        PositionState.MISSING: QCoreApplication.translate("Words", "missing"),
    }[state]


def count_word(count: Count) -> str:
    """What a person found at a position."""
    return {
        Count.FOUND: QCoreApplication.translate("Words", "found"),
        Count.MISSING: QCoreApplication.translate("Words", "missing"),
        Count.DAMAGED: QCoreApplication.translate("Words", "damaged"),
        Count.PIECE_MISSING: QCoreApplication.translate("Words", "a piece is missing"),
        Count.WRONG: QCoreApplication.translate("Words", "wrong part"),
        Count.KEPT: QCoreApplication.translate("Words", "stays out"),
    }[count]


def role_word(role: Role) -> str:
    """Who somebody is in the toolroom."""
    return {
        Role.TECHNICIAN: QCoreApplication.translate("Words", "Technician"),
        Role.STOREKEEPER: QCoreApplication.translate("Words", "Storekeeper"),
        Role.SHIFT_LEAD: QCoreApplication.translate("Words", "Shift lead"),
        Role.QUALITY: QCoreApplication.translate("Words", "Quality"),
        Role.ADMINISTRATOR: QCoreApplication.translate("Words", "Administrator"),
    }[role]


def short_name(name: str) -> str:
    """Surname and initials of a full Russian name; any other name as it is."""
    parts = name.split()
    return f"{parts[0]} {parts[1][0]}.\N{NO-BREAK SPACE}{parts[2][0]}." if len(parts) == 3 else name


def time_word(at: datetime, offset_minutes: int, now: datetime, language: str) -> str:
    """The local time of an event, with the date when that was not today.

    `at` and `now` are aware; `offset_minutes` is the station's offset from UTC at the event, as the record keeps it.
    """
    offset = timedelta(minutes=offset_minutes)
    local, today = at.astimezone(UTC) + offset, now.astimezone(UTC) + offset
    clock = f"{local:%H:%M}"
    if local.date() == today.date():
        return clock
    pattern = "%d.%m.%Y" if language == "ru" else "%Y-%m-%d"
    return f"{local.strftime(pattern)} {clock}"
