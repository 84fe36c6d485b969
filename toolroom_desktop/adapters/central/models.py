"""The model for all stations, as an administrator of the centre names it: its files in pieces, then its row.

The files lie beside the photos, under no station: nobody can come as the one whose id is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toolroom_desktop.adapters.central.connect import Server
from toolroom_desktop.adapters.central.model_files import Released
from toolroom_desktop.adapters.central.reference import Put, as_owner, put, refuse_unusable
from toolroom_desktop.adapters.central.setup import require_schema, transaction
from toolroom_desktop.domain.errors import CentreProblem, NotFound
from toolroom_desktop.services.model_content import JUDGING, NamedFile, NamedModel, model_content, named_model

PIECE_BYTES = 256 * 1024

# What somebody began to send and did not end is let go after a day.
_LET_GO = """
WITH unnamed AS (
    SELECT e.sha256 FROM toolroom.evidence AS e
    WHERE e.site_id = '' AND (e.complete_at IS NOT NULL OR e.begun_at < now() - interval '1 day')
      AND NOT EXISTS (SELECT 1 FROM toolroom.reference AS r WHERE r.kind = 'model' AND NOT r.deleted
                      AND strpos(r.content::text, '"' || e.sha256 || '"') > 0)
), pieces AS (
    DELETE FROM toolroom.evidence_chunk AS c USING unnamed AS u WHERE c.site_id = '' AND c.sha256 = u.sha256
)
DELETE FROM toolroom.evidence AS e USING unnamed AS u WHERE e.site_id = '' AND e.sha256 = u.sha256
"""
_STATIONS = """
SELECT s.name, h.last_seen, o.at, o.model, c.at, c.kind, c.payload
FROM toolroom.site AS s
LEFT JOIN toolroom.site_head AS h USING (site_id)
LEFT JOIN LATERAL (
    SELECT j.wall_at AS at, j.content::json -> 'payload' -> 'model' AS model FROM toolroom.journal AS j
    WHERE j.site_id = s.site_id AND j.kind LIKE 'operation.%'
      AND j.content::json -> 'payload' -> 'model' ->> 'sha256' <> ''
    ORDER BY j.site_seq DESC LIMIT 1
) AS o ON true
LEFT JOIN LATERAL (
    SELECT j.wall_at AS at, j.kind, j.content::json -> 'payload' AS payload FROM toolroom.journal AS j
    WHERE j.site_id = s.site_id
      AND (j.kind IN ('model_installed', 'model_rolled_back')
           OR (j.kind = 'refused' AND j.content::json -> 'payload' ->> 'command' = 'install_model_of_centre'))
    ORDER BY j.site_seq DESC LIMIT 1
) AS c ON true
WHERE s.removed_at IS NULL
ORDER BY s.name_key, s.number
"""


@dataclass(frozen=True, slots=True)
class Named:
    """The model that the centre names, which version of its row that is, and who named it when."""

    model: NamedModel
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StationModel:
    """By which model a station judges, as far as it has told.

    judged      the model of its newest operation: {name, sha256}; None where it has told of none
    judged_at   when that was, by the station's clock
    decision    the newest of what was decided there: "installed", "rolled_back", "refused"; "" for nothing
    chosen      the model that is to judge since then: {name, version, …}; None where it was refused, or nothing decided
    by          who decided: a badge; "" for its command line; None for the centre
    refused     what was refused, and the code of why
    """

    site: str
    last_seen: datetime | None
    judged: Mapping[str, Any] | None
    judged_at: datetime | None
    decision: str
    decided_at: datetime | None
    chosen: Mapping[str, Any] | None
    by: str | None
    refused: tuple[str, str] | None


class CentreModels:
    """Over a connection of somebody who may act as the owner. All raise `CentreProblem`."""

    def __init__(self, server: Server) -> None:
        self._server = server
        require_schema(server)

    def add(self, released: Released, *, told: Callable[[int, int], None] = lambda _done, _all: None) -> int:
        """Bring the files and then name the model to all stations; how many bytes were sent.

        What is there already is not sent again, and one that was cut off goes on where it was. `told` is called with
        the bytes that are there, of so many. Raises `CentreProblem("centre.model_upload_damaged")`.
        """
        model = released.model
        refuse_unusable(*JUDGING, model_content(model))
        sent = before = 0
        for file, content in released.contents:
            sent += self._bring(file, content, lambda held, begun=before: told(begun + held, model.size))  # type: ignore[misc]
            before += file.size
        with transaction(self._server):
            as_owner(self._server)
            put(self._server, Put(*JUDGING, model_content(model)))
            self._let_go()
        return sent

    def named(self) -> Named | None:
        """What it names now; None for nothing."""
        with transaction(self._server):
            as_owner(self._server)
            rows = self._server.run(
                "SELECT content, version, changed_by, changed_at FROM toolroom.reference"
                " WHERE kind = :kind AND key = :key AND NOT deleted",
                kind=JUDGING[0],
                key=JUDGING[1],
            )
        if not rows:
            return None
        content, version, by, at = rows[0]
        return Named(named_model(content), int(version), str(by), at)

    def remove(self) -> str:
        """Name no model any more; which one it was. Stations keep theirs. Raises `NotFound("centre.no_model")`."""
        present = self.named()
        if present is None:
            raise NotFound("centre.no_model")
        with transaction(self._server):
            as_owner(self._server)
            put(self._server, Put(*JUDGING, model_content(present.model), deleted=True))
            self._let_go()
        return f"{present.model.name}, {present.model.version}"

    def stations(self) -> list[StationModel]:
        """Every site that is let in, by name."""
        with transaction(self._server):
            as_owner(self._server)
            rows = self._server.run(_STATIONS)
        return [_station_model(*row) for row in rows]

    def _bring(self, file: NamedFile, content: bytes, told: Callable[[int], None]) -> int:
        """Send what is missing of a file, anew where what is there does not fit its name; how many bytes that was."""
        sent = self._send(file, content, told)
        whole = self._whole(file)
        if not whole and not sent:
            # It was whole once, and somebody changed it since.
            sent = self._send(file, content, told)
            whole = self._whole(file)
        if not whole:
            raise CentreProblem("centre.model_upload_damaged", file=file.name)
        told(file.size)
        return sent

    def _send(self, file: NamedFile, content: bytes, told: Callable[[int], None]) -> int:
        sent = 0
        with transaction(self._server):
            held = self._begun(file)
        while held < file.size:
            told(held)
            piece = content[held : held + PIECE_BYTES]
            with transaction(self._server):
                held = self._begun(file)
                if content[held : held + PIECE_BYTES] != piece or held >= file.size:
                    # Somebody else sends the same file.
                    continue
                self._server.run(
                    "INSERT INTO toolroom.evidence_chunk (site_id, sha256, at_byte, data)"
                    " VALUES ('', :name, :start, CAST(:piece AS bytea))",
                    name=file.sha256,
                    start=held,
                    piece=piece,
                )
                held += len(piece)
                sent += len(piece)
                self._server.run(
                    "UPDATE toolroom.evidence SET held = :held WHERE site_id = '' AND sha256 = :name",
                    held=held,
                    name=file.sha256,
                )
        return sent

    def _begun(self, file: NamedFile) -> int:
        """How many bytes of it are there; its row is locked until the transaction ends."""
        as_owner(self._server)
        self._server.run(
            "INSERT INTO toolroom.evidence (site_id, sha256, size) VALUES ('', :name, :size) ON CONFLICT DO NOTHING",
            name=file.sha256,
            size=file.size,
        )
        rows = self._server.run(
            "SELECT held FROM toolroom.evidence WHERE site_id = '' AND sha256 = :name FOR UPDATE", name=file.sha256
        )
        return int(rows[0][0])

    def _whole(self, file: NamedFile) -> bool:
        """Whether what the centre holds fits the name, as the centre hashes it now; what does not is let go."""
        with transaction(self._server):
            as_owner(self._server)
            found = self._server.run(
                "SELECT encode(sha256(coalesce(string_agg(c.data, '' ORDER BY c.at_byte), '')), 'hex')"
                " FROM toolroom.evidence_chunk AS c WHERE c.site_id = '' AND c.sha256 = :name",
                name=file.sha256,
            )[0][0]
            whole = found == file.sha256
            if not whole:
                self._server.run(
                    "DELETE FROM toolroom.evidence_chunk WHERE site_id = '' AND sha256 = :name", name=file.sha256
                )
            self._server.run(
                "UPDATE toolroom.evidence SET held = :held,"
                " complete_at = CASE WHEN :whole THEN coalesce(complete_at, now()) END"
                " WHERE site_id = '' AND sha256 = :name",
                held=file.size if whole else 0,
                whole=whole,
                name=file.sha256,
            )
        return bool(whole)

    def _let_go(self) -> None:
        """Remove files that no model names any more, within a transaction of the owner."""
        self._server.run(_LET_GO)


def _station_model(
    site: str,
    last_seen: datetime | None,
    judged_at: datetime | None,
    judged: Mapping[str, Any] | None,
    decided_at: datetime | None,
    kind: str | None,
    payload: Mapping[str, Any] | None,
) -> StationModel:
    said = payload or {}
    refused = kind == "refused"
    by = said.get("by") or ""
    return StationModel(
        site=site,
        last_seen=last_seen,
        judged=judged,
        judged_at=judged_at,
        decision="" if kind is None else kind.removeprefix("model_"),
        decided_at=decided_at,
        chosen=None if refused else said.get("model"),
        by=None if refused or "centre_version" in said else str(by),
        refused=(str(said.get("subject", "")), str(said.get("reason", ""))) if refused else None,
    )
