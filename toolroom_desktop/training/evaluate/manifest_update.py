"""Writes what was chosen and measured into the manifest beside the model."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from toolroom_desktop.adapters.vision.manifest import (
    Figure,
    Manifest,
    ManifestSize,
    ManifestThreshold,
    ManifestThresholds,
    read_manifest,
    write_manifest,
)
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.training.evaluate.choose import Choice
from toolroom_desktop.training.evaluate.intervals import Share
from toolroom_desktop.training.evaluate.report import Report

BY = "toolroom evaluate"


def manifest_of(model: Path) -> Path:
    """The manifest of what the user named; raises `BadInput("evaluate.no_manifest")` where there is none."""
    manifest = model if model.suffix.casefold() == ".json" else model.with_suffix(".json")
    if not manifest.is_file():
        raise BadInput("evaluate.no_manifest", path=model)
    return manifest


def figures(report: Report) -> list[Figure]:
    """The measured numbers for the manifest in both languages, each with the number of its cases."""
    boxes, task = report.boxes, report.task
    data = {"dataset": task.dataset.path.name, "split": task.dataset.split.value}
    photos = _said("evaluate.figure_on_photos", **data, photos=boxes.pictures, tools=boxes.tools)
    found = [
        _figure(("mAP50", "mAP50"), boxes.map50, photos),
        _figure(("mAP50-95", "mAP50-95"), boxes.map50_95, photos),
    ]
    kit = report.kit
    if kit is None:
        return found
    made = data | {"trials": str(kit.trials), "photos": str(len(report.measured.used_photos)), "seed": str(task.seed)}
    counted: tuple[tuple[str, Share, float | None], ...] = (
        ("evaluate.figure_false_passes", kit.false_passes, float(kit.false_passes.count)),
        ("evaluate.figure_false_passes_high", kit.false_passes, kit.false_passes.high),
        ("evaluate.figure_first_pass", kit.first_pass, kit.first_pass.value),
        ("evaluate.figure_overlooked", kit.foreign_overlooked, kit.foreign_overlooked.value),
        ("evaluate.figure_sizes_overlooked", kit.sizes_overlooked, kit.sizes_overlooked.value),
    )
    return found + [
        _figure(_said(code), value, _said("evaluate.figure_on_trials", **made, of=share.of))
        for code, share, value in counted
        if value is not None
    ]


def _said(code: str, **details: object) -> tuple[str, str]:
    """A text in English and in Russian."""
    return Messages("en").text(code, **details), Messages("ru").text(code, **details)


def _figure(measure: tuple[str, str], value: float, on: tuple[str, str]) -> Figure:
    return Figure(measure=measure[0], measure_ru=measure[1], value=round(value, 4), on=on[0], on_ru=on[1], by=BY)


def updated(manifest: Manifest, choice: Choice, report: Report) -> Manifest:
    """The manifest with the chosen thresholds and the figures measured with them.

    Classes that the toolkit does not have keep their thresholds; sizes, and figures of an earlier evaluation, are
    replaced: sizes are those of one kit.
    """
    per_class = dict(manifest.thresholds.per_class)
    per_class |= {
        name: ManifestThreshold(review=choice.review, accept=max(accept, choice.review))
        for name, accept in choice.accept.items()
    }
    bars = {group.classes: group.accept for group in choice.groups}
    groups = [
        group.model_copy(update={"accept": bars.get(frozenset(group.classes), group.accept)})
        for group in manifest.look_alikes
    ]
    thresholds = ManifestThresholds(
        review=choice.review, accept=max(manifest.thresholds.accept, choice.review), per_class=per_class
    )
    quality = [figure for figure in manifest.quality if figure.by != BY] + figures(report)
    sizes = {name: ManifestSize(**asdict(size)) for name, size in choice.sizes.items()}
    return manifest.model_copy(
        update={"thresholds": thresholds, "look_alikes": groups, "quality": quality, "sizes": sizes or None}
    )


def write_choice(path: Path, choice: Choice, report: Report) -> None:
    """Put the choice into the manifest at `path`, as a whole or not at all.

    Raises `BadModel` for a manifest that cannot be read and `BadInput("evaluate.not_writable")`.
    """
    manifest = updated(read_manifest(path), choice, report)
    try:
        write_manifest(path, manifest)
    except OSError as error:
        raise BadInput("evaluate.not_writable", path=path, reason=error.strerror or str(error)) from error
