"""Who wants to know that something was written."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Commits:
    """Tells its listeners of every commit. Fulfils `services.ports.Changes`; may be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []

    def follow(self, listener: Callable[[], None]) -> None:
        """Have `listener` called after every commit, in the thread that wrote: it must return at once."""
        with self._lock:
            self._listeners.append(listener)

    def unfollow(self, listener: Callable[[], None]) -> None:
        """Call it no more."""
        with self._lock:
            self._listeners.remove(listener)

    def tell(self) -> None:
        """Something was committed."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener()
