"""Shifts: what is where now, and the one command that begins or ends a shift with an inventory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from toolroom_desktop.domain.cases import Case, CaseEvent, CaseEventKind, CaseKind
from toolroom_desktop.domain.errors import NotFound, Refused
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.people import Permission, Person
from toolroom_desktop.domain.shifts import (
    Inventory,
    KitLine,
    KitOut,
    Shift,
    Signatory,
    Whereabouts,
    ended,
    inventory_document,
    started,
)
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.consequences import next_case_number, opened_case
from toolroom_desktop.services.ports import Clock, Database, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded
from toolroom_desktop.services.signing import signed
from toolroom_desktop.services.whereabouts import kits_out_anywhere

STARTED = "shift_started"
ENDED = "shift_ended"
# What a case that an inventory opened says about where it was found out.
AT_START = "shift_start"
AT_END = "shift_end"


@dataclass(frozen=True, slots=True)
class KitNow:
    """Where the records say that one kit is. `out` says with whom; None while it is in.

    case  the number of the case that searches for the whole kit; empty for none
    lost  whether that is over, and no tool is left of it
    """

    kit: Kit
    toolkit: Toolkit
    out: KitOut | None = None
    case: str = ""
    lost: bool = False

    @property
    def recorded(self) -> Whereabouts:
        """Where it is by the records."""
        if self.case or self.lost:
            return Whereabouts.NOT_FOUND
        return Whereabouts.IN if self.out is None else Whereabouts.OUT

    @property
    def holder(self) -> str:
        """With whom it is; empty while it is in."""
        return "" if self.out is None else self.out.holder_name

    @property
    def holder_badge(self) -> str:
        """Badge of whoever has it."""
        return "" if self.out is None else self.out.holder_badge

    @property
    def due(self) -> datetime | None:
        """Until when it is out, where that was said."""
        return None if self.out is None else self.out.due

    def overdue(self, now: datetime) -> bool:
        """Whether it should be back."""
        return self.due is not None and now > self.due

    def answers_to(self, scanned: str) -> bool:
        """Whether a scan or a typed text names this kit."""
        wanted = scanned.strip().casefold()
        return bool(wanted) and wanted in (self.kit.number.casefold(), self.kit.code.casefold())


@dataclass(frozen=True, slots=True)
class KitWord:
    """What a person says about one kit. `seen` is None where it is where the records say.

    `ticked` says that the person looked at this very kit.
    """

    seen: Whereabouts | None = None
    explanation: str = ""
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class StockTake:
    """An inventory that somebody began and that is no record yet. Dropping it leaves no trace.

    running       the shift that it will end; None where it will begin one
    inventory_id  what the record will be called, and what a second person's signature names
    """

    badge: str
    name: str
    at: datetime
    kits: tuple[KitNow, ...]
    running: Shift | None = None
    inventory_id: UUID = field(default_factory=uuid7)

    @property
    def ending(self) -> bool:
        """Whether it ends a shift."""
        return self.running is not None

    @property
    def subject(self) -> str:
        """What a signature for this inventory names."""
        return str(self.inventory_id)

    def lines(self, words: Mapping[str, KitWord]) -> tuple[KitLine, ...]:
        """The inventory with what a person said, by the kits' numbers; raises `NotFound("kit.unknown")`."""
        said = {number.strip().casefold(): word for number, word in words.items()}
        known = {now.kit.number.casefold() for now in self.kits}
        strange = [number for number in words if number.strip().casefold() not in known]
        if strange:
            raise NotFound("kit.unknown", code=strange[0].strip())
        return tuple(_line(now, said.get(now.kit.number.casefold(), KitWord())) for now in self.kits)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an inventory became: the shift, and the cases of kits that nobody can account for."""

    shift: Shift
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Shifts:
    """Commands and queries about shifts."""

    database: Database
    recorder: Recorder
    clock: Clock

    def now(self) -> StockTake:
        """What is where, for whoever only wants to know; it cannot be recorded."""
        return self.database.read(
            lambda uow: StockTake("", "", self.clock.now(), whereabouts(uow), uow.shifts.running())
        )

    def recent(self, *, limit: int = 20) -> list[Shift]:
        """The newest shifts first."""
        return self.database.read(lambda uow: uow.shifts.recent(limit=limit))

    def take_stock(self, *, badge: str, ending: bool | None = None) -> StockTake:
        """Begin the inventory that begins the next shift, or ends the one that runs; `ending` asks for one of the two.

        Raises `NotFound`, and `Refused`, which is recorded, for somebody who may not, or where the shift is not such.
        """

        def look(uow: UnitOfWork) -> StockTake:
            person = person_known(uow, badge)
            person.require(Permission.RUN_SHIFT)
            running = uow.shifts.running()
            if ending is False and running is not None:
                raise Refused("shift.runs_already", name=running.started_by.name, since=running.started_at)
            if ending is True and running is None:
                raise Refused("shift.none_runs")
            return StockTake(person.badge, person.name, self.clock.now(), whereabouts(uow), running)

        with refusals_recorded(self.database, self.recorder, badge=badge, command="shift_inventory"):
            return self.database.read(look)

    def record(self, take: StockTake, words: Mapping[str, KitWord], *, second: UUID | None = None) -> Recorded:
        """Begin or end the shift with that inventory, in one transaction with its journal entry.

        words   what differs from the records, and what has to be explained, by the kits' numbers
        second  the signature of whoever takes over (or hands over), for `take.subject`

        A kit that nobody can account for opens a case, which blocks its issue. Raises `BadInput` while an explanation
        is owed; `NotFound`; and `Refused`, which is recorded: the person or the signature may not, the shift was begun
        or ended meanwhile, or ("shift.records_changed") a kit went out, came back or changed hands meanwhile.
        """

        def commit(uow: UnitOfWork) -> Recorded:
            person = person_known(uow, take.badge)
            now = self.clock.now()
            _refuse_changed(take, whereabouts(uow))
            inventory = Inventory(
                now, Signatory(person.badge, person.name), take.lines(words), self._second(uow, take, second, now)
            )
            kits = [kit.kit.number for kit in take.kits]
            running = uow.shifts.running()
            if take.ending:
                shift = ended(running, inventory, kits, person)
            else:
                shift = started(running, inventory, kits, person, shift_id=take.inventory_id)
            cases = self._missing_kits(uow, take, inventory, person)
            payload = {
                "shift_id": str(shift.shift_id),
                "inventory": inventory_document(inventory),
                "second_signature": None if second is None else str(second),
                "cases": [case.number for case in cases],
            }
            self.recorder.record(uow, ENDED if take.ending else STARTED, payload, op_id=take.inventory_id)
            uow.shifts.save(shift, site_id=uow.site_id)
            return Recorded(shift, cases)

        command = "shift_end" if take.ending else "shift_start"
        with refusals_recorded(self.database, self.recorder, badge=take.badge, command=command, subject=take.subject):
            return self.database.write(commit)

    def _second(self, uow: UnitOfWork, take: StockTake, second: UUID | None, now: datetime) -> Signatory | None:
        if second is None:
            return None
        given = signed(uow, second, purpose=Purpose.SHIFT, subject=take.subject, now=now, not_by=(take.badge,))
        return Signatory(given.badge, given.name)

    def _missing_kits(self, uow: UnitOfWork, take: StockTake, inventory: Inventory, by: Person) -> tuple[Case, ...]:
        known = {now.kit.number: now for now in take.kits}
        return tuple(
            opened_case(uow, self.recorder, _case(uow, take, known[line.kit], line, inventory.at, by))
            for line in inventory.lines
            if line.unaccounted
        )


def whereabouts(uow: UnitOfWork) -> tuple[KitNow, ...]:
    """Every kit with where the records say that it is, by number."""
    toolkits = {toolkit.name: toolkit for toolkit in uow.catalogue.toolkits()}
    out = {one.kit.casefold(): one for one in kits_out_anywhere(uow)}
    searched = {case.kit.casefold(): case.number for case in uow.cases.open() if case.kind is CaseKind.KIT_MISSING}
    with_losses = {tool.kit.casefold() for tool in uow.tools.not_serviceable() if tool.state is ToolState.LOST}
    made = []
    for kit in sorted(uow.catalogue.kits(), key=lambda kit: kit.number.casefold()):
        key, toolkit = kit.number.casefold(), toolkits[kit.toolkit]
        lost = key in with_losses and _nothing_left(uow, kit, toolkit)
        made.append(KitNow(kit, toolkit, out.get(key), searched.get(key, ""), lost))
    return tuple(made)


def _nothing_left(uow: UnitOfWork, kit: Kit, toolkit: Toolkit) -> bool:
    """Whether every tool of the kit is written down, and none of them is to be had any more."""
    tools = uow.tools.in_kit(kit.number)
    places = len(tools) + len(uow.tools.empty_places(kit.number))
    return places >= sum(toolkit.expected.values()) and all(
        tool.state in (ToolState.LOST, ToolState.RETIRED) for tool in tools
    )


def _line(now: KitNow, word: KitWord) -> KitLine:
    return KitLine(
        now.kit.number,
        now.recorded,
        word.seen or now.recorded,
        now.holder,
        now.due,
        word.explanation.strip(),
        word.ticked,
        now.out.station if now.out else "",
    )


def _refuse_changed(take: StockTake, present: tuple[KitNow, ...]) -> None:
    then = {now.kit.number: (now.recorded, now.holder_badge) for now in take.kits}
    today = {now.kit.number: (now.recorded, now.holder_badge) for now in present}
    changed = [number for number in {**then, **today} if then.get(number) != today.get(number)]
    if changed:
        raise Refused("shift.records_changed", kit=changed[0], count=len(changed))


def _case(uow: UnitOfWork, take: StockTake, now: KitNow, line: KitLine, at: datetime, by: Person) -> Case:
    out = now.out
    return Case(
        case_id=uuid7(),
        number=next_case_number(uow, at),
        site_id=uow.site_id,
        kind=CaseKind.KIT_MISSING,
        kit=now.kit.number,
        toolkit=now.toolkit.name,
        opened_at=at,
        operation_id=take.inventory_id,
        found_out_at=AT_END if take.ending else AT_START,
        holder_badge=now.holder_badge,
        holder_name=now.holder,
        aircraft=out.aircraft if out else "",
        work_order=out.work_order if out else "",
        events=(CaseEvent(CaseEventKind.OPENED, at, by.badge, by.name, by.role, line.explanation),),
    )
