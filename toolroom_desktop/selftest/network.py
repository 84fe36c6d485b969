"""Notices every attempt to use the network. Imports nothing that could make one."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolroom_desktop.selftest.bench import Workbench
    from toolroom_desktop.services.doctor import Check

# Raised by Python's own socket module (docs.python.org, "Audit events table"). Those of the first kind name a socket
# and an address, those of the second a host.
_OF_A_SOCKET = frozenset({"socket.bind", "socket.connect", "socket.sendmsg", "socket.sendto"})
_OF_A_NAME = frozenset({"socket.getaddrinfo", "socket.gethostbyaddr", "socket.gethostbyname", "socket.getnameinfo"})
# Sockets within the machine (the screen, the message bus) are no network; Windows has no such family.
_WITHIN_THE_MACHINE = getattr(socket, "AF_UNIX", None)
_TELEMETRY_SWITCH = "ORT_DISABLE_TELEMETRY"
_LINUX_TABLES = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")


@dataclass(slots=True)
class NetworkWatch:
    """What was attempted while it stood.

    attempts  calls of Python code, each as "event address"
    before    network sockets that the process had open already
    sockets   those that were seen besides, by inode: they catch libraries that do not ask Python
    """

    attempts: list[str] = field(default_factory=list)
    before: frozenset[str] = frozenset()
    sockets: set[str] = field(default_factory=set)

    def look_again(self) -> None:
        """Note the network sockets that are open now. Only Linux can tell; elsewhere nothing is noted."""
        self.sockets |= open_sockets() - self.before


# An audit hook stays until the process ends, so there is one at most and it looks here.
_standing: list[NetworkWatch] = []
_hooked = False


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if not _standing:
        return
    if event in _OF_A_SOCKET:
        used, address = arguments[0], arguments[-1]
        if used.family == _WITHIN_THE_MACHINE:
            return
    elif event in _OF_A_NAME:
        address = arguments[0]
    else:
        return
    text = f"{event} {address!r}"
    for watch in _standing:
        watch.attempts.append(text)


@contextmanager
def watching() -> Iterator[NetworkWatch]:
    """Watch the whole process, every thread of it, until the end of the block."""
    global _hooked  # noqa: PLW0603 - a hook cannot be taken back, so the process remembers that it has one
    if not _hooked:
        sys.addaudithook(_note)
        _hooked = True
    watch = NetworkWatch(before=open_sockets())
    _standing.append(watch)
    try:
        yield watch
    finally:
        # By identity: two watches that noticed the same are equal.
        _standing[:] = [other for other in _standing if other is not watch]


def open_sockets() -> frozenset[str]:
    """Inodes of the network sockets (TCP, UDP, raw; IPv4 and IPv6) of this process; empty where there is no /proc."""
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        return frozenset()
    own: set[str] = set()
    for entry in folder.iterdir():
        try:
            target = str(entry.readlink())
        except OSError:  # the handle that lists the folder is gone by now
            continue
        if target.startswith("socket:["):
            own.add(target[len("socket:[") : -1])
    return frozenset(own & _inodes()) if own else frozenset()


def _inodes() -> set[str]:
    found: set[str] = set()
    for name in _LINUX_TABLES:
        try:
            lines = Path("/proc/self/net", name).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        found |= {line.split()[9] for line in lines}
    return found


def look(bench: Workbench) -> Check:
    """Nothing was attempted since the self-test began, and the model's runtime was told to send nothing."""
    from toolroom_desktop.domain.errors import BadProgram
    from toolroom_desktop.services.doctor import Check, Grade

    watch = bench.network
    watch.look_again()
    if watch.attempts:
        raise BadProgram("selftest.network_attempted", count=len(watch.attempts), first=watch.attempts[0])
    if watch.sockets:
        raise BadProgram("selftest.network_socket", count=len(watch.sockets))
    if os.environ.get(_TELEMETRY_SWITCH) != "1":
        raise BadProgram("selftest.network_telemetry", switch=_TELEMETRY_SWITCH)
    return Check("network", Grade.GOOD, "selftest.network", {}, {"attempts": 0})
