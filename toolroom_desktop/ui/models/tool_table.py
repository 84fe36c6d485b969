"""Tools and places as rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from toolroom_desktop.domain.register import Place
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.ui.models.roles import ICON_ROLE, JUDGEMENT_ROLE
from toolroom_desktop.ui.tool_words import STATE_ICONS, STATE_JUDGEMENTS, calibration_word, state_word
from toolroom_desktop.ui.widgets.parts import Judgement

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
COLUMNS = ("tool", "marking", "serial", "calibration", "state")


@dataclass(frozen=True, slots=True)
class ToolTableWords:
    """What the table must know to speak: the language, the classes' names, the day, and when a calibration is due."""

    language: str
    names: Mapping[str, tuple[str, str]]
    today: date
    soon_days: int

    def class_name(self, tool_class: str) -> str:
        """A class as people call it."""
        names = self.names.get(tool_class)
        return names[0 if self.language == "ru" else 1] if names else tool_class


class ToolTableModel(QAbstractTableModel):
    """Places of one kit, or tools from anywhere, in which case each says where it belongs."""

    def __init__(self, words: Callable[[], ToolTableWords], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._places: Sequence[Place] = ()
        self._anywhere = False

    def show(self, places: Sequence[Place], *, anywhere: bool) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._places, self._anywhere = places, anywhere
        self.endResetModel()

    def place(self, index: Index) -> Place | None:
        """The place at an index; None for no index."""
        return self._places[index.row()] if index.isValid() else None

    def row_of(self, tool: Tool) -> int:
        """In which row that tool stands; -1 for none."""
        ids = [place.tool.tool_id if place.tool else None for place in self._places]
        return ids.index(tool.tool_id) if tool.tool_id in ids else -1

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            "tool": self.tr("Tool"),
            "marking": self.tr("Marking"),
            "serial": self.tr("Serial number"),
            "calibration": self.tr("Calibration"),
            "state": self.tr("State"),
        }[COLUMNS[section]]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self.place(index)
        if place is None:
            return None
        column = COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(place, column)
        if role == JUDGEMENT_ROLE:
            return self._judgement(place, column)
        if role == ICON_ROLE:
            return self._icon(place, column)
        return None

    def _text(self, place: Place, column: str) -> str:
        tool, words = place.tool, self._words()
        if column == "tool":
            return self._title(place, words)
        if tool is None:
            if column != "state":
                return ""
            return self.tr("empty") if place.empty else self.tr("not written down")
        return {
            "marking": tool.marking,
            "serial": tool.serial_number,
            "calibration": calibration_word(tool, words.today, words.soon_days, words.language)[0],
            "state": state_word(tool.state),
        }[column]

    def _title(self, place: Place, words: ToolTableWords) -> str:
        name = words.class_name(place.tool_class)
        if place.surplus:
            return f"{name}\n{self.tr('not in the toolkit')}"
        if self._anywhere:
            return f"{name}\n{place.tool.kit if place.tool and place.tool.kit else self.tr('spare')}"
        several = sum(other.tool_class == place.tool_class for other in self._places) > 1
        return f"{name} ({place.unit})" if several else name

    def _judgement(self, place: Place, column: str) -> Judgement:
        tool, words = place.tool, self._words()
        if tool is None:
            return "bad" if place.empty and column == "state" else ""
        if column == "state":
            return STATE_JUDGEMENTS[tool.state]
        if column == "calibration":
            return calibration_word(tool, words.today, words.soon_days, words.language)[1]
        return ""

    @staticmethod
    def _icon(place: Place, column: str) -> str:
        if column != "state":
            return ""
        if place.tool is None:
            return "missing" if place.empty else "circle"
        return STATE_ICONS[place.tool.state]
