"""`toolroom enrol`: from a folder of photos to cut-outs, with every refusal explained."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.command_line import CommandLine
from tests.unit.adapters.vision.segmentation.tables import a_screwdriver, painted, ring, screwdriver, table
from toolroom_desktop.adapters.files.cutouts import CutoutFolder
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.services.cutouts import Split


def save(path: Path, pixels: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _, content = cv2.imencode(path.suffix, np.asarray(pixels, np.uint8))
    path.write_bytes(content.tobytes())


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two tools, one folder each; one photo with both."""
    folder = tmp_path / "снимки"
    save(folder / "отвёртка" / "1.png", a_screwdriver().picture.pixels)
    save(folder / "отвёртка" / "2_green.png", a_screwdriver((380, 320), 100).picture.pixels)
    save(folder / "ring" / "1.png", painted((ring(), (40, 40, 40))).picture.pixels)
    left, right = screwdriver((200, 200), 90)[0], screwdriver((600, 400), 90)[0]
    save(folder / "ring" / "both.png", painted((left, (40, 30, 190)), (right, (120, 60, 20))).picture.pixels)
    (folder / "ring" / "broken.png").write_bytes(b"\x89PNG")
    return folder


def test_a_folder_becomes_cut_outs_and_every_refusal_is_explained(
    toolroom: CommandLine, photos: Path, tmp_path: Path
) -> None:
    out = tmp_path / "вырезки"
    answer = toolroom("enrol", "--from", photos, "--out", out, "--held-back", "*green*")
    assert answer.code == 0, answer
    store = CutoutFolder.existing(out)
    assert [known.name for known in store.classes] == ["ring", "отвёртка"]
    assert [(record.source, record.split) for record in store.cutouts] == [
        ("снимки/ring/1.png", Split.TRAIN),
        ("снимки/отвёртка/1.png", Split.TRAIN),
        ("снимки/отвёртка/2_green.png", Split.HELD_BACK),
    ]
    messages = Messages("en")
    assert f"ring/both.png: {messages.text('enrol.verdict.two_tools')}" in answer.out
    assert "ring/broken.png: " in answer.out
    sheet = cv2.imdecode(np.fromfile(out / "contact.jpg", np.uint8), cv2.IMREAD_COLOR)
    assert sheet is not None
    assert sheet.shape[1] == 8 * 200


def test_a_second_run_adds_nothing(toolroom: CommandLine, photos: Path, tmp_path: Path) -> None:
    first = toolroom("enrol", "--from", photos, "--out", tmp_path / "out", "--json")
    again = toolroom("enrol", "--from", photos, "--out", tmp_path / "out", "--json")
    assert (len(first.json["stored"]), first.json["known"]) == (3, 0)
    assert (again.json["stored"], again.json["known"]) == ([], 3)
    assert {one["code"] for one in again.json["refused"]} == {"enrol.verdict.two_tools", "photo.not_an_image"}


def test_a_photo_of_the_empty_table_is_used_and_kept_as_a_background(
    toolroom: CommandLine, photos: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "table.png"
    save(empty, np.clip(table(seed=2), 0, 255))
    answer = toolroom("enrol", "--from", photos, "--out", tmp_path / "out", "--empty", empty)
    assert answer.code == 0
    assert "table.png" in [record.source for record in CutoutFolder(tmp_path / "out").backgrounds]


def test_nothing_stored_is_a_finding(toolroom: CommandLine, tmp_path: Path) -> None:
    save(tmp_path / "photos" / "wrench" / "1.png", np.clip(table(), 0, 255))
    answer = toolroom("enrol", "--from", tmp_path / "photos", "--out", tmp_path / "out")
    assert answer.code == 1
    assert "wrench" in answer.err


def test_a_missing_photo_of_the_empty_table_is_told(toolroom: CommandLine, photos: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.jpg"
    toolroom.refused(
        "photo.missing", "enrol", "--from", photos, "--out", tmp_path / "out", "--empty", nowhere, path=nowhere
    )


def test_a_folder_that_is_not_there_is_told(toolroom: CommandLine, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    toolroom.refused("enrol.no_folder", "enrol", "--from", nowhere, "--out", tmp_path / "out", path=nowhere)


@pytest.mark.parametrize("frame", ["1152", "0x5", "1152*832", "-3x4", "1152x832x3"])
def test_a_frame_that_is_no_size_is_told(toolroom: CommandLine, tmp_path: Path, frame: str) -> None:
    toolroom.refused(
        "cli.not_a_size", "enrol", "--from", tmp_path, "--out", tmp_path / "out", f"--frame={frame}", value=frame
    )


def test_a_damaged_list_of_cut_outs_is_told_before_anything_is_cut(
    toolroom: CommandLine, photos: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "cutouts.json").write_text(json.dumps({"format": 99}))
    toolroom.refused(
        "enrol.bad_cutout_list",
        "enrol",
        "--from",
        photos,
        "--out",
        tmp_path / "out",
        path=tmp_path / "out" / "cutouts.json",
    )


def test_every_verdict_has_its_sentence() -> None:
    from toolroom_desktop.services.enrolment import Verdict

    for language in LANGUAGES:
        texts = {Messages(language).text(f"enrol.verdict.{verdict.value}") for verdict in Verdict}
        assert len(texts) == len(Verdict)
