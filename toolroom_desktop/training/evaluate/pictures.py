"""Pictures for the report: trials made again from their seeds, with the decision drawn in."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.painter import JpegPainter
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.domain.inspection import Inspection, Status
from toolroom_desktop.services.vision_ports import Picture
from toolroom_desktop.training.evaluate.judge import Judged, PhotoJudged
from toolroom_desktop.training.evaluate.masks import Pixels
from toolroom_desktop.training.evaluate.measure import Scenes, pictures_of
from toolroom_desktop.training.evaluate.plan import TrialKind
from toolroom_desktop.training.evaluate.report import Report

WIDTH = 720
"""Pixels of the longer side of a picture in the report."""
_QUALITY = 80
MOST_FALSE_PASSES = 24
MOST_REFUSED = 18
MOST_OVERLOOKED = 8
_CHANGED = (0, 220, 255)
"""Colour (blue, green, red) of the frame around the changed place."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a data URL with the trial or photo that it shows."""

    url: str
    trial: Judged | None = None
    photo: PhotoJudged | None = None


@dataclass(frozen=True, slots=True)
class Gallery:
    """The pictures of the report, each part in the order of the trials.

    overlooked, sizes  kits declared complete beside a foreign thing, and with a tool in another size
    """

    false_passes: tuple[Shown, ...]
    refused: tuple[Shown, ...]
    overlooked: tuple[Shown, ...]
    sizes: tuple[Shown, ...]
    examples: tuple[Shown, ...]
    photos: tuple[Shown, ...]


def spread(found: Sequence[Judged], most: int) -> list[Judged]:
    """At most `most` of them, evenly over all."""
    if len(found) <= most:
        return list(found)
    return [found[round(place)] for place in np.linspace(0, len(found) - 1, most)]


def gallery(report: Report, names: Mapping[str, str]) -> Gallery:
    """Make the pictures; `names` are what is written on them, by class."""
    false_passes = spread([j for j in report.judged if j.false_pass], MOST_FALSE_PASSES)
    refused = spread([j for j in report.judged if j.refused], MOST_REFUSED)
    overlooked, sizes = (
        spread([j for j in report.judged if j.result.trial.kind is kind and j.success], MOST_OVERLOOKED)
        for kind in (TrialKind.FOREIGN_ADDED, TrialKind.OTHER_SIZE)
    )
    examples = [next((j for j in report.judged if j.result.trial.kind is kind), None) for kind in TrialKind]
    shows = (*false_passes, *refused, *overlooked, *sizes, *filter(None, examples))
    wanted = {j.result.trial.number: j for j in shows}
    drawn = _trials(report, wanted, names)

    def shown(group: Iterable[Judged | None]) -> tuple[Shown, ...]:
        return tuple(drawn[j.result.trial.number] for j in group if j is not None and j.result.trial.number in drawn)

    return Gallery(
        shown(false_passes),
        shown(refused),
        shown(overlooked),
        shown(sizes),
        shown(examples),
        tuple(_photos(report, names)),
    )


def _trials(report: Report, wanted: Mapping[int, Judged], names: Mapping[str, str]) -> dict[int, Shown]:
    foreign = report.task.foreign
    if foreign is None:
        return {}
    painter = JpegPainter()
    trials = [wanted[number].result.trial for number in sorted(wanted)]
    drawn: dict[int, Shown] = {}
    for trial, _, picture in pictures_of(trials, Scenes(report.measured.used_photos), foreign, 1):
        if picture is not None:
            judged = wanted[trial.number]
            url = _url(painter, picture.frames[0], judged.inspection, names, picture.changed)
            drawn[trial.number] = Shown(url, trial=judged)
    return drawn


def _photos(report: Report, names: Mapping[str, str]) -> Iterable[Shown]:
    """The photos on which the station was wrong: an incomplete kit accepted first, then complete ones refused."""
    painter, reader = JpegPainter(), FilePhotoReader()
    paths = {photo.path.name: photo.path for photo in report.task.dataset.photos}
    wrong = [p for p in report.photos if (p.inspection.status is Status.SUCCESS) != p.result.complete]
    wrong = [p for p in wrong if not p.result.complete or p.inspection.status is not Status.SUCCESS]
    for photo in sorted(wrong, key=lambda p: p.result.complete)[:MOST_REFUSED]:
        pixels = reader.read(paths[photo.result.photo]).pixels
        yield Shown(_url(painter, pixels, photo.inspection, names, ()), photo=photo)


def _url(
    painter: JpegPainter,
    pixels: Pixels,
    inspection: Inspection,
    names: Mapping[str, str],
    changed: Sequence[tuple[float, float]],
) -> str:
    scale = min(1.0, WIDTH / max(pixels.shape[:2]))
    small = cast(Pixels, cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    if changed:
        corners = np.rint(np.array(changed) * scale).astype(np.int32)
        cv2.polylines(small, [corners], isClosed=True, color=_CHANGED, thickness=2, lineType=cv2.LINE_AA)
    drawn = painter.annotated(Picture(small), inspection, dict(names))
    # The painter's quality is that of evidence; a report with dozens of pictures has to stay small.
    decoded = cv2.imdecode(np.frombuffer(drawn, np.uint8), cv2.IMREAD_COLOR)
    if decoded is None:
        raise RuntimeError("a drawn picture could not be read back")
    _, coded = cv2.imencode(".jpg", decoded, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return "data:image/jpeg;base64," + b64encode(coded.tobytes()).decode("ascii")
