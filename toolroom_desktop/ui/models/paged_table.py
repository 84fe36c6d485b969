"""Rows of a table that come page by page from somewhere slow, in both directions, and of which only some are kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from toolroom_desktop.ui.models.roles import ICON_ROLE, JUDGEMENT_ROLE

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_KEPT_PAGES = 40
_TEXTS = tuple(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
    )
)
_AHEAD = 60
"""Rows before and behind what is seen that are there before somebody scrolls to them."""


@dataclass(frozen=True, slots=True)
class Cells(Generic[R]):
    """How a row is shown. Columns are whatever the screen tells them apart by."""

    columns: Sequence[Any]
    title: Callable[[Any], str]
    text: Callable[[R, Any], str]
    icon: Callable[[R, Any], str]
    judgement: Callable[[R, Any], str]


@dataclass(frozen=True, slots=True)
class _Said:
    """How one cell is shown. Said once: a scroll asks for each cell many times."""

    text: str
    icon: str
    judgement: str


_NOT_HERE = _Said("…", "", "")


@dataclass(slots=True)
class _Slot(Generic[R]):
    """A page. `start` is where it is asked for anew once its rows were let go."""

    start: object
    first: int
    count: int
    rows: Sequence[R] | None
    said: dict[tuple[int, int], _Said] = field(default_factory=dict)


class PagedTableModel(QAbstractTableModel):
    """Asks for page after page by `page_wanted` (its number, and where it starts) and is given each by `put`.

    Use from the GUI thread only. A row whose page was let go is shown as dots until it is back.
    """

    page_wanted = Signal(int, object)

    def __init__(self, cells: Cells[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cells = cells
        self._slots: list[_Slot[Any]] = []
        self._firsts: list[int] = []
        self._next: object = None
        self._more = False
        self._asked: set[int] = set()

    def begin(self) -> None:
        """No rows, and the first page is asked for."""
        self.beginResetModel()
        self._slots, self._firsts = [], []
        self._next, self._more = None, True
        self._asked = set()
        self.endResetModel()
        self._ask(0)

    def speak(self, cells: Cells[Any]) -> None:
        """Show other columns, or the same in another language."""
        self.beginResetModel()
        self._cells = cells
        for slot in self._slots:
            slot.said = {}
        self.endResetModel()

    def put(self, number: int, rows: Sequence[Any], following: object) -> None:
        """A page is here; `following` is where the one after it starts, None for no more."""
        self._asked.discard(number)
        if number < len(self._slots):
            slot = self._slots[number]
            slot.rows, slot.said = rows[: slot.count], {}
            last = self.columnCount() - 1
            self.dataChanged.emit(self.index(slot.first, 0), self.index(slot.first + slot.count - 1, last))
        elif number == len(self._slots):
            first = self.rowCount()
            if rows:
                self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._slots.append(_Slot(self._next, first, len(rows), rows))
            self._firsts.append(first)
            self._next, self._more = following, following is not None
            if rows:
                self.endInsertRows()
        self._let_go(number)

    def failed(self, number: int) -> None:
        """That page could not be had; it is asked for again when somebody comes near."""
        self._asked.discard(number)

    def replace(self, found: Callable[[Any], bool], row: Any) -> None:
        """What was shown of a row is otherwise now."""
        for slot in self._slots:
            for place, old in enumerate(slot.rows or ()):
                if found(old):
                    slot.rows = (*(slot.rows or ())[:place], row, *(slot.rows or ())[place + 1 :])
                    slot.said = {}
                    at = slot.first + place
                    self.dataChanged.emit(self.index(at, 0), self.index(at, self.columnCount() - 1))
                    return

    def seen(self, first: int, last: int) -> None:
        """These rows are visible: ask for what will be next, and for what was let go."""
        for number in range(self._number_of(max(0, first - _AHEAD)), self._number_of(last + _AHEAD) + 1):
            if 0 <= number < len(self._slots) and self._slots[number].rows is None:
                self._ask(number)
        if self._more and last + _AHEAD >= self.rowCount():
            self._ask(len(self._slots))

    @property
    def complete(self) -> bool:
        """Whether there is nothing behind the last row."""
        return not self._more

    @property
    def pages_held(self) -> int:
        """How many pages are in memory."""
        return sum(slot.rows is not None for slot in self._slots)

    def row(self, place: int) -> Any:
        """A row; None where it is not here."""
        number = self._number_of(place)
        if not 0 <= number < len(self._slots):
            return None
        slot = self._slots[number]
        return slot.rows[place - slot.first] if slot.rows is not None and place - slot.first < len(slot.rows) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if parent.isValid() or not self._slots:
            return 0
        return self._slots[-1].first + self._slots[-1].count

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._cells.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._cells.title(self._cells.columns[section])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in _TEXTS:
            return self._said(index.row(), index.column()).text
        if role == ICON_ROLE:
            return self._said(index.row(), index.column()).icon
        if role == JUDGEMENT_ROLE:
            return self._said(index.row(), index.column()).judgement
        return None

    def _said(self, place: int, column: int) -> _Said:
        slot = self._slots[self._number_of(place)]
        key = (place - slot.first, column)
        said = slot.said.get(key)
        if said is None:
            if slot.rows is None or key[0] >= len(slot.rows):
                return _NOT_HERE
            row, asked, cells = slot.rows[key[0]], self._cells.columns[column], self._cells
            said = slot.said[key] = _Said(cells.text(row, asked), cells.icon(row, asked), cells.judgement(row, asked))
        return said

    def _number_of(self, place: int) -> int:
        return bisect_right(self._firsts, place) - 1 if self._firsts else 0

    def _ask(self, number: int) -> None:
        if number not in self._asked:
            self._asked.add(number)
            self.page_wanted.emit(number, self._slots[number].start if number < len(self._slots) else self._next)

    def _let_go(self, near: int) -> None:
        held = [number for number, slot in enumerate(self._slots) if slot.rows is not None]
        held.sort(key=lambda number: abs(number - near))
        for number in held[_KEPT_PAGES:]:
            self._slots[number].rows = None
            self._slots[number].said = {}
