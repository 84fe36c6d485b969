"""`toolroom central`: the centre's database, its sites, and whether everything in it holds."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, Parser, a_count, a_path, argument, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput, CentreProblem

if TYPE_CHECKING:
    from toolroom_desktop.adapters.central.address import ServerAddress
    from toolroom_desktop.adapters.central.administration import NewSite, Quarantined
    from toolroom_desktop.adapters.central.connect import Server

DSN_VARIABLE = "TOOLROOM_CENTRE_DSN"
PASSWORD_VARIABLE = "TOOLROOM_CENTRE_PASSWORD"  # noqa: S105 - the name of a variable
# Every hash of a million entries is computed anew in a minute; whoever waits at the keyboard can end it.
PATIENCE_SECONDS = 3600.0


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones."""
    own = Commands(commands.add("central", "centre.help.central"))
    initialising = one(own, "init")
    initialising.set_defaults(run=run_init)
    adding = one(own, "add-site")
    argument(adding, "name", "centre.help.name")
    _enrolment_options(adding)
    option(adding, "--daily-mb", "centre.help.daily_mb", type=a_count(1_000_000), metavar="N")
    option(adding, "--overview", "centre.help.overview", action="store_true")
    adding.set_defaults(run=run_add_site)
    rotating = one(own, "rotate-password")
    argument(rotating, "name", "centre.help.name")
    _enrolment_options(rotating)
    rotating.set_defaults(run=run_rotate_password)
    removing = one(own, "remove-site")
    argument(removing, "name", "centre.help.name")
    removing.set_defaults(run=run_remove_site)
    for name, run in (("status", run_status), ("verify", run_verify)):
        looking = one(own, name)
        option(looking, "--json", "cli.help.json", action="store_true")
        looking.set_defaults(run=run)
    apart = one(own, "quarantine")
    option(apart, "--all", "centre.help.all", action="store_true")
    option(apart, "--show", "centre.help.show", type=a_count(999_999_999), metavar="N")
    option(apart, "--resolve", "centre.help.resolve", type=a_count(999_999_999), metavar="N")
    option(apart, "--note", "centre.help.note", metavar="TEXT")
    option(apart, "--json", "cli.help.json", action="store_true")
    apart.set_defaults(run=run_quarantine)
    from toolroom_desktop.cli import central_models, central_overview, central_photo, central_reference

    central_photo.add(own)
    central_reference.add(own)
    central_overview.add(own)
    central_models.add(own)


def one(own: Commands, name: str, help_code: str = "") -> Parser:
    """A sub-command that speaks to the centre."""
    parser = own.add(name, help_code or f"centre.help.{name.replace('-', '_')}")
    option(parser, "--dsn", "centre.help.dsn", metavar="DSN")
    return parser


def _enrolment_options(parser: Parser) -> None:
    option(parser, "--out", "centre.help.out", required=True, type=a_path, metavar="FILE")
    option(parser, "--host", "centre.help.host", metavar="NAME")
    option(parser, "--port", "centre.help.port", type=a_count(65535), metavar="N")
    option(parser, "--ca", "centre.help.ca", type=a_path, metavar="FILE")


def _address(arguments: argparse.Namespace, console: Console) -> ServerAddress:
    from toolroom_desktop.adapters.central.dsn import parse_dsn

    text = arguments.dsn or os.environ.get(DSN_VARIABLE)
    if not text:
        raise BadInput("centre.no_dsn", variable=DSN_VARIABLE)
    address = parse_dsn(text, os.environ.get(PASSWORD_VARIABLE, ""))
    if address.password or not address.tls or address.host.startswith("/"):
        return address
    if not sys.stdin.isatty():
        raise BadInput("centre.password_needs_terminal", variable=PASSWORD_VARIABLE)
    return replace(address, password=getpass.getpass(console.text("centre.ask_password", user=address.user)))


# What is said of these to a station leads an administrator nowhere.
_TO_ADMINISTRATORS = {
    "centre.wrong_password": "centre.wrong_admin_password",
    "centre.unknown_authority": "centre.unknown_authority_of_dsn",
    "centre.silent": "centre.silent_to_administrator",
}


