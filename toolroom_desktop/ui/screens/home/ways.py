"""The tiles of home: what they lead to, what they are drawn with, and who finds them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from toolroom_desktop.domain.people import Permission, Person
from toolroom_desktop.ui.shell import Place


class Way(StrEnum):
    """Where a tile leads, in the order in which the tiles stand."""

    TAKE_OVER = "take_over"
    SHIFT = "shift"
    CASES = "cases"
    TOOLS = "tools"
    PEOPLE = "people"
    HISTORY = "history"
    FIGURES = "figures"
    REPORTS = "reports"
    ENROL = "enrol"
    MODELS = "models"
    SYNC = "sync"
    SETUP = "setup"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile. `needs` are permissions of which one is enough; `place` is the screen, where it is one of those."""

    way: Way
    symbol: str
    needs: tuple[Permission, ...]
    place: Place | None = None
    care: bool = False
    """Whether it is there only where the station can be looked after."""


TILES: tuple[Tile, ...] = (
    Tile(Way.TAKE_OVER, "sync", (Permission.OPERATE,)),
    Tile(Way.SHIFT, "clock", (Permission.RUN_SHIFT,), Place.SHIFT),
    Tile(Way.CASES, "search", (Permission.SEARCH_CASES, Permission.SEE_HISTORY), Place.CASES),
    Tile(Way.TOOLS, "kit", (Permission.CHANGE_TOOLS, Permission.MANAGE_CATALOGUE), Place.TOOLS),
    Tile(Way.PEOPLE, "badge", (Permission.MANAGE_PEOPLE,), Place.PEOPLE),
    Tile(Way.HISTORY, "history", (Permission.SEE_HISTORY,), Place.HISTORY),
    Tile(Way.FIGURES, "figures", (Permission.EXPORT,), Place.FIGURES),
    Tile(Way.REPORTS, "report", (Permission.EXPORT, Permission.CHANGE_TOOLS), Place.REPORTS),
    Tile(Way.ENROL, "photo", (Permission.MANAGE_STATION,), Place.ENROL),
    Tile(Way.MODELS, "model", (Permission.MANAGE_STATION,), Place.MODELS),
    Tile(Way.SYNC, "centre", (Permission.MANAGE_STATION,), Place.SYNC),
    Tile(Way.SETUP, "setup", (Permission.MANAGE_STATION,), care=True),
    Tile(Way.HEALTH, "health", (Permission.MANAGE_STATION,), care=True),
)
PLACES: dict[Way, Place] = {tile.way: tile.place for tile in TILES if tile.place is not None}
# Whoever takes no kits has one of these as the main action, the first that is theirs.
_MAIN = (
    (Way.CASES, Permission.RELEASE_CASES),
    (Way.PEOPLE, Permission.MANAGE_PEOPLE),
    (Way.HISTORY, Permission.SEE_HISTORY),
)


def ways_of(person: Person, *, can_care: bool) -> tuple[Way, ...]:
    """The tiles of that person; `can_care` says whether the station can be looked after here."""
    return tuple(
        tile.way
        for tile in TILES
        if any(person.may(permission) for permission in tile.needs) and (can_care or not tile.care)
    )


def main_way(person: Person, ways: tuple[Way, ...]) -> Way | None:
    """Which tile is the main action; None for somebody whose main action is to take a kit."""
    if person.may(Permission.OPERATE):
        return None
    return next((way for way, needs in _MAIN if way in ways and person.may(needs)), None)
