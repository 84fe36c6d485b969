"""A list of words whose rows a gloved finger can meet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QScroller, QWidget

from toolroom_desktop.ui.theme import Theme


class TouchList(QListWidget):
    """Enter and a double touch take the chosen row: `taken` brings its value."""

    taken = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Beside the items: Qt would make plain texts of values that are more than texts.
        self._values: list[object] = []
        self._height = theme.metrics.touch
        self.setProperty("part", "touch")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.itemDoubleClicked.connect(self._take)

    def show_rows(self, rows: Sequence[tuple[object, str]]) -> None:
        """Show these, as (value, words); what was chosen stays chosen where it is still there."""
        before = self.value()
        self.clear()
        self._values = [value for value, _ in rows]
        for _, words in rows:
            item = QListWidgetItem(words)
            item.setSizeHint(QSize(0, self._height))
            item.setToolTip(words)
            self.addItem(item)
        self.choose(before)

    def choose(self, value: object) -> None:
        """Choose the row of that value, where there is one."""
        if value is not None and value in self._values:
            self.setCurrentRow(self._values.index(value))

    def value(self) -> object:
        """The value of the chosen row; None for none."""
        row = self.currentRow()
        return self._values[row] if 0 <= row < len(self._values) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the row; it does not go on to the screen's main action as well."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            if not event.isAutoRepeat():
                self._take(item)
            event.accept()
            return
        super().keyPressEvent(event)

    def _take(self, item: QListWidgetItem) -> None:
        self.taken.emit(self._values[self.row(item)])
