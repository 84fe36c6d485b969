"""The layout of home: what waits for me and what I hold on the left, what I can do on the right.

The main action stands bottom right: taking a kit, or for somebody who takes none what they come for.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from toolroom_desktop.domain.reminders import Reminder, ReminderKind
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.home.presenter import HeldKit, HomeFacts, HomePresenter, Waiting
from toolroom_desktop.ui.screens.home.ways import TILES, Way
from toolroom_desktop.ui.screens.home.words import (
    SYMBOLS,
    day_word,
    judgement_of,
    reminder_detail,
    reminder_title,
    way_word,
)
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, frame, label, set_judgement, set_symbol
from toolroom_desktop.ui.widgets.row_button import RowButton
from toolroom_desktop.ui.words import time_word

_COLUMNS = 2


class HomeScreen(Screen):
    """Where a person begins."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.presenter = HomePresenter(shell, self)
        self._facts: HomeFacts | None = None
        self._operate = False
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
        self._rows, self._scroll = scrolled_column(self._shell.theme, self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap)
        left.addWidget(self._title)
        left.addWidget(self._scroll, 1)
        left.addWidget(self.notice)
        self._grid = QGridLayout()
        self._grid.setSpacing(metrics.gap)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        right = QVBoxLayout()
        right.setSpacing(metrics.gap)
        right.addLayout(self._grid, 3)
        right.addStretch(1)
        right.addWidget(self._scan_hint)
        for tile in (self.checkin_button, self.checkout_button, self.main_tile):
            tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            tile.setMaximumHeight(2 * metrics.touch)
            right.addWidget(tile, 2)
        root = QHBoxLayout(self)
        # the bottom edge is that of the bottom bar of every other screen
        root.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        root.setSpacing(metrics.margin * 2)
        root.addLayout(left, 1)
        root.addLayout(right, 1)

    # --- Screen

    def enter(self) -> None:
        self._facts = None
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
        for way, tile in self.tiles.items():
            tile.setText(way_word(way))
        self.main_tile.setText(way_word(self._main) if self._main is not None else "")
        self._title.setText(self.tr("What needs you"))
        self._scan_hint.setText(self.tr("Or scan the label of a kit: its checkout or checkin begins at once."))
        self.notice.retranslate()
        self.notice.clear()
        self._fill()

    # --- HomeView

    def show_facts(self, facts: HomeFacts) -> None:
        self._facts = facts
        self._fill()

    def show_permitted(self, *, operate: bool, ways: Sequence[Way], main: Way | None) -> None:
        self._operate = operate
        self._main = main
        for widget in (self.checkout_button, self.checkin_button, self._scan_hint):
            widget.setVisible(operate)
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

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    # --- what waits and what is held

    def _fill(self) -> None:
        empty(self._rows)
        facts = self._facts
        if facts is None:
            return
        late = [held for held in facts.held if held.waits is not None]
        for held in late:
            self._rows.addWidget(self._kit_row(held))
        for waiting in facts.waiting:
            for reminder in waiting.shown:
                self._rows.addWidget(self._reminder_row(reminder, facts))
            if waiting.more:
                self._rows.addWidget(self._more_row(waiting))
        if not late and not facts.waiting:
            self._rows.addWidget(self._said("present", self.tr("Nothing waits for you.")))
        if not self._operate:
            return
        title = label("strong", self)
        title.setText(self.tr("My kits"))
        self._rows.addWidget(title)
        others = [held for held in facts.held if held.waits is None]
        for held in others:
            self._rows.addWidget(self._kit_row(held))
        if not facts.held:
            hint = self.tr("You hold no kit. Press “Checkout” or scan the label of a kit.")
            self._rows.addWidget(self._said("kit", hint))
        elif not others:
            self._rows.addWidget(self._said("kit", self.tr("All kits that you hold are listed above.")))

    def _reminder_row(self, reminder: Reminder, facts: HomeFacts) -> QWidget:
        tool = self._tool(reminder.tool_class, facts)
        row = RowButton(self._shell.theme, self)
        row.say(
            SYMBOLS[reminder.kind],
            reminder_title(reminder, tool),
            reminder_detail(reminder, tool, self._when(reminder)),
            judgement_of(reminder),
        )
        row.setProperty("reminder", reminder.kind.value)
        row.clicked.connect(lambda: self.presenter.attend(reminder))
        return row

    def _more_row(self, waiting: Waiting) -> QWidget:
        kind: ReminderKind = waiting.kind
        row = RowButton(self._shell.theme, self)
        row.say("more", self.tr("And %n more of these", "", waiting.more))
        row.setProperty("reminder", f"{kind.value}+")
        row.clicked.connect(lambda: self.presenter.attend_all(kind))
        return row

    def _tool(self, tool_class: str, facts: HomeFacts) -> str:
        position = facts.tools.get(tool_class)
        return position.name(self._shell.session.language) if position is not None else tool_class

    def _when(self, reminder: Reminder) -> str:
        if reminder.day is not None:
            return day_word(reminder.day, self._shell.session.language)
        if reminder.due is None:
            return ""
        clock = self._shell.app.clock
        offset = clock.local_offset_minutes(reminder.due)
        return time_word(reminder.due, offset, clock.now(), self._shell.session.language)

    def _kit_row(self, held: HeldKit) -> QWidget:
        shell, metrics = self._shell, self._shell.theme.metrics
        checkout, waits = held.checkout, held.waits
        row = frame("panel", self)
        number = label("strong", row, wrap=True)
        number.setText(checkout.kit)
        if waits is not None:
            late = self.tr("{kit} is overdue") if waits.urgent else self.tr("{kit} is due soon")
            number.setText(late.format(kit=checkout.kit))
            set_judgement(number, "bad" if waits.urgent else "look")
        title = label("body", row, wrap=True)
        title.setText(held.toolkit.title(shell.session.language) if held.toolkit else checkout.toolkit)
        since = label("caption", row, wrap=True)
        since.setText(self._since(held))
        back: QPushButton = button(shell.theme, "plain", "checkin", row)
        back.setText(self.tr("Return"))
        back.setAccessibleName(self.tr("Return kit {kit}").format(kit=checkout.kit))
        back.setProperty("kit", checkout.kit)
        back.clicked.connect(self._row_pressed)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for text in (number, title, since):
            texts.addWidget(text)
        line = QHBoxLayout(row)
        line.setContentsMargins(metrics.margin - 6, metrics.gap, metrics.gap, metrics.gap)
        line.setSpacing(metrics.gap)
        line.addLayout(texts, 1)
        line.addWidget(back)
        return row

    def _since(self, held: HeldKit) -> str:
        shell, checkout = self._shell, held.checkout
        now, language = shell.app.clock.now(), shell.session.language
        offset = checkout.utc_offset_minutes
        said = self.tr("held since {when}").format(when=time_word(checkout.finished_at, offset, now, language))
        if checkout.expected_return is None:
            return said
        due = time_word(checkout.expected_return, offset, now, language)
        return f"{said} · {self.tr('due {when}').format(when=due)}"

    def _said(self, symbol: str, sentence: str) -> QWidget:
        theme = self._shell.theme
        row = frame("panel", self)
        drawing = QLabel(row)
        drawing.setPixmap(pixmap(symbol, theme.palette.muted, 40))
        said = label("muted", row, wrap=True)
        said.setText(sentence)
        line = QHBoxLayout(row)
        line.setContentsMargins(*[theme.metrics.margin - 6] * 4)
        line.setSpacing(theme.metrics.margin - 6)
        line.addWidget(drawing, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(said, 1)
        return row

    # --- what is pressed

    def _go(self) -> None:
        self.presenter.go(Way(self.sender().property("way")))

    def _go_main(self) -> None:
        if self._main is not None:
            self.presenter.go(self._main)

    def _row_pressed(self) -> None:
        self.presenter.bring_back(str(self.sender().property("kit")))
