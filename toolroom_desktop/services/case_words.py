"""What is said of a case, the same on paper, on the screen and on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from toolroom_desktop.domain.cases import Case, CaseEvent, CaseEventKind, Outcome
from toolroom_desktop.services.doctor import Sentences

Offset = Callable[[datetime], int]
"""The station's offset from UTC at a time, in minutes."""


def moment(at: datetime, offset: Offset, language: str) -> str:
    """The station's own time with its date, as the language writes it."""
    local = at + timedelta(minutes=offset(at))
    return local.strftime("%d.%m.%Y %H:%M" if language == "ru" else "%Y-%m-%d %H:%M")


def what_is_missing(case: Case, name: str, say: Sentences) -> str:
    """The tool with its marking, or the whole kit, and in which way it is missing."""
    tool = " ".join(part for part in (name, case.marking) if part)
    if not case.kit:
        return say("case_word.kind.spare", tool=tool)
    return say(f"case_word.kind.{case.kind.value}", tool=tool, kit=case.kit)


def where_it_stands(case: Case, say: Sentences) -> str:
    """Open, waiting for quality, or released."""
    return say(f"case_word.state.{case.state.value}")


def next_step(case: Case, say: Sentences) -> str:
    """What has to be done now."""
    return say(f"case_word.next.{case.next_step.value}")


def found_out_at(case: Case, say: Sentences) -> str:
    """On what occasion it was found out."""
    return say(f"case_word.at.{case.found_out_at}")


def title_of(event: CaseEvent, say: Sentences) -> str:
    """What happened, in a few words."""
    if event.count is not None and event.operation:
        count, at = say(f"case_word.count.{event.count.value}"), say(f"case_word.at.{event.operation}")
        return say("case_word.step.counted", count=count, at=at)
    if event.count is not None:
        return say("case_word.step.reported_again")
    if event.kind is CaseEventKind.OUTCOME:
        if event.outcome is Outcome.FOUND and event.role is None:
            return say("case_word.step.came_back")
        if event.outcome is Outcome.FOUND:
            return say("case_word.step.found", place=event.place)
        return say("case_word.step.lost")
    if event.kind is CaseEventKind.SEARCHED:
        return say("case_word.step.searched", place=event.place)
    if event.kind is CaseEventKind.CARRIED_OVER and event.text:
        return say("case_word.step.carried_over_as", former=event.text)
    return say(f"case_word.step.{event.kind.value}")


def text_of(event: CaseEvent, say: Sentences) -> str:
    """What was said besides; empty for nothing."""
    if event.kind is CaseEventKind.CARRIED_OVER:
        return ""
    if event.kind is CaseEventKind.OPENED and event.role is None and event.place:
        if event.text:
            return say("case_word.out_there", station=event.place, name=event.text)
        return say("case_word.went_out_there", station=event.place)
    named = event.kind in (CaseEventKind.SEARCHED, CaseEventKind.OUTCOME) and event.outcome is not Outcome.LOST
    place = "" if named or not event.place else say("case_word.place", place=event.place)
    return "\n".join(part for part in (place, event.text) if part)


def who(event: CaseEvent, say: Sentences) -> str:
    """Who did it, with their role; the station itself where nobody did."""
    if event.role is None:
        return say("case_word.by_itself")
    return f"{event.name}, {say(f'cli.role.{event.role.value}').lower()} ({event.badge})"
