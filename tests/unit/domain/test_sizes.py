"""A tool of another size is not the kit's own, however far the camera is."""

from __future__ import annotations

import random
from math import cos, exp, hypot, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.inspection import Inspection, PositionState, Status, UnsureReason, inspect
from toolroom_desktop.domain.operation import positions_to_count
from toolroom_desktop.domain.sizes import SizedBox, ToolSize, other_sizes
from toolroom_desktop.domain.thresholds import ModelKnowledge, Thresholds

LENGTHS = {"pliers": 180.0, "brace": 360.0, "plus": 170.0, "cutters": 160.0, "wrench": 200.0}
SIZES = {name: ToolSize(length / 180, 0.7, 1.4) for name, length in LENGTHS.items()}
KIT = dict.fromkeys(LENGTHS, 1)
MODEL = ModelKnowledge("test", "0" * 64, frozenset(LENGTHS), sizes=SIZES)
SIDE = 1000


def picture(factor: float = 1.0, **other: float) -> dict[str, SizedBox]:
    """The kit in a picture `factor` times as large as usual, some tools in another size besides."""
    found = {}
    for row, (name, length) in enumerate(LENGTHS.items()):
        wide = length * factor * other.get(name, 1.0)
        found[name] = SizedBox(name, Box(100.0, 100.0 + 150 * row, 100.0 + wide, 100.0 + 150 * row))
    return found


def odd(seen: dict[str, SizedBox]) -> set[str]:
    return set(other_sizes(seen, SIZES, SIDE, SIDE))


@pytest.mark.parametrize("factor", [0.3, 1.0, 2.0])
@pytest.mark.parametrize("size", [0.5, 0.65, 1.5, 2.0])
def test_a_shorter_or_longer_one_is_noticed_from_near_and_far(factor: float, size: float) -> None:
    assert odd(picture(factor, plus=size)) == {"plus"}


@given(st.floats(0.05, 5.0), st.dictionaries(st.sampled_from(sorted(LENGTHS)), st.floats(0.9, 1.15)))
def test_a_kit_of_the_usual_sizes_is_never_doubted_however_far_the_camera_is(
    factor: float, a_little: dict[str, float]
) -> None:
    assert odd(picture(factor, **a_little)) == set()


@given(st.integers(0, 10_000), st.floats(-0.35, 0.35), st.floats(0, 6.3))
def test_a_camera_that_hangs_aslant_doubts_no_tool(seed: int, slope: float, direction: float) -> None:
    """What lies at one side of the picture is up to twice as long as at the other."""
    dice = random.Random(seed)
    classes = {f"tool{number}": dice.uniform(60, 160) for number in range(11)}
    seen = {}
    for name, length in classes.items():
        x, y = dice.uniform(0, SIDE), dice.uniform(0, SIDE)
        along = ((x / SIDE - 0.5) * cos(direction) + (y / SIDE - 0.5) * sin(direction)) * 2
        half = length * exp(slope * along) / 2
        seen[name] = SizedBox(name, Box(x - half, y, x + half, y))
    sizes = {name: ToolSize(length, 0.7, 1.4) for name, length in classes.items()}
    assert other_sizes(seen, sizes, 4 * SIDE, 4 * SIDE) <= {
        name for name, one in seen.items() if _is_far_from_the_others(one, seen)
    }


def _is_far_from_the_others(one: SizedBox, seen: dict[str, SizedBox]) -> bool:
    """Alone at its side of the picture: what the others say there is a guess."""
    x, y = one.box.x1 + one.box.x2, one.box.y1 + one.box.y2
    near = sum(
        hypot(x - other.box.x1 - other.box.x2, y - other.box.y1 - other.box.y2) < SIDE for other in seen.values()
    )
    return near <= 3


def test_it_says_nothing_where_too_few_other_tools_lie() -> None:
    short = {name: one for name, one in picture(plus=0.5).items() if name in ("plus", "pliers", "brace")}
    assert odd(short) == set()


def test_a_tool_of_unknown_size_neither_is_judged_nor_judges() -> None:
    seen = picture(plus=0.5)
    known = {name: size for name, size in SIZES.items() if name != "plus"}
    assert other_sizes(seen, known, SIDE, SIDE) == frozenset()


