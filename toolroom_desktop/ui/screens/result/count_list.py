"""The questions of a count, one below the other, scrolled by drawing the finger."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QVBoxLayout, QWidget

from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.layouts import empty


class CountList(QScrollArea):
    """Holds widgets by key. `moved` comes with the arrow keys: -1 up, +1 down."""

    moved = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = QWidget(self)
        self._inside.setProperty("part", "clear")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(theme.metrics.gap)
        self._by_key: dict[Hashable, QWidget] = {}
        self._wanted: Hashable | None = None
        # Heights are known only after the layout did its work.
        self._scroll_later = QTimer(self)
        self._scroll_later.setSingleShot(True)
        self._scroll_later.setInterval(0)
        self._scroll_later.timeout.connect(self._scroll)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def clear(self) -> None:
        """Hold nothing."""
        self._by_key.clear()
        empty(self._column)

    def add(self, key: Hashable, widget: QWidget) -> None:
        """Put a widget below the others."""
        self._by_key[key] = widget
        self._column.addWidget(widget)

    def finish(self) -> None:
        """Nothing more follows: what there is stays at the top."""
        self._column.addWidget(QWidget(self._inside), 1)

    def bring(self, key: Hashable) -> None:
        """Scroll so that the widget of that key can be seen whole."""
        self._wanted = key
        self._scroll_later.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go from question to question."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        super().keyPressEvent(event)

    def _scroll(self) -> None:
        widget = self._by_key.get(self._wanted)
        if widget is not None and not widget.isHidden():
            self._inside.adjustSize()
            self.ensureWidgetVisible(widget, 0, 8)
