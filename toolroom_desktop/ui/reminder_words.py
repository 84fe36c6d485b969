"""What reminders say, in a line and a half, and what they are drawn with."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.reminders import Reminder, ReminderKind
from toolroom_desktop.ui.widgets.parts import Judgement
from toolroom_desktop.ui.words import short_name

SYMBOLS: dict[ReminderKind, str] = {
    ReminderKind.CASE_OVERDUE: "search",
    ReminderKind.CASE_REOPENED: "search",
    ReminderKind.CASE_AWAITS_RELEASE: "confirm",
    ReminderKind.CASE_OPEN: "search",
    ReminderKind.OWN_OVERDUE: "checkin",
    ReminderKind.OWN_SOON_DUE: "checkin",
    ReminderKind.KIT_OVERDUE: "checkin",
    ReminderKind.KIT_SOON_DUE: "checkin",
    ReminderKind.HOLDER_GONE: "badge",
    ReminderKind.COUNT_OWED: "unsure",
    ReminderKind.CALIBRATION_EXPIRED: "gauge",
    ReminderKind.CALIBRATION_DUE: "gauge",
    ReminderKind.SHIFT_NOT_BEGUN: "clock",
    ReminderKind.REPORTS_NOT_WRITTEN: "report",
    ReminderKind.ACCOUNT_LOCKED: "badge",
    ReminderKind.ACCOUNT_EXPIRED: "badge",
}


def judgement_of(reminder: Reminder) -> Judgement:
    """Red only for what is late already, amber for what somebody must look at soon."""
    if reminder.urgent:
        return "bad"
    calm = (ReminderKind.SHIFT_NOT_BEGUN, ReminderKind.ACCOUNT_EXPIRED)
    return "" if reminder.kind in calm else "look"


def reminder_title(reminder: Reminder, tool: str) -> str:
    """What waits. `tool` is the tool's name; empty where it is about no tool, or about a whole kit."""
    text = {
        ReminderKind.OWN_OVERDUE: QCoreApplication.translate("HomeScreen", "Kit {kit} is overdue"),
        ReminderKind.OWN_SOON_DUE: QCoreApplication.translate("HomeScreen", "Kit {kit} is due soon"),
        ReminderKind.CASE_OVERDUE: QCoreApplication.translate("HomeScreen", "Case {case} is late"),
        ReminderKind.CASE_REOPENED: QCoreApplication.translate("HomeScreen", "Case {case} was reopened"),
        ReminderKind.CASE_AWAITS_RELEASE: QCoreApplication.translate("HomeScreen", "Case {case} awaits its release"),
        ReminderKind.CASE_OPEN: QCoreApplication.translate("HomeScreen", "Case {case} is open"),
        ReminderKind.KIT_OVERDUE: QCoreApplication.translate("HomeScreen", "Kit {kit} is overdue"),
        ReminderKind.KIT_SOON_DUE: QCoreApplication.translate("HomeScreen", "Kit {kit} is due soon"),
        ReminderKind.HOLDER_GONE: QCoreApplication.translate(
            "HomeScreen", "Kit {kit}: its holder cannot sign in any more"
        ),
        ReminderKind.COUNT_OWED: QCoreApplication.translate("HomeScreen", "Kit {kit} was not counted"),
        ReminderKind.CALIBRATION_EXPIRED: QCoreApplication.translate("HomeScreen", "Calibration is over: {tool}"),
        ReminderKind.CALIBRATION_DUE: QCoreApplication.translate("HomeScreen", "Calibration is due: {tool}"),
        ReminderKind.SHIFT_NOT_BEGUN: QCoreApplication.translate("HomeScreen", "No shift runs"),
        ReminderKind.REPORTS_NOT_WRITTEN: QCoreApplication.translate("HomeScreen", "Reports cannot be written"),
        ReminderKind.ACCOUNT_LOCKED: QCoreApplication.translate("HomeScreen", "Account locked: {name}"),
        ReminderKind.ACCOUNT_EXPIRED: QCoreApplication.translate("HomeScreen", "Account ended: {name}"),
    }[reminder.kind]
    return text.format(case=reminder.case, kit=reminder.kit, tool=tool, name=short_name(reminder.name))


def reminder_detail(reminder: Reminder, tool: str, when: str) -> str:
    """Where, with whom, until when. `when` is the moment or day in words; empty for none."""
    kind = reminder.kind
    if kind is ReminderKind.SHIFT_NOT_BEGUN:
        return QCoreApplication.translate("HomeScreen", "Begin it with an inventory of the kits.")
    if kind is ReminderKind.REPORTS_NOT_WRITTEN:
        return QCoreApplication.translate("HomeScreen", "See to the folder {place}").format(place=reminder.place)
    parts = []
    if reminder.case:
        parts.append(tool or QCoreApplication.translate("HomeScreen", "the whole kit"))
    if reminder.marking:
        parts.append(reminder.marking)
    if reminder.kit and (reminder.case or reminder.tool_class):
        parts.append(QCoreApplication.translate("HomeScreen", "kit {kit}").format(kit=reminder.kit))
    if reminder.name and kind not in (ReminderKind.ACCOUNT_LOCKED, ReminderKind.ACCOUNT_EXPIRED):
        parts.append(short_name(reminder.name))
    if when:
        parts.append(_when(kind).format(when=when))
    return " · ".join(parts)


def _when(kind: ReminderKind) -> str:
    if kind in (ReminderKind.CASE_OVERDUE, ReminderKind.KIT_OVERDUE, ReminderKind.OWN_OVERDUE):
        return QCoreApplication.translate("HomeScreen", "was due {when}")
    if kind in (ReminderKind.CALIBRATION_EXPIRED, ReminderKind.ACCOUNT_EXPIRED):
        return QCoreApplication.translate("HomeScreen", "ended {when}")
    if kind in (ReminderKind.ACCOUNT_LOCKED, ReminderKind.CALIBRATION_DUE):
        return QCoreApplication.translate("HomeScreen", "until {when}")
    if kind is ReminderKind.COUNT_OWED:
        return "{when}"
    return QCoreApplication.translate("HomeScreen", "due {when}")


def day_word(day: date, language: str) -> str:
    """A day as people write it."""
    return day.strftime("%d.%m.%Y" if language == "ru" else "%Y-%m-%d")
