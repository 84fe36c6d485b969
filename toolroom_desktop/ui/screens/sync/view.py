"""The layout of the page of the centre: how it is at the top, what is known below, the main action bottom right."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from toolroom_desktop.services.sync.state import SyncState, standing_of
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.sync.presenter import SyncPresenter
from toolroom_desktop.ui.screens.sync.words import Section, sections_of, sentences_of, standing_title
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.sync_watch import SyncWatch
from toolroom_desktop.ui.sync_words import STANDING_ICONS, STANDING_JUDGEMENTS
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, frame, label, set_judgement
from toolroom_desktop.ui.words import time_word

_STEPS = 1000
_NAMES_WIDTH = 260


class SyncScreen(Screen):
    """For everybody to look at; an administrator takes an enrolment file in."""

    def __init__(self, shell: Shell, watch: SyncWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._shown: list[Section] = []
        self._title = label("title", self)
        self.panel = frame("panel", self)
        self._symbol = QLabel(self.panel)
        self.standing = label("strong", self.panel, wrap=True)
        self.sentence = label("body", self.panel, wrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.doing = label("muted", self, wrap=True)
        self.progress = QProgressBar(self)
        self.notice = Notice(shell.theme, self)
        self.bar = ActionBar(shell.theme, self)
        self.enrol_button = button(shell.theme, "plain", "", self)
        self.bar.add(self.enrol_button)
        self.presenter = SyncPresenter(shell, watch, self)
        self._lay_out()
        self.bar.back.clicked.connect(self.presenter.back)
        self.bar.main.clicked.connect(self._main)
        self.enrol_button.clicked.connect(self._choose_file)
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        self.progress.setTextVisible(False)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.standing)
        words.addWidget(self.sentence)
        head = QHBoxLayout(self.panel)
        head.setContentsMargins(*[metrics.gap] * 4)
        head.setSpacing(metrics.gap)
        head.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column, self.area = scrolled_column(self._shell.theme, self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(metrics.gap)
        # What is wrong may be much, too.
        column.addWidget(self.panel)
        column.addLayout(self._rows)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self._title)
        content.addWidget(self.doing)
        content.addWidget(self.progress)
        content.addWidget(self.area, 1)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)

    # --- Screen

    @property
    def at_rest(self) -> bool:
        return True

    def enter(self) -> None:
        self.notice.clear()
        self.show_sync()
        self.presenter.enter()
        self.bar.back.setFocus()

    def leave(self) -> None:
        self.presenter.leave()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Exchange with the centre"))
        self.bar.back.setText(self.tr("Back"))
        self.notice.retranslate()
        self.notice.clear()
        self._shown = []
        self.show_sync()

    # --- SyncView

    def show_sync(self) -> None:
        presenter = self.presenter
        state = presenter.state
        if state is None:
            self._show_none()
        else:
            self._show_state(state)
        self._show_doing()
        self.bar.main.setVisible(state is not None or presenter.may_enrol)
        self.bar.main.setText(self.tr("Sync now") if state is not None else self.tr("Choose the enrolment file"))
        self.bar.main.setEnabled(not presenter.syncing and not presenter.enrolling)
        self.enrol_button.setText(self.tr("Another enrolment file"))
        self.enrol_button.setVisible(state is not None and presenter.may_enrol)
        self.enrol_button.setEnabled(not presenter.enrolling)

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    # --- what follows

    def _show_none(self) -> None:
        """The station works by itself: say what a centre would be, and how it gets one."""
        theme = self._shell.theme
        self._symbol.setPixmap(pixmap("centre", theme.palette.muted, 40))
        self.standing.setText(self.tr("This station belongs to no centre"))
        told = self.tr(
            "It works by itself, and everything is kept here. A centre gathers the records of all stations and keeps "
            "them should this computer be lost."
        )
        if self.presenter.may_enrol:
            how = self.tr(
                "To let it belong to one: have the centre's administrator add a site for it (toolroom central "
                "add-site), bring the enrolment file here, and choose it. It counts at once; delete the file then."
            )
        else:
            how = self.tr("An administrator of this station sets that up, on this page.")
        self.sentence.setText(f"{told}\n\n{how}")
        set_judgement(self.panel, "")
        set_judgement(self.standing, "")
        self._fill([])

    def _show_state(self, state: SyncState) -> None:
        theme, language = self._shell.theme, self._shell.session.language
        standing = standing_of(state)
        judgement = STANDING_JUDGEMENTS[standing]
        ink = theme.palette.look if judgement == "look" else theme.palette.text
        self._symbol.setPixmap(pixmap(STANDING_ICONS[standing], ink, 40))
        self.standing.setText(standing_title(state, self._time))
        said = "\n\n".join(sentences_of(state, language))
        self.sentence.setText(said)
        self.sentence.setVisible(bool(said))
        set_judgement(self.panel, judgement)
        set_judgement(self.standing, judgement)
        now = self._shell.app.clock.now()
        self._fill(sections_of(state, self.presenter.facts, self._time, now, language))

    def _show_doing(self) -> None:
        presenter = self.presenter
        done = presenter.progress
        self.doing.setVisible(presenter.enrolling or presenter.syncing)
        self.progress.setVisible(presenter.enrolling or presenter.syncing)
        if presenter.enrolling:
            self.doing.setText(self.tr("Asking the centre whether it lets this station in…"))
        elif presenter.syncing:
            self.doing.setText(self.tr("Syncing… You may go on working meanwhile."))
        counted = done is not None and not presenter.enrolling
        self.progress.setRange(0, _STEPS if counted else 0)
        if counted and done is not None:
            self.progress.setValue(round(done * _STEPS))

    def _time(self, at: datetime) -> str:
        clock = self._shell.app.clock
        return time_word(at, clock.local_offset_minutes(at), clock.now(), self._shell.session.language)

    def _fill(self, sections: list[Section]) -> None:
        """Lay the sections out anew, unless they say what they said: whoever scrolled or marked a text stays there."""
        if sections == self._shown:
            return
        self._shown = sections
        empty(self._rows)
        for section in sections:
            self._rows.addWidget(self._panel_of(section))

    def _panel_of(self, section: Section) -> QWidget:
        metrics = self._shell.theme.metrics
        panel = frame("panel", self)
        grid = QGridLayout(panel)
        grid.setContentsMargins(*[metrics.gap] * 4)
        grid.setHorizontalSpacing(metrics.margin)
        grid.setVerticalSpacing(4)
        # The same in all sections, so that what they say stands in one column.
        grid.setColumnMinimumWidth(0, _NAMES_WIDTH)
        grid.setColumnStretch(1, 1)
        title = label("strong", panel)
        title.setText(section.title)
        grid.addWidget(title, 0, 0, 1, 2)
        for row, (about, said) in enumerate(section.lines, start=1):
            name = label("muted", panel)
            name.setText(about)
            value = label("body", panel, wrap=True)
            value.setText(said)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        return panel

    def _main(self) -> None:
        if self.presenter.state is None:
            self._choose_file()
        else:
            self.presenter.sync_now()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the enrolment file"), str(Path.home()), "JSON (*.json)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._file_chosen)
        dialog.open()

    @Slot(str)
    def _file_chosen(self, path: str) -> None:
        self.presenter.enrol(Path(path))
