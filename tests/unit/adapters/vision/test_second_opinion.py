"""A second network is shown each found tool alone: what it doubts, a person looks at."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.unit.adapters.vision.pictures import DATA
from toolroom_desktop.adapters.vision.detector import load_detector, load_unmanifested
from toolroom_desktop.adapters.vision.letterbox import FILL
from toolroom_desktop.adapters.vision.looks import ready_to_look
from toolroom_desktop.adapters.vision.manifest import read_manifest, write_manifest
from toolroom_desktop.adapters.vision.opinion import KEY, Opinion, opinion_in, packed
from toolroom_desktop.adapters.vision.pieces import piece_of
from toolroom_desktop.adapters.vision.second_opinion import SURE, SecondOpinion
from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.errors import BadModel
from toolroom_desktop.domain.inspection import PositionState, Status, UnsureReason, inspect
from toolroom_desktop.domain.objects import objects_of
from toolroom_desktop.domain.thresholds import LookAlikeGroup, ModelKnowledge, Thresholds
from toolroom_desktop.services.vision_ports import ModelInfo, Picture

NAMES = ("hammer", "pliers", "wrench", "brace", "file")
OPINION = (DATA / "opinion.onnx").read_bytes()
RED, GREEN, GREY = (0, 0, 255), (0, 255, 0), (114, 114, 114)
"""BGR; to the small network of these tests red is a hammer, green are pliers, and grey is no tool of the kit."""
KNOWLEDGE = ModelKnowledge("fake", "0" * 64, frozenset(NAMES))
ALIKE = LookAlikeGroup(frozenset({"hammer", "pliers"}), 0.6)
THRESHOLDS = Thresholds(review=0.25, accept=0.5)
LEFT, RIGHT = Box(40, 40, 140, 140), Box(240, 40, 340, 140)


def table(left: tuple[int, int, int], right: tuple[int, int, int]) -> Picture:
    pixels = np.full((200, 400, 3), FILL, np.uint8)
    pixels[20:160, 20:160], pixels[20:160, 220:360] = left, right
    return Picture(pixels)


class Sees:
    """A detector that sees what it is told to."""

    def __init__(self, *detections: Detection, alike: LookAlikeGroup | None = None) -> None:
        self.detections = detections
        knowledge = replace(KNOWLEDGE, look_alikes=(alike,) if alike else ())
        self.info = ModelInfo(knowledge, "1", (64, 64), THRESHOLDS, {n: n for n in NAMES}, {n: n for n in NAMES})
        self.opinion = Opinion(OPINION, "opinion.onnx")

    def detect(self, picture: Picture) -> FrameResult:
        return FrameResult(self.detections, picture.width, picture.height)

    def look(self, pixels: NDArray[np.uint8]) -> tuple[Detection, ...]:
        raise AssertionError("the frame is looked at once")


def judged(picture: Picture, *detections: Detection) -> FrameResult:
    detector = Sees(*detections)
    return SecondOpinion(detector, detector.opinion).detect(picture)


def decided(frame: FrameResult) -> Any:
    return inspect({"hammer": 1, "pliers": 1}, [frame], THRESHOLDS, KNOWLEDGE)


HAMMER, PLIERS = Detection("hammer", 0.9, LEFT), Detection("pliers", 0.8, RIGHT)
ACROSS = Detection("pliers", 0.8, Box(70, 40, 170, 140))
"""It overlaps the hammer by a half."""


def test_what_both_networks_say_is_believed_no_more_than_both_believe_it() -> None:
    frame = judged(table(RED, GREEN), HAMMER, PLIERS)
    assert decided(frame).status is Status.SUCCESS
    assert {d.class_name: d.confidence for d in frame.detections}["hammer"] <= 0.9
    faint = judged(table((90, 90, 160), GREEN), HAMMER, PLIERS)
    sure = {d.class_name: d.confidence for d in faint.detections}
    assert sure["hammer"] < 0.9
    assert sure["pliers"] == pytest.approx(0.8, abs=0.01)


def test_a_label_that_the_second_network_gives_to_another_tool_is_for_a_person_to_look_at() -> None:
    inspection = decided(judged(table(GREEN, GREEN), HAMMER, PLIERS))
    assert inspection.status is Status.MANUAL_CHECK
    (hammer,) = (p for p in inspection.positions if p.tool_class == "hammer")
    assert hammer.state is PositionState.UNSURE
    assert UnsureReason.TWO_LABELS in hammer.reasons


def test_a_foreign_thing_is_never_taken_for_a_tool_of_the_kit() -> None:
    inspection = decided(judged(table(RED, GREY), HAMMER, PLIERS))
    assert inspection.status is Status.MANUAL_CHECK
    (pliers,) = (p for p in inspection.positions if p.tool_class == "pliers")
    assert pliers.state is PositionState.UNSURE
    assert pliers.reasons == {UnsureReason.LOW_CONFIDENCE}


def test_two_labels_on_one_tool_are_settled_where_the_second_network_knows_which() -> None:
    doubt = Detection("pliers", 0.6, LEFT)
    first = FrameResult((HAMMER, doubt, PLIERS), 400, 200)
    assert any(seen.two_labels for seen in objects_of(first.detections, THRESHOLDS))
    frame = judged(table(RED, GREEN), HAMMER, doubt, PLIERS)
    assert not any(seen.two_labels for seen in objects_of(frame.detections, THRESHOLDS))
    assert decided(frame).status is Status.SUCCESS


@pytest.mark.parametrize("colour", [RED, GREEN, GREY])
def test_of_two_tools_that_lie_crosswise_neither_vanishes(colour: tuple[int, int, int]) -> None:
    assert len(objects_of((HAMMER, ACROSS), THRESHOLDS)) == 1
    inspection = decided(judged(table(colour, GREY), HAMMER, ACROSS))
    assert {p.tool_class: p.state for p in inspection.positions} == {
        "hammer": PositionState.UNSURE,
        "pliers": PositionState.UNSURE,
    }


def test_what_no_decision_looks_at_stays_as_it_was_seen() -> None:
    hint = Detection("wrench", 0.1, Box(0, 0, 15, 15))
    assert hint in judged(table(RED, GREEN), HAMMER, hint).detections


def test_an_empty_table_needs_no_opinion() -> None:
    assert judged(table(GREY, GREY)).detections == ()


SHARES = st.lists(st.floats(0.0, 1.0, allow_nan=False), min_size=6, max_size=6).filter(lambda row: sum(row) > 0.01)


class Says:
    """A second network that answers what it is told to."""

    names = NAMES

    def __init__(self, row: list[float]) -> None:
        self._row = np.array(row, np.float32) / np.float32(sum(row))

    def of(self, pixels: NDArray[np.uint8], boxes: list[Box]) -> NDArray[np.float32]:
        return np.stack([self._row for _ in boxes]) if boxes else np.zeros((0, 6), np.float32)


@given(labels=st.dictionaries(st.sampled_from(NAMES), st.floats(0.01, 1.0, allow_nan=False), min_size=1), row=SHARES)
def test_outside_look_alikes_it_never_adds_a_tool_nor_makes_a_label_surer(
    labels: dict[str, float], row: list[float]
) -> None:
    detector = Sees(*(Detection(name, sure, LEFT) for name, sure in labels.items()))
    before = objects_of(detector.detections, THRESHOLDS)
    frame = SecondOpinion(detector, Says(row)).detect(table(RED, RED))  # type: ignore[arg-type]
    after = objects_of(frame.detections, THRESHOLDS)
    assert len(after) == len(before)
    for seen in after:
        # A label may take the detector's place only as one that a person is asked about.
        assert seen.confidence <= max(labels.get(seen.tool_class, 0.0), THRESHOLDS.review + 0.01)
        if seen.confidence >= THRESHOLDS.accept and not seen.two_labels:
            assert seen.tool_class in labels


@given(labels=st.dictionaries(st.sampled_from(NAMES), st.floats(0.01, 1.0, allow_nan=False), min_size=1), row=SHARES)
def test_among_look_alikes_it_never_adds_a_tool_and_names_none_that_nobody_thought_of(
    labels: dict[str, float], row: list[float]
) -> None:
    detector = Sees(*(Detection(name, sure, LEFT) for name, sure in labels.items()), alike=ALIKE)
    before = objects_of(detector.detections, THRESHOLDS)
    frame = SecondOpinion(detector, Says(row)).detect(table(RED, RED))  # type: ignore[arg-type]
    after = objects_of(frame.detections, THRESHOLDS)
    assert len(after) == len(before)
    for seen in after:
        if seen.confidence < THRESHOLDS.accept or seen.two_labels:
            continue
        if seen.tool_class in ALIKE.classes and before[0].plausible <= ALIKE.classes:
            assert seen.tool_class in labels or seen.confidence >= SURE - 1e-6
        else:
            assert seen.confidence <= labels[seen.tool_class]


def test_a_label_is_doubted_wherever_something_else_is_likelier_however_little() -> None:
    nearly = [0.48, 0.0, 0.0, 0.0, 0.0, 0.52]  # a hammer, or none of the kit
    frame = SecondOpinion(Sees(HAMMER), Says(nearly)).detect(table(RED, GREY))  # type: ignore[arg-type]
    (hammer,) = frame.detections
    assert hammer.confidence < 0.3


def alike(row: list[float], *labels: tuple[str, float]) -> dict[str, float]:
    """The labels of one object where hammer and pliers look alike, after a second network that says `row`."""
    detector = Sees(*(Detection(name, sure, LEFT) for name, sure in labels), alike=ALIKE)
    frame = SecondOpinion(detector, Says(row)).detect(table(RED, GREY))  # type: ignore[arg-type]
    return {found.class_name: found.confidence for found in frame.detections}


def test_among_look_alikes_the_second_network_overrules_where_it_is_sure() -> None:
    sure = [0.04, 0.9, 0.02, 0.02, 0.01, 0.01]
    assert alike(sure, ("hammer", 0.9)) == {"pliers": pytest.approx(0.9)}
    assert alike(sure, ("hammer", 0.9), ("pliers", 0.4)) == {"pliers": pytest.approx(0.9)}
    # What may be a tool of another kind as well is believed no more than both believe it, as ever.
    assert alike(sure, ("pliers", 0.4), ("wrench", 0.3)) == {"pliers": pytest.approx(0.4)}


def test_what_both_name_among_look_alikes_is_believed_as_the_second_network_believes_it() -> None:
    sure = [0.9, 0.04, 0.02, 0.02, 0.01, 0.01]
    assert alike(sure, ("hammer", 0.4)) == {"hammer": pytest.approx(0.9)}
    assert alike(sure, ("hammer", 0.5), ("pliers", 0.4)) == {"hammer": pytest.approx(0.9)}
    # Less sure of it than the detector, it is believed all the same.
    less = [0.5, 0.3, 0.05, 0.05, 0.05, 0.05]
    assert alike(less, ("hammer", 0.9)) == {"hammer": pytest.approx(0.5)}
    # Of a tool that looks like no other both have to be sure, and of a place that two kinds of tools may be as well.
    assert alike([0.02, 0.02, 0.9, 0.02, 0.02, 0.02], ("wrench", 0.4)) == {"wrench": pytest.approx(0.4)}
    assert alike(sure, ("hammer", 0.5), ("wrench", 0.4)) == {"hammer": pytest.approx(0.5)}


def test_among_look_alikes_a_person_looks_where_the_second_network_is_not_sure() -> None:
    rest = (1 - SURE + 0.01) / 5
    unsure = alike([rest, SURE - 0.01, rest, rest, rest, rest], ("hammer", 0.9))
    assert set(unsure) == {"hammer", "pliers"}
    assert max(unsure.values()) < THRESHOLDS.review + 0.02


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ([0.0, 0.0, 1.0, 0.0, 0.0, 0.0], "hammer"),
        ([0.0, 0.0, 0.0, 0.0, 0.0, 1.0], "hammer"),
        ([0.0, 1.0, 0.0, 0.0, 0.0, 0.0], "wrench"),
    ],
)
def test_nothing_is_overruled_that_does_not_look_alike(row: list[float], label: str) -> None:
    assert max(alike(row, (label, 0.9)).values()) < THRESHOLDS.review + 0.02


A_HAMMER, SOME_PLIERS = [0.95, 0.01, 0.01, 0.01, 0.01, 0.01], [0.01, 0.95, 0.01, 0.01, 0.01, 0.01]
NEARLY_PLIERS = [0.05, SURE - 0.01, 0.03, 0.03, 0.02, 0.02]
A_WRENCH = [0.01, 0.01, 0.95, 0.01, 0.01, 0.01]


class SaysOf:
    """A second network that answers by box."""

    names = NAMES

    def __init__(self, answers: dict[Box, list[float]]) -> None:
        self._answers = answers

    def of(self, pixels: NDArray[np.uint8], boxes: list[Box]) -> NDArray[np.float32]:
        return np.array([self._answers[box] for box in boxes], np.float32).reshape(len(boxes), len(NAMES) + 1)


def crosswise(
    hammer: list[float], pliers: list[float], *more: Detection, group: LookAlikeGroup | None = None
) -> FrameResult:
    detections = (HAMMER, ACROSS, *more)
    assert len(objects_of(detections, THRESHOLDS)) == 1
    answers = {HAMMER.box: hammer, ACROSS.box: pliers} | {d.box: A_HAMMER for d in more}
    detector = Sees(*detections, alike=group)
    return SecondOpinion(detector, SaysOf(answers)).detect(table(RED, GREY))  # type: ignore[arg-type]


def test_two_tools_that_lie_crosswise_are_two_where_the_second_network_surely_sees_both() -> None:
    frame = crosswise(A_HAMMER, SOME_PLIERS)
    assert decided(frame).status is Status.SUCCESS
    assert {d.class_name: (d.confidence, d.box) for d in frame.detections} == {
        "hammer": (0.9, HAMMER.box),
        "pliers": (0.8, ACROSS.box),
    }
    # Which of its look-alikes each of them is, the second network sees best.
    frame = crosswise(A_HAMMER, SOME_PLIERS, group=ALIKE)
    assert {d.class_name: d.confidence for d in frame.detections} == {
        "hammer": pytest.approx(0.95),
        "pliers": pytest.approx(0.95),
    }


@pytest.mark.parametrize(
    ("hammer", "pliers"),
    [(A_HAMMER, NEARLY_PLIERS), (A_HAMMER, A_HAMMER), (SOME_PLIERS, SOME_PLIERS), (SOME_PLIERS, A_HAMMER)],
)
def test_crosswise_tools_stay_one_object_where_it_does_not(hammer: list[float], pliers: list[float]) -> None:
    (seen,) = objects_of(crosswise(hammer, pliers).detections, THRESHOLDS)
    assert seen.two_labels
    assert seen.confidence < THRESHOLDS.review + 0.02


def test_three_labels_in_a_heap_are_for_a_person() -> None:
    (seen,) = objects_of(crosswise(A_HAMMER, SOME_PLIERS, Detection("brace", 0.5, LEFT)).detections, THRESHOLDS)
    assert seen.two_labels


def test_a_third_tool_of_a_class_that_lies_among_two_does_not_vanish() -> None:
    another = Detection("hammer", 0.6, Box(105, 40, 205, 140))
    (seen,) = objects_of(crosswise(A_HAMMER, SOME_PLIERS, another).detections, THRESHOLDS)
    assert seen.two_labels
    # A second box on the place of one of the two is none.
    same = Detection("hammer", 0.6, Box(42, 40, 142, 140))
    assert len(objects_of(crosswise(A_HAMMER, SOME_PLIERS, same).detections, THRESHOLDS)) == 2


def test_of_look_alikes_at_one_of_two_places_the_second_network_says_which_lies_there() -> None:
    wrench = Detection("wrench", 0.9, ACROSS.box)
    doubt = Detection("pliers", 0.95, Box(42, 40, 142, 140))
    sees = Sees(HAMMER, doubt, wrench, alike=ALIKE)
    assert len(objects_of(sees.detections, THRESHOLDS)) == 1
    answers = {doubt.box: A_HAMMER, HAMMER.box: A_HAMMER, wrench.box: A_WRENCH}
    frame = SecondOpinion(sees, SaysOf(answers)).detect(table(RED, GREY))  # type: ignore[arg-type]
    assert {d.class_name: d.box for d in frame.detections} == {"hammer": doubt.box, "wrench": wrench.box}
    assert len(objects_of(frame.detections, THRESHOLDS)) == 2
    # One that nobody saw there is no name for it, nor is one of which it is not sure.
    for at_place in (A_WRENCH, [0.80, 0.15, 0.0, 0.0, 0.05, 0.0]):
        doubted = SaysOf(answers | {doubt.box: at_place})
        (seen,) = objects_of(SecondOpinion(sees, doubted).detect(table(RED, GREY)).detections, THRESHOLDS)  # type: ignore[arg-type]
        assert seen.two_labels


def test_two_labels_on_one_place_are_never_two_tools() -> None:
    beside = Detection("pliers", 0.8, Box(45, 40, 145, 140))
    answers = {HAMMER.box: A_HAMMER, beside.box: SOME_PLIERS}
    frame = SecondOpinion(Sees(HAMMER, beside), SaysOf(answers)).detect(table(RED, GREY))  # type: ignore[arg-type]
    assert [d.class_name for d in frame.detections] == ["hammer"]


def test_tools_that_lie_crosswise_are_not_overruled() -> None:
    detector = Sees(HAMMER, ACROSS, alike=ALIKE)
    frame = SecondOpinion(detector, Says([0.0, 1.0, 0.0, 0.0, 0.0, 0.0])).detect(table(RED, GREY))  # type: ignore[arg-type]
    (seen,) = objects_of(frame.detections, THRESHOLDS)
    assert seen.two_labels


def test_a_piece_shows_its_tool_and_nothing_beside_it() -> None:
    pixels = np.zeros((300, 400, 3), np.uint8)
    pixels[100:140, 100:300] = 255
    pixels[200:, :] = 50  # a neighbour
    piece = piece_of(pixels, Box(100, 100, 300, 140), 64)
    assert piece.shape == (64, 64, 3)
    assert not (piece == 50).any()
    assert (piece[0] == FILL).all() and (piece[-1] == FILL).all(), "grey above and below what is longer than high"
    assert (piece[32] == 255).sum() > 3 * 50


def test_a_box_at_the_edge_or_outside_gives_a_piece_too() -> None:
    pixels = np.full((100, 100, 3), 200, np.uint8)
    assert (piece_of(pixels, Box(-20, -20, 40, 60), 32) == 200).any()
    assert (piece_of(pixels, Box(150, 150, 180, 170), 32) == FILL).all()


def refused(**texts: str) -> str:
    with pytest.raises(BadModel) as caught:
        opinion_in(texts, "m.onnx")
    return caught.value.code


def test_a_second_network_that_cannot_be_used_is_refused_in_words() -> None:
    assert opinion_in({}, "m.onnx") is None
    assert refused(second_opinion="not base64!") == "model.opinion_damaged"
    assert refused(second_opinion=packed(b"no network")) == "model.not_onnx"
    assert refused(second_opinion=packed(OPINION[:-40])) in {"model.not_onnx", "model.cannot_run"}
    for name in ("opinion_of_another_task", "opinion_with_a_column_too_few"):
        assert refused(second_opinion=packed((DATA / f"{name}.onnx").read_bytes())) == "model.opinion_damaged"


def with_opinion(folder: Path, **changes: object) -> Path:
    """The shipped manner: a detector whose metadata hold the second network, and a manifest that asks for it."""
    content = (DATA / "rectangular.onnx").read_bytes()
    # A field of the ONNX file is added by appending it: metadata_props is field 14, an entry has key and value.
    key, value = KEY.encode(), packed(OPINION).encode()
    entry = b"\x0a" + varint(len(key)) + key + b"\x12" + varint(len(value)) + value
    model = folder / "tiny.onnx"
    model.write_bytes(content + b"\x72" + varint(len(entry)) + entry)
    told = {
        "name": "tiny",
        "version": "3",
        "file": "tiny.onnx",
        "sha256": load_unmanifested(model).info.knowledge.sha256,
        "licence": "AGPL-3.0",
        "classes": [{"name": n, "ru": n, "en": n} for n in NAMES],
        "look_alikes": [],
        "input_size": [96, 128],
        "thresholds": {"review": 0.3, "accept": 0.6},
        "training_data": [],
        "training": "none",
        "quality": [],
        "limits": [],
        "second_opinion": True,
    }
    path = folder / "tiny.json"
    path.write_text(json.dumps({k: v for k, v in (told | changes).items() if v is not None}), encoding="utf-8")
    return path


def varint(number: int) -> bytes:
    digits = bytearray()
    while number > 0x7F:
        digits.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*digits, number])


def test_a_manifest_that_asks_for_it_makes_the_station_ask_the_second_network(tmp_path: Path) -> None:
    detector = load_detector(with_opinion(tmp_path))
    assert detector.info.second_opinion
    ready = ready_to_look(detector)
    assert isinstance(ready, SecondOpinion)
    assert ready.detect(Picture(np.full((96, 128, 3), 90, np.uint8))).width == 128
    unasked = load_detector(with_opinion(tmp_path, second_opinion=None))
    assert unasked.opinion is None
    assert ready_to_look(unasked) is unasked


def test_a_manifest_that_asks_for_what_the_model_does_not_hold_is_refused(tmp_path: Path) -> None:
    path = with_opinion(tmp_path)
    shutil.copy(DATA / "rectangular.onnx", tmp_path / "tiny.onnx")
    manifest = read_manifest(path)
    sha256 = load_unmanifested(tmp_path / "tiny.onnx").info.knowledge.sha256
    write_manifest(path, manifest.model_copy(update={"sha256": sha256}))
    with pytest.raises(BadModel) as caught:
        load_detector(path)
    assert caught.value.code == "model.opinion_missing"


def test_a_manifest_asks_for_one_way_of_making_sure_at_most(tmp_path: Path) -> None:
    with pytest.raises(BadModel) as caught:
        load_detector(with_opinion(tmp_path, agreeing_looks=["mirrored"]))
    assert caught.value.code == "model.manifest_damaged"
