"""Which pixels of a photo belong to which labelled tool.

Only boxes are known, and boxes of tools that lie close overlap. What differs from the table is found first (GrabCut,
Rother et al. 2004, begun from the distance to the table's colour), then shared out among the boxes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.training.evaluate.dataset import Truth

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

WORKING_SIDE = 840
"""Pixels; masks are found on a picture whose longer side is not longer than this."""
_LEAST_DISTANCE = 10.0
"""CIE Lab units (8 bit); nearer to the table's colour is the table."""
_NOISE_FACTOR = 4.0
_ROUNDS = 3
_LEAST_FILL = 0.03
"""Share of its box below which a mask is not believed; a thin tool laid across its box fills about a tenth."""
_BELONGS = 0.96
"""Share of a component that must lie in a box for the component to be that tool's."""
_DEEPEST_CUT = 6
"""Pixels of the working picture that are taken off a component's edge to part tools that touch."""
_MAY_BELONG = 0.3
_SIDE = 4
"""Pixels of the working picture: how near to the side of its box a tool ends."""
_SQUARE = np.ones((3, 3), np.uint8)


def tool_masks(pixels: Pixels, truth: Sequence[Truth]) -> list[Mask]:
    """One mask (height, width) for each tool, disjoint; the whole box where nothing better is found.

    `pixels` is (height, width, 3) BGR. A tool with an outline gets what the outline encloses.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, WORKING_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cast(Pixels, cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))
    boxes = [_box_mask(tool, size, scale) for tool in truth]
    labels = _shared_out(small, foreground(small, boxes), boxes)
    masks: list[Mask] = []
    for number, (tool, box) in enumerate(zip(truth, boxes, strict=True), start=1):
        if tool.outline:
            masks.append(_outlined(tool, height, width))
            continue
        own = (labels == number).astype(np.uint8)
        if own.sum() < _LEAST_FILL * box.sum():
            own = (box & ((labels == 0) | (labels == number))).astype(np.uint8)
        own = cv2.morphologyEx(own, cv2.MORPH_CLOSE, _SQUARE) & ((labels == 0) | (labels == number))
        large = cv2.resize(own * 255, (width, height), interpolation=cv2.INTER_LINEAR)
        masks.append(np.asarray(large) > 127)
    return masks


def _outlined(tool: Truth, height: int, width: int) -> Mask:
    canvas = np.zeros((height, width), np.uint8)
    cv2.fillPoly(canvas, [np.rint(np.array(tool.outline)).astype(np.int32)], 1)
    return canvas.astype(bool)


def _box_mask(tool: Truth, size: tuple[int, int], scale: float) -> Mask:
    mask = np.zeros((size[1], size[0]), bool)
    box = tool.box
    left, top = max(0, int(box.x1 * scale)), max(0, int(box.y1 * scale))
    mask[top : int(np.ceil(box.y2 * scale)) + 1, left : int(np.ceil(box.x2 * scale)) + 1] = True
    return mask


def table_colour(pixels: Pixels, covered: Mask) -> NDArray[np.float32]:
    """The table (height, width, 3) as it would be without the tools: a wide blur of what is not `covered`."""
    free = (~covered).astype(np.float32)
    colour = pixels.astype(np.float32)
    whole = np.median(pixels[~covered], axis=0) if free.any() else np.median(pixels.reshape(-1, 3), axis=0)
    wide = max(pixels.shape[:2]) / 12
    weight = cv2.GaussianBlur(free, (0, 0), wide)[:, :, None]
    blurred = cv2.GaussianBlur(colour * free[:, :, None], (0, 0), wide)
    # Far from any free spot the picture's median counts as one faint vote.
    faint = np.float32(0.02)
    result: NDArray[np.float32] = ((blurred + faint * whole) / (weight + faint)).astype(np.float32)
    return result


def foreground(pixels: Pixels, boxes: Sequence[Mask]) -> Mask:
    """What differs from the table inside the boxes, (height, width)."""
    covered = np.logical_or.reduce(boxes) if boxes else np.zeros(pixels.shape[:2], bool)
    if not covered.any():
        return covered
    table = np.clip(table_colour(pixels, covered), 0, 255).astype(np.uint8)
    lab, table_lab = (cv2.cvtColor(image, cv2.COLOR_BGR2LAB).astype(np.float32) for image in (pixels, table))
    distance = np.linalg.norm(lab - table_lab, axis=2)
    noise = float(np.median(distance[~covered])) if (~covered).any() else 0.0
    differs = covered & (distance > max(_LEAST_DISTANCE, _NOISE_FACTOR * noise))
    marks = np.where(differs, cv2.GC_PR_FGD, np.where(covered, cv2.GC_PR_BGD, cv2.GC_BGD)).astype(np.uint8)
    if not differs.any() or differs.all():
        return covered
    # Far from the table's colour is certainly no table: without it GrabCut loses bright metal on dark tables.
    marks[covered & (distance > 5 * max(_LEAST_DISTANCE, noise))] = cv2.GC_FGD
    cv2.setRNGSeed(1)  # its colour clusters begin at random
    cv2.grabCut(pixels, marks, (0, 0, 1, 1), np.zeros((1, 65)), np.zeros((1, 65)), _ROUNDS, cv2.GC_INIT_WITH_MASK)
    found = (marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD)
    result: Mask = found & covered
    return result


def _shared_out(pixels: Pixels, found: Mask, boxes: Sequence[Mask]) -> NDArray[np.int32]:
    """The foreground as numbers: 0 nothing, n the n-th box."""
    labels = np.zeros(found.shape, np.int32)
    for here in _components(found):
        owner = _owner(here, boxes)
        if owner is None:
            crop = _around(here)
            _split(pixels[crop], here[crop], [box[crop] for box in boxes], labels[crop])
        else:
            labels[here] = owner
    return labels


def _components(mask: Mask) -> list[Mask]:
    count, components = cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)
    return [np.asarray(components) == component for component in range(1, count)]


def _around(mask: Mask) -> tuple[slice, slice]:
    """The part of the picture that the mask takes, with a rim so that its ends can be told from the picture's."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    rim = 2 * _SIDE
    return (
        slice(max(0, int(rows[0]) - rim), int(rows[-1]) + rim + 1),
        slice(max(0, int(columns[0]) - rim), int(columns[-1]) + rim + 1),
    )


