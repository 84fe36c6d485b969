"""One scene: what lies on the table, where, with shadows; and its labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.training.compose.lay import ROUGHEST_CLOSE, Lying, lay
from toolroom_desktop.training.compose.pixels import Pixels
from toolroom_desktop.training.compose.tables import make_table
from toolroom_desktop.training.compose.things import Thing, Things

PLACES_APART = 400
"""How many places are tried for a thing that must lie apart from all others."""
GAP = 6
"""Pixels of the scene that stay free around it, at least."""
GRID = 8
"""Pixels of the scene per cell of the map of what is taken."""
LEAST_VISIBLE = 0.55
"""A thing is taken away again when less than this share of it stays visible: nobody could label it."""


@dataclass(frozen=True, slots=True)
class Label:
    """A tool that can be seen: class index and (x1, y1, x2, y2) in pixels.

    `outline` are the corners (x, y) in pixels of what can be seen of it, where outlines were asked for.
    """

    index: int
    box: tuple[float, float, float, float]
    outline: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """A finished scene: (height, width, 3) BGR, its labels, and of what kind it is."""

    pixels: Pixels
    labels: tuple[Label, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Mixture:
    """Which scenes are made: weights of the kinds, and how near the camera is.

    kit       every class once, some missing, some doubled, foreign things beside
    few       one to six things
    twins     two to four of a class or of a look-alike group side by side
    close     one tool fills the picture, as in the station's second look; mostly one of a look-alike group
    strangers foreign things only, or nothing at all
    nearest, farthest   factor on the true size in the frame
    missing   share of the tools that are left out of a kit
    doubled   share of the kits with one or two tools twice
    beside    share of the scenes with foreign things beside the tools
    outlines  labels tell the outline of a tool and not only its box
    name_foreign  foreign things have labels too: the class after the last
    apart     as the procedure asks: nothing lies on anything else, and nothing beyond the edge of the picture
    """

    kit: float = 0.45
    few: float = 0.30
    twins: float = 0.15
    close: float = 0.12
    strangers: float = 0.08
    nearest: float = 1.1
    farthest: float = 0.35
    missing: float = 0.08
    doubled: float = 0.35
    beside: float = 0.55
    outlines: bool = False
    name_foreign: bool = False
    apart: bool = False
    look_alikes: tuple[tuple[str, ...], ...] = ()

    def only_complete_kits(self) -> Mixture:
        """The same from the same distances, but every scene holds the whole kit once and nothing else: for trials.

        Outlines tell the trials which pixels are a tool's; guessed from the box, a part of it stays behind.
        """
        whole = replace(self, kit=1.0, few=0.0, twins=0.0, close=0.0, strangers=0.0)
        return replace(whole, missing=0.0, doubled=0.0, beside=0.0, outlines=True)

    def kinds(self) -> dict[str, float]:
        """Kinds with their shares, adding up to 1."""
        weights = {
            "kit": self.kit,
            "few": self.few,
            "twins": self.twins,
            "close": self.close,
            "strangers": self.strangers,
        }
        total = sum(weights.values())
        return {kind: weight / total for kind, weight in weights.items()}


def any_of(things: Iterable[Thing], dice: Generator) -> Thing:
    """One of the things, from each store equally often: a few photographs count as much as many renderings."""
    by_store: dict[Path, list[Thing]] = {}
    for thing in things:
        by_store.setdefault(thing.store, []).append(thing)
    stores = tuple(by_store.values())
    choice = stores[int(dice.integers(len(stores)))] if len(stores) > 1 else stores[0]
    return choice[int(dice.integers(len(choice)))]


def _alike(things: Things, mixture: Mixture, often: float, dice: Generator) -> tuple[str, ...]:
    """A look-alike group, so often; else a class by itself."""
    groups = [g for g in mixture.look_alikes if all(name in things.tools for name in g)]
    if groups and dice.random() < often:
        return groups[int(dice.integers(len(groups)))]
    return (str(dice.choice(things.classes)),)


def _list_of(things: Things, kind: str, mixture: Mixture, dice: Generator) -> list[Thing]:
    classes = things.classes
    chosen: list[Thing] = []
    if kind == "kit":
        names = [name for name in classes if dice.random() >= mixture.missing]
        if dice.random() < mixture.doubled and names:
            names += [str(dice.choice(names)) for _ in range(int(dice.integers(1, 3)))]
        chosen = [any_of(things.tools[name], dice) for name in names]
    elif kind == "few":
        chosen = [any_of(things.tools[str(dice.choice(classes))], dice) for _ in range(int(dice.integers(1, 7)))]
    elif kind == "twins":
        group = _alike(things, mixture, 0.6, dice)
        chosen = [any_of(things.tools[str(dice.choice(group))], dice) for _ in range(int(dice.integers(2, 5)))]
    elif kind == "close":
        subject = str(dice.choice(_alike(things, mixture, 0.75, dice)))
        neighbours = [str(dice.choice(classes)) for _ in range(int(dice.integers(0, 4)))]
        return [any_of(things.tools[name], dice) for name in (subject, *neighbours)]
    if things.foreign:
        count = int(dice.integers(1, 7)) if kind == "strangers" and dice.random() < 0.85 else int(dice.integers(0, 4))
        chosen += (
            [any_of(things.foreign, dice) for _ in range(count)]
            if kind == "strangers" or dice.random() < mixture.beside
            else []
        )
    order = dice.permutation(len(chosen))
    return [chosen[int(i)] for i in order]


@dataclass(slots=True)
class _Table:
    """The picture as it grows. `owner` says which thing a pixel shows, -1 for the table."""

    picture: NDArray[np.float32]
    owner: NDArray[np.int16]
    taken: NDArray[np.uint8]
    areas: list[float] = field(default_factory=list)
    classes: list[str | None] = field(default_factory=list)


def _place(
    table: _Table,
    thing: Lying,
    near: tuple[float, float] | None,
    crowding: float,
    dice: Generator,
    *,
    beyond: float = 0.0,
) -> tuple[int, int] | None:
    """Where the thing's top left corner goes: the least crowded of some places; None where there is no room.

    `beyond` is the share of the thing that may lie outside the picture.
    """
    height, width = table.owner.shape
    high, wide = thing.alpha.shape
    cells = cv2.resize(thing.alpha, (max(1, wide // GRID), max(1, high // GRID)), interpolation=cv2.INTER_AREA) > 0.3
    own = max(1, int(cells.sum()))
    best: tuple[float, int, int] | None = None
    if dice.random() < 0.12:  # now and then something lies partly outside the picture
        beyond = max(beyond, 0.12)
    for attempt in range(28):
        if near is not None and attempt < 20:
            x, y = int(near[0] + dice.normal(0, 12) - wide / 2), int(near[1] + dice.normal(0, 12) - high / 2)
            near = (near[0] + dice.normal(0, 18), near[1] + dice.normal(0, 18))
        else:
            low_x, low_y = -beyond * wide, -beyond * high
            x = int(dice.uniform(low_x, max(low_x + 1, width - wide - low_x)))
            y = int(dice.uniform(low_y, max(low_y + 1, height - high - low_y)))
        if beyond == 0.0 and (x < 0 or y < 0 or x + wide > width or y + high > height):
            if wide > width or high > height:
                return None
            x, y = min(max(x, 0), width - wide), min(max(y, 0), height - high)
        row, column = y // GRID, x // GRID
        top, left = max(0, row), max(0, column)
        under = table.taken[top : row + cells.shape[0], left : column + cells.shape[1]]
        mine = cells[top - row : top - row + under.shape[0], left - column : left - column + under.shape[1]]
        crowded = float((under[: mine.shape[0], : mine.shape[1]] > 0)[mine].sum()) / own
        if best is None or crowded < best[0]:
            best = (crowded, x, y)
        if crowded == 0.0:
            break
    return None if best is None or best[0] > crowding else (best[1], best[2])


def _place_apart(table: _Table, thing: Lying, dice: Generator) -> tuple[int, int] | None:
    """Where the thing's top left corner goes so that it lies whole in the picture and on nothing; None without room."""
    height, width = table.owner.shape
    high, wide = thing.alpha.shape
    if wide > width or high > height:
        return None
    around = np.pad((thing.alpha > 0.02).astype(np.uint8), GAP)
    around = np.asarray(cv2.dilate(around, np.ones((2 * GAP + 1, 2 * GAP + 1), np.uint8)), np.uint8)
    for _ in range(PLACES_APART):
        x, y = int(dice.integers(0, width - wide + 1)), int(dice.integers(0, height - high + 1))
        left, top = max(0, x - GAP), max(0, y - GAP)
        there = table.owner[top : y + high + GAP, left : x + wide + GAP]
        own = around[top - y + GAP :, left - x + GAP :][: there.shape[0], : there.shape[1]]
        if not (there[own > 0] >= 0).any():
            return x, y
    return None


