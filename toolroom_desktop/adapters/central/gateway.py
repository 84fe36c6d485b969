"""The centre's functions as `services.sync.ports` wants them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.connect import (
    SILENCE_SECONDS,
    Deadline,
    Dial,
    Server,
    connect,
    dial,
)
from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.services.sync.bring_back_ports import PhotoThere
from toolroom_desktop.services.sync.gathering_ports import EntriesPage, Handed, SiteEntries
from toolroom_desktop.services.sync.ports import (
    Change,
    Digest,
    File,
    Held,
    Outgoing,
    OwnPage,
    Page,
    Place,
    Poisoned,
    PushAnswer,
    Welcome,
)

_HELLO = "SELECT toolroom.hello(CAST(:value AS jsonb))"
_PUSH = "SELECT toolroom.push(CAST(:value AS jsonb))"
_PUSH_LINES = "SELECT toolroom.push(CAST(:value AS jsonb), CAST(:contents AS text))"
_PULL = "SELECT toolroom.pull(CAST(:value AS jsonb))"
_VERIFY = "SELECT toolroom.verify(CAST(:value AS jsonb))"
_DIGEST = "SELECT toolroom.digest(CAST(:value AS jsonb))"
_HELD = "SELECT toolroom.evidence_held(CAST(:value AS jsonb))"
_PUT = (
    "SELECT toolroom.evidence_put(CAST(:station AS text), CAST(:name AS text), CAST(:size AS bigint),"
    " CAST(:start AS bigint), CAST(:piece AS bytea))"
)
_ENTRIES = "SELECT toolroom.entries(CAST(:value AS jsonb))"
_OWN_ENTRIES = "SELECT toolroom.own_entries(CAST(:value AS jsonb))"
_OWN_PHOTOS = "SELECT toolroom.own_photos(CAST(:value AS jsonb))"
_GET = (
    "SELECT size, piece FROM toolroom.evidence_get(CAST(:station AS text), CAST(:kind AS text), CAST(:key AS text),"
    " CAST(:name AS text), CAST(:start AS bigint))"
)
_LINES = "lines"
"""What a centre says that takes contents one a line."""
_NOTHING: Mapping[str, str] = MappingProxyType({})


class PostgreSqlCentre:
    """One open line. Fulfils `services.sync.ports.Centre`."""

    def __init__(self, server: Server, site_id: str, deadline: Deadline) -> None:
        self._server = server
        self._site_id = site_id
        self._deadline = deadline
        self._takes_lines = False

    def hello(self, *, now: datetime, app_version: str, pending: int) -> Welcome:
        """Say who comes; where to go on."""
        said = self._ask(_HELLO, now=now.astimezone(UTC).isoformat(), app_version=app_version, pending=pending)
        with self._understood():
            lowest, highest = said["schemas"]
            features = frozenset(str(one) for one in said.get("features", ()))
            self._takes_lines = _LINES in features
            return Welcome(
                epoch=str(said["epoch"]),
                now=datetime.fromisoformat(said["now"]).astimezone(UTC),
                protocol=int(said["protocol"]),
                schemas=(int(lowest), int(highest)),
                head=_place(said["head"]),
                features=features,
            )

    def push(self, entries: Sequence[Outgoing]) -> PushAnswer:
        """Hand in entries, in order."""
        operations: list[dict[str, object]] = [
            {"seq": e.seq, "prev": e.prev, "hash": e.hash, "seal": e.seal} for e in entries
        ]
        # As the very text that it is, where the centre takes it so: within the document every quote of it would be
        # escaped here and read there.
        contents = "\n".join([e.content for e in entries])
        if self._takes_lines and contents.count("\n") == len(entries) - 1:
            said = self._ask(_PUSH_LINES, {"contents": contents}, operations=operations)
        else:
            for operation, entry in zip(operations, entries, strict=True):
                operation["content"] = entry.content
            said = self._ask(_PUSH, operations=operations)
        with self._understood():
            refused = said.get("refused") or {}
            return PushAnswer(
                head=_place(said["head"]),
                quarantined=tuple(Poisoned(int(one["seq"]), str(one["reason"])) for one in said["quarantined"]),
                refused=str(refused.get("code", "")),
                refused_seq=int(refused.get("seq", 0)),
            )

    def pull(self, cursor: str, *, most: int) -> Page:
        """The changes after a cursor."""
        said = self._ask(_PULL, cursor=cursor, most=most)
        with self._understood():
            return Page(tuple(_change(one) for one in said["changes"]), str(said["cursor"]), bool(said["more"]))

    def verify(self) -> Held:
        """What is held."""
        said = self._ask(_VERIFY)
        with self._understood():
            return Held(
                head=_place(said["head"]),
                quarantined=int(said["quarantined"]),
                evidence_files=int(said["evidence"]["files"]),
                evidence_bytes=int(said["evidence"]["bytes"]),
            )

    def digest(self, *, after: int, upto: int) -> Digest:
        """The digest of a stretch of the chain."""
        said = self._ask(_DIGEST, after=after, upto=upto)
        with self._understood():
            return Digest(int(said["upto"]), int(said["count"]), str(said["digest"]))

    def evidence_held(self, names: Sequence[str]) -> Mapping[str, int]:
        """How much of each file is held."""
        said = self._ask(_HELD, files=list(names))
        with self._understood():
            return {str(name): int(held) for name, held in said.items()}

    def put_piece(self, file: File, start: int, piece: bytes) -> int:
        """Hand in a piece."""
        rows = self._server.run(_PUT, station=self._site_id, name=file.sha256, size=file.size, start=start, piece=piece)
        with self._understood():
            return int(_object(rows[0][0])["held"])

    def get_piece(self, named_by: tuple[str, str], sha256: str, start: int) -> tuple[int, bytes] | None:
        """The size of a file, and a piece of it."""
        kind, key = named_by
        rows = self._server.run(_GET, station=self._site_id, kind=kind, key=key, name=sha256, start=start)
        with self._understood():
            return (int(rows[0][0]), bytes(rows[0][1])) if rows else None

    def entries(self, heads: Mapping[str, int], *, without: Collection[str] = (), most: int) -> EntriesPage:
        """The next entries of all stations."""
        said = self._ask(_ENTRIES, heads=dict(heads), without=sorted(without), most=most)
        with self._understood():
            sites = tuple(_site(one) for one in said["sites"])
            return EntriesPage(datetime.fromisoformat(said["now"]).astimezone(UTC), sites, bool(said["more"]))

    def own_entries(self, after: int, *, most: int) -> OwnPage:
        """The next entries of this station."""
        try:
            said = self._ask(_OWN_ENTRIES, after=after, most=most)
        except CentreProblem as problem:
            if problem.code == "centre.not_a_centre":
                # The function is younger than the protocol.
                raise CentreProblem("centre.cannot_bring_back", server=self._server.address.shown) from problem
            raise
        with self._understood():
            return OwnPage(_place(said["head"]), str(said["at"]), tuple(_outgoing(one) for one in said["entries"]))

    def own_photos(self, names: Sequence[str]) -> Mapping[str, PhotoThere]:
        """How large each photo of this station is, and how much of it is held."""
        said = self._ask(_OWN_PHOTOS, files=list(names))
        with self._understood():
            return {str(name): PhotoThere(int(one["size"]), int(one["held"])) for name, one in said.items()}

    def close(self) -> None:
        """End the line."""
        self._deadline.cancel()
        self._server.close()

    def _ask(self, sql: str, beside: Mapping[str, str] = _NOTHING, /, **fields: object) -> Mapping[str, Any]:
        value = json.dumps({"site_id": self._site_id, **fields}, ensure_ascii=False)
        rows = self._server.run(sql, value=value, **beside)
        with self._understood():
            return _object(rows[0][0])

    def _understood(self) -> _Understood:
        return _Understood(self._server.address.shown)


class _Understood:
    """Turns an answer of another form into a `CentreProblem`."""

    def __init__(self, server: str) -> None:
        self._server = server

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (KeyError, TypeError, ValueError, IndexError, AttributeError)):
            raise CentreProblem("centre.not_understood", server=self._server) from error


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("no object")
    return value


def _place(value: Mapping[str, Any]) -> Place:
    return Place(int(value["seq"]), str(value["hash"]))


def _change(value: Mapping[str, Any]) -> Change:
    content = _object(value["content"])
    return Change(str(value["kind"]), str(value["key"]), int(value["version"]), bool(value["deleted"]), content)


def _outgoing(value: Mapping[str, Any]) -> Outgoing:
    texts = (str(value[name]) for name in ("prev", "hash", "seal", "content"))
    return Outgoing(int(value["seq"]), *texts)


def _site(value: Mapping[str, Any]) -> SiteEntries:
    handed = tuple(Handed(int(one["seq"]), str(one["hash"]), one["content"]) for one in value["entries"])
    return SiteEntries(str(value["site_id"]), str(value["name"]), _place(value["head"]), str(value["at"]), handed)


class CentreLines:
    """Opens lines for one station. Fulfils `services.sync.ports.Lines`."""

    def __init__(
        self,
        address: Callable[[], ServerAddress],
        site_id: str,
        *,
        dialling: Dial = dial,
        silence: float = SILENCE_SECONDS,
    ) -> None:
        """`address` is asked for every line, and may raise `CentreProblem`; `silence` as `connect` takes it."""
        self._address = address
        self._site_id = site_id
        self._dialling = dialling
        self._silence = silence
        self._lock = threading.Lock()
        self._deadline: Deadline | None = None
        self._aborted = False

    def open(self, *, within: float) -> PostgreSqlCentre:
        """A new line that is torn down after `within` seconds."""
        address = self._address()
        deadline = Deadline(within)
        with self._lock:
            self._deadline = deadline
            aborted = self._aborted
        if aborted:
            raise CentreProblem("centre.silent", server=address.shown)
        deadline.start()
        try:
            server = connect(address, deadline=deadline, dialling=self._dialling, silence=self._silence)
        except BaseException:
            deadline.cancel()
            raise
        return PostgreSqlCentre(server, self._site_id, deadline)

    def abort(self) -> None:
        """Tear down the line that is open, and open no other."""
        with self._lock:
            self._aborted = True
            deadline = self._deadline
        if deadline is not None:
            deadline.strike()
