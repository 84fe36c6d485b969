"""Hashing of PINs: argon2id (RFC 9106) over a peppered PIN.

Six digits fall within minutes to whoever holds the database, however slow the hash. The pepper does not lie in the
database, so the database alone gives nothing to try the digits against.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from toolroom_desktop.domain.errors import DatabaseProblem

_PURPOSE = b"toolroom pin\0"


@dataclass(frozen=True, slots=True)
class Argon2Profile:
    """The cost of one hash: passes, memory in KiB, and lanes."""

    passes: int
    memory_kib: int
    lanes: int


# The second recommendation of RFC 9106 (section 4), for machines that cannot spare 2 GiB.
STATION = Argon2Profile(passes=3, memory_kib=65536, lanes=4)
# The least that argon2 allows; for tests, where the cost protects nobody.
FAST = Argon2Profile(passes=1, memory_kib=8, lanes=1)


class Argon2PinHasher:
    """Fulfils `services.ports.PinHasher`. May be used from any thread."""

    def __init__(self, pepper: bytes, profile: Argon2Profile = STATION) -> None:
        """`pepper` is the station's secret, at least 16 bytes."""
        if len(pepper) < 16:
            raise ValueError("a pepper of less than 16 bytes protects nothing")
        self._pepper = pepper
        self._hasher = PasswordHasher(
            time_cost=profile.passes, memory_cost=profile.memory_kib, parallelism=profile.lanes
        )

    def hash(self, pin: str) -> str:
        """The encoded hash, with a salt of its own and the cost that it was made with."""
        return self._hasher.hash(self._peppered(pin))

    def verify(self, encoded: str, pin: str) -> bool:
        """Whether `encoded` was made of `pin`; an empty one (no PIN was set yet) fits none.

        Raises `DatabaseProblem("database.pin_damaged")` for a text that is no hash.
        """
        if not encoded:
            return False
        try:
            return self._hasher.verify(encoded, self._peppered(pin))
        except VerifyMismatchError:
            return False
        except (InvalidHashError, VerificationError) as error:
            raise DatabaseProblem("database.pin_damaged") from error

    def _peppered(self, pin: str) -> bytes:
        return hmac.new(self._pepper, _PURPOSE + pin.encode(), hashlib.sha256).digest()
