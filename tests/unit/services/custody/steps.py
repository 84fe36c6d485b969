"""What tests of custody ask of a station, and what they count."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.toolroom.desk import Desk, Word
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.custody import Procedures
from toolroom_desktop.domain.errors import Refused
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.operation import Count
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.ports import UnitOfWork

MISSING = {("pliers", 2): Count.MISSING}
KEPT = {("pliers", 2): Count.KEPT, ("brace", 1): Count.KEPT}
LEAD = (Word("L-1"),)
QUALITY = (Word("Q-1", Purpose.OVERRIDE_CASE, "самолёт осмотрен, инструмента на борту нет"),)
SetProcedures = Callable[[Procedures], Desk]


def save(uow: UnitOfWork, *tools: Tool) -> None:
    for one in tools:
        uow.tools.save(one)


def tool(station: Records, marking: str) -> Tool:
    (found,) = station.database.read(lambda uow: uow.tools.by_marking(marking))
    return found


def change(station: Records, marking: str, state: ToolState) -> None:
    station.database.write(lambda uow: uow.tools.save(replace(uow.tools.by_marking(marking)[0], state=state)))


def journal(station: Records, after: int = 0) -> list[JournalEntry]:
    return station.database.read(lambda uow: list(uow.journal.entries(after_seq=after)))


def length(station: Records) -> int:
    return len(journal(station))


def holder(station: Records, kit: str = "K-1") -> tuple[str, dict[str, int]] | None:
    held = station.database.read(lambda uow: uow.operations.open_checkout(kit))
    return None if held is None else (held.holder_badge, dict(held.custody))


def refused(station: Records, code: str, command: Callable[[], object]) -> None:
    """The command is refused for that reason, nothing moved, and the journal says who tried what."""
    before, held, tools = length(station), holder(station), station.database.read(lambda uow: uow.tools.all())
    with pytest.raises(Refused, match=re.escape(code)):
        command()
    assert holder(station) == held
    assert station.database.read(lambda uow: uow.tools.all()) == tools
    (entry,) = journal(station, before)
    assert (entry.kind, entry.payload["reason"], entry.payload["badge"]) == ("refused", code, "T-1")
