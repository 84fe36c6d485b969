"""A station in a process of its own that brings its entries back until it is killed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.fakes import HandClock
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.gateway import CentreLines
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import open_records
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.services.sync import bring_back
from toolroom_desktop.services.sync.own_records import OwnRecords

BATCH = 4


def bring_back_until_killed(folder: Path, address: ServerAddress, entries: int) -> None:
    """Bring back in small batches, and die with so many entries made into records, whether committed or not."""
    made = 0
    make_of = OwnRecords.make_of

    def counted(self: OwnRecords, entry: JournalEntry) -> None:
        nonlocal made
        make_of(self, entry)
        made += 1
        if made == entries:
            os.kill(os.getpid(), signal.SIGKILL)

    OwnRecords.make_of = counted  # type: ignore[method-assign]
    bring_back.MOST_ENTRIES = BATCH
    records = open_records(folder, clock=HandClock(), pin_cost=FAST, before_centre=True)
    lines = CentreLines(lambda: address, records.database.site_id)
    bring_back.BringBack(records.database, records.evidence, records.recorder, lines).run(by=None)
