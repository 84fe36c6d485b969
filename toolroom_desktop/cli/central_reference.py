"""`toolroom central import`, `reference`, `set-setting`, `proposals`: what the centre says to all its stations."""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolroom_desktop.cli.agreeing import agreed
from toolroom_desktop.cli.central import a_server, one
from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, a_count, a_path, argument, one_of, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadImportFile, BadInput, NotFound
from toolroom_desktop.services.reference_content import called
from toolroom_desktop.services.reference_plan import FileKind, differences
from toolroom_desktop.services.tool_import import RowKind
from toolroom_desktop.services.tool_records import FieldChange

if TYPE_CHECKING:
    from toolroom_desktop.adapters.central.proposals import Proposal
    from toolroom_desktop.adapters.central.reference import Row
    from toolroom_desktop.services.reference_content import called
from toolroom_desktop.services.reference_plan import Planned, Problem

MOST_SHOWN = 40
"""Changes and errors that are printed; the rest is counted."""
_NUMBER = a_count(999_999_999)


def add(own: Commands) -> None:
    """Add the sub-commands to `toolroom central`."""
    importing = one(own, "import")
    argument(importing, "path", "reference.help.path", type=a_path, nargs="?")
    option(importing, "--kind", "reference.help.kind_of_file", type=one_of(FileKind), metavar="|".join(FileKind))
    option(importing, "--from-station", "reference.help.from_station", type=a_path, metavar="DIR")
    option(importing, "--dry-run", "reference.help.dry_run", action="store_true")
    option(importing, "--yes", "cli.help.yes", action="store_true")
    importing.set_defaults(run=run_import)
    reference = Commands(own.add("reference", "reference.help.reference"))
    listing = one(reference, "list", "reference.help.list")
    option(listing, "--kind", "reference.help.kind", metavar="KIND")
    option(listing, "--json", "cli.help.json", action="store_true")
    listing.set_defaults(run=run_list)
    for name, run in (("show", run_show), ("history", run_history), ("remove", run_remove)):
        parser = one(reference, name, f"reference.help.{name}")
        argument(parser, "kind", "reference.help.kind")
        argument(parser, "key", "reference.help.key")
        parser.set_defaults(run=run)
    one(reference, "underived", "reference.help.underived").set_defaults(run=run_underived)
    setting = one(own, "set-setting")
    argument(setting, "key", "settings.help.key")
    argument(setting, "value", "settings.help.value", nargs="?")
    option(setting, "--remove", "reference.help.remove_setting", action="store_true")
    setting.set_defaults(run=run_set_setting)
    announcing = one(own, "announce-program")
    argument(announcing, "version", "reference.help.version", nargs="?")
    option(announcing, "--remove", "reference.help.remove_announcement", action="store_true")
    announcing.set_defaults(run=run_announce)
    deciding = one(own, "proposals")
    for name in ("accept", "reject"):
        option(deciding, f"--{name}", f"reference.help.{name}", type=_NUMBER, nargs="+", metavar="N")
    option(deciding, "--accept-all", "reference.help.accept_all", action="store_true")
    option(deciding, "--site", "reference.help.site", metavar="NAME")
    option(deciding, "--json", "cli.help.json", action="store_true")
    deciding.set_defaults(run=run_proposals)


def run_import(arguments: argparse.Namespace, station: Station) -> int:
    """Show what files or a station's register would change, ask, and take it in whole or not at all."""
    from toolroom_desktop.adapters.central.reference import ReferenceData
    from toolroom_desktop.adapters.central.reference_files import files_in, plan_files, plan_station

    console = station.console
    if (arguments.path is None) == (arguments.from_station is None):
        raise BadInput("reference.one_source")
    with a_server(arguments, station) as server:
        data = ReferenceData(server)
        present = data.present()
        if arguments.from_station is not None:
            planned, problems = plan_station(arguments.from_station, present)
        else:
            planned, problems = plan_files(files_in(arguments.path), present, arguments.kind)
        _print_plan(console, planned)
        if problems:
            _print_problems(console, problems)
            source = arguments.path or arguments.from_station
            raise BadImportFile("import.has_errors", path=source, count=len(problems))
        if arguments.dry_run or not agreed(console, yes=arguments.yes):
            return 0
        console.say("reference.taken_in", count=data.apply(planned))
    return 0


