"""A single tool is cut out of a photo, whole and without its shadow, whatever is known besides the photo."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.adapters.vision.segmentation.tables import (
    HEIGHT,
    WIDTH,
    Scene,
    a_screwdriver,
    alpha_of,
    painted,
    ring,
    screwdriver,
    table,
    turned,
)
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.segmentation.cutter import OpenCvCutter
from toolroom_desktop.services.enrolment import Box, Cut, Verdict
from toolroom_desktop.services.vision_ports import Picture

EMPTY = Picture(np.clip(table(seed=2), 0, 255).astype(np.uint8))
CUTTER = OpenCvCutter()


def cut_of(cut: Cut, scene: Scene) -> float:
    assert cut.verdict is Verdict.OK
    assert cut.pixels is not None
    return alpha_of(scene, cut.pixels)


@pytest.mark.parametrize("degrees", [0.0, 20.0, 75.0, 160.0])
def test_the_difference_to_the_empty_table_is_the_whole_tool_without_its_shadow(degrees: float) -> None:
    scene = a_screwdriver(degrees=degrees)
    assert cut_of(CUTTER.against_empty(scene.picture, EMPTY), scene) > 0.88


def test_a_camera_that_readjusts_its_exposure_changes_nothing() -> None:
    scene = a_screwdriver()
    brighter = Picture(np.clip(EMPTY.pixels * 1.12, 0, 255).astype(np.uint8))
    assert cut_of(CUTTER.against_empty(scene.picture, brighter), scene) > 0.88


def test_without_a_photo_of_the_empty_table_the_table_is_guessed() -> None:
    scene = a_screwdriver()
    assert cut_of(CUTTER.alone(scene.picture), scene) > 0.88


def test_the_table_shows_through_a_ring() -> None:
    scene = painted((ring(), (40, 40, 40)))
    cut = CUTTER.alone(scene.picture)
    assert cut_of(cut, scene) > 0.88
    assert cut.pixels is not None
    middle = cut.pixels.shape[0] // 2, cut.pixels.shape[1] // 2
    assert cut.pixels[middle][3] == 0


def test_the_rim_of_a_cut_out_has_the_colour_of_the_tool() -> None:
    scene = painted((screwdriver()[0], (40, 30, 190)))
    pixels = CUTTER.alone(scene.picture).pixels
    assert pixels is not None
    rim = pixels[(pixels[..., 3] > 20) & (pixels[..., 3] < 230)][:, :3].astype(int)
    assert np.abs(rim.mean(axis=0) - [40, 30, 190]).max() < 15


def test_a_loose_and_shifted_mask_is_repaired() -> None:
    scene = a_screwdriver()
    wider = cv2.dilate(scene.mask, np.ones((19, 19), np.uint8))
    loose = np.asarray(np.roll(wider, (12, -9), (0, 1)), np.uint8)
    assert (loose & scene.mask).sum() / (loose | scene.mask).sum() < 0.6
    assert cut_of(CUTTER.with_mask(scene.picture, loose), scene) > 0.88


def test_a_mask_that_lacks_half_the_tool_is_repaired() -> None:
    scene = a_screwdriver(degrees=0)
    half = scene.mask.copy()
    half[:, 460:] = 0
    assert cut_of(CUTTER.with_mask(scene.picture, half), scene) > 0.88


def test_an_empty_mask_says_nothing_and_costs_nothing() -> None:
    scene = a_screwdriver()
    assert cut_of(CUTTER.with_mask(scene.picture, np.zeros((HEIGHT, WIDTH), np.uint8)), scene) > 0.88


def test_of_two_tools_the_box_says_which() -> None:
    left, right = screwdriver((200, 200), 90)[0], screwdriver((600, 400), 90)[0]
    scene = painted((left, (40, 30, 190)), (right, (120, 60, 20)))
    wanted = Scene(scene.picture, left)
    assert cut_of(CUTTER.in_box(scene.picture, Box(0.17, 0.05, 0.33, 0.40)), wanted) > 0.88


def test_a_box_that_holds_half_of_a_tool_is_no_tool() -> None:
    scene = a_screwdriver(degrees=0, shadow=None)
    crossing = painted((screwdriver((400, 300), 0)[0] | screwdriver((300, 300), 90)[0], (40, 30, 190)))
    assert CUTTER.in_box(scene.picture, Box(0.28, 0.4, 0.42, 0.6)).verdict is not Verdict.OK
    assert CUTTER.in_box(crossing.picture, Box(0.28, 0.42, 0.5, 0.58)).verdict is not Verdict.OK


def test_two_tools_are_told() -> None:
    left, right = screwdriver((200, 200), 90)[0], screwdriver((600, 400), 90)[0]
    scene = painted((left, (40, 30, 190)), (right, (120, 60, 20)))
    assert CUTTER.against_empty(scene.picture, EMPTY).verdict is Verdict.TWO_TOOLS
    assert CUTTER.alone(scene.picture).verdict is Verdict.TWO_TOOLS


def test_a_tool_that_is_cut_by_the_edge_is_told() -> None:
    scene = a_screwdriver((90, 300), 0)
    assert CUTTER.against_empty(scene.picture, EMPTY).verdict is Verdict.CLIPPED
    assert CUTTER.alone(scene.picture).verdict is Verdict.CLIPPED


def test_a_tool_that_is_too_small_is_told() -> None:
    speck = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.fillPoly(speck, [turned([(-12, -6), (12, -6), (12, 6), (-12, 6)], (400, 300), 30)], 1)
    assert CUTTER.against_empty(painted((speck, (30, 30, 30))).picture, EMPTY).verdict is Verdict.TOO_SMALL


def test_an_empty_table_holds_no_tool() -> None:
    picture = Picture(np.clip(table(seed=3), 0, 255).astype(np.uint8))
    assert CUTTER.against_empty(picture, EMPTY).verdict is Verdict.NOTHING
    assert CUTTER.alone(picture).verdict is Verdict.NOTHING


def test_a_shadow_without_a_tool_is_no_tool() -> None:
    shade = cv2.GaussianBlur(screwdriver()[0].astype(np.float32), (0, 0), 14)[..., None]
    picture = Picture(np.clip(table(seed=3) * (1 - 0.3 * shade), 0, 255).astype(np.uint8))
    assert CUTTER.against_empty(picture, EMPTY).verdict is not Verdict.OK


def test_a_blurred_photo_is_told() -> None:
    scene = a_screwdriver()
    soft = Picture(np.asarray(cv2.GaussianBlur(scene.picture.pixels, (0, 0), 4), np.uint8))
    assert CUTTER.against_empty(soft, EMPTY).verdict is Verdict.BLURRED
    assert CUTTER.alone(soft).verdict is Verdict.BLURRED


def test_the_same_photo_always_gives_the_same_cut_out() -> None:
    scene = a_screwdriver()
    first, second = CUTTER.alone(scene.picture).pixels, CUTTER.alone(scene.picture).pixels
    assert first is not None
    assert second is not None
    assert np.array_equal(first, second)


def test_the_place_says_where_the_tool_lies_and_where_its_tip_points() -> None:
    for degrees in (10.0, 100.0, 190.0, 280.0):
        place = CUTTER.against_empty(a_screwdriver((300, 250), degrees).picture, EMPTY).place
        assert place is not None
        assert abs(place.x - 300 / WIDTH) < 0.08
        assert abs(place.y - 250 / HEIGHT) < 0.12
        assert min((place.angle - degrees) % 360, (degrees - place.angle) % 360) < 6


def test_pictures_of_another_size_are_the_callers_fault() -> None:
    scene = a_screwdriver()
    with pytest.raises(ValueError, match="same size"):
        CUTTER.against_empty(scene.picture, Picture(EMPTY.pixels[:300]))
    with pytest.raises(ValueError, match="same size"):
        CUTTER.with_mask(scene.picture, np.zeros((10, 10), np.uint8))
