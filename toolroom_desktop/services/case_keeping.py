"""No case is lost with the records: the open ones are kept once more beside them, and carried over when they lack.

The ledger is written after every commit that changed a case and before the command is answered. Whatever takes the
place of the records afterwards (a backup that is older, a file that somebody copied) meets it at the next opening.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from toolroom_desktop.domain.cases import Case, CaseKind, carried_over
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.case_json import case_json
from toolroom_desktop.services.consequences import changed_tool, next_case_number
from toolroom_desktop.services.ports import CaseLedger, Clock, Database, LedgerContent, UnitOfWork
from toolroom_desktop.services.recording import Recorder

_log = logging.getLogger(__name__)

CARRIED_OVER = "case_carried_over"
SET_ASIDE = "case_ledger_set_aside"
REBUILT = "case_ledger_rebuilt"


@dataclass(frozen=True, slots=True)
class CaseKeeper:
    """Compares records and ledger when the records are opened, and keeps the ledger up to date from then on."""

    database: Database
    recorder: Recorder
    clock: Clock
    ledger: CaseLedger

    def reconcile(self) -> tuple[Case, ...]:
        """Carry over what the ledger knows and the records do not, then write the ledger anew; the cases carried over.

        A ledger that is damaged, or of another station, is set aside first, and the journal says so. What can be read
        in a damaged one is carried over too: an open case too many costs a release by quality, one too few a tool in
        an aircraft. A ledger that cannot be read at all stays where it is. Raises `DatabaseProblem`.
        """
        found = self.ledger.read()
        if found.problem == "unreadable":
            _log.warning("the ledger of open cases cannot be read")
            return ()
        ours = self.database.read(lambda uow: uow.site_id)
        strange = bool(found.site_id) and found.site_id != ours
        lacking = self.database.read(lambda uow: lacking_in(uow, found))
        serial = 0 if strange else found.serial
        name = self.ledger.set_aside() if strange or found.problem == "damaged" else ""

        def carry(uow: UnitOfWork) -> tuple[Case, ...]:
            uow.cases.keep_serial(serial)
            if name:
                reason = "other_station" if strange else "damaged"
                self.recorder.record(uow, SET_ASIDE, {"file": name, "reason": reason, "site_id": found.site_id})
            if gone:
                self.recorder.record(uow, REBUILT, {"reason": "missing"})
            return tuple(self._carry(uow, case, sealed=case in found.cases) for case in lacking)

        known = self.database.read(lambda uow: uow.cases.serial)
        gone = found.problem == "missing" and known > 0
        carried: tuple[Case, ...] = ()
        if lacking or name or gone or serial > known:
            carried = self.database.write(carry)
        kept, highest = self.database.read(lambda uow: (uow.cases.open(), uow.cases.serial))
        if name or found.problem or list(found.cases) != kept or found.serial != highest:
            self.keep(ours, kept, highest)
        return carried

    def keep(self, site_id: str, cases: Sequence[Case], serial: int) -> None:
        """Write the ledger. One that cannot be written is logged and found by the doctor: the records are on disk."""
        try:
            if serial:
                self.ledger.write(site_id, cases, serial)
        except UserFacingError as error:
            _log.warning("the ledger of open cases was not written: %s", error)

    def _carry(self, uow: UnitOfWork, kept: Case, *, sealed: bool) -> Case:
        known = uow.cases.by_id(kept.case_id)
        other = uow.cases.by_number(kept.number)
        now = self.clock.now()
        taken = known is None and other is not None
        number = next_case_number(uow, now) if taken else None
        case = carried_over(known, kept, now, number=number, anyway=True)
        if case is None:
            raise ValueError(f"case {kept.number} lacks nothing")
        uow.cases.save(case)
        payload = {**case_json(case), "sealed": sealed, "events_known": len(known.events) if known else 0}
        fresh = uow.journal.by_id(case.case_id) is None
        self.recorder.record(uow, CARRIED_OVER, payload, op_id=case.case_id if fresh else None)
        self._miss(uow, case)
        return case

    def _miss(self, uow: UnitOfWork, case: Case) -> None:
        """What is searched for is out of service in these records too."""
        if case.tool_id is None:
            return
        tool = uow.tools.by_id(case.tool_id) or _place_of(uow, case)
        if tool is None or tool.state is not ToolState.SERVICEABLE:
            return
        state = ToolState.UNSERVICEABLE if case.kind is CaseKind.PIECE_MISSING else ToolState.LOST
        changed_tool(uow, self.recorder, tool, state, by=None, reason=CARRIED_OVER, case=case.number)


def lacking_in(uow: UnitOfWork, found: LedgerContent) -> tuple[Case, ...]:
    """The open cases of this station in a ledger that the records do not know, or know only an earlier part of.

    What nobody sealed counts only where the records have no such open case. A release that is in the records' list of
    cases and not in their journal is none.
    """
    lacking: dict[UUID, Case] = {}
    listed = {case.case_id for case in uow.cases.open()}
    for case in (*found.cases, *found.doubtful):
        if case.site_id != uow.site_id:
            continue
        known = uow.cases.by_id(case.case_id)
        sealed = case in found.cases
        if known is not None and case.case_id in listed and not sealed:
            continue
        behind = carried_over(known, case, case.opened_at) is not None
        if behind or (case.open and case.case_id not in listed and not _released_on_record(uow, case.case_id)):
            lacking.setdefault(case.case_id, case)
    return tuple(lacking.values())


def _released_on_record(uow: UnitOfWork, case_id: UUID) -> bool:
    """Whether the journal says that somebody released the case; it walks all of it, which is hardly ever asked for."""
    return any(
        entry.kind == "case_released" and entry.payload.get("case_id") == str(case_id)
        for entry in uow.journal.entries()
    )


def kept_of(uow: UnitOfWork, found: LedgerContent) -> Sequence[Case]:
    """What a ledger must hold that both the records and the ledger `found` are to survive in."""
    lacking = {case.case_id: case for case in lacking_in(uow, found)}
    return [*lacking.values(), *(case for case in uow.cases.open() if case.case_id not in lacking)]


def _place_of(uow: UnitOfWork, case: Case) -> Tool | None:
    """The tool of a case that these records never had, at its place; None where the place is another's or unknown."""
    kit = uow.catalogue.kit(case.kit) if case.kit else None
    if kit is None or case.tool_id is None:
        return None
    if any((tool.tool_class, tool.unit) == (case.tool_class, case.unit) for tool in uow.tools.in_kit(kit.number)):
        return None
    # Its marking may be another tool's here: the case itself still says it.
    return Tool(case.tool_class, kit=kit.number, unit=case.unit, tool_id=case.tool_id)
