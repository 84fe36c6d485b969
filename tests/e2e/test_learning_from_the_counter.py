"""From a count at the window that contradicts the model to the beginning of the next dataset, over real photos."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from pytestqt.qtbot import QtBot

from tests.command_line import CommandLine
from tests.e2e.conftest import OpenStation
from tests.e2e.test_station_on_real_photos import (
    confirm,
    count_everything_as_found,
    inspect_until_decided,
    read_back,
    sign_in,
)
from tests.ui.steps import scan
from toolroom_desktop.config.paths import program_root, resource
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Count
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT

SCHEMA = json.loads((program_root() / "docs" / "result.schema.json").read_text(encoding="utf-8"))


def contradict(qtbot: QtBot, open_station: OpenStation, photo: Path) -> str:
    """Issue a kit over that photo: all is found but one tool, of which the model is sure. Returns that tool's class."""
    window = open_station(photo)
    sign_in(qtbot, window)
    scan(window, "KIT-RRJ32S-014")
    inspect_until_decided(qtbot, window)
    count_everything_as_found(qtbot, window)
    presenter = window.result_screen.presenter
    assert presenter.evidence is not None
    sure = max(presenter.evidence.inspection.positions, key=lambda position: position.confidence)
    presenter.answer((sure.tool_class, sure.unit), Count.MISSING)
    confirm(qtbot, window)
    return sure.tool_class


def check_what_was_kept(data_folder: Path, tmp_path: Path, tool_class: str) -> None:
    toolroom = CommandLine(data_folder)
    [operation], records = read_back(data_folder)
    records.close()
    assert operation.final_status is Status.DISCREPANCY
    name = f"{operation.finished_at.astimezone():%Y-%m-%d}_{operation.operation_id}"
    folder = data_folder / "review" / name
    assert sorted(path.name for path in folder.iterdir()) == ["photo.jpg", "result.json"]
    clean = data_folder / "evidence" / operation.photos.clean[:2] / f"{operation.photos.clean}.jpg"
    assert (folder / "photo.jpg").read_bytes() == clean.read_bytes()
    kept = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(kept["result"])
    assert kept["result"]["model"]["sha256"] == operation.model_sha256
    assert kept["counted_by"]["badge"] == "DEMO-TECH"
    wrong = {entry["class_name"] for entry in kept["differences"] if entry["difference"] == "not_there"}
    assert wrong == {tool_class}

    [listed] = toolroom("review", "list", "--json").json
    assert listed["name"] == name
    out = tmp_path / "набор"
    assert toolroom("review", "export", "--out", out).code == 0
    config = yaml.safe_load((out / "data.yaml").read_text(encoding="utf-8"))
    assert config["names"] == list(REFERENCE_TOOLKIT.expected)
    [image] = (out / "unfinished" / "images").rglob("*.jpg")
    [labels] = (out / "unfinished" / "labels").rglob("*.txt")
    assert image.read_bytes() == clean.read_bytes()
    assert (image.stem, labels.stem) == (name, name)
    boxes = [line.split() for line in labels.read_text().splitlines()]
    seen = {p["class_name"] for p in kept["result"]["positions"] if p["found"]}
    assert {config["names"][int(box[0])] for box in boxes} >= seen - {tool_class}
    assert tool_class not in {config["names"][int(box[0])] for box in boxes}
    assert all(0 <= float(number) <= 1 for box in boxes for number in box[1:])
    assert f"({tool_class})" in (out / "to_draw.txt").read_text(encoding="utf-8-sig")


def test_a_count_that_contradicts_the_model_becomes_the_beginning_of_a_dataset(
    qtbot: QtBot, open_station: OpenStation, data_folder: Path, shared_data: Path, tmp_path: Path
) -> None:
    photo = shared_data / "kit11" / "photos" / "images" / "Test_Black.jpg"
    tool_class = contradict(qtbot, open_station, photo)
    qtbot.waitUntil(lambda: any((data_folder / "review").glob("2*")), timeout=20_000)
    check_what_was_kept(data_folder, tmp_path, tool_class)


def test_the_same_without_any_photo_from_outside(
    qtbot: QtBot, open_station: OpenStation, data_folder: Path, tmp_path: Path
) -> None:
    tool_class = contradict(qtbot, open_station, resource("demo", "tables", "03_complete_light_table.jpg"))
    qtbot.waitUntil(lambda: any((data_folder / "review").glob("2*")), timeout=20_000)
    check_what_was_kept(data_folder, tmp_path, tool_class)


@pytest.mark.parametrize("photo", ["13_empty_table.jpg"])
def test_a_picture_that_cannot_be_judged_teaches_nothing(
    qtbot: QtBot, open_station: OpenStation, data_folder: Path, photo: str
) -> None:
    window = open_station(resource("demo", "tables", photo))
    sign_in(qtbot, window)
    scan(window, "KIT-RRJ32S-014")
    inspect_until_decided(qtbot, window)
    count_everything_as_found(qtbot, window)
    confirm(qtbot, window)
    assert window.shell.app.review is not None
    window.shell.app.review.close()
    assert not (data_folder / "review").exists()
