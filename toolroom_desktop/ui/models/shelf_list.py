"""Where tools lie, as rows of a list: kits, and the lists that cross them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
SHELF_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


class ShelfKind(Enum):
    """What a row stands for."""

    KIT = auto()
    FOUND = auto()  # tools that a search found
    SPARE = auto()
    DUE = auto()
    UNFIT = auto()


@dataclass(frozen=True, slots=True)
class Shelf:
    """One row: what it is, and the words that the list shows. `key` is the kit's number; empty for the others."""

    kind: ShelfKind
    key: str
    title: str
    caption: str = ""
    mark: str = ""


class ShelfListModel(QAbstractListModel):
    """The shelves that a search found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelves: Sequence[Shelf] = ()

    def show(self, shelves: Sequence[Shelf]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._shelves = shelves
        self.endResetModel()

    def shelf(self, index: Index) -> Shelf | None:
        """The shelf at an index; None for no index."""
        return self._shelves[index.row()] if index.isValid() else None

    def place_of(self, kind: ShelfKind, key: str) -> QModelIndex:
        """Where that shelf stands; no index where it does not."""
        for place, shelf in enumerate(self._shelves):
            if (shelf.kind, shelf.key) == (kind, key):
                return self.index(place)
        return QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shelves)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shelf = self.shelf(index)
        if shelf is None:
            return None
        if role == SHELF_ROLE:
            return shelf
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (shelf.title, shelf.caption, shelf.mark) if part)
        return None
