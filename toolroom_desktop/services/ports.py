"""What the services need of records, files and secrets, as protocols. Adapters fulfil them; tests bring small fakes.

Cameras, models and pictures are in `vision_ports`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import UUID

from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.journal import Head, HybridTime, JournalEntry
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.people import Person
from toolroom_desktop.domain.shifts import KitOut, Shift
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.elsewhere_ports import ElsewhereRepository
from toolroom_desktop.services.figures_ports import FiguresRepository
from toolroom_desktop.services.history_rows import HistoryRepository
from toolroom_desktop.services.reports.ports import ReportsRepository
from toolroom_desktop.services.sync.ports import OutboxRepository, PhotosRepository, ReferenceRepository

T = TypeVar("T")


# --- records -------------------------------------------------------------------------------------------------------


class PeopleRepository(Protocol):
    """People by badge. Badges are compared without regard to case and surrounding blanks."""

    def by_badge(self, badge: str) -> Person | None: ...
    def all(self) -> list[Person]: ...
    def add(self, person: Person) -> None:
        """Raises `BadInput("people.badge_taken")` for a badge that is taken."""

    def save(self, person: Person) -> None: ...


class CatalogueRepository(Protocol):
    """Toolkits and kits. Names and numbers are compared without regard to case."""

    def toolkit(self, name: str) -> Toolkit | None: ...
    def toolkits(self) -> list[Toolkit]: ...
    def save_toolkit(self, toolkit: Toolkit) -> None:
        """Adds the toolkit or replaces the one of that name."""

    def remove_toolkit(self, name: str) -> None:
        """Forgets a toolkit that no kit is of."""

    def kit(self, number_or_code: str) -> Kit | None: ...
    def kits(self) -> list[Kit]: ...
    def save_kit(self, kit: Kit) -> None:
        """Adds the kit or replaces the one of that number."""

    def remove_kit(self, number: str) -> None:
        """Forgets a kit that holds no tools."""


class OperationsRepository(Protocol):
    """Operations as projections of the journal."""

    def add(self, operation: Operation, *, once_more: bool = False) -> None:
        """Ends the custody that the operation closes, and adds it.

        `once_more`: it was recorded before, and what it closes may be known to the centre alone.
        """

    def by_id(self, operation_id: UUID) -> Operation | None: ...
    def recent(self, *, limit: int, before_seq: int | None = None) -> list[Operation]:
        """Newest first, by site_seq; `before_seq` continues a page."""

    def open_checkout(self, kit_number: str) -> Operation | None:
        """The operation since which that kit, or a part of it, is out; None while it is in."""

    def open_checkouts(self) -> list[Operation]:
        """The operations since which kits are out, oldest first."""

    def kits_out(self) -> list[KitOut]:
        """The kits that are out, the longest first: quick, for whoever does not want the operations themselves."""

    def held_by(self, badge: str) -> list[Operation]:
        """Operations since which kits are out in that person's custody, oldest first."""

    def counts_owed(self) -> list[Operation]:
        """Operations whose count is still owed and whose kit nothing was done with since, oldest first."""

    def by_photo(self, sha256: str) -> Operation | None: ...
    def newest_of(self, kit: str) -> Operation | None:
        """What was done last with that kit."""

    def ended_by(self, operation_id: UUID) -> Operation | None:
        """The operation that ended the custody which began with that one; None for none."""

    def closed_by(self, operation_id: UUID) -> UUID | None:
        """The operation, of whichever station, that ended the custody which began with that one."""

    def end_elsewhere(self, operation_id: UUID, by: UUID) -> bool:
        """Note that an operation of another station ended this custody; whether it was open."""

    def join(self, operation_id: UUID, checkout: UUID) -> None:
        """Note which custody was ended by a return that did not know of it."""

    def amend(self, operation: Operation) -> None:
        """What holds of a recorded operation now: its count, details, custody, cases, and what was said of it later."""


class JournalRepository(Protocol):
    """The chain. Entries are only ever appended."""

    def head(self) -> Head: ...
    def append(self, entry: JournalEntry) -> None:
        """Stores the entry and moves the noted head; the entry must continue `head()`."""

    def hear(self, at: HybridTime) -> None:
        """Note a time of another station: what is recorded here from now on is later than that."""

    def entries(self, *, after_seq: int = 0) -> Iterator[JournalEntry]:
        """In site_seq order."""

    def by_id(self, op_id: UUID) -> JournalEntry | None: ...
    def mentioning(self, text: str, kinds: Sequence[str], *, limit: int) -> list[JournalEntry]:
        """The newest entries of these kinds whose payload contains `text`, the newest first."""


