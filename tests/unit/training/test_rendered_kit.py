"""The modelled kit without Blender: outlines, the plan of the views, tables by chance, and the committed pictures."""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.adapters.files.cutouts import CutoutFolder
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.adapters.vision.segmentation.cutter import OpenCvCutter
from toolroom_desktop.services.cutouts import Split
from toolroom_desktop.services.enrolment import Verdict
from toolroom_desktop.training.rendered_kit.foreign import FOREIGN
from toolroom_desktop.training.rendered_kit.geometry import JAWS, TOOLS
from toolroom_desktop.training.rendered_kit.invented import contents
from toolroom_desktop.training.rendered_kit.layout import apart, laid_out
from toolroom_desktop.training.rendered_kit.materials import LOOKS
from toolroom_desktop.training.rendered_kit.outlines import (
    Point,
    bent,
    circle,
    hull,
    mirrored,
    rectangle,
    resampled,
    ribbon,
    rotated,
    serrated,
)
from toolroom_desktop.training.rendered_kit.scenes import FIELD_MM, SCENES, Scene
from toolroom_desktop.training.rendered_kit.titles import TITLES
from toolroom_desktop.training.rendered_kit.views import (
    FREE_ROLLERS,
    ONE_SIDED,
    SCREWDRIVERS,
    TABLES,
    usual_count,
    views_of,
)

REPOSITORY = Path(__file__).resolve().parents[3]
COMMITTED = REPOSITORY / "resources" / "demo" / "cutouts"
DEMO_TABLES = REPOSITORY / "resources" / "demo" / "tables"
MEGABYTE = 1_000_000
LONGEST_MM = 500.0
ALONE = [scene for scene in SCENES if scene.table_seed is not None]


