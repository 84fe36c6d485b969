"""What every screen shares: the services, background work, who is signed in, the language, and the ways between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from toolroom_desktop.config.messages import Language, Messages
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.marks import Named
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.domain.people import Person
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.services.history_rows import HistoryFilter
from toolroom_desktop.services.operation_input import Evidence, Plan
from toolroom_desktop.ui.stations import Stations
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.work.runner import Work


class Place(StrEnum):
    """Screens that are reached from home and lead back there."""

    HISTORY = "history"
    MODELS = "models"
    ENROL = "enrol"
    SHIFT = "shift"
    CASES = "cases"
    PEOPLE = "people"
    PIN = "pin"
    TOOLS = "tools"
    SYNC = "sync"
    REPORTS = "reports"
    LABELS = "labels"
    FIGURES = "figures"


class Navigator(Protocol):
    """The ways between the screens. Only the main window fulfils it."""

    def show_sign_in(self) -> None: ...
    def signed_in(self, person: Person, pin: str = "") -> None:
        """Remember who works here now and go home; or, where that must be, to the change of the `pin` just typed."""

    def sign_out(self, reason: str) -> None: ...
    def show_home(self) -> None: ...
    def show_kits(self, type_: OperationType, search: str = "") -> None:
        """Choose a kit for that operation, to begin with among those that `search` finds."""

    def show_inspection(self, plan: Plan) -> None: ...
    def show_result(self, plan: Plan, evidence: Evidence) -> None: ...
    def show_saved(self, operation: Operation) -> None:
        """The record is on disk: say so, and go on from there."""

    def go(self, place: Place, subject: str = "") -> None:
        """Show that screen; `subject` is what it is to show first, as the screen's `aim` says."""

    def show_operations(self, wanted: HistoryFilter) -> None:
        """The history, of what that filter finds."""

    def show_setup(self) -> None:
        """Set this station up, once more or at last."""

    def show_health(self) -> None:
        """Whether this station is fit for work."""

    def show_failure(self, error: UserFacingError) -> None:
        """Say what went wrong with something that no screen waits for."""

    def follow_scan(self, code: str, nothing: Callable[[], None] | None = None) -> None:
        """Open what a scan names that the screen has no use for; where it names nothing, call `nothing` or say so."""


@dataclass(slots=True)
class Session:
    """Who is signed in, in which language the windows speak, and whether that person looks at all stations."""

    language: Language = "ru"
    person: Person | None = None
    all_stations: bool = False


class Surroundings(Protocol):
    """What a screen needs that can be shown without a running station: before it starts, or when it cannot."""

    work: Work
    session: Session
    theme: Theme

    def sentence(self, error: UserFacingError) -> str:
        """An error in the language of the windows."""


@dataclass(slots=True)
class Desk:
    """`Surroundings` without a station."""

    work: Work
    session: Session
    theme: Theme

    def sentence(self, error: UserFacingError) -> str:
        """An error in the language of the windows."""
        return Messages(self.session.language).error(error)


@dataclass(slots=True)
class Shell:
    """Handed to every presenter. Fulfils `Surroundings`."""

    app: AppContext
    work: Work
    navigator: Navigator
    session: Session = field(default_factory=Session)
    theme: Theme = field(default_factory=Theme)
    can_care: bool = False
    """Whether the station can be set up and looked after here."""
    stations: Stations = field(init=False)
    """Whose records are shown; the main window sets it at once."""

    @property
    def badge(self) -> str:
        """Badge of whoever is signed in; empty for nobody."""
        return self.session.person.badge if self.session.person else ""

    def sentence(self, error: UserFacingError) -> str:
        """An error in the language of the windows."""
        return Messages(self.session.language).error(error)


class Screen(QWidget):
    """One screen. The main window calls `enter` when it becomes visible and `leave` when another one takes over.

    A subclass builds its widgets in `__init__`, sets every text in `retranslate` (called once by the main window after
    construction, and again whenever the language changes), and stops whatever runs in `leave`. It names its
    `main_button` and `back_button`, which Enter and Esc press from wherever the keyboard is.
    """

    main_button: QAbstractButton | None = None
    back_button: QAbstractButton | None = None
    asks: QWidget | None = None
    """What has an Enter and an Esc of its own while it is visible, from wherever the keyboard is."""
    keeps_marks = False
    """Whether `scanned` is given a label that says what it names as it is, and not only the name."""
    unhurried = False
    """Whether somebody may work here long without touching anything."""
    is_home = False
    """Whether everything that the top bar leads to may be gone to from here."""
    is_the_end = False
    """Whether the next badge may be somebody else's: what was to be done is done."""

    @property
    def at_rest(self) -> bool:
        """Whether nothing is lost when a scan leads elsewhere."""
        return False

    @property
    def scan_kinds(self) -> frozenset[Named]:
        """What labels that say what they name are for this screen just now; others lead elsewhere."""
        return frozenset()

    def aim(self, subject: str) -> None:
        """Told before `enter` what to show first (a kit's number, a case's number); empty: nothing in particular."""

    def enter(self) -> None:
        """The screen becomes the visible one."""

    def leave(self) -> None:
        """Another screen takes over."""

    def retranslate(self) -> None:
        """Set every text anew in the present language."""

    def scanned(self, code: str) -> bool:  # noqa: ARG002 - for screens that use it
        """A code came from the scanner while this screen was visible; True when used, else it leads elsewhere."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the main action and Esc the way back."""
        if self.asks is not None and self.asks.isVisible():
            self.asks.keyPressEvent(event)
            return
        pressed: QAbstractButton | None = None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            pressed = self.main_button
        elif event.key() == Qt.Key.Key_Escape:
            pressed = self.back_button
        if pressed is not None and pressed.isVisible() and pressed.isEnabled() and not event.isAutoRepeat():
            pressed.click()
            return
        super().keyPressEvent(event)
