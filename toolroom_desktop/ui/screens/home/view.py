"""The layout of home: what waits for me on the left, what I can do on the right.

A technician finds the kits in their own hands there; whoever looks after the toolroom, the desk. The main action stands
bottom right: taking a kit, or for somebody who takes none what they come for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.ui.screens.desk import DeskPanel
from toolroom_desktop.ui.screens.home.held import kit_row, said_row
from toolroom_desktop.ui.screens.home.presenter import HeldKit, HomePresenter
from toolroom_desktop.ui.screens.home.ways import TILES, Way
from toolroom_desktop.ui.screens.home.words import way_word
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, label, set_symbol

_COLUMNS = 2


class HomeScreen(Screen):
    """Where a person begins."""

    is_home = True

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.presenter = HomePresenter(shell, self)
        self.desk = DeskPanel(shell, self.presenter.bring_back, self)
        self._held: Sequence[HeldKit] | None = None
        self._has_desk = False
        theme = shell.theme
        self.checkout_button = button(theme, "tile-main", "checkout", self, size=48)
        self.checkin_button = button(theme, "tile", "checkin", self, size=48)
        self.main_tile = button(theme, "tile-main", "history", self, size=48)
        self.tiles: dict[Way, QPushButton] = {}
        for tile in TILES:
            made = button(theme, "tile-care", tile.symbol, self)
            made.setProperty("way", tile.way.value)
            self.tiles[tile.way] = made
        self._main: Way | None = None
        self.notice = Notice(theme, self)
        self._title = label("title", self)
        self._scan_hint = label("muted", self, wrap=True)
        self._lay_out()
        self.checkout_button.clicked.connect(self.presenter.checkout)
        self.checkin_button.clicked.connect(self.presenter.checkin)
        self.main_tile.clicked.connect(self._go_main)
        for made in self.tiles.values():
            made.clicked.connect(self._go)
        self.main_button = self.checkout_button

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        simple = QWidget(self)
        self._rows, self._scroll = scrolled_column(self._shell.theme, simple)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        own = QVBoxLayout(simple)
        own.setContentsMargins(0, 0, 0, 0)
        own.setSpacing(metrics.gap)
        own.addWidget(self._title)
        own.addWidget(self._scroll, 1)
        self._left = QStackedWidget(self)
        self._left.addWidget(simple)
        self._left.addWidget(self.desk)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap)
        left.addWidget(self._left, 1)
        left.addWidget(self.notice)
        self._both = QHBoxLayout()
        self._both.setSpacing(metrics.margin)
        self._both.addLayout(left, 1)
        self._both.addLayout(self._right(), 1)
        root = QVBoxLayout(self)
        # the bottom edge is that of the bottom bar of every other screen
        root.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        root.setSpacing(metrics.gap)
        root.addWidget(self.desk.tiles_row)
        root.addLayout(self._both, 1)

    def _right(self) -> QVBoxLayout:
        metrics = self._shell.theme.metrics
        column, self._ways = scrolled_column(self._shell.theme, self)
        self._ways.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grid = QGridLayout()
        self._grid.setSpacing(metrics.gap)
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1)
        column.addLayout(self._grid)
        self._actions = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._actions.setSpacing(metrics.gap)
        for tile in (self.checkin_button, self.checkout_button, self.main_tile):
            tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            tile.setMaximumHeight(2 * metrics.touch)
            self._actions.addWidget(tile, 1)
        right = QVBoxLayout()
        right.setSpacing(metrics.gap)
        right.addWidget(self._ways, 1)
        right.addWidget(self._scan_hint)
        right.addLayout(self._actions)
        return right

    # --- Screen

    def enter(self) -> None:
        self._held = None
        empty(self._rows)
        self.presenter.enter()
        if self._has_desk:
            self.desk.enter()
        if self.main_button is not None:
            self.main_button.setFocus()

    def leave(self) -> None:
        self.desk.leave()
        self.presenter.leave()

    @property
    def at_rest(self) -> bool:
        return True

    def scanned(self, code: str) -> bool:
        self.presenter.scanned(code)
        return True

    def retranslate(self) -> None:
        self.checkout_button.setText(self.tr("Checkout"))
        self.checkin_button.setText(self.tr("Checkin"))
        for way, tile in self.tiles.items():
            tile.setText(way_word(way))
        self.main_tile.setText(way_word(self._main) if self._main is not None else "")
        self._title.setText(self.tr("What needs you"))
        self._scan_hint.setText(self.tr("Or scan the label of a kit: its checkout or checkin begins at once."))
        self.notice.retranslate()
        self.notice.clear()
        self.desk.retranslate()
        self._fill()

    # --- HomeView

    def show_held(self, held: Sequence[HeldKit]) -> None:
        self._held = held
        self._fill()

    def show_permitted(self, *, operate: bool, ways: Sequence[Way], main: Way | None, desk: bool) -> None:
        self._main = main
        self._has_desk = desk
        self._left.setCurrentIndex(1 if desk else 0)
        self.desk.tiles_row.setVisible(desk)
        # Beside so many ways there is room for one row of actions.
        across = QBoxLayout.Direction.LeftToRight if desk else QBoxLayout.Direction.TopToBottom
        self._actions.setDirection(across)
        for widget in (self.checkout_button, self.checkin_button):
            widget.setVisible(operate)
        self._scan_hint.setVisible(operate and not desk)
        self.main_tile.setVisible(main is not None)
        if main is not None:
            symbol = next(tile.symbol for tile in TILES if tile.way is main)
            set_symbol(self.main_tile, self._shell.theme, symbol, 48)
            self.main_tile.setText(way_word(main))
        for tile in self.tiles.values():
            self._grid.removeWidget(tile)
            tile.hide()
        for place, way in enumerate(way for way in ways if way is not main):
            self._grid.addWidget(self.tiles[way], place // _COLUMNS, place % _COLUMNS)
            self.tiles[way].show()
        self.main_button = self.main_tile if main is not None else self.checkout_button

    def show_busy(self, busy: bool) -> None:
        for widget in (self.checkout_button, self.checkin_button, self.main_tile, *self.tiles.values(), self._scroll):
            widget.setEnabled(not busy)
        self.desk.setEnabled(not busy)
        if not busy:
            # While all was disabled, the keyboard went on to the last of the tiles, and the tiles with it.
            self._ways.verticalScrollBar().setValue(0)

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    # --- the kits in one's own hands

    def _fill(self) -> None:
        empty(self._rows)
        if self._held is None:
            return
        late = [held for held in self._held if held.waits is not None]
        others = [held for held in self._held if held.waits is None]
        for held in late:
            self._add_kit(held)
        if not late:
            self._add_said("present", self.tr("Nothing waits for you."))
        title = label("strong", self)
        title.setText(self.tr("My kits"))
        self._rows.addWidget(title)
        for held in others:
            self._add_kit(held)
        if not self._held:
            self._add_said("kit", self.tr("You hold no kit. Press “Checkout” or scan the label of a kit."))
        elif not others:
            self._add_said("kit", self.tr("All kits that you hold are listed above."))

    def _add_kit(self, held: HeldKit) -> None:
        bring_back = partial(self.presenter.bring_back, held.checkout.kit)
        self._rows.addWidget(kit_row(self._shell, held, bring_back, self))

    def _add_said(self, symbol: str, sentence: str) -> None:
        self._rows.addWidget(said_row(self._shell.theme, symbol, sentence, self))

    # --- what is pressed

    def _go(self) -> None:
        self.presenter.go(Way(self.sender().property("way")))

    def _go_main(self) -> None:
        if self._main is not None:
            self.presenter.go(self._main)
