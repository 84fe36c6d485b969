"""Where a count differs from what the model said, and which boxes it confirms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.domain.detection import Box
from toolroom_desktop.domain.inspection import UnsureReason
from toolroom_desktop.domain.operation import Count
from toolroom_desktop.domain.review import Difference, Task, differences, judged_tools, labels_of

SCREWDRIVERS = ["minus", "plus"]

_THERE = (Count.FOUND, Count.DAMAGED, Count.PIECE_MISSING)


def place(column: int) -> list[float]:
    """A box of its own for each place."""
    return [100.0 * column, 0.0, 100.0 * column + 80.0, 50.0]


def tool(
    name: str,
    column: int | None,
    state: str = "present",
    *,
    unit: int = 1,
    reasons: Sequence[str] = (),
    look_alikes: Sequence[str] = (),
) -> dict[str, Any]:
    """What the model said of one tool; `column` None: not seen."""
    return {
        "class_name": name,
        "unit": unit,
        "state": state,
        "found": column is not None,
        "reasons": list(reasons),
        "look_alikes": list(look_alikes),
        "box": None if column is None else place(column),
    }


def alike(name: str, column: int | None) -> dict[str, Any]:
    """A screwdriver that the model cannot tell from the other."""
    return tool(name, column, "unsure", reasons=["look_alike"], look_alikes=SCREWDRIVERS)


def result(
    positions: Sequence[Mapping[str, Any]],
    counts: Mapping[tuple[str, int], Count],
    *,
    extras: Sequence[tuple[str, int]] = (),
    problems: Sequence[str] = (),
) -> dict[str, Any]:
    """A recorded result, of which only what concerns the review is filled in."""
    boxes = [{"class_name": p["class_name"], "box": p["box"]} for p in positions if p["found"]]
    counted = [
        {"class_name": name, "unit": unit, "count": count.value, "by_hand": True}
        for (name, unit), count in counts.items()
    ]
    return {
        "positions": list(positions),
        "detected_tools": [*boxes, *({"class_name": name, "box": place(column)} for name, column in extras)],
        "extra_tools": [name for name, _ in extras],
        "picture_problems": list(problems),
        "frames": 5,
        "operation": {"counted": counted},
    }


def found(*names: str) -> dict[tuple[str, int], Count]:
    return {(name, 1): Count.FOUND for name in names}


def said(recorded: Mapping[str, Any]) -> dict[str, Difference | None]:
    return {judged.seen.tool_class: judged.difference for judged in differences(recorded)}


def test_agreement_is_no_difference() -> None:
    agreed = result(
        [tool("pliers", 1), tool("brace", None, "missing")], found("pliers") | {("brace", 1): Count.MISSING}
    )
    assert differences(agreed) == ()


def test_nothing_differs_while_nobody_has_counted() -> None:
    assert differences(result([tool("brace", None, "missing")], {})) == ()


@pytest.mark.parametrize(
    ("position", "count", "difference"),
    [
        (tool("brace", None, "missing"), Count.FOUND, Difference.MISSED),
        (tool("brace", None, "missing"), Count.DAMAGED, Difference.MISSED),
        (tool("brace", 1), Count.MISSING, Difference.NOT_THERE),
        (tool("brace", 1), Count.WRONG, Difference.NOT_THERE),
        (tool("brace", 1, "unsure", reasons=["low_confidence"]), Count.FOUND, Difference.DOUBT),
        (tool("brace", 1, "unsure", reasons=["low_confidence"]), Count.MISSING, Difference.NOT_THERE),
        (tool("brace", None, "unsure", reasons=["two_labels"]), Count.FOUND, Difference.MISSED),
        (tool("brace", None, "unsure", reasons=["frames_disagree"]), Count.MISSING, Difference.DOUBT),
        (tool("brace", 1), Count.DAMAGED, None),
    ],
)
def test_a_difference_is_named_for_what_it_is(
    position: dict[str, Any], count: Count, difference: Difference | None
) -> None:
    [judged] = judged_tools(result([position], {("brace", 1): count}))
    assert judged.difference is difference


def test_a_class_that_the_model_does_not_know_is_no_difference() -> None:
    unknown = tool("torque_wrench", None, "unsure", reasons=[UnsureReason.NOT_KNOWN_TO_MODEL.value])
    assert differences(result([unknown], found("torque_wrench"))) == ()


@pytest.mark.parametrize("problem", ["dark", "glare", "blurred", "covered"])
def test_a_picture_that_shows_nothing_teaches_nothing(problem: str) -> None:
    missed = [tool("brace", None, "missing")]
    assert differences(result(missed, found("brace"), problems=[problem])) == ()
    assert said(result(missed, found("brace"), problems=["heaped"])) == {"brace": Difference.MISSED}


def test_which_of_two_equal_tools_is_called_missing_says_nothing() -> None:
    pair = [tool("pliers", 1), tool("pliers", None, "missing", unit=2)]
    counts = {("pliers", 1): Count.MISSING, ("pliers", 2): Count.FOUND}
    recorded = result(pair, counts)
    assert differences(recorded) == ()
    assert labels_of(recorded).boxes == (("pliers", Box(100, 0, 180, 50)),)
    assert labels_of(recorded).finished


def test_which_of_two_equal_tools_the_model_saw_says_nothing() -> None:
    pair = [tool("pliers", None, "missing"), tool("pliers", 1, unit=2)]
    assert differences(result(pair, {("pliers", 1): Count.FOUND, ("pliers", 2): Count.MISSING})) == ()


def test_of_two_seen_and_one_counted_nobody_knows_which_box_is_the_one() -> None:
    pair = [tool("pliers", 1), tool("pliers", 2, unit=2)]
    labels = labels_of(result(pair, {("pliers", 1): Count.MISSING, ("pliers", 2): Count.FOUND}))
    assert [left.task for left in labels.left] == [Task.NAME, Task.LOOK]


def test_doubts_that_the_count_confirms_are_ready_to_learn_from() -> None:
    faint = tool("brace", 2, "unsure", reasons=["low_confidence"])
    labels = labels_of(result([tool("pliers", 1), faint], found("pliers", "brace")))
    assert labels.boxes == (("pliers", Box(100, 0, 180, 50)), ("brace", Box(200, 0, 280, 50)))
    assert labels.finished


def test_a_tool_without_a_box_is_left_to_be_drawn() -> None:
    labels = labels_of(result([tool("pliers", 1), tool("brace", None, "missing")], found("pliers", "brace")))
    assert [name for name, _ in labels.boxes] == ["pliers"]
    assert [(left.task, left.tool_class, left.box) for left in labels.left] == [(Task.DRAW, "brace", None)]


def test_a_box_of_what_was_counted_as_missing_is_taken_away_and_left_to_be_looked_at() -> None:
    for count in (Count.MISSING, Count.WRONG):
        labels = labels_of(result([tool("pliers", 1), tool("brace", 2)], found("pliers") | {("brace", 1): count}))
        assert [name for name, _ in labels.boxes] == ["pliers"]
        assert [(left.task, left.tool_class) for left in labels.left] == [(Task.LOOK, "brace")]


def test_an_extra_thing_is_never_taken_for_granted() -> None:
    labels = labels_of(result([tool("pliers", 1)], found("pliers"), extras=[("pliers", 4)]))
    assert [(left.task, left.box) for left in labels.left] == [(Task.EXTRA, Box(400, 0, 480, 50))]
    assert not labels.finished


def test_a_count_does_not_say_which_look_alike_is_which() -> None:
    labels = labels_of(result([alike("minus", 1), alike("plus", 2)], found("minus", "plus")))
    assert [name for name, _ in labels.boxes] == ["minus", "plus"]
    assert [(left.task, left.tool_class) for left in labels.left] == [(Task.NAME, "minus"), (Task.NAME, "plus")]


def test_a_second_look_alike_is_taken_for_the_one_that_was_not_seen() -> None:
    recorded = result([tool("minus", 1), alike("plus", None)], found("minus", "plus"), extras=[("minus", 2)])
    labels = labels_of(recorded)
    assert labels.boxes == (("minus", Box(100, 0, 180, 50)), ("plus", Box(200, 0, 280, 50)))
    assert [(left.task, left.tool_class) for left in labels.left] == [(Task.NAME, "plus")]


def test_with_two_left_over_nothing_is_guessed() -> None:
    recorded = result(
        [tool("minus", 1), alike("plus", None)], found("minus", "plus"), extras=[("minus", 2), ("minus", 3)]
    )
    labels = labels_of(recorded)
    assert [name for name, _ in labels.boxes] == ["minus"]
    assert sorted(left.task for left in labels.left) == [Task.DRAW, Task.EXTRA, Task.EXTRA]


def test_records_made_before_the_look_alikes_were_named_are_read_too() -> None:
    old = alike("minus", 1)
    del old["look_alikes"]
    labels = labels_of(result([old], found("minus")))
    assert [left.task for left in labels.left] == [Task.NAME]


@given(st.data())
def test_a_finished_photo_has_a_box_for_every_tool_that_was_counted_as_there(data: st.DataObject) -> None:
    names = ["pliers", "brace", "minus", "plus"]
    states = st.sampled_from(["present", "missing", "unsure"])
    positions: list[dict[str, Any]] = []
    for column, name in enumerate(names):
        state = data.draw(states)
        seen = state == "present" or (state == "unsure" and data.draw(st.booleans()))
        reasons = data.draw(st.sampled_from([["low_confidence"], ["two_labels"]])) if state == "unsure" else []
        positions.append(tool(name, column if seen else None, state, reasons=reasons))
    counts = {(name, 1): data.draw(st.sampled_from(list(Count))) for name in names}
    labels = labels_of(result(positions, counts))
    there = sorted(name for (name, _), count in counts.items() if count in _THERE)
    labelled = sorted(name for name, _ in labels.boxes)
    assert set(labelled) <= set(there), "what was counted as missing has no box"
    if labels.finished:
        assert labelled == there
    else:
        drawn = [left.tool_class for left in labels.left if left.task is Task.DRAW]
        assert sorted([*labelled, *drawn]) == there
