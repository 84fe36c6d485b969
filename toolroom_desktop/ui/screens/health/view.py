"""The layout of the health page: one panel for each check, the worst first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.services.doctor import Check, Examine, Grade, healthy
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.health.presenter import HealthPresenter
from toolroom_desktop.ui.screens.health.words import GRADE_ICONS, GRADE_JUDGEMENTS, advice, grade_word
from toolroom_desktop.ui.shell import Screen, Surroundings
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import Judgement, button, frame, label, set_judgement

FILE_NAME = "toolroom-health.json"


class HealthScreen(Screen):
    """Is this station fit for work, and what to do where it is not. `back` leaves the page."""

    unhurried = True

    def __init__(
        self, surroundings: Surroundings, examine: Examine, back: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.presenter = HealthPresenter(surroundings, examine, self)
        theme = surroundings.theme
        self.title = label("title", self, wrap=True)
        self._symbol = QLabel(self)
        self.doing = label("muted", self, wrap=True)
        self.progress = QProgressBar(self)
        self.notice = Notice(theme, self)
        self.bar = ActionBar(theme, self)
        self.save_button = button(theme, "plain", "save", self)
        self.bar.add(self.save_button)
        self._lay_out()
        self.bar.back.clicked.connect(back)
        self.bar.main.clicked.connect(self.presenter.look)
        self.save_button.clicked.connect(self._choose_file)
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        metrics = self._surroundings.theme.metrics
        self.progress.setTextVisible(False)
        head = QHBoxLayout()
        head.setSpacing(metrics.gap)
        head.addWidget(self._symbol)
        head.addWidget(self.title, 1)
        self._rows, self.area = scrolled_column(self._surroundings.theme, self)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addLayout(head)
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

    def enter(self) -> None:
        self.presenter.look()
        self.bar.back.setFocus()

    def leave(self) -> None:
        self.presenter.leave()

    def retranslate(self) -> None:
        self.bar.back.setText(self.tr("Back"))
        self.bar.main.setText(self.tr("Look again"))
        self.save_button.setText(self.tr("Save as file"))
        self.notice.retranslate()
        self.notice.clear()
        self.show_health()

    # --- HealthView

    def show_health(self) -> None:
        presenter = self.presenter
        looking = presenter.looking
        self.progress.setVisible(looking is not None)
        self.doing.setVisible(looking is not None)
        self.bar.main.setEnabled(looking is None)
        self.save_button.setVisible(presenter.can_save)
        self._symbol.setVisible(bool(presenter.checks))
        if looking is not None:
            name, place, all_ = looking
            self.title.setText(self.tr("Looking after this station…"))
            self.progress.setRange(0, all_)
            self.progress.setValue(max(0, place - 1))
            self.doing.setText(
                self.tr("{place} of {all}: {name}").format(place=place, all=all_, name=self._name(name)) if name else ""
            )
        elif presenter.checks:
            fit = healthy(presenter.checks)
            self.title.setText(
                self.tr("This station is fit for work") if fit else self.tr("This station is not fit for work")
            )
            palette, metrics = self._surroundings.theme.palette, self._surroundings.theme.metrics
            self._symbol.setPixmap(
                pixmap("present" if fit else "missing", palette.ok if fit else palette.bad, metrics.icon)
            )
        else:
            self.title.setText(self.tr("Health of this station"))
        set_judgement(self.title, self._judged())
        self._fill()

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    # --- what follows

    def _judged(self) -> Judgement:
        checks = self.presenter.checks
        return "" if not checks else ("ok" if healthy(checks) else "bad")

    def _name(self, check: str) -> str:
        return Messages(self._surroundings.session.language).text(f"cli.doctor.name.{check}")

    def _fill(self) -> None:
        empty(self._rows)
        for check in self.presenter.checks:
            self._rows.addWidget(self._row(check))

    def _row(self, check: Check) -> QWidget:
        theme = self._surroundings.theme
        palette, metrics = theme.palette, theme.metrics
        judgement = GRADE_JUDGEMENTS[check.grade]
        row = frame("panel", self)
        if check.grade is Grade.BAD:
            set_judgement(row, judgement)
        ink = {"ok": palette.ok, "bad": palette.bad}.get(judgement, palette.look)
        symbol = QLabel(row)
        symbol.setPixmap(pixmap(GRADE_ICONS[check.grade], ink, metrics.icon))
        name = label("strong", row)
        name.setText(self._name(check.name))
        grade = label("emphasis", row)
        grade.setText(grade_word(check.grade))
        set_judgement(grade, judgement)
        head = QHBoxLayout()
        head.setSpacing(metrics.gap)
        head.addWidget(name)
        head.addWidget(grade)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(head)
        sentence = label("body", row, wrap=True)
        sentence.setText(Messages(self._surroundings.session.language).text(check.code, **check.details))
        sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(sentence)
        told = advice(check.name) if check.grade is Grade.BAD else ""
        if told:
            do = label("emphasis", row, wrap=True)
            do.setText(self.tr("What to do: {advice}").format(advice=told))
            words.addWidget(do)
        line = QHBoxLayout(row)
        line.setContentsMargins(*[metrics.gap] * 4)
        line.setSpacing(metrics.gap)
        line.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return row

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Save as file"), str(Path.home() / FILE_NAME), "JSON (*.json)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._file_chosen)
        dialog.open()

    @Slot(str)
    def _file_chosen(self, path: str) -> None:
        self.presenter.save(Path(path))
