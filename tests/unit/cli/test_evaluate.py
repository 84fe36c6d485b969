"""`toolroom evaluate` with a real model on rendered tables."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from tests.command_line import CommandLine, toolkit_file
from tests.first_model import FIRST_MODEL
from toolroom_desktop.adapters.files.cutouts import CutoutFolder
from toolroom_desktop.adapters.vision.manifest import read_manifest
from toolroom_desktop.config.paths import program_root, resource
from toolroom_desktop.services.cutouts import Cutout, CutoutClass
from toolroom_desktop.training.evaluate.manifest_update import BY

SCHEMA = json.loads((program_root() / "docs" / "evaluation.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete rendered table, and one that lacks a tool."""
    folder = tmp_path_factory.mktemp("tables")
    source = resource("demo", "tables")
    entries = json.loads((source / "tables.json").read_text(encoding="utf-8"))["tables"]
    kit = next(entry["tools"] for entry in entries if "complete" in entry["file"])
    complete = next(entry for entry in entries if entry["tools"] == kit and not entry["foreign"])
    lacking = next(entry for entry in entries if sum(entry["tools"].values()) == 10 and not entry["foreign"])
    for entry in (complete, lacking):
        shutil.copy(source / entry["file"], folder)
    (folder / "tables.json").write_text(json.dumps({"tables": [complete, lacking]}), encoding="utf-8")
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the first model with its manifest."""
    model = FIRST_MODEL.with_suffix(".onnx")
    for file in (model, FIRST_MODEL):
        shutil.copy(file, tmp_path)
    return tmp_path / model.name


def test_the_report_is_printed_and_written(toolroom: CommandLine, tables: Path, model: Path, tmp_path: Path) -> None:
    answer = toolroom("evaluate", model, tables, "--trials", 6, "--out", tmp_path / "отчёт", "--json")
    assert answer.code == 0, answer.err
    Draft202012Validator(SCHEMA).validate(answer.json)
    assert answer.json["boxes"]["tools"] == 21
    assert answer.json["kit_trials"]["made"] + sum(answer.json["kit_trials"]["not_made"].values()) == 6
    # This model's manifest has the three screwdrivers always looked at by a person.
    assert answer.json["kit_trials"]["false_passes"]["count"] == answer.json["kit_trials"]["first_pass"]["count"] == 0
    written = {path.name for path in (tmp_path / "отчёт").iterdir()}
    assert written == {"evaluation.html", "evaluation.json", "evaluation.txt"}
    assert "(100 %)" in answer.err


def test_chosen_thresholds_are_written_with_their_figures(toolroom: CommandLine, tables: Path, model: Path) -> None:
    before = read_manifest(model.with_suffix(".json"))
    answer = toolroom("evaluate", model, tables, "--trials", 12, "--choose-thresholds", language="ru")
    after = read_manifest(model.with_suffix(".json"))
    assert answer.code == 0, answer.err
    assert "Выбранные пороги" in answer.out
    assert set(after.thresholds.per_class) == {entry.name for entry in before.classes}
    assert all(own.accept and own.accept >= after.thresholds.review for own in after.thresholds.per_class.values())
    assert [figure for figure in after.quality if figure.by != BY] == before.quality
    kept = json.loads(model.with_suffix(".json").read_bytes())["quality"][: len(before.quality)]
    assert kept and all("measure_ru" not in figure for figure in kept), "older programs would refuse it"
    measures = {figure.measure: figure for figure in after.quality if figure.by == BY}
    assert measures["false passes"].value == 0
    assert "kit trials" in measures["first-pass rate"].on
    assert measures["false passes"].measure_ru == "ложные пропуски"
    assert "испытаний комплекта" in measures["first-pass rate"].on_ru
    # A second evaluation replaces the figures of the first.
    toolroom("evaluate", model, tables, "--trials", 12, "--choose-thresholds", "--strict")
    assert len(read_manifest(model.with_suffix(".json")).quality) == len(after.quality)


def test_what_cannot_end_well_is_refused_before_the_work(
    toolroom: CommandLine, tables: Path, model: Path, tmp_path: Path
) -> None:
    toolroom.refused("evaluate.dataset_missing", "evaluate", model, tmp_path / "none", path=tmp_path / "none")
    toolroom.refused(
        "evaluate.kit_photo_unknown", "evaluate", model, tables, "--kit-photos", "x", name="x", path=tables
    )
    (tmp_path / "file").write_text("", encoding="utf-8")
    toolroom.refused("evaluate.not_writable", "evaluate", model, tables, "--out", tmp_path / "file")
    for option in ("--strict", "--no-sizes"):
        toolroom.refused("evaluate.strict_alone", "evaluate", model, tables, option, option=option)
    bare = tmp_path / "bare.onnx"
    shutil.copy(model, bare)
    toolroom.refused("evaluate.no_manifest", "evaluate", bare, tables, "--choose-thresholds", path=bare)


def test_a_toolkit_that_the_model_or_the_photos_cannot_serve_is_refused(
    toolroom: CommandLine, tables: Path, model: Path, tmp_path: Path
) -> None:
    hammer = toolkit_file(tmp_path / "hammer.yaml", "brace", "hammer")
    toolroom.refused("evaluate.toolkit_beyond_model", "evaluate", model, tables, "--toolkit", hammer, classes="hammer")
    pair = toolkit_file(tmp_path / "pair.yaml", "brace", "pliers")
    choose = ("evaluate", model, tables, "--toolkit", pair, "--choose-thresholds")
    toolroom.refused("evaluate.nothing_to_choose_from", *choose, path=tables)


def test_a_file_with_two_toolkits_is_refused(toolroom: CommandLine, tables: Path, model: Path, tmp_path: Path) -> None:
    one = toolkit_file(tmp_path / "one.yaml", "brace", name="one").read_text(encoding="utf-8")
    two = toolkit_file(tmp_path / "two.yaml", "brace", name="two", kits=()).read_text(encoding="utf-8")
    both = tmp_path / "both.yaml"
    both.write_text(one + two.split("\n", 1)[1], encoding="utf-8")
    toolroom.refused("evaluate.one_toolkit", "evaluate", model, tables, "--toolkit", both, path=both, count=2)


def test_foreign_things_that_no_camera_tells_from_the_kits_own_are_left_out(
    toolroom: CommandLine, tables: Path, model: Path, tmp_path: Path
) -> None:
    store = CutoutFolder(tmp_path / "чужие")
    store.declare([CutoutClass("cutting_pliers")])
    store.add(Cutout(np.full((40, 120, 4), 255, np.uint8), "pliers.jpg", (1000, 750)), "cutting_pliers")
    asked = ("evaluate", model, tables, "--trials", 12, "--foreign", store.folder)
    assert toolroom(*asked, "--json").json["kit_trials"]["foreign"]["count"] == 1
    toolroom.refused("evaluate.no_foreign", *asked, "--foreign-without", "hammer,cutting_pliers", path=store.folder)
