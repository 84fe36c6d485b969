"""What is seen of a frame without a model."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.adapters.vision.pictures import Pixels, as_pixels, blocks
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.meter import GreyMeter, measure_quality
from toolroom_desktop.domain.detection import PictureProblem, QualityLimits
from toolroom_desktop.services.vision_ports import Picture


def table(level: int = 120) -> Pixels:
    """A table of 1280 x 720 with some dark tools on it."""
    pixels = np.full((720, 1280, 3), level, np.uint8)
    for x in range(100, 1200, 200):
        cv2.rectangle(pixels, (x, 150), (x + 60, 600), (40, 45, 50), cv2.FILLED)
        cv2.rectangle(pixels, (x + 20, 150), (x + 30, 600), (215, 215, 215), cv2.FILLED)
    return pixels


def noisy(pixels: Pixels, seed: int, sigma: float = 8) -> Pixels:
    noise = np.random.default_rng(seed).normal(0, sigma, pixels.shape)
    return (pixels + noise).clip(0, 255).astype(np.uint8)


def change(before: Pixels, after: Pixels) -> float:
    return GreyMeter().change(Picture(before), Picture(after))


def test_a_table_that_nobody_touches_does_not_change() -> None:
    assert change(table(), table()) == 0.0


@pytest.mark.parametrize("seed", range(3))
def test_the_noise_of_a_sensor_is_no_change(seed: int) -> None:
    assert change(noisy(table(), seed), noisy(table(), seed + 100)) == 0.0


def test_a_cloud_before_the_sun_is_no_change() -> None:
    darker = (table().astype(np.int16) - 22).clip(0, 255).astype(np.uint8)
    assert change(table(), darker) == 0.0


def test_a_tool_put_down_is_a_change_of_its_size() -> None:
    after = table()
    cv2.rectangle(after, (1160, 100), (1240, 300), (30, 30, 30), cv2.FILLED)
    assert change(noisy(table(), 1), noisy(after, 2)) == pytest.approx(80 * 200 / (1280 * 720), rel=0.35)


def test_the_light_switched_off_and_a_hand_over_the_lens_are_changes() -> None:
    assert change(table(), as_pixels(table() // 5)) > 0.5
    assert change(table(), np.full((720, 1280, 3), 60, np.uint8)) > 0.5


def test_frames_of_different_sizes_have_nothing_in_common() -> None:
    assert change(table(), table()[:, :1000]) == 1.0


def problems(pixels: Pixels) -> frozenset[PictureProblem]:
    return QualityLimits().problems(measure_quality(pixels))


def test_a_lit_table_is_usable_on_a_light_and_on_a_black_mat() -> None:
    assert problems(noisy(table(150), 1, 2)) == frozenset()
    assert problems(noisy(table(2), 1, 2)) == frozenset()


def test_every_fault_of_a_picture_is_told() -> None:
    assert PictureProblem.DARK in problems((table() * 0.15).astype(np.uint8))
    assert PictureProblem.BLURRED in problems(as_pixels(cv2.GaussianBlur(table(), (0, 0), 8)))
    assert PictureProblem.GLARE in problems((table().astype(np.int16) * 3 + 60).clip(0, 255).astype(np.uint8))
    assert PictureProblem.COVERED in problems(np.full((720, 1280, 3), 70, np.uint8))


def test_the_measures_are_what_they_say() -> None:
    pixels = np.full((360, 640, 3), 100, np.uint8)
    pixels[:18] = 252  # a twentieth
    quality = measure_quality(pixels)
    assert quality.brightness == 252
    assert quality.glare == pytest.approx(0.05)
    assert quality.contrast == pytest.approx(float(pixels[:, :, 0].std()), abs=0.01)
    edges = cv2.Laplacian(pixels[:, :, 0], cv2.CV_64F)
    assert quality.sharpness == pytest.approx(edges.var(), rel=1e-4)


def test_the_measures_do_not_depend_on_the_resolution_of_the_camera() -> None:
    small = as_pixels(cv2.resize(blocks(45, 80), (1280, 720), interpolation=cv2.INTER_CUBIC))
    large = as_pixels(cv2.resize(blocks(45, 80), (2560, 1440), interpolation=cv2.INTER_CUBIC))
    ours, theirs = measure_quality(small), measure_quality(large)
    assert ours.brightness == pytest.approx(theirs.brightness, abs=2)
    assert ours.sharpness == pytest.approx(theirs.sharpness, rel=0.1)
