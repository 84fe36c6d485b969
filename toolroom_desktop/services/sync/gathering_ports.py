"""What gathering the records of all stations needs: the centre that hands entries out, and where they are kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.services.sync.ports import Place

T = TypeVar("T")

ALL_STATIONS = "all_stations"
"""What a centre says in its greeting that lets this station see the records of all."""


@dataclass(frozen=True, slots=True)
class Handed:
    """An entry as the centre hands it out. `content` is the text that was hashed; None where it holds the hash alone.

    That is so of an entry in quarantine.
    """

    seq: int
    hash: str
    content: str | None


@dataclass(frozen=True, slots=True)
class SiteEntries:
    """What the centre says of one station.

    head  how far it has the station's journal
    at    the hash of the entry up to which the asker has it; "" where it has no such entry
    """

    site_id: str
    name: str
    head: Place
    at: str
    entries: tuple[Handed, ...] = ()


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """The next entries of all stations. `now` is the centre's clock before it looked; `more`: there are others."""

    now: datetime
    sites: tuple[SiteEntries, ...]
    more: bool


class EntriesCentre(Protocol):
    """An open line to a centre that lets this station see others."""

    def entries(self, heads: Mapping[str, int], *, without: Collection[str] = (), most: int) -> EntriesPage:
        """The entries after those heads, of every station but those `without`, at most so many and about a megabyte.

        Raises `CentreProblem("centre.missing_rights")` without the right.
        """

    def close(self) -> None: ...


class EntriesLines(Protocol):
    """Opens such lines."""

    def open(self, *, within: float) -> EntriesCentre:
        """A new line that is torn down after `within` seconds, whatever happens. Raises `CentreProblem`."""

    def abort(self) -> None:
        """Tear down every line that is open."""


@dataclass(frozen=True, slots=True)
class SiteState:
    """How far the journal of one station is here.

    site       its number here
    reached    the last entry that is here
    missing    how many the centre had beyond that when it was last asked
    broken_at  the entry at which the centre's chain of it does not hold; 0 where it does
    """

    site: int
    site_id: str
    name: str
    reached: Place
    missing: int = 0
    broken_at: int = 0


@dataclass(frozen=True, slots=True)
class Gathered:
    """How much is here. `not_understood` counts entries that are here but of which nothing could be made."""

    as_of: datetime | None
    looked_at: datetime | None
    sites: tuple[SiteState, ...]
    not_understood: int

    @property
    def missing(self) -> int:
        """How many entries the centre had when it was last asked that are not here."""
        return sum(site.missing for site in self.sites)

    @property
    def held(self) -> int:
        """How many entries are here."""
        return sum(site.reached.seq for site in self.sites)


class GatheredOperations(Protocol):
    """Operations as they are made of entries."""

    def take(self, operation: Operation, site: int) -> None: ...
    def by_id(self, operation_id: UUID) -> Operation | None: ...
    def amend(self, operation: Operation) -> None: ...
    def join(self, operation_id: UUID, checkout: UUID) -> None: ...
    def end(self, checkout: UUID, by: UUID, kit: str) -> None: ...


class GatheredCases(Protocol):
    """Lost-tool cases as they are made of entries."""

    def by_id(self, case_id: UUID) -> Case | None: ...
    def save(self, case: Case) -> None: ...


class RecordsOfEntries(Protocol):
    """The records that entries are made into, within one transaction."""

    @property
    def operations(self) -> GatheredOperations: ...
    @property
    def cases(self) -> GatheredCases: ...


class GatheredWork(RecordsOfEntries, Protocol):
    """One transaction that takes entries in."""

    def sites(self) -> Sequence[SiteState]: ...
    def save_site(self, state: SiteState) -> None: ...
    def keep(self, entry: JournalEntry, site: int) -> int:
        """Keep an entry of another journal; the number that it has here."""

    def attempt(self) -> AbstractContextManager[None]: ...
    def note_look(self, at: datetime, as_of: datetime | None) -> None: ...
    def note_not_understood(self, count: int) -> None: ...


class GatheredStore(Protocol):
    """Where they are kept. May be used from any thread."""

    def make(self) -> None:
        """Make the database where there is none. Raises `DatabaseProblem`."""

    def take_in(self, command: Callable[[GatheredWork], T]) -> T:
        """Run `command` in one transaction; the database is made where there is none.

        Raises `DatabaseProblem`, among others `stations.no_room` before it would take the last of the disk.
        """

    def wake(self) -> None:
        """Open what is on disk, if anything is; what cannot be used any more goes."""

    def standing(self) -> Gathered | None:
        """How much is here; None where there is no such database, or it was not opened yet."""

    def clear(self) -> bool:
        """Let all of it go; whether there was anything. Waits for whoever is reading it."""

    def close(self) -> None:
        """Nothing is opened any more."""
