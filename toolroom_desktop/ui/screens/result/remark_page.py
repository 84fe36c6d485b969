"""More about one tool: what was read on it, a note, a photo from the camera."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.operation_input import Remark
from toolroom_desktop.ui.presenter import Asking
from toolroom_desktop.ui.screens.inspection.live import LiveControl
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.camera_view import CameraView
from toolroom_desktop.ui.widgets.images import to_image
from toolroom_desktop.ui.widgets.parts import button, label

_MOST_MARKING, _MOST_NOTE = 64, 300
_PICTURE_EVERY_MS = 100


class RemarkPage(QWidget):
    """Keeps a remark until the screen asks for it. The camera runs while the page can be seen."""

    def __init__(
        self, shell: Shell, live: LiveControl, failed: Callable[[UserFacingError], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._live = live
        self._failed = failed
        self._asking = Asking(shell.work)
        self._photo: bytes | None = None
        self._shown_sequence = 0
        theme = shell.theme
        self._title = label("title", self, wrap=True)
        self._belongs = label("muted", self, wrap=True)
        self._marking_label = label("strong", self)
        self.marking_field = QLineEdit(self)
        self.marking_field.setMaxLength(_MOST_MARKING)
        self._note_label = label("strong", self)
        self.note_field = QLineEdit(self)
        self.note_field.setMaxLength(_MOST_NOTE)
        self.picture = CameraView(theme, self)
        self.take_button = button(theme, "plain", "photo", self)
        self.drop_button = button(theme, "plain", "erase", self)
        self._timer = QTimer(self)
        self._timer.setInterval(_PICTURE_EVERY_MS)
        self._timer.timeout.connect(self._show_picture)
        self.take_button.clicked.connect(self._take)
        self.drop_button.clicked.connect(self._drop)
        self._lay_out()

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        left = QVBoxLayout()
        left.setSpacing(metrics.gap)
        for widget in (
            self._title,
            self._belongs,
            self._marking_label,
            self.marking_field,
            self._note_label,
            self.note_field,
        ):
            left.addWidget(widget)
        left.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(metrics.gap)
        buttons.addWidget(self.take_button, 1)
        buttons.addWidget(self.drop_button, 1)
        right = QVBoxLayout()
        right.setSpacing(metrics.gap)
        right.addWidget(self.picture, 1)
        right.addLayout(buttons)
        root = QHBoxLayout(self)
        root.setContentsMargins(metrics.gap, metrics.gap, metrics.gap, metrics.gap)
        root.setSpacing(metrics.margin)
        root.addLayout(left, 1)
        root.addLayout(right, 1)

    @property
    def remark(self) -> Remark:
        """What is entered."""
        return Remark(self.marking_field.text().strip(), self.note_field.text().strip(), self._photo)

    def begin(self, name: str, belongs: str, remark: Remark) -> None:
        """Say more about that tool; `belongs` is what is recorded of it."""
        self._title.setText(name)
        self._belongs.setText(belongs)
        self._belongs.setVisible(bool(belongs))
        self.marking_field.setText(remark.marking)
        self.note_field.setText(remark.note)
        self._photo = remark.photo
        self._shown_sequence = 0
        if self._photo is not None:
            self.picture.show_image(to_image(self._photo))
        self.follow()
        self.marking_field.setFocus()

    def scanned(self, code: str) -> bool:
        """What the scanner read stands on the tool."""
        self.marking_field.setText(code)
        return True

    def leave(self) -> None:
        """Nothing is wanted any more."""
        self._asking.drop()

    def retranslate(self) -> None:
        """Set the texts in the present language."""
        self._marking_label.setText(self.tr("What is engraved on it"))
        self.marking_field.setPlaceholderText(self.tr("Scan or type"))
        self.marking_field.setAccessibleName(self.tr("What is engraved on it"))
        self._note_label.setText(self.tr("What is the matter with it"))
        self.note_field.setAccessibleName(self.tr("What is the matter with it"))
        self.drop_button.setText(self.tr("Remove the photo"))
        self.picture.setAccessibleName(self.tr("Photo of the tool"))
        self.follow()

    def follow(self) -> None:
        """What can be pressed."""
        self.take_button.setText(self.tr("Take another photo") if self._photo is not None else self.tr("Take a photo"))
        self.drop_button.setEnabled(self._photo is not None)

    def showEvent(self, event: QShowEvent) -> None:
        """The camera is wanted."""
        super().showEvent(event)
        self._live.hold()
        self._timer.start()
        self._show_picture()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._live.release()

    def _show_picture(self) -> None:
        if self._photo is not None:
            self.take_button.setEnabled(True)
            return
        picture = self._shell.app.camera.latest()
        self.take_button.setEnabled(picture is not None and not self._asking.busy)
        if picture is None:
            self._shown_sequence = 0
            self.picture.say(self.tr("There is no picture from the camera."), "camera_lost")
        elif picture.sequence != self._shown_sequence:
            self._shown_sequence = picture.sequence
            self.picture.show_image(to_image(picture.pixels))

    def _take(self) -> None:
        if self._photo is not None:
            self._drop()
            return
        picture = self._shell.app.camera.latest()
        if picture is None:
            return
        operations = self._shell.app.operations
        self._asking.ask(lambda: operations.jpeg(picture), self._taken, self._failed)
        self.take_button.setEnabled(False)

    def _taken(self, photo: bytes) -> None:
        self._photo = photo
        self.picture.show_image(to_image(photo))
        self.follow()

    def _drop(self) -> None:
        self._photo = None
        self._shown_sequence = 0
        self.follow()
        self._show_picture()
