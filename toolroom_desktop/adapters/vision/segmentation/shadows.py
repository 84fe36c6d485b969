"""Shadows and glows on the table, which are strange to it and yet no tool.

They fade: they can be reached from the table without crossing a sharp edge. So the table floods over what is strange
to it, level by level, as far as the edges let it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.segmentation.shapes import (
    Field,
    Mask,
    a_mask,
    beyond,
    chosen,
    closed,
    grown,
    pieces,
    strongest_nearby,
    without,
    without_dust,
)

_LEVELS: Final = (0.0, 1.5, 2.0, 3.0, 4.0, 5.5, 7.0, 8.5, 10.0, 12.0, 14.0, 17.0, 20.0, 25.0)
"""In units of the table's own steepness."""
_HIGHEST: Final = 0.65
"""Of the steepness of the tool's better edges."""
_OPEN_RIM: Final = 0.25
_LIGHTER: Final = 0.05
"""Logarithm of light above the table's from which a place is no shadow."""
_HOLE: Final = 0.015
"""Share of the tool's area that a hole has at least."""
_EVEN: Final = 7.0
"""Steepness in a hole, in units of the table's: holes of scissors have 2.2 to 6.2, a grey handle 7.8, a label 12.5."""


def unflooded(seeds: Mask, edge: Field, light: Field) -> Mask:
    """The seeds without what fades into the table.

    What the flood wets at a level is given to the table only where a good part of its rim lies open to the water: a
    shadow is open along its whole outer side, while a shaft that the flood enters by a gap in its edge is closed nearly
    all round. What is lighter than the table is no shadow and stays dry.

    edge   steepness of the picture
    light  logarithm of light above the table's
    """
    small = np.ones((3, 3), np.uint8)
    _, labels, stats = pieces(beyond(seeds), 4)
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    water = chosen(areas >= 0.001 * areas.max(), labels)
    quiet = float(np.median(edge[water > 0])) if water.any() else 0.01
    highest = _HIGHEST * float(np.percentile(strongest_nearby(edge)[seeds > 0], 80))
    dry = seeds.copy()
    for level in _LEVELS:
        if level * quiet > highest:
            break
        low = a_mask((edge <= level * quiet) & (dry > 0) & (light < _LIGHTER))
        shore = cv2.dilate(water, small)
        count, labels, _ = pieces(low, 4)
        border = (low > 0) & (cv2.erode(low, small, borderValue=0) == 0)
        around = np.bincount(labels[border], minlength=count)
        wet = np.bincount(labels[border & (shore > 0)], minlength=count)
        water |= chosen(wet >= np.maximum(1, _OPEN_RIM * around), labels)
        dry = without(seeds, water)
    return without_dust(dry)


def shown_through(dry: Mask, light: Field, proof: Field, edge: Field) -> Mask:
    """Where the table shows through the tool: rings, eyes; shadowed, or tinted by the tool's own colour.

    Such a place is even, closed in by a narrow wall, sizeable, compact, no lighter than the table, and much nearer to
    the table than what is round it (`proof`, in units of the table's noise). A label has print on it, a handle a sheen.
    """
    area = int(dry.sum())
    quiet = float(np.median(edge[dry == 0]))
    calm = 0.5 * float(np.percentile(strongest_nearby(edge)[dry > 0], 70))
    count, labels, stats = pieces(a_mask((edge < calm) & (dry > 0) & (light < 0.06)), 4)
    outer, _ = cv2.findContours(dry, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    depth = cv2.distanceTransform(cv2.drawContours(np.zeros_like(dry), outer, -1, 1, cv2.FILLED), cv2.DIST_L2, 3)
    holes = np.zeros_like(dry)
    for number in range(1, count):
        size = int(stats[number, cv2.CC_STAT_AREA])
        if size < max(60, _HOLE * area):
            continue
        piece = a_mask(labels == number)
        filled = closed(piece, 2)
        contours, _ = cv2.findContours(filled, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        hull = cv2.convexHull(max(contours, key=cv2.contourArea))
        ring = (grown(filled, 7) > 0) & (grown(filled, 3) == 0)
        wall = float(np.median(depth[(grown(filled, 2) > 0) & (filled == 0)]))
        if (
            size >= 0.88 * cv2.contourArea(hull)
            and wall < np.sqrt(size)
            and float(dry[ring].mean()) > 0.9
            and np.median(edge[piece > 0]) < _EVEN * quiet
            and np.median(proof[piece > 0]) < 0.5 * np.percentile(proof[ring], 60)
        ):
            holes |= grown(filled, 1)
    return holes
