"""The one way in which anything enters the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.journal import JournalEntry, next_entry
from toolroom_desktop.services.ports import Clock, SecretStore, UnitOfWork

JOURNAL_KEY = "journal"


@dataclass(frozen=True, slots=True)
class Recorder:
    """Appends entries within a unit of work, sealed with the station's key."""

    clock: Clock
    secrets: SecretStore

    def record(
        self,
        uow: UnitOfWork,
        kind: str,
        payload: Mapping[str, Any],
        *,
        op_id: UUID | None = None,
        model_sha256: str | None = None,
    ) -> JournalEntry:
        """Append one entry of `kind` after the head; `op_id` is made here unless the payload names one of its own."""
        entry = next_entry(
            uow.journal.head(),
            op_id=op_id or uuid7(),
            site_id=uow.site_id,
            wall_at=self.clock.now(),
            kind=kind,
            payload=payload,
            key=self.secrets.get_or_create(JOURNAL_KEY),
            model_sha256=model_sha256,
        )
        uow.journal.append(entry)
        return entry
