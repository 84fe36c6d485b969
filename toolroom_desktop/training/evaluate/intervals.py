"""How far a counted share can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054
"""Quantile of the normal distribution for a two-sided interval of 95 %."""
RULE_OF_THREE = 3.0
"""When nothing was seen in n trials, the true share is below 3 / n with a certainty of 95 %: 0.95 = (1 - p) ** n."""


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of` trials, with the interval (low, high) that holds the true share with a certainty of 95 %.

    Wilson's score interval (E. B. Wilson, 1927); for none and for all of the trials the rule of three. Without any
    trial nothing is known: the interval is 0..1 and `value` is None.
    """

    count: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.of:
            raise ValueError(f"{self.count} of {self.of}")

    @property
    def value(self) -> float | None:
        """The share 0..1."""
        return self.count / self.of if self.of else None

    @property
    def low(self) -> float:
        """Lower end of the interval, 0..1."""
        if not self.of or not self.count:
            return 0.0
        if self.count == self.of:
            return max(0.0, 1.0 - RULE_OF_THREE / self.of)
        centre, half = self._wilson()
        return centre - half

    @property
    def high(self) -> float:
        """Upper end of the interval, 0..1."""
        if not self.of or self.count == self.of:
            return 1.0
        if not self.count:
            return min(1.0, RULE_OF_THREE / self.of)
        centre, half = self._wilson()
        return centre + half

    def _wilson(self) -> tuple[float, float]:
        n, p, z2 = self.of, self.count / self.of, Z95**2
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z95 / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        return centre, half
