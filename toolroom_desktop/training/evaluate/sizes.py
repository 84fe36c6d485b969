"""How large each tool is beside the others, learnt from the trials that show the complete kit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from toolroom_desktop.domain.inspection import PositionResult, PositionState, inspect
from toolroom_desktop.domain.sizes import SizedBox, ToolSize, diagonal, factors
from toolroom_desktop.domain.thresholds import ModelKnowledge, Thresholds
from toolroom_desktop.training.evaluate.judge import TrialResult
from toolroom_desktop.training.evaluate.plan import TrialKind

ROOM = 1.15
"""Factor by which a tool may go beyond what the trials show: cameras hang aslant, and makers differ."""
LEAST_RANGE = 1.25
"""Factor that every tool may be longer or shorter, however alike it looked in all trials."""
TAIL = 0.002
"""Share of the pictures at each end that do not count: tools that lie under others, boxes that are wrong."""
LEAST_SEEN = 20
"""Trials in which a class must have been seen for its size to be known."""
LEAST_PHOTOS = 10
"""Photographs among them: all trials of one show the tool as far open and as near the camera as that one does."""
_ROUNDS = 6

Picture = dict[str, SizedBox]
"""What is surely there in a trial, by class."""


def learnt_sizes(
    results: Iterable[TrialResult], expected: Mapping[str, int], thresholds: Thresholds, model: ModelKnowledge
) -> dict[str, ToolSize]:
    """The sizes of the classes of which the kit has one; those that were seen too seldom have none."""
    # How surely look-alikes are told apart is not asked: a group that is never believed has sizes too.
    groups = tuple(replace(group, accept=0.0) for group in model.look_alikes)
    blind = replace(model, sizes={}, look_alikes=groups)
    pictures = [
        (result.photo, _surely_there(inspect(expected, result.frames, thresholds, blind).positions))
        for result in results
        if result.trial.kind is TrialKind.COMPLETE
    ]
    usual = _usual([picture for _, picture in pictures])
    apart: dict[str, list[float]] = defaultdict(list)
    photos: dict[str, set[str]] = defaultdict(set)
    for photo, picture in pictures:
        for name, factor in factors(picture, usual).items():
            apart[name].append(factor)
            photos[name].add(photo)
    found: dict[str, ToolSize] = {}
    for name in sorted(apart):
        if len(apart[name]) >= LEAST_SEEN and len(photos[name]) >= LEAST_PHOTOS:
            low, high = np.quantile(apart[name], [TAIL, 1 - TAIL])
            found[name] = ToolSize(
                usual=round(usual[name], 3),
                least=round(min(float(low) / ROOM, 1 / LEAST_RANGE), 3),
                most=round(max(float(high) * ROOM, LEAST_RANGE), 3),
            )
    return found


def _surely_there(positions: Iterable[PositionResult]) -> Picture:
    return {
        p.tool_class: SizedBox(p.tool_class, p.box)
        for p in positions
        if p.state is PositionState.PRESENT and p.of_units == 1 and p.box is not None and diagonal(p.box) > 0
    }


def _usual(pictures: Sequence[Picture]) -> dict[str, float]:
    """How long each class usually is, the middle one of the kit being 1.

    What is usual and how far a picture's tools are from it depend on one another, so that it is mended in turns.
    """
    middle = float(np.median([diagonal(one.box) for picture in pictures for one in picture.values()] or [1.0]))
    names = {name for picture in pictures for name in picture}
    usual = dict.fromkeys(names, middle)
    for _ in range(_ROUNDS):
        apart: dict[str, list[float]] = defaultdict(list)
        for picture in pictures:
            for name, factor in factors(picture, usual).items():
                apart[name].append(factor)
        usual |= {name: usual[name] * float(np.median(found)) for name, found in apart.items()}
    unit = float(np.median(list(usual.values()))) if usual else 1.0
    return {name: length / unit for name, length in usual.items()}
