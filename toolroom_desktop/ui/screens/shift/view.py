"""The layout of beginning and ending a shift: the kits as a list, the one looked at beside it, then the signatures."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.domain.marks import Named
from toolroom_desktop.ui.models.inventory_list import InventoryListModel
from toolroom_desktop.ui.screens.shift.detail import KitDetail
from toolroom_desktop.ui.screens.shift.presenter import Filter, ShiftPresenter, Step
from toolroom_desktop.ui.screens.shift.sign_page import SignPage
from toolroom_desktop.ui.screens.shift.words import row_of
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.inventory_delegate import InventoryDelegate
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, frame, label
from toolroom_desktop.ui.words import short_name, time_word


class ShiftScreen(Screen):
    """The inventory at the start and end of a shift."""

    unhurried = True

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.presenter = ShiftPresenter(shell, self)
        self._busy = False
        self._step: Step | None = None
        self._title = label("title", self)
        self._state = label("muted", self, wrap=True)
        self.search_field = QLineEdit(self)
        self.search_field.setMaxLength(64)
        self.filter_buttons: dict[Filter, QPushButton] = {}
        self._group = QButtonGroup(self)
        for filter_ in Filter:
            made = button(shell.theme, "plain", "", self)
            made.setCheckable(True)
            made.setProperty("filter", filter_.value)
            made.clicked.connect(self._filtered)
            self._group.addButton(made)
            self.filter_buttons[filter_] = made
        self.model = InventoryListModel(self)
        self.list = QListView(self)
        self.detail = KitDetail(shell, self.presenter, self)
        self.sign_page = SignPage(shell, self.presenter, self)
        self.notice = Notice(shell.theme, self)
        self.bar = ActionBar(shell.theme, self)
        self.counting_button = button(shell.theme, "plain", "present", self)
        self.counting_button.setCheckable(True)
        self._progress = label("emphasis", self)
        self._empty = frame("panel", self)
        self._empty_text = label("muted", self._empty, wrap=True)
        self._lay_out()
        self.search_field.textChanged.connect(self.presenter.find)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.detail.count_asked.connect(self.presenter.count_kit)
        self.detail.take_over_asked.connect(self.presenter.take_over)
        self.counting_button.clicked.connect(self.presenter.count_one_by_one)
        self.sign_page.asking_changed.connect(self._follow)
        self.bar.back.clicked.connect(self.presenter.back)
        self.bar.main.clicked.connect(self._go_on)
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        theme, metrics = self._shell.theme, self._shell.theme.metrics
        self.list.setModel(self.model)
        self.list.setItemDelegate(InventoryDelegate(theme, self.list))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setUniformItemSizes(True)
        inside = QVBoxLayout(self._empty)
        inside.setContentsMargins(*[metrics.margin] * 4)
        inside.addWidget(self._empty_text)
        inside.addStretch(1)
        self._rows = QStackedWidget(self)
        self._rows.addWidget(self.list)
        self._rows.addWidget(self._empty)
        heading = QHBoxLayout()
        heading.setSpacing(metrics.margin)
        heading.addWidget(self._title)
        heading.addWidget(self._state, 1, Qt.AlignmentFlag.AlignBottom)
        finding = QHBoxLayout()
        finding.setSpacing(metrics.gap)
        finding.addWidget(self.search_field, 1)
        for made in self.filter_buttons.values():
            finding.addWidget(made)
        below = QHBoxLayout()
        below.setSpacing(metrics.margin)
        below.addWidget(self._rows, 3)
        below.addWidget(self.detail, 2)
        self._list_page = QWidget(self)
        page = QVBoxLayout(self._list_page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(metrics.gap)
        page.addLayout(finding)
        page.addLayout(below, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._list_page)
        self._stack.addWidget(self.sign_page)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addLayout(heading)
        content.addWidget(self._stack, 1)
        content.addWidget(self.notice)
        self.bar.add(self._progress)
        self.bar.add(self.counting_button)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)

    # --- Screen

    def enter(self) -> None:
        self.presenter.enter()
        self._follow()
        self.search_field.setFocus()

    def leave(self) -> None:
        self.sign_page.dismiss()
        self.presenter.leave()
        self._empty_the_list()

    @property
    def scan_kinds(self) -> frozenset[Named]:
        return frozenset({Named.BADGE} if self.presenter.step is Step.SIGN else {Named.KIT})

    def scanned(self, code: str) -> bool:
        if self.sign_page.asking:
            return self.sign_page.panel.scanned(code)
        self.presenter.scanned(code)
        return True

    def retranslate(self) -> None:
        self.search_field.setPlaceholderText(self.tr("Number, toolkit or name"))
        self.search_field.setAccessibleName(self.tr("Search for a kit"))
        self.list.setAccessibleName(self.tr("Kits"))
        self.counting_button.setText(self.tr("Tick off one by one"))
        self.detail.retranslate()
        self.sign_page.retranslate()
        self.notice.retranslate()
        self.notice.clear()
        self.show_take()

    # --- ShiftView

    def show_take(self) -> None:
        step = self.presenter.step
        self._stack.setCurrentIndex(0 if step is Step.LIST else 1)
        if step is Step.LIST:
            self._show_list()
        else:
            self.sign_page.show_sums()
        self._follow()
        if step is not self._step or self._focus_is_lost():
            (self.search_field if step is Step.LIST else self.bar.main).setFocus()
        self._step = step

    def _focus_is_lost(self) -> bool:
        """Whether the keyboard is nowhere, because what it was on was disabled meanwhile."""
        focused = QApplication.focusWidget()
        return self.isVisible() and (focused is None or focused is self.bar.back or not self.isAncestorOf(focused))

    def show_busy(self, busy: bool) -> None:
        self._busy = busy
        self._follow()

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    # --- the list

    def _show_list(self) -> None:
        presenter, clock = self.presenter, self._shell.app.clock
        if self.search_field.text() != presenter.search:
            self.search_field.blockSignals(True)
            self.search_field.setText(presenter.search)
            self.search_field.blockSignals(False)
        at, language = clock.now(), self._shell.session.language
        shown = presenter.shown()
        rows = [
            row_of(
                now,
                line,
                language=language,
                when=self._when,
                overdue=now.overdue(at),
                owed=presenter.owed(line),
                counting=presenter.counting,
            )
            for now, line in shown
        ]
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        self.model.show(rows)
        index = self.model.index_of(presenter.current or "")
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        else:
            self.list.clearSelection()
        selection.blockSignals(False)
        self.list.viewport().update()
        self._rows.setCurrentIndex(0 if rows or presenter.take is None else 1)
        self._empty_text.setText(self._why_empty())
        self.detail.show_kit()

    def _empty_the_list(self) -> None:
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        self.model.show(())
        selection.blockSignals(False)

    def _why_empty(self) -> str:
        take = self.presenter.take
        if take is not None and not take.kits:
            return self.tr("This station has no kits yet. Whoever keeps the catalogue adds them.")
        if self.presenter.search.strip():
            return self.tr("No kit matches. Check the number, or clear the field.")
        return self.tr("No kit is left here. Choose “All” to see every kit.")

    def _when(self, at: datetime) -> str:
        clock = self._shell.app.clock
        return time_word(at, clock.local_offset_minutes(at), clock.now(), self._shell.session.language)

    # --- what follows

    def _follow(self) -> None:
        presenter = self.presenter
        take, step = presenter.take, presenter.step
        on_list = step is Step.LIST
        ready = take is not None and not self._busy and not presenter.saving
        self._title.setText(self._heading())
        self._state.setText(self._said_state())
        for filter_, made in self.filter_buttons.items():
            made.setText(self._filter_word(filter_))
            made.setChecked(presenter.filter is filter_)
        self.filter_buttons[Filter.UNSEEN].setVisible(presenter.counting)
        self.counting_button.setVisible(on_list)
        self.counting_button.setChecked(presenter.counting)
        self._progress.setVisible(on_list and presenter.counting)
        ticked, of = presenter.ticked
        self._progress.setText(self.tr("{seen} of {count} seen").format(seen=ticked, count=of))
        self._list_page.setEnabled(ready)
        self.bar.back.setVisible(step is not Step.DONE)
        self.bar.back.setEnabled(not presenter.saving)
        self.bar.back.setText(self.tr("Back"))
        self.bar.main.setEnabled(ready and not self.sign_page.asking)
        self.bar.main.setText(self._main_word())

    def _heading(self) -> str:
        take = self.presenter.take
        if take is None:
            return self.tr("Shift")
        if self.presenter.step is Step.DONE:
            return self.tr("The shift has ended") if take.ending else self.tr("The shift has begun")
        return self.tr("End of the shift") if take.ending else self.tr("Start of a shift")

    def _said_state(self) -> str:
        take = self.presenter.take
        if take is None:
            return self.tr("Looking up where the kits are…")
        if take.running is None:
            return self.tr("No shift runs") if self.presenter.step is not Step.DONE else ""
        if self.presenter.step is Step.DONE:
            return ""
        started = take.running
        return self.tr("It runs since {when}, begun by {name}").format(
            when=self._when(started.started_at), name=short_name(started.started_by.name)
        )

    def _filter_word(self, filter_: Filter) -> str:
        presenter = self.presenter
        lines = presenter.lines.values()
        ticked, of = presenter.ticked
        return {
            Filter.ALL: self.tr("All: {count}").format(count=len(lines)),
            Filter.OUT: self.tr("Out: {count}").format(count=presenter.out),
            Filter.EXPLAIN: self.tr("To explain: {count}").format(count=presenter.to_explain),
            Filter.UNSEEN: self.tr("Not seen: {count}").format(count=of - ticked),
        }[filter_]

    def _main_word(self) -> str:
        presenter = self.presenter
        take = presenter.take
        if presenter.step is Step.DONE:
            return self.tr("Done")
        if presenter.step is Step.SIGN:
            if presenter.saving:
                return self.tr("Saving…")
            return self.tr("End the shift") if take is not None and take.ending else self.tr("Begin the shift")
        return (
            self.tr("Explain: {count}").format(count=presenter.to_explain)
            if presenter.to_explain
            else self.tr("Continue")
        )

    # --- what is pressed

    def _chosen(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if row is not None:
            self.presenter.choose(row.kit)

    def _filtered(self) -> None:
        self.presenter.show_only(Filter(self.sender().property("filter")))

    def _go_on(self) -> None:
        step = self.presenter.step
        if step is Step.DONE:
            self.presenter.done()
        elif step is Step.SIGN:
            self.presenter.sign()
        else:
            self.presenter.go_on()
            if self.presenter.step is Step.LIST:
                self.detail.explanation_field.setFocus()
