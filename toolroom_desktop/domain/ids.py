"""Identifiers: UUID version 7 (RFC 9562, section 5.7), so that keys made later also sort later."""

from __future__ import annotations

import secrets
import threading
import time
import uuid

_COUNTER_BITS = 12


class _Sequence:
    """The last time and counter given out, so that ids of one process only ever grow."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._timestamp_ms = 0
        self._counter = 0

    def advance(self) -> tuple[int, int]:
        """The next (milliseconds, counter).

        A counter that overflows borrows the next millisecond, and a clock set back does not move the ids back.
        """
        with self._lock:
            now_ms = time.time_ns() // 1_000_000
            if now_ms > self._timestamp_ms:
                self._timestamp_ms = now_ms
                self._counter = secrets.randbelow(1 << (_COUNTER_BITS - 1))
            else:
                self._counter += 1
                if self._counter >> _COUNTER_BITS:
                    self._timestamp_ms += 1
                    self._counter = 0
            return self._timestamp_ms, self._counter


_sequence = _Sequence()


def uuid7() -> uuid.UUID:
    """A new UUIDv7; within this process every call returns a greater value than the one before.

    The 12 bits after the version hold a counter within one millisecond (RFC 9562, section 6.2, method 1).
    """
    timestamp_ms, counter = _sequence.advance()
    value = (timestamp_ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)
