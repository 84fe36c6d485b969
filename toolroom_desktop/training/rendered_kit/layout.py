"""Lay things on a table by chance so that none touches another: pure Python, millimetres and degrees."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise

from toolroom_desktop.training.rendered_kit.outlines import Point, hull, rotated

Place = tuple[float, float, float]
"""x, y and turn of a thing whose outline is given around its own middle."""

TRIES_FOR_ONE = 120
TRIES_FOR_ALL = 60


def apart(one: Sequence[Point], other: Sequence[Point], gap: float) -> bool:
    """Whether two convex outlines (counter-clockwise) are at least about ``gap`` from each other."""
    return _parted(one, other, gap) or _parted(other, one, gap)


def _parted(one: Sequence[Point], other: Sequence[Point], gap: float) -> bool:
    """Whether an edge of ``one`` has the whole of ``other`` on its outer side."""
    for p, q in pairwise([*one, one[0]]):
        length = math.dist(p, q)
        if length and all(((x - p[0]) * (q[1] - p[1]) - (y - p[1]) * (q[0] - p[0])) / length >= gap for x, y in other):
            return True
    return False


def laid_out(
    outlines: Sequence[Sequence[Point]], field: tuple[float, float], gap: float, dice: random.Random
) -> list[Place]:
    """A place for every outline on a field around the origin, ``gap`` from its edges and from each other.

    Raises ValueError when they do not fit.
    """
    convex = [hull(outline) for outline in outlines]
    order = sorted(range(len(convex)), key=lambda i: -_extent(convex[i]))
    for _ in range(TRIES_FOR_ALL):
        placed: dict[int, tuple[Place, list[Point]]] = {}
        for i in order:
            found = _free_place(convex[i], [lying for _, lying in placed.values()], field, gap, dice)
            if found is None:
                break
            placed[i] = found
        else:
            return [placed[i][0] for i in range(len(convex))]
    raise ValueError(f"{len(outlines)} things do not fit on {field[0]:.0f} x {field[1]:.0f} mm")


def _extent(outline: Sequence[Point]) -> float:
    return max(math.dist(p, q) for p in outline for q in outline)


def _free_place(
    outline: Sequence[Point],
    lying: Sequence[Sequence[Point]],
    field: tuple[float, float],
    gap: float,
    dice: random.Random,
) -> tuple[Place, list[Point]] | None:
    for _ in range(TRIES_FOR_ONE):
        angle = dice.uniform(0.0, 360.0)
        turned = rotated(outline, angle)
        room: list[tuple[float, float]] = []
        for axis in (0, 1):
            low, high = min(p[axis] for p in turned), max(p[axis] for p in turned)
            room.append((gap - field[axis] / 2 - low, field[axis] / 2 - gap - high))
        if any(low > high for low, high in room):
            continue
        x, y = dice.uniform(*room[0]), dice.uniform(*room[1])
        here = [(px + x, py + y) for px, py in turned]
        if all(apart(here, other, gap) for other in lying):
            return (x, y, angle), here
    return None