def _area(outline: list[Point]) -> float:
    pairs = zip(outline, [*outline[1:], outline[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


# --- outlines


def test_a_mirrored_outline_keeps_its_winding_and_its_area() -> None:
    half = [(0.0, 0.0), (10.0, 0.0), (10.0, 4.0)]
    assert _area(mirrored(half)) == pytest.approx(_area(half))
    assert {y for _, y in mirrored(half)} == {0.0, -4.0}


def test_a_rounded_rectangle_loses_only_its_corners() -> None:
    assert _area(rectangle(0, 0, 20, 10, 2.0, steps=60)) == pytest.approx(200 - (4 - math.pi) * 4, abs=0.01)


def test_a_path_is_resampled_evenly_and_keeps_its_ends() -> None:
    path = resampled([(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)], 21)
    assert (path[0], path[-1]) == ((0.0, 0.0), (10.0, 10.0))
    assert path[5] == pytest.approx((5.0, 0.0))
    assert path[15] == pytest.approx((10.0, 5.0))


def test_a_bent_rod_never_turns_tighter_than_its_radius() -> None:
    rod = bent([(0.0, 0.0), (50.0, 0.0), (50.0, 50.0)], 12.0, steps=20)
    corner = [p for p in rod if p not in (rod[0], rod[-1])]
    assert all(math.dist(p, (38.0, 12.0)) == pytest.approx(12.0) for p in corner)


def test_a_ribbon_is_as_wide_as_asked() -> None:
    outline = ribbon([(0.0, 0.0), (50.0, 0.0), (100.0, 0.0)], [6.0, 6.0, 6.0])
    assert _area(outline) == pytest.approx(-600.0) or _area(outline) == pytest.approx(600.0)
    assert max(y for _, y in outline) == pytest.approx(3.0)


def test_teeth_stand_to_the_left_of_their_edge_and_end_where_it_ends() -> None:
    edge = serrated((0.0, 0.0), (10.0, 0.0), 5, 2.0)
    assert (edge[0], edge[-1]) == ((0.0, 0.0), (10.0, 0.0))
    assert [y for _, y in edge].count(2.0) == 5
    assert [y for _, y in edge].count(0.0) == 6


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3, max_size=40, unique=True))
def test_no_point_lies_outside_its_hull(points: list[tuple[int, int]]) -> None:
    outline = hull([(float(x), float(y)) for x, y in points])
    for here, after in zip(outline, [*outline[1:], outline[0]], strict=True):
        for x, y in points:
            side = (after[0] - here[0]) * (y - here[1]) - (after[1] - here[1]) * (x - here[0])
            assert side >= -1e-9


# --- the plan of the views


def test_every_tool_has_words_and_every_table_a_look() -> None:
    assert list(TITLES) == list(TOOLS)
    assert all(russian and english for russian, english in TITLES.values())
    assert set(TABLES) <= set(LOOKS)
    assert set(JAWS) < set(TOOLS)
    assert not set(TOOLS) & set(FOREIGN)


@pytest.mark.parametrize("name", [*TOOLS, *FOREIGN])
def test_a_longer_plan_begins_with_the_shorter_one(name: str) -> None:
    assert list(views_of(name, 30))[:8] == list(views_of(name, 8))


@pytest.mark.parametrize("name", [*TOOLS, *FOREIGN])
def test_the_views_stay_within_what_a_camera_above_a_table_sees(name: str) -> None:
    views = list(views_of(name, 60))
    assert all(0 <= view.tilt <= 25 and 0 <= view.opening <= 1 for view in views)
    assert any(view.tilt == 0 for view in views)
    assert len({view.seed for view in views}) == 60
    rolls = {view.roll for view in views}
    if name in FREE_ROLLERS:
        assert len(rolls) == 60
    else:
        assert rolls == ({0.0} if name in ONE_SIDED else {0.0, 180.0})


def test_the_first_views_of_a_tool_with_jaws_show_it_shut_and_wide_open() -> None:
    for name in JAWS:
        openings = [view.opening for view in views_of(name, 8)]
        assert min(openings) < 0.15
        assert max(openings) > 0.75


def test_screwdrivers_get_more_views_than_anything_else() -> None:
    assert {usual_count(name, 14) for name in SCREWDRIVERS} == {24}
    assert usual_count("brace", 14) == 14


def test_one_view_in_six_is_held_back_wherever_the_plan_ends() -> None:
    splits = Counter(view.split for view in views_of("brace", 36))
    assert splits == {"train": 30, "held_back": 6}


# --- tables by chance


def _bars(count: int) -> list[list[Point]]:
    return [rectangle(-100, -12, 100, 12) for _ in range(count)]


def test_things_laid_out_by_chance_do_not_touch_and_stay_on_the_table() -> None:
    bars = _bars(9)
    places = laid_out(bars, FIELD_MM, 7.0, random.Random(3))
    lying = [[(x + px, y + py) for px, py in rotated(bar, a)] for bar, (x, y, a) in zip(bars, places, strict=True)]
    for i, one in enumerate(lying):
        assert all(abs(x) <= FIELD_MM[0] / 2 - 7 + 1e-6 and abs(y) <= FIELD_MM[1] / 2 - 7 + 1e-6 for x, y in one)
        assert all(apart(one, other, 6.99) for other in lying[:i])


def test_the_same_dice_lay_the_same_table() -> None:
    first = laid_out(_bars(5), FIELD_MM, 7.0, random.Random(8))
    assert laid_out(_bars(5), FIELD_MM, 7.0, random.Random(8)) == first
    assert laid_out(_bars(5), FIELD_MM, 7.0, random.Random(9)) != first


def test_more_than_fits_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        laid_out([circle((0, 0), 200.0)] * 3, FIELD_MM, 5.0, random.Random(1))


def test_two_outlines_are_apart_only_by_more_than_the_gap() -> None:
    left, right = rectangle(0, 0, 10, 10), rectangle(15, 0, 25, 10)
    assert apart(left, right, 4.9)
    assert not apart(left, right, 5.1)


def test_invented_tables_are_mostly_complete_and_never_hold_a_tool_twice() -> None:
    tables = [contents(random.Random(seed)) for seed in range(300)]
    complete = sum(set(TOOLS) <= set(names) for names in tables)
    assert 150 < complete < 210
    assert all(len(names) == len(set(names)) for names in tables)
    assert any(set(names) & set(FOREIGN) for names in tables)


def test_nothing_of_this_needs_blender() -> None:
    assert "bpy" not in sys.modules


# --- the committed pictures


def test_the_committed_cut_outs_show_every_tool_and_every_foreign_thing() -> None:
    store = CutoutFolder.existing(COMMITTED)
    assert [known.name for known in store.classes] == list(TOOLS)
    counted = Counter(record.class_name for record in store.cutouts)
    for name in TOOLS:
        assert counted[name] >= (12 if name in SCREWDRIVERS else 6)
    assert {record.file.split("/")[0] for record in store.cutouts if record.class_name is None} == set(FOREIGN)
    held_back = {record.class_name for record in store.cutouts if record.split is Split.HELD_BACK}
    assert held_back >= set(TOOLS)


def test_every_committed_cut_out_is_whole_and_shows_something_with_a_clear_margin() -> None:
    store = CutoutFolder.existing(COMMITTED)
    for record in store.cutouts:
        alpha = store.pixels(record)[..., 3]  # refuses a changed file
        assert (alpha > 250).mean() > 0.04, record.file
        edge = np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]])
        assert edge.max() == 0, record.file


