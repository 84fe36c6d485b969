"""What is known of a tool, in the language of the windows."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.config.days import write_day
from toolroom_desktop.domain.register import name_of
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.tool_records import (
    TOOL_ADDED,
    TOOL_CHANGED,
    TOOL_PUT_IN,
    TOOL_SWAPPED,
    TOOL_TAKEN_OUT,
    TOOLS_IMPORTED,
    FieldChange,
    ToolRecord,
)
from toolroom_desktop.ui.widgets.parts import Judgement

STATE_ICONS: dict[ToolState, str] = {
    ToolState.SERVICEABLE: "present",
    ToolState.UNSERVICEABLE: "damaged",
    ToolState.IN_REPAIR: "setup",
    ToolState.LOST: "missing",
    ToolState.RETIRED: "close",
}
STATE_JUDGEMENTS: dict[ToolState, Judgement] = {
    ToolState.SERVICEABLE: "ok",
    ToolState.UNSERVICEABLE: "bad",
    ToolState.IN_REPAIR: "look",
    ToolState.LOST: "bad",
    ToolState.RETIRED: "look",
}


def state_word(state: ToolState) -> str:
    """What state a tool is in."""
    return {
        ToolState.SERVICEABLE: QCoreApplication.translate("ToolWords", "serviceable"),
        ToolState.UNSERVICEABLE: QCoreApplication.translate("ToolWords", "unserviceable"),
        ToolState.IN_REPAIR: QCoreApplication.translate("ToolWords", "in repair"),
        ToolState.LOST: QCoreApplication.translate("ToolWords", "lost"),
        ToolState.RETIRED: QCoreApplication.translate("ToolWords", "retired"),
    }[state]


def calibration_word(tool: Tool, today: date, soon_days: int, language: str) -> tuple[str, Judgement]:
    """Until when its calibration is good, in words and as a judgement; empty for a tool that needs none."""
    due = tool.calibration_due
    if due is None:
        return "", ""
    day = write_day(due, language)
    if tool.calibration_expired(today):
        return QCoreApplication.translate("ToolWords", "over since {day}").format(day=day), "bad"
    if (due - today).days <= soon_days:
        return QCoreApplication.translate("ToolWords", "{day}\nends soon").format(day=day), "look"
    return QCoreApplication.translate("ToolWords", "until {day}").format(day=day), "ok"


def title_of(tool: Tool) -> str:
    """What a tool is called in a sentence."""
    return name_of(tool)


def field_word(name: str) -> str:
    """What a field of a tool is called."""
    return {
        "tool_class": QCoreApplication.translate("ToolWords", "Class"),
        "kit": QCoreApplication.translate("ToolWords", "Kit"),
        "unit": QCoreApplication.translate("ToolWords", "Place"),
        "part_number": QCoreApplication.translate("ToolWords", "Part number"),
        "serial_number": QCoreApplication.translate("ToolWords", "Serial number"),
        "marking": QCoreApplication.translate("ToolWords", "Marking"),
        "calibration_due": QCoreApplication.translate("ToolWords", "Calibration until"),
        "state": QCoreApplication.translate("ToolWords", "State"),
        "photo": QCoreApplication.translate("ToolWords", "Photo"),
        "note": QCoreApplication.translate("ToolWords", "Note"),
    }[name]


def record_word(record: ToolRecord) -> str:
    """What an entry of the journal did to the tool."""
    words = {
        TOOL_ADDED: QCoreApplication.translate("ToolWords", "Written down"),
        TOOL_CHANGED: QCoreApplication.translate("ToolWords", "Changed"),
        TOOL_SWAPPED: QCoreApplication.translate("ToolWords", "Swapped"),
        TOOL_TAKEN_OUT: QCoreApplication.translate("ToolWords", "Taken out of its kit"),
        TOOL_PUT_IN: QCoreApplication.translate("ToolWords", "Put into a kit"),
        TOOLS_IMPORTED: QCoreApplication.translate("ToolWords", "Taken in from a list"),
    }
    opened = QCoreApplication.translate("ToolWords", "Case {case} opened")
    return words.get(record.kind) or opened.format(case=record.case)


def change_word(change: FieldChange, language: str) -> str:
    """A field before and after."""
    values = [_value(change.field, value, language) for value in (change.before, change.after)]
    return f"{field_word(change.field)}: {values[0]} → {values[1]}"


def _value(name: str, value: str, language: str) -> str:
    if not value:
        return "—"
    if name == "state":
        return state_word(ToolState(value))
    if name == "calibration_due":
        return write_day(date.fromisoformat(value), language)
    return value[:8] if name == "photo" else value


# What a count found is the reason of an entry that no person gave one for.
def reason_word(reason: str) -> str:
    """Why, as a person wrote it or a count found it."""
    return {
        "missing": QCoreApplication.translate("ToolWords", "missing at a count"),
        "damaged": QCoreApplication.translate("ToolWords", "damaged at a count"),
        "piece_missing": QCoreApplication.translate("ToolWords", "broken at a count, a piece is missing"),
        "wrong": QCoreApplication.translate("ToolWords", "another tool lay in its place at a count"),
    }.get(reason, reason)
