"""`toolroom cases`: lost-tool cases, their course, and the commands that move them on."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from toolroom_desktop.cli.check import PIN_VARIABLE
from toolroom_desktop.cli.console import Console, secret
from toolroom_desktop.cli.parsing import Commands, Parser, a_count, a_path, argument, one_of, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.cases import Case, Outcome
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.services import case_words as words
from toolroom_desktop.services.case_json import case_json
from toolroom_desktop.services.case_opening import MissingReport
from toolroom_desktop.services.case_report import data_sha256
from toolroom_desktop.services.cases import CaseRow, Cases, tool_name
from toolroom_desktop.services.vision_ports import Picture

if TYPE_CHECKING:
    from toolroom_desktop.bootstrap import Records

MOST = 100_000
_Step = Callable[[Cases, argparse.Namespace, Picture | None], Case]


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones."""
    own = Commands(commands.add("cases", "cli.help.cases"))
    listing = own.add("list", "cli.help.cases_list")
    option(listing, "--all", "cli.help.cases_all", action="store_true")
    option(listing, "--limit", "cli.help.limit", type=a_count(MOST), default=200, metavar="N")
    option(listing, "--json", "cli.help.json", action="store_true")
    listing.set_defaults(run=run_list)
    showing = own.add("show", "cli.help.cases_show")
    argument(showing, "number", "cli.help.case_number")
    option(showing, "--json", "cli.help.json", action="store_true")
    showing.set_defaults(run=run_show)
    opening = own.add("open", "cli.help.cases_open")
    option(opening, "--kit", "cli.help.case_kit", required=True, metavar="NUMBER")
    option(opening, "--tool", "cli.help.case_tool", default="", metavar="CLASS")
    option(opening, "--place-in-kit", "cli.help.case_unit", type=a_count(MOST), default=0, metavar="N")
    option(opening, "--piece", "cli.help.case_piece", action="store_true")
    _said(opening, "cli.help.case_happened", required=True)
    option(opening, "--place", "cli.help.case_last_seen", default="", metavar="TEXT")
    option(opening, "--aircraft", "cli.help.case_aircraft", default="", metavar="TEXT")
    option(opening, "--work-order", "cli.help.case_work_order", default="", metavar="TEXT")
    _acting(opening, _open, photo=True)
    searching = _moving(own, "search", "cli.help.cases_search")
    option(searching, "--place", "cli.help.case_place", required=True, metavar="TEXT")
    _said(searching, "cli.help.case_text")
    _acting(searching, _search, photo=True)
    noting = _moving(own, "note", "cli.help.cases_note")
    _said(noting, "cli.help.case_text", required=True)
    _acting(noting, _note, photo=True)
    concluding = _moving(own, "conclude", "cli.help.cases_conclude")
    option(
        concluding,
        "--outcome",
        "cli.help.case_outcome",
        required=True,
        type=one_of(Outcome),
        metavar="|".join(Outcome),
    )
    option(concluding, "--place", "cli.help.case_found_at", default="", metavar="TEXT")
    _said(concluding, "cli.help.case_text")
    _acting(concluding, _conclude, photo=True)
    releasing = _moving(own, "release", "cli.help.cases_release")
    option(releasing, "--statement", "cli.help.case_statement", required=True, metavar="TEXT")
    _acting(releasing, _release, photo=False)
    reopening = _moving(own, "reopen", "cli.help.cases_reopen")
    _said(reopening, "cli.help.case_reason", required=True)
    _acting(reopening, _reopen, photo=False)
    reporting = _moving(own, "report", "cli.help.cases_report")
    option(reporting, "--out", "cli.help.case_out", required=True, type=a_path, metavar="FILE")
    option(reporting, "--overwrite", "backup.help.overwrite", action="store_true")
    option(reporting, "--badge", "cli.help.case_badge", required=True, metavar="ID")
    reporting.set_defaults(run=run_report)


def _moving(own: Commands, name: str, help_code: str) -> Parser:
    parser = own.add(name, help_code)
    argument(parser, "number", "cli.help.case_number")
    return parser


def _said(parser: Parser, help_code: str, *, required: bool = False) -> None:
    option(parser, "--text", help_code, required=required, default="", metavar="TEXT")


def _acting(parser: Parser, step: _Step, *, photo: bool) -> None:
    if photo:
        option(parser, "--photo", "cli.help.case_photo", type=a_path, metavar="FILE")
    option(parser, "--badge", "cli.help.case_badge", required=True, metavar="ID")
    option(parser, "--json", "cli.help.json", action="store_true")
    parser.set_defaults(run=run_step, step=step, photo=None)


# --- looking


def run_list(arguments: argparse.Namespace, station: Station) -> int:
    """Print the open cases, those that are overdue first, with --all the released ones too; 1 where one is overdue."""
    console = station.console
    with station.records(read_only=True) as records:
        cases = _at_its_times(records, station)
        rows = cases.recent(limit=arguments.limit) if arguments.all else cases.open()
        toolkits = {toolkit.name: toolkit for toolkit in records.catalogue.toolkits()}
    if arguments.json:
        console.json([_row_json(row) for row in rows])
    elif not rows:
        console.say("cli.cases.none")
    else:
        titles = [console.text(f"cli.column.{name}") for name in ("lost_tool_case", "what", "found_out", "due", "next")]
        lines = []
        for row in rows:
            name = tool_name(row.case, toolkits.get(row.case.toolkit), console.language)
            due = "" if row.due_at is None else console.moment(row.due_at)
            lines.append(
                (
                    row.case.number,
                    words.what_is_missing(row.case, name, console.text),
                    console.moment(row.case.opened_at),
                    console.text("cli.cases.overdue", due=due) if row.overdue else due,
                    words.next_step(row.case, console.text),
                )
            )
        console.table(titles, lines)
    return 1 if any(row.overdue for row in rows) else 0


