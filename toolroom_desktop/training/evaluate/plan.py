"""Which kit trials are made: what is wrong with the kit, and what disturbs the picture, sampled by a seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from toolroom_desktop.domain.thresholds import LookAlikeGroup


class TrialKind(StrEnum):
    """What was done to a photo of the complete kit."""

    COMPLETE = "complete"
    REMOVED = "removed"
    DOUBLED = "doubled"
    SWAPPED = "swapped"
    FOREIGN_IN_PLACE = "foreign_in_place"
    FOREIGN_ADDED = "foreign_added"
    OTHER_SIZE = "other_size"

    @property
    def incomplete(self) -> bool:
        """Whether a tool is absent, so that a success is a false pass.

        One of its own kind and another size in its place is counted by itself: no confidence can tell it.
        """
        return self not in (TrialKind.COMPLETE, TrialKind.FOREIGN_ADDED, TrialKind.OTHER_SIZE)


SHARES: Mapping[TrialKind, float] = {
    TrialKind.COMPLETE: 0.25,
    TrialKind.REMOVED: 0.23,
    TrialKind.DOUBLED: 0.14,
    TrialKind.SWAPPED: 0.14,
    TrialKind.FOREIGN_IN_PLACE: 0.12,
    TrialKind.FOREIGN_ADDED: 0.06,
    TrialKind.OTHER_SIZE: 0.06,
}
"""How the trials are divided; the part of a kind that a kit has no variant of is divided among the others."""


class DisturbanceKind(StrEnum):
    """What disturbs the picture."""

    NONE = "none"
    QUARTER_TURN = "quarter_turn"
    FREE_TURN = "free_turn"
    BRIGHTNESS = "brightness"
    BLUR = "blur"
    NOISE = "noise"
    SCALE = "scale"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Disturbance:
    """How the finished picture is changed.

    turn        degrees clockwise
    brightness  factor on the grey values
    blur        standard deviation of a Gaussian, pixels in a picture 1,000 pixels wide
    noise       standard deviation, grey levels
    scale       size of the table in the picture, 1 is as it was, less shows more around it
    """

    kind: DisturbanceKind
    turn: float = 0.0
    brightness: float = 1.0
    blur: float = 0.0
    noise: float = 0.0
    scale: float = 1.0


BRIGHTNESS = (0.6, 1.35)
BLUR = (0.5, 1.4)
NOISE = (3.0, 10.0)
SCALE = (0.7, 0.95)


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial. `photo` is the index of the kit photo; `absent` and `brought` are indices of its labels.

    The tool `absent` is taken away; the tool `brought` is copied, or where that is None in a trial that lays something,
    a foreign thing. Where both are one tool, it comes back in another size. `seed` makes the same picture again.
    """

    number: int
    photo: int
    kind: TrialKind
    disturbance: Disturbance
    seed: int
    absent: int | None = None
    brought: int | None = None


@dataclass(frozen=True, slots=True)
class _Variant:
    photo: int
    absent: int | None = None
    brought: int | None = None


def _group(tool_class: str, groups: Sequence[LookAlikeGroup]) -> LookAlikeGroup | None:
    return next((group for group in groups if tool_class in group.classes), None)


def _variants(kind: TrialKind, photos: Sequence[Sequence[str]], groups: Sequence[LookAlikeGroup]) -> list[_Variant]:
    """Every way of one kind, for photos given by the classes of their labels."""
    if kind in (TrialKind.COMPLETE, TrialKind.FOREIGN_ADDED):
        return [_Variant(photo) for photo in range(len(photos))]
    if kind in (TrialKind.REMOVED, TrialKind.FOREIGN_IN_PLACE):
        return [_Variant(photo, absent) for photo, classes in enumerate(photos) for absent in range(len(classes))]
    if kind is TrialKind.OTHER_SIZE:
        return [_Variant(photo, own, own) for photo, classes in enumerate(photos) for own in range(len(classes))]
    found: list[_Variant] = []
    for photo, classes in enumerate(photos):
        for absent, gone in enumerate(classes):
            group = _group(gone, groups)
            for brought, copied in enumerate(classes):
                alike = group is not None and copied in group.classes
                if gone != copied and alike == (kind is TrialKind.SWAPPED):
                    found.append(_Variant(photo, absent, brought))
    return found