@contextmanager
def a_server(arguments: argparse.Namespace, station: Station) -> Iterator[Server]:
    """A connection to the centre that the command names."""
    from toolroom_desktop.adapters.central.connect import connect

    address = _address(arguments, station.console)
    try:
        server = connect(address)
    except CentreProblem as problem:
        code = _TO_ADMINISTRATORS.get(problem.code)
        if code is None:
            raise
        raise CentreProblem(code, **problem.details, user=address.user) from problem
    server.be_patient(PATIENCE_SECONDS)
    try:
        yield server
    finally:
        server.close()


def run_init(arguments: argparse.Namespace, station: Station) -> int:
    """Make a database the centre, or bring it up to date."""
    from toolroom_desktop.adapters.central.setup import initialise

    with a_server(arguments, station) as server:
        done = initialise(server)
        station.console.say(
            "centre.initialised" if done.applied else "centre.was_initialised", database=server.address.database
        )
    if not done.walls:
        station.console.remark("centre.no_superuser")
    return 0


def run_add_site(arguments: argparse.Namespace, station: Station) -> int:
    """Give a station a role of its own and write its enrolment file."""
    from toolroom_desktop.adapters.central.administration import DAILY_BYTES, Administration

    daily = DAILY_BYTES if arguments.daily_mb is None else arguments.daily_mb * 1_000_000
    with a_server(arguments, station) as server:
        target = _reached_by_stations(arguments, server.address)
        _refuse_existing(arguments.out)
        name = arguments.name.strip()
        site = Administration(server).add_site(name, daily_bytes=daily, overview=arguments.overview)
        _hand_out(arguments.out, site, target)
    station.console.say("centre.site_added", site=site.name, path=arguments.out)
    return 0


def run_rotate_password(arguments: argparse.Namespace, station: Station) -> int:
    """Give a site a new password and write a new enrolment file."""
    from toolroom_desktop.adapters.central.administration import Administration

    with a_server(arguments, station) as server:
        target = _reached_by_stations(arguments, server.address)
        _refuse_existing(arguments.out)
        site = Administration(server).rotate_password(arguments.name.strip())
        _hand_out(arguments.out, site, target)
    station.console.say("centre.password_rotated", site=site.name, path=arguments.out)
    if not site.sessions_ended:
        station.console.remark("centre.sessions_go_on", site=site.name)
    return 0


def run_remove_site(arguments: argparse.Namespace, station: Station) -> int:
    """Let a station in no more; what it sent stays."""
    from toolroom_desktop.adapters.central.administration import Administration

    with a_server(arguments, station) as server:
        Administration(server).remove_site(arguments.name.strip())
    station.console.say("centre.site_removed", site=arguments.name.strip())
    return 0


def run_status(arguments: argparse.Namespace, station: Station) -> int:
    """Every site; exit code 1 where something waits in quarantine."""
    from toolroom_desktop.adapters.central.administration import Administration

    console = station.console
    with a_server(arguments, station) as server:
        administration = Administration(server)
        sites, waiting = administration.status(), administration.waiting()
    if arguments.json:
        console.json(
            [
                {
                    "site": site.name,
                    "site_id": site.site_id,
                    "last_seen": site.last_seen.isoformat() if site.last_seen else None,
                    "clock_offset_seconds": site.clock_offset,
                    "app_version": site.app_version,
                    "pending": site.pending,
                    "head": {"seq": site.seq, "hash": site.hash},
                    "quarantined": site.quarantined,
                    "evidence": {"files": site.evidence_files, "bytes": site.evidence_bytes},
                    "removed": site.removed,
                    "overview": site.overview,
                }
                for site in sites
            ]
        )
    elif sites:
        rows = [
            (
                site.name if not site.removed else console.text("centre.removed", site=site.name),
                console.moment(site.last_seen) if site.last_seen else console.text("centre.never"),
                str(site.pending),
                str(site.seq),
                str(site.quarantined),
                str(site.evidence_files),
                f"{site.evidence_bytes / 1e6:.0f}",
                "" if site.clock_offset is None else f"{round(site.clock_offset):+d}",
                site.app_version,
                console.text("centre.yes") if site.overview else "",
            )
            for site in sites
        ]
        titles = ["site", "last_seen", "pending", "entries", "quarantined", "photos", "megabytes", "clock", "version"]
        titles.append("overview")
        console.table([console.text(f"centre.column.{name}") for name in titles], rows)
    else:
        console.say("centre.no_sites")
    if not arguments.json and waiting.proposals:
        console.remark("reference.proposals_wait", count=waiting.proposals)
    if not arguments.json and waiting.underived:
        console.remark("reference.not_derived", count=waiting.underived)
    return 1 if any(site.quarantined for site in sites) else 0


