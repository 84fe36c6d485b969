"""The screens of a station, each loaded and made when it is first asked for: nobody who signs in waits for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from toolroom_desktop.ui.shell import Place, Screen, Shell
from toolroom_desktop.ui.sync_watch import SyncWatch

if TYPE_CHECKING:
    from toolroom_desktop.ui.screens.blocked import BlockedScreen
    from toolroom_desktop.ui.screens.cases import CasesScreen
    from toolroom_desktop.ui.screens.enrol import EnrolScreen
    from toolroom_desktop.ui.screens.figures import FiguresScreen
    from toolroom_desktop.ui.screens.history import HistoryScreen
    from toolroom_desktop.ui.screens.home import HomeScreen
    from toolroom_desktop.ui.screens.inspection import InspectionScreen
    from toolroom_desktop.ui.screens.kits import KitsScreen
    from toolroom_desktop.ui.screens.labels import LabelsScreen
    from toolroom_desktop.ui.screens.models import ModelsScreen
    from toolroom_desktop.ui.screens.people import PeopleScreen
    from toolroom_desktop.ui.screens.pin import PinScreen
    from toolroom_desktop.ui.screens.reports import ReportsScreen
    from toolroom_desktop.ui.screens.result import ResultScreen
    from toolroom_desktop.ui.screens.saved import SavedScreen
    from toolroom_desktop.ui.screens.shift import ShiftScreen
    from toolroom_desktop.ui.screens.sign_in import SignInScreen
    from toolroom_desktop.ui.screens.sync import SyncScreen
    from toolroom_desktop.ui.screens.tools import ToolsScreen

S = TypeVar("S", bound=Screen)


class StationScreens(QMainWindow):
    """Has every screen; which one is shown is the main window's matter. It sets `shell` and `sync_watch` first."""

    shell: Shell
    sync_watch: SyncWatch

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget(self)
        self.screens_made: list[Screen] = []

    def made(self, screen: S) -> S:
        """Take a new screen in, with its texts."""
        self.screens_made.append(screen)
        self.stack.addWidget(screen)
        screen.retranslate()
        return screen

    def at(self, place: Place) -> Screen:
        """The screen that is reached from home by that name."""
        return self._AT[place](self)

    _AT: ClassVar[Mapping[Place, Callable[[StationScreens], Screen]]] = {
        Place.FIGURES: lambda station: station.figures_screen,
        Place.REPORTS: lambda station: station.reports_screen,
        Place.TOOLS: lambda station: station.tools_screen,
        Place.LABELS: lambda station: station.labels_screen,
        Place.PEOPLE: lambda station: station.people_screen,
        Place.PIN: lambda station: station.pin_screen,
        Place.HISTORY: lambda station: station.history_screen,
        Place.MODELS: lambda station: station.models_screen,
        Place.ENROL: lambda station: station.enrol_screen,
        Place.SHIFT: lambda station: station.shift_screen,
        Place.CASES: lambda station: station.cases_screen,
        Place.SYNC: lambda station: station.sync_screen,
    }

    @cached_property
    def sign_in_screen(self) -> SignInScreen:
        """Who works here."""
        from toolroom_desktop.ui.screens.sign_in import SignInScreen

        return self.made(SignInScreen(self.shell))

    @cached_property
    def home_screen(self) -> HomeScreen:
        """What the person can do."""
        from toolroom_desktop.ui.screens.home import HomeScreen

        return self.made(HomeScreen(self.shell))

    @cached_property
    def kits_screen(self) -> KitsScreen:
        """Which kit."""
        from toolroom_desktop.ui.screens.kits import KitsScreen

        return self.made(KitsScreen(self.shell))

    @cached_property
    def blocked_screen(self) -> BlockedScreen:
        """What speaks against an issue."""
        from toolroom_desktop.ui.screens.blocked import BlockedScreen

        return self.made(BlockedScreen(self.shell))

    @cached_property
    def inspection_screen(self) -> InspectionScreen:
        """The table, live."""
        from toolroom_desktop.ui.screens.inspection import InspectionScreen

        return self.made(InspectionScreen(self.shell))

    @cached_property
    def result_screen(self) -> ResultScreen:
        """What was seen, to be counted and confirmed."""
        from toolroom_desktop.ui.screens.result import ResultScreen

        return self.made(ResultScreen(self.shell, self.inspection_screen.presenter.live))

    @cached_property
    def saved_screen(self) -> SavedScreen:
        """What was recorded."""
        from toolroom_desktop.ui.screens.saved import SavedScreen

        return self.made(SavedScreen(self.shell))

    @cached_property
    def history_screen(self) -> HistoryScreen:
        """What was recorded before."""
        from toolroom_desktop.ui.screens.history import HistoryScreen

        return self.made(HistoryScreen(self.shell))

    @cached_property
    def models_screen(self) -> ModelsScreen:
        """Which model judges."""
        from toolroom_desktop.ui.screens.models import ModelsScreen

        return self.made(ModelsScreen(self.shell))

    @cached_property
    def enrol_screen(self) -> EnrolScreen:
        """Photos of a new tool, for learning."""
        from toolroom_desktop.ui.screens.enrol import EnrolScreen

        return self.made(EnrolScreen(self.shell, self.inspection_screen.presenter.live))

    @cached_property
    def people_screen(self) -> PeopleScreen:
        """Who may work here."""
        from toolroom_desktop.ui.screens.people import PeopleScreen

        return self.made(PeopleScreen(self.shell))

    @cached_property
    def pin_screen(self) -> PinScreen:
        """Another PIN of one's own."""
        from toolroom_desktop.ui.screens.pin import PinScreen

        return self.made(PinScreen(self.shell))

    @cached_property
    def shift_screen(self) -> ShiftScreen:
        """Handing the shift over."""
        from toolroom_desktop.ui.screens.shift import ShiftScreen

        return self.made(ShiftScreen(self.shell))

    @cached_property
    def cases_screen(self) -> CasesScreen:
        """Lost-tool cases."""
        from toolroom_desktop.ui.screens.cases import CasesScreen

        return self.made(CasesScreen(self.shell, self.inspection_screen.presenter.live))

    @cached_property
    def tools_screen(self) -> ToolsScreen:
        """Tools, one by one and as a list."""
        from toolroom_desktop.ui.screens.tools import ToolsScreen

        return self.made(ToolsScreen(self.shell, self.inspection_screen.presenter.live))

    @cached_property
    def sync_screen(self) -> SyncScreen:
        """How it stands with the centre."""
        from toolroom_desktop.ui.screens.sync import SyncScreen

        return self.made(SyncScreen(self.shell, self.sync_watch))

    @cached_property
    def figures_screen(self) -> FiguresScreen:
        """How the work goes, in figures."""
        from toolroom_desktop.ui.screens.figures import FiguresScreen

        return self.made(FiguresScreen(self.shell))

    @cached_property
    def reports_screen(self) -> ReportsScreen:
        """Reports, to be looked at, saved and printed."""
        from toolroom_desktop.ui.screens.reports import ReportsScreen

        return self.made(ReportsScreen(self.shell))

    @cached_property
    def labels_screen(self) -> LabelsScreen:
        """Labels, to be looked at, saved and printed."""
        from toolroom_desktop.ui.screens.labels import LabelsScreen

        return self.made(LabelsScreen(self.shell))
