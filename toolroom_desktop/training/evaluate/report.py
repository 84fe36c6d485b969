"""Everything that an evaluation found, and its JSON form, which `docs/evaluation.schema.json` describes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import numpy as np

from toolroom_desktop import __version__
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.thresholds import LookAlikeGroup, ModelKnowledge, Thresholds
from toolroom_desktop.services.result_json import thresholds_json
from toolroom_desktop.services.vision_ports import ModelInfo
from toolroom_desktop.training.evaluate.choose import LOWEST, MARGIN, REVIEWS, Choice, choose_thresholds
from toolroom_desktop.training.evaluate.intervals import Share
from toolroom_desktop.training.evaluate.judge import (
    Judged,
    KitFigures,
    Pair,
    PhotoJudged,
    judge,
    judge_photos,
    kit_figures,
)
from toolroom_desktop.training.evaluate.measure import Measured, Task
from toolroom_desktop.training.evaluate.plan import TrialKind
from toolroom_desktop.training.evaluate.precision import CONFUSION_OVERLAP, BoxFigures, box_figures

EVALUATION_VERSION = 2
INTERVAL = "95 %, Wilson's score; rule of three (3 / n) for none and for all"


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds of one inspection on this machine, `inspections` of them with `frames` frames each."""

    inspections: int
    frames: int
    threads: int
    median: float
    slowest_tenth: float


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluation. `kit` is None where no kit trial was made; `choice` None where no thresholds were chosen.

    thresholds, knowledge  those that the decisions in `judged` were made with: the chosen ones, else the model's
    before                 the kit figures with the model's own thresholds, where others were chosen
    """

    task: Task
    measured: Measured
    info: ModelInfo
    boxes: BoxFigures
    judged: tuple[Judged, ...]
    photos: tuple[PhotoJudged, ...]
    kit: KitFigures | None
    choice: Choice | None
    before: KitFigures | None
    thresholds: Thresholds
    knowledge: ModelKnowledge
    speed: Speed | None

    @property
    def false_passes(self) -> int:
        """False passes in trials and on photos as they were taken."""
        taken = sum(not p.result.complete and p.inspection.status is Status.SUCCESS for p in self.photos)
        return taken + (self.kit.false_passes.count if self.kit else 0)


def photo_shares(photos: Sequence[PhotoJudged]) -> Pair:
    """False passes and accepted kits among the photos as they were taken."""
    complete = [p.inspection.status is Status.SUCCESS for p in photos if p.result.complete]
    incomplete = [p.inspection.status is Status.SUCCESS for p in photos if not p.result.complete]
    return Pair(Share(sum(incomplete), len(incomplete)), Share(sum(complete), len(complete)))


def build_report(
    task: Task,
    measured: Measured,
    *,
    names: Sequence[str],
    choose: bool,
    threads: int,
    thresholds: Thresholds,
    strict: bool = False,
    sized: bool = True,
) -> Report:
    """Judge what was measured. `names` are the model's classes in its order; `thresholds` those in use.

    `choose` others, `strict` ones if wanted, and with the sizes of the tools unless the model judges several kits.
    """
    info = task.detector.info
    knowledge, before, choice = info.knowledge, None, None
    if choose:
        # What looks and networks disagree on is put just above the review threshold: the results hold for it alone.
        reviews = (thresholds.review,) if info.agreeing_looks or info.second_opinion else REVIEWS
        choice = choose_thresholds(
            measured.results, task.expected, thresholds, knowledge, reviews=reviews, strict=strict, sized=sized
        )
    if choice is not None:
        before = kit_figures(judge(measured.results, task.expected, thresholds, knowledge), task.expected)
        thresholds, knowledge = choice.thresholds(thresholds), choice.knowledge(knowledge)
    judged = judge(measured.results, task.expected, thresholds, knowledge)
    times = measured.milliseconds
    return Report(
        task=task,
        measured=measured,
        info=info,
        boxes=box_figures(measured.pictures, names, thresholds.review),
        judged=judged,
        photos=judge_photos(measured.photos, task.expected, thresholds, knowledge),
        kit=kit_figures(judged, task.expected) if judged else None,
        choice=choice,
        before=before,
        thresholds=thresholds,
        knowledge=knowledge,
        speed=Speed(len(times), task.frames, threads, median(times), float(np.quantile(times, 0.9))) if times else None,
    )


# --- JSON -----------------------------------------------------------------------------------------------------------


def share_json(share: Share) -> dict[str, Any]:
    """A share with its interval."""
    value = share.value
    return {
        "count": share.count,
        "of": share.of,
        "value": None if value is None else round(value, 6),
        "low": round(share.low, 6),
        "high": round(share.high, 6),
    }


def _pair_json(pair: Pair) -> dict[str, Any]:
    return {"false_passes": share_json(pair.false_passes), "first_pass": share_json(pair.first_pass)}


def _groups_json(groups: Sequence[LookAlikeGroup]) -> list[dict[str, Any]]:
    return [{"classes": sorted(group.classes), "accept": group.accept} for group in groups]


def _boxes_json(boxes: BoxFigures) -> dict[str, Any]:
    return {
        "pictures": boxes.pictures,
        "tools": boxes.tools,
        "map50": round(boxes.map50, 6),
        "map50_95": round(boxes.map50_95, 6),
        "best_confidence": round(boxes.best_confidence, 4),
        "classes": [
            {
                "class_name": one.tool_class,
                "tools": one.tools,
                "precision": round(one.precision, 6),
                "recall": round(one.recall, 6),
                "ap50": round(one.ap50, 6),
                "ap50_95": round(one.ap50_95, 6),
            }
            for one in boxes.classes
        ],
        "confusion": {
            "names": [*boxes.names, None],
            "seen_by_truth": [list(row) for row in boxes.confusion],
            "confidence": boxes.confusion_confidence,
            "overlap": CONFUSION_OVERLAP,
        },
    }


def trial_json(judged: Judged) -> dict[str, Any]:
    """One trial: what was done, what the station decided."""
    trial = judged.result.trial
    disturbance = trial.disturbance
    return {
        "number": trial.number,
        "photo": judged.result.photo,
        "kind": trial.kind.value,
        "absent": judged.result.absent,
        "brought": judged.result.brought,
        "disturbance": {
            "kind": disturbance.kind.value,
            "turn": round(disturbance.turn, 1),
            "brightness": round(disturbance.brightness, 3),
            "blur": round(disturbance.blur, 3),
            "noise": round(disturbance.noise, 2),
            "scale": round(disturbance.scale, 3),
        },
        "seed": trial.seed,
        "status": judged.inspection.status.value,
        "to_count": judged.to_count,
        "manual_reasons": sorted(reason.value for reason in judged.inspection.manual_reasons),
        "not_present": sorted({p.tool_class for p in (*judged.inspection.missing, *judged.inspection.unsure)}),
        "extras": sorted(extra.tool_class for extra in judged.inspection.extras),
        "confidences": {
            f"{p.tool_class}/{p.unit}" if p.of_units > 1 else p.tool_class: round(p.confidence, 4)
            for p in judged.inspection.positions
        },
    }


def _kit_json(report: Report, kit: KitFigures) -> dict[str, Any]:
    task, measured = report.task, report.measured
    foreign = task.foreign
    return {
        "planned": measured.planned,
        "made": kit.trials,
        "not_made": {kind.value: measured.not_made[kind] for kind in TrialKind},
        "seed": task.seed,
        "frames": task.frames,
        "complete_photos": len(task.kit_photos),
        "used_photos": [photo.path.name for photo in measured.used_photos],
        "foreign": None if foreign is None else {"origin": foreign.origin, "count": foreign.count},
        "false_passes": share_json(kit.false_passes),
        "first_pass": share_json(kit.first_pass),
        "foreign_overlooked": share_json(kit.foreign_overlooked),
        "sizes_overlooked": share_json(kit.sizes_overlooked),
        "absent_tool_named": share_json(kit.named),
        "positions_counted": share_json(kit.counted),
        "kinds": [
            {
                "kind": one.kind.value,
                "success": share_json(one.success),
                "discrepancy": one.discrepancy,
                "manual_check": one.manual_check,
            }
            for one in kit.kinds
        ],
        "disturbances": {kind.value: _pair_json(pair) for kind, pair in kit.disturbances.items()},
        "photos": {name: _pair_json(pair) for name, pair in kit.photos.items()},
        "false_passes_by_absent_class": {name: share_json(share) for name, share in kit.missed.items()},
        "doubtful_in_complete_kits": {name: share_json(share) for name, share in kit.doubtful.items()},
        "cases": [
            trial_json(judged)
            for judged in report.judged
            if judged.false_pass
            or judged.refused
            or (judged.success and judged.result.trial.kind in (TrialKind.FOREIGN_ADDED, TrialKind.OTHER_SIZE))
        ],
    }


def _choice_json(choice: Choice, before: KitFigures | None) -> dict[str, Any]:
    return {
        "review": choice.review,
        "accept": dict(choice.accept),
        "look_alikes": _groups_json(choice.groups),
        "sizes": {name: asdict(size) for name, size in choice.sizes.items()},
        "margin": MARGIN,
        "lowest": LOWEST,
        "unstoppable": choice.unstoppable,
        "never_believed": [sorted(classes) for classes in choice.never],
        "false_passes": share_json(choice.false_passes),
        "first_pass": share_json(choice.first_pass),
        "foreign_overlooked": share_json(choice.foreign_overlooked),
        "on_the_other_half": {
            "false_passes": share_json(choice.checked_false_passes),
            "first_pass": share_json(choice.checked_first_pass),
        },
        "before": None if before is None else _pair_json(Pair(before.false_passes, before.first_pass)),
    }


def report_json(report: Report) -> dict[str, Any]:
    """The report as plain values."""
    speed, knowledge = report.speed, report.knowledge
    shares = photo_shares(report.photos)
    return {
        "evaluation_version": EVALUATION_VERSION,
        "app_version": __version__,
        "partial": report.measured.partial,
        "interval": INTERVAL,
        "model": {
            "name": knowledge.name,
            "version": report.info.version,
            "sha256": knowledge.sha256,
            "input_size": list(report.info.input_size),
        },
        "dataset": {
            "name": report.task.dataset.path.name,
            "split": report.task.dataset.split.value,
            "photos": len(report.task.dataset.photos),
            "looked_at": len(report.measured.pictures),
        },
        "toolkit": dict(report.task.expected),
        "thresholds": thresholds_json(report.thresholds),
        "look_alikes": _groups_json(knowledge.look_alikes),
        "boxes": _boxes_json(report.boxes),
        "speed": None
        if speed is None
        else {
            "inspections": speed.inspections,
            "frames": speed.frames,
            "threads": speed.threads,
            "median_ms": round(speed.median, 2),
            "slowest_tenth_ms": round(speed.slowest_tenth, 2),
        },
        "photos_as_taken": _pair_json(shares) | {"photos": [_photo_json(photo) for photo in report.photos]},
        "kit_trials": None if report.kit is None else _kit_json(report, report.kit),
        "choice": None if report.choice is None else _choice_json(report.choice, report.before),
    }


def _photo_json(photo: PhotoJudged) -> Mapping[str, Any]:
    return {
        "photo": photo.result.photo,
        "complete": photo.result.complete,
        "absent": list(photo.result.absent),
        "status": photo.inspection.status.value,
    }
