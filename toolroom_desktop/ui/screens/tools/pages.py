"""The pages on which something is done with a tool: data, state, place, taking out, photo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from toolroom_desktop.domain.tools import Tool, ToolState, states_by_hand
from toolroom_desktop.services.tool_input import ToolData
from toolroom_desktop.ui.models.tool_table import ToolTableWords
from toolroom_desktop.ui.screens.tools.form import ReasonField, ToolForm
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.tool_words import STATE_ICONS, calibration_word, state_word, title_of
from toolroom_desktop.ui.widgets.camera_view import CameraView
from toolroom_desktop.ui.widgets.images import to_image
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.parts import button, label

_PICTURE_EVERY_MS = 100


class Page(QWidget):
    """A title over what is to be filled in; `typed` whenever that changes."""

    typed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.title = label("title", self, wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(shell.theme.metrics.gap)
        self.column.addWidget(self.title)


class DataPage(Page):
    """The data of a tool, known or new."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.form = ToolForm(shell.theme, self)
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def begin(self, tool: Tool | None, title: str) -> None:
        """Show what is entered about the tool; None for a new one."""
        self.title.setText(title)
        self.form.show_data(ToolData() if tool is None else ToolData.of(tool), self._shell.session.language)
        self.form.fields["marking"].setFocus()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.form.retranslate()


class StatePage(Page):
    """Which state, and why."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.reason = ReasonField(shell.theme, self)
        self._group = QButtonGroup(self)
        self.buttons: dict[ToolState, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(shell.theme.metrics.gap)
        for state in ToolState:
            made = button(shell.theme, "plain", STATE_ICONS[state], self)
            made.setCheckable(True)
            self._group.addButton(made)
            self.buttons[state] = made
            row.addWidget(made)
        row.addStretch(1)
        self._only_case = label("muted", self, wrap=True)
        self.column.addLayout(row)
        self.column.addWidget(self._only_case)
        self.column.addWidget(self.reason)
        self.column.addStretch(1)
        self._group.buttonToggled.connect(self.typed)
        self.reason.typed.connect(self.typed)

    def begin(self, tool: Tool, title: str) -> None:
        """Offer the states that the tool can go to by hand."""
        self.title.setText(title)
        possible = states_by_hand(tool.state)
        self._group.setExclusive(False)
        for state, made in self.buttons.items():
            made.setChecked(False)
            made.setVisible(state in possible)
        self._group.setExclusive(True)
        self._only_case.setVisible(not possible)
        self.reason.field.clear()
        if len(possible) == 1:
            self.buttons[next(iter(possible))].setChecked(True)
        self.reason.field.setFocus()

    @property
    def state(self) -> ToolState | None:
        """The state that is chosen; None for none."""
        return next((state for state, made in self.buttons.items() if made.isChecked()), None)

    @property
    def complete(self) -> bool:
        """Whether a state is chosen and a reason given."""
        return self.state is not None and bool(self.reason.reason)

    def retranslate(self) -> None:
        """Set every text anew."""
        for state, made in self.buttons.items():
            made.setText(state_word(state))
        self._only_case.setText(
            self.tr("Nobody changes this state by hand: a lost tool comes back with its case, a retired one never.")
        )
        self.reason.retranslate()


class PlacePage(Page):
    """Which tool goes into the place: a spare one, or one that is new here."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        metrics = shell.theme.metrics
        self.reason = ReasonField(shell.theme, self)
        self.form = ToolForm(shell.theme, self)
        self.new_button = button(shell.theme, "card", "extra", self)
        self.new_button.setCheckable(True)
        self._group = QButtonGroup(self)
        self._group.addButton(self.new_button)
        self._spare: dict[QPushButton, Tool] = {}
        self._none = label("muted", self, wrap=True)
        self._rows, rows = scrolled_column(shell.theme, self)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap)
        left.addWidget(self.new_button)
        left.addWidget(self._none)
        left.addWidget(rows, 1)
        right = QVBoxLayout()
        right.setSpacing(metrics.gap)
        right.addWidget(self.form)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(metrics.margin)
        both.addLayout(left, 2)
        both.addLayout(right, 3)
        self.column.addLayout(both, 1)
        self.column.addWidget(self.reason)
        self._reason_owed = True
        self._group.buttonToggled.connect(self._follow)
        self.reason.typed.connect(self.typed)

    def begin(self, title: str, *, reason_owed: bool) -> None:
        """Ask what goes there; the spare tools come with `show_spare`."""
        self.title.setText(title)
        self._reason_owed = reason_owed
        self.reason.field.clear()
        self.form.show_data(ToolData(), self._shell.session.language)
        self.show_spare((), None)
        self._none.hide()

    def show_spare(self, tools: Sequence[Tool], words: ToolTableWords | None) -> None:
        """Offer these spare tools; the first one is chosen."""
        for made in self._spare:
            self._group.removeButton(made)
        self._spare.clear()
        empty(self._rows)
        for tool in tools:
            made = button(self._shell.theme, "card", "kit", self)
            made.setCheckable(True)
            said = [title_of(tool), tool.serial_number]
            if words is not None:
                said.append(calibration_word(tool, words.today, words.soon_days, words.language)[0].split("\n")[0])
            made.setText(", ".join(part for part in said if part))
            self._group.addButton(made)
            self._spare[made] = tool
            self._rows.addWidget(made)
        self._none.setVisible(not tools)
        (next(iter(self._spare)) if self._spare else self.new_button).setChecked(True)
        self._follow()

    @property
    def chosen(self) -> Tool | None:
        """The spare tool that is chosen; None for a new one."""
        return next((tool for made, tool in self._spare.items() if made.isChecked()), None)

    @property
    def complete(self) -> bool:
        """Whether a reason is given, where one is owed."""
        return bool(self.reason.reason) or not self._reason_owed

    def _follow(self) -> None:
        self.form.setVisible(self.new_button.isChecked())
        self.typed.emit()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.new_button.setText(self.tr("A tool that is new here"))
        self._none.setText(self.tr("No spare tool of this kind is serviceable and calibrated."))
        self.form.retranslate()
        self.reason.retranslate()


