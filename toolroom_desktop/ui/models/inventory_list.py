"""The kits of an inventory as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from toolroom_desktop.ui.widgets.parts import Judgement

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """One kit in words. `symbol` and `judgement` say how it stands, `note` what was explained or is owed."""

    kit: str
    title: str
    where: str
    note: str
    symbol: str
    judgement: Judgement


class InventoryListModel(QAbstractListModel):
    """The kits that are shown now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[InventoryRow] = ()

    def show(self, rows: Sequence[InventoryRow]) -> None:
        """Show these; where the same kits stay in the same places, only what changed is painted anew."""
        if [row.kit for row in rows] != [row.kit for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        before, self._rows = self._rows, rows
        for place, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                index = self.index(place)
                self.dataChanged.emit(index, index)

    def row(self, index: Index) -> InventoryRow | None:
        """The kit at an index; None for no index."""
        return self._rows[index.row()] if index.isValid() else None

    def index_of(self, kit: str) -> QModelIndex:
        """Where a kit stands; no index where it is not shown."""
        for place, row in enumerate(self._rows):
            if row.kit == kit:
                return self.index(place)
        return QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(text for text in (row.kit, row.title, row.where, row.note) if text)
        return None