def run_show(arguments: argparse.Namespace, station: Station) -> int:
    """Print one case with its whole course."""
    console = station.console
    with station.records(read_only=True) as records:
        course = _at_its_times(records, station).course(arguments.number)
    if arguments.json:
        row = CaseRow(course.case, course.due_at, course.overdue)
        console.json({**_row_json(row), "data_sha256": data_sha256(course.case)})
        return 0
    _print(console, course.case, course.name(console.language))
    return 0


def _at_its_times(records: Records, station: Station) -> Cases:
    return replace(records.cases, times=station.settings().station_procedures().case_times)


def _row_json(row: CaseRow) -> dict[str, object]:
    return {
        **case_json(row.case),
        "next": row.case.next_step.value,
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "overdue": row.overdue,
    }


def _print(console: Console, case: Case, name: str) -> None:
    say = console.text
    console.line(f"{case.number}  {words.what_is_missing(case, name, say)}")
    console.line(f"{words.where_it_stands(case, say)} {words.next_step(case, say)}")
    for fact, value in (
        ("holder", f"{case.holder_name} ({case.holder_badge})" if case.holder_badge else ""),
        ("aircraft", case.aircraft),
        ("work_order", case.work_order),
    ):
        if value:
            console.line(f"{say(f'document.case.fact.{fact}')}: {value}")
    console.line()
    for event in case.events:
        console.line(f"{console.moment(event.at)}  {words.title_of(event, say)}  ({words.who(event, say)})")
        for line in words.text_of(event, say).splitlines():
            console.line(f"    {line}")


# --- acting


def _open(cases: Cases, told: argparse.Namespace, photo: Picture | None) -> Case:
    report = MissingReport(
        kit=told.kit,
        tool_class=told.tool,
        unit=told.place_in_kit,
        piece=told.piece,
        text=told.text,
        place=told.place,
        aircraft=told.aircraft,
        work_order=told.work_order,
        photo=photo,
    )
    return cases.open_by_hand(badge=told.badge, report=report)


def _search(cases: Cases, told: argparse.Namespace, photo: Picture | None) -> Case:
    return cases.search(badge=told.badge, number=told.number, place=told.place, text=told.text, photo=photo)


def _note(cases: Cases, told: argparse.Namespace, photo: Picture | None) -> Case:
    return cases.note(badge=told.badge, number=told.number, text=told.text, photo=photo)


def _conclude(cases: Cases, told: argparse.Namespace, photo: Picture | None) -> Case:
    return cases.conclude(
        badge=told.badge, number=told.number, outcome=told.outcome, place=told.place, text=told.text, photo=photo
    )


def _release(cases: Cases, told: argparse.Namespace, _photo: Picture | None) -> Case:
    return cases.release(badge=told.badge, number=told.number, statement=told.statement)


def _reopen(cases: Cases, told: argparse.Namespace, _photo: Picture | None) -> Case:
    return cases.reopen(badge=told.badge, number=told.number, text=told.text)


def run_step(arguments: argparse.Namespace, station: Station) -> int:
    """Sign in, move the case on, and print where it stands."""
    console = station.console
    photo = _photo(arguments)
    with station.records() as records, _signed_in(records, console, arguments.badge):
        case = arguments.step(records.cases, arguments, photo)
        course = records.cases.course(case.number)
    if arguments.json:
        console.json(_row_json(CaseRow(course.case, course.due_at, course.overdue)))
    else:
        _print(console, case, course.name(console.language))
    return 0


def run_report(arguments: argparse.Namespace, station: Station) -> int:
    """Write the report of a case as PDF."""
    # Here and not above: it brings Qt, which no other command needs.
    from toolroom_desktop.printing.files import write_whole

    console = station.console
    if arguments.out.exists() and not arguments.overwrite:
        raise BadInput("document.there_already", path=arguments.out)
    with station.records() as records, _signed_in(records, console, arguments.badge) as badge:
        made = records.case_reports.report(
            badge=badge, number=arguments.number, language=console.language, say=console.text
        )
    write_whole(arguments.out, made.pdf, overwrite=arguments.overwrite)
    console.say("cli.cases.report_written", path=arguments.out, id=made.report_id, sha256=made.data_sha256)
    return 0


def _photo(arguments: argparse.Namespace) -> Picture | None:
    if arguments.photo is None:
        return None
    from toolroom_desktop.adapters.vision.photos import FilePhotoReader

    return FilePhotoReader().read(arguments.photo)


@contextmanager
def _signed_in(records: Records, console: Console, badge: str) -> Iterator[str]:
    """Somebody acts in their own name, by badge and PIN; yields the badge as it is recorded."""
    pin = secret(console, PIN_VARIABLE, "cli.ask_pin")
    person = records.accounts.sign_in(badge=badge, pin=pin)
    try:
        if person.must_change_pin:
            raise Refused("people.pin_must_change", name=person.name)
        yield person.badge
    finally:
        records.accounts.sign_out(badge=person.badge, reason="asked")
