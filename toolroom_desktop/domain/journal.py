"""The journal: records that are only ever appended, each carrying the hash of the one before.

The hash of an entry is SHA-256 over the hash of its predecessor and the canonical JSON of its content, so anyone can
verify a chain. The `seal` is an HMAC of that hash under a key that does not lie beside the data, so that somebody
who rewrites the file and hashes everything again is found too.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

GENESIS = "0" * 64
SCHEMA_VERSION = 1
KEYS_RENEWED = "keys_renewed"
"""The kind of the entry with which a new key begins, after the one before was lost."""


@dataclass(frozen=True, slots=True, order=True)
class HybridTime:
    """A hybrid logical clock (Kulkarni et al., 2014): wall clock milliseconds that never go back, and a counter."""

    wall_ms: int
    counter: int = 0

    def next(self, now_ms: int) -> HybridTime:
        """The time of the next local event, greater than this one whatever the wall clock says."""
        if now_ms > self.wall_ms:
            return HybridTime(now_ms, 0)
        return HybridTime(self.wall_ms, self.counter + 1)

    def __str__(self) -> str:
        return f"{self.wall_ms:013d}-{self.counter:06d}"

    @classmethod
    def parse(cls, text: str) -> HybridTime:
        """The inverse of `str`."""
        wall, counter = text.split("-")
        return cls(int(wall), int(counter))


MOST_AHEAD_MS = 5 * 60 * 1000
"""A time of another station that is further ahead than that is of a clock that is wrong, and never adopted."""


def may_adopt(at: HybridTime, now_ms: int) -> bool:
    """Whether what is recorded from now on is to be later than that time of another station."""
    return at.wall_ms <= now_ms + MOST_AHEAD_MS


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One record. `payload` is plain JSON; `wall_at` is UTC; `clock_back` says that the wall clock had gone back."""

    op_id: UUID
    site_id: str
    site_seq: int
    hlc: HybridTime
    wall_at: datetime
    clock_back: bool
    kind: str
    payload: Mapping[str, Any]
    model_sha256: str | None
    prev_hash: str
    hash: str
    seal: str
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain that the next entry continues. `heard` is the latest time of another station."""

    site_seq: int = 0
    hash: str = GENESIS
    hlc: HybridTime = HybridTime(0)
    heard: HybridTime = HybridTime(0)


def canonical_json(value: object) -> str:
    """JSON with sorted keys, no blanks and no ASCII escapes: the same bytes for the same value everywhere."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def content_text(entry: JournalEntry) -> str:
    """The text that stands for an entry, in which it also travels to the centre."""
    content = {
        "op_id": str(entry.op_id),
        "site_id": entry.site_id,
        "site_seq": entry.site_seq,
        "hlc": str(entry.hlc),
        "wall_at": entry.wall_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "clock_back": entry.clock_back,
        "kind": entry.kind,
        "payload": entry.payload,
        "model_sha256": entry.model_sha256,
        "schema_version": entry.schema_version,
    }
    return canonical_json(content)


def content_hash(entry: JournalEntry) -> str:
    """The hash that `entry` must carry, computed from its content and its predecessor's hash."""
    return hashlib.sha256(f"{entry.prev_hash}\n{content_text(entry)}".encode()).hexdigest()


def seal_of(entry_hash: str, key: bytes) -> str:
    """The keyed seal of an entry's hash."""
    return hmac.new(key, entry_hash.encode(), hashlib.sha256).hexdigest()


def next_entry(
    head: Head,
    *,
    op_id: UUID,
    site_id: str,
    wall_at: datetime,
    kind: str,
    payload: Mapping[str, Any],
    key: bytes,
    model_sha256: str | None = None,
) -> JournalEntry:
    """The entry that continues the chain after `head`. `wall_at` must be aware; it is recorded, never refused."""
    # What is hashed must be what a reader of the stored text gets back.
    plain = json.loads(canonical_json(dict(payload)))
    now_ms = int(wall_at.timestamp() * 1000)
    entry = JournalEntry(
        op_id=op_id,
        site_id=site_id,
        site_seq=head.site_seq + 1,
        hlc=max(head.hlc, head.heard).next(now_ms),
        wall_at=wall_at.astimezone(UTC),
        # A time that was adopted from another station lies ahead without this clock having gone back.
        clock_back=now_ms < head.hlc.wall_ms != head.heard.wall_ms,
        kind=kind,
        payload=plain,
        model_sha256=model_sha256,
        prev_hash=head.hash,
        hash="",
        seal="",
    )
    hashed = content_hash(entry)
    return replace(entry, hash=hashed, seal=seal_of(hashed, key))


def head_of(entry: JournalEntry) -> Head:
    """The head after `entry`."""
    return Head(entry.site_seq, entry.hash, entry.hlc)


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where a chain does not hold. `code` is one of "sequence", "link", "content", "seal", "head"."""

    site_seq: int
    code: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying a chain found. `seals_checked` is False where no key was at hand.

    sealed_from  the first entry whose seal could be checked: greater than 1 where the keys were lost and renewed
    """

    entries: int
    head: Head
    seals_checked: bool
    fault: Fault | None = None
    sealed_from: int = 1

    @property
    def whole(self) -> bool:
        """Whether the chain holds."""
        return self.fault is None


def verify(entries: Iterable[JournalEntry], *, key: bytes | None, expected_head: Head | None = None) -> Verification:
    """Walk a whole chain from its beginning in site_seq order and stop at the first fault.

    `expected_head` is the head as known elsewhere (the database's own note, later the centre): without it, entries cut
    off at the end leave no trace in the chain itself. Seals before an entry `KEYS_RENEWED` that `key` sealed are of a
    key that is lost, and count as not checked; nobody without the key can make such an entry.
    """
    head = Head()
    count = 0
    sealed_from = 1
    unsealed: Verification | None = None

    def outcome(fault: Fault | None) -> Verification:
        return unsealed or Verification(count, head, key is not None, fault, sealed_from)

    for entry in entries:
        if entry.site_seq != head.site_seq + 1:
            return outcome(Fault(head.site_seq + 1, "sequence"))
        if entry.prev_hash != head.hash:
            return outcome(Fault(entry.site_seq, "link"))
        if content_hash(entry) != entry.hash:
            return outcome(Fault(entry.site_seq, "content"))
        if key is not None and not hmac.compare_digest(seal_of(entry.hash, key), entry.seal):
            # The first one is the fault, unless the keys turn out to have been renewed since.
            unsealed = unsealed or outcome(Fault(entry.site_seq, "seal"))
        elif key is not None and entry.kind == KEYS_RENEWED:
            unsealed, sealed_from = None, entry.site_seq
        head = head_of(entry)
        count += 1
    if expected_head is not None and (expected_head.site_seq, expected_head.hash) != (head.site_seq, head.hash):
        return outcome(Fault(head.site_seq + 1, "head"))
    return outcome(None)
