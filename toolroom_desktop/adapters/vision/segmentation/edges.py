"""The edge of a cut-out: whole pieces, a soft rim, and the tool's own colour under it.

A cut-out that keeps a rim of its old background teaches a network to find rims. So the edge is drawn a little inside,
softened over about one pixel, and what lies under it takes its colour from the nearest pixel that is surely tool.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.segmentation.shapes import Colour, Mask, whole_pieces

MARGIN: Final = 3
"""Transparent pixels around a cut-out."""


def soft_edge(mask: Mask) -> NDArray[np.float32]:
    """Alpha 0..1 whose rim lies about half a pixel inside the mask, smoothed over the staircase of its pixels."""
    smooth = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 1.0)
    # Thin parts (shafts, wire) lose height in the blur: their middle line stays whole.
    ridge = cv2.GaussianBlur(cv2.dilate(smooth, np.ones((3, 3), np.uint8)), (0, 0), 0.8)
    level = np.clip(ridge, 0.55, 1.0)
    alpha = np.clip((smooth - 0.42 * level) / (0.5 * level), 0.0, 1.0)
    return np.asarray(alpha * mask, np.float32)


def own_colours(picture: Colour, alpha: NDArray[np.float32], rim: float = 2.0) -> Colour:
    """The picture with the colours of the rim taken from the nearest pixel well inside the tool.

    Within `rim` pixels of the edge the colour is mixed with what was behind it. Parts thinner than that have no inside;
    there the middle line counts as inside.
    """
    solid = (alpha > 0.9).astype(np.uint8)
    depth = cv2.distanceTransform(solid, cv2.DIST_L2, 3)
    crest = depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8)) - 0.01
    inside = (depth > rim) | (crest & (solid > 0))
    if not inside.any():
        return picture.copy()
    distance, labels = cv2.distanceTransformWithLabels(
        np.where(inside, 0, 1).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    ys, xs = np.nonzero(inside)
    index = np.zeros(int(labels.max()) + 1, np.intp)
    index[labels[ys, xs]] = np.arange(ys.size)
    nearest = index[labels]
    borrowed = picture[ys[nearest], xs[nearest]].astype(np.float32)
    # A hard step from own to borrowed colours would draw a line of its own along the edge.
    weight = np.clip(1.2 - depth / (rim + 0.5), 0.0, 1.0)[..., None] * (distance < 4 * rim)[..., None]
    mixed = picture * (1 - weight) + borrowed * weight
    outside = alpha <= 0
    mixed[outside] = borrowed[outside]
    return np.asarray(np.clip(mixed, 0, 255), np.uint8)


def cut(picture: Colour, mask: Mask, alpha: NDArray[np.float32] | None = None) -> NDArray[np.uint8]:
    """The tool under `mask` as (height, width, 4) BGRA, cropped to it with `MARGIN` transparent pixels around."""
    ys, xs = np.nonzero(mask)
    if not ys.size:
        raise ValueError("an empty mask has nothing to cut out")
    pad = MARGIN + 5
    bounds = (int(ys.min()), int(ys.max()) + 1, int(xs.min()), int(xs.max()) + 1)
    height, width = mask.shape
    top, bottom = max(0, bounds[0] - pad), min(height, bounds[1] + pad)
    left, right = max(0, bounds[2] - pad), min(width, bounds[3] + pad)
    window = np.s_[top:bottom, left:right]
    around = ((pad, pad), (pad, pad))
    piece = np.pad(mask[window], around)
    colours = np.pad(picture[window], (*around, (0, 0)), mode="edge")
    soft = soft_edge(piece) if alpha is None else np.pad(alpha[window], around)
    result = np.dstack([own_colours(colours, soft), np.round(soft * 255).astype(np.uint8)])
    return _cropped(result)


def _cropped(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    ys, xs = np.nonzero(pixels[..., 3])
    if not ys.size:
        raise ValueError("nothing is left of the tool but its edge")
    top, left = max(0, ys.min() - MARGIN), max(0, xs.min() - MARGIN)
    return np.ascontiguousarray(pixels[top : ys.max() + 1 + MARGIN, left : xs.max() + 1 + MARGIN])


def _hidden_backing(pixels: NDArray[np.uint8]) -> NDArray[np.float32] | None:
    """The vivid colour (Lab a, b) that lies under the transparent part, or None where there is none.

    Programs that cut out a tool often leave the old picture there. A grey, dark or empty ground tells nothing that
    could not be tool as well.
    """
    hidden = pixels[pixels[..., 3] == 0][:, :3]
    if hidden.shape[0] < 50:
        return None
    lab = cv2.cvtColor(hidden.reshape(-1, 1, 3), cv2.COLOR_BGR2LAB).reshape(-1, 3).astype(np.float32)
    vivid = np.hypot(lab[:, 1] - 128, lab[:, 2] - 128) > 32
    if vivid.mean() < 0.25:
        return None
    return np.asarray(np.median(lab[vivid, 1:], axis=0), np.float32)


def _without_backing(pixels: NDArray[np.uint8], mask: Mask) -> Mask:
    """The mask without what has the vivid colour of the old background, where the tool's middle has none of it."""
    backing = _hidden_backing(pixels)
    if backing is None:
        return mask
    lab = cv2.cvtColor(np.ascontiguousarray(pixels[..., :3]), cv2.COLOR_BGR2LAB).astype(np.float32)
    away = np.hypot(lab[..., 1] - backing[0], lab[..., 2] - backing[1])
    like = away < 0.4 * float(np.hypot(*(backing - 128)))
    core = cv2.distanceTransform(mask, cv2.DIST_L2, 3) > 4
    if core.any() and like[core].mean() > 0.04:
        return mask
    return np.asarray(mask * ~like, np.uint8)


def clean(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A cut-out (height, width, 4) BGRA made elsewhere, with its ragged or coloured rim mended and cropped anew.

    Raises `ValueError` when nothing solid is left.
    """
    mask = (pixels[..., 3] >= 128).astype(np.uint8)
    mask = whole_pieces(_without_backing(pixels, mask), smallest=0.12)
    return cut(np.ascontiguousarray(pixels[..., :3]), mask)
