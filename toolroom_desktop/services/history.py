"""The journal for whoever wants to look into it: is it whole, and what does an entry say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from itertools import islice
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.journal import Fault, Head, JournalEntry, Verification, head_of, verify
from toolroom_desktop.services.ports import Database, SecretStore, UnitOfWork
from toolroom_desktop.services.recording import JOURNAL_KEY
from toolroom_desktop.services.watching import Watch, unwatched

_UNREADABLE = "database.journal_unreadable"
_WATCH_EVERY = 500


def verify_journal(database: Database, *, key: bytes | None, watch: Watch = unwatched) -> Verification:
    """Walk the whole journal against the noted head and stop at the first fault.

    A row that is not as this program writes rows is a fault of code "unreadable", besides those of `domain.journal`.
    `watch` is told (done, total) in entries of a long journal, and whatever it raises ends the walk.
    """

    def walk(uow: UnitOfWork) -> Verification:
        reached, last = Head(), uow.journal.head()

        def entries() -> Iterator[JournalEntry]:
            nonlocal reached
            for entry in uow.journal.entries():
                yield entry
                reached = head_of(entry)
                if reached.site_seq % _WATCH_EVERY == 0:
                    watch(reached.site_seq, max(reached.site_seq, last.site_seq))

        try:
            return verify(entries(), key=key, expected_head=last)
        except DatabaseProblem as problem:
            if problem.code != _UNREADABLE:
                raise
            return Verification(reached.site_seq, reached, key is not None, Fault(reached.site_seq + 1, "unreadable"))

    return database.read(walk)


def find_entry(uow: UnitOfWork, wanted: str) -> JournalEntry | None:
    """The entry of that id, or with that number in the journal; None for none."""
    if wanted.isascii() and wanted.isdigit() and len(wanted) <= 12:
        entries = list(islice(uow.journal.entries(after_seq=int(wanted) - 1), 1))
        return entries[0] if entries and entries[0].site_seq == int(wanted) else None
    try:
        return uow.journal.by_id(UUID(wanted))
    except ValueError:
        return None


def entry_json(entry: JournalEntry) -> dict[str, Any]:
    """An entry as plain JSON, in the texts that its hash was made of."""
    return {
        "op_id": str(entry.op_id),
        "site_id": entry.site_id,
        "site_seq": entry.site_seq,
        "hlc": str(entry.hlc),
        "wall_at": entry.wall_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "clock_back": entry.clock_back,
        "kind": entry.kind,
        "payload": dict(entry.payload),
        "model_sha256": entry.model_sha256,
        "schema_version": entry.schema_version,
        "prev_hash": entry.prev_hash,
        "hash": entry.hash,
        "seal": entry.seal,
    }


@dataclass(frozen=True, slots=True)
class JournalProof:
    """Proves entries of the journal; the seals with the station's own key."""

    database: Database
    secrets: SecretStore

    def up_to(self, site_seq: int, *, watch: Watch = unwatched) -> Verification:
        """Verify the chain from its beginning to that entry and stop at the first fault.

        watch  told (entries done, entries in all); whatever it raises ends the work

        Takes about as long as reading all these entries. An entry that is not there is a fault of code "sequence".
        """
        key = self.secrets.get_or_create(JOURNAL_KEY)

        def walk(uow: UnitOfWork) -> Verification:
            reached = Head()

            def entries() -> Iterator[JournalEntry]:
                nonlocal reached
                for entry in uow.journal.entries():
                    yield entry
                    reached = head_of(entry)
                    if reached.site_seq % _WATCH_EVERY == 0:
                        watch(reached.site_seq, site_seq)
                    if reached.site_seq >= site_seq:
                        return

            try:
                proven = verify(entries(), key=key)
            except DatabaseProblem as problem:
                if problem.code != _UNREADABLE:
                    raise
                fault = Fault(reached.site_seq + 1, "unreadable")
                return Verification(reached.site_seq, reached, seals_checked=True, fault=fault)
            if proven.whole and proven.entries < site_seq:
                return replace(proven, fault=Fault(proven.entries + 1, "sequence"))
            return proven

        return self.database.read(walk)
