"""The table of the history with what is looked for above it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.services.history_rows import HistoryPage, HistoryRow, Order
from toolroom_desktop.services.history_search import Search
from toolroom_desktop.ui.models.paged_table import Cells, PagedTableModel
from toolroom_desktop.ui.screens.history.columns import (
    SHOWN_AT_FIRST,
    TAKES_THE_REST,
    WIDTHS,
    Column,
    Speech,
    column_word,
    icon_of,
    text_of,
)
from toolroom_desktop.ui.screens.history.words import chip_word
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.chips import Chips
from toolroom_desktop.ui.widgets.operation_delegate import OperationDelegate
from toolroom_desktop.ui.widgets.parts import button, frame, label
from toolroom_desktop.ui.words import STATUS_JUDGEMENTS

_TYPING_MS = 300
_LONGEST_TEXT = 100


class _Table(QTableView):
    """Enter opens the chosen row; Home and End go to its ends and not to the ends of a line."""

    opened = Signal(QModelIndex)
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surface = QColor(theme.palette.surface)
        # What is painted over whole is moved by a scroll; only the rows that come in are painted then.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground first: nobody else paints it."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._surface)
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Also where a scroll bar comes or goes."""
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, rows = event.key(), self.model().rowCount()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
            event.accept()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and rows:
            self.selectRow(0 if key == Qt.Key.Key_Home else rows - 1)
            event.accept()
        else:
            super().keyPressEvent(event)


class ListPage(QWidget):
    """`text_changed` comes a moment after the last key."""

    text_changed = Signal(str)
    removed = Signal(str)
    filter_wanted = Signal()
    opened = Signal(object)
    chosen = Signal()
    other_order = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self._columns: tuple[Column, ...] = SHOWN_AT_FIRST
        self._order = Order.NEWEST_FIRST
        self._speech = Speech("en", {}, {}, shell.app.clock.now)
        self.text_field = QLineEdit(self)
        self.chips = Chips(theme, self)
        self.filter_button = button(theme, "plain", "setup", self)
        self.model = PagedTableModel(self._cells(), self)
        self.table = _Table(theme, self)
        self._empty = frame("panel", self)
        self.empty_text = label("muted", self._empty, wrap=True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._lay_out()
        self._typing.timeout.connect(self._typed)
        self.text_field.textEdited.connect(self._typing.start)
        self.text_field.returnPressed.connect(self._typed)
        self.chips.removed.connect(self.removed)
        self.filter_button.clicked.connect(self.filter_wanted)
        self.table.opened.connect(self._open)
        self.table.doubleClicked.connect(self._open)
        self.table.resized.connect(self._resized)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.table.horizontalHeader().sectionClicked.connect(self._header_touched)

    def _lay_out(self) -> None:
        theme = self._shell.theme
        metrics = theme.metrics
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(OperationDelegate(theme, table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(metrics.touch)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.text_field.setMaxLength(_LONGEST_TEXT)
        self.text_field.setClearButtonEnabled(True)
        self.text_field.setMinimumWidth(4 * metrics.touch)
        above = QHBoxLayout()
        above.setSpacing(metrics.gap)
        above.addWidget(self.text_field, 2)
        above.addWidget(self.chips, 3)
        above.addWidget(self.filter_button)
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(*[metrics.margin] * 4)
        empty.addWidget(self.empty_text)
        empty.addStretch(1)
        self._body = QStackedWidget(self)
        self._body.addWidget(table)
        self._body.addWidget(self._empty)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(metrics.gap)
        root.addLayout(above)
        root.addWidget(self._body, 1)

    # --- what is shown

    def show_search(self, search: Search) -> None:
        """Rows of that search are on the way."""
        language = self._shell.session.language
        if self.text_field.text().strip() != search.wanted.text:
            self.text_field.setText(search.wanted.text)
        self.chips.show_chips(
            [(part, chip_word(search, part, language)) for part in search.parts()], self.tr("Without: {what}")
        )
        self._body.setCurrentIndex(0)
        self._order = search.order
        self.model.begin()

    def show_page(self, number: int, page: HistoryPage) -> None:
        """A page is here."""
        first = self.model.rowCount() == 0
        self.model.put(number, page.rows, page.next)
        if first and page.rows:
            self.table.selectRow(0)
            self.table.scrollToTop()
        self._scrolled()

    def show_empty(self, sentence: str) -> None:
        """There is nothing, and that is why."""
        self.empty_text.setText(sentence)
        self._body.setCurrentIndex(1)

    def speak(self, columns: tuple[Column, ...], speech: Speech) -> None:
        """Show these columns in those words."""
        row = self.table.currentIndex().row()
        scrolled = self.table.verticalScrollBar().value()
        self._columns, self._speech = columns, speech
        self.model.speak(self._cells())
        self._set_widths()
        if row >= 0:
            self.table.selectRow(row)
        self.table.verticalScrollBar().setValue(scrolled)

    def retranslate(self) -> None:
        """Set every text in the present language."""
        self.text_field.setPlaceholderText(self.tr("Search: kit, name, work order, marking, note…"))
        self.text_field.setAccessibleName(self.tr("Search the history"))
        self.filter_button.setText(self.tr("Filter"))
        self.table.setAccessibleName(self.tr("Operations"))

    def row(self) -> HistoryRow | None:
        """The chosen row; None for none."""
        index = self.table.currentIndex()
        found = self.model.row(index.row()) if index.isValid() else None
        return found if isinstance(found, HistoryRow) else None

    def focus_text(self) -> None:
        """The keyboard goes to the search."""
        self.text_field.setFocus()
        self.text_field.selectAll()

    # --- what follows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from the search into the table."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.text_field.hasFocus():
            self.table.setFocus()
            return
        super().keyPressEvent(event)

    def _cells(self) -> Cells[HistoryRow]:
        speech = self._speech

        def judgement(row: HistoryRow, column: Column) -> str:
            status = {Column.FOUND: row.status, Column.FINAL: row.final_status}.get(column)
            return STATUS_JUDGEMENTS[status] if status is not None else ""

        return Cells(self._columns, self._title, lambda row, column: text_of(row, column, speech), icon_of, judgement)

    def _title(self, column: Column) -> str:
        word = column_word(column)
        if column is not Column.TIME:
            return word
        return f"{word} ↓" if self._order is Order.NEWEST_FIRST else f"{word} ↑"

    def _set_widths(self) -> None:
        header = self.table.horizontalHeader()
        rest = next((column for column in TAKES_THE_REST if column in self._columns), self._columns[-1])
        free = self.table.viewport().width() - sum(WIDTHS[column] for column in self._columns)
        for place, column in enumerate(self._columns):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(place, WIDTHS[column] + (max(0, free) if column is rest else 0))

    def _resized(self) -> None:
        self._set_widths()
        self._scrolled()

    def _typed(self) -> None:
        self._typing.stop()
        self.text_changed.emit(self.text_field.text().strip())

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if isinstance(row, HistoryRow):
            self.opened.emit(row)

    def _row_changed(self, _current: QModelIndex) -> None:
        self.chosen.emit()

    def _header_touched(self, place: int) -> None:
        if self._columns[place] is Column.TIME:
            self.other_order.emit()

    def _scrolled(self, _value: int = 0) -> None:
        if self.model.rowCount():
            first = max(0, self.table.rowAt(0))
            last = self.table.rowAt(self.table.viewport().height() - 1)
            self.model.seen(first, last if last >= 0 else self.model.rowCount() - 1)
