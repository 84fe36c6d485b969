"""How sync is, for whoever shows it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from toolroom_desktop.domain.errors import UserFacingError


@dataclass(frozen=True, slots=True)
class SyncState:
    """What is known of sync. `problem` and `evidence_problem` are codes of sentences, "" where nothing is wrong.

    attention  whether a person has to do something; a centre that cannot be reached comes back by itself
    working    a round is under way
    """

    pending_operations: int = 0
    pending_files: int = 0
    pending_bytes: int = 0
    last_success: datetime | None = None
    problem: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    evidence_problem: str = ""
    attention: bool = False
    quarantined: int = 0
    clock_offset: float = 0.0
    working: bool = False


# What heals without anybody: the network, the server, the other end's maintenance.
PASSING = frozenset(
    {
        "centre.silent",
        "centre.unknown_host",
        "centre.nobody_listens",
        "centre.busy",
        "centre.stopping",
        "centre.too_much_today",
    }
)


def needs_a_person(error: UserFacingError) -> bool:
    """Whether it will not heal by itself."""
    return error.code not in PASSING


class StateBoard:
    """The newest state. Listeners are called in the thread that changed it and must return at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = SyncState()
        self._listeners: list[Callable[[SyncState], None]] = []

    @property
    def state(self) -> SyncState:
        """How it is now."""
        with self._lock:
            return self._state

    def follow(self, listener: Callable[[SyncState], None]) -> None:
        """Have `listener` called with every new state."""
        with self._lock:
            self._listeners.append(listener)

    def change(self, **fields: Any) -> None:
        """Set these fields."""
        with self._lock:
            changed = replace(self._state, **fields)
            if changed == self._state:
                return
            self._state = changed
            listeners = list(self._listeners)
        for listener in listeners:
            listener(changed)
