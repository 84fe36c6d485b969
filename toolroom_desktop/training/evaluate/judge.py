"""What the station would have decided in every trial, and how often it would have been wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.inspection import Inspection, PositionState, Status, inspect
from toolroom_desktop.domain.looks import decided
from toolroom_desktop.domain.operation import positions_to_count
from toolroom_desktop.domain.thresholds import ModelKnowledge, Thresholds
from toolroom_desktop.training.evaluate.intervals import Share
from toolroom_desktop.training.evaluate.plan import DisturbanceKind, Trial, TrialKind


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What the model saw in one trial, from a low confidence on, so that thresholds can be tried afterwards.

    `absent` and `brought` are classes; `brought` is None also for a foreign thing. `other_looks` holds the frames of
    each other look, where one may have been asked for.
    """

    trial: Trial
    photo: str
    frames: tuple[FrameResult, ...]
    absent: str | None = None
    brought: str | None = None
    other_looks: tuple[tuple[FrameResult, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PhotoResult:
    """What the model saw on a photo as it was taken; `complete` says whether the kit lies there whole.

    `absent` are the classes of which too few lie there.
    """

    photo: str
    complete: bool
    frames: tuple[FrameResult, ...]
    absent: tuple[str, ...] = ()
    other_looks: tuple[tuple[FrameResult, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A trial with the decision."""

    result: TrialResult
    inspection: Inspection

    @property
    def success(self) -> bool:
        """Whether the kit was declared complete."""
        return self.inspection.status is Status.SUCCESS

    @property
    def false_pass(self) -> bool:
        """Whether the kit was declared complete while a tool was absent."""
        return self.success and self.result.trial.kind.incomplete

    @property
    def refused(self) -> bool:
        """Whether a complete kit was not accepted."""
        return not self.success and self.result.trial.kind is TrialKind.COMPLETE

    @property
    def named(self) -> bool:
        """Whether the position of the absent tool is one that a person is shown."""
        absent = self.result.absent
        return any(p.tool_class == absent and p.state is not PositionState.PRESENT for p in self.inspection.positions)

    @property
    def to_count(self) -> int:
        """How many positions a person has to count."""
        return len(positions_to_count(self.inspection))


@dataclass(frozen=True, slots=True)
class PhotoJudged:
    """A photo as it was taken with the decision."""

    result: PhotoResult
    inspection: Inspection


@dataclass(frozen=True, slots=True)
class KindFigures:
    """One kind of trial: how many ended in which status."""

    kind: TrialKind
    success: Share
    discrepancy: int
    manual_check: int


@dataclass(frozen=True, slots=True)
class Pair:
    """False passes and accepted complete kits of one part of the trials."""

    false_passes: Share
    first_pass: Share


@dataclass(frozen=True, slots=True)
class KitFigures:
    """The figures of the kit trials.

    false_passes  trials with a tool absent in which the kit was declared complete
    first_pass    complete kits accepted without a count
    foreign_overlooked  complete kits with a foreign thing added that were declared complete
    sizes_overlooked    kits with a tool in another size that were declared complete
    named         trials with a tool absent in which its position was shown as missing or unsure
    counted       positions that a person has to count over all complete kits, of all their positions
    doubtful      by class: complete kits in which a position of the class was not present
    missed        by class of the absent tool: its false passes
    """

    trials: int
    false_passes: Share
    first_pass: Share
    foreign_overlooked: Share
    sizes_overlooked: Share
    named: Share
    counted: Share
    kinds: tuple[KindFigures, ...]
    disturbances: Mapping[DisturbanceKind, Pair]
    photos: Mapping[str, Pair]
    doubtful: Mapping[str, Share]
    missed: Mapping[str, Share]


def judge(
    results: Iterable[TrialResult], expected: Mapping[str, int], thresholds: Thresholds, model: ModelKnowledge
) -> tuple[Judged, ...]:
    """The real decision on every trial."""
    return tuple(Judged(result, _decided(result, expected, thresholds, model)) for result in results)


def judge_photos(
    results: Iterable[PhotoResult], expected: Mapping[str, int], thresholds: Thresholds, model: ModelKnowledge
) -> tuple[PhotoJudged, ...]:
    """The real decision on every photo as it was taken."""
    return tuple(PhotoJudged(result, _decided(result, expected, thresholds, model)) for result in results)


def _decided(
    result: TrialResult | PhotoResult, expected: Mapping[str, int], thresholds: Thresholds, model: ModelKnowledge
) -> Inspection:
    others = (inspect(expected, frames, thresholds, model) for frames in result.other_looks)
    return decided(inspect(expected, result.frames, thresholds, model), others)


def _share(judged: Sequence[Judged], right: Callable[[Judged], bool]) -> Share:
    return Share(sum(map(right, judged)), len(judged))


def _pair(judged: Sequence[Judged]) -> Pair:
    return Pair(
        _share([j for j in judged if j.result.trial.kind.incomplete], lambda j: j.success),
        _share([j for j in judged if j.result.trial.kind is TrialKind.COMPLETE], lambda j: j.success),
    )


def _kind(kind: TrialKind, judged: Sequence[Judged]) -> KindFigures:
    statuses = Counter(j.inspection.status for j in judged)
    return KindFigures(
        kind,
        Share(statuses[Status.SUCCESS], len(judged)),
        statuses[Status.DISCREPANCY],
        statuses[Status.MANUAL_CHECK],
    )


def kit_figures(judged: Sequence[Judged], expected: Mapping[str, int]) -> KitFigures:
    """Count what was decided."""
    by_kind = {kind: [j for j in judged if j.result.trial.kind is kind] for kind in TrialKind}
    complete, added = by_kind[TrialKind.COMPLETE], by_kind[TrialKind.FOREIGN_ADDED]
    incomplete = [j for j in judged if j.result.trial.kind.incomplete]

    def doubtful(tool_class: str) -> Callable[[Judged], bool]:
        return lambda j: any(
            p.tool_class == tool_class and p.state is not PositionState.PRESENT for p in j.inspection.positions
        )

    return KitFigures(
        trials=len(judged),
        false_passes=_share(incomplete, lambda j: j.success),
        first_pass=_share(complete, lambda j: j.success),
        foreign_overlooked=_share(added, lambda j: j.success),
        sizes_overlooked=_share(by_kind[TrialKind.OTHER_SIZE], lambda j: j.success),
        named=_share(incomplete, lambda j: j.named),
        counted=Share(sum(j.to_count for j in complete), sum(expected.values()) * len(complete)),
        kinds=tuple(_kind(kind, found) for kind, found in by_kind.items()),
        disturbances={
            kind: _pair([j for j in judged if j.result.trial.disturbance.kind is kind]) for kind in DisturbanceKind
        },
        photos={
            name: _pair([j for j in judged if j.result.photo == name])
            for name in dict.fromkeys(j.result.photo for j in judged)
        },
        doubtful={name: _share(complete, doubtful(name)) for name in expected},
        missed={
            name: _share([j for j in incomplete if j.result.absent == name], lambda j: j.success) for name in expected
        },
    )
