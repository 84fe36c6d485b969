"""The windowed program from its start to its end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from toolroom_desktop import __version__
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.ui.crash import CrashHooks, write_crash
from toolroom_desktop.ui.fonts import base_font, load_fonts
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.start_window import StartWindow
from toolroom_desktop.ui.theme import PALETTES, Theme, metrics_for
from toolroom_desktop.ui.translation import Translations
from toolroom_desktop.ui.work.runner import Work

BuildContext = Callable[[Callable[[str], None]], AppContext]


class Station(QObject):
    """The windows of one run: start, work, end.

    `build_context` runs off the GUI thread; it is given a function to report its steps with, by the codes of sentences.
    `ended` carries the exit code once everything is closed.
    """

    ended = Signal(int)
    _step = Signal(str)

    def __init__(
        self,
        build_context: BuildContext,
        settings: Settings,
        settings_path: Path,
        *,
        crash_folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._build_context = build_context
        self._settings = settings
        self._settings_path = settings_path
        self._crash_folder = crash_folder
        self._messages = Messages(settings.station.language)
        self._context: AppContext | None = None
        self._abandoned = False
        self._stopping = False
        self._exit_code = 0
        self.window: MainWindow | None = None
        self._work = Work(self)
        self._translations = Translations()
        self._theme = prepare(settings)
        self._translations.use(settings.station.language)
        self.hooks = CrashHooks(crash_folder, __version__, self)
        self.hooks.happened.connect(self._fault)
        self.start_window = StartWindow(self._theme)
        self.start_window.closed.connect(self._start_window_closed)
        self._step.connect(self._show_step)

    def start(self) -> None:
        """Show the start window and begin to build the services."""
        self.hooks.install()
        self.start_window.show()
        self._work.run(self._build, self._built, self._refused)

    def stop(self) -> None:
        """Close in order: what runs on the screen, background work, camera, database. May be called twice."""
        if self._stopping:
            return
        self._stopping = True
        context, self._context = self._context, None
        if self.window is not None:
            self._remove_filters(self.window)
            self.window.stop()
            self.window.hide()
        if context is None:
            self._end()
            return
        self.start_window.show_closing()
        self.start_window.show()
        self._work.run(context.close, self._closed, self._closed)

    def _build(self) -> AppContext:
        try:
            return self._build_context(self._step.emit)
        except UserFacingError:
            raise
        except Exception as error:
            path = write_crash(self._crash_folder, error, thread="start", version=__version__)
            reason = f"{type(error).__name__}: {error}"
            raise UserFacingError("program.failed", reason=reason, path=path or "—") from error

    @Slot(str)
    def _show_step(self, code: str) -> None:
        self.start_window.say(self._messages.text(code))

    def _built(self, context: AppContext) -> None:
        self._context = context
        if self._abandoned:
            self.stop()
            return
        window = MainWindow(
            context, self._settings, self._settings_path, theme=self._theme, translations=self._translations
        )
        self.window = window
        window.closing.connect(self.stop)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(window.scanner)
            application.installEventFilter(window.idle)
        window.show_sign_in()
        # A system without a window manager (a kiosk, a virtual screen) maximises nothing: be as large as the screen.
        window.setGeometry(window.screen().availableGeometry())
        if self._settings.station.fullscreen:
            window.showFullScreen()
        else:
            window.showMaximized()
        self.start_window.hide()

    def _refused(self, error: UserFacingError) -> None:
        self._exit_code = 2
        if self._abandoned:
            self._end()
            return
        self.start_window.show_error(self._messages.error(error))

    @Slot()
    def _start_window_closed(self) -> None:
        if self._work.busy:
            self._abandoned = True
        elif self.window is None:
            self._end()

    def _closed(self, outcome: UserFacingError | None) -> None:
        if outcome is not None:
            self._exit_code = 1
        self._end()

    def _end(self) -> None:
        self._work.finish()
        self.start_window.hide()
        self.hooks.remove()
        self._translations.clear()
        self.ended.emit(self._exit_code)

    @Slot(str, str)
    def _fault(self, reason: str, path: str) -> None:
        if self.window is not None:
            self.window.show_fault(reason, path)
        else:
            self.start_window.show_error(self._messages.text("program.failed", reason=reason, path=path))

    @staticmethod
    def _remove_filters(window: MainWindow) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(window.scanner)
            application.removeEventFilter(window.idle)


def prepare(settings: Settings) -> Theme:
    """Fonts, colours and sizes of the running QApplication."""
    load_fonts()
    screen = QGuiApplication.primaryScreen()
    metrics = metrics_for(screen.physicalDotsPerInch(), screen.geometry().width())
    theme = Theme(PALETTES[settings.station.theme], metrics)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setStyle("Fusion")
        application.setFont(base_font(metrics.body))
        application.setStyleSheet(theme.style_sheet())
    return theme


def _application() -> QApplication:
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Toolroom Desktop")
    application.setApplicationVersion(__version__)
    application.setQuitOnLastWindowClosed(False)
    return application


def run(build_context: BuildContext, settings: Settings, settings_path: Path, *, crash_folder: Path) -> int:
    """Run the windowed station until it is closed; the exit code.

    0 ended in order, 1 the services did not close in order, 2 the station could not start.
    """
    application = _application()
    station = Station(build_context, settings, settings_path, crash_folder=crash_folder)
    station.ended.connect(application.exit)
    station.start()
    return application.exec()


def run_error(error: UserFacingError, settings: Settings) -> int:
    """Show why not even the settings could be read, and end. `settings` are the defaults then."""
    application = _application()
    translations = Translations()
    theme = prepare(settings)
    translations.use(settings.station.language)
    window = StartWindow(theme)
    window.show_error(Messages(settings.station.language).error(error))
    window.closed.connect(application.quit)
    window.show()
    application.exec()
    translations.clear()
    return 2
