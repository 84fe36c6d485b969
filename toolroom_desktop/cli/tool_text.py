"""How the command line says what is known about tools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from toolroom_desktop.cli.console import Console
from toolroom_desktop.domain.register import Place, name_of
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.consequences import tool_json
from toolroom_desktop.services.tool_records import FieldChange, ToolRecord
from toolroom_desktop.services.tools import ToolRegister

_COLUMNS = ("marking", "tool", "kit", "place", "serial", "calibration", "state")


class ToolText:
    """Prints in the language of the console, with the names that the toolkits give the classes."""

    def __init__(self, console: Console, register: ToolRegister) -> None:
        self._console = console
        self._names = register.class_names()
        self._today = register.today()

    @staticmethod
    def name(tool: Tool) -> str:
        """What a tool is called in a sentence."""
        return name_of(tool)

    def class_name(self, tool_class: str) -> str:
        """The name of a class in the language of the console."""
        names = self._names.get(tool_class)
        return names[0 if self._console.language == "ru" else 1] if names else tool_class

    def state(self, state: ToolState) -> str:
        """A state in a word or two."""
        return self._console.text(f"tool.state.{state.value}")

    def day(self, day: date | None) -> str:
        """A day as the language writes it; empty for none."""
        return "" if day is None else self._console.text("cli.tools.day", day=day)

    def _calibration(self, tool: Tool) -> str:
        day = self.day(tool.calibration_due)
        return self._console.text("cli.tools.over", day=day) if tool.calibration_expired(self._today) else day

    def _table(self, rows: Sequence[Sequence[str]]) -> None:
        self._console.table([self._console.text(f"cli.column.{name}") for name in _COLUMNS], rows)

    def _row(self, tool: Tool) -> tuple[str, ...]:
        return (
            tool.marking,
            self.class_name(tool.tool_class),
            tool.kit,
            str(tool.unit or ""),
            tool.serial_number,
            self._calibration(tool),
            self.state(tool.state),
        )

    def print_tools(self, tools: Sequence[Tool]) -> None:
        """One line a tool."""
        self._table([self._row(tool) for tool in tools])

    def print_places(self, places: Sequence[Place]) -> None:
        """One line a place, also where it is empty or nothing is written down."""
        rows = []
        for place in places:
            if place.tool is not None:
                rows.append(self._row(place.tool))
                continue
            word = self._console.text("cli.tools.empty" if place.empty else "cli.tools.not_recorded")
            rows.append(("", self.class_name(place.tool_class), "", str(place.unit), "", "", word))
        self._table(rows)

    def place_json(self, place: Place) -> dict[str, Any]:
        """A place as plain JSON."""
        return {
            "tool_class": place.tool_class,
            "unit": place.unit,
            "tool": tool_json(place.tool) if place.tool else None,
            "empty": place.empty,
            "surplus": place.surplus,
        }

    def print_tool(self, tool: Tool) -> None:
        """All that is known of one tool, a line each."""
        said = {
            "tool": self.class_name(tool.tool_class),
            "marking": tool.marking,
            "serial": tool.serial_number,
            "part": tool.part_number,
            "kit": f"{tool.kit}, {tool.unit}" if tool.kit else self._console.text("cli.tools.spare"),
            "calibration": self._calibration(tool),
            "state": self.state(tool.state),
            "note": tool.note,
            "id": str(tool.tool_id),
        }
        for name, value in said.items():
            if value:
                self._console.line(f"{self._console.text(f'cli.column.{name}')}: {value}")

    def change(self, change: FieldChange) -> str:
        """A field before and after."""
        before, after = (self._value(change.field, value) for value in (change.before, change.after))
        return self._console.text("cli.tools.field", field=self.field(change.field), before=before, after=after)

    def field(self, name: str) -> str:
        """What a field is called."""
        return self._console.text(f"cli.tools.field_{name}")

    def _value(self, name: str, value: str) -> str:
        if not value:
            return "—"
        if name == "state":
            return self.state(ToolState(value))
        if name == "calibration_due":
            return self.day(date.fromisoformat(value))
        return value[:12] if name == "photo" else value

    def print_history(self, records: Sequence[ToolRecord]) -> None:
        """The journal's entries, the newest first."""
        console = self._console
        for record in records:
            head = f"{console.moment(record.at)}  {console.text(f'cli.tools.kind_{record.kind}', case=record.case)}"
            by = console.text("cli.tools.by", badge=record.by) if record.by else ""
            console.line("  ".join(part for part in (head, by, record.reason) if part))
            for change in record.changes:
                console.line(f"    {self.change(change)}")

    @staticmethod
    def record_json(record: ToolRecord) -> dict[str, Any]:
        """An entry as plain JSON."""
        return {
            "entry": str(record.entry_id),
            "site_seq": record.site_seq,
            "at": record.at.isoformat(),
            "kind": record.kind,
            "by": record.by or None,
            "reason": record.reason,
            "changes": [change_json(change) for change in record.changes],
            "operation": record.operation or None,
            "case": record.case or None,
        }


def change_json(change: FieldChange) -> dict[str, str]:
    """A field before and after as plain JSON."""
    return {"field": change.field, "before": change.before, "after": change.after}
