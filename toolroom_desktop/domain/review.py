"""Where a person's count differed from what the model said, and which boxes of a photo the count confirms.

Works on the result of a recorded operation as it is kept (docs/result.schema.json), so that what is on record and what
lies in a review folder are read by the same rules.

Units of one class cannot be told apart: whether a person calls the first or the second pair of pliers missing says
nothing about a box. The seen units of a class are therefore paired with those that were found, and only what is left
over on either side is a difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from toolroom_desktop.domain.detection import Box, PictureProblem
from toolroom_desktop.domain.inspection import PositionState, UnsureReason
from toolroom_desktop.domain.operation import Count

# A person who looks closely still judges tools that touch; a dark or blurred picture shows nobody anything.
_STILL_TEACHES = frozenset({PictureProblem.HEAPED.value})
_THERE = (Count.FOUND, Count.DAMAGED, Count.PIECE_MISSING)
_BY_WORTH = {count: worth for worth, count in enumerate((*_THERE, Count.WRONG, Count.MISSING, Count.KEPT))}


class Difference(StrEnum):
    """How the count of one tool differed from what the model said.

    missed     the model did not see a tool that the person found
    not_there  the model saw a tool that the person did not find, or found to be another part
    doubt      the model was unsure, and the person decided as it would have guessed
    """

    MISSED = "missed"
    NOT_THERE = "not_there"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class SeenTool:
    """What the model said of one tool of the kit; `look_alikes` are the classes that it could not be told from."""

    tool_class: str
    unit: int
    state: PositionState
    found: bool
    reasons: frozenset[str]
    look_alikes: frozenset[str]
    box: Box | None


@dataclass(frozen=True, slots=True)
class JudgedTool:
    """One tool with both words on it; `difference` is None where they agree."""

    seen: SeenTool
    count: Count
    difference: Difference | None

    @property
    def there(self) -> bool:
        """Whether the person found it, whole or damaged."""
        return self.count in _THERE


class Task(StrEnum):
    """What a person must still do at a photo before it can teach.

    draw   the tool was counted as there, but no box is known: draw it where it can be seen
    name   the box is known, but its name is not certain: look-alikes, or two labels on one thing
    look   the model saw the tool, but it was counted as missing or wrong: see what lies there
    extra  the model saw something beyond the kit: see what it is
    """

    DRAW = "draw"
    NAME = "name"
    LOOK = "look"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class LeftToDo:
    """A task with the class that it concerns and, where one is known, the place in pixels."""

    task: Task
    tool_class: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The boxes of a photo as far as the count confirms them, in pixels, and what is left to do by hand."""

    boxes: tuple[tuple[str, Box], ...]
    left: tuple[LeftToDo, ...]

    @property
    def finished(self) -> bool:
        """Whether the photo can teach as it is."""
        return not self.left


def _box(sides: Any) -> Box | None:
    if sides is None:
        return None
    x1, y1, x2, y2 = (float(side) for side in sides)
    return Box(x1, y1, x2, y2)


def _seen(position: Mapping[str, Any]) -> SeenTool:
    return SeenTool(
        tool_class=str(position["class_name"]),
        unit=int(position["unit"]),
        state=PositionState(position["state"]),
        found=bool(position["found"]),
        reasons=frozenset(position["reasons"]),
        look_alikes=frozenset(position.get("look_alikes", ())),
        box=_box(position["box"]),
    )


def _difference(seen: SeenTool, count: Count) -> Difference | None:
    if UnsureReason.NOT_KNOWN_TO_MODEL.value in seen.reasons:
        return None  # the model never said anything about it
    if count in _THERE:
        if not seen.found:
            return Difference.MISSED
    elif seen.found:
        return Difference.NOT_THERE
    return Difference.DOUBT if seen.state is PositionState.UNSURE else None


