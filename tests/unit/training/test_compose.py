"""Scenes out of cut-outs: the same for the same seed, labelled rightly, and safe to interrupt."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from toolroom_desktop.adapters.files.cutouts import CutoutFolder
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.cutouts import Cutout, CutoutClass, Split
from toolroom_desktop.training.compose import scene
from toolroom_desktop.training.compose.dataset import (
    CONTACT,
    FOREIGN,
    RECIPE,
    Plan,
    compose,
    compose_one,
    names_of,
    recipe_of,
)
from toolroom_desktop.training.compose.lay import Lying, lay
from toolroom_desktop.training.compose.scene import Mixture, any_of, make_scene
from toolroom_desktop.training.compose.things import Things, gather
from toolroom_desktop.training.evaluate.dataset import Split as Part
from toolroom_desktop.training.evaluate.dataset import read_dataset

RED, GREEN, BLUE = (40, 40, 230), (40, 220, 40), (230, 60, 40)
FRAME = (1000, 750)


def bar(length: int, thick: int, colour: tuple[int, int, int]) -> NDArray[np.uint8]:
    """A plain bar (thick + 8, length + 8, 4) BGRA with four transparent pixels around it."""
    pixels = np.zeros((thick + 8, length + 8, 4), np.uint8)
    pixels[4:-4, 4:-4, :3] = colour
    pixels[4:-4, 4:-4, 3] = 255
    return pixels


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two tool classes (one of them with a cut-out that is held back) and a table."""
    folder = CutoutFolder(tmp_path / "вырезки")
    folder.declare([CutoutClass("long_bar"), CutoutClass("short_bar")])
    folder.add(Cutout(bar(300, 40, RED), "red_long.jpg", FRAME), "long_bar")
    folder.add(Cutout(bar(320, 40, GREEN), "green_long.jpg", FRAME), "long_bar", Split.HELD_BACK)
    folder.add(Cutout(bar(120, 40, BLUE), "blue_short.jpg", FRAME), "short_bar")
    folder.add_background(np.full((300, 400, 3), 90, np.uint8), "table.jpg")
    return folder.folder


@pytest.fixture
def things(store: Path) -> Things:
    return gather([store])


SMALL = Plan(scenes=6, validation=2, width=320, height=240, seed=5)


def test_the_same_seed_and_number_give_the_same_scene(things: Things) -> None:
    assert compose_one(things, SMALL, "train", 3) == compose_one(things, SMALL, "train", 3)


def test_another_seed_another_number_and_the_validation_part_give_other_scenes(things: Things) -> None:
    first = compose_one(things, SMALL, "train", 3)
    assert compose_one(things, SMALL, "train", 4) != first
    assert compose_one(things, replace(SMALL, seed=6), "train", 3) != first
    assert compose_one(things, SMALL, "val", 3) != first


def test_labels_lie_within_the_picture_and_name_known_classes(things: Things) -> None:
    for number in range(40):
        picture, labels, _ = make_scene(things, Mixture(), 320, 240, np.random.default_rng([1, number]))
        assert picture.shape == (240, 320, 3)
        for label in labels:
            x1, y1, x2, y2 = label.box
            assert 0 <= x1 < x2 <= 320
            assert 0 <= y1 < y2 <= 240
            assert label.index in (0, 1)


def test_a_label_frames_exactly_the_pixels_of_its_tool(things: Things) -> None:
    only_few = Mixture(kit=0, few=1, twins=0, close=0, strangers=0)
    compared = 0
    for number in range(400):
        picture, labels, _ = make_scene(things, only_few, 320, 240, np.random.default_rng([2, number]))
        if len(labels) != 1 or labels[0].index != 0:
            continue
        x1, y1, x2, y2 = (int(v) for v in labels[0].box)
        blue, green, red = (picture[:, :, channel] for channel in range(3))
        seen = ((red > 40) & (red > 1.6 * green) & (red > 1.6 * blue)).astype(np.uint8)
        outside = seen.copy()
        outside[y1:y2, x1:x2] = 0
        if outside.any() or seen.sum() < 200:
            continue  # the table is red here, or the bar is pale
        x, y, wide, high = cv2.boundingRect(seen)
        assert np.abs(np.array((x - x1, y - y1, x + wide - x2, y + high - y2))).max() <= 3
        compared += 1
    assert compared >= 5


def test_tools_keep_their_true_relative_sizes(things: Things) -> None:
    long_bar, short_bar = things.tools["long_bar"][0], things.tools["short_bar"][0]
    assert long_bar.length == pytest.approx(0.3, abs=0.01)
    assert long_bar.length / short_bar.length == pytest.approx(2.5, rel=0.05)


