"""Scenes, by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import CommandLine
from toolroom_desktop.config.paths import resource

CUTOUTS = resource("demo", "cutouts")


def test_the_kinds_of_scenes_and_the_foreign_classes_are_chosen_and_written_down(
    tmp_path: Path, toolroom: CommandLine
) -> None:
    out = tmp_path / "сцены"
    answer = toolroom(
        *("compose", CUTOUTS, "--out", out, "--scenes", "3", "--validation", "1", "--size", "160x120"),
        *("--processes", "1", "--foreign", CUTOUTS, "--foreign-without", "pliers,side_cutters"),
        *("--mix", "kit=0,few=0,twins=0", "--mix", "close=0,strangers=1"),
    )
    assert answer.code == 0
    recipe = json.loads((out / "dataset.json").read_text("utf-8"))
    assert (recipe["mixture"]["kit"], recipe["mixture"]["strangers"]) == (0, 1)
    every = json.loads((CUTOUTS / "cutouts.json").read_text("utf-8"))["cutouts"]
    own = sum(entry["class_name"] is None and entry["split"] == "train" for entry in every)
    lent = sum(entry["class_name"] not in ("pliers", "side_cutters") for entry in every)
    assert recipe["foreign_cutouts"] == own + lent
    labels = [path.read_text("utf-8") for path in (out / "labels").rglob("*.txt")]
    assert labels == [""] * 4, "strangers have no label"


@pytest.mark.parametrize("mix", ["kitten=1", "kit", "kit=2", "kit=-1", "kit=0,few=0,twins=0,close=0,strangers=0"])
def test_a_mixture_that_makes_no_sense_is_refused_with_what_can_be_written(
    tmp_path: Path, toolroom: CommandLine, mix: str
) -> None:
    answer = toolroom("compose", CUTOUTS, "--out", tmp_path / "out", "--mix", mix)
    assert answer.code == 2
    assert "kit=0.5,few=0.2" in answer.err and "strangers" in answer.err
    assert not (tmp_path / "out").exists()


def test_cut_outs_of_another_make_are_laid_down_as_a_tool_of_the_kit(tmp_path: Path, toolroom: CommandLine) -> None:
    given = ("compose", CUTOUTS, "--scenes", "2", "--validation", "1", "--size", "160x120", "--processes", "1")
    foreign = ("--foreign", CUTOUTS, "--foreign-without", "brace")
    assert toolroom(*given, *foreign, "--out", tmp_path / "a").code == 0
    assert toolroom(*given, *foreign, "--same-kind", "brace=side_cutters", "--out", tmp_path / "b").code == 0
    without, with_kind = (json.loads((tmp_path / name / "dataset.json").read_text("utf-8")) for name in ("a", "b"))
    every = json.loads((CUTOUTS / "cutouts.json").read_text("utf-8"))["cutouts"]
    lent = sum(entry["class_name"] == "brace" and entry["split"] == "train" for entry in every)
    assert 0 < lent < sum(entry["class_name"] == "brace" for entry in every), "some are held back"
    more = with_kind["cutouts"]["side_cutters"] - without["cutouts"]["side_cutters"]
    assert more == 2 * lent, "each in its own colour and in that of the kit"
    assert with_kind["foreign_cutouts"] == without["foreign_cutouts"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("brace", "cutting_pliers=side_cutters"),
        ("=side_cutters", "cutting_pliers=side_cutters"),
        ("brace=pliers,brace=side_cutters", "cutting_pliers=side_cutters"),
        ("brace=cutters", "side_cutters"),
        ("spanner=side_cutters", "spanner"),
    ],
)
def test_what_is_not_of_the_same_kind_is_refused_with_what_can_be_written(
    tmp_path: Path, toolroom: CommandLine, kind: str, said: str
) -> None:
    answer = toolroom("compose", CUTOUTS, "--foreign", CUTOUTS, "--same-kind", kind, "--out", tmp_path / "out")
    assert answer.code == 2
    assert said in answer.err
    assert not (tmp_path / "out").exists()
