"""The operating system's key store, behind calls that always end.

On a Linux machine without a desktop the key store may be missing, may wait for a password that nobody can type, or may
hang on a dead message bus. Every call therefore runs in a thread that is given up after a few seconds.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

TIMEOUT_SECONDS = 5.0

# Set to "off", it keeps the secrets in the file: for tests, and for stations whose key store is known to be bad.
SWITCH = "TOOLROOM_KEYRING"

# Stores that encrypt. Others that plug themselves in (plain files, environment variables) protect nothing.
_REAL = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)


class KeyringUnusable(Exception):
    """The key store does not answer in time, is locked, or fails."""


class SystemKeyring:
    """One backend of the `keyring` package, with every call bounded."""

    def __init__(self, backend: KeyringBackend, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._backend = backend
        self._timeout = timeout

    def get(self, service: str, name: str) -> str | None:
        """The stored text, or None where there is none. Raises `KeyringUnusable`."""
        return bounded(lambda: self._backend.get_password(service, name), self._timeout)

    def set(self, service: str, name: str, value: str) -> None:
        """Store a text and make sure that it is there. Raises `KeyringUnusable`."""
        bounded(lambda: self._backend.set_password(service, name, value), self._timeout)
        if self.get(service, name) != value:
            raise KeyringUnusable("the key store did not keep what it was given")


def find_keyring(*, timeout: float = TIMEOUT_SECONDS) -> SystemKeyring | None:
    """The key store of this computer; None where there is none or it is switched off. Raises `KeyringUnusable`."""
    if os.environ.get(SWITCH, "").strip().casefold() == "off":
        return None
    backend = bounded(_real_backend, timeout)
    return None if backend is None else SystemKeyring(backend, timeout=timeout)


def bounded(work: Callable[[], T], timeout: float) -> T:
    """The answer of `work`; raises `KeyringUnusable` when it fails or takes longer than `timeout` seconds.

    Work that hangs keeps its daemon thread, which ends with the process.
    """
    call = _Call(work)
    threading.Thread(target=call.run, name="keyring", daemon=True).start()
    if not call.done.wait(timeout):
        raise KeyringUnusable(f"no answer within {timeout:g} s")
    if call.error is not None:
        raise KeyringUnusable(type(call.error).__name__) from call.error
    return call.answers[0]


class _Call(Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self.done = threading.Event()
        self.answers: list[T] = []
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.answers.append(self._work())
        except Exception as error:  # noqa: BLE001 - backends raise whatever their system libraries raise
            self.error = error
        finally:
            self.done.set()


def _real_backend() -> KeyringBackend | None:
    # Loaded here: finding the backends asks the message bus.
    import keyring

    chosen = keyring.get_keyring()
    # Where several work, `keyring` puts a chain before them.
    candidates: list[KeyringBackend] = [*getattr(chosen, "backends", ()), chosen]
    return next((backend for backend in candidates if type(backend).__module__ in _REAL), None)
