"""The kit trials as a whole: who knows the truth never passes wrongly, who sees everything always does."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.unit.training.evaluate_tables import (
    CLASSES,
    INFO,
    GreyBars,
    KnowsTheTruth,
    SeesEverything,
    write_dataset,
)
from toolroom_desktop.adapters.vision.other_looks import LooksAgain
from toolroom_desktop.config.messages import LANGUAGES, Language, Messages
from toolroom_desktop.config.paths import program_root
from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.looks import Look
from toolroom_desktop.domain.thresholds import Thresholds
from toolroom_desktop.services.vision_ports import Detector, Picture
from toolroom_desktop.training.evaluate.dataset import kit_photos, read_dataset
from toolroom_desktop.training.evaluate.files import HTML_FILE, JSON_FILE, TEXT_FILE, prepare_folder, write_reports
from toolroom_desktop.training.evaluate.measure import Stage, Task, chosen_photos, free_threads, measure
from toolroom_desktop.training.evaluate.plan import TrialKind
from toolroom_desktop.training.evaluate.report import Report, build_report, report_json
from toolroom_desktop.training.evaluate.sizes import LEAST_PHOTOS
from toolroom_desktop.training.evaluate.text_report import text_report
from toolroom_desktop.training.evaluate.words import Words

KIT = dict.fromkeys(CLASSES, 1)
TRIALS = 64
SCHEMA: dict[str, Any] = json.loads((program_root() / "docs" / "evaluation.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def silent(stage: Stage, done: int, total: int) -> None:
    """Progress that nobody follows."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two complete photos and one without the brace."""
    photos = {"one": CLASSES, "two": CLASSES, "no_brace": CLASSES[1:]}
    return write_dataset(tmp_path_factory.mktemp("tables") / "kit", photos)


def task(folder: Path, detector: Detector, *, trials: int = TRIALS, frames: int = 1) -> Task:
    dataset = read_dataset(folder)
    photos = kit_photos(dataset, KIT)
    return Task(detector, detector, dataset, KIT, photos, GreyBars(), trials, seed=3, frames=frames)


def report(work: Task, *, choose: bool = False) -> Report:
    measured = measure(work, silent)
    return build_report(
        work, measured, names=CLASSES, choose=choose, threads=1, thresholds=work.detector.info.thresholds
    )


@pytest.fixture(scope="module")
def truthful(folder: Path) -> Report:
    """The report on the model that is never wrong."""
    return report(task(folder, KnowsTheTruth()), choose=True)


@pytest.fixture(scope="module")
def gullible(folder: Path) -> Report:
    """The report on the model that sees everything everywhere."""
    return report(task(folder, SeesEverything()))


def test_who_knows_the_truth_has_no_false_pass_and_accepts_every_complete_kit(truthful: Report) -> None:
    kit = truthful.kit
    assert kit is not None
    assert kit.false_passes.of >= 40 and kit.first_pass.of >= 14
    assert kit.false_passes.count == 0
    assert kit.first_pass.value == 1.0
    assert kit.named.value == 1.0
    assert kit.counted.count == 0
    assert truthful.false_passes == 0


def test_a_tool_of_another_size_passes_until_the_complete_kits_have_said_how_large_each_is(tmp_path: Path) -> None:
    photos: dict[str, tuple[str, ...]] = {str(number): CLASSES for number in range(LEAST_PHOTOS)}
    work = task(write_dataset(tmp_path / "kit", photos), KnowsTheTruth(), trials=240)
    measured = measure(work, silent)
    before, after = (
        build_report(work, measured, names=CLASSES, choose=choose, threads=1, thresholds=Thresholds())
        for choose in (False, True)
    )
    assert before.kit is not None and after.kit is not None and after.choice is not None
    assert before.kit.sizes_overlooked.of >= 10
    assert before.kit.sizes_overlooked.value == 1.0
    assert set(after.choice.sizes) == set(CLASSES)
    assert after.kit.sizes_overlooked.count == 0
    assert after.kit.first_pass.value == 1.0
    VALIDATOR.validate(json.loads(json.dumps(report_json(after))))
    largest = max(after.choice.sizes.items(), key=lambda one: one[1].usual)[0]
    lines = text_report(after, Words(Messages("en"), {})).splitlines()
    learnt = lines[lines.index(Messages("en").text("evaluate.chosen_sizes")) + 1 :][: len(CLASSES)]
    assert sum(f"{largest}: 1.00 (" in line for line in learnt) == 1
    assert Messages("en").text("evaluate.chosen_sizes") not in text_report(before, Words(Messages("en"), {}))