def judged_tools(result: Mapping[str, Any]) -> tuple[JudgedTool, ...]:
    """Every tool of a recorded operation with both words on it; empty while nobody has counted.

    Raises KeyError, TypeError or ValueError for what is no result.
    """
    counts: dict[str, list[Count]] = defaultdict(list)
    for counted in result["operation"]["counted"]:
        counts[str(counted["class_name"])].append(Count(counted["count"]))
    if not counts:
        return ()
    by_class: dict[str, list[SeenTool]] = defaultdict(list)
    for position in result["positions"]:
        seen = _seen(position)
        by_class[seen.tool_class].append(seen)
    judged: list[JudgedTool] = []
    for tool_class, units in by_class.items():
        found_first = sorted(units, key=lambda seen: (not seen.found, seen.unit))
        there_first = sorted(counts[tool_class], key=_BY_WORTH.__getitem__)
        judged.extend(
            JudgedTool(seen, count, _difference(seen, count))
            for seen, count in zip(found_first, there_first, strict=True)
        )
    return tuple(judged)


def picture_teaches(result: Mapping[str, Any]) -> bool:
    """Whether the picture shows enough to learn from: not what the station itself calls unusable."""
    return bool(result["frames"]) and not set(result["picture_problems"]) - _STILL_TEACHES


def differences(result: Mapping[str, Any]) -> tuple[JudgedTool, ...]:
    """The tools of a recorded operation whose count differed from what the model said; empty where none did.

    Raises KeyError, TypeError or ValueError for what is no result.
    """
    if not picture_teaches(result):
        return ()
    return tuple(tool for tool in judged_tools(result) if tool.difference is not None)


def _groups(tools: Iterable[JudgedTool]) -> tuple[frozenset[str], ...]:
    return tuple(dict.fromkeys(tool.seen.look_alikes for tool in tools if tool.seen.look_alikes))


def _certain_name(seen: SeenTool) -> bool:
    return not seen.reasons & {UnsureReason.LOOK_ALIKE.value, UnsureReason.TWO_LABELS.value}


def labels_of(result: Mapping[str, Any]) -> Labels:
    """The model's boxes of a recorded operation, corrected by the count as far as that can be done without a person.

    A box stays only where its tool was counted as there. A count says that three screwdrivers are there, not which
    box is which: boxes of look-alikes keep the model's name and are left to be looked at. Where exactly one of a group
    has no box and one box of that group is left over, that box is taken for it, and left to be looked at too.
    Raises KeyError, TypeError or ValueError for what is no result.
    """
    tools = judged_tools(result)
    boxes: list[tuple[str, Box]] = []
    left: list[LeftToDo] = []
    lacking = [tool.seen.tool_class for tool in tools if tool.there and (not tool.seen.found or tool.seen.box is None)]
    over: list[LeftToDo] = []
    # Of two pairs of pliers seen and one counted, nobody knows which box is the one.
    too_many = {tool.seen.tool_class for tool in tools if tool.seen.found and not tool.there}
    for tool in tools:
        seen = tool.seen
        if not seen.found or seen.box is None:
            continue
        if not tool.there:
            over.append(LeftToDo(Task.LOOK, seen.tool_class, seen.box))
            continue
        boxes.append((seen.tool_class, seen.box))
        if not _certain_name(seen) or seen.tool_class in too_many:
            left.append(LeftToDo(Task.NAME, seen.tool_class, seen.box))
    over.extend(LeftToDo(Task.EXTRA, str(extra["class_name"]), _box(extra["box"])) for extra in _extras(result))
    for group in _groups(tools):
        here = [name for name in lacking if name in group]
        boxes_over = [thing for thing in over if thing.tool_class in group and thing.box is not None]
        if len(here) == len(boxes_over) == 1:
            [name], [thing] = here, boxes_over
            assert thing.box is not None
            boxes.append((name, thing.box))
            left.append(LeftToDo(Task.NAME, name, thing.box))
            lacking.remove(name)
            over.remove(thing)
    left.extend(LeftToDo(Task.DRAW, name) for name in lacking)
    return Labels(tuple(boxes), (*left, *over))


def _extras(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The detections beyond the kit: they stand behind those of the positions, one for each of `extra_tools`."""
    number = len(result["extra_tools"])
    return list(result["detected_tools"][-number:]) if number else []
