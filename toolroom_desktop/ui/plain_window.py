"""A window around one screen without a running station: the first start, the health of one that cannot start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from toolroom_desktop.config.messages import LANGUAGES, Language
from toolroom_desktop.config.settings import Settings, save_setting
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.ui.icons import icon
from toolroom_desktop.ui.scaling import LEAST_WINDOW
from toolroom_desktop.ui.scanner import Scanner
from toolroom_desktop.ui.shell import Desk, Screen
from toolroom_desktop.ui.translation import Translations
from toolroom_desktop.ui.widgets.layouts import bring_in_sight
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.top_bar import TopBar


class PlainWindow(QMainWindow):
    """Install `scanner` as an event filter of the application while it is shown.

    closed  somebody closed it
    """

    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        settings_path: Path,
        translations: Translations,
        make_screen: Callable[[PlainWindow], Screen],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._settings_path = settings_path
        self._translations = translations
        self.setMinimumSize(LEAST_WINDOW)
        self.setWindowIcon(icon("app", desk.theme.palette.text, 64))
        self.top_bar = TopBar(desk.theme, demo=False, parent=self)
        self.notice = Notice(desk.theme, self, closable=True)
        self.notice.setProperty("place", "window")
        self.scanner = Scanner(self)
        self.screen_shown = make_screen(self)
        self._lay_out()
        self.top_bar.language_asked.connect(self._other_language)
        self.scanner.scanned.connect(self.screen_shown.scanned)
        self.use_language(desk.session.language)

    def _lay_out(self) -> None:
        metrics = self.desk.theme.metrics
        said = QVBoxLayout()
        said.setContentsMargins(metrics.margin, 0, metrics.margin, 0)
        said.addWidget(self.notice)
        whole = QWidget(self)
        whole.setProperty("part", "window")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addLayout(said)
        column.addWidget(self.screen_shown, 1)
        self.setCentralWidget(whole)

    def use_language(self, language: Language) -> None:
        """Speak that language from now on."""
        self.desk.session.language = language
        self._translations.use(language)
        self.setWindowTitle(self.tr("Toolroom"))
        self.top_bar.retranslate(self._next_language())
        self.notice.retranslate()
        self.notice.clear()
        self.screen_shown.retranslate()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Where Tab comes to can be seen."""
        moved = super().focusNextPrevChild(next)
        bring_in_sight(self.focusWidget())
        return moved

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever waits."""
        self.closed.emit()
        super().closeEvent(event)

    def _next_language(self) -> Language:
        return LANGUAGES[(LANGUAGES.index(self.desk.session.language) + 1) % len(LANGUAGES)]

    def _other_language(self) -> None:
        language = self._next_language()
        self.use_language(language)
        path = self._settings_path
        self.desk.work.run(lambda: save_setting(path, "station", "language", language), self._saved, self._failed)

    def _saved(self, _settings: Settings) -> None:
        """The language holds at the next start, too."""

    def _failed(self, error: UserFacingError) -> None:
        self.notice.say(self.desk.sentence(error))
