"""Whether a cut-out can be trusted, and where in the picture the tool lay."""

from __future__ import annotations

from typing import Final

import numpy as np

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.segmentation.core import Found
from toolroom_desktop.adapters.vision.segmentation.shapes import Mask, closed, grown, outline
from toolroom_desktop.services.enrolment import Place, Verdict

_SMALLEST_AREA: Final = 0.0012
"""Share of the picture."""
_SHORTEST: Final = 0.05
"""Share of the picture's longer side that the tool's longer side takes at least."""
_LARGEST_AREA: Final = 0.6
_LEAST_CONTRAST: Final = 6.0
_LEAST_AGREEMENT: Final = 0.72
_ROUGHEST: Final = 2.6
_WIDEST_GAP: Final = 8.0
"""Pixels at working size, half of what a glint may take out of a tool."""
_RUNS_ON: Final = 0.02
"""Share of the outline that lies on the limit of where the thing may be."""
_FEWEST_PIXELS: Final = 150
_SOFTEST: Final = 2.6
"""Pixels at working size. Photos of tools have 1.1 to 1.6, blurred by 1.5 pixels 1.7 to 2.4, by 3 pixels 2.8 to 3.3."""
_CUT_BY_EDGE: Final = 6
"""Pixels of the tool on the picture's border at working size."""


def short_of_room(mask: Mask) -> bool:
    """Whether the thing has too few pixels to be worth anything."""
    return int(mask.sum()) < _FEWEST_PIXELS


def _pieces(mask: Mask) -> list[int]:
    """Areas of what is apart by more than a gap that a joint or a glint makes, largest first."""
    ys, xs = np.nonzero(mask)
    longest = max(np.ptp(ys), np.ptp(xs)) if ys.size else 0
    joined = closed(mask, min(_WIDEST_GAP, 0.03 * float(longest)))
    _, labels = cv2.connectedComponents(joined)
    return sorted((int(area) for area in np.bincount(labels.ravel(), mask.ravel())[1:]), reverse=True)


def runs_on(mask: Mask, allowed: Mask) -> bool:
    """Whether the thing goes on beyond where it was allowed to be: then it is another thing, or more than one."""
    edge = outline(allowed)
    edge[0], edge[-1], edge[:, 0], edge[:, -1] = 0, 0, 0, 0
    touching = int((mask & grown(edge, 1)).sum())
    return touching > _RUNS_ON * int(outline(mask).sum())


def piece_count(mask: Mask) -> int:
    """How many pieces of some size the mask has."""
    areas = _pieces(mask)
    return sum(area > 0.03 * areas[0] for area in areas)


def _roughness(mask: Mask) -> float:
    """How much longer the outline is than that of the smoothed mask."""
    contours, _ = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    length = sum(cv2.arcLength(contour, True) for contour in contours)
    smooth = (cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 4) > 0.5).astype(np.uint8)
    contours, _ = cv2.findContours(smooth, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    return float(length / max(1.0, sum(cv2.arcLength(contour, True) for contour in contours)))


def judge(found: Found) -> Verdict:
    """The verdict on what was found at working size."""
    mask = found.mask
    height, width = mask.shape
    if not mask.any():
        return Verdict.NOTHING
    ys, xs = np.nonzero(mask)
    longest = max(np.ptp(ys), np.ptp(xs)) + 1
    share = mask.mean()
    if share < _SMALLEST_AREA or longest < _SHORTEST * max(height, width):
        return Verdict.TOO_SMALL
    rim = int(mask[0].sum() + mask[-1].sum() + mask[:, 0].sum() + mask[:, -1].sum())
    if rim > _CUT_BY_EDGE:
        return Verdict.CLIPPED
    pieces = _pieces(mask)
    if len(pieces) > 1 and pieces[1] > 0.25 * pieces[0]:
        return Verdict.TWO_TOOLS
    if found.blur > _SOFTEST:
        return Verdict.BLURRED
    agreement = float((mask & found.seeds).sum() / (mask | found.seeds).sum())
    if (
        share > _LARGEST_AREA
        or found.contrast < _LEAST_CONTRAST
        or agreement < _LEAST_AGREEMENT
        or piece_count(mask) > 1
        or _roughness(mask) > _ROUGHEST
    ):
        return Verdict.DOUBTFUL
    return Verdict.OK


def place_of(mask: Mask) -> Place:
    """Where the thing under the mask lies and where it points: along its length, towards its thinner end."""
    moments = cv2.moments(mask, binaryImage=True)
    height, width = mask.shape
    x, y = moments["m10"] / moments["m00"], moments["m01"] / moments["m00"]
    angle = 0.5 * np.arctan2(2 * moments["mu11"], moments["mu20"] - moments["mu02"])
    ys, xs = np.nonzero(mask)
    along = (xs - x) * np.cos(angle) + (ys - y) * np.sin(angle)
    # The third moment has the sign of the longer, thinner end: the shaft of a screwdriver, the nose of pliers.
    if float((along**3).mean()) < 0:
        angle += np.pi
    return Place(float(x / width), float(y / height), float(np.degrees(angle)) % 360)
