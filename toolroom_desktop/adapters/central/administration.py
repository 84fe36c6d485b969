"""What an administrator of the centre does: sites, status, checks, quarantine."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from toolroom_desktop.adapters.central.connect import Server
from toolroom_desktop.adapters.central.setup import OVERVIEW, OWNER, STATIONS, require_schema, transaction
from toolroom_desktop.adapters.database.columns import folded
from toolroom_desktop.domain.errors import BadInput, CentreProblem, NotFound

CONNECTIONS = 8
DAILY_BYTES = 20_000_000_000
_ITERATIONS = 4096

# Defaults of every station's session. `idle_session_timeout` frees the place of a station whose line went dead.
_SESSION = {
    "search_path": "''",
    "statement_timeout": "'60s'",
    "lock_timeout": "'20s'",
    "idle_in_transaction_session_timeout": "'10s'",
    "idle_session_timeout": "'20s'",
    "tcp_keepalives_idle": "20",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}


@dataclass(frozen=True, slots=True)
class NewSite:
    """A site that was just given a role and a password. The password is told once and kept nowhere.

    sessions_ended  False where the rights did not reach to end what is connected with the old password
    """

    name: str
    role: str
    password: str = field(repr=False)
    sessions_ended: bool = True


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """A site as the centre sees it. What is only known from its visits is None where it never came.

    clock_offset  seconds by which its clock was ahead of the centre's at its last visit
    overview      whether it may see the records of all stations
    """

    name: str
    site_id: str | None
    last_seen: datetime | None
    clock_offset: float | None
    app_version: str
    pending: int
    seq: int
    hash: str
    quarantined: int
    evidence_files: int
    evidence_bytes: int
    removed: bool
    overview: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """proposals: what stations would have changed; underived: entries of which the centre could make nothing."""

    proposals: int
    underived: int


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A place of a site's chain that does not hold."""

    site: str
    site_seq: int
    code: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An entry that was set apart. `in_chain` is False for one that stands against the chain (a fork)."""

    number: int
    site: str
    site_seq: int
    reason: str
    in_chain: bool
    received_at: datetime
    content: str
    hash: str
    resolved_at: datetime | None
    note: str | None


class Administration:
    """The commands, over a connection of somebody who may act as the owner. All raise `CentreProblem`."""

    def __init__(self, server: Server) -> None:
        self._server = server
        require_schema(server)

    def add_site(self, name: str, *, daily_bytes: int = DAILY_BYTES, overview: bool = False) -> NewSite:
        """A role that can append as one station; raises `BadInput("centre.site_taken")`.

        overview  whether it may see the records of all stations
        """
        role, password = f"toolroom_site_{secrets.token_hex(8)}", secrets.token_urlsafe(24)
        with transaction(self._server):
            if self._number(name) is not None:
                raise BadInput("centre.site_taken", site=name)
            # The server is given what proves the password, not the password: its log may hold statements.
            self._server.run(
                f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION INHERIT"
                f" CONNECTION LIMIT {CONNECTIONS} PASSWORD '{scram_verifier(password)}' IN ROLE {STATIONS}"
            )
            self._limit(role)
            self._as_owner()
            self._server.run(
                "INSERT INTO toolroom.site (name, name_key, role, daily_bytes) VALUES (:name, :key, :role, :daily)",
                name=name,
                key=folded(name),
                role=role,
                daily=daily_bytes,
            )
            self._server.run("RESET ROLE")
            if overview:
                self._require_overview()
                self._server.run(f"GRANT {OVERVIEW} TO {role}")
        return NewSite(name, role, password)

    def allow_overview(self, name: str) -> None:
        """Let a station see the records of all; raises `NotFound`, and `CentreProblem("centre.older_schema")`."""
        with transaction(self._server):
            self._require_overview()
            self._server.run(f"GRANT {OVERVIEW} TO {self._role(name)}")

    def deny_overview(self, name: str) -> None:
        """Let a station see its own records alone from now on; raises `NotFound`."""
        with transaction(self._server):
            self._require_overview()
            self._server.run(f"REVOKE {OVERVIEW} FROM {self._role(name)}")

    def rotate_password(self, name: str) -> NewSite:
        """A new password for a site, the old one being worth nothing from now on, also in open connections."""
        password = secrets.token_urlsafe(24)
        with transaction(self._server):
            role = self._role(name)
            self._server.run(f"ALTER ROLE {role} LOGIN PASSWORD '{scram_verifier(password)}'")
            # A thief may have lifted them for later sessions.
            database = self._server.run("SELECT quote_ident(current_database())")[0][0]
            self._server.run(f"ALTER ROLE {role} RESET ALL")
            self._server.run(f"ALTER ROLE {role} IN DATABASE {database} RESET ALL")
            self._limit(role)
        return NewSite(name, role, password, self._end_sessions(role))

    def remove_site(self, name: str) -> None:
        """Let a station in no more. What it sent stays, and so does its name in it."""
        with transaction(self._server):
            role = self._role(name)
            self._as_owner()
            self._server.run("UPDATE toolroom.site SET removed_at = now() WHERE role = :role", role=role)
            self._server.run("RESET ROLE")
            self._server.run(f"ALTER ROLE {role} NOLOGIN PASSWORD NULL")
            if self._knows_overview():
                self._server.run(f"REVOKE {OVERVIEW} FROM {role}")
        self._end_sessions(role)

    def status(self) -> list[SiteStatus]:
        """Every site, removed ones last."""
        with transaction(self._server):
            self._as_owner()
            rows = self._server.run(
                """
                SELECT s.name, s.site_id, h.last_seen, h.clock_offset, coalesce(h.app_version, ''),
                       coalesce(h.pending, 0), coalesce(h.seq, 0), coalesce(h.hash, ''),
                       (SELECT count(*) FROM toolroom.quarantine AS q
                        WHERE q.site_id = s.site_id AND q.resolved_at IS NULL),
                       coalesce(e.files, 0), coalesce(e.bytes, 0), s.removed_at IS NOT NULL,
                       EXISTS (SELECT 1 FROM pg_auth_members AS m WHERE m.roleid = to_regrole(:overview)
                               AND m.member = (SELECT r.oid FROM pg_roles AS r WHERE r.rolname = s.role))
                FROM toolroom.site AS s
                LEFT JOIN toolroom.site_head AS h USING (site_id)
                LEFT JOIN toolroom.evidence_head AS e USING (site_id)
                ORDER BY s.removed_at IS NOT NULL, s.name_key, s.number
                """,
                overview=OVERVIEW,
            )
        return [SiteStatus(*row) for row in rows]

    def waiting(self) -> Waiting:
        """What waits for an administrator beside the quarantine."""
        with transaction(self._server):
            self._as_owner()
            rows = self._server.run(
                "SELECT (SELECT count(*) FROM toolroom.proposal WHERE state = 'open'),"
                " (SELECT count(*) FROM toolroom.underived)"
            )
        return Waiting(*map(int, rows[0]))

    def verify(self) -> tuple[int, list[ChainFault]]:
        """Recompute every hash of every chain; the number of entries looked at, and what does not hold."""
        faults = []
        with transaction(self._server):
            self._as_owner()
            rows = self._server.run(
                "SELECT h.site_id, coalesce((SELECT s.name FROM toolroom.site AS s WHERE s.site_id = h.site_id"
                " ORDER BY s.removed_at NULLS FIRST LIMIT 1), h.site_id) FROM toolroom.site_head AS h ORDER BY 2"
            )
            names = {str(site_id): str(name) for site_id, name in rows}
            (entries,) = self._server.run("SELECT count(*) FROM toolroom.chain_link")[0]
            for site_id, name in names.items():
                rows = self._server.run("SELECT * FROM toolroom.faults_of_chain(:site)", site=site_id)
                faults += [ChainFault(name, int(seq), str(code)) for seq, code in rows]
        return int(entries), faults

    def quarantine(self, *, resolved: bool = False) -> list[Quarantined]:
        """What was set apart and nobody resolved yet, oldest first; with `resolved` everything."""
        with transaction(self._server):
            self._as_owner()
            rows = self._server.run(
                """
                SELECT q.number, coalesce((SELECT s.name FROM toolroom.site AS s WHERE s.site_id = q.site_id
                                           ORDER BY s.removed_at NULLS FIRST LIMIT 1), q.site_id),
                       q.site_seq, q.reason, q.in_chain, q.received_at, q.content, q.hash, q.resolved_at, q.note
                FROM toolroom.quarantine AS q WHERE :everything OR q.resolved_at IS NULL ORDER BY q.number
                """,
                everything=resolved,
            )
        return [Quarantined(*row) for row in rows]

    def resolve(self, number: int, note: str) -> None:
        """Say that a person looked at it, and what was found. Raises `NotFound("centre.quarantine_unknown")`."""
        with transaction(self._server):
            self._as_owner()
            done = self._server.run(
                "UPDATE toolroom.quarantine SET resolved_at = now(), resolved_by = session_user, note = :note"
                " WHERE number = :number AND resolved_at IS NULL RETURNING number",
                number=number,
                note=note,
            )
            if not done:
                raise NotFound("centre.quarantine_unknown", number=number)

    def _knows_overview(self) -> bool:
        """False for a centre that an older program made, and that no newer one brought up to date yet."""
        known = self._server.run("SELECT to_regprocedure('toolroom.entries(jsonb)') IS NOT NULL")
        return bool(known[0][0])

    def _require_overview(self) -> None:
        if not self._knows_overview():
            raise CentreProblem("centre.older_schema", database=self._server.address.database)

    def _number(self, name: str) -> int | None:
        rows = self._server.run(
            "SELECT number FROM toolroom.site WHERE name_key = :key AND removed_at IS NULL", key=folded(name)
        )
        return int(rows[0][0]) if rows else None

    def _role(self, name: str) -> str:
        rows = self._server.run(
            "SELECT role FROM toolroom.site WHERE name_key = :key AND removed_at IS NULL", key=folded(name)
        )
        if not rows:
            known = self._server.run("SELECT 1 FROM toolroom.site WHERE name_key = :key LIMIT 1", key=folded(name))
            raise NotFound("centre.site_was_removed" if known else "centre.site_unknown", site=name)
        return str(rows[0][0])

    def _limit(self, role: str) -> None:
        """Give every later session of that role its ends."""
        for setting, value in _SESSION.items():
            self._server.run(f"ALTER ROLE {role} SET {setting} = {value}")
        if self._server.run("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")[0][0]:
            self._server.run(f"ALTER ROLE {role} SET temp_file_limit = '64MB'")

    def _as_owner(self) -> None:
        self._server.run(f"SET LOCAL ROLE {OWNER}")

    def _end_sessions(self, role: str) -> bool:
        try:
            self._server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = :role", role=role)
        except CentreProblem as problem:
            if problem.code != "centre.missing_rights":
                raise
            return False
        return True


def scram_verifier(password: str) -> str:
    """What PostgreSQL keeps of a password (RFC 5803); it cannot be turned back into it."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    shown = (base64.b64encode(part).decode() for part in (salt, stored, server))
    return "SCRAM-SHA-256${}:{}${}:{}".format(_ITERATIONS, *shown)
