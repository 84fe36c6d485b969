"""A centre as an older release laid it, out of its own SQL, which is kept in `fixtures` and never changed."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from toolroom_desktop.adapters.central.administration import NewSite, scram_verifier
from toolroom_desktop.adapters.central.connect import Server

FIXTURES = Path(__file__).parent / "fixtures"
# Each release's folder and its SHA-256: the files by name, a line break and the content after each.
RELEASES = {"centre_1": "210538d8b6672a5cf042a20e35203b360f88fef5b66f67aa6f13d2b766e31d6f"}
_FILES = {"centre_1": ("0001_first.sql", "functions.sql")}


def digest(release: str) -> str:
    """What `RELEASES` must say."""
    whole = hashlib.sha256()
    for file in sorted((FIXTURES / release).iterdir()):
        whole.update(file.name.encode() + b"\n" + file.read_bytes())
    return whole.hexdigest()


def lay(server: Server, release: str) -> None:
    """Make the database what `toolroom central init` of that release made of it, as a superuser."""
    server.run("BEGIN")
    known = {row[0] for row in server.run("SELECT rolname FROM pg_roles")}
    for role in ("toolroom_owner", "toolroom_station"):
        if role not in known:
            server.run(f"CREATE ROLE {role} NOLOGIN")
    database = server.run("SELECT quote_ident(current_database())")[0][0]
    server.run(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
    server.run(f"GRANT CONNECT ON DATABASE {database} TO toolroom_owner, toolroom_station")
    server.run("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    server.run("CREATE SCHEMA toolroom AUTHORIZATION toolroom_owner")
    server.run("SET LOCAL ROLE toolroom_owner")
    server.run(
        "CREATE TABLE toolroom.schema_step (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
    )
    for name in _FILES[release]:
        server.script((FIXTURES / release / name).read_text(encoding="utf-8"))
        if name[:4].isdigit():
            server.run("INSERT INTO toolroom.schema_step (name) VALUES (:name)", name=name.removesuffix(".sql"))
    server.run("RESET ROLE")
    server.run("COMMIT")


def add_site(server: Server, name: str) -> NewSite:
    """A station's enrolment, as that release gave it out."""
    role, password = f"toolroom_site_{secrets.token_hex(8)}", secrets.token_urlsafe(24)
    server.run("BEGIN")
    server.run(
        f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION INHERIT CONNECTION LIMIT 8"
        f" PASSWORD '{scram_verifier(password)}' IN ROLE toolroom_station"
    )
    for setting, value in {"search_path": "''", "statement_timeout": "'60s'", "lock_timeout": "'20s'"}.items():
        server.run(f"ALTER ROLE {role} SET {setting} = {value}")
    server.run("SET LOCAL ROLE toolroom_owner")
    server.run(
        "INSERT INTO toolroom.site (name, name_key, role, daily_bytes) VALUES (:name, :key, :role, 20000000000)",
        name=name,
        key=name.casefold(),
        role=role,
    )
    server.run("RESET ROLE")
    server.run("COMMIT")
    return NewSite(name, role, password)
