"""Finding the one thing that is not table: what is strange to the table and has a sharp edge towards it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.segmentation.backing import Difference
from toolroom_desktop.adapters.vision.segmentation.shadows import shown_through, unflooded
from toolroom_desktop.adapters.vision.segmentation.shapes import (
    Colour,
    Field,
    Mask,
    a_mask,
    beyond,
    chosen,
    closed,
    grown,
    kernel,
    on_border,
    opened,
    outline,
    pieces,
    shrunk,
    strongest_nearby,
    whole_pieces,
    without,
    without_dust,
)

WORK_SIDE: Final = 768
"""Pixels of the longer side of the picture in which the tool is sought."""

# In units of the table's noise.
_LIKELY: Final = 3.5
_SURE: Final = 6.0
_MOST: Final = 40.0

_SECOND: Final = 0.25
"""Share of the strongest thing's strength from which another is a tool of its own."""
_PART: Final = 0.04
_PART_GAP: Final = 0.03
"""A piece this strong and this near (share of the longer side) belongs to the tool."""


def strangeness(found: Difference) -> Field:
    """How little each pixel can be table, in units of the table's noise."""
    return np.asarray(np.sqrt(found.shade**2 + found.hue**2), np.float32)


def shadow_proof(found: Difference) -> Field:
    """The same, where darkness counts only beyond what a shadow takes."""
    shade = np.where(found.light < 0, np.maximum(0, -found.light - 0.45), found.light)
    return np.asarray(np.sqrt((shade / found.shade_step) ** 2 + found.hue**2), np.float32)


def sharpness(found: Difference) -> Field:
    """Steepness of the difference, in steps of the logarithm of light per pixel."""
    total = np.zeros(found.shade.shape, np.float32)
    for field, unit in (
        (found.shade, found.shade_step),
        (found.hue_a, found.hue_a_step),
        (found.hue_b, found.hue_b_step),
    ):
        smooth = cv2.GaussianBlur(field * unit, (0, 0), 0.7)
        total += (cv2.Scharr(smooth, cv2.CV_32F, 1, 0) / 32) ** 2 + (cv2.Scharr(smooth, cv2.CV_32F, 0, 1) / 32) ** 2
    return np.asarray(np.sqrt(total), np.float32)


def _seeds(strange: Field, proof: Field, allowed: Mask | None) -> Mask:
    """What is strange enough, without specks and without what lies on the picture's border."""
    longest = max(strange.shape)
    if allowed is not None:
        strange, proof = strange * allowed, proof * allowed
    faint = without_dust(a_mask(strange > _LIKELY))
    count, labels, stats = pieces(closed(faint, 0.008 * longest))
    strength = np.where(proof > _SURE, np.minimum(proof, _MOST), np.minimum(strange, 10) * 0.1)
    weight = np.bincount(labels.ravel(), (strength * faint).ravel(), count)
    weight[0] = 0
    if allowed is None:
        # What lies on the border of the picture is the end of the table rather than the tool, where there is a choice.
        touches = on_border(stats, strange.shape)
        if weight[~touches].max(initial=0.0) >= 0.15 * weight.max():
            weight[touches] = 0
    if weight.max() <= 0:
        return np.zeros(strange.shape, np.uint8)
    main = a_mask(labels == int(weight.argmax()))
    gap = cv2.distanceTransform(beyond(main), cv2.DIST_L2, 3)
    nearest = np.full(count, np.inf)
    np.minimum.at(nearest, labels.ravel(), np.asarray(gap, np.float64).ravel())
    # A stain is weak or far; a second tool is strong, and is said to be one later.
    part = (weight >= _PART * weight.max()) & (nearest <= _PART_GAP * longest)
    return chosen((weight >= _SECOND * weight.max()) | part, labels) & faint


