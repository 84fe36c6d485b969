"""The page after a tool: what is stored, and what makes a model of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from toolroom_desktop.services.enrolment import ENOUGH_SHOTS
from toolroom_desktop.ui.screens.enrol.presenter import Doing, EnrolPresenter
from toolroom_desktop.ui.screens.enrol.tool_list import ToolList
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.parts import button, frame, label

_COMMANDS = (
    'toolroom compose "{folder}" --out dataset\n'
    "toolroom train --dataset dataset --weights seed.pt --out run\n"
    "toolroom evaluate · toolroom model export · toolroom model install"
)


class NextPage(QWidget):
    """Step 4."""

    def __init__(self, shell: Shell, presenter: EnrolPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._presenter = presenter
        theme = shell.theme
        self.title = label("title", self, wrap=True)
        self.list = ToolList(theme, self)
        self._panel = frame("panel", self)
        self._heading = label("strong", self._panel, wrap=True)
        self.missing = label("emphasis", self._panel, wrap=True)
        self._how = label("body", self._panel, wrap=True)
        self._quiet = frame("quiet", self._panel)
        self.commands = label("caption", self._quiet, wrap=True)
        self.folder_button = button(theme, "plain", "forward", self._panel)
        self.refusal = label("body", self._panel, wrap=True)
        self._lay_out()
        self.folder_button.clicked.connect(self._open_folder)

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        self.list.setSelectionMode(ToolList.SelectionMode.NoSelection)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.commands.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap)
        left.addWidget(self.title)
        left.addWidget(self.list, 1)
        quiet = QVBoxLayout(self._quiet)
        quiet.setContentsMargins(metrics.gap, metrics.gap, metrics.gap, metrics.gap)
        quiet.addWidget(self.commands)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(metrics.gap, metrics.gap, metrics.gap, metrics.gap)
        column.setSpacing(metrics.gap)
        column.addWidget(self._heading)
        column.addWidget(self.missing)
        column.addWidget(self._how)
        column.addWidget(self._quiet)
        column.addStretch(1)
        column.addWidget(self.refusal)
        column.addWidget(self.folder_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.gap)
        row.addLayout(left, 55)
        row.addWidget(self._panel, 45)

    def retranslate(self) -> None:
        """Set the texts that never change."""
        self.list.setAccessibleName(self.tr("Tools"))
        self.title.setText(self.tr("What is stored"))
        self._heading.setText(self.tr("When every tool has its photos"))
        self._how.setText(
            self.tr(
                "A computer with the training part of the program makes scenes from them, learns, proves the model and "
                "installs it. These commands lead there, each says what it needs:"
            )
        )
        self.folder_button.setText(self.tr("Open the folder"))
        self.refusal.hide()

    def show_state(self) -> None:
        """Show what the presenter holds."""
        folder = str(self._shell.app.enrolling.folder)
        self.commands.setText(_COMMANDS.format(folder=folder))
        if self._presenter.doing is not Doing.NOTHING:
            return
        stored = [tool for tool in self._presenter.tools if tool.stored]
        self.list.show_tools(stored, self._shell.session.language)
        wanting = sum(tool.stored < ENOUGH_SHOTS for tool in self._presenter.tools)
        self.missing.setText(
            self.tr("%n tool(s) still with fewer than {enough} photos", "", wanting).format(enough=ENOUGH_SHOTS)
        )
        self.missing.setVisible(bool(wanting))

    def _open_folder(self) -> None:
        folder = self._shell.app.enrolling.folder
        opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        self.refusal.setText(self.tr("This system opens no folders. The folder: {folder}").format(folder=folder))
        self.refusal.setVisible(not opened)