class EvidenceRepository(Protocol):
    """Which evidence files belong to the records."""

    def add(self, sha256: str, size: int) -> None:
        """Notes a file that lies here; a second note of the same content changes nothing else."""

    def all(self) -> Iterator[tuple[str, int]]:
        """Every file that is to lie here as (SHA-256, size in bytes): not those that lie at the centre alone."""


class ToolsRepository(Protocol):
    """Tools as physical items. Markings and numbers are compared without regard to case."""

    def by_id(self, tool_id: UUID) -> Tool | None: ...
    def by_marking(self, scanned: str) -> list[Tool]:
        """The tools that a scan or a typed text names, by marking or serial number."""

    def in_kit(self, kit: str) -> list[Tool]:
        """The tools of that kit, by class and unit."""

    def all(self) -> list[Tool]: ...
    def spare(self) -> list[Tool]:
        """The tools that are in no kit, by class and marking."""

    def matching(self, text: str, classes: Collection[str], *, limit: int) -> list[Tool]:
        """The tools whose marking, numbers, class or kit contain `text`, or whose class is one of `classes`.

        At most `limit`, by kit, class and unit.
        """

    def not_serviceable(self) -> list[Tool]:
        """Tools that are broken, in repair, lost or retired."""

    def calibration_due_by(self, day: date) -> list[Tool]:
        """Tools in use whose calibration ends on `day` or before it, the soonest first."""

    def empty_places(self, kit: str) -> list[tuple[str, int]]:
        """(class, unit) of the places of that kit that are known to hold nothing, as far as its toolkit has them."""

    def note_empty(self, kit: str, tool_class: str, unit: int) -> None:
        """Notes that this place holds nothing, until a tool is saved there."""

    def save(self, tool: Tool) -> None:
        """Adds the tool or replaces the one of that id; its place is not empty any more.

        Raises `BadInput("tool.marking_taken")`, `BadInput("tool.place_taken")`.
        """

    def save_many(self, tools: Sequence[Tool]) -> None:
        """Adds or replaces many at once, in any order: tools that change places or markings with each other, too.

        The caller has seen to it that no marking and no place is taken twice in the end; raises `ValueError` else.
        """


class CasesRepository(Protocol):
    """Lost-tool cases as projections of the journal."""

    def by_id(self, case_id: UUID) -> Case | None: ...
    def by_number(self, number: str) -> Case | None: ...
    def open(self, kit: str | None = None) -> list[Case]:
        """The cases that are not released, of one kit or of all; oldest first."""

    def recent(self, *, limit: int) -> list[Case]:
        """Released or not, the newest first."""

    def of_operation(self, operation_id: UUID) -> list[Case]: ...
    def of_tool(self, tool_id: UUID) -> Case | None:
        """The open case of that tool."""

    def count(self) -> int:
        """How many these records know."""

    @property
    def serial(self) -> int:
        """The highest number that a case ever had at this station, also one that these records do not know."""

    def keep_serial(self, serial: int) -> None:
        """Numbers up to this one are taken."""

    def save(self, case: Case) -> None:
        """Adds the case, or replaces the one of that id by what followed from it."""


class ShiftsRepository(Protocol):
    """Shifts as projections of the journal."""

    def running(self) -> Shift | None: ...
    def recent(self, *, limit: int) -> list[Shift]:
        """The newest first."""

    def save(self, shift: Shift, *, site_id: str) -> None: ...


class UnitOfWork(Protocol):
    """One transaction. Leaving a command with an exception rolls everything back."""

    @property
    def site_id(self) -> str: ...
    @property
    def people(self) -> PeopleRepository: ...
    @property
    def catalogue(self) -> CatalogueRepository: ...
    @property
    def operations(self) -> OperationsRepository: ...
    @property
    def journal(self) -> JournalRepository: ...
    @property
    def evidence(self) -> EvidenceRepository: ...
    @property
    def tools(self) -> ToolsRepository: ...
    @property
    def cases(self) -> CasesRepository: ...
    @property
    def shifts(self) -> ShiftsRepository: ...
    @property
    def reports(self) -> ReportsRepository: ...
    @property
    def history(self) -> HistoryRepository: ...
    @property
    def figures(self) -> FiguresRepository: ...
    @property
    def outbox(self) -> OutboxRepository: ...
    @property
    def photos(self) -> PhotosRepository: ...
    @property
    def elsewhere(self) -> ElsewhereRepository: ...
    @property
    def reference(self) -> ReferenceRepository: ...
    def attempt(self) -> AbstractContextManager[None]:
        """A part of the transaction: leaving it with an exception rolls back that part alone."""


