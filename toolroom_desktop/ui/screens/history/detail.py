"""One operation in full: photos, positions as recognised and as counted, note, model, id."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from toolroom_desktop.domain.inspection import PositionState
from toolroom_desktop.domain.operation import CountedPosition, Operation
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.operation_words import class_names, outcome_lines
from toolroom_desktop.ui.screens.history.facts import facts_of, remark_line
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.layouts import empty
from toolroom_desktop.ui.widgets.parts import Judgement, TextRole, button, frame, label, set_judgement
from toolroom_desktop.ui.widgets.photo import PhotoView
from toolroom_desktop.ui.words import (
    COUNT_JUDGEMENTS,
    STATE_ICONS,
    STATE_JUDGEMENTS,
    STATUS_ICONS,
    STATUS_JUDGEMENTS,
    count_word,
    state_word,
    status_word,
    type_word,
)


class OperationDetail(QFrame):
    """Asks for a photo by its SHA-256 through `photo_wanted`."""

    photo_wanted = Signal(str)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._operation: Operation | None = None
        theme = shell.theme
        self.setProperty("part", "panel")
        self._heading = label("strong", self, wrap=True)
        self._status_icon = QLabel(self)
        self._status = label("strong", self)
        self.photo = PhotoView(theme, self)
        self.clean_button = button(theme, "plain", "", self)
        self.annotated_button = button(theme, "plain", "", self)
        self._which = QButtonGroup(self)
        for choice in (self.annotated_button, self.clean_button):
            choice.setCheckable(True)
            self._which.addButton(choice)
        self.annotated_button.setChecked(True)
        self._which.buttonClicked.connect(self._ask_for_photo)
        self._facts = label("caption", self, wrap=True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._note = label("body", self, wrap=True)
        self._outcome = label("emphasis", self, wrap=True)
        self._positions = QGridLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        status = QHBoxLayout()
        status.setSpacing(metrics.gap // 2)
        status.addWidget(self._status_icon)
        status.addWidget(self._status, 1)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._heading)
        head.addLayout(status)
        choices = QHBoxLayout()
        choices.setSpacing(metrics.gap)
        choices.addWidget(self.annotated_button, 1)
        choices.addWidget(self.clean_button, 1)
        self._positions.setHorizontalSpacing(metrics.gap)
        self._positions.setVerticalSpacing(0)
        self._positions.setColumnStretch(1, 1)
        inside = QWidget()
        inside.setProperty("part", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, metrics.gap, 0)
        column.setSpacing(metrics.gap)
        column.addWidget(self.photo, 1)
        column.addLayout(choices)
        column.addWidget(self._outcome)
        column.addWidget(self._note)
        column.addLayout(self._positions)
        column.addWidget(frame("line", inside))
        column.addWidget(self._facts)
        self.scroll_area = QScrollArea(self)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setWidget(inside)
        root = QVBoxLayout(self)
        root.setContentsMargins(metrics.margin - 6, metrics.gap, metrics.gap, metrics.gap)
        root.setSpacing(metrics.gap)
        root.addLayout(head)
        root.addWidget(self.scroll_area, 1)

    def show_operation(self, operation: Operation) -> None:
        """Show an operation from the top."""
        self._operation = operation
        self._fill()
        self.scroll_area.verticalScrollBar().setValue(0)
        self._ask_for_photo()

    def forget(self) -> None:
        """Show no operation."""
        self._operation = None
        self.hide()

    def show_photo(self, image: QImage) -> None:
        """The photo that was asked for."""
        if image.isNull():
            self.photo.say(self.tr("This photo cannot be shown: the file is not a picture."))
        else:
            self.photo.show_image(image)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.annotated_button.setText(self.tr("With marks"))
        self.clean_button.setText(self.tr("As taken"))
        self.photo.setAccessibleName(self.tr("Photo of the operation"))
        if self._operation is not None:
            self._fill()

    def _ask_for_photo(self) -> None:
        if self._operation is None:
            return
        photos = self._operation.photos
        wanted = photos.annotated if self.annotated_button.isChecked() else photos.clean
        if wanted:
            self.photo_wanted.emit(wanted)
        else:
            self.photo.say(self.tr("Counted by hand, without a photo."))

    @property
    def operation(self) -> Operation | None:
        """What is shown."""
        return self._operation

    @property
    def facts(self) -> str:
        """Who, what for, and what was said of it later."""
        return self._facts.text()

    @property
    def outcome(self) -> str:
        """What followed from it."""
        return self._outcome.text()

    def _fill(self) -> None:
        operation = self._operation
        if operation is None:
            return
        self._heading.setText(
            self.tr("{operation} · kit {kit}").format(operation=type_word(operation.type), kit=operation.kit)
        )
        judgement = STATUS_JUDGEMENTS[operation.final_status]
        set_judgement(self._status, judgement)
        self._status.setText(status_word(operation.final_status))
        self._status_icon.setPixmap(pixmap(STATUS_ICONS[operation.final_status], self._ink(judgement), 24))
        self._note.setVisible(bool(operation.note))
        self._note.setText(self.tr("Note: {note}").format(note=operation.note))
        language, now = self._shell.session.language, self._shell.app.clock.now()
        names = self._names(operation)
        lines = outcome_lines(operation, names)
        self._outcome.setText("\n".join(lines))
        self._outcome.setVisible(bool(lines))
        self._facts.setText("\n".join(facts_of(operation, names, language, now)))
        self._fill_positions(operation)

    def _fill_positions(self, operation: Operation) -> None:
        empty(self._positions)
        counted = {(c.tool_class, c.unit): c for c in operation.counted}
        for position in operation.result.get("positions", ()):
            state = PositionState(position["state"])
            percent = f" {position['confidence'] * 100:.0f} %" if position["confidence"] else ""
            word = counted.get((position["class_name"], position["unit"]))
            self._add_position(
                STATE_ICONS[state],
                self._name(position),
                f"{state_word(state)}{percent}",
                STATE_JUDGEMENTS[state],
                word if word is not None and word.by_hand else None,
            )
        names = self._names(operation)
        for extra in operation.result.get("extra_tools", ()):
            self._add_position("extra", names.get(extra, extra), self.tr("extra"), "look", None)

    def _show_tool_photo(self, sha256: str) -> None:
        self.photo_wanted.emit(sha256)

    def _add_position(
        self, symbol: str, name: str, seen: str, judgement: Judgement, word: CountedPosition | None
    ) -> None:
        """A row: icon, name, below it what recognition saw and, where a person counted, what the person found."""
        row = self._positions.rowCount()
        mark = QLabel(self)
        mark.setPixmap(pixmap(symbol, self._ink(judgement), 22))
        self._positions.addWidget(mark, row, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        self._cell(row, 1, name, "body", "", columns=2)
        self._cell(row + 1, 1, seen, "caption", judgement)
        if word is None:
            return
        counted = self.tr("counted: {found}").format(found=count_word(word.count))
        self._cell(row + 1, 2, counted, "caption", COUNT_JUDGEMENTS[word.count])
        said = remark_line(word)
        if said:
            self._cell(row + 2, 1, said, "caption", "", columns=2)
        if word.photo:
            shown = button(self._shell.theme, "plain", "photo", self)
            shown.setText(self.tr("Photo of this tool"))
            shown.clicked.connect(partial(self._show_tool_photo, word.photo))
            self._positions.addWidget(shown, row + 3, 1, 1, 2)

    def _cell(
        self, row: int, column: int, text: str, role: TextRole, judgement: Judgement, *, columns: int = 1
    ) -> None:
        made = label(role, self, wrap=column == 1)
        made.setText(text)
        if role == "caption":
            made.setContentsMargins(0, 2, 0, 10)
        set_judgement(made, judgement)
        self._positions.addWidget(made, row, column, 1, columns)

    def _name(self, position: Mapping[str, Any]) -> str:
        return str(position[f"name_{self._shell.session.language}"])

    def _names(self, operation: Operation) -> dict[str, str]:
        return class_names(operation, self._shell.app.detector.info, self._shell.session.language)

    def _ink(self, judgement: Judgement) -> str:
        palette = self._shell.theme.palette
        return {"ok": palette.ok, "bad": palette.bad, "look": palette.look}.get(judgement, palette.text)
