"""When an inspection can be confirmed, counted by hand or left, and where each way leads."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.live_pipeline import LiveView
from toolroom_desktop.services.operation_input import Evidence, Plan
from toolroom_desktop.services.vision_ports import Picture
from toolroom_desktop.ui.demo_tables import show_next_table, table_title
from toolroom_desktop.ui.screens.inspection.live import LiveControl
from toolroom_desktop.ui.shell import Shell


class InspectionView(Protocol):
    """What the presenter needs of the screen."""

    def show_live(self) -> None:
        """Something changed: show the presenter's `now`, `failure` and what can be done."""


class InspectionPresenter:
    """Holds the newest view of the running inspection."""

    def __init__(self, shell: Shell, view: InspectionView, parent: QObject) -> None:
        self.shell = shell
        self._view = view
        self.live = LiveControl(shell, self._arrived, self._failed, parent)
        self.plan: Plan | None = None
        self.now: LiveView | None = None
        self.failure: UserFacingError | None = None

    def begin(self, plan: Plan) -> None:
        """Look at the table for that operation. Nothing is recorded by that."""
        self.plan = plan
        self.now = None
        self.failure = None
        self._view.show_live()
        self.live.begin(plan)

    def leave(self) -> None:
        """Stop looking."""
        self.live.end()

    @property
    def settled(self) -> bool:
        """Whether the decision stands."""
        return self.failure is None and self.now is not None and self.now.state.settled

    @property
    def evidence(self) -> Evidence | None:
        """What can be counted by hand now; None before the first judged frame."""
        return self.now.evidence if self.now is not None and self.failure is None else None

    @property
    def can_continue(self) -> bool:
        """Whether the decision can be confirmed."""
        return self.settled and self.evidence is not None

    def latest_picture(self) -> Picture | None:
        """The camera's newest frame, for showing."""
        return self.shell.app.camera.latest()

    def go_on(self) -> None:
        """Confirm the decision that stands."""
        if self.can_continue:
            self._to_result()

    def count_by_hand(self) -> None:
        """Let a person decide from what was seen so far."""
        self._to_result()

    def cancel(self) -> None:
        """Leave; there is nothing to undo."""
        self.shell.navigator.show_home()

    @property
    def scene_title(self) -> str:
        """What the demonstration's table is called; empty before a real camera."""
        return table_title(self.shell)

    def next_scene(self) -> None:
        """The demonstration's next table."""
        show_next_table(self.shell)

    def _to_result(self) -> None:
        if self.plan is not None and self.evidence is not None:
            self.shell.navigator.show_result(self.plan, self.evidence)

    def _arrived(self, now: LiveView) -> None:
        self.now = now
        self.failure = now.failure
        self._view.show_live()

    def _failed(self, error: UserFacingError) -> None:
        self.failure = error
        self._view.show_live()
