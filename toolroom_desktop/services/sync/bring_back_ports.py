"""What a station needs of the centre to bring its own lost entries back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from toolroom_desktop.services.sync.ports import OwnPage, Page


@dataclass(frozen=True, slots=True)
class PhotoThere:
    """A photo of this station at the centre. `held` of its `size` bytes are there."""

    size: int
    held: int

    @property
    def whole(self) -> bool:
        """Whether it is there whole."""
        return self.held >= self.size


class OwnCentre(Protocol):
    """An open line to a centre that hands a station its own entries."""

    def own_entries(self, after: int, *, most: int) -> OwnPage:
        """The own entries after that number, at most so many and about a megabyte.

        Raises `CentreProblem("centre.cannot_bring_back")` where the centre is of an older program.
        """

    def own_photos(self, names: Sequence[str]) -> Mapping[str, PhotoThere]:
        """What it has of each; those of which it has nothing are left out."""

    def pull(self, cursor: str, *, most: int) -> Page: ...
    def close(self) -> None: ...


class OwnLines(Protocol):
    """Opens such lines."""

    def open(self, *, within: float) -> OwnCentre:
        """A new line that is torn down after `within` seconds, whatever happens. Raises `CentreProblem`."""

    def abort(self) -> None:
        """Tear down every line that is open, and open no other. May be called from any thread."""
