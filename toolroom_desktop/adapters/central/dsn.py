"""How an administrator names a database: `postgresql://user@host:port/database?sslrootcert=ca.pem`."""

from __future__ import annotations

import ssl
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.domain.errors import BadInput

_KNOWN = frozenset({"host", "port", "sslmode", "sslrootcert"})
DEFAULT_PORT = 5432


def parse_dsn(text: str, password: str = "") -> ServerAddress:
    """The address in a DSN; `password` counts where the DSN has none.

    Raises `BadInput`: "centre.bad_dsn", "centre.dsn_option", "centre.no_ca_file", "centre.sslmode".
    """
    try:
        parts = urlsplit(text)
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        port = int(options.get("port", parts.port or DEFAULT_PORT))
    except ValueError:
        raise BadInput("centre.bad_dsn") from None
    host = options.get("host", parts.hostname or "localhost")
    database, user = unquote(parts.path.lstrip("/")), unquote(parts.username or "")
    if parts.scheme not in ("postgresql", "postgres") or not database or not user:
        raise BadInput("centre.bad_dsn")
    if unknown := sorted(options.keys() - _KNOWN):
        raise BadInput("centre.dsn_option", options=", ".join(unknown), known=", ".join(sorted(_KNOWN)))
    mode = options.get("sslmode", "verify-full")
    address = ServerAddress(
        host=host,
        port=port,
        database=database,
        user=user,
        password=unquote(parts.password) if parts.password else password,
        ca=read_ca(Path(options["sslrootcert"])) if "sslrootcert" in options else "",
        tls=mode == "verify-full",
    )
    if mode not in ("verify-full", "disable") or (not address.tls and not address.local):
        raise BadInput("centre.sslmode", mode=mode)
    return address


def read_ca(path: Path) -> str:
    """The certificates of authorities in a PEM file; raises `BadInput("centre.no_ca_file")`."""
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise BadInput("centre.no_ca_file", path=path) from None
    try:
        # A request for a certificate or half a file would else look like a server without TLS later on.
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=text)
    except (ssl.SSLError, ValueError):
        raise BadInput("centre.no_ca_file", path=path) from None
    return text
