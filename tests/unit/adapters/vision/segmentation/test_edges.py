"""Cut-outs made elsewhere come with ragged rims, specks and the old background; they are mended."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.segmentation.edges import MARGIN, clean, cut
from toolroom_desktop.adapters.vision.segmentation.shapes import whole_pieces

GREEN = (40, 200, 20)
RED = (40, 30, 190)


def bar(fringe: int = 0, *, hidden: tuple[int, int, int] = GREEN) -> NDArray[np.uint8]:
    """A red bar 200 x 30 on green, opaque also for `fringe` pixels of the green around it."""
    pixels = np.zeros((120, 300, 4), np.uint8)
    pixels[..., :3] = hidden
    pixels[45:75, 50:250, :3] = RED
    pixels[45 - fringe : 75 + fringe, 50 - fringe : 250 + fringe, 3] = 255
    return pixels


def test_a_fringe_of_the_vivid_old_background_goes() -> None:
    cleaned = clean(bar(fringe=3))
    assert cleaned.shape[0] == pytest.approx(30 + 2 * MARGIN, abs=2)
    seen = cleaned[cleaned[..., 3] > 60][:, :3].astype(int)
    assert (seen[:, 1] > 120).mean() < 0.01


def test_a_green_tool_keeps_its_green() -> None:
    pixels = bar()
    pixels[45:75, 50:250, :3] = GREEN
    assert (clean(pixels)[..., 3] > 200).sum() > 0.85 * 30 * 200


def test_specks_beside_the_tool_go_and_pinholes_are_closed() -> None:
    pixels = bar(hidden=(60, 60, 60))
    pixels[10:14, 10:14, 3] = 255
    pixels[60, 100, 3] = 0
    cleaned = clean(pixels)
    assert cleaned.shape[1] == pytest.approx(200 + 2 * MARGIN, abs=2)
    assert cleaned[MARGIN + 6 : -MARGIN - 6, MARGIN + 6 : -MARGIN - 6, 3].min() == 255


def test_a_shaft_of_five_pixels_stays_in_one_piece() -> None:
    mask = np.zeros((200, 400), np.uint8)
    cv2.line(mask, (20, 20), (380, 170), 1, 5)
    pixels = cut(np.full((200, 400, 3), 90, np.uint8), mask)
    assert cv2.connectedComponents((pixels[..., 3] > 127).astype(np.uint8))[0] - 1 == 1
    assert (pixels[..., 3] > 127).sum() > 0.75 * mask.sum()


def test_a_thing_at_the_edge_of_the_picture_gets_its_margin_too() -> None:
    mask = np.zeros((50, 50), np.uint8)
    mask[:20, :20] = 1
    pixels = cut(np.full((50, 50, 3), 90, np.uint8), mask)
    assert not pixels[:MARGIN, :, 3].any()
    assert not pixels[:, :MARGIN, 3].any()


def test_nothing_cannot_be_cut_out() -> None:
    with pytest.raises(ValueError, match="empty mask"):
        clean(np.zeros((40, 40, 4), np.uint8))


def test_a_mask_in_several_large_pieces_stays_so() -> None:
    mask = np.zeros((60, 60), np.uint8)
    mask[5:25, 5:25] = 1
    mask[35:50, 35:50] = 1
    mask[55, 55] = 1
    assert whole_pieces(mask).sum() == 20 * 20 + 15 * 15
