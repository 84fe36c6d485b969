"""The layout of the recent operations: the table on the left, the chosen one on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.domain.errors import BadInput, UserFacingError
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.ui.models.operation_table import COLUMNS, OperationTableModel
from toolroom_desktop.ui.screens.history.correct_page import CorrectPage
from toolroom_desktop.ui.screens.history.detail import OperationDetail
from toolroom_desktop.ui.screens.history.presenter import HistoryPresenter
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.operation_delegate import OperationDelegate
from toolroom_desktop.ui.widgets.parts import button, frame, label

# Widths in pixels; the person's name takes what is left.
_WIDTHS = {"time": 112, "type": 124, "kit": 108, "found": 178, "final": 168}
_TABLE_WIDTH = 826


class HistoryScreen(Screen):
    """Recent operations with their photos."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self.presenter = HistoryPresenter(shell, self)
        self.model = OperationTableModel(shell.app.clock.now, self)
        self._title = label("title", self)
        self.table = QTableView(self)
        self.detail = OperationDetail(shell, self)
        self.notice = Notice(theme, self)
        self._bar = ActionBar(theme, self)
        self.more_button = button(theme, "plain", "more", self)
        self._empty = frame("panel", self)
        self.empty_text = label("muted", self._empty, wrap=True)
        self._body = QStackedWidget(self)
        self.correct_page = CorrectPage(shell, self._follow, self)
        self._lay_out()
        self.correct_button = button(theme, "plain", "setup", self)
        self._bar.add(self.correct_button)
        self.main_button = self._bar.main
        self._wanted = ""
        self._bar.back.clicked.connect(self._back)
        self._bar.main.clicked.connect(self._go_on)
        self.correct_button.clicked.connect(self._correct)
        self.more_button.clicked.connect(self._load_more)
        self.detail.photo_wanted.connect(self.presenter.load_photo)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.back_button = self._bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(OperationDelegate(self._shell.theme, table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(metrics.touch)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(COLUMNS):
            if column in _WIDTHS:
                header.resizeSection(place, _WIDTHS[column])
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap)
        left.addWidget(self.table, 1)
        both = QWidget(self)
        split = QHBoxLayout(both)
        split.setContentsMargins(0, 0, 0, 0)
        split.setSpacing(metrics.gap)
        split.addLayout(left, 8)
        table.setMinimumWidth(_TABLE_WIDTH)
        split.addWidget(self.detail, 5)
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(*[metrics.margin] * 4)
        empty.addWidget(self.empty_text)
        empty.addStretch(1)
        self._body.addWidget(both)
        self._body.addWidget(self._empty)
        self._body.addWidget(self.correct_page)
        self._bar.add(self.more_button)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self._title)
        content.addWidget(self._body, 1)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self._bar)

    # --- Screen

    def aim(self, subject: str) -> None:
        self._wanted = subject

    def enter(self) -> None:
        self.model.clear()
        self.detail.forget()
        self._body.setCurrentIndex(0)
        self.more_button.hide()
        self.table.setFocus()
        self.presenter.enter()
        self._follow()

    def leave(self) -> None:
        self.presenter.leave()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Recent operations"))
        self.table.setAccessibleName(self.tr("Recent operations"))
        self._bar.back.setText(self.tr("Back"))
        self.more_button.setText(self.tr("Load more"))
        self.empty_text.setText(self.tr("Nothing was done at this station yet. The first confirmed kit appears here."))
        self.notice.retranslate()
        self.notice.clear()
        self.model.retranslate(self._shell.session.language)
        self.detail.retranslate()
        self.correct_button.setText(self.tr("Correct…"))
        self.correct_page.retranslate()
        self._follow()

    # --- HistoryView

    def add_page(self, page: Sequence[Operation], *, more: bool) -> None:
        first = self.model.rowCount() == 0
        self.model.append(page)
        self.more_button.setVisible(more)
        self._body.setCurrentIndex(0 if self.model.rowCount() else 1)
        if first and page:
            self._choose_first(page)
        self._follow()

    def show_operation(self, operation: Operation) -> None:
        self.model.replace(operation)
        self._body.setCurrentIndex(0)
        self.detail.show()
        self.detail.show_operation(operation)
        self._follow()

    def show_photo(self, image: QImage) -> None:
        self.detail.show_photo(image)

    def show_photo_missing(self, sentence: str) -> None:
        self.detail.photo.say(sentence or self.tr("Reading the photo…"))

    def show_loading(self, loading: bool) -> None:
        self.more_button.setEnabled(not loading)
        self.more_button.setText(self.tr("Loading…") if loading else self.tr("Load more"))

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    def _choose_first(self, page: Sequence[Operation]) -> None:
        wanted, self._wanted = self._wanted, ""
        ids = [str(operation.operation_id) for operation in page]
        if wanted and wanted not in ids:
            self.presenter.find(wanted)
        else:
            self.table.selectRow(ids.index(wanted) if wanted else 0)

    @property
    def correcting(self) -> bool:
        """Whether an operation is being corrected."""
        return self._body.currentWidget() is self.correct_page

    def _follow(self) -> None:
        operation, presenter = self.detail.operation if not self.detail.isHidden() else None, self.presenter
        correcting = self.correcting
        self._bar.main.setText(self.tr("Record the correction") if correcting else self.tr("Count now"))
        self._bar.main.setVisible(correcting or presenter.may_count(operation))
        self._bar.main.setEnabled(not correcting or self.correct_page.complete)
        self.correct_button.setVisible(not correcting and presenter.may_correct(operation))

    def _correct(self) -> None:
        operation = self.detail.operation
        if operation is not None:
            self._body.setCurrentWidget(self.correct_page)
            self.correct_page.begin(operation)
            self.more_button.hide()
            self._follow()

    def _back(self) -> None:
        if self.correcting:
            self._body.setCurrentIndex(0)
            self._follow()
        else:
            self._shell.navigator.show_home()

    def _go_on(self) -> None:
        operation = self.detail.operation
        if operation is None:
            return
        if not self.correcting:
            self.presenter.count(operation)
            return
        self.correct_page.say("")
        try:
            details = self.correct_page.details()
        except BadInput as error:
            self._correction_failed(error)
            return
        self.presenter.correct(operation, details, self.correct_page.reason.text(), self._correction_failed)

    def _correction_failed(self, error: UserFacingError) -> None:
        self.correct_page.say(self._shell.sentence(error))

    def _load_more(self) -> None:
        self.presenter.load_more(self.model.oldest_seq)

    def _chosen(self, current: QModelIndex) -> None:
        if current.isValid():
            self.detail.show()
            self.detail.show_operation(self.model.operation(current.row()))
        self._follow()
