"""`toolroom tools import` and `export`: lists in and out, with what would change shown first."""

from __future__ import annotations

import argparse
from typing import Any

from toolroom_desktop.adapters.files.tool_lists import ListFormat, list_format_of, read_tool_list, write_tool_list
from toolroom_desktop.cli.agreeing import agreed
from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, a_path, argument, one_of, option
from toolroom_desktop.cli.progress import Progress
from toolroom_desktop.cli.station import Station
from toolroom_desktop.cli.tool_text import ToolText, change_json
from toolroom_desktop.domain.errors import BadImportFile
from toolroom_desktop.services.consequences import tool_json
from toolroom_desktop.services.tool_import import ImportPlan, RowKind, RowProblem
from toolroom_desktop.services.watching import Stoppable

MOST_SHOWN = 40
"""Changes and errors that are printed of each kind; the rest is counted."""
_LONG = 5000
# Rows from which on it is said how far the work is.


def add_files(own: Commands) -> None:
    """Add both sub-commands of `toolroom tools`."""
    for name, run in (("import", run_import), ("export", run_export)):
        transfer = own.add(name, f"cli.help.tools_{name}")
        argument(transfer, "file", f"cli.help.{name}_file", type=a_path)
        option(transfer, "--format", "cli.help.format", type=one_of(ListFormat), metavar="|".join(ListFormat))
        if name == "import":
            option(transfer, "--yes", "cli.help.yes", action="store_true")
            option(transfer, "--json", "cli.help.json", action="store_true")
        transfer.set_defaults(run=run)


def problem_text(console: Console, problem: RowProblem) -> str:
    """A problem with its row and column."""
    sentence = console.messages.error(problem.error)
    if problem.column:
        return console.text("import.row", line=problem.line, column=problem.column, sentence=sentence)
    return console.text("import.whole_row", line=problem.line, sentence=sentence)


def _print_plan(plan: ImportPlan, console: Console, text: ToolText) -> None:
    counts = {kind: len(plan.of_kind(kind)) for kind in RowKind}
    shown = [row for row in plan.rows if row.kind is not RowKind.UNCHANGED]
    for row in shown[:MOST_SHOWN]:
        name = text.name(row.after)
        if row.before is None:
            place = f"{row.after.kit}, {row.after.unit}" if row.after.kit else console.text("cli.tools.spare")
            tool_class = text.class_name(row.after.tool_class)
            console.say("cli.tools.row_new", line=row.line, tool=name, tool_class=tool_class, place=place)
        else:
            changes = "; ".join(text.change(change) for change in row.changes)
            console.say("cli.tools.row_changed", line=row.line, tool=name, changes=changes)
    if len(shown) > MOST_SHOWN:
        console.say("cli.tools.more", count=len(shown) - MOST_SHOWN)
    console.say(
        "cli.tools.counts",
        new=counts[RowKind.NEW],
        changed=counts[RowKind.CHANGED],
        unchanged=counts[RowKind.UNCHANGED],
        errors=len(plan.problems),
    )


def _print_problems(plan: ImportPlan, console: Console) -> None:
    for problem in plan.problems[:MOST_SHOWN]:
        console.remark("cli.tools.problem", text=problem_text(console, problem))
    if len(plan.problems) > MOST_SHOWN:
        console.remark("cli.tools.more", count=len(plan.problems) - MOST_SHOWN)


def _plan_json(plan: ImportPlan, console: Console, *, applied: bool) -> dict[str, Any]:
    return {
        "file": plan.file.name,
        "sha256": plan.file.sha256,
        "applied": applied,
        "counts": {kind.value: len(plan.of_kind(kind)) for kind in RowKind},
        "changes": [
            {
                "row": row.line,
                "kind": row.kind.value,
                "tool": tool_json(row.after),
                "fields": [change_json(change) for change in row.changes],
            }
            for row in plan.rows
            if row.kind is not RowKind.UNCHANGED
        ],
        "errors": [
            {
                "row": problem.line,
                "column": problem.column or None,
                "code": problem.error.code,
                "sentence": console.messages.error(problem.error),
            }
            for problem in plan.problems
        ],
    }


def run_import(arguments: argparse.Namespace, station: Station) -> int:
    """Show what a list would change, ask, and take it in whole or not at all."""
    console = station.console
    with Progress(console, "cli.tools.progress") as progress:

        def report(done: int, total: int) -> None:
            if total > _LONG:
                progress(done, total)

        watch = Stoppable(report)
        file = read_tool_list(arguments.file, arguments.format, watch=watch)
        with station.records() as records:
            text = ToolText(console, records.tools)
            plan = records.tool_lists.preview(file, watch=watch)
            progress.end()
            if not arguments.json:
                _print_plan(plan, console, text)
            if plan.problems:
                if arguments.json:
                    console.json(_plan_json(plan, console, applied=False))
                _print_problems(plan, console)
                raise BadImportFile("import.has_errors", path=arguments.file, count=len(plan.problems))
            # Whoever asks for JSON reads it with a program, which cannot be asked.
            apply = arguments.yes or (not arguments.json and agreed(console, yes=False))
            if apply:
                try:
                    records.tool_lists.apply(plan, actor_badge=None, watch=watch)
                except KeyboardInterrupt:
                    # The records close only after the command in the database thread has ended, and that is now.
                    watch.stop()
                    raise
                progress.end()
    if arguments.json:
        console.json(_plan_json(plan, console, applied=apply))
    elif apply:
        console.say("cli.tools.taken_in", count=len(plan.rows))
    return 0


def run_export(arguments: argparse.Namespace, station: Station) -> int:
    """Write all tools to a list that `import` takes; the journal keeps that it was done."""
    format_ = arguments.format or list_format_of(arguments.file)
    with station.records() as records:
        export = records.tool_lists.export_tools(actor_badge=None, file=arguments.file.name)
    write_tool_list(arguments.file, export, language=station.console.language, format_=format_)
    station.console.say("cli.tools.exported", path=arguments.file, count=len(export.tools))
    return 0