def _without_joints(seeds: Mask) -> Mask:
    """The seeds without straight thin lines that run to the border of the picture: joints of tiles and boards."""
    body = grown(opened(seeds, 4), 3) & seeds
    thin = without(seeds, body)
    count, labels, stats = pieces(closed(thin, 3))
    at_border = on_border(stats, seeds.shape)
    ys, xs = np.nonzero(thin)
    points = np.stack([xs, ys], axis=1).astype(np.float32)
    kept = seeds.copy()
    for number in range(1, count):
        own = labels[ys, xs] == number
        if not at_border[number] or max(stats[number, 2:4]) < 20 or own.sum() < 20:
            continue
        dx, dy, x0, y0 = cv2.fitLine(points[own], cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        away = np.abs((points[:, 0] - x0) * dy - (points[:, 1] - y0) * dx)
        if np.percentile(away[own], 80) <= 4:
            line = away < 6
            kept[ys[line], xs[line]] = 0
    return kept


def _without_lines(mask: Mask, proof: Field) -> Mask:
    """The mask without creases and the rest of joints: thin parts that are hardly stranger than a shadow."""
    thick = opened(mask, 3)
    if not thick.any():
        return mask
    thin = without(mask, grown(thick, 2))
    count, labels, stats = pieces(thin)
    size = stats[:, cv2.CC_STAT_AREA]
    strength = np.minimum(proof, _MOST)
    mean = np.bincount(labels.ravel(), strength.ravel(), count) / np.maximum(1, size)
    faint = (mean < 0.25 * float(strength[thick > 0].mean())) & (size > 25)
    return without(mask, chosen(faint, labels))


def _related(mask: Mask, proof: Field) -> Mask:
    """The mask without pieces that are much fainter than the main one, or that hang on the border where it does not."""
    count, labels, stats = pieces(mask)
    if count <= 2:
        return mask
    strength = np.bincount(labels.ravel(), np.minimum(proof, _MOST).ravel(), count)
    strength[0] = 0
    main = int(strength.argmax())
    mean = strength / np.maximum(1, stats[:, cv2.CC_STAT_AREA])
    keep = mean >= 0.4 * mean[main]
    borders = on_border(stats, mask.shape)
    if not borders[main]:
        keep &= ~borders
    return chosen(keep, labels)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What was cut out at working size.

    mask      the tool, in pixels of the working picture
    seeds     the same before its edge was moved onto the picture's
    contrast  mean strangeness of the mask, in units of the table's noise
    darker    share of the mask that is darker than the table, 0..1
    blur      how soft its outline is: the deviation in pixels of the Gaussian that would make it so
    """

    mask: Mask
    seeds: Mask
    contrast: float
    darker: float
    blur: float


def _band_cut(picture: Colour, core: Mask, inner: float, outer: float, allowed: Mask | None) -> Mask:
    """The mask whose edge follows the picture within a band around the edge of `core`, radii in pixels."""
    around = grown(core, outer)
    if allowed is not None:
        around &= allowed
    state = np.full(core.shape, cv2.GC_BGD, np.uint8)
    state[around > 0] = cv2.GC_PR_BGD
    state[core > 0] = cv2.GC_PR_FGD
    state[shrunk(core, inner) > 0] = cv2.GC_FGD
    ys, xs = np.nonzero(around)
    pad = round(4 * outer)
    window = np.s_[max(0, ys.min() - pad) : ys.max() + pad, max(0, xs.min() - pad) : xs.max() + pad]
    cropped = np.ascontiguousarray(state[window])
    # The cut draws its first centres at random: the same photo must give the same tool.
    cv2.setRNGSeed(1)
    lab = cv2.cvtColor(np.ascontiguousarray(picture[window]), cv2.COLOR_BGR2LAB)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(lab, cropped, (0, 0, 1, 1), *models, 2, cv2.GC_INIT_WITH_MASK)
    mask = np.zeros_like(core)
    mask[window] = (cropped == cv2.GC_FGD) | (cropped == cv2.GC_PR_FGD)
    return mask


def find(picture: Colour, found: Difference, allowed: Mask | None = None, *, roughly: bool = False) -> Found:
    """The tool in a picture of working size; an empty mask where nothing is strange to the table.

    `allowed` limits where the tool may be; `roughly` leaves the outline as the difference gives it.
    """
    strange, proof, edge = strangeness(found), shadow_proof(found), sharpness(found)
    seeds = _without_joints(_seeds(strange, proof, allowed))
    dry = unflooded(seeds, edge, found.light) if seeds.any() else seeds
    if dry.any():
        dry = without(dry, shown_through(dry, found.light, proof, edge))
        dry = _related(_without_lines(dry, proof), proof)
    if not dry.any():
        return Found(dry, dry, 0.0, 0.0, 0.0)
    dry = whole_pieces(dry, smallest=0.03)
    if roughly:
        return Found(dry, dry, 0.0, 0.0, 0.0)
    return _measured(_settled(picture, dry, proof, allowed), dry, found, strange)


def follow(picture: Colour, found: Difference, given: Mask) -> Found:
    """The tool under a mask that is trusted but for its edge, for a table too uneven to tell the tool from it."""
    mask = whole_pieces(_band_cut(picture, given, 0.007 * max(given.shape), 4, None), smallest=0.03)
    if not mask.any():
        return Found(mask, mask, 0.0, 0.0, 0.0)
    return _measured(mask, given, found, strangeness(found))


def second_opinion(picture: Colour, first: Mask) -> float:
    """How well a cut by colours alone agrees with a mask (IoU 0..1)."""
    second = _band_cut(picture, first, 0.02 * max(first.shape), 0.02 * max(first.shape), None)
    return float((first & second).sum() / max(1, int((first | second).sum())))


def _settled(picture: Colour, dry: Mask, proof: Field, allowed: Mask | None) -> Mask:
    mask = _band_cut(picture, dry, 3, 4, allowed)
    mask = _related(_without_lines(mask, proof), proof) if mask.any() else mask
    return whole_pieces(mask, smallest=0.03) if mask.any() else dry


def _measured(mask: Mask, seeds: Mask, found: Difference, strange: Field) -> Found:
    rim = outline(mask) > 0
    light = np.asarray(found.light, np.float32)
    step = cv2.dilate(light, kernel(6)) - cv2.erode(light, kernel(6))
    steep = strongest_nearby(
        np.hypot(cv2.Scharr(light, cv2.CV_32F, 1, 0) / 32, cv2.Scharr(light, cv2.CV_32F, 0, 1) / 32)
    )
    # A step of height h under a Gaussian of deviation s is h / (s sqrt(2 pi)) steep. The better half of the rim counts:
    # the rest borders on shadows.
    soft = step[rim] / (np.sqrt(2 * np.pi) * np.maximum(steep[rim], 1e-3))
    tool = mask > 0
    return Found(
        mask, seeds, float(strange[tool].mean()), float((light[tool] < 0).mean()), float(np.percentile(soft, 30))
    )
