"""What the shift's screen says about a kit, in the language of the windows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.shifts import KitLine, Owed, Whereabouts
from toolroom_desktop.services.shifts import KitNow
from toolroom_desktop.ui.models.inventory_list import InventoryRow
from toolroom_desktop.ui.widgets.parts import Judgement
from toolroom_desktop.ui.words import short_name

When = Callable[[datetime], str]


def recorded_word(now: KitNow, when: When, *, overdue: bool) -> str:
    """Where the records say that a kit is, with whom and until when."""
    if now.case:
        return QCoreApplication.translate("ShiftScreen", "searched for, case {case}").format(case=now.case)
    if now.lost:
        return QCoreApplication.translate("ShiftScreen", "lost")
    if now.out is None:
        return QCoreApplication.translate("ShiftScreen", "in the store")
    name = short_name(now.holder)
    if now.due is None:
        return QCoreApplication.translate("ShiftScreen", "out: {name}").format(name=name)
    if overdue:
        text = QCoreApplication.translate("ShiftScreen", "out: {name}, overdue since {when}")
    else:
        text = QCoreApplication.translate("ShiftScreen", "out: {name}, until {when}")
    return text.format(name=name, when=when(now.due))


def choice_word(where: Whereabouts) -> str:
    """What a person can say about where a kit is."""
    return {
        Whereabouts.IN: QCoreApplication.translate("ShiftScreen", "Here"),
        Whereabouts.OUT: QCoreApplication.translate("ShiftScreen", "Still out"),
        Whereabouts.NOT_FOUND: QCoreApplication.translate("ShiftScreen", "Not found"),
    }[where]


def choices_of(now: KitNow) -> tuple[Whereabouts, ...]:
    """What can be said about a kit, what the records say first."""
    if now.recorded is Whereabouts.OUT:
        return (Whereabouts.OUT, Whereabouts.IN, Whereabouts.NOT_FOUND)
    other = Whereabouts.NOT_FOUND if now.recorded is Whereabouts.IN else Whereabouts.IN
    return (now.recorded, other)


def why_word(owed: Owed) -> str:
    """Why something must be said about a kit, and what."""
    return {
        Owed.DIFFERS: QCoreApplication.translate("ShiftScreen", "It is not where the records say. What happened?"),
        Owed.OVERDUE: QCoreApplication.translate("ShiftScreen", "It is overdue. Why is it still out?"),
        Owed.NO_RETURN: QCoreApplication.translate(
            "ShiftScreen", "It stays out over the end of the shift, and nobody said until when. What for?"
        ),
    }[owed]


def consequence_word(line: KitLine) -> str:
    """What follows from what was said; empty where nothing does."""
    if line.unaccounted:
        return QCoreApplication.translate("ShiftScreen", "Signing opens a case. The kit is not issued until it ends.")
    if line.recorded is Whereabouts.OUT and line.seen is Whereabouts.IN:
        return QCoreApplication.translate(
            "ShiftScreen", "It stays recorded as out until somebody brings it back by a checkin."
        )
    if line.recorded is Whereabouts.NOT_FOUND and line.seen is Whereabouts.IN:
        return QCoreApplication.translate("ShiftScreen", "The case stays open until the quality department ends it.")
    return ""


def row_of(
    now: KitNow, line: KitLine, *, language: str, when: When, overdue: bool, owed: Owed | None, counting: bool
) -> InventoryRow:
    """A kit as a row of the list."""
    symbol, judgement = _mark(line, owed=owed, overdue=overdue, counting=counting)
    where = recorded_word(now, when, overdue=overdue)
    if line.seen is not line.recorded:
        where = f"{where} → {choice_word(line.seen).lower()}"
    owing = QCoreApplication.translate("ShiftScreen", "to be explained") if owed is not None else ""
    title = now.toolkit.title(language)
    return InventoryRow(line.kit, title, where, line.explanation or owing, symbol, judgement)


def _mark(line: KitLine, *, owed: Owed | None, overdue: bool, counting: bool) -> tuple[str, Judgement]:
    if line.unaccounted or (line.recorded is line.seen is Whereabouts.NOT_FOUND):
        return "missing", "bad"
    if owed is not None or overdue or line.seen is not line.recorded:
        return "unsure", "look"
    if line.recorded is Whereabouts.OUT:
        return "checkout", ""
    if counting and not line.ticked:
        return "circle", ""
    return "present", "ok" if line.ticked else ""
