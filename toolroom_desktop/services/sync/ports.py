"""What sync needs from outside: the centre, and what of the station's own records still waits for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

PROTOCOL = 1
"""The version of the functions that a station calls."""

PULL = "pull"
"""What a centre of protocol 1 may know beside pushing, as its greeting says: one that does not is not asked for it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the station's chain: the entry's number and hash; 0 and zeros before the first."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An entry as it travels. `content` is the very text that `hash` was made of, after `prev` and a line break."""

    seq: int
    prev: str
    hash: str
    seal: str
    content: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The next entries of the own journal as the centre has it.

    head  how far it has it
    at    the hash of the entry after which was asked; "" where it has no such entry
    """

    head: Place
    at: str
    entries: tuple[Outgoing, ...] = ()


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the centre answers to a station that comes.

    epoch     another one than last time: the centre was restored, or is another one
    schemas   the lowest and highest schema version of entries that it takes
    head      how far it has this station's chain
    features  what it knows beside pushing
    """

    epoch: str
    now: datetime
    protocol: int
    schemas: tuple[int, int]
    head: Place
    features: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Poisoned:
    """An entry that the centre took into quarantine and acknowledged."""

    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """What the centre has after a push. `refused` is "" or why it stopped before the end ("gap", "fork")."""

    head: Place
    quarantined: tuple[Poisoned, ...] = ()
    refused: str = ""
    refused_seq: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """What the centre holds of this station. `quarantined` counts what nobody resolved yet."""

    head: Place
    quarantined: int
    evidence_files: int
    evidence_bytes: int


@dataclass(frozen=True, slots=True)
class Digest:
    """SHA-256 over the hashes of `count` entries up to `upto`, one a line."""

    upto: int
    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class File:
    """An evidence file that the centre does not have whole. `acked` is how many of its `size` bytes it has.

    dropped  the centre had it whole, and it was deleted here
    """

    sha256: str
    size: int
    acked: int
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the centre has not acknowledged yet.

    doubtful  photos that were deleted here, and of which it is not known that the centre still has them
    """

    operations: int
    files: int
    bytes: int
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class Memory:
    """What the station remembers of its last round. `digest_at` is when the whole chain was last compared."""

    epoch: str = ""
    last_success: datetime | None = None
    digest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the centre as it is now. What a later centre says more of it is kept in `content`."""

    kind: str
    key: str
    version: int
    deleted: bool
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """The next changes in the centre's order. `cursor` is opaque: it is handed in with the next pull."""

    changes: tuple[Change, ...]
    cursor: str
    more: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the station knows of a row of the centre.

    applied  taken over into the station's own tables; False where it was put aside, or nobody here knows its kind
    problem  why it was put aside, as the code of a sentence with its `details`; "" else
    """

    change: Change
    applied: bool
    problem: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the centre's rows are known, and since when."""

    cursor: str = ""
    pulled_at: datetime | None = None


class Centre(Protocol):
    """An open line to the centre, used by one thread. Every call ends in time or raises `CentreProblem`."""

    def hello(self, *, now: datetime, app_version: str, pending: int) -> Welcome: ...
    def push(self, entries: Sequence[Outgoing]) -> PushAnswer: ...
    def pull(self, cursor: str, *, most: int) -> Page:
        """The changes after `cursor` ("" from the beginning), at most so many."""

    def verify(self) -> Held: ...
    def digest(self, *, after: int, upto: int) -> Digest: ...
    def own_entries(self, after: int, *, most: int) -> OwnPage:
        """The station's own entries after that number, at most so many and about a megabyte.

        Raises `CentreProblem("centre.cannot_bring_back")` where the centre is of an older program.
        """

    def evidence_held(self, names: Sequence[str]) -> Mapping[str, int]:
        """How many bytes of each it has; those of which it has none are left out."""

    def put_piece(self, file: File, start: int, piece: bytes) -> int:
        """Send bytes of a file; how many it has now."""

    def get_piece(self, named_by: tuple[str, str], sha256: str, start: int) -> tuple[int, bytes] | None:
        """The size of a file and its next bytes from `start` on.

        None where it is not there whole, or where the row of that kind and key does not name it.
        """

    def close(self) -> None: ...


