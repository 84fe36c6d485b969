"""The frame of enrolment: the step above, its page, and the bar whose main action is always at the same place."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from toolroom_desktop.ui.screens.enrol.camera_page import CameraPage
from toolroom_desktop.ui.screens.enrol.next_page import NextPage
from toolroom_desktop.ui.screens.enrol.presenter import Doing, EnrolPresenter, Step
from toolroom_desktop.ui.screens.enrol.tool_page import ToolPage
from toolroom_desktop.ui.screens.inspection.live import LiveControl
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, label

_LOOK_EVERY_MS = 200  # whether there is a picture to take


class EnrolScreen(Screen):
    """Photographing the tools of a kit, one after the other."""

    unhurried = True

    def __init__(self, shell: Shell, live: LiveControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self.presenter = EnrolPresenter(shell, self, live)
        self.step_caption = label("caption", self)
        self.camera_page = CameraPage(shell, self.presenter, self)
        self.tool_page = ToolPage(shell, self.presenter, self)
        self.next_page = NextPage(shell, self.presenter, self)
        self.notice = Notice(theme, self)
        self.bar = ActionBar(theme, self)
        self.undo_button = button(theme, "plain", "erase", self.bar)
        self.done_button = button(theme, "plain", "forward", self.bar)
        self.more_button = button(theme, "plain", "photo", self.bar)
        self.no_button = button(theme, "plain", "close", self.bar)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_EVERY_MS)
        self._look.timeout.connect(self._follow_camera)
        self._shown_step: Step | None = None
        self._lay_out()
        self.tool_page.changed.connect(self._follow_choice)
        self.bar.back.clicked.connect(self._back)
        self.bar.main.clicked.connect(self._main)
        self.undo_button.clicked.connect(self.presenter.undo)
        self.done_button.clicked.connect(self.presenter.finish_tool)
        self.more_button.clicked.connect(self.presenter.go_on)
        self.no_button.clicked.connect(self.presenter.throw_away)
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        self._stack = QStackedWidget(self)
        for page in (self.camera_page, self.tool_page, self.next_page):
            self._stack.addWidget(page)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap // 2)
        content.addWidget(self.step_caption)
        content.addWidget(self._stack, 1)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)
        for extra in (self.undo_button, self.done_button, self.more_button, self.no_button):
            self.bar.add(extra)

    # --- Screen

    def enter(self) -> None:
        self._shown_step = None
        self.tool_page.clear()
        self.presenter.enter()
        self._look.start()

    def leave(self) -> None:
        self._look.stop()
        self.presenter.leave()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow_camera()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()

    def retranslate(self) -> None:
        self.undo_button.setText(self.tr("Remove the last photo"))
        self.done_button.setText(self.tr("Tool done"))
        self.more_button.setText(self.tr("More photos of it"))
        self.no_button.setText(self.tr("No, throw away"))
        self.notice.retranslate()
        for page in (self.camera_page, self.tool_page, self.next_page):
            page.retranslate()
        self.show_enrolment()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes the photo; 1 and 2 answer the question, as they do when counting by hand."""
        asked = self.presenter.shot is not None
        pressed = None
        if event.key() == Qt.Key.Key_Space and not asked and self.presenter.step in (Step.EMPTY, Step.SHOTS):
            pressed = self.bar.main
        elif asked and event.key() in (Qt.Key.Key_1, Qt.Key.Key_2):
            pressed = self.bar.main if event.key() == Qt.Key.Key_1 else self.no_button
        if pressed is not None and not event.isAutoRepeat():
            pressed.click()  # does nothing while it is disabled
            return
        super().keyPressEvent(event)

    # --- EnrolView

    def show_enrolment(self) -> None:
        presenter = self.presenter
        step, asked = presenter.step, presenter.shot is not None
        steps = list(Step)
        self.step_caption.setText(
            self.tr("Enrolment, step {step} of {all}").format(step=steps.index(step) + 1, all=len(steps))
        )
        pages: dict[Step, ToolPage | NextPage] = {Step.TOOL: self.tool_page, Step.NEXT: self.next_page}
        page = pages.get(step, self.camera_page)
        self._stack.setCurrentWidget(page)
        page.show_state()
        self.notice.say(presenter.sentence)
        shooting = step is Step.SHOTS and not asked
        cutting = presenter.doing is Doing.CUTTING
        self.undo_button.setVisible(shooting)
        self.undo_button.setEnabled(presenter.can_undo)
        self.done_button.setVisible(shooting)
        self.done_button.setEnabled(presenter.doing is Doing.NOTHING)
        self.more_button.setVisible(step is Step.NEXT and presenter.tool is not None)
        self.no_button.setVisible(asked)
        self.bar.back.setText(self.tr("Stop waiting") if cutting else self.tr("Home"))
        # While something is asked, Esc means no; leaving still takes one touch.
        self.back_button = self.no_button if asked else self.bar.back
        self.bar.main.setText(self._main_text())
        self._follow_camera()
        self._place_focus()

    # --- what follows

    def _main_text(self) -> str:
        presenter = self.presenter
        if presenter.shot is not None:
            return self.tr("Yes, keep")
        return {
            Step.EMPTY: self.tr("Photograph the empty table"),
            Step.TOOL: self.tr("Continue"),
            Step.SHOTS: self.tr("Photograph"),
            Step.NEXT: self.tr("Next tool"),
        }[presenter.step]

    def _follow_camera(self) -> None:
        presenter = self.presenter
        idle = presenter.doing is Doing.NOTHING
        if presenter.shot is not None or presenter.step is Step.NEXT:
            self.bar.main.setEnabled(idle)
        elif presenter.step is Step.TOOL:
            self.bar.main.setEnabled(idle and self.tool_page.list.chosen is not None)
        else:
            self.bar.main.setEnabled(presenter.can_photograph)

    def _follow_choice(self) -> None:
        if self.presenter.step is Step.TOOL:
            self._follow_camera()

    def _place_focus(self) -> None:
        """Before the camera no button keeps the keyboard, or the space bar would press it instead of taking a photo."""
        step: Step | None = self.presenter.step
        if step in (Step.EMPTY, Step.SHOTS):
            self.setFocus()
        elif self.presenter.doing is not Doing.NOTHING:
            # A button that is disabled hands the keyboard on to its neighbour, where Enter would find it.
            self.setFocus()
            step = None
        elif step is not self._shown_step:
            (self.tool_page.list if step is Step.TOOL else self.bar.main).setFocus()
        self._shown_step = step

    def _back(self) -> None:
        if self.presenter.doing is Doing.CUTTING:
            self.presenter.stop_cutting()
        else:
            self.presenter.finish()

    def _main(self) -> None:
        presenter = self.presenter
        if presenter.shot is not None:
            presenter.keep()
        elif presenter.step is Step.TOOL:
            self.tool_page.go_on()
        elif presenter.step is Step.NEXT:
            presenter.other_tool()
        else:
            presenter.photograph()
