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
    """The measured numbers for the manifest, each with the number of its cases."""
    boxes, task = report.boxes, report.task
    data = f"{task.dataset.path.name}, {task.dataset.split.value}"
    photos = f"{data}: {boxes.pictures} photos, {boxes.tools} tools"
    found = [
        Figure(measure="mAP50", value=round(boxes.map50, 4), on=photos, by=BY),
        Figure(measure="mAP50-95", value=round(boxes.map50_95, 4), on=photos, by=BY),
    ]
    kit = report.kit
    if kit is None:
        return found
    made = f"{data}: %d of {kit.trials} kit trials from {len(report.measured.used_photos)} photos, seed {task.seed}"

    def add(measure: str, share: Share, value: float | None) -> None:
        if value is not None:
            found.append(Figure(measure=measure, value=round(value, 4), on=made % share.of, by=BY))

    add("false passes", kit.false_passes, float(kit.false_passes.count))
    add("false passes, upper end of the 95 % interval", kit.false_passes, kit.false_passes.high)
    add("first-pass rate", kit.first_pass, kit.first_pass.value)
    add("added foreign things overlooked, share", kit.foreign_overlooked, kit.foreign_overlooked.value)
    add("tools of another size overlooked, share", kit.sizes_overlooked, kit.sizes_overlooked.value)
    return found


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
