"""`toolroom report`: what the records say of a period, a kit, a tool or a person, as a file; and checking one."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from toolroom_desktop.cli.all_stations import gathered_of, may_ask_all
from toolroom_desktop.cli.check import PIN_VARIABLE
from toolroom_desktop.cli.console import Console, secret
from toolroom_desktop.cli.parsing import Commands, a_path, argument, one_of, option
from toolroom_desktop.cli.progress import Progress
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.dates import day_of
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.services.reports.content import Period, ReportFormat, ReportName
from toolroom_desktop.services.reports.definitions import DEFINITIONS
from toolroom_desktop.services.watching import Watch

if TYPE_CHECKING:
    from toolroom_desktop.bootstrap import Records
    from toolroom_desktop.services.reports.checking import CheckedReport
    from toolroom_desktop.services.reports.making import Reports

_FROM, _TO = "first", "last"
SILENT_SECONDS = 2.0


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones: one a report, and `list` and `check`."""
    own = Commands(commands.add("report", "cli.help.report"))
    listing = own.add("list", "cli.help.report_list")
    option(listing, "--json", "cli.help.json", action="store_true")
    listing.set_defaults(run=run_list)
    due = own.add("due", "cli.help.report_due")
    due.set_defaults(run=run_due)
    checking = own.add("check", "cli.help.report_check")
    argument(checking, "report", "cli.help.report_checked")
    option(checking, "--json", "cli.help.json", action="store_true")
    checking.set_defaults(run=run_check)
    for name, definition in DEFINITIONS.items():
        making = own.add(name.value, f"report.about.{name.value.replace('-', '_')}")
        option(making, "--from", "cli.help.report_from", type=day_of, metavar="DAY", dest=_FROM)
        option(making, "--to", "cli.help.report_to", type=day_of, metavar="DAY", dest=_TO)
        for subject in definition.subjects:
            option(making, f"--{subject}", f"cli.help.report_{subject}", default="", metavar="CODE")
        option(
            making,
            "--format",
            "cli.help.report_format",
            type=one_of(ReportFormat),
            metavar="pdf|xlsx|csv|json",
            dest="format_",
        )
        option(making, "--out", "cli.help.report_out", type=a_path, required=True, metavar="FILE")
        option(making, "--overwrite", "cli.help.report_overwrite", action="store_true")
        option(making, "--badge", "cli.help.report_badge", metavar="ID")
        if not definition.signed:
            may_ask_all(making)
        option(making, "--json", "cli.help.json", action="store_true")
        making.set_defaults(run=run_make, name=name, **({"all_stations": False} if definition.signed else {}))


def run_list(arguments: argparse.Namespace, station: Station) -> int:
    """Print which reports there are and what each is about."""
    console = station.console
    found = []
    for name, definition in DEFINITIONS.items():
        code = name.value.replace("-", "_")
        found.append(
            (name.value, console.text(f"report.title.{code}"), console.text(f"report.about.{code}"), definition)
        )
    if arguments.json:
        console.json(
            [
                {
                    "name": name,
                    "title": title,
                    "about": about,
                    "subjects": list(definition.subjects),
                    "required": definition.required or None,
                    "today_by_default": definition.by_period,
                    "formats": [format_.value for format_ in ReportFormat],
                }
                for name, title, about, definition in found
            ]
        )
        return 0
    titles = [console.text(f"cli.column.{name}") for name in ("report", "title", "about")]
    console.table(titles, [(name, title, about) for name, title, about, _ in found])
    return 0


# --- making


def run_make(arguments: argparse.Namespace, station: Station) -> int:
    """Write a report."""
    from toolroom_desktop.services.reports.making import Request, empty

    console = station.console
    format_ = arguments.format_ or _format_of(arguments.out)
    if arguments.out.exists() and not arguments.overwrite:
        from toolroom_desktop.adapters.files.whole_file import free_name

        raise BadInput("file.there_already", path=arguments.out, other=free_name(arguments.out).name)
    with (
        station.records() as records,
        _as_whom(records, console, arguments.badge) as badge,
        _reports(records, station, all_stations=arguments.all_stations) as reports,
    ):
        request = Request(
            arguments.name,
            _period(reports, arguments.first, arguments.last),
            **{subject: getattr(arguments, subject) for subject in DEFINITIONS[arguments.name].subjects},
        )
        with Progress(console, "cli.report.progress") as progress, reports.make(request, badge=badge) as report:
            watch = _patient(progress)
            nothing = empty(report)
            made = reports.write(
                report,
                arguments.out,
                format_,
                language=console.language,
                say=console.text,
                badge=badge,
                overwrite=arguments.overwrite,
                watch=watch,
            )
            rows = report.rows
    if arguments.json:
        console.json(
            {
                "report_id": str(made.report_id),
                "data_sha256": made.data_sha256,
                "file_sha256": made.file_sha256,
                "file": str(arguments.out),
                "format": format_.value,
                "rows": rows,
                "empty": nothing,
            }
        )
        return 0
    if nothing:
        console.say("report.empty")
    console.say("cli.report.written", path=arguments.out, id=made.report_id, sha256=made.data_sha256)
    return 0