def _shares(here: Mask, boxes: Sequence[Mask]) -> list[float]:
    """Which share of a piece lies in each box."""
    size = int(here.sum())
    return [int((here & box).sum()) / size for box in boxes]


def _owner(here: Mask, boxes: Sequence[Mask]) -> int | None:
    """The number of the box that holds this whole piece, the tightest where several do; None where none does."""
    shares = _shares(here, boxes)
    holding = [place for place, share in enumerate(shares) if share >= _BELONGS]
    if not holding:
        return None
    return 1 + min(holding, key=lambda place: (-round(shares[place], 2), int(boxes[place].sum())))


def _split(pixels: Pixels, here: Mask, boxes: Sequence[Mask], labels: NDArray[np.int32]) -> None:
    """Share one component of several touching tools out by a watershed on the picture's edges, from sure pieces."""
    touching = {number: box for number, box in enumerate(boxes, start=1) if (here & box).any()}
    markers = _seeds(here, touching)
    markers[~here] = len(boxes) + 1
    flooded = np.asarray(cv2.watershed(pixels, markers))
    for number, box in touching.items():
        labels[here & box & (flooded == number)] = number
    # What is left, border lines and what a tool took outside its own box, goes to a neighbour that may have it.
    for _ in range(max(here.shape)):
        left = here & (labels == 0)
        for number, box in touching.items():
            grown = cv2.dilate((labels == number).astype(np.uint8), _SQUARE) > 0
            labels[left & grown & box & (labels == 0)] = number
        if not (left & (labels > 0)).any():
            break


def _seeds(here: Mask, boxes: Mapping[int, Mask]) -> NDArray[np.int32]:
    """Pieces of the component that are one tool's beyond doubt, by its number; 0 elsewhere.

    A tool ends at the sides of its own box, where another tool that lies across goes on; where only one box is, there
    is only that tool; and of what comes apart when the narrow places are eroded, a piece that fits one box only is its.
    """
    markers = np.zeros(here.shape, np.int32)
    pieces = [here]
    for _ in range(_DEEPEST_CUT):
        parts = [part for piece in pieces for part in _components(cv2.erode(piece.astype(np.uint8), _SQUARE) > 0)]
        pieces = []
        for part in parts:
            shares = {number: int((part & box).sum()) / int(part.sum()) for number, box in boxes.items()}
            holding = [number for number, share in shares.items() if share >= _MAY_BELONG]
            if len(holding) == 1 and shares[holding[0]] >= _BELONGS:
                markers[part] = holding[0]
            else:
                pieces.append(part)
    claims = np.sum([box.astype(np.uint8) for box in boxes.values()], axis=0)
    for number, box in boxes.items():
        markers[here & box & (claims == 1)] = number
        markers[_ends(here, box) & (markers == 0)] = number
    return markers


def _ends(here: Mask, box: Mask) -> Mask:
    """The pixels of the component along the inside of the box's sides, where nothing goes on outside."""
    rows, columns = np.flatnonzero(box.any(axis=1)), np.flatnonzero(box.any(axis=0))
    top, bottom, left, right = int(rows[0]), int(rows[-1]), int(columns[0]), int(columns[-1])
    strip, beyond = _SIDE, _SIDE + 2
    ends = np.zeros_like(here)
    for flip in (False, True):
        # The picture turned over turns the far side into the near one.
        turned, found = (here[::-1, ::-1], ends[::-1, ::-1]) if flip else (here, ends)
        height, width = turned.shape
        y0, y1 = (height - 1 - bottom, height - 1 - top) if flip else (top, bottom)
        x0, x1 = (width - 1 - right, width - 1 - left) if flip else (left, right)
        for view, place, a, b, c in ((turned, found, y0, x0, x1), (turned.T, found.T, x0, y0, y1)):
            near = view[a : a + strip, b : c + 1]
            outside = view[max(0, a - beyond) : max(0, a - 1), b : c + 1].any(axis=0, keepdims=True)
            wide = cv2.dilate(outside.astype(np.uint8), np.ones((1, 2 * beyond + 1), np.uint8)) > 0
            place[a : a + strip, b : c + 1] |= near & ~wide
    return ends
