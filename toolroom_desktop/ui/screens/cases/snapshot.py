"""A picture from the station's camera, to keep with a step of a case."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from toolroom_desktop.services.vision_ports import Picture
from toolroom_desktop.ui.screens.inspection.live import LiveControl
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.camera_view import CameraView
from toolroom_desktop.ui.widgets.images import to_image
from toolroom_desktop.ui.widgets.parts import button, label

_PICTURE_EVERY_MS = 100


class Snapshot(QWidget):
    """Shows the camera while it can be seen, and keeps the picture that was taken."""

    def __init__(self, shell: Shell, live: LiveControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._live = live
        self._sequence = 0
        self.taken: Picture | None = None
        theme = shell.theme
        self._heading = label("strong", self)
        self.picture = CameraView(theme, self)
        # Beside all that a report asks a small screen leaves it this little.
        self.picture.setMinimumHeight(theme.metrics.touch)
        self.take_button = button(theme, "plain", "photo", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.gap)
        column.addWidget(self._heading)
        column.addWidget(self.picture, 1)
        column.addWidget(self.take_button)
        self._timer = QTimer(self)
        self._timer.setInterval(_PICTURE_EVERY_MS)
        self._timer.timeout.connect(self._show_picture)
        self.take_button.clicked.connect(self._take)

    def clear(self) -> None:
        """Nothing is taken yet."""
        self.taken, self._sequence = None, 0
        self._follow()

    def retranslate(self) -> None:
        """Set every text anew."""
        self._heading.setText(self.tr("Photo, if it helps"))
        self.picture.setAccessibleName(self.tr("Photo, if it helps"))
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._live.hold()
        self._timer.start()
        self._show_picture()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._live.release()

    def _follow(self) -> None:
        kept = self.taken is not None
        self.take_button.setText(self.tr("Remove the photo") if kept else self.tr("Take a photo"))

    def _show_picture(self) -> None:
        if self.taken is not None:
            return
        picture = self._shell.app.camera.latest()
        self.take_button.setEnabled(picture is not None)
        if picture is None:
            self._sequence = 0
            self.picture.say(self.tr("There is no picture from the camera."), "camera_lost")
        elif picture.sequence != self._sequence:
            self._sequence = picture.sequence
            self.picture.show_image(to_image(picture.pixels))

    def _take(self) -> None:
        if self.taken is not None:
            self.clear()
        else:
            self.taken = self._shell.app.camera.latest()
            if self.taken is not None:
                self.picture.show_image(to_image(self.taken.pixels))
        self._follow()
        self._show_picture()
