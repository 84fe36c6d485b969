"""The fields of a tool's data, and the reason for what is done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from toolroom_desktop.config.days import write_day
from toolroom_desktop.domain.dates import day_of
from toolroom_desktop.services.tool_input import ToolData
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.tool_words import field_word
from toolroom_desktop.ui.widgets.parts import label

_LONGEST, _LONGEST_NOTE, _LONGEST_DAY = 200, 2000, 10
_FIELDS = ("marking", "serial_number", "part_number", "calibration_due", "note")


class ToolForm(QWidget):
    """Marking, numbers, calibration and note."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, QLineEdit] = {}
        self._names: dict[str, QLabel] = {}
        self._hint = label("muted", self, wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.metrics.margin)
        grid.setVerticalSpacing(theme.metrics.gap // 2)
        for place, name in enumerate(_FIELDS):
            field, caption = QLineEdit(self), label("emphasis", self)
            field.setMaxLength({"note": _LONGEST_NOTE, "calibration_due": _LONGEST_DAY}.get(name, _LONGEST))
            self.fields[name], self._names[name] = field, caption
            row, column, span = 2 * (place // 2), place % 2, 2 if name == "note" else 1
            grid.addWidget(caption, row, column, 1, span)
            grid.addWidget(field, row + 1, column, 1, span)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.metrics.gap)
        whole.addLayout(grid)
        whole.addWidget(self._hint)

    def show_data(self, data: ToolData, language: str) -> None:
        """Fill the fields in."""
        due = "" if data.calibration_due is None else write_day(data.calibration_due, language)
        for name, field in self.fields.items():
            field.setText(due if name == "calibration_due" else getattr(data, name))

    def data(self) -> ToolData:
        """What is typed; raises `BadInput` for a day that is none."""
        typed = {name: field.text().strip() for name, field in self.fields.items()}
        due = typed.pop("calibration_due")
        return ToolData(calibration_due=day_of(due) if due else None, **typed)

    def retranslate(self) -> None:
        """Set every text anew."""
        for name, caption in self._names.items():
            caption.setText(field_word(name))
            self.fields[name].setAccessibleName(field_word(name))
        self._hint.setText(self.tr("Calibration: the last day on which it is good, as 31.03.2027; empty for none."))


class ReasonField(QWidget):
    """Why something is done; `typed` whenever it changes."""

    typed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = label("emphasis", self)
        self.field = QLineEdit(self)
        self.field.setMaxLength(_LONGEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.gap // 2)
        column.addWidget(self._caption)
        column.addWidget(self.field)
        self.field.textChanged.connect(self.typed)

    @property
    def reason(self) -> str:
        """What is typed, without blanks around it."""
        return self.field.text().strip()

    def retranslate(self) -> None:
        """Set every text anew."""
        self._caption.setText(self.tr("Reason"))
        self.field.setAccessibleName(self.tr("Reason"))
        self.field.setPlaceholderText(self.tr("Goes into the journal"))