@dataclass(frozen=True, slots=True)
class _Light:
    """Where shadows fall: direction in pixels per unit of height, their darkness 0..1 and softness in pixels."""

    fall: tuple[float, float]
    dark: float
    soft: float


def _light(width: int, dice: Generator) -> _Light:
    turn, far = dice.uniform(0, 2 * np.pi), dice.uniform(0.0, 0.022) * width
    dark = dice.uniform(0.15, 0.75) if dice.random() < 0.85 else 0.0
    return _Light((far * np.cos(turn), far * np.sin(turn)), dark, dice.uniform(1.0, max(2.0, 0.010 * width)))


def _put(table: _Table, thing: Lying, at: tuple[int, int], light: _Light) -> None:
    height, width = table.owner.shape
    reach = int(abs(light.fall[0]) + abs(light.fall[1]) + 3 * light.soft) + 2
    alpha = cv2.copyMakeBorder(thing.alpha, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0.0)
    if light.dark > 0:
        moved = cv2.warpAffine(
            alpha, np.array([[1, 0, light.fall[0]], [0, 1, light.fall[1]]], np.float32), alpha.shape[1::-1]
        )
        cast = cv2.GaussianBlur(np.maximum(alpha, moved), (0, 0), light.soft)
        contact = cv2.GaussianBlur(alpha, (0, 0), 2.0)
        shadow = 1.0 - light.dark * np.maximum(cast, contact * 0.8)
    x, y = at[0] - reach, at[1] - reach
    left, top = max(0, x), max(0, y)
    right, bottom = min(width, x + alpha.shape[1]), min(height, y + alpha.shape[0])
    if right <= left or bottom <= top:
        table.areas.append(0.0)
        table.classes.append(thing.tool_class)
        return
    inside = np.s_[top - y : bottom - y, left - x : right - x]
    there = np.s_[top:bottom, left:right]
    if light.dark > 0:
        table.picture[there] *= shadow[inside][:, :, None]
    colour = cv2.copyMakeBorder(thing.colour, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    cover = alpha[inside][:, :, None]
    table.picture[there] += (colour[inside] - table.picture[there]) * cover
    solid = alpha[inside] > 0.5
    table.owner[there][solid] = len(table.areas)
    table.areas.append(float((thing.alpha > 0.5).sum()))
    table.classes.append(thing.tool_class)
    cells = cv2.resize(solid.astype(np.uint8) * 255, None, fx=1 / GRID, fy=1 / GRID, interpolation=cv2.INTER_AREA)
    row, column = top // GRID, left // GRID
    under = table.taken[row : row + cells.shape[0], column : column + cells.shape[1]]
    np.maximum(under, cells[: under.shape[0], : under.shape[1]] // 60, out=under)


LEAST_PIECE = 0.02
"""A piece of a tool that others cover in part is left out of its outline below this share of what is seen of it."""


def _outline(seen: Pixels) -> tuple[tuple[float, float], ...]:
    """The outline of a mask as one ring of corners; pieces hang together by lines without breadth."""
    pieces, _ = cv2.findContours(seen, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    least = LEAST_PIECE * cv2.countNonZero(seen)
    corners: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=cv2.contourArea, reverse=True):
        if corners and cv2.contourArea(piece) < least:
            break
        ring = [(float(x) + 0.5, float(y) + 0.5) for x, y in piece[:, 0]]
        corners += [*ring, ring[0]]
    return tuple(corners)


def _labels(table: _Table, classes: tuple[str, ...], mixture: Mixture) -> tuple[Label, ...]:
    labels: list[Label] = []
    for number, tool_class in enumerate(table.classes):
        if (tool_class is None and not mixture.name_foreign) or table.areas[number] == 0:
            continue
        seen = (table.owner == number).astype(np.uint8)
        if cv2.countNonZero(seen) < 0.25 * table.areas[number]:
            continue
        x, y, wide, high = cv2.boundingRect(seen)
        box = (float(x), float(y), float(x + wide), float(y + high))
        index = len(classes) if tool_class is None else classes.index(tool_class)
        labels.append(Label(index, box, _outline(np.asarray(seen, np.uint8)) if mixture.outlines else ()))
    return tuple(labels)


def _close_up(table: _Table, chosen: list[Thing], light: _Light, dice: Generator) -> None:
    """The first thing fills the picture; its neighbours lie around it at the same scale, mostly partly outside."""
    height, width = table.owner.shape
    subject, *neighbours = chosen
    angle = dice.uniform(0, 2 * np.pi)
    fits = min(width / max(abs(np.cos(angle)), 0.25), height / max(abs(np.sin(angle)), 0.25))
    length = fits * dice.uniform(0.6, 0.9)
    lying = lay(subject, length, dice, angle=angle, roughest=ROUGHEST_CLOSE)
    high, wide = lying.alpha.shape
    room_x, room_y = max(0, width - wide), max(0, height - high)
    at = (int(room_x * dice.uniform(0.25, 0.75)), int(room_y * dice.uniform(0.25, 0.75)))
    _put(table, lying, at, light)
    for thing in neighbours:
        beside = lay(thing, length * thing.length / subject.length, dice, roughest=ROUGHEST_CLOSE)
        place = _place(table, beside, None, 0.06, dice, beyond=0.7)
        if place is not None:
            _put(table, beside, place, light)


def make_scene(
    things: Things, mixture: Mixture, width: int, height: int, dice: Generator
) -> tuple[NDArray[np.float32], tuple[Label, ...], str]:
    """Lay a scene; the picture (height, width, 3) BGR float 0..255 as a perfect camera would see it."""
    kinds = mixture.kinds()
    kind = str(dice.choice(list(kinds), p=list(kinds.values())))
    table = _Table(
        make_table(width, height, things.tables, dice).astype(np.float32),
        np.full((height, width), -1, np.int16),
        np.zeros((height // GRID + 2, width // GRID + 2), np.uint8),
    )
    light = _light(width, dice)
    chosen = _list_of(things, kind, mixture, dice)
    zoom = float(np.exp(dice.uniform(np.log(mixture.farthest), np.log(mixture.nearest))))
    if kind in ("few", "twins") and dice.random() < 0.25:
        zoom *= dice.uniform(1.2, 2.2)  # a close look
    # Side by side: one direction and one place for all; otherwise anywhere.
    angle = dice.uniform(0, 2 * np.pi) if kind == "twins" or (kind == "kit" and dice.random() < 0.2) else None
    near = (width * dice.uniform(0.3, 0.7), height * dice.uniform(0.3, 0.7)) if kind == "twins" else None
    crowding = float(dice.choice([0.0, 0.03, 0.10, 0.18]))
    if kind == "close":
        _close_up(table, chosen, light, dice)
        chosen = []
    for thing in chosen:
        length = thing.length * width * zoom * float(np.exp(dice.normal(0, 0.05)))
        if thing.tool_class is None:
            length *= float(np.exp(dice.normal(0, 0.25)))
        shift = None if angle is None else angle + dice.normal(0, 0.12) + np.pi * int(dice.random() < 0.2)
        lying = lay(thing, max(24.0, length), dice, angle=shift)
        at = _place_apart(table, lying, dice) if mixture.apart else _place(table, lying, near, crowding, dice)
        if at is not None:
            _put(table, lying, at, light)
    return table.picture, _labels(table, things.classes, mixture), kind
