"""The model against its reference, and the camera's whole way to a decision."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.first_model import FIRST_MODEL
from toolroom_desktop.adapters.vision.detector import load_model
from toolroom_desktop.adapters.vision.manifest import read_manifest
from toolroom_desktop.bootstrap import SHIPPED_MODEL
from toolroom_desktop.config.paths import models_folder
from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.selftest import camera, model
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.services.doctor import Grade

SHIPPED = read_manifest(models_folder() / SHIPPED_MODEL)


def test_the_reference_belongs_to_the_shipped_model() -> None:
    reference = model.read_reference(model.reference_file(SHIPPED.name))
    hint = "after a new model: toolroom selftest --write-reference (docs/developer.md)"
    assert reference.sha256 == SHIPPED.sha256, hint
    assert len(reference.detections) >= len(SHIPPED.classes)


def test_the_shipped_model_sees_its_reference(bench: Workbench) -> None:
    check = model.look(bench)
    assert check.grade is Grade.GOOD
    assert check.facts["least_overlap"] >= model.LEAST_OVERLAP


def _moved(boxes: list[dict[str, Any]]) -> None:
    boxes[0]["box"] = [side + 15 for side in boxes[0]["box"]]


def _less_sure(boxes: list[dict[str, Any]]) -> None:
    boxes[0]["confidence"] -= 0.03


def _one_more(boxes: list[dict[str, Any]]) -> None:
    boxes.append({**boxes[0], "class_name": "a_tool_of_another_kit"})


def _one_twice(boxes: list[dict[str, Any]]) -> None:
    boxes.append(boxes[0])


def _one_less(boxes: list[dict[str, Any]]) -> None:
    del boxes[0]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_moved, "selftest.model_differs"),
        (_less_sure, "selftest.model_differs"),
        (_one_more, "selftest.model_missed"),
        (_one_twice, "selftest.model_missed"),
        (_one_less, "selftest.model_surplus"),
    ],
)
def test_a_model_that_sees_otherwise_is_found(
    bench: Workbench, tmp_path: Path, change: Callable[[list[dict[str, Any]]], None], code: str
) -> None:
    content = json.loads(model.reference_file(SHIPPED.name).read_bytes())
    content["boxes"].sort(key=lambda box: -box["confidence"])
    change(content["boxes"])
    path = tmp_path / "reference.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(BadProgram) as caught:
        model.look(bench, reference=path)
    assert caught.value.code == code


def test_a_reference_of_another_model_is_not_compared_with(bench: Workbench, tmp_path: Path) -> None:
    other = Workbench(tmp_path, bench.network, load_model(FIRST_MODEL))
    with pytest.raises(BadProgram) as caught:
        model.look(other, reference=model.reference_file(SHIPPED.name))
    assert caught.value.code == "selftest.reference_of_another"


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"sha256": "", "boxes": [{"class_name": "brace"}]}'])
def test_a_reference_that_is_gone_or_damaged_is_told(bench: Workbench, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "reference.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadProgram) as caught:
        model.look(bench, reference=path)
    assert caught.value.code == ("selftest.reference_missing" if content is None else "selftest.reference_damaged")


def test_a_written_reference_is_the_one_that_is_compared_with(bench: Workbench, program: Path) -> None:
    path = model.reference_file(SHIPPED.name)
    assert path.is_relative_to(program)
    path.unlink()
    assert model.write_reference(bench) == path
    check = model.look(bench)
    assert check.facts["least_overlap"] > 0.999
    assert check.facts["most_confidence_apart"] < 0.0001


def test_the_camera_the_pipeline_and_the_decision_say_what_lies_there(bench: Workbench) -> None:
    check = camera.look(bench)
    assert check.grade is Grade.GOOD
    assert check.facts["certain"] >= 8
    assert check.facts["status"] != "success"


def test_a_tool_that_should_be_missing_or_there_and_is_not_is_found(bench: Workbench) -> None:
    truth = camera.lies_on(camera.TABLE)
    assert truth.get("side_cutters", 0) == 0
    with pytest.raises(BadProgram) as caught:
        camera.look(bench, truth={**truth, "side_cutters": 1})
    assert (caught.value.code, caught.value.details["tool"]) == ("selftest.camera_wrong", "side_cutters")


def test_a_tool_that_is_seen_where_it_should_not_lie_is_found(bench: Workbench) -> None:
    with pytest.raises(BadProgram) as caught:
        camera.look(bench, truth={**camera.lies_on(camera.TABLE), "brace": 0})
    assert caught.value.details["tool"] == "brace"


def test_a_decision_that_does_not_come_is_told(bench: Workbench) -> None:
    with pytest.raises(BadProgram) as caught:
        camera.look(bench, patience=0.0)
    assert caught.value.code == "selftest.camera_undecided"


def test_a_table_that_nobody_wrote_down_is_told() -> None:
    with pytest.raises(BadProgram) as caught:
        camera.lies_on("no_such_table.jpg")
    assert caught.value.code == "selftest.table_missing"
