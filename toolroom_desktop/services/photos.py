"""Reading an evidence photo, and saying where it is when it is not here."""

from __future__ import annotations

from toolroom_desktop.domain.errors import NotFound
from toolroom_desktop.services.ports import Database, EvidenceStore


def read_photo(database: Database, evidence: EvidenceStore, sha256: str) -> bytes:
    """A photo as JPEG bytes, verified against its name.

    Raises `NotFound`: "evidence.at_centre" for one that lies at the centre alone, "evidence.lost_at_centre" where the
    centre has it no more either, "evidence.not_fetched" for one of another station that comes with the next sync,
    "evidence.gone" for one that should be here; `DatabaseProblem` as the store does.
    """
    try:
        return evidence.get(sha256)
    except NotFound as gone:
        dropped = database.read(lambda uow: uow.photos.dropped(sha256))
        if dropped is None:
            wanted = database.read(lambda uow: uow.elsewhere.file(sha256))
            if wanted is not None and not wanted.whole:
                raise NotFound("evidence.not_fetched", sha256=sha256) from gone
            raise
        if dropped.since is None:
            raise NotFound("evidence.lost_at_centre", sha256=sha256, dropped=dropped.dropped_at) from gone
        raise NotFound("evidence.at_centre", sha256=sha256, since=dropped.since, dropped=dropped.dropped_at) from gone
