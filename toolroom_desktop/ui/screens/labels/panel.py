"""What is asked about labels: of what, on which sheet or roll, from which label on, how many, with what on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from toolroom_desktop.domain.labels import FORMATS, MOST_COPIES, CutMarks, LabelCode, LabelFormat, LabelOptions
from toolroom_desktop.services.labels import LabelKind
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.layouts import scrolled_column
from toolroom_desktop.ui.widgets.parts import button, label
from toolroom_desktop.ui.widgets.stepper import Stepper

T = TypeVar("T")
_WIDTH_TOUCHES = 7.4
_FORMATS_ACROSS = 3


class LabelPanel(QWidget):
    """Tells of every choice by a signal; shows what `show_choice` says."""

    kind_chosen = Signal(object)
    names_chosen = Signal(object)
    options_chosen = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._options = LabelOptions(FORMATS[0])
        self._what, self._which = label("strong", self), label("strong", self, wrap=True)
        self._paper, self._beside = label("strong", self), label("strong", self)
        self._start_name, self._copies_name = label("caption", self), label("caption", self)
        self.names_field = QLineEdit(self)
        self.kind_buttons = {kind: self._option() for kind in LabelKind}
        self.format_buttons = {format_: self._option() for format_ in FORMATS}
        self.code_buttons = {code: self._option() for code in LabelCode}
        self.mark_buttons = {marks: self._option() for marks in CutMarks}
        self.lines_buttons = {True: self._option(), False: self._option()}
        self._groups = [
            self._exclusive(list(group.values()))
            for group in (self.kind_buttons, self.format_buttons, self.code_buttons, self.mark_buttons)
        ]
        self._groups.append(self._exclusive(list(self.lines_buttons.values())))
        self.start, self.copies = Stepper(shell.theme, self), Stepper(shell.theme, self)
        self._lay_out()
        self._connect()

    def _option(self) -> QPushButton:
        made = button(self._shell.theme, "plain", "", self)
        made.setCheckable(True)
        return made

    def _exclusive(self, buttons: Sequence[QPushButton]) -> QButtonGroup:
        group = QButtonGroup(self)
        for made in buttons:
            group.addButton(made)
        return group

    def _side_by_side(self, buttons: Sequence[QPushButton]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._shell.theme.metrics.gap)
        for made in buttons:
            row.addWidget(made, 1)
        return row

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        column, area = scrolled_column(self._shell.theme, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        formats = QGridLayout()
        formats.setSpacing(metrics.gap)
        for place, made in enumerate(self.format_buttons.values()):
            formats.addWidget(made, place // _FORMATS_ACROSS, place % _FORMATS_ACROSS)
        numbers = QGridLayout()
        numbers.setSpacing(metrics.gap // 2)
        numbers.setHorizontalSpacing(metrics.gap)
        for place, (name, stepper) in enumerate(((self._start_name, self.start), (self._copies_name, self.copies))):
            numbers.addWidget(name, 0, place)
            numbers.addWidget(stepper, 1, place)
        column.addWidget(self._what)
        column.addLayout(self._side_by_side(list(self.kind_buttons.values())))
        column.addWidget(self._which)
        column.addWidget(self.names_field)
        column.addWidget(self._paper)
        column.addLayout(formats)
        column.addLayout(numbers)
        column.addWidget(self._beside)
        column.addLayout(self._side_by_side(list(self.code_buttons.values())))
        column.addLayout(self._side_by_side(list(self.lines_buttons.values())))
        column.addLayout(self._side_by_side(list(self.mark_buttons.values())))
        self.setFixedWidth(round(_WIDTH_TOUCHES * metrics.touch))

    def _connect(self) -> None:
        for group, slot in (
            (self.kind_buttons, self._kind_pressed),
            (self.format_buttons, self._format_pressed),
            (self.code_buttons, self._code_pressed),
            (self.mark_buttons, self._marks_pressed),
            (self.lines_buttons, self._lines_pressed),
        ):
            for made in group.values():
                made.clicked.connect(slot)
        self.names_field.editingFinished.connect(self._names_entered)
        self.start.changed.connect(self._start_chosen)
        self.copies.changed.connect(self._copies_chosen)

    # --- what is shown

    def show_choice(
        self, kind: LabelKind, kinds: Sequence[LabelKind], names: Sequence[str], kit: str, options: LabelOptions
    ) -> None:
        """Show what is chosen, and nothing that could not be."""
        self._options = options
        self._what.setVisible(len(kinds) > 1)
        for one, made in self.kind_buttons.items():
            made.setVisible(one in kinds and len(kinds) > 1)
        self.kind_buttons[kind].setChecked(True)
        asked = {
            LabelKind.KITS: self.tr("Which kits? Scan them or type their numbers; empty: all"),
            LabelKind.TOOLS: self.tr("Which tools? Scan them or type their markings; empty: all"),
            LabelKind.BADGES: self.tr("Whose badges? Scan them or type them; empty: of all"),
        }[kind]
        if kit:
            asked = self.tr("Which tools? Scan them or type their markings; empty: all of kit {kit}").format(kit=kit)
        self._which.setText(asked)
        self.names_field.setAccessibleName(asked)
        self.names_field.setPlaceholderText(self.tr("several with commas"))
        if self.entered_names() != tuple(names):
            self.names_field.setText(", ".join(names))
        self.format_buttons[options.format].setChecked(True)
        self.code_buttons[options.code].setChecked(True)
        self.mark_buttons[options.marks].setChecked(True)
        self.lines_buttons[options.with_lines].setChecked(True)
        for widget in (self._start_name, self.start):
            widget.setVisible(options.format.on_sheets)
        self.start.show_value(options.start, 1, options.format.per_page)
        self.copies.show_value(options.copies, 1, MOST_COPIES)

    def entered_names(self) -> tuple[str, ...]:
        """What is typed, name by name."""
        return tuple(name for part in self.names_field.text().split(",") if (name := part.strip()))

    def retranslate(self) -> None:
        """Set every text anew."""
        for kind, text in (
            (LabelKind.KITS, self.tr("Kits")),
            (LabelKind.TOOLS, self.tr("Tools")),
            (LabelKind.BADGES, self.tr("Badges")),
        ):
            self.kind_buttons[kind].setText(text)
        self._what.setText(self.tr("Labels of what?"))
        self._paper.setText(self.tr("On which sheet or roll?"))
        self._beside.setText(self.tr("What is on it?"))
        self._start_name.setText(self.tr("First free label of the sheet"))
        self._copies_name.setText(self.tr("Copies of each"))
        self.start.name(self._start_name.text(), self.tr("One label earlier"), self.tr("One label later"))
        self.copies.name(self._copies_name.text(), self.tr("One copy less"), self.tr("One copy more"))
        for format_, made in self.format_buttons.items():
            made.setText(f"{format_.name}\n{self._size(format_)}")
            made.setAccessibleName(f"{format_.name}, {self._size(format_)}")
        self.code_buttons[LabelCode.QR].setText("QR")
        self.code_buttons[LabelCode.CODE_128].setText("Code 128")
        self.lines_buttons[True].setText(self.tr("Number and name"))
        self.lines_buttons[False].setText(self.tr("Only the number"))
        self.mark_buttons[CutMarks.NONE].setText(self.tr("No lines"))
        self.mark_buttons[CutMarks.FRAME].setText(self.tr("Frames"))
        self.mark_buttons[CutMarks.CORNERS].setText(self.tr("Cut marks"))

    def _size(self, format_: LabelFormat) -> str:
        size = self.tr("{width} × {height} mm").format(width=f"{format_.width:g}", height=f"{format_.height:g}")
        return size.replace(".", ",") if self._shell.session.language == "ru" else size

    # --- what is chosen

    def _pressed(self, buttons: dict[T, QPushButton]) -> T:
        return next(one for one, made in buttons.items() if made is self.sender())

    def _kind_pressed(self) -> None:
        self.kind_chosen.emit(self._pressed(self.kind_buttons))

    def _format_pressed(self) -> None:
        self.options_chosen.emit(replace(self._options, format=self._pressed(self.format_buttons), start=1))

    def _code_pressed(self) -> None:
        self.options_chosen.emit(replace(self._options, code=self._pressed(self.code_buttons)))

    def _marks_pressed(self) -> None:
        self.options_chosen.emit(replace(self._options, marks=self._pressed(self.mark_buttons)))

    def _lines_pressed(self) -> None:
        self.options_chosen.emit(replace(self._options, with_lines=self._pressed(self.lines_buttons)))

    def _start_chosen(self, start: int) -> None:
        self.options_chosen.emit(replace(self._options, start=start))

    def _copies_chosen(self, copies: int) -> None:
        self.options_chosen.emit(replace(self._options, copies=copies))

    def _names_entered(self) -> None:
        self.names_chosen.emit(self.entered_names())