def test_a_cutout_of_unknown_scale_is_as_long_as_the_others_of_its_class(store: Path) -> None:
    CutoutFolder(store).add(Cutout(bar(700, 60, RED), "redrawn.png", None), "long_bar")
    lengths = [thing.length for thing in gather([store]).tools["long_bar"]]
    assert lengths[1] == pytest.approx(lengths[0])


def test_what_is_held_back_is_left_out_of_training_and_alone_in_the_test_scenes(store: Path) -> None:
    folder = CutoutFolder(store)
    folder.add(Cutout(bar(120, 40, GREEN), "green_short.jpg", FRAME), "short_bar", Split.HELD_BACK)
    assert {t.source for t in gather([store]).tools["long_bar"]} == {"red_long.jpg"}
    assert {t.source for t in gather([store], splits=[Split.HELD_BACK]).tools["long_bar"]} == {"green_long.jpg"}


def test_source_files_can_be_left_out_by_pattern_whatever_their_case(store: Path) -> None:
    CutoutFolder(store).add(Cutout(bar(310, 40, RED), "Long_GREEN.png", FRAME), "long_bar")
    chosen = gather([store], without=["*green*"])
    assert {t.source for t in chosen.tools["long_bar"]} == {"red_long.jpg"}


def test_a_class_that_is_left_without_cutouts_is_named(store: Path) -> None:
    with pytest.raises(BadInput) as refused:
        gather([store], without=["*short*"])
    assert (refused.value.code, refused.value.details["classes"]) == ("compose.class_without_cutouts", "short_bar")


def test_everything_of_a_foreign_store_is_laid_down_without_a_label(store: Path) -> None:
    things = gather([store], foreign=[store])
    assert len(things.foreign) == 3
    strangers = Mixture(kit=0, few=0, twins=0, close=0, strangers=1)
    scenes = [make_scene(things, strangers, 320, 240, np.random.default_rng([3, n])) for n in range(10)]
    assert all(labels == () for _, labels, _ in scenes)
    assert any(picture.std() > 20 for picture, _, _ in scenes)


def test_foreign_things_have_a_name_where_the_second_opinion_is_to_learn_them(store: Path, tmp_path: Path) -> None:
    things = gather([store], foreign=[store])
    strangers = Mixture(kit=0, few=0, twins=0, close=0, strangers=1, name_foreign=True)
    scenes = [make_scene(things, strangers, 320, 240, np.random.default_rng([3, n])) for n in range(10)]
    assert {label.index for _, labels, _ in scenes for label in labels} == {len(things.classes)}
    plan = Plan(scenes=2, validation=1, width=320, height=240, seed=5, mixture=strangers)
    compose(things, plan, tmp_path / "named", processes=1)
    assert names_of(things, plan) == ("long_bar", "short_bar", FOREIGN)
    named = read_dataset(tmp_path / "named", Part.TRAIN)
    assert named.classes <= {FOREIGN}


@pytest.mark.parametrize(
    ("choice", "chosen"), [("name_foreign", Mixture(name_foreign=True)), ("apart", Mixture(apart=True))]
)
def test_scenes_that_were_begun_before_there_was_a_choice_go_on(things: Things, choice: str, chosen: Mixture) -> None:
    before = recipe_of(things, SMALL)["mixture"]
    after = recipe_of(things, replace(SMALL, mixture=chosen))["mixture"]
    assert isinstance(before, dict) and isinstance(after, dict)
    assert choice not in before
    assert after == {**before, choice: True}


def test_a_damaged_cutout_is_named(store: Path) -> None:
    (store / "long_bar" / "0001.png").write_bytes(b"nothing")
    with pytest.raises(BadInput, match=r"compose\.cutout_not_readable"):
        gather([store])


def test_a_dataset_is_written_with_labels_recipe_and_contact_sheet(things: Things, tmp_path: Path) -> None:
    out = tmp_path / "набор"
    seen: list[tuple[int, int]] = []
    made = compose(things, SMALL, out, processes=1, progress=lambda done, total: seen.append((done, total)))
    assert (made, seen[-1]) == (8, (8, 8))
    pictures = sorted((out / "images" / "train").glob("*.jpg"))
    assert len(pictures) == 6
    assert all((out / "labels" / "train" / f"{p.stem}.txt").exists() for p in pictures)
    assert pictures[2].read_bytes() == compose_one(things, SMALL, "train", 2)[0]
    assert json.loads((out / RECIPE).read_text("utf-8"))["seed"] == 5
    sheet = cv2.imdecode(np.fromfile(out / CONTACT, np.uint8), cv2.IMREAD_COLOR)
    assert sheet is not None and sheet.shape[1] == 4 * 480


