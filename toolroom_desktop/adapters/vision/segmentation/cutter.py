"""`ToolCutter`: from a photo and whatever else is known about it to a cut-out, or to the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.segmentation.backing import (
    difference,
    fitted_backing,
    photographed_backing,
)
from toolroom_desktop.adapters.vision.segmentation.core import WORK_SIDE, Found, find, follow, second_opinion
from toolroom_desktop.adapters.vision.segmentation.edges import clean, cut
from toolroom_desktop.adapters.vision.segmentation.judging import judge, piece_count, place_of, runs_on, short_of_room
from toolroom_desktop.adapters.vision.segmentation.refining import at_full_size
from toolroom_desktop.adapters.vision.segmentation.shapes import Mask, a_mask, grown, shrunk, whole_pieces
from toolroom_desktop.adapters.vision.segmentation.tables import table_behind
from toolroom_desktop.services.enrolment import Box, Cut, Outline, Verdict
from toolroom_desktop.services.vision_ports import Picture

_LOOSE: Final = 0.045
"""Share of the picture's longer side by which a given mask or box may be off."""
_AWAY: Final = 0.03
"""Share of the longer side around a rough outline that is not taken for table."""
_INSIDE: Final = 0.75
_ENCLOSED: Final = 0.97
_COVERED: Final = 0.4
"""Shares of the found and of the given mask that have to agree; a mask with filled rings covers much that is table."""
_UNEVEN: Final = 0.11
"""Noise of the table, as a logarithm of light, above which light and dark say little about what is tool.

Measured: plain and wooden tables 0.02 to 0.05, a rubber mat with knobs 0.17.
"""
_MOST_DARK: Final = 0.45
_LEAST_OPINION: Final = 0.9
_OUTLINE_LONGEST: Final = 110
_OUTLINE_AREA: Final = 2500
"""Pixels; an outlined thing smaller than that is no picture worth pasting."""

_ALIKE: Final = 0.025


class OpenCvCutter:
    """Cuts with OpenCV; the same picture always gives the same cut-out."""

    def against_empty(self, picture: Picture, empty: Picture) -> Cut:
        """The tool as what differs from the empty table; raises `ValueError` where the two differ in size."""
        if picture.pixels.shape != empty.pixels.shape:
            raise ValueError("the two pictures must have the same size")
        small, table = _small(picture.pixels), _small(empty.pixels)
        found = find(small, difference(small, photographed_backing(small, table)))
        return self._finished(picture, found)

    def alone(self, picture: Picture) -> Cut:
        """The tool as what differs from a table that is guessed from the picture itself."""
        found, uneven = _alone(_small(picture.pixels))
        if uneven and not _certain(_small(picture.pixels), found):
            return Cut(Verdict.DOUBTFUL)
        return _with_table(picture, self._finished(picture, found))

    def with_mask(self, picture: Picture, mask: NDArray[np.uint8]) -> Cut:
        """The tool near a mask (height, width) that may be loose, shifted or incomplete.

        Raises `ValueError` where mask and picture differ in size.
        """
        if mask.shape != picture.pixels.shape[:2]:
            raise ValueError("mask and picture must have the same size")
        small = _small(picture.pixels)
        given = a_mask(cv2.resize(a_mask(mask), small.shape[1::-1], interpolation=cv2.INTER_NEAREST))
        given = whole_pieces(given, smallest=0.1) if given.any() else given
        if not given.any():
            return self.alone(picture)
        return _with_table(picture, self._within(picture, small, given, trusted=True))

    def in_box(self, picture: Picture, box: Box) -> Cut:
        """The tool in a box that may be somewhat off."""
        small = _small(picture.pixels)
        height, width = small.shape[:2]
        given = np.zeros((height, width), np.uint8)
        given[
            max(0, int(box.top * height)) : max(0, int(np.ceil(box.bottom * height))),
            max(0, int(box.left * width)) : max(0, int(np.ceil(box.right * width))),
        ] = 1
        if not given.any():
            return Cut(Verdict.NOTHING)
        return self._within(picture, small, given)

    def along_outline(self, picture: Picture, outline: Outline, others: Sequence[Outline]) -> Cut:
        """The thing within a drawn outline, taken as it is drawn; `others` are outlines of its neighbours."""
        height, width = picture.pixels.shape[:2]
        points = np.asarray(outline, np.float64)
        if (points < 0.006).any() or (points > 0.994).any():
            return Cut(Verdict.CLIPPED)
        mask = _filled(outline, height, width)
        if max(np.ptp(points[:, 0]) * width, np.ptp(points[:, 1]) * height) < _OUTLINE_LONGEST:
            return Cut(Verdict.TOO_SMALL)
        if int(mask.sum()) < _OUTLINE_AREA:
            return Cut(Verdict.TOO_SMALL)
        shared = np.zeros_like(mask)
        for other in others:
            shared |= _filled(other, height, width)
        if float(shared[mask > 0].mean()) > 0.02:
            return Cut(Verdict.TWO_TOOLS)
        inside = whole_pieces(shrunk(mask, 1), smallest=0.3)
        if int(inside.sum()) < _OUTLINE_AREA // 2:
            return Cut(Verdict.DOUBTFUL)
        return Cut(Verdict.OK, cut(picture.pixels, inside), place_of(inside))

    def cleaned(self, pixels: NDArray[np.uint8]) -> Cut:
        """A cut-out (height, width, 4) made elsewhere, with its rim mended."""
        try:
            mended = clean(pixels)
        except ValueError:
            return Cut(Verdict.NOTHING)
        mask = (mended[..., 3] > 127).astype(np.uint8)
        if short_of_room(mask):
            return Cut(Verdict.TOO_SMALL)
        return Cut(Verdict.OK, mended, place_of(mask))

    def alike(self, first: NDArray[np.uint8], second: NDArray[np.uint8]) -> bool:
        """Whether two cut-outs are the same picture of the same thing."""
        return float(np.abs(_signature(first) - _signature(second)).mean()) < _ALIKE

    def _within(self, picture: Picture, small: NDArray[np.uint8], given: Mask, *, trusted: bool = False) -> Cut:
        allowed = grown(given, _LOOSE * max(given.shape))
        found, uneven = _alone(small)
        if not uneven and judge(found) is Verdict.OK and _same_thing(found.mask, given, allowed, trusted):
            # A mask may lack a part or take in a shadow: two ways that agree on the thing need no mask for its outline.
            return self._finished(picture, found)
        # A loose mask hides much of the table; the rough outline hides less, so that the table is fitted better.
        rough = found.mask & allowed
        away = grown(rough, _AWAY * max(small.shape)) if rough.any() else allowed
        against = difference(small, fitted_backing(small, away), away)
        if trusted and against.shade_step > _UNEVEN:
            return self._finished(picture, follow(small, against, given))
        limited = find(small, against, allowed)
        if not trusted and limited.mask.any() and runs_on(limited.mask, allowed):
            return Cut(Verdict.TWO_TOOLS)
        return self._finished(picture, limited)

    def _finished(self, picture: Picture, found: Found) -> Cut:
        verdict = judge(found)
        if verdict is not Verdict.OK:
            return Cut(verdict)
        mask = at_full_size(picture.pixels, found.mask)
        return Cut(Verdict.OK, cut(picture.pixels, mask), place_of(mask), mask=mask)


