"""The decision: what it may never say, whatever the frames show."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.domain.detection import Box, Detection, FrameQuality, FrameResult, PictureProblem
from toolroom_desktop.domain.inspection import Inspection, ManualReason, PositionState, Status, UnsureReason, inspect
from toolroom_desktop.domain.objects import objects_of
from toolroom_desktop.domain.thresholds import LookAlikeGroup, ModelKnowledge, Thresholds
from toolroom_desktop.domain.toolkit import ClassThreshold

CLASSES = ("pliers", "brace", "minus", "plus", "cross")
MODEL = ModelKnowledge("test", "0" * 64, frozenset(CLASSES))
SCREWDRIVERS = frozenset({"minus", "plus", "cross"})
GOOD_PICTURE = FrameQuality(brightness=120, contrast=40, sharpness=200, glare=0.0)


def place(column: int, row: int = 0) -> Box:
    """A box of its own for each place, touching no other."""
    return Box(100.0 * column, 100.0 * row, 100.0 * column + 80.0, 100.0 * row + 80.0)


def frame(*detections: Detection, quality: FrameQuality | None = GOOD_PICTURE) -> FrameResult:
    return FrameResult(tuple(detections), 1000, 1000, quality)


def seen(name: str, confidence: float, column: int, row: int = 0) -> Detection:
    return Detection(name, confidence, place(column, row))


def judge(expected: dict[str, int], *frames: FrameResult, **options: object) -> Inspection:
    thresholds = options.get("thresholds", Thresholds())
    model = options.get("model", MODEL)
    assert isinstance(thresholds, Thresholds)
    assert isinstance(model, ModelKnowledge)
    return inspect(expected, frames, thresholds, model)


# --- strategies ----------------------------------------------------------------------------------------------------

expected_sets = st.dictionaries(st.sampled_from(CLASSES), st.integers(1, 3), min_size=1)
confidences = st.floats(0.0, 1.0, allow_nan=False)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    st.floats(0, 400),
    st.floats(0, 400),
    st.floats(5, 200),
    st.floats(5, 200),
)
detections = st.builds(Detection, st.sampled_from((*CLASSES, "foreign")), confidences, boxes, st.booleans())
frames_of_anything = st.lists(st.lists(detections, max_size=8).map(lambda found: frame(*found)), min_size=1, max_size=5)
groups = st.sampled_from(((), (LookAlikeGroup(SCREWDRIVERS, 0.9),), (LookAlikeGroup(SCREWDRIVERS, None),)))


def objects_per_class(found: FrameResult, thresholds: Thresholds) -> dict[str, int]:
    counts: dict[str, int] = {}
    for thing in objects_of(found.detections, thresholds):
        counts[thing.tool_class] = counts.get(thing.tool_class, 0) + 1
    return counts


# --- what a picture must be


@pytest.mark.parametrize(("white", "usable"), [(0.0, True), (0.35, True), (0.45, False), (0.9, False)])
def test_a_bright_table_is_no_fault_and_a_picture_that_is_mostly_white_is(white: float, usable: bool) -> None:
    light = FrameQuality(brightness=255, contrast=60, sharpness=200, glare=white)
    inspection = judge({"pliers": 1}, frame(seen("pliers", 0.95, 0), quality=light))
    assert (inspection.status is Status.SUCCESS) is usable
    assert (PictureProblem.GLARE in inspection.picture_problems) is not usable


# --- what may never happen -----------------------------------------------------------------------------------------


@given(expected_sets, frames_of_anything, groups)
def test_a_success_means_that_most_frames_show_every_tool_as_an_object_of_its_own(
    expected: dict[str, int], frames: list[FrameResult], look_alikes: tuple[LookAlikeGroup, ...]
) -> None:
    thresholds = Thresholds()
    model = ModelKnowledge("test", "0" * 64, frozenset(CLASSES), look_alikes)
    inspection = inspect(expected, frames, thresholds, model)
    if inspection.status is Status.SUCCESS:
        for name, quantity in expected.items():
            showing = sum(objects_per_class(f, thresholds).get(name, 0) >= quantity for f in frames)
            assert 2 * showing >= len(frames)


@given(expected_sets, st.data())
def test_no_set_of_detections_that_lacks_a_position_ever_gives_success(
    expected: dict[str, int], data: st.DataObject
) -> None:
    lacking = data.draw(st.sampled_from(sorted(expected)))
    others = st.builds(
        Detection,
        st.sampled_from([*(c for c in CLASSES if c != lacking), "foreign"]),
        confidences,
        boxes,
        st.booleans(),
    )
    frames = data.draw(st.lists(st.lists(others, max_size=8).map(lambda f: frame(*f)), min_size=1, max_size=5))
    inspection = judge(expected, *frames)
    assert inspection.status is not Status.SUCCESS
    assert all(p.state is not PositionState.PRESENT for p in inspection.positions if p.tool_class == lacking)


@pytest.mark.parametrize(("one", "other", "objects"), [(True, True, 2), (True, False, 1), (False, False, 1)])
def test_overlapping_boxes_are_two_things_only_where_both_were_seen_to_be(one: bool, other: bool, objects: int) -> None:
    crosswise = (
        Detection("pliers", 0.9, Box(0, 0, 100, 100), one),
        Detection("brace", 0.8, Box(30, 0, 130, 100), other),
    )
    assert len(objects_of(crosswise, Thresholds())) == objects


def test_a_third_box_that_overlaps_both_makes_them_one_thing_again() -> None:
    heap = (
        Detection("pliers", 0.9, Box(0, 0, 100, 100), by_itself=True),
        Detection("brace", 0.8, Box(30, 0, 130, 100), by_itself=True),
        Detection("hammer", 0.7, Box(15, 0, 115, 100)),
    )
    (thing,) = objects_of(heap, Thresholds())
    assert thing.two_labels


@given(st.integers(2, 6), st.lists(confidences, min_size=1, max_size=5))
def test_a_duplicate_never_hides_a_missing_tool(copies: int, levels: list[float]) -> None:
    frames = [frame(*(seen("pliers", level, column) for column in range(copies))) for level in levels]
    inspection = judge({"pliers": 1, "brace": 1}, *frames)
    assert inspection.status is not Status.SUCCESS
    assert "brace" in {p.tool_class for p in (*inspection.missing, *inspection.unsure)}
    assert inspection.match_percentage <= 50.0


def test_one_thing_with_two_labels_does_not_stand_in_for_two_tools() -> None:
    both = frame(seen("minus", 0.9, 1), seen("plus", 0.8, 1), seen("brace", 0.9, 3))
    inspection = judge({"minus": 1, "plus": 1, "brace": 1}, both)
    assert inspection.status is Status.MANUAL_CHECK
    assert inspection.found_count == 2
    states = {p.tool_class: p.state for p in inspection.positions}
    assert states == {
        "minus": PositionState.UNSURE,
        "plus": PositionState.UNSURE,
        "brace": PositionState.PRESENT,
    }


@given(expected_sets, frames_of_anything, confidences, st.data())
def test_adding_an_extra_never_raises_the_match(
    expected: dict[str, int], frames: list[FrameResult], confidence: float, data: st.DataObject
) -> None:
    thresholds = Thresholds()
    # An extra is foreign to the kit, or more of a class than every frame already shows enough of.
    enough = [
        name
        for name, quantity in expected.items()
        if all(objects_per_class(f, thresholds).get(name, 0) >= quantity for f in frames)
    ]
    foreign = [name for name in (*CLASSES, "foreign") if name not in expected]
    name = data.draw(st.sampled_from(foreign + enough))
    extra = Detection(name, confidence, data.draw(boxes))
    with_extra = [frame(*f.detections, extra) for f in frames]
    before = inspect(expected, frames, thresholds, MODEL)
    after = inspect(expected, with_extra, thresholds, MODEL)
    assert after.match_percentage <= before.match_percentage
    if before.status is not Status.SUCCESS and confidence < thresholds.review:
        assert after.status is before.status


@given(expected_sets, frames_of_anything, groups, st.randoms(use_true_random=False))
def test_the_order_of_frames_and_detections_does_not_matter(
    expected: dict[str, int],
    frames: list[FrameResult],
    look_alikes: tuple[LookAlikeGroup, ...],
    shuffler: random.Random,
) -> None:
    model = ModelKnowledge("test", "0" * 64, frozenset(CLASSES), look_alikes)
    shuffled = []
    for original in frames:
        found = list(original.detections)
        shuffler.shuffle(found)
        shuffled.append(frame(*found))
    shuffler.shuffle(shuffled)

    def meaning(inspection: Inspection) -> tuple[object, ...]:
        return (
            inspection.status,
            inspection.match_percentage,
            inspection.manual_reasons,
            [(p.tool_class, p.unit, p.state, p.confidence, p.found, p.reasons) for p in inspection.positions],
            [(e.tool_class, e.confidence, e.steady) for e in inspection.extras],
        )

    first = inspect(expected, frames, Thresholds(), model)
    second = inspect(expected, shuffled, Thresholds(), model)
    assert meaning(first) == meaning(second)


@given(frames_of_anything)
def test_an_extra_seen_in_any_frame_prevents_success(frames: list[FrameResult]) -> None:
    intruder = Detection("foreign", 0.9, Box(5000, 5000, 5080, 5080))
    touched = [frame(*frames[0].detections, intruder), *frames[1:]]
    inspection = judge({"pliers": 1}, *touched)
    assert inspection.status is not Status.SUCCESS
    assert "foreign" in [e.tool_class for e in inspection.extras]


# --- plain sentences -----------------------------------------------------------------------------------------------


def test_a_complete_kit_is_a_success() -> None:
    complete = frame(seen("pliers", 0.9, 1), seen("pliers", 0.8, 2), seen("brace", 0.7, 3))
    inspection = judge({"pliers": 2, "brace": 1}, complete, complete, complete)
    assert inspection.status is Status.SUCCESS
    assert inspection.match_percentage == 100.0
    assert not inspection.extras


def test_two_pliers_expected_and_one_seen_is_one_missing() -> None:
    inspection = judge({"pliers": 2, "brace": 1}, frame(seen("pliers", 0.9, 1), seen("brace", 0.9, 2)))
    assert inspection.status is Status.DISCREPANCY
    assert [(p.tool_class, p.unit) for p in inspection.missing] == [("pliers", 2)]
    assert inspection.match_percentage == pytest.approx(100 * 2 / 3)


def test_the_confidence_of_a_position_is_the_median_with_absence_as_zero() -> None:
    frames = [frame(seen("pliers", c, 1)) for c in (0.9, 0.6, 0.8)] + [frame(), frame()]
    position = judge({"pliers": 1}, *frames).positions[0]
    assert position.confidence == 0.6
    assert position.state is PositionState.UNSURE
    assert UnsureReason.FRAMES_DISAGREE in position.reasons


@pytest.mark.parametrize(
    ("confidence", "state"),
    [
        (0.24, PositionState.MISSING),
        (0.25, PositionState.UNSURE),
        (0.49, PositionState.UNSURE),
        (0.50, PositionState.PRESENT),
    ],
)
def test_thresholds_divide_missing_unsure_and_present(confidence: float, state: PositionState) -> None:
    assert judge({"pliers": 1}, frame(seen("pliers", confidence, 1))).positions[0].state is state


def test_look_alikes_that_the_model_cannot_tell_apart_are_always_unsure() -> None:
    model = ModelKnowledge("test", "0" * 64, frozenset(CLASSES), (LookAlikeGroup(SCREWDRIVERS, None),))
    inspection = judge({"minus": 1, "brace": 1}, frame(seen("minus", 0.99, 1), seen("brace", 0.9, 2)), model=model)
    assert inspection.status is Status.MANUAL_CHECK
    assert inspection.match_percentage == 100.0
    assert inspection.positions[0].reasons == {UnsureReason.LOOK_ALIKE}
    assert inspection.positions[1].state is PositionState.PRESENT


def test_a_second_look_alike_makes_the_one_not_seen_unsure_and_stays_an_extra() -> None:
    model = ModelKnowledge("test", "0" * 64, frozenset(CLASSES), (LookAlikeGroup(SCREWDRIVERS, 0.8),))
    inspection = judge({"minus": 1, "plus": 1}, frame(seen("minus", 0.9, 1), seen("minus", 0.9, 2)), model=model)
    assert inspection.status is Status.MANUAL_CHECK
    assert [p.tool_class for p in inspection.unsure] == ["plus"]
    assert [e.tool_class for e in inspection.extras] == ["minus"]
    assert inspection.match_percentage == 50.0


def test_an_inspection_names_each_group_that_a_person_must_tell_apart_once() -> None:
    screwdrivers, keys = LookAlikeGroup(SCREWDRIVERS, None), LookAlikeGroup(frozenset({"wrench", "brace"}), 0.8)
    model = ModelKnowledge("test", "0" * 64, frozenset(CLASSES), (keys, screwdrivers))
    frames = frame(seen("minus", 0.99, 1), seen("plus", 0.99, 2), seen("brace", 0.9, 3), seen("pliers", 0.4, 4))
    inspection = judge({"minus": 1, "plus": 1, "brace": 1, "pliers": 1}, frames, model=model)
    assert inspection.look_alikes == (screwdrivers,), "the brace is above its group's bar"
    assert [p.look_alikes for p in inspection.positions] == [screwdrivers, screwdrivers, None, None]


@pytest.mark.parametrize(("side", "too_small"), [(119, True), (120, False)])
def test_look_alikes_that_are_too_small_to_be_told_apart_are_known_to_be(side: int, too_small: bool) -> None:
    model = ModelKnowledge("test", "0" * 64, frozenset(CLASSES), (LookAlikeGroup(SCREWDRIVERS, 0.8),))
    small, thin = Box(0, 0, 30, 30), Box(100, 100, 110, 100 + side)
    upright = frame(Detection("minus", 0.6, thin), Detection("plus", 0.9, Box(300, 300, 320, 330)))
    expected = {"minus": 1, "plus": 1, "brace": 1}
    assert judge(expected, upright, model=model).look_alikes_too_small is too_small
    # One that was told apart is large enough, and so is what looks like nothing else.
    told = frame(Detection("minus", 0.9, small), Detection("brace", 0.3, Box(500, 500, 520, 520)))
    assert not judge(expected, told, model=model).look_alikes_too_small
    # Nobody knows the size of what was not seen.
    assert not judge({"minus": 1, "plus": 1}, frame(Detection("plus", 0.9, small)), model=model).look_alikes_too_small


def test_a_group_is_listed_in_the_order_of_the_kit_and_then_by_name() -> None:
    group = LookAlikeGroup(frozenset({"c", "b", "a", "d"}))
    assert group.in_order_of(["d", "x", "b"]) == ("d", "b", "a", "c")


def test_a_look_alike_group_only_raises_the_bar() -> None:
    model = ModelKnowledge("test", "0" * 64, frozenset(CLASSES), (LookAlikeGroup(SCREWDRIVERS, 0.1),))
    own = Thresholds(per_class={"minus": ClassThreshold(accept=0.7)})
    position = judge({"minus": 1}, frame(seen("minus", 0.65, 1)), model=model, thresholds=own).positions[0]
    assert position.state is PositionState.UNSURE


def test_a_class_that_the_model_does_not_know_is_a_manual_check() -> None:
    inspection = judge({"torque_wrench": 1, "brace": 1}, frame(seen("brace", 0.9, 1)))
    assert inspection.status is Status.MANUAL_CHECK
    assert ManualReason.NOT_KNOWN_TO_MODEL in inspection.manual_reasons


@pytest.mark.parametrize(
    ("quality", "problem"),
    [
        (FrameQuality(5, 40, 200, 0), PictureProblem.DARK),
        (FrameQuality(120, 40, 0.5, 0), PictureProblem.BLURRED),
        (FrameQuality(120, 40, 200, 0.8), PictureProblem.GLARE),
        (FrameQuality(120, 1, 200, 0), PictureProblem.COVERED),
    ],
)
def test_an_unusable_picture_is_a_manual_check_of_the_whole_kit(quality: FrameQuality, problem: PictureProblem) -> None:
    inspection = judge({"pliers": 1}, frame(seen("pliers", 0.9, 1), quality=quality))
    assert inspection.status is Status.MANUAL_CHECK
    assert problem in inspection.picture_problems
    assert inspection.whole_count_needed


def test_heaped_tools_are_not_judged() -> None:
    heap = frame(*(seen(name, 0.9, 1) for name in ("pliers", "brace", "minus")))
    assert PictureProblem.HEAPED in judge({"pliers": 1}, heap).picture_problems


def test_without_a_frame_nothing_is_decided() -> None:
    inspection = judge({"pliers": 1})
    assert inspection.status is Status.MANUAL_CHECK
    assert inspection.manual_reasons >= {ManualReason.NO_PICTURE}


@pytest.mark.parametrize("expected", [{}, {"pliers": 0}, {"pliers": -1}])
def test_an_empty_toolkit_is_never_inspected(expected: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least one expected tool"):
        judge(expected, frame())


@given(expected_sets, frames_of_anything)
def test_every_expected_tool_is_answered_for_exactly_once(expected: dict[str, int], frames: list[FrameResult]) -> None:
    inspection = judge(expected, *frames)
    answered = [(p.tool_class, p.unit) for p in inspection.positions]
    assert sorted(answered) == sorted((n, u) for n, q in expected.items() for u in range(1, q + 1))
    assert 0.0 <= inspection.match_percentage <= 100.0


@given(frames_of_anything)
def test_a_higher_threshold_never_accepts_more(frames: list[FrameResult]) -> None:
    def present(accept: float) -> set[tuple[str, int]]:
        inspection = judge({"pliers": 1, "brace": 2}, *frames, thresholds=Thresholds(accept=accept))
        return {(p.tool_class, p.unit) for p in inspection.positions if p.state is PositionState.PRESENT}

    assert present(0.9) <= present(0.5)


@given(expected_sets, st.integers(1, 5), st.data())
def test_a_complete_kit_is_accepted_and_stops_being_so_when_any_one_tool_is_taken_away(
    expected: dict[str, int], count: int, data: st.DataObject
) -> None:
    kit = [name for name, quantity in expected.items() for _ in range(quantity)]
    strong = st.floats(0.5, 1.0)
    complete = [[seen(name, data.draw(strong), column) for column, name in enumerate(kit)] for _ in range(count)]
    assert judge(expected, *(frame(*found) for found in complete)).status is Status.SUCCESS
    taken = data.draw(st.integers(0, len(kit) - 1))
    # What is left may carry second labels and lie there twice: none of it may make up for the tool that is gone.
    label = st.sampled_from(CLASSES)
    incomplete = []
    for found in complete:
        left = [d for column, d in enumerate(found) if column != taken]
        second = [Detection(data.draw(label), data.draw(confidences), d.box) for d in left]
        incomplete.append(frame(*left, *second))
    assert judge(expected, *incomplete).status is not Status.SUCCESS
