"""A station in a process of its own that dies while a case is being recorded, as in a power cut."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.fakes import HandClock
from toolroom_desktop.adapters.files.case_ledger import FileCaseLedger
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.cases import Case
from toolroom_desktop.services.case_keeping import CaseKeeper
from toolroom_desktop.services.case_opening import MissingReport
from toolroom_desktop.services.recording import JOURNAL_KEY

STEPS = ("fsync", "replace")
"""What puts something on the disk for good."""


def open_case_and_die(folder: Path, at: int, told: Connection) -> None:
    """Report the brace of K-1 missing, and die before that step of writing the ledger; else send how many there are."""
    _die(folder, at, told, lambda records: records.cases.open_by_hand(badge="T-1", report=BRACE))


def release_and_die(folder: Path, at: int, told: Connection) -> None:
    """Release the only open case, and die before that step of writing the ledger."""

    def release(records: Records) -> None:
        (row,) = records.cases.open()
        records.cases.release(badge="Q-1", number=row.case.number, statement="Найден, борт осмотрен.")

    _die(folder, at, told, release)


BRACE = MissingReport(kit="K-1", tool_class="brace", text="не нашёл на месте")


def _die(folder: Path, at: int, told: Connection, command: Callable[[Records], object]) -> None:
    records = open_records(folder, clock=HandClock(), pin_cost=FAST)
    made = 0

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **more: Any) -> Any:
            nonlocal made
            if made == at:
                os.kill(os.getpid(), signal.SIGKILL)
            made += 1
            return function(*arguments, **more)

        return step

    keep = CaseKeeper.keep

    def dying(keeper: CaseKeeper, site_id: str, cases: Sequence[Case], serial: int) -> None:
        # The commit is on disk by now; what follows is the ledger.
        for name in STEPS:
            setattr(os, name, counted(getattr(os, name)))
        keep(keeper, site_id, cases, serial)

    CaseKeeper.keep = dying  # type: ignore[method-assign,assignment]
    records.database.follow_cases(CaseKeeper(records.database, records.recorder, records.clock, _ledger(records)).keep)
    command(records)
    told.send(made)
    records.close()


def _ledger(records: Records) -> FileCaseLedger:
    folder = records.database.health().path.parent
    return FileCaseLedger(folder, lambda: records.secrets.get_or_create(JOURNAL_KEY))
