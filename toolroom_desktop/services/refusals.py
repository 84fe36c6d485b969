"""What was refused is in the journal too: who tried what, and why it was not done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from toolroom_desktop.domain.errors import Refused
from toolroom_desktop.services.ports import Database
from toolroom_desktop.services.recording import Recorder

REFUSED = "refused"


@contextmanager
def refusals_recorded(
    database: Database, recorder: Recorder, *, badge: str | None, command: str, subject: str = ""
) -> Iterator[None]:
    """Record a `Refused` that comes out of the block, in a transaction of its own, and let it go on.

    `badge` is who tried; None for the station's own command line. `subject` is the kit, case or person concerned.
    """
    try:
        yield
    except Refused as refusal:
        payload = {"badge": badge, "command": command, "subject": subject, "reason": refusal.code}
        database.write(lambda uow: recorder.record(uow, REFUSED, payload))
        raise
