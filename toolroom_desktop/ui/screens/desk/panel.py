"""The layout of the desk: a row of tiles with numbers, and below it the list that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QScroller,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.services.desk import DeskFacts
from toolroom_desktop.services.sync.state import Standing, SyncState
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.models.desk_list import DeskListModel
from toolroom_desktop.ui.screens.desk.lines import Tile
from toolroom_desktop.ui.screens.desk.presenter import DeskPresenter
from toolroom_desktop.ui.screens.desk.watch import DeskWatch
from toolroom_desktop.ui.screens.desk.words import (
    back_by_word,
    shift_word,
    standing_word,
    tile_words,
    waiting_everywhere_words,
    waiting_words,
)
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.desk_delegate import DeskDelegate
from toolroom_desktop.ui.widgets.figure_tile import FigureTile
from toolroom_desktop.ui.widgets.parts import Judgement, frame, label
from toolroom_desktop.ui.widgets.station_switch import StationSwitch

_SYMBOLS = {
    Tile.OVERDUE: "checkin",
    Tile.OUT: "checkout",
    Tile.CASES: "search",
    Tile.COUNTS: "unsure",
    Tile.CALIBRATIONS: "gauge",
    Tile.SHIFT: "clock",
    Tile.SYNC: "centre",
}
_STANDING: dict[Standing, Judgement] = {
    Standing.SYNCED: "",
    Standing.PENDING: "",
    Standing.OFFLINE: "look",
    Standing.ATTENTION: "bad",
}


class _Lines(QListView):
    """Enter goes where the chosen line leads, and not on to the screen's main action."""

    entered_line = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            if not event.isAutoRepeat():
                self.entered_line.emit(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)


