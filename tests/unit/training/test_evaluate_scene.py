"""A photo is taken apart at its labels, and put together again as a trial wants it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from tests.unit.training.evaluate_tables import CLASSES, HUES, PLACES, GreyBars, KnowsTheTruth, colour, table
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.detection import Box
from toolroom_desktop.services.vision_ports import Picture
from toolroom_desktop.training.evaluate.dataset import Truth
from toolroom_desktop.training.evaluate.masks import tool_masks
from toolroom_desktop.training.evaluate.plan import Disturbance, DisturbanceKind, Trial, TrialKind
from toolroom_desktop.training.evaluate.render import OTHER_SIZES, render
from toolroom_desktop.training.evaluate.scene import Scene, bounds

AS_TAKEN = Disturbance(DisturbanceKind.NONE)
PLACE = {name: index for index, name in enumerate(CLASSES)}


@pytest.fixture(scope="module")
def scene() -> Scene:
    """A complete table."""
    truth = [Truth(name, Box(*map(float, PLACES[name]))) for name in CLASSES]
    return Scene("one.png", table(*CLASSES), truth)


def seen(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Counter[str]:
    return Counter(found.class_name for found in KnowsTheTruth().detect(Picture(pixels)).detections)


def made(scene: Scene, trial: Trial) -> Counter[str]:
    picture = render(scene, trial, GreyBars())
    assert picture is not None
    return seen(picture.frames[0])


def trial(kind: TrialKind, absent: str | None = None, brought: str | None = None, **how: float) -> Trial:
    disturbance = Disturbance(DisturbanceKind.SEVERAL, **how) if how else AS_TAKEN
    indices = [None if name is None else PLACE[name] for name in (absent, brought)]
    return Trial(1, 0, kind, disturbance, 5, *indices)


def test_every_mask_fits_its_label(scene: Scene) -> None:
    for tool in scene.tools:
        x1, y1, x2, y2 = PLACES[tool.class_name]
        assert tool.usable
        assert int(tool.mask.sum()) == pytest.approx((x2 - x1) * (y2 - y1), rel=0.06)


def test_tools_that_touch_are_told_apart() -> None:
    pixels = table()
    corners = {"brace": (100, 100, 300, 130), "pliers": (180, 120, 210, 300)}
    for name, (x1, y1, x2, y2) in corners.items():
        cv2.rectangle(pixels, (x1, y1), (x2 - 1, y2 - 1), colour(HUES[name]), cv2.FILLED)
    truth = [Truth(name, Box(*map(float, box))) for name, box in corners.items()]
    brace, pliers = tool_masks(pixels, truth)
    assert not (brace & pliers).any()
    # What lies in both boxes may go to either; the rest is each one's own.
    assert brace[103:117, 105:295].mean() > 0.95
    assert pliers[135:295, 183:207].mean() > 0.95
    assert pliers[103:117, 105:175].mean() < 0.02


def test_an_outline_is_taken_as_it_is() -> None:
    outline = ((30.0, 40.0), (190.0, 40.0), (30.0, 80.0))
    (mask,) = tool_masks(table("brace"), [Truth("brace", Box(30, 40, 190, 80), outline)])
    assert bounds(mask) is not None
    assert int(mask.sum()) == pytest.approx(160 * 40 / 2, rel=0.08)


def test_a_label_where_nothing_lies_is_not_used_for_trials() -> None:
    truth = [Truth("brace", Box(*map(float, PLACES["brace"]))), Truth("pliers", Box(120, 60, 400, 340))]
    scene = Scene("loose.png", table("brace", "screwdriver_plus"), truth)
    assert [tool.usable for tool in scene.tools] == [True, False]
    assert render(scene, Trial(1, 0, TrialKind.REMOVED, AS_TAKEN, 5, absent=1), GreyBars()) is None


@pytest.mark.parametrize("name", CLASSES)
def test_a_removed_tool_is_gone_and_the_others_stay(scene: Scene, name: str) -> None:
    assert made(scene, trial(TrialKind.REMOVED, name)) == Counter(set(CLASSES) - {name})
    for other in set(CLASSES) - {name}:
        x1, y1, x2, y2 = PLACES[other]
        assert np.array_equal(scene.without(PLACE[name])[y1:y2, x1:x2], scene.pixels[y1:y2, x1:x2])


def test_where_a_tool_was_the_table_goes_on(scene: Scene) -> None:
    x1, y1, x2, y2 = PLACES["brace"]
    region = scene.without(PLACE["brace"])[y1:y2, x1:x2].astype(float)
    assert region.mean() == pytest.approx(90, abs=3)
    assert 1 < region.std() < 6


def test_a_second_copy_lies_in_the_place_of_another_tool(scene: Scene) -> None:
    found = made(scene, trial(TrialKind.DOUBLED, "brace", "pliers"))
    assert found == Counter({"pliers": 2, "screwdriver_minus": 1, "screwdriver_plus": 1})


def test_a_look_alike_lies_in_the_place_of_another(scene: Scene) -> None:
    found = made(scene, trial(TrialKind.SWAPPED, "screwdriver_minus", "screwdriver_plus"))
    assert found == Counter({"brace": 1, "pliers": 1, "screwdriver_plus": 2})


@pytest.mark.parametrize("seed", range(6))
def test_one_of_another_size_lies_in_the_place_of_the_kits_own(scene: Scene, seed: int) -> None:
    index = PLACE["pliers"]
    picture = render(scene, Trial(1, 0, TrialKind.OTHER_SIZE, AS_TAKEN, seed, index, index), GreyBars())
    assert picture is not None
    assert seen(picture.frames[0]) == Counter(CLASSES)
    (box,) = (d.box for d in KnowsTheTruth().detect(Picture(picture.frames[0])).detections if d.class_name == "pliers")
    x1, y1, x2, y2 = PLACES["pliers"]
    factor = max(box.x2 - box.x1, box.y2 - box.y1) / max(x2 - x1, y2 - y1)
    assert any(low - 0.05 <= factor <= high + 0.1 for low, high in OTHER_SIZES)


def test_a_foreign_thing_hides_no_tool(scene: Scene) -> None:
    assert made(scene, trial(TrialKind.FOREIGN_ADDED)) == Counter(CLASSES)
    assert made(scene, trial(TrialKind.FOREIGN_IN_PLACE, "pliers")) == Counter(set(CLASSES) - {"pliers"})


@pytest.mark.parametrize("turn", [0.0, 90.0, 180.0, 270.0, 33.0, 200.0])
@pytest.mark.parametrize("scale", [1.0, 0.7])
def test_no_turn_and_no_scale_takes_a_tool_out_of_the_picture(scene: Scene, turn: float, scale: float) -> None:
    shown = trial(TrialKind.COMPLETE, turn=turn, scale=scale)
    assert made(scene, shown) == Counter(CLASSES)


def test_a_quarter_turn_changes_no_pixel(scene: Scene) -> None:
    picture = render(scene, trial(TrialKind.COMPLETE, turn=90.0), GreyBars())
    assert picture is not None
    assert np.array_equal(picture.frames[0], np.rot90(scene.pixels, -1))


def test_dimming_blur_and_noise_leave_the_tools_to_be_seen(scene: Scene) -> None:
    assert made(scene, trial(TrialKind.COMPLETE, brightness=0.6, blur=1.4, noise=6.0)) == Counter(CLASSES)


def test_a_trial_is_made_again_from_its_seed(scene: Scene) -> None:
    shown = trial(TrialKind.FOREIGN_ADDED, turn=77.0, noise=4.0)
    first, second = (render(scene, shown, GreyBars(), frames=3) for _ in range(2))
    assert first is not None and second is not None
    assert all(np.array_equal(a, b) for a, b in zip(first.frames, second.frames, strict=True))
    assert len(first.frames) == 3
    assert not np.array_equal(first.frames[0], first.frames[1])