class OverlooksAbove(KnowsTheTruth):
    """Never wrong, but that it overlooks a brace in the upper half of the picture."""

    def detect(self, picture: Picture) -> FrameResult:
        found = super().detect(picture)
        seen = [d for d in found.detections if d.class_name != "brace" or d.box.y1 + d.box.y2 > picture.height]
        return replace(found, detections=tuple(seen))


def test_a_kit_that_one_look_accepts_is_counted_as_accepted(folder: Path) -> None:
    once, again = (
        report(task(folder, detector)).kit
        for detector in (OverlooksAbove(), LooksAgain(OverlooksAbove(), [Look.TURNED]))
    )
    assert once is not None and again is not None
    assert once.first_pass.of >= 14 and once.first_pass.count < once.first_pass.of
    assert again.first_pass.count == again.first_pass.of == once.first_pass.of
    assert again.false_passes.count == 0 and again.false_passes.of >= 40


def test_a_look_that_believes_too_much_is_counted_as_a_false_pass(folder: Path) -> None:
    class Credulous(LooksAgain):
        def __init__(self) -> None:
            super().__init__(KnowsTheTruth(), [])
            self.other_looks = (SeesEverything(),)

    kit = report(task(folder, Credulous())).kit
    assert kit is not None
    (removed,) = (found for found in kit.kinds if found.kind is TrialKind.REMOVED)
    assert removed.success.value == 1.0 and removed.success.of >= 5
    assert kit.false_passes.count >= removed.success.of


def test_who_sees_everything_passes_every_incomplete_kit(gullible: Report) -> None:
    kit = gullible.kit
    assert kit is not None
    assert kit.false_passes.of >= 40
    assert kit.false_passes.value == 1.0
    assert all(share.value == 1.0 for share in kit.missed.values() if share.of)
    assert kit.foreign_overlooked.value == 1.0
    # and the photo as it was taken, on which the brace is really absent
    assert gullible.false_passes == kit.false_passes.count + 1


def test_the_boxes_are_measured_too(truthful: Report) -> None:
    assert truthful.boxes.pictures == 3
    assert truthful.boxes.tools == 11
    assert truthful.boxes.map50 == pytest.approx(0.995, abs=0.001)


def test_every_planned_trial_is_made_or_counted_as_not_made(truthful: Report) -> None:
    measured = truthful.measured
    assert measured.planned == TRIALS
    assert len(measured.results) + sum(measured.not_made.values()) == TRIALS
    assert len(measured.results) > 0.9 * TRIALS
    assert {result.trial.kind for result in measured.results} == set(TrialKind)


def test_a_foreign_thing_that_is_not_seen_is_overlooked_but_no_false_pass(truthful: Report) -> None:
    kit = truthful.kit
    assert kit is not None
    assert kit.foreign_overlooked.value == 1.0
    assert kit.false_passes.count == 0


def test_the_chosen_thresholds_keep_the_promise(truthful: Report) -> None:
    choice = truthful.choice
    assert choice is not None
    assert (choice.false_passes.count, choice.first_pass.value) == (0, 1.0)
    assert (choice.checked_false_passes.count, choice.checked_first_pass.value) == (0, 1.0)
    assert all(accept <= 0.9 for accept in choice.accept.values())


def test_an_inspection_of_several_frames_looks_at_each(folder: Path) -> None:
    detector = KnowsTheTruth()
    measured = measure(task(folder, detector, trials=10, frames=3), silent)
    assert all(len(result.frames) == 3 for result in measured.results)
    assert detector.looked == 3 + 3 * len(measured.results)


def test_progress_runs_from_the_photos_to_the_last_trial(folder: Path) -> None:
    told: list[tuple[Stage, int, int]] = []
    measure(task(folder, SeesEverything(), trials=8), lambda *step: told.append(step))
    assert told[0] == (Stage.PHOTOS, 0, 3)
    assert told[-1] == (Stage.TRIALS, 8, 8)
    assert [stage for stage, _, _ in told] == sorted((stage for stage, _, _ in told), key=list(Stage).index)