class DeskPanel(QWidget):
    """The list; the row of tiles is `tiles_row`, to be laid out above it."""

    def __init__(self, shell: Shell, bring_back: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.presenter = DeskPresenter(shell, self, bring_back)
        self.watch = DeskWatch(self)
        self.model = DeskListModel(self)
        theme = shell.theme
        self.tiles_row = QWidget(parent)
        self.tiles = {tile: FigureTile(theme, _SYMBOLS[tile], self.tiles_row) for tile in Tile}
        self.list = _Lines(self)
        self.switch = StationSwitch(shell, self, stacked=True)
        self._title = label("title", self)
        self._empty = frame("panel", self)
        self.empty_text = label("muted", self._empty, wrap=True)
        self._lay_out()
        for tile, made in self.tiles.items():
            made.clicked.connect(partial(self.presenter.choose, tile))
        self.list.clicked.connect(self._follow)
        self.list.entered_line.connect(self._follow)
        self.watch.changed.connect(self.presenter.look)
        self.watch.sync_changed.connect(self._sync_is)
        shell.stations.switched.connect(self._other_records)

    def _lay_out(self) -> None:
        theme = self._shell.theme
        metrics = theme.metrics
        row = QHBoxLayout(self.tiles_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.gap)
        for made in self.tiles.values():
            row.addWidget(made, 1)
        lines = self.list
        lines.setModel(self.model)
        lines.setItemDelegate(DeskDelegate(theme, lines))
        lines.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(lines.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        drawing = QLabel(self._empty)
        drawing.setPixmap(pixmap("present", theme.palette.muted, 40))
        said = QHBoxLayout()
        said.setSpacing(metrics.margin - 6)
        said.addWidget(drawing, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.empty_text, 1)
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(*[metrics.margin - 6] * 4)
        empty.addLayout(said)
        empty.addStretch(1)
        self._body = QStackedWidget(self)
        self._body.addWidget(lines)
        self._body.addWidget(self._empty)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(metrics.gap)
        root.addWidget(self.switch)
        root.addWidget(self._title)
        root.addWidget(self._body, 1)

    def enter(self) -> None:
        """Somebody comes to the desk."""
        self._begin()
        self.switch.refresh()

    def _begin(self) -> None:
        self.presenter.enter()
        shown = self.presenter.shown
        if shown is not None:
            self.watch.begin(shown.records.changes, self._shell.app.centre)

    @Slot()
    def _other_records(self) -> None:
        if self.isVisible():
            self._begin()

    def leave(self) -> None:
        """Nobody looks any more."""
        self.watch.end()
        self.presenter.leave()

    def retranslate(self) -> None:
        """Set every text in the present language."""
        self.tiles_row.setAccessibleName(self.tr("Figures of the toolroom"))
        self.list.setAccessibleName(self.tr("What is to be done"))
        self.switch.retranslate()
        self.show_desk()

    # --- DeskView

    def more_word(self, count: int) -> str:
        return self.tr("And %n more of these", "", count)

    def show_desk(self) -> None:
        presenter = self.presenter
        shown = presenter.tiles
        for tile, made in self.tiles.items():
            made.setVisible(tile in shown)
            leads = presenter.leads(tile)
            made.setCheckable(presenter.lists(tile))
            made.setChecked(presenter.chosen is tile)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)
            made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not leads)
            self._fill_tile(tile, made)
        self._fill_list()

    def _fill_tile(self, tile: Tile, made: FigureTile) -> None:
        facts, caption = self.presenter.facts, tile_words(tile.value)[0]
        if tile is Tile.SYNC:
            self._fill_sync(made)
        elif facts is None:
            made.say("…", caption)
        elif tile is Tile.SHIFT:
            self._fill_shift(made, facts)
        else:
            number, judgement = _figure_of(tile, facts)
            made.say(str(number), caption, judgement if number else "")

    def _fill_shift(self, made: FigureTile, facts: DeskFacts) -> None:
        shift = facts.shift
        if shift is None:
            made.say("—", shift_word(running=False), "look")
            return
        offset = self._shell.app.clock.local_offset_minutes(shift.started_at)
        since = back_by_word(shift.started_at, facts.at, offset, self._shell.session.language)
        made.say(since, shift_word(running=True))

    def _fill_sync(self, made: FigureTile) -> None:
        state, standing = self.presenter.sync, self.presenter.standing
        if state is None or standing is None:
            return
        waiting = state.pending_operations + state.pending_files
        made.say(str(waiting) if waiting else "✓", standing_word(standing), _STANDING[standing])

    def _fill_list(self) -> None:
        presenter = self.presenter
        chosen = presenter.chosen
        waiting = waiting_everywhere_words() if presenter.everywhere else waiting_words()
        title, nothing = waiting if chosen is None else tile_words(chosen.value)[1:]
        self._title.setText(title)
        lines = presenter.lines()
        known = presenter.facts is not None
        self.empty_text.setText(nothing if known else self.tr("Looking…"))
        place = self.list.verticalScrollBar().value()
        target = self.model.line(self.list.currentIndex())
        if self.model.show(lines):
            # Whoever reads the list is not thrown back to its top by what somebody else does.
            again = next((row for row, line in enumerate(lines) if target and line.target == target.target), -1)
            if again >= 0:
                self.list.setCurrentIndex(self.model.index(again))
            self.list.verticalScrollBar().setValue(place)
        self._body.setCurrentIndex(0 if lines else 1)

    @Slot(object)
    def _sync_is(self, state: SyncState) -> None:
        self.presenter.sync_is(state)

    def _follow(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line is not None and line.target is not None:
            self.presenter.follow(line.target)


def _figure_of(tile: Tile, facts: DeskFacts) -> tuple[int, Judgement]:
    match tile:
        case Tile.OVERDUE:
            return len(facts.overdue), "bad"
        case Tile.OUT:
            return len(facts.out), ""
        case Tile.CASES:
            return len(facts.cases), "bad" if any(map(facts.case_is_late, facts.cases)) else "look"
        case Tile.COUNTS:
            return len(facts.counts), "look"
        case _:
            return len(facts.calibrations), "bad" if any(one.urgent for one in facts.calibrations) else "look"