class OutPage(Page):
    """Why a tool leaves its kit without another one in its place."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.reason = ReasonField(shell.theme, self)
        self._what_follows = label("body", self, wrap=True)
        self.column.addWidget(self._what_follows)
        self.column.addWidget(self.reason)
        self.column.addStretch(1)
        self.reason.typed.connect(self.typed)

    def begin(self, title: str) -> None:
        """Ask why."""
        self.title.setText(title)
        self.reason.field.clear()
        self.reason.field.setFocus()

    @property
    def complete(self) -> bool:
        """Whether a reason is given."""
        return bool(self.reason.reason)

    def retranslate(self) -> None:
        """Set every text anew."""
        self._what_follows.setText(
            self.tr("The kit is not issued until another tool is put into the empty place. To replace it now, swap.")
        )
        self.reason.retranslate()


class PhotoPage(Page):
    """What the station's camera sees."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.picture = CameraView(shell.theme, self)
        self.column.addWidget(self.picture, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(_PICTURE_EVERY_MS)
        self._timer.timeout.connect(self.tick)
        self._sequence = -1

    def tick(self) -> None:
        """Show the newest frame."""
        picture = self._shell.app.camera.latest()
        if picture is None:
            problem = self._shell.app.camera.health.problem
            waiting = self.tr("Waiting for the camera ...")
            self.picture.say(self._shell.sentence(problem) if problem is not None else waiting)
        elif picture.sequence != self._sequence:
            self._sequence = picture.sequence
            self.picture.show_image(to_image(picture.pixels))
        self.typed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._sequence = -1
        self._timer.start()
        self.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def keep_keyboard(self) -> None:
        """No button keeps the keyboard, or the space bar would press it instead of taking a photo."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
