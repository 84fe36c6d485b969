"""Operations of all kinds, and what a filter of the history means, written down once more as plain Python."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from toolroom_desktop.adapters.database.columns import folded
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.history_codes import words_of
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.journal import next_entry
from toolroom_desktop.domain.operation import Count, CountedPosition, Operation, OperationType, Photos
from toolroom_desktop.services.history_findings import findings_of
from toolroom_desktop.services.history_rows import Finding, HistoryFilter, Part
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.result_json import operation_json

from .samples import KEY, MORNING, operation

PEOPLE = (("T-1", "Иванов И. И."), ("T-2", "Щёголев П. И."), ("t-3", "Ким С."), ("S-1", "Морозова Е. В."))
KITS = ("K-1", "K-2", "Ящик 7")
TOOLKITS = ("Набор А", "RRJ/737/32S")
CLASSES = ("pliers", "brace", "wrench")
AIRCRAFT = ("", "RA-89001", "RA-89002")
ORDERS = ("", "НЗ-100", "НЗ-101", "WO 7")
MODELS = (("first", "a" * 64), ("second", "b" * 64))
NOTES = ("", "ключ забыт в нише шасси", "🔧 протёрт", '=SUM(1) "quoted" OR x*')


def _states(random: Random) -> list[dict[str, Any]]:
    states = ("present", "present", "present", "missing", "unsure")
    return [
        {"class_name": name, "unit": 1, "state": random.choice(states), "found": True, "confidence": 0.9}
        for name in CLASSES
    ]


def _result(random: Random, positions: list[dict[str, Any]], extras: tuple[str, ...]) -> dict[str, Any]:
    """So long that the journal packs it."""
    return {
        "positions": positions,
        "extra_tools": list(extras),
        "frames": random.choice((0, 5, 5, 5)),
        "toolkit": "RRJ/737/32S",
        "padding": "x" * 900,
    }


def any_operation(random: Random, seq: int, site_id: str) -> Operation:
    """One with any of everything. Its clock is sometimes wrong by days."""
    at = MORNING + timedelta(hours=5 * seq) + timedelta(days=random.choice((0, 0, 0, 0, -3, 2)))
    positions = _states(random)
    extras = random.choice(((), (), (), ("wrench",)))
    clean = all(position["state"] == "present" for position in positions) and not extras
    counted: tuple[CountedPosition, ...] = ()
    if random.random() < (0.1 if clean else 0.7):
        counted = tuple(
            CountedPosition(
                name,
                1,
                random.choice((Count.FOUND, Count.FOUND, *Count)),
                by_hand=True,
                marking=random.choice(("", "", f"М-{random.randrange(3)}")),
            )
            for name in CLASSES
        )
    doer, giver, witness, holder = (random.choice(PEOPLE) for _ in range(4))
    model = random.choice(MODELS)
    took = timedelta(milliseconds=random.randrange(0, 9_000))
    status = Status.SUCCESS if clean else random.choice((Status.DISCREPANCY, Status.MANUAL_CHECK))
    return replace(
        operation(seq, random.choice(list(OperationType)), kit=random.choice(KITS), badge=doer[0], site_id=site_id),
        operation_id=uuid7(),
        toolkit=random.choice(TOOLKITS),
        person_name=doer[1],
        started_at=at - took,
        finished_at=at,
        status=status,
        final_status=Status.SUCCESS if clean and not counted else random.choice(list(Status)),
        result=_result(random, positions, extras),
        counted=counted,
        photos=Photos("", ""),
        model_name=model[0],
        model_sha256=model[1],
        note=random.choice(NOTES),
        giver_badge=random.choice(("", giver[0])),
        giver_name=giver[1],
        witness_badge=random.choice(("", witness[0])),
        witness_name=witness[1],
        work_order=random.choice(ORDERS),
        aircraft=random.choice(AIRCRAFT),
        custody={},
        holder_badge=random.choice(("", holder[0])),
        holder_name=holder[1],
        overrides=random.choice(((), (), ({"badge": "L-1"},))),
        cases=random.choice(((), (), (f"C2026-{random.randrange(5):04d}",))),
        closes=None,
    )


def write(work: UnitOfWork, made: Operation) -> None:
    """Record it as the services do."""
    entry = next_entry(
        work.journal.head(),
        op_id=made.operation_id,
        site_id=work.site_id,
        wall_at=made.finished_at,
        kind=f"operation.{made.type.value}",
        payload=operation_json(made),
        key=KEY,
        model_sha256=made.model_sha256,
    )
    work.journal.append(entry)
    work.operations.add(made)


def recorded(database: SqliteDatabase, seed: int, count: int) -> list[Operation]:
    """So many of them, the oldest first."""
    random = Random(seed)

    def fill(work: UnitOfWork) -> list[Operation]:
        first = work.journal.head().site_seq + 1
        every = [any_operation(random, seq, work.site_id) for seq in range(first, first + count)]
        for made in every:
            write(work, made)
        return every

    return database.write(fill)


def any_filter(random: Random) -> HistoryFilter:
    """A few of all conditions together, now and then one that nothing fits."""
    since = MORNING + timedelta(hours=random.randrange(0, 400))
    chosen: dict[str, Any] = {
        "since": since,
        "before": since + timedelta(hours=random.randrange(1, 300)),
        "person": random.choice([*(badge for badge, _ in PEOPLE), *(name for _, name in PEOPLE), "T-9"]),
        "parts": frozenset(random.sample(list(Part), random.randrange(3))),
        "kit": random.choice([*KITS, "k-1", "ящик 7", "K-9"]),
        "toolkit": random.choice(TOOLKITS),
        "tool_class": random.choice(CLASSES),
        "marking": random.choice(("м-1", "М-2", "М-9")),
        "findings": frozenset(random.sample(list(Finding), random.randrange(1, 4))),
        "aircraft": random.choice(AIRCRAFT),
        "work_order": random.choice([*ORDERS, "нз-100"]),
        "types": frozenset(random.sample(list(OperationType), random.randrange(1, 4))),
        "statuses": frozenset(random.sample(list(Status), random.randrange(1, 3))),
        "final_statuses": frozenset(random.sample(list(Status), random.randrange(1, 3))),
        "with_case": random.random() < 0.5,
        "count_owed": random.random() < 0.5,
        "counted": random.random() < 0.5,
        "overridden": random.random() < 0.5,
        "first_pass": random.random() < 0.5,
        "model": random.choice((*(model for both in MODELS for model in both), "third")),
        "text": random.choice(
            ("иванов", "ЩЕГОЛ", "нз 10", "C2026 0001", "шасси", "🔧", "и", "м", "k 1", "or x", "ra*")
        ),
    }
    names = random.sample(sorted(chosen), random.choice((0, 1, 1, 2, 2, 3, 4, 6)))
    return HistoryFilter(**{name: chosen[name] for name in names})


def fits(made: Operation, wanted: HistoryFilter) -> bool:
    """Whether the filter means that operation."""
    return all(
        (
            wanted.since is None or made.finished_at >= wanted.since,
            wanted.before is None or made.finished_at < wanted.before,
            _person(made, wanted),
            _same(wanted.kit, made.kit),
            _same(wanted.toolkit, made.toolkit),
            _same(wanted.aircraft, made.aircraft),
            _same(wanted.work_order, made.work_order),
            _found(made, wanted),
            not wanted.types or made.type in wanted.types,
            not wanted.statuses or made.status in wanted.statuses,
            not wanted.final_statuses or made.final_status in wanted.final_statuses,
            wanted.with_case in (None, bool(made.cases)),
            wanted.count_owed in (None, made.count_owed),
            wanted.counted in (None, bool(made.counted)),
            wanted.overridden in (None, bool(made.overrides)),
            wanted.first_pass in (None, made.status is Status.SUCCESS and not made.counted),
            not wanted.model or wanted.model in (made.model_name, made.model_sha256),
            not wanted.text.strip() or _text(made, wanted.text),
        )
    )


def _same(wanted: str, said: str) -> bool:
    return not wanted or folded(wanted) == folded(said)


def parts_of(made: Operation) -> list[tuple[Part, str, str]]:
    """Who took part, as (part, badge, name)."""
    every = (
        (Part.DID, made.person_badge, made.person_name),
        (Part.GAVE, made.giver_badge, made.giver_name),
        (Part.WITNESSED, made.witness_badge, made.witness_name),
        (Part.HOLDS, made.holder_badge, made.holder_name),
    )
    return [said for said in every if said[1]]


def _person(made: Operation, wanted: HistoryFilter) -> bool:
    key = folded(wanted.person)
    return not key or any(
        key in (folded(badge), folded(name)) and (not wanted.parts or part in wanted.parts)
        for part, badge, name in parts_of(made)
    )


def _found(made: Operation, wanted: HistoryFilter) -> bool:
    if not (wanted.tool_class or wanted.marking or wanted.findings):
        return True
    return any(
        _same(wanted.tool_class, said.tool_class)
        and _same(wanted.marking, said.marking)
        and (not wanted.findings or said.finding in wanted.findings)
        for said in findings_of(made)
    )


def _text(made: Operation, text: str) -> bool:
    people = [word for _, badge, name in parts_of(made) for word in (badge, name)]
    # A name is kept even where nobody of that badge took part.
    people += [made.giver_name, made.witness_name, made.holder_name]
    markings = [said.marking for said in findings_of(made)]
    said = (made.kit, made.toolkit, *people, made.aircraft, made.work_order, made.note, *made.cases, *markings)
    words = words_of(" ".join(said))
    asked = words_of(text)
    return bool(asked) and all(
        any(word == want if len(want) < 2 else word.startswith(want) for word in words) for want in asked
    )
