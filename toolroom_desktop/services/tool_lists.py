"""Lists of tools, kits and toolkits on their way in and out: looked at first, then taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from toolroom_desktop.domain.errors import BadImportFile, Refused
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.register import classes_of
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.ports import Database, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded
from toolroom_desktop.services.tool_import import (
    ImportPlan,
    PlannedRow,
    RowKind,
    Store,
    ToolFile,
    plan_import,
    same_plan,
)
from toolroom_desktop.services.tool_input import require_any
from toolroom_desktop.services.tool_records import TOOLS_IMPORTED, change_json
from toolroom_desktop.services.watching import Watch, unwatched

EXPORTED = "exported"
_ROWS_OF_AN_ENTRY = 200


@dataclass(frozen=True, slots=True)
class ToolExport:
    """What goes out: the tools, and the names of their classes in Russian and English."""

    tools: tuple[Tool, ...]
    names: Mapping[str, tuple[str, str]]


class ListFiles(Protocol):
    """Lists on disk; the end of a file's name tells how they are written down."""

    def read(self, path: Path, watch: Watch) -> ToolFile:
        """The rows of a list; raises `BadImportFile`, and whatever `watch` raises."""

    def write(self, path: Path, export: ToolExport, language: str) -> None:
        """Write a list that `read` takes; raises `BadImportFile`."""


@dataclass(frozen=True, slots=True)
class KitExport:
    """What goes out: the toolkits and their kits."""

    toolkits: tuple[Toolkit, ...]
    kits: tuple[Kit, ...]


@dataclass(frozen=True, slots=True)
class ToolLists:
    """Commands and queries about lists. An `actor_badge` of None is the station's own command line."""

    database: Database
    recorder: Recorder
    files: ListFiles

    def read(self, path: Path, *, watch: Watch = unwatched) -> ImportPlan:
        """What the list in that file would change; raises `BadImportFile` where it cannot be read at all."""
        return self.preview(self.files.read(path, watch), watch=watch)

    def write(self, path: Path, *, language: str, actor_badge: str | None) -> int:
        """Write all tools to that file, once the journal keeps that they left; how many. Raises `BadImportFile`."""
        export = self.export_tools(actor_badge=actor_badge, file=path.name)
        self.files.write(path, export, language)
        return len(export.tools)

    def preview(self, file: ToolFile, *, watch: Watch = unwatched) -> ImportPlan:
        """What the list would change, row by row, with every error. Changes nothing."""
        return plan_import(file, self.database.read(Store.of), watch)

    def apply(self, plan: ImportPlan, *, actor_badge: str | None, watch: Watch = unwatched) -> ImportPlan:
        """Take in what was previewed, all of it or nothing, and record it row by row.

        Returns what was done. Raises `Refused` without the permission, `BadImportFile("import.has_errors")` for a
        plan with problems, and `Refused("import.changed_meanwhile")` where the register is no longer as it was
        previewed against. Whatever `watch` raises ends it with nothing taken in.
        """
        if plan.problems:
            raise BadImportFile("import.has_errors", path=plan.file.name, count=len(plan.problems))

        def save(uow: UnitOfWork) -> ImportPlan:
            require_any(uow, actor_badge, Permission.MANAGE_CATALOGUE)
            present = plan_import(plan.file, Store.of(uow))
            if not same_plan(plan, present):
                raise Refused("import.changed_meanwhile", path=plan.file.name)
            rows = [row for row in plan.rows if row.kind is not RowKind.UNCHANGED]
            self._write(uow, plan.file, rows, actor_badge, watch)
            return plan

        with refusals_recorded(
            self.database, self.recorder, badge=actor_badge, command="tools.import", subject=plan.file.name
        ):
            return self.database.write(save)

    def _write(
        self, uow: UnitOfWork, file: ToolFile, rows: list[PlannedRow], actor_badge: str | None, watch: Watch
    ) -> None:
        left = {(r.before.kit, r.before.tool_class, r.before.unit) for r in rows if r.before is not None}
        uow.tools.save_many([row.after for row in rows])
        filled = {(row.after.kit, row.after.tool_class, row.after.unit) for row in rows}
        for kit, tool_class, unit in sorted(left - filled):
            if kit:
                uow.tools.note_empty(kit, tool_class, unit)
        import_id, parts = str(uuid7()), range(0, len(rows), _ROWS_OF_AN_ENTRY)
        for number, begin in enumerate(parts, start=1):
            watch(begin, len(rows))
            payload = {
                "import": import_id,
                "part": number,
                "parts": len(parts),
                "file": file.name,
                "sha256": file.sha256,
                "by": actor_badge,
                "tools": [change_json(row.before, row.after) for row in rows[begin : begin + _ROWS_OF_AN_ENTRY]],
            }
            self.recorder.record(uow, TOOLS_IMPORTED, payload)
        # The last word of whoever watches: after it nothing is taken back any more.
        watch(len(rows), len(rows))

    def export_tools(self, *, actor_badge: str | None, file: str) -> ToolExport:
        """All tools, for a file of that name; that they left the station is recorded before they do."""

        def look(uow: UnitOfWork) -> ToolExport:
            require_any(uow, actor_badge, Permission.EXPORT, Permission.CHANGE_TOOLS)
            tools = tuple(uow.tools.all())
            self._record_export(uow, "tools", file, len(tools), actor_badge)
            return ToolExport(tools, classes_of(uow.catalogue.toolkits()))

        with refusals_recorded(self.database, self.recorder, badge=actor_badge, command="tools.export", subject=file):
            return self.database.write(look)

    def export_kits(self, *, actor_badge: str | None, file: str) -> KitExport:
        """All toolkits and kits, for a file of that name; that they left the station is recorded before they do."""

        def look(uow: UnitOfWork) -> KitExport:
            require_any(uow, actor_badge, Permission.EXPORT, Permission.CHANGE_TOOLS)
            found = KitExport(tuple(uow.catalogue.toolkits()), tuple(uow.catalogue.kits()))
            self._record_export(uow, "kits", file, len(found.kits), actor_badge)
            return found

        with refusals_recorded(self.database, self.recorder, badge=actor_badge, command="kits.export", subject=file):
            return self.database.write(look)

    def _record_export(self, uow: UnitOfWork, what: str, file: str, count: int, by: str | None) -> None:
        self.recorder.record(uow, EXPORTED, {"what": what, "file": file, "count": count, "by": by})
