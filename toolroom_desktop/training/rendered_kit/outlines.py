"""Plane geometry for the modelled tools: pure Python, all lengths in millimetres, all angles in degrees."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]


def points(text: str) -> list[Point]:
    """Points from the notation of an SVG polygon: ``"x,y x,y ..."``."""
    pairs = (pair.split(",") for pair in text.split())
    return [(float(x), float(y)) for x, y in pairs]


def arc(centre: Point, radius: float, start: float, stop: float, steps: int = 24) -> list[Point]:
    """Points of a circular arc from ``start`` to ``stop`` degrees, both ends included."""
    turn = [math.radians(start + (stop - start) * i / steps) for i in range(steps + 1)]
    return [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in turn]


def circle(centre: Point, radius: float, steps: int = 48) -> list[Point]:
    """A closed circle (the first point is not repeated)."""
    return arc(centre, radius, 0.0, 360.0, steps)[:-1]


def capsule(start: Point, stop: Point, radius: float, steps: int = 12) -> list[Point]:
    """A closed slot with round ends between two centres."""
    along = math.degrees(math.atan2(stop[1] - start[1], stop[0] - start[0]))
    return arc(stop, radius, along - 90, along + 90, steps) + arc(start, radius, along + 90, along + 270, steps)


def rectangle(x0: float, y0: float, x1: float, y1: float, radius: float = 0.0, steps: int = 6) -> list[Point]:
    """A closed rectangle, its corners rounded by ``radius``."""
    if radius <= 0:
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    out: list[Point] = []
    for cx, cy, first in ((x1, y0, -90), (x1, y1, 0), (x0, y1, 90), (x0, y0, 180)):
        centre = (cx - radius if cx == x1 else cx + radius, cy - radius if cy == y1 else cy + radius)
        out += arc(centre, radius, first, first + 90, steps)
    return out


def rotated(points: Sequence[Point], angle: float, about: Point = (0.0, 0.0)) -> list[Point]:
    """The points turned counter-clockwise about a centre."""
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    ax, ay = about
    return [(ax + (x - ax) * c - (y - ay) * s, ay + (x - ax) * s + (y - ay) * c) for x, y in points]


def mirrored(points: Sequence[Point]) -> list[Point]:
    """The points mirrored in the long axis (y becomes -y), order turned so that the winding stays."""
    return [(x, -y) for x, y in reversed(points)]


def smooth(points: Sequence[Point], per_span: int = 8, closed: bool = False) -> list[Point]:
    """A Catmull-Rom curve through every given point."""
    n = len(points)
    spans = n if closed else n - 1

    def at(i: int) -> Point:
        return points[i % n] if closed else points[min(max(i, 0), n - 1)]

    out: list[Point] = []
    for i in range(spans):
        p0, p1, p2, p3 = at(i - 1), at(i), at(i + 1), at(i + 2)
        for k in range(per_span):
            t = k / per_span
            out.append((_spline(p0[0], p1[0], p2[0], p3[0], t), _spline(p0[1], p1[1], p2[1], p3[1], t)))
    if not closed:
        out.append(points[-1])
    return out


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def bent(points: Sequence[Point], radius: float, steps: int = 10) -> list[Point]:
    """An open path of straight runs whose inner corners are bent with a given radius, like a rod."""
    out = [points[0]]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        a = math.atan2(before[1] - here[1], before[0] - here[0])
        b = math.atan2(after[1] - here[1], after[0] - here[0])
        half = math.acos(max(-1.0, min(1.0, math.cos(a - b)))) / 2
        cut = radius / math.tan(half)
        middle = math.atan2(math.sin(a) + math.sin(b), math.cos(a) + math.cos(b))
        reach = radius / math.sin(half)
        centre = (here[0] + reach * math.cos(middle), here[1] + reach * math.sin(middle))
        first = (here[0] + cut * math.cos(a), here[1] + cut * math.sin(a))
        last = (here[0] + cut * math.cos(b), here[1] + cut * math.sin(b))
        start = math.degrees(math.atan2(first[1] - centre[1], first[0] - centre[0]))
        sweep = math.degrees(math.atan2(last[1] - centre[1], last[0] - centre[0])) - start
        sweep = (sweep + 180) % 360 - 180
        out += arc(centre, radius, start, start + sweep, steps)
    out.append(points[-1])
    return out


def resampled(points: Sequence[Point], count: int) -> list[Point]:
    """``count`` points spaced evenly along an open path."""
    lengths = [0.0]
    for p, q in pairwise(points):
        lengths.append(lengths[-1] + math.dist(p, q))
    out: list[Point] = []
    i = 0
    for k in range(count):
        want = lengths[-1] * k / (count - 1)
        while i < len(points) - 2 and lengths[i + 1] < want:
            i += 1
        span = lengths[i + 1] - lengths[i]
        t = (want - lengths[i]) / span if span else 0.0
        out.append(
            (
                points[i][0] + (points[i + 1][0] - points[i][0]) * t,
                points[i][1] + (points[i + 1][1] - points[i][1]) * t,
            )
        )
    return out


def normals(path: Sequence[Point]) -> list[Point]:
    """Unit vectors to the left of an open path at each of its points."""
    out: list[Point] = []
    for i in range(len(path)):
        a, b = path[max(i - 1, 0)], path[min(i + 1, len(path) - 1)]
        length = math.dist(a, b) or 1.0
        out.append((-(b[1] - a[1]) / length, (b[0] - a[0]) / length))
    return out


def ribbon(path: Sequence[Point], widths: Sequence[float], per_span: int = 8) -> list[Point]:
    """A closed outline around a smoothed path; one full width per given path point, smoothed the same way."""
    line = smooth(path, per_span)
    spread = [w for w, _ in smooth([(w, 0.0) for w in widths], per_span)]
    left = [(p[0] + n[0] * w / 2, p[1] + n[1] * w / 2) for p, n, w in zip(line, normals(line), spread, strict=True)]
    right = [(p[0] - n[0] * w / 2, p[1] - n[1] * w / 2) for p, n, w in zip(line, normals(line), spread, strict=True)]
    return right + left[::-1]


def star(centre: Point, outer: float, inner: float, points: int) -> list[Point]:
    """A closed star: the opening of a twelve-point ring."""
    out: list[Point] = []
    for i in range(points * 2):
        a = math.pi * i / points
        r = outer if i % 2 == 0 else inner
        out.append((centre[0] + r * math.cos(a), centre[1] + r * math.sin(a)))
    return out


def serrated(start: Point, stop: Point, teeth: int, depth: float) -> list[Point]:
    """An open edge with pointed teeth of ``depth`` to the left of its direction; both ends included."""
    dx, dy = stop[0] - start[0], stop[1] - start[1]
    length = math.hypot(dx, dy)
    out: list[Point] = []
    for i in range(2 * teeth + 1):
        along, out_by = i / (2 * teeth), depth * (i % 2)
        out.append((start[0] + dx * along - dy / length * out_by, start[1] + dy * along + dx / length * out_by))
    return out


def hull(points: Sequence[Point]) -> list[Point]:
    """The convex hull, counter-clockwise."""
    todo = sorted(set(points))

    def chain(some: Sequence[Point]) -> list[Point]:
        out: list[Point] = []
        for p in some:
            while len(out) > 1 and _cross(out[-2], out[-1], p) <= 0:
                out.pop()
            out.append(p)
        return out[:-1]

    return chain(todo) + chain(todo[::-1])


def _cross(o: Point, a: Point, b: Point) -> float:
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
