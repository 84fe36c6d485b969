"""What other stations have recorded of kits: since which operation one is out there, and what is searched for there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.journal import HybridTime
from toolroom_desktop.domain.operation import Operation


@dataclass(frozen=True, slots=True)
class CustodyElsewhere:
    """An operation of another station since which a kit, or a part of it, is out, or was.

    station    what people call that station
    at         when it was, by the clocks of all stations together
    closed_by  the operation that ended this custody, wherever that was; its own id where its own count did
    known_at   since when this station knows it
    """

    operation: Operation
    station: str
    at: HybridTime
    known_at: datetime
    closed_by: UUID | None = None

    @property
    def live(self) -> bool:
        """Whether something is out since then."""
        return self.closed_by is None and bool(self.operation.custody)


@dataclass(frozen=True, slots=True)
class CaseElsewhere:
    """A lost-tool case of another station: it is searched, concluded and released there."""

    case: Case
    station: str


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file that the centre has and this station wants.

    size     in bytes; 0 while nobody said
    purpose  "photo", or what else it is for
    held     bytes that lie here
    named_by  kind and key of the centre's row that names it: without one the centre gives no file away
    """

    sha256: str
    size: int
    purpose: str
    held: int
    wanted_at: datetime
    named_by: tuple[str, str]

    @property
    def whole(self) -> bool:
        """Whether it lies here whole."""
        return 0 < self.size <= self.held
