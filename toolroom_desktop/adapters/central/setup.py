"""Making a database the centre, and bringing the one of an older program up to date.

Numbered steps (`sql/0001_*.sql`) change tables, each once; `sql/functions.sql` and the files after it hold functions,
policies and rights and are written anew every time. All of it is one transaction: what fails half-way leaves the
database as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from toolroom_desktop.adapters.central.connect import Server
from toolroom_desktop.domain.errors import CentreProblem

OWNER = "toolroom_owner"
STATIONS = "toolroom_station"
OVERVIEW = "toolroom_overview"
"""The role whose members may see the entries of all stations."""
STEPS = ("0001_first", "0002_reference")
FUNCTIONS = (
    "functions.sql",
    "reference_functions.sql",
    "proposal_functions.sql",
    "elsewhere_functions.sql",
    "overview_functions.sql",
    "bring_back_functions.sql",
)
_FOLDER = Path(__file__).resolve().parent / "sql"

# Whoever may log in may make large objects, which no right on a table stops.
_LARGE_OBJECTS = (
    "lo_creat(integer)",
    "lo_create(oid)",
    "lo_from_bytea(oid, bytea)",
    "lo_put(oid, bigint, bytea)",
    "lowrite(integer, bytea)",
    "lo_open(oid, integer)",
    "lo_truncate(integer, integer)",
    "lo_truncate64(integer, bigint)",
    "lo_unlink(oid)",
)


def script(name: str) -> str:
    """The SQL of one file that came with the program."""
    return (_FOLDER / name).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class SetUp:
    """What `initialise` did. `walls` is False where it could not do what only a superuser may."""

    applied: tuple[str, ...]
    walls: bool


@contextmanager
def transaction(server: Server) -> Iterator[None]:
    """All or nothing."""
    server.run("BEGIN")
    try:
        yield
    except BaseException:
        # Where the connection is gone the server takes everything back by itself.
        with suppress(CentreProblem):
            server.run("ROLLBACK")
        raise
    server.run("COMMIT")


def initialise(server: Server) -> SetUp:
    """Make the database the centre; may be run again at any time.

    Raises `CentreProblem`: `centre.newer_schema` for one of a newer program, `centre.missing_rights` and the like.
    """
    with transaction(server):
        # Two administrators at once: the second waits here.
        server.run("SELECT pg_advisory_xact_lock(hashtext('toolroom central init'))")
        superuser = bool(server.run("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")[0][0])
        known = {row[0] for row in server.run("SELECT rolname FROM pg_roles WHERE rolname LIKE 'toolroom\\_%'")}
        for role in (OWNER, STATIONS, OVERVIEW):
            if role not in known:
                server.run(f"CREATE ROLE {role} NOLOGIN")
        if not superuser:
            server.run(f"GRANT {OWNER} TO CURRENT_USER")
        database = server.run("SELECT quote_ident(current_database())")[0][0]
        server.run(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
        server.run(f"GRANT CONNECT ON DATABASE {database} TO {OWNER}, {STATIONS}")
        server.run("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        if superuser:
            for function in _LARGE_OBJECTS:
                server.run(f"REVOKE EXECUTE ON FUNCTION pg_catalog.{function} FROM PUBLIC")
        server.run(f"CREATE SCHEMA IF NOT EXISTS toolroom AUTHORIZATION {OWNER}")
        server.run(f"SET LOCAL ROLE {OWNER}")
        applied = _run_steps(server)
        for name in FUNCTIONS:
            _run_file(server, name)
        if "0002_reference" in applied:
            # What stations pushed before this centre could tell others of it.
            derive_all_pending(server)
        server.run("RESET ROLE")
    return SetUp(applied, superuser)


def derive_all_pending(server: Server) -> None:
    """Make what others pull of everything that stations ever pushed, as the owner.

    A part at a time: all of it in one statement would be silent for longer than a line may be.
    """
    for (own,) in server.run("SELECT site_id FROM toolroom.site_head ORDER BY site_id"):
        while server.run("SELECT toolroom.derive_pending(:own)", own=own)[0][0]:
            pass


def require_schema(server: Server) -> None:
    """Raise `CentreProblem` unless the database is a centre of exactly this program's schema."""
    found = server.run("SELECT to_regclass('toolroom.schema_step') IS NOT NULL")[0][0]
    if not found:
        raise CentreProblem("centre.not_a_centre", server=server.address.shown, database=server.address.database)
    have = {row[0] for row in server.run("SELECT name FROM toolroom.schema_step")}
    if have - set(STEPS):
        raise CentreProblem("centre.newer_schema", database=server.address.database)
    if set(STEPS) - have:
        raise CentreProblem("centre.older_schema", database=server.address.database)


def _run_steps(server: Server) -> tuple[str, ...]:
    server.run(
        "CREATE TABLE IF NOT EXISTS toolroom.schema_step"
        " (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
    )
    have = {row[0] for row in server.run("SELECT name FROM toolroom.schema_step")}
    if have - set(STEPS):
        raise CentreProblem("centre.newer_schema", database=server.address.database)
    missing = tuple(name for name in STEPS if name not in have)
    for name in missing:
        _run_file(server, f"{name}.sql")
        server.run("INSERT INTO toolroom.schema_step (name) VALUES (:name)", name=name)
    return missing


def _run_file(server: Server, name: str) -> None:
    server.script(script(name))