@contextmanager
def _reports(records: Records, station: Station, *, all_stations: bool) -> Iterator[Reports]:
    """The reports of this station, or of all of them; raises `NotFound("stations.none_here")`."""
    if not all_stations:
        yield records.reports
        return
    from toolroom_desktop.bootstrap import open_all_stations

    with gathered_of(records, station) as (gathered, _):
        found = open_all_stations(records, gathered).records()
        assert found is not None
        yield found.reports


def _patient(progress: Progress) -> Watch:
    """Says nothing of what is done in a moment."""
    begun = time.monotonic()

    def watch(done: int, total: int) -> None:
        if total and time.monotonic() - begun > SILENT_SECONDS:
            progress(done, total)

    return watch


def _format_of(out: Path) -> ReportFormat:
    ending = out.suffix.casefold().removeprefix(".")
    if ending not in set(ReportFormat):
        raise BadInput("cli.report.format_owed", known=", ".join(ReportFormat))
    return ReportFormat(ending)


def _period(reports: Reports, first: date | None, last: date | None) -> Period | None:
    """Whole days; of one day alone where only one is given."""
    if first is None and last is None:
        return None
    return reports.days(first or last or date.min, last or first or date.max)


@contextmanager
def _as_whom(records: Records, console: Console, badge: str | None) -> Iterator[str | None]:
    """Whoever shows a badge acts in their own name, by PIN; without one the station itself does."""
    if badge is None:
        yield None
        return
    person = records.accounts.sign_in(badge=badge, pin=secret(console, PIN_VARIABLE, "cli.ask_pin"))
    try:
        if person.must_change_pin:
            raise Refused("people.pin_must_change", name=person.name)
        yield person.badge
    finally:
        records.accounts.sign_out(badge=person.badge, reason="asked")


def run_due(_arguments: argparse.Namespace, station: Station) -> int:
    """Write what is due by the schedule, for a station that nobody keeps running."""
    from toolroom_desktop.reporting import open_due

    console, settings = station.console, station.settings()
    with station.records() as records:
        schedule = open_due(records.reports, settings, station.data.root, records.reminders.reports)
        if schedule is None:
            console.say("cli.report.schedule_off")
            return 0
        with Progress(console, "cli.report.progress") as progress:
            written = schedule.write_due(_patient(progress))
    for one in written:
        console.say("cli.report.written", path=one.path, id=one.report_id, sha256=one.data_sha256)
    if not written:
        console.say("cli.report.nothing_due")
    return 0


# --- checking


def run_check(arguments: argparse.Namespace, station: Station) -> int:
    """Say whether a report is what the station made; 1 where the records do not say the same any more."""
    from toolroom_desktop.reporting import open_report_checks

    console = station.console
    with station.records(read_only=True) as records:
        checks = open_report_checks(records.reports)
        path = Path(arguments.report)
        looks_like_a_file = path.exists() or path.suffix or len(path.parts) > 1
        checked = checks.file(path) if looks_like_a_file else checks.by_code(arguments.report)
    if arguments.json:
        console.json(_checked_json(checked))
    else:
        _print_checked(console, checked)
    return 1 if checked.same_now is False else 0


def _checked_json(checked: CheckedReport) -> dict[str, object]:
    return {
        "report_id": str(checked.entry.op_id),
        "made_at": checked.entry.wall_at.isoformat(),
        "journal_seq": checked.entry.site_seq,
        "file": None if checked.file is None else checked.file.value,
        "same_now": checked.same_now,
        "later_entries": checked.later,
        "said": json.loads(json.dumps(checked.said)),
    }


def _print_checked(console: Console, checked: CheckedReport) -> None:
    said = checked.said
    name = str(said.get("report", ""))
    title = console.text(f"report.title.{name.replace('-', '_')}") if name in set(ReportName) else name
    by = said.get("by") or console.text("cli.report.station")
    console.say("cli.report.made", title=title, at=checked.entry.wall_at, by=by, number=checked.entry.site_seq)
    console.say("cli.report.id", id=checked.entry.op_id)
    console.say("cli.report.hash", sha256=said.get("data_sha256", ""))
    if checked.file is not None:
        console.say(f"cli.report.file_{checked.file.value}")
    if checked.same_now is True:
        console.say("cli.report.same_now", count=checked.later)
    elif checked.same_now is False:
        console.say("cli.report.changed_since", count=checked.later)
