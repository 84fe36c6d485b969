"""The windowed program from its start to its end."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from toolroom_desktop import __version__
from toolroom_desktop.config.messages import Language, Messages
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.services.sync.completing import Completing
from toolroom_desktop.ui.care import BuildContext, Care, Start
from toolroom_desktop.ui.crash import CrashHooks, write_crash
from toolroom_desktop.ui.fonts import base_font, load_fonts
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.plain_window import PlainWindow
from toolroom_desktop.ui.scaling import fitting_application
from toolroom_desktop.ui.shell import Desk, Session
from toolroom_desktop.ui.start_window import StartWindow
from toolroom_desktop.ui.theme import PALETTES, Theme, metrics_for
from toolroom_desktop.ui.translation import Translations
from toolroom_desktop.ui.work.garbage import Garbage
from toolroom_desktop.ui.work.runner import Work

if TYPE_CHECKING:
    from toolroom_desktop.ui.screens.bring_back import BringBackScreen
    from toolroom_desktop.ui.screens.health import HealthScreen
    from toolroom_desktop.ui.screens.setup import SetupScreen

CENTRE_FIRST = "restore.centre_first"
"""Why restored records are not opened before the centre was asked what they lack."""

T = TypeVar("T")


class Station(QObject):
    """The windows of one run: first start, start, work, end.

    `build_context` runs off the GUI thread; it is given a function to report its steps with, by the codes of sentences.
    Without `care` there is no first start and no health page. `ended` carries the exit code once everything is closed.
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
        care: Care | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._start = Start(build_context, settings, settings_path, crash_folder, care)
        self._context: AppContext | None = None
        self._abandoned = False
        self._stopping = False
        self._exit_code = 0
        self.window: MainWindow | None = None
        self.plain_window: PlainWindow | None = None
        self._left: list[PlainWindow] = []
        self._work = Work(self)
        self._garbage = Garbage(self)
        self._translations = Translations()
        self._theme = prepare(settings)
        self._session = Session(settings.station.language)
        self._translations.use(self._session.language)
        self.hooks = CrashHooks(crash_folder, __version__, self)
        self.hooks.happened.connect(self._fault)
        self.start_window = StartWindow(self._theme, offers_health=care is not None)
        self.start_window.closed.connect(self._start_window_closed)
        self.start_window.health_asked.connect(self._show_health)
        self._step.connect(self._show_step)

    def start(self) -> None:
        """Show the start window and begin to build the services, or the first start where nothing was recorded yet."""
        self.hooks.install()
        self._garbage.begin()
        self.start_window.show()
        care = self._start.care
        if care is None:
            self._build_now()
        else:
            self._work.run(lambda: self._guarded(care.wants_first_start), self._begin, self._refused)

    def stop(self) -> None:
        """Close in order: what runs on the screen, background work, camera, database. May be called twice."""
        if self._stopping:
            return
        self._stopping = True
        context, self._context = self._context, None
        self._leave_plain_window()
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

    @property
    def _messages(self) -> Messages:
        return Messages(self._session.language)

    # --- first start

    def _begin(self, first_start: bool) -> None:
        if self._abandoned:
            self._end()
        elif first_start:
            self._show_first_start()
        else:
            self._build_now()

    def _show_first_start(self) -> None:
        care = self._start.care
        if care is None:
            raise RuntimeError("a first start needs somebody who knows how to set up")
        # Loaded here and in `_show_health`: most starts need neither.
        from toolroom_desktop.ui.screens.setup import SetupScreen
        from toolroom_desktop.ui.screens.setup.step import SetupCase

        host = _FirstStart(self)

        def make(window: PlainWindow) -> SetupScreen:
            screen = SetupScreen(window.desk, host, window)
            screen.begin(
                SetupCase(
                    setup=care.setup(None),
                    settings_path=self._start.settings_path,
                    answered=care.answered,
                    running=False,
                    demo=False,
                    badge=None,
                    demo_folder=care.demo_folder,
                )
            )
            return screen

        window = self._open_plain_window(make)
        window.closed.connect(self._first_start_closed)
        window.screen_shown.enter()

    def after_first_start(self, *, demonstration: bool) -> None:
        """The set-up is through: build the station anew with what was set, or the demonstration."""
        care = self._start.care
        self._leave_plain_window()
        if care is None:
            return
        language = self._session.language
        self.start_window.show_starting()
        self.start_window.show()

        def again() -> tuple[Start, AppContext]:
            start = care.again(language, demonstration)
            return start, start.build(self._step.emit)

        self._work.run(lambda: self._guarded(again), self._built_anew, self._refused)

    def _built_anew(self, built: tuple[Start, AppContext]) -> None:
        self._start, context = built
        self._built(context)

    @Slot()
    def _first_start_closed(self) -> None:
        if self.plain_window is not None:
            self._leave_plain_window()
            self._end()

    # --- health of a station that cannot start

    @Slot()
    def _show_health(self) -> None:
        care = self._start.care
        if care is None or self.plain_window is not None:
            return
        from toolroom_desktop.ui.screens.health import HealthScreen

        window = self._open_plain_window(
            lambda window: HealthScreen(window.desk, care.examine, self._health_left, window)
        )
        window.closed.connect(self._health_left)
        window.screen_shown.enter()

    @Slot()
    def _health_left(self) -> None:
        if self.plain_window is not None:
            self.start_window.show()
            self._leave_plain_window()

    # --- restored records that the centre may complete

    def _show_bring_back(self, complete: Callable[[], Completing]) -> None:
        from toolroom_desktop.ui.screens.bring_back import BringBackScreen

        window = self._open_plain_window(
            lambda window: BringBackScreen(window.desk, complete, self._after_bring_back, window.close, window)
        )
        window.closed.connect(self._first_start_closed)
        window.screen_shown.enter()

    def _after_bring_back(self) -> None:
        self._leave_plain_window()
        self.start_window.show_starting()
        self.start_window.show()
        self._build_now()

    def _open_plain_window(
        self, make: Callable[[PlainWindow], SetupScreen | HealthScreen | BringBackScreen]
    ) -> PlainWindow:
        desk = Desk(self._work, self._session, self._theme)
        window = PlainWindow(desk, self._start.settings_path, self._translations, make)
        self.plain_window = window
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(window.scanner)
        self._show_large(window)
        self.start_window.hide()
        return window

    def _leave_plain_window(self) -> None:
        window, self.plain_window = self.plain_window, None
        if window is None:
            return
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(window.scanner)
        window.screen_shown.leave()
        window.hide()
        # A key that left it may still be on its way to it, so it goes no earlier than the program does.
        self._left.append(window)

    # --- the station itself

    def _build_now(self) -> None:
        self._work.run(lambda: self._guarded(lambda: self._start.build(self._step.emit)), self._built, self._refused)

    def _guarded(self, function: Callable[[], T]) -> T:
        try:
            return function()
        except UserFacingError:
            raise
        except Exception as error:
            path = write_crash(self._start.crash_folder, error, thread="start", version=__version__)
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
        start = self._start
        window = MainWindow(
            context,
            start.settings,
            start.settings_path,
            theme=self._theme,
            translations=self._translations,
            care=start.care,
        )
        self.window = window
        window.closing.connect(self.stop)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(window.scanner)
            application.installEventFilter(window.idle)
        window.show_sign_in()
        self._show_large(window)
        self.start_window.hide()
        # What is there by now lives as long as the program does. To look through all of it, which the collector does
        # whenever much was made, would hold the windows up for a tenth of a second.
        gc.freeze()

    def _show_large(self, window: QMainWindow) -> None:
        # A system without a window manager (a kiosk, a virtual screen) maximises nothing: be as large as the screen.
        window.setGeometry(window.screen().availableGeometry())
        if self._start.settings.station.fullscreen:
            window.showFullScreen()
        else:
            window.showMaximized()

    def _refused(self, error: UserFacingError) -> None:
        care = self._start.care
        if error.code == CENTRE_FIRST and care is not None and care.complete is not None and not self._abandoned:
            self._show_bring_back(care.complete)
            return
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
        self._garbage.end()
        gc.unfreeze()
        self.start_window.hide()
        for left in self._left:
            left.deleteLater()
        self._left.clear()
        self.hooks.remove()
        self._translations.clear()
        self.ended.emit(self._exit_code)

    @Slot(str, str)
    def _fault(self, reason: str, path: str) -> None:
        if self.window is not None:
            self.window.show_fault(reason, path)
        elif self.plain_window is not None:
            self.plain_window.notice.say(self._messages.text("program.failed", reason=reason, path=path))
        else:
            self.start_window.show_error(self._messages.text("program.failed", reason=reason, path=path))

    @staticmethod
    def _remove_filters(window: MainWindow) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(window.scanner)
            application.removeEventFilter(window.idle)


class _FirstStart:
    """Fulfils `SetupHost` while no station runs."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def use_language(self, language: Language) -> None:
        """Speak that language from now on."""
        if self._station.plain_window is not None:
            self._station.plain_window.use_language(language)

    def start_demonstration(self) -> None:
        """Leave for the demonstration; here nothing was recorded, so the set-up comes up again at the next start."""
        self._station.after_first_start(demonstration=True)

    def finish_setup(self) -> None:
        """Sign in."""
        self._station.after_first_start(demonstration=False)


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


def _application(*, fullscreen: bool) -> QApplication:
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else fitting_application(title_bar=not fullscreen)
    application.setApplicationName("Toolroom Desktop")
    application.setApplicationVersion(__version__)
    application.setQuitOnLastWindowClosed(False)
    return application


def run(start: Start) -> int:
    """Run the windowed station until it is closed; the exit code.

    0 ended in order, 1 the services did not close in order, 2 the station could not start.
    """
    application = _application(fullscreen=start.settings.station.fullscreen)
    station = Station(
        start.build, start.settings, start.settings_path, crash_folder=start.crash_folder, care=start.care
    )
    station.ended.connect(application.exit)
    station.start()
    return application.exec()
