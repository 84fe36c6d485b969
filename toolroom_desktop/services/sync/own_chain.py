"""How the station's own journal and the centre's copy of it lie to one another, and whether an entry of it is good."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Protocol

from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.domain.journal import KEYS_RENEWED, SCHEMA_VERSION, JournalEntry, content_text, seal_of
from toolroom_desktop.services.ports import Database
from toolroom_desktop.services.sync.gathered_entries import entry_of_text
from toolroom_desktop.services.sync.own_records import is_known
from toolroom_desktop.services.sync.ports import Outgoing, OwnPage, Place


class Handing(Protocol):
    """A line to a centre that hands a station its own entries."""

    def own_entries(self, after: int, *, most: int) -> OwnPage: ...


def first_difference(database: Database, centre: Handing, upto: int) -> int | None:
    """The first of the entries up to `upto`, which both have, in which they differ; None where they are the same.

    Each hash covers all that is before it, so it is found by halving. Raises `CentreProblem`.
    """

    def same(seq: int) -> bool:
        own = database.read(lambda uow: uow.outbox.place(seq))
        return own is not None and centre.own_entries(seq, most=0).at == own.hash

    if upto == 0 or same(upto):
        return None
    good, bad = 0, upto
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if same(middle) else (good, middle)
    return bad


@dataclass(frozen=True, slots=True)
class Seals:
    """Whether seals are of the key that this station has now.

    key    that key
    holds  whether it made the seal of the entry before; None where nobody can tell yet
    """

    key: bytes
    holds: bool | None

    def after(self, entry: JournalEntry) -> Seals:
        """The same after that entry. Raises `CentreProblem` for a seal that has to be of this key and is not.

        A key ends with the entry of another one's renewal, and begins with that of its own.
        """
        good = hmac.compare_digest(seal_of(entry.hash, self.key), entry.seal)
        if entry.kind == KEYS_RENEWED or self.holds is None:
            return Seals(self.key, good)
        if self.holds and not good:
            raise bad_entry(entry.site_seq, "seal")
        return self


def checked_entry(said: Outgoing, before: Place, site_id: str) -> JournalEntry:
    """The entry that the centre hands out, if it is the one that was hashed and follows `before`.

    Raises `CentreProblem`: "centre.own_entry_bad" with its `seq` and the `fault`, "centre.own_entry_newer" for one of a
    newer program.
    """
    if said.seq != before.seq + 1:
        raise bad_entry(before.seq + 1, "sequence")
    if said.prev != before.hash:
        raise bad_entry(said.seq, "link")
    if hashlib.sha256(f"{said.prev}\n{said.content}".encode()).hexdigest() != said.hash:
        raise bad_entry(said.seq, "content")
    try:
        entry = entry_of_text(said.content, prev=said.prev, hash_=said.hash, seal=said.seal)
        whole = content_text(entry) == said.content
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise bad_entry(said.seq, "content") from error
    if entry.schema_version > SCHEMA_VERSION or (whole and not is_known(entry.kind)):
        raise CentreProblem("centre.own_entry_newer", seq=said.seq, kind=entry.kind)
    if not whole or (entry.site_id, entry.site_seq) != (site_id, said.seq):
        raise bad_entry(said.seq, "content")
    return entry


def bad_entry(seq: int, fault: str) -> CentreProblem:
    """The centre's own entry of that number does not hold; `fault` as in `domain.journal.Fault`."""
    return CentreProblem("centre.own_entry_bad", seq=seq, fault=fault)
