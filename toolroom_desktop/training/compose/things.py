"""The cut-outs of one or more stores as things to lay on a table, at their true relative sizes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from statistics import median

import numpy as np

from toolroom_desktop.adapters.files.cutouts import CutoutFolder
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.cutouts import CutoutRecord, Split
from toolroom_desktop.training.compose.paint import Paint, paint_of, painted
from toolroom_desktop.training.compose.pixels import SOLID, Pixels

USUAL_LENGTH = 0.3
"""Length of a thing as a share of the frame's width where nothing says how long it is."""
LONGEST_LOADED = 900
"""Pixels; a cut-out is never drawn larger than this, so no more of it is kept."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One cut-out. `tool_class` None is a foreign thing; `length` is its long axis as a share of a frame's width.

    `store` is the folder of cut-outs that it comes from, `paint` another colour for its grips.
    """

    path: Path
    tool_class: str | None
    length: float
    source: str
    store: Path
    paint: Paint | None = None


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
def look_of(thing: Thing) -> Pixels:
    """The cut-out in its paint, at most `LONGEST_LOADED` pixels long; a bounded number of them stays in memory."""
    pixels = load_cutout(thing.path)
    shrink = min(1.0, LONGEST_LOADED / max(pixels.shape[:2]))
    pixels = np.asarray(cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8)
    return pixels if thing.paint is None else painted(pixels, thing.paint)


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


@dataclass(frozen=True, slots=True)
class _Found:
    """A cut-out of a store. `length` None where the store does not say how large it is."""

    path: Path
    tool_class: str | None
    length: float | None
    source: str
    store: Path

    def thing(self, usual: float, tool_class: str | None, paint: Paint | None = None) -> Thing:
        return Thing(self.path, tool_class, self.length or usual, self.source, self.store, paint)


def _found(store: CutoutFolder, record: CutoutRecord) -> _Found | None:
    """The cut-out; None where it is empty."""
    path = store.path(record)
    axis = long_axis(load_cutout(path))
    if axis == 0:
        return None
    length = axis / record.frame[0] if record.frame else None
    return _Found(path, record.class_name, length, record.source, store.folder)


def _usual_lengths(found: Iterable[_Found]) -> dict[str | None, float]:
    known: dict[str | None, list[float]] = {}
    for one in found:
        if one.length is not None:
            known.setdefault(one.tool_class, []).append(one.length)
    return {tool_class: median(lengths) for tool_class, lengths in known.items()}


def _of_other_makes(
    own: Sequence[_Found], others: Sequence[_Found], kind: str, tool_class: str, usual: float
) -> tuple[Thing, ...]:
    """Tools of other makes as one of the kit: as long as the kit's own, each in its own colour and in the kit's."""
    of_kind = [replace(found, length=None) for found in others if found.tool_class == kind]
    if not of_kind:
        raise BadInput("compose.no_same_kind", name=kind)
    paint = paint_of(load_cutout(found.path) for found in own if found.tool_class == tool_class)
    coats = (None, paint) if paint else (None,)
    return tuple(found.thing(usual, tool_class, coat) for found in of_kind for coat in coats)


def gather(
    stores: Sequence[Path],
    *,
    foreign: Sequence[Path] = (),
    foreign_without: Collection[str] = (),
    same_kind: Mapping[str, str] | None = None,
    tables: Iterable[Path] = (),
    classes: Sequence[str] | None = None,
    without: Sequence[str] = (),
    only: Sequence[str] = (),
    splits: Collection[Split] = (Split.TRAIN,),
) -> Things:
    """Read cut-out stores.

    foreign   stores of which everything is a thing without a class
    foreign_without   classes of the foreign stores that are left out: what a camera cannot tell from the kit's own
    same_kind   classes of the foreign stores that are laid down as a class of the kit: few photographs of side cutters
              say little about others, closed or worn ones
    tables    photos of empty tables besides those in the stores
    classes   their order in the labels; None takes that of the stores
    without   shell patterns of source file names that are left out, compared without regard to case
    only      shell patterns of the only source names to take of `stores`; empty takes all
    splits    which parts of `stores` to take; what is held back is left out unless asked for

    Raises `BadInput`: enrol.no_cutout_folder, enrol.bad_cutout_list, compose.cutout_not_readable,
    compose.class_without_cutouts, compose.unknown_class, compose.no_same_kind.
    """
    named: list[str] = list(classes or ())
    own: list[_Found] = []
    others: list[_Found] = []
    table_paths = list(tables)
    kinds = dict(same_kind or {})
    unwanted = set(foreign_without) - set(kinds)
    for folder, is_foreign in [(folder, False) for folder in stores] + [(folder, True) for folder in foreign]:
        store = CutoutFolder.existing(folder)
        if classes is None and not is_foreign:
            photographed = {record.class_name for record in store.cutouts}
            # A class that nobody photographed is not learnt; one that the options left bare is a mistake.
            named.extend(c.name for c in store.classes if c.name in photographed and c.name not in named)
        for record in store.cutouts:
            if is_foreign and record.class_name in unwanted:
                continue
            # What is foreign has no part that is held back, unless it stands for a tool of the kit.
            if (not is_foreign or record.class_name in kinds) and record.split not in splits:
                continue
            if not _chosen(record.source, without, () if is_foreign else only):
                continue
            found = _found(store, record)
            if found is not None:
                (others if is_foreign else own).append(found)
        table_paths.extend(store.path(record) for record in store.backgrounds)
    usual = _usual_lengths(own)
    tools = {
        name: tuple(f.thing(usual.get(name, USUAL_LENGTH), name) for f in own if f.tool_class == name) for name in named
    }
    bare = [name for name, of_class in tools.items() if not of_class]
    if bare or not named:
        raise BadInput("compose.class_without_cutouts", classes=", ".join(bare))
    for kind, tool_class in kinds.items():
        if tool_class not in tools:
            raise BadInput("compose.unknown_class", name=tool_class, known=", ".join(named))
        tools[tool_class] += _of_other_makes(own, others, kind, tool_class, usual.get(tool_class, USUAL_LENGTH))
    strange = [found for found in own if found.tool_class is None]
    strange += [replace(found, tool_class=None) for found in others if found.tool_class not in kinds]
    usual_strange = _usual_lengths(strange).get(None, USUAL_LENGTH)
    return Things(tuple(named), tools, tuple(s.thing(usual_strange, None) for s in strange), tuple(table_paths))
