"""A network that fails: a TCP proxy whose every connection is given a fault and a moment for it."""

from __future__ import annotations

import random
import selectors
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

_CHUNK = 65536
_PUSH = b"push("
_PUT = b"evidence_put("


class Fault(StrEnum):
    """What happens to a connection."""

    NONE = "none"
    REFUSED = "refused"  # closed before anything
    BLACK_HOLE = "black hole"  # accepted, and never a byte comes back
    RESET = "reset"  # both ends are told so in the middle
    HALVED = "halved"  # the second half of a piece never arrives
    HALF_OPEN = "half open"  # silence, and nobody is told
    DEAF = "deaf"  # what the server says is lost, what it is told is not
    DELAYED = "delayed"  # everything late
    DRIPPING = "dripping"  # a byte now and then, so that no single wait is long
    CUT_AFTER_COMMIT = "cut after commit"  # the server did it, and its reply is lost


@dataclass(frozen=True, slots=True)
class Fate:
    """A fault and after how many bytes it strikes."""

    fault: Fault
    after: int = 0


def fated(chance: random.Random, share: float) -> Callable[[], Fate]:
    """Fates by chance: that share of the connections meets a fault."""
    kinds = [fault for fault in Fault if fault is not Fault.NONE]

    def next_fate() -> Fate:
        if chance.random() >= share:
            return Fate(Fault.NONE)
        # From the middle of the sign-in to far behind the last push.
        return Fate(chance.choice(kinds), int(10 ** chance.uniform(1, 5)))

    return next_fate


class Proxy:
    """Listens on a port of its own and passes on to `target` while it may."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._fate: Callable[[], Fate] = lambda: Fate(Fault.NONE)
        self._lock = threading.Lock()
        self._open: set[_Link] = set()
        self.met: list[Fault] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._closed = False
        self._thread = threading.Thread(target=self._accept, name="proxy")
        self._thread.start()

    def fail(self, fate: Callable[[], Fate]) -> None:
        """From the next connection on, each is given a fate."""
        self._fate = fate

    def heal(self) -> None:
        """New connections work. Those that hang go on hanging: nobody tells their ends."""
        self._fate = lambda: Fate(Fault.NONE)

    def cut(self) -> None:
        """Reset whatever is open."""
        with self._lock:
            links = list(self._open)
        for link in links:
            link.kill(reset=True)

    def close(self) -> None:
        """End, and everything with it."""
        self._closed = True
        # Wakes the accept.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)
        self.cut()
        with self._lock:
            links = list(self._open)
        for link in links:
            link.join()

    def _accept(self) -> None:
        while not self._closed:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            fate = self._fate()
            self.met.append(fate.fault)
            if fate.fault is Fault.REFUSED:
                _reset(client)
                continue
            try:
                server = socket.create_connection(self._target, 5)
            except OSError:
                _reset(client)
                continue
            link = _Link(client, server, fate, self._gone)
            with self._lock:
                self._open.add(link)
            link.start()

    def _gone(self, link: _Link) -> None:
        with self._lock:
            self._open.discard(link)


class _Link:
    """One connection through the proxy, served by a thread of its own."""

    def __init__(self, client: socket.socket, server: socket.socket, fate: Fate, gone: Callable[[_Link], None]) -> None:
        self._client = client
        self._server = server
        self._fate = fate
        self._gone = gone
        self._passed = 0
        self._pushed = False
        self._silent = False
        self._killed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="proxy link")

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join(10)

    def kill(self, *, reset: bool) -> None:
        """End it; with `reset` both ends hear of it."""
        self._killed.set()
        for end in (self._client, self._server):
            if reset:
                _linger(end)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _run(self) -> None:
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(self._client, selectors.EVENT_READ, self._server)
                selector.register(self._server, selectors.EVENT_READ, self._client)
                while not self._killed.is_set():
                    for key, _ in selector.select(0.1):
                        source = key.fileobj
                        assert isinstance(source, socket.socket)
                        if not self._pass_on(source, key.data):
                            return
        except OSError:
            return
        finally:
            for end in (self._client, self._server):
                _linger(end)
                end.close()
            self._gone(self)

    def _pass_on(self, source: socket.socket, target: socket.socket) -> bool:
        """Pass a piece on; False when the connection is over."""
        data = source.recv(_CHUNK)
        if not data:
            return False
        fault, up = self._fate.fault, source is self._client
        self._passed += len(data)
        struck = self._passed > self._fate.after
        if up and (_PUSH in data or _PUT in data):
            self._pushed = True
        if fault is Fault.BLACK_HOLE or self._silent:
            return True
        if fault is Fault.CUT_AFTER_COMMIT and not up and self._pushed:
            # The first answers are to the statement being prepared; the row comes with the last.
            if b'{"head"' in data or b'"held"' in data:
                return False
        elif fault is Fault.RESET and struck:
            return False
        elif fault is Fault.HALVED and struck:
            target.sendall(data[: len(data) // 2])
            return False
        elif fault is Fault.HALF_OPEN and struck:
            self._silent = True
            return True
        elif fault is Fault.DEAF and struck and not up:
            return True
        elif fault is Fault.DELAYED:
            time.sleep(min(0.03, len(data) / 1e6 + 0.005))
        elif fault is Fault.DRIPPING and struck and not up:
            for byte in data:
                if self._killed.wait(0.02):
                    return False
                target.sendall(bytes([byte]))
            return True
        target.sendall(data)
        return True


def _linger(end: socket.socket) -> None:
    """Have its closing tell the other side by a reset."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _reset(end: socket.socket) -> None:
    _linger(end)
    end.close()
