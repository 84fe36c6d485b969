"""The page for the camera: its live picture on the left, what was found on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from toolroom_desktop.services.vision_ports import CameraAnswer, FoundCamera
from toolroom_desktop.ui.screens.setup.camera_step import CameraStep, demo_source
from toolroom_desktop.ui.screens.setup.page import StepPage, choice, mark_choice
from toolroom_desktop.ui.shell import Surroundings
from toolroom_desktop.ui.widgets.camera_view import CameraView
from toolroom_desktop.ui.widgets.images import to_image
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.parts import button, label

_PICTURE_EVERY_MS = 34  # at most 30 pictures a second
_SEARCH_SECONDS = 10  # the most that looking for cameras takes


class SetupCameraPage(StepPage[CameraStep]):
    """Fetches a picture only while somebody can see it."""

    def __init__(self, surroundings: Surroundings, step: CameraStep, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, step, parent)
        theme = surroundings.theme
        self.picture = CameraView(theme, self)
        self.found_text = label("body", self, wrap=True)
        self.progress = QProgressBar(self)
        self.address_field = QLineEdit(self)
        self.show_button = button(theme, "plain", "photo", self)
        self.demo_button = choice(surroundings, self)
        self.again_button = button(theme, "plain", "sync", self)
        self._network = label("emphasis", self, wrap=True)
        self._holds = label("muted", self, wrap=True)
        self._timer = QTimer(self)
        self._timer.setInterval(_PICTURE_EVERY_MS)
        self._timer.timeout.connect(self.tick)
        self._searched = QElapsedTimer()
        self._shown_sequence = 0
        self._shown_found: Sequence[FoundCamera] | None = None
        self.camera_buttons: list[QPushButton] = []
        self._ready = False
        self._lay_out()
        self.demo_button.clicked.connect(self._demo_pressed)
        self.show_button.clicked.connect(self._address_given)
        self.again_button.clicked.connect(step.search_again)
        self.address_field.textChanged.connect(self._follow_address)

    def _lay_out(self) -> None:
        metrics = self.surroundings.theme.metrics
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000 * _SEARCH_SECONDS)
        self._rows, area = scrolled_column(self.surroundings.theme, self)
        address = QHBoxLayout()
        address.setSpacing(metrics.gap)
        address.addWidget(self.address_field, 1)
        address.addWidget(self.show_button)
        inside = QVBoxLayout()
        inside.setSpacing(metrics.gap)
        self._cameras = QVBoxLayout()
        self._cameras.setSpacing(metrics.gap)
        head = QHBoxLayout()
        head.setSpacing(metrics.gap)
        head.addWidget(self.found_text, 1)
        head.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(head)
        inside.addWidget(self.progress)
        inside.addLayout(self._cameras)
        inside.addWidget(self._network)
        inside.addLayout(address)
        inside.addWidget(self.demo_button)
        inside.addWidget(self._holds)
        self._rows.addLayout(inside)
        row = QHBoxLayout()
        row.setSpacing(metrics.margin)
        row.addWidget(self.picture, 56)
        row.addWidget(area, 44)
        self.content.addLayout(row, 1)

    # --- StepPage

    def name(self) -> str:
        return self.tr("Camera")

    def main_text(self) -> str:
        if not self.step.chosen or self.step.fixed:
            return self.tr("Continue")
        return self.tr("Without a camera") if self.step.shows_demo else self.tr("Use this camera")

    def summary(self) -> str:
        source = self._camera_name(self.step.saved or self.step.answered)
        if self.step.flow.case.running and self.step.saved:
            return self.tr("{source}, from the next start of the program on").format(source=source)
        return source

    def later(self) -> str:
        return self.tr("No camera is set. Later: an administrator touches “Set up this station”.")

    def retranslate(self) -> None:
        self.title.setText(self.tr("Which camera looks at the table?"))
        self.picture.setAccessibleName(self.tr("The camera's picture"))
        self._network.setText(self.tr("A camera in the network"))
        self.address_field.setPlaceholderText("rtsp://…")
        self.address_field.setAccessibleName(self.tr("Address of a network camera"))
        self.show_button.setText(self.tr("Show"))
        self.demo_button.setText(self.tr("Demo pictures, only to look at"))
        self.again_button.setText(self.tr("Look again"))
        self._shown_found = None

    def show_step(self) -> None:
        step = self.step
        self._follow_search()
        self._fill()
        self.again_button.setVisible(not step.searching)
        mark_choice(self.surroundings, self.demo_button, chosen=step.shows_demo)
        self._follow_address()
        self.about.setText(self._about())
        self._holds.setText(
            self.tr("Another camera holds from the next start of the program on.") if step.flow.case.running else ""
        )
        self._holds.setVisible(bool(self._holds.text()))
        self.tick()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field means the address first, and only then the camera whose picture is shown."""
        typed = self.address_field.text().strip()
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.address_field.hasFocus()
        if entered and typed and typed != self.step.chosen:
            self._address_given()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    # --- what follows

    def _about(self) -> str:
        step = self.step
        if step.flow.case.demo:
            return self.tr("The demonstration shows its own tables, whatever camera is set here.")
        if step.fixed:
            return self.tr(
                "Answered already: a policy of this computer names {source}. Only look whether it works."
            ).format(source=self._camera_name(step.answered))
        if step.answered and not step.saved:
            return self.tr("Answered already: the settings name {source}.").format(
                source=self._camera_name(step.answered)
            )
        return self.tr("Choose one and see whether the whole table is in its picture.")

    def _camera_name(self, source: str) -> str:
        if source.startswith("usb:"):
            return self.tr("USB camera {number}").format(number=source.removeprefix("usb:"))
        if source.startswith("replay:"):
            return self.tr("pictures from a folder")
        return self.tr("network camera") if source else ""

    def _follow_search(self) -> None:
        searching = self.step.searching
        if searching and not self._searched.isValid():
            self._searched.start()
        elif not searching:
            self._searched.invalidate()
        self.progress.setVisible(searching)
        if searching:
            self.found_text.setText(
                self.tr("Looking for cameras, {seconds} s of at most {most}…").format(
                    seconds=self._searched.elapsed() // 1000, most=_SEARCH_SECONDS
                )
            )
            self.progress.setValue(min(self._searched.elapsed(), 1000 * _SEARCH_SECONDS))
        elif self._none_works:
            self.found_text.setText(self.tr("No USB camera gives a picture."))
        else:
            self.found_text.setText(self.tr("Cameras of this computer"))

    @property
    def _none_works(self) -> bool:
        return not any(camera.answer is CameraAnswer.FRAMES for camera in self.step.found or ())

    def _fill(self) -> None:
        found = self.step.found
        if found is not self._shown_found:  # a button that has the keyboard is kept while it can be
            self._shown_found = found
            empty(self._cameras)
            self.camera_buttons = [self._button(camera) for camera in found or ()]
            for made in self.camera_buttons:
                self._cameras.addWidget(made)
        for made in self.camera_buttons:
            made.setEnabled(not self.step.fixed)
            mark_choice(self.surroundings, made, chosen=made.property("source") == self.step.chosen)

    def _button(self, camera: FoundCamera) -> QPushButton:
        made = choice(self.surroundings, self)
        made.setText(f"{self._camera_name(camera.source)}\n{self._answer_word(camera)}")
        made.setProperty("source", camera.source)
        made.clicked.connect(self._camera_pressed)
        return made

    def _answer_word(self, camera: FoundCamera) -> str:
        if camera.answer is CameraAnswer.FRAMES and camera.size is not None:
            return self.tr("{width} × {height} pixels").format(width=camera.size[0], height=camera.size[1])
        return {
            CameraAnswer.FRAMES: self.tr("gives a picture"),
            CameraAnswer.NO_FRAMES: self.tr("opens, but gives no picture"),
            CameraAnswer.REFUSED: self.tr("used by another program"),
            CameraAnswer.SILENT: self.tr("does not answer"),
        }[camera.answer]

    def tick(self) -> None:
        """Show the newest picture, or why there is none, and how far the search is."""
        step = self.step
        if step.searching:
            self._follow_search()
        picture = step.trial.latest()
        if picture is None:
            self._shown_sequence = 0
            self.picture.say(*self._no_picture())
        elif picture.sequence != self._shown_sequence:
            self._shown_sequence = picture.sequence
            self.picture.show_image(to_image(picture.pixels))
        if step.can_go_on != self._ready:
            self._ready = step.can_go_on
            step.flow.changed()

    def _no_picture(self) -> tuple[str, str]:
        step = self.step
        problem = step.trial.problem
        if problem is not None:
            return self.surroundings.sentence(problem), "camera_lost"
        if step.chosen:
            return self.tr("The camera is starting…"), "photo"
        if step.searching:
            return self.tr("Looking for cameras…"), "search"
        if self._none_works:
            return (
                self.tr(
                    "No USB camera gives a picture. Check its cable, try another socket, close other programs that "
                    "show its picture, and look again. A camera in the network is shown by its address. Without a "
                    "camera go on with demo pictures, or skip this step."
                ),
                "camera_lost",
            )
        return self.tr("Choose a camera to see its picture."), "photo"

    def _follow_address(self) -> None:
        self.show_button.setEnabled(bool(self.address_field.text().strip()))
        for widget in (self._network, self.address_field, self.show_button, self.demo_button):
            widget.setVisible(not self.step.fixed)

    def _camera_pressed(self) -> None:
        self.step.choose(str(self.sender().property("source")))

    def _address_given(self) -> None:
        self.step.choose(self.address_field.text())

    def _demo_pressed(self) -> None:
        self.step.choose(demo_source())