def _print_plan(console: Console, planned: Sequence[Planned]) -> None:
    shown = [row for row in planned if row.kind is not RowKind.UNCHANGED]
    for row in shown[:MOST_SHOWN]:
        what = console.text(f"reference.kind.{row.wanted.kind}")
        name = called(row.wanted.kind, row.wanted.key, row.after)
        if row.before is None:
            console.say("cli.kits.thing_new", what=what, name=name)
        else:
            console.say("cli.kits.thing_changed", what=what, name=name, changes=_changes(row.changes))
    if len(shown) > MOST_SHOWN:
        console.say("cli.tools.more", count=len(shown) - MOST_SHOWN)
    counts = {kind.value: sum(row.kind is kind for row in planned) for kind in RowKind}
    console.say("cli.kits.counts", **counts)


def _print_problems(console: Console, problems: Sequence[Problem]) -> None:
    for problem in problems[:MOST_SHOWN]:
        sentence = console.messages.error(problem.error)
        if problem.column:
            sentence = console.text("import.row", line=problem.line, column=problem.column, sentence=sentence)
        elif problem.line:
            sentence = console.text("import.whole_row", line=problem.line, sentence=sentence)
        console.remark("cli.tools.problem", text=f"{problem.file}: {sentence}" if problem.file else sentence)
    if len(problems) > MOST_SHOWN:
        console.remark("cli.tools.more", count=len(problems) - MOST_SHOWN)


def _changes(changes: Sequence[FieldChange]) -> str:
    return "; ".join(f"{change.field}: {change.before or '—'} -> {change.after or '—'}" for change in changes)


def run_list(arguments: argparse.Namespace, station: Station) -> int:
    """Every row that is not removed."""
    from toolroom_desktop.adapters.central.reference import ReferenceData

    console = station.console
    with a_server(arguments, station) as server:
        rows = ReferenceData(server).rows(arguments.kind)
    if arguments.json:
        console.json([_as_json(row) for row in rows])
    elif rows:
        lines = [
            (
                row.kind,
                row.key,
                called(row.kind, row.key, row.content),
                str(row.version),
                console.moment(row.changed_at),
            )
            for row in rows
        ]
        titles = ("kind", "key", "name", "version", "changed")
        console.table([console.text(f"reference.column.{title}") for title in titles], lines)
    else:
        console.say("reference.none")
    return 0


def run_show(arguments: argparse.Namespace, station: Station) -> int:
    """One row whole, as JSON."""
    from toolroom_desktop.adapters.central.reference import ReferenceData

    with a_server(arguments, station) as server:
        rows = ReferenceData(server).rows(arguments.kind, deleted=True)
    found = [row for row in rows if row.key == arguments.key]
    if not found:
        raise NotFound("reference.unknown", kind=arguments.kind, key=arguments.key)
    station.console.json(_as_json(found[0]))
    return 0


def run_history(arguments: argparse.Namespace, station: Station) -> int:
    """Every version of one row: who, when, and what was changed."""
    from toolroom_desktop.adapters.central.reference import ReferenceData

    console = station.console
    with a_server(arguments, station) as server:
        rows = ReferenceData(server).history(arguments.kind, arguments.key)
    before: Row | None = None
    lines = []
    for row in rows:
        if row.deleted:
            said = console.text("reference.removed")
        else:
            said = _changes(differences(before.content if before else {}, row.content))
        lines.append((str(row.version), console.moment(row.changed_at), row.changed_by, said))
        before = row
    console.table([console.text(f"reference.column.{title}") for title in ("version", "changed", "by", "what")], lines)
    return 0


def run_remove(arguments: argparse.Namespace, station: Station) -> int:
    """Have every station do without a row."""
    from toolroom_desktop.adapters.central.reference import ReferenceData

    with a_server(arguments, station) as server:
        ReferenceData(server).remove(arguments.kind, arguments.key)
    station.console.say("reference.is_removed", kind=arguments.kind, key=arguments.key)
    return 0


def run_underived(arguments: argparse.Namespace, station: Station) -> int:
    """Entries of which the centre could make nothing: their chain is whole, and somebody must look at the station."""
    from toolroom_desktop.adapters.central.reference import ReferenceData

    console = station.console
    with a_server(arguments, station) as server:
        found = ReferenceData(server).underived()
    if found:
        titles = ("site", "entry", "kind", "reason")
        rows = [(site, str(seq), kind, reason) for site, seq, kind, reason in found]
        console.table([console.text(f"reference.column.{title}") for title in titles], rows)
    else:
        console.say("reference.all_derived")
    return 1 if found else 0


