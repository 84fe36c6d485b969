"""Servers that are no centre: what answers at an address that somebody mistyped."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def listening(behave: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server of some other kind; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            with caller:
                try:
                    behave(caller)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, name="other server")
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def mysql(caller: socket.socket) -> None:
    caller.sendall(b"J\0\0\0\n8.0.36\0")
    caller.recv(100)


def ssh(caller: socket.socket) -> None:
    caller.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
    caller.recv(100)


def http(caller: socket.socket) -> None:
    caller.recv(100)
    caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def without_tls(caller: socket.socket) -> None:
    caller.recv(8)
    caller.sendall(b"N")


def closes(caller: socket.socket) -> None:
    caller.recv(8)
