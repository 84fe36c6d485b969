"""`toolroom shift`: where every kit is, and the inventories that begin and end a shift."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from toolroom_desktop.cli.check import PIN_VARIABLE
from toolroom_desktop.cli.console import Console, secret
from toolroom_desktop.cli.parsing import Commands, a_path, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.shifts import Whereabouts, shift_document
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.services.shifts import KitNow, KitWord, StockTake

if TYPE_CHECKING:
    from toolroom_desktop.bootstrap import Records

SECOND_PIN_VARIABLE = "TOOLROOM_SECOND_PIN"
_STANDARD_INPUT = Path("-")
_KEYS = {"kit", "seen", "explanation", "ticked"}
# What `show` says besides; it may stand in a file that comes back, and says nothing there.
_SHOWN = {"title", "recorded", "holder", "holder_badge", "since", "due", "overdue", "case"}


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones."""
    own = Commands(commands.add("shift", "cli.help.shift"))
    showing = own.add("show", "cli.help.shift_show")
    option(showing, "--json", "cli.help.json", action="store_true")
    showing.set_defaults(run=run_show)
    for name, ending in (("start", False), ("end", True)):
        signing = own.add(name, f"cli.help.shift_{name}")
        option(signing, "--badge", "cli.help.shift_badge", required=True, metavar="ID")
        option(signing, "--inventory", "cli.help.shift_inventory", type=a_path, metavar="FILE")
        option(signing, "--second", "cli.help.shift_second", metavar="ID")
        option(signing, "--json", "cli.help.json", action="store_true")
        signing.set_defaults(run=run_sign, ending=ending)


# --- show


def run_show(arguments: argparse.Namespace, station: Station) -> int:
    """Print where every kit is; as JSON in the form that `start` and `end` take."""
    console = station.console
    with station.records(read_only=True) as records:
        take = records.shifts.now()
    if arguments.json:
        console.json(_as_json(take))
        return 0
    if take.running is None:
        console.say("cli.shift.none_runs")
    else:
        console.say("cli.shift.runs", name=take.running.started_by.name, since=take.running.started_at)
    if not take.kits:
        console.say("cli.shift.no_kits")
        return 0
    titles = [console.text(f"cli.column.{name}") for name in ("kit", "toolkit", "whereabouts", "holder", "due")]
    console.table(titles, [_row(now, take.at, console) for now in take.kits])
    return 0


def _row(now: KitNow, at: datetime, console: Console) -> tuple[str, ...]:
    where = console.text(f"cli.whereabouts.{now.recorded.value}")
    due = "" if now.due is None else console.moment(now.due)
    if now.overdue(at):
        due = console.text("cli.shift.overdue", due=due)
    return now.kit.number, now.toolkit.name, f"{where} {now.case}".strip(), now.holder, due


def _as_json(take: StockTake) -> dict[str, Any]:
    return {
        "at": take.at.isoformat(),
        "running": None if take.running is None else shift_document(take.running),
        "kits": [
            {
                "kit": now.kit.number,
                "seen": now.recorded.value,
                "explanation": "",
                "ticked": False,
                "title": now.toolkit.name,
                "recorded": now.recorded.value,
                "holder": now.holder,
                "holder_badge": now.holder_badge,
                "since": None if now.out is None else now.out.since.isoformat(),
                "due": None if now.due is None else now.due.isoformat(),
                "overdue": now.overdue(take.at),
                "case": now.case,
            }
            for now in take.kits
        ],
    }


# --- start and end


def run_sign(arguments: argparse.Namespace, station: Station) -> int:
    """Begin or end a shift; 1 where kits are missing and cases were opened."""
    console = station.console
    words = {} if arguments.inventory is None else read_inventory(arguments.inventory)
    with station.records() as records:
        pin = secret(console, PIN_VARIABLE, "cli.ask_pin")
        person = records.accounts.sign_in(badge=arguments.badge, pin=pin)
        try:
            take = records.shifts.take_stock(badge=person.badge, ending=arguments.ending)
            second = _second(arguments, station, records, take)
            done = records.shifts.record(take, words, second=second)
        finally:
            records.accounts.sign_out(badge=person.badge, reason="asked")
    numbers = [case.number for case in done.cases]
    if arguments.json:
        console.json({"shift": shift_document(done.shift), "cases": numbers})
    else:
        console.say("cli.shift.ended" if arguments.ending else "cli.shift.started", count=len(take.kits))
        for case in done.cases:
            console.say("cli.shift.case", kit=case.kit, number=case.number)
    return 1 if numbers else 0


def _second(arguments: argparse.Namespace, station: Station, records: Records, take: StockTake) -> UUID | None:
    if arguments.second is None:
        return None
    pin = secret(station.console, SECOND_PIN_VARIABLE, "cli.ask_second_pin")
    signature = records.accounts.sign(badge=arguments.second, pin=pin, purpose=Purpose.SHIFT, subject=take.subject)
    return signature.signature_id


def read_inventory(path: Path) -> dict[str, KitWord]:
    """What a JSON file says about kits: a list, or what `shift show --json` prints; "-" is the standard input.

    Raises `BadInput("shift.inventory_unreadable")`, `BadInput("shift.inventory_line")`.
    """
    try:
        said = json.loads(sys.stdin.read() if path == _STANDARD_INPUT else path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BadInput("shift.inventory_unreadable", path=path, reason=error) from error
    lines = said.get("kits") if isinstance(said, Mapping) else said
    if not isinstance(lines, list):
        raise BadInput("shift.inventory_unreadable", path=path, reason='"kits": [...]')
    words: dict[str, KitWord] = {}
    for place, line in enumerate(lines, start=1):
        kit, word = _word(line, place)
        if kit.casefold() in {known.casefold() for known in words}:
            raise BadInput("shift.kit_twice", kit=kit)
        words[kit] = word
    return words


def _word(line: object, place: int) -> tuple[str, KitWord]:
    known = {where.value for where in Whereabouts}
    if not isinstance(line, Mapping) or not isinstance(line.get("kit"), str) or not line["kit"].strip():
        raise BadInput("shift.inventory_line", line=place, reason="kit")
    strange = sorted(set(line) - _KEYS - _SHOWN)
    if strange:
        raise BadInput("shift.inventory_line", line=place, reason=strange[0])
    seen, explanation, ticked = line.get("seen"), line.get("explanation", ""), line.get("ticked", False)
    if seen is not None and seen not in known:
        raise BadInput("shift.inventory_line", line=place, reason=f"seen: {', '.join(sorted(known))}")
    if not isinstance(explanation, str) or not isinstance(ticked, bool):
        raise BadInput("shift.inventory_line", line=place, reason="explanation, ticked")
    return line["kit"].strip(), KitWord(None if seen is None else Whereabouts(seen), explanation, ticked)
