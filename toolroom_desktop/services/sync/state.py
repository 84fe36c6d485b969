"""How sync is, for whoever shows it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.sync.centre_model import ModelStanding
from toolroom_desktop.services.sync.ports import Known


@dataclass(frozen=True, slots=True)
class SyncState:
    """What is known of sync. `problem` and `evidence_problem` are codes of sentences, "" where nothing is wrong.

    attention      whether a person has to do something; a centre that cannot be reached comes back by itself
    failing_since  when the first of the rounds was that failed one after the other; None while they do not
    working        a round is under way; `working_photos`: photos are being sent
    rounds         how many rounds ended, well or not, since the program began
    aside          rows of the centre that could not be taken over here; the first of them are `aside_told`
    photos_lost    photos that were deleted here, because the centre had them, and that it has no more
    model          the model that the centre names, and how far it is here; None where it names none
    """

    pending_operations: int = 0
    pending_files: int = 0
    pending_bytes: int = 0
    last_success: datetime | None = None
    problem: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    evidence_problem: str = ""
    evidence_details: dict[str, Any] = field(default_factory=dict)
    attention: bool = False
    failing_since: datetime | None = None
    quarantined: int = 0
    clock_offset: float = 0.0
    working: bool = False
    working_photos: bool = False
    rounds: int = 0
    photos_lost: int = 0
    aside: int = 0
    aside_told: tuple[Known, ...] = ()
    model: ModelStanding | None = None


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


# Reached, but it takes no more before tomorrow.
_REACHED = frozenset({"centre.too_much_today"})


class Standing(StrEnum):
    """How sync stands, in one word."""

    SYNCED = "synced"
    PENDING = "pending"
    OFFLINE = "offline"
    ATTENTION = "attention"


def needs_a_person(error: UserFacingError) -> bool:
    """Whether it will not heal by itself."""
    return error.code not in PASSING


def standing_of(state: SyncState) -> Standing:
    """The worst of what is known: what only a person mends, then a centre out of reach, then what waits."""
    photos_wrong = bool(state.evidence_problem) and state.evidence_problem not in PASSING
    model_refused = state.model is not None and state.model.problem is not None
    if state.attention or state.quarantined or state.aside or state.photos_lost or photos_wrong or model_refused:
        return Standing.ATTENTION
    if state.problem and state.problem not in _REACHED:
        return Standing.OFFLINE
    if state.problem or state.pending_operations or state.pending_files or state.last_success is None:
        return Standing.PENDING
    return Standing.SYNCED


def offline_since(state: SyncState) -> datetime | None:
    """Since when nothing went: the last success, else the first of the failures; None where that is not known."""
    return state.last_success or state.failing_since


class StateBoard:
    """The newest state. Listeners are called in the thread that changed it and must return at once.

    They are called under the lock, so that of two changes the later one is told last.
    """

    def __init__(self) -> None:
        # A listener in the same thread may ask for the state.
        self._lock = threading.RLock()
        self._state = SyncState()
        self._listeners: list[Callable[[SyncState], None]] = []

    @property
    def state(self) -> SyncState:
        """How it is now."""
        with self._lock:
            return self._state

    def follow(self, listener: Callable[[SyncState], None], *, present: bool = False) -> None:
        """Have `listener` called with every new state, and first, where `present`, with that of now."""
        with self._lock:
            self._listeners.append(listener)
            if present:
                listener(self._state)

    def unfollow(self, listener: Callable[[SyncState], None]) -> None:
        """Call it no more."""
        with self._lock:
            self._listeners.remove(listener)

    def change(self, **fields: Any) -> None:
        """Set these fields."""
        with self._lock:
            changed = replace(self._state, **fields)
            if changed == self._state:
                return
            self._state = changed
            for listener in list(self._listeners):
                listener(changed)
