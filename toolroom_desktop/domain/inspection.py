"""The decision: what several frames of a table say about a toolkit.

A pure function over plain values. The worst error is a false pass, so every rule here errs towards looking again:

- Detections that overlap are one object, whatever their classes, and touching overlaps chain. One thing with two
  labels can therefore never stand in for two tools.
- An object with two plausible labels is unsure, and so is a position whose look-alikes the model cannot tell apart.
- A position's confidence is the median over the frames, a frame where it was not seen counting 0.
- A tool of another size than its kit's own is unsure, where sizes are known.
- An extra seen in any frame is kept: in most frames it is an extra, in some the frames disagree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from toolroom_desktop.domain.detection import Box, FrameResult, PictureProblem
from toolroom_desktop.domain.objects import SeenObject, objects_of
from toolroom_desktop.domain.sizes import SizedBox, other_sizes
from toolroom_desktop.domain.thresholds import LookAlikeGroup, ModelKnowledge, Thresholds


class Status(StrEnum):
    """The outcome of an inspection."""

    SUCCESS = "success"
    DISCREPANCY = "discrepancy"
    MANUAL_CHECK = "manual_check"


class PositionState(StrEnum):
    """What the frames say about one tool of the toolkit."""

    PRESENT = "present"
    UNSURE = "unsure"
    MISSING = "missing"


class UnsureReason(StrEnum):
    """Why a position is not simply present or missing."""

    LOW_CONFIDENCE = "low_confidence"
    TWO_LABELS = "two_labels"
    LOOK_ALIKE = "look_alike"
    FRAMES_DISAGREE = "frames_disagree"
    NOT_KNOWN_TO_MODEL = "not_known_to_model"
    OTHER_SIZE = "other_size"


class ManualReason(StrEnum):
    """Why the station asks a person instead of deciding."""

    UNSURE_POSITION = "unsure_position"
    FRAMES_DISAGREE = "frames_disagree"
    PICTURE_UNUSABLE = "picture_unusable"
    NOT_KNOWN_TO_MODEL = "not_known_to_model"
    NO_PICTURE = "no_picture"


@dataclass(frozen=True, slots=True)
class PositionResult:
    """One tool of the toolkit. `unit` counts from 1 within its class; `confidence` is the median over the frames, 0..1.

    `box` is where it lies in the last frame that showed it, None where no frame did. `found` says whether it counts
    as seen for the match percentage. `look_alikes` is the group that it could not be told apart from, None unless
    that is among the reasons.
    """

    tool_class: str
    unit: int
    of_units: int
    state: PositionState
    confidence: float
    found: bool
    box: Box | None = None
    reasons: frozenset[UnsureReason] = frozenset()
    look_alikes: LookAlikeGroup | None = None


@dataclass(frozen=True, slots=True)
class Extra:
    """An object that the toolkit does not ask for. `steady` is False when only a minority of the frames show it."""

    tool_class: str
    confidence: float
    box: Box
    steady: bool = True


NEAR_ENOUGH = 0.12
"""Share of the picture's longer side from which look-alikes can mostly be told apart.

Measured on 1,748 complete kits: where the box of the smallest screwdriver was shorter, 110 of 244 passed at first
sight, else 1,312 of 1,504.
"""


@dataclass(frozen=True, slots=True)
class Inspection:
    """The decision with everything it was made from, except the pictures."""

    status: Status
    match_percentage: float
    positions: tuple[PositionResult, ...]
    extras: tuple[Extra, ...]
    manual_reasons: frozenset[ManualReason]
    picture_problems: frozenset[PictureProblem]
    thresholds: Thresholds
    model_name: str
    model_sha256: str
    frames: int
    width: int
    height: int

    @property
    def missing(self) -> tuple[PositionResult, ...]:
        """The positions that were not seen."""
        return tuple(p for p in self.positions if p.state is PositionState.MISSING)

    @property
    def unsure(self) -> tuple[PositionResult, ...]:
        """The positions that a person must look at."""
        return tuple(p for p in self.positions if p.state is PositionState.UNSURE)

    @property
    def look_alikes(self) -> tuple[LookAlikeGroup, ...]:
        """The groups of which a person must tell the tools apart, in the order of the positions."""
        return tuple(dict.fromkeys(p.look_alikes for p in self.positions if p.look_alikes is not None))

    @property
    def look_alikes_too_small(self) -> bool:
        """Whether a look-alike that was not told apart is so small in the picture that the camera is too far away."""
        least = NEAR_ENOUGH * max(self.width, self.height)
        doubted = (p.box for p in self.positions if p.look_alikes is not None and p.box is not None)
        return any(max(box.x2 - box.x1, box.y2 - box.y1) < least for box in doubted)

    @property
    def found_count(self) -> int:
        """How many of the expected tools were seen, surely or not."""
        return sum(p.found for p in self.positions)

    @property
    def whole_count_needed(self) -> bool:
        """Whether a person must count every position, not only the doubtful ones."""
        return (
            self.match_percentage < self.thresholds.match_percentage or bool(self.picture_problems) or not self.frames
        )


HEAPED_LABELS = 3


@dataclass(slots=True)
class _FrameView:
    """One frame matched with the toolkit. `odd` are the units of another size than the kit's own."""

    units: dict[tuple[str, int], SeenObject]
    odd: frozenset[tuple[str, int]]
    extras: list[SeenObject]
    claimed: frozenset[str]
    problems: frozenset[PictureProblem]