def test_a_tool_that_the_edge_cuts_off_may_be_longer_than_it_looks_and_not_shorter() -> None:
    short, long = picture(plus=0.5), picture(plus=2.0)
    at_the_edge = {
        name: SizedBox(name, Box(0.0, box.y1, box.x2 - box.x1, box.y2))
        for name, box in ((name, one.box) for name, one in short.items())
    }
    assert odd(at_the_edge) == set()
    long["plus"] = SizedBox("plus", Box(0.0, 400.0, 340.0, 400.0))
    assert odd(long) == {"plus"}


@pytest.mark.parametrize(("usual", "least", "most"), [(0.0, 0.7, 1.4), (1.0, 1.1, 1.4), (1.0, 0.7, 0.9), (1.0, 0, 2)])
def test_no_size_leaves_out_what_is_usual(usual: float, least: float, most: float) -> None:
    with pytest.raises(ValueError, match="no size"):
        ToolSize(usual, least, most)


# --- in the decision


def frame(**other: float) -> FrameResult:
    seen = picture(**other)
    boxes = {name: Box(one.box.x1, one.box.y1, one.box.x2, one.box.y1 + 20) for name, one in seen.items()}
    return FrameResult(tuple(Detection(name, 0.95, box) for name, box in boxes.items()), SIDE, SIDE)


def decided(*frames: FrameResult, model: ModelKnowledge = MODEL) -> Inspection:
    return inspect(KIT, frames, Thresholds(), model)


def test_a_kit_with_a_short_screwdriver_is_counted_by_hand() -> None:
    inspection = decided(*[frame(plus=0.5)] * 5)
    assert inspection.status is Status.MANUAL_CHECK
    (unsure,) = inspection.unsure
    assert (unsure.tool_class, unsure.reasons) == ("plus", frozenset({UnsureReason.OTHER_SIZE}))
    assert [name for name, _ in positions_to_count(inspection)] == ["plus"]


def test_without_known_sizes_it_would_pass() -> None:
    unsized = ModelKnowledge("test", "0" * 64, frozenset(LENGTHS))
    assert decided(*[frame(plus=0.5)] * 5, model=unsized).status is Status.SUCCESS


@pytest.mark.parametrize("surest", [(0, 0, 0), (0, 1, 2), (0, 1, 2, 0, 1), (2, 2, 0, 1, 0)])
def test_of_three_equal_tools_a_short_one_is_doubted_whichever_of_them_looks_surest(surest: tuple[int, ...]) -> None:
    looks = []
    for first in surest:
        known = tuple(d for d in frame().detections if d.class_name != "plus")
        rows = [(40.0, 85.0), (250.0, 170.0), (460.0, 170.0)]  # the first is half as long
        equal = tuple(
            Detection("plus", 0.95 - 0.01 * ((number - first) % 3), Box(600.0, y, 600.0 + length, y + 20))
            for number, (y, length) in enumerate(rows)
        )
        looks.append(FrameResult((*known, *equal), SIDE, SIDE))
    inspection = inspect(KIT | {"plus": 3}, looks, Thresholds(), MODEL)
    assert inspection.status is Status.MANUAL_CHECK
    assert [p.tool_class for p in inspection.unsure] == ["plus"]


def test_a_frame_without_a_size_has_no_edge_that_excuses_a_short_tool() -> None:
    assert set(other_sizes(picture(plus=0.5), SIZES, 0, 0)) == {"plus"}


def test_one_frame_of_five_with_a_wrong_box_doubts_nothing() -> None:
    inspection = decided(frame(plus=0.5), *[frame()] * 4)
    assert inspection.status is Status.SUCCESS
    assert all(position.state is PositionState.PRESENT for position in inspection.positions)


places = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    st.floats(0, 800),
    st.floats(0, 800),
    st.floats(1, 400),
    st.floats(1, 400),
)
frames = st.lists(st.builds(Detection, st.sampled_from(sorted(LENGTHS)), st.floats(0.2, 1.0), places), max_size=9)


@given(st.lists(frames, min_size=1, max_size=3))
def test_sizes_only_ever_add_doubt(looks: list[list[Detection]]) -> None:
    shown = [FrameResult(tuple(look), SIDE, SIDE) for look in looks]
    unsized = ModelKnowledge("test", "0" * 64, frozenset(LENGTHS))
    with_sizes, without = decided(*shown), decided(*shown, model=unsized)
    if with_sizes.status is Status.SUCCESS:
        assert without.status is Status.SUCCESS
    for one, other in zip(with_sizes.positions, without.positions, strict=True):
        assert one.reasons - {UnsureReason.OTHER_SIZE} == other.reasons
        assert one.found is other.found
