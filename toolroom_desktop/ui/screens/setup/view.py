"""The layout of setting up: where one is at the top, the present step, and the same three buttons under each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from toolroom_desktop.domain.marks import Named
from toolroom_desktop.ui.screens.setup.administrator_page import AdministratorPage
from toolroom_desktop.ui.screens.setup.camera_page import SetupCameraPage
from toolroom_desktop.ui.screens.setup.finish_page import FinishPage
from toolroom_desktop.ui.screens.setup.first_pages import LanguagePage, PurposePage
from toolroom_desktop.ui.screens.setup.model_page import SetupModelPage
from toolroom_desktop.ui.screens.setup.page import AnyPage
from toolroom_desktop.ui.screens.setup.presenter import SetupPresenter
from toolroom_desktop.ui.screens.setup.step import Outcome, SetupCase, SetupHost
from toolroom_desktop.ui.shell import Screen, Surroundings
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button
from toolroom_desktop.ui.widgets.step_line import StepLine

_SIGNS = {Outcome.OPEN: "", Outcome.DONE: "✓", Outcome.SKIPPED: "–"}


class SetupScreen(Screen):
    """Call `begin` before it is entered."""

    unhurried = True

    def __init__(self, surroundings: Surroundings, host: SetupHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._begun = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.presenter = presenter = SetupPresenter(surroundings, host, self)
        self.language_page = LanguagePage(surroundings, presenter.language, self)
        self.purpose_page = PurposePage(surroundings, presenter.purpose, self)
        self.administrator_page = AdministratorPage(surroundings, presenter.administrator, self)
        self.camera_page = SetupCameraPage(surroundings, presenter.camera, self)
        self.model_page = SetupModelPage(surroundings, presenter.model, self)
        before: tuple[AnyPage, ...] = (
            self.language_page,
            self.purpose_page,
            self.administrator_page,
            self.camera_page,
            self.model_page,
        )
        self.finish_page = FinishPage(surroundings, presenter.finish, before, self)
        self.pages: tuple[AnyPage, ...] = (*before, self.finish_page)
        self.line = StepLine(surroundings.theme, self)
        self.notice = Notice(surroundings.theme, self)
        self.bar = ActionBar(surroundings.theme, self)
        self.skip_button = button(surroundings.theme, "plain", "forward", self)
        self.bar.add(self.skip_button)
        self._stack = QStackedWidget(self)
        for page in self.pages:
            self._stack.addWidget(page)
        self._lay_out()
        self.bar.main.clicked.connect(self._go_on)
        self.bar.back.clicked.connect(presenter.back)
        self.skip_button.clicked.connect(presenter.skip)
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        metrics = self._surroundings.theme.metrics
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self.line)
        content.addWidget(self._stack, 1)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)

    def begin(self, case: SetupCase) -> None:
        """Set that station up."""
        self.presenter.begin(case)
        self._begun = True
        self.retranslate()

    @property
    def page(self) -> AnyPage:
        """The page of the present step."""
        return self.pages[self.presenter.place]

    # --- Screen

    def enter(self) -> None:
        self.presenter.enter()

    def leave(self) -> None:
        self.administrator_page.forget()
        self.presenter.leave()

    @property
    def scan_kinds(self) -> frozenset[Named]:
        return frozenset({Named.BADGE})

    def scanned(self, code: str) -> bool:
        return self.page.scanned(code)

    def retranslate(self) -> None:
        self.bar.back.setText(self.tr("Back"))
        self.notice.retranslate()
        for page in self.pages:
            page.retranslate()
        if self._begun:
            self.show_step()

    # --- SetupView

    def show_place(self) -> None:
        self._stack.setCurrentWidget(self.page)
        self.show_step()
        self.setFocus()
        self.page.focus_first()

    def show_step(self) -> None:
        presenter, page = self.presenter, self.page
        had = QApplication.focusWidget()
        page.show_step()
        self.line.show_steps(
            [each.name() for each in self.pages],
            [_SIGNS[step.outcome] for step in presenter.steps],
            presenter.place,
        )
        self.bar.main.setText(page.main_text())
        self.bar.main.setEnabled(presenter.step.can_go_on)
        self.bar.back.setVisible(presenter.can_go_back)
        self.skip_button.setVisible(presenter.step.can_skip)
        self.skip_button.setText(self.tr("Skip all the same") if presenter.asked else self.tr("Skip"))
        self.notice.say(self._sentence())
        self._place_focus(had)

    # --- what follows

    def _place_focus(self, had: QWidget | None) -> None:
        """A button that is disabled hands the keyboard on to its neighbour, where the space bar would find it."""
        if had is not None and self.isAncestorOf(had) and not (had.isVisible() and had.isEnabled()):
            self.setFocus()
        if self.hasFocus() and self.bar.main.isEnabled():
            self.bar.main.setFocus()

    def _sentence(self) -> str:
        presenter = self.presenter
        if presenter.asked:
            return self.page.skip_warning()
        if self.page is self.model_page:
            return ""  # its panel says it
        if presenter.step.problem is not None:
            return self._surroundings.sentence(presenter.step.problem)
        return self.administrator_page.sentence() if self.page is self.administrator_page else ""

    def _go_on(self) -> None:
        if self.presenter.step.can_go_on:
            self.page.go_on()