def test_a_broken_run_goes_on_and_ends_with_the_same_scenes(things: Things, tmp_path: Path) -> None:
    out, stop = tmp_path / "set", Event()
    many = replace(SMALL, scenes=60, width=160, height=120)
    stop.set()
    compose(things, many, out, processes=1, cancelled=stop)
    begun = {p.name: p.read_bytes() for p in (out / "images" / "train").glob("*.jpg")}
    assert 0 < len(begun) < 60
    compose(things, many, out, processes=1)
    for number in range(0, 60, 7):
        photo = (out / "images" / "train" / f"{number:06d}.jpg").read_bytes()
        assert photo == compose_one(things, many, "train", number)[0]
    assert all((out / "images" / "train" / name).read_bytes() == content for name, content in begun.items())


def test_a_folder_with_other_scenes_or_other_files_is_left_alone(things: Things, tmp_path: Path) -> None:
    out = tmp_path / "set"
    tiny = replace(SMALL, scenes=1, validation=1)
    compose(things, tiny, out, processes=1)
    with pytest.raises(BadInput, match=r"compose\.other_recipe"):
        compose(things, replace(tiny, seed=6), out, processes=1)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(BadInput, match=r"compose\.folder_not_empty"):
        compose(things, tiny, mine, processes=1)
    assert [p.name for p in mine.iterdir()] == ["letter.txt"]


def test_for_trials_every_scene_holds_the_whole_kit_once(things: Things) -> None:
    whole = Mixture(farthest=0.3, nearest=0.5).only_complete_kits()
    scenes = [make_scene(things, whole, 320, 240, np.random.default_rng([4, number])) for number in range(12)]
    assert [sorted(label.index for label in labels) for _, labels, _ in scenes] == [[0, 1]] * 12


@pytest.fixture
def covered(things: Things, monkeypatch: pytest.MonkeyPatch) -> Callable[[Mixture], tuple[float, int]]:
    """Of sixty scenes of a mixture: the largest share of a thing on others, and how many lie beyond the edge."""
    lying: list[tuple[NDArray[np.float32], tuple[int, int]]] = []
    put = scene._put

    def watched(table: Any, thing: Lying, at: tuple[int, int], light: Any) -> None:
        lying.append((thing.alpha, at))
        put(table, thing, at, light)

    monkeypatch.setattr(scene, "_put", watched)

    def look(mixture: Mixture) -> tuple[float, int]:
        largest, beyond = 0.0, 0
        for number in range(60):
            lying.clear()
            make_scene(things, mixture, 320, 240, np.random.default_rng([6, number]))
            ground = np.zeros((240 + 400, 320 + 400), bool)
            for alpha, (x, y) in lying:
                there = ground[y + 200 : y + 200 + alpha.shape[0], x + 200 : x + 200 + alpha.shape[1]]
                solid = alpha > 0.5
                largest = max(largest, float((there & solid).sum() / solid.sum()))
                there |= solid
                beyond += x < -1 or y < -1 or x + alpha.shape[1] > 321 or y + alpha.shape[0] > 241
        return largest, beyond

    return look


def test_tools_that_are_laid_apart_lie_on_nothing_and_within_the_picture(
    covered: Callable[[Mixture], tuple[float, int]],
) -> None:
    heap = Mixture(kit=0, few=0.5, twins=0.5, close=0, strangers=0, farthest=0.7, nearest=1.0, beside=0)
    largest, beyond = covered(heap)
    assert largest > 0.3 and beyond > 0, "else this test says nothing"
    largest, beyond = covered(replace(heap, apart=True))
    assert (largest, beyond) == (0.0, 0)


def test_for_trials_labels_tell_the_outline_of_what_can_be_seen_of_a_tool(store: Path, tmp_path: Path) -> None:
    things = gather([store])
    whole = Mixture(farthest=0.6, nearest=0.8).only_complete_kits()
    compared = 0
    for number in range(12):
        _, labels, _ = make_scene(things, whole, 320, 240, np.random.default_rng([8, number]))
        for label in labels:
            corners = np.array(label.outline)
            drawn = np.zeros((240, 320), np.uint8)
            cv2.fillPoly(drawn, [corners.astype(np.int32)], 1)
            x, y, wide, high = cv2.boundingRect(drawn)
            assert np.abs(np.array((x, y, x + wide, y + high)) - label.box).max() <= 1
            # A bar lies aslant in its box: its outline holds less than the box does.
            compared += drawn.sum() < 0.8 * wide * high
    assert compared >= 5


