"""The layout of the reports: a card each; then what is asked on the left, and the paper on the right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.config.days import write_day
from toolroom_desktop.domain.marks import Named
from toolroom_desktop.services.reports.content import ReportName
from toolroom_desktop.ui.screens.reports.choice_panel import ChoicePanel
from toolroom_desktop.ui.screens.reports.job import Prepared
from toolroom_desktop.ui.screens.reports.page_view import PageView
from toolroom_desktop.ui.screens.reports.paper import PrintRun, printer_for
from toolroom_desktop.ui.screens.reports.presenter import Doing, ReportsPresenter
from toolroom_desktop.ui.screens.reports.words import FORMATS, SYMBOLS, about, name_of
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, label
from toolroom_desktop.ui.widgets.row_button import RowButton
from toolroom_desktop.ui.widgets.station_switch import StationSwitch

_CARDS_ACROSS = 2


class ReportsScreen(Screen):
    """For whoever takes records out of the station."""

    _progressed = Signal(int, int)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self.presenter = ReportsPresenter(shell, self)
        self._title = label("title", self)
        self.switch = StationSwitch(shell, self)
        self._pages = QStackedWidget(self)
        self.cards: dict[ReportName, RowButton] = {}
        self.panel = ChoicePanel(shell, self)
        self.page_view = PageView(theme, self)
        self._state = label("strong", self, wrap=True)
        self._state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nearest_button = button(theme, "plain", "forward", self)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self._page_text = label("muted", self)
        self._page_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back_page, self.next_page = (button(theme, "plain", symbol, self) for symbol in ("back", "forward"))
        self.notice = Notice(theme, self)
        self.bar = ActionBar(theme, self)
        self.print_button = button(theme, "plain", "print", self)
        self.cancel_button = button(theme, "plain", "close", self)
        self.bar.add(self.cancel_button)
        self.bar.add(self.print_button)
        self._run: PrintRun | None = None
        self._lay_out()
        self._connect()
        self.main_button, self.back_button = self.bar.main, self.bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        column, self._area = scrolled_column(self._shell.theme, self)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grid = QGridLayout()
        self._grid.setSpacing(metrics.gap)
        column.addLayout(self._grid)
        turning = QHBoxLayout()
        turning.setSpacing(metrics.gap)
        turning.addWidget(self.back_page)
        turning.addWidget(self._page_text, 1)
        turning.addWidget(self.next_page)
        paper = QWidget(self)
        # As wide as there is room, also while there is only a sentence in it.
        paper.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        right = QVBoxLayout(paper)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(metrics.gap)
        right.addWidget(self.progress)
        right.addWidget(self._state)
        right.addWidget(self.nearest_button, 0, Qt.AlignmentFlag.AlignCenter)
        right.addWidget(self.page_view, 1)
        right.addStretch(0)
        right.addLayout(turning)
        report = QWidget(self)
        both = QHBoxLayout(report)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(metrics.margin)
        both.addWidget(self.panel)
        both.addWidget(paper, 1)
        self._pages.addWidget(self._area)
        self._pages.addWidget(report)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        above = QHBoxLayout()
        above.setSpacing(metrics.margin)
        above.addWidget(self._title)
        above.addWidget(self.switch, 1)
        content.addLayout(above)
        content.addWidget(self._pages, 1)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)

    def _connect(self) -> None:
        presenter = self.presenter
        self.panel.time_chosen.connect(presenter.choose_time)
        self.panel.subject_chosen.connect(presenter.choose_subject)
        self.panel.format_chosen.connect(presenter.choose_format)
        self.panel.language_chosen.connect(presenter.choose_language)
        self.nearest_button.clicked.connect(presenter.go_to_nearest)
        self.back_page.clicked.connect(self._turn_back)
        self.next_page.clicked.connect(self._turn_on)
        self.bar.back.clicked.connect(self._back)
        self.bar.main.clicked.connect(self._choose_file)
        self.cancel_button.clicked.connect(self._cancel)
        self.print_button.clicked.connect(presenter.print_now)
        self._progressed.connect(self._show_progress)
        self._shell.stations.switched.connect(self._other_records)

    # --- Screen

    def enter(self) -> None:
        self.presenter.enter()
        self.bar.back.setFocus()

    def _other_records(self) -> None:
        if self.isVisible():
            self._stop_printing()
            self.presenter.enter()

    def leave(self) -> None:
        self._stop_printing()
        self.presenter.leave()
        self.page_view.clear()

    @property
    def at_rest(self) -> bool:
        return True

    @property
    def scan_kinds(self) -> frozenset[Named]:
        return frozenset({Named.KIT, Named.TOOL, Named.BADGE})

    def scanned(self, code: str) -> bool:
        definition = self.presenter.definition
        return definition is not None and self.panel.scanned(code, definition)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Reports"))
        self.switch.retranslate()
        self.print_button.setText(self.tr("Print ..."))
        self.cancel_button.setText(self.tr("Stop"))
        self.bar.back.setText(self.tr("Back"))
        self.back_page.setText(self.tr("Page back"))
        self.next_page.setText(self.tr("Next page"))
        self.panel.retranslate()
        self.notice.retranslate()
        self.notice.clear()
        for name, card in self.cards.items():
            self._say_card(card, name)
        self.show_choice()

    # --- ReportsView

    def show_reports(self, names: Sequence[ReportName]) -> None:
        empty(self._grid)
        self.cards = {}
        for place, name in enumerate(names):
            card = RowButton(self._shell.theme, self)
            card.setProperty("report", name.value)
            card.clicked.connect(self._card_pressed)
            self._say_card(card, name)
            self._grid.addWidget(card, place // _CARDS_ACROSS, place % _CARDS_ACROSS)
            self.cards[name] = card

    def show_choice(self) -> None:
        presenter = self.presenter
        choice, definition = presenter.choice, presenter.definition
        chosen = choice is not None and definition is not None
        self._title.setVisible(not chosen)
        self.switch.let_switch(not chosen)
        self._pages.setCurrentIndex(1 if chosen else 0)
        for widget in (self.bar.main, self.print_button):
            widget.setVisible(chosen)
        if choice is None or definition is None:
            self.cancel_button.hide()
            self.page_view.clear()
            return
        self.panel.show_choice(choice, definition, presenter.language, everywhere=presenter.shown.everywhere)
        prepared, doing = presenter.prepared, presenter.doing
        idle = doing is Doing.NOTHING
        self.bar.main.setText(self.tr("Save as {format}").format(format=FORMATS[choice.format]))
        self.bar.main.setEnabled(prepared is not None and idle)
        self.print_button.setEnabled(prepared is not None and idle)
        self.cancel_button.setVisible(not idle)
        self.panel.setEnabled(doing in (Doing.NOTHING, Doing.MAKING))
        self.progress.setVisible(not idle)
        if idle:
            self.progress.setRange(0, 0)
        self._say_state()
        self._show_pages()

    def show_progress(self, done: int, total: int) -> None:
        """Called in any thread."""
        self._progressed.emit(done, total)

    def show_page(self, picture: QImage) -> None:
        self.page_view.show_page(picture)

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    def print_prepared(self, prepared: Prepared) -> None:
        printer = printer_for(prepared)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, prepared.pages.count)
        self._run = PrintRun(printer, prepared, self.show_progress, self._printed, self)
        dialog.finished.connect(self._print_answered)
        dialog.finished.connect(dialog.deleteLater)
        # Its own `open` wants a receiver of the old kind.
        QDialog.open(dialog)

    # --- what follows

    def _say_card(self, card: RowButton, name: ReportName) -> None:
        language = self._shell.session.language
        card.say(SYMBOLS[name], name_of(name, language), about(name, language))

    def _say_state(self) -> None:
        presenter = self.presenter
        if presenter.doing is Doing.MAKING:
            said = self.tr("Making the report ...")
        elif presenter.doing is Doing.SAVING:
            said = self.tr("Saving ...")
        elif presenter.doing is Doing.PRINTING:
            said = self.tr("Printing ...")
        elif presenter.is_empty:
            said = self.tr("Nothing happened in this time.")
        elif presenter.prepared is None and not presenter.ready:
            said = self.tr("Say on the left what the report is about.")
        else:
            said = ""
        self._state.setText(said)
        self._state.setVisible(bool(said))
        day = presenter.nearest_day
        self.nearest_button.setVisible(presenter.is_empty and day is not None)
        if day is not None:
            shown = write_day(day, self._shell.session.language)
            self.nearest_button.setText(self.tr("Show {day}, the nearest day with operations").format(day=shown))

    def _show_pages(self) -> None:
        presenter = self.presenter
        prepared = presenter.prepared
        if prepared is None:
            self.page_view.clear()
        for widget in (self.back_page, self.next_page, self._page_text, self.page_view):
            widget.setVisible(prepared is not None)
        if prepared is None:
            return
        count = prepared.pages.count
        said = self.tr("Page {page} of {pages} · touch it to enlarge it")
        self._page_text.setText(said.format(page=presenter.page + 1, pages=count))
        self.back_page.setEnabled(presenter.page > 0)
        self.next_page.setEnabled(presenter.page + 1 < count)

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _card_pressed(self) -> None:
        name = ReportName(str(self.sender().property("report")))
        self.presenter.choose(name)
        if self.presenter.definition is not None:
            self.panel.begin(self.presenter.definition)

    def _turn_on(self) -> None:
        self.presenter.turn(1)

    def _turn_back(self) -> None:
        self.presenter.turn(-1)

    def _back(self) -> None:
        self._stop_printing()
        self.presenter.back()

    def _cancel(self) -> None:
        self._stop_printing()
        self.presenter.cancel()

    # --- files and paper

    def _choose_file(self) -> None:
        choice = self.presenter.choice
        if choice is None:
            return
        kind = FORMATS[choice.format]
        name = str(self.presenter.folder / self.presenter.file_name())
        dialog = QFileDialog(self, self.tr("Save the report"), name, f"{kind} (*.{choice.format.value})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(choice.format.value)
        dialog.fileSelected.connect(self._file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _file_chosen(self, path: str) -> None:
        self.presenter.save(Path(path))

    @Slot(int)
    def _print_answered(self, answer: int) -> None:
        if self._run is None:
            return
        if answer == QDialog.DialogCode.Accepted.value:
            self._run.start()
        else:
            self._cancel()

    def _printed(self, taken: bool) -> None:
        self._run = None
        if taken:
            self.presenter.printed()
        else:
            self.presenter.not_printed()

    def _stop_printing(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.stop()
