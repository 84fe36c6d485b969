"""Where what other stations recorded of kits is kept, and which files of theirs are wanted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from toolroom_desktop.domain.elsewhere import CaseElsewhere, CustodyElsewhere, WantedFile
from toolroom_desktop.domain.journal import HybridTime
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.shifts import KitOut


class ElsewhereRepository(Protocol):
    """Custody and cases of other stations, as the centre told them. Kits are compared without regard to case."""

    def custody(self, operation_id: UUID) -> CustodyElsewhere | None:
        """What is known of that operation of another station."""

    def out(self, kit: str | None = None) -> list[CustodyElsewhere]:
        """What is out since operations of other stations, of one kit or of all; the longest first."""

    def kits_out(self) -> list[KitOut]:
        """The same of all kits in a few words: quick, for whoever does not want the operations themselves."""

    def held_by(self, badge: str) -> list[CustodyElsewhere]:
        """What is out since operations of other stations in that person's custody, the longest first."""

    def ended(self, since: datetime) -> list[CustodyElsewhere]:
        """What ended, and was heard of since then."""

    def save_custody(self, custody: CustodyElsewhere) -> None:
        """Adds it or replaces the one of its operation."""

    def forget(self, before: datetime) -> int:
        """Forget custody that ended, and cases that were released, and of which nothing was heard since `before`."""

    def case(self, case_id: UUID) -> CaseElsewhere | None: ...
    def cases(self, kit: str | None = None) -> list[CaseElsewhere]:
        """The cases of other stations that are not released, of one kit or of all; the oldest first."""

    def save_case(self, case: CaseElsewhere, at: datetime) -> None:
        """Adds it or replaces the one of its id."""

    def twice(self) -> list[tuple[Operation, CustodyElsewhere]]:
        """The kits that are out here, each with an operation of another station since which it is out too."""

    def unjoined(self) -> list[tuple[Operation, HybridTime]]:
        """Returns here of what was not known to be out, whose checkout is not known yet, with when; oldest first."""

    def unjoined_there(self, kit: str) -> list[CustodyElsewhere]:
        """The same of other stations, of one kit."""

    # --- files of the centre

    def want(self, sha256: str, purpose: str, at: datetime, named_by: tuple[str, str], size: int = 0) -> None:
        """Note that the file is wanted, which the centre's row of that kind and key names.

        It changes nothing where it is noted already.
        """

    def wanted(self, purpose: str, *, after: str = "", most: int) -> list[WantedFile]:
        """Files that do not lie here whole, by name, those after the name `after`."""

    def file(self, sha256: str) -> WantedFile | None: ...
    def note_held(self, sha256: str, size: int, held: int) -> None:
        """How large it is, and how much of it lies here."""

    def unwant(self, names: Collection[str]) -> set[str]:
        """Forget these; which of them are evidence of this station, too."""

    def fetched(self, purpose: str) -> list[WantedFile]:
        """Files of that purpose, whole or not."""