class InterruptedAt(SeesEverything):
    """`Detector` during whose n-th look the person at the keyboard presses Ctrl+C."""

    def __init__(self, look: int) -> None:
        super().__init__(INFO)
        self.left = look

    def detect(self, picture: Picture) -> FrameResult:
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt
        return super().detect(picture)


@pytest.mark.parametrize(("look", "made"), [(2, 0), (9, 5)])
def test_an_interrupted_evaluation_reports_what_it_has_and_says_so(folder: Path, look: int, made: int) -> None:
    found = report(task(folder, InterruptedAt(look)), choose=True)
    assert found.measured.partial
    assert len(found.measured.results) == made
    assert report_json(found)["partial"] is True
    text = text_report(found, Words(Messages("en"), {}))
    assert "PARTIAL" in text
    VALIDATOR.validate(report_json(found))


def test_of_very_many_complete_photos_as_many_are_used_as_the_trials_are_worth(folder: Path) -> None:
    photos = kit_photos(read_dataset(folder), KIT) * 50
    assert len(chosen_photos(photos, 400, 1)) == 20
    assert chosen_photos(photos, 1_000_000, 1) == photos
    assert len(chosen_photos(photos, 5, 1)) == 1


def test_without_a_complete_photo_there_are_boxes_and_no_trials(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "kit", {"no_brace": CLASSES[1:]})
    found = report(task(folder, KnowsTheTruth()), choose=True)
    assert (found.kit, found.choice) == (None, None)
    assert found.boxes.tools == 3
    assert report_json(found)["kit_trials"] is None
    VALIDATOR.validate(report_json(found))


def test_at_least_one_thread_is_free() -> None:
    assert free_threads() >= 1


# --- the reports ----------------------------------------------------------------------------------------------------


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert VALIDATOR.is_valid({}) is False


def test_the_json_is_what_the_schema_says(truthful: Report, gullible: Report) -> None:
    for found in (truthful, gullible):
        VALIDATOR.validate(json.loads(json.dumps(report_json(found))))


def test_the_json_lists_every_false_pass(gullible: Report) -> None:
    assert gullible.kit is not None
    cases = report_json(gullible)["kit_trials"]["cases"]
    wrong = [case for case in cases if case["kind"] not in ("complete", "foreign_added", "other_size")]
    assert len(wrong) == gullible.kit.false_passes.count
    assert all(case["status"] == "success" and case["absent"] for case in wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_alone_and_shows_what_went_wrong(gullible: Report, tmp_path: Path, language: Language) -> None:
    names = {name: f"<{name}>" for name in CLASSES}
    write_reports(tmp_path / "отчёт", gullible, Words(Messages(language), names))
    page = (tmp_path / "отчёт" / HTML_FILE).read_text(encoding="utf-8")
    sources = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert len(sources) >= 20
    assert all(source.startswith("data:image/jpeg;base64,") for source in sources)
    for heading in ("evaluate.html.overlooked", "evaluate.html.sizes_overlooked"):
        pictured = page.split(f"<h2>{escape(Messages(language).text(heading))}</h2>")[1].split("<h2>")[0]
        assert "<img" in pictured
    assert "&lt;brace&gt;" in page and "<brace>" not in page
    assert page.index('class="cards"') < page.index('<figure class="bad">') < page.index("<th>AP50-95</th>")
    assert page.count('<figure class="bad">') == 25
    assert (tmp_path / "отчёт" / TEXT_FILE).read_text(encoding="utf-8").startswith(("Model", "Модель"))
    assert json.loads((tmp_path / "отчёт" / JSON_FILE).read_text(encoding="utf-8"))["partial"] is False


def test_the_page_of_a_good_model_says_that_there_was_no_false_pass(truthful: Report, tmp_path: Path) -> None:
    words = Words(Messages("en"), {})
    write_reports(tmp_path, truthful, words)
    page = (tmp_path / HTML_FILE).read_text(encoding="utf-8")
    assert words.text("evaluate.html.no_false_pass") in page
    assert '<figure class="bad">' not in page


def test_a_folder_that_cannot_be_written_to_is_told_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        prepare_folder(tmp_path / "file" / "report")
    assert caught.value.code == "evaluate.not_writable"


def test_preparing_a_folder_leaves_nothing_in_it(tmp_path: Path) -> None:
    prepare_folder(tmp_path / "report")
    assert list((tmp_path / "report").iterdir()) == []
