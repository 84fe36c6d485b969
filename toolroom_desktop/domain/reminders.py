"""Reminders: what waits for somebody, how urgent it is, and who must act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from toolroom_desktop.domain.cases import Case, CaseEventKind, CaseState, CaseTimes
from toolroom_desktop.domain.custody import Procedures
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.people import LOCK_OUT_AFTER, Person
from toolroom_desktop.domain.shifts import KitOut
from toolroom_desktop.domain.tools import Tool


class ReminderKind(StrEnum):
    """What is to be done, the most urgent first."""

    OWN_OVERDUE = "own_overdue"
    CASE_OVERDUE = "case_overdue"
    KIT_OVERDUE = "kit_overdue"
    SHIFT_NOT_BEGUN = "shift_not_begun"
    CASE_REOPENED = "case_reopened"
    CASE_AWAITS_RELEASE = "case_awaits_release"
    CASE_OPEN = "case_open"
    OWN_SOON_DUE = "own_soon_due"
    KIT_SOON_DUE = "kit_soon_due"
    HOLDER_GONE = "holder_gone"
    COUNT_OWED = "count_owed"
    CALIBRATION_EXPIRED = "calibration_expired"
    CALIBRATION_DUE = "calibration_due"
    REPORTS_NOT_WRITTEN = "reports_not_written"
    ACCOUNT_LOCKED = "account_locked"
    ACCOUNT_EXPIRED = "account_expired"


URGENT = frozenset(
    {
        ReminderKind.OWN_OVERDUE,
        ReminderKind.CASE_OVERDUE,
        ReminderKind.KIT_OVERDUE,
        ReminderKind.CASE_REOPENED,
        ReminderKind.HOLDER_GONE,
        ReminderKind.CALIBRATION_EXPIRED,
    }
)
"""What is late, or out of hand, already."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that waits.

    kit, case, badge  the kit, case or account that it is about
    operation         the operation whose count is owed, by its id; `site_id` the station that recorded it
    name              of the person who has the kit, or whose account it is
    place             the folder that reports cannot be written to
    due, day          until when, as a moment or as the station's own day
    """

    kind: ReminderKind
    kit: str = ""
    case: str = ""
    badge: str = ""
    name: str = ""
    tool_class: str = ""
    marking: str = ""
    due: datetime | None = None
    day: date | None = None
    operation: str = ""
    site_id: str = ""
    place: str = ""

    @property
    def urgent(self) -> bool:
        """Whether it is late, or out of hand, already."""
        return self.kind in URGENT


def of_own_kits(held: Iterable[KitOut], now: datetime, procedures: Procedures) -> list[Reminder]:
    """What somebody should bring back: overdue, and soon due."""
    return _of_kits(held, now, procedures, ReminderKind.OWN_OVERDUE, ReminderKind.OWN_SOON_DUE)


def of_kits_out(out: Iterable[KitOut], now: datetime, procedures: Procedures) -> list[Reminder]:
    """What the toolroom should see back: overdue, and soon due."""
    return _of_kits(out, now, procedures, ReminderKind.KIT_OVERDUE, ReminderKind.KIT_SOON_DUE)


def _of_kits(
    out: Iterable[KitOut], now: datetime, procedures: Procedures, late: ReminderKind, soon: ReminderKind
) -> list[Reminder]:
    made = []
    for one in out:
        due = one.due
        if due is None or due - procedures.soon_due > now:
            continue
        kind = late if now > due else soon
        made.append(Reminder(kind, one.kit, badge=one.holder_badge, name=one.holder_name, due=due))
    return made


def of_cases(cases: Iterable[Case], now: datetime, times: CaseTimes) -> list[Reminder]:
    """What must be searched, concluded or released."""
    return [
        Reminder(
            _kind_of_case(case, now, times),
            case.kit,
            case.number,
            name=case.holder_name,
            tool_class=case.tool_class,
            marking=case.marking,
            due=case.due_at(times),
        )
        for case in cases
        if case.open
    ]


def _kind_of_case(case: Case, now: datetime, times: CaseTimes) -> ReminderKind:
    if case.state is CaseState.AWAITS_RELEASE:
        return ReminderKind.CASE_AWAITS_RELEASE
    if case.overdue(now, times):
        return ReminderKind.CASE_OVERDUE
    if any(event.kind is CaseEventKind.REOPENED for event in case.events):
        return ReminderKind.CASE_REOPENED
    return ReminderKind.CASE_OPEN


def of_calibrations(tools: Iterable[Tool], today: date) -> list[Reminder]:
    """Tools whose calibration is over, or ends soon; `tools` are those of which that is true."""
    return [
        Reminder(
            ReminderKind.CALIBRATION_EXPIRED if tool.calibration_expired(today) else ReminderKind.CALIBRATION_DUE,
            tool.kit,
            tool_class=tool.tool_class,
            marking=tool.marking or tool.serial_number,
            day=tool.calibration_due,
        )
        for tool in tools
    ]


def of_counts(owed: Iterable[Operation]) -> list[Reminder]:
    """Kits that nobody counted although recognition asked for it."""
    return [
        Reminder(
            ReminderKind.COUNT_OWED,
            one.kit,
            badge=one.person_badge,
            name=one.person_name,
            due=one.finished_at,
            operation=str(one.operation_id),
            site_id=one.site_id,
        )
        for one in owed
    ]


def of_holders_gone(out: Iterable[KitOut], people: Iterable[Person], today: date) -> list[Reminder]:
    """Kits with people who can no longer sign in."""
    fit = {person.badge.casefold() for person in people if person.active and not person.expired(today)}
    return [
        Reminder(ReminderKind.HOLDER_GONE, one.kit, badge=one.holder_badge, name=one.holder_name)
        for one in out
        if one.holder_badge.casefold() not in fit
    ]


def of_accounts(people: Iterable[Person], now: datetime, today: date) -> list[Reminder]:
    """Accounts that somebody may have to prolong or to unlock."""
    made = []
    for person in people:
        if not person.active:
            continue
        locked = person.wrong_pins >= LOCK_OUT_AFTER and person.locked_until is not None and now < person.locked_until
        if locked:
            made.append(
                Reminder(ReminderKind.ACCOUNT_LOCKED, badge=person.badge, name=person.name, due=person.locked_until)
            )
        if person.expired(today):
            made.append(
                Reminder(ReminderKind.ACCOUNT_EXPIRED, badge=person.badge, name=person.name, day=person.expires_on)
            )
    return made


_ORDER = {kind: place for place, kind in enumerate(ReminderKind)}


def in_order(reminders: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """The most urgent kind first, within a kind the one that was due first; each thing once.

    A kit that is somebody's own is not listed again among all kits that are late.
    """
    made = list(reminders)
    own = {one.kit for one in made if one.kind in (ReminderKind.OWN_OVERDUE, ReminderKind.OWN_SOON_DUE)}
    others = (ReminderKind.KIT_OVERDUE, ReminderKind.KIT_SOON_DUE)
    kept = [one for one in made if not (one.kind in others and one.kit in own)]
    return tuple(
        sorted(
            dict.fromkeys(kept),
            key=lambda one: (
                _ORDER[one.kind],
                one.due.timestamp() if one.due else 0.0,
                one.day or date.min,
                one.kit.casefold(),
                one.case,
                one.badge,
            ),
        )
    )
