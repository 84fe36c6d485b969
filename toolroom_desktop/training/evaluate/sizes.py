"""How large each tool is beside the others, learnt from the trials that show the complete kit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from toolroom_desktop.domain.inspection import ModelKnowledge, PositionResult, PositionState, Thresholds, inspect
from toolroom_desktop.domain.sizes import LEAST_OTHERS, ToolSize, diagonal
from toolroom_desktop.training.evaluate.judge import TrialResult
from toolroom_desktop.training.evaluate.plan import TrialKind

ROOM = 1.1
"""Factor by which a tool may go beyond what the trials show: cameras hang aslant, and makers differ."""
LEAST_RANGE = 1.25
"""Factor that every tool may be longer or shorter, however alike it looked in all trials."""
TAIL = 0.002
"""Share of the pictures at each end that do not count: tools that lie under others, boxes that are wrong."""
LEAST_SEEN = 20
"""Pictures in which a class must have been seen for its size to be known."""
_ROUNDS = 4

Lengths = dict[str, float]
"""Logarithm of the length in pixels by class, of one picture."""


def learnt_sizes(
    results: Iterable[TrialResult], expected: Mapping[str, int], thresholds: Thresholds, model: ModelKnowledge
) -> dict[str, ToolSize]:
    """The sizes of the classes of which the kit has one; those that were seen too seldom have none."""
    blind = replace(model, sizes={})
    pictures = [
        lengths
        for result in results
        if result.trial.kind is TrialKind.COMPLETE
        and len(lengths := _lengths(inspect(expected, result.frames, thresholds, blind).positions)) > LEAST_OTHERS
    ]
    usual = _usual(pictures)
    found: dict[str, ToolSize] = {}
    for name, apart in sorted(_apart(pictures, usual).items()):
        if len(apart) >= LEAST_SEEN:
            low, high = np.exp(np.quantile(apart, [TAIL, 1 - TAIL]))
            found[name] = ToolSize(
                usual=round(float(np.exp(usual[name])), 3),
                least=round(min(float(low) / ROOM, 1 / LEAST_RANGE), 3),
                most=round(max(float(high) * ROOM, LEAST_RANGE), 3),
            )
    return found


def _lengths(positions: Iterable[PositionResult]) -> Lengths:
    """Of what is surely there, and one of its kind."""
    return {
        p.tool_class: float(np.log(diagonal(p.box)))
        for p in positions
        if p.state is PositionState.PRESENT and p.of_units == 1 and p.box is not None and diagonal(p.box) > 0
    }


def _usual(pictures: Iterable[Lengths]) -> Lengths:
    """Logarithm of what each class is usually long, the middle one of the kit being 1.

    A picture's scale is known from the usual lengths and the other way round, so that both are mended in turns.
    """
    pictures = list(pictures)
    usual: Lengths = {}
    for _ in range(_ROUNDS):
        apart: dict[str, list[float]] = defaultdict(list)
        for lengths in pictures:
            scale = float(np.median([length - usual.get(name, 0.0) for name, length in lengths.items()]))
            for name, length in lengths.items():
                apart[name].append(length - scale)
        usual = {name: float(np.median(found)) for name, found in apart.items()}
    middle = float(np.median(list(usual.values()))) if usual else 0.0
    return {name: length - middle for name, length in usual.items()}


def _apart(pictures: Iterable[Lengths], usual: Lengths) -> dict[str, list[float]]:
    """How far each class was from its usual length in each picture, measured by the others, as a logarithm."""
    apart: dict[str, list[float]] = defaultdict(list)
    for lengths in pictures:
        own = {name: length - usual[name] for name, length in lengths.items()}
        for name, length in own.items():
            apart[name].append(length - float(np.median([other for key, other in own.items() if key != name])))
    return apart
