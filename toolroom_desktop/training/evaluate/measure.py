"""Runs the model over the photos of a data set and over the kit trials, and keeps what it saw."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from time import perf_counter

import numpy as np

from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.adapters.vision.session import default_threads
from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.inspection import Status, inspect
from toolroom_desktop.domain.looks import worth_another_look
from toolroom_desktop.services.vision_ports import Detector, PhotoReader, Picture, other_looks_of
from toolroom_desktop.training.evaluate.dataset import Dataset, LabelledPhoto
from toolroom_desktop.training.evaluate.foreign import ForeignThings
from toolroom_desktop.training.evaluate.judge import PhotoResult, TrialResult
from toolroom_desktop.training.evaluate.plan import Trial, TrialKind, plan_trials
from toolroom_desktop.training.evaluate.precision import PictureBoxes
from toolroom_desktop.training.evaluate.render import TrialPicture, render
from toolroom_desktop.training.evaluate.scene import Scene

BOX_CONFIDENCE = 0.001
"""Confidence from which ultralytics' own validation takes boxes."""
TRIAL_CONFIDENCE = 0.05
"""Confidence from which detections of trials are kept: below any review threshold worth trying."""
TRIALS_PER_PHOTO = 20
"""Taking a photo apart costs as much as this many trials; of very many complete photos no more are used than this."""


class Stage(StrEnum):
    """What is being done."""

    PHOTOS = "photos"
    TRIALS = "trials"


