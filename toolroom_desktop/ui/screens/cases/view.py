"""The frame of the lost-tool cases: list, case, step and report as pages, and the one main action bottom right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from toolroom_desktop.domain.marks import Named
from toolroom_desktop.ui.screens.cases.case_page import CasePage
from toolroom_desktop.ui.screens.cases.list_page import ListPage
from toolroom_desktop.ui.screens.cases.presenter import CasesPresenter, Doing, Page
from toolroom_desktop.ui.screens.cases.report_page import ReportPage
from toolroom_desktop.ui.screens.cases.step_page import StepPage
from toolroom_desktop.ui.screens.cases.words import SYMBOLS, doing_word, short_word
from toolroom_desktop.ui.screens.inspection.live import LiveControl
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, label, set_symbol


class CasesScreen(Screen):
    """Lost-tool cases. `aim` takes the number of the one to show first."""

    def __init__(self, shell: Shell, live: LiveControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.presenter = CasesPresenter(shell, self)
        theme = shell.theme
        self._title = label("title", self)
        self.list_page = ListPage(shell, self.presenter, self)
        self.case_page = CasePage(shell, self.presenter, self)
        self.step_page = StepPage(shell, self.presenter, live, self)
        self.report_page = ReportPage(shell, self.presenter, live, self)
        self._pages: dict[Page, QWidget] = {
            Page.LIST: self.list_page,
            Page.CASE: self.case_page,
            Page.STEP: self.step_page,
            Page.REPORT: self.report_page,
        }
        self._shown_page: Page | None = None
        self._busy = False
        self.notice = Notice(theme, self)
        self.bar = ActionBar(theme, self)
        self.print_button = button(theme, "plain", "save", self.bar)
        self.bar.add(self.print_button)
        self.other_buttons = {doing: button(theme, "plain", SYMBOLS[doing], self.bar) for doing in Doing}
        for doing, made in self.other_buttons.items():
            made.setProperty("doing", doing.value)
            made.clicked.connect(self._other_pressed)
            self.bar.add(made)
        self._lay_out()
        self.list_page.chosen.connect(self.presenter.open)
        self.list_page.elsewhere.connect(self.presenter.say_elsewhere)
        self.step_page.changed.connect(self._follow)
        self.report_page.changed.connect(self._follow)
        self.print_button.clicked.connect(self._choose_file)
        self.bar.back.clicked.connect(self.presenter.back)
        self.bar.main.clicked.connect(self._main_pressed)
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        self._stack = QStackedWidget(self)
        for page in self._pages.values():
            self._stack.addWidget(page)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self._title)
        content.addWidget(self._stack, 1)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)

    # --- Screen

    def aim(self, subject: str) -> None:
        self.presenter.aim(subject)

    def enter(self) -> None:
        self._shown_page = None
        self.presenter.enter()

    def leave(self) -> None:
        self.presenter.leave()
        # The camera is wanted no longer than its page is seen.
        self._stack.setCurrentWidget(self.list_page)
        self._shown_page = None

    @property
    def at_rest(self) -> bool:
        return self.presenter.page in (Page.LIST, Page.CASE)

    @property
    def scan_kinds(self) -> frozenset[Named]:
        return frozenset({Named.KIT} if self.presenter.page is Page.REPORT else {Named.KIT, Named.TOOL, Named.CASE})

    def scanned(self, code: str) -> bool:
        if self.presenter.page is Page.REPORT:
            self.report_page.scanned(code)
            return True
        if self.presenter.page is Page.LIST:
            self.list_page.search_field.setText(code)
            return True
        return False

    def retranslate(self) -> None:
        self._title.setText(self.tr("Lost-tool cases"))
        self.bar.back.setText(self.tr("Back"))
        self.print_button.setText(self.tr("Save as PDF"))
        for doing, made in self.other_buttons.items():
            made.setText(short_word(doing))
            made.setAccessibleName(doing_word(doing))
        self.notice.retranslate()
        self.notice.clear()
        for page in (self.list_page, self.case_page, self.step_page, self.report_page):
            page.retranslate()
        self.list_page.fill()
        self.case_page.fill()
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In a text of several lines Enter begins a new line."""
        if isinstance(self.focusWidget(), QPlainTextEdit) and event.text() in ("\r", "\n"):
            return
        super().keyPressEvent(event)

    # --- CasesView

    def show_page(self) -> None:
        page = self.presenter.page
        changed = page is not self._shown_page
        self._shown_page = page
        self._title.setVisible(page is Page.LIST)
        if page is Page.LIST:
            self.list_page.fill()
        elif page is Page.CASE:
            self.case_page.fill()
        elif page is Page.REPORT and not changed:
            self.report_page.fill()
        self._stack.setCurrentWidget(self._pages[page])
        if changed and page is Page.STEP:
            self.step_page.begin()
        elif changed and page is Page.REPORT:
            self.report_page.begin()
        elif changed:
            self.setFocus()
        self._follow()

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    def show_busy(self, busy: bool) -> None:
        self._busy = busy
        self._follow()

    # --- the bar

    def _follow(self) -> None:
        """What can be pressed now, and what it says."""
        presenter, main = self.presenter, self.bar.main
        page = presenter.page
        on_case = page is Page.CASE
        self.print_button.setVisible(on_case and presenter.may_print)
        for doing, made in self.other_buttons.items():
            made.setVisible(on_case and doing in presenter.others)
        text, symbol, possible = self._main_action()
        main.setVisible(bool(text))
        main.setText(text)
        set_symbol(main, self._shell.theme, symbol or "forward", self._shell.theme.metrics.icon)
        main.setEnabled(possible and not self._busy)
        for made in (self.print_button, *self.other_buttons.values()):
            made.setEnabled(not self._busy)

    def _main_action(self) -> tuple[str, str, bool]:
        """(text, symbol, whether it is possible now) of the main action; no text for none."""
        presenter = self.presenter
        if presenter.page is Page.LIST:
            return (self.tr("Report a missing tool") if presenter.may_report else "", "notice", True)
        if presenter.page is Page.CASE:
            doing = presenter.main
            return (doing_word(doing), SYMBOLS[doing], True) if doing is not None else ("", "", False)
        if presenter.page is Page.REPORT:
            return self.tr("Open the case"), "confirm", self.report_page.complete
        doing = presenter.doing
        text = {Doing.RELEASE: self.tr("Release"), Doing.REOPEN: self.tr("Reopen")}
        return text.get(doing or Doing.NOTE, self.tr("Record")), "confirm", self.step_page.complete

    def _main_pressed(self) -> None:
        presenter = self.presenter
        if presenter.page is Page.LIST:
            presenter.begin_report()
        elif presenter.page is Page.CASE and presenter.main is not None:
            presenter.begin(presenter.main)
        elif presenter.page is Page.STEP:
            presenter.record(self.step_page.said)
        elif presenter.page is Page.REPORT:
            presenter.report(self.report_page.said)

    def _other_pressed(self) -> None:
        self.presenter.begin(Doing(str(self.sender().property("doing"))))

    # --- paper

    def _choose_file(self) -> None:
        shown = self.presenter.shown
        if shown is None:
            return
        name = str(Path.home() / f"{shown.course.case.number}.pdf")
        dialog = QFileDialog(self, self.tr("Save as PDF"), name, "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self._file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _file_chosen(self, path: str) -> None:
        self.presenter.print_to(Path(path))