def _match(
    expected: Mapping[str, int], frame: FrameResult, thresholds: Thresholds, model: ModelKnowledge
) -> _FrameView:
    objects = objects_of(frame.detections, thresholds)
    by_class: dict[str, list[SeenObject]] = defaultdict(list)
    for seen in objects:
        by_class[seen.tool_class].append(seen)
    units: dict[tuple[str, int], SeenObject] = {}
    extras: list[SeenObject] = []
    for tool_class, group in by_class.items():
        quantity = expected.get(tool_class, 0)
        # Clear objects fill the positions first, so that a doubtful one is what is left over.
        ranked = sorted(group, key=lambda o: (o.two_labels, -o.confidence, o.box))
        for unit, seen in enumerate(ranked[:quantity], start=1):
            units[tool_class, unit] = seen
        extras.extend(ranked[quantity:])
    problems = frozenset() if frame.quality is None else thresholds.quality.problems(frame.quality)
    if any(len(seen.plausible) >= HEAPED_LABELS for seen in objects):
        problems |= {PictureProblem.HEAPED}
    claimed = frozenset(name for seen in objects if seen.two_labels for name in seen.plausible)
    boxes = {unit: SizedBox(seen.tool_class, seen.box) for unit, seen in units.items()}
    odd = other_sizes(boxes, model.sizes, frame.width, frame.height)
    return _FrameView(units, odd, extras, claimed, problems)


def _most(count: int, frames: int) -> bool:
    return 2 * count >= frames


def _of_another_size(view: _FrameView, tool_class: str, unit: int) -> bool:
    """Whether the unit stands for one of another size in this frame.

    Which number equal tools get may change from frame to frame: as many of the last ones are doubted as are odd.
    """
    if (tool_class, unit) not in view.units:
        return False
    there = sum(name == tool_class for name, _ in view.units)
    return sum(name == tool_class for name, _ in view.odd) > there - unit


def _position(
    tool_class: str,
    unit: int,
    quantity: int,
    views: Sequence[_FrameView],
    thresholds: Thresholds,
    model: ModelKnowledge,
) -> PositionResult:
    seen = [view.units.get((tool_class, unit)) for view in views]
    present_in = [s for s in seen if s is not None]
    confidence = median([s.confidence if s is not None else 0.0 for s in seen]) if seen else 0.0
    found = confidence >= thresholds.review_of(tool_class) and bool(present_in)
    group = model.group_of(tool_class)
    accept = thresholds.accept_of(tool_class, group)
    reasons: set[UnsureReason] = set()
    if tool_class not in model.classes:
        reasons.add(UnsureReason.NOT_KNOWN_TO_MODEL)
    agreeing = max(len(present_in), len(seen) - len(present_in))
    if agreeing < thresholds.agreement * len(seen):
        reasons.add(UnsureReason.FRAMES_DISAGREE)
    if found:
        if accept is None or (group is not None and confidence < accept):
            reasons.add(UnsureReason.LOOK_ALIKE)
        elif confidence < accept:
            reasons.add(UnsureReason.LOW_CONFIDENCE)
        if _most(sum(s.two_labels for s in present_in), len(present_in)):
            reasons.add(UnsureReason.TWO_LABELS)
        if _most(sum(_of_another_size(view, tool_class, unit) for view in views), len(present_in)):
            reasons.add(UnsureReason.OTHER_SIZE)
    else:
        if _most(sum(tool_class in view.claimed for view in views), len(views)) and views:
            reasons.add(UnsureReason.TWO_LABELS)
        if group is not None and _most(
            sum(any(e.tool_class in group.classes for e in view.extras) for view in views), len(views)
        ):
            # A second "minus" may well be the "plus" that is not seen.
            reasons.add(UnsureReason.LOOK_ALIKE)
    clear = PositionState.PRESENT if found else PositionState.MISSING
    state = PositionState.UNSURE if reasons else clear
    box = next((s.box for s in reversed(seen) if s is not None), None)
    doubted = group if UnsureReason.LOOK_ALIKE in reasons else None
    return PositionResult(tool_class, unit, quantity, state, confidence, found, box, frozenset(reasons), doubted)


