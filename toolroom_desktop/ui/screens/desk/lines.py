"""The lines of the desk: what each tile lists, in words, and where each line leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from toolroom_desktop.domain.cases import Case, CaseState
from toolroom_desktop.domain.reminders import Reminder, ReminderKind
from toolroom_desktop.domain.shifts import KitOut
from toolroom_desktop.services.desk import DeskFacts
from toolroom_desktop.ui.models.desk_list import DeskLine, Target
from toolroom_desktop.ui.reminder_words import SYMBOLS, judgement_of, reminder_detail, reminder_title
from toolroom_desktop.ui.screens.desk.words import (
    age_word,
    back_by_word,
    case_state_word,
    late_word,
    no_time_word,
    part_word,
    whole_kit_word,
)
from toolroom_desktop.ui.widgets.parts import Judgement
from toolroom_desktop.ui.words import short_name

MOST_OF_A_KIND = 3
OWN = (ReminderKind.OWN_OVERDUE, ReminderKind.OWN_SOON_DUE)
_LATE_BY_THE_CLOCK = (ReminderKind.CASE_OVERDUE, ReminderKind.KIT_OVERDUE, ReminderKind.OWN_OVERDUE)


class Tile(StrEnum):
    """The tiles of the desk, in the order in which they stand."""

    OVERDUE = "overdue"
    OUT = "out"
    CASES = "cases"
    COUNTS = "counts"
    CALIBRATIONS = "calibrations"
    SHIFT = "shift"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Speaking:
    """How the lines say things: the language, the station's offset from UTC in minutes, and who looks.

    more     says that there are so many more of a kind
    station  what people call a station, by its site_id; None where all of it is this station's own
    """

    language: str
    offset_minutes: int
    badge: str
    more: Callable[[int], str]
    station: Callable[[str], str] | None = None

    def station_of(self, site_id: str) -> str:
        """The station's name where it has to be said, else nothing."""
        return "" if self.station is None else self.station(site_id)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first few reminders of one kind; `more` is how many there are besides."""

    kind: ReminderKind
    shown: tuple[Reminder, ...]
    more: int = 0


def by_kind(reminders: Sequence[Reminder]) -> tuple[Waiting, ...]:
    """The reminders by kind, in their order."""
    made = []
    for kind, of_kind in groupby(reminders, key=lambda one: one.kind):
        every = tuple(of_kind)
        # Nobody is sent elsewhere to see the one that is left.
        shown = len(every) if len(every) == MOST_OF_A_KIND + 1 else MOST_OF_A_KIND
        made.append(Waiting(kind, every[:shown], max(0, len(every) - shown)))
    return tuple(made)


def waiting_lines(facts: DeskFacts, speaking: Speaking) -> list[DeskLine]:
    """What whoever looks has to see to, the most urgent first, and below it the kits in their own hands."""
    lines: list[DeskLine] = []
    for waiting in by_kind(facts.waiting):
        lines += [_reminder_line(one, facts, speaking) for one in waiting.shown]
        if waiting.more:
            target = Target(all_of=waiting.kind)
            lines.append(DeskLine(speaking.more(waiting.more), symbol="more", target=target))
    own = [one for one in facts.out if one.holder_badge.casefold() == speaking.badge.casefold()]
    if own:
        lines.append(DeskLine(part_word("own")))
        lines += [_out_line(one, facts, speaking) for one in own]
    return lines


def waiting_everywhere(facts: DeskFacts, speaking: Speaking) -> list[DeskLine]:
    """What somebody at some station has to see to: kits that are late, cases that wait, counts that are owed."""
    waits = [one for one in facts.cases if facts.case_is_late(one) or one.state is CaseState.AWAITS_RELEASE]
    lines = [_out_line(one, facts, speaking) for one in facts.overdue]
    lines += [_case_line(one, facts, speaking) for one in waits]
    return lines + [_reminder_line(one, facts, speaking) for one in facts.counts]


def lines_of(tile: Tile, facts: DeskFacts, speaking: Speaking) -> list[DeskLine]:
    """All that a tile counts."""
    match tile:
        case Tile.OVERDUE:
            return [_out_line(one, facts, speaking) for one in facts.overdue]
        case Tile.OUT:
            return [_out_line(one, facts, speaking) for one in facts.out]
        case Tile.CASES:
            return [_case_line(one, facts, speaking) for one in facts.cases]
        case Tile.COUNTS:
            return [_reminder_line(one, facts, speaking) for one in facts.counts]
        case Tile.CALIBRATIONS:
            return [_reminder_line(one, facts, speaking) for one in facts.calibrations]
        case _:
            return []


def _name(tool_class: str, facts: DeskFacts, language: str) -> str:
    position = facts.tools.get(tool_class)
    return position.name(language) if position is not None else tool_class


def _reminder_line(reminder: Reminder, facts: DeskFacts, speaking: Speaking) -> DeskLine:
    tool = _name(reminder.tool_class, facts, speaking.language)
    when = back_by_word(reminder.day or reminder.due, facts.at, speaking.offset_minutes, speaking.language)
    figure = ""
    if reminder.kind is ReminderKind.CASE_OVERDUE:
        when = ""  # how late it is stands at the end of the line
    if reminder.due is not None:
        if reminder.kind in _LATE_BY_THE_CLOCK:
            figure = late_word(facts.at - reminder.due)
        elif reminder.kind is ReminderKind.COUNT_OWED:
            figure = age_word(facts.at - reminder.due)
    detail = (speaking.station_of(reminder.site_id), reminder_detail(reminder, tool, when))
    return DeskLine(
        reminder_title(reminder, tool),
        " · ".join(part for part in detail if part),
        figure,
        SYMBOLS[reminder.kind],
        judgement_of(reminder),
        Target(reminder=reminder, operation=reminder.operation),
    )


def _out_line(out: KitOut, facts: DeskFacts, speaking: Speaking) -> DeskLine:
    late = out.due is not None and facts.at > out.due
    if out.due is None:
        figure = no_time_word()
    elif late:
        figure = late_word(facts.at - out.due)
    else:
        figure = back_by_word(out.due, facts.at, speaking.offset_minutes, speaking.language)
    since = _moment("since", out.since, facts, speaking)
    due = _moment("due", out.due, facts, speaking) if late else ""
    parts = (speaking.station_of(out.site_id), out.aircraft, out.work_order, due or since)
    return DeskLine(
        f"{out.kit} · {short_name(out.holder_name)}",
        " · ".join(part for part in parts if part),
        figure,
        "checkin" if late else "checkout",
        "bad" if late else "",
        Target(kit=out.kit, holder_badge=out.holder_badge, operation=out.operation, site=out.site_id),
    )


def _moment(kind: str, at: datetime | None, facts: DeskFacts, speaking: Speaking) -> str:
    if at is None:
        return ""
    when = back_by_word(at, facts.at, speaking.offset_minutes, speaking.language)
    return part_word(kind).format(when=when)


def _case_line(case: Case, facts: DeskFacts, speaking: Speaking) -> DeskLine:
    late = facts.case_is_late(case)
    tool = _name(case.tool_class, facts, speaking.language) if case.tool_class else whole_kit_word()
    parts = (
        speaking.station_of(case.site_id),
        part_word("kit").format(kit=case.kit),
        case.aircraft,
        short_name(case.holder_name),
        case_state_word(case.state, late=late, searched=bool(case.searches)),
    )
    judgement: Judgement = "bad" if late else "look"
    return DeskLine(
        f"{case.number} · {tool}",
        " · ".join(part for part in parts if part),
        age_word(facts.at - case.began_at),
        "confirm" if case.state is CaseState.AWAITS_RELEASE else "search",
        judgement,
        Target(case=case.number, kit=case.kit, site=case.site_id),
    )