def test_outlines_are_written_as_yolo_writes_them_and_read_as_the_same_boxes(things: Things, tmp_path: Path) -> None:
    whole = replace(SMALL, scenes=2, mixture=Mixture(farthest=0.5, nearest=0.7).only_complete_kits())
    compose(things, whole, tmp_path / "kits", processes=1)
    photos = read_dataset(tmp_path / "kits", Part.TRAIN).photos
    assert len(photos) == 2
    for number, photo in enumerate(photos):
        _, labels, _ = make_scene(things, whole.mixture, 320, 240, np.random.default_rng([whole.seed, number]))
        assert len(photo.labels) == len(labels) == 2
        for read, made in zip(photo.labels, labels, strict=True):
            box = read.in_pixels(320, 240).box
            assert (box.x1, box.y1, box.x2, box.y2) == pytest.approx(made.box, abs=0.6)
            assert len(read.outline) == len(made.outline) > 4


def test_in_a_close_look_one_tool_fills_the_picture(things: Things) -> None:
    close = Mixture(kit=0, few=0, twins=0, strangers=0, close=1, look_alikes=(("long_bar", "short_bar"),))
    filled = []
    for number in range(20):
        _, labels, kind = make_scene(things, close, 320, 240, np.random.default_rng([5, number]))
        assert kind == "close"
        x1, y1, x2, y2 = labels[0].box
        filled.append(max((x2 - x1) / 320, (y2 - y1) / 240))
    assert min(filled) > 0.3
    assert sum(share > 0.55 for share in filled) >= 15


def test_a_small_store_is_drawn_from_as_often_as_a_large_one(store: Path, tmp_path: Path) -> None:
    many = CutoutFolder(tmp_path / "rendered")
    many.declare([CutoutClass("long_bar")])
    for number in range(9):
        many.add(Cutout(bar(300 + number, 40, BLUE), f"rendered_{number}.png", FRAME), "long_bar")
    things = gather([store, many.folder])
    assert len(things.tools["long_bar"]) == 10
    dice = np.random.default_rng(6)
    drawn = [any_of(things.tools["long_bar"], dice).source for _ in range(400)]
    assert 150 < drawn.count("red_long.jpg") < 250
    assert {f"rendered_{number}.png" for number in range(9)} <= set(drawn)


def test_foreign_things_that_look_like_a_tool_of_the_kit_can_be_left_out_by_class(store: Path) -> None:
    things = gather([store], foreign=[store], foreign_without=["long_bar"])
    assert {thing.source for thing in things.foreign} == {"blue_short.jpg"}
    assert things.tools["long_bar"]


def laid_bars(tmp_path: Path, length: int, thick: int) -> list[NDArray[np.uint8]]:
    """The solid part of a bar that was laid 150 times, 300 pixels long."""
    folder = CutoutFolder(tmp_path / "bars")
    folder.declare([CutoutClass("bar")])
    folder.add(Cutout(bar(length, thick, RED), "bar.png", FRAME), "bar")
    thing = gather([folder.folder]).tools["bar"][0]
    dice = np.random.default_rng(7)
    return [np.pad((lay(thing, 300, dice).alpha > 0.5).astype(np.uint8), 2) for _ in range(150)]


def test_a_slim_shaft_is_bent_but_keeps_its_breadth_everywhere(tmp_path: Path) -> None:
    bars = laid_bars(tmp_path, 600, 48)
    breadths = [2 * float(cv2.distanceTransform(solid, cv2.DIST_L2, 5).max()) for solid in bars]
    assert min(breadths) > 0.85 * 24 and max(breadths) < 1.25 * 24
    assert max(min(cv2.minAreaRect(cv2.findNonZero(solid))[1]) for solid in bars) > 1.25 * 24


def test_a_broad_thing_is_now_and_then_made_slimmer_as_if_its_jaws_closed(tmp_path: Path) -> None:
    sides = [cv2.minAreaRect(cv2.findNonZero(solid))[1] for solid in laid_bars(tmp_path, 400, 200)]
    shares = np.array([min(pair) / max(pair) for pair in sides])
    assert 0.05 < (shares < 0.4).mean() < 0.5
    assert np.median(shares) == pytest.approx(0.5, rel=0.15)