def _counts(total: int, variants: Mapping[TrialKind, Sequence[_Variant]]) -> dict[TrialKind, int]:
    shares = {kind: SHARES[kind] for kind, found in variants.items() if found}
    whole = sum(shares.values())
    counts = {kind: int(total * share / whole) for kind, share in shares.items()}
    for kind in list(counts)[: total - sum(counts.values())]:
        counts[kind] += 1
    return counts


def _disturbance(kind: DisturbanceKind, rng: np.random.Generator) -> Disturbance:
    quarter, free = float(rng.choice([90, 180, 270])), float(rng.uniform(0, 360))
    brightness, blur = float(rng.uniform(*BRIGHTNESS)), float(rng.uniform(*BLUR))
    noise, scale = float(rng.uniform(*NOISE)), float(rng.uniform(*SCALE))
    match kind:
        case DisturbanceKind.NONE:
            return Disturbance(kind)
        case DisturbanceKind.QUARTER_TURN:
            return Disturbance(kind, turn=quarter)
        case DisturbanceKind.FREE_TURN:
            return Disturbance(kind, turn=free)
        case DisturbanceKind.BRIGHTNESS:
            return Disturbance(kind, brightness=brightness)
        case DisturbanceKind.BLUR:
            return Disturbance(kind, blur=blur)
        case DisturbanceKind.NOISE:
            return Disturbance(kind, noise=noise)
        case DisturbanceKind.SCALE:
            return Disturbance(kind, scale=scale)
        case DisturbanceKind.SEVERAL:
            # Each halfway only: all at their worst is no picture that a station takes.
            return Disturbance(
                kind,
                turn=free,
                brightness=(1 + brightness) / 2,
                blur=blur / 2,
                noise=noise / 2,
                scale=(1 + scale) / 2,
            )


def plan_trials(
    photos: Sequence[Sequence[str]], groups: Sequence[LookAlikeGroup], total: int, seed: int
) -> tuple[Trial, ...]:
    """`total` trials on photos given by the classes of their labels, photo by photo, the same for the same seed.

    Every variant of a kind (which tool, replaced by which) comes once before any comes twice, and the disturbances take
    turns. Raises ValueError without photos or trials.
    """
    if not photos or total < 1:
        raise ValueError("trials need complete photos")
    rng = np.random.default_rng(seed)
    variants = {kind: _variants(kind, photos, groups) for kind in TrialKind}
    kinds = list(DisturbanceKind)
    trials: list[Trial] = []
    for kind, count in _counts(total, variants).items():
        chosen: list[_Variant] = []
        while len(chosen) < count:
            chosen += [variants[kind][place] for place in rng.permutation(len(variants[kind]))]
        turns: list[DisturbanceKind] = []
        while len(turns) < count:
            turns += [kinds[place] for place in rng.permutation(len(kinds))]
        made: set[tuple[_Variant, Disturbance]] = set()
        for variant, turn in zip(chosen[:count], turns, strict=False):
            disturbance = _disturbance(turn, rng)
            if (variant, disturbance) in made:
                # The very same picture twice would count one answer as two.
                disturbance = _disturbance(DisturbanceKind.SEVERAL, rng)
            made.add((variant, disturbance))
            own = int(rng.integers(1 << 31))
            trials.append(Trial(0, variant.photo, kind, disturbance, own, variant.absent, variant.brought))
    # Photo by photo, because taking a photo apart costs as much as many trials; within it in any order.
    order = sorted(range(len(trials)), key=lambda place: (trials[place].photo, trials[place].seed))
    return tuple(
        Trial(number, t.photo, t.kind, t.disturbance, t.seed, t.absent, t.brought)
        for number, t in enumerate((trials[place] for place in order), start=1)
    )
