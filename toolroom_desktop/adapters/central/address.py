"""Where the centre is. Apart from the connection: at its start a station asks only whether it has a centre."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a database is and as whom to go there.

    host      a name, an address, or the folder of a Unix socket (then it begins with "/")
    ca        the authorities that may vouch for the server, PEM; "" for those that the operating system trusts
    tls       False only where no network is crossed
    """

    host: str
    port: int
    database: str
    user: str
    password: str = field(repr=False, default="")
    ca: str = ""
    tls: bool = True

    @property
    def local(self) -> bool:
        """Whether no network is crossed."""
        return self.host.startswith("/") or self.host in ("127.0.0.1", "::1", "localhost")

    @property
    def shown(self) -> str:
        """For people."""
        return f"{self.host}:{self.port}"
