"""The columns of the history: what stands in them on the screen and in a file, and how wide they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.services.history_rows import HistoryRow, Who
from toolroom_desktop.services.tables import Cell, SheetColumn
from toolroom_desktop.ui.screens.history.words import finding_word
from toolroom_desktop.ui.words import STATUS_ICONS, TYPE_ICONS, short_name, status_word, time_word, type_word


class Column(StrEnum):
    """Every column, in the order in which they stand at first."""

    TIME = "time"
    TYPE = "type"
    KIT = "kit"
    PERSON = "person"
    AIRCRAFT = "aircraft"
    FINDINGS = "findings"
    FINAL = "final"
    FOUND = "found"
    TOOLKIT = "toolkit"
    WORK_ORDER = "work_order"
    HOLDER = "holder"
    GIVER = "giver"
    WITNESS = "witness"
    DUE = "due"
    CASES = "cases"
    NOTE = "note"
    MODEL = "model"
    SITE = "site"
    NUMBER = "number"


SHOWN_AT_FIRST = (
    Column.TIME,
    Column.TYPE,
    Column.KIT,
    Column.PERSON,
    Column.AIRCRAFT,
    Column.FINDINGS,
    Column.FINAL,
)
# Beside the station there is no room for the aircraft.
SHOWN_OF_ALL_STATIONS = (Column.SITE, *(column for column in SHOWN_AT_FIRST if column is not Column.AIRCRAFT))
WIDTHS = {
    Column.TIME: 116,
    Column.TYPE: 132,
    Column.KIT: 120,
    Column.PERSON: 170,
    Column.AIRCRAFT: 124,
    Column.FINDINGS: 280,
    Column.FINAL: 180,
    Column.FOUND: 178,
    Column.TOOLKIT: 210,
    Column.WORK_ORDER: 130,
    Column.HOLDER: 170,
    Column.GIVER: 170,
    Column.WITNESS: 170,
    Column.DUE: 116,
    Column.CASES: 140,
    Column.NOTE: 280,
    Column.MODEL: 170,
    Column.SITE: 150,
    Column.NUMBER: 100,
}
"""In device independent pixels; what is left goes to the widest that is shown."""
TAKES_THE_REST = (Column.FINDINGS, Column.NOTE, Column.TOOLKIT, Column.PERSON)


@dataclass(frozen=True, slots=True)
class Speech:
    """How cells speak: the language, and the names of tool classes and toolkits in it.

    station  what people call a station, by its site_id; None where all rows are this station's own
    """

    language: str
    tools: Mapping[str, str]
    toolkits: Mapping[str, str]
    now: Callable[[], datetime]
    station: Callable[[str], str] | None = None


def column_word(column: Column) -> str:
    """What a column is called."""
    return {
        Column.TIME: QCoreApplication.translate("OperationTableModel", "Time"),
        Column.TYPE: QCoreApplication.translate("OperationTableModel", "Operation"),
        Column.KIT: QCoreApplication.translate("OperationTableModel", "Kit"),
        Column.PERSON: QCoreApplication.translate("OperationTableModel", "Person"),
        Column.AIRCRAFT: QCoreApplication.translate("Facts", "Aircraft"),
        Column.FINDINGS: QCoreApplication.translate("History", "Tools"),
        Column.FINAL: QCoreApplication.translate("OperationTableModel", "Final"),
        Column.FOUND: QCoreApplication.translate("OperationTableModel", "Recognition"),
        Column.TOOLKIT: QCoreApplication.translate("Facts", "Toolkit"),
        Column.WORK_ORDER: QCoreApplication.translate("Facts", "Work order"),
        Column.HOLDER: QCoreApplication.translate("Facts", "Kit with"),
        Column.GIVER: QCoreApplication.translate("Facts", "Handed over by"),
        Column.WITNESS: QCoreApplication.translate("Facts", "Count signed by"),
        Column.DUE: QCoreApplication.translate("Facts", "Back by"),
        Column.CASES: QCoreApplication.translate("Facts", "Cases"),
        Column.NOTE: QCoreApplication.translate("Facts", "Note"),
        Column.MODEL: QCoreApplication.translate("History", "Model"),
        Column.SITE: QCoreApplication.translate("History", "Station"),
        Column.NUMBER: QCoreApplication.translate("History", "Record No."),
    }[column]


def icon_of(row: HistoryRow, column: Column) -> str:
    """The drawing of a cell; empty for none."""
    match column:
        case Column.TYPE:
            return TYPE_ICONS[row.type]
        case Column.FOUND:
            return STATUS_ICONS[row.status]
        case Column.FINAL:
            return STATUS_ICONS[row.final_status]
        case _:
            return ""


def text_of(row: HistoryRow, column: Column, speech: Speech) -> str:
    """What stands in a cell of the screen."""
    match column:
        case Column.TIME:
            return time_word(row.finished_at, row.utc_offset_minutes, speech.now(), speech.language)
        case Column.DUE:
            due = row.expected_return
            return time_word(due, row.utc_offset_minutes, speech.now(), speech.language) if due else ""
        case Column.PERSON | Column.HOLDER | Column.GIVER | Column.WITNESS:
            return short_name(_who(row, column).name)
        case Column.FOUND:
            return f"{status_word(row.status)}\n{row.match_percentage:.0f} %"
        case Column.FINAL:
            owed = QCoreApplication.translate("History", "count is owed")
            return f"{status_word(row.final_status)}\n{owed}" if row.count_owed else status_word(row.final_status)
        case Column.NOTE:
            return " ".join(row.note.split())
        case _:
            return str(cell_of(row, column, speech) or "")


def cell_of(row: HistoryRow, column: Column, speech: Speech) -> Cell:
    """What stands in a cell of a file: moments by the station's own clock then, names in full."""
    match column:
        case Column.TIME:
            return _local(row, row.finished_at)
        case Column.DUE:
            return _local(row, row.expected_return) if row.expected_return else None
        case Column.TYPE:
            return type_word(row.type)
        case Column.KIT:
            return row.kit
        case Column.PERSON | Column.HOLDER | Column.GIVER | Column.WITNESS:
            who = _who(row, column)
            return f"{who.name} ({who.badge})" if who.badge else who.name or None
        case Column.AIRCRAFT:
            return row.aircraft or None
        case Column.WORK_ORDER:
            return row.work_order or None
        case Column.FINDINGS:
            return ", ".join(
                f"{speech.tools.get(one.tool_class, one.tool_class)}: {finding_word(one.finding)}"
                for one in row.findings
            )
        case Column.FINAL:
            return status_word(row.final_status)
        case Column.FOUND:
            return f"{status_word(row.status)}, {row.match_percentage:.0f} %"
        case Column.TOOLKIT:
            return speech.toolkits.get(row.toolkit, row.toolkit)
        case Column.CASES:
            return ", ".join(row.cases)
        case Column.NOTE:
            return row.note or None
        case Column.MODEL:
            return row.model
        case Column.SITE:
            return row.site_id if speech.station is None else speech.station(row.site_id)
        case Column.NUMBER:
            return row.site_seq


def _local(row: HistoryRow, at: datetime) -> datetime:
    return at.astimezone(timezone(timedelta(minutes=row.utc_offset_minutes)))


def _who(row: HistoryRow, column: Column) -> Who:
    return {
        Column.PERSON: row.person,
        Column.HOLDER: row.holder,
        Column.GIVER: row.giver,
        Column.WITNESS: row.witness,
    }[column]


def sheet_columns(columns: Sequence[Column]) -> list[SheetColumn]:
    """The columns of a file."""
    return [SheetColumn(column_word(column), max(10, WIDTHS[column] // 8)) for column in columns]


def columns_of(said: object, at_first: tuple[Column, ...] = SHOWN_AT_FIRST) -> tuple[Column, ...]:
    """The columns that somebody chose, as they were kept; those of the beginning where nothing usable was."""
    if not isinstance(said, list):
        return at_first
    known = {column.value: column for column in Column}
    chosen = tuple(dict.fromkeys(known[name] for name in said if name in known))
    return chosen or at_first
