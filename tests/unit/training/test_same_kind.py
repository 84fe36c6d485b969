"""Tools of other makes laid down as one of the kit, where the kit's own photographs are few."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from toolroom_desktop.adapters.files.cutouts import CutoutFolder
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.cutouts import Cutout, CutoutClass, Split
from toolroom_desktop.training.compose.dataset import Plan, compose_one, recipe_of
from toolroom_desktop.training.compose.paint import Paint, paint_of, painted
from toolroom_desktop.training.compose.scene import Mixture, any_of
from toolroom_desktop.training.compose.things import Things, gather, look_of

STEEL, GREEN, RED, BROWN = (150, 150, 150), (40, 90, 20), (40, 40, 230), (20, 60, 110)
FRAME = (1000, 750)
KIND = {"cutting_pliers": "side_cutters"}


def pliers(long: int, grips: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Steel jaws on the left half, grips on the right one: (48, long + 8, 4) BGRA, four pixels of air around."""
    pixels = np.zeros((48, long + 8, 4), np.uint8)
    pixels[4:-4, 4:-4, :3] = STEEL
    pixels[4:-4, 4 + long // 2 : -4, :3] = grips
    pixels[4:-4, 4:-4, 3] = 255
    return pixels


def hue_of(colour: tuple[int, int, int]) -> int:
    return int(cv2.cvtColor(np.array([[colour]], np.uint8), cv2.COLOR_BGR2HSV)[0, 0, 0])


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = CutoutFolder(tmp_path / "набор")
    folder.declare([CutoutClass("side_cutters"), CutoutClass("brace")])
    folder.add(Cutout(pliers(200, GREEN), "black.jpg", FRAME), "side_cutters")
    folder.add(Cutout(pliers(240, GREEN), "green.jpg", FRAME), "side_cutters")
    folder.add(Cutout(pliers(400, STEEL), "brace.jpg", FRAME), "brace")
    return folder.folder


@pytest.fixture
def others(tmp_path: Path) -> Path:
    folder = CutoutFolder(tmp_path / "others")
    folder.declare([CutoutClass("cutting_pliers"), CutoutClass("hammer")])
    folder.add(Cutout(pliers(600, RED), "red.jpg", (640, 480)), "cutting_pliers")
    folder.add(Cutout(pliers(500, RED), "hammer.jpg", (640, 480)), "hammer")
    return folder.folder


def of_other_makes(things: Things) -> list[str]:
    return [thing.source for thing in things.tools["side_cutters"] if thing.store.name == "others"]


def test_side_cutters_of_another_make_are_laid_down_as_those_of_the_kit_and_no_longer_as_foreign(
    kit: Path, others: Path
) -> None:
    before, after = gather([kit], foreign=[others]), gather([kit], foreign=[others], same_kind=KIND)
    assert sorted(thing.source for thing in before.foreign) == ["hammer.jpg", "red.jpg"]
    assert [thing.source for thing in after.foreign] == ["hammer.jpg"]
    assert of_other_makes(before) == []
    assert set(of_other_makes(after)) == {"red.jpg"}
    assert after.tools["brace"] == before.tools["brace"]


def test_a_class_that_is_left_out_as_foreign_may_still_be_of_the_same_kind(kit: Path, others: Path) -> None:
    things = gather([kit], foreign=[others], foreign_without=["cutting_pliers", "hammer"], same_kind=KIND)
    assert set(of_other_makes(things)) == {"red.jpg"}
    assert things.foreign == ()


def test_what_is_held_back_of_another_make_is_not_learnt_from_either(kit: Path, others: Path) -> None:
    store = CutoutFolder.existing(others)
    store.add(Cutout(pliers(300, RED), "held.jpg", None), "cutting_pliers", Split.HELD_BACK)
    things = gather([kit], foreign=[others], same_kind=KIND)
    assert set(of_other_makes(things)) == {"red.jpg"}
    assert "held.jpg" not in {thing.source for thing in things.foreign}


def test_a_tool_of_another_make_is_as_long_as_the_kits_own(kit: Path, others: Path) -> None:
    things = gather([kit], foreign=[others], same_kind=KIND)
    lengths = [thing.length for thing in things.tools["side_cutters"] if thing.store == others]
    assert lengths == pytest.approx([0.22, 0.22], abs=0.002)


def test_it_lies_there_in_its_own_colour_and_in_the_kits(kit: Path, others: Path) -> None:
    things = gather([kit], foreign=[others], same_kind=KIND)
    looks = [look_of(thing) for thing in things.tools["side_cutters"] if thing.store == others]
    assert len(looks) == 2
    grips = [hue_of(tuple(look[24, 500, :3].tolist())) for look in looks]
    assert grips == pytest.approx([hue_of(RED), hue_of(GREEN)], abs=2)
    for look in looks:  # steel stays steel, and nothing grows or shrinks
        assert look[24, 100].tolist() == [*STEEL, 255]
        assert np.array_equal(look[:, :, 3], pliers(600, RED)[:, :, 3])


def test_grips_become_as_dark_as_those_of_the_kit(kit: Path) -> None:
    paint = paint_of([pliers(200, GREEN)])
    assert paint is not None
    bright = painted(pliers(600, RED), paint)[24, 500, :3]
    assert int(bright.max()) == pytest.approx(max(GREEN), abs=2)


def test_a_kit_of_bare_steel_has_no_colour_to_paint_with_and_few_stains_are_none(others: Path, tmp_path: Path) -> None:
    stained = pliers(200, STEEL)
    stained[4:-4, 4:8, :3] = BROWN  # one part in fifty
    assert paint_of([stained]) is None
    assert paint_of([]) is None
    folder = CutoutFolder(tmp_path / "steel")
    folder.declare([CutoutClass("side_cutters")])
    folder.add(Cutout(stained, "steel.jpg", FRAME), "side_cutters")
    things = gather([folder.folder], foreign=[others], same_kind=KIND)
    assert of_other_makes(things) == ["red.jpg"]


def test_a_red_whose_hue_lies_at_both_ends_of_the_circle_is_red(kit: Path) -> None:
    both = pliers(200, (30, 0, 200))
    both[24:, :, :3] = np.where(both[24:, :, 3:] > 0, (0, 20, 200), 0)
    paint = paint_of([both])
    assert paint is not None
    assert min(paint.hue, 180 - paint.hue) <= 5


def test_a_colour_in_several_shades_counts_as_one() -> None:
    shades = pliers(200, STEEL)
    for at, hue in enumerate((58, 60, 62, 110)):  # three shades of green, and more of one blue than of each of them
        wide = 20 if hue < 100 else 30
        shade = cv2.cvtColor(np.array([[(hue, 200, 120)]], np.uint8), cv2.COLOR_HSV2BGR)[0, 0]
        shades[4:-4, 110 + 20 * at : 110 + 20 * at + wide, :3] = shade
    paint = paint_of([shades])
    assert paint is not None
    assert paint.hue == pytest.approx(60, abs=1)


def test_what_has_no_coloured_grips_stays_as_it_is() -> None:
    assert np.array_equal(painted(pliers(200, STEEL), Paint(70, 80)), pliers(200, STEEL))


def test_the_kits_own_photographs_count_as_much_as_all_of_other_makes(kit: Path, others: Path) -> None:
    store = CutoutFolder.existing(others)
    for number in range(20):
        store.add(Cutout(pliers(300 + number, RED), f"more_{number}.jpg", None), "cutting_pliers")
    things = gather([kit], foreign=[others], same_kind=KIND)
    dice = np.random.default_rng(4)
    drawn = [any_of(things.tools["side_cutters"], dice).store for _ in range(400)]
    assert 150 < drawn.count(kit) < 250


def test_other_makes_change_the_scenes_and_their_recipe_so_that_no_broken_run_mixes_them(
    kit: Path, others: Path
) -> None:
    plan = Plan(scenes=4, validation=1, width=320, height=240, seed=5, mixture=Mixture(nearest=0.7))
    without = gather([kit], foreign=[others], foreign_without=["cutting_pliers"])
    with_kind = gather([kit], foreign=[others], same_kind=KIND)
    assert recipe_of(without, plan) != recipe_of(with_kind, plan)
    assert any(compose_one(without, plan, "train", n) != compose_one(with_kind, plan, "train", n) for n in range(4))
    assert compose_one(with_kind, plan, "train", 1) == compose_one(with_kind, plan, "train", 1)


def test_a_kit_in_another_colour_has_another_recipe(kit: Path, others: Path, tmp_path: Path) -> None:
    plan = Plan(scenes=4, validation=1, width=320, height=240, seed=5)
    things = gather([kit], foreign=[others], same_kind=KIND)
    repainted = gather([kit], foreign=[others], same_kind=KIND)
    assert recipe_of(things, plan) == recipe_of(repainted, plan)
    own = CutoutFolder.existing(kit)
    for record in [r for r in own.cutouts if r.class_name == "side_cutters"]:
        path = own.path(record)
        pixels = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
        assert pixels is not None
        pixels[:, :, :3] = pixels[:, :, [2, 0, 1]]
        cv2.imencode(".png", pixels)[1].tofile(path)
    assert recipe_of(gather([kit], foreign=[others], same_kind=KIND), plan) != recipe_of(things, plan)


@pytest.mark.parametrize(
    ("kinds", "code"),
    [({"cutting_pliers": "cutters"}, "compose.unknown_class"), ({"pliers": "side_cutters"}, "compose.no_same_kind")],
)
def test_a_kind_that_nobody_has_is_refused_by_name(kit: Path, others: Path, kinds: dict[str, str], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        gather([kit], foreign=[others], same_kind=kinds)
    assert refused.value.code == code
