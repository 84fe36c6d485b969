"""Knows the ways between the screens; what happens on a screen is the screen's own matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from toolroom_desktop.config.messages import LANGUAGES, Language, Messages
from toolroom_desktop.config.settings import Settings, save_setting
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.marks import read_mark
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.domain.people import Person
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.services.doctor import Check, Examine, Progress
from toolroom_desktop.services.history_rows import HistoryFilter
from toolroom_desktop.services.operation_input import Evidence, Plan
from toolroom_desktop.services.scanning import Meaning
from toolroom_desktop.ui.behind_warning import BehindWarning
from toolroom_desktop.ui.care import Care
from toolroom_desktop.ui.icons import icon
from toolroom_desktop.ui.idle import IdleWatch
from toolroom_desktop.ui.scaling import LEAST_WINDOW
from toolroom_desktop.ui.scan_ways import ScanWays
from toolroom_desktop.ui.scanner import Scanner
from toolroom_desktop.ui.shell import Place, Screen, Session, Shell
from toolroom_desktop.ui.station_screens import StationScreens
from toolroom_desktop.ui.stations import Stations
from toolroom_desktop.ui.sync_watch import SyncWatch
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.translation import Translations
from toolroom_desktop.ui.widgets.layouts import bring_in_sight
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.sync_indicator import SyncIndicator
from toolroom_desktop.ui.widgets.top_bar import TopBar
from toolroom_desktop.ui.words import type_word
from toolroom_desktop.ui.work.runner import Work

if TYPE_CHECKING:
    from toolroom_desktop.ui.screens.health import HealthScreen
    from toolroom_desktop.ui.screens.setup import SetupScreen
    from toolroom_desktop.ui.screens.which import WhichScreen

# While tools are laid out nobody touches the station, so an inspection is abandoned only after so many times longer.
_PATIENCE_WITH_AN_OPERATION = 3


class MainWindow(StationScreens):
    """Fulfils `Navigator` and `SetupHost`. Without `care` nobody can set the station up or look after its health."""

    closing = Signal()
    _review_failed = Signal(object)

    def __init__(
        self,
        app: AppContext,
        settings: Settings,
        settings_path: Path,
        *,
        theme: Theme,
        translations: Translations,
        care: Care | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._care = care
        self._settings = settings
        self._settings_path = settings_path
        self._translations = translations
        self.work = Work(self)
        self.shell = Shell(app, self.work, self, Session(settings.station.language), theme, can_care=care is not None)
        self.setMinimumSize(LEAST_WINDOW)
        self.setWindowIcon(icon("app", theme.palette.text, 64))
        self.sync_watch = SyncWatch(app.centre)
        self.shell.stations = Stations(self.shell, self.sync_watch)
        self.sync_indicator = SyncIndicator(theme, self.sync_watch, app.clock)
        self.top_bar = TopBar(theme, demo=app.demo, indicator=self.sync_indicator, parent=self)
        self.notice = Notice(theme, self, closable=True)
        self.notice.setProperty("place", "window")
        self._behind_warning = BehindWarning(self.sync_watch, self.shell.session, self.notice, self)
        self._current: Screen | None = None
        self._plan: Plan | None = None
        self._lay_out()
        self.scanner = Scanner(self)
        self.scanner.scanned.connect(self._scanned)
        self.scan_ways = ScanWays(self.shell, self)
        self._scan_said = ""
        self.idle = IdleWatch(self)
        self.idle.idle.connect(self._idle)
        self.top_bar.sync_asked.connect(self._sync_asked)
        self.top_bar.person_asked.connect(self._own_pin_asked)
        self.top_bar.language_asked.connect(self._other_language)
        self.top_bar.sign_out_asked.connect(self._sign_out_asked)
        self._review_failed.connect(self._show_review_failure)
        if app.review is not None:
            app.review.listen(self._review_failed.emit)
        self.use_language(settings.station.language)

    def _lay_out(self) -> None:
        metrics = self.shell.theme.metrics
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
        column.addWidget(self.stack, 1)
        self.setCentralWidget(whole)

    @cached_property
    def setup_screen(self) -> SetupScreen | None:
        """Setting this station up once more; None where nobody can."""
        if self._care is None:
            return None
        from toolroom_desktop.ui.screens.setup import SetupScreen

        return self.made(SetupScreen(self.shell, self))

    @cached_property
    def health_screen(self) -> HealthScreen | None:
        """Whether this station is fit for work; None where nobody can tell."""
        if self._care is None:
            return None
        from toolroom_desktop.ui.screens.health import HealthScreen

        return self.made(HealthScreen(self.shell, self._examine(self._care), self.show_home))

    @cached_property
    def which_screen(self) -> WhichScreen:
        """Which of several things a scan means."""
        from toolroom_desktop.ui.screens.which import WhichScreen

        return self.made(WhichScreen(self.shell, self.scan_ways.open))

    @property
    def current(self) -> Screen | None:
        """The screen that is visible; None before the first."""
        return self._current

    @property
    def _at_home(self) -> bool:
        return self._current is not None and self._current.is_home

    @property
    def plan(self) -> Plan | None:
        """The operation that is under way and no record yet; None for none."""
        return self._plan

    # --- language

    def use_language(self, language: Language) -> None:
        """Speak that language from now on, on every screen."""
        self.shell.session.language = language
        self._translations.use(language)
        self.setWindowTitle(self.tr("Toolroom"))
        self.top_bar.retranslate(self._next_language())
        self.sync_indicator.retranslate(language)
        self.notice.retranslate()
        self.notice.clear()
        for screen in self.screens_made:
            screen.retranslate()
        self._show_context()

    def _next_language(self) -> Language:
        return LANGUAGES[(LANGUAGES.index(self.shell.session.language) + 1) % len(LANGUAGES)]

    def _other_language(self) -> None:
        language = self._next_language()
        self.use_language(language)
        path = self._settings_path
        self.work.run(
            lambda: save_setting(path, "station", "language", language), self._settings_saved, self.show_failure
        )

    def _settings_saved(self, settings: Settings) -> None:
        self._settings = settings

    # --- Navigator

    def show_sign_in(self) -> None:
        """Nobody works here."""
        self._plan = None
        self.idle.rest()
        self._show(self.sign_in_screen)

    def signed_in(self, person: Person, pin: str = "") -> None:
        """That person works here now; whoever must change the PIN does that first."""
        self.shell.session.person = person
        self.shell.stations.begin()
        self.top_bar.show_person(person)
        self.notice.clear()
        if person.must_change_pin:
            self._show(self.pin_screen, lambda: self.pin_screen.begin(pin))
        else:
            self.show_home()

    def sign_out(self, reason: str) -> None:
        """Leave at once, and record it; a record that fails is said, not waited for."""
        person = self.shell.session.person
        self.shell.session.person = None
        self.shell.stations.begin()
        self.top_bar.show_person(None)
        self.show_sign_in()
        if person is not None:
            accounts = self.shell.app.accounts
            self.work.run(
                lambda: accounts.sign_out(badge=person.badge, reason=reason), self._sign_out_recorded, self.show_failure
            )

    def show_home(self) -> None:
        """What the person can do."""
        self._plan = None
        self._show(self.home_screen)

    def show_kits(self, type_: OperationType, search: str = "") -> None:
        """Choose a kit."""
        self.kits_screen.begin(type_, search)
        self._show(self.kits_screen)

    def show_inspection(self, plan: Plan) -> None:
        """Look at the table; but first say what speaks against a checkout and let somebody overrule it."""
        self._plan = plan
        if plan.open_blocks:
            self._show(self.blocked_screen, lambda: self.blocked_screen.begin(plan))
            return
        self._show(self.inspection_screen, lambda: self.inspection_screen.begin(plan))

    def show_result(self, plan: Plan, evidence: Evidence) -> None:
        """Count and confirm."""
        self._plan = plan
        self._show(self.result_screen, lambda: self.result_screen.begin(plan, evidence))

    def show_saved(self, operation: Operation) -> None:
        """The record is on disk."""
        self._plan = None
        self.saved_screen.begin(operation)
        self._show(self.saved_screen)
        self.sync_watch.recount(self.work)

    def go(self, place: Place, subject: str = "") -> None:
        """Show that screen; `subject` is what it is to show first."""
        screen = self.at(place)
        self._plan = None
        self._show(screen, lambda: screen.aim(subject))

    def show_operations(self, wanted: HistoryFilter) -> None:
        """The history, of what that filter finds."""
        self._plan = None
        screen = self.history_screen
        self._show(screen, lambda: screen.aim_at(wanted))

    def show_setup(self) -> None:
        """Set this station up once more, or at last where nobody can sign in yet."""
        care, screen, app = self._care, self.setup_screen, self.shell.app
        if care is None or screen is None:
            return
        from toolroom_desktop.ui.screens.setup.step import SetupCase

        person = self.shell.session.person
        screen.begin(
            SetupCase(
                setup=care.setup(app),
                settings_path=self._settings_path,
                answered=care.answered,
                running=True,
                demo=app.demo,
                badge=person.badge if person is not None else None,
                demo_folder=care.demo_folder,
            )
        )
        self._show(screen)

    def show_health(self) -> None:
        """Whether this station is fit for work."""
        if self.health_screen is not None:
            self._show(self.health_screen)

    # --- SetupHost, for a station that runs

    def start_demonstration(self) -> None:
        """A station that runs is no demonstration by a touch: the set-up says how that is started."""

    def finish_setup(self) -> None:
        """Back to where the set-up was begun from."""
        if self.shell.session.person is None:
            self.show_sign_in()
        else:
            self.show_home()

    def _examine(self, care: Care) -> Examine:
        camera = self.shell.app.camera

        def examine(progress: Progress) -> list[Check]:
            # A camera that the station itself keeps warm would look like one that another program uses.
            camera.stop()
            return care.examine(progress)

        return examine

    # --- what concerns every screen

    def show_failure(self, error: UserFacingError) -> None:
        """Say what went wrong with something that no screen waits for."""
        self.notice.say(self.shell.sentence(error))

    @Slot(object)
    def _show_review_failure(self, error: UserFacingError) -> None:
        """A photo was not kept for learning; the operation is recorded all the same."""
        self.show_failure(error)

    def show_fault(self, reason: str, path: str) -> None:
        """Say that the program itself is at fault and where the report lies."""
        self.notice.say(Messages(self.shell.session.language).text("program.failed", reason=reason, path=path))

    def stop(self) -> None:
        """Leave the visible screen and wait for whatever runs in the background."""
        self.idle.rest()
        self.sync_watch.stop()
        self.shell.stations.stop()
        if self.shell.app.review is not None:
            self.shell.app.review.listen(None)
        if self._current is not None:
            self._current.leave()
            self._current = None
        self.work.finish()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Where Tab comes to can be seen."""
        moved = super().focusNextPrevChild(next)
        bring_in_sight(self.focusWidget())
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc are the screen's from wherever the keyboard is, and it may be on the top bar."""
        screen = self._current
        if screen is not None and not screen.isAncestorOf(self.focusWidget() or screen):
            screen.keyPressEvent(event)
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whoever started the window stops it and closes the services."""
        self.closing.emit()
        super().closeEvent(event)

    def _show(self, screen: Screen, begin: Callable[[], None] | None = None) -> None:
        if self._current is not None:
            self._current.leave()
        if begin is not None:
            begin()
        self._current = screen
        self.shell.app.workplace.tell(taken=screen is not self.sign_in_screen)
        self.stack.setCurrentWidget(screen)
        self._show_context()
        self._restart_idle()
        screen.enter()

    def _show_context(self) -> None:
        plan = self._plan
        # From elsewhere it would leave something undone.
        self.top_bar.lead_from_person(self._at_home)
        self.sync_indicator.lead(self._at_home)
        self.top_bar.show_context(
            f"{type_word(plan.type)}  ·  {plan.toolkit.name}  ·  {plan.kit.number}" if plan else ""
        )

    def _restart_idle(self) -> None:
        if self.shell.session.person is None:
            return
        seconds = self._settings.station.idle_sign_out_seconds
        patient = self._plan is not None or (self._current is not None and self._current.unhurried)
        self.idle.watch(seconds * (_PATIENCE_WITH_AN_OPERATION if patient else 1))

    def _idle(self) -> None:
        self.sign_out("idle")

    def _own_pin_asked(self) -> None:
        if self._at_home:
            self.go(Place.PIN)

    def _sync_asked(self) -> None:
        if self._at_home:
            self.go(Place.SYNC)

    def _sign_out_asked(self) -> None:
        self.sign_out("asked")

    def _sign_out_recorded(self, _nothing: None) -> None:
        """The journal has it."""

    def _scanned(self, code: str) -> None:
        screen, mark = self._current, read_mark(code)
        if screen is None:
            return
        if mark.kind is None or mark.kind in screen.scan_kinds:
            self.say_scan("")
            if screen.scanned(code if screen.keeps_marks else mark.text):
                return
        self.follow_scan(code)

    # --- ScanHost

    def follow_scan(self, code: str, nothing: Callable[[], None] | None = None) -> None:
        """Open what a scan names that the screen has no use for."""
        screen = self._current
        self.scan_ways.follow(
            code,
            at_rest=screen is not None and screen.at_rest,
            next_badge=screen is not None and screen.is_the_end,
            nothing=nothing,
        )

    def ask_which(self, code: str, meanings: Sequence[Meaning]) -> None:
        """A scan names several things."""
        self._show(self.which_screen, lambda: self.which_screen.begin(code, meanings))

    def next_badge(self, badge: str) -> None:
        """Whoever was signed in leaves, and the owner of that badge signs in."""
        self.sign_out("next_badge")
        self.sign_in_screen.scanned(badge)

    def say_scan(self, sentence: str) -> None:
        """Say what came of a scan; an empty sentence takes back what the one before said."""
        if sentence or (self._scan_said and self.notice.sentence == self._scan_said):
            self.notice.say(sentence)
        self._scan_said = sentence