Progress = Callable[[Stage, int, int], None]
"""Called with the stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Task:
    """What to measure.

    boxes, detector  the same model twice: from `BOX_CONFIDENCE` on, and from `TRIAL_CONFIDENCE` on
    kit_photos       the complete photos for trials; none means no trials
    frames           frames of one inspection
    """

    boxes: Detector
    detector: Detector
    dataset: Dataset
    expected: Mapping[str, int]
    kit_photos: Sequence[LabelledPhoto]
    foreign: ForeignThings | None
    trials: int
    seed: int = 1
    frames: int = 1


@dataclass(slots=True)
class Measured:
    """What was seen. `partial` says that it was stopped before its end.

    milliseconds  of the first look of every trial, all its frames
    not_made      planned trials that these photos do not allow, by kind
    used_photos   the complete photos that the trials were made from
    """

    planned: int = 0
    pictures: list[PictureBoxes] = field(default_factory=list)
    photos: list[PhotoResult] = field(default_factory=list)
    results: list[TrialResult] = field(default_factory=list)
    not_made: Counter[TrialKind] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    used_photos: tuple[LabelledPhoto, ...] = ()
    partial: bool = False


def free_threads() -> int:
    """Threads that other work on this machine leaves, as its load of the last minute says; at least 1."""
    if not hasattr(os, "getloadavg"):
        return default_threads()
    cores = default_threads() + 1
    return max(1, cores - round(os.getloadavg()[0]))


def measure(task: Task, progress: Progress) -> Measured:
    """Measure everything of `task`.

    An interruption (Ctrl+C) ends the measuring, not the report: what was seen until then is returned, marked partial.
    Raises `BadPhoto` for a photo that cannot be read.
    """
    measured = Measured()
    try:
        _photos(task, measured, progress)
        if task.kit_photos and task.foreign is not None and task.trials:
            _trials(task, task.foreign, measured, progress)
    except KeyboardInterrupt:
        measured.partial = True
    return measured


def _photos(task: Task, measured: Measured, progress: Progress) -> None:
    reader = FilePhotoReader()
    total = len(task.dataset.photos)
    for done, photo in enumerate(task.dataset.photos):
        progress(Stage.PHOTOS, done, total)
        picture = reader.read(photo.path)
        frame = task.boxes.detect(picture)
        truth = tuple(label.in_pixels(picture.width, picture.height) for label in photo.labels)
        measured.pictures.append(PictureBoxes(frame.detections, truth))
        shown = Counter(label.class_name for label in photo.labels)
        # A photo of single tools says nothing about kits.
        if sum((shown & Counter(dict(task.expected))).values()) * 2 >= sum(task.expected.values()):
            absent = tuple(name for name, quantity in task.expected.items() if shown[name] < quantity)
            kept = (_kept(frame),)
            others = _other_looks(task, task.boxes, kept, [picture])
            measured.photos.append(PhotoResult(photo.path.name, photo.shows(task.expected), kept, absent, others))
    progress(Stage.PHOTOS, total, total)


def _kept(frame: FrameResult) -> FrameResult:
    surer = tuple(d for d in frame.detections if d.confidence >= TRIAL_CONFIDENCE)
    return FrameResult(surer, frame.width, frame.height, frame.quality)


def _other_looks(
    task: Task, detector: Detector, first: tuple[FrameResult, ...], pictures: Sequence[Picture]
) -> tuple[tuple[FrameResult, ...], ...]:
    """What the other looks see, unless the first left more in doubt than makes them worth it, whatever is accepted."""
    looks = other_looks_of(detector)
    if not looks:
        return ()
    info = task.detector.info
    groups = tuple(replace(group, accept=0.0) for group in info.knowledge.look_alikes)
    believing = replace(info.thresholds, accept=info.thresholds.review, per_class={})
    inspection = inspect(task.expected, first, believing, replace(info.knowledge, look_alikes=groups))
    if inspection.status is not Status.SUCCESS and not worth_another_look(inspection):
        return ()
    return tuple(tuple(_kept(look.detect(picture)) for picture in pictures) for look in looks)


def chosen_photos(photos: Sequence[LabelledPhoto], trials: int, seed: int) -> tuple[LabelledPhoto, ...]:
    """As many of the complete photos as the trials are worth, drawn by the seed, in their order."""
    most = max(1, trials // TRIALS_PER_PHOTO)
    if len(photos) <= most:
        return tuple(photos)
    drawn = np.random.default_rng(seed).choice(len(photos), most, replace=False)
    return tuple(photos[place] for place in sorted(drawn.tolist()))


class Scenes:
    """The photos taken apart, one at a time: the one that was asked for last is kept."""

    def __init__(self, photos: Sequence[LabelledPhoto], reader: PhotoReader | None = None) -> None:
        self._photos = photos
        self._reader = reader or FilePhotoReader()
        self._last: tuple[int, Scene] | None = None

    def scene(self, photo: int) -> Scene:
        """The scene of the photo with that index. Raises `BadPhoto`."""
        if self._last is None or self._last[0] != photo:
            labelled = self._photos[photo]
            picture = self._reader.read(labelled.path)
            truth = [label.in_pixels(picture.width, picture.height) for label in labelled.labels]
            self._last = photo, Scene(labelled.path.name, picture.pixels, truth)
        return self._last[1]


def pictures_of(
    trials: Sequence[Trial], scenes: Scenes, foreign: ForeignThings, frames: int
) -> Iterator[tuple[Trial, Scene, TrialPicture | None]]:
    """The pictures of trials, which are given photo by photo."""
    for trial in trials:
        scene = scenes.scene(trial.photo)
        yield trial, scene, render(scene, trial, foreign, frames)


def _trials(task: Task, foreign: ForeignThings, measured: Measured, progress: Progress) -> None:
    measured.used_photos = chosen_photos(task.kit_photos, task.trials, task.seed)
    classes = [[label.class_name for label in photo.labels] for photo in measured.used_photos]
    plan = plan_trials(classes, task.detector.info.knowledge.look_alikes, task.trials, task.seed)
    measured.planned = len(plan)
    scenes = Scenes(measured.used_photos)
    progress(Stage.TRIALS, 0, len(plan))
    for trial, scene, picture in pictures_of(plan, scenes, foreign, task.frames):
        if picture is None:
            measured.not_made[trial.kind] += 1
        else:
            begun = perf_counter()
            pictures = [Picture(pixels) for pixels in picture.frames]
            frames = tuple(task.detector.detect(one) for one in pictures)
            measured.milliseconds.append((perf_counter() - begun) * 1000)
            absent, brought = (
                None if index is None else scene.tools[index].class_name for index in (trial.absent, trial.brought)
            )
            others = _other_looks(task, task.detector, frames, pictures)
            measured.results.append(TrialResult(trial, scene.name, frames, absent, brought, others))
        progress(Stage.TRIALS, trial.number, len(plan))
