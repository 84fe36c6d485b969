"""`toolroom kits`: toolkits and kits in and out of files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from toolroom_desktop.adapters.files.content import BadLines, LineProblem, ToolkitFile, same
from toolroom_desktop.adapters.files.toolkits import FileFormat, format_of, read_toolkits, write_toolkits
from toolroom_desktop.cli.agreeing import agreed
from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, a_path, argument, one_of, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput, BadModel, NotFound
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.services.catalogue_plan import CataloguePlan
from toolroom_desktop.services.tool_import import RowKind

if TYPE_CHECKING:
    from toolroom_desktop.bootstrap import Records


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones."""
    own = Commands(commands.add("kits", "cli.help.kits"))
    listing = own.add("list", "cli.help.kits_list")
    option(listing, "--json", "cli.help.json", action="store_true")
    listing.set_defaults(run=run_list)
    for name, run in (("import", run_import), ("export", run_export)):
        transfer = own.add(name, f"cli.help.kits_{name}")
        argument(transfer, "file", f"cli.help.{name}_file", type=a_path)
        option(transfer, "--format", "cli.help.format", type=one_of(FileFormat), metavar="|".join(FileFormat))
        if name == "import":
            option(transfer, "--yes", "cli.help.yes", action="store_true")
        transfer.set_defaults(run=run)


def _known_scans(known: list[Kit], content: ToolkitFile) -> dict[str, Kit]:
    """Every number and code of the kits that the file leaves as they are."""
    replaced = {same(kit.number) for kit in content.kits}
    staying = [kit for kit in known if same(kit.number) not in replaced]
    return {same(text): kit for kit in staying for text in (kit.code, kit.number) if text.strip()}


def _against_records(path: str, content: ToolkitFile, records: Records) -> None:
    """Raise `BadLines` for kits that clash with kits or toolkits of the station."""
    scans = _known_scans([row.kit for row in records.catalogue.kits()], content)
    toolkits = {same(toolkit.name) for toolkit in (*records.catalogue.toolkits(), *content.toolkits)}
    problems: list[LineProblem] = []
    for line, kit in content.kit_lines:
        if same(kit.toolkit) not in toolkits:
            problems.append(LineProblem(line, NotFound("kit.toolkit_unknown", kit=kit.number, toolkit=kit.toolkit)))
        for text in dict.fromkeys((kit.number, kit.code)):
            other = scans.get(same(text)) if text else None
            if other is not None:
                problems.append(LineProblem(line, BadInput("kit.code_taken", code=text, kit=other.number)))
    if problems:
        raise BadLines(path, problems)


def _warn_of_unknown_classes(content: ToolkitFile, station: Station) -> None:
    from toolroom_desktop.bootstrap import open_model

    console = station.console
    try:
        model = open_model(station.settings(), station.data.root).info.knowledge
    except BadModel as error:
        # A model that cannot be used hinders checks, not the import; the doctor grades it.
        console.error(error)
        return
    for line, tool_class in content.unknown_to(model.classes):
        sentence = console.text("cli.check.class_unknown", tool_class=tool_class, model=model.name)
        console.remark("import.line", line=line, sentence=sentence)


def _print_problems(problems: BadLines, console: Console) -> None:
    for problem in problems.problems:
        console.remark("import.line", line=problem.line, sentence=console.messages.error(problem.error))


def _print_plan(plan: CataloguePlan, console: Console) -> None:
    for thing in plan.things:
        what = console.text(f"cli.kits.what_{thing.what}")
        if thing.kind is RowKind.NEW:
            console.say("cli.kits.thing_new", what=what, name=thing.name)
        elif thing.kind is RowKind.CHANGED:
            said = [f"{change.field}: {change.before or '—'} -> {change.after or '—'}" for change in thing.changes]
            console.say("cli.kits.thing_changed", what=what, name=thing.name, changes="; ".join(said))
    counts = {kind.value: len(plan.of_kind(kind)) for kind in RowKind}
    console.say("cli.kits.counts", new=counts["new"], changed=counts["changed"], unchanged=counts["unchanged"])


def run_import(arguments: argparse.Namespace, station: Station) -> int:
    """Show what a file would change, ask, and take it in whole or, with every error named by its line, not at all."""
    try:
        content = read_toolkits(arguments.file, arguments.format)
        with station.records() as records:
            _against_records(str(arguments.file), content, records)
            _warn_of_unknown_classes(content, station)
            _print_plan(records.catalogue.preview(content.toolkits, content.kits), station.console)
            if not agreed(station.console, yes=arguments.yes):
                return 0
            records.catalogue.take_in(content.toolkits, content.kits, actor_badge=None)
    except BadLines as problems:
        _print_problems(problems, station.console)
        raise
    station.console.say("cli.kits.taken_in", toolkits=len(content.toolkits), kits=len(content.kits))
    return 0


def run_export(arguments: argparse.Namespace, station: Station) -> int:
    """Write all toolkits and kits to a file that `import` takes; the journal keeps that it was done."""
    format_ = arguments.format or format_of(arguments.file)
    with station.records() as records:
        export = records.tool_lists.export_kits(actor_badge=None, file=arguments.file.name)
    write_toolkits(arguments.file, export.toolkits, export.kits, format_)
    toolkits, kits = len(export.toolkits), len(export.kits)
    station.console.say("cli.kits.exported", path=arguments.file, toolkits=toolkits, kits=kits)
    return 0


def run_list(arguments: argparse.Namespace, station: Station) -> int:
    """Print every kit and who has it."""
    console = station.console
    with station.records(read_only=True) as records:
        rows = records.catalogue.kits()
    if arguments.json:
        console.json(
            [
                {
                    "kit": row.kit.number,
                    "code": row.kit.code,
                    "toolkit": row.toolkit.name,
                    "tools": row.toolkit.tool_count,
                    "holder": {"badge": row.holder_badge, "name": row.holder} if row.is_out else None,
                }
                for row in rows
            ]
        )
    elif rows:
        columns = ("kit", "code", "toolkit", "tools", "holder")
        lines = [
            (row.kit.number, row.kit.code, row.toolkit.title(console.language), str(row.toolkit.tool_count), row.holder)
            for row in rows
        ]
        console.table([console.text(f"cli.column.{name}") for name in columns], lines)
    else:
        console.say("cli.kits.none")
    return 0
