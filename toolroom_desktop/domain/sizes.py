"""How large a tool is beside the others of its kit: one of another size is not the kit's own.

A network sees a shape and not how large it is, so that a short screwdriver passes for the long one of the same make.
Beside the other tools it shows: how long each box is (its diagonal, which for a slim tool is its length however it
lies), measured in what is usual for the kit. Nothing is asked of the camera's distance, and little of its slant.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import hypot, log
from statistics import median
from typing import TypeVar

from toolroom_desktop.domain.detection import Box

LEAST_OTHERS = 3
"""Tools of known size that must lie beside a tool before its own is judged."""
AT_THE_EDGE = 0.005
"""Share of the picture's longer side within which a box may be cut off by the edge, so that the tool is longer."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ToolSize:
    """How long a class looks in pictures of its kit.

    usual        diagonal of its box in any unit that is one for the whole kit
    least, most  factors on that between which it lies: tools open and close, lie under others and far from the camera
    """

    usual: float
    least: float
    most: float

    def __post_init__(self) -> None:
        if not (self.usual > 0 and 0 < self.least < 1 < self.most):
            raise ValueError(f"{self.usual}, {self.least}, {self.most} is no size")


@dataclass(frozen=True, slots=True)
class SizedBox:
    """A box in pixels that shows a tool of a class."""

    tool_class: str
    box: Box


def diagonal(box: Box) -> float:
    """Pixels."""
    return hypot(box.x2 - box.x1, box.y2 - box.y1)


def other_sizes(seen: Mapping[Key, SizedBox], sizes: Mapping[str, ToolSize], width: int, height: int) -> frozenset[Key]:
    """Which of the tools in a picture of `width` x `height` pixels are of another size than the kit's own.

    Each is measured by the median of all others, so that one odd tool does not make the others odd. Classes without
    a known size are not judged, and none is where too few lie there.
    """
    lengths = {
        key: log(diagonal(one.box) / sizes[one.tool_class].usual)
        for key, one in seen.items()
        if one.tool_class in sizes and diagonal(one.box) > 0
    }
    if len(lengths) <= LEAST_OTHERS:
        return frozenset()
    return frozenset(key for key in lengths if _is_other(key, lengths, seen[key], sizes, width, height))


def _is_other(
    key: Key, lengths: Mapping[Key, float], one: SizedBox, sizes: Mapping[str, ToolSize], width: int, height: int
) -> bool:
    factor = lengths[key] - median(length for other, length in lengths.items() if other != key)
    size = sizes[one.tool_class]
    return factor > log(size.most) or (factor < log(size.least) and not _cut_off(one.box, width, height))


def _cut_off(box: Box, width: int, height: int) -> bool:
    near = AT_THE_EDGE * max(width, height)
    return box.x1 <= near or box.y1 <= near or box.x2 >= width - near or box.y2 >= height - near
