"""All about one tool: what is known of it on the left, what happened to it on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.tool_records import ToolRecord
from toolroom_desktop.ui.models.tool_table import ToolTableWords
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.tool_words import (
    STATE_JUDGEMENTS,
    calibration_word,
    change_word,
    field_word,
    reason_word,
    record_word,
    state_word,
)
from toolroom_desktop.ui.widgets.images import to_image
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.parts import Judgement, TextRole, frame, label, set_judgement
from toolroom_desktop.ui.widgets.photo import PhotoView
from toolroom_desktop.ui.words import time_word


class ToolPage(QWidget):
    """Shows a tool; says nothing of what can be done with it."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        metrics = shell.theme.metrics
        self.title = label("title", self, wrap=True)
        self.photo = PhotoView(shell.theme, self)
        self._facts, facts = scrolled_column(shell.theme, self)
        self._records, records = scrolled_column(shell.theme, self)
        left, right = frame("panel", self), frame("panel", self)
        for panel, area in ((left, facts), (right, records)):
            inside = QVBoxLayout(panel)
            inside.setContentsMargins(metrics.margin - 6, metrics.gap, metrics.gap, metrics.gap)
            inside.addWidget(area, 1)
            if panel is left:
                inside.addWidget(self.photo, 1)
        both = QHBoxLayout()
        both.setSpacing(metrics.margin)
        both.addWidget(left, 1)
        both.addWidget(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap)
        column.addWidget(self.title)
        column.addLayout(both, 1)

    def show_tool(self, tool: Tool, words: ToolTableWords) -> None:
        """Show what is known of it."""
        name = words.class_name(tool.tool_class)
        self.title.setText(f"{name}, {tool.marking}" if tool.marking else name)
        empty(self._facts)
        place = f"{tool.kit}, {tool.unit}" if tool.kit else self.tr("spare, in no kit")
        calibration, judgement = calibration_word(tool, words.today, words.soon_days, words.language)
        self._fact(field_word("state"), state_word(tool.state), STATE_JUDGEMENTS[tool.state])
        self._fact(field_word("kit"), place)
        self._fact(field_word("calibration_due"), calibration.replace("\n", ", ") or self.tr("needs none"), judgement)
        self._fact(field_word("serial_number"), tool.serial_number or "—")
        self._fact(field_word("part_number"), tool.part_number or "—")
        if tool.note:
            self._fact(field_word("note"), tool.note)
        self.photo.setVisible(bool(tool.photo))
        self.photo.say(self.tr("Fetching the photo ..."))
        empty(self._records)

    def _fact(self, name: str, value: str, judgement: Judgement = "") -> None:
        self._group(self._facts, (("caption", name, ""), ("emphasis", value, judgement)))

    def _group(self, column: QVBoxLayout, lines: Sequence[tuple[TextRole, str, Judgement]]) -> None:
        """Lines that belong together, close to each other."""
        group = QWidget(self)
        group.setProperty("part", "clear")
        inside = QVBoxLayout(group)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        for role, text, judgement in lines:
            made = label(role, group, wrap=True)
            made.setText(text)
            set_judgement(made, judgement)
            inside.addWidget(made)
        column.addWidget(group)

    def show_photo(self, content: bytes) -> None:
        """Show its picture."""
        try:
            self.photo.show_image(to_image(content))
        except UserFacingError as error:
            self.photo.say(self._shell.sentence(error))

    def show_history(self, records: Sequence[ToolRecord]) -> None:
        """Show what the journal says, the newest first."""
        empty(self._records)
        clock, language = self._shell.app.clock, self._shell.session.language
        if not records:
            self._group(self._records, (("muted", self.tr("The journal says nothing about this tool yet."), ""),))
        for record in records:
            when = time_word(record.at, clock.local_offset_minutes(record.at), clock.now(), language)
            lines: list[tuple[TextRole, str, Judgement]] = [("emphasis", record_word(record), "")]
            lines.append(("caption", f"{when}  {record.by}" if record.by else when, ""))
            if record.reason:
                lines.append(("body", reason_word(record.reason), ""))
            lines += [("body", change_word(change, language), "") for change in record.changes]
            self._group(self._records, lines)
