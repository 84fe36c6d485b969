"""Kits and the lists that cross them on the left, the tools of the chosen one on the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.domain.register import Place
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.models.shelf_list import Shelf, ShelfKind, ShelfListModel
from toolroom_desktop.ui.models.tool_table import COLUMNS, ToolTableModel, ToolTableWords
from toolroom_desktop.ui.screens.tools.doing import Found, Shown
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.operation_delegate import OperationDelegate
from toolroom_desktop.ui.widgets.parts import label
from toolroom_desktop.ui.widgets.shelf_delegate import ShelfDelegate

_LEFT_WIDTH = 330
# Widths in pixels; the tool's name takes what is left.
_WIDTHS = {"marking": 128, "serial": 164, "calibration": 170, "state": 180}


class ListPage(QWidget):
    """Says what was searched for and chosen."""

    searched = Signal(str)
    kit_chosen = Signal(str)
    list_chosen = Signal(object)

    def __init__(self, shell: Shell, words: Callable[[], ToolTableWords], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.names: Mapping[str, tuple[str, str]] = {}
        self._found: Found | None = None
        self._shown: Shown | None = None
        self._aimed = False
        self.search_field = QLineEdit(self)
        self.search_field.setMaxLength(64)
        self.shelves = ShelfListModel(self)
        self.list = QListView(self)
        self.model = ToolTableModel(words, self)
        self.table = QTableView(self)
        self.heading = label("strong", self, wrap=True)
        self.remark = label("muted", self, wrap=True)
        self._lay_out()
        self.search_field.textChanged.connect(self.searched)
        self.list.selectionModel().currentChanged.connect(self._chosen)

    def _lay_out(self) -> None:
        theme = self._shell.theme
        metrics = theme.metrics
        symbol = QLabel(self)
        symbol.setPixmap(pixmap("search", theme.palette.muted, metrics.icon))
        search = QHBoxLayout()
        search.setSpacing(metrics.gap // 2)
        search.addWidget(symbol)
        search.addWidget(self.search_field, 1)
        self.list.setModel(self.shelves)
        self.list.setItemDelegate(ShelfDelegate(theme, self.list))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        left = QWidget(self)
        left.setFixedWidth(_LEFT_WIDTH)
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, 0, 0, 0)
        left_column.setSpacing(metrics.gap)
        left_column.addLayout(search)
        left_column.addWidget(self.list, 1)
        self._prepare_table()
        right = QVBoxLayout()
        right.setSpacing(metrics.gap // 2)
        right.addWidget(self.heading)
        right.addWidget(self.remark)
        right.addWidget(self.table, 1)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(metrics.margin)
        both.addWidget(left)
        both.addLayout(right, 1)

    def _prepare_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(OperationDelegate(self._shell.theme, table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(self._shell.theme.metrics.touch)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(COLUMNS):
            if column in _WIDTHS:
                header.resizeSection(place, _WIDTHS[column])
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    # --- what the screen asks

    def begin(self, *, aimed: bool) -> None:
        """Begin with nothing searched and nothing chosen; `aimed` says that something is about to be shown."""
        self._aimed = aimed
        self.search_field.blockSignals(True)
        self.search_field.clear()
        self.search_field.blockSignals(False)
        self._found = self._shown = None
        self.shelves.show(())
        self.model.show((), anywhere=False)
        self.search_field.setFocus()
        self._say()

    @property
    def chosen(self) -> Place | None:
        """The place or tool that is chosen; None for none."""
        return self.model.place(self.table.currentIndex())

    def show_found(self, found: Found) -> None:
        """Show the kits that a search found, and that it found tools."""
        self._found = found
        self.names = {
            **self.names,
            **{
                position.tool_class: (position.name("ru"), position.name("en"))
                for toolkit in {row.toolkit.name: row.toolkit for row in found.kits}.values()
                for position in toolkit.positions
            },
        }
        shelves = self._lists(found) + [self._kit_shelf(found, place) for place in range(len(found.kits))]
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        self.shelves.show(shelves)
        selection.blockSignals(False)
        shown = self._shown
        if shown is not None:
            key = shown.kit.kit.number if shown.kit is not None else ""
            self._mark(self.shelves.place_of(shown.kind, key))
        if (shown is None and not self._aimed) or (found.tools and self.search_field.text().strip()):
            self._show_first(found)

    def show_shelf(self, shown: Shown) -> None:
        """Show the tools of the chosen kit or list."""
        at = self.chosen
        self._shown = shown
        self.model.show(shown.places, anywhere=shown.kit is None)
        key = shown.kit.kit.number if shown.kit is not None else ""
        self._mark(self.shelves.place_of(shown.kind, key))
        row = self.model.row_of(at.tool) if at is not None and at.tool is not None else -1
        if shown.places:
            self.table.setCurrentIndex(self.model.index(max(row, 0), 0))
        self._say()

    def take_key(self, event: QKeyEvent) -> bool:
        """Arrow keys go from the field into the list; True when the key was used."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.search_field.hasFocus():
            self.list.setFocus()
            return True
        return False

    def retranslate(self) -> None:
        """Set every text anew."""
        self.search_field.setPlaceholderText(self.tr("Kit or marking"))
        self.search_field.setAccessibleName(self.tr("Search for a kit or a tool"))
        self.list.setAccessibleName(self.tr("Kits and lists"))
        self.table.setAccessibleName(self.tr("Tools"))
        if self._found is not None:
            self.show_found(self._found)
        if self._shown is not None:
            self.show_shelf(self._shown)
        self._say()

    # --- what follows

    def _lists(self, found: Found) -> list[Shelf]:
        if self.search_field.text().strip():
            many = self.tr("%n tool(s) found", None, len(found.tools))
            return [Shelf(ShelfKind.FOUND, "", many)] if found.tools else []
        return [
            Shelf(ShelfKind.SPARE, "", self.tr("Spare tools")),
            Shelf(ShelfKind.DUE, "", self.tr("Calibration due")),
            Shelf(ShelfKind.UNFIT, "", self.tr("Not serviceable")),
        ]

    def _kit_shelf(self, found: Found, place: int) -> Shelf:
        row = found.kits[place]
        title = row.toolkit.title(self._shell.session.language)
        return Shelf(ShelfKind.KIT, row.kit.number, row.kit.number, title, self.tr("out") if row.is_out else "")

    def _show_first(self, found: Found) -> None:
        """Something to look at from the beginning: what was searched for, else the first kit."""
        if found.tools and self.search_field.text().strip():
            self.list_chosen.emit(ShelfKind.FOUND)
        elif found.kits:
            self.kit_chosen.emit(found.kits[0].kit.number)
        elif not self.search_field.text().strip():
            self.list_chosen.emit(ShelfKind.SPARE)

    def _mark(self, index: QModelIndex) -> None:
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        self.list.setCurrentIndex(index)
        selection.blockSignals(False)
        self.list.viewport().update()

    def _chosen(self, index: QModelIndex) -> None:
        shelf = self.shelves.shelf(index)
        if shelf is None:
            return
        if shelf.kind is ShelfKind.KIT:
            self.kit_chosen.emit(shelf.key)
        else:
            self.list_chosen.emit(shelf.kind)

    def _say(self) -> None:
        heading, remark = self._words_of(self._shown)
        self.heading.setText(heading)
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))

    def _words_of(self, shown: Shown | None) -> tuple[str, str]:
        """What stands over the table."""
        if shown is None:
            nothing = self._found is not None and not self._found.kits
            return "", self.tr("Nothing matches. Check the number, or clear the field.") if nothing else ""
        if shown.kit is None:
            heading = {
                ShelfKind.FOUND: self.tr("Tools that match"),
                ShelfKind.SPARE: self.tr("Spare tools"),
                ShelfKind.DUE: self.tr("Calibration due"),
                ShelfKind.UNFIT: self.tr("Not serviceable"),
            }.get(shown.kind, "")
            return heading, "" if shown.places else self._why_empty(shown.kind)
        kit, said = shown.kit, []
        if kit.holder:
            said.append(self.tr("The kit is out with {name}.").format(name=kit.holder))
        if kit.cases:
            said.append(self.tr("Open cases: {cases}.").format(cases=", ".join(case.number for case in kit.cases)))
        title = kit.toolkit.title(self._shell.session.language)
        return f"{kit.kit.number}  ·  {title}", " ".join(said)

    def _why_empty(self, kind: ShelfKind) -> str:
        return {
            ShelfKind.SPARE: self.tr("No tool is spare. New ones come in with a list or by a swap."),
            ShelfKind.DUE: self.tr("No calibration is due soon."),
            ShelfKind.UNFIT: self.tr("Every tool is serviceable."),
        }.get(kind, self.tr("Nothing matches. Check the number, or clear the field."))
