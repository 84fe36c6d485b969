"""Three stations, anything anywhere in any order, syncing whenever: in the end all agree where each kit is.

`TOOLROOM_COURSES` tells how many courses of events are tried (4).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.centre.rooms import KITS, Room, meet, rooms_of
from tests.centre.server import PostgreSql
from tests.faults.sync.conftest import hangar_in
from tests.toolroom.desk import Counts
from tests.toolroom.replay import Replay, as_tables, tables
from toolroom_desktop.domain.cases import CaseKind
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.sync import elsewhere, settle

COURSES = int(os.environ.get("TOOLROOM_COURSES", "4"))
STEPS = 40
BADGES = ("T-1", "T-2", "S-1")
COUNTS: tuple[Counts, ...] = ({}, {}, {}, {("brace", 1): Count.KEPT}, {("pliers", 2): Count.MISSING})


def act(chance: random.Random, rooms: list[Room]) -> str:
    """One thing that happens somewhere; what it was, or why it did not."""
    room, kit = chance.choice(rooms), chance.choice(KITS).number
    what = chance.choice(("take", "take", "bring", "bring", "hand over", "sync", "sync", "time"))
    badge = chance.choice(BADGES)
    try:
        if what == "take":
            room.desk.take(badge, kit)
        elif what == "bring":
            plan = room.desk.plan(badge, OperationType.CHECKIN, kit)
            counts = {place: word for place, word in chance.choice(COUNTS).items() if place[0] in plan.expected}
            counts = {place: word for place, word in counts.items() if place[1] <= plan.expected[place[0]]}
            room.desk.confirm(plan, counts)
        elif what == "hand over":
            plan = room.desk.plan(badge, OperationType.HANDOVER, kit)
            room.desk.confirm(plan, giver=plan.checkout.holder_badge if plan.checkout else "")
        elif what == "sync":
            room.sync()
    except (Refused, BadInput) as refused:
        what = f"{what}: {refused.code}"
    # All clocks go alike: what comes later is later everywhere.
    seconds = chance.choice((1, 60, 3600))
    for each in rooms:
        each.clock.advance(seconds)
    return f"{room.name} {kit} {badge} {what}"


def out_by_all_journals(rooms: list[Room], kit: str) -> set[str]:
    """What is out of a kit by everything that was ever recorded anywhere: handed out, and named by nothing as ended."""
    handed_out: dict[str, bool] = {}
    ended: set[str] = set()
    for room in rooms:
        for entry in room.records.database.read(lambda uow: list(uow.journal.entries())):
            said = entry.payload
            if entry.kind.startswith("operation.") and said["kit"] == kit:
                handed_out[said["operation"]["id"]] = bool(said["operation"]["custody"])
                ended.add(said["operation"]["closes"] or "")
            elif entry.kind == "operation_counted" and said["kit"] == kit:
                handed_out[said["operation"]] = bool(said["custody"])
            elif entry.kind == "checkout_joined" and said["kit"] == kit:
                ended.add(said["checkout"])
    return {name for name, out in handed_out.items() if out} - ended


def agree(rooms: list[Room]) -> None:
    """All say the same, it is what all journals together say, and whatever is out twice has a case."""
    for kit in (kit.number for kit in KITS):
        out = out_by_all_journals(rooms, kit)
        said = {room.name: set(room.out(kit)) for room in rooms}
        assert said == {room.name: out for room in rooms}, kit
        if len(out) > 1:
            for room in rooms:
                if holds(room, kit):
                    assert CaseKind.DOUBLE_ISSUE in known_cases(room, kit), (room.name, kit)
    for room in rooms:

        def look(uow: UnitOfWork) -> tuple[dict[str, Any], dict[str, Any]]:
            return as_tables(Replay().take_in(uow.journal.entries())), tables(uow)

        by_journal, by_tables = room.records.database.read(look)
        by_journal["tools"] = by_tables["tools"]
        assert by_journal == by_tables, room.name


def holds(room: Room, kit: str) -> bool:
    """Whether the kit is out since an operation of this very room."""
    return room.records.database.read(lambda uow: uow.operations.open_checkout(kit)) is not None


def known_cases(room: Room, kit: str) -> list[CaseKind]:
    """The kinds of all cases of a kit that this room had, released or not."""
    return [
        case.kind for case in room.records.database.read(lambda uow: uow.cases.recent(limit=1000)) if case.kit == kit
    ]


def heads(rooms: list[Room]) -> list[int]:
    return [room.records.database.read(lambda uow: uow.journal.head().site_seq) for room in rooms]


@contextmanager
def three_rooms(server: PostgreSql, template: Path, folder: Path) -> Iterator[list[Room]]:
    for hangar in hangar_in(server, template, folder):
        rooms = rooms_of(hangar, folder, "ABC")
        try:
            yield rooms
        finally:
            for room in rooms:
                room.close()


def course(server: PostgreSql, template: Path, folder: Path, seed: int) -> list[str]:
    """One course of events, and after it rounds until all is said; what happened. Raises `AssertionError`."""
    chance = random.Random(seed)
    with three_rooms(server, template, folder) as rooms:
        happened = [act(chance, rooms) for _ in range(STEPS)]
        try:
            meet(rooms, 4)
            agree(rooms)
            before = heads(rooms)
            meet(rooms, 1)
            assert heads(rooms) == before, "when all is said, nothing more is written"
        except AssertionError as error:
            raise AssertionError("\n".join([f"seed {seed}", *happened, str(error)])) from error
    return happened


@pytest.mark.parametrize("seed", range(COURSES))
def test_whatever_happens_all_stations_agree_where_each_kit_is(
    server: PostgreSql, template: Path, tmp_path: Path, seed: int
) -> None:
    happened = course(server, template, tmp_path, seed)
    done = [line for line in happened if ":" not in line and "time" not in line and "sync" not in line]
    assert len(done) >= 5, happened


def _never_ends(*_: object) -> bool:
    return False


def _settles_nothing(self: settle.Settler) -> int:
    del self
    return 0


@pytest.mark.parametrize(
    ("of", "name", "instead"),
    [(elsewhere.TakeCustody, "_end_own", _never_ends), (settle.Settler, "run", _settles_nothing)],
    ids=["without ends from elsewhere", "without settling"],
)
def test_the_trial_finds_stations_that_do_not_agree(
    server: PostgreSql,
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    of: type,
    name: str,
    instead: Callable[..., object],
) -> None:
    monkeypatch.setattr(of, name, instead)
    found = 0
    for seed in range(8):
        try:
            course(server, template, tmp_path / str(seed), seed)
        except AssertionError:
            found += 1
            break
    assert found
