"""A connection to PostgreSQL that proves whom it talks to, ends in time, and says in sentences why it did not work."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import scramp
from pg8000.exceptions import DatabaseError, InterfaceError
from pg8000.native import Connection

from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.problems import database_problem, tls_problem
from toolroom_desktop.domain.errors import CentreProblem

CONNECT_SECONDS = 10.0
"""For the network to answer at all."""
SILENCE_SECONDS = 30.0
"""A server that says nothing for so long while it is asked something counts as gone."""
LEAST_VERSION = 150000

_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_SCRAM = 10
_OK = 0
_SCRAM_STEPS = (_SCRAM, 11, 12)
_BOUND = "SCRAM-SHA-256-PLUS"
_UNBOUND = "SCRAM-SHA-256"


Dial = Callable[[ServerAddress], socket.socket]
"""Opens the bare connection."""


def dial(address: ServerAddress) -> socket.socket:
    """Connect within `CONNECT_SECONDS`; raises `OSError`."""
    if address.host.startswith("/"):
        unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        unix.settimeout(CONNECT_SECONDS)
        try:
            unix.connect(f"{address.host}/.s.PGSQL.{address.port}")
        except OSError:
            unix.close()
            raise
        return unix
    opened = socket.create_connection((address.host, address.port), CONNECT_SECONDS)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    # A statement goes out in several small writes: left alone, the last one waits for the other side's delayed
    # acknowledgement, 40 ms for many a push.
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for name, seconds in (("TCP_KEEPIDLE", 20), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, name):
            opened.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), seconds)
    return opened


class _Guarded(Connection):  # type: ignore[misc]
    """Gives the password to nobody: it answers SCRAM alone, bound to the TLS channel where there is one.

    pg8000 itself would send it in the clear, or as MD5, to a server that asks for that.
    """

    def handle_AUTHENTICATION_REQUEST(self, data: bytes, context: Any) -> None:  # noqa: N802 - pg8000's name
        (code,) = struct.unpack_from("!i", data)
        encrypted = isinstance(self._usock, ssl.SSLSocket)
        # Without TLS nobody is far away: a Unix socket, where the system says who somebody is, or this computer.
        if code not in (_OK, *_SCRAM_STEPS) or (code == _OK and encrypted and not hasattr(self, "auth")):
            raise CentreProblem("centre.asks_for_password")
        if code == _SCRAM:
            offered = data[4:-2].split(b"\0")
            if (_BOUND if encrypted else _UNBOUND).encode() not in offered:
                raise CentreProblem("centre.asks_for_password")
        super().handle_AUTHENTICATION_REQUEST(data, context)


class Server:
    """An open connection. One thread uses it; `abort` may be called from any."""

    def __init__(self, connection: Connection, link: socket.socket, address: ServerAddress) -> None:
        self._connection = connection
        self._link = link
        self.address = address

    def run(self, sql: str, **values: object) -> list[Sequence[Any]]:
        """The rows of one statement; `:name` in it is a value. Raises `CentreProblem`."""
        with translated(self.address):
            return self._connection.run(sql, **values) or []

    def script(self, sql: str) -> None:
        """Run several statements that have no values. Raises `CentreProblem`."""
        with translated(self.address):
            self._connection.execute_simple(sql)

    def be_patient(self, seconds: float) -> None:
        """Let the server take so long over an answer from now on. One that is gone is still found by keepalives."""
        self._link.settimeout(seconds)

    def close(self) -> None:
        """Say goodbye if there is anybody to say it to."""
        with suppress(OSError, InterfaceError, ValueError):
            self._link.settimeout(1.0)
            self._connection.close()
        self._link.close()


class Deadline:
    """Tears down whatever is being done at a server when its time is up.

    A timeout on the socket does not do: a line that drips a byte now and then never times out.
    """

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._strike)
        self._timer.name = "sync deadline"
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._links: list[socket.socket] = []
        self._struck = False

    def start(self) -> None:
        """The time runs from now on."""
        self._timer.start()

    def cancel(self) -> None:
        """It was done in time."""
        self._timer.cancel()

    def watch(self, link: socket.socket) -> None:
        """Tear this one down too; at once when the time is up already."""
        with self._lock:
            self._links.append(link)
            late = self._struck
        if late:
            _tear(link)

    def strike(self) -> None:
        """The time is up now: the program ends."""
        self._timer.cancel()
        self._strike()

    def _strike(self) -> None:
        with self._lock:
            self._struck = True
            links = list(self._links)
        for link in links:
            _tear(link)


def _tear(link: socket.socket) -> None:
    # Past an SSLSocket's own shutdown, which would wait for the other side's goodbye.
    with suppress(OSError):
        socket.socket.shutdown(link, socket.SHUT_RDWR)


def connect(
    address: ServerAddress,
    *,
    deadline: Deadline | None = None,
    dialling: Dial = dial,
    silence: float = SILENCE_SECONDS,
) -> Server:
    """Open a connection and let each side prove itself to the other. Raises `CentreProblem`.

    silence  seconds without an answer after which the server counts as gone
    """
    if not address.tls and not address.local:
        raise CentreProblem("centre.no_tls", server=address.shown)
    with translated(address):
        link = dialling(address)
        try:
            if deadline is not None:
                deadline.watch(link)
            link.settimeout(silence)
            if address.tls and not address.host.startswith("/"):
                link = _encrypted(link, address)
                if deadline is not None:
                    deadline.watch(link)
            connection = _Guarded(
                address.user,
                database=address.database,
                password=address.password,
                sock=link,
                ssl_context=False,
                application_name="toolroom",
            )
        except BaseException:
            link.close()
            raise
    server = Server(connection, link, address)
    try:
        version = int(server.run("SHOW server_version_num")[0][0])
        if version < LEAST_VERSION:
            raise CentreProblem("centre.too_old_server", server=address.shown, version=version // 10000)
    except BaseException:
        server.close()
        raise
    return server


def _encrypted(link: socket.socket, address: ServerAddress) -> ssl.SSLSocket:
    context = ssl.create_default_context(cadata=address.ca or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    link.sendall(_SSL_REQUEST)
    answer = link.recv(1)
    if answer == b"":
        raise ConnectionResetError("closed before it answered")
    if answer == b"N":
        raise CentreProblem("centre.no_tls", server=address.shown)
    if answer != b"S":
        raise CentreProblem("centre.not_postgresql", server=address.shown)
    return context.wrap_socket(link, server_hostname=address.host)


class translated:  # noqa: N801 - used as a context, like contextlib's own
    """Turns what socket, TLS and PostgreSQL say into a `CentreProblem`."""

    def __init__(self, address: ServerAddress) -> None:
        self._address = address

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        address = self._address
        if error is None or isinstance(error, CentreProblem):
            return
        if isinstance(error, ssl.SSLError) and not isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
            raise tls_problem(error, address.host, address.shown) from error
        if isinstance(error, DatabaseError):
            raise database_problem(error, address.shown, address.database) from error
        if isinstance(error, socket.gaierror):
            raise CentreProblem("centre.unknown_host", host=address.host) from error
        if isinstance(error, ConnectionRefusedError):
            raise CentreProblem("centre.nobody_listens", server=address.shown) from error
        if isinstance(error, scramp.ScramException):
            raise CentreProblem("centre.asks_for_password") from error
        if isinstance(error, (OSError, InterfaceError, struct.error, ValueError, KeyError, AttributeError)):
            # The last four are what pg8000 raises when the connection is torn down under it, or talks nonsense.
            raise CentreProblem("centre.silent", server=address.shown) from error
