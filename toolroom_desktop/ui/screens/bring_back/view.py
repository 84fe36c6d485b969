"""The layout of the page before the start of a restored station: what is lacking, who brings it back, how far it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.services.sync.completing import Completing
from toolroom_desktop.ui.screens.bring_back.presenter import BringBackPresenter, Stage
from toolroom_desktop.ui.shell import Screen, Surroundings
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.layouts import scrolled_column
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, frame, label
from toolroom_desktop.ui.widgets.pin_field import PinField

_FIELD_WIDTH = 420


class BringBackScreen(Screen):
    """`start` starts the station, `close` ends the program."""

    unhurried = True

    def __init__(
        self,
        surroundings: Surroundings,
        open_: Callable[[], Completing],
        start: Callable[[], object],
        close: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        theme = surroundings.theme
        self.title = label("title", self, wrap=True)
        self.why = label("body", self, wrap=True)
        self.panel = frame("panel", self)
        self.said = label("body", self.panel, wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.who = frame("panel", self)
        self._asked = label("strong", self.who, wrap=True)
        self._badge_name = label("muted", self.who)
        self.badge = QLineEdit(self.who)
        self._pin_name = label("muted", self.who)
        self.pin = PinField(self.who)
        self.progress = QProgressBar(self)
        self.doing = label("muted", self, wrap=True)
        self.notice = Notice(theme, self)
        self.bar = ActionBar(theme, self)
        self.stop_button = button(theme, "plain", "", self)
        self.bar.add(self.stop_button)
        self.presenter = BringBackPresenter(surroundings, open_, start, self)
        self._lay_out()
        self.bar.back.clicked.connect(close)
        self.bar.main.clicked.connect(self._main)
        self.stop_button.clicked.connect(self._stop)
        self.badge.textChanged.connect(self._typed)
        self.pin.textChanged.connect(self._typed)
        self.badge.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self._main)
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        metrics = self._surroundings.theme.metrics
        self.progress.setTextVisible(False)
        within = QVBoxLayout(self.panel)
        within.setContentsMargins(*[metrics.gap] * 4)
        within.addWidget(self.said)
        grid = QGridLayout(self.who)
        grid.setContentsMargins(*[metrics.gap] * 4)
        grid.setHorizontalSpacing(metrics.margin)
        grid.setVerticalSpacing(metrics.gap)
        grid.addWidget(self._asked, 0, 0, 1, 2)
        for row, (name, field) in enumerate(((self._badge_name, self.badge), (self._pin_name, self.pin)), start=1):
            field.setMinimumHeight(metrics.touch)
            field.setFixedWidth(_FIELD_WIDTH)
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        column, self.area = scrolled_column(self._surroundings.theme, self)
        column.addWidget(self.why)
        column.addWidget(self.panel)
        column.addWidget(self.who)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self.title)
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

    def leave(self) -> None:
        self.pin.clear()
        self.presenter.leave()

    def scanned(self, code: str) -> bool:
        if not self.who.isVisible():
            return False
        self.badge.setText(code)
        self.pin.setFocus()
        return True

    def retranslate(self) -> None:
        self.why.setText(
            self.tr(
                "The records of this station were restored from a backup. The centre has what the station sent since, "
                "and it can come back as long as nothing else is written here: not even a sign-in."
            )
        )
        self._asked.setText(self.tr("An administrator of this station brings it back"))
        self._badge_name.setText(self.tr("Badge"))
        self._pin_name.setText(self.tr("PIN"))
        self.bar.back.setText(self.tr("Close the program"))
        self.stop_button.setText(self.tr("Stop"))
        self.notice.retranslate()
        self.notice.clear()
        self.show_stage()

    # --- BringBackView

    def show_stage(self) -> None:
        presenter = self.presenter
        stage = presenter.stage
        under_way = stage in (Stage.LOOKING, Stage.BRINGING)
        self.title.setText(
            {
                Stage.LOOKING: self.tr("Asking the centre what is lacking here…"),
                Stage.LACKING: self.tr("The centre has entries that are lacking here"),
                Stage.BRINGING: self.tr("Bringing back what is lacking…"),
                Stage.DONE: self.tr("The station can be started"),
                Stage.FAILED: self.tr("The centre's entries cannot come back here")
                if presenter.may_start
                else self.tr("It did not come to an end"),
            }[stage]
        )
        self.why.setVisible(not presenter.may_start)
        self.said.setText(self._sentences())
        self.panel.setVisible(bool(self.said.text()) and not under_way)
        self.who.setVisible(stage is Stage.LACKING)
        self.stop_button.setVisible(stage is Stage.BRINGING)
        self.stop_button.setEnabled(True)
        self.bar.main.setVisible(not under_way)
        if presenter.may_start:
            self.bar.main.setText(self.tr("Start the station"))
        else:
            self.bar.main.setText(self.tr("Bring back") if stage is Stage.LACKING else self.tr("Try again"))
        for field in (self.badge, self.pin):
            field.setEnabled(not presenter.busy)
        self.show_progress()
        self._typed()
        if stage is Stage.LACKING and not presenter.busy:
            (self.pin if self.badge.text() else self.badge).setFocus()
        elif stage in (Stage.DONE, Stage.FAILED):
            self.pin.clear()
            self.bar.main.setFocus()

    def show_progress(self) -> None:
        under_way = self.presenter.stage in (Stage.LOOKING, Stage.BRINGING)
        done, total = self.presenter.progress
        self.progress.setVisible(under_way)
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.doing.setVisible(under_way)
        self.doing.setText(self.tr("{done} of {total} entries").format(done=done, total=total) if total else "")

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    # --- what follows

    def _sentences(self) -> str:
        messages = Messages(self._surroundings.session.language)
        if self.presenter.problem is not None:
            said = messages.error(self.presenter.problem)
            return said if self.presenter.may_start else f"{said}\n\n{messages.text('bring_back.or_without')}"
        return "\n\n".join(messages.text(code, **details) for code, details in self.presenter.told)

    def _typed(self) -> None:
        presenter = self.presenter
        ready = presenter.stage is not Stage.LACKING or bool(self.badge.text().strip() and self.pin.text())
        self.bar.main.setEnabled(ready and not presenter.busy)

    def _main(self) -> None:
        presenter = self.presenter
        if presenter.stage is Stage.LACKING:
            presenter.bring(self.badge.text(), self.pin.text())
        elif presenter.may_start:
            presenter.start()
        elif presenter.stage is Stage.FAILED:
            presenter.look()

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.presenter.stop()
