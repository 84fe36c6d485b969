"""Years of a busy toolroom in minutes: what is plain is written past the services, everything else goes through them.

    python -m tests.toolroom FOLDER --bulk 1000000

A plain issue, return or handover is made as `Operations.record` makes it, with the program's own journal, projections
and history, but without asking the services first whether it is possible: the generator knows. Whatever is not plain (a
count, a case, a signature, a repair) goes through the services. `tests/unit/test_toolroom.py` compares both.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from tests.toolroom import store
from tests.toolroom.again import Weeks
from tests.toolroom.days import Act, Desks, HandsOfTime, Year
from tests.toolroom.desk import Counts
from tests.toolroom.looks import Form, Looks, SlowDesk
from tests.toolroom.make import OnePhoto, no_report, stock_up
from tests.toolroom.within import WithinTransaction
from toolroom_desktop.adapters.database.columns import utc_text
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.adapters.database.outbox import content_of
from toolroom_desktop.adapters.database.repositories import APPEND, MOVE_HEAD
from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.journal import (
    GENESIS,
    SCHEMA_VERSION,
    Head,
    HybridTime,
    JournalEntry,
    seal_of,
)
from toolroom_desktop.domain.operation import Count, Operation, OperationType, Photos
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.operation_input import Plan
from toolroom_desktop.services.recording import JOURNAL_KEY
from toolroom_desktop.services.result_json import inspection_json, operation_json

MODELS = (("kit11_first", "1"), ("kit11_second", "2"), ("kit11_third", "3"))
"""The models of the years, one after the other."""
# Shares of plain operations at which recognition is not sure, and at which something is noted.
_UNSURE, _NOTED = 0.002, 0.01
_NOT_PLAIN = 0.006  # of the returns
_NOTES = ("набор протёрт", "ложемент треснут", "сдан на посту 4", "срочно, борт на перроне")
_STOCK_EVERY = 7  # days
_LAST_DAYS = 12


@dataclass
class BusyYears(Year):
    """A `Year` that writes what is plain past the services."""

    records: Records | None = None
    toolkits: dict[str, Toolkit] = field(default_factory=dict)
    of_kit: dict[str, str] = field(default_factory=dict)
    looks: Looks | None = None
    first: date = date(1970, 1, 1)
    _forms: dict[tuple[str, OperationType], Form] = field(default_factory=dict)
    _fit_until: dict[str, date] = field(default_factory=dict)
    _out: dict[str, Operation] = field(default_factory=dict)
    _uow: SqlUnitOfWork | None = None
    _of_services: bool = False
    _pace: dict[str, float] = field(default_factory=dict)

    def begin(self, uow: SqlUnitOfWork) -> None:
        """A day begins, in this transaction."""
        self._outer, self._uow = uow, None

    def _stock(self, at: datetime, keeper: str, desks: Desks) -> None:
        if (at.date() - date(1970, 1, 1)).days % _STOCK_EVERY == 0:
            self._uow = None
            super()._stock(at, keeper, desks)

    # --- plain or not

    def _take(self, desks: Desks) -> None:
        if not self._in:
            return
        kit = self.random.choice(sorted(self._in)) if len(self._in) < 40 else self._one_of_many()
        if not self._fit(kit) or self._hard():
            self._through_services(desks, lambda: self._take_this(desks, kit))
            return
        who = self._one(Role.TECHNICIAN)
        hours = min(60.0, self.random.lognormvariate(1.4, 0.7))
        out = self._plain(
            OperationType.CHECKOUT,
            kit,
            who,
            work_order=f"НЗ-{self.random.randrange(10_000, 99_999)}",
            aircraft=f"RA-{self.random.randrange(89001, 89041)}",
            expected_return=self.clock.at + timedelta(hours=max(1, round(hours))),
            note=self.random.choice(_NOTES) if self.random.random() < _NOTED else "",
        )
        self.happened["checkout"] += 1
        self._in.discard(kit)
        self._plan_return(kit, hours, out)

    def _one_of_many(self) -> str:
        while True:
            kit = self.random.choice(self.kits)
            if kit in self._in:
                return kit

    def _take_this(self, desks: Desks, kit: str) -> None:
        kits, self._in = self._in, {kit}
        try:
            super()._take(desks)
        finally:
            taken = kit not in self._in
            self._in = kits - ({kit} if taken else set())

    def _plan_return(self, kit: str, hours: float, out: Operation) -> None:
        late = self.random.uniform(0.4, 1.0) if self.random.random() < 0.9 else self.random.uniform(1.0, 3.0)
        if self.random.random() < 0.03:
            self._in_hours(0.3, hours * late, lambda later: self._hand_over(later, kit))
        self._at(self.clock.at + timedelta(hours=hours * late), lambda later: self._bring(later, out.kit))

    def _hand_over(self, desks: Desks, kit: str) -> None:
        held = self._out.get(kit)
        if held is None or self._hard():
            self._through_services(desks, lambda: super(BusyYears, self)._hand_over(desks, kit))
            return
        to = self._one(Role.TECHNICIAN, but=held.holder_badge)
        self._plain(OperationType.HANDOVER, kit, to, held=held)
        self.happened["handover"] += 1

    def _bring(self, desks: Desks, kit: str) -> None:
        held = self._out.get(kit)
        if held is None or self.random.random() < _NOT_PLAIN or self._hard():
            self._through_services(desks, lambda: super(BusyYears, self)._bring(desks, kit))
            return
        another = self.random.random() < 0.05
        who = self._one(Role.TECHNICIAN) if another else held.holder_badge
        self._plain(OperationType.CHECKIN, kit, who, held=held)
        self.happened["checkin"] += 1
        self._in.add(kit)

    def _amiss(self, places: list[tuple[str, int]]) -> Counts:
        # Only what is not plain comes here, so that there is always something.
        assert self.looks is not None
        if self.looks.unsure[0]:
            return {}
        chance = self.random.random()
        kinds = ((Count.DAMAGED, 0.19), (Count.MISSING, 0.13), (Count.PIECE_MISSING, 0.03), (Count.KEPT, 0.65))
        for count, share in kinds:
            if chance < share:
                return {self.random.choice(places): count}
            chance -= share
        return {}

    def _put_right(self, desks: Desks, kit: str) -> None:
        self._through_services(desks, lambda: super(BusyYears, self)._put_right(desks, kit))

    def _case(self, number: str, held: Operation) -> None:
        self._of_services = True
        try:
            super()._case(number, held)
        finally:
            self._of_services = False

    def _at(self, at: datetime, act: Act) -> None:
        super()._at(at, self._for_services(act) if self._of_services else act)

    def _for_services(self, act: Act) -> Act:
        def done(desks: Desks) -> None:
            # What was read of the journal's end does not hold afterwards.
            self._uow = None
            act(desks)

        return done

    def _hard(self) -> bool:
        """Whether recognition will not be sure."""
        assert self.looks is not None
        self.looks.unsure[0] = self.random.random() < _UNSURE
        return self.looks.unsure[0]

    def _through_services(self, desks: Desks, act: Callable[[], None]) -> None:
        assert self.looks is not None
        self._uow = None
        try:
            act()
        finally:
            self.looks.unsure[0] = False
            self._out_of_date(desks)

    def _out_of_date(self, desks: Desks) -> None:
        """After the services did something: who has what, and which kits are fit, is asked anew where it is wanted."""
        touched = desks.records.operations.recent(limit=1)
        for operation in touched:
            self._fit_until.pop(operation.kit, None)
            self._out.pop(operation.kit, None)
            held = self._held(desks, operation.kit)
            whole = self.toolkits[self.of_kit[operation.kit]].expected
            if held is not None and dict(held.custody) == dict(whole) and not held.counted:
                self._out[operation.kit] = held

    def _fit(self, kit: str) -> bool:
        """Whether nothing speaks against an issue and every tool is there."""
        until = self._fit_until.get(kit)
        today = (self.clock.at + timedelta(hours=3)).date()
        if until is None or until < today:
            uow = self._fast()
            tools = uow.tools.in_kit(kit)
            fit = all(tool.state is ToolState.SERVICEABLE for tool in tools)
            fit = fit and not uow.cases.open(kit) and not uow.tools.empty_places(kit)
            due = min((t.calibration_due for t in tools if t.calibration_due), default=date.max)
            if not fit or due < today:
                return False
            self._fit_until[kit] = due
        return True

    # --- past the services

    def _fast(self) -> SqlUnitOfWork:
        if self._uow is None:
            self._uow = SqlUnitOfWork(self._outer.connection, self._outer.site_id)
        return self._uow

    def _plain(
        self,
        type_: OperationType,
        kit: str,
        badge: str,
        *,
        held: Operation | None = None,
        work_order: str = "",
        aircraft: str = "",
        expected_return: datetime | None = None,
        note: str = "",
    ) -> Operation:
        assert self.records is not None
        assert self.looks is not None
        uow, toolkit = self._fast(), self.toolkits[self.of_kit[kit]]
        expected = dict(held.custody) if held else dict(toolkit.expected)
        started = self.clock.at
        self.clock.at += timedelta(seconds=self._seconds(badge, len(expected)))
        model = self.model()
        out = dict(expected) if type_ is not OperationType.CHECKIN else {}
        name = self._names[badge]
        holder = (badge, name)
        if type_ is OperationType.CHECKIN and held is not None:
            holder = (held.holder_badge, held.holder_name)
        gives = (held.holder_badge, held.holder_name) if type_ is OperationType.HANDOVER and held else ("", "")
        operation = Operation(
            operation_id=uuid7(),
            site_id=uow.site_id,
            site_seq=uow.journal.head().site_seq + 1,
            type=type_,
            toolkit=toolkit.name,
            kit=kit,
            person_badge=badge,
            person_name=name,
            started_at=started,
            finished_at=self.clock.at,
            utc_offset_minutes=self.clock.local_offset_minutes(self.clock.at),
            status=Status.SUCCESS,
            final_status=Status.SUCCESS,
            match_percentage=100.0,
            result={},
            expected=expected,
            counted=(),
            photos=Photos("", ""),
            model_name=model[0],
            model_sha256=model[1] * 64,
            app_version=self.records.operations.app_version,
            note=note,
            closes=held.operation_id if held else None,
            giver_badge=gives[0],
            giver_name=gives[1],
            work_order=work_order or (held.work_order if held else ""),
            aircraft=aircraft or (held.aircraft if held else ""),
            expected_return=expected_return or (held.expected_return if held else None),
            custody=out,
            holder_badge=holder[0],
            holder_name=holder[1],
        )
        seen = self.looks.again(sum(expected.values()))
        text = self._form(toolkit, operation).filled(operation, seen)
        self._append(uow, operation, text)
        uow.operations.add(operation)
        self._out.pop(kit, None)
        if out:
            self._out[kit] = operation
        return operation

    def _form(self, toolkit: Toolkit, operation: Operation) -> Form:
        """How the payload of such an operation reads."""
        key = toolkit.name, operation.type
        if key not in self._forms:
            assert self.looks is not None
            kit = Kit(operation.kit, toolkit.name)
            plan = Plan(operation.type, kit, toolkit, toolkit.expected, "", "", self.clock.at)
            result = inspection_json(self.looks(plan, {}).inspection, toolkit)
            self._forms[key] = Form(operation_json(replace(operation, result=result)))
        return self._forms[key]

    def _append(self, uow: SqlUnitOfWork, operation: Operation, text: str) -> None:
        """As `Recorder.record` does it, from the text of the payload."""
        head, at = uow.journal.head(), operation.finished_at
        now_ms = int(at.timestamp() * 1000)
        hlc = head.hlc.next(now_ms)
        row = {
            "site_seq": head.site_seq + 1,
            "op_id": str(operation.operation_id),
            "site_id": uow.site_id,
            "hlc": str(hlc),
            "wall_at": utc_text(at),
            "clock_back": now_ms < head.hlc.wall_ms,
            "kind": f"operation.{operation.type.value}",
            "payload": text,
            "schema_version": SCHEMA_VERSION,
            "model_sha256": operation.model_sha256,
            "prev_hash": head.hash,
        }
        packing = uow.journal.packing
        hashed = hashlib.sha256(f"{head.hash}\n{content_of(row, packing)}".encode()).hexdigest()
        row["payload"] = packing.packed(text, operation.toolkit, head.site_seq + 1)
        driver = driver_of(self._outer.connection)
        driver.execute(APPEND, {**row, "hash": hashed, "seal": seal_of(hashed, self._key)})
        driver.execute(
            MOVE_HEAD, {"site": uow.site_id, "new_seq": head.site_seq + 1, "new_hash": hashed, "new_hlc": str(hlc)}
        )
        uow.journal._head = Head(head.site_seq + 1, hashed, hlc, head.heard)
        # The payload has no result of its own here, and so the row keeps none.
        uow.journal._newest = replace(self._blank, site_seq=head.site_seq + 1)

    def _seconds(self, badge: str, tools: int) -> float:
        """How long it takes them, in seconds: everybody has a pace of their own."""
        if badge not in self._pace:
            self._pace[badge] = self.random.uniform(0.8, 1.3)
        return 8 + tools * self._pace[badge] * self.random.lognormvariate(0, 0.35)

    def model(self) -> tuple[str, str]:
        """The model that is used by now: another one every year."""
        return MODELS[min(len(MODELS) - 1, max(0, (self.clock.at.date() - self.first).days // 365))]

    def __post_init__(self) -> None:
        super().__post_init__()
        assert self.records is not None
        self._blank = JournalEntry(
            uuid7(), "", 0, HybridTime(0), self.clock.at, False, "", {}, None, GENESIS, GENESIS, GENESIS
        )
        self._key = self.records.secrets.get_or_create(JOURNAL_KEY)
        self._names = {person.badge: person.name for person in self.people}


def make_bulk(
    folder: Path,
    *,
    seed: int,
    operations: int,
    days: int = 1096,
    size: store.Size = store.CUSTOMER,
    until: date,
    weeks: int = 8,
    report: Callable[[date], None] = no_report,
) -> Counter[str]:
    """Make a data folder with about so many operations, whose last day is `until`; what happened, counted.

    weeks  how many at the beginning happen day by day; the plain operations of these are repeated up to the last days,
           which happen again
    """
    random = Random(seed)
    first = until - timedelta(days=days - 1)
    clock = HandsOfTime(datetime.combine(first, time(1), UTC))
    records = open_records(folder, create=True, clock=clock, pin_cost=FAST)
    try:
        people, kits = stock_up(records, random, size, first)
        years = _years(records, random, clock, people, kits, operations / days, first)
        day = first
        while (day - first).days < 7 * weeks:
            _pass(records, years, day, report)
            day += timedelta(days=1)
        day = _all_brought(records, years, day, report)
        years.per_day = operations / days
        day = _repeated(records, years, first, day, until, report)
        clock.at = datetime.combine(day, time(1), UTC)
        while day <= until:
            _pass(records, years, day, report)
            day += timedelta(days=1)
    finally:
        records.close()
    return years.happened


def _pass(records: Records, years: BusyYears, day: date, report: Callable[[date], None]) -> None:
    """One day goes by."""
    photo = OnePhoto()

    def one_day(uow: SqlUnitOfWork) -> None:
        within = Desks.of(records, WithinTransaction(uow), photo, photo.picture)
        assert years.looks is not None
        desk = SlowDesk(within.desk.operations, within.desk.sign, photo.picture, years.looks)
        years.begin(uow)
        years.day(day, replace(within, desk=desk))

    records.database.write(one_day)
    report(day)


def _all_brought(records: Records, years: BusyYears, day: date, report: Callable[[date], None]) -> date:
    """Days on which nobody takes a kit, until all are in; the day after."""
    years.per_day = 0.0
    while records.database.read(lambda uow: uow.operations.kits_out()):
        _pass(records, years, day, report)
        day += timedelta(days=1)
    return day


def _repeated(
    records: Records, years: BusyYears, first: date, day: date, until: date, report: Callable[[date], None]
) -> date:
    """Repeat what was plain up to that day as often as it fits in before the last days; the day after."""
    block = (day - first).days
    times = ((until - first).days - _LAST_DAYS) // max(1, block) - 1
    if times <= 0:
        return day
    weeks = records.database.write(lambda uow: Weeks.of(uow, 1))
    key = records.secrets.get_or_create(JOURNAL_KEY)
    for copy in range(1, times + 1):
        done = records.database.write(lambda uow, copy=copy: weeks.again(uow, copy * block, key))  # type: ignore[misc]
        years.happened["repeated"] += done
        report(day + timedelta(days=copy * block))
    return first + timedelta(days=block * (times + 1))


def _years(
    records: Records,
    random: Random,
    clock: HandsOfTime,
    people: list[Person],
    kits: list[str],
    per_day: float,
    first: date,
) -> BusyYears:
    years = BusyYears(random, clock, people, kits, per_day, records=records, first=first)
    years.looks = Looks(random, years.model)
    known = records.database.read(lambda uow: (uow.catalogue.toolkits(), uow.catalogue.kits()))
    years.toolkits = {toolkit.name: toolkit for toolkit in known[0]}
    years.of_kit = {kit.number: kit.toolkit for kit in known[1]}
    return years
