"""Kits as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from toolroom_desktop.services.catalogue import KitRow

Index = QModelIndex | QPersistentModelIndex
CHOICE_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class KitChoice:
    """A kit with the words that the list shows, and whether it can be chosen."""

    row: KitRow
    title: str
    whereabouts: str
    possible: bool


class KitListModel(QAbstractListModel):
    """The kits that a search found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: Sequence[KitChoice] = ()

    def show(self, choices: Sequence[KitChoice]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._choices = choices
        self.endResetModel()

    def choice(self, index: Index) -> KitChoice | None:
        """The kit at an index; None for no index."""
        return self._choices[index.row()] if index.isValid() else None

    def first_possible(self) -> QModelIndex:
        """The first row that can be chosen; no index where there is none."""
        for place, choice in enumerate(self._choices):
            if choice.possible:
                return self.index(place)
        return QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self.choice(index)
        if choice is None:
            return None
        if role == CHOICE_ROLE:
            return choice
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{choice.row.kit.number}, {choice.title}, {choice.whereabouts}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        choice = self.choice(index)
        if choice is None or not choice.possible:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
