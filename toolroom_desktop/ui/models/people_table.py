"""People as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from toolroom_desktop.domain.people import Person

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

COLUMNS = ("name", "badge", "role", "account", "last_day")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody with the words that the table shows."""

    person: Person
    role: str
    account: str
    last_day: str

    def cell(self, column: int) -> str:
        """The text of that column."""
        return (self.person.name, self.person.badge, self.role, self.account, self.last_day)[column]


class PeopleTableModel(QAbstractTableModel):
    """The people that a search found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[PersonRow] = ()

    def show(self, rows: Sequence[PersonRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def retranslate(self) -> None:
        """Name the columns anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def person(self, row: int) -> Person | None:
        """Whoever stands in that row; None for no row."""
        return self._rows[row].person if 0 <= row < len(self._rows) else None

    def row_of(self, badge: str) -> int:
        """Where the person with that badge stands; -1 for nowhere."""
        return next((place for place, row in enumerate(self._rows) if row.person.is_called(badge)), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            "name": self.tr("Name"),
            "badge": self.tr("Badge"),
            "role": self.tr("Role"),
            "account": self.tr("Account"),
            "last_day": self.tr("Last day"),
        }[COLUMNS[section]]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self._rows[index.row()].cell(index.column())
