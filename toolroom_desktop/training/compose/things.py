"""The cut-outs of one or more stores as things to lay on a table, at their true relative sizes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.files.cutouts import CutoutFolder
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.cutouts import Split

Pixels = NDArray[np.uint8]
SOLID = 128
"""Alpha from which a pixel belongs to the thing."""
USUAL_LENGTH = 0.3
"""Length of a thing as a share of the frame's width where nothing says how long it is."""
LONGEST_LOADED = 900
"""Pixels; a cut-out is never drawn larger than this, so no more of it is kept."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One cut-out. `tool_class` None is a foreign thing; `length` is its long axis as a share of a frame's width.

    `store` is the folder of cut-outs that it comes from.
    """

    path: Path
    tool_class: str | None
    length: float
    source: str
    store: Path


def load_cutout(path: Path) -> Pixels:
    """The cut-out (height, width, 4) BGRA; raises `BadInput("compose.cutout_not_readable")`."""
    try:
        coded = np.fromfile(path, np.uint8)
    except OSError as error:
        raise BadInput("compose.cutout_not_readable", path=path) from error
    pixels = cv2.imdecode(coded, cv2.IMREAD_UNCHANGED) if coded.size else None
    if pixels is None or pixels.ndim != 3 or pixels.shape[2] != 4:
        raise BadInput("compose.cutout_not_readable", path=path)
    return np.asarray(pixels, np.uint8)


@lru_cache(maxsize=400)
def cutout(path: Path) -> Pixels:
    """The cut-out, at most `LONGEST_LOADED` pixels long; a bounded number of them stays in memory."""
    pixels = load_cutout(path)
    shrink = min(1.0, LONGEST_LOADED / max(pixels.shape[:2]))
    return np.asarray(cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8)


def long_axis(pixels: Pixels) -> float:
    """Length in pixels of the smallest turned rectangle around the solid part of a cut-out; 0 where it is empty."""
    solid = (pixels[:, :, 3] >= SOLID).astype(np.uint8)
    if cv2.countNonZero(solid) == 0:
        return 0.0
    return float(max(cv2.minAreaRect(cv2.convexHull(cv2.findNonZero(solid)))[1]))


@dataclass(frozen=True, slots=True)
class Things:
    """What can be laid on a table: `tools` by class in the order of `classes`, foreign things, table photos."""

    classes: tuple[str, ...]
    tools: dict[str, tuple[Thing, ...]]
    foreign: tuple[Thing, ...]
    tables: tuple[Path, ...]


def _chosen(source: str, without: Sequence[str], only: Sequence[str]) -> bool:
    name = source.lower()
    if any(fnmatchcase(name, pattern.lower()) for pattern in without):
        return False
    return not only or any(fnmatchcase(name, pattern.lower()) for pattern in only)


def gather(
    stores: Sequence[Path],
    *,
    foreign: Sequence[Path] = (),
    foreign_without: Collection[str] = (),
    tables: Iterable[Path] = (),
    classes: Sequence[str] | None = None,
    without: Sequence[str] = (),
    only: Sequence[str] = (),
    splits: Collection[Split] = (Split.TRAIN,),
) -> Things:
    """Read cut-out stores.

    foreign   stores of which everything is a thing without a class
    foreign_without   classes of the foreign stores that are left out: what a camera cannot tell from the kit's own
    tables    photos of empty tables besides those in the stores
    classes   their order in the labels; None takes that of the stores
    without   shell patterns of source file names that are left out, compared without regard to case
    only      shell patterns of the only source names to take of `stores`; empty takes all
    splits    which parts of `stores` to take; what is held back is left out unless asked for

    Raises `BadInput`: enrol.no_cutout_folder, enrol.bad_cutout_list, compose.cutout_not_readable,
    compose.class_without_cutouts.
    """
    named: list[str] = list(classes or ())
    raw: list[tuple[Path, str | None, float | None, str, Path]] = []
    table_paths = list(tables)
    for folder, is_foreign in [(folder, False) for folder in stores] + [(folder, True) for folder in foreign]:
        store = CutoutFolder.existing(folder)
        if classes is None and not is_foreign:
            photographed = {record.class_name for record in store.cutouts}
            # A class that nobody photographed is not learnt; one that the options left bare is a mistake.
            named.extend(c.name for c in store.classes if c.name in photographed and c.name not in named)
        for record in store.cutouts:
            if record.class_name in foreign_without if is_foreign else record.split not in splits:
                continue
            if not _chosen(record.source, without, () if is_foreign else only):
                continue
            path = store.path(record)
            axis = long_axis(load_cutout(path))
            if axis == 0:
                continue
            length = axis / record.frame[0] if record.frame else None
            raw.append((path, None if is_foreign else record.class_name, length, record.source, folder))
        table_paths.extend(store.path(record) for record in store.backgrounds)
    known: dict[str | None, list[float]] = {}
    for _, tool_class, length, _, _ in raw:
        if length is not None:
            known.setdefault(tool_class, []).append(length)
    usual = {tool_class: median(lengths) for tool_class, lengths in known.items()}
    things = [
        Thing(path, tool_class, length or usual.get(tool_class, USUAL_LENGTH), source, folder)
        for path, tool_class, length, source, folder in raw
    ]
    tools = {name: tuple(t for t in things if t.tool_class == name) for name in named}
    bare = [name for name, of_class in tools.items() if not of_class]
    if bare or not named:
        raise BadInput("compose.class_without_cutouts", classes=", ".join(bare))
    return Things(tuple(named), tools, tuple(t for t in things if t.tool_class is None), tuple(table_paths))
