"""Reminders: what waits for whoever is signed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from toolroom_desktop.domain.custody import Procedures
from toolroom_desktop.domain.people import Permission, Person
from toolroom_desktop.domain.reminders import (
    Reminder,
    ReminderKind,
    in_order,
    of_accounts,
    of_calibrations,
    of_cases,
    of_counts,
    of_holders_gone,
    of_kits_out,
    of_own_kits,
)
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.ports import Clock, Database, UnitOfWork
from toolroom_desktop.services.reports.schedule import ScheduleState
from toolroom_desktop.services.station_time import local_day
from toolroom_desktop.services.whereabouts import held_by, kit_out


@dataclass(frozen=True, slots=True)
class Reminders:
    """Queries about what waits."""

    database: Database
    clock: Clock
    procedures: Procedures
    reports: ScheduleState = field(default_factory=ScheduleState)

    def of(self, badge: str) -> tuple[Reminder, ...]:
        """What waits for that person, the most urgent first; raises `NotFound`, `Refused`."""

        return self.database.read(lambda uow: self.within(uow, person_known(uow, badge)))

    def within(self, uow: UnitOfWork, person: Person) -> tuple[Reminder, ...]:
        """What waits for that person, as a part of a larger query."""
        made: list[Reminder] = []
        if person.may(Permission.OPERATE):
            own = [kit_out(held) for held in held_by(uow, person.badge)]
            made += of_own_kits(own, self.clock.now(), self.procedures)
        if person.may(Permission.RUN_SHIFT):
            made += self._of_toolroom(uow)
        if person.may(Permission.RELEASE_CASES):
            made += self._of_cases(uow)
        if person.may(Permission.MANAGE_PEOPLE):
            made += of_accounts(uow.people.all(), self.clock.now(), local_day(self.clock))
        if person.may(Permission.EXPORT) and self.reports.problem is not None:
            made.append(Reminder(ReminderKind.REPORTS_NOT_WRITTEN, place=str(self.reports.folder or "")))
        return in_order(made)

    def of_toolroom(self) -> tuple[Reminder, ...]:
        """What waits for anybody but its holder: for whoever asks at the station itself."""

        def look(uow: UnitOfWork) -> tuple[Reminder, ...]:
            people = uow.people.all()
            return in_order(self._of_toolroom(uow) + of_accounts(people, self.clock.now(), local_day(self.clock)))

        return self.database.read(look)

    def _of_toolroom(self, uow: UnitOfWork) -> list[Reminder]:
        now, today = self.clock.now(), local_day(self.clock)
        out = uow.operations.kits_out()
        people: list[Person] = uow.people.all()
        last_day = today + timedelta(days=self.procedures.calibration_days)
        made = of_kits_out(out, now, self.procedures)
        made += of_holders_gone(out, people, today)
        made += of_calibrations(uow.tools.calibration_due_by(last_day), today)
        made += of_counts(uow.operations.counts_owed())
        made += self._of_cases(uow)
        if uow.shifts.running() is None:
            made.append(Reminder(ReminderKind.SHIFT_NOT_BEGUN))
        return made

    def _of_cases(self, uow: UnitOfWork) -> list[Reminder]:
        return of_cases(uow.cases.open(), self.clock.now(), self.procedures.case_times)
