"""The layout of an inspection: the live picture on the left, the status and the list of tools on the right."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from toolroom_desktop.services.live_inspection import WaitingFor
from toolroom_desktop.services.operation_input import Plan
from toolroom_desktop.services.vision_ports import CameraState
from toolroom_desktop.ui.screens.inspection.presenter import InspectionPresenter
from toolroom_desktop.ui.screens.inspection.words import (
    Names,
    StatusWords,
    check_rows,
    interim_words,
    marks_of,
    status_words,
    waiting_sentence,
)
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.camera_view import CameraView
from toolroom_desktop.ui.widgets.checklist import Checklist
from toolroom_desktop.ui.widgets.images import to_image
from toolroom_desktop.ui.widgets.parts import button, frame, label
from toolroom_desktop.ui.widgets.status_banner import StatusBanner

_PICTURE_EVERY_MS = 34  # at most 30 pictures a second
_LEAST_RIGHT, _MOST_RIGHT = 520, 700


class InspectionScreen(Screen):
    """Looks at the table until the decision stands."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self.picture = CameraView(theme, self)
        self.scene_button = button(theme, "plain", "forward", self)
        self._waiting_panel = frame("panel", self)
        self.waiting = label("strong", self._waiting_panel, wrap=True)
        self._progress = QProgressBar(self._waiting_panel)
        self.scene = label("caption", self._waiting_panel)
        self._right = QWidget(self)
        self.banner = StatusBanner(theme, self._right)
        self.checklist = Checklist(theme, self._right)
        self.bar = ActionBar(theme, self)
        self.hand_button = button(theme, "plain", "", self.bar)
        self._why = label("caption", self.bar)
        self._timer = QTimer(self)
        self._timer.setInterval(_PICTURE_EVERY_MS)
        self._shown_sequence = 0
        self.presenter = InspectionPresenter(shell, self, self)
        self._lay_out()
        self._timer.timeout.connect(self._show_picture)
        self.checklist.chosen_changed.connect(self._choose)
        self.picture.tapped.connect(self._choose_nothing)
        self.scene_button.clicked.connect(self._next_scene)
        self.bar.back.clicked.connect(self.presenter.cancel)
        self.bar.main.clicked.connect(self.presenter.go_on)
        self.hand_button.clicked.connect(self.presenter.count_by_hand)
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 10)
        # The words keep their place while the bar comes and goes.
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        waiting = QVBoxLayout(self._waiting_panel)
        waiting.setContentsMargins(metrics.gap, metrics.gap // 2, metrics.gap, metrics.gap // 2)
        waiting.setSpacing(4)
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        waiting.addWidget(self.waiting, 1)
        waiting.addWidget(self._progress)
        waiting.addWidget(self.scene)
        self._waiting_panel.setMinimumHeight(metrics.touch)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap)
        left.addWidget(self.picture, 1)
        below = QHBoxLayout()
        below.setSpacing(metrics.gap)
        below.addWidget(self._waiting_panel, 1)
        below.addWidget(self.scene_button)
        left.addLayout(below)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(metrics.gap)
        right.addWidget(self.banner)
        right.addWidget(self.checklist, 1)
        # The list scrolls; what the status is about must not be cut.
        self.checklist.setMinimumHeight(metrics.touch)
        content = QHBoxLayout()
        content.setContentsMargins(metrics.gap, metrics.gap, metrics.gap, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addLayout(left, 1)
        content.addWidget(self._right)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)
        self.bar.add(self.hand_button)
        self.bar.add(self._why)
        bar = self.bar.layout()
        if isinstance(bar, QHBoxLayout):  # the hand count stands in the middle, far from the main action
            bar.setStretchFactor(self._why, 1)

    # --- Screen

    def begin(self, plan: Plan) -> None:
        """Look at the table for that operation."""
        self._shown_sequence = 0
        self.checklist.choose(None)
        self.presenter.begin(plan)

    def enter(self) -> None:
        self.setFocus()

    def leave(self) -> None:
        self._timer.stop()
        self.presenter.leave()

    def retranslate(self) -> None:
        self.bar.back.setText(self.tr("Cancel"))
        self.bar.main.setText(self.tr("Continue"))
        self.hand_button.setText(self.tr("Count by hand"))
        self.checklist.setAccessibleName(self.tr("Tools of the kit"))
        self.picture.setAccessibleName(self.tr("The table"))
        self.show_live()

    def showEvent(self, event: QShowEvent) -> None:
        """A picture is fetched only while somebody can see it."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(min(max(_LEAST_RIGHT, round(0.36 * self.width())), _MOST_RIGHT))

    # --- InspectionView

    def show_live(self) -> None:
        presenter = self.presenter
        self._show_scene()
        plan, now = presenter.plan, presenter.now
        if plan is None:
            return
        names = Names(plan.toolkit, self._shell.app.detector.info, self._shell.session.language)
        inspection = now.state.inspection if now is not None and presenter.failure is None else None
        settled = presenter.settled
        self._show_status(
            status_words(inspection, names) if settled and inspection is not None else interim_words(inspection)
        )
        if inspection is None:
            self.checklist.show_rows([])
            self.picture.show_marks([], 0, 0)
        else:
            self.checklist.show_rows(check_rows(inspection, names, settled=settled))
            self.picture.show_marks(marks_of(inspection, names, settled=settled), inspection.width, inspection.height)
        self._show_waiting()
        self.bar.main.setEnabled(presenter.can_continue)
        self.hand_button.setEnabled(presenter.evidence is not None)
        self._why.setText("" if presenter.evidence is not None else self.tr("Nothing was looked at yet"))

    # --- what follows

    def _show_status(self, words: StatusWords) -> None:
        self.banner.show_status(words.judgement, words.symbol, words.word, words.about, words.figures, words.hint)

    def _show_waiting(self) -> None:
        presenter = self.presenter
        now = presenter.now
        looking = now is not None and now.state.waiting_for in (WaitingFor.FRAMES, WaitingFor.AGREEMENT)
        self._progress.setVisible(looking and presenter.failure is None)
        if presenter.failure is not None:
            self._say_no_picture(self._shell.sentence(presenter.failure), "notice")
            return
        if now is None:
            self.waiting.setText(self.tr("The camera is starting…"))
            return
        if now.camera.problem is not None and now.camera.state in (CameraState.LOST, CameraState.FROZEN):
            self._say_no_picture(self._shell.sentence(now.camera.problem), "camera_lost")
            return
        sentence = waiting_sentence(now.state, now.camera.state, self._shell.app.pace.frames)
        self.waiting.setText(sentence)
        self._progress.setValue(round(10 * now.state.progress))

    def _say_no_picture(self, sentence: str, symbol: str) -> None:
        """What happened stands large in the picture's place; below it only that the inspection waits."""
        self.picture.say(sentence, symbol)
        self._shown_sequence = 0
        self.waiting.setText(self.tr("Nothing is decided without a picture."))

    def _show_picture(self) -> None:
        if self.presenter.failure is not None:
            return
        picture = self.presenter.latest_picture()
        if picture is None:
            now = self.presenter.now
            if now is None or now.camera.problem is None:
                self.picture.say(self.waiting.text(), "photo")
            return
        if picture.sequence != self._shown_sequence:
            self._shown_sequence = picture.sequence
            self.picture.show_image(to_image(picture.pixels))

    def _choose(self, key: Hashable | None) -> None:
        self.picture.choose(key)

    def _choose_nothing(self) -> None:
        self.checklist.choose(None)

    def _next_scene(self) -> None:
        self.presenter.next_scene()
        self._show_scene()

    def _show_scene(self) -> None:
        title = self.presenter.scene_title
        self.scene_button.setVisible(bool(title))
        self.scene.setVisible(bool(title))
        if title:
            self.scene_button.setText(self.tr("Demo: next table"))
            self.scene.setText(title)
