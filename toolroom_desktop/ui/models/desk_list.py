"""The lines of the desk as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from toolroom_desktop.domain.reminders import Reminder, ReminderKind
from toolroom_desktop.ui.widgets.parts import Judgement

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Target:
    """Where a line leads: what a reminder says, a kit that is out, a case, or all reminders of a kind.

    operation  in the records of all stations: the operation that the line is about
    site       there, with `kit`: the station whose operations with that kit are shown
    """

    reminder: Reminder | None = None
    kit: str = ""
    holder_badge: str = ""
    case: str = ""
    all_of: ReminderKind | None = None
    operation: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One line: what, beneath it whose and what for, and at its end the figure that it is read for.

    heading  a line that only says what those below it are
    """

    title: str
    detail: str = ""
    figure: str = ""
    symbol: str = ""
    judgement: Judgement = ""
    target: Target | None = None

    @property
    def heading(self) -> bool:
        """Whether it leads nowhere."""
        return self.target is None


class DeskListModel(QAbstractListModel):
    """The lines that are shown now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[DeskLine] = ()

    @property
    def lines(self) -> Sequence[DeskLine]:
        """All of them."""
        return self._lines

    def show(self, lines: Sequence[DeskLine]) -> bool:
        """Replace all rows where anything is otherwise; whether it was."""
        if list(lines) == list(self._lines):
            return False
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()
        return True

    def line(self, index: Index) -> DeskLine | None:
        """The line at an index; None for no index."""
        return self._lines[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return ". ".join(part for part in (line.title, line.detail, line.figure) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index)
        if line is None or line.heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
