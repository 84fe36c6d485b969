"""What happens in a toolroom day by day: kits go out and come back, tools break, get lost, are found and swapped."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from tests.toolroom.desk import Counts, Desk, Word
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.cases import Outcome
from toolroom_desktop.domain.custody import Asked, BlockReason, Procedures
from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.ports import Database
from toolroom_desktop.services.shifts import KitWord
from toolroom_desktop.services.tool_input import ToolData
from toolroom_desktop.services.vision_ports import EvidencePainter, Picture

PIN = "135790"
"""Everybody's."""
PROCEDURES = Procedures(work_order=Asked.REQUIRED, aircraft=Asked.REQUIRED, expected_return=Asked.REQUIRED)
_OPENS, _CLOSES = 7, 19  # hours, at the station
_OFFSET = timedelta(hours=3)  # of the station from UTC, as the tests' clock says
_AIRCRAFT = tuple(f"RA-{number}" for number in range(89001, 89041))
_REASONS = ("вылет через час", "замены на складе нет, инструмент не нужен для этой работы", "решение начальника смены")
_PLACES = ("кабина", "ниша шасси", "мотогондола", "багажный отсек", "верстак на посту 4")
# Shares of returns at which something is amiss.
_DAMAGED, _MISSING, _PIECE, _KEPT, _BY_ANOTHER, _HANDED_OVER = 0.006, 0.004, 0.001, 0.02, 0.05, 0.03

Act = Callable[["Desks"], None]


