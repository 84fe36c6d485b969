"""Which columns the history shows, in which order, and which end comes first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from toolroom_desktop.services.history_rows import Order
from toolroom_desktop.ui.screens.history.columns import SHOWN_AT_FIRST, Column, column_word
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.parts import button, label
from toolroom_desktop.ui.widgets.touch_list import TouchList


class TablePage(QWidget):
    """`changed` brings the columns after every touch."""

    changed = Signal(object)
    other_order = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = shell.theme
        self._shown: list[Column] = list(SHOWN_AT_FIRST)
        self._at_first: tuple[Column, ...] = SHOWN_AT_FIRST
        self._order = Order.NEWEST_FIRST
        self._text = label("muted", self, wrap=True)
        self.list = TouchList(theme, self)
        self.toggle_button = button(theme, "plain", "", self)
        self.earlier_button = button(theme, "plain", "", self)
        self.later_button = button(theme, "plain", "", self)
        self.first_button = button(theme, "plain", "", self)
        self.order_button = button(theme, "plain", "", self)
        metrics = theme.metrics
        right = QVBoxLayout()
        right.setSpacing(metrics.gap)
        right.addWidget(self._text)
        for made in (self.toggle_button, self.earlier_button, self.later_button, self.first_button):
            right.addWidget(made)
        right.addStretch(1)
        right.addWidget(self.order_button)
        root = QHBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(metrics.margin)
        root.addWidget(self.list, 1)
        root.addLayout(right, 1)
        self.toggle_button.clicked.connect(self._toggle)
        self.list.taken.connect(self._toggle)
        self.earlier_button.clicked.connect(lambda: self._move(-1))
        self.later_button.clicked.connect(lambda: self._move(1))
        self.first_button.clicked.connect(self._as_at_first)
        self.order_button.clicked.connect(self.other_order)
        self.list.currentRowChanged.connect(self._follow)

    def begin(self, columns: tuple[Column, ...], order: Order, at_first: tuple[Column, ...] = SHOWN_AT_FIRST) -> None:
        """Show how it is, and how it would be for somebody who chose no columns."""
        self._shown, self._order, self._at_first = list(columns), order, at_first
        self._fill()

    def retranslate(self) -> None:
        """Set every text in the present language."""
        self._text.setText(self.tr("Columns with a mark are shown, in this order. They are remembered for you."))
        self.list.setAccessibleName(self.tr("Columns"))
        self.earlier_button.setText(self.tr("Further left"))
        self.later_button.setText(self.tr("Further right"))
        self.first_button.setText(self.tr("As at first"))
        self._fill()

    def _fill(self) -> None:
        hidden = [column for column in Column if column not in self._shown]
        self.list.show_rows(
            [(column, f"✓  {column_word(column)}") for column in self._shown]
            + [(column, f"     {column_word(column)}") for column in hidden]
        )
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        newest = self._order is Order.NEWEST_FIRST
        self.order_button.setText(self.tr("Oldest first") if newest else self.tr("Newest first"))
        self._follow()

    def _follow(self) -> None:
        column = self.list.value()
        shown = column in self._shown
        self.toggle_button.setText(self.tr("Hide this column") if shown else self.tr("Show this column"))
        self.toggle_button.setEnabled(not shown or len(self._shown) > 1)
        place = self._shown.index(Column(str(column))) if shown else -1
        self.earlier_button.setEnabled(place > 0)
        self.later_button.setEnabled(0 <= place < len(self._shown) - 1)

    def _toggle(self) -> None:
        column = self.list.value()
        if not isinstance(column, Column) or not self.toggle_button.isEnabled():
            return
        if column in self._shown:
            self._shown.remove(column)
        else:
            self._shown.append(column)
        self._changed()

    def _move(self, by: int) -> None:
        column = self.list.value()
        if isinstance(column, Column) and column in self._shown:
            place = self._shown.index(column)
            self._shown.insert(min(max(place + by, 0), len(self._shown) - 1), self._shown.pop(place))
            self._changed()

    def _as_at_first(self) -> None:
        self._shown = list(self._at_first)
        self._changed()

    def _changed(self) -> None:
        self._fill()
        self.changed.emit(tuple(self._shown))
