"""A station in a process of its own that records operations until it is killed, and says which are confirmed."""

from __future__ import annotations

import time
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from tests.unit.adapters.database.samples import record
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.evidence import FileEvidenceStore
from toolroom_desktop.services.ports import UnitOfWork

COMMIT_AFTER = 0.05
"""Seconds that the fault lasts: longer than the test ever waits before it kills, however busy the machine."""


def record_for_ever(data_folder: Path, confirmed: Connection, *, confirm_too_early: bool) -> None:
    """Record one operation after the other with its two photos, and send each one's site_seq once it is saved.

    `confirm_too_early` sends it before the commit: the fault that the test must be able to find.
    """
    database = SqliteDatabase.open(data_folder)
    photos = FileEvidenceStore(data_folder)
    seq = database.read(lambda work: work.journal.head().site_seq)

    def command(work: UnitOfWork, number: int) -> None:
        record(work, kit=f"kit {number}")
        if confirm_too_early:
            confirmed.send(number)
            time.sleep(COMMIT_AFTER)

    while True:
        seq += 1
        for kind in ("clean", "annotated"):
            photos.put(f"{kind} {seq}".encode())
        database.write(partial(command, number=seq))
        if not confirm_too_early:
            confirmed.send(seq)
