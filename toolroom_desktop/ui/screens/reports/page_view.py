"""A page of a report as paper on the screen: as large as there is room, or enlarged to be read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from toolroom_desktop.ui.theme import Theme


class PageView(QScrollArea):
    """A touch on the page enlarges it, another one shows it whole again."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page = QPixmap()
        self.enlarged = False
        self._paper = QLabel(self)
        self._paper.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._paper.installEventFilter(self)
        self.setWidget(self._paper)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(240)

    @property
    def has_page(self) -> bool:
        """Whether a page is shown."""
        return not self._page.isNull()

    def show_page(self, picture: QImage) -> None:
        """Show a page. Call in the GUI thread."""
        self._page = QPixmap.fromImage(picture)
        self._fit()

    def clear(self) -> None:
        """Show nothing."""
        self._page = QPixmap()
        self.enlarged = False
        self._paper.clear()

    def enlarge(self, enlarged: bool) -> None:
        """Show the page in its full size, or whole."""
        self.enlarged = enlarged
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._paper and event.type() == QEvent.Type.MouseButtonRelease and self.has_page:
            self.enlarge(not self.enlarged)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._page.isNull():
            return
        ratio = self.devicePixelRatioF()
        size = self._page.size()
        if not self.enlarged:
            room = self.maximumViewportSize() * ratio
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        shown = self._page.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        self._paper.setPixmap(shown)
        self._paper.resize(QSize(round(shown.width() / ratio), round(shown.height() / ratio)))