def _with_table(picture: Picture, made: Cut) -> Cut:
    """The cut with the table behind the tool, which lay alone there."""
    if made.verdict is not Verdict.OK or made.mask is None:
        return made
    return replace(made, table=table_behind(picture.pixels, made.mask))


def _alone(small: NDArray[np.uint8]) -> tuple[Found, bool]:
    """What differs from the guessed table, and whether that table is too uneven to trust the difference."""
    rough = find(small, difference(small, fitted_backing(small)), roughly=True)
    if not rough.mask.any():
        return rough, False
    # Knowing where the tool is, the table and its noise are known better.
    away = grown(rough.mask, _AWAY * max(small.shape))
    against = difference(small, fitted_backing(small, away), away)
    return find(small, against), against.shade_step > _UNEVEN


def _certain(small: NDArray[np.uint8], found: Found) -> bool:
    """Whether a tool on an uneven table is plain to see.

    It is in one piece, a cut by colours alone agrees with it, and most of it is lighter than the table: a dark part and
    a shadow are not told apart there.
    """
    return (
        bool(found.mask.any())
        and found.darker < _MOST_DARK
        and piece_count(found.mask) == 1
        and second_opinion(small, found.mask) >= _LEAST_OPINION
    )


def _same_thing(found: Mask, given: Mask, allowed: Mask, is_mask: bool) -> bool:
    """Whether what was found without help is what the mask or the box means; a box encloses all of it."""
    inside = float(allowed[found > 0].mean())
    covered = float(found[shrunk(given, 3) > 0].mean()) if shrunk(given, 3).any() else 0.0
    return inside >= (_INSIDE if is_mask else _ENCLOSED) and covered >= _COVERED


def _signature(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The thing on grey, 12 x 12, without its mean light."""
    opaque = pixels[..., 3:].astype(np.float32) / 255
    shown = pixels[..., :3] * opaque + 128 * (1 - opaque)
    small = cv2.resize(shown, (12, 12), interpolation=cv2.INTER_AREA)
    return np.asarray((small - small.mean()) / 255, np.float32)


def _small(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture at working size; a smaller one as it is."""
    scale = WORK_SIDE / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _filled(outline: Outline, height: int, width: int) -> Mask:
    points = np.round(np.asarray(outline, np.float64) * [width, height]).astype(np.int32)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [points], 1)
    return mask
