"""`toolroom review`: what the counter taught, listed and exported as the beginning of a dataset."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from tests.command_line import TOOLKIT, CommandLine
from tests.fakes import HandClock
from tests.ui.station import SCREWDRIVERS, Bench, open_bench, record, seen, table_picture
from toolroom_desktop.adapters.files import review_dataset
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.config.messages import LANGUAGES
from toolroom_desktop.config.paths import resource
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.vision_ports import Picture

CLASSES = tuple(REFERENCE_TOOLKIT.expected)


class Counter:
    """A station at which people count."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock()
        self.bench: Bench = open_bench(folder, self.clock)
        self.picture: Picture = table_picture(self.bench)
        self.type = OperationType.CHECKOUT

    def judge(self, *, counts: dict[str, Count] | None = None, **lies: Any) -> Operation:
        """An operation over a table on which the model sees this and a person finds that; the next one ends it."""
        self.clock.advance(300)
        frame = seen(REFERENCE_TOOLKIT, size=(self.picture.width, self.picture.height), **lies)
        done = record(self.bench.app, self.type, frame=frame, counts=counts, picture=self.picture)
        self.type = OperationType.CHECKIN if self.type is OperationType.CHECKOUT else OperationType.CHECKOUT
        return done


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "станция")
    yield made
    made.bench.app.close()


def toolroom(counter: Counter) -> CommandLine:
    """The command line beside the station, when what was offered to the review folder is there."""
    assert counter.bench.app.review is not None
    counter.bench.app.review.close()
    return CommandLine(counter.bench.folder)


def images(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.rglob("*.jpg"))


def test_nothing_was_judged_otherwise_yet(counter: Counter) -> None:
    counter.judge()
    command = toolroom(counter)
    assert "Nothing lies in" in command("review", "list").out
    assert command("review", "list", "--json").json == []
    command.refused("review.empty", "review", "export", "--out", counter.bench.folder / "набор")
    assert not (counter.bench.folder / "набор").exists()


def test_the_list_says_what_the_model_got_wrong(counter: Counter) -> None:
    done = counter.judge(missing=("brace",), unsure=("pliers",), counts={"side_cutters": Count.MISSING})
    answer = toolroom(counter)("review", "list", language="ru")
    assert answer.code == 0
    assert "не узнано: Коловорот; показалось: Бокорезы; под вопросом: Пассатижи" in answer.out
    assert f"2026-05-04_{done.operation_id}" in answer.out
    assert done.person_name in answer.out
    english = CommandLine(counter.bench.folder)("review", "list")
    assert "not recognised: Brace; seen in vain: Side cutters; unsure: Pliers" in english.out
    [case] = CommandLine(counter.bench.folder)("review", "list", "--json").json
    assert case["result"]["operation"]["id"] == str(done.operation_id)


