"""Notices that nobody touches the station any more."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


class IdleWatch(QObject):
    """An event filter for the application; emits `idle` once after so long without a sign of life."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)

    def watch(self, seconds: float) -> None:
        """Begin to wait, or begin anew."""
        self._timer.start(round(seconds * 1000))

    @property
    def seconds(self) -> float:
        """How long it waits; 0 while it rests."""
        return self._timer.interval() / 1000 if self._timer.isActive() else 0.0

    def rest(self) -> None:
        """Nobody is signed in: there is nothing to wait for."""
        self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Every touch begins the wait anew; nothing is swallowed."""
        if self._timer.isActive() and event.type() in _SIGNS_OF_LIFE:
            self._timer.start()
        return False
