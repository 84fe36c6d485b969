"""How long to wait after a failure, and how much to send at once on a line that is slow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FIRST_SECONDS = 1.0
LONGEST_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often sync works, and for how long at most, in seconds.

    idle     between two rounds where nothing is wrong
    longest  between two rounds where something is
    work     after which a round that is still sending ends in order, and the next one begins at once
    within   after which a round is torn down, whatever it does
    """

    idle: float = 15.0
    longest: float = LONGEST_SECONDS
    work: float = 60.0
    within: float = 120.0


class Backoff:
    """Full jitter: a wait drawn evenly between nothing and a limit that doubles with every failure.

    With a fixed wait all stations of a hangar would come back in the same second after a cut.
    """

    def __init__(self, draw: Callable[[], float], longest: float = LONGEST_SECONDS) -> None:
        """`draw` gives a number 0..1; `longest` is where the limit stops doubling, in seconds."""
        self._draw = draw
        self._longest = longest
        self._failures = 0

    @property
    def failures(self) -> int:
        """How many times in a row it failed."""
        return self._failures

    def failed(self) -> float:
        """Seconds to wait after one more failure."""
        limit = min(self._longest, FIRST_SECONDS * 2.0 ** min(self._failures, 30))
        self._failures += 1
        return limit * self._draw()

    def succeeded(self) -> None:
        """Begin anew."""
        self._failures = 0


class Portion:
    """How much goes into one request: halved when one did not come through, doubled when it did.

    Without it, a line on which a full batch takes longer than a round may last would be stuck for ever.
    """

    def __init__(self, most: int, least: int = 1) -> None:
        self._most = most
        self._least = least
        self.size = most

    def failed(self) -> None:
        """It did not come through."""
        self.size = max(self._least, self.size // 2)

    def succeeded(self) -> None:
        """It did."""
        self.size = min(self._most, self.size * 2)
