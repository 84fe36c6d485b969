"""What a list would change, before it is taken in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QProgressBar, QTableView, QVBoxLayout, QWidget

from toolroom_desktop.services.tool_import import ImportPlan, RowKind
from toolroom_desktop.ui.models.import_table import COLUMNS, ImportTableModel
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.operation_delegate import OperationDelegate
from toolroom_desktop.ui.widgets.parts import label, set_judgement

_WIDTHS = {"line": 90, "what": 200, "tool": 260}


class ImportPage(QWidget):
    """Counts, then every row that does something or cannot be taken in."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        metrics = shell.theme.metrics
        self.title = label("title", self, wrap=True)
        self.counts = label("emphasis", self, wrap=True)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.model = ImportTableModel(shell, self)
        self.table = QTableView(self)
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(OperationDelegate(shell.theme, table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(metrics.touch)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(COLUMNS):
            if column in _WIDTHS:
                header.resizeSection(place, _WIDTHS[column])
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(metrics.gap)
        for widget in (self.title, self.counts, self.progress):
            column_layout.addWidget(widget)
        column_layout.addWidget(table, 1)

    def begin(self) -> None:
        """A file is being read."""
        self.title.setText(self.tr("Reading the list ..."))
        self.counts.setText("")
        set_judgement(self.counts, "")
        self.model.show(None)
        self.show_progress(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """So many rows of so many are done; 0 of 0 while that is not known."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what it would change."""
        self.title.setText(plan.file.name)
        counts = {kind: len(plan.of_kind(kind)) for kind in RowKind}
        if plan.problems:
            said = self.tr("%n error(s): mend them in the file, then import it again.", None, len(plan.problems))
            set_judgement(self.counts, "bad")
        else:
            said = self.tr("New: {new}, changed: {changed}, unchanged: {unchanged}").format(
                new=counts[RowKind.NEW], changed=counts[RowKind.CHANGED], unchanged=counts[RowKind.UNCHANGED]
            )
            set_judgement(self.counts, "")
        self.counts.setText(said)
        self.model.show(plan)

    def show_busy(self, busy: bool) -> None:
        """Whether something is under way."""
        self.progress.setVisible(busy)
