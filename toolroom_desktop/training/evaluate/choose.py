"""The accept thresholds that let no incomplete kit pass and the most complete ones.

Whether a position is `present` depends on its accept threshold alone once everything else about the decision is fixed.
So each trial is decided once with thresholds that accept everything; those that are a success then are a success under
other accept thresholds exactly when the confidence of every class reaches its threshold. The other looks accept a kit
together, so that the least of their confidences counts. The search runs on these
confidences. The review threshold changes what counts as an object, so it is tried value by value.

Chosen strictly, an absent tool is believed in no trial, whatever else stops it: where one position is doubtful, a
person counts that one and takes the others for granted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.domain.inspection import Inspection, PositionState, Status, inspect
from toolroom_desktop.domain.looks import worth_another_look
from toolroom_desktop.domain.sizes import ToolSize
from toolroom_desktop.domain.thresholds import LookAlikeGroup, ModelKnowledge, Thresholds
from toolroom_desktop.domain.toolkit import ClassThreshold
from toolroom_desktop.training.evaluate.intervals import Share
from toolroom_desktop.training.evaluate.judge import TrialResult, judge, kit_figures
from toolroom_desktop.training.evaluate.plan import TrialKind
from toolroom_desktop.training.evaluate.sizes import learnt_sizes

MARGIN = 0.05
"""No trial may pass that would pass if all its confidences were this much higher, as far as `HIGHEST` leaves room."""
LOWEST = 0.40
"""No class is accepted below this confidence, however clean the trials are."""
HIGHEST = 0.95
REVIEWS = (0.20, 0.25, 0.30, 0.35, 0.40)
WORTH = 0.01
"""First-pass rate by which a higher review threshold must be better to be preferred to a lower one."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """Chosen thresholds with what they do to the trials that they were chosen on.

    unstoppable  trials with a tool absent that no allowed threshold stops, or chosen strictly: in which none keeps that
                 tool from being believed
    never        look-alike groups that are never believed, because a swap in them cannot be stopped otherwise
    sizes        what the complete kits say of how large each tool is beside the others
    checked_false_passes, checked_first_pass  thresholds and sizes learnt in the same way on one half of the trials and
                 counted on the other, both ways: what to expect of trials that the choice has not seen
    """

    review: float
    accept: Mapping[str, float]
    groups: tuple[LookAlikeGroup, ...]
    never: tuple[frozenset[str], ...]
    unstoppable: int
    false_passes: Share
    first_pass: Share
    foreign_overlooked: Share
    checked_false_passes: Share
    checked_first_pass: Share
    sizes: Mapping[str, ToolSize] = field(default_factory=dict)

    def thresholds(self, base: Thresholds) -> Thresholds:
        """`base` with the chosen values laid over it."""
        per_class = dict(base.per_class)
        per_class |= {name: ClassThreshold(accept=accept) for name, accept in self.accept.items()}
        return replace(base, review=self.review, accept=max(base.accept, self.review), per_class=per_class)

    def knowledge(self, model: ModelKnowledge) -> ModelKnowledge:
        """The model with the chosen bars of its look-alike groups and the sizes."""
        return replace(model, look_alikes=self.groups, sizes=self.sizes)


@dataclass(frozen=True, slots=True, eq=False)
class _Heights:
    """The least confidence of each class in the trials that could pass, (trials, classes)."""

    incomplete: Floats
    complete: Floats


def _open(thresholds: Thresholds, review: float) -> Thresholds:
    return replace(thresholds, review=review, accept=review, per_class={})


def _believed(inspection: Inspection, tool_class: str) -> bool:
    """Whether every position of the class is said to be present."""
    states = [position.state for position in inspection.positions if position.tool_class == tool_class]
    return bool(states) and all(state is PositionState.PRESENT for state in states)


def _least(inspection: Inspection, classes: Sequence[str]) -> list[float]:
    """The least confidence of each class."""
    least = dict.fromkeys(classes, 1.0)
    for position in inspection.positions:
        least[position.tool_class] = min(least[position.tool_class], position.confidence)
    return list(least.values())


def _heights(
    results: Iterable[TrialResult],
    expected: Mapping[str, int],
    thresholds: Thresholds,
    model: ModelKnowledge,
    *,
    strict: bool,
) -> _Heights:
    """Decide every trial with nothing in the way but what no accept threshold changes."""
    groups = tuple(replace(group, accept=0.0) for group in model.look_alikes)
    believing = replace(model, look_alikes=groups)
    classes = list(expected)
    rows: dict[bool, list[list[float]]] = {True: [], False: []}
    for result in results:
        if result.trial.kind in (TrialKind.FOREIGN_ADDED, TrialKind.OTHER_SIZE):
            continue
        first = inspect(expected, result.frames, thresholds, believing)
        absent = result.absent
        if strict and absent is not None and _believed(first, absent):
            # No other class may stop it.
            least = _least(first, classes)
            rows[True].append([height if name == absent else 1.0 for name, height in zip(classes, least, strict=True)])
        kept = rows[result.trial.kind.incomplete]
        if first.status is Status.SUCCESS and (absent is None or not strict):
            kept.append(_least(first, classes))
        if first.status is Status.SUCCESS or worth_another_look(first):
            others = [inspect(expected, frames, thresholds, believing) for frames in result.other_looks]
            if others and all(other.status is Status.SUCCESS for other in others):
                # They accept the kit together, or not at all.
                kept.append(list(map(min, *(_least(other, classes) for other in others), [1.0] * len(classes))))
    return _Heights(*(np.array(rows[kind], float).reshape(-1, len(classes)) for kind in (True, False)))


def _passing(heights: Floats, accept: Floats) -> NDArray[np.bool_]:
    result: NDArray[np.bool_] = (heights >= accept).all(axis=1)
    return result


def _with_margin(incomplete: Floats) -> Floats:
    """The heights that must not pass. One just below `HIGHEST` is stopped there, with what is left of the margin."""
    result: Floats = np.maximum(incomplete, np.minimum(incomplete + MARGIN, np.nextafter(HIGHEST, 0.0)))
    return result


def _search(incomplete: Floats, complete: Floats, lowest: float) -> tuple[Floats, NDArray[np.bool_]]:
    """Thresholds per class, and which of the incomplete trials nothing stops. `incomplete` includes the margin."""
    hopeless = (incomplete >= HIGHEST).all(axis=1)
    stoppable = incomplete[~hopeless]
    accept = np.full(incomplete.shape[1], lowest)
    # Greedy: raise the class that stops the most trials for the fewest complete kits lost.
    while (passing := stoppable[_passing(stoppable, accept)]).size:
        best: tuple[float, int, float] | None = None
        accepted = complete[_passing(complete, accept)]
        for column in range(accept.size):
            for height in np.unique(passing[:, column]):
                raised = float(np.nextafter(height, 2.0))
                if raised > HIGHEST:
                    continue
                stopped = int((passing[:, column] < raised).sum())
                lost = int((accepted[:, column] < raised).sum())
                cost = (lost + 1e-3 * (raised - accept[column])) / stopped
                if best is None or cost < best[0]:
                    best = (cost, column, raised)
        if best is None:  # every row that is left has a column below HIGHEST
            raise AssertionError("a trial that can be stopped was not")
        accept[best[1]] = best[2]
    return _settled(stoppable, complete, accept, lowest), hopeless


def _settled(incomplete: Floats, complete: Floats, accept: Floats, lowest: float) -> Floats:
    """The same effect with room on both sides: each threshold as low as it may be, then half-way to what it may be.

    The upper end is where the first complete kit that is accepted now would be lost.
    """
    settled = accept.copy()
    for column in range(settled.size):
        trial = settled.copy()
        trial[column] = lowest
        held = incomplete[_passing(incomplete, trial)]
        needed = float(np.nextafter(held[:, column].max(), 2.0)) if held.size else lowest
        settled[column] = max(lowest, min(settled[column], needed))
    accepted = complete[_passing(complete, settled)]
    upper = np.minimum(accepted.min(axis=0), HIGHEST) if accepted.size else settled
    middle: Floats = np.maximum(settled, np.floor((settled + upper) / 2 * 1000) / 1000)
    return middle


def _groups_for(
    model: ModelKnowledge, classes: Sequence[str], accept: Floats, blocked: Iterable[frozenset[str]]
) -> tuple[LookAlikeGroup, ...]:
    """The groups with bars: the lowest chosen threshold of their classes, or None for those that are never believed."""
    never = set(blocked)
    heights = dict(zip(classes, accept, strict=True))
    groups: list[LookAlikeGroup] = []
    for group in model.look_alikes:
        own = [float(heights[name]) for name in group.classes if name in heights]
        bar = None if group.classes in never else min(own) if own else group.accept
        groups.append(replace(group, accept=bar))
    return tuple(groups)


def _chosen(
    results: Sequence[TrialResult],
    expected: Mapping[str, int],
    thresholds: Thresholds,
    model: ModelKnowledge,
    *,
    strict: bool,
) -> tuple[Floats, tuple[LookAlikeGroup, ...], int]:
    """Thresholds per class, groups, and how many trials nothing stops, for one review threshold."""
    heights = _heights(results, expected, thresholds, model, strict=strict)
    lowest = max(LOWEST, thresholds.review)
    accept, hopeless = _search(_with_margin(heights.incomplete), heights.complete, lowest)
    unstoppable = int(hopeless.sum())
    blocked = [group.classes for group in model.look_alikes if group.classes & set(expected)] if unstoppable else []
    return accept, _groups_for(model, list(expected), accept, blocked), unstoppable


def _at(
    results: Sequence[TrialResult],
    expected: Mapping[str, int],
    thresholds: Thresholds,
    model: ModelKnowledge,
    chosen: tuple[Floats, tuple[LookAlikeGroup, ...], int],
) -> tuple[Share, Share, Share]:
    accept, groups, _ = chosen
    per_class = {name: ClassThreshold(accept=float(a)) for name, a in zip(expected, accept, strict=True)}
    figures = kit_figures(
        judge(results, expected, replace(thresholds, per_class=per_class), replace(model, look_alikes=groups)), expected
    )
    return figures.false_passes, figures.first_pass, figures.foreign_overlooked


def _halves(results: Sequence[TrialResult]) -> tuple[list[TrialResult], list[TrialResult]]:
    """By photo where there are several, so that one half really has not seen the other."""
    photos = list(dict.fromkeys(result.photo for result in results))
    if len(photos) > 1:
        first = set(photos[::2])
        return [r for r in results if r.photo in first], [r for r in results if r.photo not in first]
    return list(results[::2]), list(results[1::2])


def choose_thresholds(
    results: Sequence[TrialResult],
    expected: Mapping[str, int],
    base: Thresholds,
    model: ModelKnowledge,
    *,
    reviews: Sequence[float] = REVIEWS,
    strict: bool = False,
    sized: bool = True,
) -> Choice | None:
    """The thresholds for these trials; None where there is no complete or no incomplete trial to choose from.

    `strict` ones let no absent tool be believed, even where something else stops the trial. `sized` ones go with how
    large the complete kits show each tool to be.

    Of the review thresholds tried, the lowest is taken whose first-pass rate is within `WORTH` of the best without a
    false pass.
    """
    kinds = [result.trial.kind for result in results]
    if not any(kind.incomplete for kind in kinds) or TrialKind.COMPLETE not in kinds:
        return None

    def informed(seen: Sequence[TrialResult]) -> ModelKnowledge:
        return replace(model, sizes=learnt_sizes(seen, expected, base, model) if sized else {})

    tried = []
    knowing = informed(results)
    for review in reviews:
        opened = _open(base, review)
        chosen = _chosen(results, expected, opened, knowing, strict=strict)
        tried.append((review, chosen, _at(results, expected, opened, knowing, chosen)))
    least = min(shares[0].count for _, _, shares in tried)
    clean = [entry for entry in tried if entry[2][0].count == least]
    best = max(entry[2][1].value or 0.0 for entry in clean)
    review, chosen, shares = next(entry for entry in clean if (entry[2][1].value or 0.0) >= best - WORTH)
    accept, groups, unstoppable = chosen
    opened = _open(base, review)
    passes, firsts = Share(0, 0), Share(0, 0)
    halves = _halves(results)
    for seen, unseen in (halves, halves[::-1]):
        half = informed(seen)
        other = _at(unseen, expected, opened, half, _chosen(seen, expected, opened, half, strict=strict))
        passes = Share(passes.count + other[0].count, passes.of + other[0].of)
        firsts = Share(firsts.count + other[1].count, firsts.of + other[1].of)
    return Choice(
        review=review,
        accept={name: round(float(height), 4) for name, height in zip(expected, accept, strict=True)},
        groups=groups,
        never=tuple(group.classes for group in groups if group.accept is None),
        unstoppable=unstoppable,
        false_passes=shares[0],
        first_pass=shares[1],
        foreign_overlooked=shares[2],
        checked_false_passes=passes,
        checked_first_pass=firsts,
        sizes=knowing.sizes,
    )
