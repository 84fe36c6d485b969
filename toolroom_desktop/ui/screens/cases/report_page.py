"""Reporting a tool, a piece of one, or a whole kit missing: which kit, what of it, what happened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.services.case_opening import MissingReport
from toolroom_desktop.ui.screens.cases.presenter import CasesPresenter
from toolroom_desktop.ui.screens.cases.snapshot import Snapshot
from toolroom_desktop.ui.screens.cases.step_page import MOST_CHARACTERS
from toolroom_desktop.ui.screens.inspection.live import LiveControl
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.layouts import empty
from toolroom_desktop.ui.widgets.parts import button, label

_WHOLE_KIT = ""


class ReportPage(QWidget):
    """`changed` whenever what is entered may be complete now, or not any more."""

    changed = Signal()

    def __init__(
        self, shell: Shell, presenter: CasesPresenter, live: LiveControl, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._presenter = presenter
        self._shown_kit = ""
        theme, metrics = shell.theme, shell.theme.metrics
        self.title = label("title", self, wrap=True)
        self._kit_name, self._what_name = label("strong", self), label("strong", self)
        self._text_name, self._place_name = label("strong", self), label("strong", self)
        self.kit_field, self.place_field = QLineEdit(self), QLineEdit(self)
        self.kit_field.setMaxLength(64)
        self.place_field.setMaxLength(200)
        self.find_button = button(theme, "plain", "search", self)
        self._kit_found = label("muted", self, wrap=True)
        self.text_field = QPlainTextEdit(self)
        self.text_field.setTabChangesFocus(True)
        self.piece_button = button(theme, "plain", "damaged", self)
        self.piece_button.setCheckable(True)
        self.snapshot = Snapshot(shell, live, self)
        self._tools = QButtonGroup(self)
        self.tool_buttons: list[QPushButton] = []
        inside = QWidget()
        inside.setProperty("part", "clear")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, metrics.gap, 0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(metrics.gap)
        whole.addLayout(self._rows)
        whole.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        kit = QHBoxLayout()
        kit.setSpacing(metrics.gap)
        kit.addWidget(self.kit_field, 1)
        kit.addWidget(self.find_button)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap // 2)
        left.addWidget(self._kit_name)
        left.addLayout(kit)
        left.addWidget(self._kit_found)
        left.addWidget(self._what_name)
        left.addWidget(self._area, 1)
        left.addWidget(self.piece_button)
        left.addStretch(0)
        right = QVBoxLayout()
        right.setSpacing(metrics.gap // 2)
        for widget in (self._text_name, self.text_field, self._place_name, self.place_field):
            right.addWidget(widget)
        right.addWidget(self.snapshot, 1)
        self.text_field.setFixedHeight(metrics.touch + 2 * metrics.gap)
        both = QGridLayout()
        both.setHorizontalSpacing(metrics.margin)
        both.addLayout(left, 0, 0)
        both.addLayout(right, 0, 1)
        both.setColumnStretch(0, 6)
        both.setColumnStretch(1, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap // 2)
        column.addWidget(self.title)
        column.addLayout(both, 1)
        self.kit_field.returnPressed.connect(self._find)
        self.find_button.clicked.connect(self._find)
        self.text_field.textChanged.connect(self.changed)
        self._tools.buttonClicked.connect(self._chosen)

    def begin(self) -> None:
        """A report begins: nothing is entered yet."""
        for field in (self.kit_field, self.place_field):
            field.clear()
        self.text_field.clear()
        self.piece_button.setChecked(False)
        self.snapshot.clear()
        self._shown_kit = ""
        self.fill()
        self.kit_field.setFocus()

    def scanned(self, code: str) -> None:
        """The label of a kit was scanned."""
        self.kit_field.setText(code)
        self._find()

    @property
    def complete(self) -> bool:
        """Whether kit, tool and what happened are said."""
        chosen = self._tools.checkedButton() is not None
        return self._presenter.kit is not None and chosen and bool(self.text_field.toPlainText().strip())

    @property
    def said(self) -> MissingReport:
        """What is entered."""
        chosen = self._tools.checkedButton()
        kit = self._presenter.kit
        return MissingReport(
            kit=kit.kit.number if kit else "",
            tool_class=str(chosen.property("tool")) if chosen is not None else "",
            piece=self.piece_button.isChecked() and self.piece_button.isVisibleTo(self),
            text=self.text_field.toPlainText().strip()[:MOST_CHARACTERS],
            place=self.place_field.text().strip(),
            photo=self.snapshot.taken,
        )

    def retranslate(self) -> None:
        """Set every text anew."""
        self.title.setText(self.tr("Report a missing tool"))
        for name, field, text in (
            (self._kit_name, self.kit_field, self.tr("Which kit? Scan its label or type its number")),
            (self._text_name, self.text_field, self.tr("What happened?")),
            (self._place_name, self.place_field, self.tr("Where was it used or seen last?")),
        ):
            name.setText(text)
            field.setAccessibleName(text)
        self._what_name.setText(self.tr("What is missing?"))
        self.find_button.setText(self.tr("Find"))
        self.piece_button.setText(self.tr("Only a piece broke off and is missing"))
        self.snapshot.retranslate()
        self._shown_kit = ""
        self.fill()

    def fill(self) -> None:
        """Show the tools of the kit that was named."""
        kit = self._presenter.kit
        number = kit.kit.number if kit else ""
        if number and number == self._shown_kit:
            return
        self._shown_kit = number
        language = self._shell.session.language
        self._kit_found.setText(f"{number} · {kit.toolkit.title(language)}" if kit else "")
        self._kit_found.setVisible(kit is not None)
        self._what_name.setVisible(kit is not None)
        self._area.setVisible(kit is not None)
        for made in self.tool_buttons:
            self._tools.removeButton(made)
        self.tool_buttons = []
        empty(self._rows)
        if kit is not None:
            self._add(self.tr("The whole kit"), _WHOLE_KIT)
            for position in kit.toolkit.positions:
                self._add(position.name(language), position.tool_class)
        self.piece_button.hide()
        self.changed.emit()

    def _add(self, name: str, tool_class: str) -> None:
        made = button(self._shell.theme, "card", "kit" if tool_class == _WHOLE_KIT else "", self)
        made.setText(name)
        made.setCheckable(True)
        made.setProperty("tool", tool_class)
        self._tools.addButton(made)
        self.tool_buttons.append(made)
        self._rows.addWidget(made)

    def _find(self) -> None:
        self._presenter.find_kit(self.kit_field.text())

    def _chosen(self) -> None:
        chosen = self._tools.checkedButton()
        self.piece_button.setVisible(chosen is not None and bool(chosen.property("tool")))
        self.changed.emit()
