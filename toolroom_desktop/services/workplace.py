"""Whether somebody works at this station, for what had better wait until nobody does."""

from __future__ import annotations


class Workplace:
    """Told by the windows, asked from any thread. Where nobody tells anything, nobody works there."""

    def __init__(self) -> None:
        self._taken = False

    @property
    def free(self) -> bool:
        """Nobody is signed in, and nothing is under way."""
        return not self._taken

    def tell(self, *, taken: bool) -> None:
        """Somebody came, or left."""
        self._taken = taken