class Database(Protocol):
    """Where the records are. Commands are serialised on one writing connection in a thread of its own."""

    def write(self, command: Callable[[UnitOfWork], T]) -> T:
        """Run `command` in one transaction and return what it returned after the commit is on disk.

        Blocks until then; raises what the command raised, or `DatabaseProblem`, with nothing written.
        """

    def read(self, query: Callable[[UnitOfWork], T]) -> T:
        """Run `query` on a read-only snapshot in the calling thread."""

    def close(self) -> None:
        """Finish what was accepted, then dispose of the connections."""


class Changes(Protocol):
    """Tells that something was written, not what. May be used from any thread."""

    def follow(self, listener: Callable[[], None]) -> None:
        """Have `listener` called after every commit, in the thread that wrote: it must return at once."""

    def unfollow(self, listener: Callable[[], None]) -> None:
        """Call it no more."""


class EvidenceStore(Protocol):
    """Evidence files by content."""

    def put(self, content: bytes) -> str:
        """Write durably and return the SHA-256 in hex; the same content is stored once."""

    def get(self, sha256: str) -> bytes:
        """The content, verified against its name; raises `NotFound("evidence.gone")` or `DatabaseProblem`."""

    def path(self, sha256: str) -> Path:
        """Where the file is or would be."""


@dataclass(frozen=True, slots=True)
class LedgerContent:
    """What the ledger of open cases says.

    site_id   of the station that wrote it; "" where that cannot be read
    serial    the highest number that a case ever had there
    cases     the open cases whose seal holds
    doubtful  those that can be read, but that another key sealed, or nobody
    problem   "", "missing", "damaged" (a line, or the whole, is not as it was written) or "unreadable" (the disk)
    """

    site_id: str = ""
    serial: int = 0
    cases: tuple[Case, ...] = ()
    doubtful: tuple[Case, ...] = ()
    problem: str = ""


class CaseLedger(Protocol):
    """The open cases once more, beside the records: whatever takes the records' place does not take its place."""

    def read(self) -> LedgerContent:
        """What it says; what is wrong with it is in `problem`."""

    def write(self, site_id: str, cases: Sequence[Case], serial: int) -> None:
        """Replace it durably, whole or not at all. Raises `DatabaseProblem`: cases.disk_full and the like."""

    def set_aside(self) -> str:
        """Keep the present file under another name, which is returned; "" where there is none."""

    def aside(self) -> list[str]:
        """The names of the files that were set aside."""


class ReviewFolder(Protocol):
    """Where photos lie that a person judged otherwise than the model: one folder each, by name."""

    @property
    def place(self) -> Path:
        """The folder of all of them."""

    def keep(self, name: str, photo: bytes, document: Mapping[str, Any]) -> None:
        """Write the photo and what belongs to it, whole or not at all; a name that is there already stays as it is.

        Makes room afterwards where there are too many. Raises `DatabaseProblem` with `review.disk_full`,
        `review.read_only` or `review.disk_error`.
        """

    def names(self) -> list[str]:
        """The names of all cases, oldest first; raises `DatabaseProblem`."""

    def document(self, name: str) -> Mapping[str, Any]:
        """What was kept beside the photo; raises `DatabaseProblem("review.damaged")` for what cannot be read."""

    def photo(self, name: str) -> bytes:
        """The photo as JPEG bytes; raises `DatabaseProblem("review.damaged")` where it cannot be read."""


# --- security and time ---------------------------------------------------------------------------------------------


class PinHasher(Protocol):
    """Slow, peppered hashing of PINs."""

    def hash(self, pin: str) -> str: ...
    def verify(self, encoded: str, pin: str) -> bool: ...


class SecretStore(Protocol):
    """Keys that must not lie beside the data."""

    def get_or_create(self, name: str) -> bytes:
        """32 random bytes that stay the same for this data folder."""

    @property
    def place(self) -> str:
        """Where the secrets are: "keyring" or "file"."""


class Clock(Protocol):
    """Time."""

    def now(self) -> datetime:
        """Now, aware, in UTC."""

    def local_offset_minutes(self, at: datetime) -> int:
        """The station's offset from UTC at that time, in minutes."""

    def monotonic(self) -> float:
        """Seconds that only go forward, for measuring spans."""
