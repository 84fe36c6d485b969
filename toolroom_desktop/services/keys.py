"""Going on with new keys where the station's own were lost with the computer that kept them."""

from __future__ import annotations

from dataclasses import replace

from toolroom_desktop.domain.journal import KEYS_RENEWED
from toolroom_desktop.services.ports import Database, UnitOfWork
from toolroom_desktop.services.recording import Recorder


def renew_keys(database: Database, recorder: Recorder) -> None:
    """Clear every PIN, which no key fits any more, and begin a new series of seals with an entry that says so."""

    def renew(uow: UnitOfWork) -> None:
        for person in uow.people.all():
            uow.people.save(replace(person, pin_hash="", wrong_pins=0, locked_until=None))
        recorder.record(uow, KEYS_RENEWED, {"entries_before": uow.journal.head().site_seq})

    database.write(renew)