class HandsOfTime:
    """The clock of the year: it shows what it was set to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def local_offset_minutes(self, at: datetime) -> int:
        return int(_OFFSET.total_seconds()) // 60

    def monotonic(self) -> float:
        return self.at.timestamp()


@dataclass(frozen=True, slots=True)
class Desks:
    """The services of one day, all in its transaction."""

    records: Records
    desk: Desk

    @classmethod
    def of(cls, records: Records, database: Database, painter: EvidencePainter, picture: Picture) -> Desks:
        """The services of a station, over another way to its records and with one picture for all."""
        operations = replace(records.operations, database=database, painter=painter, procedures=PROCEDURES, review=None)
        accounts = replace(records.accounts, database=database)
        within = replace(
            records,
            operations=operations,
            accounts=accounts,
            cases=replace(records.cases, database=database, painter=painter),
            tools=replace(records.tools, database=database, painter=painter),
            shifts=replace(records.shifts, database=database),
        )

        def sign(badge: str, purpose: Purpose, subject: str) -> UUID:
            return accounts.sign(badge=badge, pin=PIN, purpose=purpose, subject=subject).signature_id

        return cls(within, Desk(operations, sign, picture))


@dataclass
class Year:
    """What is going on, beside the records. `happened` counts what was done."""

    random: Random
    clock: HandsOfTime
    people: list[Person]
    kits: list[str]
    per_day: float
    happened: Counter[str] = field(default_factory=Counter)
    _later: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _order: int = 0

    def __post_init__(self) -> None:
        self._of = {role: [p.badge for p in self.people if p.role is role] for role in Role}
        self._in = set(self.kits)

    # --- one day

    def day(self, day: date, desks: Desks) -> None:
        """Everything of that day, in the order of time."""
        opens = datetime.combine(day, time(_OPENS), UTC) - _OFFSET
        closes = opens + timedelta(hours=_CLOSES - _OPENS)
        busy = 0.45 if day.weekday() >= 5 else 1.22  # a week comes to seven times one
        issues = self._poisson(self.per_day / 2 * busy)
        for _ in range(issues):
            self._at(opens + timedelta(hours=11.5 * self.random.random() ** 1.4), self._take)
        keeper = self._one(Role.STOREKEEPER)
        self._stock(opens, keeper, desks)
        while self._later and self._later[0][0] < closes:
            at, _, act = heapq.heappop(self._later)
            # What was due at night is done in the morning.
            self.clock.at = max(at, self.clock.at + timedelta(seconds=20))
            try:
                act(desks)
            except (Refused, BadInput) as refusal:
                self.happened[f"refused {refusal.code}"] += 1
        self._stock(closes, keeper, desks)

    def _at(self, at: datetime, act: Act) -> None:
        self._order += 1
        heapq.heappush(self._later, (at, self._order, act))

    def _in_hours(self, least: float, most: float, act: Act) -> None:
        self._at(self.clock.at + timedelta(hours=self.random.uniform(least, most)), act)

    def _poisson(self, mean: float) -> int:
        limit, product, count = math.exp(-mean), self.random.random(), 0
        while product > limit:
            product *= self.random.random()
            count += 1
        return count

    def _one(self, role: Role, *, but: str = "") -> str:
        return self.random.choice([badge for badge in self._of[role] if badge != but] or self._of[role])

    def _stock(self, at: datetime, keeper: str, desks: Desks) -> None:
        self.clock.at = max(at, self.clock.at + timedelta(seconds=20))
        take = desks.records.shifts.take_stock(badge=keeper)
        now = self.clock.at
        open_kits = {line.kit for line in take.lines({}) if line.question(now, ending=take.ending)}
        words = {
            known.kit.number: KitWord(explanation="работы на борту продолжаются, продлено")
            for known in take.kits
            if known.kit.number in open_kits
        }
        desks.records.shifts.record(take, words)
        self.happened["stock"] += 1

    # --- kits

    def _take(self, desks: Desks) -> None:
        if not self._in:
            return
        kit, who = self.random.choice(sorted(self._in)), self._one(Role.TECHNICIAN)
        plan = desks.desk.plan(who, OperationType.CHECKOUT, kit)
        words: tuple[Word, ...] = ()
        if plan.blocks:
            if any(block.reason is BlockReason.CASE_OPEN for block in plan.blocks) or self.random.random() < 0.6:
                desks.records.operations.turn_back(plan)
                self.happened["turned back"] += 1
                self._put_right(desks, kit)
                return
            words = (Word(self._one(Role.SHIFT_LEAD), reason=self.random.choice(_REASONS)),)
        hours = min(60.0, self.random.lognormvariate(1.4, 0.7))
        out = desks.desk.confirm(
            plan,
            words=words,
            work_order=f"НЗ-{self.random.randrange(10_000, 99_999)}",
            aircraft=self.random.choice(_AIRCRAFT),
            expected_return=self.clock.at + timedelta(hours=max(1, round(hours))),
        )
        self.happened["checkout"] += 1
        self._in.discard(kit)
        late = self.random.uniform(0.4, 1.0) if self.random.random() < 0.9 else self.random.uniform(1.0, 3.0)
        if self.random.random() < _HANDED_OVER:
            self._in_hours(0.3, hours * late, lambda later: self._hand_over(later, kit))
        self._at(self.clock.at + timedelta(hours=hours * late), lambda later: self._bring(later, out.kit))

    def _hand_over(self, desks: Desks, kit: str) -> None:
        held = self._held(desks, kit)
        if held is not None:
            to = self._one(Role.TECHNICIAN, but=held.holder_badge)
            plan = desks.desk.plan(to, OperationType.HANDOVER, kit)
            desks.desk.confirm(plan, giver=held.holder_badge)
            self.happened["handover"] += 1

    def _held(self, desks: Desks, kit: str) -> Operation | None:
        return desks.records.operations.database.read(lambda uow: uow.operations.open_checkout(kit))

    def _bring(self, desks: Desks, kit: str) -> None:
        held = self._held(desks, kit)
        if held is None:
            return
        another = self.random.random() < _BY_ANOTHER
        who = self._one(Role.TECHNICIAN) if another else held.holder_badge
        plan = desks.desk.plan(who, OperationType.CHECKIN, kit)
        counts = self._amiss([(name, unit) for name, n in plan.expected.items() for unit in range(1, n + 1)])
        back = desks.desk.confirm(plan, counts)
        self.happened["checkin"] += 1
        for count in counts.values():
            self.happened[count.value] += 1
        if back.custody:
            self._in_hours(0.5, 20, lambda later: self._bring(later, kit))
            return
        self._in.add(kit)
        for number in back.cases:
            self._case(number, held)
        if any(count is Count.DAMAGED for count in counts.values()):
            self._in_hours(1, 24, lambda later: self._put_right(later, kit))

    def _amiss(self, places: list[tuple[str, int]]) -> Counts:
        chance = self.random.random()
        kinds = (
            (Count.DAMAGED, _DAMAGED),
            (Count.MISSING, _MISSING),
            (Count.PIECE_MISSING, _PIECE),
            (Count.KEPT, _KEPT),
        )
        for count, share in kinds:
            if chance < share:
                return {self.random.choice(places): count}
            chance -= share
        return {}

    # --- cases and tools

    def _case(self, number: str, held: Operation) -> None:
        first, second = held.holder_badge, self._one(Role.STOREKEEPER)
        found = self.random.random() < 0.8
        places = self.random.sample(_PLACES, 2)

        def search(badge: str, place: str) -> Act:
            return lambda desks: self._note(
                "search", desks.records.cases.search(badge=badge, number=number, place=place)
            )

        def conclude(desks: Desks) -> None:
            outcome = Outcome.FOUND if found else Outcome.LOST
            place = places[1] if found else ""
            desks.records.cases.conclude(badge=second, number=number, outcome=outcome, place=place)
            self.happened[outcome.value] += 1

        def release(desks: Desks) -> None:
            said = (
                "Инструмент найден, на борту ничего не осталось." if found else "Борт осмотрен дважды, инструмента нет."
            )
            badge = self._one(Role.QUALITY)
            case = desks.records.cases.release(badge=badge, number=number, statement=said)
            self.happened["released"] += 1
            self._in_hours(1, 48, lambda later: self._put_right(later, case.kit))

        self._in_hours(0.2, 0.8, search(first, places[0]))
        self._in_hours(1, 5, search(second, places[1]))
        self._in_hours(6, 12, conclude)
        self._in_hours(20, 70, release)

    def _note(self, what: str, _: object) -> None:
        self.happened[what] += 1

    def _put_right(self, desks: Desks, kit: str) -> None:
        """Whatever keeps the kit in and can be mended is mended: calibrations renewed, tools repaired or swapped."""
        if kit not in self._in:
            return
        today, keeper = (self.clock.at + _OFFSET).date(), self._one(Role.STOREKEEPER)
        register = desks.records.tools
        for place in register.in_kit(kit).places:
            tool = place.tool
            if tool is None:
                continue
            if tool.state is ToolState.SERVICEABLE and tool.calibration_expired(today + timedelta(days=3)):
                data = replace(ToolData.of(tool), calibration_due=today + timedelta(days=365))
                register.change(tool.tool_id, data, reason="поверка", actor_badge=keeper)
                self.happened["calibrated"] += 1
            elif tool.state is ToolState.UNSERVICEABLE:
                register.set_state(tool.tool_id, ToolState.IN_REPAIR, reason="в ремонт", actor_badge=keeper)
                self.happened["to repair"] += 1
                self._in_hours(24, 200, lambda later: self._put_right(later, kit))
            elif tool.state is ToolState.IN_REPAIR and self.random.random() < 0.7:
                register.set_state(tool.tool_id, ToolState.SERVICEABLE, reason="отремонтирован", actor_badge=keeper)
                self.happened["repaired"] += 1
            elif tool.state in (ToolState.IN_REPAIR, ToolState.LOST):
                due = None if tool.calibration_due is None else today + timedelta(days=365)
                new = Tool(tool.tool_class, part_number=tool.part_number, marking="", calibration_due=due)
                register.swap(tool.tool_id, new, reason="замена", actor_badge=keeper)
                self.happened["swapped"] += 1
