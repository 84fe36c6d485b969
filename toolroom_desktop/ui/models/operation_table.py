"""Operations as rows of a table, fetched page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.ui.words import (
    STATUS_ICONS,
    STATUS_JUDGEMENTS,
    TYPE_ICONS,
    short_name,
    status_word,
    time_word,
    type_word,
)

Index = QModelIndex | QPersistentModelIndex
ICON_ROLE = Qt.ItemDataRole.UserRole + 1
JUDGEMENT_ROLE = Qt.ItemDataRole.UserRole + 2
_NOWHERE = QModelIndex()

COLUMNS = ("time", "type", "kit", "person", "found", "final")


class OperationTableModel(QAbstractTableModel):
    """Newest first. `now` is asked for whether an operation was today."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._operations: list[Operation] = []
        self._language = "en"

    def retranslate(self, language: str) -> None:
        """Show words and dates in that language."""
        self._language = language
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._operations:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._operations) - 1, len(COLUMNS) - 1))

    def clear(self) -> None:
        """No rows."""
        self.beginResetModel()
        self._operations = []
        self.endResetModel()

    def append(self, page: Sequence[Operation]) -> None:
        """Older operations below those that are there."""
        if not page:
            return
        first = len(self._operations)
        self.beginInsertRows(QModelIndex(), first, first + len(page) - 1)
        self._operations.extend(page)
        self.endInsertRows()

    @property
    def oldest_seq(self) -> int | None:
        """Where the next page begins; None while there is nothing."""
        return self._operations[-1].site_seq if self._operations else None

    def operation(self, row: int) -> Operation:
        """The operation of a row."""
        return self._operations[row]

    def replace(self, operation: Operation) -> None:
        """Show an operation as it stands now, where it is in the list."""
        for row, known in enumerate(self._operations):
            if known.operation_id == operation.operation_id:
                self._operations[row] = operation
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._operations)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            "time": self.tr("Time"),
            "type": self.tr("Operation"),
            "kit": self.tr("Kit"),
            "person": self.tr("Person"),
            "found": self.tr("Recognition"),
            "final": self.tr("Final"),
        }[COLUMNS[section]]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        operation, column = self._operations[index.row()], COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(operation, column)
        if role == ICON_ROLE:
            return self._icon(operation, column)
        if role == JUDGEMENT_ROLE:
            status = {"found": operation.status, "final": operation.final_status}.get(column)
            return STATUS_JUDGEMENTS[status] if status is not None else ""
        return None

    def _text(self, operation: Operation, column: str) -> str:
        match column:
            case "time":
                return time_word(operation.finished_at, operation.utc_offset_minutes, self._now(), self._language)
            case "type":
                return type_word(operation.type)
            case "kit":
                return operation.kit
            case "person":
                return short_name(operation.person_name)
            case "found":
                return f"{status_word(operation.status)}\n{operation.match_percentage:.0f} %"
            case _:
                return status_word(operation.final_status)

    @staticmethod
    def _icon(operation: Operation, column: str) -> str:
        match column:
            case "type":
                return TYPE_ICONS[operation.type]
            case "found":
                return STATUS_ICONS[operation.status]
            case "final":
                return STATUS_ICONS[operation.final_status]
            case _:
                return ""