class Lines(Protocol):
    """Opens lines to the centre."""

    def open(self, *, within: float) -> Centre:
        """A new line that is torn down after `within` seconds, whatever happens. Raises `CentreProblem`."""

    def abort(self) -> None:
        """Tear down every line that is open: the program ends. May be called from any thread."""


class OutboxRepository(Protocol):
    """The journal and the evidence seen as what the centre has and has not."""

    def memory(self) -> Memory: ...
    def remember(self, memory: Memory) -> None: ...
    def place(self, seq: int) -> Place | None:
        """The place of that entry in the own chain; None where there is none."""

    def after(self, seq: int, *, most: int, most_bytes: int) -> list[Outgoing]:
        """The entries after `seq`, at most so many, and so many bytes unless one alone has more."""

    def acknowledge(self, upto: int, at: datetime, *, most: int) -> int:
        """Note that the centre has the entries up to `upto`, at most so many at a time; how many it were."""

    def take_back(self, after: int, *, most: int) -> int:
        """Note that the centre has not the entries after `after`, whatever it said before; how many, at most `most`."""

    def waiting(self) -> Waiting: ...
    def mentions(self, text: str, kinds: Collection[str]) -> bool:
        """Whether an entry of these kinds that the centre has not yet has `text` in its payload."""

    def hashes(self, after: int, upto: int) -> list[str]: ...
    def files(self, after: str, *, most: int) -> list[File]:
        """Files that the centre has not whole, by name, those after the name `after`."""

    def acknowledge_file(self, sha256: str, bytes_held: int, at: datetime) -> None: ...
    def take_back_files(self) -> int:
        """Note that it is not known what the centre has of any file; how many were thought to be there."""

    def acknowledged_files(self) -> tuple[int, int]:
        """How many files the centre has whole, and how many bytes they are."""


@dataclass(frozen=True, slots=True)
class PhotoFigures:
    """How many photos lie where, and how many bytes.

    here      lie at the station; `dropped` at the centre alone
    doubtful  of the dropped ones, those of which it is not known that the centre still has them
    """

    here: int
    here_bytes: int
    dropped: int
    dropped_bytes: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A photo whose file was deleted here. `since`: when the centre had it whole; None where it may have it no more."""

    dropped_at: datetime
    since: datetime | None


class ReferenceRepository(Protocol):
    """The centre's rows as they were pulled last, and what became of each."""

    def reach(self) -> Reach: ...
    def note_reach(self, cursor: str, at: datetime | None) -> None: ...
    def known(self, places: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Known]:
        """What is known of each (kind, key); those of which nothing is are left out."""

    def get(self, kind: str, key: str) -> Known | None: ...
    def save(self, rows: Sequence[Known]) -> None: ...
    def waiting(self, kinds: Collection[str], after: tuple[str, str], *, most: int) -> list[Known]:
        """Rows of these kinds that are not applied, by (kind, key), those after `after`."""

    def aside(self, *, most: int) -> list[Known]:
        """Rows that could not be taken over, by (kind, key)."""

    def count_aside(self) -> int: ...
    def of_kind(self, kind: str) -> list[Known]: ...


class PhotosRepository(Protocol):
    """Evidence seen as files that lie here, or at the centre alone."""

    def old(self, before: datetime, after: tuple[datetime, str] | None, *, most: int) -> list[tuple[datetime, File]]:
        """Photos that lie here and that the centre has whole since before `before`, the longest first.

        Each with since when; `after` continues behind that (since, SHA-256).
        """

    def known(self, names: Collection[str]) -> set[str]:
        """Which of these belong to the records, wherever they lie."""

    def drop(self, names: Collection[str], at: datetime) -> None:
        """Note that these lie at the centre alone."""

    def dropped(self, sha256: str) -> Dropped | None:
        """What is noted of a photo that lies at the centre alone; None for any other one."""

    def figures(self) -> PhotoFigures: ...
