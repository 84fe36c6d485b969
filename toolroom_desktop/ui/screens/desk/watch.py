"""Notices when the desk has to be looked at again, without asking anybody on a clock but for what becomes late."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from toolroom_desktop.services.ports import Changes
from toolroom_desktop.services.sync.link import CentreLink
from toolroom_desktop.services.sync.state import SyncState

# A command often writes more than once, and sync acknowledges many entries one after the other.
_SETTLE_MS = 250
# Nothing is written when a kit becomes overdue.
_TICK_MS = 30_000


class DeskWatch(QObject):
    """`changed` says that records or time have moved on, `sync_changed` brings the newest state of sync."""

    changed = Signal()
    sync_changed = Signal(object)
    _written = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._centre: CentreLink | None = None
        self._changes: Changes | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.changed)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.changed)
        self._written.connect(self._note)

    def begin(self, changes: Changes, centre: CentreLink) -> None:
        """Watch those records and that tie to the centre from now on."""
        self.end()
        self._changes, self._centre = changes, centre
        changes.follow(self._tell)
        centre.follow(self._tell_sync)
        self._tick.start()

    def end(self) -> None:
        """Nobody looks any more."""
        self._settle.stop()
        self._tick.stop()
        changes, centre = self._changes, self._centre
        self._changes = self._centre = None
        if changes is not None:
            changes.unfollow(self._tell)
        if centre is not None:
            centre.unfollow(self._tell_sync)

    def _tell(self) -> None:
        # In the thread that wrote: the signal crosses over.
        self._written.emit()

    def _tell_sync(self, state: SyncState) -> None:
        self.sync_changed.emit(state)

    @Slot()
    def _note(self) -> None:
        if self._changes is not None and not self._settle.isActive():
            self._settle.start()
