"""Says that the operation is on disk, and lets the next person begin. There is nothing to decide here but to go on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.operation_words import class_names, in_part, outcome_lines
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.parts import Judgement, frame, label, set_judgement
from toolroom_desktop.ui.words import STATUS_ICONS, STATUS_JUDGEMENTS, status_word, type_word


class SavedScreen(Screen):
    """Shown after every confirmation."""

    is_the_end = True

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._operation: Operation | None = None
        theme = shell.theme
        self._bar = ActionBar(theme, self)
        self._bar.back.hide()
        self._bar.main.clicked.connect(shell.navigator.show_home)
        self._title = label("title", self)
        self._what = label("strong", self, wrap=True)
        self._number = label("muted", self)
        self._panel = frame("panel", self)
        self._symbol = QLabel(self._panel)
        self._status = label("status", self._panel)
        self._outcome = label("strong", self, wrap=True)
        self._next = label("muted", self, wrap=True)
        self._lay_out()
        self.main_button = self.back_button = self._bar.main

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        inside = QHBoxLayout(self._panel)
        inside.setContentsMargins(metrics.margin * 2, metrics.gap, metrics.margin * 2, metrics.gap)
        inside.setSpacing(metrics.margin)
        inside.addWidget(self._symbol)
        inside.addWidget(self._status)
        content = QVBoxLayout()
        content.setContentsMargins(*[metrics.margin] * 4)
        content.setSpacing(metrics.gap)
        content.addStretch(1)
        for text in (self._title, self._what, self._number, self._outcome):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        content.addWidget(self._title)
        content.addSpacing(metrics.gap)
        content.addWidget(self._panel, 0, Qt.AlignmentFlag.AlignHCenter)
        content.addSpacing(metrics.gap)
        content.addWidget(self._outcome)
        content.addWidget(self._what)
        content.addWidget(self._number)
        content.addStretch(1)
        self._next.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        content.addWidget(self._next)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self._bar)

    @property
    def at_rest(self) -> bool:
        return True

    def begin(self, operation: Operation) -> None:
        """Show what was recorded."""
        self._operation = operation
        self.retranslate()

    @property
    def status(self) -> str:
        """The word that is read from far."""
        return self._status.text()

    @property
    def outcome(self) -> str:
        """What followed from the operation, line by line."""
        return self._outcome.text()

    def enter(self) -> None:
        self._bar.main.setFocus()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Saved"))
        self._bar.main.setText(self.tr("Done"))
        self._next.setText(self.tr("The next person can scan a badge now."))
        operation = self._operation
        if operation is None:
            return
        palette = self._shell.theme.palette
        status = operation.final_status
        part = in_part(operation)
        judgement: Judgement = "look" if part else STATUS_JUDGEMENTS[status]
        colour = {"ok": palette.ok, "bad": palette.bad, "look": palette.look}[judgement]
        set_judgement(self._panel, judgement)
        set_judgement(self._status, judgement)
        self._symbol.setPixmap(pixmap("kept" if part else STATUS_ICONS[status], colour, 72))
        word = self.tr("In part") if part else status_word(status)
        self._status.setText(self.tr("Not issued") if operation.stayed else word)
        names = class_names(operation, self._shell.app.detector.info, self._shell.session.language)
        lines = outcome_lines(operation, names)
        self._outcome.setText("\n".join(lines))
        self._outcome.setVisible(bool(lines))
        self._what.setText(
            self.tr("{operation} · kit {kit} · {person}").format(
                operation=type_word(operation.type), kit=operation.kit, person=operation.person_name
            )
        )
        self._number.setText(self.tr("Record No. {number}").format(number=operation.site_seq))
