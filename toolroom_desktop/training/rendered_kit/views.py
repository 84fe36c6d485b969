"""From where, in which light and in which pose each thing is rendered as a cut-out: plain data, no Blender.

The plan is fixed by the names and the numbers of views alone, so a store can be made again, or made larger, and
the pictures that both have are the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

PX_PER_MM = 2.0

SCREWDRIVERS = ("screwdriver_minus", "screwdriver_plus", "screwdriver_offset_cross")
"""Only the tip and the bolster tell them apart, so they get more views than anything else."""

FREE_ROLLERS = (*SCREWDRIVERS, "marker_pen")
ONE_SIDED = ("tape_measure",)
HELD_BACK_EVERY = 6
TABLES = ("table_dark", "table_green", "table_light", "table_wood", "table_foam")


@dataclass(frozen=True)
class View:
    """One cut-out.

    ``opening`` is 0 (jaws shut) to 1 (wide open); ``roll`` degrees about the long axis; ``tilt`` degrees of the
    camera off the vertical, towards ``azimuth``; ``distance`` metres; ``light`` 1 is usual, ``light_from`` degrees;
    ``softness`` metres across the key lamp; ``fill`` share of the second lamp; ``warm`` as in ``stage.bulb``;
    ``exposure`` stops; ``table`` the surface whose light falls back on the thing.
    """

    name: str
    number: int
    opening: float
    roll: float
    tilt: float
    azimuth: float
    distance: float
    light: float
    light_from: float
    light_height: float
    softness: float
    fill: float
    warm: float
    hall: float
    exposure: float
    table: str

    @property
    def seed(self) -> int:
        """Fixes the noise and the wear of this view."""
        return random.Random(f"{self.name}/{self.number}").randrange(2**31)  # noqa: S311 - a picture, not a secret

    @property
    def file(self) -> str:
        """Path inside the store."""
        return f"{self.name}/{self.number:04d}.png"

    @property
    def split(self) -> str:
        """Views kept apart for testing; the rule does not change when a store grows."""
        return "held_back" if self.number % HELD_BACK_EVERY == HELD_BACK_EVERY - 1 else "train"


def views_of(name: str, count: int) -> Iterator[View]:
    """``count`` views of one thing; the first n of a longer plan are the plan of n."""
    for number in range(count):
        dice = random.Random(f"view/{name}/{number}")  # noqa: S311 - a picture, not a secret
        # Low-discrepancy steps (the golden ratio) spread few views more evenly than dice do.
        turn, jaw = (0.618034 * number + 0.1) % 1.0, (0.754878 * number + 0.05) % 1.0
        roll = resting_roll(name, turn, number % 2 == 1)
        yield View(
            name=name,
            number=number,
            opening=jaw,
            roll=roll,
            tilt=dice.uniform(0.0, 24.0) if number % 4 else 0.0,
            azimuth=dice.uniform(0.0, 360.0),
            distance=dice.uniform(0.75, 1.5),
            light=dice.uniform(0.65, 1.45),
            light_from=dice.uniform(0.0, 360.0),
            light_height=dice.uniform(1.0, 2.2),
            softness=dice.uniform(0.25, 1.6),
            fill=dice.uniform(0.05, 0.6),
            warm=dice.uniform(-1.0, 1.0),
            hall=dice.uniform(0.2, 0.75),
            exposure=dice.uniform(-0.45, 0.45),
            table=dice.choice(TABLES),
        )


def resting_roll(name: str, turn: float, other_side: bool) -> float:
    """Degrees about the long axis in which the thing lies still: round ones anyhow (``turn`` 0..1), flat ones two."""
    if name in FREE_ROLLERS:
        return 360.0 * turn
    return 180.0 if other_side and name not in ONE_SIDED else 0.0


def usual_count(name: str, views: int) -> int:
    """Views of one thing when ``views`` are asked for an ordinary one."""
    return round(views * 24 / 14) if name in SCREWDRIVERS else views
