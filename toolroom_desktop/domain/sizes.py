"""How large a tool is beside the others of its kit: one of another size is not the kit's own.

A network sees a shape and not how large it is, so that a short screwdriver passes for the long one of the same make.
Beside the other tools it shows: how long each box is (its diagonal, which for a slim tool is its length however it
lies), measured in what is usual for the kit. The camera may be near or far, and hang aslant: what lies farther away
is smaller, and the others say by how much.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, hypot, log
from statistics import median
from typing import TypeVar

from toolroom_desktop.domain.detection import Box

LEAST_OTHERS = 3
"""Tools of known size that must lie beside a tool before its own is judged."""
AT_THE_EDGE = 0.005
"""Share of the picture's longer side within which a box may be cut off by the edge, so that the tool is longer."""

_SLANT = 0.06
"""How little a slant is believed: the square of what a length is usually off (0.12) over what it may change by from
the middle of the tools to the farthest of them (0.5), both as logarithms. Few tools say little about it."""
_ODD = 0.15
"""From here on a tool's say in the scale of the picture shrinks, so that one of another size does not make it."""
_ROUNDS = 5

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

    Classes without a known size are not judged, and none is where too few lie there.
    """
    usual = {name: size.usual for name, size in sizes.items()}

    def is_other(key: Key, factor: float) -> bool:
        size = sizes[seen[key].tool_class]
        return factor > size.most or (factor < size.least and not _cut_off(seen[key].box, width, height))

    return frozenset(key for key, factor in factors(seen, usual).items() if is_other(key, factor))


def factors(seen: Mapping[Key, SizedBox], usual: Mapping[str, float]) -> dict[Key, float]:
    """How many times as long as usual each tool is, by what all others say of the picture's scale where it lies.

    They say it twice, for a camera that hangs straight and for one that hangs aslant, and what doubts the tool less
    counts: a few tools of which one is odd look like a slant, and a slant makes the farthest tool look odd. Empty where
    fewer than `LEAST_OTHERS` others lie there.
    """
    spots = {
        key: _Spot(*_centre(one.box), log(diagonal(one.box) / usual[one.tool_class]))
        for key, one in seen.items()
        if one.tool_class in usual and diagonal(one.box) > 0
    }
    if len(spots) <= LEAST_OTHERS:
        return {}
    found: dict[Key, float] = {}
    for key, spot in spots.items():
        others = [other for other_key, other in spots.items() if other_key != key]
        straight = spot.length - median(other.length for other in others)
        aslant = spot.length - _length_at(spot.x, spot.y, others)
        found[key] = exp(min(straight, aslant, key=abs))
    return found


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a tool lies, in pixels, and the logarithm of how long it is there in what is usual."""

    x: float
    y: float
    length: float


def _length_at(x: float, y: float, others: Sequence[_Spot]) -> float:
    """What the others make of the length that is usual at a place: a level and a slope, an odd one counting little."""
    middle = (median(one.x for one in others), median(one.y for one in others))
    reach = max(max(abs(one.x - middle[0]), abs(one.y - middle[1])) for one in others) or 1.0
    points = [((one.x - middle[0]) / reach, (one.y - middle[1]) / reach, one.length) for one in others]
    level, right, down = median(one.length for one in others), 0.0, 0.0
    for _ in range(_ROUNDS):
        weights = [min(1.0, _ODD / max(abs(z - level - right * u - down * v), 1e-9)) for u, v, z in points]
        level, right, down = _plane(points, weights)
    return level + right * (x - middle[0]) / reach + down * (y - middle[1]) / reach


def _plane(points: Sequence[tuple[float, float, float]], weights: Sequence[float]) -> tuple[float, float, float]:
    """Level and slopes of the plane through weighted points (u, v, z), its slopes held back by `_SLANT`."""
    total = sum(weights)
    u0, v0, z0 = (sum(w * point[i] for w, point in zip(weights, points, strict=True)) / total for i in range(3))
    uu = uv = vv = uz = vz = 0.0
    for w, (u, v, z) in zip(weights, points, strict=True):
        du, dv, dz = u - u0, v - v0, z - z0
        uu, uv, vv, uz, vz = uu + w * du * du, uv + w * du * dv, vv + w * dv * dv, uz + w * du * dz, vz + w * dv * dz
    uu, vv = uu + _SLANT, vv + _SLANT
    determinant = uu * vv - uv * uv  # positive: both squares were raised
    right, down = (vv * uz - uv * vz) / determinant, (uu * vz - uv * uz) / determinant
    return z0 - right * u0 - down * v0, right, down


def _centre(box: Box) -> tuple[float, float]:
    return (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2


def _cut_off(box: Box, width: int, height: int) -> bool:
    if not width or not height:  # a frame without a size has no edge
        return False
    near = AT_THE_EDGE * max(width, height)
    return box.x1 <= near or box.y1 <= near or box.x2 >= width - near or box.y2 >= height - near
