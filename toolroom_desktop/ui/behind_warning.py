"""Says before anybody signs in that the centre has entries which can come back: a sign-in would part the journals."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.services.sync.round import BEHIND, CAN_COME_BACK
from toolroom_desktop.ui.shell import Session
from toolroom_desktop.ui.sync_watch import SyncWatch
from toolroom_desktop.ui.widgets.notice import Notice


class BehindWarning(QObject):
    """For records that were put back past the program, which left no note of a restore. Owned by the window."""

    def __init__(self, watch: SyncWatch, session: Session, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._watch = watch
        self._session = session
        self._notice = notice
        watch.changed.connect(self._look)

    @Slot()
    def _look(self) -> None:
        state = self._watch.state
        if state is None or state.problem != BEHIND or not state.details.get(CAN_COME_BACK):
            return
        if self._session.person is None:
            self._notice.say(Messages(self._session.language).text(state.problem, **state.details))
