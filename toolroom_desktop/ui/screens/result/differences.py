"""What differs between the photo of a checkout and the one of its return.

Units of one class cannot be told apart in photos: of two pliers that went out and one that is there now, the photo of
the checkout shows that one of the two boxes is missing now, not which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from toolroom_desktop.domain.inspection import Inspection
from toolroom_desktop.domain.operation import Count
from toolroom_desktop.ui.screens.inspection.words import Names
from toolroom_desktop.ui.widgets.marks import Mark, MarkKind

_THERE = (Count.FOUND, Count.DAMAGED, Count.PIECE_MISSING)


def gone_since(now: Inspection, answers: Mapping[tuple[str, int], Count]) -> Counter[str]:
    """How many of each class are expected and not there: a person's word counts, else what was seen."""
    gone: Counter[str] = Counter()
    for position in now.positions:
        answer = answers.get((position.tool_class, position.unit))
        there = position.found if answer is None else answer in _THERE
        gone[position.tool_class] += not there
    return +gone


def marks_then(then: Inspection, gone: Mapping[str, int], names: Names) -> list[Mark]:
    """The boxes of the checkout's photo; those of classes that are missing now stand out."""
    marks: list[Mark] = []
    for position in then.positions:
        if position.box is None or not position.found:
            continue
        kind = MarkKind.GONE if gone.get(position.tool_class) else MarkKind.SEEN
        marks.append(Mark((position.tool_class, position.unit), position.box, names.of(position), kind))
    return marks
