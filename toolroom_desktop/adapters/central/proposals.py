"""What stations would have changed in reference data, for an administrator of the centre to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toolroom_desktop.adapters.central.connect import Server
from toolroom_desktop.adapters.central.reference import (
    EDITED,
    Put,
    as_owner,
    present_of,
    put,
    refuse_faults,
    refuse_unusable,
)
from toolroom_desktop.adapters.central.setup import require_schema, transaction
from toolroom_desktop.domain.errors import BadInput, NotFound
from toolroom_desktop.services.reference_plan import Place, differences
from toolroom_desktop.services.tool_records import FieldChange


@dataclass(frozen=True, slots=True)
class Proposal:
    """One that nobody decided yet.

    fields   the fields of the content that are meant; None for all
    present  what the centre says now; None where it does not know the thing
    stale    the centre's row was changed after the proposal came
    """

    number: int
    site: str
    kind: str
    key: str
    content: Mapping[str, Any]
    fields: tuple[str, ...] | None
    present: Mapping[str, Any] | None
    stale: bool
    proposed_by: str
    proposed_at: datetime
    received_at: datetime

    @property
    def after(self) -> dict[str, Any]:
        """What the row would say."""
        meant = self.content if self.fields is None else {name: self.content.get(name) for name in self.fields}
        return {**(self.present or {}), **meant}

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """Field by field what would be otherwise; all of it where the centre does not know the thing."""
        return differences(self.present or {}, self.after)


class Proposals:
    """Over a connection of somebody who may act as the owner. All raise `CentreProblem`."""

    def __init__(self, server: Server) -> None:
        self._server = server
        require_schema(server)

    def open(self, site: str | None = None) -> list[Proposal]:
        """Those that nobody decided yet, of one site or all, the first one first."""
        with transaction(self._server):
            as_owner(self._server)
            return self._open(site)

    def accept(self, numbers: Sequence[int]) -> int:
        """Have the centre say what they propose, all of them or none; how many that were.

        Raises `NotFound("reference.no_proposal")`, `BadInput("reference.proposal_of_unknown")` for a change of what the
        centre does not know, and `UserFacingError` where it could not be.
        """
        with transaction(self._server):
            as_owner(self._server)
            self._server.run("LOCK TABLE toolroom.reference IN SHARE ROW EXCLUSIVE MODE")
            changed: list[Place] = []
            for proposal in self._these(numbers):
                if proposal.present is None and proposal.fields is not None:
                    raise BadInput("reference.proposal_of_unknown", number=proposal.number)
                refuse_unusable(proposal.kind, proposal.key, proposal.after)
                put(self._server, Put(proposal.kind, proposal.key, proposal.after))
                changed.append((proposal.kind, proposal.key))
                self._decide(proposal.number, "accepted")
            refuse_faults(present_of(self._server, EDITED), changed)
        return len(changed)

    def reject(self, numbers: Sequence[int]) -> int:
        """Leave the centre as it is, and have its version taken once more by every station; how many that were."""
        with transaction(self._server):
            as_owner(self._server)
            these = self._these(numbers)
            for proposal in these:
                self._decide(proposal.number, "rejected")
                if proposal.present is not None:
                    put(self._server, Put(proposal.kind, proposal.key, proposal.present, again=True))
        return len(these)

    def _these(self, numbers: Sequence[int]) -> list[Proposal]:
        known = {proposal.number: proposal for proposal in self._open(None)}
        for number in numbers:
            if number not in known:
                raise NotFound("reference.no_proposal", number=number)
        # In the order in which they came; what depends on each other was proposed in that order, too.
        return [known[number] for number in sorted(set(numbers))]

    def _decide(self, number: int, state: str) -> None:
        self._server.run(
            "UPDATE toolroom.proposal SET state = :state, decided_by = session_user, decided_at = now()"
            " WHERE number = :number",
            state=state,
            number=number,
        )

    def _open(self, site: str | None) -> list[Proposal]:
        rows = self._server.run(
            """
            SELECT p.number, toolroom.called(p.site_id), p.kind, p.key, p.content, p.fields,
                   CASE WHEN NOT r.deleted THEN r.content END,
                   coalesce(CASE WHEN NOT r.deleted THEN r.version END, 0) <> p.against,
                   coalesce(p.proposed_by, ''), p.proposed_at, p.received_at
            FROM toolroom.proposal AS p LEFT JOIN toolroom.reference AS r USING (kind, key)
            WHERE p.state = 'open' AND (CAST(:site AS text) IS NULL OR toolroom.called(p.site_id) = :site)
            ORDER BY p.number
            """,
            site=site,
        )
        return [_proposal(*row) for row in rows]


def _proposal(
    number: int, site: str, kind: str, key: str, content: Mapping[str, Any], fields: list[str] | None, *rest: Any
) -> Proposal:
    return Proposal(number, site, kind, key, content, None if fields is None else tuple(fields), *rest)
