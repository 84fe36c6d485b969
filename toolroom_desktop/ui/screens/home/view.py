"""The layout of home: what I hold on the left, what I can do on the right, the main action bottom right.

An administrator, who takes no kits, finds the care for the station on the left.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.home.presenter import HeldKit, HomePresenter
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.layouts import empty
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, frame, label
from toolroom_desktop.ui.words import time_word


class HomeScreen(Screen):
    """Where a person begins."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.presenter = HomePresenter(shell, self)
        self._held: Sequence[HeldKit] = ()
        theme = shell.theme
        self.checkout_button = button(theme, "tile-main", "checkout", self, size=48)
        self.checkin_button = button(theme, "tile", "checkin", self, size=48)
        self.history_button = button(theme, "plain", "history", self)
        self.history_tile = button(theme, "tile-main", "history", self, size=48)
        self.models_tile = button(theme, "tile-care", "model", self, size=48)
        self.enrol_tile = button(theme, "tile-care", "photo", self, size=48)
        self.setup_tile = button(theme, "tile-care", "setup", self, size=48)
        self.health_tile = button(theme, "tile-care", "health", self, size=48)
        self._station_tiles = (self.setup_tile, self.health_tile, self.enrol_tile, self.models_tile)
        self._station_title = label("title", self)
        self._below_tiles = QWidget(self)
        self._not_permitted = label("strong", self, wrap=True)
        self.notice = Notice(theme, self)
        self._title = label("title", self)
        self._scan_hint = label("muted", self, wrap=True)
        self._lay_out()
        self.checkout_button.clicked.connect(self.presenter.checkout)
        self.checkin_button.clicked.connect(self.presenter.checkin)
        self.history_button.clicked.connect(self.presenter.history)
        self.history_tile.clicked.connect(self.presenter.history)
        self.models_tile.clicked.connect(self.presenter.models)
        self.enrol_tile.clicked.connect(self.presenter.enrol)
        self.setup_tile.clicked.connect(self.presenter.set_up)
        self.health_tile.clicked.connect(self.presenter.health)
        self.main_button = self.checkout_button

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        self._rows = QVBoxLayout()
        self._rows.setSpacing(metrics.gap)
        inside = QWidget()
        inside.setProperty("part", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, metrics.gap, 0)
        column.addLayout(self._rows)
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap)
        left.addWidget(self._title)
        left.addWidget(self._station_title)
        grid = QGridLayout()
        grid.setSpacing(metrics.gap * 2)
        for place, tile in enumerate(self._station_tiles):
            self._let_grow(tile)
            grid.addWidget(tile, place // 2, place % 2)
        left.addLayout(grid, 4)
        left.addWidget(self._not_permitted, 1, Qt.AlignmentFlag.AlignTop)
        left.addWidget(self._scroll, 1)
        left.addWidget(self.notice)
        left.addWidget(self.history_button, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self._below_tiles, 1)
        right = QVBoxLayout()
        right.setSpacing(metrics.gap * 2)
        right.addStretch(1)
        right.addWidget(self._scan_hint)
        for tile in (self.checkin_button, self.checkout_button, self.history_tile):
            self._let_grow(tile)
            right.addWidget(tile, 4)
        root = QHBoxLayout(self)
        # the bottom edge is that of the bottom bar of every other screen
        root.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        root.setSpacing(metrics.margin * 2)
        root.addLayout(left, 3)
        root.addLayout(right, 2)

    def _let_grow(self, tile: QPushButton) -> None:
        tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        tile.setMaximumHeight(3 * self._shell.theme.metrics.touch)

    # --- Screen

    def enter(self) -> None:
        self._held = ()
        empty(self._rows)
        self.presenter.enter()
        if self.main_button is not None:
            self.main_button.setFocus()

    def leave(self) -> None:
        self.presenter.leave()

    def scanned(self, code: str) -> bool:
        self.presenter.scanned(code)
        return True

    def retranslate(self) -> None:
        self.checkout_button.setText(self.tr("Checkout"))
        self.checkin_button.setText(self.tr("Checkin"))
        self.history_button.setText(self.tr("Recent operations"))
        self.history_tile.setText(self.tr("Recent operations"))
        self.models_tile.setText(self.tr("Models"))
        self.enrol_tile.setText(self.tr("Enrol tools"))
        self.setup_tile.setText(self.tr("Set up this station"))
        self.health_tile.setText(self.tr("Health of this station"))
        self._station_title.setText(self.tr("This station"))
        self._not_permitted.setText(self.tr("Your role takes no kits. You can look at what was done at this station."))
        self._title.setText(self.tr("My kits"))
        self._scan_hint.setText(self.tr("Or scan the label of a kit: its checkout or checkin begins at once."))
        self.notice.retranslate()
        self.notice.clear()
        self._fill(self._held)

    # --- HomeView

    def show_held(self, held: Sequence[HeldKit]) -> None:
        self._held = held
        self._fill(held)

    def show_permitted(self, *, operate: bool, history: bool, station: bool) -> None:
        for widget in (self.checkout_button, self.checkin_button, self._title, self._scroll, self._scan_hint):
            widget.setVisible(operate)
        self._not_permitted.setVisible(not operate and not station)
        self.history_button.setVisible(operate and history)
        self.history_tile.setVisible(history and not operate)
        self._station_title.setVisible(station)
        self._below_tiles.setVisible(station)
        for tile in self._station_tiles:
            tile.setVisible(station)
        for tile in (self.setup_tile, self.health_tile):
            tile.setVisible(station and self._shell.can_care)
        self.main_button = self.checkout_button if operate else self.history_tile

    def show_busy(self, busy: bool) -> None:
        for widget in (self.checkout_button, self.checkin_button, self.history_button, self._scroll):
            widget.setEnabled(not busy)

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    # --- rows

    def _fill(self, held: Sequence[HeldKit]) -> None:
        empty(self._rows)
        for kit in held:
            self._rows.addWidget(self._row(kit))
        if not held:
            self._rows.addWidget(self._empty())

    def _row(self, held: HeldKit) -> QWidget:
        shell, metrics = self._shell, self._shell.theme.metrics
        checkout = held.checkout
        row = frame("panel", self)
        number = label("strong", row)
        number.setText(checkout.kit)
        title = label("body", row, wrap=True)
        title.setText(held.toolkit.title(shell.session.language) if held.toolkit else checkout.toolkit)
        since = label("caption", row)
        when = time_word(
            checkout.finished_at, checkout.utc_offset_minutes, shell.app.clock.now(), shell.session.language
        )
        since.setText(self.tr("held since {when}").format(when=when))
        back: QPushButton = button(shell.theme, "plain", "checkin", row)
        back.setText(self.tr("Return"))
        back.setAccessibleName(self.tr("Return kit {kit}").format(kit=checkout.kit))
        back.setProperty("kit", checkout.kit)
        back.clicked.connect(self._row_pressed)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(number)
        texts.addWidget(title)
        texts.addWidget(since)
        line = QHBoxLayout(row)
        line.setContentsMargins(metrics.margin - 6, metrics.gap, metrics.gap, metrics.gap)
        line.setSpacing(metrics.gap)
        line.addLayout(texts, 1)
        line.addWidget(back)
        return row

    def _empty(self) -> QWidget:
        theme = self._shell.theme
        row = frame("panel", self)
        symbol = QLabel(row)
        symbol.setPixmap(pixmap("kit", theme.palette.muted, 56))
        said = label("muted", row, wrap=True)
        said.setText(self.tr("You hold no kit. Press “Checkout” or scan the label of a kit."))
        line = QHBoxLayout(row)
        line.setContentsMargins(*[theme.metrics.margin] * 4)
        line.setSpacing(theme.metrics.margin)
        line.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(said, 1)
        return row

    def _row_pressed(self) -> None:
        self.presenter.bring_back(str(self.sender().property("kit")))
