"""The desk: what is out, late, missing, not counted and due in this toolroom, in one look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from toolroom_desktop.domain.cases import Case, CaseState, CaseTimes
from toolroom_desktop.domain.people import Permission, Person
from toolroom_desktop.domain.reminders import Reminder, of_calibrations, of_counts
from toolroom_desktop.domain.shifts import KitOut, Shift
from toolroom_desktop.domain.toolkit import Position
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.ports import Changes, UnitOfWork
from toolroom_desktop.services.reminders import Reminders
from toolroom_desktop.services.station_time import local_day


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """How the toolroom stands at `at`, and what of it waits for whoever looks.

    waiting       what that person has to see to, the most urgent first
    out           the kits that are out: the latest first, then those that are due next, then those without a time
    cases         the lost-tool cases that are open, the latest first, then the oldest
    counts        operations whose count is owed, oldest first
    calibrations  tools whose calibration is over or ends soon, the soonest first
    shift         the one that runs
    tools         the positions of all toolkits by tool class, for their names
    """

    at: datetime
    case_times: CaseTimes
    waiting: tuple[Reminder, ...] = ()
    out: tuple[KitOut, ...] = ()
    cases: tuple[Case, ...] = ()
    counts: tuple[Reminder, ...] = ()
    calibrations: tuple[Reminder, ...] = ()
    shift: Shift | None = None
    tools: Mapping[str, Position] = field(default_factory=dict)

    @property
    def overdue(self) -> tuple[KitOut, ...]:
        """The kits that should be back, the latest first."""
        return tuple(one for one in self.out if one.due is not None and self.at > one.due)

    def case_is_late(self, case: Case) -> bool:
        """Whether the next step of that case should have been done by now."""
        return case.state is CaseState.OPEN and case.overdue(self.at, self.case_times)


def has_desk(person: Person) -> bool:
    """Whether somebody looks after more than the kits in their own hands."""
    cares = (Permission.RUN_SHIFT, Permission.RELEASE_CASES, Permission.MANAGE_PEOPLE)
    return any(person.may(permission) for permission in cares)


@dataclass(frozen=True, slots=True)
class Desk:
    """One query for the whole desk. `changes` tells when to ask again; late becomes late by itself, though."""

    reminders: Reminders
    changes: Changes
    needs: tuple[Permission, ...] = ()

    def look(self, badge: str) -> DeskFacts:
        """How the toolroom stands, from one snapshot; raises `NotFound`, `Refused`."""
        return self.reminders.database.read(lambda uow: self._gathered(uow, person_known(uow, badge)))

    def _gathered(self, uow: UnitOfWork, person: Person) -> DeskFacts:
        for permission in self.needs:
            person.require(permission)
        reminders = self.reminders
        now, today = reminders.clock.now(), local_day(reminders.clock)
        times = reminders.procedures.case_times
        last_day = today + timedelta(days=reminders.procedures.calibration_days)
        cases = sorted(uow.cases.open(), key=lambda case: (not case.overdue(now, times), case.began_at))
        return DeskFacts(
            at=now,
            case_times=times,
            waiting=reminders.within(uow, person),
            out=tuple(sorted(uow.operations.kits_out(), key=_until_when)),
            cases=tuple(cases),
            counts=tuple(of_counts(uow.operations.counts_owed())),
            calibrations=tuple(of_calibrations(uow.tools.calibration_due_by(last_day), today)),
            shift=uow.shifts.running(),
            tools={one.tool_class: one for toolkit in uow.catalogue.toolkits() for one in toolkit.positions},
        )


def _until_when(out: KitOut) -> tuple[bool, float, float]:
    return (out.due is None, out.due.timestamp() if out.due is not None else 0.0, out.since.timestamp())