def run_set_setting(arguments: argparse.Namespace, station: Station) -> int:
    """Give a setting to all stations, or leave it to them again."""
    from toolroom_desktop.adapters.central.reference import Put, ReferenceData
    from toolroom_desktop.config.settings import check_centre_setting
    from toolroom_desktop.domain.errors import BadSettings

    if arguments.remove == (arguments.value is not None):
        raise BadInput("reference.value_or_remove")
    with a_server(arguments, station) as server:
        data = ReferenceData(server)
        if arguments.remove:
            data.remove("setting", arguments.key)
            station.console.say("reference.setting_left", key=arguments.key)
            return 0
        value: object = arguments.value
        try:
            check_centre_setting(arguments.key, value)
        except BadSettings as refusal:
            value = _as_toml(arguments.value)
            if refusal.code != "settings.bad_value" or value is None:
                raise
            check_centre_setting(arguments.key, value)
        data.change([Put("setting", arguments.key, {"value": value})])
    station.console.say("reference.setting_given", key=arguments.key, value=arguments.value)
    return 0


def run_announce(arguments: argparse.Namespace, station: Station) -> int:
    """Say to all stations which version of the program they should have, or nothing about it any more."""
    from toolroom_desktop.adapters.central.reference import Put, ReferenceData
    from toolroom_desktop.services.sync.announced import PLACE, version_of

    if arguments.remove == (arguments.version is not None):
        raise BadInput("reference.version_or_remove")
    if arguments.version is not None:
        version_of(arguments.version)
    with a_server(arguments, station) as server:
        content = {"version": arguments.version or ""}
        ReferenceData(server).change([Put(*PLACE, content, deleted=arguments.remove)])
    if arguments.remove:
        station.console.say("reference.nothing_announced")
    else:
        station.console.say("reference.announced", version=arguments.version)
    return 0


def _as_toml(text: str) -> bool | int | float | None:
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return None
    return value if isinstance(value, bool | int | float) else None


def run_proposals(arguments: argparse.Namespace, station: Station) -> int:
    """List what stations would have changed, accept or reject it; a list ends with 1 where something waits."""
    from toolroom_desktop.adapters.central.proposals import Proposals

    console = station.console
    with a_server(arguments, station) as server:
        proposals = Proposals(server)
        if arguments.accept or arguments.reject or arguments.accept_all:
            accepted = list(arguments.accept or [])
            if arguments.accept_all:
                accepted += [proposal.number for proposal in proposals.open(arguments.site)]
            accepted = [number for number in accepted if number not in (arguments.reject or [])]
            rejected = proposals.reject(arguments.reject) if arguments.reject else 0
            console.say("reference.decided", accepted=proposals.accept(accepted), rejected=rejected)
            return 0
        found = proposals.open(arguments.site)
    if arguments.json:
        console.json([_proposal_json(proposal) for proposal in found])
    elif found:
        titles = ("number", "site", "kind", "name", "proposed", "by", "what")
        console.table(
            [console.text(f"reference.column.{title}") for title in titles],
            [_proposal_row(console, proposal) for proposal in found],
        )
    else:
        console.say("reference.no_proposals")
    return 1 if found else 0


def _proposal_row(console: Console, proposal: Proposal) -> tuple[str, ...]:
    what = _changes(proposal.changes)
    if proposal.present is None:
        what = console.text("reference.new")
    elif proposal.stale:
        what = console.text("reference.stale", changes=what)
    return (
        str(proposal.number),
        proposal.site,
        console.text(f"reference.kind.{proposal.kind}"),
        called(proposal.kind, proposal.key, proposal.after),
        console.moment(proposal.proposed_at),
        proposal.proposed_by,
        what,
    )


def _proposal_json(proposal: Proposal) -> dict[str, object]:
    return {
        "number": proposal.number,
        "site": proposal.site,
        "kind": proposal.kind,
        "key": proposal.key,
        "present": proposal.present,
        "proposed": proposal.after,
        "stale": proposal.stale,
        "by": proposal.proposed_by,
        "proposed_at": proposal.proposed_at.isoformat(),
        "received_at": proposal.received_at.isoformat(),
    }


def _as_json(row: Row) -> dict[str, object]:
    return {
        "kind": row.kind,
        "key": row.key,
        "version": row.version,
        "removed": row.deleted,
        "content": json.loads(json.dumps(row.content)),
        "changed_by": row.changed_by,
        "changed_at": row.changed_at.isoformat(),
    }
