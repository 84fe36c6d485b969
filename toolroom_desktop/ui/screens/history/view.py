"""The history: the table, what is looked for, what is shown of it, and one operation in full, each on its page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.marks import Named
from toolroom_desktop.services.history_rows import Counted, HistoryFilter, HistoryPage, HistoryRow
from toolroom_desktop.services.history_search import Search
from toolroom_desktop.services.scanning import Meaning
from toolroom_desktop.ui.screens.history.aims import aimed_at, narrowed
from toolroom_desktop.ui.screens.history.bar import HistoryBar, Stage
from toolroom_desktop.ui.screens.history.correct_page import CorrectPage
from toolroom_desktop.ui.screens.history.detail import OperationDetail
from toolroom_desktop.ui.screens.history.filter_page import FilterPage
from toolroom_desktop.ui.screens.history.list_page import ListPage
from toolroom_desktop.ui.screens.history.presenter import HistoryPresenter, SavedSearch
from toolroom_desktop.ui.screens.history.saved_page import SavedPage
from toolroom_desktop.ui.screens.history.table_page import TablePage
from toolroom_desktop.ui.screens.history.to_file import asked_path, file_name
from toolroom_desktop.ui.screens.history.words import chip_word
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.station_switch import StationSwitch


class HistoryScreen(Screen):
    """Fulfils `HistoryView`. `aim` takes an operation's id, "kit:" and a number, or a search as JSON."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self.presenter = HistoryPresenter(shell, self)
        self.list_page = ListPage(shell, self)
        self.filter_page = FilterPage(shell, self.presenter, self)
        self.table_page = TablePage(shell, self)
        self.saved_page = SavedPage(shell, self)
        self.switch = StationSwitch(shell, self)
        self.notice = Notice(theme, self, closable=True)
        self.detail = OperationDetail(shell, self.notice.say, self)
        self.correct_page = CorrectPage(shell, self._follow, self)
        self.bar = HistoryBar(theme, self.presenter, self)
        self.ask_for_path: Callable[[str], Path | None] = partial(asked_path, self)
        self.correct_button = self.bar.correct_button
        self._wanted = ""
        self._search: Search | None = None
        self._straight = False
        """Whether somebody came here for the operation that is shown, and goes back from it to where they were."""
        # In the order of `Stage`.
        self._pages: tuple[ListPage | FilterPage | TablePage | SavedPage | OperationDetail | CorrectPage, ...] = (
            self.list_page,
            self.filter_page,
            self.table_page,
            self.saved_page,
            self.detail,
            self.correct_page,
        )
        self._lay_out()
        self._connect()
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        self._body = QStackedWidget(self)
        for page in self._pages:
            self._body.addWidget(page)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self.switch)
        content.addWidget(self._body, 1)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)

    def _connect(self) -> None:
        page, presenter = self.list_page, self.presenter
        page.model.page_wanted.connect(presenter.load)
        page.text_changed.connect(self._text_changed)
        page.removed.connect(self._part_removed)
        page.filter_wanted.connect(self._to_filter)
        page.opened.connect(self._open_row)
        page.chosen.connect(self._follow)
        page.other_order.connect(presenter.other_order)
        self.filter_page.changed.connect(presenter.look_for)
        self.table_page.changed.connect(presenter.keep_columns)
        self.table_page.other_order.connect(self._other_order)
        self.saved_page.taken.connect(self._take_saved)
        self.saved_page.kept.connect(self._keep_search)
        self.saved_page.forgotten.connect(presenter.forget_search)
        self.saved_page.chosen.connect(self._follow)
        self.detail.changed.connect(self._operation_changed)
        self.detail.kit_wanted.connect(self._look_for_kit)
        self.detail.person_wanted.connect(self._look_for_person)
        self.detail.operation_wanted.connect(self._open)
        self.bar.back.clicked.connect(self._back)
        self.bar.main.clicked.connect(self._go_on)
        self.bar.table_button.clicked.connect(self._to_table)
        self.bar.saved_button.clicked.connect(self._to_saved)
        self.bar.file_button.clicked.connect(self._to_file)
        self.bar.clear_button.clicked.connect(self._clear)
        self.bar.correct_button.clicked.connect(self._to_correct)
        self._shell.stations.switched.connect(self._other_records)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._find)

    # --- Screen

    @property
    def stage(self) -> Stage:
        """Which page is shown."""
        return Stage(self._body.currentIndex())

    @property
    def correcting(self) -> bool:
        """Whether an operation is being corrected."""
        return self.stage is Stage.CORRECT

    def aim(self, subject: str) -> None:
        self._search = aimed_at(subject)
        self._wanted = subject if self._search is None else ""

    def aim_at(self, wanted: HistoryFilter) -> None:
        """Show what that filter finds."""
        self._wanted, self._search = "", self.presenter.search_for(wanted)

    def enter(self) -> None:
        self.presenter.search = self._search or Search()
        self._search = None
        self._show(Stage.LIST)
        self.list_page.table.setFocus()
        self.presenter.enter()
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self._open(wanted)
        self._straight = bool(wanted)

    def leave(self) -> None:
        self.detail.close_operation()
        self.presenter.leave()

    keeps_marks = True

    @property
    def at_rest(self) -> bool:
        return not self.correcting

    @property
    def scan_kinds(self) -> frozenset[Named]:
        asking = self.stage in (Stage.CORRECT, Stage.SAVED)
        return frozenset() if asking else frozenset({Named.KIT, Named.TOOL, Named.BADGE, Named.OPERATION})

    def scanned(self, code: str) -> bool:
        kinds = self.scan_kinds
        if not kinds:
            return False

        def failed(error: UserFacingError) -> None:
            self._shell.navigator.follow_scan(code, lambda: self._failed(error))

        scanning = self._shell.app.scanning
        self.notice.clear()
        self.presenter.ask(lambda: scanning.one(code, kinds), self._look_for_meaning, failed)
        return True

    def retranslate(self) -> None:
        self.bar.retranslate()
        self.switch.retranslate()
        self.notice.retranslate()
        self.notice.clear()
        for page in self._pages:
            page.retranslate()
        if self._shell.session.person is not None and self._shell.work.busy is not None and self.isVisible():
            self.presenter.recall()
        self.list_page.speak(self.presenter.remembered.columns, self.presenter.speech())
        self._show_chips()
        self._follow()

    # --- HistoryView

    def show_search(self) -> None:
        self.list_page.show_search(self.presenter.search)
        self._follow()

    def show_page(self, number: int, page: HistoryPage) -> None:
        self.list_page.show_page(number, page)
        if number == 0 and not page.rows:
            self.list_page.show_empty(self.bar.why_empty(self._shell.session.language))
            self.presenter.find_what_hinders()
        self._follow()

    def show_page_failed(self, number: int) -> None:
        self.list_page.model.failed(number)

    def show_less(self, part: str, count: Counted) -> None:
        language = self._shell.session.language
        self.list_page.show_empty(self.bar.why_empty(language) + "\n\n" + self.bar.without(part, count, language))

    def show_count(self) -> None:
        self._follow()

    def show_remembered(self) -> None:
        known = self.presenter.remembered
        self.list_page.speak(known.columns, self.presenter.speech())
        self._show_chips()
        self.saved_page.show_saved(known.saved)
        self._follow()

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    def show_export(self) -> None:
        presenter = self.presenter
        if presenter.exported:
            said = self.tr("%n row(s) written to {file}", "", presenter.exported_rows)
            self.notice.say(said.format(file=presenter.exported))
        self._follow()

    # --- what stands in the bar

    def _show(self, stage: Stage) -> None:
        self._body.setCurrentIndex(stage)
        self.switch.let_switch(stage is Stage.LIST)
        self._follow()

    def _other_records(self) -> None:
        """What was opened is of the other records; what is looked for is looked for in these."""
        if self.isVisible():
            self.detail.close_operation()
            self.notice.clear()
            self._show(Stage.LIST)
            self.presenter.begin()

    def _follow(self) -> None:
        stage, detail = self.stage, self.detail
        opened = stage is Stage.DETAIL and detail.operation is not None
        ready = {
            Stage.LIST: self.list_page.row() is not None,
            Stage.SAVED: self.saved_page.value() is not None,
            Stage.CORRECT: self.correct_page.complete,
        }.get(stage, True)
        may_count = opened and detail.presenter.may_count()
        may_correct = opened and detail.presenter.may_correct()
        self.bar.follow(stage, ready=ready, count=may_count, correct=may_correct)

    def _show_chips(self) -> None:
        search, language = self.presenter.search, self._shell.session.language
        self.list_page.chips.show_chips(
            [(part, chip_word(search, part, language)) for part in search.parts()], self.tr("Without: {what}")
        )

    # --- what is looked for

    def _text_changed(self, text: str) -> None:
        self.presenter.look_for(self.presenter.search.having("text", text))

    def _part_removed(self, part: str) -> None:
        self.presenter.look_for(self.presenter.search.without(part))

    def _look_for_kit(self, kit: str) -> None:
        self._look_for(Search().having("kit", kit))

    def _look_for_person(self, badge: str, name: str) -> None:
        self._look_for(Search().having("person", badge, name))

    def _look_for(self, search: Search) -> None:
        self.detail.close_operation()
        self._show(Stage.LIST)
        self.presenter.look_for(search)

    def _look_for_meaning(self, meaning: Meaning) -> None:
        search = self.presenter.search
        if meaning.kind is Named.OPERATION:
            self._open(meaning.subject)
            return
        search = narrowed(search, meaning)
        if self.stage is Stage.FILTER:
            self.filter_page.show_search(search)
            self.presenter.look_for(search)
        else:
            self._look_for(search)

    def _clear(self) -> None:
        search = Search(order=self.presenter.search.order)
        self.filter_page.show_search(search)
        self.presenter.look_for(search)

    def _other_order(self) -> None:
        self.presenter.other_order()
        self._begin_table()

    def _begin_table(self) -> None:
        presenter = self.presenter
        self.table_page.begin(presenter.remembered.columns, presenter.search.order, presenter.columns_at_first)

    def _take_saved(self, saved: SavedSearch) -> None:
        self._show(Stage.LIST)
        self.presenter.look_for(saved.search)

    def _keep_search(self, name: str, shared: bool) -> None:
        self.presenter.save_search(name, shared=shared)
        self.saved_page.name_field.clear()

    def _find(self) -> None:
        if self.stage is not Stage.CORRECT:
            self._show(Stage.LIST)
            self.list_page.focus_text()

    # --- from page to page

    def _to_filter(self) -> None:
        self._show(Stage.FILTER)
        self.filter_page.begin(self.presenter.search)

    def _to_table(self) -> None:
        self._show(Stage.TABLE)
        self._begin_table()

    def _to_saved(self) -> None:
        self._show(Stage.SAVED)
        self.saved_page.begin(self.presenter.search)

    def _to_correct(self) -> None:
        operation = self.detail.operation
        if operation is not None:
            self._show(Stage.CORRECT)
            self.correct_page.begin(operation)

    def _open_row(self, row: HistoryRow) -> None:
        self._open(str(row.operation_id))

    def _open(self, operation_id: str) -> None:
        self._straight = False
        self.notice.clear()
        self._show(Stage.DETAIL)
        self.detail.open(operation_id)

    def _operation_changed(self) -> None:
        self._follow()
        operation = self.detail.operation
        if operation is not None:
            wanted = operation.operation_id
            self.presenter.row(
                wanted, lambda row: self.list_page.model.replace(lambda old: old.operation_id == wanted, row)
            )

    def _back(self) -> None:
        stage = self.stage
        if stage is Stage.LIST or (stage is Stage.DETAIL and self._straight):
            self._shell.navigator.show_home()
        elif stage is Stage.CORRECT:
            self._show(Stage.DETAIL)
        else:
            if stage is Stage.DETAIL:
                self.detail.close_operation()
            self.notice.clear()
            self._show(Stage.LIST)
            self.list_page.table.setFocus()

    def _go_on(self) -> None:
        match self.stage:
            case Stage.LIST:
                row = self.list_page.row()
                if row is not None:
                    self._open_row(row)
            case Stage.FILTER:
                self._show(Stage.LIST)
                self.list_page.table.setFocus()
            case Stage.SAVED:
                saved = self.saved_page.value()
                if saved is not None:
                    self._take_saved(saved)
            case Stage.DETAIL:
                self.detail.presenter.count()
            case _:
                self.correct_page.record(self.detail.presenter, lambda: self._show(Stage.DETAIL))

    def _failed(self, error: UserFacingError) -> None:
        self.notice.say(self._shell.sentence(error))

    # --- to a file

    def _to_file(self) -> None:
        if self.presenter.exporting is not None:
            self.presenter.stop_export()
            return
        everywhere = self.presenter.shown.everywhere
        path = self.ask_for_path(file_name(self.presenter.today(), everywhere=everywhere))
        if path is not None:
            self.presenter.export(path, self.switch.line if everywhere else self.tr("Operations"))
