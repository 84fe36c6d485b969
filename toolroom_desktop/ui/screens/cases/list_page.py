"""The cases, one row each: what is missing, since when, who searched, and until when the next step is due."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.cases import CaseState
from toolroom_desktop.services import case_words
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.cases.presenter import CasesPresenter, Filter, Listed
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.layouts import scrolled_column
from toolroom_desktop.ui.widgets.parts import Judgement, button, frame, label
from toolroom_desktop.ui.widgets.row_button import RowButton
from toolroom_desktop.ui.words import short_name, time_word


class ListPage(QWidget):
    """`chosen` carries the number of the case that was pressed; `elsewhere` that of another station, with its name."""

    chosen = Signal(str)
    elsewhere = Signal(str, str)

    def __init__(self, shell: Shell, presenter: CasesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._presenter = presenter
        theme, metrics = shell.theme, shell.theme.metrics
        self.search_field = QLineEdit(self)
        self.search_field.setMaxLength(64)
        self._group = QButtonGroup(self)
        self.filter_buttons: dict[Filter, QPushButton] = {}
        finding = QHBoxLayout()
        finding.setSpacing(metrics.gap)
        finding.addWidget(self.search_field, 1)
        for filter_ in Filter:
            made = button(theme, "plain", "", self)
            made.setCheckable(True)
            made.setProperty("filter", filter_.value)
            made.clicked.connect(self._filtered)
            self._group.addButton(made)
            self.filter_buttons[filter_] = made
            finding.addWidget(made)
        whole, area = scrolled_column(theme, self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(metrics.gap)
        self._more = label("muted", self, wrap=True)
        whole.addLayout(self._rows)
        whole.addWidget(self._more)
        self._nothing = frame("panel", self)
        symbol = QLabel(self._nothing)
        symbol.setPixmap(pixmap("present", theme.palette.ok, 56))
        self.nothing_text = label("strong", self._nothing, wrap=True)
        line = QHBoxLayout()
        line.setSpacing(metrics.margin)
        line.addWidget(symbol)
        line.addWidget(self.nothing_text, 1)
        inside = QVBoxLayout(self._nothing)
        inside.setContentsMargins(*[metrics.margin] * 4)
        inside.addLayout(line)
        inside.addStretch(1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(area)
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap)
        column.addLayout(finding)
        column.addWidget(self._stack, 1)
        # Rows are made once and filled anew: making them is what takes time.
        self._pool: list[RowButton] = []
        self.search_field.textChanged.connect(presenter.find)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.search_field.setPlaceholderText(self.tr("Number, tool, kit, person or aircraft"))
        self.search_field.setAccessibleName(self.tr("Number, tool, kit, person or aircraft"))
        self.filter_buttons[Filter.OPEN].setText(self.tr("Open"))
        self.filter_buttons[Filter.ALL].setText(self.tr("All"))

    def fill(self) -> None:
        """Show what the presenter lists."""
        presenter = self._presenter
        self.filter_buttons[presenter.filter].setChecked(True)
        if self.search_field.text().strip() != presenter.search:
            self.search_field.setText(presenter.search)
        listed = presenter.listed
        if listed is None:
            self.nothing_text.setText(self.tr("Reading the cases …"))
        elif not presenter.any:
            self.nothing_text.setText(
                self.tr("No tool was ever missing here. Report one with the button below, or count it as missing.")
            )
        elif not listed and presenter.search:
            self.nothing_text.setText(self.tr("No case fits. Take a word out, or show all cases."))
        else:
            self.nothing_text.setText(self.tr("No case is open."))
        self._stack.setCurrentIndex(0 if listed else 1)
        shown = listed or ()
        while len(self._pool) < len(shown):
            made = RowButton(self._shell.theme, self)
            made.clicked.connect(self._pressed)
            self._pool.append(made)
            self._rows.addWidget(made)
        for row, one in zip(self._pool, shown, strict=False):
            self._say(row, one)
        for place, row in enumerate(self._pool):
            row.setVisible(place < len(shown))
        self._more.setVisible(presenter.not_shown > 0)
        more = self.tr("More cases: {count}. Search for the one you mean.")
        self._more.setText(more.format(count=presenter.not_shown))

    @property
    def rows(self) -> list[RowButton]:
        """The rows that are shown."""
        return self._pool[: len(self._presenter.listed or ())]

    def _say(self, row: RowButton, one: Listed) -> None:
        case = one.row.case
        say = Messages(self._shell.session.language).text
        title = f"{case.number} · {case_words.what_is_missing(case, one.name, say)}"
        said = [self.tr("found out {when}").format(when=self._when(case.opened_at))]
        searchers = list(dict.fromkeys(short_name(event.name) for event in case.searches))
        if case.holder_name:
            said.append(self.tr("kit was with {name}").format(name=short_name(case.holder_name)))
        if case.aircraft:
            said.append(case.aircraft)
        if searchers:
            said.append(self.tr("searched by {names}").format(names=", ".join(searchers)))
        due = "" if one.row.due_at is None else self._when(one.row.due_at)
        steps = case_words.next_step(case, say) if case.open else case_words.where_it_stands(case, say)
        late, until = self.tr("OVERDUE since {when}."), self.tr("Until {when}.")
        if one.row.overdue:
            steps = f"{late.format(when=due)} {steps}"
        elif due:
            steps = f"{steps} {until.format(when=due)}"
        judgement: Judgement = "bad" if one.row.overdue else "look" if case.open else ""
        symbol = "missing" if one.row.overdue else "search" if case.open else "present"
        if case.state is CaseState.AWAITS_RELEASE and not one.row.overdue:
            symbol = "waiting"
        if one.station:
            title = self.tr("{station}: {case}").format(station=one.station, case=title)
            steps = self.tr("Searched, concluded and released there. Here it only keeps the kit in.")
            judgement, symbol = "", "search"
        row.say(symbol, title, f"{' · '.join(said)}\n{steps}", judgement)
        row.setProperty("number", case.number)
        row.setProperty("station", one.station)

    def _when(self, at: datetime) -> str:
        clock = self._shell.app.clock
        return time_word(at, clock.local_offset_minutes(at), clock.now(), self._shell.session.language)

    def _pressed(self) -> None:
        row = self.sender()
        number, station = str(row.property("number")), str(row.property("station") or "")
        if station:
            self.elsewhere.emit(number, station)
        else:
            self.chosen.emit(number)

    def _filtered(self) -> None:
        self._presenter.choose_filter(Filter(str(self.sender().property("filter"))))
