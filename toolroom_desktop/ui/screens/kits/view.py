"""The layout of choosing a kit: a search field over a list of large rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.domain.marks import Named
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.catalogue import KitRow
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.models.kit_list import KitChoice, KitListModel
from toolroom_desktop.ui.screens.kits.presenter import KitsPresenter
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.kit_delegate import KitDelegate
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, frame, label


class KitsScreen(Screen):
    """Choosing a kit to take or to return."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.presenter = KitsPresenter(shell, self)
        self._rows: Sequence[KitRow] | None = None
        self._busy = False
        self._title = label("title", self)
        self.search_field = QLineEdit(self)
        self.model = KitListModel(self)
        self.list = QListView(self)
        self.notice = Notice(shell.theme, self)
        self._bar = ActionBar(shell.theme, self)
        self.by_hand_button = button(shell.theme, "plain", "confirm", self)
        self._bar.add(self.by_hand_button)
        self.unknown_button = button(shell.theme, "plain", "checkin", self)
        self._bar.add(self.unknown_button)
        self._empty = frame("panel", self)
        self.empty_text = label("muted", self._empty, wrap=True)
        self._lay_out()
        self.search_field.textChanged.connect(self.presenter.find)
        self.list.clicked.connect(self._touched)
        self.list.selectionModel().currentChanged.connect(self._follow)
        self._bar.back.clicked.connect(shell.navigator.show_home)
        self._bar.main.clicked.connect(self._go_on)
        self.by_hand_button.clicked.connect(self._count_by_hand)
        self.unknown_button.clicked.connect(self.presenter.bring_unknown)
        self.main_button = self._bar.main
        self.back_button = self._bar.back

    def _lay_out(self) -> None:
        theme = self._shell.theme
        metrics = theme.metrics
        symbol = QLabel(self)
        symbol.setPixmap(pixmap("search", theme.palette.muted, metrics.icon + 4))
        search = QHBoxLayout()
        search.setSpacing(metrics.gap)
        search.addWidget(symbol)
        search.addWidget(self.search_field, 1)
        self.search_field.setMaxLength(64)
        self.list.setModel(self.model)
        self.list.setItemDelegate(KitDelegate(theme, self.list))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setUniformItemSizes(True)
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(*[metrics.margin] * 4)
        empty.addWidget(self.empty_text)
        empty.addStretch(1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self._title)
        content.addLayout(search)
        content.addWidget(self._stack, 1)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self._bar)

    # --- Screen

    def begin(self, type_: OperationType, search: str = "") -> None:
        """Choose a kit for that operation, to begin with among those that `search` finds."""
        self.presenter.begin(type_, search)
        self.retranslate()

    def enter(self) -> None:
        self._rows = None
        self.model.show(())
        self.search_field.blockSignals(True)
        self.search_field.setText(self.presenter.search)
        self.search_field.blockSignals(False)
        self.search_field.setFocus()
        self.presenter.enter()
        self._follow()

    def leave(self) -> None:
        self.presenter.leave()

    @property
    def at_rest(self) -> bool:
        return True

    @property
    def scan_kinds(self) -> frozenset[Named]:
        return frozenset({Named.KIT})

    def scanned(self, code: str) -> bool:
        self.presenter.scanned(code)
        return True

    def retranslate(self) -> None:
        self._title.setText(
            {
                OperationType.CHECKOUT: self.tr("Which kit goes out?"),
                OperationType.CHECKIN: self.tr("Which kit comes back?"),
                OperationType.HANDOVER: self.tr("Which kit do you take over?"),
                OperationType.INVENTORY: self.tr("Which kit is counted?"),
            }[self.presenter.type]
        )
        self.unknown_button.setText(self.tr("It comes back all the same"))
        self.by_hand_button.setText(self.tr("Count by hand"))
        self.by_hand_button.setVisible(self.presenter.type is OperationType.HANDOVER)
        self.search_field.setPlaceholderText(self.tr("Scan the label, or type a number or title"))
        self.search_field.setAccessibleName(self.tr("Search for a kit"))
        self.list.setAccessibleName(self.tr("Kits"))
        self._bar.back.setText(self.tr("Back"))
        self._bar.main.setText(self.tr("Continue"))
        self.notice.retranslate()
        self.notice.clear()
        self.show_unknown(self.presenter.unknown)
        if self._rows is not None:
            self.show_kits(self._rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from the field into the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.search_field.hasFocus():
            self.list.setFocus()
            return
        super().keyPressEvent(event)

    # --- KitsView

    def show_kits(self, rows: Sequence[KitRow]) -> None:
        self._rows = rows
        self.model.show([self._choice(row) for row in rows])
        self._stack.setCurrentIndex(0 if rows else 1)
        if not rows:
            self.empty_text.setText(self._why_empty())
        self.list.setCurrentIndex(self.model.first_possible())
        self._follow()

    def show_busy(self, busy: bool) -> None:
        self._busy = busy
        self.list.setEnabled(not busy)
        self._follow()

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    def show_unknown(self, kit: str) -> None:
        self.unknown_button.setVisible(bool(kit))
        if kit:
            self.notice.say(
                self.tr(
                    "This station does not know that kit {kit} is out. Another station may have handed it out: then it "
                    "is counted here against its whole list, and the checkout is added when it is known."
                ).format(kit=kit)
            )
        self._follow()

    # --- what follows

    def _choice(self, row: KitRow) -> KitChoice:
        if row.is_out:
            mine = row.holder_badge == self._shell.badge
            where = self.tr("out: you have it") if mine else self.tr("out: {name}").format(name=row.holder)
            if row.station:
                where = self.tr("{out}, from {station}").format(out=where, station=row.station)
        else:
            where = self.tr("in the toolroom")
        title = row.toolkit.title(self._shell.session.language)
        return KitChoice(row, title, where, self.presenter.possible(row))

    def _why_empty(self) -> str:
        if self.presenter.search.strip():
            return self.tr("No kit matches. Check the number, or clear the field to see all kits.")
        return self.tr("This station has no kits yet. Ask the administrator to add them.")

    def _follow(self) -> None:
        choice = self.model.choice(self.list.currentIndex())
        possible = choice is not None and choice.possible and not self._busy
        # While it is asked about one kit, Enter goes on with no other.
        self._bar.main.setEnabled(possible and not self.presenter.unknown)
        self.by_hand_button.setEnabled(possible)
        self.unknown_button.setEnabled(not self._busy)

    def _count_by_hand(self) -> None:
        choice = self.model.choice(self.list.currentIndex())
        if choice is not None:
            self.presenter.count_by_hand(choice.row)

    def _go_on(self) -> None:
        self._picked(self.list.currentIndex())

    def _touched(self, index: QModelIndex) -> None:
        # Where there are two ways to go on, a touch only chooses the kit.
        if self.presenter.type is not OperationType.HANDOVER:
            self._picked(index)

    def _picked(self, index: QModelIndex) -> None:
        choice = self.model.choice(index)
        if choice is not None:
            self.presenter.pick(choice.row)
