"""Any course of events at one station, for Hypothesis to choose, and what must hold after each of its steps.

`TOOLROOM_COURSES` tells how many courses of events are tried (25), `TOOLROOM_STEPS` how long they are (30). With
`TOOLROOM_SHRINK` set, a course that breaks a rule is made as short as possible, which takes minutes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.fakes import HandClock
from tests.toolroom.desk import Word, desk_of, look, whole_count
from tests.toolroom.replay import Replay, account_for, as_tables, tables
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.cases import Outcome
from toolroom_desktop.domain.custody import Override, Procedures, WitnessFor
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.journal import GENESIS, JournalEntry
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.shifts import Whereabouts
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.case_opening import MissingReport
from toolroom_desktop.services.cases import Cases
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.operation_input import Confirmation, Plan
from toolroom_desktop.services.recording import JOURNAL_KEY
from toolroom_desktop.services.shifts import KitWord, Shifts
from toolroom_desktop.services.tools import ToolRegister

T = TypeVar("T")
COURSES = int(os.environ.get("TOOLROOM_COURSES", "25"))
STEPS = int(os.environ.get("TOOLROOM_STEPS", "30"))

PIN = "135790"
PEOPLE = (
    Person("T-1", "Иванов И. И.", Role.TECHNICIAN),
    Person("T-2", "Петров П. П.", Role.TECHNICIAN),
    Person("S-1", "Морозова Е. В.", Role.STOREKEEPER),
    Person("L-1", "Смирнова А. В.", Role.SHIFT_LEAD),
    Person("Q-1", "Ким С.", Role.QUALITY),
    Person("A-1", "Титов М. О.", Role.ADMINISTRATOR),
)
TOOLKIT = Toolkit("T", (Position("pliers", 2), Position("brace"), Position("wrench")))
PLACES = [(name, unit) for name, quantity in TOOLKIT.expected.items() for unit in range(1, quantity + 1)]
KITS = ("K-1", "K-2", "K-3")
WRITTEN_DOWN = ("K-1", "K-2")
"""Of the last kit nobody wrote the tools down."""

# Mostly who may and what is possible, so that much happens; the others must be refused.
badges = st.sampled_from([person.badge for person in PEOPLE])
workers = st.sampled_from(["T-1", "T-1", "T-2", "T-2", "S-1", "L-1"])
keepers = st.sampled_from(["S-1", "S-1", "L-1", "L-1", "T-1", "A-1"])
givers = st.sampled_from(["S-1", "S-1", "S-1", "L-1", ""])
quality = st.sampled_from(["Q-1", "Q-1", "Q-1", "L-1", "A-1"])
kits = st.sampled_from(KITS)
some_counts = st.dictionaries(st.sampled_from(PLACES), st.sampled_from(Count), min_size=1, max_size=3)
counts = st.one_of(st.just({}), st.just({}), some_counts)
"""Mostly nothing to say; otherwise a word on some tools, all others found."""
_LEAD, _QUALITY = Word("L-1"), Word("Q-1", Purpose.OVERRIDE_CASE)
words = st.sampled_from(
    [
        (),
        (),
        (_LEAD,),
        (_QUALITY,),
        (_LEAD, _QUALITY),
        (_LEAD, _QUALITY),
        (Word("S-1"),),
        (Word("L-1", _QUALITY.purpose),),
    ]
)
places = st.integers(0, 11)
"""Which of the tools or cases there are, as far as there are so many."""


@cache
def template() -> Path:
    """A station as every course finds it; copying it is much quicker than making it."""
    folder = Path(tempfile.mkdtemp()) / "station"
    records = open_records(folder, create=True, clock=HandClock(), pin_cost=FAST)
    try:
        for person in PEOPLE:
            records.accounts.add_person(
                badge=person.badge, name=person.name, role=person.role, pin=PIN, actor_badge=None
            )
        records.catalogue.take_in([TOOLKIT], [Kit(kit, "T") for kit in KITS], actor_badge=None)
        tools = register(records)
        due = (records.clock.now() + timedelta(days=3)).date()
        for kit in WRITTEN_DOWN:
            for name, unit in PLACES:
                calibrated = due if name == "wrench" else None
                tool = Tool(name, kit=kit, unit=unit, marking=f"{kit} {name} {unit}", calibration_due=calibrated)
                tools.add(tool, actor_badge=None)
        tools.add(Tool("pliers", marking="spare pliers"), actor_badge=None)
    finally:
        records.close()
    return folder


def register(records: Records) -> ToolRegister:
    operations = records.operations
    return ToolRegister(records.database, records.evidence, operations.painter, records.recorder, records.clock)


class AnyCourse(RuleBasedStateMachine):
    """People at one station. What they may not do is refused; after each step everything must add up."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(template(), self.folder / "station")
        self.clock = HandClock()
        self.records = open_records(self.folder / "station", clock=self.clock, pin_cost=FAST)
        self.desk = desk_of(self.records, PIN)
        self.tools = register(self.records)
        operations = self.records.operations
        self.cases = Cases(
            self.records.database, self.records.evidence, operations.painter, self.records.recorder, self.clock
        )
        self.shifts = Shifts(self.records.database, self.records.recorder, self.clock)
        self.begun: list[Plan] = []
        self.recorded: list[Plan] = []
        self.uncounted: list[uuid.UUID] = []
        self.replay = Replay()
        self.hashes: list[str] = []

    def teardown(self) -> None:
        self.records.close()
        shutil.rmtree(self.folder)

    @initialize(giver=st.booleans(), witness=st.sampled_from(WitnessFor))
    def set_up(self, giver: bool, witness: WitnessFor) -> None:
        procedures = Procedures(giver_signs=giver, witness=witness)
        self.desk = replace(self.desk, operations=replace(self.records.operations, procedures=procedures))

    # --- what people do

    def attempt(self, command: Callable[[], T]) -> T | None:
        """Do it, or be refused; anything else is a fault of the program."""
        self.clock.advance(60)
        try:
            return command()
        except (Refused, BadInput, NotFound):
            return None

    def confirm(self, plan: Plan, said: dict[tuple[str, int], Count], **more: Any) -> None:
        said = {place: count for place, count in said.items() if place[1] <= plan.expected.get(place[0], 0)}
        if self.attempt(lambda: self.desk.confirm(plan, said, **more)) is not None:
            self.recorded.append(plan)

    @rule(badge=workers, kit=kits, said=counts, said_nevertheless=words, giver=givers)
    def take(
        self, badge: str, kit: str, said: dict[tuple[str, int], Count], said_nevertheless: Any, giver: str
    ) -> None:
        plan = self.attempt(lambda: self.desk.plan(badge, OperationType.CHECKOUT, kit))
        if plan is not None:
            self.confirm(plan, said, words=said_nevertheless, giver=giver, witness="Q-1" if said else "")

    @rule(badge=workers, which=places, said=counts)
    def bring(self, badge: str, which: int, said: dict[tuple[str, int], Count]) -> None:
        kit = self.some_kit_out(which)
        plan = self.attempt(lambda: self.desk.plan(badge, OperationType.CHECKIN, kit))
        if plan is not None:
            self.confirm(plan, said, witness="Q-1" if said else "")

    @rule(badge=workers, which=places, kept=st.sampled_from(PLACES))
    def bring_a_part(self, badge: str, which: int, kept: tuple[str, int]) -> None:
        self.bring(badge, which, {kept: Count.KEPT})

    @rule(badge=workers, kit=kits)
    def take_and_bring_a_part(self, badge: str, kit: str) -> None:
        self.take(badge, kit, {}, (), "S-1")
        self.bring("T-2", 0, {("pliers", 1): Count.KEPT})

    @rule(badge=workers, which=places, said=counts, giver=workers)
    def hand_over(self, badge: str, which: int, said: dict[tuple[str, int], Count], giver: str) -> None:
        kit = self.some_kit_out(which)
        plan = self.attempt(lambda: self.desk.plan(badge, OperationType.HANDOVER, kit))
        if plan is not None:
            self.confirm(plan, said, giver=giver, witness="Q-1" if said else "")

    @rule(badge=badges, kit=kits, said=counts)
    def count_in_store(self, badge: str, kit: str, said: dict[tuple[str, int], Count]) -> None:
        plan = self.attempt(lambda: self.desk.plan(badge, OperationType.INVENTORY, kit))
        if plan is not None:
            self.confirm(plan, said, witness="L-1" if said else "")

    @rule(badge=workers, kit=kits, said=counts, type_=st.sampled_from([OperationType.CHECKOUT, OperationType.CHECKIN]))
    def count_later(self, badge: str, kit: str, said: dict[tuple[str, int], Count], type_: OperationType) -> None:
        plan = self.attempt(lambda: self.desk.plan(badge, type_, kit))
        if plan is not None:
            self.confirm(plan, said, giver="S-1" if type_ is OperationType.CHECKOUT else "", count_later=True)
            self.uncounted.append(plan.operation_id)

    @rule(badge=workers, which=places, said=counts)
    def count_now(self, badge: str, which: int, said: dict[tuple[str, int], Count]) -> None:
        if which >= len(self.uncounted):
            return
        name = self.uncounted[which]
        begun = self.attempt(lambda: self.desk.operations.plan_count(badge=badge, operation_id=name))
        if begun is not None:
            found = {place: Count.FOUND for place in PLACES if place[1] <= begun[0].expected.get(place[0], 0)}
            words_ = {place: said.get(place, count) for place, count in found.items()}
            witness = self.attempt(lambda: self.desk.sign("Q-1", Purpose.WITNESS, str(name)))
            told = Confirmation(answers=words_, witness=witness)
            self.attempt(lambda: self.desk.operations.count(badge=badge, operation_id=name, confirmation=told))

    @rule(badge=workers, kit=kits, type_=st.sampled_from([OperationType.CHECKOUT, OperationType.CHECKIN]))
    def begin_and_walk_away(self, badge: str, kit: str, type_: OperationType) -> None:
        plan = self.attempt(lambda: self.desk.plan(badge, type_, kit))
        if plan is not None:
            self.begun.append(plan)

    @rule(which=places, said=counts)
    def come_back_to_it(self, which: int, said: dict[tuple[str, int], Count]) -> None:
        if which < len(self.begun):
            self.confirm(self.begun[which], said, giver="S-1", witness="Q-1" if said else "")

    @rule(which=places, said=counts)
    def press_twice(self, which: int, said: dict[tuple[str, int], Count]) -> None:
        if which < len(self.recorded):
            plan = self.recorded[-1 - which]
            before = self.entries()
            again = Confirmation(answers=whole_count(plan, said))
            self.attempt(lambda: self.desk.operations.record(plan, look(plan, said), again))
            assert [entry.kind for entry in self.entries()[len(before) :]] in (["refused"], [])

    @rule(badge=workers, kit=kits, strange=st.sampled_from(["unknown", "other"]))
    def claim_a_signature(self, badge: str, kit: str, strange: str) -> None:
        plan = self.attempt(lambda: self.desk.plan(badge, OperationType.CHECKOUT, kit))
        if plan is None:
            return
        id_: uuid.UUID | None = uuid.uuid4()
        if strange == "other":
            id_ = self.attempt(lambda: self.desk.sign("L-1", Purpose.OVERRIDE, "other"))
        if id_ is None:
            return
        claim = Confirmation(answers={}, overrides=(Override(id_, "вылет через час"),))
        assert self.attempt(lambda: self.desk.operations.record(plan, look(plan), claim)) is None

    @rule(badge=keepers, which=places, state=st.sampled_from(ToolState))
    def set_state(self, badge: str, which: int, state: ToolState) -> None:
        tool = self.some_tool(which)
        self.attempt(lambda: self.tools.set_state(tool, state, reason="осмотр", actor_badge=badge))

    @rule(badge=keepers, which=places, new=st.booleans())
    def swap(self, badge: str, which: int, new: bool) -> None:
        out = self.tools.by_id(self.some_tool(which))
        spare = [tool for tool in self.tools.spare() if tool.tool_class == out.tool_class]
        by: uuid.UUID | Tool = Tool(out.tool_class) if new or not spare else spare[0].tool_id
        self.attempt(lambda: self.tools.swap(out.tool_id, by, reason="замена", actor_badge=badge))

    @rule(badge=keepers, which=places)
    def take_out(self, badge: str, which: int) -> None:
        tool = self.some_tool(which)
        self.attempt(lambda: self.tools.take_out(tool, reason="взят на пост", actor_badge=badge))

    @rule(badge=keepers, kit=kits, name=st.sampled_from(list(TOOLKIT.expected)))
    def put_in(self, badge: str, kit: str, name: str) -> None:
        self.attempt(lambda: self.tools.put_in(Tool(name), kit, actor_badge=badge))

    @rule(badge=badges, kit=kits, place=st.sampled_from(PLACES), piece=st.booleans(), whole=st.booleans())
    def report_missing(self, badge: str, kit: str, place: tuple[str, int], piece: bool, whole: bool) -> None:
        name, unit = ("", 0) if whole else place
        report = MissingReport(kit=kit, tool_class=name, unit=unit, piece=piece and not whole, text="нет на месте")
        self.attempt(lambda: self.cases.open_by_hand(badge=badge, report=report))

    @rule(badge=badges, which=places)
    def search(self, badge: str, which: int) -> None:
        if number := self.some_case(which):
            self.attempt(lambda: self.cases.search(badge=badge, number=number, place="кабина"))

    @rule(badge=workers, which=places, outcome=st.sampled_from(Outcome))
    def conclude(self, badge: str, which: int, outcome: Outcome) -> None:
        if number := self.some_case(which):
            place = "под сиденьем"
            self.attempt(lambda: self.cases.conclude(badge=badge, number=number, outcome=outcome, place=place))

    @rule(badge=quality, which=places)
    def release(self, badge: str, which: int) -> None:
        if number := self.some_case(which):
            said = "самолёт осмотрен, посторонних предметов нет"
            self.attempt(lambda: self.cases.release(badge=badge, number=number, statement=said))

    @rule(which=places, lost=st.booleans())
    def settle(self, which: int, lost: bool) -> None:
        """The whole way of a case, with somebody in it who may not release it."""
        self.search("T-1", which)
        self.search("L-1", which)
        self.conclude("S-1", which, Outcome.LOST if lost else Outcome.FOUND)
        self.release("L-1", which)
        self.release("Q-1", which)

    @rule(badge=quality, which=places)
    def reopen(self, badge: str, which: int) -> None:
        if number := self.some_case(which):
            self.attempt(lambda: self.cases.reopen(badge=badge, number=number, text="нашлась пломба"))

    @rule(badge=keepers, gone=st.lists(kits, max_size=1))
    def take_stock(self, badge: str, gone: list[str]) -> None:
        said = {kit: KitWord(explanation="как обычно") for kit in KITS}
        said |= {kit: KitWord(Whereabouts.NOT_FOUND, "ящика нет на полке") for kit in gone}
        take = self.attempt(lambda: self.shifts.take_stock(badge=badge))
        if take is not None:
            self.attempt(lambda: self.shifts.record(take, said))

    @rule(badge=badges, active=st.sampled_from([True, True, True, False]))
    def disable_or_enable(self, badge: str, active: bool) -> None:
        self.attempt(lambda: self.records.accounts.set_active(badge=badge, active=active, actor_badge=None))

    @rule(hours=st.sampled_from([-87_600, -24, -1, 1, 24, 24 * 4, 87_600]))
    def the_clock_jumps(self, hours: int) -> None:
        self.clock.set_back(timedelta(hours=-hours))

    # --- what there is

    def entries(self) -> list[JournalEntry]:
        return self.records.database.read(lambda uow: list(uow.journal.entries()))

    def some_tool(self, which: int) -> uuid.UUID:
        known = self.records.database.read(lambda uow: uow.tools.all())
        return known[which % len(known)].tool_id

    def some_kit_out(self, which: int) -> str:
        out = self.records.database.read(lambda uow: uow.operations.open_checkouts())
        return out[which % len(out)].kit if out else KITS[which % len(KITS)]

    def some_case(self, which: int) -> str:
        known = self.records.database.read(lambda uow: uow.cases.recent(limit=100))
        return known[which % len(known)].number if known else ""

    # --- what must hold

    @invariant()
    def everything_adds_up(self) -> None:
        entries = self.entries()
        hashes = [entry.hash for entry in entries]
        assert hashes[: len(self.hashes)] == self.hashes, "nothing is undone"
        self.replay.take_in(entries[len(self.hashes) :])
        self.hashes = hashes
        account_for(self.replay)
        found = self.records.database.read(tables)
        for part, said in as_tables(self.replay).items():
            assert found[part] == said, part

    @invariant()
    def the_journal_is_whole(self) -> None:
        key = self.records.secrets.get_or_create(JOURNAL_KEY)
        found = verify_journal(self.records.database, key=key)
        assert found.whole
        assert found.head.hash == (self.hashes[-1] if self.hashes else GENESIS)


def limits_of(courses: int, *, derandomize: bool = False) -> settings:
    return settings(
        max_examples=courses,
        phases=(Phase.generate, Phase.shrink) if "TOOLROOM_SHRINK" in os.environ else (Phase.generate,),
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=derandomize,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


def run(courses: int, *, derandomize: bool = False) -> None:
    run_state_machine_as_test(AnyCourse, settings=limits_of(courses, derandomize=derandomize))