def test_the_committed_cut_outs_have_true_relative_sizes() -> None:
    store = CutoutFolder.existing(COMMITTED)
    longest: dict[str, float] = {}
    for record in store.cutouts:
        assert record.frame is not None
        name = record.file.split("/")[0]
        across = max(store.pixels(record).shape[:2]) * FIELD_MM[0] / record.frame[0]
        assert across < LONGEST_MM * 1.1
        longest[name] = max(longest.get(name, 0.0), across)
    assert longest["brace"] == max(longest.values())
    assert longest["screwdriver_minus"] > longest["screwdriver_plus"] > longest["screwdriver_offset_cross"]
    assert longest["oil_can_opener"] == min(longest[name] for name in TOOLS)


def test_no_picture_lies_among_the_cut_outs_that_the_list_does_not_name() -> None:
    named = {record.file for record in CutoutFolder.existing(COMMITTED).cutouts}
    assert {path.relative_to(COMMITTED).as_posix() for path in COMMITTED.rglob("*.png")} == named


def test_the_committed_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in COMMITTED.rglob("*")) < 10 * MEGABYTE
    pictures = [p for p in (REPOSITORY / "resources").rglob("*") if p.suffix in {".png", ".jpg", ".webp"}]
    assert sum(path.stat().st_size for path in pictures) < 30 * MEGABYTE


def test_the_truth_of_the_demo_tables_is_that_of_their_scenes() -> None:
    tables = json.loads((DEMO_TABLES / "tables.json").read_text("utf-8"))["tables"]
    assert [table["file"] for table in tables] == [f"{scene.name}.jpg" for scene in SCENES]
    for table, scene in zip(tables, SCENES, strict=True):
        assert (DEMO_TABLES / table["file"]).is_file()
        laid = Counter(item.name for item in scene.items)
        assert table["tools"] == {name: laid[name] for name in TOOLS if laid[name]}
        assert Counter(box["class_name"] for box in table["boxes"]) == laid


def test_a_tool_alone_lies_on_the_empty_table_in_its_light() -> None:
    assert len(ALONE) >= 3
    (empty,) = [scene for scene in SCENES if not scene.items]
    for scene in ALONE:
        assert len(scene.items) == 1
        assert scene.table_seed == empty.seed
        for same in ("table", "light", "light_from", "warm", "exposure"):
            assert getattr(scene, same) == getattr(empty, same), (scene.name, same)


@pytest.mark.parametrize("scene", ALONE, ids=lambda scene: scene.name)
def test_enrolment_cuts_the_tool_that_lies_alone_on_the_demo_table_out_to_its_full_extent(scene: Scene) -> None:
    reader = FilePhotoReader()
    (empty,) = [f"{other.name}.jpg" for other in SCENES if not other.items]
    cut = OpenCvCutter().against_empty(reader.read(DEMO_TABLES / f"{scene.name}.jpg"), reader.read(DEMO_TABLES / empty))
    assert cut.verdict is Verdict.OK
    assert cut.mask is not None
    rows, columns = np.nonzero(cut.mask.any(axis=1))[0], np.nonzero(cut.mask.any(axis=0))[0]
    tables = json.loads((DEMO_TABLES / "tables.json").read_text("utf-8"))["tables"]
    (box,) = next(table["boxes"] for table in tables if table["file"] == f"{scene.name}.jpg")
    seen = (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)
    # No part is missing; below it a few pixels of its contact shadow may be taken for the tool.
    assert seen == pytest.approx(box["box"], abs=9)
    left, top, right, bottom = box["box"]
    assert seen[0] < left + 3 and seen[1] < top + 3 and seen[2] > right - 3 and seen[3] > bottom - 3
    filled = cut.mask.sum() / ((right - left) * (bottom - top))
    assert 0.15 < filled < 0.6, "the tool and not the table around it"