def run_verify(arguments: argparse.Namespace, station: Station) -> int:
    """Recompute every chain; exit code 1 where one does not hold."""
    from toolroom_desktop.adapters.central.administration import Administration

    console = station.console
    with a_server(arguments, station) as server:
        entries, faults = Administration(server).verify()
    if arguments.json:
        console.json(
            {
                "whole": not faults,
                "entries": entries,
                "faults": [{"site": f.site, "site_seq": f.site_seq, "code": f.code} for f in faults],
            }
        )
    else:
        for fault in faults:
            reason = console.text(f"centre.chain.{fault.code}")
            console.say("centre.chain_broken", site=fault.site, entry=fault.site_seq, reason=reason)
        if not faults:
            console.say("centre.chains_whole", entries=entries)
    return 1 if faults else 0


def run_quarantine(arguments: argparse.Namespace, station: Station) -> int:
    """List, show or resolve what was set apart; a list ends with 1 where something waits for a person."""
    from toolroom_desktop.adapters.central.administration import Administration

    console = station.console
    with a_server(arguments, station) as server:
        administration = Administration(server)
        if arguments.resolve is not None:
            if not arguments.note:
                raise BadInput("centre.note_needed")
            administration.resolve(arguments.resolve, arguments.note)
            console.say("centre.resolved", number=arguments.resolve)
            return 0
        found = administration.quarantine(resolved=arguments.all or arguments.show is not None)
    if arguments.show is not None:
        found = [one for one in found if one.number == arguments.show]
        if not found:
            raise BadInput("centre.quarantine_unknown", number=arguments.show)
        console.json(_as_json(found[0]))
        return 0
    if arguments.json:
        console.json([_as_json(one) for one in found])
    elif found:
        rows = [
            (
                str(one.number),
                one.site,
                str(one.site_seq),
                console.moment(one.received_at),
                console.text(f"centre.apart.{one.reason}"),
                one.note or "",
            )
            for one in found
        ]
        titles = ("number", "site", "entry", "received", "reason", "note")
        console.table([console.text(f"centre.column.{name}") for name in titles], rows)
    else:
        console.say("centre.quarantine_empty")
    return 1 if any(one.resolved_at is None for one in found) else 0


def _as_json(one: Quarantined) -> dict[str, object]:
    return {
        "number": one.number,
        "site": one.site,
        "site_seq": one.site_seq,
        "reason": one.reason,
        "in_chain": one.in_chain,
        "received_at": one.received_at.isoformat(),
        "hash": one.hash,
        "content": one.content,
        "resolved_at": one.resolved_at.isoformat() if one.resolved_at else None,
        "note": one.note,
    }


def _reached_by_stations(arguments: argparse.Namespace, own: ServerAddress) -> ServerAddress:
    """Where stations find the centre, which may be elsewhere than where this administrator does."""
    from toolroom_desktop.adapters.central.dsn import read_ca

    host = arguments.host or own.host
    if host.startswith("/"):
        raise BadInput("centre.host_needed")
    return replace(
        own,
        host=host,
        port=arguments.port or own.port,
        ca=read_ca(arguments.ca) if arguments.ca else own.ca,
        tls=own.tls or host not in ("127.0.0.1", "::1", "localhost"),
    )


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise BadInput("enrolment.exists", path=path)


def _hand_out(path: Path, site: NewSite, target: ServerAddress) -> None:
    from toolroom_desktop.adapters.central.enrolment import write_enrolment

    write_enrolment(path, site.name, replace(target, user=site.role, password=site.password))
