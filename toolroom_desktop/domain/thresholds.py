"""What the decision takes as given: its thresholds, and what is known of the model that judges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from toolroom_desktop.domain.detection import QualityLimits
from toolroom_desktop.domain.sizes import ToolSize
from toolroom_desktop.domain.toolkit import ClassThreshold


@dataclass(frozen=True, slots=True)
class LookAlikeGroup:
    """Classes that the model confuses with each other.

    `accept` is the confidence that a class of the group needs to be `present`; None says that the model cannot tell
    them apart at all, so that a person always looks. `look_at_ru` and `look_at_en` tell that person where the
    difference is ("look at the tips"); empty where nobody wrote it down.
    """

    classes: frozenset[str]
    accept: float | None = None
    look_at_ru: str = ""
    look_at_en: str = ""

    def look_at(self, language: str) -> str:
        """Where the difference is, in `language` ("ru" or "en"); empty where that is not known."""
        return self.look_at_ru if language == "ru" else self.look_at_en

    def in_order_of(self, known: Iterable[str]) -> tuple[str, ...]:
        """The classes, those among `known` first and in that order, the others by name."""
        first = [name for name in known if name in self.classes]
        return (*first, *sorted(self.classes - set(first)))


@dataclass(frozen=True, slots=True)
class ModelKnowledge:
    """What the decision must know about the model that judged. `sizes` are those of the kit that it was made for."""

    name: str
    sha256: str
    classes: frozenset[str]
    look_alikes: tuple[LookAlikeGroup, ...] = ()
    sizes: Mapping[str, ToolSize] = field(default_factory=dict)

    def group_of(self, tool_class: str) -> LookAlikeGroup | None:
        """The look-alike group of a class, or None."""
        return next((group for group in self.look_alikes if tool_class in group.classes), None)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All numbers of the decision; stored with every operation.

    review, accept   confidence 0..1: below review missing, from accept on present, between them unsure
    match_percentage 0..100: below it the whole kit is counted by hand, not only the doubtful positions
    same_object      overlap (IoU 0..1) from which two detections are one object
    agreement        least share 0..1 of the frames that must see a position alike
    """

    review: float = 0.25
    accept: float = 0.50
    match_percentage: float = 95.0
    same_object: float = 0.40
    agreement: float = 0.75
    quality: QualityLimits = field(default_factory=QualityLimits)
    per_class: Mapping[str, ClassThreshold] = field(default_factory=dict)

    def review_of(self, tool_class: str) -> float:
        """The review threshold that holds for a class."""
        own = self.per_class.get(tool_class)
        return self.review if own is None or own.review is None else own.review

    def accept_of(self, tool_class: str, group: LookAlikeGroup | None) -> float | None:
        """The accept threshold that holds for a class; None where the model is never believed.

        A look-alike group only ever raises the bar.
        """
        own = self.per_class.get(tool_class)
        accept = self.accept if own is None or own.accept is None else own.accept
        accept = max(accept, self.review_of(tool_class))
        if group is None:
            return accept
        return None if group.accept is None else max(accept, group.accept)

    def overridden_by(self, *layers: Mapping[str, ClassThreshold]) -> Thresholds:
        """These thresholds with per-class ones laid over them, the last layer on top."""
        merged: dict[str, ClassThreshold] = dict(self.per_class)
        for layer in layers:
            for name, over in layer.items():
                under = merged.get(name, ClassThreshold())
                merged[name] = ClassThreshold(
                    accept=under.accept if over.accept is None else over.accept,
                    review=under.review if over.review is None else over.review,
                )
        return replace(self, per_class=merged)
