"""The rows of a list that is to be taken in: errors first, then what is new or changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from toolroom_desktop.services.tool_import import ImportPlan, PlannedRow, RowKind, RowProblem
from toolroom_desktop.ui.models.roles import ICON_ROLE, JUDGEMENT_ROLE
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.tool_words import change_word, title_of

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
COLUMNS = ("line", "what", "tool", "more")


class ImportTableModel(QAbstractTableModel):
    """Unchanged rows are left out."""

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._rows: Sequence[RowProblem | PlannedRow] = ()
        self._problems = False

    def show(self, plan: ImportPlan | None) -> None:
        """Replace all rows; None for none."""
        self.beginResetModel()
        changing = [row for row in plan.rows if row.kind is not RowKind.UNCHANGED] if plan else []
        # While there are errors they are all that matters: nothing is taken in.
        self._rows = (plan.problems or changing) if plan else ()
        self._problems = plan is not None and bool(plan.problems)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            "line": self.tr("Row"),
            "what": self.tr("What"),
            "tool": self.tr("Column") if self._problems else self.tr("Tool"),
            "more": self.tr("In detail"),
        }[COLUMNS[section]]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        bad = isinstance(row, RowProblem)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._problem(row, column) if isinstance(row, RowProblem) else self._planned(row, column)
        if role == JUDGEMENT_ROLE:
            return "bad" if bad and column == "what" else ""
        if role == ICON_ROLE and column == "what":
            return "missing" if bad else "extra" if row.kind is RowKind.NEW else "sync"  # type: ignore[union-attr]
        return "" if role == ICON_ROLE else None

    def _problem(self, problem: RowProblem, column: str) -> str:
        return {
            "line": str(problem.line),
            "what": self.tr("error"),
            "tool": problem.column,
            "more": self._shell.sentence(problem.error),
        }[column]

    def _planned(self, row: PlannedRow, column: str) -> str:
        tool = row.after
        if column == "line":
            return str(row.line)
        if column == "what":
            return self.tr("new") if row.kind is RowKind.NEW else self.tr("changed")
        if column == "tool":
            return title_of(tool)
        if row.kind is RowKind.NEW:
            place = f"{tool.kit}, {tool.unit}" if tool.kit else self.tr("spare")
            return f"{tool.tool_class}, {place}"
        return "; ".join(change_word(change, self._shell.session.language) for change in row.changes)