def _extras(views: Sequence[_FrameView]) -> tuple[Extra, ...]:
    """Every extra of any frame: as many of a class as the frame with the most of them shows."""
    per_view = [Counter(e.tool_class for e in view.extras) for view in views]
    result: list[Extra] = []
    for tool_class in sorted({name for counts in per_view for name in counts}):
        for nth in range(1, max(counts[tool_class] for counts in per_view) + 1):
            shown_in = [i for i, counts in enumerate(per_view) if counts[tool_class] >= nth]
            nth_seen = [[e for e in views[i].extras if e.tool_class == tool_class][nth - 1] for i in shown_in]
            result.append(
                Extra(
                    tool_class,
                    median([e.confidence for e in nth_seen]),
                    nth_seen[-1].box,
                    steady=_most(len(shown_in), len(views)),
                )
            )
    return tuple(result)


def inspect(
    expected: Mapping[str, int],
    frames: Sequence[FrameResult],
    thresholds: Thresholds,
    model: ModelKnowledge,
) -> Inspection:
    """Decide what `frames` (of one and the same table) say about the `expected` multiset of tool classes.

    The order of the frames and of the detections in them does not matter for status, match and states; only the boxes
    shown come from the last frame that has them. Raises ValueError for an empty or non-positive `expected`: an empty
    toolkit can never be complete.
    """
    if not expected or any(quantity < 1 for quantity in expected.values()):
        raise ValueError("an inspection needs at least one expected tool and positive quantities")
    views = [_match(expected, frame, thresholds, model) for frame in frames]
    positions = tuple(
        _position(tool_class, unit, quantity, views, thresholds, model)
        for tool_class, quantity in expected.items()
        for unit in range(1, quantity + 1)
    )
    extras = _extras(views)
    problem_counts = Counter(problem for view in views for problem in view.problems)
    problems = frozenset(p for p, count in problem_counts.items() if _most(count, len(views)))
    reasons: set[ManualReason] = set()
    if not views:
        reasons.add(ManualReason.NO_PICTURE)
    if problems:
        reasons.add(ManualReason.PICTURE_UNUSABLE)
    if any(p.state is PositionState.UNSURE for p in positions):
        reasons.add(ManualReason.UNSURE_POSITION)
    if any(UnsureReason.NOT_KNOWN_TO_MODEL in p.reasons for p in positions):
        reasons.add(ManualReason.NOT_KNOWN_TO_MODEL)
    if any(UnsureReason.FRAMES_DISAGREE in p.reasons for p in positions) or any(not e.steady for e in extras):
        reasons.add(ManualReason.FRAMES_DISAGREE)
    match = 100.0 * sum(p.found for p in positions) / len(positions)
    if reasons:
        status = Status.MANUAL_CHECK
    elif (
        all(p.state is PositionState.PRESENT for p in positions) and not extras and match >= thresholds.match_percentage
    ):
        status = Status.SUCCESS
    else:
        status = Status.DISCREPANCY
    last = frames[-1] if frames else None
    return Inspection(
        status=status,
        match_percentage=match,
        positions=positions,
        extras=extras,
        manual_reasons=frozenset(reasons),
        picture_problems=problems,
        thresholds=thresholds,
        model_name=model.name,
        model_sha256=model.sha256,
        frames=len(frames),
        width=last.width if last else 0,
        height=last.height if last else 0,
    )
