"""Tables laid out by chance: another kit hall every time, for tests on pictures that nobody chose by hand."""

from __future__ import annotations

import random
from typing import Any

from toolroom_desktop.training.rendered_kit.foreign import FOREIGN, thing_of
from toolroom_desktop.training.rendered_kit.geometry import TOOLS
from toolroom_desktop.training.rendered_kit.layout import laid_out
from toolroom_desktop.training.rendered_kit.outlines import Point, hull
from toolroom_desktop.training.rendered_kit.scenes import FIELD_MM, Item, Scene
from toolroom_desktop.training.rendered_kit.shapes import blender
from toolroom_desktop.training.rendered_kit.views import TABLES, resting_roll

GAP_MM = 7.0
WIDEST = 0.6


def _footprint(root: Any) -> list[Point]:
    """The convex outline of a thing on the table in millimetres, around its own middle."""
    spots = [v.co for part in root.children for v in part.data.vertices]
    return hull([(round(1000 * v.x, 1), round(1000 * v.y, 1)) for v in spots])


def contents(dice: random.Random) -> list[str]:
    """What lies there: mostly the whole kit, else one or two tools short or with one foreign thing more."""
    names = list(TOOLS)
    fate = dice.random()
    if fate > 0.6:
        for gone in dice.sample(names, dice.choice((1, 1, 2))):
            names.remove(gone)
    if fate > 0.8:
        names.append(dice.choice(list(FOREIGN)))
    return names


def invented(seed: int, number: int) -> Scene:
    """The table with this number; the same seed and number give the same table.

    Raises ValueError when what chance chose does not fit on the table.
    """
    dice = random.Random(f"table/{seed}/{number}")  # noqa: S311 - a layout, not a secret
    names = contents(dice)
    poses = [(dice.uniform(0.0, WIDEST), resting_roll(name, dice.random(), dice.random() < 0.4)) for name in names]
    blender().ops.wm.read_factory_settings(use_empty=True)
    outlines = [_footprint(thing_of(name, *pose)) for name, pose in zip(names, poses, strict=True)]
    places = laid_out(outlines, FIELD_MM, GAP_MM, dice)
    items = tuple(
        Item(name, *place, opening=pose[0], roll=pose[1])
        for name, place, pose in zip(names, places, poses, strict=True)
    )
    return Scene(
        name=f"invented_{seed}_{number:04d}",
        title_en=f"Invented table {seed}/{number}",
        title_ru=f"Придуманный стол {seed}/{number}",
        table=dice.choice(TABLES),
        items=items,
        seed=dice.randrange(2**31),
        light=dice.uniform(0.75, 1.3),
        light_from=dice.uniform(0.0, 360.0),
        warm=dice.uniform(-0.6, 0.9),
        exposure=dice.uniform(-0.3, 0.3),
    )
