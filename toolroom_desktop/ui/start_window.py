"""What is seen before the station is ready: what is going on, or why it cannot start."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from toolroom_desktop.ui.icons import icon, pixmap
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import button, label


class StartWindow(QWidget):
    """A small window of its own."""

    closed = Signal()
    health_asked = Signal()

    def __init__(self, theme: Theme, *, offers_health: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        metrics = theme.metrics
        self.setProperty("part", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowIcon(icon("app", theme.palette.text, 64))
        self.setWindowTitle(self.tr("Toolroom"))
        self.setMinimumSize(620, 380)
        symbol = QLabel(self)
        symbol.setPixmap(pixmap("app", theme.palette.text, 72))
        self._title = label("title", self, wrap=True)
        self._said = label("body", self, wrap=True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._progress = QProgressBar(self)
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._offers_health = offers_health
        self.close_button = button(theme, "main", "", self)
        self.close_button.clicked.connect(self.close)
        self.close_button.hide()
        self.health_button = button(theme, "plain", "health", self)
        self.health_button.clicked.connect(self.health_asked)
        self.health_button.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(metrics.gap)
        buttons.addWidget(self.health_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[metrics.margin * 2] * 4)
        column.setSpacing(metrics.gap)
        column.addWidget(symbol)
        column.addWidget(self._title)
        column.addWidget(self._said)
        column.addStretch(1)
        column.addWidget(self._progress)
        column.addLayout(buttons)
        self.show_starting()

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._said.text()

    def say(self, sentence: str) -> None:
        """What is going on now."""
        self._said.setText(sentence)

    def show_starting(self) -> None:
        """The station is being built."""
        self._title.setText(self.tr("The station is starting"))
        self._said.setText("")
        self._progress.show()
        self.close_button.hide()
        self.health_button.hide()

    def show_error(self, sentence: str) -> None:
        """Why the station cannot start, and what to do."""
        self._title.setText(self.tr("The station cannot start"))
        self.close_button.setText(self.tr("Close"))
        self.health_button.setText(self.tr("Health of this station"))
        self.health_button.setVisible(self._offers_health)
        self._said.setText(sentence)
        self._progress.hide()
        self.close_button.show()
        self.close_button.setFocus()

    def show_closing(self) -> None:
        """The last records are being written."""
        self._title.setText(self.tr("The station is closing"))
        self._said.setText("")
        self._progress.show()
        self.close_button.hide()
        self.health_button.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever waits."""
        self.closed.emit()
        super().closeEvent(event)