def test_a_doubt_that_the_count_confirms_is_exported_ready_to_learn_from(counter: Counter, tmp_path: Path) -> None:
    done = counter.judge(unsure=("pliers",))
    out = tmp_path / "наборы" / "первый"
    answer = toolroom(counter)("review", "export", "--out", out)
    assert answer.code == 0, answer.err
    assert "1 ready" in answer.out
    assert "to_draw" not in answer.out
    config = yaml.safe_load((out / "data.yaml").read_text(encoding="utf-8"))
    assert config == {"path": ".", "train": "images/train", "val": "images/val", "names": list(CLASSES)}
    [image] = [path for split in ("train", "val") for path in (out / "images" / split).iterdir()]
    assert image.name == f"2026-05-04_{done.operation_id}.jpg"
    assert image.read_bytes() == counter.bench.app.operations.photo(done.photos.clean)
    lines = (out / "labels" / image.parent.name / f"{image.stem}.txt").read_text().splitlines()
    assert [int(line.split()[0]) for line in lines] == list(range(11))
    for line, position in zip(lines, done.result["positions"], strict=True):
        _, x, y, width, height = (float(number) for number in line.split())
        x1, y1, x2, y2 = position["box"]
        size = done.result["image"]
        assert (x, y) == pytest.approx(((x1 + x2) / 2 / size["width"], (y1 + y2) / 2 / size["height"]), abs=1e-5)
        assert (width, height) == pytest.approx(((x2 - x1) / size["width"], (y2 - y1) / size["height"]), abs=1e-5)
    assert images(out / "unfinished") == []
    assert "every photo is ready" in (out / "to_draw.txt").read_text(encoding="utf-8-sig")
    sheet = cv2.imdecode(np.frombuffer((out / "contact.jpg").read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert sheet is not None and sheet.shape[:2] == (360, 480)


def test_what_lacks_a_box_lies_apart_with_the_list_of_what_to_do(counter: Counter, tmp_path: Path) -> None:
    counter.bench.confuse(SCREWDRIVERS)
    done = counter.judge(missing=("brace",), extra=("pliers",), counts={"side_cutters": Count.WRONG})
    out = tmp_path / "out"
    answer = toolroom(counter)("review", "export", "--out", out, language="ru")
    assert "доделать вручную 1" in answer.out
    assert images(out / "images") == []
    [name] = images(out / "unfinished")
    assert name == f"2026-05-04_{done.operation_id}"
    [labels] = (out / "unfinished" / "labels").rglob("*.txt")
    drawn = {CLASSES[int(line.split()[0])] for line in labels.read_text().splitlines()}
    assert drawn == set(CLASSES) - {"brace", "side_cutters"}
    text = (out / "to_draw.txt").read_text(encoding="utf-8-sig")
    assert f"unfinished/images/{labels.parent.name}/{name}.jpg" in text
    assert "нарисовать: Коловорот (brace), если он виден на снимке" in text
    assert "по пересчёту нет или не тот, но модель видела: Бокорезы (side_cutters) (точки " in text
    assert "модель видела лишнее: Пассатижи (pliers) (точки " in text
    assert text.count("проверить имя рамки: Отвёртка") == 3
    left = json.loads((out / "dataset.json").read_text(encoding="utf-8"))["photos"][0]["left_to_do"]
    assert sorted(entry["task"] for entry in left) == ["draw", "extra", "look", "name", "name", "name"]


def test_names_of_people_stay_in_the_review_folder(counter: Counter, tmp_path: Path) -> None:
    done = counter.judge(missing=("brace",))
    out = tmp_path / "out"
    toolroom(counter)("review", "export", "--out", out)
    for path in out.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert done.person_name.encode() not in content, path.name
            assert done.person_badge.encode() not in content, path.name
    photo = json.loads((out / "dataset.json").read_text(encoding="utf-8"))["photos"][0]
    assert (photo["operation"], photo["kit"]) == (str(done.operation_id), "K-014")
    assert photo["model"] == {"name": done.model_name, "sha256": done.model_sha256}


def test_several_operations_share_their_classes_and_one_day_of_a_kit_stays_together(
    counter: Counter, tmp_path: Path
) -> None:
    for _ in range(3):
        counter.judge(unsure=("pliers",))
    out = tmp_path / "out"
    toolroom(counter)("review", "export", "--out", out)
    sides = {path.parent.name for path in (out / "images").rglob("*.jpg")}
    assert len(images(out / "images")) == 3
    assert len(sides) == 1


def test_a_folder_that_is_not_empty_is_left_alone(counter: Counter, tmp_path: Path) -> None:
    counter.judge(missing=("brace",))
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("x")
    toolroom(counter).refused("review.out_not_empty", "review", "export", "--out", out, path=out)
    assert [path.name for path in tmp_path.glob("*out*")] == ["out"]
    assert [path.name for path in out.iterdir()] == ["mine.txt"]
    (out / "mine.txt").unlink()
    assert CommandLine(counter.bench.folder)("review", "export", "--out", out).code == 0


def test_a_disk_that_fills_up_leaves_no_half_dataset(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.judge(missing=("brace",))
    command = toolroom(counter)

    def full(path: Path, content: bytes) -> None:
        if path.name == "contact.jpg":
            raise OSError(28, "No space left on device", str(path))
        path.write_bytes(content)

    monkeypatch.setattr(review_dataset, "_write", full)
    command.refused("review.disk_full", "review", "export", "--out", tmp_path / "sets" / "out")
    assert list((tmp_path / "sets").iterdir()) == []


def test_a_damaged_case_is_named_and_the_others_go_on(counter: Counter, tmp_path: Path) -> None:
    for _ in range(2):
        counter.judge(missing=("brace",))
    command = toolroom(counter)
    first = sorted((counter.bench.folder / "review").iterdir())[0]
    (first / "result.json").write_text("{}", encoding="utf-8")
    for language in LANGUAGES:
        answer = command("review", "list", "--json", language=language)
        assert (answer.code, len(answer.json)) == (0, 1)
        assert first.name in answer.err
    answer = command("review", "export", "--out", tmp_path / "out")
    assert (answer.code, len(images(tmp_path / "out" / "unfinished"))) == (0, 1)
    assert first.name in answer.err


def test_the_settings_say_where_and_whether(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    settings = "[learning]\nkeep_for_review = false\nreview_folder = 'мой разбор'\n"
    (data / "settings.toml").write_text(settings, encoding="utf-8")
    answer = CommandLine(data)("review", "list")
    assert str(data / "мой разбор") in answer.out
    assert "switched off" in answer.err


def test_the_command_line_cannot_count_and_therefore_keeps_nothing(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = counter.bench.folder

    def need_no_calibration(uow: UnitOfWork) -> None:
        # The bench lives in another year than the command line.
        for tool in uow.tools.in_kit("K-014"):
            uow.tools.save(replace(tool, calibration_due=None))

    counter.bench.app.database.write(need_no_calibration)
    counter.bench.app.close()
    monkeypatch.setenv("TOOLROOM_PIN", "246810")
    photo = resource("demo", "tables", "05_no_side_cutters.jpg")
    answer = CommandLine(folder)(
        "check", photo, "--toolkit", TOOLKIT, "--kit", "K-014", "--record", "--badge", "DEMO-TECH", "--json"
    )
    assert answer.json["operation"]["count_owed"] is (answer.code != 0)
    assert not (folder / "review").exists()
