"""The layout of the figures: what is measured, by what, how far back; the chart; what can be taken along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.services.figures import TIMES, Figure, Measure
from toolroom_desktop.ui.screens.figures.presenter import FiguresPresenter, Period, Question
from toolroom_desktop.ui.screens.figures.words import (
    explanation,
    group_word,
    measure_word,
    period_word,
    place_word,
    said,
    value_word,
)
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.chart import Bar, Chart
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, frame, label
from toolroom_desktop.ui.widgets.station_switch import StationSwitch

_PICTURES = {".png": "PNG (*.png)", ".svg": "SVG (*.svg)"}


class FiguresScreen(Screen):
    """For whoever may see the history: how the work goes, and what went wrong most often."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self._title = label("title", self)
        self.switch = StationSwitch(shell, self)
        self._explanation = label("muted", self, wrap=True)
        self._measures = QButtonGroup(self)
        self.measure_buttons: dict[Measure, QPushButton] = {}
        for measure in Measure:
            made = button(theme, "plain", "", self)
            made.setCheckable(True)
            self._measures.addButton(made)
            self.measure_buttons[measure] = made
        self.group_button = button(theme, "plain", "more", self)
        self.period_button = button(theme, "plain", "more", self)
        self.empty_text = label("strong", self, wrap=True)
        self.empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.waiting_text = label("muted", self)
        self.waiting_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.notice = Notice(theme, self)
        self.bar = ActionBar(theme, self)
        self.bar.main.hide()
        self.data_button = button(theme, "plain", "", self)
        self.picture_button = button(theme, "plain", "", self)
        self.bar.add(self.data_button)
        self.bar.add(self.picture_button)
        # Charts are made with the first visit: what draws them takes a while to load.
        self.charts: dict[str, Chart] = {}
        self._pages = QStackedWidget(self)
        self.presenter = FiguresPresenter(shell, self)
        self._lay_out()
        self._connect()
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        chosen = QHBoxLayout()
        chosen.setSpacing(metrics.gap)
        for made in self.measure_buttons.values():
            chosen.addWidget(made)
        chosen.addStretch(1)
        more = QHBoxLayout()
        more.setSpacing(metrics.gap)
        more.addWidget(self.group_button)
        more.addWidget(self.period_button)
        more.addWidget(self._explanation, 1)
        self._panel = frame("panel", self)
        box = QVBoxLayout(self._panel)
        box.setContentsMargins(3, 3, 3, 3)
        box.addWidget(self._pages)
        for page in (self.waiting_text, self.empty_text):
            self._pages.addWidget(page)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        above = QHBoxLayout()
        above.setSpacing(metrics.margin)
        above.addWidget(self._title)
        above.addWidget(self.switch, 1)
        content.addLayout(above)
        content.addLayout(chosen)
        content.addLayout(more)
        content.addWidget(self._panel, 1)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)

    def _connect(self) -> None:
        for measure, made in self.measure_buttons.items():
            made.clicked.connect(lambda _=False, measure=measure: self.presenter.measure(measure))
        self.group_button.clicked.connect(self._choose_group)
        self.period_button.clicked.connect(self._choose_period)
        self.data_button.clicked.connect(self._save_data)
        self.picture_button.clicked.connect(self._save_picture)
        self.bar.back.clicked.connect(self._shell.navigator.show_home)
        self._shell.stations.switched.connect(self._other_records)

    # --- Screen

    @property
    def at_rest(self) -> bool:
        """Figures are only looked at."""
        return True

    def enter(self) -> None:
        """Ask, and draw."""
        if not self.charts:
            self._make_charts()
        self.notice.clear()
        for made in (self.data_button, self.picture_button):
            made.setVisible(self.presenter.may_export)
        self.switch.refresh()
        self.presenter.enter()
        self.measure_buttons[self.presenter.question.measure].setFocus()

    def _other_records(self) -> None:
        if self.isVisible():
            self.notice.clear()
            self.presenter.enter()

    def leave(self) -> None:
        """Nobody waits any more."""
        self.presenter.leave()

    def retranslate(self) -> None:
        """Set every text anew."""
        self._title.setText(self.tr("Figures"))
        self.switch.retranslate()
        for measure, made in self.measure_buttons.items():
            made.setText(measure_word(measure))
        self.waiting_text.setText(self.tr("Counting…"))
        self.empty_text.setText(self.tr("Nothing was recorded in this period. Choose a longer one."))
        self.bar.back.setText(self.tr("Back"))
        self.data_button.setText(self.tr("Save the numbers"))
        self.picture_button.setText(self.tr("Save the picture"))
        self.notice.retranslate()
        self._show_texts(self.presenter.question)
        if self.presenter.figures:
            self.show_figures(self.presenter.question, self.presenter.figures)

    # --- FiguresView

    def show_question(self, question: Question) -> None:
        """What is asked."""
        self._show_texts(question)
        self._pages.setCurrentWidget(self.waiting_text)
        for made in (self.data_button, self.picture_button):
            made.setEnabled(False)

    def show_figures(self, question: Question, figures: Sequence[Figure]) -> None:
        """Draw the answer."""
        self._show_texts(question)
        found = any(figure.of or figure.value for figure in figures)
        for made in (self.data_button, self.picture_button):
            made.setEnabled(found)
        if not found:
            self._pages.setCurrentWidget(self.empty_text)
            return
        over_time = question.grouping in TIMES
        chart = self.charts["columns" if over_time else "bars"]
        most = 100.0 if question.measure is Measure.FIRST_PASS else None
        chart.setAccessibleName(f"{measure_word(question.measure)}, {group_word(question.group)}")
        number = partial(value_word, question.measure, language=self._shell.session.language, whole=True)
        chart.show_bars([self._bar(question, figure) for figure in figures], most=most, number=number)
        if not over_time:
            # Each as high as a glove needs; a few do not fill the whole height.
            chart.setFixedHeight(chart.sizeHint().height())
        self._pages.setCurrentWidget(chart if over_time else self._scroll)

    def show_sentence(self, sentence: str) -> None:
        """What went wrong."""
        if sentence:
            self.notice.say(sentence)
        else:
            self.notice.clear()

    def show_saved(self, path: Path) -> None:
        """What was taken along, and where it lies."""
        self.notice.say(self.tr("Saved: {0}").format(path))

    # --- inside

    def _make_charts(self) -> None:
        theme = self._shell.theme
        columns = Chart(theme, "columns", self)
        bars = Chart(theme, "bars", self)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(bars)
        for page in (columns, self._scroll):
            self._pages.addWidget(page)
        for chart in (columns, bars):
            chart.chosen.connect(self.presenter.open)
        self.charts = {"columns": columns, "bars": bars}

    def _bar(self, question: Question, figure: Figure) -> Bar:
        language = self._shell.session.language
        place = self._place(question, figure)
        return Bar(
            place,
            figure.value,
            value_word(question.measure, figure.value, language),
            said(question.measure, place, figure, language),
        )

    def _place(self, question: Question, figure: Figure) -> str:
        presenter = self.presenter
        return place_word(question.grouping, figure, presenter.tool_name, presenter.station_name)

    def _show_texts(self, question: Question) -> None:
        self.measure_buttons[question.measure].setChecked(True)
        self.group_button.setText(group_word(question.group))
        self.period_button.setText(period_word(question.period))
        self._explanation.setText(explanation(question.measure) + " " + self.tr("Touch a bar to see its operations."))

    def _choose_group(self) -> None:
        choose = self.presenter.group
        self._menu(self.group_button, [(group_word(group), partial(choose, group)) for group in self.presenter.groups])

    def _choose_period(self) -> None:
        choose = self.presenter.period
        self._menu(self.period_button, [(period_word(period), partial(choose, period)) for period in Period])

    def _menu(self, under: QPushButton, entries: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Choices under a button, each as high as a glove needs."""
        menu = QMenu(under)
        menu.setProperty("part", "choices")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, chosen in entries:
            menu.addAction(text).triggered.connect(lambda _=False, chosen=chosen: chosen())
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))

    @property
    def chart(self) -> Chart:
        """The chart that answers the present question."""
        return self.charts["columns" if self.presenter.question.grouping in TIMES else "bars"]

    def _save_picture(self) -> None:
        name, kind = QFileDialog.getSaveFileName(
            self, self.tr("Save the picture"), self._file_name(".png"), ";;".join(_PICTURES.values())
        )
        if name:
            path = Path(name)
            svg = path.suffix.lower() == ".svg" or (not path.suffix and kind == _PICTURES[".svg"])
            path = path if path.suffix else path.with_suffix(".svg" if svg else ".png")
            self.presenter.save_picture(path, self.chart.svg() if svg else self.chart.png())

    def _save_data(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the numbers"), self._file_name(".csv"), "CSV (*.csv);;Excel (*.xlsx)"
        )
        if not name:
            return
        question = self.presenter.question
        titles = [group_word(question.group), measure_word(question.measure), self.tr("Number of operations")]
        if question.measure is Measure.HANDLING:
            titles[1] = self.tr("Median, s")
            titles.insert(2, self.tr("9 of 10 within, s"))
        counted = question.measure not in (Measure.FIRST_PASS, Measure.HANDLING)
        rows: list[list[str | float | None]] = []
        for figure in self.presenter.figures:
            over_time = question.grouping in TIMES
            place = figure.key if over_time else self._place(question, figure)
            value = round(figure.value) if counted and figure.value is not None else figure.value
            high = [figure.high] if question.measure is Measure.HANDLING else []
            rows.append([place, value, *high, figure.of])
        path = Path(name)
        self.presenter.save_data(path if path.suffix else path.with_suffix(".csv"), titles, rows)

    def _file_name(self, suffix: str) -> str:
        question = self.presenter.question
        words = [measure_word(question.measure), group_word(question.group), period_word(question.period)]
        if self.presenter.shown.everywhere:
            words.insert(0, self.tr("All stations"))
        return f"{' - '.join(words)}{suffix}"
